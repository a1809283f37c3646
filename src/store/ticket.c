#include "base/arena.h"
#include "port/db.h"
#include "store/ticket.h"

static const char *const source_codes[] = {
	[TICKET_FROM_SHOP]  = "shop",
	[TICKET_FROM_PANEL] = "panel",
	[TICKET_FROM_MAIL]  = "mail",
	[TICKET_FROM_API]   = "api",
	NULL
};

static const struct field ticket_fields[] = {
	FIELD(ticket, id),
	FIELD(ticket, number),
	FIELD(ticket, customer_id),
	FIELD(ticket, subject),
	FIELD(ticket, summary),
	FIELD(ticket, type_id),
	FIELD(ticket, status_id),
	FIELD(ticket, priority_id),
	FIELD(ticket, owner_id),
	FIELD_ENUM(ticket, source, source_codes),
	FIELD(ticket, lang),
	FIELD(ticket, opened_by_name),
	FIELD(ticket, opened_by_customer),
	FIELD(ticket, order_key),
	FIELD(ticket, order_no),
	FIELD(ticket, order_placed_at),
	FIELD(ticket, order_status),
	FIELD(ticket, order_group),
	FIELD(ticket, order_currency),
	FIELD(ticket, order_total),
	FIELD(ticket, version),
	FIELD(ticket, messages),
	FIELD(ticket, last_message_id),
	FIELD(ticket, last_public_id),
	FIELD(ticket, customer_seen_id),
	FIELD(ticket, created_at),
	FIELD(ticket, updated_at),
	FIELD(ticket, waiting_since),
	FIELD(ticket, first_reply_at),
	FIELD(ticket, last_customer_at),
	FIELD(ticket, last_agent_at),
	FIELD(ticket, closed_at),
	FIELD(ticket, customer_name),
	FIELD(ticket, customer_email),
	FIELD(ticket, customer_phone),
	FIELD(ticket, customer_lang),
	FIELD(ticket, customer_zone),
	FIELD(ticket, customer_external_id),
	FIELD(ticket, has_undelivered),
	FIELD(ticket, has_people),
	FIELD(ticket, has_related),
};
const struct shape ticket_shape = SHAPE(ticket, ticket_fields);

static const struct field ticket_line_fields[] = {
	FIELD(ticket_line, line_no),
	FIELD(ticket_line, line_key),
	FIELD(ticket_line, name),
	FIELD(ticket_line, sku),
	FIELD(ticket_line, detail),
	FIELD(ticket_line, qty),
	FIELD(ticket_line, unit_price),
	FIELD(ticket_line, chosen),
};
const struct shape ticket_line_shape = SHAPE(ticket_line, ticket_line_fields);

#define TICKET								\
	"SELECT t.id, t.number, t.customer_id, t.subject, t.summary,"	\
	" t.type_id, t.status_id, t.priority_id, t.owner_id, t.source, t.lang," \
	" t.opened_by_name, t.opened_by_kind = 'customer' AS opened_by_customer," \
	" t.order_key, t.order_no, t.order_placed_at, t.order_status,"	\
	" t.order_group, t.order_currency, t.order_total, t.version,"	\
	" t.messages, t.last_message_id, t.last_public_id, t.customer_seen_id," \
	" t.created_at,"						\
	" t.updated_at, t.waiting_since, t.first_reply_at, t.last_customer_at," \
	" t.last_agent_at, t.closed_at, c.name AS customer_name,"	\
	" c.email AS customer_email, c.phone AS customer_phone,"	\
	" c.lang AS customer_lang, c.zone AS customer_zone,"		\
	" c.external_id AS customer_external_id, t.has_people, t.has_related"
#define OF_ALL " FROM as_ticket t JOIN as_customer c ON c.id = t.customer_id"
#define SELECT_TICKET TICKET OF_ALL

/*
 * Whose rows: a customer sees the own, by a mailed link the one ticket; an
 * agent with a right to read sees the shop's, or those handed to them.
 */
void ticket_only_theirs(struct sql *q, const struct actor *who)
{
	if (who->kind == ACTOR_SYSTEM)
		return;
	if (who->kind == ACTOR_CUSTOMER && who->only_ticket)
		sql_add(q, " AND t.customer_id = ? AND t.id = ?",
			ARGS(who->id, who->only_ticket));
	else if (who->kind == ACTOR_CUSTOMER)
		sql_add(q, " AND t.customer_id = ?", ARGS(who->id));
	else if (who->kind == ACTOR_AGENT && who->may[RIGHT_READ] == SCOPE_OWN)
		sql_add(q, " AND t.owner_id = ?", ARGS(who->id));
	else if (who->kind != ACTOR_AGENT || !who->may[RIGHT_READ])
		sql_add(q, " AND FALSE", NO_ARGS);
}

