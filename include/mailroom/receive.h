/*
 * receive - a letter on its way into the spool, whichever way it comes.
 *
 * Of a letter over [limits] mail_mb only the head is kept, and how long it
 * would have been: its text stands there as a rule, and the notice is made
 * of that. Memory does not grow with the letter.
 */
#ifndef MAILROOM_RECEIVE_H
#define MAILROOM_RECEIVE_H

#include "base/err.h"
#include "mailroom/envelope.h"

struct arena;
struct conf;
struct spool;
struct spool_put;

enum { RECEIVE_HEAD = 1 << 20 };	/* bytes kept of a letter over the limit */

struct receiving {
	struct arena *arena;
	struct spool *spool;
	struct spool_put *put;
	int64_t limit, size;		/* most; come so far */
	char *head;			/* the first bytes, kept beside the file */
	size_t n;
	bool cut;
};

/* From the configuration. */
const char *receive_folder(struct arena *a, const struct conf *c);
int64_t receive_limit(const struct conf *c);

struct err *receive_begin(struct arena *a, struct spool *s, int64_t limit,
			  struct receiving *out) MUST_CHECK;
struct err *receive_add(struct receiving *r, const void *at, size_t n) MUST_CHECK;
/* It is over the limit: more of it changes nothing but its length. */
bool receive_is_cut(const struct receiving *r);
/* Puts sizes into the envelope. What came is on disk when this returns. */
struct err *receive_end(struct receiving *r, struct envelope *e) MUST_CHECK;

#endif
