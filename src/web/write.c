#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/words.h"
#include "desk/catalog.h"
#include "port/view.h"
#include "web/form.h"
#include "web/guard.h"
#include "web/house.h"
#include "web/look.h"
#include "web/session.h"
#include "web/write.h"

/* The members of struct write_form that are read by a rule. */
struct typed {
	int64_t type, priority, seen;
	const char *subject, *message;
};

static const struct form_rule new_rules[] = {
	FORM_ID(typed, type, REQUIRED, N_("Choose what it is about")),
	FORM_LINE(typed, subject, REQUIRED, WRITE_SUBJECT_MOST, N_("Enter a subject")),
	FORM_TEXT(typed, message, REQUIRED, WRITE_TEXT_MOST, N_("Write your message")),
	FORM_ID(typed, priority, OPTIONAL, NULL),
	FORM_END
};

/* A file may say it all, so the text is looked at afterwards. */
static const struct form_rule follow_up_rules[] = {
	FORM_ID(typed, type, OPTIONAL, NULL),
	FORM_TEXT(typed, message, OPTIONAL, WRITE_TEXT_MOST, NULL),
	FORM_ID(typed, seen, OPTIONAL, NULL),
	FORM_END
};

/* Every field of the form in any of its shapes, to be filled in again. */
static void keep_typed(struct req *req)
{
	static const char *const names[] = {
		"type", "subject", "message", "priority", "kind", "customer",
		"order", "owner", "status", "email", "name",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		form_fill(req, names[i], form_value(req, names[i]));
}

static void hold(struct write_form *w)
{
	w->send = false;
	w->status = 422;
}

void write_complain(struct req *req, struct write_form *w, const char *field,
		    const char *text)
{
	form_complain(req, field, text);
	hold(w);
}

/* A reply's buttons name a status, "keep", or nothing: as the events say. */
static int64_t read_then(const struct req *req)
{
	const char *then = form_value(req, "then");

	if (!strcmp(then, "keep"))
		return -1;
	return strtoll(then, NULL, 10);
}

static struct err *check_token(struct req *req, struct write_form *w)
{
	switch (guard_read_form_token(req, &w->token)) {
	case FORM_TOKEN_GOOD:
		break;
	case FORM_TOKEN_OLD:
		write_complain(req, w, "message",
			       _("This page was open for too long. Check your "
				 "message and send it again"));
		break;
	case FORM_TOKEN_WRONG:
		return FAIL(req->arena, ERR_FORBIDDEN, "a form of somebody else");
	}
	return NULL;
}

/* Something new is made of what is in use; an old ticket keeps its type. */
static bool may_choose(const struct req *req, enum entry_kind kind, int64_t id,
		       enum write_kind what)
{
	const struct entry *e = catalog_entry(req->desk.catalog, kind, id);

	return !id || (e && (what == WRITE_FOLLOW_UP || !e->archived));
}

static void check_choices(struct req *req, struct write_form *w,
			  enum write_kind what)
{
	if (!may_choose(req, ENTRY_TYPE, w->type, what))
		write_complain(req, w, "type", _("Choose what it is about"));
	if (!may_choose(req, ENTRY_PRIORITY, w->priority, what))
		write_complain(req, w, "priority", _("Choose how urgent it is"));
}

bool write_is_ours(struct req *req)
{
	struct bytes hash;

	return guard_read_form_token(req, &hash) == FORM_TOKEN_GOOD;
}

struct err *write_read(struct req *req, enum write_kind kind,
		       struct write_form *w)
{
	bool again = form_has(req, "add") || form_has(req, "remove");
	struct typed typed = { .subject = "", .message = "" };

	*w = (struct write_form) { .send = true, .status = 200 };
	keep_typed(req);
	TRY(upload_collect(req, &w->uploads));
	if (w->uploads.refused)
		hold(w);
	w->n_lines = form_values(req, "line", w->line, TICKET_LINES);
	w->note = !strcmp(form_value(req, "kind"), "note");
	w->choose = form_has(req, "told");
	w->n_to = form_values(req, "to", w->to, WRITE_TO_MOST);
	w->then = read_then(req);
	if (again) {
		w->send = false;
		return NULL;
	}
	if (!form_read(req, kind == WRITE_NEW ? new_rules : follow_up_rules, &typed))
		hold(w);
	w->type = typed.type;
	w->priority = typed.priority;
	w->seen = typed.seen;
	w->subject = typed.subject;
	w->message = typed.message;
	check_choices(req, w, kind);
	if (kind == WRITE_FOLLOW_UP && !w->uploads.n &&
	    !w->message[strspn(w->message, " \t\n")])
		write_complain(req, w, "message", _("Write your message"));
	TRY(check_token(req, w));
	return NULL;
}

struct writing write_writing(const struct req *req, const struct write_form *w)
{
	return (struct writing) {
		.type_id = w->type, .body = w->message,
		.uploads = w->uploads.ids, .n_uploads = w->uploads.n,
		.holder = req->holder, .form = w->token,
		.note = w->note, .then = w->then, .seen = w->seen,
		.choose = w->choose, .to = w->to, .n_to = w->n_to,
	};
}

void write_overtaken(struct req *req, struct write_form *w,
		     const struct result *r)
{
	const struct message *m = r->arrived.at, *last = &m[r->arrived.n - 1];
	const char *at = locale_clock(req->arena, &req->reader,
				      clock_parse(last->created_at));

	view_put(req->view, "Write.arrived",
		 words_say(req->arena, _("{1} wrote in the meantime, at {2}"),
			   last->author_name, at, NULL));
	w->send = false;
	w->status = 409;
}

static void show_limits(struct req *req)
{
	int files = req->house->limits.files;

	view_number(req->view, "Write.most_files",
		    files < UPLOADS_MOST ? files : UPLOADS_MOST);
	view_put(req->view, "Write.most_size",
		 locale_size(req->arena, &req->reader, req->house->file_bytes));
	view_number(req->view, "Write.most_bytes", req->house->file_bytes);
	view_number(req->view, "Write.most_text", WRITE_TEXT_MOST);
}

static void show_kept(struct req *req, const struct write_form *w)
{
	if (w->uploads.n)
		view_put(req->view, "Kept",
			 words_many(req->arena, "Your text and {1} file are kept.",
				    "Your text and {1} files are kept.",
				    (long) w->uploads.n));
	else
		view_put(req->view, "Kept", _("Your text is kept."));
}

static int64_t or_default(const struct req *req, enum entry_kind kind, int64_t id)
{
	const struct entry *e = catalog_default(req->desk.catalog, kind);

	return id ? id : e ? e->id : 0;
}

struct err *write_show(struct req *req, const struct write_form *w,
		       const struct write_place *p)
{
	bool staff = req->house->audience == AUDIENCE_AGENTS;
	const struct desk_urls *u = req->desk.urls;

	TRY(session_need_holder(req));
	view_put(req->view, "FormToken", guard_form_token(req));
	view_put(req->view, "Write.url", p->url);
	view_put(req->view, "Write.cancel_url", p->cancel_url);
	view_put(req->view, "Write.to", p->to);
	view_put(req->view, "Write.upload_url",
		 arena_printf(req->arena, "%s/upload", staff ? u->panel : u->storefront));
	view_switch(req->view, "Write.new", p->kind == WRITE_NEW);
	view_switch(req->view, "Write.staff", staff);
	view_switch(req->view, "Write.guest", p->guest);
	view_switch(req->view, "Write.lines", p->lines);
	view_switch(req->view, "Write.may_close", p->may_close);
	view_switch(req->view, "Write.closed", p->closed);
	/* A priority is the ticket's: it is chosen when one begins. */
	view_switch(req->view, "Write.choose_priority",
		    p->kind == WRITE_NEW && !p->guest &&
		    catalog_switch(req->desk.catalog, "customer_priority"));
	if (p->seen)
		view_number(req->view, "Write.seen", p->seen);
	show_limits(req);
	look_entries(req, ENTRY_TYPE, or_default(req, ENTRY_TYPE, p->type));
	look_entries(req, ENTRY_PRIORITY, or_default(req, ENTRY_PRIORITY, p->priority));
	if (!w)
		return NULL;
	if (w->status == 422 || w->status == 429)
		show_kept(req, w);
	TRY(upload_show(req, &w->uploads));
	return NULL;
}
