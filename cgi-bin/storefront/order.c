/*
 * The customer's order history, with help beside each order.
 *
 *	GET /		to the orders, or to the guests' form
 *	GET /orders	ten at a time, newest first
 */
#include <string.h>

#include "base/arena.h"
#include "base/html.h"
#include "base/locale.h"
#include "base/str.h"
#include "base/words.h"
#include "desk/mine.h"
#include "desk/order.h"
#include "port/view.h"
#include "storefront/routes.h"
#include "web/look.h"
#include "web/mine.h"

enum { ORDERS = 10 };

struct err *storefront_front(struct req *req)
{
	return web_redirect(req, "%s/%s", req->desk.urls->storefront,
			    req->who.kind == ACTOR_CUSTOMER ? "orders" : "guest");
}

/* "2 Blue mugs with lid, 1 Café press": two lines, then how many more. */
static const char *items(struct req *req, const char *key, const struct rows *lines)
{
	const struct shop_line *line = lines->at;
	long n = 0;
	struct str s;

	str_init(&s, req->arena, 400);
	for (size_t i = 0; i < lines->n; i++) {
		if (strcmp(line[i].order_key, key) || ++n > 2)
			continue;
		str_addf(&s, "%s%s %s", n > 1 ? ", " : "",
			 locale_quantity(req->arena, &req->reader,
					 line[i].qty ? line[i].qty : "1"),
			 line[i].name ? line[i].name : "");
	}
	if (n > 2)
		str_addf(&s, " %s", words_many(req->arena, "and {1} more",
					       "and {1} more", n - 2));
	return s.text;
}

static void show_order(struct req *req, const struct shop_order *o,
		       const struct rows *lines, const struct rows *tickets)
{
	const struct ticket_row *t = tickets->at;
	struct node *n = node_item(view_at(req->view, "Orders"));

	look_order_row(req, n, o);
	node_put(n, "items", items(req, o->order_key, lines));
	node_put(n, "new_url", arena_printf(req->arena, "%s/new?order=%s",
		 req->desk.urls->storefront, html_url(req->arena, o->order_key)));
	for (size_t i = 0; i < tickets->n; i++)
		if (t[i].order_key && !strcmp(t[i].order_key, o->order_key))
			look_ticket_row(req, node_item(node_at(n, "tickets")), &t[i]);
}

/* The cursor is two values of the query; nonsense begins at the newest. */
static struct shop_cursor cursor(const struct req *req)
{
	const char *at = web_query(req, "at"), *key = web_query(req, "key");
	struct shop_cursor c = { 0 };

	if (*key && clock_parse(at))
		c = (struct shop_cursor) { .placed_at = at, .order_key = key };
	return c;
}

static void show_pager(struct req *req, const struct shop_orders *o)
{
	const char *here = req->desk.urls->storefront;

	if (*web_query(req, "key"))
		view_put(req->view, "Pager.newer",
			 arena_printf(req->arena, "%s/orders", here));
	if (o->more)
		view_put(req->view, "Pager.older",
			 arena_printf(req->arena, "%s/orders?at=%s&key=%s", here,
				      html_url(req->arena, o->next.placed_at),
				      html_url(req->arena, o->next.order_key)));
}

struct err *storefront_order_list(struct req *req)
{
	struct rows lines = { 0 }, tickets = { 0 };
	const struct shop_order *o;
	struct shop_orders orders;
	bool away, lines_away;

	/* A mailed link opens its one ticket, not the history. */
	if (req->who.only_ticket)
		return web_redirect(req, "%s/requests", req->desk.urls->storefront);
	TRY(order_list(&req->desk, &req->who, cursor(req), ORDERS, &orders, &away));
	TRY(order_lines_of(&req->desk, &orders.rows, &lines, &lines_away));
	TRY(mine_of_orders(&req->desk, &req->who, &orders.rows, &tickets));
	o = orders.rows.at;
	for (size_t i = 0; i < orders.rows.n; i++)
		show_order(req, &o[i], &lines, &tickets);
	show_pager(req, &orders);
	view_switch(req->view, "Shop.down", away);
	view_put(req->view, "Nav.current", "orders");
	TRY(web_mine(req));
	return web_show(req, _("Your orders"), "storefront/orders.html.cs");
}
