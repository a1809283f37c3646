/*
 * The letter behind a message, for agents: nothing of it was changed.
 *
 *	GET /original/:id	headers, words, source, and why it is here
 *	GET /original/:id/raw	as it came
 */
#include "base/arena.h"
#include "base/words.h"
#include "desk/original.h"
#include "panel/letter.h"
#include "panel/routes.h"
#include "port/view.h"
#include "web/look.h"

struct err *panel_original_show(struct req *req)
{
	struct mail_row m;
	struct ticket t;
	int64_t id;

	TRY(web_id(req, 0, &id));
	TRY(original_of_message(&req->desk, &req->who, id, &m, &t));
	look_ticket(req, view_at(req->view, "Ticket"), &t);
	view_number(req->view, "Message.id", id);
	TRY(letter_show(req, &m, arena_printf(req->arena, "%s/original/%lld",
					      req->desk.urls->panel, (long long) id), false));
	view_put(req->view, "Nav.current", "inbox");
	return web_show(req, words_say(req->arena, _("Original of a message in ticket {1}"),
				       t.number, NULL, NULL), "panel/original.html.cs");
}

struct err *panel_original_raw(struct req *req)
{
	struct mail_row m;
	struct ticket t;
	int64_t id;

	TRY(web_id(req, 0, &id));
	TRY(original_of_message(&req->desk, &req->who, id, &m, &t));
	return letter_download(req, &m);
}
