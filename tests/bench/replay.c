#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include <mysql.h>
#include <mysqld_error.h>

#include "base/arena.h"
#include "replay.h"

enum {
	COLUMNS = 64, CELL = 128 * 1024, VALUES = 240, LONGEST = 256, TRIES = 3,
	PIECE = 64 * 1024,
};

/* A column of the row being read. */
struct cell {
	int64_t number;
	unsigned long len;
	my_bool null, cut;
	char text[CELL];
};

struct replay {
	const struct visits *all;
	MYSQL *ours, *shop;		/* shop: NULL when no visit asks it */
	MYSQL_STMT **handles;		/* as many as all->sql; NULL: not yet */
	bool *bound;			/* its columns, to the cells */
	struct cell *cells;
	uint64_t seed;
	bool for_nothing;		/* roll back where it says COMMIT */
	char fresh[SLOTS_MOST][LONGEST];
	int64_t made[SLOTS_MOST];
};

static const char *env(const char *name)
{
	const char *value = getenv(name);

	return value ? value : "";
}

/* --- connections ---------------------------------------------------------------- */

static _Noreturn void give_up(const char *what, const char *why)
{
	fprintf(stderr, "floor: %s: %s\n", what, why);
	exit(EXIT_FAILURE);
}

/* A session as the product asks for it: src/port/db_link.c. */
static MYSQL *connect_to(const char *user, const char *password, const char *name)
{
	MYSQL *link = mysql_init(NULL);

	if (!link)
		give_up("connect", "no memory");
	mysql_options(link, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	mysql_options(link, MYSQL_INIT_COMMAND, "SET autocommit = 1,"
		      " time_zone = '+00:00', sql_mode = 'TRADITIONAL',"
		      " max_statement_time = 9");
	if (!mysql_real_connect(link, NULL, user, password, name, 0,
				env("FLOOR_SOCKET"), 0))
		give_up("connect", mysql_error(link));
	return link;
}

static bool asks_shop(const struct visits *all)
{
	for (int i = 0; i < all->n_sql; i++)
		if (all->sql[i].shop)
			return true;
	return false;
}

struct replay *replay_new(struct arena *a, const struct visits *all)
{
	struct replay *r = NEW(a, struct replay);
	size_t n = (size_t) all->n_sql + 1;

	r->all = all;
	r->handles = arena_alloc(a, n * sizeof(*r->handles));
	r->bound = arena_alloc(a, n * sizeof(*r->bound));
	r->cells = arena_alloc(a, COLUMNS * sizeof(struct cell));
	if (getrandom(&r->seed, sizeof(r->seed), 0) != sizeof(r->seed))
		give_up("random", "none");
	r->seed |= 1;
	r->ours = connect_to(env("FLOOR_USER"), env("FLOOR_PASSWORD"), env("FLOOR_DB"));
	if (asks_shop(all))
		r->shop = connect_to(env("FLOOR_SHOP_USER"), env("FLOOR_SHOP_PASSWORD"),
				     env("FLOOR_SHOP_DB"));
	return r;
}

static void bind_cell(MYSQL_BIND *b, struct cell *c, enum enum_field_types type)
{
	bool number = type == MYSQL_TYPE_LONGLONG || type == MYSQL_TYPE_LONG ||
		      type == MYSQL_TYPE_SHORT || type == MYSQL_TYPE_TINY;

	*b = (MYSQL_BIND) {
		.buffer_type = number ? MYSQL_TYPE_LONGLONG : MYSQL_TYPE_STRING,
		.buffer = number ? (void *) &c->number : c->text,
		.buffer_length = number ? 0 : CELL,
		.is_null = &c->null, .length = &c->len, .error = &c->cut,
	};
}

/* Once it has run: before, INSERT … RETURNING tells no columns. */
static void bind_columns(struct replay *r, int sql, MYSQL_STMT *h)
{
	MYSQL_RES *meta = mysql_stmt_result_metadata(h);
	unsigned columns = meta ? mysql_num_fields(meta) : 0;
	MYSQL_BIND bind[COLUMNS];

	for (unsigned i = 0; i < columns && i < COLUMNS; i++)
		bind_cell(&bind[i], &r->cells[i], mysql_fetch_field_direct(meta, i)->type);
	mysql_free_result(meta);
	if (!columns || columns > COLUMNS || mysql_stmt_bind_result(h, bind))
		give_up(r->all->sql[sql].text, "its columns cannot be bound");
	r->bound[sql] = true;
}

static MYSQL_STMT *prepared(struct replay *r, int sql)
{
	const struct sql_text *s = &r->all->sql[sql];
	MYSQL_STMT *h = r->handles[sql];

	if (h)
		return h;
	h = mysql_stmt_init(s->shop ? r->shop : r->ours);
	if (mysql_stmt_prepare(h, s->text, strlen(s->text)))
		give_up(s->text, mysql_stmt_error(h));
	r->handles[sql] = h;
	return h;
}

/* --- values ------------------------------------------------------------------------- */

static uint64_t draw(struct replay *r)		/* xorshift: nobody has to guess it */
{
	r->seed ^= r->seed << 13;
	r->seed ^= r->seed >> 7;
	r->seed ^= r->seed << 17;
	return r->seed;
}

/* As long as the recorded one; of a mail's id the host and the <> stay. */
static const char *fresh(struct replay *r, const struct value *v)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				      "0123456789-_";
	char *at = r->fresh[v->fresh];
	const char *host = v->at[0] == '<' ? memchr(v->at, '@', v->n) : NULL;
	size_t begin = host ? 1 : 0, end = host ? (size_t) (host - v->at) : v->n;

	if (*at || v->n > LONGEST)
		return v->n > LONGEST ? v->at : at;
	memcpy(at, v->at, v->n);
	for (size_t i = begin; i < end; i++)
		at[i] = letters[draw(r) >> 32 & 63];
	return at;
}

