#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/address.h"
#include "base/arena.h"
#include "base/html.h"
#include "base/words.h"
#include "desk/catalog.h"
#include "port/http.h"
#include "port/view.h"
#include "store/ticket.h"
#include "web/flash.h"
#include "web/guard.h"
#include "web/house.h"
#include "web/look.h"
#include "web/page.h"
#include "web/session.h"

enum { PAGE_BYTES = 4 << 20, USUAL_BYTES = 40 << 10, TEN_YEARS = 315360000 };

static const char *const no_content = "default-src 'none'; sandbox";

static const char *near(const struct req *req, const char *address)
{
	return html_near(address, req->house->origin);
}

/* The address of the program itself. */
static const char *program_url(const struct req *req)
{
	const struct desk_urls *u = req->desk.urls;

	if (!strcmp(req->house->program, "board"))
		return u->board;
	if (!strcmp(req->house->program, "panel"))
		return u->panel;
	if (!strcmp(req->house->program, "config"))
		return u->config;
	return u->storefront;
}

static void common_urls(struct req *req)
{
	const struct desk_urls *u = req->desk.urls;
	const char *program = near(req, program_url(req));

	view_origin(req->view, req->house->origin);
	view_put(req->view, "Url.storefront", near(req, u->storefront));
	view_put(req->view, "Url.board", near(req, u->board));
	view_put(req->view, "Url.panel", near(req, u->panel));
	view_put(req->view, "Url.config", near(req, u->config));
	view_put(req->view, "Url.assets", near(req, req->house->assets));
	view_put(req->view, "Url.path", req->house->cookie_path);
	view_put(req->view, "Url.choose", arena_join(req->arena, program, "/choose"));
	view_put(req->view, "Url.here",
		 arena_join(req->arena, program, req->path,
			    *req->visit->query ? "?" : "", req->visit->query));
	view_put(req->view, "Asset.version", req->house->assets_version);
}

static const char *or_null(const char *text)
{
	return *text ? text : NULL;
}

static void common_shop(struct req *req)
{
	const struct catalog *c = req->desk.catalog;

	view_put(req->view, "Shop.name", catalog_text(c, "shop_name"));
	view_put(req->view, "Shop.url", or_null(catalog_text(c, "shop_url")));
	view_put(req->view, "Shop.imprint_url", or_null(catalog_text(c, "imprint_url")));
	view_put(req->view, "Shop.privacy_url", or_null(catalog_text(c, "privacy_url")));
	view_put(req->view, "Shop.accessibility_url",
		 or_null(catalog_text(c, "accessibility_url")));
	view_put(req->view, "Show.type", catalog_shown_as(c, ENTRY_TYPE));
	view_put(req->view, "Show.status", catalog_shown_as(c, ENTRY_STATUS));
	view_put(req->view, "Show.priority", catalog_shown_as(c, ENTRY_PRIORITY));
}

const char *page_theme(struct req *req)
{
	const char *chosen = web_cookie(req, "aftersale_theme");

	if (chosen && (!strcmp(chosen, "light") || !strcmp(chosen, "dark")))
		return chosen;
	if (chosen && !strcmp(chosen, "auto"))
		return "";
	if (req->house->audience == AUDIENCE_CUSTOMERS &&
	    !strcmp(catalog_text(req->desk.catalog, "customer_theme"), "light"))
		return "light";
	return "";
}

/* Their address comes from the shop, and is changed there. */
static const char *account_page(struct req *req)
{
	const char *url = catalog_text(req->desk.catalog, "account_url");

	return *url ? url : catalog_text(req->desk.catalog, "shop_url");
}

static void common_me(struct req *req)
{
	const struct actor *who = &req->who;
	struct node *me = view_at(req->view, "Me");

	node_put(me, "kind", who->kind == ACTOR_CUSTOMER ? "customer" :
			     who->kind == ACTOR_AGENT ? "agent" : "guest");
	if (who->kind == ACTOR_NOBODY)
		return;
	look_person(req, me, who->id, who->name);
	node_put(me, "email", who->email);
	node_put(me, "first", arena_copy(req->arena, who->name, strcspn(who->name, " ")));
	node_switch(me, "admin", actor_may(who, RIGHT_CONFIG));
	node_switch(me, "staff_admin", actor_may(who, RIGHT_STAFF));
	node_switch(me, "letters", actor_may(who, RIGHT_LETTERS));
	node_switch(me, "only_ticket", who->only_ticket != 0);
	node_switch(me, "unreachable", req->unreachable);
	if (!req->unreachable || who->kind != ACTOR_CUSTOMER)
		return;
	node_put(me, "masked", address_masked(req->arena, who->email));
	if (who->external_id)
		node_put(me, "account_url", account_page(req));
}

