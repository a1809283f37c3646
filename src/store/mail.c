#include "base/arena.h"
#include "base/utf8.h"
#include "port/db.h"
#include "store/mail.h"
#include "store/ticket.h"

enum { MOST_ERROR = 500 };		/* characters of last_error */

static const struct field mail_row_fields[] = {
	FIELD(mail_row, id),
	FIELD(mail_row, shop_id),
	FIELD(mail_row, sha256),
	FIELD(mail_row, size),
	FIELD(mail_row, full_size),
	FIELD_ENUM(mail_row, way, mail_way_codes),
	FIELD(mail_row, mailbox_id),
	FIELD(mail_row, envelope_from),
	FIELD(mail_row, envelope_to),
	FIELD(mail_row, copies),
	FIELD_ENUM(mail_row, state, mail_row_state_codes),
	FIELD(mail_row, attempts),
	FIELD(mail_row, last_error),
	FIELD(mail_row, mail_id),
	FIELD(mail_row, content),
	FIELD(mail_row, from_address),
	FIELD(mail_row, from_name),
	FIELD(mail_row, subject),
	FIELD_ENUM(mail_row, class, mail_class_codes),
	FIELD(mail_row, outcome),
	FIELD(mail_row, reason),
	FIELD(mail_row, trace),
	FIELD(mail_row, ticket_id),
	FIELD(mail_row, message_id),
	FIELD(mail_row, wish),
	FIELD(mail_row, wish_by_id),
	FIELD(mail_row, received_at),
	FIELD(mail_row, decided_at),
};
const struct shape mail_row_shape = SHAPE(mail_row, mail_row_fields);

static const struct field known_fields[] = {
	FIELD(mail_known, same_content),
	FIELD(mail_known, unlike),
	FIELD(mail_known, same_id),
	FIELD(mail_known, same_message),
	FIELD(mail_known, blocked),
	FIELD(mail_known, verified),
	FIELD(mail_known, proven),
	FIELD(mail_known, met),
	FIELD(mail_known, now),
};
static const struct shape known_shape = SHAPE(mail_known, known_fields);

static const struct field hit_fields[] = {
	FIELD(mail_hit, mail_id),
	FIELD(mail_hit, ticket_id),
	FIELD(mail_hit, message_id),
	FIELD(mail_hit, ours),
};
const struct shape mail_hit_shape = SHAPE(mail_hit, hit_fields);

static const struct field tally_fields[] = {
	FIELD(mail_tally, due),
	FIELD(mail_tally, oldest_s),
	FIELD(mail_tally, held),
	FIELD(mail_tally, bad),
	FIELD(mail_tally, lost),
	FIELD(mail_tally, capped),
};
static const struct shape tally_shape = SHAPE(mail_tally, tally_fields);

/* Without its trace: lists have many. */
#define BRIEF								\
	"SELECT l.id, l.shop_id, l.sha256, l.size, l.full_size, l.way,"		\
	" l.mailbox_id,"							\
	" l.envelope_from, l.envelope_to, l.copies, l.state, l.attempts,"	\
	" l.last_error, l.mail_id, l.content, l.from_address, l.from_name,"	\
	" l.subject, COALESCE(l.class, '') AS class, l.outcome, l.reason,"	\
	" l.ticket_id, l.message_id, l.wish, l.wish_by_id, l.received_at,"	\
	" l.decided_at"
#define WHOLE	BRIEF ", l.trace FROM as_mail l"

/* --- in, and to the sorters ---------------------------------------------------- */

struct err *store_mail_add(struct db *db, struct mail_row *m)
{
	struct mail_row made = { 0 };

	TRY(db_run(db, "INSERT INTO as_blob (sha256, size, created_at)"
		       " VALUES (?, ?, NOW(6))"
		       " ON DUPLICATE KEY UPDATE created_at = NOW(6)",
		   NULL, ARGS(m->sha256, m->size)));
	TRY(db_row(db, "INSERT INTO as_mail (shop_id, sha256, size, full_size, way,"
		       " mailbox_id, envelope_from, envelope_to, due_at, received_at)"
		       " VALUES (?, ?, ?, NULLIF(?, 0), ?, ?, ?, ?, NOW(6), NOW(6))"
		       " ON DUPLICATE KEY UPDATE copies = copies + 1"
		       " RETURNING id, copies, state",
		   &mail_row_shape, &made,
		   ARGS(m->shop_id, m->sha256, m->size, m->full_size,
			mail_way_codes[m->way], arg_id(m->mailbox_id),
			m->envelope_from, m->envelope_to)));
	m->id = made.id;
	m->copies = made.copies;
	m->state = made.state;
	return NULL;
}

