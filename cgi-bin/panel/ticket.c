/*
 * A ticket: what was said, and the form to answer.
 *
 *	GET  /ticket/:n		?before= shows older messages
 *	POST /ticket/:n		a reply or a note
 *	GET  /ticket/:n/previous, /next	to its neighbour among those that need
 *				an answer; to the inbox when there is none
 *	GET  /ticket/:n/news	304, or one line about what is new
 *	GET  /ticket/:n/order	the order as it is now, a fragment: a slow
 *				shop never slows the page down
 */
#include <string.h>

#include "base/arena.h"
#include "base/words.h"
#include "desk/catalog.h"
#include "desk/delivery.h"
#include "desk/inbox.h"
#include "desk/order.h"
#include "desk/postmark.h"
#include "desk/ticket.h"
#include "panel/people.h"
#include "panel/routes.h"
#include "panel/ticket.h"
#include "panel/views.h"
#include "port/http.h"
#include "port/view.h"
#include "web/form.h"
#include "web/look.h"

const char *ticket_address(struct req *req, const char *number)
{
	return arena_printf(req->arena, "%s/ticket/%s", req->desk.urls->panel, number);
}

/* --- the form ------------------------------------------------------------ */

static struct node *then_item(struct req *req, int64_t status)
{
	struct node *n = node_item(view_at(req->view, "Write.then"));

	look_entry(req, n, ENTRY_STATUS, status);
	return n;
}

/*
 * What may follow a reply: as the events say, any other status, or none of
 * it. The first has no id, so that it is the events that say it.
 */
static void show_then(struct req *req, const struct ticket *t)
{
	const struct catalog *c = req->desk.catalog;
	const struct entry *now = catalog_status(c, t->status_id), *usual, *e;
	struct node *n;
	bool refused;
	size_t many;

	usual = catalog_status(c, catalog_follows(c, t->first_reply_at
				? AGENT_REPLY_NEXT : AGENT_REPLY_FIRST,
				t->status_id, &refused));
	if (!now || !usual)
		return;
	n = then_item(req, usual->id);
	node_put(n, "id", "");
	node_switch(n, "usual", true);
	e = catalog_entries(c, ENTRY_STATUS, &many);
	for (size_t i = 0; i < many; i++)
		if (!e[i].archived && e[i].id != usual->id && e[i].id != now->id)
			then_item(req, e[i].id);
	if (usual->id == now->id)
		return;
	n = then_item(req, now->id);
	node_put(n, "id", "keep");
	node_switch(n, "keep", true);
}

static struct err *show_form(struct req *req, const struct ticket *t,
			     const struct write_form *w)
{
	struct write_place place = {
		.kind = WRITE_FOLLOW_UP, .url = ticket_address(req, t->number),
		.to = t->customer_email, .seen = t->last_message_id,
		.type = t->type_id, .priority = t->priority_id,
	};

	if (!actor_may(&req->who, RIGHT_REPLY) && !actor_may(&req->who, RIGHT_NOTE)) {
		look_entries(req, ENTRY_TYPE, t->type_id);
		look_entries(req, ENTRY_PRIORITY, t->priority_id);
		return NULL;
	}
	if (actor_may(&req->who, RIGHT_CHANGE) &&
	    ticket_may_leave(&req->desk, &req->who, t))
		show_then(req, t);
	TRY(write_show(req, w, &place));
	return NULL;
}

/* --- what stands around it ------------------------------------------------- */

static void show_customer(struct req *req, const struct ticket *t)
{
	struct node *n = view_at(req->view, "Customer");

	look_person(req, n, t->customer_id, t->customer_name);
	node_put(n, "email", t->customer_email);
	node_put(n, "phone", t->customer_phone);
}

/* Who stands there is looked up when somebody goes there. */
static void show_around(struct req *req, const struct ticket *t)
{
	const char *url = ticket_address(req, t->number);

	view_put(req->view, "Around.previous", arena_printf(req->arena, "%s/previous", url));
	view_put(req->view, "Around.next", arena_printf(req->arena, "%s/next", url));
}

static struct err *show_earlier(struct req *req, const struct ticket *t)
{
	const struct ticket_row *row;
	struct rows rows;

	TRY(inbox_earlier(&req->desk, &req->who, t, &rows));
	row = rows.at;
	for (size_t i = 0; i < rows.n; i++)
		look_ticket_row(req, node_item(view_at(req->view, "EarlierTickets")),
				&row[i]);
	return NULL;
}

static void show_talk(struct req *req, const struct reading *r, int64_t before)
{
	const char *url = ticket_address(req, r->ticket.number);
	const struct message *first = r->messages.at;

	look_conversation(req, view_at(req->view, "Messages"), r, 0);
	if (r->more)
		view_put(req->view, "Older.url", arena_printf(req->arena, "%s?before=%lld",
						url, (long long) first->id));
	if (before)
		return;
	view_put(req->view, "Poll.url", arena_printf(req->arena, "%s/news?seen=%lld", url,
				(long long) r->ticket.last_message_id));
	view_number(req->view, "Poll.tag", r->ticket.last_message_id);
}

