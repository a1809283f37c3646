/*
 * Who writes and who is told; whether mail goes out, and a test of it. The
 * mail host itself stands in the configuration file.
 *
 *	GET, POST /mail
 */
#include <string.h>

#include "base/words.h"
#include "config/look.h"
#include "config/routes.h"
#include "desk/mail.h"
#include "port/view.h"
#include "web/form.h"
#include "web/look.h"

static void show_host(struct req *req, const struct mail_host *host)
{
	struct node *n;

	if (!host->away_s)
		return;
	n = view_at(req->view, "Host");
	node_put(n, "name", host->host);
	node_put(n, "why", host->last_error);
	look_time(req, n, "since", host->away_since);
}

static struct err *show(struct req *req, int status)
{
	struct mail_state state;

	TRY(mail_state(&req->desk, &req->who, &state));
	look_settings(req, "mail", _("Sender and recipients"), status == 422);
	look_settings(req, "answers", _("Answers by mail"), status == 422);
	show_host(req, &state.host);
	view_number(req->view, "Letters.due", state.letters.due);
	view_number(req->view, "Letters.failed", state.letters.failed_lately);
	view_number(req->view, "Incoming.held", state.incoming.held);
	view_number(req->view, "Incoming.late", state.incoming.late);
	view_number(req->view, "Incoming.capped", state.incoming.capped);
	view_put(req->view, "Nav.current", "mail");
	return web_show_status(req, status, _("Mail"), "config/mail.html.cs");
}

struct err *config_mail_show(struct req *req)
{
	return show(req, 200);
}

struct err *config_mail_save(struct req *req)
{
	static const char *const groups[] = { "mail", "answers", NULL };
	bool test = !strcmp(form_value(req, "do"), "test"), good;

	TRY(look_settings_save(req, groups, &good));
	if (!good)
		return show(req, 422);
	if (test)
		TRY(mail_test(&req->desk, &req->who));
	TRY(web_flash(req, test ? "testmail" : "saved"));
	return web_redirect(req, "%s/mail", req->desk.urls->config);
}
