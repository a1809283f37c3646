#include <string.h>

#include "port/db.h"
#include "store/message_mail.h"
#include "store/ticket.h"

static const struct field message_mail_fields[] = {
	FIELD(message_mail, message_id),
	FIELD(message_mail, as_mail_id),
	FIELD(message_mail, html),
	FIELD(message_mail, folded),
	FIELD(message_mail, pictures),
	FIELD(message_mail, automatic),
	FIELD(message_mail, from_outside),
	FIELD(message_mail, has_html),
	FIELD(message_mail, more_folded),
	FIELD_ENUM(message_mail, kind, message_kind_codes),
	FIELD(message_mail, ticket_id),
	FIELD(message_mail, body),
};
const struct shape message_mail_shape = SHAPE(message_mail, message_mail_fields);

bool messages_by_mail(const struct rows *messages)
{
	const struct message *m = messages->at;

	for (size_t i = 0; i < messages->n; i++)
		if (m[i].source && !strcmp(m[i].source, "mail"))
			return true;
	return false;
}

struct err *store_message_mail_add(struct db *db, const struct actor *who,
				   const struct message_mail *m)
{
	/* The message is looked up, so that nobody hangs it on another shop's. */
	TRY(db_run(db, "INSERT INTO as_message_mail (message_id, as_mail_id, html,"
		       " folded, pictures, automatic, from_outside)"
		       " SELECT id, ?, ?, ?, ?, ?, ? FROM as_message"
		       " WHERE id = ? AND shop_id = ?",
		   NULL, ARGS(m->as_mail_id, m->html, m->folded, m->pictures,
			      m->automatic, m->from_outside, m->message_id,
			      who->shop)));
	return NULL;
}

struct err *store_message_mail_set_inside(struct db *db, const struct actor *who,
					  int64_t message_id)
{
	int64_t changed;

	TRY(db_run(db, "UPDATE as_message_mail x JOIN as_message m"
		       " ON m.id = x.message_id SET x.from_outside = FALSE"
		       " WHERE x.message_id = ? AND m.shop_id = ? AND x.from_outside",
		   &changed, ARGS(message_id, who->shop)));
	if (!changed)
		return FAIL(db_arena(db), ERR_CONFLICT, "message %lld: somebody was faster",
			    (long long) message_id);
	return NULL;
}

#define LISTED								\
	"SELECT x.message_id, x.as_mail_id, LEFT(x.folded, 4000) AS folded," \
	" CHAR_LENGTH(x.folded) > 4000 AS more_folded,"			\
	" x.html IS NOT NULL AS has_html, x.pictures, x.automatic,"	\
	" x.from_outside"
_Static_assert(FOLDED_SHOWN == 4000, "as in LISTED");

struct err *store_message_mail_list(struct db *db, const struct actor *who,
				    int64_t ticket_id, int64_t first, int64_t last,
				    struct rows *out)
{
	struct sql q;

	sql_init(&q, db_arena(db));
	sql_add(&q, LISTED " FROM as_ticket t"
		    " STRAIGHT_JOIN as_message m FORCE INDEX (PRIMARY)"
		    " ON m.ticket_id = t.id"
		    " STRAIGHT_JOIN as_message_mail x ON x.message_id = m.id"
		    " WHERE t.id = ? AND t.shop_id = ? AND m.id BETWEEN ? AND ?",
		ARGS(ticket_id, who->shop, first, last));
	message_only_theirs(&q, who);
	sql_add(&q, " ORDER BY m.id LIMIT 200", NO_ARGS);
	TRY(db_rows_of(db, &q, &message_mail_shape, out));
	return NULL;
}

struct err *store_message_mail_list_of_order(struct db *db, const struct actor *who,
					     const char *order_key, int64_t first,
					     int64_t last, struct rows *out)
{
	struct sql q;

	sql_init(&q, db_arena(db));
	sql_add(&q, LISTED " FROM ", NO_ARGS);
	ticket_newest_of_order(&q, who, order_key);
	sql_add(&q, " STRAIGHT_JOIN as_message m FORCE INDEX (PRIMARY)"
		    " ON m.ticket_id = t.id AND m.id BETWEEN ? AND ?"
		    " STRAIGHT_JOIN as_message_mail x ON x.message_id = m.id"
		    " WHERE TRUE", ARGS(first, last));
	message_only_visible(&q, who);
	sql_add(&q, " ORDER BY m.id LIMIT 200", NO_ARGS);
	TRY(db_rows_of(db, &q, &message_mail_shape, out));
	return NULL;
}

struct err *store_message_mail_find(struct db *db, const struct actor *who,
				    int64_t message_id, struct message_mail *out)
{
	struct sql q;

	sql_init(&q, db_arena(db));
	sql_add(&q, "SELECT x.message_id, x.as_mail_id, x.html, x.folded,"
		    " x.html IS NOT NULL AS has_html, x.pictures, x.automatic,"
		    " x.from_outside, m.kind, m.ticket_id, m.body"
		    " FROM as_message_mail x JOIN as_message m ON m.id = x.message_id"
		    " JOIN as_ticket t ON t.id = m.ticket_id"
		    " WHERE x.message_id = ? AND t.shop_id = ?",
		ARGS(message_id, who->shop));
	message_only_theirs(&q, who);
	TRY(db_row_of(db, &q, &message_mail_shape, out));
	return NULL;
}
