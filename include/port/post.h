/*
 * post - hand letters to a mail host over SMTP, with libcurl.
 *
 * Beside port/fetch the only module that includes <curl/curl.h>. Calls block,
 * so only the courier links it; no page ever waits for a foreign host. One
 * connection carries a batch of letters; a connection the host closed between
 * two of them is made anew.
 *
 * A reply belongs to a letter only from its MAIL FROM on. What the host says
 * before that (no connection, a greeting of 554, a refused password) is about
 * the host, and so is 421 at any time.
 *
 * An address with letters beyond ASCII before its @ goes to a host that offers
 * SMTPUTF8; elsewhere the letter can never be sent, and *out says why.
 */
#ifndef PORT_POST_H
#define PORT_POST_H

#include "base/err.h"
#include "base/shape.h"

struct arena;
struct post;				/* one connection, kept for a batch */

struct post_conf {
	const char *url;		/* smtp://host:port or smtps://host */
	const char *user, *password;	/* NULL: none */
	const char *ehlo;		/* our name, NULL: the machine's */
	const char *tls;		/* "try", "must" or "no" */
	const char *ca;			/* file of certificates, NULL: the system's */
};

struct post *post_new(const struct post_conf *conf);
void post_free(struct post *p);

enum post_verdict {
	POST_SENT,			/* the host said 2xx after the final dot */
	POST_LATER,			/* it answered 4xx to this letter */
	POST_NEVER,			/* it answered 5xx to this letter */
	POST_AWAY,			/* no answer, or 421: the host, not the letter */
	POST_UNSURE,			/* away after the text: it may have been taken */
};

struct post_result {
	enum post_verdict verdict;
	int code;			/* SMTP reply code, 0: none */
	const char *text;		/* one readable line for the log and the panel */
};

/* 30 s at most, twice when the kept connection proves dead or the host says
 * nothing after the final dot. `from` may be ""
 * (the empty return path). A bare CR or LF in the letter, or an address that
 * could end a command, is an ERR_BUG; the host's word is in *out. */
struct err *post_letter(struct post *p, struct arena *a, const char *from,
			const char *to, struct bytes letter,
			struct post_result *out) MUST_CHECK;

#endif
