#include <string.h>

#include "base/address.h"
#include "base/arena.h"
#include "desk/bounce.h"
#include "desk/catalog.h"
#include "desk/desk.h"
#include "desk/letter.h"
#include "desk/seal.h"
#include "port/db.h"
#include "port/mail.h"
#include "store/address.h"
#include "store/delivery.h"
#include "store/event.h"
#include "store/mail.h"
#include "store/outbox.h"

enum { QUIET_DAYS = 30, MOST_TRIED = 20 };

static const struct mail_fate_of untold = { .fate = MAIL_FAILED };

static bool returned_to(struct desk *d, const char *address, int64_t *id)
{
	return address && seal_read_return_path(d->arena, catalog_seal(d->catalog),
						address, id);
}

/* The envelope first: it is what the host acted upon. */
static bool by_return_path(struct desk *d, const struct mail_row *row,
			   const struct mail *m, int64_t *id)
{
	if (returned_to(d, row->envelope_to, id))
		return true;
	for (size_t i = 0; i < m->n_delivered_to && i < MOST_TRIED; i++)
		if (returned_to(d, m->delivered_to[i], id))
			return true;
	for (size_t i = 0; i < m->n_to && i < MOST_TRIED; i++)
		if (returned_to(d, m->to[i].address, id))
			return true;
	return false;
}

/* A letter may be gone, or another shop's: then it is none. */
static struct err *found_or_none(struct err *e, const struct mail_row *row,
				 const struct outbox *letter, bool *found)
{
	*found = !e && letter->shop_id == row->shop_id;
	return e && e->kind != ERR_NOT_FOUND ? err_passed(e, __func__) : NULL;
}

struct err *bounce_letter(struct desk *d, const struct mail_row *row,
			  const struct mail *m, struct outbox *out,
			  const char **how)
{
	bool found = false;
	int64_t id;

	*how = NULL;
	if (by_return_path(d, row, m, &id))
		TRY(found_or_none(store_outbox_find(d->db, id, out), row, out, &found));
	if (found)
		*how = "return_path";
	else if (m->about_id)
		TRY(found_or_none(store_outbox_by_header(d->db, m->about_id, out),
				  row, out, &found));
	if (found && !*how)
		*how = "message_id";
	return NULL;
}

/* The fate told of our recipient, else the worst that is told. */
static const struct mail_fate_of *fate_of(struct desk *d, const struct mail *m,
					  const char *address)
{
	const struct mail_fate_of *worst = &untold;

	for (size_t i = 0; i < m->n_fates; i++) {
		const struct mail_fate_of *f = &m->fates[i];

		if (f->address && !strcmp(address_lower(d->arena, f->address), address))
			return f;
		if (worst == &untold || f->fate < worst->fate)
			worst = f;
	}
	return worst;
}

static enum delivery_kind kind_of(const struct mail_fate_of *f)
{
	return f->fate == MAIL_FAILED ? DELIVERY_FAILED :
	       f->fate == MAIL_DELAYED ? DELIVERY_DELAYED : DELIVERY_DELIVERED;
}

/* What is known of the address from now on. A report that tells nothing, as
 * of an unknown host, blames the letter and not the address. */
static struct err *learn(struct desk *d, const struct mail_row *row,
			 const struct outbox *letter, const char *address,
			 const struct mail_fate_of *f)
{
	bool for_now = f->status && *f->status == '4';

	if (f == &untold)
		return NULL;
	if (f->fate == MAIL_DELIVERED) {
		TRY(store_address_works(d->db, row->shop_id, address));
		return NULL;
	}
	if (f->fate == MAIL_DELAYED || for_now)
		TRY(store_address_delayed(d->db, row->shop_id, address, f->status,
					  f->diagnostic));
	else
		TRY(store_address_failed(d->db, row->shop_id, address, f->status,
					 f->diagnostic));
	if (f->fate == MAIL_FAILED && !strcmp(letter->letter, "receipt"))
		TRY(store_address_quiet(d->db, row->shop_id, address, QUIET_DAYS));
	return NULL;
}

/* Have all letters a return path of their own? Then every host reports to
 * that, and whoever names a Message-ID instead has only seen the letter. */
static bool paths_are_signed(struct desk *d)
{
	const char *reply = catalog_text(d->catalog, "mail_reply_address");
	const char *from = *reply ? reply : catalog_text(d->catalog, "mail_from");

	return catalog_switch(d->catalog, "mail_in") &&
	       catalog_switch(d->catalog, "mail_plus") &&
	       (!*from || seal_return_path(d->arena, catalog_seal(d->catalog),
					   from, INT64_MAX));
}

/* "5.1.1", "550 no such user", or both where the second lacks the first. */
static const char *reason(struct desk *d, const struct mail_fate_of *f)
{
	if (!f->diagnostic || !*f->diagnostic)
		return f->status;
	if (!f->status || strstr(f->diagnostic, f->status))
		return f->diagnostic;
	return arena_join(d->arena, f->status, " ", f->diagnostic);
}

/* The line in the ticket: those inside have no place in it, and that a
 * letter arrived is nothing to tell. */
static struct err *tell(struct desk *d, const struct mail_row *row,
			const struct outbox *letter, const char *address,
			const struct mail_fate_of *f)
{
	const struct actor mail = { .kind = ACTOR_SYSTEM, .shop = row->shop_id };
	bool outside = !strcmp(letter->recipient_kind, "customer") ||
		       !strcmp(letter->recipient_kind, "participant");

	if (!letter->ticket_id || !outside || f->fate == MAIL_DELIVERED)
		return NULL;
	TRY(store_event_add(d->db, &mail, &(struct event) {
		.ticket_id = letter->ticket_id, .cause = BY_MAIL,
		.cause_id = letter->message_id,
		.field = f->fate == MAIL_FAILED ? "mail_failed" : "mail_delayed",
		.old_text = reason(d, f), .new_text = address,
	}));
	return NULL;
}

struct err *bounce_take(struct desk *d, struct mail_row *row,
			const struct mail *m, enum bounce *what)
{
	const struct mail_fate_of *f;
	struct outbox letter;
	const char *how, *address;
	bool again;

	*what = BOUNCE_OF_NOTHING;
	if (!m->report)
		return NULL;
	TRY(bounce_letter(d, row, m, &letter, &how));
	if (!how)
		return NULL;
	address = address_lower(d->arena, letter.to_address);
	f = fate_of(d, m, address);
	TRY(store_delivery_add(d->db, row->shop_id, &(struct delivery) {
		.outbox_id = letter.id, .ticket_id = letter.ticket_id,
		.message_id = letter.message_id, .address = address,
		.kind = kind_of(f), .status = f->status, .diagnostic = f->diagnostic,
		.as_mail_id = row->id,
	}, &again));
	*what = strcmp(how, "return_path") && paths_are_signed(d) ? BOUNCE_UNPROVEN
								    : BOUNCE_TAKEN;
	/* Somebody may have made up the same report before. */
	if (*what == BOUNCE_TAKEN)
		TRY(learn(d, row, &letter, address, f));
	if (!again)
		TRY(tell(d, row, &letter, address, f));
	row->ticket_id = letter.ticket_id;
	row->message_id = letter.message_id;
	return NULL;
}
