#include <stdlib.h>

#include "base/arena.h"
#include "base/str.h"
#include "search_parts.h"

static bool is_among(const struct search_hit *hits, size_t n, int64_t ticket_id)
{
	for (size_t i = 0; i < n; i++)
		if (hits[i].ticket_id == ticket_id)
			return true;
	return false;
}

/* A document that does not say the words may be there for another reason. */
static bool may_be_one(const struct run *r, const struct search_hit *h)
{
	return !h->doc || h->said || r->driver.term->name || r->driver.term->value;
}

/* The tickets of a round that are not found yet, each once. */
static size_t new_tickets(struct run *r, const struct rows *round,
			  struct search_hit *out)
{
	const struct search_hit *h = round->at;
	size_t n = 0;

	for (size_t i = 0; i < round->n; i++)
		if (may_be_one(r, &h[i]) && !is_among(r->hits, r->n, h[i].ticket_id) &&
		    (!h[i].doc || !is_among(out, n, h[i].ticket_id)))
			out[n++] = h[i];
	return n;
}

const char *search_ids_of(struct run *r, const struct search_hit *h, size_t n)
{
	struct str s;

	str_init(&s, r->d->arena, SEARCH_JSON);
	for (size_t i = 0; i < n; i++)
		str_addf(&s, "%s%lld", i ? "," : "[", (long long) h[i].ticket_id);
	str_add(&s, n ? "]" : "[]");
	return s.text;
}

const char *search_messages_of(struct run *r, const struct search_hit *h,
			       size_t n)
{
	bool any = false;
	struct str s;

	str_init(&s, r->d->arena, SEARCH_JSON);
	for (size_t i = 0; i < n; i++) {
		if (!h[i].message_id)
			continue;
		str_addf(&s, "%s[%lld,%lld]", any ? "," : "[",
			 (long long) h[i].ticket_id, (long long) h[i].message_id);
		any = true;
	}
	str_add(&s, "]");
	return any ? s.text : NULL;
}

static int by_ticket(const void *one, const void *other)
{
	const struct search_hit *a = one, *b = other;

	return (a->ticket_id > b->ticket_id) - (a->ticket_id < b->ticket_id);
}

/* The terms that are still to be asked about: not the one whose words all of
 * these documents say. */
static size_t open_terms(const struct run *r, const struct search_hit *h, size_t n,
			 struct search_term out[SEARCH_TERMS])
{
	size_t kept = 0;
	bool all = r->driver.term != NULL;

	for (size_t i = 0; i < n; i++)
		all = all && h[i].said;
	for (size_t i = 0; i < r->q.n; i++)
		if (!r->named && (!all || &r->q.terms[i] != r->driver.term))
			out[kept++] = r->q.terms[i];
	return kept;
}

struct err *search_keep_good(struct run *r, const struct rows *round)
{
	bool once = !r->doc || r->driver.term->field == SEARCH_SUBJECT;
	const struct search_term *shown = once ? NULL : r->driver.term;
	bool theirs = r->who->may[RIGHT_READ] == SCOPE_OWN;
	struct search_hit *all = arena_alloc(r->d->arena, (round->n + 1) * sizeof(*all));
	size_t n = new_tickets(r, round, all), n_terms;
	struct search_term terms[SEARCH_TERMS];
	struct rows passed;
	bool look;

	if (!n)
		return NULL;
	n_terms = open_terms(r, all, n, terms);
	look = n_terms || shown || theirs;
	if (look)
		TRY(store_search_pass(r->d->db, r->who, search_ids_of(r, all, n), terms,
				      n_terms, shown, r->doc, &passed));
	if (look)
		qsort(passed.at, passed.n, sizeof(struct search_hit), by_ticket);
	for (size_t i = 0; i < n && r->n <= SEARCH_PAGE; i++)
		if (!look || bsearch(&all[i], passed.at, passed.n, sizeof(*all), by_ticket))
			r->hits[r->n++] = all[i];
	return NULL;
}