void ticket_newest_of_order(struct sql *q, const struct actor *who,
			    const char *order_key)
{
	sql_add(q, "(SELECT t.id, t.number, t.subject, t.order_no, t.order_key"
		   " FROM as_ticket t FORCE INDEX (by_order)"
		   " WHERE t.shop_id = ? AND t.order_key = ?",
		ARGS(who->shop, order_key));
	ticket_only_theirs(q, who);
	sql_add(q, " ORDER BY t.id DESC LIMIT ?) AS t",
		ARGS((int) TICKETS_OF_ORDER));
}

struct err *store_ticket_find(struct db *db, const struct actor *who,
			      const char *number, struct ticket *out)
{
	struct sql q;

	sql_init(&q, db_arena(db));
	sql_add(&q, SELECT_TICKET " WHERE t.shop_id = ? AND t.number = ?",
		ARGS(who->shop, number));
	ticket_only_theirs(&q, who);
	TRY(db_row_of(db, &q, &ticket_shape, out));
	return NULL;
}

struct err *store_ticket_find_beside(struct db *db, const struct actor *who,
				     const char *number, struct ticket *out)
{
	struct sql q;

	sql_init(&q, db_arena(db));
	sql_add(&q, TICKET ", t.has_undelivered OR COALESCE(b.undeliverable_at,"
		    " b.delayed_at) IS NOT NULL AS has_undelivered" OF_ALL
		    " LEFT JOIN as_address b ON b.shop_id = t.shop_id"
		    " AND b.address = c.email WHERE t.shop_id = ? AND t.number = ?",
		ARGS(who->shop, number));
	ticket_only_theirs(&q, who);
	TRY(db_row_of(db, &q, &ticket_shape, out));
	return NULL;
}

struct err *store_ticket_find_id(struct db *db, const struct actor *who,
				 int64_t id, struct ticket *out)
{
	struct sql q;

	sql_init(&q, db_arena(db));
	sql_add(&q, SELECT_TICKET " WHERE t.shop_id = ? AND t.id = ?",
		ARGS(who->shop, id));
	ticket_only_theirs(&q, who);
	TRY(db_row_of(db, &q, &ticket_shape, out));
	return NULL;
}

struct err *store_ticket_brief(struct db *db, const struct actor *who,
				const char *number, struct ticket *out)
{
	struct sql q;

	sql_init(&q, db_arena(db));
	sql_add(&q, "SELECT t.id, t.number, t.order_key, t.last_message_id"
		    " FROM as_ticket t"
		    " WHERE t.shop_id = ? AND t.number = ?",
		ARGS(who->shop, number));
	ticket_only_theirs(&q, who);
	TRY(db_row_of(db, &q, &ticket_shape, out));
	return NULL;
}

struct err *store_ticket_lock(struct db *db, const struct actor *who,
			      int64_t id, struct ticket *out)
{
	struct sql q;

	sql_init(&q, db_arena(db));
	sql_add(&q, SELECT_TICKET " WHERE t.shop_id = ? AND t.id = ?",
		ARGS(who->shop, id));
	ticket_only_theirs(&q, who);
	sql_add(&q, " FOR UPDATE", NO_ARGS);
	TRY(db_row_of(db, &q, &ticket_shape, out));
	return NULL;
}

struct err *store_ticket_lock_number(struct db *db, const struct actor *who,
				     const char *number, struct ticket *out)
{
	struct sql q;

	sql_init(&q, db_arena(db));
	sql_add(&q, SELECT_TICKET " WHERE t.shop_id = ? AND t.number = ?",
		ARGS(who->shop, number));
	ticket_only_theirs(&q, who);
	sql_add(&q, " FOR UPDATE", NO_ARGS);
	TRY(db_row_of(db, &q, &ticket_shape, out));
	return NULL;
}

struct err *store_ticket_lately(struct db *db, int shop, const char *email,
				struct rows *out)
{
	TRY(db_rows(db, "SELECT t.id, t.subject FROM as_customer c"
			" JOIN as_ticket t ON t.shop_id = c.shop_id"
			" AND t.customer_id = c.id AND t.is_open"
			" WHERE c.shop_id = ? AND c.email = ?"
			" AND t.created_at > NOW(6) - INTERVAL 3 DAY"
			" ORDER BY t.id DESC LIMIT 10",
		    &ticket_shape, out, ARGS(shop, email)));
	return NULL;
}

struct err *store_ticket_lines(struct db *db, int64_t ticket_id,
			       struct rows *out)
{
	TRY(db_rows(db, "SELECT line_no, line_key, name, sku, detail, qty,"
			" unit_price, chosen FROM as_ticket_line"
			" WHERE ticket_id = ? ORDER BY line_no LIMIT 50",
		    &ticket_line_shape, out, ARGS(ticket_id)));
	return NULL;
}

