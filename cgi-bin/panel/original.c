/*
 * The letter behind a message, for agents: nothing of it was changed.
 *
 *	GET /original/:id	headers, words, source, and why it is here
 *	GET /original/:id/html	its words, in a frame
 *	GET /original/:id/raw	as it came
 *	GET /original/:id/file/:n	a file of it, a download
 */
#include "base/arena.h"
#include "base/words.h"
#include "desk/original.h"
#include "panel/letter.h"
#include "panel/routes.h"
#include "port/view.h"
#include "web/look.h"

static struct err *find(struct req *req, struct mail_row *m, struct ticket *t)
{
	int64_t id;

	TRY(web_id(req, 0, &id));
	TRY(original_of_message(&req->desk, &req->who, id, m, t));
	return NULL;
}

struct err *panel_original_show(struct req *req)
{
	struct mail_row m;
	struct ticket t;

	TRY(find(req, &m, &t));
	look_ticket(req, view_at(req->view, "Ticket"), &t);
	view_put(req->view, "Message.id", web_part(req, 0));
	TRY(letter_show(req, &m, arena_printf(req->arena, "%s/original/%s",
					      req->desk.urls->panel, web_part(req, 0))));
	view_put(req->view, "Nav.current", "inbox");
	return web_show(req, words_say(req->arena, _("Original of a message in ticket {1}"),
				       t.number, NULL, NULL), "panel/original.html.cs");
}

struct err *panel_original_frame(struct req *req)
{
	struct mail_row m;
	struct ticket t;

	TRY(find(req, &m, &t));
	return letter_frame(req, &m);
}

struct err *panel_original_raw(struct req *req)
{
	struct mail_row m;
	struct ticket t;

	TRY(find(req, &m, &t));
	return letter_download(req, &m);
}

struct err *panel_original_file(struct req *req)
{
	struct mail_row m;
	struct ticket t;
	int64_t n;

	TRY(find(req, &m, &t));
	TRY(web_id(req, 1, &n));
	return letter_file(req, &m, n);
}
