/*
 * order - the shop's orders as the desk sees them: nine views, read only.
 *
 * A shop that is down, slow or wrongly mapped never breaks a page: all its
 * statements of a request share two seconds, connecting included; after a
 * failure it is left alone for thirty. What cannot be read is told as `away`,
 * never as an error (DECISIONS 31). Then a visitor's orders are those their
 * signed token told (desk/token.h), if it told any.
 */
#ifndef DESK_ORDER_H
#define DESK_ORDER_H

#include "base/err.h"
#include "base/shape.h"
#include "port/db.h"
#include "store/actor.h"
#include "store/shop.h"

struct arena;
struct conf;
struct desk;
struct order_source;

struct order {
	struct shop_order facts;
	struct rows lines;		/* struct shop_line */
	struct rows addresses, shipments, refunds, events;
};

/* Once per process, from the section [shop.<id>]. Nothing is connected yet. */
struct order_source *order_source_open(struct arena *a, const struct conf *conf,
				       const char *shop);
/* After the last request's arena was reset: that is where it hangs on. */
void order_source_close(struct order_source *s);
/* Look on at what it asks the shop: db_watch(). */
void order_source_watch(struct order_source *s, db_watch_fn *fn, void *ctx);
/* With every request: its arena, two fresh seconds, and how the views are to
 * be read, which is looked up again when the revision is another one. */
struct err *order_source_enter(struct order_source *s, struct db *ours,
			       struct arena *request, int64_t revision) MUST_CHECK;

/* The customer's own orders: of the account, or of a guest's proven address. */
struct err *order_list(struct desk *d, const struct actor *who,
		       struct shop_cursor before, int limit,
		       struct shop_orders *out, bool *away) MUST_CHECK;
/* The lines of each, in the same order; rows of struct shop_line. */
struct err *order_lines_of(struct desk *d, const struct rows *orders,
			   struct rows *lines, bool *away) MUST_CHECK;

/* One order. Somebody else's is ERR_NOT_FOUND for a customer. `whole` reads
 * addresses, parcels, refunds and history too, not only lines. */
struct err *order_find(struct desk *d, const struct actor *who, const char *key,
		       bool whole, struct order *out, bool *away) MUST_CHECK;

/* For agents: by number, or by a customer's address; at most ten. */
struct err *order_search(struct desk *d, const struct actor *who,
			 const char *words, struct rows *out, bool *away) MUST_CHECK;
/* For agents: who has this address in the shop; rows of struct shop_customer,
 * accounts before guests, at most ten. */
struct err *order_customers(struct desk *d, const struct actor *who,
			    const char *email, struct rows *out,
			    bool *away) MUST_CHECK;

#endif
