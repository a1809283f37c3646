#include "base/utf8.h"
#include "port/db.h"
#include "store/outbox.h"

enum {
	MOST_ERROR = 500,		/* characters of last_error */
	OUTBOX_ROWS = 16,		/* of one statement */
};

const char *const outbox_state_codes[] = {
	[OUTBOX_DUE]       = "due",
	[OUTBOX_SENT]      = "sent",
	[OUTBOX_FAILED]    = "failed",
	[OUTBOX_CANCELLED] = "cancelled",
	NULL
};

static const struct field outbox_fields[] = {
	FIELD(outbox, id),
	FIELD(outbox, shop_id),
	FIELD(outbox, ticket_id),
	FIELD(outbox, message_id),
	FIELD(outbox, seq),
	FIELD(outbox, letter),
	FIELD(outbox, recipient_kind),
	FIELD(outbox, recipient_id),
	FIELD(outbox, to_address),
	FIELD(outbox, to_name),
	FIELD(outbox, lang),
	FIELD(outbox, zone),
	FIELD(outbox, message_id_header),
	FIELD(outbox, facts),
	FIELD_ENUM(outbox, state, outbox_state_codes),
	FIELD(outbox, due_at),
	FIELD(outbox, attempts),
	FIELD(outbox, last_code),
	FIELD(outbox, last_error),
	FIELD(outbox, created_at),
	FIELD(outbox, sent_at),
};
const struct shape outbox_shape = SHAPE(outbox, outbox_fields);

static const struct field link_fields[] = {
	FIELD(outbox_link, id),
	FIELD(outbox_link, theirs),
	FIELD(outbox_link, at),
};
static const struct shape link_shape = SHAPE(outbox_link, link_fields);

static const struct field tally_fields[] = {
	FIELD(outbox_tally, due),
	FIELD(outbox_tally, failed_lately),
};
static const struct shape tally_shape = SHAPE(outbox_tally, tally_fields);

static const struct field host_fields[] = {
	FIELD(mail_host, host),
	FIELD(mail_host, away_since),
	FIELD(mail_host, last_error),
	FIELD(mail_host, away_s),
};
static const struct shape host_shape = SHAPE(mail_host, host_fields);

#define SELECT_OUTBOX							\
	"SELECT o.id, o.shop_id, o.ticket_id, o.message_id, o.seq,"	\
	" o.letter, o.recipient_kind, o.recipient_id, o.to_address,"	\
	" o.to_name, o.lang, o.zone, o.message_id_header, o.facts,"	\
	" o.state, o.due_at, o.attempts, o.last_code, o.last_error,"	\
	" o.created_at, o.sent_at FROM as_outbox o"

/* The sequence gives the order within a ticket: whoever writes about one
 * holds its row, so a later letter has a higher number. */
static void add_row(struct sql *q, const struct outbox *o)
{
	sql_add(q, "(?, ?, ?, NEXT VALUE FOR as_outbox_seq, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
		   " NOW(6) + INTERVAL ? SECOND, NOW(6))",
		ARGS(o->shop_id, arg_id(o->ticket_id), arg_id(o->message_id),
		     o->letter, o->recipient_kind, arg_id(o->recipient_id),
		     o->to_address, o->to_name, o->lang, o->zone,
		     o->message_id_header, o->facts, o->delay_s));
}

static struct err *add_some(struct db *db, struct outbox *o, size_t n)
{
	const struct outbox *made;
	struct rows rows;
	struct sql q;

	sql_init(&q, db_arena(db));
	sql_add(&q, "INSERT INTO as_outbox (shop_id, ticket_id, message_id, seq,"
		    " letter, recipient_kind, recipient_id, to_address, to_name,"
		    " lang, zone, message_id_header, facts, due_at, created_at)"
		    " VALUES ", NO_ARGS);
	for (size_t i = 0; i < n; i++) {
		if (i)
			sql_add(&q, ", ", NO_ARGS);
		add_row(&q, o + i);
	}
	sql_add(&q, " RETURNING id, seq", NO_ARGS);
	TRY(db_rows_of(db, &q, &outbox_shape, &rows));
	made = rows.at;
	for (size_t i = 0; i < rows.n && i < n; i++) {
		o[i].id = made[i].id;
		o[i].seq = made[i].seq;
	}
	return NULL;
}

struct err *store_outbox_add(struct db *db, struct outbox *o, size_t n)
{
	size_t some;

	for (size_t i = 0; i < n; i += some) {
		some = n - i < OUTBOX_ROWS ? n - i : OUTBOX_ROWS;
		TRY(add_some(db, o + i, some));
	}
	return NULL;
}

/* The ends of two lists, each from its index: what went out to this address,
 * and what came in among the newest messages, and as the first. */
#define OUR_LETTERS							\
	"SELECT f.message_id_header AS id, 0 AS theirs, f.created_at AS at" \
	" FROM as_outbox f FORCE INDEX (by_turn) WHERE f.ticket_id = ?"	\
	" AND f.to_address = ? AND f.state = 'sent' AND f.seq < ?"
