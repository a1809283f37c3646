/*
 * recount - what a ticket's row repeats of its messages, counted anew.
 *
 * How many there are, the newest, and the newest that the customer may see:
 * store_ticket_progress() keeps them in the transaction of each message, so
 * they only differ when somebody else wrote into the tables, or a backup was
 * brought back in parts.
 */
#ifndef STORE_RECOUNT_H
#define STORE_RECOUNT_H

#include "base/err.h"
#include "base/shape.h"

struct db;

enum { RECOUNT_STEP = 10000 };		/* tickets that one statement looks at */

struct recount {
	int64_t ticket_id;
};

/* Tickets with ids behind `after`, RECOUNT_STEP ids far, whose rows say
 * something else: rows of struct recount. */
struct err *store_recount_wrong(struct db *db, int shop, int64_t after,
				struct rows *out) MUST_CHECK;

/* Writes what was counted; a transaction of its own. */
struct err *store_recount_mend(struct db *db, int64_t ticket_id) MUST_CHECK;

#endif
