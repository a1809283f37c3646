/*
 * session - from a cookie to the person, and back.
 *
 * Two cookies that know nothing of each other: "aftersale" for customers,
 * "aftersale-panel" for staff. A visitor without a session who is shown a
 * form gets "aftersale-visitor", so that their token and uploads have a
 * holder. 32 random bytes each; the database keeps SHA-256 alone.
 */
#ifndef WEB_SESSION_H
#define WEB_SESSION_H

#include "web/req.h"

/* Fills who, reader and holder; brings settings and catalogue up to date. */
struct err *session_read(struct req *req) MUST_CHECK;

/* A new session with a new cookie; whatever was there before ends. */
struct err *session_begin_customer(struct req *req, int64_t customer_id,
				   int64_t only_ticket) MUST_CHECK;
/* The same in two halves, where the desk writes the row in a transaction of
 * its own: a key, and once its row is there, the cookie. */
struct session_key {
	const char *cookie;
	struct bytes hash;
};
struct session_key session_new_key(struct req *req);
struct err *session_take_key(struct req *req, const struct session_key *key) MUST_CHECK;
struct err *session_begin_agent(struct req *req, int64_t agent_id) MUST_CHECK;
struct err *session_end(struct req *req) MUST_CHECK;

/* The cookie of a visitor who has none: before a form is shown. */
struct err *session_need_holder(struct req *req) MUST_CHECK;

/* Where to sign in: the shop's help link with return_to, or panel/sign-in. */
struct err *session_ask_to_sign_in(struct req *req) MUST_CHECK;

#endif
