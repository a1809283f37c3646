/*
 * Everything about one order in one place, for its customer.
 *
 *	GET /order/:key
 */
#include "base/arena.h"
#include "base/html.h"
#include "base/words.h"
#include "desk/mine.h"
#include "desk/order.h"
#include "port/view.h"
#include "board/routes.h"
#include "web/look.h"

enum { SHOWN = 20 };			/* messages of one ticket */

static int64_t count_of(const struct rows *messages, int64_t ticket_id)
{
	const struct message *m = messages->at;
	int64_t n = 0;

	for (size_t i = 0; i < messages->n; i++)
		n += m[i].ticket_id == ticket_id;
	return n;
}

static void show_thread(struct req *req, const struct ticket_row *t,
			const struct order_board *b)
{
	struct node *n = node_item(view_at(req->view, "Threads"));
	int64_t left_out = count_of(&b->messages, t->id) - SHOWN;
	const struct message *m = b->messages.at;
	int64_t seen = 0;

	look_ticket_row(req, n, t);
	for (size_t i = 0; i < b->messages.n; i++)
		if (m[i].ticket_id == t->id && ++seen > left_out)
			look_message(req, node_item(node_at(n, "messages")), &m[i],
				     &b->files, &b->mails);
	if (left_out > 0)
		node_number(n, "more", left_out);
}

struct err *board_order_show(struct req *req)
{
	const char *key = web_part(req, 0);
	struct node *slip = view_at(req->view, "Order");
	const struct ticket_row *t;
	struct order_board b;
	struct order o;
	struct err *e;
	bool away;

	/* Somebody else's order is as unknown as one that does not exist; one
	 * the shop cannot show now is known by the tickets about it. */
	e = order_find(&req->desk, &req->who, key, true, &o, &away);
	TRY(e);
	TRY(mine_board(&req->desk, &req->who, key, &b));
	t = b.tickets.at;
	if ((away || req->who.only_ticket) && !b.tickets.n)
		return FAIL(req->arena, ERR_NOT_FOUND, "order %s", key);
	if (away) {
		node_put(slip, "no", t[0].order_no);
		node_put(slip, "key", key);
	} else {
		look_order(req, slip, &o);
	}
	node_put(slip, "new_url", arena_printf(req->arena, "%s/new?order=%s",
		 req->desk.urls->storefront, html_url(req->arena, key)));
	for (size_t i = 0; i < b.tickets.n; i++)
		show_thread(req, &t[i], &b);
	if (b.more)
		look_older(req, &b.tickets, arena_printf(req->arena, "%s/requests",
			   req->desk.urls->storefront));
	view_switch(req->view, "Shop.down", away);
	view_put(req->view, "Nav.current", "orders");
	return web_show(req, words_say(req->arena, _("Order {1}"),
				       away ? t[0].order_no : o.facts.order_no,
				       NULL, NULL), "board/order.html.cs");
}
