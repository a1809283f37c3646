/*
 * mailbox - rows of as_mailbox and as_mailbox_seen (sql/35-mail.sql):
 * mailboxes that are fetched.
 *
 * The mailroom takes one by moving its lease ahead and comes back to it when
 * next_at says so. What it stored is told here only when it is on our disk.
 * The password is sealed (port/secret.h) and is never shown to anybody.
 */
#ifndef STORE_MAILBOX_H
#define STORE_MAILBOX_H

#include "base/err.h"
#include "base/shape.h"
#include "store/actor.h"

struct db;

enum mailbox_kind { MAILBOX_IMAP, MAILBOX_POP3 };
extern const char *const mailbox_kind_codes[];	/* "imap", "pop3", NULL */
enum mailbox_tls { MAILBOX_TLS, MAILBOX_STARTTLS, MAILBOX_PLAIN };
extern const char *const mailbox_tls_codes[];	/* "tls", "starttls", "none", NULL */
enum mailbox_after { MAILBOX_LEAVE, MAILBOX_DELETE, MAILBOX_MOVE };
extern const char *const mailbox_after_codes[];	/* "leave", "delete", "move", NULL */

struct mailbox {
	int64_t id;
	int shop_id;
	const char *name;
	enum mailbox_kind kind;
	const char *host;
	int port;
	enum mailbox_tls tls;
	const char *user;
	struct bytes password;		/* sealed */
	const char *folder;
	enum mailbox_after afterwards;
	const char *move_to;		/* NULL: none */
	bool active, old_too;		/* old_too: what lay there before us */
	const char *begun_at;		/* NULL: we were never there */
	int64_t uidvalidity, last_uid;	/* IMAP; 0: none yet */
	int64_t old_uid;		/* of a folder numbered anew: old letters are
					 * among those up to here; 0: none are */
	int failures;
	const char *last_error;		/* "<fetch_why code> detail"; NULL: well */
	const char *last_ok_at, *next_at;
	const char *test_asked_at, *test_taken_at, *test_answer;
	int64_t test_age_s;		/* since it was asked for */
	int version;
};
extern const struct shape mailbox_shape;

/* --- for config: all need who may do so; the desk looks at that ------------ */

/* By name, at most 100. */
struct err *store_mailbox_list(struct db *db, const struct actor *who,
			       struct rows *out) MUST_CHECK;
struct err *store_mailbox_find(struct db *db, const struct actor *who, int64_t id,
			       struct mailbox *out) MUST_CHECK;
/* Sets m->id; due at once. */
struct err *store_mailbox_add(struct db *db, const struct actor *who,
			      struct mailbox *m) MUST_CHECK;
/* All that a person decides; the password only when there is one, and what we
 * know of the folder is forgotten when it is another (`elsewhere`). Failures
 * are forgiven, and it is due at once. ERR_CONFLICT past m->version. */
struct err *store_mailbox_set(struct db *db, const struct actor *who,
			      const struct mailbox *m, bool elsewhere) MUST_CHECK;
struct err *store_mailbox_drop(struct db *db, const struct actor *who,
			       int64_t id) MUST_CHECK;
struct err *store_mailbox_ask(struct db *db, const struct actor *who,
			      int64_t id) MUST_CHECK;

/* Those that are fetched. */
struct err *store_mailbox_count(struct db *db, int shop, int64_t *out) MUST_CHECK;

/* --- for the mailroom ------------------------------------------------------ */

/* One that is due, or of which a test was asked, ours for so many seconds. */
struct err *store_mailbox_claim(struct db *db, int shop, int seconds,
				struct mailbox *out, bool *found) MUST_CHECK;
struct err *store_mailbox_claim_test(struct db *db, int shop,
				     struct mailbox *out, bool *found) MUST_CHECK;
/* Still ours: for so many seconds more. ERR_CONFLICT when it was changed or
 * dropped meanwhile. */
struct err *store_mailbox_renew(struct db *db, const struct mailbox *m,
				int seconds) MUST_CHECK;
/* Everything up to last_uid of this folder is stored; from the first time on
 * it is begun. */
struct err *store_mailbox_reached(struct db *db, const struct mailbox *m) MUST_CHECK;
/* A letter is stored out of turn, or has no turn. */
struct err *store_mailbox_add_seen(struct db *db, int64_t id,
				   const char *uid) MUST_CHECK;
/* The host did not hand it out: it is asked again after 2, 4, 8 … minutes, at
 * most a day. */
struct err *store_mailbox_add_refused(struct db *db, int64_t id, const char *uid,
				      const char *said) MUST_CHECK;
/* Names behind `after` (""), at most 1,000, in the order of their bytes: rows
 * of struct mailbox_seen. */
struct mailbox_seen {
	struct bytes uid;
	bool refused;			/* it is not stored */
	bool due;			/* refused: to be asked for again */
	const char *said;		/* refused: by the host */
};
struct err *store_mailbox_seen(struct db *db, int64_t id, struct bytes after,
			       struct rows *out) MUST_CHECK;
struct err *store_mailbox_find_seen(struct db *db, int64_t id, const char *uid,
				    struct mailbox_seen *out,
				    bool *found) MUST_CHECK;
/* All of a mailbox; or one that the host does not list any more. */
struct err *store_mailbox_forget(struct db *db, int64_t id) MUST_CHECK;
struct err *store_mailbox_forget_one(struct db *db, int64_t id,
				     struct bytes uid) MUST_CHECK;

/* The round is over: when the next one is, and with error NULL it was well.
 * With failure = false it was well but for a remark. */
struct err *store_mailbox_end(struct db *db, const struct mailbox *m, int next_s,
			      const char *error, bool failure) MUST_CHECK;
/* We leave in the middle: somebody else may take it. */
struct err *store_mailbox_release(struct db *db, const struct mailbox *m) MUST_CHECK;
struct err *store_mailbox_answer(struct db *db, int64_t id,
				 const char *answer) MUST_CHECK;

#endif