static void common_languages(struct req *req)
{
	struct node *list = view_at(req->view, "Languages");

	for (const char *const *lang = locale_languages; *lang; lang++) {
		struct node *n = node_item(list);

		node_put(n, "code", *lang);
		node_put(n, "name", locale_own_name(*lang));
		node_put(n, "dir", locale_direction(*lang));
		node_switch(n, "current", !strcmp(*lang, req->reader.lang));
	}
}

struct err *page_common(struct req *req, const char *title)
{
	view_put(req->view, "Page.title", title);
	view_put(req->view, "Page.program", req->house->program);
	view_put(req->view, "Lang", req->reader.lang);
	view_put(req->view, "Dir", locale_direction(req->reader.lang));
	view_put(req->view, "Theme", page_theme(req));
	common_urls(req);
	common_shop(req);
	common_me(req);
	common_languages(req);
	view_put(req->view, "Csrf", guard_csrf(req));
	TRY(flash_show(req));
	return NULL;
}

/* Headers of everything that is a page: never cached, never framed. */
static struct err *page_headers(struct req *req)
{
	struct http_answer *an = req->answer;

	TRY(http_header(an, "Content-Security-Policy",
		"default-src 'none'; script-src 'self'; style-src 'self';"
		" img-src 'self' data: blob:; connect-src 'self';"
		" font-src 'self'; form-action 'self'; frame-src 'self';"
		" frame-ancestors 'none'; base-uri 'none'"));
	TRY(http_header(an, "X-Content-Type-Options", "nosniff"));
	TRY(http_header(an, "X-Frame-Options", "DENY"));
	/* Nothing to other sites; to ourselves the origin, which a POST needs. */
	TRY(http_header(an, "Referrer-Policy", "same-origin"));
	TRY(http_header(an, "X-Robots-Tag", "noindex"));
	TRY(http_header(an, "Cross-Origin-Opener-Policy", "same-origin"));
	TRY(http_header(an, "Permissions-Policy",
			"camera=(), microphone=(), geolocation=()"));
	TRY(http_header(an, "Cache-Control", "no-store"));
	TRY(http_header(an, "Vary", "Cookie, Accept-Language"));
	return NULL;
}

static struct err *render(struct req *req, int status, const char *template)
{
	struct http_answer *an = req->answer;

	str_init(&an->body, req->arena, PAGE_BYTES);
	str_reserve(&an->body, USUAL_BYTES);
	TRY(view_render(req->view, template, &an->body));
	if (an->body.cut)
		return FAIL(req->arena, ERR_BUG, "%s: page too long", template);
	TRY(page_headers(req));
	an->status = status;
	an->type = "text/html; charset=utf-8";
	req->answered = true;
	return NULL;
}

struct err *web_show_status(struct req *req, int status, const char *title,
			    const char *template)
{
	TRY(session_need_holder(req));
	TRY(page_common(req, title));
	TRY(render(req, status, template));
	return NULL;
}

struct err *web_show(struct req *req, const char *title, const char *template)
{
	TRY(web_show_status(req, 200, title, template));
	return NULL;
}

struct err *web_fragment(struct req *req, int status, const char *template)
{
	common_urls(req);
	common_shop(req);
	view_put(req->view, "Lang", req->reader.lang);
	view_put(req->view, "Csrf", guard_csrf(req));
	TRY(render(req, status, template));
	return NULL;
}

struct err *web_text(struct req *req, int status, const char *text)
{
	str_init(&req->answer->body, req->arena, PAGE_BYTES);
	str_add(&req->answer->body, text);
	TRY(page_headers(req));
	req->answer->status = status;
	req->answer->type = "text/plain; charset=utf-8";
	req->answered = true;
	return NULL;
}

struct err *web_redirect(struct req *req, const char *fmt, ...)
{
	va_list ap, again;
	char *where;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	where = arena_alloc(req->arena, (size_t) n + 1);
	vsnprintf(where, (size_t) n + 1, fmt, again);
	va_end(again);
	TRY(http_header(req->answer, "Location", where));
	TRY(http_header(req->answer, "Cache-Control", "no-store"));
	TRY(http_header(req->answer, "Referrer-Policy", "no-referrer"));
	req->answer->status = 303;
	req->answered = true;
	return NULL;
}

