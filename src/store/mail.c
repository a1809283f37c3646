#include "base/arena.h"
#include "base/utf8.h"
#include "port/db.h"
#include "store/mail.h"
#include "store/ticket.h"

enum { MOST_ERROR = 500 };		/* characters of last_error */

const char *const mail_way_codes[] = {
	[MAIL_BY_PIPE] = "pipe",
	[MAIL_BY_IMAP] = "imap",
	[MAIL_BY_POP3] = "pop3",
	NULL
};

const char *const mail_row_state_codes[] = {
	[MAIL_NEW]  = "new",
	[MAIL_DONE] = "done",
	[MAIL_HELD] = "held",
	[MAIL_BAD]  = "bad",
	NULL
};

const char *const mail_class_codes[] = {
	[MAIL_UNCLASSED] = "",
	[MAIL_HUMAN]     = "human",
	[MAIL_AUTO]      = "auto",
	[MAIL_BOUNCE]    = "bounce",
	[MAIL_LIST]      = "list",
	[MAIL_OWN]       = "own",
	NULL
};

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
	FIELD(mail_row, received_at),
	FIELD(mail_row, decided_at),
};
const struct shape mail_row_shape = SHAPE(mail_row, mail_row_fields);

static const struct field twin_fields[] = {
	FIELD(mail_twin, same_content),
	FIELD(mail_twin, same_id),
};
static const struct shape twin_shape = SHAPE(mail_twin, twin_fields);

static const struct field tally_fields[] = {
	FIELD(mail_tally, due),
	FIELD(mail_tally, oldest_s),
	FIELD(mail_tally, held),
	FIELD(mail_tally, bad),
	FIELD(mail_tally, lost),
};
static const struct shape tally_shape = SHAPE(mail_tally, tally_fields);

/* Without its trace: lists have many. */
#define BRIEF								\
	"SELECT l.id, l.shop_id, l.sha256, l.size, l.full_size, l.way,"		\
	" l.mailbox_id,"							\
	" l.envelope_from, l.envelope_to, l.copies, l.state, l.attempts,"	\
	" l.last_error, l.mail_id, l.content, l.from_address, l.from_name,"	\
	" l.subject, COALESCE(l.class, '') AS class, l.outcome, l.reason,"	\
	" l.ticket_id, l.message_id, l.received_at, l.decided_at"
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

struct err *store_mail_lock(struct db *db, const struct mail_row *claimed)
{
	struct mail_row row = { 0 };

	TRY(db_row(db, WHOLE " WHERE l.id = ? FOR UPDATE", &mail_row_shape, &row,
		   ARGS(claimed->id)));
	if (row.state != claimed->state || row.attempts != claimed->attempts)
		return FAIL(db_arena(db), ERR_CONFLICT, "letter %lld is another's",
			    (long long) claimed->id);
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
		       " mail_id = ?, content = ?, from_address = ?, from_name = ?,"
		       " subject = ?, class = NULLIF(?, ''), outcome = ?, reason = ?,"
		       " trace = ?, ticket_id = ?, message_id = ?,"
		       " decided_at = NOW(6) WHERE id = ?",
		   NULL, ARGS(mail_row_state_codes[m->state], m->mail_id,
			      m->content, m->from_address, m->from_name,
			      m->subject, mail_class_codes[m->class], m->outcome,
			      m->reason, m->trace, arg_id(m->ticket_id),
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

struct err *store_mail_waiting(struct db *db, const struct actor *who, int64_t *n)
{
	struct mail_tally tally;
	struct sql q;

	sql_init(&q, db_arena(db));
	sql_add(&q, "SELECT COUNT(*) AS held FROM (SELECT l.id FROM as_mail l"
		    " FORCE INDEX (by_state) WHERE l.state IN ('held', 'bad')",
		NO_ARGS);
	only_theirs(&q, who);
	sql_add(&q, " LIMIT 99) AS some", NO_ARGS);
	TRY(db_row_of(db, &q, &tally_shape, &tally));
	*n = tally.held;
	return NULL;
}

/* --- the same again; how much there is ------------------------------------------- */

struct err *store_mail_twin(struct db *db, const struct mail_row *m,
			    struct mail_twin *out)
{
	TRY(db_row(db, "SELECT (SELECT l.id FROM as_mail l WHERE l.shop_id = ?"
		       " AND l.content = ? AND l.id <> ?) AS same_content,"
		       " (SELECT l.id FROM as_mail l WHERE l.shop_id = ?"
		       " AND l.mail_id = ? AND l.id <> ? ORDER BY l.id LIMIT 1)"
		       " AS same_id",
		   &twin_shape, out,
		   ARGS(m->shop_id, m->content, m->id, m->shop_id, m->mail_id,
			m->id)));
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
