#include <string.h>

#include "base/arena.h"
#include "base/locale.h"
#include "base/words.h"
#include "desk/catalog.h"
#include "desk/order.h"
#include "incoming_parts.h"
#include "port/db.h"
#include "store/address.h"
#include "store/agent.h"
#include "store/message_mail.h"
#include "store/relation.h"

/* --- who ------------------------------------------------------------------------------ */

static struct actor the_customer(int shop, const struct customer *c)
{
	return (struct actor) {
		.kind = ACTOR_CUSTOMER, .shop = shop, .id = c->id, .name = c->name,
		.email = c->email, .lang = c->lang, .zone = c->zone,
		.external_id = c->external_id,
	};
}

/* Whose ticket it is. */
static struct customer customer_of(const struct ticket *t)
{
	return (struct customer) {
		.id = t->customer_id, .external_id = t->customer_external_id,
		.email = t->customer_email, .name = t->customer_name,
		.lang = t->customer_lang, .zone = t->customer_zone,
	};
}

/* Two letters of a new address at once make one guest: the second runs again. */
struct err *incoming_guest(struct desk *d, int shop, const char *address,
			   const char *name, const char *lang,
			   struct customer *out)
{
	bool found;

	TRY(store_customer_guest(d->db, shop, address, out, &found));
	if (found)
		return NULL;
	*out = (struct customer) { .email = address, .name = name, .lang = lang };
	TRY(store_customer_add(d->db, shop, out, false));
	return NULL;
}

static const char *language_of(struct desk *d, const struct mail *m)
{
	return m->lang ? locale_pick(m->lang, catalog_text(d->catalog, "language"))
		       : NULL;
}

/*
 * The shop's account when our mail host proved the address; else a guest: in
 * nobody's account appears what anybody may have written.
 */
static struct err *sender_of_new(struct desk *d, const struct facts *f,
				 struct trace *t, struct customer *c)
{
	int shop = f->row->shop_id;
	bool found = false;

	if (incoming_verdict(&f->proof) == VERDICT_PASS)
		TRY(store_customer_account(d->db, shop, f->row->from_address, c, &found));
	trace_add(t, found ? "customer_account" : "customer_guest", NULL);
	if (found)
		return NULL;
	TRY(incoming_guest(d, shop, f->row->from_address,
			   incoming_name(d->arena, &f->mail->from),
			   language_of(d, f->mail), c));
	return NULL;
}

/* --- beside the message ------------------------------------------------------------------ */

struct err *incoming_beside(struct desk *d, const struct facts *f,
			    const struct mail_row *row, int64_t message_id,
			    const struct by_mail *mail)
{
	const struct actor us = { .kind = ACTOR_SYSTEM, .shop = row->shop_id };

	TRY(store_message_mail_add(d->db, &us, &(struct message_mail) {
		.message_id = message_id, .as_mail_id = row->id,
		.html = f->words_alone ? NULL : f->mail->html,
		.folded = f->words_alone ? NULL : f->mail->folded,
		.pictures = f->words_alone ? 0 : f->mail->pictures,
		.automatic = f->class != MAIL_HUMAN,
		.from_outside = mail->outside,
	}));
	return NULL;
}

static struct by_mail brought(const struct facts *f)
{
	/* Its Message-ID is another's, or of a copy that somebody sent before. */
	bool known = f->known.same_id || f->known.same_message || f->known.unlike;

	return (struct by_mail) {
		.mail_id = known ? NULL : f->row->mail_id,
		.files = f->files, .n_files = f->mail->n_files,
		.receipt = RECEIPT_NONE,
	};
}

/* --- new tickets ------------------------------------------------------------------------- */

static const char *subject_of_new(struct desk *d, const struct facts *f,
				  const char *else_this)
{
	const char *subject = incoming_subject(d->arena, f->mail->subject);

	if (*subject)
		return subject;
	return else_this ? else_this : _("No subject");
}

