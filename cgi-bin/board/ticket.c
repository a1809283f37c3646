/*
 * The conversation of one ticket, for its customer.
 *
 *	GET  /ticket/:number		what was said, and the form
 *	POST /ticket/:number		a new message; or "my question is answered"
 *	POST /ticket/:number/reopen
 *	GET  /ticket/:number/news	304, or one line about what is new
 */
#include <string.h>

#include "base/address.h"
#include "base/arena.h"
#include "base/words.h"
#include "desk/catalog.h"
#include "desk/ticket.h"
#include "port/http.h"
#include "port/view.h"
#include "board/routes.h"
#include "web/form.h"
#include "web/look.h"
#include "web/write.h"

static const char *address_of(struct req *req, const char *number)
{
	return arena_printf(req->arena, "%s/ticket/%s", req->desk.urls->board, number);
}

static const char *tag_of(struct req *req, const struct ticket *t)
{
	return arena_printf(req->arena, "\"%lld-%lld\"", (long long) t->last_public_id,
			    (long long) t->status_id);
}

static struct err *show_form(struct req *req, const struct ticket *t,
			     const struct write_form *w)
{
	const struct entry *status = catalog_status(req->desk.catalog, t->status_id);
	struct write_place place = {
		.kind = WRITE_FOLLOW_UP, .url = address_of(req, t->number),
		.to = address_masked(req->arena, req->who.email),
		.may_close = ticket_may_close(&req->desk, &req->who, t),
		.closed = catalog_is_closed(req->desk.catalog, t->status_id),
		.seen = t->last_public_id, .type = t->type_id,
	};

	if (status && !status->customer_may_reply)
		return NULL;
	TRY(write_show(req, w, &place));
	return NULL;
}

static struct err *show(struct req *req, const char *number,
			const struct write_form *w)
{
	int64_t before = web_query_number(req, "before", 1, INT64_MAX, 0);
	const struct message *first;
	struct reading r;

	TRY(ticket_read(&req->desk, &req->who, number, before, &r));
	look_ticket(req, view_at(req->view, "Ticket"), &r.ticket);
	look_conversation(req, view_at(req->view, "Messages"), &r,
			  r.ticket.customer_seen_id);
	look_order_copy(req, view_at(req->view, "Order"), &r.ticket, &r.lines);
	first = r.messages.at;
	if (r.more)
		view_put(req->view, "Older.url",
			 arena_printf(req->arena, "%s?before=%lld",
				      address_of(req, number), (long long) first->id));
	view_switch(req->view, "May.reopen",
		    ticket_may_reopen(&req->desk, &req->who, &r.ticket));
	view_put(req->view, "Poll.url",
		 arena_printf(req->arena, "%s/news", address_of(req, number)));
	view_put(req->view, "Poll.tag", tag_of(req, &r.ticket));
	view_put(req->view, "Nav.current", "requests");
	TRY(show_form(req, &r.ticket, w));
	if (!before)
		TRY(ticket_mark_seen(&req->desk, &req->who, &r.ticket));
	return web_show_status(req, w ? w->status : 200, r.ticket.subject,
			       "board/ticket.html.cs");
}

struct err *board_ticket_show(struct req *req)
{
	return show(req, web_part(req, 0), NULL);
}

/* "My question is answered". */
static struct err *close_it(struct req *req, const char *number)
{
	struct ticket t;

	TRY(ticket_find(&req->desk, &req->who, number, &t));
	TRY(ticket_close(&req->desk, &req->who, t.id));
	TRY(web_flash(req, "closed"));
	return web_redirect(req, "%s", address_of(req, t.number));
}

struct err *board_ticket_write(struct req *req)
{
	const char *number = web_part(req, 0);
	struct writing writing;
	struct write_form w;
	struct result result;
	struct ticket t;

	if (form_has(req, "done"))
		return close_it(req, number);
	if (!write_is_ours(req))
		TRY(ticket_find(&req->desk, &req->who, number, &t));
	TRY(write_read(req, WRITE_FOLLOW_UP, &w));
	if (!w.send)
		return show(req, number, &w);
	writing = write_writing(req, &w);
	TRY(ticket_write_to(&req->desk, &req->who, number, &writing, &result));
	if (result.what == OVERTAKEN) {
		write_overtaken(req, &w, &result);
		return show(req, number, &w);
	}
	TRY(web_flash(req, result.what == WRITTEN ? "sent" : "before"));
	return web_redirect(req, "%s#m%lld", address_of(req, number),
			    (long long) result.message_id);
}

struct err *board_ticket_reopen(struct req *req)
{
	struct ticket t;

	TRY(ticket_find(&req->desk, &req->who, web_part(req, 0), &t));
	TRY(ticket_reopen(&req->desk, &req->who, t.id));
	TRY(web_flash(req, "reopened"));
	return web_redirect(req, "%s", address_of(req, t.number));
}

/* One statement beside the session's; the page asks every twenty seconds. */
struct err *board_ticket_news(struct req *req)
{
	const char *tag, *number = web_part(req, 0);
	struct ticket t;

	TRY(ticket_find(&req->desk, &req->who, number, &t));
	tag = tag_of(req, &t);
	TRY(http_header(req->answer, "ETag", tag));
	if (!strcmp(req->visit->if_none_match, tag))
		return web_not_modified(req);
	return web_text(req, 200, t.last_public_id > t.customer_seen_id
			? _("There is a new message. Show") : _("Something has changed. Show"));
}
