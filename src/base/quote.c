#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/quote.h"
#include "quote_line.h"
#include "quote_words.h"

enum {
	HEAD = 4,			/* lines of "On … wrote:" */
	HEADERS = 16,			/* lines of a block From, Sent, To, Subject */
	SIGNED = 40,			/* lines below "-- "; below "--" fewer */
	SIGNED_BY_HAND = 8,
	FOOT = 12			/* lines that mailing lists put below */
};

/* What follows what. From a HISTORY on all is quoted; the others are folded
 * when nothing but their like stands below them. */
enum block_kind { OWN, QUOTED, HEADED, HISTORY, SIGNATURE, SENT, FOOTER };

struct block {
	enum block_kind kind;
	size_t first;			/* line */
	size_t filled;			/* lines that are not blank */
	int sign;			/* of a signature: line_signs() */
};

struct reading {
	const struct line *line;
	size_t n;
	struct block *block;
	size_t blocks;
	bool own;			/* something stands above */
};

static size_t skip_blank(const struct reading *r, size_t i)
{
	while (i < r->n && line_blank(r->line[i]))
		i++;
	return i;
}

/* ">From the shop" is how mail folders write "From the shop". */
static bool is_quoted(const struct reading *r, size_t i)
{
	if (!line_quoted(r->line[i]))
		return false;
	return r->line[i].n < 6 || memcmp(r->line[i].at, ">From ", 6) != 0 ||
	       (i > 0 && line_quoted(r->line[i - 1]));
}

static bool is_plain(const struct reading *r, size_t i)
{
	return i < r->n && !is_quoted(r, i) && !line_blank(r->line[i]);
}

static bool quoted_behind(const struct reading *r, size_t i)
{
	i = skip_blank(r, i);
	return i < r->n && is_quoted(r, i);
}

/* Do exactly these lines say who wrote what follows? */
static bool heads(const struct reading *r, size_t i, size_t n, bool quoted)
{
	char text[QUOTE_LINE + 1];

	return line_join(r->line + i, n, text) && line_attributes(text, quoted);
}

/* Is that the head, or is it a writer's own line and the head below it? */
static bool begins_later(const struct reading *r, size_t i, size_t n, bool quoted)
{
	char text[QUOTE_LINE + 1];

	for (size_t later = 1; later < n; later++)
		if (line_join(r->line + i + later, n - later, text) &&
		    line_dated(text) && line_attributes(text, quoted) &&
		    line_text(r->line[i + later], text) && line_opens(text))
			return true;
	return false;
}

/* The lines of "On … wrote:" at i, 0: none. */
static size_t head(const struct reading *r, size_t i, bool *quoted)
{
	char text[QUOTE_LINE + 1];

	if (!line_text(r->line[i], text))
		return 0;
	for (size_t n = 1; n <= HEAD && is_plain(r, i + n - 1); n++) {
		*quoted = quoted_behind(r, i + n);
		if (n > 1 && !line_opens(text))
			return 0;
		if (heads(r, i, n, *quoted))
			return begins_later(r, i, n, *quoted) ? 0 : n;
	}
	return 0;
}

/* The lines of a block From, Sent, To, Subject at i, 0: none. A long list of
 * addresses takes several. */
static size_t headers(const struct reading *r, size_t i)
{
	unsigned seen = 0, needed;
	size_t n, last = 0, loose = 0;
	bool address = false;
	char text[QUOTE_LINE + 1];

	for (n = 0; n < HEADERS && i + n < r->n && loose < 3; n++) {
		int label;

		if (line_blank(r->line[i + n])) {
			loose++;
			continue;
		}
		label = line_text(r->line[i + n], text) ? line_label(text) : LABEL_NONE;
		if (!n && label != LABEL_FROM && label != LABEL_DATE)
			return 0;
		if (label == LABEL_NONE) {
			loose++;
			continue;
		}
		address = address || strchr(text, '@');
		seen |= 1u << label;
		loose = 0;
		last = n + 1;
		if (label == LABEL_SUBJECT)
			break;
	}
	needed = 1u << LABEL_FROM |
		 (seen & 1u << LABEL_DATE ? 1u << LABEL_DATE : 1u << LABEL_TO);
	if ((seen & needed) != needed)
		return 0;
	if (seen & 1u << LABEL_SUBJECT || (address && seen & 1u << LABEL_TO))
		return last;
	return 0;
}

