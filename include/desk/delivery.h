/*
 * delivery - did our letters arrive? For the pages where people read and
 * write them.
 */
#ifndef DESK_DELIVERY_H
#define DESK_DELIVERY_H

#include <stdbool.h>

#include "base/err.h"
#include "store/delivery.h"

struct actor;
struct desk;
struct ticket;

struct delivery_state {
	struct rows letters;		/* struct delivery: failed or delayed, oldest first */
	bool undeliverable, delayed;	/* the customer's address, now */
	const char *why;		/* the last report's words; NULL: none */
};

/* Of a ticket as ticket_read() found it, for agents: one statement, none when
 * there is nothing. For others everything is well. */
struct err *delivery_of(struct desk *d, const struct actor *who,
			const struct ticket *t, struct delivery_state *out) MUST_CHECK;

/* Somebody used a link that was mailed to this customer: mail gets there. */
struct err *delivery_proved(struct desk *d, int shop, int64_t customer_id) MUST_CHECK;

#endif
