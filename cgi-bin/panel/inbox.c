/*
 * The views of all tickets.
 *
 *	GET  /inbox	?view= &status= &type= &priority= &owner= &sort= &dir=;
 *			?q= searches instead: search.c
 *	GET  /inbox/count	how many tickets such a list holds, in words
 *	POST /inbox	the same change for the chosen tickets
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/html.h"
#include "base/locale.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/words.h"
#include "desk/catalog.h"
#include "panel/routes.h"
#include "panel/search.h"
#include "panel/views.h"
#include "port/view.h"
#include "web/form.h"
#include "web/house.h"
#include "web/look.h"

enum { ROWS = 25, ANYBODY = -1 };

/* What the address asks for. */
struct asked {
	enum inbox_view view;
	int64_t status, type, priority;	/* 0: any */
	int64_t owner;			/* 0: nobody's, ANYBODY */
	struct listing l;
	bool other_way;			/* dates the other way round */
};

struct err *panel_front(struct req *req)
{
	return web_redirect(req, "%s/inbox", req->desk.urls->panel);
}

static enum inbox_view view_named(const char *code)
{
	for (int v = 0; v < INBOX_VIEWS; v++)
		if (!strcmp(code, inbox_codes[v]))
			return (enum inbox_view) v;
	return INBOX_NEEDS;
}

/* An id of the lists; what they do not hold is not asked for. */
static int64_t entry_asked(struct req *req, const char *name, enum entry_kind kind)
{
	int64_t id = web_query_number(req, name, 1, INT64_MAX, 0);

	return catalog_entry(req->desk.catalog, kind, id) ? id : 0;
}

static void read_asked(struct req *req, struct asked *a)
{
	*a = (struct asked) {
		.view = view_named(web_query(req, "view")),
		.status = entry_asked(req, "status", ENTRY_STATUS),
		.type = entry_asked(req, "type", ENTRY_TYPE),
		.priority = entry_asked(req, "priority", ENTRY_PRIORITY),
		.owner = web_query_number(req, "owner", 0, INT64_MAX, ANYBODY),
		.l.limit = ROWS,
	};
	views_read_sort(req, &a->l);
	a->other_way = !a->l.sort && !strcmp(web_query(req, "dir"), "up");
}

static bool filtered(const struct asked *a)
{
	return a->status || a->type || a->priority || a->owner != ANYBODY;
}

/* The list's own address with what was asked; cursors are left out. */
static const char *address(struct req *req, const struct asked *a, const char *page)
{
	struct str s;

	str_init(&s, req->arena, 4096);
	str_addf(&s, "%s%s?view=%s", req->desk.urls->panel, page, inbox_codes[a->view]);
	if (a->status)
		str_addf(&s, "&status=%lld", (long long) a->status);
	if (a->type)
		str_addf(&s, "&type=%lld", (long long) a->type);
	if (a->priority)
		str_addf(&s, "&priority=%lld", (long long) a->priority);
	if (a->owner != ANYBODY)
		str_addf(&s, "&owner=%lld", (long long) a->owner);
	if (a->l.sort)
		str_addf(&s, "&sort=%s", views_sort_code(a->l.sort));
	if (a->l.last_first)
		str_add(&s, "&dir=down");
	if (a->other_way)
		str_add(&s, "&dir=up");
	return s.text;
}

static void what_is_asked(struct req *req, const struct asked *a,
			  struct inbox_filter *f)
{
	inbox_filter(&req->who, a->view, f);
	if (a->status)
		inbox_narrow(req->desk.catalog, a->status, f);
	f->f.type_id = a->type;
	f->f.priority_id = a->priority;
	if (a->owner != ANYBODY)
		f->f.owner_id = a->owner ? a->owner : -1;
	inbox_settle(req->desk.catalog, f);
}

static struct err *read_list(struct req *req, struct asked *a,
			     struct listing_page *page)
{
	struct inbox_filter f;

	what_is_asked(req, a, &f);
	/* Of one status, sorted, the index has them by the latest change. */
	if (a->status && (a->l.sort == LISTING_BY_TYPE || a->l.sort == LISTING_BY_PRIORITY))
		f.f.order = TICKETS_BY_UPDATE;
	a->l.oldest_first = (f.f.order == TICKETS_BY_WAIT) != a->other_way;
	TRY(listing_tickets(&req->desk, &req->who, &f.f, &a->l, page));
	return NULL;
}

/* --- what stands around the list ------------------------------------------- */

