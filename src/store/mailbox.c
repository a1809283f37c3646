#include "base/utf8.h"
#include "port/db.h"
#include "store/mailbox.h"

enum { MOST_ERROR = 500 };		/* characters of last_error */

const char *const mailbox_kind_codes[] = {
	[MAILBOX_IMAP] = "imap",
	[MAILBOX_POP3] = "pop3",
	NULL
};

const char *const mailbox_tls_codes[] = {
	[MAILBOX_TLS]      = "tls",
	[MAILBOX_STARTTLS] = "starttls",
	[MAILBOX_PLAIN]    = "none",
	NULL
};

const char *const mailbox_after_codes[] = {
	[MAILBOX_LEAVE]  = "leave",
	[MAILBOX_DELETE] = "delete",
	[MAILBOX_MOVE]   = "move",
	NULL
};

static const struct field mailbox_fields[] = {
	FIELD(mailbox, id),
	FIELD(mailbox, shop_id),
	FIELD(mailbox, name),
	FIELD_ENUM(mailbox, kind, mailbox_kind_codes),
	FIELD(mailbox, host),
	FIELD(mailbox, port),
	FIELD_ENUM(mailbox, tls, mailbox_tls_codes),
	FIELD(mailbox, user),
	FIELD(mailbox, password),
	FIELD(mailbox, folder),
	FIELD_ENUM(mailbox, afterwards, mailbox_after_codes),
	FIELD(mailbox, move_to),
	FIELD(mailbox, active),
	FIELD(mailbox, old_too),
	FIELD(mailbox, begun_at),
	FIELD(mailbox, old_uid),
	FIELD(mailbox, uidvalidity),
	FIELD(mailbox, last_uid),
	FIELD(mailbox, failures),
	FIELD(mailbox, last_error),
	FIELD(mailbox, last_ok_at),
	FIELD(mailbox, next_at),
	FIELD(mailbox, test_asked_at),
	FIELD(mailbox, test_taken_at),
	FIELD(mailbox, test_answer),
	FIELD(mailbox, test_age_s),
	FIELD(mailbox, version),
};
const struct shape mailbox_shape = SHAPE(mailbox, mailbox_fields);

static const struct field seen_fields[] = { FIELD(mailbox_seen, uid) };
static const struct shape seen_shape = SHAPE(mailbox_seen, seen_fields);

/* Without the password, which only the mailroom needs. */
#define COLUMNS								\
	"SELECT b.id, b.shop_id, b.name, b.kind, b.host, b.port, b.tls,"	\
	" b.user, b.folder, b.afterwards, b.move_to, b.active, b.old_too,"	\
	" b.begun_at, b.old_uid, b.uidvalidity, b.last_uid, b.failures, b.last_error,"	\
	" b.last_ok_at, b.next_at, b.test_asked_at, b.test_taken_at,"		\
	" b.test_answer, b.version,"						\
	" COALESCE(TIMESTAMPDIFF(SECOND, b.test_asked_at, NOW(6)), 0)"	\
	"  AS test_age_s"
#define SELECT_MAILBOX	COLUMNS " FROM as_mailbox b"
#define SELECT_SEALED	COLUMNS ", b.password FROM as_mailbox b"

/* --- for config ------------------------------------------------------------- */

struct err *store_mailbox_list(struct db *db, const struct actor *who,
			       struct rows *out)
{
	TRY(db_rows(db, SELECT_MAILBOX " WHERE b.shop_id = ?"
				       " ORDER BY b.name, b.id LIMIT 100",
		    &mailbox_shape, out, ARGS(who->shop)));
	return NULL;
}

struct err *store_mailbox_find(struct db *db, const struct actor *who, int64_t id,
			       struct mailbox *out)
{
	TRY(db_row(db, SELECT_MAILBOX " WHERE b.id = ? AND b.shop_id = ?",
		   &mailbox_shape, out, ARGS(id, who->shop)));
	return NULL;
}

struct err *store_mailbox_add(struct db *db, const struct actor *who,
			      struct mailbox *m)
{
	TRY(db_add(db, "INSERT INTO as_mailbox (shop_id, name, kind, host, port, tls,"
		       " user, password, folder, afterwards, move_to, active,"
		       " old_too, next_at, created_at) VALUES"
		       " (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NOW(6), NOW(6))",
		   &m->id, ARGS(who->shop, m->name, mailbox_kind_codes[m->kind],
				m->host, m->port, mailbox_tls_codes[m->tls],
				m->user, m->password, m->folder,
				mailbox_after_codes[m->afterwards], m->move_to,
				m->active, m->old_too)));
	return NULL;
}

