#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/str.h"
#include "port/db.h"
#include "search_parts.h"

enum { ROUNDS = 3 };

/* Candidates of one round; the first page is mostly found in the first. Bits
 * are hardly ever wrong, so that few more than a page are enough of those. */
static const int document_rounds[ROUNDS] = { 100, 400, 1500 };
static const int mark_rounds[ROUNDS] = { 32, 200, 1500 };
static const int ticket_rounds[ROUNDS] = { 200, 1800, 8000 };

/* --- cursors ------------------------------------------------------------------- */

static const char *document_cursor(struct run *r, int64_t doc)
{
	return arena_printf(r->d->arena, "d%lld", (long long) doc);
}

/* Microseconds since 1970, and the id; 1 where the id alone is the order. */
static const char *ticket_cursor(struct run *r, const struct search_hit *h)
{
	return arena_printf(r->d->arena, "t%lld.%lld",
			    h->updated_at ? (long long) clock_parse(h->updated_at) : 1,
			    (long long) h->ticket_id);
}

static bool read_number(const char **at, int64_t *out)
{
	char *end;

	if (!isdigit((unsigned char) **at))
		return false;
	errno = 0;
	*out = strtoll(*at, &end, 10);
	*at = end;
	return !errno && *out >= 0;
}

struct err *search_read_cursor(struct run *r, const char *text)
{
	const char *at = text + 1;
	int64_t when, last = (int64_t) 9000 * 365 * DAY;
	bool well = false;

	if (*text == 'd')
		well = read_number(&at, &r->doc) && !*at;
	else if (*text == 'm')
		well = read_number(&at, &r->mark) && !*at;
	else if (*text == 't' && read_number(&at, &when) && *at++ == '.')
		well = read_number(&at, &r->id) && !*at && when && when < last;
	if (*text && !well)
		return FAIL(r->d->arena, ERR_BAD_REQUEST, "no cursor: %.40s", text);
	if (*text == 't')
		r->at = clock_sql(r->d->arena, when);
	return NULL;
}

/* --- along documents ----------------------------------------------------------------- */

static struct err *first_document(struct run *r, struct search_documents *docs)
{
	docs->before = r->doc;
	if (!r->doc) {
		TRY(store_search_newest(r->d->db, &docs->before));
		docs->before++;
	}
	if (!docs->codes && docs->before > SEARCH_SCAN)
		docs->from = docs->before - SEARCH_SCAN;
	return NULL;
}

/* Customers whose names will do for the word, of whom there may be too many. */
static struct err *meet_names(struct run *r, struct search_documents *docs)
{
	const struct search_term *t = r->driver.term;
	const struct search_customer *c;
	struct rows rows;
	struct str s;

	if (!t->name)
		return NULL;
	TRY(store_search_names(r->d->db, r->who->shop, t->words[0], &rows));
	if (rows.n > SEARCH_CUSTOMERS)
		r->out->customers = (long) (rows.n = SEARCH_CUSTOMERS);
	c = rows.at;
	str_init(&s, r->d->arena, SEARCH_JSON);
	for (size_t i = 0; i < rows.n; i++)
		str_addf(&s, "%s%lld", i ? "," : "[", (long long) c[i].id);
	str_add(&s, "]");
	docs->customers = rows.n ? s.text : NULL;
	return NULL;
}

static void end_documents(struct run *r, const struct search_documents *docs,
			  bool exhausted)
{
	if (r->n > SEARCH_PAGE) {
		r->n = SEARCH_PAGE;
		r->out->after = document_cursor(r, r->hits[r->n - 1].doc);
	} else if (!exhausted) {
		r->out->after = document_cursor(r, docs->before);
		r->out->looked_at = SEARCH_CHECKED;
	} else if (docs->from) {
		r->out->after = document_cursor(r, docs->from);
		r->out->looked_at = SEARCH_SCAN;
	}
}

struct err *search_along_documents(struct run *r)
{
	struct search_documents docs = { .term = r->driver.term,
					 .codes = r->driver.codes };
	bool exhausted = false;

	r->out->order = SEARCH_MESSAGES;
	TRY(first_document(r, &docs));
	TRY(meet_names(r, &docs));
	for (int i = 0; i < ROUNDS && !exhausted && r->n <= SEARCH_PAGE; i++) {
		const struct search_hit *h;
		struct rows round;

		docs.limit = document_rounds[i];
		TRY(store_search_documents(r->d->db, r->who, &docs, &round));
		TRY(search_keep_good(r, &round));
		h = round.at;
		exhausted = round.n < (size_t) docs.limit;
		if (round.n)
			docs.before = h[round.n - 1].doc;
	}
	end_documents(r, &docs, exhausted);
	return NULL;
}

/* --- along the bits of words ---------------------------------------------------------- */

static const char *mark_cursor(struct run *r, int64_t ticket_id)
{
	return arena_printf(r->d->arena, "m%lld", (long long) ticket_id);
}

