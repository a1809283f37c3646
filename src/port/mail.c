#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/html.h"
#include "base/quote.h"
#include "base/utf8.h"
#include "mail_letter.h"
#include "port/html_clean.h"

void letter_note(struct letter *l, const char *note)
{
	struct mail *m = l->out;

	for (size_t i = 0; i < m->n_notes; i++)
		if (!strcmp(l->notes[i], note))
			return;
	if (m->n_notes < MAIL_NOTES)
		l->notes[m->n_notes++] = note;
}

/* ---- Where it lies ---- */

struct mapping {
	void *at;
	size_t n;
};

static void unmap(void *what)
{
	struct mapping *m = what;

	munmap(m->at, m->n);
}

static struct err *map_letter(struct letter *l, int fd, struct slice *all)
{
	struct mapping *m = NEW(l->arena, struct mapping);
	struct stat st;

	*all = (struct slice) { "", 0 };
	if (fstat(fd, &st) || !S_ISREG(st.st_mode))
		return FAIL(l->arena, ERR_BUG, "a letter that is no file");
	m->n = st.st_size > MAIL_MOST ? MAIL_MOST : (size_t) st.st_size;
	if (!m->n)
		return NULL;
	if (st.st_size > MAIL_MOST)
		letter_note(l, "more than 25 MiB: only the beginning was read");
	m->at = mmap(NULL, m->n, PROT_READ, MAP_PRIVATE, fd, 0);
	if (m->at == MAP_FAILED)
		return FAIL(l->arena, ERR_BUG, "a letter cannot be mapped: %s",
			    strerror(errno));
	arena_defer(l->arena, unmap, m);
	*all = (struct slice) { m->at, m->n };
	return NULL;
}

/* Old programs of another system end lines with CR alone: when there is no
 * LF at all, that is what its lines end with. */
static char line_end_of(struct letter *l, struct slice all)
{
	if (memchr(all.at, '\n', all.n) || !memchr(all.at, '\r', all.n))
		return '\n';
	letter_note(l, "lines that end with CR alone");
	return '\r';
}

/* ---- Words ---- */

/* Plain words among HTML ones. */
static void add_as_html(struct str *to, const char *plain)
{
	str_add(to, "<div>");
	while (*plain) {
		size_t n = strcspn(plain, "\n");

		html_add(to, plain, n);
		plain += n;
		if (*plain) {
			str_add(to, "<br>");
			plain++;
		}
	}
	str_add(to, "</div>");
}

static struct str joined_html(struct letter *l)
{
	struct str html;

	str_init(&html, l->arena, HTML_CLEAN_MOST);
	for (struct piece *p = l->pieces.first; p; p = p->next)
		if (p->html)
			str_add(&html, p->html);
		else
			add_as_html(&html, p->plain);
	return html;
}

static const char *joined_plain(struct letter *l)
{
	struct str text;

	str_init(&text, l->arena, 2 * MAIL_TEXT);
	for (struct piece *p = l->pieces.first; p; p = p->next) {
		if (!p->plain)
			continue;
		if (text.len)
			str_add(&text, "\n\n");
		str_add(&text, p->plain);
	}
	return text.text;
}

static bool has_html(const struct letter *l)
{
	for (struct piece *p = l->pieces.first; p; p = p->next)
		if (p->html)
			return true;
	return false;
}

/* The pictures that the HTML shows are no files of the letter. */
static void mark_shown(struct letter *l, const struct html_clean *h)
{
	for (size_t i = 0; i < l->out->n_files; i++)
		for (size_t k = 0; k < h->n_cids && l->files[i].content_id; k++)
			if (!strcmp(l->files[i].content_id, h->cids[k]))
				l->files[i].shown = true;
}

static const char *cut_words(struct letter *l, const char *text)
{
	size_t n = MAIL_TEXT;

	if (!text || strlen(text) <= n)
		return text;
	letter_note(l, "more words than are shown: the rest is in the source");
	while (n && ((unsigned char) text[n] & 0xc0) == 0x80)
		n--;
	return arena_copy(l->arena, text, n);
}

static bool is_empty(const char *text)
{
	return !text || !text[strspn(text, " \t\n")];
}

static struct err *read_html(struct letter *l)
{
	struct str html = joined_html(l);
	struct html_clean clean = { NULL };
	struct mail *m = l->out;