#define THEIR_LETTERS(ENDS)						\
	"SELECT n.mail_id, 1, n.created_at FROM"			\
	" (SELECT m.mail_id, m.kind, m.created_at FROM as_message m"	\
	" FORCE INDEX (PRIMARY) WHERE m.ticket_id = ? AND m.id <= ?"	\
	" ORDER BY m.id " ENDS ") AS n"					\
	" WHERE n.kind = 'customer' AND n.mail_id IS NOT NULL"

struct err *store_outbox_thread(struct db *db, const struct outbox *o,
				struct rows *out)
{
	TRY(db_rows(db, "SELECT t.id, t.theirs, t.at FROM ("
			"(" OUR_LETTERS " ORDER BY f.seq LIMIT 1)"
			" UNION (" OUR_LETTERS " ORDER BY f.seq DESC LIMIT 20)"
			" UNION (" THEIR_LETTERS("LIMIT 1") ")"
			" UNION (" THEIR_LETTERS("DESC LIMIT 40") ")"
			") AS t ORDER BY t.at, t.theirs DESC LIMIT 62",
		    &link_shape, out,
		    ARGS(o->ticket_id, o->to_address, o->seq,
			 o->ticket_id, o->to_address, o->seq,
			 o->ticket_id, o->message_id, o->ticket_id, o->message_id)));
	return NULL;
}

struct err *store_outbox_find(struct db *db, int64_t id, struct outbox *out)
{
	TRY(db_row(db, SELECT_OUTBOX " WHERE o.id = ?",
		   &outbox_shape, out, ARGS(id)));
	return NULL;
}

struct err *store_outbox_by_header(struct db *db, const char *header,
				   struct outbox *out)
{
	TRY(db_row(db, SELECT_OUTBOX " WHERE o.message_id_header = ?",
		   &outbox_shape, out, ARGS(header)));
	return NULL;
}

struct err *store_outbox_of_ticket(struct db *db, int64_t ticket_id,
				   struct rows *out)
{
	TRY(db_rows(db, SELECT_OUTBOX " WHERE o.ticket_id = ?"
				      " ORDER BY o.seq LIMIT 1000",
		    &outbox_shape, out, ARGS(ticket_id)));
	return NULL;
}

struct err *store_outbox_due(struct db *db, int most, struct rows *out)
{
	TRY(db_rows(db, SELECT_OUTBOX " FORCE INDEX (due)"
		    " WHERE o.state = 'due' AND o.due_at <= NOW(6)"
		    " AND (o.lease_until IS NULL OR o.lease_until <= NOW(6))"
		    " AND NOT EXISTS (SELECT 1 FROM as_outbox e FORCE INDEX (by_turn)"
		    "   WHERE e.ticket_id = o.ticket_id AND e.state = 'due'"
		    "   AND e.to_address = o.to_address AND e.seq < o.seq)"
		    " ORDER BY o.due_at, o.id LIMIT ?",
		    &outbox_shape, out, ARGS(most)));
	return NULL;
}

struct err *store_outbox_lease(struct db *db, int64_t id, int seconds,
			       bool *taken)
{
	int64_t changed;

	TRY(db_run(db, "UPDATE as_outbox"
		       " SET lease_until = NOW(6) + INTERVAL ? SECOND"
		       " WHERE id = ? AND state = 'due' AND due_at <= NOW(6)"
		       " AND (lease_until IS NULL OR lease_until <= NOW(6))",
		   &changed, ARGS(seconds, id)));
	*taken = changed > 0;
	return NULL;
}

struct err *store_outbox_release(struct db *db, int64_t id)
{
	TRY(db_run(db, "UPDATE as_outbox SET lease_until = NULL"
		       " WHERE id = ? AND state = 'due'", NULL, ARGS(id)));
	return NULL;
}

static const char *short_text(struct db *db, const char *text)
{
	return utf8_cut(db_arena(db), text, MOST_ERROR);
}

/* last_error stays: it tells why it took so long. */
struct err *store_outbox_sent(struct db *db, int64_t id, int code)
{
	/* A link that went out is known to its reader, and to nobody here. */
	TRY(db_run(db, "UPDATE as_outbox SET state = 'sent', sent_at = NOW(6),"
		       " facts = IF(JSON_VALID(facts), JSON_REMOVE(facts, '$.link'),"
		       " facts),"
		       " lease_until = NULL, attempts = attempts + 1,"
		       " last_code = ?"
		       " WHERE id = ? AND state = 'due'",
		   NULL, ARGS(code, id)));
	return NULL;
}

struct err *store_outbox_put_off(struct db *db, int64_t id, long seconds,
				 int code, const char *text)
{
	TRY(db_run(db, "UPDATE as_outbox"
		       " SET due_at = NOW(6) + INTERVAL ? SECOND,"
		       " lease_until = NULL, attempts = attempts + 1,"
		       " last_code = ?, last_error = ?"
		       " WHERE id = ? AND state = 'due'",
		   NULL, ARGS(seconds, code, short_text(db, text), id)));
	return NULL;
}

