/*
 * participant - who takes part in a ticket beside its customer, as the team
 * sees and changes it.
 *
 * A participant gets every answer by mail and may write by mail; no page is
 * open to them. Only people of the team add and remove them, and each change
 * is an event of the ticket.
 */
#ifndef DESK_PARTICIPANT_H
#define DESK_PARTICIPANT_H

#include "store/participant.h"

struct desk;
struct ticket;

/* Rows of struct participant, by address; for agents. 1 statement, none when
 * there are none: the ticket is one that ticket_read() found. */
struct err *participant_list(struct desk *d, const struct actor *who,
			     const struct ticket *t, struct rows *out) MUST_CHECK;

enum participating {
	PARTICIPATES,			/* from now on */
	PARTICIPATED,			/* did already */
	PARTICIPANT_IS_CUSTOMER,	/* gets the answers anyhow */
	PARTICIPANT_IS_OURS,		/* one of our own addresses: a loop */
	PARTICIPANT_NO_ADDRESS,		/* nobody can be written to there */
	PARTICIPANTS_FULL
};
/* Needs the right to change the ticket (ERR_FORBIDDEN). */
struct err *participant_add(struct desk *d, const struct actor *who, int64_t ticket_id,
			    const char *typed, enum participating *out) MUST_CHECK;
/* Nothing happens when they don't take part. */
struct err *participant_drop(struct desk *d, const struct actor *who, int64_t ticket_id,
			     const char *address) MUST_CHECK;

#endif
