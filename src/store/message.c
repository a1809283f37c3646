#include <string.h>

#include "base/arena.h"
#include "port/db.h"
#include "store/message.h"
#include "store/ticket.h"

const char *const message_kind_codes[] = {
	[MESSAGE_CUSTOMER] = "customer",
	[MESSAGE_REPLY]    = "reply",
	[MESSAGE_NOTE]     = "note",
	[MESSAGE_SYSTEM]   = "system",
	NULL
};

const char *const author_kind_codes[] = {
	[AUTHOR_CUSTOMER] = "customer",
	[AUTHOR_AGENT]    = "agent",
	[AUTHOR_SYSTEM]   = "system",
	[AUTHOR_ADDRESS]  = "address",
	NULL
};

static const struct field message_fields[] = {
	FIELD(message, id),
	FIELD(message, ticket_id),
	FIELD_ENUM(message, kind, message_kind_codes),
	FIELD_ENUM(message, author_kind, author_kind_codes),
	FIELD(message, author_id),
	FIELD(message, author_name),
	FIELD(message, source),
	FIELD(message, type_id),
	FIELD(message, status_id),
	FIELD(message, priority_id),
	FIELD(message, body),
	FIELD(message, files),
	FIELD(message, mail_id),
	FIELD(message, created_at),
	FIELD(message, number),
	FIELD(message, subject),
	FIELD(message, order_no),
	FIELD(message, order_key),
	FIELD(message, customer_name),
};
const struct shape message_shape = SHAPE(message, message_fields);

#define MESSAGE								\
	"SELECT m.id, m.ticket_id, m.kind, m.author_kind, m.author_id,"	\
	" m.author_name, m.source, m.type_id, m.status_id, m.priority_id," \
	" m.body, m.files, m.created_at"

void message_only_visible(struct sql *q, const struct actor *who)
{
	if (who->kind == ACTOR_CUSTOMER || who->kind == ACTOR_NOBODY)
		sql_add(q, " AND m.kind IN ('customer', 'reply')"
			   " AND m.state = 'released'", NO_ARGS);
}

void message_only_theirs(struct sql *q, const struct actor *who)
{
	ticket_only_theirs(q, who);
	message_only_visible(q, who);
}

/* The statement reads newest first; people read oldest first. */
static void turn_round(struct rows *rows)
{
	struct message *m = rows->at;

	for (size_t i = 0, j = rows->n; i + 1 < j; i++) {
		struct message other = m[--j];

		m[j] = m[i];
		m[i] = other;
	}
}

struct err *store_message_list(struct db *db, const struct actor *who,
			       int64_t ticket_id, int64_t before,
			       struct rows *out)
{
	struct sql q;

	sql_init(&q, db_arena(db));
	sql_add(&q, MESSAGE " FROM as_message m FORCE INDEX (PRIMARY)"
		    " WHERE m.ticket_id = ?", ARGS(ticket_id));
	if (before)
		sql_add(&q, " AND m.id < ?", ARGS(before));
	message_only_visible(&q, who);
	sql_add(&q, " ORDER BY m.id DESC LIMIT 201", NO_ARGS);
	TRY(db_rows_of(db, &q, &message_shape, out));
	turn_round(out);
	return NULL;
}

struct err *store_message_list_of_order(struct db *db, const struct actor *who,
					const char *order_key, struct rows *out)
{
	struct sql q;

	sql_init(&q, db_arena(db));
	sql_add(&q, MESSAGE ", t.number, t.subject, t.order_no, t.order_key"
		    " FROM ", NO_ARGS);
	ticket_newest_of_order(&q, who, order_key);
	sql_add(&q, " STRAIGHT_JOIN as_message m FORCE INDEX (PRIMARY)"
		    " ON m.ticket_id = t.id WHERE TRUE", NO_ARGS);
	message_only_visible(&q, who);
	sql_add(&q, " ORDER BY m.id DESC LIMIT 201", NO_ARGS);
	TRY(db_rows_of(db, &q, &message_shape, out));
	turn_round(out);
	return NULL;
}