static void bind_value(struct replay *r, MYSQL_BIND *b, const struct value *v)
{
	*b = (MYSQL_BIND) { .buffer_type = MYSQL_TYPE_NULL };
	if (v->kind == 'i') {
		b->buffer_type = MYSQL_TYPE_LONGLONG;
		b->buffer = v->made >= 0 ? (void *) &r->made[v->made]
					 : (void *) &v->number;
	} else if (v->kind != 'n') {
		b->buffer_type = v->kind == 't' ? MYSQL_TYPE_STRING : MYSQL_TYPE_BLOB;
		b->buffer = (void *) (v->fresh >= 0 ? fresh(r, v) : v->at);
		b->buffer_length = v->n;
	}
}

/* --- one visit ------------------------------------------------------------------------ */

static bool is_plain(const char *sql)
{
	return !strcmp(sql, "START TRANSACTION") || !strcmp(sql, "COMMIT");
}

/* 0, or the server's number for what went wrong. */
static unsigned run_plain(struct replay *r, const struct sql_text *s)
{
	const char *sql = r->for_nothing && *s->text == 'C' ? "ROLLBACK" : s->text;
	MYSQL *link = s->shop ? r->shop : r->ours;

	return mysql_real_query(link, sql, strlen(sql)) ? mysql_errno(link) : 0;
}

static unsigned fetch_all(struct replay *r, int sql, MYSQL_STMT *h)
{
	int got;

	if (!r->bound[sql])
		bind_columns(r, sql, h);
	do
		got = mysql_stmt_fetch(h);
	while (!got || got == MYSQL_DATA_TRUNCATED);
	if (got != MYSQL_NO_DATA)
		return mysql_stmt_errno(h);
	mysql_stmt_free_result(h);
	return 0;
}

static unsigned run_step(struct replay *r, const struct step *s)
{
	MYSQL_BIND bind[VALUES];
	MYSQL_STMT *h = prepared(r, s->sql);
	unsigned failed = 0;
	bool reads;

	if (s->n > VALUES || mysql_stmt_param_count(h) != s->n)
		give_up(r->all->sql[s->sql].text, "another number of values");
	for (size_t i = 0; i < s->n; i++)
		bind_value(r, &bind[i], &s->values[i]);
	if ((s->n && mysql_stmt_bind_param(h, bind)) || mysql_stmt_execute(h))
		return mysql_stmt_errno(h);
	reads = mysql_stmt_field_count(h) != 0;
	if (reads)
		failed = fetch_all(r, s->sql, h);
	if (s->makes >= 0)		/* what returns it has it in front */
		r->made[s->makes] = reads ? r->cells[0].number
			: (int64_t) mysql_stmt_insert_id(h);
	return failed;
}

static unsigned run_steps(struct replay *r, const struct visit *v)
{
	for (int i = 0; i < v->n_fresh; i++)
		r->fresh[i][0] = '\0';
	for (size_t i = 0; i < v->n_steps; i++) {
		const struct sql_text *s = &r->all->sql[v->steps[i].sql];
		unsigned failed = is_plain(s->text) ? run_plain(r, s)
						    : run_step(r, &v->steps[i]);

		if (failed)
			return failed;
	}
	return 0;
}

static bool write_file(struct replay *r, int64_t size)
{
	static char piece[PIECE];
	char path[512];
	int fd;

	snprintf(path, sizeof(path), "%s/%016llx", env("FLOOR_FILES"),
		 (unsigned long long) draw(r));
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	while (fd >= 0 && size > 0) {
		ssize_t n = write(fd, piece, size < PIECE ? (size_t) size : PIECE);

		if (n <= 0)
			break;
		size -= n;
	}
	if (fd < 0 || size || fsync(fd) || close(fd)) {
		perror(path);
		return false;
	}
	return true;
}

static bool may_try_again(unsigned failed)
{
	return failed == ER_LOCK_DEADLOCK || failed == ER_LOCK_WAIT_TIMEOUT ||
	       failed == ER_CHECKREAD;
}

static bool run_visit(struct replay *r, const struct visit *v)
{
	unsigned failed = 0;

	for (int try = 0; try < TRIES; try++) {
		failed = run_steps(r, v);
		if (!failed)
			return true;
		fprintf(stderr, "floor: %u\n", failed);
		mysql_rollback(r->ours);
		if (!may_try_again(failed))
			return false;
	}
	return false;
}

bool replay_visit(struct replay *r, const struct visit *v)
{
	for (size_t i = 0; i < v->n_files; i++)
		if (!write_file(r, v->files[i]))
			return false;
	return run_visit(r, v);
}

bool replay_rolled_back(struct replay *r, const struct visit *v)
{
	bool done;

	r->for_nothing = true;
	done = run_visit(r, v);
	r->for_nothing = false;
	return done;
}

/* --- what it cost ------------------------------------------------------------------------ */

static int64_t rows_read_on(MYSQL *link)
{
	static const char sql[] = "SHOW SESSION STATUS LIKE 'Handler\\_read\\_%'";
	int64_t sum = 0;
	MYSQL_RES *rows;
	MYSQL_ROW row;

	if (mysql_real_query(link, sql, sizeof(sql) - 1) ||
	    !(rows = mysql_store_result(link)))
		give_up(sql, mysql_error(link));
	while ((row = mysql_fetch_row(rows)))
		sum += strtoll(row[1], NULL, 10);
	mysql_free_result(rows);
	return sum;
}

int64_t replay_rows_read(struct replay *r)
{
	return rows_read_on(r->ours) + (r->shop ? rows_read_on(r->shop) : 0);
}
