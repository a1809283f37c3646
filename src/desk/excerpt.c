#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "desk/excerpt.h"
#include "port/fold.h"

enum { BEFORE = 50, MOST_HITS = 40, PIECES = 2 * MOST_HITS + 4 };

struct word {
	const char *text;
	size_t from, to;
	bool pair;
};

/* The text as words, so that a phrase can be compared from each of them. */
struct page {
	struct arena *arena;
	const char *text;
	struct word *words;
	size_t n;
};

struct hit {
	size_t from, to;
};

static void read_page(struct page *p)
{
	struct fold f;
	struct fold_word w;
	size_t room = strlen(p->text) + 1;

	p->words = arena_alloc(p->arena, room * sizeof(*p->words));
	fold_begin(&f, p->text, strlen(p->text));
	while (p->n < room && fold_next(&f, &w))
		p->words[p->n++] = (struct word) {
			arena_copy(p->arena, w.text, w.len), w.from, w.to, w.pair,
		};
}

/* So many columns before or behind a place, but not within a character. */
static size_t back(const char *text, size_t at, size_t columns)
{
	while (at && columns) {
		at--;
		if ((text[at] & 0xc0) != 0x80)
			columns -= columns > 1 ? utf8_width(text + at) : 1;
	}
	return at;
}

static size_t ahead(const char *text, size_t at, size_t columns)
{
	while (text[at] && columns) {
		columns -= columns > 1 ? utf8_width(text + at) : 1;
		for (at++; (text[at] & 0xc0) == 0x80; at++)
			;
	}
	return at;
}

static bool is_word(const struct search_term *t, size_t i, const char *text)
{
	if (i + 1 == t->n_words && t->prefix)
		return !strncmp(text, t->words[i], strlen(t->words[i]));
	return !strcmp(text, t->words[i]);
}

static bool stands_at(const struct page *p, size_t at, const struct search_term *t)
{
	if (t->not || !t->n_words || p->n - at < t->n_words ||
	    (t->field != SEARCH_TEXT && t->field != SEARCH_SUBJECT))
		return false;
	for (size_t i = 0; i < t->n_words; i++)
		if (!is_word(t, i, p->words[at + i].text))
			return false;
	return true;
}

/* Of a pair that only begins so, the first character was meant. */
static size_t end_of(const struct page *p, const struct search_term *t, size_t at)
{
	const struct word *last = &p->words[at + t->n_words - 1];

	return t->prefix && last->pair ? ahead(p->text, last->from, 1) : last->to;
}

/* The longest of the terms that stand here; false: none does. */
static bool hit_at(const struct page *p, size_t at, const struct search_term *terms,
		   size_t n, struct hit *out)
{
	size_t longest = 0;

	for (size_t i = 0; i < n; i++) {
		if (terms[i].n_words <= longest || !stands_at(p, at, &terms[i]))
			continue;
		longest = terms[i].n_words;
		*out = (struct hit) { p->words[at].from, end_of(p, &terms[i], at) };
	}
	return longest > 0;
}

/* Hits from `from` on that begin before `until`; they do not overlap. */
static size_t find_hits(const struct page *p, const struct search_term *terms,
			size_t n, size_t from, size_t until, struct hit *hits)
{
	size_t found = 0;

	for (size_t i = 0; i < p->n && p->words[i].from < until && found < MOST_HITS; i++) {
		struct hit h;

		if (p->words[i].from < from || !hit_at(p, i, terms, n, &h))
			continue;
		if (found && h.from < hits[found - 1].to)
			hits[found - 1].to = h.to > hits[found - 1].to
					     ? h.to : hits[found - 1].to;
		else
			hits[found++] = h;
	}
	return found;
}

/* An excerpt begins with a word and ends with one. */
static size_t whole_word_from(const struct page *p, size_t at, size_t most)
{
	for (size_t i = 0; at && i < p->n; i++)
		if (p->words[i].from >= at)
			return p->words[i].from < most ? p->words[i].from : at;
	return at;
}

static size_t whole_word_to(const struct page *p, size_t at, size_t least)
{
	size_t end = at;

	if (!p->text[at])
		return at;
	for (size_t i = 0; i < p->n && p->words[i].to <= at; i++)
		end = p->words[i].to;
	return end > least ? end : at;
}

static void add(struct excerpt *e, const struct page *p, size_t from, size_t to,
		bool hit)
{
	if (from < to && e->n < PIECES)
		e->pieces[e->n++] = (struct piece) {
			utf8_line(p->arena, arena_copy(p->arena, p->text + from, to - from)),
			hit,
		};
}

/* Blanks at the seams are kept: utf8_line() takes those at both ends away. */
static const char *seam(const struct page *p, const struct piece *piece,
			size_t from, size_t to)
{
	bool before = from > 0 && strchr(" \t\r\n", p->text[from]) != NULL;
	bool behind = to > from && strchr(" \t\r\n", p->text[to - 1]) != NULL;

	if (!*piece->text)
		return " ";
	return arena_printf(p->arena, "%s%s%s", before ? " " : "", piece->text,
			    behind ? " " : "");
}

static void add_between(struct excerpt *e, const struct page *p, size_t from, size_t to)
{
	size_t n = e->n;

	add(e, p, from, to, false);
	if (e->n > n)
		e->pieces[n].text = seam(p, &e->pieces[n], from, to);
}

static void add_dots(struct excerpt *e)
{
	if (e->n < PIECES)
		e->pieces[e->n++] = (struct piece) { "…", false };
}

struct excerpt excerpt_of(struct arena *a, const char *text,
			  const struct search_term *terms, size_t n)
{
	struct excerpt e = { .pieces = arena_alloc(a, PIECES * sizeof(struct piece)) };
	struct page p = { .arena = a, .text = text };
	struct hit hits[MOST_HITS];
	size_t found, from = 0, to;

	read_page(&p);
	found = find_hits(&p, terms, n, 0, strlen(text), hits);
	e.hit = found > 0;
	if (found)
		from = whole_word_from(&p, back(text, hits[0].from, BEFORE), hits[0].from);
	to = whole_word_to(&p, ahead(text, from, EXCERPT_COLUMNS),
			   found ? hits[0].to : 0);
	if (from)
		add_dots(&e);
	for (size_t i = 0; i < found && hits[i].to <= to; i++) {
		add_between(&e, &p, from, hits[i].from);
		add(&e, &p, hits[i].from, hits[i].to, true);
		from = hits[i].to;
	}
	add_between(&e, &p, from, to);
	if (text[to])
		add_dots(&e);
	return e;
}