/* Whoever claims at the same time skips what the other is about to take. */
struct err *store_mail_claim(struct db *db, int shop, int most, int seconds,
			     struct rows *out)
{
	struct mail_row *row;
	struct sql q;

	TRY(db_begin(db));
	TRY(db_rows(db, WHOLE " FORCE INDEX (due) WHERE l.state = 'new'"
			" AND l.due_at <= NOW(6) AND l.shop_id = ?"
			" AND (l.lease_until IS NULL OR l.lease_until <= NOW(6))"
			" ORDER BY l.due_at, l.id LIMIT ? FOR UPDATE SKIP LOCKED",
		    &mail_row_shape, out, ARGS(shop, most)));
	if (!out->n) {
		db_rollback(db);
		return NULL;
	}
	sql_init(&q, db_arena(db));
	sql_add(&q, "UPDATE as_mail SET attempts = attempts + 1,"
		    " lease_until = NOW(6) + INTERVAL ? SECOND WHERE id IN (0",
		ARGS(seconds));
	row = out->at;
	for (size_t i = 0; i < out->n; i++) {
		row[i].attempts++;
		sql_add(&q, ", ?", ARGS(row[i].id));
	}
	sql_add(&q, ")", NO_ARGS);
	TRY(db_run_of(db, &q, NULL));
	TRY(db_commit(db));
	return NULL;
}

struct err *store_mail_take(struct db *db, const struct mail_row *m)
{
	int64_t changed;

	/* The lease moves so that the row counts as changed: see port/db.h. */
	TRY(db_run(db, "UPDATE as_mail SET mail_id = ?, content = ?,"
		       " standing = ?, from_address = ?, from_name = ?, subject = ?,"
		       " lease_until = lease_until + INTERVAL 1 SECOND"
		       " WHERE id = ? AND state = 'new' AND attempts = ?",
		   &changed, ARGS(m->mail_id, m->content, m->standing, m->from_address,
				  m->from_name, m->subject, m->id, m->attempts)));
	if (!changed)
		return FAIL(db_arena(db), ERR_NOT_FOUND, "letter %lld is another's",
			    (long long) m->id);
	return NULL;
}

struct err *store_mail_again(struct db *db, int64_t id)
{
	TRY(db_run(db, "UPDATE as_mail SET copies = copies + 1 WHERE id = ?",
		   NULL, ARGS(id)));
	return NULL;
}

struct err *store_mail_put_off(struct db *db, const struct mail_row *m,
			       long seconds, const char *error)
{
	TRY(db_run(db, "UPDATE as_mail SET due_at = NOW(6) + INTERVAL ? SECOND,"
		       " lease_until = NULL, last_error = ?"
		       " WHERE id = ? AND state = 'new' AND attempts = ?",
		   NULL, ARGS(seconds, utf8_cut(db_arena(db), error, MOST_ERROR),
			      m->id, m->attempts)));
	return NULL;
}

struct err *store_mail_give_back(struct db *db, const struct mail_row *m)
{
	TRY(db_run(db, "UPDATE as_mail SET lease_until = NULL,"
		       " attempts = attempts - 1"
		       " WHERE id = ? AND state = 'new' AND attempts = ?",
		   NULL, ARGS(m->id, m->attempts)));
	return NULL;
}

struct err *store_mail_set_bad(struct db *db, const struct mail_row *m,
			       const char *reason, const char *error)
{
	TRY(db_run(db, "UPDATE as_mail SET state = 'bad', reason = ?,"
		       " lease_until = NULL, last_error = ?, decided_at = NOW(6)"
		       " WHERE id = ? AND state = 'new' AND attempts = ?",
		   NULL, ARGS(reason, utf8_cut(db_arena(db), error, MOST_ERROR),
			      m->id, m->attempts)));
	return NULL;
}

