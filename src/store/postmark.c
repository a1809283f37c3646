#include "port/db.h"
#include "store/postmark.h"
#include "store/ticket.h"

static const struct field postmark_row_fields[] = {
	FIELD(postmark_row, message_id),
	FIELD(postmark_row, from_outside),
	FIELD(postmark_row, address),
	FIELD(postmark_row, outcome),
	FIELD(postmark_row, trace),
};
const struct shape postmark_row_shape = SHAPE(postmark_row, postmark_row_fields);

struct err *store_postmark_list(struct db *db, const struct actor *who,
				int64_t ticket_id, int64_t first, int64_t last,
				struct rows *out)
{
	struct sql q;

	*out = (struct rows) { 0 };
	if (who->kind != ACTOR_AGENT && who->kind != ACTOR_SYSTEM)
		return NULL;
	sql_init(&q, db_arena(db));
	sql_add(&q, "SELECT x.message_id, x.from_outside, l.from_address AS address,"
		    " l.outcome, l.trace FROM as_ticket t"
		    " STRAIGHT_JOIN as_message m FORCE INDEX (PRIMARY)"
		    " ON m.ticket_id = t.id"
		    " STRAIGHT_JOIN as_message_mail x ON x.message_id = m.id"
		    " LEFT JOIN as_mail l ON l.id = x.as_mail_id"
		    " WHERE t.id = ? AND t.shop_id = ? AND m.id BETWEEN ? AND ?",
		ARGS(ticket_id, who->shop, first, last));
	ticket_only_theirs(&q, who);
	sql_add(&q, " ORDER BY m.id LIMIT 200", NO_ARGS);
	TRY(db_rows_of(db, &q, &postmark_row_shape, out));
	return NULL;
}
