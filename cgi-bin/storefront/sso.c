/*
 * The shop says who is visiting:
 *
 *	GET, POST /sso		a token, then 303 to return_to
 *	POST /sso/logout	the customer left the shop
 *	POST /sign-out		the customer leaves the help desk
 */
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/words.h"
#include "desk/visitor.h"
#include "port/conf.h"
#include "port/http.h"
#include "port/view.h"
#include "storefront/routes.h"
#include "web/form.h"
#include "web/house.h"
#include "web/session.h"

enum { MOST_PATH = 512 };

static bool is_post(const struct req *req)
{
	return !strcmp(req->visit->method, "POST");
}

static const char *given(const struct req *req, const char *name)
{
	return is_post(req) ? form_value(req, name) : web_query(req, name);
}

/* A path of ours: one slash first, no host, no control characters. */
static bool is_path(const char *path)
{
	if (path[0] != '/' || path[1] == '/' || strlen(path) > MOST_PATH)
		return false;
	for (; *path; path++)
		if ((unsigned char) *path < 0x20 || *path == 0x7f || *path == '\\')
			return false;
	return true;
}

static struct err *read_token(struct req *req, struct token *t)
{
	struct conf *conf = req->house->conf;
	const char *shop = conf_shops(conf)[0];
	const char *section;

	if (!shop)
		return FAIL(req->arena, ERR_BAD_REQUEST, "no shop is configured");
	section = arena_printf(req->arena, "shop.%s", shop);
	TRY(token_read(req->arena, given(req, "jwt"), &(struct token_rules) {
		.shop = shop,
		.audience = conf_text(conf, "web", "base_url"),
		.secret = conf_text(conf, section, "secret"),
		.secret_old = conf_text(conf, section, "secret_old"),
		.now = clock_now(),
	}, t));
	return NULL;
}

/* The same friendly page for every reason; the log knows which. */
static struct err *show_failure(struct req *req, const struct err *e)
{
	log_line("sso: %s", e->text);
	view_put(req->view, "Failure.url", req->desk.urls->shop_login);
	return web_show_status(req, 403, _("The shop could not sign you in here"),
			       "storefront/sso_failed.html.cs");
}

static bool is_the_visitors(const struct err *e)
{
	return e->kind == ERR_BAD_REQUEST || e->kind == ERR_CONFLICT;
}

struct err *storefront_sso(struct req *req)
{
	const char *to = given(req, "return_to");
	const struct session_key key = session_new_key(req);
	struct token t;
	struct err *e;

	e = read_token(req, &t);
	if (!e)
		e = visitor_by_token(&req->desk, req->house->shop, &t, key.hash);
	if (e && is_the_visitors(e))
		return show_failure(req, e);
	TRY(e);
	TRY(session_take_key(req, &key));
	return web_redirect(req, "%s%s", req->desk.urls->storefront,
			    is_path(to) ? to : "/orders");
}

struct err *storefront_sso_logout(struct req *req)
{
	struct token t;

	TRY(read_token(req, &t));
	TRY(visitor_forget(&req->desk, req->house->shop, &t));
	return web_text(req, 200, "signed out\n");
}

struct err *storefront_sign_out(struct req *req)
{
	TRY(session_end(req));
	TRY(web_flash(req, "signedout"));
	return web_redirect(req, "%s/guest", req->desk.urls->storefront);
}
