/*
 * session - who a cookie belongs to: as_customer_session, as_agent_session.
 *
 * Cookies are random; only their SHA-256 is here. The one statement that
 * finds a session also brings the revision of settings and catalogue, so a
 * page learns with its first round trip whether what it kept is still true.
 */
#ifndef STORE_SESSION_H
#define STORE_SESSION_H

#include "base/err.h"
#include "base/shape.h"
#include "store/actor.h"

struct db;

struct session {
	int64_t id;			/* of the person; 0: no such session */
	const char *name, *email, *lang, *zone, *external_id;
	int64_t only_ticket;
	const char *orders;		/* JSON of the token's orders; NULL: none */
	int64_t role_id;		/* of an agent */
	bool stale;			/* not renewed for an hour */
	bool unreachable;		/* mail to them does not arrive */
	int64_t revision;
};

/* Fills *out; out->id stays 0 when the cookie is unknown or has expired, and
 * the revision is set all the same. hash.at NULL: nobody's. */
struct err *store_session_customer(struct db *db, int shop, struct bytes hash,
				   struct session *out) MUST_CHECK;
struct err *store_session_agent(struct db *db, int shop, struct bytes hash,
				struct session *out) MUST_CHECK;

/* 14 days idle; by a mailed link (only_ticket) 7 days. */
struct err *store_session_add_customer(struct db *db, int shop, struct bytes hash,
				       int64_t customer_id, int64_t only_ticket,
				       const char *orders) MUST_CHECK;
/* 12 hours idle, 7 days at most. */
struct err *store_session_add_agent(struct db *db, struct bytes hash,
				    int64_t agent_id, const char *remote,
				    const char *browser) MUST_CHECK;
/* Still here: move the idle end ahead. */
struct err *store_session_renew_customer(struct db *db, struct bytes hash) MUST_CHECK;
struct err *store_session_renew_agent(struct db *db, struct bytes hash) MUST_CHECK;

struct err *store_session_drop_customer(struct db *db, struct bytes hash) MUST_CHECK;
struct err *store_session_drop_agent(struct db *db, struct bytes hash) MUST_CHECK;
/* All of one person: on a new password, on leaving, by the shop's sign-out. */
struct err *store_session_end_customer(struct db *db, int64_t customer_id) MUST_CHECK;
struct err *store_session_end_agent(struct db *db, int64_t agent_id) MUST_CHECK;

/* Expired rows of sessions, sign-in tokens, links, throttles, form tokens and
 * guests' requests; at most 1,000 of each. */
struct err *store_session_reap(struct db *db) MUST_CHECK;

#endif
