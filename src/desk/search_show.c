#include "base/arena.h"
#include "search_parts.h"
#include "store/message.h"

/* Found by the ticket, but words were asked for: where do they stand? */
static struct err *find_places(struct run *r)
{
	const struct search_term *t = search_shown(&r->q);
	const struct search_hit *place;
	struct rows places;

	if (r->driver.term || !t || !r->n || r->named)
		return NULL;
	TRY(store_search_places(r->d->db, search_ids_of(r, r->hits, r->n), t, &places));
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

struct err *search_show(struct run *r)
{
	struct rows rows, bodies = { 0 };
	const char *messages;

	if (!r->n)
		return NULL;
	TRY(find_places(r));
	TRY(store_ticket_of_ids(r->d->db, r->who,
				search_ids_of(r, r->hits, r->n), &rows));
	messages = search_messages_of(r, r->hits, r->n);
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
