#include "port/db.h"
#include "store/turn.h"

const char *const turn_codes[] = {
	[TURN_STORE]    = "store",
	[TURN_CUSTOMER] = "customer",
	[TURN_NOBODY]   = "nobody",
	[TURN_OVER]     = "over",
	NULL
};

struct number {
	int64_t n;
};
static const struct field number_fields[] = { FIELD(number, n) };
static const struct shape number_shape = SHAPE(number, number_fields);

struct err *store_turn_note(struct db *db, int shop, int64_t status_id,
			    enum turn turn)
{
	TRY(db_run(db, "UPDATE as_status SET turn = ? WHERE shop_id = ? AND id = ?",
		   NULL, ARGS(turn_codes[turn], shop, status_id)));
	return NULL;
}

struct err *store_turn_rewrite(struct db *db, int shop, int64_t status_id,
			       enum turn turn, int64_t after, int64_t upto)
{
	TRY(db_run(db, "UPDATE as_ticket SET turn = ? WHERE id > ? AND id <= ?"
		       " AND shop_id = ? AND status_id = ? AND turn <> ?",
		   NULL, ARGS(turn_codes[turn], after, upto, shop, status_id,
			      turn_codes[turn])));
	return NULL;
}

struct err *store_turn_last(struct db *db, int64_t *out)
{
	struct number last;

	TRY(db_row(db, "SELECT COALESCE(MAX(id), 0) AS n FROM as_ticket",
		   &number_shape, &last, NO_ARGS));
	*out = last.n;
	return NULL;
}

struct err *store_turn_check(struct db *db, int shop, int64_t *wrong)
{
	struct number found;

	TRY(db_row(db, "SELECT COUNT(*) AS n FROM (SELECT t.id FROM as_ticket t"
		       " JOIN as_status s ON s.id = t.status_id"
		       " WHERE t.shop_id = ? AND t.turn <> s.turn LIMIT 1000) AS some",
		   &number_shape, &found, ARGS(shop)));
	*wrong = found.n;
	return NULL;
}
