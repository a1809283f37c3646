/*
 * count - how many tickets, by status and owner, without counting them.
 *
 * Transactions add delta rows; the courier folds them into as_count; a count
 * is the folded row plus what is not folded yet.
 */
#ifndef STORE_COUNT_H
#define STORE_COUNT_H

#include "base/err.h"
#include "base/shape.h"
#include "store/actor.h"

struct db;

struct count {
	int64_t status_id;
	int64_t owner_id;		/* 0: nobody */
	int64_t n;
};
extern const struct shape count_shape;

struct err *store_count_add(struct db *db, int shop, int64_t status_id,
			    int64_t owner_id, int n) MUST_CHECK;
/* From one (status, owner) to another, in one statement. */
struct err *store_count_move(struct db *db, int shop, int64_t from_status,
			     int64_t from_owner, int64_t to_status,
			     int64_t to_owner) MUST_CHECK;
/* Sums for every status: all, the actor's own, nobody's (owner_id as told). */
struct err *store_count_list(struct db *db, const struct actor *who,
			     struct rows *out) MUST_CHECK;
/* For the courier: at most 10,000 deltas in one transaction. */
struct err *store_count_fold(struct db *db, int64_t *folded) MUST_CHECK;

/* For doctor: rows that differ from a recount. */
struct err *store_count_check(struct db *db, int shop, struct rows *out) MUST_CHECK;

#endif