static int64_t still_used(const struct desk *d, int64_t type_id)
{
	const struct entry *e = catalog_entry(d->catalog, ENTRY_TYPE, type_id);

	return e && !e->archived ? type_id : catalog_default(d->catalog, ENTRY_TYPE)->id;
}

static struct err *open_ticket(struct desk *d, const struct facts *f,
			       const struct actor *who, const struct customer *c,
			       const struct opening *o, struct mail_row *row)
{
	struct message m;
	struct ticket t;

	TRY(ticket_prepare(d, who, o, &t));
	TRY(ticket_open_in(d, who, o, c, &t, &m));
	TRY(incoming_beside(d, f, row, m.id, o->writing.mail));
	row->ticket_id = t.id;
	row->message_id = m.id;
	return NULL;
}

static enum relation_kind kind_of(const char *relation)
{
	return strcmp(relation, relation_kind_codes[RELATION_MAYBE_OF])
		? RELATION_FOLLOW_UP_OF : RELATION_MAYBE_OF;
}

static struct err *open_new(struct desk *d, const struct facts *f,
			    const struct decision *dec, struct trace *t,
			    struct mail_row *row)
{
	struct by_mail mail = brought(f);
	struct customer c;
	struct actor who;

	TRY(sender_of_new(d, f, t, &c));
	TRY(incoming_receipt(d, f, row->from_address, t, &mail.receipt));
	who = the_customer(row->shop_id, &c);
	TRY(open_ticket(d, f, &who, &c, &(struct opening) {
		.writing = { .type_id = catalog_default(d->catalog, ENTRY_TYPE)->id,
			     .body = f->mail->text, .mail = &mail },
		.subject = subject_of_new(d, f, NULL), .source = TICKET_FROM_MAIL,
		.lang = locale_pick(f->mail->lang ? f->mail->lang : c.lang,
				    catalog_text(d->catalog, "language")),
	}, row));
	if (dec->relation && f->ticket.id)
		TRY(store_relation_add(d->db, row->ticket_id, kind_of(dec->relation),
				       f->ticket.id));
	return NULL;
}

static struct order order_of(const struct ticket *t)
{
	return (struct order) { .facts = {
		.order_key = t->order_key, .order_no = t->order_no,
		.placed_at = t->order_placed_at, .status_name = t->order_status,
		.status_group = t->order_group, .currency = t->order_currency,
		.total = t->order_total,
	} };
}

/* The old ticket's customer, order, type and language; none of its words. */
static struct err *open_follow_up(struct desk *d, const struct facts *f,
				  struct trace *t, struct mail_row *row)
{
	const struct ticket *old = &f->ticket;
	struct customer c = customer_of(old);
	struct actor who = the_customer(row->shop_id, &c);
	struct by_mail mail = brought(f);
	struct order order = order_of(old);

	if (f->sender != SENDER_CUSTOMER)
		who.name = mail.stranger = incoming_name(d->arena, &f->mail->from);
	else
		TRY(incoming_receipt(d, f, row->from_address, t, &mail.receipt));
	TRY(open_ticket(d, f, &who, &c, &(struct opening) {
		.writing = { .type_id = still_used(d, old->type_id),
			     .body = f->mail->text, .mail = &mail },
		.subject = subject_of_new(d, f, old->subject),
		.source = TICKET_FROM_MAIL, .lang = old->lang,
		.order = old->order_key ? &order : NULL,
	}, row));
	TRY(store_relation_add(d->db, row->ticket_id, RELATION_FOLLOW_UP_OF, old->id));
	return NULL;
}

/* --- into a ticket ------------------------------------------------------------------------ */

/* Whom nobody would answer any more has nobody's ticket. */
static struct err *free_from_gone(struct desk *d, struct facts *f, struct trace *t)
{
	const struct actor us = { .kind = ACTOR_SYSTEM, .shop = f->row->shop_id,
				  .name = "" };
	const struct agent *a;
	size_t n;

