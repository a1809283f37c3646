#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/quote.h"
#include "quote_head.h"
#include "quote_words.h"

enum {
	SIGNED = 40,			/* lines below "-- "; below "--" fewer */
	SIGNED_BY_HAND = 8,
	FOOT = 12			/* lines that mailing lists put below */
};

/* What was forwarded is the writer's matter, and so are headers that stand
 * above all: somebody forwards, or fills in a form. */
static bool is_matter(const struct reading *r, size_t i)
{
	char text[QUOTE_LINE + 1];

	if (!line_text(r->line[i], text))
		return false;
	return line_forwarded(text) ||
	       (!r->own && line_label(text) && reading_headers(r, i));
}

/* "_____", and below it the name of a mailing list and where it is found. */
static bool foot(const struct reading *r, size_t i)
{
	bool named = false, linked = false;
	char text[QUOTE_LINE + 1];

	if (!line_text(r->line[i], text) || !line_divides(text) || strlen(text) < 20)
		return false;
	for (size_t n = 1; n <= 4 && i + n < r->n; n++) {
		if (!line_text(r->line[i + n], text))
			continue;
		named = named || quote_has(text, quote_list_feet);
		linked = linked || strstr(text, "://") || strchr(text, '@');
	}
	return named && linked;
}

static enum block_kind current(const struct reading *r)
{
	return r->blocks ? r->block[r->blocks - 1].kind : FOOTER;
}

/* "Sent from my phone" stands by itself: something as well-known as a
 * telephone's name may follow the words at once. */
static bool sent(const struct reading *r, size_t i)
{
	bool sure, alone = i == 0 || line_blank(r->line[i - 1]);
	char text[QUOTE_LINE + 1];

	if (!line_text(r->line[i], text))
		return false;
	if (line_links(text))
		return (current(r) == SENT && !alone) || strstr(text, "avast.com/sig-") ||
		       strstr(text, "avg.com/email");
	return line_sent(text, &sure) && (alone || sure);
}

static void begin(struct reading *r, enum block_kind kind, size_t i)
{
	r->block[r->blocks++] = (struct block) { .kind = kind, .first = i };
}

/* A line of nothing special goes on with what it stands below. */
static void plain(struct reading *r, size_t i)
{
	enum block_kind kind = current(r);

	if (!r->blocks || (kind != OWN && kind != SIGNATURE && kind != FOOTER))
		begin(r, OWN, i);
	r->block[r->blocks - 1].filled++;
	r->own = r->own || current(r) == OWN;
}

/* What begins at line i, if anything; how many lines are known. A head that
 * no ">" follows says nothing when there are no words above it to keep. */
static size_t special(struct reading *r, size_t i)
{
	bool quoted;
	size_t n;
	char text[QUOTE_LINE + 1];

	if ((n = reading_history(r, i))) {
		begin(r, reading_quotes_behind(r, i + n) ? HEADED : HISTORY, i);
		return n;
	}
	if ((n = reading_head(r, i, &quoted)) && (quoted || r->own)) {
		begin(r, quoted ? HEADED : HISTORY, i);
		return n;
	}
	if (r->own && line_text(r->line[i], text) && line_runs_on(text)) {
		begin(r, HISTORY, i);
		return 1;
	}
	if (foot(r, i)) {
		begin(r, FOOTER, i);
		return 1;
	}
	if (line_signs(r->line[i])) {
		begin(r, SIGNATURE, i);
		r->block[r->blocks - 1].sign = line_signs(r->line[i]);
		return 1;
	}
	if (current(r) != SIGNATURE && sent(r, i)) {
		begin(r, SENT, i);
		return 1;
	}
	return 0;
}

/* "My answers are below, in red": then nobody knows whose the lines below are. */
static bool writes_among(const struct reading *r, size_t end)
{
	char text[QUOTE_LINE + 1];

	for (size_t i = 0; i < end; i++)
		if (!reading_quotes(r, i) && line_text(r->line[i], text) &&
		    quote_has(text, quote_among))
			return true;
	return false;
}

static void read_blocks(struct reading *r)
{
	size_t n;

	for (size_t i = 0; i < r->n; i += n) {
		n = 1;
		if (line_blank(r->line[i]))
			continue;
		if (reading_quotes(r, i) && reading_marked_headers(r, i)) {
			begin(r, HISTORY, i);
			return;
		}
		if (reading_quotes(r, i)) {
			if (current(r) != QUOTED || !r->blocks)
				begin(r, QUOTED, i);
			continue;
		}
		if (is_matter(r, i)) {
			begin(r, OWN, i);
			return;
		}
		n = special(r, i);
		if (!n) {
			n = 1;
			plain(r, i);
		} else if (current(r) == HISTORY) {
			if (writes_among(r, i))
				begin(r, OWN, i);
			return;
		}
	}
}

/* "P.S. …": more words. Below a dash by itself, so are an item of a list, a
 * question and what announces something. */
