/*
 * The link of a mail opens one ticket, without an account:
 *
 *	GET /t/:token		a session for this ticket, then its board
 *	GET, POST /link		a new link for an old one
 */
#include <string.h>

#include "base/address.h"
#include "base/arena.h"
#include "base/words.h"
#include "desk/delivery.h"
#include "desk/visitor.h"
#include "port/http.h"
#include "port/view.h"
#include "storefront/routes.h"
#include "web/form.h"
#include "web/guard.h"
#include "web/house.h"
#include "web/session.h"

enum { QUARTER = 900, DAY_S = 86400, TRIES_ADDRESS = 30, TRIES_LINK = 3 };

/* Guessing is hopeless at 128 bits; the limit keeps the log quiet. */
static struct err *limit(struct req *req)
{
	return guard_try(req, arena_printf(req->arena, "link:%s", guard_network(req)),
			 TRIES_ADDRESS, QUARTER);
}

struct err *storefront_link_open(struct req *req)
{
	struct visitor_link link;

	TRY(limit(req));
	TRY(visitor_by_link(&req->desk, req->house->shop, web_part(req, 0), &link));
	if (!link.found || link.expired)
		return web_redirect(req, "%s/link?old=%s", req->desk.urls->storefront,
				    link.found ? web_part(req, 0) : "");
	TRY(delivery_proved(&req->desk, req->house->shop, link.customer_id));
	TRY(session_begin_customer(req, link.customer_id, link.ticket_id));
	return web_redirect(req, "%s/ticket/%s", req->desk.urls->board, link.number);
}

static struct err *show_ask(struct req *req, int status)
{
	return web_show_status(req, status, _("This link has run out"),
			       "storefront/link_expired.html.cs");
}

struct err *storefront_link_ask(struct req *req)
{
	form_fill(req, "old", web_query(req, "old"));
	return show_ask(req, 200);
}

struct asked {
	const char *email, *old;
};

static const struct form_rule asked_rules[] = {
	FORM_EMAIL(asked, email, REQUIRED, N_("Enter an e-mail address like name@example.com")),
	FORM_LINE(asked, old, OPTIONAL, 64, NULL),
	FORM_END
};

/* The answer is the same whether there is such a request or not. */
struct err *storefront_link_renew(struct req *req)
{
	struct asked a;

	if (!form_read(req, asked_rules, &a))
		return show_ask(req, 422);
	TRY(limit(req));
	TRY(guard_try(req, arena_printf(req->arena, "newlink:%s", a.email),
		      TRIES_LINK, DAY_S));
	TRY(visitor_renew_link(&req->desk, req->house->shop, a.old, a.email));
	view_put(req->view, "Sent.to", address_masked(req->arena, a.email));
	return show_ask(req, 200);
}
