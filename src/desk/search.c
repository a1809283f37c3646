#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/str.h"
#include "desk/catalog.h"
#include "desk/desk.h"
#include "desk/document.h"
#include "desk/query_words.h"
#include "desk/search.h"
#include "desk/search_words.h"
#include "port/db.h"
#include "store/message.h"
#include "store/search.h"

enum { ROUNDS = 3, JSON_MOST = 1 << 20, LONG_ENOUGH = 3 };

/* Candidates of one round; the first page is mostly found in the first. */
static const int document_rounds[ROUNDS] = { 100, 400, 1500 };
static const int ticket_rounds[ROUNDS] = { 200, 1800, 8000 };

struct run {
	struct desk *d;
	const struct actor *who;
	struct query q;
	struct ticket_filter filter;	/* of a walk along an index */
	int64_t ids[TICKET_STATUSES];
	struct driver driver;		/* of a walk along documents */
	struct search_hit hits[SEARCH_PAGE + 1];
	size_t n;
	int64_t doc;			/* the cursor; 0: none */
	const char *at;			/* or this and id; NULL: none */
	int64_t id;
	int64_t mark;			/* or the ticket behind; 0: none */
	bool named;			/* a number or name found them: they need no look */
	struct search *out;
};

/* --- cursors ------------------------------------------------------------------- */

static const char *document_cursor(struct run *r, int64_t doc)
{
	return arena_printf(r->d->arena, "d%lld", (long long) doc);
}