struct err *store_message_since(struct db *db, const struct actor *who,
				int64_t ticket_id, int64_t after,
				struct rows *out)
{
	struct sql q;

	sql_init(&q, db_arena(db));
	sql_add(&q, MESSAGE " FROM as_message m FORCE INDEX (PRIMARY)"
		    " WHERE m.ticket_id = ? AND m.id > ?",
		ARGS(ticket_id, after));
	message_only_visible(&q, who);
	sql_add(&q, " ORDER BY m.id LIMIT 20", NO_ARGS);
	TRY(db_rows_of(db, &q, &message_shape, out));
	return NULL;
}

/* The index that begins with what is fixed and goes on by date. */
static void from_message(struct sql *q, const struct posting_filter *f)
{
	if (f->type_id)
		sql_add(q, " FROM as_message m FORCE INDEX (by_type)", NO_ARGS);
	else if (f->n_statuses)
		sql_add(q, " FROM as_message m FORCE INDEX (by_status)", NO_ARGS);
	else if (f->priority_id)
		sql_add(q, " FROM as_message m FORCE INDEX (by_priority)", NO_ARGS);
	else
		sql_add(q, " FROM as_message m FORCE INDEX (by_date)", NO_ARGS);
}

/* What stands behind FROM and the joins: with one status, or with any. */
static void where(struct sql *q, const struct actor *who,
		  const struct posting_filter *f, const struct keyset *k,
		  const int64_t *status)
{
	sql_add(q, " WHERE m.shop_id = ?", ARGS(who->shop));
	if (f->type_id)
		sql_add(q, " AND m.type_id = ?", ARGS(f->type_id));
	if (status)
		sql_add(q, " AND m.status_id = ?", ARGS(*status));
	if (f->priority_id)
		sql_add(q, " AND m.priority_id = ?", ARGS(f->priority_id));
	if (who->may[RIGHT_READ] == SCOPE_OWN)
		sql_add(q, " AND EXISTS (SELECT 1 FROM as_ticket o WHERE"
			   " o.id = m.ticket_id AND o.owner_id = ?)", ARGS(who->id));
	if (f->from)
		sql_add(q, " AND m.created_at >= ?", ARGS(f->from));
	if (f->until)
		sql_add(q, " AND m.created_at < ?", ARGS(f->until));
	keyset_where(q, k, KEYSET_M_CREATED);
	keyset_order(q, k, KEYSET_M_CREATED);
}

/* No index holds the postings of somebody's own tickets: of so many the
 * newest are looked through. */
static void bounded(struct sql *q, const struct actor *who)
{
	if (who->may[RIGHT_READ] == SCOPE_OWN)
		sql_add(q, " ROWS EXAMINED ?", ARGS(MESSAGES_EXAMINED));
}

#define POSTING								\
	"SELECT m.id, m.ticket_id, m.kind, m.author_kind, m.author_id,"	\
	" m.author_name, m.source, m.type_id, m.status_id, m.priority_id," \
	" LEFT(m.body, 200) AS body, m.files, m.created_at, t.number,"	\
	" t.subject, t.order_no, t.order_key, c.name AS customer_name"
#define THEIR_TICKETS							\
	" STRAIGHT_JOIN as_ticket t ON t.id = m.ticket_id"		\
	" STRAIGHT_JOIN as_customer c ON c.id = t.customer_id"

/* Several statuses: the page is merged from the first rows of each, as in
 * store/ticket.c. */
static void merged(struct sql *q, const struct actor *who,
		   const struct posting_filter *f, const struct keyset *k)
{
	sql_add(q, POSTING " FROM (SELECT b.id, b.ticket_id FROM (", NO_ARGS);
	for (size_t i = 0; i < f->n_statuses; i++) {
		if (i)
			sql_add(q, " UNION ALL ", NO_ARGS);
		sql_add(q, "(SELECT m.id, m.ticket_id, m.created_at", NO_ARGS);
		from_message(q, f);
		where(q, who, f, k, &f->statuses[i]);
		sql_add(q, ")", NO_ARGS);
	}
	sql_add(q, ") AS b", NO_ARGS);
	keyset_order(q, k, KEYSET_B_CREATED);
	sql_add(q, ") AS page STRAIGHT_JOIN as_message m"
		   " ON m.ticket_id = page.ticket_id AND m.id = page.id"
		   THEIR_TICKETS, NO_ARGS);
	keyset_order(q, k, KEYSET_M_CREATED);
}

