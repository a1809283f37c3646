/*
 * collect - fetches mailboxes into the spool.
 *
 * A mailbox that is due is leased, so that mailrooms share the work; at most
 * a batch of letters is fetched, each to our disk before the host may forget
 * it and before our row says that we have it. What goes wrong is the
 * mailbox's: it waits 1, 2, 4 … minutes, at most an hour, and says why, and
 * the next mailbox is looked at. A letter that the host does not hand out
 * waits alone, up to a day. A folder that was numbered anew is fetched
 * again; letters that are here already are recognised by their bytes.
 */
#ifndef MAILROOM_COLLECT_H
#define MAILROOM_COLLECT_H

#include <stdbool.h>

#include "base/err.h"
#include "store/mailbox.h"

struct arena;
struct db;
struct fetch;
struct spool;

enum { COLLECT_BATCH = 50, COLLECT_LEASE_S = 400, COLLECT_POLL_S = 45 };

struct collecting {
	int shop;
	struct db *db;
	struct spool *spool;
	int64_t limit;			/* bytes of a letter */
	const char *key;		/* file that opens the passwords */
	const char *ca;			/* NULL: the system's certificates */
	const volatile bool *stop;	/* leave after the letter in hand */
};

/* One mailbox that is due, or a test that was asked for; *done: there was one.
 * ERR_UPSTREAM: the database cannot be asked. */
struct err *collect_one(struct collecting *c, struct arena *a, bool *done) MUST_CHECK;
struct err *collect_test(struct collecting *c, struct arena *a, bool *done) MUST_CHECK;

/* --- between the files of this room ---------------------------------------- */

struct fetch_item;

/* A round with one mailbox. */
struct collect {
	struct collecting *c;
	struct arena *arena;
	struct fetch *fetch;
	struct mailbox *m;
	int got;			/* letters in the spool */
	bool more;			/* the batch was full */
	bool kept;			/* the host keeps a letter from us */
	const char *remark;		/* "<code> detail": one letter's trouble */
};

/* A connection to it; ERR_FORBIDDEN: its password cannot be opened. */
struct err *collect_open(struct collecting *c, struct arena *a,
			 const struct mailbox *m, struct fetch **out) MUST_CHECK;
/* Fetches one letter into the spool, and does with it what the mailbox says.
 * *stored: it is ours, now or because it was gone. False: the host keeps this
 * one from us, which is noted with its name. */
struct err *collect_letter(struct collect *r, const struct fetch_item *item,
			   const char *name, bool *stored) MUST_CHECK;
/* It refused this one before, and is not asked for it yet. */
void collect_refused(struct collect *r, const char *said);
struct err *collect_pop3(struct collect *r) MUST_CHECK;

#endif
