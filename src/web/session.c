#include <string.h>

#include "base/arena.h"
#include "base/locale.h"
#include "base/words.h"
#include "desk/catalog.h"
#include "port/http.h"
#include "port/secret.h"
#include "store/session.h"
#include "web/house.h"
#include "web/session.h"

enum { COOKIE_BYTES = 32, COOKIE_CHARS = 43 };
static const char customer_cookie[] = "aftersale";
static const char agent_cookie[] = "aftersale-panel";
static const char visitor_cookie[] = "aftersale-visitor";

enum { WEEKS_2 = 14 * 86400, HOURS_12 = 12 * 3600 };

static const char *session_cookie(const struct req *req)
{
	return req->house->audience == AUDIENCE_AGENTS ? agent_cookie
						       : customer_cookie;
}

static void become(struct req *req, const struct session *s)
{
	bool staff = req->house->audience == AUDIENCE_AGENTS;

	req->who = (struct actor) {
		.kind = s->id ? staff ? ACTOR_AGENT : ACTOR_CUSTOMER : ACTOR_NOBODY,
		.shop = req->house->shop, .id = s->id, .name = s->name,
		.email = s->email, .lang = s->lang, .zone = s->zone,
		.external_id = s->external_id, .only_ticket = s->only_ticket,
	};
	if (staff)
		req->who.role = catalog_role(req->desk.catalog, s->role_id, req->who.may);
}

/* The person's choice, a cookie's, the browser's, the shop's. */
static void choose_reader(struct req *req)
{
	const struct catalog *c = req->desk.catalog;
	const char *fallback = catalog_text(c, "language");
	const char *lang = web_cookie(req, "aftersale_lang");
	const char *zone = web_cookie(req, "aftersale_zone");

	if (!lang)
		lang = req->who.lang ? req->who.lang : req->visit->language;
	if (req->who.zone)
		zone = req->who.zone;
	if (!zone || !clock_zone_exists(zone))
		zone = catalog_text(c, "zone");
	req->reader.lang = locale_pick(lang, fallback);
	req->reader.zone = zone;
	req->reader.now = clock_now();
	words_use(req->reader.lang);
}

static struct err *renew(struct req *req, const struct session *s)
{
	if (!s->id || !s->stale)
		return NULL;
	if (req->house->audience == AUDIENCE_AGENTS)
		TRY(store_session_renew_agent(req->desk.db, req->holder));
	else
		TRY(store_session_renew_customer(req->desk.db, req->holder));
	if (req->house->audience == AUDIENCE_CUSTOMERS && !s->only_ticket)
		TRY(web_set_cookie(req, customer_cookie, req->cookie, WEEKS_2));
	return NULL;
}

struct err *session_read(struct req *req)
{
	const char *cookie = web_cookie(req, session_cookie(req));
	struct bytes hash = { 0 };
	struct session s = { 0 };

	if (cookie && strlen(cookie) == COOKIE_CHARS)
		hash = secret_of_token(req->arena, cookie);
	if (req->house->audience == AUDIENCE_AGENTS)
		TRY(store_session_agent(req->desk.db, req->house->shop, hash, &s));
	else
		TRY(store_session_customer(req->desk.db, req->house->shop, hash, &s));
	if (!s.id) {
		cookie = web_cookie(req, visitor_cookie);
		hash = cookie ? secret_of_token(req->arena, cookie) : (struct bytes) { 0 };
	}
	req->cookie = cookie;
	req->holder = hash;
	TRY(house_refresh(req->house, s.revision));
	req->desk.catalog = req->house->catalog;
	req->came_cookie = cookie;
	req->came_holder = hash;
	req->desk.told_orders = s.orders;
	become(req, &s);
	req->unreachable = s.id && s.unreachable;
	choose_reader(req);
	TRY(renew(req, &s));
	return NULL;
}