	TRY(html_clean(l->arena, (struct bytes) { html.text, html.len }, &clean));
	mark_shown(l, &clean);
	if (clean.cut)
		letter_note(l, "more HTML than is shown: the rest is in the source");
	/* Words alone are shown as words. */
	if (clean.formatted || clean.pictures || clean.n_cids)
		m->html = clean.html;
	m->text = clean.text ? clean.text : "";
	m->folded = clean.folded;
	m->pictures = clean.pictures;
	return NULL;
}

static struct err *read_words(struct letter *l)
{
	const char *plain = joined_plain(l);
	struct mail *m = l->out;
	struct quote quote;

	if (has_html(l))
		TRY(read_html(l));
	/* HTML without a word, beside words: some programs send that. */
	if (!has_html(l) || (is_empty(m->text) && is_empty(m->folded) && !is_empty(plain))) {
		quote = quote_split(l->arena, plain);
		m->text = quote.own;
		m->folded = quote.folded;
	}
	m->text = cut_words(l, m->text);
	m->folded = cut_words(l, m->folded);
	return NULL;
}

/* All its words for one who looks for a report in them. */
static const char *words_of_report(struct letter *l)
{
	const char *plain = joined_plain(l);

	if (!is_empty(plain))
		return plain;
	return arena_join(l->arena, l->out->text, "\n",
			  l->out->folded ? l->out->folded : "");
}

/* ---- What it says, whichever way it came ---- */

static void sum_text(struct letter *l, const char *text)
{
	text = text ? text : "";
	g_checksum_update(l->sum, (const guchar *) text, (gssize) strlen(text) + 1);
}

/* Blanks and line ends may change on the way; words do not. */
static void sum_words(struct letter *l, const char *text)
{
	while (text && *text) {
		size_t n = strcspn(text, " \t\n");

		g_checksum_update(l->sum, (const guchar *) text, (gssize) n);
		text += n;
		text += strspn(text, " \t\n");
	}
	sum_text(l, NULL);
}

static void sum_up(struct letter *l)
{
	struct mail *m = l->out;
	guint8 *digest = arena_alloc(l->arena, 32);
	gsize n = 32;

	sum_text(l, l->from_said);
	sum_text(l, arena_printf(l->arena, "%lld", (long long) m->date));
	sum_text(l, m->subject);
	sum_text(l, m->message_id);
	for (struct piece *p = l->pieces.first; p; p = p->next) {
		sum_words(l, p->plain);
		sum_words(l, p->html);
	}
	g_checksum_get_digest(l->sum, digest, &n);
	m->content = (struct bytes) { digest, n };
}

/* ---- All of it ---- */

static void free_sum(void *sum)
{
	g_checksum_free(sum);
}

static void letter_init(struct letter *l, struct arena *a, int files_fd,
			struct mail *out)
{
	*out = (struct mail) { .subject = "", .text = "" };
	*l = (struct letter) {
		.arena = a, .out = out, .eol = '\n', .files_fd = files_fd,
		.from_said = "",
		.address_bytes = MAIL_ADDRESS_HEADERS, .addresses = MAIL_ADDRESSES,
		.text_left = MAIL_TEXT, .html_left = MAIL_HTML,
	};
	l->pieces.last = &l->pieces.first;
	l->notes = arena_alloc(a, MAIL_NOTES * sizeof(*l->notes));
	l->files = arena_alloc(a, MAIL_FILES * sizeof(*l->files));
	l->sum = g_checksum_new(G_CHECKSUM_SHA256);
	arena_defer(a, free_sum, l->sum);
	out->notes = l->notes;
	out->files = l->files;
}

void mail_ready(void)
{
	static const char *fallbacks[] = { "utf-8", "windows-1252", NULL };
	static bool ready;

	if (ready)
		return;
	ready = true;
	g_mime_init();
	g_mime_parser_options_set_fallback_charsets(g_mime_parser_options_get_default(),
						    fallbacks);
	text_ready();
}

struct err *mail_read(struct arena *a, int fd, int files_fd, struct mail *out)
{
	struct letter *l = NEW(a, struct letter);
	struct slice all;

	mail_ready();
	letter_init(l, a, files_fd, out);
	TRY(map_letter(l, fd, &all));
	l->eol = line_end_of(l, all);
	l->head = head_read(l, all, false);
	out->unreadable = !l->head.n;
	letter_envelope(l);
	class_read(l);
	tree_read(l);
	if (l->failure)
		return err_passed(l->failure, __func__);
	TRY(read_words(l));
	report_read(l, words_of_report(l));
	sum_up(l);
	return NULL;
}
