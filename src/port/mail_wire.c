#include <string.h>

#include "base/address.h"
#include "base/arena.h"
#include "base/utf8.h"
#include "mail_letter.h"
#include "port/mail_wire.h"

enum {
	LONGEST_LINE = 128 << 10,	/* 64 KiB of a header, decoded */
	LONGEST_NAME = 1024,
	LONGEST_HTML = 8 << 20,		/* what 2 MiB may become when cleaned */
	LONGEST_WORDS = MAIL_TEXT
};

static const char magic[] = "aftersale mail 1";

/* ---- Packing ---- */

static void put_number(struct str *s, int64_t n)
{
	str_addn(s, (const char *) &n, sizeof(n));
}

static void put_text(struct str *s, const char *text)
{
	if (!text) {
		put_number(s, -1);
		return;
	}
	put_number(s, (int64_t) strlen(text));
	str_add(s, text);
}

static void put_texts(struct str *s, const char *const *texts, size_t n)
{
	put_number(s, (int64_t) n);
	for (size_t i = 0; i < n; i++)
		put_text(s, texts[i]);
}

static void put_person(struct str *s, const struct mail_address *p)
{
	put_text(s, p->name);
	put_text(s, p->address);
}

static void put_people(struct str *s, const struct mail_address *p, size_t n)
{
	put_number(s, (int64_t) n);
	for (size_t i = 0; i < n; i++)
		put_person(s, p + i);
}

static void put_files(struct str *s, const struct mail *m)
{
	put_number(s, (int64_t) m->n_files);
	for (size_t i = 0; i < m->n_files; i++) {
		const struct mail_file *f = m->files + i;

		put_text(s, f->name);
		put_text(s, f->type);
		put_text(s, f->content_id);
		put_number(s, f->shown);
		put_number(s, f->at);
		put_number(s, f->size);
	}
}

static void put_fates(struct str *s, const struct mail *m)
{
	put_number(s, (int64_t) m->n_fates);
	for (size_t i = 0; i < m->n_fates; i++) {
		const struct mail_fate_of *f = m->fates + i;

		put_text(s, f->address);
		put_number(s, f->fate);
		put_text(s, f->status);
		put_text(s, f->diagnostic);
	}
}

static void put_envelope(struct str *s, const struct mail *m)
{
	put_person(s, &m->from);
	put_person(s, &m->sender);
	put_person(s, &m->reply_to);
	put_number(s, m->n_from);
	put_people(s, m->to, m->n_to);
	put_people(s, m->cc, m->n_cc);
	put_texts(s, m->delivered_to, m->n_delivered_to);
	put_text(s, m->subject);
	put_text(s, m->message_id);
	put_texts(s, m->in_reply_to, m->n_in_reply_to);
	put_texts(s, m->references, m->n_references);
	put_number(s, m->date);
	put_text(s, m->lang);
}

struct bytes mail_pack(struct arena *a, const struct mail *m)
{
	struct str s;

	str_init(&s, a, MAIL_WIRE_MOST);
	str_addn(&s, magic, sizeof(magic));
	put_number(&s, m->unreadable);
	put_texts(&s, m->notes, m->n_notes);
	put_envelope(&s, m);
	put_text(&s, m->return_path);
	put_text(&s, m->automatic);
	put_text(&s, m->list);
	put_text(&s, m->loop_id);
	put_texts(&s, m->results, m->n_results);
	put_text(&s, m->text);
	put_text(&s, m->folded);
	put_text(&s, m->html);
	put_number(&s, m->pictures);
	put_files(&s, m);
	str_addn(&s, m->content.at, m->content.n);
	put_number(&s, m->report);
	put_fates(&s, m);
	put_text(&s, m->about_id);
	return (struct bytes) { s.text, s.len };
}

/* ---- Unpacking ---- */

struct wire {
	struct arena *arena;
	const char *at;
	size_t n;
	bool bad;			/* from here on everything is empty */
};

static const char *take(struct wire *w, size_t n)
{
	const char *at = w->at;

	if (w->bad || n > w->n) {
		w->bad = true;
		return NULL;
	}
	w->at += n;
	w->n -= n;
	return at;
}

static int64_t number(struct wire *w, int64_t least, int64_t most)
{
	const char *at = take(w, sizeof(int64_t));
	int64_t n = 0;

	if (at)
		memcpy(&n, at, sizeof(n));
	if (n < least || n > most)
		w->bad = true;
	return w->bad ? 0 : n;
}

static size_t count(struct wire *w, int64_t most)
{
	return (size_t) number(w, 0, most);
}

/* Controls hide what a log or a header would show. */
static bool is_clean(const char *text, size_t n, bool lines)
{
	if (!utf8_valid(text, n))
		return false;
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char) text[i];

		if ((c < ' ' && !(lines && (c == '\n' || c == '\t'))) || c == 0x7f)
			return false;
		if (c == 0xc2 && (unsigned char) text[i + 1] < 0xa0)
			return false;
	}
	return true;
}

static const char *any_text(struct wire *w, size_t most, bool lines)
{
	int64_t n = number(w, -1, (int64_t) most);
	const char *at;

	if (n < 0 || w->bad)
		return NULL;
	at = take(w, (size_t) n);
	if (!at || !is_clean(at, (size_t) n, lines)) {
		w->bad = true;
		return NULL;
	}
	return arena_copy(w->arena, at, (size_t) n);
}

static const char *line(struct wire *w, size_t most)
{
	return any_text(w, most, false);
}

