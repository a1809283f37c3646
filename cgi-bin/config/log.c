/*
 * Who changed what in settings, lists and staff.
 *
 *	GET /log?before=<id>
 */
#include "base/arena.h"
#include "base/words.h"
#include "config/routes.h"
#include "desk/setting.h"
#include "port/view.h"
#include "web/look.h"

enum { A_PAGE = 50 };

static void show_line(struct req *req, struct node *n, const struct audit_row *row)
{
	look_time(req, n, "at", row->at);
	node_put(n, "by", row->agent_name ? row->agent_name : _("Command line"));
	node_put(n, "what", row->what);
	node_put(n, "old", row->old_value);
	node_put(n, "new", row->new_value);
}

struct err *config_log_show(struct req *req)
{
	int64_t before = web_query_number(req, "before", 1, INT64_MAX, 0);
	struct node *list = view_at(req->view, "Changes");
	const struct audit_row *row;
	struct rows rows;

	TRY(setting_log(&req->desk, &req->who, before, &rows));
	row = rows.at;
	for (size_t i = 0; i < rows.n && i < A_PAGE; i++)
		show_line(req, node_item(list), &row[i]);
	if (before)
		view_put(req->view, "Pager.newer",
			 arena_printf(req->arena, "%s/log", req->desk.urls->config));
	if (rows.n > A_PAGE)
		view_put(req->view, "Pager.older",
			 arena_printf(req->arena, "%s/log?before=%lld",
				      req->desk.urls->config,
				      (long long) row[A_PAGE - 1].id));
	view_put(req->view, "Nav.current", "log");
	return web_show(req, _("Log of changes"), "config/log.html.cs");
}
