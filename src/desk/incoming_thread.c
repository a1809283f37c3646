#include <string.h>

#include "base/arena.h"
#include "desk/bounce.h"
#include "desk/catalog.h"
#include "incoming_parts.h"
#include "port/db.h"
#include "store/outbox.h"
#include "store/ticket.h"

/* --- 1: reply addresses ------------------------------------------------------------- */

static bool try_address(struct desk *d, const char *address, struct match *out)
{
	struct seal_reply reply;

	if (!address || !seal_read_reply(d->arena, catalog_seal(d->catalog),
					 address, &reply))
		return false;
	out->rule = MATCH_REPLY_ADDRESS;
	out->ticket_id = reply.ticket_id;
	out->reader = reply.reader;
	out->reader_id = reply.reader_id;
	return true;
}

/* Where it was really delivered first: To and Cc are the writer's claim. */
static bool by_address(struct desk *d, const struct mail_row *row,
		       const struct mail *m, struct match *out)
{
	for (size_t i = 0; i < m->n_delivered_to; i++)
		if (try_address(d, m->delivered_to[i], out))
			return true;
	if (try_address(d, row->envelope_to, out))
		return true;
	for (size_t i = 0; i < m->n_to; i++)
		if (try_address(d, m->to[i].address, out))
			return true;
	for (size_t i = 0; i < m->n_cc; i++)
		if (try_address(d, m->cc[i].address, out))
			return true;
	return false;
}

/* --- 2 and 3: Message-IDs --------------------------------------------------------------- */

struct ids {
	const char *at[MAIL_IDS_MOST];
	size_t n;
};

/* In-Reply-To, then References from the newest on. */
static struct ids ids_of(const struct mail *m)
{
	struct ids ids = { .n = 0 };

	for (size_t i = 0; i < m->n_in_reply_to && ids.n < MAIL_IDS_MOST / 3; i++)
		ids.at[ids.n++] = m->in_reply_to[i];
	for (size_t i = m->n_references; i && ids.n < MAIL_IDS_MOST; i--)
		ids.at[ids.n++] = m->references[i - 1];
	return ids;
}

static const struct mail_hit *hit_of(const struct rows *hits, const char *id,
				     bool ours)
{
	const struct mail_hit *h = hits->at;

	for (size_t i = 0; i < hits->n; i++)
		if (h[i].ours == ours && h[i].ticket_id && !strcmp(h[i].mail_id, id))
			return &h[i];
	return NULL;
}

/* Signed by us, or random and in our books. */
static bool by_own_id(struct desk *d, const struct ids *ids,
		      const struct rows *hits, struct match *out)
{
	for (size_t i = 0; i < ids->n; i++) {
		const struct mail_hit *h = hit_of(hits, ids->at[i], true);
		int64_t ticket_id = h ? h->ticket_id : 0;

		if (!h && !seal_read_message_id(d->arena, catalog_seal(d->catalog),
						ids->at[i], &ticket_id))
			continue;
		out->rule = MATCH_OWN_ID;
		out->ticket_id = ticket_id;
		return true;
	}
	return false;
}

static bool by_foreign_id(const struct ids *ids, const struct rows *hits,
			  struct match *out)
{
	for (size_t i = 0; i < ids->n; i++) {
		const struct mail_hit *h = hit_of(hits, ids->at[i], false);

		if (!h)
			continue;
		out->rule = MATCH_FOREIGN_ID;
		out->ticket_id = h->ticket_id;
		return true;
	}
	return false;
}

/* The message that went out with the letter it answers. */
static int64_t answered(const struct ids *ids, const struct rows *hits)
{
	for (size_t i = 0; i < ids->n; i++) {
		const struct mail_hit *h = hit_of(hits, ids->at[i], true);

		if (h)
			return h->message_id;
	}
	return 0;
}

/* A machine that answers the return path, as few should and many do. */
static struct err *by_return_path(struct desk *d, const struct mail_row *row,
				  const struct mail *m, struct match *out)
{
	struct outbox letter;
	const char *how;

	TRY(bounce_letter(d, row, m, &letter, &how));
	if (!how || !letter.ticket_id)
		return NULL;
	out->rule = MATCH_OWN_ID;
	out->ticket_id = letter.ticket_id;
	return NULL;
}

/* --- 4 to 6 -------------------------------------------------------------------------------- */

static bool by_mark(struct desk *d, const struct mail *m, struct match *out)
{
	const struct seal *s = catalog_seal(d->catalog);

	if (!seal_read_mark(d->arena, s, m->text, &out->ticket_id) &&
	    (!m->folded || !seal_read_mark(d->arena, s, m->folded, &out->ticket_id)))
		return false;
	out->rule = MATCH_MARK;
	return true;
}

/* Whether its sender takes part there is asked when the ticket is locked. */
static struct err *by_number(struct desk *d, const struct actor *us,
			     const struct mail *m, struct match *out)
{
	struct ticket t;
	struct err *e;

	out->number = incoming_number(d->arena, m->subject);
	if (!out->number)
		return NULL;
	e = store_ticket_find(d->db, us, out->number, &t);
	if (e && e->kind != ERR_NOT_FOUND)
		return err_passed(e, __func__);
	if (e)
		return NULL;
	out->number_ticket = t.id;
	out->rule = MATCH_NUMBER;
	out->ticket_id = t.id;
	return NULL;
}

static struct err *by_subject(struct desk *d, const struct mail_row *row,
			      const struct mail *m, struct match *out)
{
	const char *wanted = incoming_same_subject(d->arena, m->subject);
	const struct ticket *t;
	struct rows rows;

	if (!catalog_switch(d->catalog, "mail_same_subject") || !*wanted)
		return NULL;
	TRY(store_ticket_lately(d->db, row->shop_id, row->from_address, &rows));
	t = rows.at;
	for (size_t i = 0; i < rows.n; i++) {
		if (strcmp(incoming_same_subject(d->arena, t[i].subject), wanted))
			continue;
		out->rule = MATCH_SUBJECT;
		out->ticket_id = t[i].id;
		return NULL;
	}
	return NULL;
}

bool incoming_sealed(const struct match *m)
{
	return m->rule == MATCH_REPLY_ADDRESS || m->rule == MATCH_OWN_ID ||
	       m->rule == MATCH_MARK;
}

struct err *incoming_match(struct desk *d, const struct mail_row *row,
			   const struct mail *m, enum mail_class class,
			   struct match *out)
{
	const struct actor us = { .kind = ACTOR_SYSTEM, .shop = row->shop_id };
	struct rows hits = { 0 };
	struct ids ids = ids_of(m);

	*out = (struct match) { .rule = MATCH_NONE };
	if (ids.n)
		TRY(store_mail_hits(d->db, row->shop_id, ids.at, ids.n, &hits));
	out->answers = answered(&ids, &hits);
	if (by_address(d, row, m, out) || by_own_id(d, &ids, &hits, out))
		return NULL;
	/* People who answer one newsletter do not write to each other. */
	if (class != MAIL_LIST && by_foreign_id(&ids, &hits, out))
		return NULL;
	if (by_mark(d, m, out))
		return NULL;
	if (class == MAIL_AUTO) {
		TRY(by_return_path(d, row, m, out));
		if (out->rule != MATCH_NONE)
			return NULL;
	}
	TRY(by_number(d, &us, m, out));
	if (out->rule == MATCH_NONE && row->from_address)
		TRY(by_subject(d, row, m, out));
	return NULL;
}
