/*
 * envelope - what is known of a letter beside its bytes: the first line of
 * its file in the spool, as JSON.
 *
 *	{"way":"pipe","mailbox":3,"from":"","to":"help+…@shop.example",
 *	 "at":"2026-01-31T12:00:00Z","size":1234,"full_size":30000000}
 *
 * What is not known is left out; `from` "" is the empty return path. `size`
 * lets a half file be told from a whole one. `full_size` says that only the
 * head of a letter over the limit was kept.
 */
#ifndef MAILROOM_ENVELOPE_H
#define MAILROOM_ENVELOPE_H

#include "base/err.h"
#include "store/mail.h"

struct arena;

struct envelope {
	enum mail_way way;
	int64_t mailbox_id;		/* 0: none */
	const char *from, *to;		/* NULL: not told */
	int64_t size, full_size;	/* 0: the letter is whole */
};

/* One line that fits port/spool. */
const char *envelope_line(struct arena *a, const struct envelope *e);

/* ERR_BAD_REQUEST when it is none of ours. */
struct err *envelope_of_line(struct arena *a, const char *line,
			  struct envelope *out) MUST_CHECK;

/* An address as a mail host tells it: without < and >, "" for the empty
 * return path (also as MAILER-DAEMON), NULL for what is no address. */
const char *envelope_address(struct arena *a, const char *told);

/* Sender and recipient from the variables that Postfix, Exim and qmail set for
 * a program they pipe a letter to; what e has already stays. */
void envelope_from_environment(struct arena *a, struct envelope *e);

#endif
