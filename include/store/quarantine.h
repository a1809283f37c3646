/*
 * quarantine - what people undo in as_mail (sql/35-mail.sql) by hand, and how
 * much waits there.
 *
 * Each change compares and sets: *changed false means that the letter was not so any
 * more. Whoever calls them has found the letter for this actor, locked.
 */
#ifndef STORE_QUARANTINE_H
#define STORE_QUARANTINE_H

#include "base/err.h"
#include "base/shape.h"
#include "store/actor.h"

struct db;

/* A letter that nothing could read is new once more, with all its tries. */
struct err *store_quarantine_retry(struct db *db, const struct actor *who,
				   int64_t id, bool *changed) MUST_CHECK;
/* One that was put aside is held again, for the reason it was held for. */
struct err *store_quarantine_hold(struct db *db, const struct actor *who,
				  int64_t id, const char *trace,
				  bool *changed) MUST_CHECK;

/* How incoming mail is doing, for the owner's page; each counted to
 * QUARANTINE_MOST. */
enum { QUARANTINE_MOST = 1000 };
struct quarantine_state {
	int64_t held;			/* wait for a person */
	int64_t late;			/* should have been sorted minutes ago */
	int64_t capped;			/* letters of the last day whose writers had got
					 * enough receipts: of the newest ones */
};
struct err *store_quarantine_state(struct db *db, int shop,
				   struct quarantine_state *out) MUST_CHECK;

#endif
