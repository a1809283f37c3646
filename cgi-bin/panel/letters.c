/*
 * Mails that could not be sent.
 *
 *	GET  /letters	with the words of the host that refused them
 *	POST /letters	again= or drop= names one
 */
#include <stdlib.h>

#include "base/arena.h"
#include "base/locale.h"
#include "base/words.h"
#include "desk/letter.h"
#include "desk/undelivered.h"
#include "panel/routes.h"
#include "panel/ticket.h"
#include "port/view.h"
#include "web/form.h"
#include "web/look.h"

/* Of a letter about no ticket, or one that repeats nothing: its occasion. */
static const char *subject_of(struct req *req, const struct outbox *o)
{
	const char *subject = undelivered_fact(&req->desk, o, "subject");
	const struct letter *l = letter_find(o->letter);

	if (subject)
		return subject;
	return l ? words_get(l->occasion) : o->letter;
}

static void show_letter(struct req *req, struct node *n, const struct outbox *o)
{
	const char *number = undelivered_fact(&req->desk, o, "ticket_number");

	node_number(n, "id", o->id);
	node_put(n, "to", o->to_address);
	node_put(n, "subject", subject_of(req, o));
	node_put(n, "why", o->last_error);
	look_time(req, n, "at", o->due_at);
	node_number(n, "tries", o->attempts);
	if (number)
		node_put(node_at(n, "ticket"), "url", ticket_address(req, number));
}

static void show_host(struct req *req, const struct undelivered *u)
{
	struct node *n;

	if (!u->away.away_s)
		return;
	n = node_item(view_at(req->view, "Hosts"));
	node_put(n, "name", u->away.host);
	node_put(n, "why", u->away.last_error);
	look_time(req, n, "since", u->away.away_since);
	node_put(n, "due", locale_number(req->arena, &req->reader, u->waiting));
}

struct err *panel_letters_show(struct req *req)
{
	const struct outbox *o;
	struct undelivered u;

	TRY(undelivered_list(&req->desk, &req->who, &u));
	o = u.letters.at;
	show_host(req, &u);
	for (size_t i = 0; i < u.letters.n && i < UNDELIVERED_SHOWN; i++)
		show_letter(req, node_item(view_at(req->view, "Letters")), &o[i]);
	if (u.letters.n > UNDELIVERED_SHOWN)
		view_put(req->view, "Pager.text",
			 _("There are more: the latest 100 are shown"));
	view_put(req->view, "Nav.current", "inbox");
	return web_show(req, _("Mails that could not be sent"),
			"panel/letters.html.cs");
}

static int64_t id_of(const struct req *req, const char *name)
{
	return strtoll(form_value(req, name), NULL, 10);
}

struct err *panel_letters_act(struct req *req)
{
	if (form_has(req, "again")) {
		TRY(undelivered_send(&req->desk, &req->who, id_of(req, "again")));
		TRY(web_flash(req, "again"));
	} else {
		TRY(undelivered_drop(&req->desk, &req->who, id_of(req, "drop")));
		TRY(web_flash(req, "removed"));
	}
	return web_redirect(req, "%s/letters", req->desk.urls->panel);
}
