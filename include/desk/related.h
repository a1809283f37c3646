/*
 * related - tickets that belong together.
 *
 * Only what a letter suggested and nothing proves (RELATION_MAYBE_OF) is for a
 * person to settle; the rest is as it happened.
 */
#ifndef DESK_RELATED_H
#define DESK_RELATED_H

#include "store/relation.h"

struct desk;
struct ticket;

/* Rows of struct relation, for agents; 1 statement, none when there are none:
 * the ticket is one that ticket_read() found. */
struct err *related_list(struct desk *d, const struct actor *who,
			 const struct ticket *t, struct rows *out) MUST_CHECK;

/*
 * Does one of the two go on with the other? Yes: a follow-up from now on; no:
 * nothing to each other. An event of both. ERR_FORBIDDEN without the right to
 * change the ticket; nothing happens when somebody has settled it before.
 */
struct err *related_settle(struct desk *d, const struct actor *who, int64_t ticket_id,
			   const char *other, bool yes) MUST_CHECK;

#endif
