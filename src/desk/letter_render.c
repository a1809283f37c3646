#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/locale.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/words.h"
#include "desk/letter.h"
#include "desk/seal.h"
#include "port/json.h"
#include "port/mime.h"
#include "port/view.h"
#include "store/outbox.h"

enum {
	MOST_TEXT = 1024 * 1024,	/* of a rendered letter */
	COLUMNS = 72, INDENT = 4,	/* of a message quoted in plain text */
	REFERENCES = 21,		/* the first and the newest 20 */
};

/* One line, folded at a blank where it is too long; a word that is longer
 * than a line stays whole: it is an address to click on. */
static void add_folded(struct str *out, const char *line, size_t n)
{
	size_t at = 0;

	while (at < n) {
		size_t end = at, width = 0, word = 0;

		for (size_t i = at; i < n; i++) {
			if (line[i] == ' ' && (width <= COLUMNS - INDENT || !word))
				word = i;
			width += ((unsigned char) line[i] & 0xc0) != 0x80;
			if (width > COLUMNS - INDENT && word)
				break;
			end = i + 1;
		}
		if (end < n)
			end = word;
		str_addf(out, "%*s", INDENT, "");
		str_addn(out, line + at, end - at);
		str_add(out, "\n");
		at = end + (end < n);
	}
}

static const char *quoted(struct arena *a, const char *body)
{
	struct str out;

	str_init(&out, a, MOST_TEXT);
	while (*body) {
		size_t n = strcspn(body, "\r\n");

		add_folded(&out, body, n);
		if (!n)
			str_add(&out, "\n");
		body += n;
		body += body[0] == '\r' && body[1] == '\n' ? 2 : !!*body;
	}
	return out.text;
}

static const char *shown(struct arena *a, const struct reader *r,
			 enum letter_fact_kind kind, const char *value)
{
	switch (kind) {
	case FACT_TIME: return locale_time(a, r, clock_parse(value));
	case FACT_DATE: return locale_date(a, r, clock_parse(value));
	case FACT_BODY: return value;
	case FACT_LINE: break;
	}
	return utf8_line(a, value);
}

static void show_files(struct arena *a, const struct reader *r, struct node *to,
		       struct json *files, const struct letter_enclosed *with)
{
	struct json *file;

	for (size_t i = 0; i < LETTER_FILES && (file = json_element(files, i)); i++) {
		struct node *n = node_item(to);
		const char *name = json_text(json_member(file, "name"));
		int64_t size;

		node_put(n, "name", name ? utf8_line(a, name) : "");
		if (json_number(json_member(file, "size"), &size))
			node_put(n, "size", locale_size(a, r, size));
		if (i >= with->n_files || !with->files[i].bytes.at)
			continue;
		node_switch(n, "attached", true);
		node_put(n, "cid", with->files[i].content_id);
	}
}

static void show_facts(struct arena *a, const struct reader *r,
		       struct view *v, struct json *all,
		       const struct letter_enclosed *with)
{
	struct node *to = view_at(v, "Fact");
	int64_t reply = 0;

	for (const struct letter_fact *f = letter_fact_list; f->name; f++) {
		const char *value = json_text(json_member(all, f->name));

		if (!value)
			continue;
		node_put_(to, f->name, shown(a, r, f->kind, value));
		if (f->kind == FACT_BODY)
			node_put_(to, arena_join(a, f->name, "_quoted"),
				  quoted(a, value));
	}
	node_switch(to, "reply_possible",
		    json_number(json_member(all, "reply_possible"), &reply) && reply);
	show_files(a, r, node_at(to, "files"), json_member(all, "files"), with);
}

static struct view *filled_view(struct arena *a, struct views *vs,
				const struct letter_sender *sender,
				const struct outbox *row, struct json *all,
				const struct letter_enclosed *with)
{
	const struct reader reader = { .lang = row->lang, .zone = row->zone };
	struct view *v = view_new(a, vs);

	view_put(v, "Lang", row->lang);
	view_put(v, "Dir", locale_direction(row->lang));
	view_put(v, "Letter", row->letter);
	if (sender->in && sender->seal && row->ticket_id)
		view_put(v, "Mark", seal_mark(a, sender->seal, row->ticket_id));
	show_facts(a, &reader, v, all, with);
	return v;
}

static struct err *render(struct arena *a, struct view *v, const char *name,
			  const char *ending, struct str *out)
{
	str_init(out, a, MOST_TEXT);
	TRY(view_render(v, arena_printf(a, "mail/%s.%s.cs", name, ending), out));
	if (out->cut)
		return FAIL(a, ERR_BUG, "%s.%s is too long", name, ending);
	return NULL;
}