static bool goes_on(struct line l, int sign)
{
	char text[QUOTE_LINE + 1];
	size_t n;

	if (!line_text(l, text))
		return sign == 1;
	n = strlen(text);
	if (sign == 1 && n && (strchr("?!:", text[n - 1]) || !strncmp(text, "- ", 2) ||
			       !strncmp(text, "* ", 2)))
		return true;
	return quote_starts(text, quote_postscripts);
}

/* Another dash by itself above it: those divide a text. */
static bool is_one_of_many(const struct reading *r, const struct block *b)
{
	for (const struct block *other = r->block; other < b; other++)
		if (other->kind == SIGNATURE && other->sign == 1 && other->filled)
			return true;
	return false;
}

/* A dash by itself divides as often as it signs: it counts once, at the end,
 * and with few short lines below it. */
static bool signs(const struct reading *r, const struct block *b, bool last)
{
	const struct block *next = b + 1;
	size_t end = next < r->block + r->blocks ? next->first : r->n;

	for (size_t i = b->first; i < end; i++)
		if (goes_on(r->line[i], b->sign) || (b->sign == 1 && r->line[i].n > 100))
			return false;
	if (b->sign == 2)
		return b->filled <= SIGNED;
	return last && b->filled <= SIGNED_BY_HAND && !is_one_of_many(r, b);
}

/* The first line of what is folded. */
static size_t cut(const struct reading *r)
{
	size_t at = r->n, i = r->blocks;
	bool signed_already = false;

	for (; i > 0; i--) {
		const struct block *b = &r->block[i - 1];

		if (b->kind == OWN || (b->kind == FOOTER && b->filled > FOOT))
			break;
		if (b->kind == SIGNATURE) {
			if (!signs(r, b, !signed_already))
				break;
			signed_already = true;
		}
		at = b->first;
	}
	return at;
}

static struct line *lines(struct arena *a, const char *text, size_t *n)
{
	struct line *l;

	*n = 1;
	for (const char *p = strchr(text, '\n'); p; p = strchr(p + 1, '\n'))
		++*n;
	l = arena_alloc(a, *n * sizeof(*l));
	for (size_t i = 0; i < *n; i++) {
		l[i] = (struct line) { text, strcspn(text, "\n") };
		text += l[i].n + (text[l[i].n] == '\n');
	}
	return l;
}

/* Lines first..last-1 without empty ones at either end; NULL: there are none. */
static const char *between(struct arena *a, const struct line *l, size_t first,
			   size_t last)
{
	const char *end;

	while (first < last && line_blank(l[first]))
		first++;
	while (last > first && line_blank(l[last - 1]))
		last--;
	if (first == last)
		return NULL;
	end = l[last - 1].at + l[last - 1].n;
	while (end > l[first].at && strchr(" \t\r", end[-1]))
		end--;
	return arena_copy(a, l[first].at, (size_t) (end - l[first].at));
}

static size_t split(struct arena *a, const char *text, struct reading *r)
{
	*r = (struct reading) { .n = 0 };
	r->line = lines(a, text, &r->n);
	r->block = arena_alloc(a, (r->n + 1) * sizeof(*r->block));
	read_blocks(r);
	return cut(r);
}

struct quote quote_split(struct arena *a, const char *text)
{
	struct reading r;
	size_t at = split(a, text, &r);
	const char *own = between(a, r.line, 0, at);

	return (struct quote) {
		.own = own ? own : "", .folded = between(a, r.line, at, r.n),
	};
}

struct quote quote_nothing(struct arena *a, const char *text)
{
	size_t n;
	const struct line *l = lines(a, text, &n);
	const char *own = between(a, l, 0, n);

	return (struct quote) { .own = own ? own : "" };
}

bool quote_is_forward(const char *subject)
{
	size_t n;

	/* "[#1234] Fwd: …" */
	while (*subject == '[' && strchr(subject, ']')) {
		subject = strchr(subject, ']') + 1;
		subject += strspn(subject, " ");
	}
	n = quote_starts(subject, quote_forward_subjects);
	subject += n + (n ? strspn(subject + n, " ") : 0);
	return n && (*subject == ':' || !strncmp(subject, "\xef\xbc\x9a", 3));
}

size_t quote_at(struct arena *a, const char *text)
{
	struct reading r;
	size_t at = split(a, text, &r);

	return at < r.n ? (size_t) (r.line[at].at - text) : strlen(text);
}

bool quote_begins(const char *text)
{
	struct line few[QUOTE_HEADERS];
	struct reading r = { .line = few };
	char first[QUOTE_LINE + 1];

	while (*text && r.n < QUOTE_HEADERS) {
		few[r.n] = (struct line) { text, strcspn(text, "\n") };
		text += few[r.n].n + (text[few[r.n].n] == '\n');
		r.n++;
	}
	if (!r.n || line_blank(few[0]) || !line_text(few[0], first))
		return false;
	if (line_original(first) || line_forwarded(first) || reading_history(&r, 0))
		return true;
	for (size_t n = 1; n <= QUOTE_HEAD && n <= r.n; n++)
		if ((n == 1 || line_opens(first)) && reading_heads(&r, 0, n, false))
			return true;
	return false;
}