static struct err *set(struct db *db, const struct actor *who,
		       const struct mailbox *m)
{
	int64_t changed;

	TRY(db_run(db, "UPDATE as_mailbox SET name = ?, kind = ?, host = ?, port = ?,"
		       " tls = ?, user = ?, password = COALESCE(?, password),"
		       " folder = ?, afterwards = ?, move_to = ?, active = ?,"
		       " old_too = ?, failures = 0, last_error = NULL,"
		       " next_at = NOW(6), lease_until = NULL,"
		       " test_asked_at = NULL, test_taken_at = NULL,"
		       " test_answer = NULL, version = version + 1"
		       " WHERE id = ? AND shop_id = ? AND version = ?", &changed,
		   ARGS(m->name, mailbox_kind_codes[m->kind], m->host, m->port,
			mailbox_tls_codes[m->tls], m->user, m->password, m->folder,
			mailbox_after_codes[m->afterwards], m->move_to, m->active,
			m->old_too, m->id, who->shop, m->version)));
	if (!changed)
		return FAIL(db_arena(db), ERR_CONFLICT, "mailbox %lld is past version"
			    " %d", (long long) m->id, m->version);
	return NULL;
}

struct err *store_mailbox_set(struct db *db, const struct actor *who,
			      const struct mailbox *m, bool elsewhere)
{
	TRY(set(db, who, m));
	if (!elsewhere)
		return NULL;
	TRY(db_run(db, "UPDATE as_mailbox SET uidvalidity = NULL, last_uid = NULL,"
		       " begun_at = NULL, old_uid = NULL, last_ok_at = NULL"
		       " WHERE id = ? AND shop_id = ?", NULL, ARGS(m->id, who->shop)));
	TRY(store_mailbox_forget(db, m->id));
	return NULL;
}

struct err *store_mailbox_drop(struct db *db, const struct actor *who, int64_t id)
{
	int64_t gone;

	TRY(db_run(db, "DELETE FROM as_mailbox WHERE id = ? AND shop_id = ?",
		   &gone, ARGS(id, who->shop)));
	if (!gone)
		return FAIL(db_arena(db), ERR_NOT_FOUND, "mailbox %lld",
			    (long long) id);
	TRY(store_mailbox_forget(db, id));
	return NULL;
}

struct err *store_mailbox_ask(struct db *db, const struct actor *who, int64_t id)
{
	int64_t changed;

	TRY(db_run(db, "UPDATE as_mailbox SET test_asked_at = NOW(6),"
		       " test_taken_at = NULL, test_answer = NULL"
		       " WHERE id = ? AND shop_id = ?", &changed,
		   ARGS(id, who->shop)));
	if (!changed)
		return FAIL(db_arena(db), ERR_NOT_FOUND, "mailbox %lld",
			    (long long) id);
	return NULL;
}

/* --- for the mailroom ------------------------------------------------------- */

struct err *store_mailbox_claim(struct db *db, int shop, int seconds,
				struct mailbox *out, bool *found)
{
	int64_t taken = 0;

	TRY(db_find(db, SELECT_SEALED " WHERE b.active AND b.next_at <= NOW(6)"
			" AND b.shop_id = ? AND (b.lease_until IS NULL"
			" OR b.lease_until <= NOW(6)) ORDER BY b.next_at LIMIT 1",
		    &mailbox_shape, out, found, ARGS(shop)));
	if (!*found)
		return NULL;
	TRY(db_run(db, "UPDATE as_mailbox SET lease_until = NOW(6) + INTERVAL ? SECOND"
		       " WHERE id = ? AND version = ? AND active AND next_at <= NOW(6)"
		       " AND (lease_until IS NULL OR lease_until <= NOW(6))",
		   &taken, ARGS(seconds, out->id, out->version)));
	*found = taken > 0;
	return NULL;
}

/* A mailroom that died with it is not waited for: the page says that no answer
 * came, and asking again is one click. */
struct err *store_mailbox_claim_test(struct db *db, int shop,
				     struct mailbox *out, bool *found)
{
	int64_t taken = 0;