/* "Subject: …\n\n" and the text. */
static struct err *split(struct arena *a, char *text, const char *name,
			 struct mime_letter *out)
{
	static const char first[] = "Subject: ";
	char *end = strchr(text, '\n');

	if (strncmp(text, first, sizeof(first) - 1) || !end || end[1] != '\n')
		return FAIL(a, ERR_BUG, "%s does not begin with its subject", name);
	out->subject = arena_copy(a, text + sizeof(first) - 1,
				  (size_t) (end - text) - sizeof(first) + 1);
	out->text = end + 2;
	return NULL;
}

/* Who may answer with it: whoever this letter was for. */
static struct seal_reply reply_of(const struct outbox *row)
{
	struct seal_reply r = { .ticket_id = row->ticket_id, .reader = SEAL_ADDRESS };

	if (!strcmp(row->recipient_kind, "customer"))
		r.reader = SEAL_CUSTOMER;
	else if (!strcmp(row->recipient_kind, "agent"))
		r.reader = SEAL_AGENT;
	r.reader_id = r.reader == SEAL_ADDRESS ? 0 : row->recipient_id;
	return r;
}

/* NULL: none is needed beside From. */
static const char *reply_to(struct arena *a, const struct letter_sender *s,
			    const struct outbox *row)
{
	const char *sealed = NULL;

	if (!s->in || !s->answers)
		return NULL;
	if (s->plus && s->seal && row->ticket_id) {
		const struct seal_reply reply = reply_of(row);

		sealed = seal_reply_address(a, s->seal, s->answers, &reply);
	}
	if (sealed)
		return sealed;
	return strcmp(s->answers, s->address) ? s->answers : NULL;
}

const char *letter_return_path(struct arena *a, const struct letter_sender *s,
			       const struct outbox *row)
{
	const struct letter *letter = letter_find(row->letter);
	/* The test asks what nobody knows yet. */
	bool named = (s->in && s->plus) || !strcmp(row->letter, "loop_test");
	const char *sealed = named && s->answers && s->seal
		? seal_return_path(a, s->seal, s->answers, row->id) : NULL;

	if (sealed)
		return sealed;
	return letter && letter->auto_submitted ? "" : s->address;
}

/* "<…> <…>": the first, then the newest; and what is answered: the newest
 * that came in, else the newest that went out. An id that cannot be named is
 * left out: the answer goes out all the same. */
static void add_thread(struct arena *a, const struct rows *thread,
		       struct mime_letter *out)
{
	const struct outbox_link *link = thread->at;
	size_t skipped = thread->n > REFERENCES ? thread->n - REFERENCES : 0;
	const char *ours = NULL, *theirs = NULL;
	struct str all;

	if (!thread->n)
		return;
	str_init(&all, a, MOST_TEXT);
	for (size_t i = 0; i < thread->n; i++) {
		if (!mime_message_id(link[i].id))
			continue;
		if (!i || i > skipped)
			str_addf(&all, "%s%s", all.len ? " " : "", link[i].id);
		if (link[i].theirs)
			theirs = link[i].id;
		else
			ours = link[i].id;
	}
	out->references = all.len ? all.text : NULL;
	out->in_reply_to = theirs ? theirs : ours;
}

struct err *letter_render(struct arena *a, struct views *vs,
			  const struct letter_sender *sender,
			  const struct outbox *row,
			  const struct letter_enclosed *with,
			  struct mime_letter *out)
{
	const struct letter *letter = letter_find(row->letter);
	struct str text, html;
	struct json *all;
	struct view *v;

	if (!letter)
		return FAIL(a, ERR_BUG, "there is no letter %s", row->letter);
	if (json_parse(a, row->facts, strlen(row->facts), 4, &all))
		return FAIL(a, ERR_BUG, "the facts of letter %lld cannot be read",
			    (long long) row->id);
	words_use(row->lang);
	v = filled_view(a, vs, sender, row, all, with);
	view_put(v, "Fact.url", with->url);
	TRY(render(a, v, row->letter, "txt", &text));
	TRY(render(a, v, row->letter, "html", &html));
	*out = (struct mime_letter) {
		.from_name = sender->name ? sender->name
					  : json_text(json_member(all, "shop_name")),
		.from_address = sender->address,
		.to_name = row->to_name, .to_address = row->to_address,
		.reply_to = reply_to(a, sender, row),
		.message_id = row->message_id_header,
		.date = clock_parse(row->created_at),
		.lang = row->lang,
		.auto_submitted = letter->auto_submitted,
		.precedence = letter->precedence,
		.loop_id = sender->loop_id,
		.claim = json_text(json_member(all, "claim")),
		.html = html.text,
		.files = with->files, .n_files = with->n_files,
	};
	if (with->thread)
		add_thread(a, with->thread, out);
	TRY(split(a, text.text, row->letter, out));
	return NULL;
}
