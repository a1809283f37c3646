/*
 * customer - whom an agent writes to: somebody we know already, or whom the
 * shop knows. Nobody is made from an address that neither has ever seen.
 */
#ifndef DESK_CUSTOMER_H
#define DESK_CUSTOMER_H

#include "base/err.h"
#include "store/customer.h"
#include "store/shop.h"

struct desk;

/* By the whole address: an account before a guest. Who is known to the shop
 * alone is made; *away: the shop could not be asked. */
struct err *customer_by_address(struct desk *d, const struct actor *who,
				const char *email, struct customer *out,
				bool *found, bool *away) MUST_CHECK;

/* The one who placed the order; made when we do not know them yet. Not found:
 * the order has no address. */
struct err *customer_of_order(struct desk *d, const struct actor *who,
			      const struct shop_order *o, struct customer *out,
			      bool *found) MUST_CHECK;

/* Did they place it? By the shop's key, or by the address where one of the
 * two has no key. */
bool customer_placed(struct desk *d, const struct customer *c,
		     const struct shop_order *o);

#endif
