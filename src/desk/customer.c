#include <string.h>

#include "base/address.h"
#include "base/arena.h"
#include "base/locale.h"
#include "desk/catalog.h"
#include "desk/customer.h"
#include "desk/desk.h"
#include "desk/order.h"
#include "port/db.h"

static const char *or_nothing(const char *text)
{
	return text ? text : "";
}

/* "Zoë Müller", or the address where the shop knows no name. */
static const char *full_name(struct desk *d, const struct shop_customer *c)
{
	const char *first = or_nothing(c->first_name), *last = or_nothing(c->last_name);

	if (!*first && !*last)
		return c->email;
	return arena_printf(d->arena, "%s%s%s", first, *first && *last ? " " : "", last);
}

/*
 * The row of this key, or the guest of this address; else a new one. Two at
 * once make one: the second finds the key taken and runs again.
 */
static struct err *find_or_add(struct desk *d, const struct actor *who,
			       const struct customer *wanted, struct customer *out)
{
	struct err *e;
	bool found;

	TRY(db_begin(d->db));
	if (wanted->external_id)
		TRY(store_customer_by_external(d->db, who->shop, wanted->external_id,
					       out, &found));
	else
		TRY(store_customer_guest(d->db, who->shop, wanted->email, out, &found));
	if (!found) {
		*out = *wanted;
		e = store_customer_add(d->db, who->shop, out, false);
		if (e && e->kind == ERR_CONFLICT)
			return FAIL(d->arena, ERR_RETRY, "%s was faster", e->text);
		if (e)
			return err_passed(e, __func__);
	}
	TRY(db_commit(d->db));
	return NULL;
}

static struct err *from_shop(struct desk *d, const struct actor *who,
			     const struct shop_customer *c, struct customer *out)
{
	const struct customer wanted = {
		.external_id = c->is_guest ? NULL : c->customer_key,
		.email = address_lower(d->arena, c->email), .name = full_name(d, c),
		.phone = c->phone, .lang = c->lang ? locale_pick(c->lang,
				catalog_text(d->catalog, "language")) : NULL,
	};

	TRY(find_or_add(d, who, &wanted, out));
	return NULL;
}

struct err *customer_by_address(struct desk *d, const struct actor *who,
				const char *email, struct customer *out,
				bool *found, bool *away)
{
	const char *address = address_lower(d->arena, email);
	struct rows rows;

	*found = *away = false;
	TRY(store_customer_search(d->db, who, address, &rows));
	if (rows.n) {
		*out = *(struct customer *) rows.at;
		*found = true;
		return NULL;
	}
	TRY(order_customers(d, who, address, &rows, away));
	if (*away || !rows.n)
		return NULL;
	TRY(from_shop(d, who, rows.at, out));
	*found = true;
	return NULL;
}

static bool has_account(const struct shop_order *o)
{
	return o->customer_key && *o->customer_key && strcmp(o->customer_key, "0");
}

struct err *customer_of_order(struct desk *d, const struct actor *who,
			      const struct shop_order *o, struct customer *out,
			      bool *found)
{
	struct customer wanted = {
		.external_id = has_account(o) ? o->customer_key : NULL,
		.name = o->customer_name && *o->customer_name ? o->customer_name : o->email,
		.phone = o->phone,
		.lang = o->lang ? locale_pick(o->lang, catalog_text(d->catalog, "language"))
				: NULL,
	};

	*found = o->email && *o->email;
	if (!*found)
		return NULL;
	wanted.email = address_lower(d->arena, o->email);
	TRY(find_or_add(d, who, &wanted, out));
	return NULL;
}

bool customer_placed(struct desk *d, const struct customer *c,
		     const struct shop_order *o)
{
	if (c->external_id && has_account(o))
		return !strcmp(c->external_id, o->customer_key);
	return o->email && c->email &&
	       !strcmp(address_lower(d->arena, o->email), c->email);
}