struct err *store_outbox_failed(struct db *db, int64_t id, int code,
				const char *text)
{
	TRY(db_run(db, "UPDATE as_outbox o JOIN as_ticket t ON t.id = o.ticket_id"
		       " SET t.has_undelivered = TRUE WHERE o.id = ?",
		   NULL, ARGS(id)));
	TRY(db_run(db, "UPDATE as_outbox SET state = 'failed', due_at = NOW(6),"
		       " lease_until = NULL, attempts = attempts + 1,"
		       " last_code = ?, last_error = ?"
		       " WHERE id = ? AND state = 'due'",
		   NULL, ARGS(code, short_text(db, text), id)));
	return NULL;
}

struct err *store_outbox_tally(struct db *db, struct outbox_tally *out)
{
	TRY(db_row(db, "SELECT"
		       " (SELECT COUNT(*) FROM as_outbox"
		       "   WHERE state = 'due' AND due_at <= NOW(6)) AS due,"
		       " (SELECT COUNT(*) FROM as_outbox WHERE state = 'failed'"
		       "   AND due_at > NOW(6) - INTERVAL 1 HOUR) AS failed_lately",
		   &tally_shape, out, NO_ARGS));
	return NULL;
}

#define SELECT_HOST							\
	"SELECT host, away_since, last_error,"				\
	" COALESCE(TIMESTAMPDIFF(SECOND, away_since, NOW(6)), 0) AS away_s"\
	"  FROM as_mail_host"

struct err *store_mail_host_find(struct db *db, const char *host,
				 struct mail_host *out)
{
	bool found;

	TRY(db_find(db, SELECT_HOST " WHERE host = ?",
		    &host_shape, out, &found, ARGS(host)));
	if (!found)
		*out = (struct mail_host) { .host = host };
	return NULL;
}

struct err *store_mail_host_worst(struct db *db, struct mail_host *out)
{
	bool found;

	TRY(db_find(db, SELECT_HOST " WHERE away_since IS NOT NULL"
				    " ORDER BY away_since LIMIT 1",
		    &host_shape, out, &found, NO_ARGS));
	if (!found)
		*out = (struct mail_host) { 0 };
	return NULL;
}

struct err *store_mail_host_probe(struct db *db, const char *host, bool *taken)
{
	int64_t changed;

	TRY(db_run(db, "UPDATE as_mail_host"
		       " SET probe_at = NOW(6) + INTERVAL 1 MINUTE"
		       " WHERE host = ? AND away_since IS NOT NULL"
		       " AND probe_at <= NOW(6)", &changed, ARGS(host)));
	*taken = changed > 0;
	return NULL;
}

struct err *store_mail_host_away(struct db *db, const char *host,
				 const char *error)
{
	TRY(db_run(db, "INSERT INTO as_mail_host"
		       " (host, away_since, probe_at, last_error)"
		       " VALUES (?, NOW(6), NOW(6) + INTERVAL 1 MINUTE, ?)"
		       " ON DUPLICATE KEY UPDATE"
		       " away_since = COALESCE(away_since, VALUES(away_since)),"
		       " probe_at = VALUES(probe_at),"
		       " last_error = VALUES(last_error)",
		   NULL, ARGS(host, short_text(db, error))));
	return NULL;
}

struct err *store_mail_host_back(struct db *db, const char *host)
{
	TRY(db_run(db, "UPDATE as_mail_host SET away_since = NULL,"
		       " probe_at = NULL WHERE host = ?", NULL, ARGS(host)));
	return NULL;
}

struct err *store_outbox_failures(struct db *db, int shop, struct rows *out)
{
	TRY(db_rows(db, SELECT_OUTBOX " FORCE INDEX (due) WHERE o.state = 'failed'"
				      " AND o.shop_id = ?"
				      " ORDER BY o.due_at DESC, o.id DESC LIMIT 101",
		    &outbox_shape, out, ARGS(shop)));
	return NULL;
}

static struct err *none_failed(struct db *db, int64_t id)
{
	return FAIL(db_arena(db), ERR_NOT_FOUND, "no failed letter %lld",
		    (long long) id);
}

struct err *store_outbox_again(struct db *db, int shop, int64_t id)
{
	int64_t changed;

	TRY(db_run(db, "UPDATE as_outbox SET state = 'due', due_at = NOW(6),"
		       " attempts = 0, lease_until = NULL"
		       " WHERE id = ? AND shop_id = ? AND state = 'failed'",
		   &changed, ARGS(id, shop)));
	if (!changed)
		return none_failed(db, id);
	return NULL;
}

struct err *store_outbox_cancel(struct db *db, int shop, int64_t id)
{
	int64_t changed;

	TRY(db_run(db, "UPDATE as_outbox SET state = 'cancelled', lease_until = NULL,"
		       " facts = IF(JSON_VALID(facts), JSON_REMOVE(facts, '$.link'),"
		       " facts)"
		       " WHERE id = ? AND shop_id = ? AND state = 'failed'",
		   &changed, ARGS(id, shop)));
	if (!changed)
		return none_failed(db, id);
	return NULL;
}
