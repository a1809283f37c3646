/*
 * desk - what every rule needs at hand, for the length of one request.
 *
 * web/program makes one for a page, the courier for a round, tests for
 * themselves. Rules take it first, then who asks.
 */
#ifndef DESK_DESK_H
#define DESK_DESK_H

#include "base/err.h"
#include "base/shape.h"
#include "store/actor.h"

struct arena;
struct blob_store;
struct catalog;
struct db;
struct order_source;

struct desk_urls {
	const char *storefront, *board, *panel, *config;	/* absolute, no slash at the end */
	const char *shop_login;		/* the shop's help link, NULL: none */
	const char *shop_order;		/* the shop's page of an order, {order} replaced by its key; NULL: none */
};

struct desk {
	struct arena *arena;
	struct db *db;
	const struct catalog *catalog;	/* settings and the owner's lists */
	struct order_source *orders;	/* the shop beside us; NULL: none */
	const char *told_orders;	/* JSON of the visitor's token, see desk/token.h; NULL: none */
	struct blob_store *blobs;
	const struct desk_urls *urls;
};

#endif
