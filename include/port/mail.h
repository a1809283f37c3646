/*
 * mail - what a letter from outside says (RFC 5322, 2045 to 2049, 2231, 3464,
 * 3834, 8601), read with GMime.
 *
 * Hostile bytes: mail_read() runs in the locked program `reader`
 * (src/reader); other programs ask it through port/reader.h and get the same
 * struct. Every text is valid UTF-8 without NUL, CR and control characters
 * (but tab and line feed), whatever the letter claimed. Nothing here decides:
 * that is desk/incoming.
 *
 * A letter beyond a limit is read as far as the limit goes, and says so in
 * `notes`; a letter nobody can read has `unreadable` and is kept raw.
 */
#ifndef PORT_MAIL_H
#define PORT_MAIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/shape.h"

struct arena;

/* Where each comes from: spec, "Limits that follow". */
enum {
	MAIL_MOST = 25 << 20,		/* bytes of a letter */
	MAIL_HEADERS = 256 << 10,	/* all headers together */
	MAIL_HEADER = 64 << 10,		/* one */
	MAIL_ADDRESS_HEADERS = 16 << 10,/* From, To, Cc, … together, and 200 addresses */
	MAIL_ADDRESSES = 200,
	MAIL_DEPTH = 32,
	MAIL_PARTS = 500,
	MAIL_TEXT = 256 << 10,		/* of words shown; the rest is in the source */
	MAIL_HTML = 2 << 20,
	MAIL_FILES = 100,
	MAIL_REFERENCES = 100,		/* the newest */
	MAIL_RESULTS = 20		/* Authentication-Results headers */
};

struct mail_address {
	const char *name;		/* one line, NULL: none */
	const char *address;		/* lower case; address_plausible() */
};

/* A file of the letter, or a picture of its HTML. */
struct mail_file {
	const char *name;		/* as one may be shown; never NULL */
	const char *type;		/* as it claims: "image/png" */
	const char *content_id;		/* without < >; NULL: none */
	bool shown;			/* the HTML shows it: not listed as a file */
	int64_t at, size;		/* decoded, in the reader's file of bytes */
};

/* What a report about letters of ours says of one recipient (RFC 3464, or
 * read from the words of a host that does not follow it). */
enum mail_fate { MAIL_FAILED, MAIL_DELAYED, MAIL_DELIVERED };
struct mail_fate_of {
	const char *address;
	enum mail_fate fate;
	const char *status;		/* "5.1.1", NULL: not told */
	const char *diagnostic;		/* one line, NULL */
};

struct mail {
	bool unreadable;
	const char *const *notes;	/* what was cut or odd, English, for the trace */
	size_t n_notes;

	struct mail_address from;	/* .address NULL: none that one could write to */
	struct mail_address sender;	/* Sender, .address NULL: none */
	struct mail_address reply_to;
	int n_from;			/* more than one is suspicious */
	const struct mail_address *to, *cc;	/* To, Cc: valid ones */
	size_t n_to, n_cc;
	const char *const *delivered_to;	/* Delivered-To, X-Original-To, Envelope-To; from the top */
	size_t n_delivered_to;
	const char *subject;		/* one line; "" */
	const char *message_id;		/* "<…@…>", at most 255 bytes; NULL: none, or no such thing */
	const char *const *in_reply_to;
	size_t n_in_reply_to;
	const char *const *references;	/* oldest first */
	size_t n_references;
	instant date;			/* 0: none, or none that can be read */
	const char *lang;		/* Content-Language, NULL */

	/* for its class */
	const char *return_path;	/* "": empty; NULL: no such header */
	const char *automatic;		/* the header that says a machine wrote it,
					 * "Auto-Submitted: auto-replied"; NULL: none does */
	const char *list;		/* the header of a list or of bulk mail; NULL */
	const char *loop_id;		/* our X-Aftersale-Loop, whoever's; NULL */
	const char *const *results;	/* Authentication-Results, unfolded, from the top */
	size_t n_results;

	/* words: the writer's own, and what was folded away; together all of it */
	const char *text;		/* own words, plain; "" */
	const char *folded;		/* quotes and signature; NULL: none */
	const char *html;		/* cleaned, see port/html_clean.h; NULL: it has none,
					 * or none that shows more than `text` */
	int pictures;			/* that the HTML wants from elsewhere */
	const struct mail_file *files;
	size_t n_files;
	struct bytes content;		/* SHA-256 of what it says: From, Date, Subject,
					 * Message-ID, words and files, not how it came */

	/* a report about letters of ours */
	bool report;			/* a bounce, by its form or by its words */
	const struct mail_fate_of *fates;
	size_t n_fates;
	const char *about_id;		/* Message-ID of the letter it is about; NULL */
};

/* Once in a process that will be locked: opens what charsets need. */
void mail_ready(void);

/* Reads the letter behind fd, from its beginning. Decoded files are written
 * to `files_fd` one after another. Never fails because of the letter. */
struct err *mail_read(struct arena *a, int fd, int files_fd,
		      struct mail *out) MUST_CHECK;

#endif
