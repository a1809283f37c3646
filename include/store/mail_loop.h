/*
 * mail_loop - rows of as_mail_loop: the last test of mail that comes back.
 */
#ifndef STORE_MAIL_LOOP_H
#define STORE_MAIL_LOOP_H

#include "base/err.h"
#include "base/shape.h"

struct db;

struct mail_loop {
	int64_t plain_id, plus_id;	/* as_outbox; plus_id 0: no such letter */
	const char *started_at;
	int64_t age_s;			/* since then */
	const char *plain_sent_at, *plus_sent_at;	/* NULL: not yet */
	const char *plain_at, *plus_at;	/* when they came back; NULL: not yet */
	int64_t plain_s, plus_s;	/* from sent to back, in seconds */
	const char *error;		/* of the letter that could not be sent, NULL */
	bool path_told, path_kept;
	bool forge_told, forged;	/* is a forged word of our mail host believed? */
	const char *authserv, *spf, *dkim, *dmarc;	/* NULL: not told */
};

/* *found false: there never was one. */
struct err *store_mail_loop_find(struct db *db, int shop, struct mail_loop *out,
				 bool *found) MUST_CHECK;
/* Instead of the one before. */
struct err *store_mail_loop_start(struct db *db, int shop, int64_t plain_id,
				  int64_t plus_id) MUST_CHECK;
/* One of its letters is back; a second time changes nothing. */
struct err *store_mail_loop_arrived(struct db *db, int shop, bool plus,
				    const struct mail_loop *told) MUST_CHECK;

#endif
