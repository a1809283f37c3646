#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/html.h"
#include "base/locale.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/words.h"
#include "desk/catalog.h"
#include "port/view.h"
#include "web/form.h"
#include "web/house.h"
#include "web/look.h"

enum { COLOURS = 6, HEX = 64 };

static bool staff(const struct req *req)
{
	return req->house->audience == AUDIENCE_AGENTS;
}

static const char *program_url(const struct req *req)
{
	return staff(req) ? req->desk.urls->panel : req->desk.urls->board;
}

/* The first letters of the first and the last word. */
static const char *initials(struct arena *a, const char *name)
{
	const char *last = strrchr(name, ' ');
	struct str s;

	str_init(&s, a, 16);
	for (const char *at = name; at; at = last > at ? last : NULL) {
		size_t n = 1;

		at += *at == ' ';
		while (at[n] && ((unsigned char) at[n] & 0xc0) == 0x80)
			n++;
		if (*at && n == 1)
			str_addf(&s, "%c", toupper((unsigned char) *at));
		else
			str_addn(&s, at, *at ? n : 0);
	}
	return s.text;
}

void look_person(struct req *req, struct node *n, int64_t id, const char *name)
{
	node_put(n, "name", name);
	node_put(n, "initials", initials(req->arena, name ? name : ""));
	node_number(n, "colour", 1 + id % COLOURS);
}

void look_time_(struct req *req, struct node *n, const char *text,
		const char *name, const char *iso, const char *brief)
{
	instant t = text ? clock_parse(text) : 0;

	if (!t)
		return;
	node_put_(n, name, locale_time(req->arena, &req->reader, t));
	node_put_(n, iso, clock_iso(req->arena, t));
	node_put_(n, brief, locale_short(req->arena, &req->reader, t));
}

const char *look_image(struct req *req, const char *image)
{
	if (!image || !*image)
		return NULL;
	if (strlen(image) == HEX && !strchr(image, '.'))
		return arena_printf(req->arena, "%s/image/%s",
				    req->desk.urls->storefront, image);
	return arena_printf(req->arena, "%s/images/%s?v=%s", req->house->assets,
			    image, req->house->assets_version);
}

static const char *turn_code(const struct req *req, int64_t status_id)
{
	enum turn turn = catalog_turn(req->desk.catalog, status_id);

	if (turn == TURN_NOBODY || turn == TURN_OVER)
		return "nobody";
	return (turn == TURN_STORE) == staff(req) ? "you" : "other";
}

void look_turn(struct req *req, struct node *n, int64_t status_id)
{
	const char *who = turn_code(req, status_id);

	node_put(n, "who", who);
	if (!strcmp(who, "you"))
		node_put(n, "text", staff(req) ? _("Needs an answer") : _("Waiting for you"));
	else if (!strcmp(who, "other"))
		node_put(n, "text", staff(req) ? _("Waiting for the customer")
					       : _("We are working on it"));
	else
		node_put(n, "text", catalog_is_closed(req->desk.catalog, status_id)
			 ? _("Closed") : _("On hold"));
}

void look_entry(struct req *req, struct node *n, enum entry_kind kind, int64_t id)
{
	const struct catalog *c = req->desk.catalog;
	const struct entry *e = kind == ENTRY_STATUS ? catalog_status(c, id)
						     : catalog_entry(c, kind, id);

	if (!e)
		return;
	node_number(n, "id", e->id);
	node_put(n, "key", e->code);
	node_put(n, "name", staff(req) ? catalog_name(c, kind, e->id, req->reader.lang)
		 : catalog_customer_name(c, kind, e->id, req->reader.lang));
	node_put(n, "colour", e->colour);
	node_put(n, "image", look_image(req, e->image));
	if (kind == ENTRY_TYPE)
		node_put(n, "hint", catalog_hint(c, e->id, req->reader.lang));
	if (kind == ENTRY_STATUS)
		node_put(n, "turn", turn_code(req, e->id));
}

void look_entries(struct req *req, enum entry_kind kind, int64_t selected)
{
	struct node *list = kind == ENTRY_TYPE ? view_at(req->view, "Types") :
			    kind == ENTRY_STATUS ? view_at(req->view, "Statuses")
						 : view_at(req->view, "Priorities");
	const struct entry *e;
	size_t n;

	e = catalog_entries(req->desk.catalog, kind, &n);
	for (size_t i = 0; i < n; i++) {
		struct node *item;

		if (e[i].archived && e[i].id != selected)
			continue;
		if (kind == ENTRY_PRIORITY && !staff(req) && !e[i].for_customer)
			continue;
		item = node_item(list);
		look_entry(req, item, kind, e[i].id);
		node_switch(item, "selected", e[i].id == selected);
	}
}

