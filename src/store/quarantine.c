#include "port/db.h"
#include "store/quarantine.h"

static const struct field state_fields[] = {
	FIELD(quarantine_state, held),
	FIELD(quarantine_state, late),
	FIELD(quarantine_state, capped),
};
static const struct shape state_shape = SHAPE(quarantine_state, state_fields);

struct err *store_quarantine_retry(struct db *db, const struct actor *who,
				   int64_t id, bool *changed)
{
	int64_t n;

	TRY(db_run(db, "UPDATE as_mail SET state = 'new', due_at = NOW(6),"
		       " lease_until = NULL, attempts = 0, decided_at = NULL"
		       " WHERE id = ? AND shop_id = ? AND state = 'bad'",
		   &n, ARGS(id, who->shop)));
	*changed = n > 0;
	return NULL;
}

struct err *store_quarantine_hold(struct db *db, const struct actor *who,
				  int64_t id, const char *trace, bool *changed)
{
	int64_t n;

	TRY(db_run(db, "UPDATE as_mail SET state = 'held', outcome = 'held',"
		       " trace = ?, decided_at = NOW(6) WHERE id = ? AND shop_id = ?"
		       " AND state = 'done' AND outcome = 'dropped'",
		   &n, ARGS(trace, id, who->shop)));
	*changed = n > 0;
	return NULL;
}

struct err *store_quarantine_state(struct db *db, int shop,
				   struct quarantine_state *out)
{
	TRY(db_row(db, "SELECT (SELECT COUNT(*) FROM (SELECT id FROM as_mail"
		       " FORCE INDEX (by_state) WHERE shop_id = ?"
		       " AND state IN ('held', 'bad') LIMIT 1000) AS h) AS held,"
		       " (SELECT COUNT(*) FROM (SELECT id FROM as_mail"
		       " FORCE INDEX (due) WHERE state = 'new'"
		       " AND due_at < NOW(6) - INTERVAL 5 MINUTE AND shop_id = ?"
		       " LIMIT 1000) AS d) AS late,"
		       " (SELECT COUNT(*) FROM (SELECT trace FROM as_mail"
		       " FORCE INDEX (by_age)"
		       " WHERE received_at > NOW(6) - INTERVAL 1 DAY AND shop_id = ?"
		       " ORDER BY received_at DESC LIMIT 1000) AS r"
		       " WHERE trace LIKE '%receipt_capped%') AS capped",
		   &state_shape, out, ARGS(shop, shop, shop)));
	return NULL;
}