static struct err *add_some_lines(struct db *db, int64_t ticket_id,
				  const struct ticket_line *l, size_t n)
{
	struct sql q;

	sql_init(&q, db_arena(db));
	sql_add(&q, "INSERT INTO as_ticket_line (ticket_id, line_no, line_key, name,"
		    " sku, detail, qty, unit_price, chosen) VALUES ", NO_ARGS);
	for (size_t i = 0; i < n; i++, l++) {
		if (i)
			sql_add(&q, ", ", NO_ARGS);
		sql_add(&q, "(?, ?, ?, ?, ?, ?, ?, ?, ?)",
			ARGS(ticket_id, l->line_no, l->line_key, l->name, l->sku,
			     l->detail, l->qty, l->unit_price, l->chosen));
	}
	TRY(db_run_of(db, &q, NULL));
	return NULL;
}

/* Rows of values: a statement that unpacks JSON costs the server twice as much. */
struct err *store_ticket_add_lines(struct db *db, int64_t ticket_id,
				   const struct ticket_line *lines, size_t n)
{
	enum { ROWS = SQL_ARGS_MOST / 9 };
	size_t some;

	for (size_t i = 0; i < n; i += some) {
		some = n - i < ROWS ? n - i : ROWS;
		TRY(add_some_lines(db, ticket_id, lines + i, some));
	}
	return NULL;
}

struct err *store_ticket_add(struct db *db, const struct actor *who,
			     struct ticket *t,
			     const struct ticket_progress *first)
{
	struct ticket made = { 0 };
	const char *opener = who->kind == ACTOR_CUSTOMER ? "customer" :
			     who->kind == ACTOR_AGENT ? "agent" : "system";

	TRY(db_row(db, "INSERT INTO as_ticket (shop_id, number, customer_id,"
		       " subject, type_id, status_id, turn, priority_id,"
		       " owner_id, source, lang, opened_by_kind, opened_by_id,"
		       " opened_by_name, order_key, order_no, order_placed_at,"
		       " order_status, order_group, order_currency, order_total,"
		       " messages, last_words, created_at, updated_at,"
		       " waiting_since, last_customer_at, last_agent_at,"
		       " first_reply_at)"
		       " VALUES (?, NEXT VALUE FOR as_ticket_number, ?, ?, ?, ?,"
		       " ?, ?, NULLIF(?, 0), ?, ?, ?, NULLIF(?, 0), ?, ?, ?, ?, ?, ?,"
		       " ?, ?, 1, LEFT(?, 200), NOW(6), NOW(6), NOW(6),"
		       " IF(?, NOW(6), NULL), IF(?, NOW(6), NULL),"
		       " IF(?, NOW(6), NULL))"
		       " RETURNING id, number, created_at",
		   &ticket_shape, &made,
		   ARGS(who->shop, t->customer_id, t->subject, t->type_id,
			t->status_id, turn_codes[first->turn], t->priority_id,
			t->owner_id, source_codes[t->source], t->lang, opener, who->id,
			who->name, t->order_key, t->order_no,
			t->order_placed_at, t->order_status, t->order_group,
			t->order_currency, t->order_total, first->words,
			first->by_customer, first->by_agent, first->by_agent)));
	t->id = made.id;
	t->number = made.number;
	t->created_at = made.created_at;
	return NULL;
}

/* Columns that no index has. */
struct err *store_ticket_begun(struct db *db, int64_t ticket_id,
			       const struct ticket_progress *first)
{
	TRY(db_run(db, "UPDATE as_ticket SET last_message_id = ?,"
		       " last_public_id = IF(?, ?, NULL), last_files = ?,"
		       " customer_seen_id = IF(?, ?, NULL) WHERE id = ?",
		   NULL, ARGS(first->message_id,
			      first->by_customer || first->by_agent || first->silent,
			      first->message_id, first->files, first->by_customer,
			      first->message_id, ticket_id)));
	return NULL;
}

/* The message has it already. */
static struct err *earlier_messages(struct db *db, int64_t ticket_id,
				    const struct ticket_progress *p)
{
	TRY(db_run(db, "UPDATE as_message SET status_id = ?"
		       " WHERE ticket_id = ? AND id < ?",
		   NULL, ARGS(p->status_id, ticket_id, p->message_id)));
	return NULL;
}

