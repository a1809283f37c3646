/*
 * A note from outside: what shall become of it.
 *
 *	POST /outside/:id	do=accept, include, split; asks
 */
#include <string.h>

#include "desk/incoming.h"
#include "desk/original.h"
#include "panel/routes.h"
#include "panel/ticket.h"
#include "web/form.h"

static struct err *to_message(struct req *req, const char *number, int64_t id,
			      const char *flash)
{
	TRY(web_flash(req, flash));
	return web_redirect(req, "%s#m%lld", ticket_address(req, number), (long long) id);
}

static struct err *split(struct req *req, int64_t id)
{
	struct result made;

	TRY(incoming_split(&req->desk, &req->who, id, &made));
	return to_message(req, made.number, made.message_id, "created");
}

static struct err *act(struct req *req, int64_t id, const struct ticket *t)
{
	const char *what = form_value(req, "do");

	if (!strcmp(what, "split"))
		return split(req, id);
	if (!strcmp(what, "asks")) {
		TRY(incoming_ask(&req->desk, &req->who, id));
		return to_message(req, t->number, id, "asks");
	}
	if (strcmp(what, "accept") && strcmp(what, "include"))
		return FAIL(req->arena, ERR_BAD_REQUEST, "nothing to do with it");
	TRY(incoming_accept(&req->desk, &req->who, id, !strcmp(what, "include")));
	return to_message(req, t->number, id, !strcmp(what, "include") ? "included"
								       : "accepted");
}

/* Somebody was faster: the page shows the message as it is now. */
struct err *panel_outside_act(struct req *req)
{
	struct mail_row letter;
	struct ticket t;
	struct err *e;
	int64_t id;

	TRY(web_id(req, 0, &id));
	TRY(original_of_message(&req->desk, &req->who, id, &letter, &t));
	e = act(req, id, &t);
	if (e && e->kind == ERR_CONFLICT) {
		TRY(web_flash(req, "faster"));
		return web_redirect(req, "%s#m%lld", ticket_address(req, t.number),
				    (long long) id);
	}
	if (e)
		return err_passed(e, __func__);
	return NULL;
}