struct err *web_not_modified(struct req *req)
{
	req->answer->status = 304;
	req->answered = true;
	return NULL;
}

struct err *web_send_file(struct req *req, int fd, int64_t size,
			  const char *type, const char *name, bool thumb)
{
	struct http_answer *an = req->answer;

	TRY(http_header(an, "Content-Security-Policy", no_content));
	TRY(http_header(an, "X-Content-Type-Options", "nosniff"));
	TRY(http_header(an, "Referrer-Policy", "no-referrer"));
	/* Kept for this session alone: who signs out has another cookie. */
	TRY(http_header(an, "Cache-Control", "private, max-age=3600"));
	TRY(http_header(an, "Vary", "Cookie"));
	TRY(http_header(an, "Cross-Origin-Resource-Policy", "same-origin"));
	TRY(http_header(an, "Content-Disposition",
			arena_printf(req->arena, "%s; filename*=UTF-8''%s",
				     thumb ? "inline" : "attachment",
				     html_url(req->arena, name))));
	an->status = 200;
	an->type = thumb ? type : "application/octet-stream";
	an->file = fd;
	an->file_size = size;
	req->answered = true;
	return NULL;
}

struct err *web_send_for_ever(struct req *req, const char *type,
			      struct bytes content)
{
	struct http_answer *an = req->answer;

	TRY(http_header(an, "Content-Security-Policy", no_content));
	TRY(http_header(an, "X-Content-Type-Options", "nosniff"));
	TRY(http_header(an, "Cache-Control", "public, max-age=31536000, immutable"));
	str_init(&an->body, req->arena, content.n + 1);
	str_addn(&an->body, content.at, content.n);
	an->status = 200;
	an->type = type;
	req->answered = true;
	return NULL;
}

/* The panel's look and the shop's differ: a failure is told in either. */
static struct err *show_failure(struct req *req, int status, const char *template)
{
	TRY(page_common(req, _("Something went wrong")));
	TRY(render(req, status, template));
	if (status == 503 || status == 429)
		TRY(http_header(req->answer, "Retry-After", "30"));
	return NULL;
}

void web_show_failure(struct req *req, int status, const char *template)
{
	if (!show_failure(req, status, template))
		return;
	http_answer_init(req->answer, req->arena);
	str_init(&req->answer->body, req->arena, 1024);
	str_add(&req->answer->body, "Sorry, something went wrong.\n");
	req->answer->status = status;
	req->answer->type = "text/plain; charset=utf-8";
	req->answered = true;
}

struct err *web_expired(struct req *req, bool *answered)
{
	*answered = true;
	TRY(page_common(req, _("You are signed out")));
	TRY(render(req, 403, "parts/expired.html.cs"));
	return NULL;
}

static const char *cookie_name(const struct req *req, const char *name)
{
	return req->house->cookie_secure
		? arena_printf(req->arena, "__Host-%s", name) : name;
}

/* What script sets (zone, theme) and what anybody may read has no prefix. */
static bool is_open_cookie(const char *name)
{
	return strchr(name, '_') != NULL;
}

const char *web_cookie(const struct req *req, const char *name)
{
	if (!is_open_cookie(name))
		name = cookie_name(req, name);
	return http_cookie(req->arena, req->visit, name);
}

struct err *web_set_cookie(struct req *req, const char *name, const char *value,
			   long seconds)
{
	bool open = is_open_cookie(name);
	struct str s;

	str_init(&s, req->arena, 1024);
	str_addf(&s, "%s=%s; Path=%s; SameSite=Lax",
		 open ? name : cookie_name(req, name), value,
		 open ? req->house->cookie_path : "/");
	if (!open)
		str_add(&s, "; HttpOnly");
	if (req->house->cookie_secure)
		str_add(&s, "; Secure");
	if (seconds < 0)
		str_add(&s, "; Max-Age=0");
	else if (seconds)
		str_addf(&s, "; Max-Age=%ld", seconds);
	TRY(http_header(req->answer, "Set-Cookie", s.text));
	return NULL;
}

struct err *web_flash(struct req *req, const char *code)
{
	TRY(web_set_cookie(req, "aftersale_flash", code, 60));
	return NULL;
}
