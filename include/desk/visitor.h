/*
 * visitor - customers who come in: by the shop's token, by a mailed link, or
 * as guests with an address that is proven first.
 */
#ifndef DESK_VISITOR_H
#define DESK_VISITOR_H

#include "base/err.h"
#include "base/shape.h"
#include "desk/ticket.h"
#include "desk/token.h"

struct desk;

/*
 * The person a token speaks of: found by the shop's key, else a guest with
 * this address is joined, else made. The session of this cookie's hash begins
 * and the token is used up in one transaction: ERR_CONFLICT when it was used
 * before.
 */
struct err *visitor_by_token(struct desk *d, int shop, const struct token *t,
			     struct bytes session) MUST_CHECK;
/* All sessions of an account end: the shop's sign-out. Unknown: nothing. */
struct err *visitor_forget(struct desk *d, int shop, const struct token *t) MUST_CHECK;

/* A link of a mail. found = false: there is no such link; expired: it was. */
struct visitor_link {
	int64_t ticket_id, customer_id;
	const char *number;
	bool found, expired;
};
struct err *visitor_by_link(struct desk *d, int shop, const char *token,
			    struct visitor_link *out) MUST_CHECK;
/* A fresh link for the ticket of an old one, mailed to its customer, if this
 * is the customer's address; nothing otherwise. */
struct err *visitor_renew_link(struct desk *d, int shop, const char *token,
			       const char *email) MUST_CHECK;

/* A guest's request: kept aside, with its files, until the mailed link is
 * confirmed. The answer is the same whatever the address or order. */
struct guest {
	const char *email, *name, *order_no;
	int64_t type_id, priority_id;
	const char *subject, *body, *lang, *zone;
	const char *const *uploads;
	size_t n_uploads;
	struct bytes holder;
	struct bytes form;		/* hash of the form's token: asked once */
};
struct err *visitor_ask(struct desk *d, int shop, const struct guest *g) MUST_CHECK;
/* found = false: unknown or expired. ticket_id is set when it was confirmed. */
struct err *visitor_asked(struct desk *d, int shop, const char *token,
			  struct guest *out, int64_t *ticket_id, bool *found) MUST_CHECK;
/* The request becomes a ticket of the proven address: tied to the order when
 * the order's address is the same. A second time finds the first result. */
struct err *visitor_confirm(struct desk *d, int shop, const char *token,
			    int64_t *customer_id, struct result *out) MUST_CHECK;

#endif
