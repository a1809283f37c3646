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
} search;

static void begin(void)
{
	if (!search.kept) {
		search.kept = arena_new("vocabulary");
		search.row = arena_new("document");
		search.words = vocabulary_new(search.kept);
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
	begin();
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

	(void) w;
	begin();
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

	begin();
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

const struct table rows_index[] = {
	{ "search", "as_search (ticket_id, message_id, words, rare)"
	  " SET shop_id = 1", acts, document },
	{ "words", "as_word (word, docs)", words, word },
	{ "names", "as_customer_word (word, customer_id) SET shop_id = 1",
	  people, name },
	{ 0 }
};
