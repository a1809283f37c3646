#include <string.h>

#include "base/arena.h"
#include "desk/query_words.h"
#include "search_parts.h"

enum { LONG_ENOUGH = 3 };

const struct search_term *search_single(const struct query *q,
					enum search_field f)
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
	const struct search_term *status = search_single(&r->q, SEARCH_STATUS);
	const struct search_term *type = search_single(&r->q, SEARCH_TYPE);
	const struct search_term *priority = search_single(&r->q, SEARCH_PRIORITY);
	const struct search_term *owner = search_single(&r->q, SEARCH_OWNER);
	const struct search_term *updated = search_single(&r->q, SEARCH_UPDATED);

	if (!status)
		status = search_single(&r->q, SEARCH_IS);
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
	TRY(search_along_tickets(r, SEARCH_TEXT));
	return NULL;
}

static struct err *along_words(struct run *r)
{
	struct search_marks m = { .from = 0 };
	size_t n = 0;

	if (!r->driver.codes && r->q.n > 1)
		TRY(search_marks(r->d->db, r->d->arena, r->who->shop, &r->q, m.bits, &n));
	if (n > 1) {
		TRY(search_along_marks(r, &m));
		return NULL;
	}
	if (!r->driver.codes)
		TRY(search_lead(r->d->db, &r->q, &r->driver));
	TRY(search_along_documents(r));
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
	TRY(search_along_tickets(r, named));
	return NULL;
}

/* Nothing but a ticket's number: that is where they want to go. */
static struct err *go_straight(struct run *r)
{
	const struct search_term *t = r->q.terms;
	struct ticket ticket;
	struct err *e;

	if (r->q.n != 1 || t->not || !t->value || strchr(t->value, '@') ||
	    (t->field != SEARCH_NUMBER && t->field != SEARCH_TEXT))
		return NULL;
	e = store_ticket_brief(r->d->db, r->who, t->value, &ticket);
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
	TRY(search_read_cursor(r, after));
	if (!query_read(d->arena, &qr, text, &r->q, &out->wrong))
		return NULL;
	TRY(go_straight(r));
	if (out->straight)
		return NULL;
	TRY(find_tickets(r));
	TRY(search_show(r));
	return NULL;
}
