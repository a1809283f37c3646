/*
 * mime - build a letter (RFC 5322, 2045 to 2049, 2369, 3834) with GMime.
 *
 * Shares <gmime/gmime.h> with port/mail alone. Every header is encoded
 * by GMime; a value with CR or LF, an address that base/address.h does not
 * accept or a text that is not UTF-8 is an ERR_BUG: the desk let it in.
 * Display names lose their web addresses and control characters, because
 * customers choose them. No line is longer than 998 bytes.
 *
 * Everything is 7 bit on the wire, whatever the host offers, but for an
 * address with letters beyond ASCII before its @ (RFC 6531): that needs a host
 * with SMTPUTF8, see port/post.h.
 *
 * The same letter gives the same bytes, but for the boundary, which is random.
 */
#ifndef PORT_MIME_H
#define PORT_MIME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/shape.h"

struct arena;

struct mime_file {
	const char *name, *type;	/* type "image/png"; what is none is octets */
	const char *content_id;		/* "…@…" when the HTML shows it, else NULL */
	struct bytes bytes;		/* .at NULL: it is left out */
};

struct mime_letter {
	const char *from_name, *from_address;
	const char *to_name, *to_address;
	const char *reply_to;			/* NULL: none */
	const char *subject;
	const char *message_id;			/* "<…@…>" */
	const char *in_reply_to;		/* NULL: none */
	const char *references;			/* "<…> <…>", NULL: none */
	instant date;
	const char *lang;			/* Content-Language */
	const char *auto_submitted;		/* "auto-generated", "auto-replied", NULL: a person's */
	const char *precedence;			/* "bulk" or NULL */
	const char *list_id;			/* NULL: none */
	const char *loop_id;			/* X-Aftersale-Loop: the installation */
	const char *claim;			/* Authentication-Results that prove nothing, NULL */
	const char *text, *html;		/* html NULL: text alone */
	const struct mime_file *files;
	size_t n_files;
};

/* The whole letter, CRLF line ends, ready for SMTP. */
struct err *mime_build(struct arena *a, const struct mime_letter *l,
		       struct bytes *out) MUST_CHECK;

/* The address with its domain in ASCII, as an envelope wants it. ERR_BUG
 * when it is not even plausible (base/address.h) or its domain cannot exist. */
struct err *mime_envelope(struct arena *a, const char *address,
			  const char **out) MUST_CHECK;

/* "<left@right>", as a letter may name it. Other programs make ids of other
 * forms, which GMime would name wrongly. */
bool mime_message_id(const char *id);

/* A name as it may stand before an address: one line, no web addresses. */
const char *mime_display_name(struct arena *a, const char *name);

#endif