struct err *store_mail_set_decided(struct db *db, const struct mail_row *m)
{
	TRY(db_run(db, "UPDATE as_mail SET state = ?, lease_until = NULL,"
		       " class = NULLIF(?, ''), outcome = ?, reason = ?, trace = ?,"
		       " ticket_id = ?, message_id = ?, wish = NULL,"
		       " decided_at = NOW(6) WHERE id = ?",
		   NULL, ARGS(mail_row_state_codes[m->state],
			      mail_class_codes[m->class], m->outcome, m->reason,
			      m->trace, arg_id(m->ticket_id),
			      arg_id(m->message_id), m->id)));
	return NULL;
}

/* --- for people ------------------------------------------------------------------ */

/* A letter may belong to any ticket or none: whose right ends at their own
 * tickets sees none of them. */
static void only_theirs(struct sql *q, const struct actor *who)
{
	sql_add(q, " AND l.shop_id = ?", ARGS(who->shop));
	if (who->kind == ACTOR_SYSTEM)
		return;
	if (who->kind != ACTOR_AGENT || who->may[RIGHT_READ] <= SCOPE_OWN)
		sql_add(q, " AND FALSE", NO_ARGS);
}

struct err *store_mail_find(struct db *db, const struct actor *who, int64_t id,
			    struct mail_row *out)
{
	struct sql q;

	sql_init(&q, db_arena(db));
	sql_add(&q, WHOLE " WHERE l.id = ?", ARGS(id));
	only_theirs(&q, who);
	TRY(db_row_of(db, &q, &mail_row_shape, out));
	return NULL;
}

struct err *store_mail_find_locked(struct db *db, const struct actor *who,
				   int64_t id, struct mail_row *out)
{
	struct sql q;

	sql_init(&q, db_arena(db));
	sql_add(&q, WHOLE " WHERE l.id = ?", ARGS(id));
	only_theirs(&q, who);
	sql_add(&q, " FOR UPDATE", NO_ARGS);
	TRY(db_row_of(db, &q, &mail_row_shape, out));
	return NULL;
}

struct err *store_mail_of_message(struct db *db, const struct actor *who,
				  int64_t message_id, struct mail_row *out)
{
	struct sql q;

	if (who->kind != ACTOR_AGENT && who->kind != ACTOR_SYSTEM)
		return FAIL(db_arena(db), ERR_NOT_FOUND, "letters are for agents");
	sql_init(&q, db_arena(db));
	sql_add(&q, WHOLE " JOIN as_message_mail o ON o.as_mail_id = l.id"
		    " JOIN as_message m ON m.id = o.message_id"
		    " JOIN as_ticket t ON t.id = m.ticket_id"
		    " WHERE o.message_id = ? AND l.shop_id = ?",
		ARGS(message_id, who->shop));
	ticket_only_theirs(&q, who);
	TRY(db_row_of(db, &q, &mail_row_shape, out));
	return NULL;
}

struct err *store_mail_list(struct db *db, const struct actor *who,
			    enum mail_row_state state, int64_t before,
			    struct rows *out)
{
	struct sql q;

	sql_init(&q, db_arena(db));
	sql_add(&q, BRIEF " FROM as_mail l FORCE INDEX (by_state) WHERE l.state = ?",
		ARGS(mail_row_state_codes[state]));
	only_theirs(&q, who);
	if (before)
		sql_add(&q, " AND l.id < ?", ARGS(before));
	sql_add(&q, " ORDER BY l.id DESC LIMIT 51", NO_ARGS);
	TRY(db_rows_of(db, &q, &mail_row_shape, out));
	return NULL;
}

/* --- the same again; how much there is ------------------------------------------- */

