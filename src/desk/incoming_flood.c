#include <string.h>

#include "base/arena.h"
#include "desk/catalog.h"
#include "incoming_parts.h"
#include "port/db.h"
#include "port/secret.h"
#include "store/guard.h"

enum { AN_HOUR = 3600 };

/* Letters that our mail host proved are counted apart: nobody has them held by
 * writing in their name. */
struct err *incoming_count_sender(struct desk *d, struct facts *f)
{
	const char *key;
	int64_t tries;

	if (!f->row->from_address || f->class == MAIL_OWN || f->row->wish)
		return NULL;
	key = arena_printf(d->arena, "mail_in:%d:%d:%s", f->row->shop_id,
			   incoming_verdict(&f->proof) == VERDICT_PASS,
			   f->row->from_address);
	TRY(store_guard_try(d->db, secret_sha256(d->arena, key, strlen(key)),
			    AN_HOUR, &tries));
	f->flood = tries > catalog_number(d->catalog, "mail_flood");
	return NULL;
}

bool incoming_is_verified(const struct facts *f)
{
	enum verdict v = incoming_verdict(&f->proof);

	return v != VERDICT_FAIL &&
	       (v == VERDICT_PASS || f->known.verified || f->known.proven);
}

/* What was opened is counted where it is written down: no row that every
 * letter would wait for. */
struct err *incoming_too_many_strangers(struct desk *d, const struct facts *f,
					struct decision *dec)
{
	long most = catalog_number(d->catalog, "mail_strangers");
	int64_t opened;

	if (dec->outcome != INCOMING_OPENED || f->row->wish || incoming_is_verified(f))
		return NULL;
	TRY(store_mail_opened_lately(d->db, f->row->shop_id, AN_HOUR, most, &opened));
	if (opened >= most)
		*dec = (struct decision) { .outcome = INCOMING_HELD, .code = "held",
					   .reason = "strangers" };
	return NULL;
}