	a = catalog_agents(d->catalog, &n);
	for (size_t i = 0; i < n; i++)
		if (a[i].id == f->ticket.owner_id && a[i].active)
			return NULL;
	if (!f->over || !f->ticket.owner_id)
		return NULL;
	TRY(ticket_unown_in(d, &us, &f->ticket));
	trace_add(t, "unowned", NULL);
	return NULL;
}

static struct err *join(struct desk *d, struct facts *f, const struct decision *dec,
			struct trace *t, struct mail_row *row)
{
	struct customer c = customer_of(&f->ticket);
	struct actor who = f->sender == SENDER_CUSTOMER
		? the_customer(row->shop_id, &c)
		: (struct actor) { .kind = ACTOR_SYSTEM, .shop = row->shop_id };
	struct by_mail mail = brought(f);
	struct message m;

	mail.silent = mail.untold = dec->silent;
	mail.outside = dec->outcome == INCOMING_NOTE;
	if (f->sender != SENDER_CUSTOMER)
		who.name = mail.stranger = incoming_name(d->arena, &f->mail->from);
	if (dec->outcome == INCOMING_JOINED)
		TRY(free_from_gone(d, f, t));
	TRY(ticket_write_in(d, &who, &f->ticket, &(struct writing) {
		.body = f->mail->text, .mail = &mail,
	}, &m));
	TRY(incoming_beside(d, f, row, m.id, &mail));
	if (f->over && !catalog_is_closed(d->catalog, f->ticket.status_id))
		trace_add(t, "reopened", NULL);
	row->ticket_id = f->ticket.id;
	row->message_id = m.id;
	return NULL;
}

/* --- what was decided ----------------------------------------------------------------------- */

static struct err *write_down(struct desk *d, struct facts *f,
			      const struct decision *dec, struct trace *t,
			      struct mail_row *row)
{
	switch (dec->outcome) {
	case INCOMING_OPENED:
		return open_new(d, f, dec, t, row);
	case INCOMING_FOLLOW_UP:
		return open_follow_up(d, f, t, row);
	case INCOMING_JOINED: case INCOMING_THANKS: case INCOMING_AUTOMATIC:
	case INCOMING_NOTE:
		return join(d, f, dec, t, row);
	case INCOMING_STAFF_REPLY:
		f->words_alone = true;
		return incoming_staff(d, f, t, row);
	case INCOMING_FORWARDED:
		f->words_alone = true;
		return incoming_forward(d, f, t, row);
	default:
		return NULL;
	}
}

/* What the line of the trace names: a ticket, a reason or a person. */
static const char *value_of(const struct desk *d, const struct facts *f,
			    const struct decision *dec)
{
	if (dec->reason)
		return dec->reason;
	if (f->row->wish)
		return catalog_agent_name(d->catalog, f->row->wish_by_id);
	return dec->relation && f->ticket.id ? f->ticket.number : NULL;
}

/* A person whose address our mail host proved. */
static struct err *remember_proof(struct desk *d, const struct facts *f)
{
	if (f->class != MAIL_HUMAN || f->known.verified ||
	    f->proof.dmarc != VERDICT_PASS)
		return NULL;
	TRY(store_address_verified(d->db, f->row->shop_id, f->row->from_address));
	return NULL;
}

struct err *incoming_apply(struct desk *d, struct facts *f,
			   const struct decision *dec, struct trace *t,
			   struct mail_row *row)
{
	row->state = dec->outcome == INCOMING_HELD ? MAIL_HELD : MAIL_DONE;
	row->outcome = incoming_outcome_codes[dec->outcome];
	row->reason = dec->reason;
	row->ticket_id = 0;
	if (dec->code)
		trace_add(t, dec->code, value_of(d, f, dec));
	TRY(write_down(d, f, dec, t, row));
	if (dec->refuse)
		TRY(incoming_refuse(d, f));
	if (row->state == MAIL_DONE)
		TRY(remember_proof(d, f));
	return NULL;
}
