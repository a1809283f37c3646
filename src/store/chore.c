#include "port/db.h"
#include "store/chore.h"

struct err *store_chore_take(struct db *db, const char *name, int every_s,
			     bool *taken)
{
	int64_t changed;

	TRY(db_run(db, "INSERT IGNORE INTO as_chore (name, next_at)"
		       " VALUES (?, NOW(6))", NULL, ARGS(name)));
	TRY(db_run(db, "UPDATE as_chore SET next_at = NOW(6) + INTERVAL ? SECOND"
		       " WHERE name = ? AND next_at <= NOW(6)",
		   &changed, ARGS(every_s, name)));
	*taken = changed > 0;
	return NULL;
}

struct silence {
	int64_t seconds;
};
static const struct field silence_fields[] = { FIELD(silence, seconds) };
static const struct shape silence_shape = SHAPE(silence, silence_fields);

struct err *store_chore_silence(struct db *db, const char *name, int64_t *out)
{
	struct silence s = { -1 };
	bool found;

	TRY(db_find(db, "SELECT GREATEST(0, TIMESTAMPDIFF(SECOND, next_at, NOW(6)))"
			" AS seconds FROM as_chore WHERE name = ?",
		    &silence_shape, &s, &found, ARGS(name)));
	*out = found ? s.seconds : -1;
	return NULL;
}
