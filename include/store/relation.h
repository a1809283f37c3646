/*
 * relation - rows of as_relation (sql/35-mail.sql): how tickets belong
 * together.
 */
#ifndef STORE_RELATION_H
#define STORE_RELATION_H

#include "base/err.h"
#include "base/shape.h"
#include "store/actor.h"

struct db;

enum relation_kind { RELATION_FOLLOW_UP_OF, RELATION_SPLIT_FROM, RELATION_MAYBE_OF };
extern const char *const relation_kind_codes[];	/* "follow_up_of", … */

struct relation {
	enum relation_kind kind;
	bool from_here;			/* this ticket is the newer one */
	int64_t ticket_id;		/* the other one */
	const char *number, *subject;
	int64_t status_id;
};
extern const struct shape relation_shape;

/* `ticket_id` is the newer one; a second time changes nothing. */
struct err *store_relation_add(struct db *db, int64_t ticket_id,
			       enum relation_kind kind, int64_t other_id) MUST_CHECK;

/* In both directions, newest first, at most 50; only tickets that the actor
 * may read. */
struct err *store_relation_list(struct db *db, const struct actor *who,
				int64_t ticket_id, struct rows *out) MUST_CHECK;

#endif
