/*
 * turn - tickets follow when the owner gives a status another meaning.
 *
 * Whose turn it is stands in every ticket's row (store/turn.h). A status that
 * is edited, archived or brought back may change it for many tickets at once:
 * few of them follow at once, many when the courier comes round.
 */
#ifndef DESK_TURN_H
#define DESK_TURN_H

#include "store/turn.h"

struct db;

/* Outside of any transaction: rewrites the tickets of every status whose rows
 * say something else than the status, in steps of TURN_STEP ids. With
 * `patient` all of them; else nothing where there are more ids than a step. */
enum { TURN_STEP = 10000 };
struct err *turn_settle(struct db *db, int shop, bool patient) MUST_CHECK;
/* For recount: all tickets, whatever the statuses' rows say of them. */
struct err *turn_mend(struct db *db, int shop) MUST_CHECK;

#endif
