/*
 * waiting - letters that wait for a person, for the menu beside every list.
 */
#ifndef DESK_WAITING_H
#define DESK_WAITING_H

#include <stdint.h>

#include "base/err.h"

struct actor;
struct desk;

enum { WAITING_COUNTED = 99 };		/* as many or more */

struct waiting {
	int64_t undelivered;		/* ours, given up: desk/undelivered.h */
	int64_t held;			/* that came in: desk/quarantine.h */
};

/* Nothing for who may not look after them. At most one statement. */
struct err *waiting_count(struct desk *d, const struct actor *who,
			  struct waiting *out) MUST_CHECK;

#endif
