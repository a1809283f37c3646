/*
 * turn - whose turn it is in a ticket, as a column of its own.
 *
 * A status says whose turn it is (desk/catalog.h); as_ticket.turn repeats it,
 * so that a queue is one range of an index whatever statuses the owner has.
 * Whoever writes a ticket's status writes its turn (store/ticket.h). When the
 * owner gives a status another meaning, its tickets follow (desk/turn.h), and
 * as_status.turn says what their rows hold.
 */
#ifndef STORE_TURN_H
#define STORE_TURN_H

#include "base/err.h"
#include "base/shape.h"

struct db;

enum turn { TURN_STORE, TURN_CUSTOMER, TURN_NOBODY, TURN_OVER };
extern const char *const turn_codes[];	/* "store", "customer", "nobody", "over", NULL */

/* What the rows of its tickets hold from now on. */
struct err *store_turn_note(struct db *db, int shop, int64_t status_id,
			    enum turn turn) MUST_CHECK;

/* Rewrites the status's tickets with ids behind `after`, up to `upto`. */
struct err *store_turn_rewrite(struct db *db, int shop, int64_t status_id,
			       enum turn turn, int64_t after, int64_t upto) MUST_CHECK;
/* The greatest id of a ticket; 0: there is none. */
struct err *store_turn_last(struct db *db, int64_t *out) MUST_CHECK;

/* For doctor: tickets whose row differs from their status's, at most 1,000. */
struct err *store_turn_check(struct db *db, int shop, int64_t *wrong) MUST_CHECK;

#endif
