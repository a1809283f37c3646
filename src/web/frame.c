#include <string.h>

#include "base/arena.h"
#include "base/html.h"
#include "base/words.h"
#include "port/http.h"
#include "store/attachment.h"
#include "store/message_mail.h"
#include "web/frame.h"
#include "web/house.h"
#include "web/page.h"

enum { BYTES = 16 << 20 };

#define LIGHT	"--bg:#fff;--text:#1e2521;--muted:#59605a;--link:#0d5c4b;--line:#857f72;"
#define DARK	"--bg:#1c201b;--text:#ebebe3;--muted:#a8aea4;--link:#7fd0b4;--line:#858c80;"

/* Colours of the letter are made for paper; a letter without any is shown in
 * those of the page around. */
static const char styles[] =
	":root{color-scheme:light;" LIGHT "}"
	"@media screen{"
	"[data-theme=dark]{color-scheme:dark;" DARK "}"
	"@media (prefers-color-scheme:dark){"
	"[data-theme=auto]{color-scheme:dark;" DARK "}}}"
	"html{color:var(--text)}"
	"body{margin:0;padding:2px;font:16px/1.5 system-ui,sans-serif;"
	"overflow-wrap:anywhere}"
	"[data-theme=paper]{background:var(--bg)}"
	"[data-theme=paper] body{padding:12px}"
	"body.panel{font-size:15px;line-height:1.45}"
	"h1,h2,h3{margin:0 0 .5em;font-size:1.2em;line-height:1.25}h1{font-size:1.4em}"
	"a{color:var(--link)}"
	"img{max-width:100%;height:auto}"
	/* one that is not shown, with the words that stand for it */
	"img:not([src]){width:auto;max-width:100%;padding:4px 8px;box-sizing:border-box;"
	"border:1px dashed var(--line);border-radius:6px;color:var(--muted);font-size:14px}"
	"table{max-width:100%}td,th{overflow-wrap:break-word}"
	/* made for wider paper */
	"@media (max-width:600px){table,td,th{width:auto!important}}"
	"pre{white-space:pre-wrap}p{margin:0 0 1em}"
	"div>:last-child{margin-bottom:0}"
	"blockquote{margin:0 0 1em;padding-inline-start:1em;"
	"border-inline-start:3px solid var(--line)}"
	"summary{color:var(--link);text-decoration:underline;font-size:14px;"
	"text-underline-offset:.2em;list-style:none;cursor:pointer;width:fit-content;"
	"padding:4px 0}summary::-webkit-details-marker{display:none}";

static struct err *headers(struct req *req, bool pictures)
{
	struct http_answer *an = req->answer;
	const char *files = req->house->audience == AUDIENCE_AGENTS
		? req->desk.urls->panel : req->desk.urls->board;

	TRY(http_header(an, "Content-Security-Policy", arena_printf(req->arena,
		"sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox;"
		" default-src 'none'; style-src 'unsafe-inline'; img-src %s/file/%s;"
		" form-action 'none'; base-uri 'none'; frame-ancestors 'self'",
		files, pictures ? " https:" : "")));
	TRY(http_header(an, "X-Content-Type-Options", "nosniff"));
	TRY(http_header(an, "X-Frame-Options", "SAMEORIGIN"));
	TRY(http_header(an, "Referrer-Policy", "no-referrer"));
	TRY(http_header(an, "X-Robots-Tag", "noindex"));
	TRY(http_header(an, "Cross-Origin-Resource-Policy", "same-origin"));
	TRY(http_header(an, "Cache-Control", "no-store"));
	TRY(http_header(an, "Vary", "Cookie, Accept-Language"));
	return NULL;
}

/* --- the letter, with addresses in its pictures ----------------------------- */

/* As html_clean wrote them: text is escaped, so this is nothing but a tag. */
#define FOLDED	"<details class=\"quoted\">"
#define CID	"<img data-cid=\""
#define SRC	"<img data-src=\""

struct letter {
	struct req *req;
	struct str page;
	struct rows files;		/* struct upload */
	bool pictures;			/* from elsewhere, too */
};

static const char *escaped(struct arena *a, const char *text)
{
	struct str s;

	str_init(&s, a, 4096);
	html_add(&s, text, strlen(text));
	return s.text;
}

/* Somebody else's page cannot press "Show pictures" with a link of its own. */
static bool asked_for_pictures(const struct req *req)
{
	const char *from = req->visit->fetch_site;

	return web_query_number(req, "pictures", 1, 1, 0) &&
	       (!*from || !strcmp(from, "same-origin") || !strcmp(from, "none"));
}

