/*
 * postmark - what the letters behind a ticket's messages tell the team:
 * as_message_mail with as_mail (sql/35-mail.sql).
 */
#ifndef STORE_POSTMARK_H
#define STORE_POSTMARK_H

#include "base/err.h"
#include "base/shape.h"
#include "store/actor.h"

struct db;

struct postmark_row {
	int64_t message_id;
	bool from_outside;
	const char *address;		/* who wrote; NULL: it names nobody */
	const char *outcome, *trace;	/* codes of desk/incoming.h, desk/trace.h */
};
extern const struct shape postmark_row_shape;

/* Of the messages first..last of a ticket that the actor may read, by message;
 * at most 200. Customers get none. Of letters that are no longer kept, too. */
struct err *store_postmark_list(struct db *db, const struct actor *who,
				int64_t ticket_id, int64_t first, int64_t last,
				struct rows *out) MUST_CHECK;

#endif