struct err *store_mail_known(struct db *db, const struct mail_row *m,
			     struct mail_known *out)
{
	TRY(db_row(db, "SELECT (SELECT l.id FROM as_mail l WHERE l.shop_id = ?"
		       " AND l.content = ? AND l.id <> ? AND (l.standing >= ?"
		       " OR l.outcome IN ('joined', 'thanks'))"
		       " ORDER BY l.id LIMIT 1) AS same_content,"
		       " (SELECT l.id FROM as_mail l WHERE l.shop_id = ?"
		       " AND l.content = ? AND l.id <> ? AND l.standing < ?"
		       " ORDER BY l.id LIMIT 1) AS unlike,"
		       " (SELECT l.id FROM as_mail l WHERE l.shop_id = ?"
		       " AND l.mail_id = ? AND l.id <> ?"
		       " AND NOT (l.content <=> ? AND l.standing < ?)"
		       " ORDER BY l.id LIMIT 1) AS same_id,"
		       " (SELECT m.id FROM as_message m WHERE m.shop_id = ?"
		       " AND m.mail_id = ? AND NOT EXISTS (SELECT 1 FROM as_mail l"
		       " WHERE l.message_id = m.id AND l.content = ?"
		       " AND l.standing < ?)) AS same_message,"
		       " EXISTS (SELECT 1 FROM as_address a WHERE a.shop_id = ?"
		       " AND a.address = ? AND a.blocked_at IS NOT NULL) AS blocked,"
		       " EXISTS (SELECT 1 FROM as_address a WHERE a.shop_id = ?"
		       " AND a.address = ? AND a.verified_at IS NOT NULL) AS verified,"
		       " EXISTS (SELECT 1 FROM as_customer c WHERE c.shop_id = ?"
		       " AND c.email = ? AND c.proven_at IS NOT NULL) AS proven,"
		       " EXISTS (SELECT 1 FROM as_customer c WHERE c.shop_id = ?"
		       " AND c.email = ?) OR EXISTS (SELECT 1 FROM as_mail l"
		       " WHERE l.shop_id = ? AND l.from_address = ? AND l.id <> ?)"
		       " AS met,"
		       " NOW(6) AS now",
		   &known_shape, out,
		   ARGS(m->shop_id, m->content, m->id, m->standing, m->shop_id,
			m->content, m->id, m->standing, m->shop_id, m->mail_id,
			m->id, m->content, m->standing, m->shop_id, m->mail_id,
			m->content, m->standing, m->shop_id, m->from_address,
			m->shop_id, m->from_address, m->shop_id, m->from_address,
			m->shop_id, m->from_address, m->shop_id, m->from_address,
			m->id)));
	return NULL;
}

struct number {
	int64_t n;
};
static const struct field number_fields[] = { FIELD(number, n) };
static const struct shape number_shape = SHAPE(number, number_fields);

struct err *store_mail_opened_lately(struct db *db, int shop, int seconds,
				     long most, int64_t *out)
{
	struct number n;

	TRY(db_row(db, "SELECT COUNT(*) AS n FROM (SELECT l.decided_at FROM as_mail l"
		       " FORCE INDEX (by_outcome) WHERE l.shop_id = ?"
		       " AND l.outcome = 'opened'"
		       " AND l.decided_at > NOW(6) - INTERVAL ? SECOND"
		       " AND l.standing < ? AND l.wish_by_id IS NULL"
		       " LIMIT ?) AS some",
		   &number_shape, &n, ARGS(shop, seconds, (int) MAIL_PROVEN, most)));
	*out = n.n;
	return NULL;
}

static void among(struct sql *q, const char *const *ids, size_t n)
{
	sql_add(q, " IN ('-'", NO_ARGS);
	for (size_t i = 0; i < n && i < MAIL_IDS_MOST; i++)
		sql_add(q, ", ?", ARGS(ids[i]));
	sql_add(q, ")", NO_ARGS);
}

struct err *store_mail_hits(struct db *db, int shop, const char *const *ids,
			    size_t n, struct rows *out)
{
	struct sql q;

	sql_init(&q, db_arena(db));
	sql_add(&q, "SELECT o.message_id_header AS mail_id, o.ticket_id,"
		    " o.message_id, TRUE AS ours FROM as_outbox o"
		    " WHERE o.shop_id = ? AND o.message_id_header", ARGS(shop));
	among(&q, ids, n);
	sql_add(&q, " UNION ALL SELECT m.mail_id, m.ticket_id, m.id, FALSE"
		    " FROM as_message m WHERE m.shop_id = ? AND m.mail_id",
		ARGS(shop));
	among(&q, ids, n);
	sql_add(&q, " UNION ALL SELECT l.mail_id, l.ticket_id, l.message_id, FALSE"
		    " FROM as_mail l WHERE l.shop_id = ? AND l.ticket_id IS NOT NULL"
		    " AND l.state = 'done' AND l.mail_id", ARGS(shop));
	among(&q, ids, n);
	sql_add(&q, " LIMIT 100", NO_ARGS);
	TRY(db_rows_of(db, &q, &mail_hit_shape, out));
	return NULL;
}

