#include <string.h>

#include "base/address.h"
#include "base/arena.h"
#include "desk/catalog.h"
#include "desk/desk.h"
#include "desk/participant.h"
#include "port/db.h"
#include "store/ticket.h"
#include "ticket_parts.h"

struct err *participant_list(struct desk *d, const struct actor *who,
			     const struct ticket *t, struct rows *out)
{
	*out = (struct rows) { 0 };
	if (t->has_people)
		TRY(store_participant_list(d->db, who, t->id, out));
	return NULL;
}

/* A letter to ourselves would come back as a message, and be sent again. */
static bool is_ours(const struct desk *d, const char *address)
{
	const char *from = catalog_text(d->catalog, "mail_from");
	size_t n = strcspn(from, "@");

	if (!*from)
		return false;
	if (!strcmp(from, address))
		return true;
	/* help+r42.c7.…@shop.example */
	return !strncmp(from, address, n) && address[n] == '+' &&
	       !strcmp(address_domain(address), address_domain(from));
}

static struct err *lock(struct desk *d, const struct actor *who, int64_t id,
			struct ticket *t)
{
	TRY(db_begin(d->db));
	TRY(store_ticket_lock(d->db, who, id, t));
	if (!ticket_reaches(who, RIGHT_CHANGE, t))
		return ticket_not_theirs(d, t);
	return NULL;
}

static enum participating would_be(const struct desk *d, const struct ticket *t,
				   const char *address)
{
	if (!address_plausible(address))
		return PARTICIPANT_NO_ADDRESS;
	if (!strcmp(address, t->customer_email))
		return PARTICIPANT_IS_CUSTOMER;
	return is_ours(d, address) ? PARTICIPANT_IS_OURS : PARTICIPATES;
}

struct err *participant_add(struct desk *d, const struct actor *who, int64_t ticket_id,
			    const char *typed, enum participating *out)
{
	const char *address = address_lower(d->arena, typed);
	bool there, added = false;
	struct ticket t;

	TRY(lock(d, who, ticket_id, &t));
	*out = would_be(d, &t, address);
	if (*out == PARTICIPATES) {
		TRY(store_participant_is(d->db, t.id, address, &there));
		if (!there)
			TRY(store_participant_add(d->db, who, t.id, address, NULL, &added));
		*out = there ? PARTICIPATED : added ? PARTICIPATES : PARTICIPANTS_FULL;
	}
	if (!added) {
		db_rollback(d->db);
		return NULL;
	}
	TRY(ticket_text_event(d, who, t.id, "participant", NULL, address));
	TRY(db_commit(d->db));
	return NULL;
}

struct err *participant_drop(struct desk *d, const struct actor *who, int64_t ticket_id,
			     const char *address)
{
	struct ticket t;
	bool there;

	TRY(lock(d, who, ticket_id, &t));
	TRY(store_participant_is(d->db, t.id, address, &there));
	if (!there) {
		db_rollback(d->db);
		return NULL;
	}
	TRY(store_participant_drop(d->db, t.id, address));
	TRY(ticket_text_event(d, who, t.id, "participant", address, NULL));
	TRY(db_commit(d->db));
	return NULL;
}
