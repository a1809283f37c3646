/*
 * guard - rows that stop a second time: used sign-in tokens, sent forms,
 * too many tries; and links that open one ticket.
 */
#ifndef STORE_GUARD_H
#define STORE_GUARD_H

#include "base/err.h"
#include "base/shape.h"

struct db;

/* ERR_CONFLICT when this token was used before. Kept for ten minutes. */
struct err *store_guard_use_sso(struct db *db, int shop, struct bytes hash) MUST_CHECK;

/* The row a form's transaction writes; ERR_CONFLICT: it was sent before. */
struct err *store_guard_use_form(struct db *db, struct bytes hash,
				 int64_t ticket_id, int64_t message_id) MUST_CHECK;
/* What the first sending made; found = false: nothing. */
struct err *store_guard_find_form(struct db *db, struct bytes hash,
				  int64_t *ticket_id, int64_t *message_id,
				  bool *found) MUST_CHECK;

/* Counts one try; *tries is how many there were within the last so many seconds,
 * where those of the window before count as far as it is not yet past. */
struct err *store_guard_try(struct db *db, struct bytes hash, int seconds,
			    int64_t *tries) MUST_CHECK;
struct err *store_guard_forgive(struct db *db, struct bytes hash) MUST_CHECK;

/* Links live thirty days. */
struct link {
	int64_t ticket_id, customer_id;
	const char *number;
	bool expired;
};
struct err *store_guard_add_link(struct db *db, int shop, struct bytes hash,
				 int64_t ticket_id, int64_t customer_id) MUST_CHECK;
/* Expired ones are found for as long as they are kept. */
struct err *store_guard_find_link(struct db *db, int shop, struct bytes hash,
				  struct link *out, bool *found) MUST_CHECK;

#endif