static void show_order(struct req *req, const struct reading *r)
{
	struct node *order = view_at(req->view, "Order");

	look_order_copy(req, order, &r->ticket, &r->lines);
	if (r->ticket.order_key)
		node_put(order, "now_url", arena_printf(req->arena, "%s/order",
				ticket_address(req, r->ticket.number)));
}

/* Marks at the messages, and a warning where somebody would write. */
static struct err *show_deliveries(struct req *req, struct reading *r)
{
	struct delivery_state state;

	TRY(delivery_of(&req->desk, &req->who, &r->ticket, &state));
	r->deliveries = state.letters;
	if (!state.undeliverable && !state.delayed)
		return NULL;
	view_put(req->view, "Write.unreachable", delivery_kind_codes[
		 state.undeliverable ? DELIVERY_FAILED : DELIVERY_DELAYED]);
	view_put(req->view, "Write.unreachable_why", state.why);
	return NULL;
}

struct err *ticket_page(struct req *req, const struct write_form *w, int status)
{
	int64_t before = web_query_number(req, "before", 1, INT64_MAX, 0);
	const struct ticket *t;
	struct reading r;

	TRY(ticket_read(&req->desk, &req->who, web_part(req, 0), before, &r));
	TRY(postmark_list(&req->desk, &req->who, &r, &r.postmarks, &r.n_postmarks));
	t = &r.ticket;
	look_ticket(req, view_at(req->view, "Ticket"), t);
	TRY(show_deliveries(req, &r));
	view_switch(req->view, "May.change", actor_may(&req->who, RIGHT_CHANGE));
	show_talk(req, &r, before);
	show_order(req, &r);
	show_customer(req, t);
	look_entries(req, ENTRY_STATUS, t->status_id);
	views_agents(req, t->owner_id);
	TRY(people_show(req, &r));
	TRY(relations_show(req, t));
	TRY(show_earlier(req, t));
	show_around(req, t);
	TRY(show_form(req, t, w));
	view_put(req->view, "Nav.current", "inbox");
	return web_show_status(req, status,
			       arena_printf(req->arena, "%s – %s", t->subject, t->number),
			       "panel/ticket.html.cs");
}

struct err *panel_ticket_show(struct req *req)
{
	return ticket_page(req, NULL, 200);
}

struct err *panel_ticket_write(struct req *req)
{
	struct writing writing;
	struct write_form w;
	struct result result;
	struct ticket t;

	if (!write_is_ours(req))
		TRY(ticket_find(&req->desk, &req->who, web_part(req, 0), &t));
	TRY(write_read(req, WRITE_FOLLOW_UP, &w));
	if (!w.send)
		return ticket_page(req, &w, w.status);
	writing = write_writing(req, &w);
	TRY(ticket_write_to(&req->desk, &req->who, web_part(req, 0), &writing, &result));
	if (result.what == OVERTAKEN) {
		write_overtaken(req, &w, &result);
		return ticket_page(req, &w, w.status);
	}
	TRY(web_flash(req, result.what == WRITTEN_BEFORE ? "before" :
			   w.note ? "noted" : "sent"));
	return web_redirect(req, "%s#m%lld", ticket_address(req, result.number),
			    (long long) result.message_id);
}

static struct err *go(struct req *req, bool forward)
{
	const char *previous, *next, *there;
	struct ticket t;

	TRY(ticket_find(&req->desk, &req->who, web_part(req, 0), &t));
	TRY(inbox_around(&req->desk, &req->who, &t, &previous, &next));
	there = forward ? next : previous;
	if (there)
		return web_redirect(req, "%s", ticket_address(req, there));
	TRY(web_flash(req, forward ? "last" : "first"));
	return web_redirect(req, "%s/inbox", req->desk.urls->panel);
}

struct err *panel_ticket_previous(struct req *req)
{
	return go(req, false);
}

struct err *panel_ticket_next(struct req *req)
{
	return go(req, true);
}

struct err *panel_ticket_news(struct req *req)
{
	int64_t seen = web_query_number(req, "seen", 1, INT64_MAX, 0);
	const char *tag;
	struct news news;

	TRY(ticket_news(&req->desk, &req->who, web_part(req, 0), seen, &news));
	tag = arena_printf(req->arena, "\"%lld\"", (long long) news.last_message_id);
	TRY(http_header(req->answer, "ETag", tag));
	if (!news.messages || !strcmp(req->visit->if_none_match, tag))
		return web_not_modified(req);
	return web_text(req, 200, words_many(req->arena, "{1} new message. Show",
					     "{1} new messages. Show", news.messages));
}

struct err *panel_ticket_order(struct req *req)
{
	struct order o = { .lines.n = 0 };
	struct ticket t;
	bool away = true;

	TRY(ticket_brief(&req->desk, &req->who, web_part(req, 0), &t));
	if (!t.order_key)
		return FAIL(req->arena, ERR_NOT_FOUND, "ticket %s has no order", t.number);
	TRY(order_find(&req->desk, &req->who, t.order_key, true, &o, &away));
	view_switch(req->view, "Shop.down", away);
	if (!away)
		look_order(req, view_at(req->view, "Order"), &o);
	return web_fragment(req, away ? 503 : 200, "parts/slip.fragment.html.cs");
}
