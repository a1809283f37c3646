#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/filename.h"
#include "base/utf8.h"
#include "mail_letter.h"

enum { STEP = 16 << 10 };

static bool write_whole(int fd, const char *at, size_t n)
{
	while (n) {
		ssize_t done = write(fd, at, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return false;
		at += done;
		n -= (size_t) done;
	}
	return true;
}

/* uuencoded: GMime wants to begin behind the line with the name. */
static struct slice behind_begin(struct slice body)
{
	const char *at = body.at, *end = at + body.n;

	while (at < end) {
		const char *stop = memchr(at, '\n', (size_t) (end - at));

		if (end - at > 6 && !memcmp(at, "begin ", 6))
			return stop ? (struct slice) { stop + 1, (size_t) (end - stop) - 1 }
				    : (struct slice) { end, 0 };
		at = stop ? stop + 1 : end;
	}
	return body;
}

/* Base64 that was cut off, or written without the = at its end: one or two
 * bytes of the last letters. */
static void add_last(struct slice body, bool (*add)(void *what, const char *at, size_t n),
		     void *what)
{
	char last[4] = "AAAA", out[8];
	size_t n = 0, kept;
	GMimeEncoding state;

	for (size_t i = 0; i < body.n; i++) {
		if (body.at[i] == '=')
			return;
		if (g_ascii_isalnum(body.at[i]) || body.at[i] == '+' || body.at[i] == '/')
			last[n++ % 4] = body.at[i];
	}
	kept = n % 4;
	if (kept < 2)
		return;
	memset(last + kept, '=', 4 - kept);
	g_mime_encoding_init_decode(&state, GMIME_CONTENT_ENCODING_BASE64);
	n = g_mime_encoding_step(&state, last, 4, out);
	if (n)
		add(what, out, n);
}

void body_decode(const struct entity *e,
		 bool (*add)(void *what, const char *at, size_t n), void *what)
{
	struct slice body = e->body;
	GMimeEncoding state;
	bool wanted = true;
	char *out;

	switch (e->encoding) {
	case GMIME_CONTENT_ENCODING_BASE64:
	case GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE:
	case GMIME_CONTENT_ENCODING_UUENCODE:
		break;
	default:
		for (size_t n; body.n; body.at += n, body.n -= n) {
			n = body.n < STEP ? body.n : STEP;
			if (!add(what, body.at, n))
				return;
		}
		return;
	}
	g_mime_encoding_init_decode(&state, e->encoding);
	if (e->encoding == GMIME_CONTENT_ENCODING_UUENCODE) {
		body = behind_begin(body);
		state.state |= GMIME_UUDECODE_STATE_BEGIN;
	}
	out = g_malloc(g_mime_encoding_outlen(&state, STEP));
	for (size_t n, got; body.n && wanted; body.at += n, body.n -= n) {
		n = body.n < STEP ? body.n : STEP;
		got = g_mime_encoding_step(&state, body.at, n, out);
		wanted = !got || add(what, out, got);
	}
	if (wanted && e->encoding == GMIME_CONTENT_ENCODING_BASE64)
		add_last(e->body, add, what);
	g_free(out);
}

/* ---- Names ---- */

/* A subject is no path; its slashes are only slashes. */
static const char *name_of_letter(struct letter *l, const struct entity *e)
{
	bool plain = e->encoding != GMIME_CONTENT_ENCODING_BASE64
		&& e->encoding != GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE;
	struct head h = { NULL };
	const char *raw, *subject;
	char *name;

	if (plain)
		h = head_read(l, e->body, false);
	raw = head_raw(l, &h, "Subject", 4096);
	subject = raw ? line_decoded(l, raw) : "";
	if (!*subject)
		return "message.eml";
	name = (char *) arena_join(l->arena, utf8_cut(l->arena, subject, 80), ".eml");
	for (char *c = name; *c; c++)
		if (*c == '/' || *c == '\\')
			*c = '-';
	return name;
}

static const char *name_by_type(const char *type)
{
	static const char *const names[][2] = {
		{ "application/ms-tnef", "winmail.dat" },
		{ "application/pdf", "file.pdf" },
		{ "application/pgp-signature", "signature.asc" },
		{ "application/pkcs7-signature", "smime.p7s" },
		{ "application/x-pkcs7-signature", "smime.p7s" },
		{ "image/gif", "picture.gif" },
		{ "image/jpeg", "picture.jpg" },
		{ "image/png", "picture.png" },
		{ "image/webp", "picture.webp" },
		{ "message/delivery-status", "delivery-status.txt" },
		{ "message/disposition-notification", "receipt.txt" },
		{ "text/calendar", "invitation.ics" },
		{ "text/csv", "table.csv" },
		{ "text/html", "text.html" },
		{ "text/plain", "text.txt" },
		{ "text/rfc822-headers", "headers.txt" },
		{ "text/vcard", "card.vcf" },
		{ "text/x-vcard", "card.vcf" },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(names[i][0], type))
			return names[i][1];
	return "file";
}

static bool is_letter(const struct entity *e)
{
	return !strcmp(e->type, "message")
		&& (!strcmp(e->subtype, "rfc822") || !strcmp(e->subtype, "global"));
}

static const char *name_of(struct letter *l, const struct entity *e,
			   const char *type)
{
	if (e->name)
		return filename_clean(l->arena, e->name);
	if (is_letter(e))
		return filename_clean(l->arena, name_of_letter(l, e));
	return name_by_type(type);
}

/* ---- Bytes ---- */

struct writing {
	struct letter *letter;
	struct mail_file *file;
	bool exact;			/* base64: no program on the way changed it */
};

/* Line ends differ with the way a letter came, and so does their number at
 * the end; what it says does not. */
static void sum_lines(GChecksum *sum, const char *at, size_t n)
{
	const char *end = at + n;

	while (at < end) {
		const char *from = at;

		while (at < end && *at != '\r' && *at != '\n')
			at++;
		if (at > from)
			g_checksum_update(sum, (const guchar *) from, at - from);
		while (at < end && (*at == '\r' || *at == '\n'))
			at++;
	}
}

static bool write_on(void *what, const char *at, size_t n)
{
	struct writing *w = what;
	struct letter *l = w->letter;

	if (!write_whole(l->files_fd, at, n)) {
		l->failure = FAIL(l->arena, ERR_FULL, "a file of a letter: %s",
				  strerror(errno));
		return false;
	}
	w->file->size += (int64_t) n;
	if (w->exact)
		g_checksum_update(l->sum, (const guchar *) at, (gssize) n);
	else
		sum_lines(l->sum, at, n);
	return true;
}

void file_keep(struct letter *l, const struct entity *e)
{
	struct mail *m = l->out;
	struct mail_file *f;
	struct writing w = { .letter = l };

	if (l->failure)
		return;
	if (m->n_files == MAIL_FILES) {
		letter_note(l, "more than 100 files: the rest was left out");
		return;
	}
	f = l->files + m->n_files;
	f->type = arena_join(l->arena, e->type, "/", e->subtype);
	f->name = name_of(l, e, f->type);
	f->content_id = e->content_id;
	if (m->n_files)
		f->at = f[-1].at + f[-1].size;
	m->n_files++;
	w.file = f;
	w.exact = e->encoding == GMIME_CONTENT_ENCODING_BASE64;
	g_checksum_update(l->sum, (const guchar *) f->name, (gssize) strlen(f->name) + 1);
	body_decode(e, write_on, &w);
}
