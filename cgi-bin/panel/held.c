/*
 * Held mail: letters that wait for a person.
 *
 *	GET  /held?before=<id>		the list, newest first
 *	GET  /held/:id			one letter, and what shall become of it
 *	POST /held/:id			do=ticket, join, note (with number), drop,
 *					restore, again, block, unblock
 *	GET  /held/:id/html		its words, in a frame
 *	GET  /held/:id/raw		as it came
 *	GET  /held/:id/file/:n		a file of it, a download
 */
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "base/words.h"
#include "desk/catalog.h"
#include "desk/incoming.h"
#include "desk/quarantine.h"
#include "desk/trace.h"
#include "panel/letter.h"
#include "panel/routes.h"
#include "panel/ticket.h"
#include "panel/views.h"
#include "port/view.h"
#include "web/form.h"
#include "web/look.h"

enum { NUMBER = 32, REFRESH_S = 10 };

static const char *held_address(struct req *req, int64_t id)
{
	return arena_printf(req->arena, "%s/held/%lld", req->desk.urls->panel,
			    (long long) id);
}

/* --- the list --------------------------------------------------------------------- */

static void show_pages(struct req *req, const struct quarantine *q, int64_t before)
{
	const char *here = arena_printf(req->arena, "%s/held", req->desk.urls->panel);

	/* Back to the newest: what stood between them may be decided by now. */
	if (before)
		view_put(req->view, "Pager.newer", here);
	if (q->older)
		view_put(req->view, "Pager.older",
			 arena_printf(req->arena, "%s?before=%lld", here,
				      (long long) q->older));
}

struct err *panel_held_list(struct req *req)
{
	int64_t before = web_query_number(req, "before", 1, INT64_MAX, 0);
	struct menu menu;
	const struct mail_row *m;
	struct quarantine q;

	TRY(quarantine_list(&req->desk, &req->who, before, &q));
	TRY(views_show(req, INBOX_VIEWS, &menu));
	m = q.letters.at;
	for (size_t i = 0; i < q.letters.n; i++) {
		struct node *n = node_item(view_at(req->view, "Letters"));

		letter_brief(req, n, &m[i]);
		node_put(n, "url", held_address(req, m[i].id));
	}
	show_pages(req, &q, before);
	view_put(req->view, "Nav.current", "held");
	return web_show(req, _("Held mail"), "panel/held.html.cs");
}

/* --- one letter -------------------------------------------------------------------- */

/* The line that tells who decided it by hand; NULL: nobody did. */
static const char *decided_by_hand(const struct trace_line *line, size_t n)
{
	static const char *const codes[] = { "asked_ticket", "asked_join", "asked_note",
					     "dropped" };
	const char *words = NULL;

	for (size_t i = 0; i < n; i++)
		for (size_t c = 0; c < sizeof(codes) / sizeof(*codes); c++)
			if (!strcmp(line[i].code, codes[c]))
				words = line[i].words;
	return words;
}

/* The mailroom does what was asked for: within moments, but not here. */
static const char *is_on_the_way(struct req *req, const struct mail_row *m)
{
	const char *who = catalog_agent_name(req->desk.catalog, m->wish_by_id);

	if (!m->wish || !who)
		return _("It is being read again.");
	if (!strcmp(m->wish, "ticket"))
		return words_say(req->arena, _("{1} is making a ticket of it."), who,
				 NULL, NULL);
	return words_say(req->arena, !strcmp(m->wish, "note")
			 ? _("{1} is putting it into a ticket as a note.")
			 : _("{1} is putting it into a ticket."), who, NULL, NULL);
}

static const char *what_became(struct req *req, const struct mail_row *m)
{
	const struct trace_line *line;
	const char *words;
	size_t n;

	if (m->state == MAIL_NEW)
		return is_on_the_way(req, m);
	line = trace_read(req->arena, m->trace, &n);
	words = decided_by_hand(line, n);
	return words ? words : trace_summary(req->arena, m->trace);
}

static bool is_dropped(const struct mail_row *m)
{
	return m->outcome && !strcmp(m->outcome,
				     incoming_outcome_codes[INCOMING_DROPPED]);
}

/* A letter that waits no more: by whose hand, and where it is now. */
static struct err *show_done(struct req *req, const struct mail_row *m)
{
	struct node *n;
	struct ticket t;
	bool found;

	if (m->state == MAIL_HELD || m->state == MAIL_BAD)
		return NULL;
	n = view_at(req->view, "Done");
	node_put(n, "kind", is_dropped(m) || m->state == MAIL_NEW ? "info" : "success");
	node_put(n, "text", what_became(req, m));
	node_switch(n, "soon", m->state == MAIL_NEW);
	if (m->state == MAIL_NEW)
		view_number(req->view, "Page.refresh", REFRESH_S);
	look_time(req, n, "at", m->decided_at);
	node_switch(n, "undo", m->state == MAIL_DONE && is_dropped(m));
	TRY(quarantine_ticket(&req->desk, &req->who, m, &t, &found));
	if (!found)
		return NULL;
	node_put(n, "number", t.number);
	node_put(n, "url", ticket_address(req, t.number));
	return NULL;
}

