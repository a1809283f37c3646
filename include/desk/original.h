/*
 * original - a letter as it came: its headers, its source, and what the
 * reader makes of it.
 *
 * For agents alone. The raw letter is never changed; whatever is shown of it
 * is text, cut to a length that a page can hold.
 */
#ifndef DESK_ORIGINAL_H
#define DESK_ORIGINAL_H

#include "port/mail.h"
#include "store/mail.h"
#include "store/ticket.h"

struct desk;

enum {
	ORIGINAL_SHOWN = 256 << 10,	/* bytes of the source on a page */
	ORIGINAL_HEADERS = 200,
	ORIGINAL_VALUE = 2000		/* characters of one header */
};

struct original_header {
	const char *name, *value;	/* unfolded: one line */
};

struct original {
	const struct original_header *headers;
	size_t n_headers;
	const char *source;		/* the beginning of it, as text with LF line ends */
	bool cut;			/* there is more of it */
	bool gone;			/* its bytes are not here any more */
};

/* The letter behind a message, and the ticket that shows it. ERR_NOT_FOUND:
 * it did not come by mail, is not theirs to read, or is no longer kept. */
struct err *original_of_message(struct desk *d, const struct actor *who,
				int64_t message_id, struct mail_row *letter,
				struct ticket *t) MUST_CHECK;

/* Headers and source of a letter that the actor was given. */
struct err *original_read(struct desk *d, const struct mail_row *letter,
			  struct original *out) MUST_CHECK;
/* All of it: a descriptor, closed with the arena. ERR_NOT_FOUND. */
struct err *original_raw(struct desk *d, const struct mail_row *letter,
			 int *fd, int64_t *size) MUST_CHECK;

/* What the locked reader (`program`, [paths] reader) finds in it. *read false:
 * it cannot be asked now, or the bytes are gone. *files_fd as in port/reader.h. */
struct err *original_words(struct desk *d, const char *program,
			   const struct mail_row *letter, struct mail *out,
			   int *files_fd, bool *read) MUST_CHECK;

#endif
