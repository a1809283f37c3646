/*
 * undelivered - letters that could not be sent, for those who may send them
 * again, and hosts that do not answer.
 */
#ifndef DESK_UNDELIVERED_H
#define DESK_UNDELIVERED_H

#include "base/err.h"
#include "store/outbox.h"

struct actor;
struct desk;

enum { UNDELIVERED_SHOWN = 100 };

struct undelivered {
	struct rows letters;		/* struct outbox, the latest first, and one more */
	struct mail_host away;		/* away_s 0: every host answers */
	int64_t waiting;		/* letters that wait for it */
};
/* All need RIGHT_LETTERS (ERR_FORBIDDEN). */
struct err *undelivered_list(struct desk *d, const struct actor *who,
			     struct undelivered *out) MUST_CHECK;
/* Due again at once, with all its patience. ERR_NOT_FOUND: it is not failed. */
struct err *undelivered_send(struct desk *d, const struct actor *who,
			     int64_t id) MUST_CHECK;
struct err *undelivered_drop(struct desk *d, const struct actor *who,
			     int64_t id) MUST_CHECK;

/* What the letter said: a fact of it, NULL when it was not told. */
const char *undelivered_fact(struct desk *d, const struct outbox *letter,
			     const char *name);

#endif