static struct err *new_cookie(struct req *req, const char *name, long seconds)
{
	req->cookie = secret_token(req->arena, COOKIE_BYTES);
	req->holder = secret_of_token(req->arena, req->cookie);
	TRY(web_set_cookie(req, name, req->cookie, seconds));
	return NULL;
}

/* A known cookie is never promoted: the old session ends, a new id begins. */
static struct err *end_old(struct req *req)
{
	const char *old = web_cookie(req, session_cookie(req));

	if (!old)
		return NULL;
	if (req->house->audience == AUDIENCE_AGENTS)
		TRY(store_session_drop_agent(req->desk.db, secret_of_token(req->arena, old)));
	else
		TRY(store_session_drop_customer(req->desk.db, secret_of_token(req->arena, old)));
	return NULL;
}

struct session_key session_new_key(struct req *req)
{
	const char *cookie = secret_token(req->arena, COOKIE_BYTES);

	return (struct session_key) { cookie, secret_of_token(req->arena, cookie) };
}

struct err *session_take_key(struct req *req, const struct session_key *key)
{
	TRY(end_old(req));
	req->cookie = key->cookie;
	req->holder = key->hash;
	TRY(web_set_cookie(req, customer_cookie, req->cookie, WEEKS_2));
	return NULL;
}

struct err *session_begin_customer(struct req *req, int64_t customer_id,
				   int64_t only_ticket)
{
	const struct session_key key = session_new_key(req);

	TRY(store_session_add_customer(req->desk.db, req->house->shop, key.hash,
				       customer_id, only_ticket, NULL));
	TRY(session_take_key(req, &key));
	return NULL;
}

struct err *session_begin_agent(struct req *req, int64_t agent_id)
{
	TRY(end_old(req));
	TRY(new_cookie(req, agent_cookie, 0));
	TRY(store_session_add_agent(req->desk.db, req->holder, agent_id,
				    req->visit->remote, req->visit->agent));
	return NULL;
}

struct err *session_end(struct req *req)
{
	TRY(end_old(req));
	TRY(web_set_cookie(req, session_cookie(req), "", -1));
	return NULL;
}

struct err *session_need_holder(struct req *req)
{
	if (!req->cookie)
		TRY(new_cookie(req, visitor_cookie, HOURS_12));
	return NULL;
}

static const char *escaped(struct arena *a, const char *text)
{
	struct str out;

	str_init(&out, a, 4096);
	for (; *text; text++) {
		unsigned char c = (unsigned char) *text;

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		    (c >= '0' && c <= '9') || strchr("-_.~/", c))
			str_addn(&out, text, 1);
		else
			str_addf(&out, "%%%02X", c);
	}
	return out.text;
}

/* This page, seen from the help desk's base address. */
static const char *here(const struct req *req)
{
	const struct desk_urls *u = req->desk.urls;
	const char *at = u->storefront, *program = at;
	size_t n = strlen(u->storefront);

	if (!strcmp(req->house->program, "board"))
		program = u->board;
	else if (!strcmp(req->house->program, "panel"))
		program = u->panel;
	else if (!strcmp(req->house->program, "config"))
		program = u->config;
	program = strncmp(program, at, n) ? "" : program + n;
	return arena_printf(req->arena, "%s%s%s%s", program, req->path,
			    *req->visit->query ? "?" : "", req->visit->query);
}

struct err *session_ask_to_sign_in(struct req *req)
{
	const struct desk_urls *u = req->desk.urls;
	const char *back = escaped(req->arena, here(req));

	if (req->house->audience == AUDIENCE_AGENTS)
		return web_redirect(req, "%s/sign-in?back=%s", u->panel, back);
	if (!u->shop_login)
		return FAIL(req->arena, ERR_FORBIDDEN, "nobody is signed in");
	return web_redirect(req, "%s%sreturn_to=%s", u->shop_login,
			    strchr(u->shop_login, '?') ? "&" : "?", back);
}