	TRY(db_find(db, SELECT_SEALED " WHERE b.shop_id = ?"
			" AND b.test_asked_at > NOW(6) - INTERVAL 10 MINUTE"
			" AND b.test_taken_at IS NULL ORDER BY b.test_asked_at LIMIT 1",
		    &mailbox_shape, out, found, ARGS(shop)));
	if (!*found)
		return NULL;
	TRY(db_run(db, "UPDATE as_mailbox SET test_taken_at = NOW(6)"
		       " WHERE id = ? AND version = ? AND test_taken_at IS NULL",
		   &taken, ARGS(out->id, out->version)));
	*found = taken > 0;
	return NULL;
}

static struct err *still_ours(struct db *db, const struct mailbox *m, int64_t n)
{
	if (!n)
		return FAIL(db_arena(db), ERR_CONFLICT, "mailbox %lld was changed"
			    " meanwhile", (long long) m->id);
	return NULL;
}

struct err *store_mailbox_renew(struct db *db, const struct mailbox *m, int seconds)
{
	int64_t changed;

	TRY(db_run(db, "UPDATE as_mailbox SET lease_until = NOW(6) + INTERVAL ? SECOND"
		       " WHERE id = ? AND version = ? AND active",
		   &changed, ARGS(seconds, m->id, m->version)));
	TRY(still_ours(db, m, changed));
	return NULL;
}

struct err *store_mailbox_reached(struct db *db, const struct mailbox *m)
{
	TRY(db_run(db, "UPDATE as_mailbox SET uidvalidity = ?, last_uid = ?,"
		       " old_uid = ?, begun_at = COALESCE(begun_at, NOW(6))"
		       " WHERE id = ? AND version = ?", NULL,
		   ARGS(arg_id(m->uidvalidity), m->last_uid, arg_id(m->old_uid),
			m->id, m->version)));
	return NULL;
}

struct err *store_mailbox_add_seen(struct db *db, int64_t id, const char *uid)
{
	TRY(db_run(db, "INSERT IGNORE INTO as_mailbox_seen (mailbox_id, uid, seen_at)"
		       " VALUES (?, ?, NOW(6))", NULL, ARGS(id, uid)));
	return NULL;
}

struct err *store_mailbox_seen(struct db *db, int64_t id, struct bytes after,
			       struct rows *out)
{
	TRY(db_rows(db, "SELECT s.uid FROM as_mailbox_seen s WHERE s.mailbox_id = ?"
			" AND s.uid > ? ORDER BY s.uid LIMIT 1000",
		    &seen_shape, out, ARGS(id, after)));
	return NULL;
}

struct err *store_mailbox_is_seen(struct db *db, int64_t id, const char *uid,
				  bool *seen)
{
	struct mailbox_seen row;

	TRY(db_find(db, "SELECT uid FROM as_mailbox_seen WHERE mailbox_id = ?"
			" AND uid = ?", &seen_shape, &row, seen, ARGS(id, uid)));
	return NULL;
}

struct err *store_mailbox_forget(struct db *db, int64_t id)
{
	TRY(db_run(db, "DELETE FROM as_mailbox_seen WHERE mailbox_id = ?", NULL,
		   ARGS(id)));
	return NULL;
}

struct err *store_mailbox_forget_one(struct db *db, int64_t id, struct bytes uid)
{
	TRY(db_run(db, "DELETE FROM as_mailbox_seen WHERE mailbox_id = ? AND uid = ?",
		   NULL, ARGS(id, uid)));
	return NULL;
}

struct err *store_mailbox_end(struct db *db, const struct mailbox *m, int next_s,
			      const char *error, bool failure)
{
	const char *text = error ? utf8_cut(db_arena(db), error, MOST_ERROR) : NULL;

	TRY(db_run(db, "UPDATE as_mailbox SET lease_until = NULL, last_error = ?,"
		       " failures = IF(?, failures + 1, 0),"
		       " last_ok_at = IF(?, last_ok_at, NOW(6)),"
		       " next_at = NOW(6) + INTERVAL ? SECOND"
		       " WHERE id = ? AND version = ?", NULL,
		   ARGS(text, failure, failure, next_s, m->id, m->version)));
	return NULL;
}

struct err *store_mailbox_release(struct db *db, const struct mailbox *m)
{
	TRY(db_run(db, "UPDATE as_mailbox SET lease_until = NULL"
		       " WHERE id = ? AND version = ?", NULL, ARGS(m->id, m->version)));
	return NULL;
}

struct err *store_mailbox_answer(struct db *db, int64_t id, const char *answer)
{
	TRY(db_run(db, "UPDATE as_mailbox SET test_answer = ? WHERE id = ?"
		       " AND test_taken_at IS NOT NULL", NULL, ARGS(answer, id)));
	return NULL;
}
