#include "port/db.h"
#include "store/recount.h"

static const struct field recount_fields[] = { FIELD(recount, ticket_id) };
static const struct shape recount_shape = SHAPE(recount, recount_fields);

#define FOR_CUSTOMERS "m.kind IN ('customer', 'reply') AND m.state = 'released'"

struct err *store_recount_wrong(struct db *db, int shop, int64_t after,
				struct rows *out)
{
	TRY(db_rows(db, "SELECT t.id AS ticket_id FROM as_ticket t LEFT JOIN (SELECT"
			" m.ticket_id, COUNT(*) AS n, MAX(m.id) AS last, MAX(IF("
			FOR_CUSTOMERS ", m.id, NULL)) AS public FROM as_message m"
			" WHERE m.ticket_id > ? AND m.ticket_id <= ? GROUP BY"
			" m.ticket_id) AS c ON c.ticket_id = t.id WHERE t.id > ?"
			" AND t.id <= ? AND t.shop_id = ? AND (t.messages <>"
			" COALESCE(c.n, 0) OR NOT t.last_message_id <=> c.last"
			" OR NOT t.last_public_id <=> c.public) LIMIT 10000",
		    &recount_shape, out,
		    ARGS(after, after + RECOUNT_STEP, after, after + RECOUNT_STEP, shop)));
	return NULL;
}

struct err *store_recount_mend(struct db *db, int64_t ticket_id)
{
	struct recount locked;

	TRY(db_begin(db));
	/* As everybody who writes into a ticket: its row first. */
	TRY(db_row(db, "SELECT id AS ticket_id FROM as_ticket WHERE id = ? FOR UPDATE",
		   &recount_shape, &locked, ARGS(ticket_id)));
	TRY(db_run(db, "UPDATE as_ticket t SET t.messages = (SELECT COUNT(*) FROM"
		       " as_message m WHERE m.ticket_id = t.id), t.last_message_id ="
		       " (SELECT MAX(m.id) FROM as_message m WHERE m.ticket_id = t.id),"
		       " t.last_public_id = (SELECT MAX(m.id) FROM as_message m WHERE"
		       " m.ticket_id = t.id AND " FOR_CUSTOMERS ") WHERE t.id = ?",
		   NULL, ARGS(ticket_id)));
	TRY(db_commit(db));
	return NULL;
}
