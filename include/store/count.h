/*
 * count - how many tickets, by status and owner, without counting them.
 *
 * Transactions add delta rows; the courier folds them into as_count; a count
 * is the folded row plus what is not folded yet (store/menu.h reads them).
 * Every ticket counts for its owner and for everybody.
 */
#ifndef STORE_COUNT_H
#define STORE_COUNT_H

#include "base/err.h"
#include "base/shape.h"

struct db;

enum { COUNT_EVERYBODY = -1 };

struct count {
	int64_t status_id;
	int64_t owner_id;		/* 0: nobody, COUNT_EVERYBODY: the total */
	int64_t n;
};
extern const struct shape count_shape;

/* A new ticket, in the transaction that makes it. */
struct err *store_count_ticket(struct db *db, int shop, int64_t status_id,
			       int64_t owner_id) MUST_CHECK;
/* One that changed its status, or its owner. */
struct err *store_count_status(struct db *db, int shop, int64_t owner_id,
			       int64_t from, int64_t to) MUST_CHECK;
struct err *store_count_owner(struct db *db, int shop, int64_t status_id,
			      int64_t from, int64_t to) MUST_CHECK;

/* For the courier: at most 10,000 deltas in one transaction. */
struct err *store_count_fold(struct db *db, int64_t *folded) MUST_CHECK;

/* For doctor and recount: rows that differ from what is counted, n too many;
 * and the way to mend one. */
struct err *store_count_check(struct db *db, int shop, struct rows *out) MUST_CHECK;
struct err *store_count_mend(struct db *db, int shop, const struct count *c) MUST_CHECK;

#endif
