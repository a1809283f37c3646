/*
 * Help Desk: View All Postings. All messages of all tickets.
 *
 *	GET /postings	?from= &to= (days of the reader's zone) &n= posts a
 *			page &sort= &dir= and a cursor
 */
#include <string.h>

#include "base/arena.h"
#include "base/html.h"
#include "base/locale.h"
#include "base/str.h"
#include "base/words.h"
#include "desk/catalog.h"
#include "panel/routes.h"
#include "panel/views.h"
#include "port/view.h"
#include "web/form.h"
#include "web/look.h"

enum { LEAST = 5, MOST = 200 };

struct asked {
	const char *from, *to;		/* as typed, "2026-03-05"; "": open */
	struct posting_filter f;
	struct listing l;
	bool wrong;
};

static void read_day(struct req *req, struct asked *a, const char *name,
		     int later, const char **typed, const char **begins)
{
	*typed = web_query(req, name);
	if (!**typed)
		return;
	*begins = listing_day(req->arena, *typed, later, req->reader.zone);
	if (*begins)
		return;
	form_complain(req, name, _("Enter a day like 2026-03-05"));
	a->wrong = true;
}

static void read_asked(struct req *req, struct asked *a)
{
	int64_t usual = catalog_number(req->desk.catalog, "posts_per_page");

	*a = (struct asked) { .wrong = false };
	read_day(req, a, "from", 0, &a->from, &a->f.from);
	read_day(req, a, "to", 1, &a->to, &a->f.until);
	if (a->f.from && a->f.until && strcmp(a->f.from, a->f.until) >= 0) {
		form_complain(req, "to", _("The last day lies before the first"));
		a->wrong = true;
	}
	a->l.limit = (int) web_query_number(req, "n", LEAST, MOST,
					    *web_query(req, "n") ? 0 : usual);
	if (!a->l.limit) {
		form_complain(req, "n", words_say(req->arena,
			_("Enter a number from {1} to {2}"), "5", "200", NULL));
		a->wrong = true;
	}
	views_read_sort(req, &a->l);
	a->l.oldest_first = !a->l.sort && !strcmp(web_query(req, "dir"), "up");
}

static const char *address(struct req *req, const struct asked *a)
{
	struct str s;

	str_init(&s, req->arena, 4096);
	str_addf(&s, "%s/postings?from=%s&to=%s&n=%d", req->desk.urls->panel,
		 html_url(req->arena, a->from), html_url(req->arena, a->to), a->l.limit);
	if (a->l.sort)
		str_addf(&s, "&sort=%s", views_sort_code(a->l.sort));
	if (a->l.last_first)
		str_add(&s, "&dir=down");
	if (a->l.oldest_first)
		str_add(&s, "&dir=up");
	return s.text;
}

static void show_sort_by(struct req *req, struct node *n, const struct asked *a,
			 enum listing_sort sort)
{
	struct asked other = *a;
	bool current = a->l.sort == sort;

	other.l.sort = sort;
	other.l.last_first = current && sort && !a->l.last_first;
	other.l.oldest_first = current && !sort && !a->l.oldest_first;
	node_put(n, "url", address(req, &other));
	if (current)
		node_put(n, "dir", (sort ? a->l.last_first : !a->l.oldest_first)
				   ? "descending" : "ascending");
}

/* --- the range ------------------------------------------------------------- */

/* A day of the reader's calendar, so many before today, as in the address. */
static const char *day_before(struct req *req, int days)
{
	const char *zone = req->reader.zone;
	struct wall w = clock_wall(req->reader.now, zone);

	w = clock_wall(clock_from_wall(w.year, w.month, w.day - days, 12, 0, zone), zone);
	return arena_printf(req->arena, "%04d-%02d-%02d", w.year, w.month, w.day);
}

