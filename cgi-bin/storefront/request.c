/*
 * The customer's requests, and the form for a new one.
 *
 *	GET  /requests		open or closed, newest change first; ?q= searches
 *	GET  /new		about an order (?order=), or about none
 *	POST /new		sends it
 *	GET  /sent/:number	what happens next
 */
#include <string.h>

#include "base/address.h"
#include "base/arena.h"
#include "base/html.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/words.h"
#include "desk/catalog.h"
#include "desk/mine.h"
#include "desk/order.h"
#include "desk/ticket.h"
#include "port/view.h"
#include "storefront/routes.h"
#include "web/form.h"
#include "web/look.h"
#include "web/mine.h"
#include "web/write.h"

enum { REQUESTS = 10, MOST_QUERY = 100 };

static struct keyset keyset(const struct req *req)
{
	struct keyset k = { .limit = REQUESTS };
	const char *at = web_query(req, "at");

	k.id = web_query_number(req, "id", 1, INT64_MAX, 0);
	if (k.id && clock_parse(at))
		k.at = clock_sql(req->arena, clock_parse(at));
	return k;
}

static void show_older(struct req *req, const struct ticket_row *last, bool closed)
{
	view_put(req->view, "Pager.older",
		 arena_printf(req->arena, "%s/requests?%sat=%s&id=%lld",
			      req->desk.urls->storefront,
			      closed ? "state=closed&" : "",
			      html_url(req->arena, last->updated_at),
			      (long long) last->id));
}

struct err *storefront_request_list(struct req *req)
{
	const char *words = utf8_brief(req->arena, web_query(req, "q"), MOST_QUERY);
	bool closed = !strcmp(web_query(req, "state"), "closed");
	const struct keyset k = keyset(req);
	const struct ticket_row *t;
	struct rows rows;

	if (*words)
		TRY(mine_search(&req->desk, &req->who, words, &rows));
	else
		TRY(mine_list(&req->desk, &req->who, closed, &k, &rows));
	t = rows.at;
	for (size_t i = 0; i < rows.n && (*words || i < REQUESTS); i++)
		look_ticket_row(req, node_item(view_at(req->view, "Tickets")), &t[i]);
	if (!*words && rows.n > REQUESTS)
		show_older(req, &t[REQUESTS - 1], closed);
	if (k.at)
		view_put(req->view, "Pager.newer",
			 arena_printf(req->arena, "%s/requests%s",
				      req->desk.urls->storefront,
				      closed ? "?state=closed" : ""));
	view_put(req->view, "State", closed ? "closed" : "open");
	view_put(req->view, "Query", *words ? words : NULL);
	view_put(req->view, "Nav.current", "requests");
	TRY(web_mine(req));
	return web_show(req, _("Your requests"), "storefront/requests.html.cs");
}

/* The order a new request is about, by what the form or the address says. */
static const char *wanted_order(const struct req *req)
{
	if (*web_part(req, 0))
		return web_part(req, 0);
	return form_has(req, "order") ? form_value(req, "order")
				      : web_query(req, "order");
}

/* *known: it is one of theirs. An unknown one is a number they typed. */
static struct err *find_order(struct req *req, struct order *o, bool *known)
{
	const char *key = wanted_order(req);
	struct err *e;
	bool away;

	*known = false;
	if (!*key)
		return NULL;
	e = order_find(&req->desk, &req->who, key, false, o, &away);
	if (e && e->kind != ERR_NOT_FOUND)
		return err_passed(e, __func__);
	*known = !e && !away;
	return NULL;
}

static struct err *show_form(struct req *req, const struct order *o, bool known,
			     const struct write_form *w)
{
	const char *base = req->desk.urls->storefront;
	struct write_place place = {
		.kind = WRITE_NEW, .lines = known,
		.url = arena_printf(req->arena, "%s/new", base),
		.cancel_url = arena_printf(req->arena, "%s/orders", base),
		.to = address_masked(req->arena, req->who.email),
	};

	if (known)
		look_order(req, view_at(req->view, "Order"), o);
	view_put(req->view, "Nav.current", known ? "orders" : "requests");
	TRY(write_show(req, w, &place));
	return web_show_status(req, w ? w->status : 200,
			       known ? words_say(req->arena, _("Write a message about order {1}"),
						 o->facts.order_no, NULL, NULL)
				     : _("Write a Message"),
			       "storefront/request_new.html.cs");
}

struct err *storefront_request_new(struct req *req)
{
	struct order o = { .lines.n = 0 };
	bool known;

	if (req->who.only_ticket)
		return web_redirect(req, "%s/guest", req->desk.urls->storefront);
	TRY(find_order(req, &o, &known));
	return show_form(req, &o, known, NULL);
}

/* A type may ask for an order; a customer chooses among some priorities. */
static void check(struct req *req, struct write_form *w, bool known)
{
	const struct entry *type = catalog_entry(req->desk.catalog, ENTRY_TYPE, w->type);
	const struct entry *p = catalog_entry(req->desk.catalog, ENTRY_PRIORITY,
					      w->priority);

	if (type && type->needs_order && !known)
		write_complain(req, w, "type", _("Choose an order first: this is about one"));
	if (w->priority && (!p || !p->for_customer ||
			    !catalog_switch(req->desk.catalog, "customer_priority")))
		w->priority = 0;
}

struct err *storefront_request_send(struct req *req)
{
	struct order o = { .lines.n = 0 };
	struct write_form w;
	struct opening opening;
	struct result result;
	bool known;

	TRY(find_order(req, &o, &known));
	TRY(write_read(req, WRITE_NEW, &w));
	check(req, &w, known);
	if (!w.send)
		return show_form(req, &o, known, &w);
	opening = (struct opening) {
		.writing = write_writing(req, &w),
		.subject = w.subject, .priority_id = w.priority,
		.source = TICKET_FROM_SHOP, .order = known ? &o : NULL,
		.lines = w.line, .n_lines = w.n_lines, .lang = req->reader.lang,
	};
	TRY(ticket_open(&req->desk, &req->who, &opening, &result));
	return web_redirect(req, "%s/sent/%s", req->desk.urls->storefront,
			    result.number);
}

static const char *chosen_lines(struct req *req, const struct rows *lines)
{
	const struct ticket_line *line = lines->at;
	struct str s;

	str_init(&s, req->arena, 1000);
	for (size_t i = 0; i < lines->n; i++)
		if (line[i].chosen)
			str_addf(&s, "%s%s", s.len ? ", " : "", line[i].name);
	return s.len ? s.text : NULL;
}

static const char *file_names(struct req *req, const struct rows *files)
{
	const struct upload *u = files->at;
	struct str s;

	str_init(&s, req->arena, 1000);
	for (size_t i = 0; i < files->n; i++)
		str_addf(&s, "%s%s", i ? ", " : "", u[i].name);
	return s.len ? s.text : NULL;
}

struct err *storefront_request_sent(struct req *req)
{
	struct reading r;

	TRY(ticket_read(&req->desk, &req->who, web_part(req, 0), 0, &r));
	look_ticket(req, view_at(req->view, "Ticket"), &r.ticket);
	view_put(req->view, "Lines", chosen_lines(req, &r.lines));
	view_put(req->view, "Files", file_names(req, &r.files));
	if (catalog_switch(req->desk.catalog, "receipts"))
		view_put(req->view, "Sent.to",
			 address_masked(req->arena, req->who.email));
	view_put(req->view, "Nav.current", "requests");
	return web_show(req, _("We have your message"),
			"storefront/request_sent.html.cs");
}
