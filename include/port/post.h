/*
 * post - hand letters to a mail host over SMTP, with libcurl.
 *
 * The only module that includes <curl/curl.h>. Calls block, so only the
 * courier links it; no page ever waits for a foreign host.
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
	const char *ehlo;		/* our name */
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
};

struct post_result {
	enum post_verdict verdict;
	int code;			/* SMTP reply code, 0: none */
	const char *text;		/* one readable line for the log and the panel */
};

/* 30 s at most. A failure is our own bug; the host's word is in *out. */
struct err *post_letter(struct post *p, struct arena *a, const char *from,
			const char *to, struct bytes letter,
			struct post_result *out) MUST_CHECK;

#endif
