/*
 * chore - rows of `as_chore` (sql/85-chore.sql): when the courier's
 * housekeeping is next to be done.
 */
#ifndef STORE_CHORE_H
#define STORE_CHORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct db;

/* *taken: it is time, and it is ours; the next time is in every_s seconds. */
struct err *store_chore_take(struct db *db, const char *name, int every_s,
			     bool *taken) MUST_CHECK;

/* Seconds since it would have been time, 0: it is not yet; -1: it was never
 * taken. Tells whether somebody still does it. */
struct err *store_chore_silence(struct db *db, const char *name,
				int64_t *out) MUST_CHECK;

#endif
