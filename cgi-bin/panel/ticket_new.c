/*
 * A new ticket, opened by an agent: a message to a customer, an internal
 * note, or what a customer said on the telephone.
 *
 *	GET  /new	?order= (key) or ?customer= (address) fill it in
 *	POST /new
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/html.h"
#include "base/utf8.h"
#include "base/words.h"
#include "desk/catalog.h"
#include "panel/finding.h"
#include "panel/routes.h"
#include "panel/ticket.h"
#include "panel/views.h"
#include "port/view.h"
#include "web/form.h"
#include "web/look.h"

/* Whom and what it is about, as far as it is known. */
struct about {
	struct customer customer;
	struct order order;
	bool has_order;
};

static int64_t first_status(struct req *req)
{
	bool refused;

	return catalog_follows(req->desk.catalog, CREATED_BY_AGENT, 0, &refused);
}

static void show_about(struct req *req, const struct about *a)
{
	struct node *n = view_at(req->view, "Customer");

	if (a->has_order)
		look_order(req, view_at(req->view, "Order"), &a->order);
	if (!a->customer.email)
		return;
	look_person(req, n, a->customer.id, a->customer.name);
	node_put(n, "email", a->customer.email);
	node_put(n, "phone", a->customer.phone);
}

static struct err *show(struct req *req, const struct about *a,
			const struct write_form *w)
{
	const char *panel = req->desk.urls->panel;
	const struct write_place place = {
		.kind = WRITE_NEW, .url = arena_printf(req->arena, "%s/new", panel),
		.cancel_url = !a->has_order
			? arena_printf(req->arena, "%s/inbox", panel)
			: arena_printf(req->arena, "%s/order/%s", panel,
				       html_url(req->arena, a->order.facts.order_key)),
	};

	show_about(req, a);
	look_entries(req, ENTRY_STATUS, first_status(req));
	views_agents(req, req->who.id);
	view_put(req->view, "Nav.current", a->has_order ? "order" : "inbox");
	TRY(write_show(req, w, &place));
	return web_show_status(req, w ? w->status : 200, _("New ticket"),
			       "panel/ticket_new.html.cs");
}

/* The order's page and its link lead here with the key. */
static struct err *order_of_link(struct req *req, struct about *a)
{
	const char *key = web_query(req, "order"), *email;
	bool away;

	if (!*key)
		return NULL;
	TRY(order_find(&req->desk, &req->who, key, false, &a->order, &away));
	if (away) {
		form_fill(req, "order", key);
		view_switch(req->view, "Shop.down", true);
		return NULL;
	}
	a->has_order = true;
	email = a->order.facts.email;
	a->customer.email = email;
	a->customer.name = a->order.facts.customer_name;
	a->customer.phone = a->order.facts.phone;
	form_fill(req, "order", a->order.facts.order_no);
	form_fill(req, "customer", email);
	return NULL;
}

struct err *panel_ticket_new(struct req *req)
{
	struct about a = { .has_order = false };

	form_fill(req, "customer", web_query(req, "customer"));
	TRY(order_of_link(req, &a));
	return show(req, &a, NULL);
}

/* The order they typed, then whose ticket it is: the customer they named,
 * else whoever placed the order. */
static struct err *find_about(struct req *req, struct write_form *w, struct about *a)
{
	const char *no = utf8_line(req->arena, form_value(req, "order"));
	const char *name = utf8_line(req->arena, form_value(req, "customer"));
	const char *wrong = NULL;
	bool by_order;

	if (!*no && *name && !strchr(name, '@'))
		no = name;	/* a number where the customer stands */
	if (*no) {
		TRY(finding_order(req, no, &a->order, &wrong));
		a->has_order = !wrong;
	}
	if (wrong)
		write_complain(req, w, no == name ? "customer" : "order", wrong);
	by_order = a->has_order && (!*name || no == name);
	if (wrong && no == name)
		return NULL;
	if (by_order)
		name = a->order.facts.order_key;
	wrong = *name ? NULL : _("Enter an e-mail address or an order number");
	if (*name)
		TRY(finding_customer(req, name, &a->customer, &wrong));
	if (wrong)
		write_complain(req, w, "customer", wrong);
	else if (a->has_order && !customer_placed(&req->desk, &a->customer, &a->order.facts))
		write_complain(req, w, "order", words_say(req->arena,
			_("Order {1} was placed by somebody else: {2}"),
			a->order.facts.order_no, a->order.facts.customer_name
			? a->order.facts.customer_name : a->order.facts.email, NULL));
	return NULL;
}

static struct opening opening_of(struct req *req, const struct write_form *w,
				 const struct about *a)
{
	struct opening o = {
		.writing = write_writing(req, w), .subject = w->subject,
		.priority_id = w->priority, .source = TICKET_FROM_PANEL,
		.order = a->has_order ? &a->order : NULL,
		.lines = w->line, .n_lines = w->n_lines,
		.customer_id = a->customer.id,
		.owner_id = strtoll(form_value(req, "owner"), NULL, 10),
		.to_customer = strcmp(form_value(req, "kind"), "customer") != 0 && !w->note,
		.lang = a->customer.lang ? a->customer.lang
					 : catalog_text(req->desk.catalog, "language"),
	};

	o.writing.then = strtoll(form_value(req, "status"), NULL, 10);
	return o;
}

struct err *panel_ticket_send(struct req *req)
{
	struct about a = { .has_order = false };
	struct write_form w;
	struct opening o;
	struct result r;

	TRY(write_read(req, WRITE_NEW, &w));
	if (w.send || w.status == 422)
		TRY(find_about(req, &w, &a));
	if (!w.send)
		return show(req, &a, &w);
	o = opening_of(req, &w, &a);
	TRY(ticket_open(&req->desk, &req->who, &o, &r));
	TRY(web_flash(req, r.what == WRITTEN_BEFORE ? "before" : "created"));
	return web_redirect(req, "%s", ticket_address(req, r.number));
}
