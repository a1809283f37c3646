/*
 * Changes of a ticket that are no message.
 *
 *	POST /ticket/:n/change	status, type, priority, owner, subject
 *	POST /ticket/:n/order	ties it to an order, or to none
 *
 * The form tells what stood in it when it was shown (was_…). Only what is
 * different from that was changed by the agent; where somebody else changed
 * the same thing meanwhile, both values are shown and nothing is saved.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "base/words.h"
#include "desk/catalog.h"
#include "desk/inbox.h"
#include "desk/ticket.h"
#include "panel/finding.h"
#include "panel/routes.h"
#include "panel/ticket.h"
#include "port/view.h"
#include "web/form.h"
#include "web/look.h"

enum part_name { STATUS, TYPE, PRIORITY, OWNER, PARTS };

static const struct {
	const char *name, *was, *label;
	enum entry_kind kind;		/* of the owner: none of them */
} parts[PARTS] = {
	[STATUS]   = { "status", "was_status", N_("Status"), ENTRY_STATUS },
	[TYPE]     = { "type", "was_type", N_("Type"), ENTRY_TYPE },
	[PRIORITY] = { "priority", "was_priority", N_("Priority"), ENTRY_PRIORITY },
	[OWNER]    = { "owner", "was_owner", N_("Assignee"), ENTRY_KINDS },
};

/* A number of the form; `otherwise` when it is none. */
static int64_t number(const struct req *req, const char *name, int64_t otherwise)
{
	const char *text = form_value(req, name);
	long long n;
	char *end;

	errno = 0;
	n = strtoll(text, &end, 10);
	return *text && !*end && !errno && n >= 0 ? n : otherwise;
}

/* As the form shows it: an archived status stands for another one. */
static int64_t value_now(const struct req *req, const struct ticket *t,
			 enum part_name part)
{
	const struct entry *status = catalog_status(req->desk.catalog, t->status_id);

	switch (part) {
	case STATUS:
		return status ? status->id : t->status_id;
	case TYPE:
		return t->type_id;
	case PRIORITY:
		return t->priority_id;
	default:
		return t->owner_id;
	}
}

static const char *owner_words(const struct req *req, int64_t id)
{
	const char *name = catalog_agent_name(req->desk.catalog, id);

	return name ? name : id ? _("Somebody who has left") : _("Nobody");
}

static const char *words(const struct req *req, enum part_name part, int64_t id)
{
	if (part == OWNER)
		return owner_words(req, id);
	return catalog_name(req->desk.catalog, parts[part].kind, id, req->reader.lang);
}

static const char *who_did(const struct req *req, const struct rows *events,
			   const char *field)
{
	const struct event *e = events->at;
	const char *agent = NULL;

	for (size_t i = 0; i < events->n; i++)
		if (!strcmp(e[i].field, field))
			agent = e[i].cause != BY_AUTOMATON &&
				e[i].actor_kind == ACTOR_AGENT
				? catalog_agent_name(req->desk.catalog, e[i].actor_id)
				: NULL;
	return agent ? agent : _("the help desk");
}

static void show_clash(struct req *req, const struct rows *events,
		       const char *field, const char *label,
		       const char *mine, const char *theirs)
{
	struct node *n = node_item(view_at(req->view, "Clash"));

	node_put(n, "field", words_get(label));
	node_put(n, "mine", mine);
	node_put(n, "theirs", theirs);
	node_put(n, "by", who_did(req, events, field));
}

/* What the agent chose, and whether somebody else chose otherwise. */
struct wish {
	int64_t was[PARTS], mine[PARTS], now[PARTS];
	const char *subject_was, *subject;	/* NULL: not asked about */
};

static void read_wish(const struct req *req, const struct ticket *t, struct wish *w)
{
	for (int p = 0; p < PARTS; p++) {
		w->now[p] = value_now(req, t, (enum part_name) p);
		w->was[p] = number(req, parts[p].was, w->now[p]);
		w->mine[p] = number(req, parts[p].name, w->was[p]);
	}
	w->subject = w->subject_was = NULL;
	if (!form_has(req, "subject"))
		return;
	w->subject = utf8_line(req->arena, form_value(req, "subject"));
	w->subject_was = form_has(req, "was_subject")
		? utf8_line(req->arena, form_value(req, "was_subject")) : t->subject;
}

static bool chose(const struct wish *w, int p)
{
	return w->mine[p] != w->was[p] && w->mine[p] != w->now[p];
}