/* A letter of nobody becomes nothing: who would be answered? */
static void show_choices(struct req *req, const struct mail_row *m)
{
	bool any = m->from_address != NULL;

	view_switch(req->view, "May.create", any && actor_may(&req->who, RIGHT_CREATE));
	view_switch(req->view, "May.join", any && actor_may(&req->who, RIGHT_REPLY));
	view_switch(req->view, "May.note", any && actor_may(&req->who, RIGHT_NOTE));
}

static struct err *show(struct req *req, const struct mail_row *m, int status)
{
	bool blocked;

	TRY(letter_show(req, m, held_address(req, m->id)));
	TRY(quarantine_blocked(&req->desk, m, &blocked));
	TRY(show_done(req, m));
	view_switch(req->view, "Letter.blocked", blocked);
	show_choices(req, m);
	view_put(req->view, "Nav.current", "held");
	return web_show_status(req, status, m->subject && *m->subject
			       ? m->subject : _("Held mail"), "panel/held_letter.html.cs");
}

static struct err *find(struct req *req, struct mail_row *out)
{
	int64_t id;

	TRY(web_id(req, 0, &id));
	TRY(quarantine_find(&req->desk, &req->who, id, out));
	return NULL;
}

struct err *panel_held_show(struct req *req)
{
	struct mail_row m;

	TRY(find(req, &m));
	return show(req, &m, 200);
}

struct err *panel_held_raw(struct req *req)
{
	struct mail_row m;

	TRY(find(req, &m));
	return letter_download(req, &m);
}

struct err *panel_held_frame(struct req *req)
{
	struct mail_row m;

	TRY(find(req, &m));
	return letter_frame(req, &m);
}

struct err *panel_held_file(struct req *req)
{
	struct mail_row m;
	int64_t n;

	TRY(find(req, &m));
	TRY(web_id(req, 1, &n));
	return letter_file(req, &m, n);
}

/* --- what shall become of it ------------------------------------------------------- */

static struct err *back(struct req *req, int64_t id, const char *flash)
{
	TRY(web_flash(req, flash));
	return web_redirect(req, "%s", held_address(req, id));
}

/* The number as people write it: "1042", "#1042", "[#1042]". *wrong: what to
 * say when there is no such ticket. */
static struct err *typed_number(struct req *req, const char **number,
				const char **wrong)
{
	const char *typed = utf8_line(req->arena, form_value(req, "number"));
	struct ticket t;
	struct err *e;

	form_fill(req, "number", typed);
	typed += strspn(typed, "[# ");
	*number = arena_copy(req->arena, typed, strcspn(typed, "] "));
	*wrong = NULL;
	if (!**number || strlen(*number) > NUMBER) {
		*wrong = _("Enter the number of a ticket");
		return NULL;
	}
	e = ticket_find(&req->desk, &req->who, *number, &t);
	if (e && e->kind != ERR_NOT_FOUND)
		return err_passed(e, __func__);
	if (e)
		*wrong = words_say(req->arena, _("There is no ticket {1}"), *number,
				   NULL, NULL);
	return NULL;
}

static struct err *join(struct req *req, int64_t id, bool as_note)
{
	const char *number, *wrong;
	struct mail_row m;

	TRY(typed_number(req, &number, &wrong));
	if (wrong) {
		form_complain(req, "number", wrong);
		TRY(find(req, &m));
		return show(req, &m, 422);
	}
	TRY(incoming_join(&req->desk, &req->who, id, number, as_note));
	return back(req, id, "asked");
}

static struct err *act(struct req *req, int64_t id)
{
	const char *what = form_value(req, "do");
	struct mail_row m;

	TRY(quarantine_find(&req->desk, &req->who, id, &m));
	if (!strcmp(what, "ticket")) {
		TRY(incoming_release(&req->desk, &req->who, id));
		return back(req, id, "asked");
	}
	if (!strcmp(what, "join") || !strcmp(what, "note"))
		return join(req, id, !strcmp(what, "note"));
	if (!strcmp(what, "drop")) {
		TRY(incoming_drop(&req->desk, &req->who, id, false));
		return back(req, id, "dropped");
	}
	if (!strcmp(what, "restore")) {
		TRY(quarantine_restore(&req->desk, &req->who, id));
		return back(req, id, "held");
	}
	if (!strcmp(what, "again")) {
		TRY(quarantine_again(&req->desk, &req->who, id));
		return back(req, id, "reread");
	}
	if (!strcmp(what, "block") || !strcmp(what, "unblock")) {
		bool block = !strcmp(what, "block");

		TRY(quarantine_block(&req->desk, &req->who, &m, block));
		return back(req, id, block ? "blocked" : "unblocked");
	}
	return FAIL(req->arena, ERR_BAD_REQUEST, "nothing to do with letter %lld",
		    (long long) id);
}

/* Somebody was faster: the letter as it is now, and what they did with it. */
static struct err *show_faster(struct req *req, int64_t id)
{
	struct mail_row m;

	TRY(quarantine_find_again(&req->desk, &req->who, id, &m));
	view_put(req->view, "Faster.text",
		 _("Somebody was faster. Nothing was done a second time."));
	return show(req, &m, 409);
}

struct err *panel_held_act(struct req *req)
{
	struct err *e;
	int64_t id;

	TRY(web_id(req, 0, &id));
	e = act(req, id);
	if (e && e->kind == ERR_CONFLICT)
		return show_faster(req, id);
	if (e)
		return err_passed(e, __func__);
	return NULL;
}