static const char *lines(struct wire *w, size_t most)
{
	return any_text(w, most, true);
}

/* One that must be there. */
static const char *there(struct wire *w, const char *text)
{
	if (!text)
		w->bad = true;
	return text ? text : "";
}

static const char *address(struct wire *w)
{
	const char *text = line(w, 254);

	if (text && !address_plausible(text))
		w->bad = true;
	return text;
}

static const char *message_id(struct wire *w)
{
	const char *text = line(w, 255);
	size_t n = text ? strlen(text) : 0;

	if (text && (n < 3 || text[0] != '<' || text[n - 1] != '>'
		     || strcspn(text + 1, "<> ") != n - 2))
		w->bad = true;
	return text;
}

static const char **list_of(struct wire *w, size_t most, size_t *n,
			    const char *(*one)(struct wire *w))
{
	const char **at;

	*n = count(w, (int64_t) most);
	at = arena_alloc(w->arena, (*n + 1) * sizeof(*at));
	for (size_t i = 0; i < *n; i++)
		at[i] = there(w, one(w));
	return at;
}

static const char *short_line(struct wire *w)
{
	return line(w, LONGEST_NAME);
}

static const char *long_line(struct wire *w)
{
	return line(w, LONGEST_LINE);
}

static struct mail_address person(struct wire *w)
{
	struct mail_address p;

	p.name = short_line(w);
	p.address = address(w);
	return p;
}

static const struct mail_address *people(struct wire *w, size_t *n)
{
	struct mail_address *at;

	*n = count(w, MAIL_ADDRESSES);
	at = arena_alloc(w->arena, (*n + 1) * sizeof(*at));
	for (size_t i = 0; i < *n; i++) {
		at[i] = person(w);
		there(w, at[i].address);
	}
	return at;
}

static void take_envelope(struct wire *w, struct mail *m)
{
	m->from = person(w);
	m->sender = person(w);
	m->reply_to = person(w);
	m->n_from = (int) number(w, 0, MAIL_ADDRESSES);
	m->to = people(w, &m->n_to);
	m->cc = people(w, &m->n_cc);
	m->delivered_to = list_of(w, MAIL_DELIVERED_TO, &m->n_delivered_to, address);
	m->subject = there(w, line(w, LONGEST_LINE));
	m->message_id = message_id(w);
	m->in_reply_to = list_of(w, MAIL_REFERENCES, &m->n_in_reply_to, message_id);
	m->references = list_of(w, MAIL_REFERENCES, &m->n_references, message_id);
	m->date = number(w, INT64_MIN, INT64_MAX);
	m->lang = short_line(w);
}

/* One behind the other, within the file. */
static void take_files(struct wire *w, struct mail *m, int64_t size)
{
	struct mail_file *at;
	int64_t end = 0;

	m->n_files = count(w, MAIL_FILES);
	at = arena_alloc(w->arena, (m->n_files + 1) * sizeof(*at));
	for (size_t i = 0; i < m->n_files; i++) {
		struct mail_file *f = at + i;

		f->name = there(w, line(w, 255));
		f->type = there(w, line(w, 255));
		f->content_id = short_line(w);
		f->shown = number(w, 0, 1);
		f->at = number(w, end, size);
		f->size = number(w, 0, size - f->at);
		end = f->at + f->size;
		if (!*f->name || strpbrk(f->name, "/\\") || !strchr(f->type, '/'))
			w->bad = true;
	}
	m->files = at;
}

static void take_fates(struct wire *w, struct mail *m)
{
	struct mail_fate_of *at;

	m->n_fates = count(w, MAIL_FATES);
	at = arena_alloc(w->arena, (m->n_fates + 1) * sizeof(*at));
	for (size_t i = 0; i < m->n_fates; i++) {
		at[i].address = there(w, address(w));
		at[i].fate = (enum mail_fate) number(w, MAIL_FAILED, MAIL_DELIVERED);
		at[i].status = line(w, 16);
		at[i].diagnostic = long_line(w);
	}
	m->fates = at;
}

bool mail_unpack(struct arena *a, struct bytes from, int64_t size,
		 struct mail *out)
{
	struct wire w = { .arena = a, .at = from.at, .n = from.n };
	const char *mark = take(&w, sizeof(magic)), *sum;

	*out = (struct mail) { .subject = "", .text = "" };
	if (!mark || memcmp(mark, magic, sizeof(magic)))
		return false;
	out->unreadable = number(&w, 0, 1);
	out->notes = list_of(&w, MAIL_NOTES, &out->n_notes, short_line);
	take_envelope(&w, out);
	out->return_path = line(&w, LONGEST_NAME);
	out->automatic = line(&w, LONGEST_LINE);
	out->list = line(&w, LONGEST_LINE);
	out->loop_id = line(&w, LONGEST_LINE);
	out->results = list_of(&w, MAIL_RESULTS, &out->n_results, long_line);
	out->text = there(&w, lines(&w, LONGEST_WORDS));
	out->folded = lines(&w, LONGEST_WORDS);
	out->html = lines(&w, LONGEST_HTML);
	out->pictures = (int) number(&w, 0, INT32_MAX);
	take_files(&w, out, size);
	sum = take(&w, 32);
	out->content = (struct bytes) { sum ? arena_copy(a, sum, 32) : "", sum ? 32 : 0 };
	out->report = number(&w, 0, 1);
	take_fates(&w, out);
	out->about_id = message_id(&w);
	return !w.bad && !w.n;
}