static void preset(struct req *req, const struct asked *a, const char *text,
		   const char *from, const char *to)
{
	struct node *n = node_item(view_at(req->view, "Presets"));
	struct asked other = *a;

	other.from = from;
	other.to = to;
	node_put(n, "text", text);
	node_put(n, "url", address(req, &other));
	node_switch(n, "current", !strcmp(a->from, from) && !strcmp(a->to, to));
}

static void show_presets(struct req *req, const struct asked *a)
{
	const char *today = day_before(req, 0);
	int day = clock_wall(req->reader.now, req->reader.zone).day;

	preset(req, a, _("Today"), today, today);
	preset(req, a, _("7 days"), day_before(req, 6), today);
	preset(req, a, _("30 days"), day_before(req, 29), today);
	preset(req, a, _("This month"), day_before(req, day - 1), today);
	preset(req, a, _("All"), "", "");
}

/* The day as the reader writes it: noon is the same day everywhere near. */
static const char *day_words(struct req *req, const char *day)
{
	const char *noon = listing_day(req->arena, day, 0, req->reader.zone);

	return noon ? locale_date(req->arena, &req->reader, clock_parse(noon)) : day;
}

static const char *range_words(struct req *req, const struct asked *a)
{
	const char *from = day_words(req, a->from), *to = day_words(req, a->to);

	if (*from && *to)
		return words_say(req->arena, _("Messages from {1} to {2}"), from, to, NULL);
	if (*from)
		return words_say(req->arena, _("Messages since {1}"), from, NULL, NULL);
	if (*to)
		return words_say(req->arena, _("Messages until {1}"), to, NULL, NULL);
	return _("All messages");
}

static void show_range(struct req *req, const struct asked *a)
{
	view_put(req->view, "Range.from", a->from);
	view_put(req->view, "Range.to", a->to);
	if (a->l.limit)
		view_number(req->view, "Range.n", a->l.limit);
	else
		view_put(req->view, "Range.n", web_query(req, "n"));
	view_put(req->view, "Range.text", range_words(req, a));
}

/* --- the list ---------------------------------------------------------------- */

static struct err *show_list(struct req *req, struct asked *a)
{
	struct listing_page page;
	const struct message *m;
	const char *here = address(req, a);

	TRY(listing_postings(&req->desk, &req->who, &a->f, &a->l, &page));
	m = page.rows.at;
	for (size_t i = 0; i < page.rows.n; i++)
		look_posting(req, node_item(view_at(req->view, "Messages")), &m[i],
			     NULL);
	view_switch(req->view, "Pager.steps", a->l.sort || a->l.oldest_first);
	if (page.cut)
		view_put(req->view, "Pager.cut", locale_number(req->arena, &req->reader,
							       MESSAGES_EXAMINED));
	if (page.before)
		view_put(req->view, "Pager.newer",
			 arena_printf(req->arena, "%s&before=%s", here, page.before));
	if (page.after)
		view_put(req->view, "Pager.older",
			 arena_printf(req->arena, "%s&after=%s", here, page.after));
	return NULL;
}

static void show_sorts(struct req *req, const struct asked *a)
{
	show_sort_by(req, view_at(req->view, "Sort.status"), a, LISTING_BY_STATUS);
	show_sort_by(req, view_at(req->view, "Sort.type"), a, LISTING_BY_TYPE);
	show_sort_by(req, view_at(req->view, "Sort.priority"), a, LISTING_BY_PRIORITY);
	show_sort_by(req, view_at(req->view, "Sort.posted"), a, LISTING_BY_DATE);
}

struct err *panel_postings_show(struct req *req)
{
	struct menu menu;
	struct asked a;

	read_asked(req, &a);
	TRY(views_show(req, INBOX_VIEWS, &menu));
	show_range(req, &a);
	if (!a.wrong) {
		show_presets(req, &a);
		show_sorts(req, &a);
		TRY(show_list(req, &a));
	}
	view_put(req->view, "Nav.current", "postings");
	return web_show_status(req, a.wrong ? 422 : 200,
			       _("Help Desk: View All Postings"),
			       "panel/postings.html.cs");
}
