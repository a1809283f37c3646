/*
 * mailbox - the owner says which mailboxes are fetched.
 *
 * A password comes in and never goes out: it is sealed with a key that is
 * not in the database, and a form that leaves it empty keeps it; it has to be
 * typed again for another host or account, so that nobody who may change this
 * learns it by naming a host of their own. Without encryption a password goes
 * to this machine alone. Every change leaves a line in the audit. Everything
 * needs RIGHT_CONFIG (ERR_FORBIDDEN).
 */
#ifndef DESK_MAILBOX_H
#define DESK_MAILBOX_H

#include <stdbool.h>

#include "store/mailbox.h"

struct desk;

enum { MAILBOX_MOST = 50 };

/* What is wrong with a draft; each belongs to a field of the form. */
enum mailbox_answer {
	MAILBOX_SAVED,
	MAILBOX_NO_HOST,		/* host: not a name or address */
	MAILBOX_NO_PASSWORD,		/* password: a new one, another host or account */
	MAILBOX_OPEN_WIRE,		/* tls: none, to another machine */
	MAILBOX_POP3_MOVES,		/* afterwards: POP3 has no folders */
	MAILBOX_NO_MOVE_TO,		/* move_to: missing, or the same folder */
	MAILBOX_FULL,			/* MAILBOX_MOST of them */
};

struct mailbox_draft {
	struct mailbox box;		/* id 0: a new one; password is ours */
	const char *password;		/* as it was typed; "": keep it */
};

/* Rows of struct mailbox; *silence: seconds since a mailroom should have been
 * there, -1: none ever was. */
struct err *mailbox_list(struct desk *d, const struct actor *who,
			 struct rows *out, int64_t *silence) MUST_CHECK;
struct err *mailbox_find(struct desk *d, const struct actor *who, int64_t id,
			 struct mailbox *out) MUST_CHECK;

/* Adds or changes; sets draft->box.id. `key` is the file of the key that seals
 * passwords, made when it is missing. ERR_CONFLICT: changed since its version. */
struct err *mailbox_save(struct desk *d, const struct actor *who, const char *key,
			 struct mailbox_draft *draft,
			 enum mailbox_answer *answer) MUST_CHECK;
/* Letters that were fetched stay. */
struct err *mailbox_remove(struct desk *d, const struct actor *who,
			   int64_t id) MUST_CHECK;

/* Asks the mailroom to try it; the answer comes with mailbox_find(). */
struct err *mailbox_test(struct desk *d, const struct actor *who,
			 int64_t id) MUST_CHECK;
/* As with mailbox_list(). */
struct err *mailbox_silence(struct desk *d, int64_t *out) MUST_CHECK;

#endif
