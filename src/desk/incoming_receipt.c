#include <string.h>

#include "base/address.h"
#include "base/arena.h"
#include "desk/catalog.h"
#include "incoming_parts.h"
#include "port/db.h"
#include "port/secret.h"
#include "store/guard.h"

/* One receipt is of a ticket, since only a new ticket has one; and so many
 * for an address, a domain, and a subject of an address. */
static const struct cap {
	const char *what;
	int seconds;
	int64_t most;
} caps[] = {
	{ "hour", 3600, 3 },
	{ "day", 86400, 10 },
	{ "domain", 3600, 60 },
	{ "subject", 180 * 60, 3 },
	{ "mute", 3600, 1 },		/* for addresses that proved nothing */
};
enum { CAPS = sizeof(caps) / sizeof(*caps), MUTE = CAPS - 1 };

/* Whom the cap is about. */
static const char *subject_of(size_t cap, const char *address)
{
	return strcmp(caps[cap].what, "domain") ? address : address_domain(address);
}

static struct err *count(struct desk *d, const struct facts *f, size_t cap,
			 const char *address, bool *enough)
{
	bool by_subject = !strcmp(caps[cap].what, "subject");
	const char *key = arena_printf(d->arena, "receipt:%d:%s:%s:%s",
				       f->row->shop_id, caps[cap].what,
				       subject_of(cap, address), !by_subject ? "" :
				       incoming_same_subject(d->arena, f->mail->subject));
	int64_t tries;

	TRY(store_guard_try(d->db, secret_sha256(d->arena, key, strlen(key)),
			    caps[cap].seconds, &tries));
	*enough = tries > caps[cap].most;
	return NULL;
}

/* Whose letter somebody else sent on has proven nothing. */
static bool is_verified(const struct facts *f, const char *address)
{
	return !strcmp(address, f->row->from_address) && incoming_is_verified(f);
}

struct err *incoming_receipt(struct desk *d, const struct facts *f,
			     const char *address, struct trace *t,
			     enum receipt *out)
{
	bool full = is_verified(f, address), enough = false;

	*out = RECEIPT_NONE;
	if (f->class != MAIL_HUMAN || !catalog_switch(d->catalog, "receipts")) {
		trace_add(t, "receipt_none", NULL);
		return NULL;
	}
	for (size_t i = 0; i < (full ? MUTE : CAPS) && !enough; i++) {
		TRY(count(d, f, i, address, &enough));
		if (enough)
			trace_add(t, "receipt_capped", subject_of(i, address));
	}
	if (enough)
		return NULL;
	*out = full ? RECEIPT_FULL : RECEIPT_MUTE;
	trace_add(t, full ? "receipt_full" : "receipt_mute", NULL);
	return NULL;
}