static void end_marks(struct run *r, const struct search_marks *m, bool exhausted)
{
	if (r->n > SEARCH_PAGE) {
		r->n = SEARCH_PAGE;
		r->out->after = mark_cursor(r, r->hits[r->n - 1].ticket_id);
	} else if (!exhausted || m->from) {
		r->out->after = mark_cursor(r, exhausted ? m->from : m->before);
		r->out->looked_at = SEARCH_MARKED;
	}
}

struct err *search_along_marks(struct run *r, struct search_marks *m)
{
	bool exhausted = false;

	r->doc = 0;
	r->driver.term = NULL;
	r->out->order = SEARCH_TICKETS;
	m->before = r->mark;
	if (!r->mark) {
		TRY(store_search_last(r->d->db, &m->before));
		m->before++;
	}
	if (m->before > SEARCH_MARKED)
		m->from = m->before - SEARCH_MARKED;
	for (int i = 0; i < ROUNDS && !exhausted && r->n <= SEARCH_PAGE; i++) {
		const struct search_hit *h;
		struct rows round;

		m->limit = mark_rounds[i];
		TRY(store_search_marked(r->d->db, r->who, m, &round));
		TRY(search_keep_good(r, &round));
		h = round.at;
		exhausted = round.n < (size_t) m->limit;
		if (round.n)
			m->before = h[round.n - 1].ticket_id;
	}
	end_marks(r, m, exhausted);
	return NULL;
}

/* --- along tickets ---------------------------------------------------------------------- */

static struct err *candidates(struct run *r, enum search_field named,
			      const struct keyset *k, struct rows *out)
{
	const struct ticket_row *t;
	struct search_hit *h;

	if (named != SEARCH_FIELDS) {
		TRY(store_search_named(r->d->db, r->who, r->q.terms, r->q.n, named,
				       k, out));
		return NULL;
	}
	TRY(store_ticket_walk(r->d->db, r->who, &r->filter, k, out));
	h = arena_alloc(r->d->arena, (out->n + 1) * sizeof(*h));
	t = out->at;
	for (size_t i = 0; i < out->n; i++)
		h[i] = (struct search_hit) { .ticket_id = t[i].id,
					     .updated_at = t[i].updated_at };
	out->at = h;
	return NULL;
}

static void end_tickets(struct run *r, const struct search_hit *last)
{
	if (r->n > SEARCH_PAGE) {
		r->n = SEARCH_PAGE;
		r->out->after = ticket_cursor(r, &r->hits[r->n - 1]);
	} else if (last) {
		r->out->after = ticket_cursor(r, last);
		r->out->looked_at = SEARCH_WALKED;
	}
}

/* An address of one customer is a walk along that customer's tickets. */
static struct err *meet_customer(struct run *r, enum search_field *named)
{
	const struct search_term *t = search_single(&r->q, *named);
	const struct search_customer *c;
	struct rows rows;

	if (!t || !t->value || !strchr(t->value, '@'))
		return NULL;
	TRY(store_search_customers(r->d->db, r->who->shop, t->value, &rows));
	c = rows.at;
	if (rows.n == 1) {
		r->filter = (struct ticket_filter) { .customer_id = c->id };
		r->out->order = SEARCH_OPENED;
		*named = SEARCH_FIELDS;
	}
	return NULL;
}

/* Nothing was asked for but what names them: then they are what is meant. */
static bool needs_no_look(const struct run *r, enum search_field named)
{
	const struct search_term *t = r->q.terms;

	return named != SEARCH_FIELDS && r->q.n == 1 && !t->not &&
	       (t->value || t->n_words == 1);
}

/* Of a name that many have, some are left out; the page says so. */
static struct err *count_names(struct run *r, enum search_field named)
{
	struct rows rows;

	for (size_t i = 0; i < r->q.n && named == SEARCH_FROM; i++) {
		const struct search_term *t = &r->q.terms[i];

		if (t->not || t->field != SEARCH_FROM || t->value)
			continue;
		TRY(store_search_names(r->d->db, r->who->shop, t->words[0], &rows));
		if (rows.n > SEARCH_CUSTOMERS)
			r->out->customers = SEARCH_CUSTOMERS;
	}
	return NULL;
}

struct err *search_along_tickets(struct run *r, enum search_field named)
{
	struct keyset k = { .at = r->at, .id = r->id };
	const struct search_hit *last = NULL;

	r->named = needs_no_look(r, named);
	TRY(count_names(r, named));
	TRY(meet_customer(r, &named));
	for (int i = 0; i < ROUNDS && r->n <= SEARCH_PAGE; i++) {
		struct rows round;

		k.limit = r->named ? SEARCH_PAGE + 1 : ticket_rounds[i];
		TRY(candidates(r, named, &k, &round));
		last = round.n > (size_t) k.limit
		       ? (struct search_hit *) round.at + k.limit - 1 : NULL;
		if (last)
			round.n = (size_t) k.limit;
		TRY(search_keep_good(r, &round));
		if (!last)
			break;
		k.at = last->updated_at;
		k.id = last->ticket_id;
	}
	end_tickets(r, last);
	return NULL;
}
