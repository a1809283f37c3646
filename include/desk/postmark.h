/*
 * postmark - what the team is told of a message that came by mail: who sent
 * it, whether anybody proved that, why it is where it is, and what about it
 * should make one careful.
 *
 * Read from the trace that desk/incoming left; customers get nothing of it.
 */
#ifndef DESK_POSTMARK_H
#define DESK_POSTMARK_H

#include "desk/ticket.h"

struct desk;

enum { POSTMARK_DOUBTS = 4 };

struct postmark {
	int64_t message_id;
	bool outside;			/* a stranger's note, until somebody accepts it */
	bool thanks;			/* it was taken for thanks alone: nothing moved */
	bool kept;			/* its letter is still there */
	const char *address;		/* NULL: it names nobody */
	/* sentences in the language in use; NULL: none */
	const char *proof;		/* who proved the sender, or that nobody did */
	const char *why;		/* why it is in this ticket, and hidden */
	const char *doubts[POSTMARK_DOUBTS];
	size_t n_doubts;
};

/* Of the messages that were read, by message. One statement when any came by
 * mail, else none. */
struct err *postmark_list(struct desk *d, const struct actor *who,
			  const struct reading *r, const struct postmark **out,
			  size_t *n) MUST_CHECK;

#endif
