#include "base/address.h"
#include "desk/delivery.h"
#include "desk/desk.h"
#include "store/address.h"
#include "store/ticket.h"

struct err *delivery_of(struct desk *d, const struct actor *who,
			const struct ticket *t, struct delivery_state *out)
{
	struct delivery *v;
	size_t kept = 0;

	*out = (struct delivery_state) { .undeliverable = false };
	if (!t->has_undelivered)
		return NULL;
	TRY(store_delivery_of_ticket(d->db, who, t->id,
		address_lower(d->arena, t->customer_email ? t->customer_email : ""),
		&out->letters));
	v = out->letters.at;
	for (size_t i = 0; i < out->letters.n; i++) {
		if (v[i].outbox_id) {
			if (v[i].kind != DELIVERY_DELIVERED)
				v[kept++] = v[i];
			continue;
		}
		out->undeliverable = v[i].kind == DELIVERY_FAILED;
		out->delayed = v[i].kind == DELIVERY_DELAYED;
		out->why = v[i].diagnostic ? v[i].diagnostic : v[i].status;
	}
	out->letters.n = kept;
	return NULL;
}

struct err *delivery_proved(struct desk *d, int shop, int64_t customer_id)
{
	TRY(store_address_works_for(d->db, shop, customer_id));
	return NULL;
}