static bool renamed(const struct wish *w, const struct ticket *t)
{
	return w->subject && strcmp(w->subject, w->subject_was) &&
	       strcmp(w->subject, t->subject);
}

static bool clashes(const struct wish *w, const struct ticket *t)
{
	for (int p = 0; p < PARTS; p++)
		if (chose(w, p) && w->was[p] != w->now[p])
			return true;
	return renamed(w, t) && strcmp(w->subject_was, t->subject);
}

static struct err *show_clashes(struct req *req, const struct ticket *t,
				const struct wish *w)
{
	struct rows events;

	TRY(ticket_events(&req->desk, &req->who, t->id, &events));
	for (int p = 0; p < PARTS; p++)
		if (chose(w, p) && w->was[p] != w->now[p])
			show_clash(req, &events, parts[p].name, parts[p].label,
				   words(req, (enum part_name) p, w->mine[p]),
				   words(req, (enum part_name) p, w->now[p]));
	if (renamed(w, t) && strcmp(w->subject_was, t->subject))
		show_clash(req, &events, "subject", N_("Subject"), w->subject, t->subject);
	return ticket_page(req, NULL, 409);
}

static struct change change_of(const struct wish *w, const struct ticket *t)
{
	return (struct change) {
		.version = t->version,
		.status_id = chose(w, STATUS) ? w->mine[STATUS] : 0,
		.type_id = chose(w, TYPE) ? w->mine[TYPE] : 0,
		.priority_id = chose(w, PRIORITY) ? w->mine[PRIORITY] : 0,
		.owner_id = !chose(w, OWNER) ? 0 : w->mine[OWNER] ? w->mine[OWNER] : -1,
		.subject = renamed(w, t) ? w->subject : NULL,
	};
}

/* Is the new subject one? */
static bool is_good(struct req *req, const struct wish *w)
{
	size_t n = w->subject ? utf8_count(w->subject) : 1;

	if (n && n <= WRITE_SUBJECT_MOST)
		return true;
	form_fill(req, "subject", w->subject);
	form_complain(req, "subject", n ? words_say(req->arena,
			_("This is too long. At most {1} characters"), "150", NULL, NULL)
					: _("Enter a subject"));
	return false;
}

struct err *panel_ticket_change(struct req *req)
{
	struct change c;
	struct ticket t;
	struct wish w;

	TRY(ticket_find(&req->desk, &req->who, web_part(req, 0), &t));
	read_wish(req, &t, &w);
	if (!is_good(req, &w))
		return ticket_page(req, NULL, 422);
	if (clashes(&w, &t))
		return show_clashes(req, &t, &w);
	c = change_of(&w, &t);
	TRY(ticket_change(&req->desk, &req->who, t.id, &c));
	TRY(web_flash(req, "saved"));
	return web_redirect(req, "%s", ticket_address(req, t.number));
}

/* --- its order ---------------------------------------------------------------- */

/* Somebody else's order in a ticket would show them what it holds. */
static const char *not_theirs(struct req *req, const struct ticket *t,
			      const struct order *o)
{
	const struct customer c = { .external_id = t->customer_external_id,
				    .email = t->customer_email };

	if (customer_placed(&req->desk, &c, &o->facts) || form_has(req, "anyway"))
		return NULL;
	view_switch(req->view, "Tie.anyway", true);
	return words_say(req->arena, _("Order {1} was placed by somebody else: {2}"),
			 o->facts.order_no, o->facts.customer_name
			 ? o->facts.customer_name : o->facts.email, NULL);
}

struct err *panel_ticket_tie(struct req *req)
{
	const char *no = utf8_line(req->arena, form_value(req, "order")), *wrong;
	bool untie = form_has(req, "untie");
	struct order o = { .lines.n = 0 };
	struct ticket t;

	TRY(ticket_find(&req->desk, &req->who, web_part(req, 0), &t));
	if (!untie) {
		wrong = _("Enter the number of an order");
		if (*no)
			TRY(finding_order(req, no, &o, &wrong));
		if (!wrong)
			wrong = not_theirs(req, &t, &o);
		if (wrong) {
			form_fill(req, "order", no);
			form_complain(req, "order", wrong);
			return ticket_page(req, NULL, 422);
		}
	}
	TRY(ticket_set_order(&req->desk, &req->who, t.id, t.version, untie ? NULL : &o));
	TRY(web_flash(req, "order"));
	return web_redirect(req, "%s", ticket_address(req, t.number));
}
