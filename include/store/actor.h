/*
 * actor - who asks. Every read and write of somebody's data is told.
 *
 * Made by web/session from a cookie, or by a program for itself. The store
 * chooses its literal by kind, so the row of another customer is never
 * fetched; the desk asks may() for everything an agent does.
 */
#ifndef STORE_ACTOR_H
#define STORE_ACTOR_H

#include <stdbool.h>
#include <stdint.h>

enum actor_kind { ACTOR_NOBODY, ACTOR_CUSTOMER, ACTOR_AGENT, ACTOR_SYSTEM };

enum right {
	RIGHT_READ,			/* tickets, messages, orders */
	RIGHT_REPLY,			/* write to the customer */
	RIGHT_NOTE,			/* write internal notes */
	RIGHT_CHANGE,			/* status, type, priority, subject, order, owner */
	RIGHT_CREATE,			/* open a ticket for a customer */
	RIGHT_LETTERS,			/* see letters that could not be sent, try again */
	RIGHT_CONFIG,			/* Manage Help Desk and other settings */
	RIGHT_STAFF,			/* accounts and roles */
	RIGHTS
};
extern const char *const right_codes[];	/* "read", "reply", …, NULL */

enum scope { SCOPE_NONE, SCOPE_OWN, SCOPE_DEPARTMENT, SCOPE_SHOP, SCOPE_ALL };
extern const char *const scope_codes[];	/* "", "own", …, NULL */

struct actor {
	enum actor_kind kind;
	int shop;			/* as_*.shop_id */
	int64_t id;			/* of the customer or agent */
	const char *name;
	const char *email;		/* lower case; proven */
	const char *lang, *zone;	/* NULL: not chosen */
	const char *external_id;	/* customer: the shop's key; NULL: a guest */
	int64_t only_ticket;		/* customer by mailed link: this one; else 0 */
	const char *role;		/* agent: code of the role */
	enum scope may[RIGHTS];		/* agent */
};

/* Has the agent the right at all? The system may do everything. */
bool actor_may(const struct actor *who, enum right right);

#endif
