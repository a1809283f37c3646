#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/locale.h"
#include "base/words.h"
#include "desk/original.h"
#include "desk/trace.h"
#include "panel/letter.h"
#include "port/view.h"
#include "web/frame.h"
#include "web/house.h"
#include "web/look.h"

static const char *const classes[] = {
	[MAIL_HUMAN]  = N_("Written by a person"),
	[MAIL_AUTO]   = N_("Written by a machine"),
	[MAIL_BOUNCE] = N_("Report about a letter of ours"),
	[MAIL_LIST]   = N_("Mailing list or bulk mail"),
	[MAIL_OWN]    = N_("A letter of ours"),
};

/* What it means for who has to decide; codes of desk/trace.h. */
static const struct {
	const char *reason, *words;
} advice[] = {
	{ "unreadable", N_("Download it and look at it with a mail program. After an update"
			   " of this help desk it can be tried again.") },
	{ "failed", N_("The server’s log says more. Try again when the cause is gone.") },
	{ "not_ours", N_("It may be what somebody typed into a form of the shop, or a letter in"
			 " our name.") },
	{ "no_sender", N_("Nothing but the letter itself can be kept.") },
	{ "two_senders", N_("An honest letter has one. Answers would go to the first.") },
	{ "same_id", N_("It may have been changed on its way, or somebody wants it to pass for"
			" the other one.") },
	{ "blocked", N_("Somebody of the team wanted all its mail held.") },
	{ "flood", N_("If a person wrote all of them, make tickets of those that ask for"
		      " something.") },
	{ "automatic", N_("Usually nobody waits for an answer: a notice of absence, a receipt,"
			  " an advertisement.") },
	{ "bounce", N_("A mail host tells what became of a letter we don’t know.") },
	{ "wrong_sender", N_("Somebody may have passed on a letter that was meant for one"
			     " person alone.") },
	{ "staff_unproven", N_("Ask your colleague whether they wrote it, before you make"
			       " anything of it.") },
	{ "no_right", N_("Ask them what was meant: their role may not do it.") },
	{ "gone", N_("Say once more what shall become of it.") },
	{ "shut", N_("Give the ticket another status first, or keep the letter there as a"
		     " note.") },
};

static const char *advice_for(const char *reason)
{
	for (size_t i = 0; reason && i < sizeof(advice) / sizeof(*advice); i++)
		if (!strcmp(advice[i].reason, reason))
			return words_get(advice[i].words);
	return NULL;
}

static const char *class_words(enum mail_class class)
{
	return class == MAIL_UNCLASSED ? NULL : words_get(classes[class]);
}

static const char *why(const struct mail_row *m)
{
	const char *words = m->reason ? trace_reason(m->reason) : NULL;

	if (words)
		return words;
	return m->state == MAIL_BAD ? _("Nothing can read it.")
				    : _("It waits for a person.");
}

void letter_brief(struct req *req, struct node *n, const struct mail_row *m)
{
	const char *from = m->from_name ? m->from_name : m->from_address;

	node_number(n, "id", m->id);
	look_face(req, n, m->id, from ? from : "?");
	node_put(n, "name", m->from_name);
	node_put(n, "address", m->from_address);
	node_put(n, "subject", m->subject);
	node_put(n, "why", why(m));
	node_put(n, "class", class_words(m->class));
	node_switch(n, "bad", m->state == MAIL_BAD);
	look_time(req, n, "at", m->received_at);
}

/* --- what the reader makes of it -------------------------------------------------- */

static void show_addresses(struct node *list, const struct mail_address *a, size_t n)
{
	enum { SHOWN = 20 };

	for (size_t i = 0; i < n && i < SHOWN; i++)
		node_put(node_item(list), "address", a[i].address);
}

static void show_envelope(struct req *req, const struct mail *mail)
{
	struct node *n = view_at(req->view, "Letter");
	const char *from = mail->from.address, *reply = mail->reply_to.address;

	show_addresses(node_at(n, "to"), mail->to, mail->n_to);
	show_addresses(node_at(n, "cc"), mail->cc, mail->n_cc);
	if (reply && (!from || strcmp(reply, from)))
		node_put(n, "reply_to", reply);
	if (mail->date)
		node_put(n, "sent", locale_time(req->arena, &req->reader, mail->date));
	if (mail->date)
		node_put(n, "sent_iso", clock_iso(req->arena, mail->date));
}

