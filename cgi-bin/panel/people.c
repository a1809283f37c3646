/*
 * Who takes part in a ticket, and which other tickets it belongs to.
 *
 *	POST /ticket/:n/people		add= or drop= an address
 *	POST /ticket/:n/relation	other= a number, do=yes or no
 */
#include <string.h>

#include "base/utf8.h"
#include "base/words.h"
#include "desk/delivery.h"
#include "desk/participant.h"
#include "desk/related.h"
#include "panel/people.h"
#include "panel/routes.h"
#include "panel/ticket.h"
#include "port/view.h"
#include "web/form.h"
#include "web/write.h"

/* --- shown ------------------------------------------------------------------------ */

/* A letter of this ticket to them was not delivered. */
static bool comes_back(const struct rows *deliveries, const char *address)
{
	const struct delivery *v = deliveries->at;

	for (size_t i = 0; i < deliveries->n; i++)
		if (v[i].kind == DELIVERY_FAILED && !strcmp(v[i].address, address))
			return true;
	return false;
}

/* Is the answer that is being written for them, too? Ticked until somebody
 * takes the tick away. */
static bool is_left_out(const struct req *req, const char *address)
{
	const char *to[WRITE_TO_MOST];
	size_t n = form_values(req, "to", to, WRITE_TO_MOST);
	bool left = form_has(req, "told");

	for (size_t i = 0; i < n && left; i++)
		left = strcmp(to[i], address) != 0;
	return left;
}

/* Whom the answer goes to, the customer first. */
static void show_recipient(struct req *req, const char *address)
{
	struct node *n = node_item(view_at(req->view, "Write.recipients"));

	node_put(n, "address", address);
	node_switch(n, "left", is_left_out(req, address));
}

struct err *people_show(struct req *req, const struct reading *r)
{
	struct node *list = view_at(req->view, "People");
	const struct participant *p;
	struct rows rows;

	TRY(participant_list(&req->desk, &req->who, &r->ticket, &rows));
	p = rows.at;
	show_recipient(req, r->ticket.customer_email);
	for (size_t i = 0; i < rows.n; i++) {
		struct node *n = node_item(list);

		node_put(n, "address", p[i].address);
		node_put(n, "name", p[i].name);
		if (comes_back(&r->deliveries, p[i].address))
			node_put(n, "bad", _("Mail to this address comes back"));
		show_recipient(req, p[i].address);
	}
	view_switch(req->view, "May.add", rows.n < PARTICIPANTS_MOST);
	return NULL;
}

/* What the other ticket is to this one. */
static const char *relation_words(const struct relation *r)
{
	switch (r->kind) {
	case RELATION_FOLLOW_UP_OF:
		return r->from_here ? _("Goes on with") : _("Goes on in");
	case RELATION_SPLIT_FROM:
		return r->from_here ? _("Split from") : _("Split off:");
	case RELATION_MAYBE_OF:
		return r->from_here ? _("May belong to") : _("May belong here:");
	}
	return "";
}

struct err *relations_show(struct req *req, const struct ticket *t)
{
	const struct relation *r;
	struct rows rows;

	TRY(related_list(&req->desk, &req->who, t, &rows));
	r = rows.at;
	for (size_t i = 0; i < rows.n; i++) {
		struct node *n = node_item(view_at(req->view, "Relations"));

		node_put(n, "text", relation_words(&r[i]));
		node_put(n, "number", r[i].number);
		node_put(n, "subject", r[i].subject);
		node_put(n, "url", ticket_address(req, r[i].number));
		node_switch(n, "ask", r[i].kind == RELATION_MAYBE_OF &&
			    actor_may(&req->who, RIGHT_CHANGE));
	}
	return NULL;
}

/* --- changed ---------------------------------------------------------------------- */

static const char *complaint(enum participating what)
{
	switch (what) {
	case PARTICIPANT_IS_CUSTOMER:
		return _("This is the customer, who gets every answer anyhow");
	case PARTICIPANT_IS_OURS:
		return _("This is our own address: its mail would come back as a message");
	case PARTICIPANT_NO_ADDRESS:
		return _("Enter an e-mail address like name@example.com");
	case PARTICIPANTS_FULL:
		return _("At most 50 can take part");
	case PARTICIPATES:
	case PARTICIPATED:
		break;
	}
	return NULL;
}

static struct err *add(struct req *req, const struct ticket *t)
{
	const char *typed = utf8_line(req->arena, form_value(req, "add"));
	enum participating what;
	const char *wrong;

	TRY(participant_add(&req->desk, &req->who, t->id, typed, &what));
	wrong = complaint(what);
	if (wrong) {
		form_fill(req, "add", typed);
		form_complain(req, "add", wrong);
		return ticket_page(req, NULL, 422);
	}
	TRY(web_flash(req, "participant"));
	return web_redirect(req, "%s#people", ticket_address(req, t->number));
}

struct err *panel_ticket_people(struct req *req)
{
	struct ticket t;

	TRY(ticket_find(&req->desk, &req->who, web_part(req, 0), &t));
	if (!form_has(req, "drop"))
		return add(req, &t);
	TRY(participant_drop(&req->desk, &req->who, t.id, form_value(req, "drop")));
	TRY(web_flash(req, "removed"));
	return web_redirect(req, "%s#people", ticket_address(req, t.number));
}

struct err *panel_ticket_relation(struct req *req)
{
	bool yes = !strcmp(form_value(req, "do"), "yes");
	struct ticket t;

	TRY(ticket_find(&req->desk, &req->who, web_part(req, 0), &t));
	TRY(related_settle(&req->desk, &req->who, t.id, form_value(req, "other"), yes));
	TRY(web_flash(req, "saved"));
	return web_redirect(req, "%s", ticket_address(req, t.number));
}