/* The thumbnail of the picture of that name: drawn anew, whatever came. */
static void add_own(struct letter *l, const char *cid, size_t n)
{
	const struct upload *u = l->files.at;
	struct req *req = l->req;

	str_add(&l->page, "<img");
	for (size_t i = 0; i < l->files.n; i++) {
		const char *name = escaped(req->arena, u[i].content_id);

		if (strlen(name) != n || memcmp(name, cid, n) != 0)
			continue;
		str_addf(&l->page, " src=\"%s/file/%s/thumb\"",
			 req->house->audience == AUDIENCE_AGENTS
			 ? req->desk.urls->panel : req->desk.urls->board,
			 u[i].public_id);
		break;
	}
}

static void add_elsewhere(struct letter *l, const char *address, size_t n)
{
	str_add(&l->page, "<img");
	if (!l->pictures || strncmp(address, "https://", 8) != 0)
		return;
	str_add(&l->page, " referrerpolicy=\"no-referrer\" src=\"");
	str_addn(&l->page, address, n);
	str_add(&l->page, "\"");
}

static void add_summary(struct letter *l)
{
	const char *words = _("Show earlier text");

	str_add(&l->page, FOLDED "<summary>");
	html_add(&l->page, words, strlen(words));
	str_add(&l->page, "</summary>");
}

static void add_letter(struct letter *l, const char *html)
{
	for (const char *tag; (tag = strchr(html, '<')); ) {
		const char *value = tag + sizeof(CID) - 1;
		size_t n = strcspn(tag, ">");

		str_addn(&l->page, html, (size_t) (tag - html));
		if (!strncmp(tag, FOLDED, sizeof(FOLDED) - 1)) {
			add_summary(l);
			html = tag + sizeof(FOLDED) - 1;
			continue;
		}
		if (!strncmp(tag, CID, sizeof(CID) - 1)) {
			add_own(l, value, strcspn(value, "\""));
			tag = value + strcspn(value, "\"") + 1;
		} else if (!strncmp(tag, SRC, sizeof(SRC) - 1)) {
			add_elsewhere(l, value, strcspn(value, "\""));
			tag = value + strcspn(value, "\"") + 1;
		}
		n = strcspn(tag, ">");
		str_addn(&l->page, tag, n + (tag[n] == '>'));
		html = tag + n + (tag[n] == '>');
	}
	str_add(&l->page, html);
}

/* Plain text, whole. */
static void add_plain(struct letter *l, const struct message_mail *m)
{
	str_add(&l->page, html_paragraphs(l->req->arena, m->body));
	if (!m->folded)
		return;
	add_summary(l);
	str_add(&l->page, html_paragraphs(l->req->arena, m->folded));
	str_add(&l->page, "</details>");
}

static bool is_coloured(const char *html)
{
	return html && strstr(html, "color:");
}

static void add_top(struct letter *l, const struct message_mail *m)
{
	const char *theme = page_theme(l->req), *title = _("Message");
	struct str *page = &l->page;

	str_addf(page, "<!doctype html>\n<html lang=\"%s\" dir=\"%s\" data-theme=\"%s\">\n"
		 "<head><meta charset=\"utf-8\"><title>", l->req->reader.lang,
		 locale_direction(l->req->reader.lang),
		 is_coloured(m->html) ? "paper" : *theme ? theme : "auto");
	html_add(page, title, strlen(title));
	str_add(page, "</title><meta name=\"viewport\" content=\"width=device-width, "
		      "initial-scale=1\"><style>");
	str_add(page, styles);
	str_addf(page, "</style></head>\n<body class=\"%s\"><div dir=\"auto\">",
		 l->req->house->audience == AUDIENCE_AGENTS ? "panel" : "shop");
}

struct err *web_frame_of(struct req *req, const struct message_mail *m)
{
	struct letter l = { .req = req };

	if (m->message_id && m->html && strstr(m->html, CID))
		TRY(store_attachment_shown(req->desk.db, &req->who, m->message_id,
					   &l.files));
	l.pictures = m->pictures && asked_for_pictures(req);
	str_init(&l.page, req->arena, BYTES);
	add_top(&l, m);
	if (m->html)
		add_letter(&l, m->html);
	else
		add_plain(&l, m);
	str_add(&l.page, "</div></body>\n</html>\n");
	TRY(headers(req, l.pictures));
	req->answer->body = l.page;
	req->answer->status = 200;
	req->answer->type = "text/html; charset=utf-8";
	req->answered = true;
	return NULL;
}

struct err *web_frame(struct req *req)
{
	struct message_mail m;
	int64_t id;

	TRY(web_id(req, 0, &id));
	TRY(store_message_mail_find(req->desk.db, &req->who, id, &m));
	return web_frame_of(req, &m);
}
