/*
 * guard - tokens that say a form is ours, and limits of tries.
 *
 * The session's token (field csrf) is an HMAC over the cookie. The form's
 * token (field form_token) is single use: random, with the time it was made,
 * signed and bound to the cookie's holder; it lives for a day.
 */
#ifndef WEB_GUARD_H
#define WEB_GUARD_H

#include "web/req.h"

/* Of the holder of req->cookie. */
const char *guard_csrf(struct req *req);
/* ERR_FORBIDDEN unless field, origin and fetch metadata are right. */
struct err *guard_check_post(struct req *req) MUST_CHECK;

const char *guard_form_token(struct req *req);
enum form_token { FORM_TOKEN_GOOD, FORM_TOKEN_OLD, FORM_TOKEN_WRONG };
/* Of the field form_token; good: *hash is what the store keeps. */
enum form_token guard_read_form_token(struct req *req, struct bytes *hash);

/* Where the visitor comes from: an IPv4 address, or the /64 of an IPv6 one,
 * since whoever has one of those has them all. */
const char *guard_network(struct req *req);

/* One more try of "signin:<address>" and the like; ERR_TOO_MANY over `most`
 * in so many seconds. */
struct err *guard_try(struct req *req, const char *key, int64_t most,
		      int seconds) MUST_CHECK;
struct err *guard_forgive(struct req *req, const char *key) MUST_CHECK;

#endif