static void show_files(struct req *req, const struct mail *mail, const char *url)
{
	for (size_t i = 0; i < mail->n_files; i++) {
		const struct mail_file *f = &mail->files[i];
		struct node *n = node_item(view_at(req->view, "Files"));

		node_put(n, "name", f->name);
		node_put(n, "size", locale_size(req->arena, &req->reader, f->size));
		node_put(n, "url", arena_printf(req->arena, "%s/file/%zu", url, i + 1));
	}
}

static struct err *show_words(struct req *req, const struct mail_row *m,
			      const char *url)
{
	struct mail mail = { 0 };
	int files_fd;
	bool read;

	TRY(original_words(&req->desk, req->house->reader, m, &mail, &files_fd, &read));
	view_switch(req->view, "Words.away", !read);
	if (!read)
		return NULL;
	view_put(req->view, "Words.text", mail.text);
	view_put(req->view, "Words.folded", mail.folded);
	if (mail.html)
		view_put(req->view, "Frame.url", arena_printf(req->arena, "%s/html", url));
	show_envelope(req, &mail);
	show_files(req, &mail, url);
	return NULL;
}

struct err *letter_frame(struct req *req, const struct mail_row *m)
{
	struct message_mail words = { .message_id = m->message_id, .body = "" };
	struct mail mail = { 0 };
	int files_fd;
	bool read;

	TRY(original_words(&req->desk, req->house->reader, m, &mail, &files_fd, &read));
	if (!read)
		return FAIL(req->arena, ERR_NOT_FOUND, "letter %lld cannot be read",
			    (long long) m->id);
	words.body = mail.text;
	words.folded = mail.folded;
	words.html = mail.html;
	return web_frame_of(req, &words);
}

/* --- as it came -------------------------------------------------------------------- */

static struct err *show_source(struct req *req, const struct mail_row *m,
			       const char *url)
{
	struct original o;

	TRY(original_read(&req->desk, m, &o));
	view_switch(req->view, "Source.gone", o.gone);
	view_switch(req->view, "Source.cut", o.cut);
	view_put(req->view, "Source.text", o.source);
	view_put(req->view, "Source.most",
		 locale_size(req->arena, &req->reader, ORIGINAL_SHOWN));
	view_put(req->view, "Raw.url", arena_printf(req->arena, "%s/raw", url));
	for (size_t i = 0; i < o.n_headers; i++) {
		struct node *n = node_item(view_at(req->view, "Headers"));

		node_put(n, "name", o.headers[i].name);
		node_put(n, "value", o.headers[i].value);
	}
	return NULL;
}

static void show_trace(struct req *req, const struct mail_row *m)
{
	size_t n;
	const struct trace_line *line = trace_read(req->arena, m->trace, &n);

	for (size_t i = 0; i < n; i++)
		node_put(node_item(view_at(req->view, "Trace")), "text", line[i].words);
}

struct err *letter_show(struct req *req, const struct mail_row *m, const char *url)
{
	struct node *n = view_at(req->view, "Letter");

	letter_brief(req, n, m);
	node_put(n, "url", url);
	node_put(n, "because", advice_for(m->reason));
	node_put(n, "size", locale_size(req->arena, &req->reader, m->size));
	if (m->copies > 1)
		node_number(n, "copies", m->copies);
	if (m->state == MAIL_BAD)
		node_put(n, "error", m->last_error);
	show_trace(req, m);
	TRY(show_source(req, m, url));
	TRY(show_words(req, m, url));
	return NULL;
}

/* --- downloads ---------------------------------------------------------------------- */

struct err *letter_download(struct req *req, const struct mail_row *m)
{
	int64_t size;
	int fd;

	TRY(original_raw(&req->desk, m, &fd, &size));
	TRY(web_send_letter(req, fd, size, arena_printf(req->arena, "letter-%lld.eml",
							(long long) m->id)));
	return NULL;
}

struct err *letter_file(struct req *req, const struct mail_row *m, int64_t n)
{
	struct mail mail = { 0 };
	const struct mail_file *f;
	int files_fd;
	bool read;

	TRY(original_words(&req->desk, req->house->reader, m, &mail, &files_fd, &read));
	if (!read || n < 1 || (size_t) n > mail.n_files || files_fd < 0)
		return FAIL(req->arena, ERR_NOT_FOUND, "no file %lld", (long long) n);
	f = &mail.files[n - 1];
	if (lseek(files_fd, (off_t) f->at, SEEK_SET) < 0)
		return FAIL(req->arena, ERR_UPSTREAM, "a file cannot be read");
	TRY(web_send_file(req, files_fd, f->size, "application/octet-stream",
			  f->name, false));
	return NULL;
}
