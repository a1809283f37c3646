#include <string.h>

#include "base/arena.h"
#include "base/locale.h"
#include "base/words.h"
#include "desk/catalog.h"
#include "desk/quarantine.h"
#include "panel/views.h"
#include "port/view.h"
#include "web/look.h"

static const struct {
	const char *name, *icon;
} views[INBOX_VIEWS] = {
	[INBOX_NEEDS]      = { N_("Needs an answer"), "inbox" },
	[INBOX_MINE]       = { N_("Mine"), "user" },
	[INBOX_UNASSIGNED] = { N_("Unassigned"), "user-plus" },
	[INBOX_WAITING]    = { N_("Waiting for the customer"), "clock" },
	[INBOX_CLOSED]     = { N_("Closed"), "check" },
	[INBOX_ALL]        = { N_("All tickets"), "list" },
};

static const char *const sorts[] = {
	[LISTING_BY_DATE]     = "date",
	[LISTING_BY_TYPE]     = "type",
	[LISTING_BY_STATUS]   = "status",
	[LISTING_BY_PRIORITY] = "priority",
	NULL
};

const char *views_name(enum inbox_view view)
{
	return words_get(views[view].name);
}

/* Letters that wait for a person, for who looks after them. */
static void show_waiting(struct req *req, const struct menu *m)
{
	view_switch(req->view, "May.held", quarantine_may(&req->who));
	if (m->held)
		view_put(req->view, "Nav.held", m->held < MENU_MOST
			 ? locale_number(req->arena, &req->reader, m->held) : "99+");
	if (m->undelivered)
		view_number(req->view, "Nav.letters", m->undelivered);
}

struct err *views_show(struct req *req, enum inbox_view current, struct menu *out)
{
	struct node *list = view_at(req->view, "Views");

	TRY(menu_read(&req->desk, &req->who, out));
	for (int v = 0; v < INBOX_VIEWS; v++) {
		struct node *n = node_item(list);

		node_put(n, "name", views_name((enum inbox_view) v));
		node_put(n, "icon", views[v].icon);
		node_put(n, "url", arena_printf(req->arena, "%s/inbox?view=%s",
						req->desk.urls->panel, inbox_codes[v]));
		if (out->views[v] > 0)
			node_put(n, "count", locale_number(req->arena, &req->reader,
							   out->views[v]));
		node_switch(n, "current", v == (int) current);
	}
	show_waiting(req, out);
	return NULL;
}

static void one_agent(struct req *req, int64_t id, const char *name, bool selected)
{
	struct node *n = node_item(view_at(req->view, "Agents"));

	node_number(n, "id", id);
	look_person(req, n, id, name);
	node_switch(n, "selected", selected);
}

void views_agents(struct req *req, int64_t selected)
{
	const struct agent *a;
	size_t n;

	a = catalog_agents(req->desk.catalog, &n);
	for (size_t i = 0; i < n; i++)
		if (a[i].active || a[i].id == selected)
			one_agent(req, a[i].id, a[i].name, a[i].id == selected);
}

void views_read_sort(const struct req *req, struct listing *l)
{
	const char *sort = web_query(req, "sort");

	for (int i = 0; sorts[i]; i++)
		if (!strcmp(sort, sorts[i]))
			l->sort = (enum listing_sort) i;
	l->last_first = l->sort && !strcmp(web_query(req, "dir"), "down");
	l->after = web_query(req, "after");
	l->before = web_query(req, "before");
}

const char *views_sort_code(enum listing_sort sort)
{
	return sorts[sort];
}