static void show_sort_by(struct req *req, struct node *n, const struct asked *a,
			 enum listing_sort sort)
{
	struct asked other = *a;
	bool current = a->l.sort == sort;

	other.l.sort = sort;
	other.l.last_first = current && sort && !a->l.last_first;
	other.other_way = current && !sort && !a->other_way;
	node_put(n, "url", address(req, &other, "/inbox"));
	if (current)
		node_put(n, "dir", (sort ? a->l.last_first : !a->other_way)
				   ? "descending" : "ascending");
}

static void show_sorts(struct req *req, const struct asked *a)
{
	show_sort_by(req, view_at(req->view, "Sort.status"), a, LISTING_BY_STATUS);
	show_sort_by(req, view_at(req->view, "Sort.type"), a, LISTING_BY_TYPE);
	show_sort_by(req, view_at(req->view, "Sort.priority"), a, LISTING_BY_PRIORITY);
	show_sort_by(req, view_at(req->view, "Sort.waiting"), a, LISTING_BY_DATE);
}

static void chip(struct req *req, const struct asked *without, const char *label,
		 const char *value)
{
	struct node *n = node_item(view_at(req->view, "Chips"));

	node_put(n, "text", words_say(req->arena, "{1}: {2}", label, value, NULL));
	node_put(n, "url", address(req, without, "/inbox"));
}

static const char *owner_name(struct req *req, int64_t id)
{
	const char *name = catalog_agent_name(req->desk.catalog, id);

	if (name)
		return name;
	return id ? arena_printf(req->arena, "%lld", (long long) id) : _("Nobody");
}

static void show_chips(struct req *req, const struct asked *a)
{
	const struct catalog *c = req->desk.catalog;
	const char *lang = req->reader.lang;
	struct asked without;

	if (a->status) {
		without = *a, without.status = 0;
		chip(req, &without, _("Status"),
		     catalog_name(c, ENTRY_STATUS, a->status, lang));
	}
	if (a->type) {
		without = *a, without.type = 0;
		chip(req, &without, _("Type"), catalog_name(c, ENTRY_TYPE, a->type, lang));
	}
	if (a->priority) {
		without = *a, without.priority = 0;
		chip(req, &without, _("Priority"),
		     catalog_name(c, ENTRY_PRIORITY, a->priority, lang));
	}
	if (a->owner != ANYBODY) {
		without = *a, without.owner = ANYBODY;
		chip(req, &without, _("Assignee"), owner_name(req, a->owner));
	}
}

static void show_filter(struct req *req, const struct asked *a)
{
	look_entries(req, ENTRY_STATUS, a->status);
	look_entries(req, ENTRY_TYPE, a->type);
	look_entries(req, ENTRY_PRIORITY, a->priority);
	if (a->status)
		view_number(req->view, "Filter.status", a->status);
	if (a->type)
		view_number(req->view, "Filter.type", a->type);
	if (a->priority)
		view_number(req->view, "Filter.priority", a->priority);
	if (a->owner != ANYBODY)
		view_number(req->view, "Filter.owner", a->owner);
}

static const char *how_many(struct req *req, int64_t n)
{
	return words_many(req->arena, "{1} ticket", "{1} tickets", (long) n);
}

static void show_pager(struct req *req, const struct asked *a,
		       const struct listing_page *page, int64_t count)
{
	const char *here = address(req, a, "/inbox");

	view_switch(req->view, "Pager.steps", a->l.sort || a->l.oldest_first);
	if (page->before)
		view_put(req->view, "Pager.newer",
			 arena_printf(req->arena, "%s&before=%s", here, page->before));
	if (page->after)
		view_put(req->view, "Pager.older",
			 arena_printf(req->arena, "%s&after=%s", here, page->after));
	if (page->cut)
		view_put(req->view, "Pager.cut", locale_number(req->arena, &req->reader,
							       TICKETS_EXAMINED));
	if (!filtered(a)) {
		view_put(req->view, "Pager.text", how_many(req, count));
	} else if (!page->after && !page->before) {
		view_put(req->view, "Pager.text", how_many(req, (int64_t) page->rows.n));
	} else {
		view_put(req->view, "Pager.text", words_say(req->arena,
			 _("More than {1} tickets"), "25", NULL, NULL));
		view_put(req->view, "Pager.count", address(req, a, "/inbox/count"));
	}
}

/* What no counter counts is counted when the page is there already. */
struct err *panel_inbox_count(struct req *req)
{
	struct inbox_filter f;
	struct asked a;
	bool more;
	int64_t n;