struct err *store_message_postings(struct db *db, const struct actor *who,
				   const struct posting_filter *f,
				   const struct keyset *k, struct rows *out)
{
	struct sql q;

	if (who->kind != ACTOR_AGENT || !who->may[RIGHT_READ])
		return FAIL(db_arena(db), ERR_FORBIDDEN, "postings are for agents");
	sql_init(&q, db_arena(db));
	if (f->n_statuses > 1) {
		merged(&q, who, f, k);
	} else {
		sql_add(&q, POSTING, NO_ARGS);
		from_message(&q, f);
		sql_add(&q, THEIR_TICKETS, NO_ARGS);
		where(&q, who, f, k, f->n_statuses ? &f->statuses[0] : NULL);
	}
	bounded(&q, who);
	TRY(db_rows_of(db, &q, &message_shape, out));
	return NULL;
}

struct err *store_message_last_reply(struct db *db, int64_t ticket_id,
				     const char **words)
{
	struct message m = { 0 };
	bool found;

	TRY(db_find(db, "SELECT m.body FROM as_message m FORCE INDEX (PRIMARY)"
			" WHERE m.ticket_id = ? AND m.kind = 'reply'"
			" ORDER BY m.id DESC LIMIT 1",
		    &message_shape, &m, &found, ARGS(ticket_id)));
	*words = found ? m.body : NULL;
	return NULL;
}

struct err *store_message_add(struct db *db, const struct actor *who,
			      struct message *m)
{
	struct message made = { 0 };

	TRY(db_row(db, "INSERT INTO as_message (shop_id, ticket_id,"
		       " origin_ticket_id, kind, author_kind, author_id,"
		       " author_name, source, type_id, status_id, priority_id, body,"
		       " files, mail_id, released_at, created_at)"
		       " VALUES (?, ?, ?, ?, ?, NULLIF(?, 0), ?, COALESCE(?, 'web'),"
		       " ?, ?, ?, ?, ?, ?, NOW(6), NOW(6))"
		       " RETURNING id, created_at",
		   &message_shape, &made,
		   ARGS(who->shop, m->ticket_id, m->ticket_id,
			message_kind_codes[m->kind],
			author_kind_codes[m->author_kind], m->author_id,
			m->author_name, m->source, m->type_id, m->status_id,
			m->priority_id, m->body, m->files, m->mail_id)));
	m->id = made.id;
	m->created_at = made.created_at;
	return NULL;
}

struct err *store_message_set_public(struct db *db, int64_t ticket_id, int64_t id,
				     bool restart_wait)
{
	TRY(db_run(db, "UPDATE as_message SET kind = 'customer' WHERE id = ?"
		       " AND ticket_id = ? AND kind IN ('note', 'customer')"
		       " AND author_kind IN ('address', 'customer')",
		   NULL, ARGS(id, ticket_id)));
	TRY(db_run(db, "UPDATE as_ticket SET last_public_id ="
		       " GREATEST(COALESCE(last_public_id, 0), ?),"
		       " last_customer_at = NOW(6), updated_at = NOW(6),"
		       " waiting_since = IF(?, NOW(6), waiting_since)"
		       " WHERE id = ?", NULL, ARGS(id, restart_wait, ticket_id)));
	return NULL;
}

struct err *store_message_drop_mail_id(struct db *db, int64_t id)
{
	TRY(db_run(db, "UPDATE as_message SET mail_id = NULL WHERE id = ?",
		   NULL, ARGS(id)));
	return NULL;
}

struct err *store_message_set_files(struct db *db, const struct message *m,
				    int64_t n)
{
	TRY(db_run(db, "UPDATE as_message SET files = ?"
		       " WHERE ticket_id = ? AND id = ?",
		   NULL, ARGS(n, m->ticket_id, m->id)));
	return NULL;
}
