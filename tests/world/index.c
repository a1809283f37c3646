#include <string.h>

#include "base/arena.h"
#include "desk/document.h"
#include "people.h"
#include "rows.h"
#include "text.h"

/*
 * What the courier would have learned: its words and its rules
 * (desk/document.h), in the order of time, so that what was rare then is.
 * One lane writes all of it, and the counts of words come after the rows.
 */
static struct {
	struct arena *kept, *row;
	struct vocabulary *words;
	int64_t (*marks)[DOCUMENT_MARKS];	/* of each ticket */
} search;

static void begin(const struct world *w)
{
	if (!search.kept) {
		search.kept = arena_new("vocabulary");
		search.row = arena_new("document");
		search.words = vocabulary_new(search.kept);
		search.marks = arena_alloc(search.kept,
					   w->n_tickets * sizeof(*search.marks));
	}
	arena_reset(search.row);
}

/* --- documents ----------------------------------------------------------------- */

static uint32_t acts(const struct world *w)
{
	return w->n_acts;
}

static void out_document(struct out *o, uint32_t ticket, uint32_t message,
			 const char *words)
{
	const char *rare = document_rare(search.row, search.words, words);

	document_mark(words, search.marks[ticket]);
	out_int(o, ticket + 1);
	out_int(o, message);
	out_text(o, words);
	out_text(o, rare);
	out_end(o);
}

/* The subject comes with the ticket, each message when it is written. */
static void document(const struct world *w, uint32_t unit, struct out *o)
{
	static char body[BODY_MOST];
	const struct act *a = &w->acts[unit];

	if (a->what > WROTE_NOTE && a->what != CREATED)
		return;
	begin(w);
	body[a->what == CREATED ? text_subject(w, a->ticket, body)
				: text_body(w, a, body)] = '\0';
	if (a->what == CREATED)
		out_document(o, a->ticket, 0, document_subject(search.row, body, NULL));
	else
		out_document(o, a->ticket, a->id, document_words(search.row, body));
}

/* --- words ----------------------------------------------------------------------- */

static uint32_t words(const struct world *w)
{
	uint32_t n = 0;

	begin(w);
	while (vocabulary_at(search.words, n))
		n++;
	return n;
}

static void word(const struct world *w, uint32_t unit, struct out *o)
{
	const struct term *t = vocabulary_at(search.words, unit);

	(void) w;
	out_text(o, t->word);
	out_int(o, t->docs);
	out_end(o);
}

/* --- names ----------------------------------------------------------------------- */

static uint32_t people(const struct world *w)
{
	return w->n_people;
}

/* Did the same word come before this one? */
static bool came(const char *from, const char *to, const char *word, size_t len)
{
	const char *one;
	size_t n;

	while ((one = document_next(&from, &n)) && one < to)
		if (n == len && !memcmp(one, word, len))
			return true;
	return false;
}

static void name(const struct world *w, uint32_t unit, struct out *o)
{
	const char *all, *at, *one;
	struct card c;
	size_t len;

	begin(w);
	people_card(w, unit, &c);
	all = at = document_words(search.row, c.name);
	while ((one = document_next(&at, &len))) {
		if (came(all, one, one, len))
			continue;
		out_textn(o, one, len);
		out_int(o, unit + 1);
		out_end(o);
	}
}

/* --- marks ----------------------------------------------------------------------- */

static uint32_t tickets(const struct world *w)
{
	return w->n_tickets;
}

static void marks(const struct world *w, uint32_t unit, struct out *o)
{
	int64_t *m = search.marks[unit];
	struct card c;

	begin(w);
	people_card(w, w->tickets[unit].person, &c);
	document_mark(document_words(search.row, c.name), m);
	out_int(o, unit + 1);
	for (int i = 0; i < DOCUMENT_MARKS; i++)
		out_int(o, m[i]);
	out_end(o);
}

const struct table rows_index[] = {
	{ "search", "as_search (ticket_id, message_id, words, rare)"
	  " SET shop_id = 1", acts, document },
	{ "marks", "as_search_ticket (ticket_id, w0, w1, w2, w3, w4, w5, w6, w7, w8,"
	  " w9, w10, w11, w12, w13, w14, w15, w16, w17, w18, w19, w20, w21, w22,"
	  " w23) SET shop_id = 1", tickets, marks },
	{ "words", "as_word (word, docs)", words, word },
	{ "names", "as_customer_word (word, customer_id) SET shop_id = 1",
	  people, name },
	{ 0 }
};
