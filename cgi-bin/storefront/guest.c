/*
 * Writing without an account. Nothing reaches the desk before the address
 * was proven by the mailed link, and no answer tells whether an order exists.
 *
 *	GET, POST /guest	the form
 *	GET  /guest/sent	look into your mailbox
 *	GET  /c/:token		the link: shows what was written
 *	POST /c/:token		sends it, and opens its board
 */
#include <string.h>

#include "base/address.h"
#include "base/arena.h"
#include "base/html.h"
#include "base/words.h"
#include "desk/catalog.h"
#include "desk/visitor.h"
#include "port/http.h"
#include "port/view.h"
#include "storefront/routes.h"
#include "web/form.h"
#include "web/guard.h"
#include "web/house.h"
#include "web/look.h"
#include "web/session.h"
#include "web/write.h"

enum { HOUR_S = 3600, DAY_S = 86400, TRIES_REMOTE = 5, TRIES_ADDRESS = 3 };

static struct err *show_form(struct req *req, const struct write_form *w)
{
	struct write_place place = {
		.kind = WRITE_NEW, .guest = true,
		.url = arena_printf(req->arena, "%s/guest", req->desk.urls->storefront),
	};

	if (!catalog_switch(req->desk.catalog, "guests"))
		return FAIL(req->arena, ERR_NOT_FOUND, "guests may not write");
	TRY(session_need_holder(req));
	TRY(write_show(req, w, &place));
	return web_show_status(req, w ? w->status : 200, _("Write a Message"),
			       "storefront/guest_new.html.cs");
}

struct err *storefront_guest_new(struct req *req)
{
	form_fill(req, "order", web_query(req, "order"));
	return show_form(req, NULL);
}

struct who {
	const char *email, *name, *order, *website;
};

static const struct form_rule who_rules[] = {
	FORM_EMAIL(who, email, REQUIRED, N_("Enter an e-mail address like name@example.com")),
	FORM_LINE(who, name, REQUIRED, 100, N_("Enter your name")),
	FORM_LINE(who, order, OPTIONAL, 64, NULL),
	FORM_LINE(who, website, OPTIONAL, 200, NULL),
	FORM_END
};

static struct err *limit(struct req *req, const char *email)
{
	TRY(guard_try(req, arena_printf(req->arena, "guest:%s", guard_network(req)),
		      TRIES_REMOTE, HOUR_S));
	TRY(guard_try(req, arena_printf(req->arena, "guest:%s", email),
		      TRIES_ADDRESS, DAY_S));
	return NULL;
}

/* Over it the form is shown again, with all that was typed. */
static struct err *check_limit(struct req *req, struct write_form *w,
			       const char *email)
{
	struct err *e = limit(req, email);

	if (!e || e->kind != ERR_TOO_MANY)
		return e ? err_passed(e, __func__) : NULL;
	write_complain(req, w, "message", _("Too many messages came from here. "
					    "Try again tomorrow"));
	w->status = 429;
	return NULL;
}

static struct err *sent(struct req *req, const char *email)
{
	return web_redirect(req, "%s/guest/sent?to=%s", req->desk.urls->storefront,
			    html_url(req->arena, address_masked(req->arena, email)));
}

struct err *storefront_guest_send(struct req *req)
{
	struct write_form w;
	struct who who;
	bool good;

	if (!catalog_switch(req->desk.catalog, "guests"))
		return FAIL(req->arena, ERR_NOT_FOUND, "guests may not write");
	good = form_read(req, who_rules, &who);
	TRY(write_read(req, WRITE_NEW, &w));
	if (!good && w.send) {
		w.send = false;
		w.status = 422;
	}
	if (!w.send)
		return show_form(req, &w);
	/* What fills the field nobody sees is no person: it gets the same page. */
	if (*who.website)
		return sent(req, who.email);
	TRY(check_limit(req, &w, who.email));
	if (!w.send)
		return show_form(req, &w);
	TRY(visitor_ask(&req->desk, req->house->shop, &(struct guest) {
		.email = who.email, .name = who.name,
		.order_no = *who.order ? who.order : NULL,
		.type_id = w.type, .priority_id = 0,
		.subject = w.subject, .body = w.message,
		.lang = req->reader.lang, .zone = req->reader.zone,
		.uploads = w.uploads.ids, .n_uploads = w.uploads.n,
		.holder = req->holder, .form = w.token,
	}));
	return sent(req, who.email);
}

struct err *storefront_guest_sent(struct req *req)
{
	view_put(req->view, "Sent.to", web_query(req, "to"));
	return web_show(req, _("One step is left: look into your mailbox"),
			"storefront/guest_sent.html.cs");
}

/* A link is opened by scanners too: looking changes nothing, the button does. */
struct err *storefront_guest_show(struct req *req)
{
	struct node *n = view_at(req->view, "Request");
	int64_t ticket_id;
	struct guest g;
	bool found;

	TRY(visitor_asked(&req->desk, req->house->shop, web_part(req, 0), &g,
			  &ticket_id, &found));
	if (!found)
		return FAIL(req->arena, ERR_NOT_FOUND, "no such request");
	node_put(n, "subject", g.subject);
	node_put(n, "body", g.body);
	node_put(n, "email", g.email);
	node_put(n, "order_no", g.order_no);
	node_switch(n, "sent", ticket_id != 0);
	node_put(n, "url", arena_printf(req->arena, "%s/c/%s",
					req->desk.urls->storefront, web_part(req, 0)));
	return web_show(req, _("Send your message"), "storefront/guest_confirm.html.cs");
}

struct err *storefront_guest_confirm(struct req *req)
{
	int64_t customer_id;
	struct result result;

	TRY(visitor_confirm(&req->desk, req->house->shop, web_part(req, 0),
			    &customer_id, &result));
	TRY(session_begin_customer(req, customer_id, result.ticket_id));
	TRY(web_flash(req, "sent"));
	return web_redirect(req, "%s/ticket/%s", req->desk.urls->board, result.number);
}