/* The lines that begin a history at i, 0: none. Its headers go with it. */
static size_t history(const struct reading *r, size_t i)
{
	char text[QUOTE_LINE + 1];
	size_t j;

	if (!line_text(r->line[i], text))
		return 0;
	if (line_label(text))
		return headers(r, i);
	if (line_original(text)) {
		j = skip_blank(r, i + 1);
		return j < r->n && headers(r, j) ? j + headers(r, j) - i : 1;
	}
	if (!line_divides(text))
		return 0;
	j = skip_blank(r, i + 1);
	if (j >= r->n || !line_text(r->line[j], text) || !line_label(text))
		return 0;
	return headers(r, j) ? j + headers(r, j) - i : 0;
}

/* "_____" and below it the name of a mailing list. */
static bool foot(const struct reading *r, size_t i)
{
	char text[QUOTE_LINE + 1];

	if (!line_text(r->line[i], text) || !line_divides(text) || strlen(text) < 20)
		return false;
	for (size_t n = 1; n <= 3 && i + n < r->n; n++)
		if (line_text(r->line[i + n], text) && quote_has(text, quote_list_feet))
			return true;
	return false;
}

/* "Sent from my phone" stands by itself: something as well-known as a
 * telephone's name may follow the words at once. */
static bool sent(const struct reading *r, size_t i)
{
	bool sure, alone = i == 0 || line_blank(r->line[i - 1]);
	char text[QUOTE_LINE + 1];

	return line_text(r->line[i], text) && line_sent(text, &sure) && (alone || sure);
}

static void begin(struct reading *r, enum block_kind kind, size_t i)
{
	r->block[r->blocks++] = (struct block) { .kind = kind, .first = i };
}

static enum block_kind current(const struct reading *r)
{
	return r->blocks ? r->block[r->blocks - 1].kind : FOOTER;
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

	if ((n = history(r, i))) {
		begin(r, quoted_behind(r, i + n) ? HEADED : HISTORY, i);
		return n;
	}
	if ((n = head(r, i, &quoted)) && (quoted || r->own)) {
		begin(r, quoted ? HEADED : HISTORY, i);
		return n;
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

static void read_blocks(struct reading *r)
{
	size_t n;

	for (size_t i = 0; i < r->n; i += n) {
		n = 1;
		if (line_blank(r->line[i]))
			continue;
		if (is_quoted(r, i)) {
			if (current(r) != QUOTED || !r->blocks)
				begin(r, QUOTED, i);
			continue;
		}
		n = special(r, i);
		if (!n) {
			n = 1;
			plain(r, i);
		} else if (current(r) == HISTORY) {
			return;
		}
	}
}

/* A dash by itself divides as often as it signs: it counts once, at the end,
 * and with few short lines below it. */
static bool signs(const struct reading *r, const struct block *b, bool last)
{
	const struct block *next = b + 1;
	size_t end = next < r->block + r->blocks ? next->first : r->n;

	if (b->sign == 2)
		return b->filled <= SIGNED;
	if (!last || b->filled > SIGNED_BY_HAND)
		return false;
	for (size_t i = b->first; i < end; i++)
		if (r->line[i].n > 100)
			return false;
	return true;
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

size_t quote_at(struct arena *a, const char *text)
{
	struct reading r;
	size_t at = split(a, text, &r);

	return at < r.n ? (size_t) (r.line[at].at - text) : strlen(text);
}

bool quote_begins(const char *text)
{
	struct line few[HEADERS];
	struct reading r = { .line = few };
	char first[QUOTE_LINE + 1];

	while (*text && r.n < HEADERS) {
		few[r.n] = (struct line) { text, strcspn(text, "\n") };
		text += few[r.n].n + (text[few[r.n].n] == '\n');
		r.n++;
	}
	if (!r.n || line_blank(few[0]) || !line_text(few[0], first))
		return false;
	if (line_original(first) || history(&r, 0))
		return true;
	for (size_t n = 1; n <= HEAD && n <= r.n; n++)
		if ((n == 1 || line_opens(first)) && heads(&r, 0, n, false))
			return true;
	return false;
}
