#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "desk/document.h"
#include "desk/search_words.h"
#include "port/db.h"
#include "store/search.h"

enum { BEGINNINGS = 3, JSON_MOST = 64 * 1024 };

/* How many documents a term has at most, and by which codes they are found. */
struct cost {
	int64_t docs;
	const char *codes;
};

static bool has_words(const struct search_term *t)
{
	return !t->not && t->n_words &&
	       (t->field == SEARCH_TEXT || t->field == SEARCH_SUBJECT);
}

/* Two subjects mean either of them: neither can lead the search. */
static bool may_drive(const struct query *q, const struct search_term *t)
{
	size_t subjects = 0;

	for (size_t i = 0; i < q->n; i++)
		subjects += has_words(&q->terms[i]) &&
			    q->terms[i].field == SEARCH_SUBJECT;
	return has_words(t) && (t->field == SEARCH_TEXT || subjects == 1);
}

static struct err *mark_term(struct db *db, struct arena *a, int shop,
			     const struct search_term *t, int64_t *bits, size_t *n)
{
	struct rows names = { 0 };

	if (t->not || t->field != SEARCH_TEXT || t->value || t->n_words <= t->prefix)
		return NULL;
	if (t->name)
		TRY(store_search_names(db, shop, t->words[0], &names));
	if (names.n)
		return NULL;
	for (size_t i = 0; i + t->prefix < t->n_words; i++)
		document_mark(arena_printf(a, " %s ", t->words[i]), bits);
	++*n;
	return NULL;
}

struct err *search_marks(struct db *db, struct arena *a, int shop,
			 const struct query *q, int64_t bits[DOCUMENT_MARKS],
			 size_t *n)
{
	*n = 0;
	for (size_t i = 0; i < q->n; i++)
		TRY(mark_term(db, a, shop, &q->terms[i], bits, n));
	return NULL;
}

const struct search_term *search_shown(const struct query *q)
{
	for (size_t i = 0; i < q->n; i++)
		if (has_words(&q->terms[i]))
			return &q->terms[i];
	return NULL;
}

static struct err *read_counts(struct db *db, struct arena *a, const struct query *q,
			       struct rows *out)
{
	bool any = false;
	struct str s;

	*out = (struct rows) { 0 };
	str_init(&s, a, JSON_MOST);
	for (size_t i = 0; i < q->n; i++)
		for (size_t j = 0; may_drive(q, &q->terms[i]) && j < q->terms[i].n_words; j++) {
			str_add(&s, any ? "," : "[");
			str_add_json(&s, q->terms[i].words[j]);
			any = true;
		}
	if (!any)
		return NULL;
	str_add(&s, "]");
	TRY(store_search_words(db, s.text, out));
	return NULL;
}

static int64_t count_of(const struct rows *counts, const char *word)
{
	const struct search_word *w = counts->at;

	for (size_t i = 0; i < counts->n; i++)
		if (!strcmp(w[i].word, word))
			return w[i].docs;
	return 0;
}

/* By its rarest word; the last one of a beginning is not a word yet. */
static struct cost cost_of_words(struct arena *a, const struct search_term *t,
				 const struct rows *counts)
{
	struct cost c = { .docs = SEARCH_RARE };

	for (size_t i = 0; i + t->prefix < t->n_words; i++) {
		int64_t docs = count_of(counts, t->words[i]);

		if (docs >= c.docs)
			continue;
		c.docs = docs;
		c.codes = document_code(a, t->words[i]);
	}
	return c;
}

static struct err *cost_of_beginning(struct db *db, struct arena *a,
				     const struct search_term *t, struct cost *out)
{
	const struct search_word *w;
	struct rows rows;
	struct str codes;

	TRY(store_search_beginnings(db, t->words[t->n_words - 1], &rows));
	if (rows.n > SEARCH_BEGINNINGS)
		return NULL;
	w = rows.at;
	str_init(&codes, a, JSON_MOST);
	out->docs = 0;
	for (size_t i = 0; i < rows.n; i++) {
		out->docs += w[i].docs;
		str_addf(&codes, "%s%s", i ? " " : "", document_code(a, w[i].word));
	}
	/* A text to ask for even when there is no such word. */
	out->codes = rows.n ? codes.text : document_code(a, t->words[t->n_words - 1]);
	return NULL;
}

struct err *search_lead(struct db *db, const struct query *q, struct driver *out)
{
	const struct search_term *terms[SEARCH_TERMS];
	int64_t docs[SEARCH_TERMS] = { 0 };
	size_t n = 0, rarest = 0;

	for (size_t i = 0; i < q->n; i++)
		if (may_drive(q, &q->terms[i]))
			terms[n++] = &q->terms[i];
	if (n < 2)
		return NULL;
	TRY(store_search_sample(db, terms, n, docs));
	for (size_t i = 1; i < n; i++)
		if (docs[i] < docs[rarest])
			rarest = i;
	out->term = terms[rarest];
	return NULL;
}

struct err *search_driver(struct db *db, struct arena *a, const struct query *q,
			  struct driver *out)
{
	struct cost best = { .docs = SEARCH_RARE };
	struct rows counts;
	int asked = 0;

	TRY(read_counts(db, a, q, &counts));
	for (size_t i = 0; i < q->n; i++) {
		const struct search_term *t = &q->terms[i];
		struct cost c;

		if (!may_drive(q, t))
			continue;
		c = cost_of_words(a, t, &counts);
		if (t->prefix && !c.codes && asked++ < BEGINNINGS)
			TRY(cost_of_beginning(db, a, t, &c));
		if (out->term && c.docs >= best.docs)
			continue;
		best = c;
		out->term = t;
	}
	out->codes = best.docs < SEARCH_RARE ? best.codes : NULL;
	return NULL;
}
