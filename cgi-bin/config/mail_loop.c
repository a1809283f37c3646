/*
 * Does what we send find its way back? The test of answers by mail, and what
 * follows from it. A page of its own: while it waits it is shown anew every
 * few seconds, which would lose what somebody types.
 *
 *	GET, POST /mail/loop
 */
#include <string.h>

#include "base/arena.h"
#include "base/words.h"
#include "config/routes.h"
#include "desk/catalog.h"
#include "desk/mail_loop.h"
#include "desk/setting.h"
#include "port/conf.h"
#include "port/http.h"
#include "port/view.h"
#include "web/form.h"
#include "web/house.h"
#include "web/look.h"

static const char *const stages[] = {
	[LOOP_NEVER]      = "never",
	[LOOP_WAITING]    = "waiting",
	[LOOP_BACK]       = "back",
	[LOOP_PLAIN_ONLY] = "plain",
	[LOOP_LOST]       = "lost",
	[LOOP_UNSENT]     = "unsent",
};

static const char *sender(const struct req *req)
{
	return conf_text(req->house->conf, "mail", "from");
}

/* One letter: when it went, and how long it took to come back. */
static void show_letter(struct req *req, const char *to, const char *sent,
			const char *back, int64_t seconds)
{
	struct node *n = node_item(view_at(req->view, "Loop.letters"));

	node_put(n, "to", to);
	look_time(req, n, "sent", sent);
	node_switch(n, "back", back != NULL);
	node_number(n, "seconds", seconds);
}

static void show_learned(struct req *req, const struct mail_loop *l)
{
	struct node *n = view_at(req->view, "Loop");

	node_put(n, "path", !l->path_told ? "untold" : l->path_kept ? "kept" : "lost");
	node_put(n, "authserv", l->authserv);
	node_switch(n, "trusted", l->authserv && !strcmp(l->authserv,
			catalog_text(req->desk.catalog, "mail_authserv")));
	node_put(n, "forge", !l->forge_told ? "untold" : l->forged ? "believed" : "gone");
	node_put(n, "spf", l->spf);
	node_put(n, "dkim", l->dkim);
	node_put(n, "dmarc", l->dmarc);
	node_put(n, "error", l->error);
}

struct err *config_mail_loop_show(struct req *req)
{
	struct loop_state s;

	TRY(loop_state(&req->desk, &req->who, sender(req), &s));
	view_put(req->view, "Loop.stage", stages[s.stage]);
	view_put(req->view, "Loop.address", s.address);
	view_switch(req->view, "Loop.in", catalog_switch(req->desk.catalog, "mail_in"));
	view_switch(req->view, "Loop.plus", catalog_switch(req->desk.catalog, "mail_plus"));
	view_put(req->view, "Loop.forged",
		 catalog_text(req->desk.catalog, "mail_authserv_forged"));
	view_switch(req->view, "Loop.no_room", s.address && !s.plus);
	if (s.stage != LOOP_NEVER) {
		show_letter(req, s.address, s.last.plain_sent_at, s.last.plain_at,
			    s.last.plain_s);
		if (s.last.plus_id)
			show_letter(req, s.plus, s.last.plus_sent_at,
				    s.last.plus_at, s.last.plus_s);
		show_learned(req, &s.last);
	}
	if (s.stage == LOOP_WAITING)
		TRY(http_header(req->answer, "Refresh", "5"));
	view_put(req->view, "Nav.current", "mail");
	return web_show(req, _("Does mail come back?"), "config/mail_loop.html.cs");
}

/* Both switches are told by the form, so that a late click does no harm. */
static struct err *turn(struct req *req, const char *name, bool on)
{
	struct setting_change change = { .name = name, .value = on ? "1" : "0" };

	TRY(setting_save(&req->desk, &req->who, &change, 1));
	TRY(web_flash(req, "saved"));
	return NULL;
}

struct err *config_mail_loop_act(struct req *req)
{
	const char *what = form_value(req, "do");

	if (!strcmp(what, "start"))
		TRY(loop_start(&req->desk, &req->who, sender(req),
			       conf_text(req->house->conf, "mail", "authserv_id")));
	else if (!strcmp(what, "trust"))
		TRY(loop_trust(&req->desk, &req->who));
	else if (!strncmp(what, "plus_", 5))
		TRY(turn(req, "mail_plus", !strcmp(what, "plus_on")));
	else if (!strncmp(what, "in_", 3))
		TRY(turn(req, "mail_in", !strcmp(what, "in_on")));
	else
		return FAIL(req->arena, ERR_BAD_REQUEST, "no such button");
	return web_redirect(req, "%s/mail/loop", req->desk.urls->config);
}