/* What tickets and their rows in lists share. */
static void ticket_values(struct req *req, struct node *n, const char *number,
			  int64_t type_id, int64_t status_id, int64_t priority_id)
{
	node_put(n, "number", number);
	node_put(n, "url", arena_printf(req->arena, "%s/ticket/%s",
					program_url(req), number));
	look_entry(req, node_at(n, "type"), ENTRY_TYPE, type_id);
	look_entry(req, node_at(n, "status"), ENTRY_STATUS, status_id);
	look_entry(req, node_at(n, "priority"), ENTRY_PRIORITY, priority_id);
	look_turn(req, node_at(n, "turn"), status_id);
	node_switch(n, "closed", catalog_is_closed(req->desk.catalog, status_id));
}

static const char *order_page(struct req *req, const char *key)
{
	return arena_printf(req->arena, "%s/order/%s", program_url(req),
			    html_url(req->arena, key));
}

static void look_order_ref(struct req *req, struct node *n, const char *key,
			   const char *no)
{
	if (!key)
		return;
	node_put(n, "key", key);
	node_put(n, "no", no ? no : key);
	node_put(n, "url", order_page(req, key));
}

void look_ticket(struct req *req, struct node *n, const struct ticket *t)
{
	struct node *customer = node_at(n, "customer");

	node_number(n, "id", t->id);
	ticket_values(req, n, t->number, t->type_id, t->status_id, t->priority_id);
	node_put(n, "subject", t->subject);
	node_put(n, "opened_by", t->opened_by_name);
	look_time(req, n, "opened_at", t->created_at);
	look_time(req, n, "updated_at", t->updated_at);
	node_put(n, "opened_iso", clock_iso(req->arena, clock_parse(t->created_at)));
	node_put(n, "updated_iso", clock_iso(req->arena, clock_parse(t->updated_at)));
	node_number(n, "version", t->version);
	look_order_ref(req, node_at(n, "order"), t->order_key, t->order_no);
	look_person(req, customer, t->customer_id, t->customer_name);
	node_put(customer, "email", t->customer_email);
	node_put(customer, "phone", t->customer_phone);
	if (t->owner_id)
		look_person(req, node_at(n, "owner"), t->owner_id,
			    catalog_agent_name(req->desk.catalog, t->owner_id));
	node_number(node_at(n, "owner"), "id", t->owner_id);
}

/* The first words on one line, for lists. */
static const char *snippet(struct arena *a, const char *text)
{
	return text ? utf8_brief(a, text, 140) : NULL;
}

static const char *brief(struct req *req, const char *text)
{
	return locale_short(req->arena, &req->reader, clock_parse(text));
}

void look_ticket_row(struct req *req, struct node *n, const struct ticket_row *t)
{
	bool unseen = t->last_public_id > t->customer_seen_id;

	node_number(n, "id", t->id);
	ticket_values(req, n, t->number, t->type_id, t->status_id, t->priority_id);
	node_put(n, "subject", t->subject);
	node_put(n, "snippet", t->summary ? t->summary
					  : snippet(req->arena, t->last_words));
	node_switch(n, "new", !staff(req) && unseen);
	if (t->last_files)
		node_number(n, "files", t->last_files);
	node_put(n, "opened_at", brief(req, t->created_at));
	node_put(n, "updated_at", brief(req, t->updated_at));
	node_put(n, "opened_iso", clock_iso(req->arena, clock_parse(t->created_at)));
	node_put(n, "updated_iso", clock_iso(req->arena, clock_parse(t->updated_at)));
	if (!catalog_is_closed(req->desk.catalog, t->status_id))
		node_put(n, "waiting", locale_ago(req->arena, &req->reader,
						  clock_parse(t->waiting_since)));
	look_order_ref(req, node_at(n, "order"), t->order_key, t->order_no);
	look_person(req, node_at(n, "customer"), t->customer_id, t->customer_name);
	if (t->owner_id)
		look_person(req, node_at(n, "owner"), t->owner_id,
			    catalog_agent_name(req->desk.catalog, t->owner_id));
}

static void look_file(struct req *req, struct node *n, const struct upload *u)
{
	const char *url = arena_printf(req->arena, "%s/file/%s", program_url(req),
				       u->public_id);

	node_put(n, "id", u->public_id);
	node_put(n, "name", u->name);
	node_put(n, "size", locale_size(req->arena, &req->reader, u->size));
	node_put(n, "url", url);
	if (!u->thumb.at)
		return;
	node_put(n, "thumb", arena_printf(req->arena, "%s/thumb", url));
	node_number(n, "w", u->width);
	node_number(n, "h", u->height);
}

void look_message(struct req *req, struct node *n, const struct message *m,
		  const struct rows *files)
{
	const struct upload *u = files ? files->at : NULL;
	bool by_agent = m->author_kind == AUTHOR_AGENT;
	bool own = by_agent == staff(req) && m->author_id == req->who.id;
	struct node *author = n;

	node_number(n, "id", m->id);
	node_put(n, "kind", message_kind_codes[m->kind]);
	look_person(req, author, m->author_id, m->author_name);
	node_put(n, "author", m->author_name);
	node_switch(n, "own", own);
	look_time(req, n, "at", m->created_at);
	look_entry(req, node_at(n, "type"), ENTRY_TYPE, m->type_id);
	node_put(n, "body", m->body);
	node_put(n, "via", m->source && !strcmp(m->source, "mail") ? "mail" : "shop");
	for (size_t i = 0; files && i < files->n; i++)
		if (u[i].message_id == m->id)
			look_file(req, node_item(node_at(n, "files")), &u[i]);
}