/* Microseconds since 1970, and the id. */
static const char *ticket_cursor(struct run *r, const struct search_hit *h)
{
	return arena_printf(r->d->arena, "t%lld.%lld",
			    (long long) clock_parse(h->updated_at),
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

static struct err *read_cursor(struct run *r, const char *text)
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

/* --- what a round has brought ----------------------------------------------------- */

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

static const char *ids_of(struct run *r, const struct search_hit *h, size_t n)
{
	struct str s;

	str_init(&s, r->d->arena, JSON_MOST);
	for (size_t i = 0; i < n; i++)
		str_addf(&s, "%s%lld", i ? "," : "[", (long long) h[i].ticket_id);
	str_add(&s, n ? "]" : "[]");
	return s.text;
}

/* [[ticket, message], …]; NULL: there is no message among them. */
static const char *messages_of(struct run *r, const struct search_hit *h, size_t n)
{
	bool any = false;
	struct str s;

	str_init(&s, r->d->arena, JSON_MOST);
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

/* Those that pass, in the order in which they came, until the page is full. */
static struct err *keep_good(struct run *r, const struct rows *round)
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
		TRY(store_search_pass(r->d->db, r->who, ids_of(r, all, n), terms,
				      n_terms, shown, r->doc, &passed));
	if (look)
		qsort(passed.at, passed.n, sizeof(struct search_hit), by_ticket);
	for (size_t i = 0; i < n && r->n <= SEARCH_PAGE; i++)
		if (!look || bsearch(&all[i], passed.at, passed.n, sizeof(*all), by_ticket))
			r->hits[r->n++] = all[i];
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
	str_init(&s, r->d->arena, JSON_MOST);
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

static struct err *along_documents(struct run *r)
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
		TRY(keep_good(r, &round));
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

/* Words that are all everywhere, together in few tickets: those that have not
 * the bits of all are passed over. */
static struct err *along_marks(struct run *r, struct search_marks *m)
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

		m->limit = document_rounds[i];
		TRY(store_search_marked(r->d->db, r->who, m, &round));
		TRY(keep_good(r, &round));
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

/* The one wanted term of a field, NULL when there is none or there are more. */
static const struct search_term *single(const struct query *q, enum search_field f)
{
	const struct search_term *one = NULL;

	for (size_t i = 0; i < q->n; i++) {
		if (q->terms[i].not || q->terms[i].field != f)
			continue;
		if (one)
			return NULL;
		one = &q->terms[i];
	}
	return one;
}

/* An address of one customer is a walk along that customer's tickets. */
static struct err *meet_customer(struct run *r, enum search_field *named)
{
	const struct search_term *t = single(&r->q, *named);
	const struct search_customer *c;
	struct rows rows;

	if (!t || !t->value || !strchr(t->value, '@'))
		return NULL;
	TRY(store_search_customers(r->d->db, r->who->shop, t->value, &rows));
	c = rows.at;
	if (rows.n == 1) {
		r->filter = (struct ticket_filter) { .customer_id = c->id };
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

/* named: the field whose terms name tickets; SEARCH_FIELDS: an index. */
static struct err *along_tickets(struct run *r, enum search_field named)
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
		TRY(keep_good(r, &round));
		if (!last)
			break;
		k.at = last->updated_at;
		k.id = last->ticket_id;
	}
	end_tickets(r, last);
	return NULL;
}

/* --- which way -------------------------------------------------------------------------- */

static bool names_few(const struct search_term *t)
{
	return t->field != SEARCH_FROM || t->value ||
	       query_may_begin(t->words[0], LONG_ENOUGH);
}

/* The field that names tickets outright; SEARCH_FIELDS: none does. */
static enum search_field naming_field(const struct query *q)
{
	static const enum search_field fields[] = {
		SEARCH_NUMBER, SEARCH_ORDER, SEARCH_SKU, SEARCH_FROM,
	};

	for (size_t f = 0; f < sizeof(fields) / sizeof(*fields); f++) {
		size_t wanted = 0, few = 0;

		for (size_t i = 0; i < q->n; i++) {
			if (q->terms[i].not || q->terms[i].field != fields[f])
				continue;
			wanted++;
			few += names_few(&q->terms[i]);
		}
		if (wanted && few == wanted)
			return fields[f];
	}
	return SEARCH_FIELDS;
}

/* What an index can tell; the rest is looked at one by one. */
static void narrow(struct run *r)
{
	const struct search_term *status = single(&r->q, SEARCH_STATUS);
	const struct search_term *type = single(&r->q, SEARCH_TYPE);
	const struct search_term *priority = single(&r->q, SEARCH_PRIORITY);
	const struct search_term *owner = single(&r->q, SEARCH_OWNER);
	const struct search_term *updated = single(&r->q, SEARCH_UPDATED);

	if (!status)
		status = single(&r->q, SEARCH_IS);
	if (status && status->n_ids && status->n_ids <= TICKET_STATUSES) {
		memcpy(r->ids, status->ids, status->n_ids * sizeof(*r->ids));
		r->filter.statuses = r->ids;
		r->filter.n_statuses = status->n_ids;
	}
	r->filter.type_id = type ? type->ids[0] : 0;
	r->filter.priority_id = priority ? priority->ids[0] : 0;
	if (owner)
		r->filter.owner_id = owner->ids[0] ? owner->ids[0] : -1;
	if (updated && updated->until && !r->at)
		r->at = updated->until;
}

/* One bare word that is an order's number, a SKU or an address is that, and
 * only otherwise a word. The index need not know the ticket yet. */
static struct err *find_value(struct run *r)
{
	const struct search_term *t = r->q.terms;

	if (r->q.n != 1 || t->field != SEARCH_TEXT || !t->value || r->doc)
		return NULL;
	TRY(along_tickets(r, SEARCH_TEXT));
	return NULL;
}

static struct err *along_words(struct run *r)
{
	struct search_marks m = { .from = 0 };
	size_t n = 0;

	if (!r->driver.codes && r->q.n > 1)
		TRY(search_marks(r->d->db, r->d->arena, r->who->shop, &r->q, m.bits, &n));
	if (n > 1) {
		TRY(along_marks(r, &m));
		return NULL;
	}
	if (!r->driver.codes)
		TRY(search_lead(r->d->db, &r->q, &r->driver));
	TRY(along_documents(r));
	return NULL;
}

static struct err *find_tickets(struct run *r)
{
	enum search_field named = naming_field(&r->q);

	TRY(find_value(r));
	if (r->n)
		return NULL;
	r->named = false;
	if (named == SEARCH_FIELDS)
		TRY(search_driver(r->d->db, r->d->arena, &r->q, &r->driver));
	if (r->driver.term) {
		TRY(along_words(r));
		return NULL;
	}
	r->doc = 0;
	if (named == SEARCH_FIELDS)
		narrow(r);
	TRY(along_tickets(r, named));
	return NULL;
}

/* --- what is shown ------------------------------------------------------------------------ */

/* Found by the ticket, but words were asked for: where do they stand? */
static struct err *find_places(struct run *r)
{
	const struct search_term *t = search_shown(&r->q);
	const struct search_hit *place;
	struct rows places;

	if (r->driver.term || !t || !r->n || r->named)
		return NULL;
	TRY(store_search_places(r->d->db, ids_of(r, r->hits, r->n), t, &places));
	place = places.at;
	for (size_t i = 0; i < places.n; i++)
		for (size_t j = 0; j < r->n; j++)
			if (r->hits[j].ticket_id == place[i].ticket_id)
				r->hits[j].message_id = place[i].message_id;
	return NULL;
}

static const struct ticket_row *row_of(const struct rows *rows, int64_t id)
{
	const struct ticket_row *t = rows->at;

	for (size_t i = 0; i < rows->n; i++)
		if (t[i].id == id)
			return &t[i];
	return NULL;
}

static const struct message *message_of(const struct rows *rows, int64_t id)
{
	const struct message *m = rows->at;

	for (size_t i = 0; id && i < rows->n; i++)
		if (m[i].id == id)
			return &m[i];
	return NULL;
}

static void show_one(struct run *r, const struct search_hit *h,
		     const struct ticket_row *t, const struct message *m)
{
	struct arena *a = r->d->arena;
	struct found *f = &r->out->found[r->out->n++];
	const char *last = t->last_words ? t->last_words : "";

	f->ticket = t;
	f->message_id = m ? h->message_id : 0;
	f->message_at = m ? m->created_at : NULL;
	f->note = m && m->kind == MESSAGE_NOTE;
	f->words = excerpt_of(a, m ? m->body : last, r->q.terms, r->q.n);
	f->subject = excerpt_of(a, t->subject, r->q.terms, r->q.n);
}

static struct err *show(struct run *r)
{
	struct rows rows, bodies = { 0 };
	const char *messages;

	if (!r->n)
		return NULL;
	TRY(find_places(r));
	TRY(store_ticket_of_ids(r->d->db, r->who, ids_of(r, r->hits, r->n), &rows));
	messages = messages_of(r, r->hits, r->n);
	if (messages)
		TRY(store_search_bodies(r->d->db, messages, &bodies));
	r->out->found = arena_alloc(r->d->arena, r->n * sizeof(*r->out->found));
	for (size_t i = 0; i < r->n; i++) {
		const struct ticket_row *t = row_of(&rows, r->hits[i].ticket_id);

		if (t)
			show_one(r, &r->hits[i], t,
				 message_of(&bodies, r->hits[i].message_id));
	}
	return NULL;
}

/* Nothing but a ticket's number: that is where they want to go. */
static struct err *go_straight(struct run *r)
{
	const struct search_term *t = r->q.terms;
	struct ticket ticket;
	struct err *e;

	if (r->q.n != 1 || t->not || !t->value ||
	    (t->field != SEARCH_NUMBER && t->field != SEARCH_TEXT))
		return NULL;
	e = store_ticket_find(r->d->db, r->who, t->value, &ticket);
	if (e && e->kind != ERR_NOT_FOUND)
		return err_passed(e, __func__);
	if (!e)
		r->out->straight = ticket.number;
	return NULL;
}

struct err *search_find(struct desk *d, const struct actor *who,
			const struct reader *reader, const char *text,
			const char *after, struct search *out)
{
	struct run *r = NEW(d->arena, struct run);
	struct query_reader qr = { .catalog = d->catalog, .reader = reader,
				   .me = who->id };

	*out = (struct search) { .n = 0 };
	r->d = d;
	r->who = who;
	r->out = out;
	TRY(read_cursor(r, after));
	if (!query_read(d->arena, &qr, text, &r->q, &out->wrong))
		return NULL;
	TRY(go_straight(r));
	if (out->straight)
		return NULL;
	TRY(find_tickets(r));
	TRY(show(r));
	return NULL;
}
