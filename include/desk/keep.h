/*
 * keep - housekeeping: what is over is dropped, what was counted is folded.
 * The courier's chores call these; each may be run at any time, twice too.
 */
#ifndef DESK_KEEP_H
#define DESK_KEEP_H

#include "base/err.h"

struct arena;
struct blob_store;
struct db;

/* Counters: delta rows into sums. */
struct err *keep_counts(struct db *db) MUST_CHECK;
/* Expired sessions, tokens, links, throttles, unconfirmed requests. */
struct err *keep_sessions(struct db *db) MUST_CHECK;
/* Letters that came in, done with and older than the owner keeps them. */
struct err *keep_mail(struct db *db, int shop) MUST_CHECK;
/* Uploads nobody sent, and bytes nothing points at any more. */
struct err *keep_files(struct db *db, struct arena *a,
		       struct blob_store *blobs) MUST_CHECK;

#endif
