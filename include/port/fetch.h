/*
 * fetch - look into somebody's mailbox over IMAP or POP3, with libcurl.
 *
 * Beside port/post the only module that includes <curl/curl.h>. Calls block,
 * each for half a minute at most; a letter that keeps coming may take five.
 * Whatever a host announces or sends, memory stays below a megabyte: letters
 * go to the caller in pieces, lines that are too long and lists without an
 * end are cut. Letters are fetched by address (…/INBOX;UID=17), never by a
 * FETCH of our own, and TLS is always checked.
 *
 * A failure of host or mailbox is ERR_UPSTREAM, and fetch_why() says which,
 * in a form that can be put into words.
 */
#ifndef PORT_FETCH_H
#define PORT_FETCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/shape.h"

struct arena;
struct fetch;				/* one mailbox of one host */

enum fetch_tls { FETCH_TLS, FETCH_STARTTLS, FETCH_PLAIN };

struct fetch_conf {
	bool pop3;			/* else IMAP */
	const char *host;
	int port;
	enum fetch_tls tls;
	const char *user, *password;
	const char *folder;		/* IMAP; UTF-8 */
	const char *ca;			/* file of certificates, NULL: the system's */
	const volatile bool *stop;	/* becomes true: hang up; NULL: never */
};

enum fetch_why {
	FETCH_WELL,
	FETCH_NO_NAME,			/* no host of this name */
	FETCH_REFUSED,			/* nobody listens there */
	FETCH_SLOW,			/* no answer in time */
	FETCH_NO_TLS,			/* no encryption there, or not of this kind */
	FETCH_CERTIFICATE,		/* it cannot prove who it is */
	FETCH_IS_IMAP, FETCH_IS_POP3, FETCH_IS_OTHER,	/* it speaks something else */
	FETCH_PASSWORD,			/* user or password refused */
	FETCH_NO_FOLDER,
	FETCH_SAID_NO,			/* to a command: see the detail */
	FETCH_CUT,			/* it hung up */
	FETCH_MOVED,			/* IMAP: the folder was numbered anew */
	FETCH_WHYS
};
extern const char *const fetch_why_codes[];	/* "well", "no_name", …, NULL */

/* The configuration has to live as long as this. Connects to nothing. */
struct fetch *fetch_new(const struct fetch_conf *conf);
/* Says good-bye; with POP3 that is when letters are really deleted. */
void fetch_free(struct fetch *f);

/* Of the last call; the detail is the host's last line, printable ASCII. */
enum fetch_why fetch_why(const struct fetch *f);
const char *fetch_detail(const struct fetch *f);

struct fetch_box {
	int64_t uidvalidity, uidnext;	/* IMAP; 0: not told */
	int64_t letters;
};
/* Signs in and looks. */
struct err *fetch_look(struct fetch *f, struct arena *a,
		       struct fetch_box *out) MUST_CHECK;

struct fetch_item {
	int64_t number;			/* IMAP: its UID. POP3: of this connection */
	const char *uid;		/* POP3: its UIDL, hashed when it is very long */
};
enum { FETCH_UID = 128, FETCH_ITEMS = 50000, FETCH_WINDOW = 5000 };

/* Which letters. POP3 lists all there are, at most FETCH_ITEMS. */
struct fetch_range {
	int64_t from, to;		/* IMAP: UIDs; at most FETCH_WINDOW are asked for */
	const char *since;		/* IMAP: "2026-01-31 …", not older; NULL: all */
	size_t most;			/* IMAP: the lowest so many */
};
/* In rising order. IMAP: after fetch_look(); *seen: all up to this UID are
 * listed. */
struct err *fetch_list(struct fetch *f, struct arena *a,
		       const struct fetch_range *range, struct rows *out,
		       int64_t *seen) MUST_CHECK;

/* Takes a piece of a letter; *enough: no more of it is wanted. */
typedef struct err *fetch_sink(void *what, const void *at, size_t n, bool *enough);
/* *gone: somebody took it away meanwhile. The caller's own failure comes
 * back as it is. */
struct err *fetch_letter(struct fetch *f, struct arena *a,
			 const struct fetch_item *item, fetch_sink *sink,
			 void *what, bool *gone) MUST_CHECK;

/* For good; POP3: when the connection ends well. */
struct err *fetch_delete(struct fetch *f, struct arena *a,
			 const struct fetch_item *item) MUST_CHECK;
/* IMAP: into another folder of the same host, which is made when missing. */
struct err *fetch_move(struct fetch *f, struct arena *a,
		       const struct fetch_item *item, const char *folder) MUST_CHECK;

/* IMAP: names of folders, at most `most`: rows of const char *; *all counts
 * even those that are not listed, as far as we could hear them. */
struct err *fetch_folders(struct fetch *f, struct arena *a, size_t most,
			  struct rows *out, int64_t *all) MUST_CHECK;

/* A folder's name as IMAP writes it (RFC 3501, 5.1.3) and back; what is not
 * in that form comes back as it is. */
const char *fetch_name_encode(struct arena *a, const char *name);
const char *fetch_name_decode(struct arena *a, const char *name);

#endif