	read_asked(req, &a);
	what_is_asked(req, &a, &f);
	TRY(inbox_tally(&req->desk, &req->who, &f.f, &n, &more));
	return web_text(req, 200, more ? words_say(req->arena, _("More than {1} tickets"),
			locale_number(req->arena, &req->reader, n), NULL, NULL)
			: how_many(req, n));
}

static struct err *show(struct req *req, const struct asked *a, int64_t count)
{
	const char *title = views_name(a->view);
	const char *n = locale_number(req->arena, &req->reader, count);

	view_put(req->view, "View.title", title);
	view_put(req->view, "View.key", inbox_codes[a->view]);
	view_put(req->view, "View.summary", title);
	if (!filtered(a))
		view_put(req->view, "View.count", n);
	view_switch(req->view, "Bulk", actor_may(&req->who, RIGHT_CHANGE));
	view_put(req->view, "Nav.current", "inbox");
	views_agents(req, 0);
	show_filter(req, a);
	if (a->view == INBOX_NEEDS && count)
		title = arena_printf(req->arena, "(%s) %s", n, title);
	return web_show(req, title, "panel/inbox.html.cs");
}

struct err *panel_inbox_show(struct req *req)
{
	const char *q = utf8_brief(req->arena, web_query(req, "q"), QUERY_CHARACTERS + 1);
	struct menu menu;
	const struct ticket_row *t;
	struct listing_page page;
	struct asked a;

	if (*q)
		return panel_search_show(req, q);
	read_asked(req, &a);
	TRY(views_show(req, a.view, &menu));
	TRY(read_list(req, &a, &page));
	t = page.rows.at;
	for (size_t i = 0; i < page.rows.n; i++)
		look_ticket_row(req, node_item(view_at(req->view, "Tickets")), &t[i]);
	show_sorts(req, &a);
	if (filtered(&a))
		show_chips(req, &a);
	show_pager(req, &a, &page, menu.views[a.view]);
	view_switch(req->view, "First", !menu.views[INBOX_ALL] && !filtered(&a));
	return show(req, &a, menu.views[a.view]);
}

/* --- several at once ---------------------------------------------------------- */

/* "assign:3", "status:2", … */
static bool read_act(const char *act, struct change *c)
{
	static const struct {
		const char *word;
		size_t member;
	} acts[] = {
		{ "assign:",   offsetof(struct change, owner_id) },
		{ "status:",   offsetof(struct change, status_id) },
		{ "type:",     offsetof(struct change, type_id) },
		{ "priority:", offsetof(struct change, priority_id) },
	};
	char *end;

	for (size_t i = 0; i < sizeof(acts) / sizeof(*acts); i++) {
		size_t n = strlen(acts[i].word);
		int64_t *id = (int64_t *) ((char *) c + acts[i].member);

		if (strncmp(act, acts[i].word, n))
			continue;
		errno = 0;
		*id = strtoll(act + n, &end, 10);
		if (!i && !*id)
			*id = -1;	/* assigned to nobody */
		return act[n] && !*end && !errno && (*id > 0 || !i);
	}
	return false;
}

/* Back to the list they came from, and nowhere else. */
static const char *way_back(struct req *req)
{
	const char *panel = req->desk.urls->panel, *origin = req->house->origin;
	const char *near = html_near(panel, origin);
	const char *back = html_near(utf8_line(req->arena, form_value(req, "back")),
				     origin);
	size_t n = strlen(near);

	if (!strncmp(back, near, n) && !strncmp(back + n, "/inbox", 6))
		return arena_join(req->arena, panel, back + n);
	return arena_join(req->arena, panel, "/inbox");
}

struct err *panel_inbox_change(struct req *req)
{
	const char *numbers[INBOX_CHANGED_MOST];
	size_t n = form_values(req, "t", numbers, INBOX_CHANGED_MOST);
	struct change c = { .version = 0 };
	struct inbox_done done;

	if (!n) {
		TRY(web_flash(req, "unchosen"));
		return web_redirect(req, "%s", way_back(req));
	}
	if (!read_act(form_value(req, "act"), &c))
		return FAIL(req->arena, ERR_BAD_REQUEST, "no such act: %s",
			    form_value(req, "act"));
	TRY(inbox_change(&req->desk, &req->who, numbers, n, &c, &done));
	if (done.left)
		TRY(web_flash(req, arena_printf(req->arena, "partly.%d.%d",
						done.changed, done.left)));
	else
		TRY(web_flash(req, arena_printf(req->arena, "changed.%d", done.changed)));
	return web_redirect(req, "%s", way_back(req));
}