void look_posting(struct req *req, struct node *n, const struct message *m,
		  const struct rows *files)
{
	struct node *ticket = node_at(n, "ticket");

	look_message(req, n, m, files);
	node_put(n, "snippet", snippet(req->arena, m->body));
	if (m->files)
		node_number(n, "count", m->files);
	look_entry(req, node_at(n, "status"), ENTRY_STATUS, m->status_id);
	look_entry(req, node_at(n, "priority"), ENTRY_PRIORITY, m->priority_id);
	look_order_ref(req, node_at(n, "order"), m->order_key, m->order_no);
	node_put(ticket, "number", m->number);
	node_put(ticket, "subject", m->subject);
	node_put(ticket, "url", arena_printf(req->arena, "%s/ticket/%s",
					     program_url(req), m->number));
}

static const char *named(struct req *req, enum entry_kind kind, int64_t id)
{
	return staff(req)
		? catalog_name(req->desk.catalog, kind, id, req->reader.lang)
		: catalog_customer_name(req->desk.catalog, kind, id, req->reader.lang);
}

static const char *who_did_it(struct req *req, const struct event *e)
{
	const char *agent = e->actor_kind == ACTOR_AGENT
		? catalog_agent_name(req->desk.catalog, e->actor_id) : NULL;

	if (e->cause == BY_AUTOMATON)
		return NULL;
	if (agent)
		return staff(req) ? agent
				  : catalog_text(req->desk.catalog, "shop_name");
	return e->actor_kind == ACTOR_CUSTOMER
		? staff(req) ? _("The customer") : _("You") : _("The help desk");
}

/* One line of what happened; NULL: nothing the reader needs to know. */
static const char *event_words(struct req *req, const struct event *e)
{
	const char *who = who_did_it(req, e);
	struct arena *a = req->arena;

	if (!strcmp(e->field, "status")) {
		const char *to = named(req, ENTRY_STATUS, e->new_id);

		return who ? words_say(a, _("{1} set the status to {2}"), who, to, NULL)
			   : words_say(a, _("The message set the status to {1}"), to,
				       NULL, NULL);
	}
	if (!who)
		return NULL;
	if (!strcmp(e->field, "type"))
		return words_say(a, _("{1} set the type to {2}"), who,
				 named(req, ENTRY_TYPE, e->new_id), NULL);
	if (!strcmp(e->field, "priority"))
		return words_say(a, _("{1} set the priority to {2}"), who,
				 named(req, ENTRY_PRIORITY, e->new_id), NULL);
	if (!strcmp(e->field, "subject"))
		return words_say(a, _("{1} changed the subject, it was: {2}"), who,
				 e->old_text, NULL);
	if (!strcmp(e->field, "order"))
		return e->new_text
			? words_say(a, _("{1} tied the ticket to order {2}"), who,
				    e->new_text, NULL)
			: words_say(a, _("{1} untied the ticket from its order"), who,
				    NULL, NULL);
	if (!strcmp(e->field, "owner"))
		return e->new_id == e->actor_id
			? words_say(a, _("{1} took the ticket"), who, NULL, NULL)
			: e->new_id
			? words_say(a, _("{1} handed the ticket over"), who, NULL, NULL)
			: words_say(a, _("{1} gave the ticket back"), who, NULL, NULL);
	return NULL;
}

static void look_event(struct req *req, struct node *list, const struct event *e)
{
	const char *words = event_words(req, e);
	struct node *n;

	if (!words)
		return;
	n = node_item(list);
	node_number(n, "id", e->id);
	node_put(n, "kind", "event");
	node_put(n, "body", words);
	look_time(req, n, "at", e->at);
}

void look_conversation(struct req *req, struct node *list,
		       const struct reading *r, int64_t seen)
{
	const struct message *m = r->messages.at;
	const struct event *e = r->events.at;
	bool marked = seen == 0;
	size_t next = 0;

	for (size_t i = 0; i < r->messages.n; i++) {
		struct node *n;

		/* Events older than the first message shown are left out with it. */
		for (; next < r->events.n &&
		       strcmp(e[next].at, m[i].created_at) < 0; next++)
			if (i)
				look_event(req, list, &e[next]);
		n = node_item(list);
		look_message(req, n, &m[i], &r->files);
		if (!marked && m[i].id > seen && m[i].kind != MESSAGE_NOTE) {
			node_switch(n, "unread", true);
			marked = true;
		}
	}
	for (; next < r->events.n; next++)
		look_event(req, list, &e[next]);
}

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
