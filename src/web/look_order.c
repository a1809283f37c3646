#include <string.h>

#include "base/arena.h"
#include "base/html.h"
#include "base/locale.h"
#include "base/str.h"
#include "port/view.h"
#include "web/form.h"
#include "web/house.h"
#include "web/look.h"

/* The shop's own words for a state are many; its groups are eight. */
static const char *group_colour(const char *group)
{
	static const struct { const char *group, *colour; } colours[] = {
		{ "new", "amber" }, { "paid", "amber" }, { "shipped", "green" },
		{ "refunded", "violet" }, { "cancelled", "red" }, { "failed", "red" },
	};

	for (size_t i = 0; group && i < sizeof(colours) / sizeof(*colours); i++)
		if (!strcmp(colours[i].group, group))
			return colours[i].colour;
	return "grey";
}

static const char *date(struct req *req, const char *text)
{
	return text ? locale_date(req->arena, &req->reader, clock_parse(text)) : NULL;
}

/* {order} in the configured address of the shop's own page. */
static const char *shop_page(struct req *req, const char *key)
{
	const char *pattern = req->desk.urls->shop_order;
	const char *at = pattern ? strstr(pattern, "{order}") : NULL;

	if (!at)
		return NULL;
	return arena_printf(req->arena, "%.*s%s%s", (int) (at - pattern), pattern,
			    html_url(req->arena, key), at + strlen("{order}"));
}

void look_order_row(struct req *req, struct node *n, const struct shop_order *o)
{
	look_order_ref(req, n, o->order_key, o->order_no);
	node_put(n, "id", o->order_key);
	node_put(n, "name", o->order_no);
	node_put(n, "shop_url", shop_page(req, o->order_key));
	node_put(n, "placed", date(req, o->placed_at));
	if (o->placed_at)
		node_put(n, "placed_iso", clock_iso(req->arena, clock_parse(o->placed_at)));
	node_put(n, "status", o->status_name);
	node_put(n, "colour", group_colour(o->status_group));
	if (o->total && o->currency)
		node_put(n, "total", locale_money(req->arena, &req->reader,
						  o->total, o->currency));
}

static void look_line(struct req *req, struct node *n, const char *id,
		      const char *name, const char *options, const char *sku,
		      const char *qty, const char *price, const char *currency,
		      bool chosen)
{
	node_put(n, "id", id);
	node_put(n, "name", name);
	node_put(n, "options", options);
	node_put(n, "sku", sku);
	node_put(n, "qty", qty ? locale_quantity(req->arena, &req->reader, qty) : NULL);
	if (price && currency)
		node_put(n, "price", locale_money(req->arena, &req->reader, price, currency));
	node_switch(n, "chosen", chosen);
}

static void add_part(struct str *s, const char *text)
{
	if (text && *text)
		str_addf(s, "%s%s", s->len ? ", " : "", text);
}

static void look_address(struct req *req, struct node *n, const struct rows *rows)
{
	const struct shop_address *a = rows->at, *to = NULL;
	struct str s;

	for (size_t i = 0; i < rows->n; i++)
		if (!to || !strcmp(a[i].kind, "shipping"))
			to = &a[i];
	if (!to)
		return;
	str_init(&s, req->arena, 2000);
	add_part(&s, to->name);
	add_part(&s, to->company);
	add_part(&s, to->line1);
	add_part(&s, to->line2);
	add_part(&s, arena_printf(req->arena, "%s%s%s", to->postcode ? to->postcode : "",
				  to->postcode && to->city ? " " : "",
				  to->city ? to->city : ""));
	add_part(&s, to->country);
	node_put(n, "address", s.text);
}

/* Lines ticked in the form that is shown again. */
static bool was_ticked(const struct req *req, const char *line_key)
{
	const char *ticked[TICKET_LINES];
	size_t n = form_values(req, "line", ticked, TICKET_LINES);

	for (size_t i = 0; i < n; i++)
		if (!strcmp(ticked[i], line_key))
			return true;
	return false;
}

static void look_shipments(struct node *n, const struct rows *rows)
{
	const struct shop_shipment *parcel = rows->at;

	for (size_t i = 0; i < rows->n; i++) {
		struct node *s = node_item(node_at(n, "shipments"));

		node_put(s, "carrier", parcel[i].carrier);
		node_put(s, "number", parcel[i].tracking_no);
		node_put(s, "url", parcel[i].tracking_url);
	}
}

static void look_refunds(struct req *req, struct node *n, const struct order *o)
{
	const struct shop_refund *refund = o->refunds.at;

	for (size_t i = 0; i < o->refunds.n; i++) {
		struct node *r = node_item(node_at(n, "refunds"));
		const char *currency = refund[i].currency ? refund[i].currency
							  : o->facts.currency;

		node_put(r, "at", date(req, refund[i].refunded_at));
		node_put(r, "amount", locale_money(req->arena, &req->reader,
						   refund[i].amount, currency));
		node_put(r, "reason", refund[i].reason);
	}
}

/* The desk has left out what a customer is not to read. */
static void look_history(struct req *req, struct node *n, const struct rows *rows)
{
	const struct shop_event *e = rows->at;

	for (size_t i = 0; i < rows->n; i++) {
		struct node *h = node_item(node_at(n, "history"));

		look_time(req, h, "at", e[i].at);
		node_put(h, "status", e[i].status_name);
		node_put(h, "note", e[i].note);
		node_switch(h, "internal", !e[i].is_public);
	}
}

void look_order(struct req *req, struct node *n, const struct order *o)
{
	const struct shop_line *line = o->lines.at;

	look_order_row(req, n, &o->facts);
	for (size_t i = 0; i < o->lines.n; i++)
		look_line(req, node_item(node_at(n, "lines")), line[i].line_key,
			  line[i].name, line[i].options, line[i].sku, line[i].qty,
			  line[i].unit_price, o->facts.currency,
			  was_ticked(req, line[i].line_key));
	look_shipments(n, &o->shipments);
	look_refunds(req, n, o);
	look_history(req, n, &o->events);
	look_address(req, n, &o->addresses);
}

void look_order_copy(struct req *req, struct node *n, const struct ticket *t,
		     const struct rows *lines)
{
	const struct ticket_line *line = lines->at;

	if (!t->order_key)
		return;
	look_order_ref(req, n, t->order_key, t->order_no);
	node_put(n, "shop_url", shop_page(req, t->order_key));
	node_put(n, "placed", date(req, t->order_placed_at));
	if (t->order_placed_at)
		node_put(n, "placed_iso",
			 clock_iso(req->arena, clock_parse(t->order_placed_at)));
	node_put(n, "status", t->order_status);
	node_put(n, "colour", group_colour(t->order_group));
	if (t->order_total && t->order_currency)
		node_put(n, "total", locale_money(req->arena, &req->reader,
						  t->order_total, t->order_currency));
	for (size_t i = 0; i < lines->n; i++)
		look_line(req, node_item(node_at(n, "lines")), line[i].line_key,
			  line[i].name, line[i].detail, line[i].sku, line[i].qty,
			  line[i].unit_price, t->order_currency, line[i].chosen);
}

void look_older(struct req *req, const struct rows *shown, const char *url)
{
	struct node *n = view_at(req->view, "Older");

	node_number(n, "shown", (int64_t) shown->n);
	node_put(n, "url", url);
}