struct err *store_mail_wish(struct db *db, const struct actor *who, int64_t id,
			    const char *wish, int64_t ticket_id)
{
	int64_t changed;

	TRY(db_run(db, "UPDATE as_mail SET state = 'new', due_at = NOW(6),"
		       " attempts = 0, lease_until = NULL, wish = ?,"
		       " wish_by_id = NULLIF(?, 0), ticket_id = ?"
		       " WHERE id = ? AND shop_id = ? AND state IN ('held', 'bad')",
		   &changed, ARGS(wish, who->id, arg_id(ticket_id), id, who->shop)));
	if (!changed)
		return FAIL(db_arena(db), ERR_CONFLICT, "letter %lld is not held",
			    (long long) id);
	return NULL;
}

struct err *store_mail_rebuild(struct db *db, int64_t message_id,
			       const char *body, int files)
{
	TRY(db_run(db, "UPDATE as_message SET body = ?, files = ? WHERE id = ?",
		   NULL, ARGS(body, files, message_id)));
	TRY(db_run(db, "DELETE FROM as_attachment WHERE message_id = ?",
		   NULL, ARGS(message_id)));
	TRY(db_run(db, "DELETE FROM as_message_mail WHERE message_id = ?",
		   NULL, ARGS(message_id)));
	return NULL;
}

struct err *store_mail_tally(struct db *db, int shop, struct mail_tally *out)
{
	TRY(db_row(db, "SELECT (SELECT COUNT(*) FROM as_mail WHERE state = 'new'"
		       " AND due_at <= NOW(6) AND shop_id = ?) AS due,"
		       " (SELECT COALESCE(TIMESTAMPDIFF(SECOND, MIN(due_at), NOW(6)),"
		       " 0) FROM as_mail WHERE state = 'new' AND due_at <= NOW(6)"
		       " AND shop_id = ?) AS oldest_s,"
		       " (SELECT COUNT(*) FROM as_mail WHERE shop_id = ?"
		       " AND state = 'held') AS held,"
		       " (SELECT COUNT(*) FROM as_mail WHERE shop_id = ?"
		       " AND state = 'bad') AS bad,"
		       " (SELECT COUNT(*) FROM as_mail l WHERE l.shop_id = ?"
		       " AND l.state = 'done' AND l.message_id IS NOT NULL"
		       " AND NOT EXISTS (SELECT 1 FROM as_message m"
		       " WHERE m.id = l.message_id)) AS lost",
		   &tally_shape, out, ARGS(shop, shop, shop, shop, shop)));
	return NULL;
}

struct err *store_mail_capped(struct db *db, int shop, int64_t *n)
{
	struct mail_tally tally;

	TRY(db_row(db, "SELECT COUNT(*) AS capped FROM as_mail FORCE INDEX (by_age)"
		       " WHERE received_at > NOW(6) - INTERVAL 1 DAY AND shop_id = ?"
		       " AND LOCATE('receipt_capped', trace) > 0",
		   &tally_shape, &tally, ARGS(shop)));
	*n = tally.capped;
	return NULL;
}

struct err *store_mail_reap(struct db *db, int shop, long days, int64_t *gone)
{
	/* The reaper looks at young rows of as_blob alone. */
	TRY(db_run(db, "UPDATE as_blob b JOIN (SELECT sha256 FROM as_mail"
		       " WHERE shop_id = ? AND state = 'done'"
		       " AND received_at < NOW(6) - INTERVAL ? DAY"
		       " ORDER BY received_at LIMIT 1000) AS old"
		       " ON old.sha256 = b.sha256 SET b.created_at = NOW(6)",
		   NULL, ARGS(shop, days)));
	TRY(db_run(db, "DELETE FROM as_mail WHERE shop_id = ? AND state = 'done'"
		       " AND received_at < NOW(6) - INTERVAL ? DAY"
		       " ORDER BY received_at LIMIT 1000",
		   gone, ARGS(shop, days)));
	return NULL;
}
