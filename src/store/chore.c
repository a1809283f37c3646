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
