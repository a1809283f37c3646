#include "base/arena.h"
#include "db_parts.h"

enum { MAX_SQL = 32 * 1024 };

void sql_init(struct sql *q, struct arena *a)
{
	q->n = 0;
	str_init(&q->text, a, MAX_SQL);
}

static struct arg kept(struct arena *a, struct arg arg)
{
	if (!arg.null && arg.kind != KIND_I64)
		arg.bytes.at = arena_copy(a, arg.bytes.at, arg.bytes.n);
	return arg;
}

/* One value too many is counted but not kept: see values_of(). */
void sql_add_(struct sql *q, const char *fragment, struct args args)
{
	str_add(&q->text, fragment);
	for (size_t i = 0; i < args.n; i++, q->n++)
		if (q->n < SQL_ARGS_MOST)
			q->at[q->n] = kept(q->text.arena, args.at[i]);
}

static struct err *values_of(struct db *db, const struct sql *q,
			     struct args *out)
{
	if (q->n > SQL_ARGS_MOST || q->text.cut)
		return FAIL(db->arena, ERR_BUG, "%zu values or too long: %.200s",
			    q->n, q->text.text);
	*out = (struct args) { .n = q->n, .at = q->at };
	return NULL;
}

struct err *db_row_of(struct db *db, const struct sql *q,
		      const struct shape *shape, void *out)
{
	struct args args;

	TRY(values_of(db, q, &args));
	TRY(db_row_(db, q->text.text, shape, out, args));
	return NULL;
}

struct err *db_rows_of(struct db *db, const struct sql *q,
		       const struct shape *shape, struct rows *out)
{
	struct args args;

	TRY(values_of(db, q, &args));
	TRY(db_rows_(db, q->text.text, shape, out, args));
	return NULL;
}

struct err *db_run_of(struct db *db, const struct sql *q, int64_t *changed)
{
	struct args args;

	TRY(values_of(db, q, &args));
	TRY(db_run_(db, q->text.text, changed, NULL, args));
	return NULL;
}
