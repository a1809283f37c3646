/*
 * guest - rows of as_guest_request: written, not yet confirmed.
 */
#ifndef STORE_GUEST_H
#define STORE_GUEST_H

#include "base/err.h"
#include "base/shape.h"

struct db;

struct guest_request {
	const char *email, *name, *order_no;	/* order_no as typed; NULL: none */
	int64_t type_id, priority_id;
	const char *subject, *body, *lang, *zone;
	int64_t ticket_id;			/* 0: not confirmed yet */
};

struct err *store_guest_add(struct db *db, int shop, struct bytes hash,
			    const struct guest_request *g) MUST_CHECK;
/* Locked until the transaction ends. Seven days long. */
struct err *store_guest_find(struct db *db, int shop, struct bytes hash,
			     struct guest_request *out, bool *found) MUST_CHECK;
struct err *store_guest_confirm(struct db *db, struct bytes hash,
				int64_t ticket_id) MUST_CHECK;

#endif