struct err *store_ticket_progress(struct db *db, int64_t ticket_id,
				  const struct ticket_progress *p)
{
	struct sql q;

	sql_init(&q, db_arena(db));
	sql_add(&q, "UPDATE as_ticket SET messages = messages + 1,"
		    " last_message_id = ?,"
		    " last_public_id = IF(?, ?, last_public_id),"
		    " last_words = LEFT(?, 200), last_files = ?,"
		    " updated_at = NOW(6),"
		    " waiting_since = IF(?, NOW(6), waiting_since),"
		    " last_customer_at = IF(?, NOW(6), last_customer_at),"
		    " customer_seen_id = IF(?, ?, customer_seen_id),"
		    " last_agent_at = IF(?, NOW(6), last_agent_at),"
		    " first_reply_at = IF(?, COALESCE(first_reply_at, NOW(6)),"
		    " first_reply_at)",
		ARGS(p->message_id, p->by_customer || p->by_agent || p->silent,
		     p->message_id,
		     p->words, p->files, p->restart_wait, p->by_customer,
		     p->by_customer, p->message_id, p->by_agent, p->by_agent));
	if (p->status_id)
		sql_add(&q, ", status_id = ?, turn = ?,"
			    " closed_at = IF(?, COALESCE(closed_at, NOW(6)), NULL)",
			ARGS(p->status_id, turn_codes[p->turn], p->turn == TURN_OVER));
	sql_add(&q, " WHERE id = ?", ARGS(ticket_id));
	TRY(db_run_of(db, &q, NULL));
	if (p->status_id)
		TRY(earlier_messages(db, ticket_id, p));
	return NULL;
}

struct err *store_ticket_set_status(struct db *db, int64_t id, int64_t status_id,
				    enum turn turn)
{
	TRY(db_run(db, "UPDATE as_ticket SET status_id = ?, turn = ?,"
		       " updated_at = NOW(6),"
		       " closed_at = IF(?, COALESCE(closed_at, NOW(6)), NULL)"
		       " WHERE id = ?",
		   NULL, ARGS(status_id, turn_codes[turn], turn == TURN_OVER, id)));
	TRY(db_run(db, "UPDATE as_message SET status_id = ? WHERE ticket_id = ?",
		   NULL, ARGS(status_id, id)));
	return NULL;
}

struct err *store_ticket_set_priority(struct db *db, int64_t id,
				      int64_t priority_id)
{
	TRY(db_run(db, "UPDATE as_ticket SET priority_id = ?, updated_at = NOW(6)"
		       " WHERE id = ?", NULL, ARGS(priority_id, id)));
	TRY(db_run(db, "UPDATE as_message SET priority_id = ? WHERE ticket_id = ?",
		   NULL, ARGS(priority_id, id)));
	return NULL;
}

struct err *store_ticket_edit(struct db *db, int64_t id, int version,
			      const struct ticket_edit *e)
{
	int64_t changed;

	TRY(db_run(db, "UPDATE as_ticket SET subject = ?, type_id = ?,"
		       " owner_id = NULLIF(?, 0), version = version + 1,"
		       " updated_at = NOW(6) WHERE id = ? AND version = ?",
		   &changed,
		   ARGS(e->subject, e->type_id, e->owner_id, id, version)));
	if (!changed)
		return FAIL(db_arena(db), ERR_CONFLICT,
			    "ticket %lld is past version %d",
			    (long long) id, version);
	return NULL;
}

struct err *store_ticket_set_order(struct db *db, const struct ticket *t)
{
	int64_t changed;

	TRY(db_run(db, "UPDATE as_ticket SET order_key = ?, order_no = ?,"
		       " order_placed_at = ?, order_status = ?, order_group = ?,"
		       " order_currency = ?, order_total = ?,"
		       " version = version + 1, updated_at = NOW(6)"
		       " WHERE id = ? AND version = ?",
		   &changed,
		   ARGS(t->order_key, t->order_no, t->order_placed_at,
			t->order_status, t->order_group, t->order_currency,
			t->order_total, t->id, t->version)));
	if (!changed)
		return FAIL(db_arena(db), ERR_CONFLICT,
			    "ticket %lld is past version %d",
			    (long long) t->id, t->version);
	return NULL;
}

struct err *store_ticket_drop_lines(struct db *db, int64_t id)
{
	TRY(db_run(db, "DELETE FROM as_ticket_line WHERE ticket_id = ?",
		   NULL, ARGS(id)));
	return NULL;
}

struct err *store_ticket_set_seen(struct db *db, const struct actor *who,
				  int64_t id, int64_t message_id)
{
	TRY(db_run(db, "UPDATE as_ticket SET customer_seen_id = ?"
		       " WHERE id = ? AND customer_id = ?"
		       " AND (customer_seen_id IS NULL OR customer_seen_id < ?)",
		   NULL, ARGS(message_id, id, who->id, message_id)));
	return NULL;
}
