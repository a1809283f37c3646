/*
 * An order of the shop with everything that was written about it.
 *
 *	GET /order		?no= finds orders by number or address
 *	GET /order/:key		the order, its tickets, their latest messages
 */
#include <string.h>

#include "base/arena.h"
#include "base/html.h"
#include "base/utf8.h"
#include "base/words.h"
#include "desk/mine.h"
#include "desk/order.h"
#include "panel/routes.h"
#include "port/view.h"
#include "web/look.h"

enum { LATEST = 10, MOST_QUERY = 254 };

static void show_customer(struct req *req, const struct shop_order *o)
{
	struct node *n = view_at(req->view, "Customer");
	const char *name = o->customer_name && *o->customer_name ? o->customer_name
								  : o->email;

	if (!name)
		return;
	look_person(req, n, (int64_t) strlen(name), name);
	node_put(n, "email", o->email);
	node_put(n, "phone", o->phone);
}

/* Oldest first, but only the latest of them. */
static void show_messages(struct req *req, const struct order_board *b)
{
	const struct message *m = b->messages.at;
	size_t from = b->messages.n > LATEST ? b->messages.n - LATEST : 0;

	for (size_t i = from; i < b->messages.n; i++)
		look_posting(req, node_item(view_at(req->view, "Messages")), &m[i],
			     &b->files);
}

/* What our own tickets remember of an order the shop cannot show now. */
static struct err *show_copy(struct req *req, const struct order_board *b,
			     const char *key)
{
	const struct ticket_row *t = b->tickets.at;
	struct node *n = view_at(req->view, "Order");

	if (!b->tickets.n)
		return NULL;
	node_put(n, "key", key);
	node_put(n, "no", t->order_no ? t->order_no : key);
	return NULL;
}

/* The search finds them all. */
static void show_older(struct req *req, const struct order_board *b)
{
	const struct ticket_row *t = b->tickets.at;
	const char *words = arena_printf(req->arena, "order:\"%s\"",
					 t->order_no ? t->order_no : t->order_key);

	look_older(req, &b->tickets, arena_printf(req->arena, "%s/inbox?q=%s",
		   req->desk.urls->panel, html_url(req->arena, words)));
}

struct err *panel_order_show(struct req *req)
{
	const char *key = web_part(req, 0);
	struct order o = { .lines.n = 0 };
	const struct ticket_row *t;
	struct order_board b;
	struct err *e;
	bool away;

	e = order_find(&req->desk, &req->who, key, true, &o, &away);
	if (e && e->kind != ERR_NOT_FOUND)
		return err_passed(e, __func__);
	TRY(mine_board(&req->desk, &req->who, key, &b));
	if (e && !b.tickets.n)
		return err_passed(e, __func__);
	view_switch(req->view, "Shop.down", away);
	if (e || away) {
		TRY(show_copy(req, &b, key));
	} else {
		look_order(req, view_at(req->view, "Order"), &o);
		show_customer(req, &o.facts);
	}
	t = b.tickets.at;
	for (size_t i = 0; i < b.tickets.n; i++)
		look_ticket_row(req, node_item(view_at(req->view, "Tickets")), &t[i]);
	if (b.more)
		show_older(req, &b);
	show_messages(req, &b);
	view_put(req->view, "Nav.current", "order");
	return web_show(req, words_say(req->arena, _("Order {1}"), e || away ? key
				       : o.facts.order_no, NULL, NULL),
			"panel/order.html.cs");
}

static void show_found(struct req *req, const struct rows *rows)
{
	const struct shop_order *o = rows->at;

	for (size_t i = 0; i < rows->n; i++) {
		struct node *n = node_item(view_at(req->view, "Orders"));

		look_order_row(req, n, &o[i]);
		node_put(node_at(n, "customer"), "name", o[i].customer_name);
	}
}

struct err *panel_order_search(struct req *req)
{
	const char *words = utf8_brief(req->arena, web_query(req, "no"), MOST_QUERY);
	const struct shop_order *o;
	struct rows rows = { 0 };
	bool away = false;

	if (*words)
		TRY(order_search(&req->desk, &req->who, words, &rows, &away));
	o = rows.at;
	if (rows.n == 1 && !strchr(words, '@'))
		return web_redirect(req, "%s/order/%s", req->desk.urls->panel,
				    html_url(req->arena, o->order_key));
	show_found(req, &rows);
	view_put(req->view, "Query", *words ? words : NULL);
	view_switch(req->view, "Shop.down", away);
	view_put(req->view, "Nav.current", "order");
	return web_show(req, _("Orders"), "panel/order.html.cs");
}
