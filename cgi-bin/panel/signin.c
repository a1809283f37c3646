/*
 * Signing in and out, and the ways to a password:
 *
 *	GET, POST /sign-in		address and password
 *	POST /sign-out
 *	GET, POST /forgot		a link by mail
 *	GET, POST /password/:token	what the link leads to
 *
 * Whoever tries is told the same whether the account exists or not.
 */
#include <string.h>

#include "base/address.h"
#include "base/arena.h"
#include "base/words.h"
#include "desk/staff.h"
#include "panel/routes.h"
#include "port/http.h"
#include "port/view.h"
#include "web/form.h"
#include "web/guard.h"
#include "web/house.h"
#include "web/session.h"

enum { QUARTER = 900, OF_ACCOUNT = 5, OF_ALL = 100, OF_ADDRESS = 20, OF_LETTERS = 3 };

/* One more try from this network address. */
static struct err *count_visitor(struct req *req, const char *what)
{
	TRY(guard_try(req, arena_printf(req->arena, "%s-from:%s", what,
					guard_network(req)), OF_ADDRESS, QUARTER));
	return NULL;
}

/* An account's tries are counted for each network, so that a stranger who
 * guesses keeps nobody out; and together, against many who guess. */
static const char *try_of(struct req *req, const char *email)
{
	return arena_printf(req->arena, "signin:%s from %s",
			    address_lower(req->arena, email), guard_network(req));
}

/* Where somebody was on the way to: a page of panel or settings, as
 * session_ask_to_sign_in() wrote it down, else the inbox. */
static const char *way_back(struct req *req, const char *path)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789-_.~/?=&%+,:";
	const struct desk_urls *u = req->desk.urls;
	const char *ours[] = { u->panel, u->config };
	const char *url = arena_printf(req->arena, "%s%s", u->storefront, path);

	for (size_t i = 0; i < sizeof(ours) / sizeof(*ours); i++) {
		size_t n = strlen(ours[i]);

		if (*path == '/' && strspn(path, plain) == strlen(path) &&
		    !strstr(path, "..") && !strncmp(url, ours[i], n) && url[n] == '/')
			return url;
	}
	return arena_printf(req->arena, "%s/inbox", u->panel);
}

static struct err *show_signin(struct req *req, int status, const char *failure,
			       const char *back)
{
	view_put(req->view, "Failure.text", failure);
	view_switch(req->view, "Failure.wait", status == 429);
	view_put(req->view, "Back", *back ? back : NULL);
	view_switch(req->view, "Page.error", failure != NULL);
	return web_show_status(req, status, _("Sign in"), "panel/signin.html.cs");
}

struct err *panel_signin_ask(struct req *req)
{
	const char *back = web_query(req, "back");

	if (req->who.kind == ACTOR_AGENT)
		return web_redirect(req, "%s", way_back(req, back));
	return show_signin(req, 200, NULL, back);
}

static struct err *count_tries(struct req *req, const char *email)
{
	TRY(count_visitor(req, "signin"));
	TRY(guard_try(req, try_of(req, email), OF_ACCOUNT, QUARTER));
	TRY(guard_try(req, arena_printf(req->arena, "signin:%s",
					address_lower(req->arena, email)), OF_ALL, QUARTER));
	return NULL;
}

struct err *panel_signin_enter(struct req *req)
{
	const char *email = form_value(req, "email"), *back = form_value(req, "back");
	struct agent a;
	struct err *e;
	bool right;

	form_fill(req, "email", email);
	e = count_tries(req, email);
	if (e && e->kind == ERR_TOO_MANY)
		return show_signin(req, 429, _("Too many tries"), back);
	TRY(e);
	TRY(staff_sign_in(&req->desk, email, form_value(req, "password"), &a, &right));
	if (!right)
		return show_signin(req, 422, _("The address or the password is wrong"), back);
	TRY(guard_forgive(req, try_of(req, email)));
	/* An office signs in from one network in the morning: only failures count. */
	TRY(guard_forgive(req, arena_printf(req->arena, "signin-from:%s",
					    guard_network(req))));
	TRY(session_begin_agent(req, a.id));
	return web_redirect(req, "%s", way_back(req, back));
}

struct err *panel_signin_leave(struct req *req)
{
	TRY(session_end(req));
	TRY(web_flash(req, "signedout"));
	return web_redirect(req, "%s/sign-in", req->desk.urls->panel);
}

/* A forgotten password. */

struct err *panel_signin_forgot(struct req *req)
{
	view_switch(req->view, "Sent", *web_query(req, "sent") != '\0');
	return web_show(req, _("Forgot your password?"), "panel/forgot.html.cs");
}

struct reminded {
	const char *email;
};

static const struct form_rule reminded_rules[] = {
	FORM_EMAIL(reminded, email, REQUIRED, N_("Enter an e-mail address like name@example.com")),
	FORM_END
};

/* Over the limit of one address nothing is sent, and nothing else said. */
static struct err *remind(struct req *req, const char *email)
{
	struct err *e = guard_try(req, arena_printf(req->arena, "forgot:%s", email),
				  OF_LETTERS, QUARTER);

	if (e && e->kind == ERR_TOO_MANY)
		return NULL;
	TRY(e);
	TRY(staff_forgot(&req->desk, req->house->shop, email));
	return NULL;
}

struct err *panel_signin_remind(struct req *req)
{
	struct reminded r;

	TRY(count_visitor(req, "forgot"));
	if (!form_read(req, reminded_rules, &r))
		return web_show_status(req, 422, _("Forgot your password?"),
				       "panel/forgot.html.cs");
	TRY(remind(req, r.email));
	return web_redirect(req, "%s/forgot?sent=1", req->desk.urls->panel);
}

/* The link of the mail. */

static struct err *show_key(struct req *req, int status, const struct agent *a)
{
	view_switch(req->view, "Key.gone", a == NULL);
	if (a) {
		view_put(req->view, "Key.email", a->email);
		view_put(req->view, "Key.token", web_part(req, 0));
	}
	return web_show_status(req, status, _("Choose a password"),
			       "panel/password.html.cs");
}

struct err *panel_signin_key(struct req *req)
{
	struct agent a;
	bool found;

	TRY(count_visitor(req, "key"));
	TRY(staff_find_token(&req->desk, web_part(req, 0), &a, &found));
	return found ? show_key(req, 200, &a) : show_key(req, 404, NULL);
}

/* What was typed twice is one password, and a good one. */
static bool is_good(struct req *req, const struct agent *a)
{
	const char *password = form_value(req, "new");
	const char *wrong = staff_password_complaint(req->arena, password, a->email,
						     a->name);

	if (wrong)
		form_complain(req, "new", wrong);
	else if (strcmp(password, form_value(req, "again")))
		form_complain(req, "again", wrong = _("Both have to be the same"));
	return !wrong;
}

struct err *panel_signin_choose(struct req *req)
{
	enum staff_answer answer;
	struct agent a;
	bool found;

	TRY(count_visitor(req, "key"));
	TRY(staff_find_token(&req->desk, web_part(req, 0), &a, &found));
	if (!found)
		return show_key(req, 404, NULL);
	if (!is_good(req, &a))
		return show_key(req, 422, &a);
	TRY(staff_use_token(&req->desk, req->house->shop, web_part(req, 0),
			    form_value(req, "new"), &a, &answer));
	if (answer != STAFF_DONE)
		return show_key(req, 404, NULL);
	TRY(session_begin_agent(req, a.id));
	TRY(web_flash(req, "password"));
	return web_redirect(req, "%s/inbox", req->desk.urls->panel);
}
