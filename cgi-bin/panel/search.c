/*
 * What was found for the words in the inbox's search box; the language is told
 * in desk/query.h and on the page.
 *
 *	GET /inbox?q=&after=
 */
#include "base/arena.h"
#include "base/html.h"
#include "base/locale.h"
#include "base/utf8.h"
#include "base/words.h"
#include "desk/search.h"
#include "panel/search.h"
#include "panel/views.h"
#include "port/view.h"
#include "web/look.h"

enum { IN_TITLE = 60, EXAMPLES = 4 };

/* What the page tells of the language. Codes are the same in every language. */
static const struct help {
	const char *examples[EXAMPLES];
	const char *text;
} helps[] = {
	{ { N_("lid broken") },
	  N_("all of these words, in messages, subjects or customers’ names") },
	{ { N_("\"came broken\"") }, N_("these words in this order") },
	{ { N_("hand*") }, N_("words that begin so") },
	{ { N_("-refund") }, N_("without this word; the - works before fields as well") },
	{ { "#1042", "10023", "AB-1" }, N_("a ticket, an order, an article") },
	{ { "is:open", "is:closed", "is:waiting", "is:unassigned" },
	  N_("as in the views") },
	{ { "status:", "type:", "priority:" },
	  N_("a name, or the beginning of one") },
	{ { "owner:me", "owner:nobody", "owner:anna" }, N_("who has the ticket") },
	{ { "from:anna", "from:anna@" },
	  N_("a customer whose name or address begins so") },
	{ { "order:", "sku:", "number:" },
	  N_("the number of an order, an article, a ticket") },
	{ { "created:2026-01..2026-03", "updated:2026-03-05" },
	  N_("days, months and years, from and to") },
	{ { "waiting:>2d", "waiting:<4h" },
	  N_("longer or shorter: m minutes, h hours, d days, w weeks") },
	{ { "has:attachment", "has:order", "has:note" },
	  N_("what belongs to the ticket") },
	{ { "subject:", "lang:de", "source:mail" },
	  N_("a word of the subject; the language; where it came from") },
};

static void show_help(struct req *req)
{
	struct node *list = view_at(req->view, "Help");

	for (size_t i = 0; i < sizeof(helps) / sizeof(*helps); i++) {
		struct node *n = node_item(list), *examples = node_at(n, "examples");

		node_put(n, "text", words_get(helps[i].text));
		for (int j = 0; j < EXAMPLES && helps[i].examples[j]; j++)
			node_put(node_item(examples), "text",
				 words_get(helps[i].examples[j]));
	}
}

static void show_pieces(struct node *list, const struct excerpt *e)
{
	for (size_t i = 0; i < e->n; i++) {
		struct node *n = node_item(list);

		node_put(n, "text", e->pieces[i].text);
		node_switch(n, "hit", e->pieces[i].hit);
	}
}

/* The message is linked, since its ticket may be long. */
static void show_found(struct req *req, struct node *n, const struct found *f)
{
	look_ticket_row(req, n, f->ticket);
	show_pieces(node_at(n, "title"), &f->subject);
	if (f->words.hit)
		show_pieces(node_at(n, "hit"), &f->words);
	node_switch(n, "note", f->note && f->words.hit);
	if (!f->words.hit || !f->message_id)
		return;
	look_time(req, n, "hit_at", f->message_at);
	node_put(n, "hit_url", arena_printf(req->arena, "%s/ticket/%s#m%lld",
					    req->desk.urls->panel, f->ticket->number,
					    (long long) f->message_id));
}

static void show_pages(struct req *req, const char *q, const struct search *s)
{
	const char *n = locale_number(req->arena, &req->reader, (int64_t) s->n);
	bool first = !*web_query(req, "after");
	const char *here = arena_printf(req->arena, "%s/inbox?q=%s",
					req->desk.urls->panel,
					html_url(req->arena, q));

	if (!first)
		view_put(req->view, "Search.first", here);
	if (s->after)
		view_put(req->view, "Search.older",
			 arena_printf(req->arena, "%s&after=%s", here, s->after));
	if (s->n && (s->after || !first))
		view_put(req->view, "Search.text",
			 words_say(req->arena, first ? _("The latest {1}") : _("{1} more"),
				   n, NULL, NULL));
	else if (s->n)
		view_put(req->view, "Search.text",
			 words_many(req->arena, "{1} ticket", "{1} tickets", (long) s->n));
}

static void show_limit(struct req *req, const struct search *s)
{
	const char *n = locale_number(req->arena, &req->reader, s->looked_at);

	if (!s->looked_at)
		return;
	view_put(req->view, "Search.limit", words_say(req->arena,
		s->order == SEARCH_MESSAGES
		? _("Only {1} messages were looked at, the latest ones: these words"
		    " are in very many.")
		: s->order == SEARCH_TICKETS
		? _("Only {1} tickets were looked at, the latest ones: these words"
		    " are in very many.")
		: s->order == SEARCH_OPENED
		? _("Only {1} tickets were looked at, the newest ones.")
		: _("Only {1} tickets were looked at, those changed last."),
		n, NULL, NULL));
}

static void show_customers(struct req *req, const struct search *s)
{
	if (s->customers)
		view_put(req->view, "Search.customers", words_say(req->arena,
			 _("Very many customers have this name; {1} of them were looked at."),
			 locale_number(req->arena, &req->reader, s->customers),
			 NULL, NULL));
}

/* What stands around every list of the inbox. */
static struct err *show_frame(struct req *req)
{
	struct menu menu;

	TRY(views_show(req, INBOX_VIEWS, &menu));
	view_put(req->view, "Nav.current", "inbox");
	look_entries(req, ENTRY_STATUS, 0);
	look_entries(req, ENTRY_TYPE, 0);
	look_entries(req, ENTRY_PRIORITY, 0);
	view_switch(req->view, "Bulk", actor_may(&req->who, RIGHT_CHANGE));
	views_agents(req, 0);
	return NULL;
}

struct err *panel_search_show(struct req *req, const char *q)
{
	const char *title;
	struct search s;

	TRY(search_find(&req->desk, &req->who, &req->reader, q,
			web_query(req, "after"), &s));
	if (s.straight)
		return web_redirect(req, "%s/ticket/%s", req->desk.urls->panel, s.straight);
	TRY(show_frame(req));
	for (size_t i = 0; i < s.n; i++)
		show_found(req, node_item(view_at(req->view, "Tickets")), &s.found[i]);
	title = words_say(req->arena, _("Search for {1}"),
			  utf8_cut(req->arena, q, IN_TITLE), NULL, NULL);
	view_put(req->view, "View.title", _("Search results"));
	view_put(req->view, "View.summary", title);
	view_put(req->view, "Filter.q", q);
	view_switch(req->view, "Search.on", true);
	view_put(req->view, "Search.wrong", s.wrong.text);
	view_switch(req->view, "Page.error", s.wrong.text != NULL);
	show_help(req);
	show_pages(req, q, &s);
	show_limit(req, &s);
	show_customers(req, &s);
	return web_show_status(req, s.wrong.text ? 422 : 200, title,
			       "panel/inbox.html.cs");
}
