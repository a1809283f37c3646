#include <limits.h>
#include <string.h>

#include "base/arena.h"
#include "db_parts.h"

enum { NO_TIME = -1 };

static const struct field *field_named(const struct shape *s, const char *name)
{
	for (size_t i = 0; i < s->n; i++)
		if (!strcmp(s->fields[i].name, name))
			return &s->fields[i];
	return NULL;
}

static bool is_number(const struct field *f)
{
	return f->kind == KIND_I64 || f->kind == KIND_INT || f->kind == KIND_BOOL;
}

/* Digits behind the seconds' point; what has more than six has none fixed. */
static signed char fraction_of(const struct field *to, const MYSQL_FIELD *from)
{
	if (to->kind != KIND_TEXT || (from->type != MYSQL_TYPE_DATETIME &&
				      from->type != MYSQL_TYPE_TIMESTAMP))
		return NO_TIME;
	return from->decimals <= 6 ? (signed char) from->decimals : 0;
}

static void bind_cell(MYSQL_BIND *b, struct cell *c, const struct field *to,
		      signed char fraction)
{
	b->is_null = &c->null;
	b->length = &c->len;
	b->error = &c->cut;
	if (is_number(to)) {
		b->buffer_type = MYSQL_TYPE_LONGLONG;
		b->buffer = &c->number;
	} else if (fraction != NO_TIME) {
		b->buffer_type = MYSQL_TYPE_DATETIME;
		b->buffer = &c->time;
		b->buffer_length = sizeof(c->time);
	} else {
		b->buffer_type = MYSQL_TYPE_STRING;
		b->buffer = c->text;
		b->buffer_length = DB_CELL;
	}
}

static struct err *find_fields(struct db *db, struct statement *s,
			       const struct shape *shape, MYSQL_RES *meta)
{
	s->columns = mysql_num_fields(meta);
	if (s->columns > DB_COLUMNS)
		return FAIL(db->arena, ERR_BUG, "more than %d columns: %s",
			    DB_COLUMNS, s->sql);
	for (unsigned i = 0; i < s->columns; i++) {
		const MYSQL_FIELD *from = mysql_fetch_field_direct(meta, i);
		const char *name = from->name;

		s->to[i] = field_named(shape, name);
		if (!s->to[i])
			return FAIL(db->arena, ERR_BUG,
				    "struct %s has no field %s for: %s",
				    shape->name, name, s->sql);
		s->fraction[i] = fraction_of(s->to[i], from);
	}
	return NULL;
}

/* Once for a statement and a shape: which column goes into which field. */
static struct err *bind_columns(struct db *db, struct statement *s,
				const struct shape *shape)
{
	MYSQL_BIND bind[DB_COLUMNS] = { 0 };
	MYSQL_RES *meta;
	struct err *e;

	if (s->shape == shape)
		return NULL;
	s->shape = NULL;
	meta = mysql_stmt_result_metadata(s->handle);
	if (!meta)
		return FAIL(db->arena, ERR_BUG, "no result from: %s", s->sql);
	e = find_fields(db, s, shape, meta);
	mysql_free_result(meta);
	if (e)
		return e;
	for (unsigned i = 0; i < s->columns; i++)
		bind_cell(&bind[i], &db->cells[i], s->to[i], s->fraction[i]);
	if (mysql_stmt_bind_result(s->handle, bind))
		return db_stmt_failure(db, s);
	s->shape = shape;
	return NULL;
}

/* The bytes of column i, in the arena, followed by a NUL. */
static struct err *take_bytes(struct db *db, struct statement *s, unsigned i,
			      const char **out)
{
	struct cell *c = &db->cells[i];
	MYSQL_BIND whole = {
		.buffer_type = MYSQL_TYPE_STRING,
		.buffer_length = c->len + 1,
		.length = &c->len,
		.is_null = &c->null,
	};

	if (c->len <= DB_CELL) {
		*out = arena_copy(db->arena, c->text, c->len);
		return NULL;
	}
	*out = whole.buffer = arena_alloc(db->arena, c->len + 1);
	if (mysql_stmt_fetch_column(s->handle, &whole, i, 0))
		return db_stmt_failure(db, s);
	return NULL;
}

static void put_digits(char *to, int n, unsigned long number)
{
	for (char *p = to + n; p > to; number /= 10)
		*--p = (char) ('0' + number % 10);
}

/* "2026-01-31 12:00:00.123456", as the library would write it; it asks
 * printf() twice for each, which was a quarter of the work of a row. */
static const char *time_text(struct arena *a, const MYSQL_TIME *t, int fraction)
{
	static const unsigned long units[] = { 1000000, 100000, 10000, 1000, 100, 10, 1 };
	char *text = arena_dup(a, "0000-00-00 00:00:00.000000");

	put_digits(text, 4, t->year);
	put_digits(text + 5, 2, t->month);
	put_digits(text + 8, 2, t->day);
	put_digits(text + 11, 2, t->hour);
	put_digits(text + 14, 2, t->minute);
	put_digits(text + 17, 2, t->second);
	put_digits(text + 20, fraction, t->second_part / units[fraction]);
	text[fraction ? 20 + fraction : 19] = '\0';
	return text;
}

