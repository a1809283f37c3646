/*
 * What the help desk is called, speaks and offers: settings of
 * src/desk/setting.c, group by group.
 *
 *	GET, POST /general
 */
#include "base/words.h"
#include "config/look.h"
#include "config/routes.h"
#include "port/view.h"
#include "web/house.h"

static struct err *show(struct req *req, int status)
{
	bool typed = status == 422;

	look_settings(req, "general", _("The shop"), typed);
	look_settings(req, "customers", _("Customers"), typed);
	look_settings(req, "shown", _("Lists"), typed);
	views_try(req->house->views);
	view_put(req->view, "Broken.text", views_complaint(req->house->views));
	view_put(req->view, "Nav.current", "general");
	return web_show_status(req, status, _("General"), "config/general.html.cs");
}

struct err *config_general_show(struct req *req)
{
	return show(req, 200);
}

struct err *config_general_save(struct req *req)
{
	static const char *const groups[] = { "general", "customers", "shown", NULL };
	bool good;

	TRY(look_settings_save(req, groups, &good));
	if (!good)
		return show(req, 422);
	TRY(web_flash(req, "saved"));
	return web_redirect(req, "%s/general", req->desk.urls->config);
}
