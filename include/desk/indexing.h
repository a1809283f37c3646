/*
 * indexing - the search learns what was written.
 *
 * The courier walks the tickets in the order of their changes, and adds the
 * messages that the search has not got, the subject when it reads otherwise
 * now, and the customer's name. A mark in the database says how far; what was
 * changed in the last minute is looked at again each time, since a change may
 * be committed after later ones (no request lives that long). A new
 * installation of the search, or one that was emptied, is filled by the same
 * walk from the oldest change on.
 *
 * Each batch is a transaction: it is done as a whole or not at all, and two
 * couriers do not meet, since one holds the mark. A customer's new name is
 * learned when one of their tickets changes.
 */
#ifndef DESK_INDEXING_H
#define DESK_INDEXING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct db;

/* A walk; begin with { .shop = … }. It needs no arena between batches. */
struct indexing {
	int shop;
	bool more;			/* there is work left for another batch */
	bool elsewhere;			/* somebody else is at it: nothing was done */
	int64_t documents;		/* written so far */
	char updated_at[32];		/* where the walk is; "": at the mark */
	int64_t ticket_id;
};

/* At most 100 tickets and 250 messages. */
struct err *indexing_batch(struct db *db, struct indexing *x) MUST_CHECK;

#endif