static struct err *take_text(struct db *db, struct statement *s, unsigned i,
			     const char **out)
{
	if (s->fraction[i] == NO_TIME)
		return take_bytes(db, s, i, out);
	*out = time_text(db->arena, &db->cells[i].time, s->fraction[i]);
	return NULL;
}

static struct err *take_enum(struct db *db, const struct field *f,
			     const struct cell *c, int *out)
{
	for (int v = 0; f->codes[v]; v++) {
		if (strlen(f->codes[v]) == c->len &&
		    !memcmp(f->codes[v], c->text, c->len)) {
			*out = v;
			return NULL;
		}
	}
	return FAIL(db->arena, ERR_BUG, "%s cannot be '%.*s'", f->name,
		    (int) (c->len < DB_CELL ? c->len : DB_CELL), c->text);
}

static struct err *take_number(struct db *db, const struct field *f,
			       const struct cell *c, void *slot)
{
	bool fits = f->kind != KIND_INT ||
		    (c->number >= INT_MIN && c->number <= INT_MAX);

	if (c->cut || !fits)
		return FAIL(db->arena, ERR_BUG, "%s does not hold this number",
			    f->name);
	if (f->kind == KIND_I64)
		*(int64_t *) slot = c->number;
	else if (f->kind == KIND_INT)
		*(int *) slot = (int) c->number;
	else
		*(bool *) slot = c->number != 0;
	return NULL;
}

static struct err *take_cell(struct db *db, struct statement *s, unsigned i,
			     char *row)
{
	const struct field *f = s->to[i];
	const struct cell *c = &db->cells[i];
	void *slot = row + f->offset;
	struct bytes *bytes = slot;

	if (c->null)
		return NULL;	/* the row is zeroed: 0, false, NULL */
	switch (f->kind) {
	case KIND_TEXT:
		return take_text(db, s, i, slot);
	case KIND_BYTES:
		bytes->n = c->len;
		return take_bytes(db, s, i, (const char **) &bytes->at);
	case KIND_ENUM:
		return take_enum(db, f, c, slot);
	default:
		return take_number(db, f, c, slot);
	}
}

static struct err *take_rows(struct db *db, struct statement *s,
			     const struct shape *shape, struct rows *out)
{
	TRY(bind_columns(db, s, shape));
	if (mysql_stmt_store_result(s->handle))
		return db_stmt_failure(db, s);
	db->cut = mysql_warning_count(db->link) > 0;
	out->n = (size_t) mysql_stmt_num_rows(s->handle);
	out->at = arena_alloc(db->arena, out->n * shape->size);
	for (size_t row = 0; row < out->n; row++) {
		int got = mysql_stmt_fetch(s->handle);

		if (got && got != MYSQL_DATA_TRUNCATED)
			return db_stmt_failure(db, s);
		for (unsigned i = 0; i < s->columns; i++)
			TRY(take_cell(db, s, i,
				      (char *) out->at + row * shape->size));
	}
	return NULL;
}

struct err *db_rows_(struct db *db, const char *sql, const struct shape *shape,
		     struct rows *out, struct args args)
{
	struct statement *s;
	struct err *e;

	TRY(db_execute(db, sql, args, &s));
	e = take_rows(db, s, shape, out);
	/* INSERT … RETURNING may fail among its rows: the library would then
	 * wait for the rest when the statement is used again. */
	if (e)
		db_forget(db, s);
	else
		mysql_stmt_free_result(s->handle);
	if (e)
		db_tell_failed(db, sql, args);
	else
		db_tell(db, &(struct db_seen) { .sql = sql, .args = args,
			.rows = (int64_t) out->n, .shape = shape, .read = out->at });
	return e ? err_passed(e, __func__) : NULL;
}

struct err *db_find_(struct db *db, const char *sql, const struct shape *shape,
		     void *out, bool *found, struct args args)
{
	struct rows rows;

	TRY(db_rows_(db, sql, shape, &rows, args));
	if (rows.n > 1)
		return FAIL(db->arena, ERR_BUG, "%zu rows in: %s", rows.n, sql);
	*found = rows.n == 1;
	if (*found)
		memcpy(out, rows.at, shape->size);
	return NULL;
}

struct err *db_row_(struct db *db, const char *sql, const struct shape *shape,
		    void *out, struct args args)
{
	bool found;

	TRY(db_find_(db, sql, shape, out, &found, args));
	if (!found)
		return FAIL(db->arena, ERR_NOT_FOUND, "no row in: %s", sql);
	return NULL;
}
