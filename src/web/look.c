#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/html.h"
#include "base/locale.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/words.h"
#include "desk/catalog.h"
#include "store/delivery.h"
#include "port/view.h"
#include "web/form.h"
#include "web/house.h"
#include "web/look.h"
#include "web/look_postmark.h"

enum { COLOURS = 6, HEX = 64, SNIPPET = 100, SUBJECT = 90 };

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
		size_t n;

		at += *at == ' ';
		n = *at != '\0';
		while (n && ((unsigned char) at[n] & 0xc0) == 0x80)
			n++;
		if (n == 1)
			str_addf(&s, "%c", toupper((unsigned char) *at));
		else
			str_addn(&s, at, n);
	}
	return s.text;
}

void look_face(struct req *req, struct node *n, int64_t id, const char *name)
{
	node_put(n, "initials", initials(req->arena, name));
	node_number(n, "colour", 1 + id % COLOURS);
}

void look_person(struct req *req, struct node *n, int64_t id, const char *name)
{
	node_put(n, "name", name);
	look_face(req, n, id, name ? name : "");
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

/* An entry of the catalogue, filled once for all rows of a page. */
struct look_entry {
	struct look_entry *next;
	enum entry_kind kind;
	int64_t id;
	struct node *values, *turn;
};

static const struct look_entry *entry_shown(struct req *req, enum entry_kind kind,
					    int64_t id)
{
	struct look_entry *e;

	for (e = req->entries; e; e = e->next)
		if (e->id == id && e->kind == kind)
			return e;
	e = NEW(req->arena, struct look_entry);
	*e = (struct look_entry) {
		.next = req->entries, .kind = kind, .id = id,
		.values = node_new(req->arena), .turn = node_new(req->arena),
	};
	look_entry(req, e->values, kind, id);
	if (kind == ENTRY_STATUS)
		look_turn(req, e->turn, id);
	req->entries = e;
	return e;
}

static void look_kinds(struct req *req, struct node *n, int64_t status_id,
		       int64_t priority_id)
{
	const struct look_entry *status = entry_shown(req, ENTRY_STATUS, status_id);

	node_same(n, "status", status->values);
	node_same(n, "turn", status->turn);
	node_same(n, "priority", entry_shown(req, ENTRY_PRIORITY, priority_id)->values);
}

static void look_type(struct req *req, struct node *n, int64_t type_id)
{
	node_same(n, "type", entry_shown(req, ENTRY_TYPE, type_id)->values);
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

static const char *ticket_page(struct req *req, const char *number)
{
	return arena_join(req->arena, program_url(req), "/ticket/", number);
}

/* What tickets and their rows in lists share. */
static void ticket_values(struct req *req, struct node *n, const char *number,
			  int64_t type_id, int64_t status_id, int64_t priority_id)
{
	node_put(n, "number", number);
	node_put(n, "url", ticket_page(req, number));
	look_type(req, n, type_id);
	look_kinds(req, n, status_id, priority_id);
	node_switch(n, "closed", catalog_is_closed(req->desk.catalog, status_id));
}

static const char *order_page(struct req *req, const char *key)
{
	return arena_join(req->arena, program_url(req), "/order/",
			  html_url(req->arena, key));
}

void look_order_ref(struct req *req, struct node *n, const char *key,
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
	return text ? utf8_fit(a, text, SNIPPET) : NULL;
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
	node_put(n, "subject", utf8_fit(req->arena, t->subject, SUBJECT));
	node_put(n, "snippet", snippet(req->arena, t->summary ? t->summary
							      : t->last_words));
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

static bool is_own(const struct req *req, const struct message *m)
{
	return (m->author_kind == AUTHOR_AGENT) == staff(req) &&
	       m->author_id == req->who.id;
}

void look_message(struct req *req, struct node *n, const struct message *m,
		  const struct rows *files, const struct rows *mails)
{
	const struct message_mail *mail = look_mail(req, n, m, mails);
	const struct upload *u = files ? files->at : NULL;

	node_number(n, "id", m->id);
	node_put(n, "kind", message_kind_codes[m->kind]);
	look_person(req, n, m->author_id, m->author_name);
	node_put(n, "author", m->author_name);
	node_switch(n, "own", is_own(req, m));
	look_time(req, n, "at", m->created_at);
	look_type(req, n, m->type_id);
	node_put(n, "body", m->body);
	node_put(n, "via", m->source && !strcmp(m->source, "mail") ? "mail" : "shop");
	for (size_t i = 0; files && i < files->n; i++)
		if (u[i].message_id == m->id && !look_in_mail(mail, &u[i]))
			look_file(req, node_item(node_at(n, "files")), &u[i]);
}

void look_posting(struct req *req, struct node *n, const struct message *m,
		  const struct rows *files)
{
	struct node *ticket = node_at(n, "ticket");

	look_message(req, n, m, files, NULL);
	node_put(n, "snippet", snippet(req->arena, m->body));
	if (m->files)
		node_number(n, "count", m->files);
	look_kinds(req, n, m->status_id, m->priority_id);
	look_order_ref(req, node_at(n, "order"), m->order_key, m->order_no);
	node_put(ticket, "number", m->number);
	node_put(ticket, "subject", utf8_fit(req->arena, m->subject, SUBJECT));
	node_put(ticket, "url", ticket_page(req, m->number));
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
	if (!strcmp(e->field, "mail_failed"))
		return words_say(a, _("Mail to {1} could not be delivered: {2}"), e->new_text,
				 e->old_text ? e->old_text : _("no reason was given"), NULL);
	if (!strcmp(e->field, "mail_delayed"))
		return words_say(a, _("Mail to {1} is delayed: {2}"), e->new_text,
				 e->old_text ? e->old_text : _("no reason was given"), NULL);
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
	if (!strcmp(e->field, "participant"))
		return e->new_text
			? words_say(a, _("{1} let {2} take part"), who, e->new_text, NULL)
			: words_say(a, _("{1} let {2} take part no more"), who,
				    e->old_text, NULL);
	if (!strcmp(e->field, "accepted"))
		return words_say(a, _("{1} accepted a message from outside"), who, NULL, NULL);
	if (!strcmp(e->field, "split"))
		return words_say(a, _("{1} made a ticket of a note from outside"), who,
				 NULL, NULL);
	if (!strcmp(e->field, "related"))
		return words_say(a, _("{1} said that it goes together with {2}"), who,
				 e->new_text, NULL);
	if (!strcmp(e->field, "unrelated"))
		return words_say(a, _("{1} said that it has nothing to do with {2}"), who,
				 e->new_text, NULL);
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

/* What became of the letters that brought a message. */
static void look_deliveries(struct req *req, struct node *n, int64_t message_id,
			    const struct rows *deliveries)
{
	const struct delivery *v = deliveries->at;

	for (size_t i = 0; i < deliveries->n; i++) {
		struct node *item;

		if (v[i].message_id != message_id)
			continue;
		item = node_item(node_at(n, "delivery"));
		node_put(item, "kind", delivery_kind_codes[v[i].kind]);
		node_put(item, "to", v[i].address);
		node_put(item, "why", v[i].diagnostic ? v[i].diagnostic : v[i].status);
		look_time(req, item, "at", v[i].at);
	}
}

/* Only the team's pages have them. */
static void show_postmark(struct req *req, struct node *n, const struct reading *r,
			  int64_t message_id)
{
	for (size_t i = 0; i < r->n_postmarks; i++)
		if (r->postmarks[i].message_id == message_id)
			look_postmark(req, n, &r->postmarks[i]);
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
		look_message(req, n, &m[i], &r->files, &r->mails);
		look_deliveries(req, n, m[i].id, &r->deliveries);
		show_postmark(req, n, r, m[i].id);
		if (!marked && m[i].id > seen && m[i].kind != MESSAGE_NOTE &&
		    !is_own(req, &m[i])) {
			node_switch(n, "unread", true);
			marked = true;
		}
	}
	for (; next < r->events.n; next++)
		look_event(req, list, &e[next]);
}
