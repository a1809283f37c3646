#include <string.h>

#include "base/address.h"
#include "base/arena.h"
#include "base/locale.h"
#include "base/log.h"
#include "desk/catalog.h"
#include "desk/desk.h"
#include "desk/letter.h"
#include "desk/notify.h"
#include "desk/order.h"
#include "desk/visitor.h"
#include "port/db.h"
#include "port/secret.h"
#include "store/address.h"
#include "store/customer.h"
#include "store/guard.h"
#include "store/guest.h"
#include "store/session.h"

enum { LINK_BYTES = 16 };

/* The language as we write it, NULL when the shop told none. */
static const char *language(const struct token *t)
{
	return t->locale ? locale_pick(t->locale, "en") : NULL;
}

/* Two tabs that sign in at once make one person: the second runs again. */
static struct err *add_customer(struct desk *d, int shop, struct customer *c)
{
	struct err *e = store_customer_add(d->db, shop, c, true);

	if (e && e->kind == ERR_CONFLICT)
		return FAIL(d->arena, ERR_RETRY, "%s was faster", e->text);
	return e ? err_passed(e, __func__) : NULL;
}

/*
 * By the shop's key; else a guest of this address gets the key; else a new
 * row. An address that belongs to another key makes a new person all the
 * same, and a line in the log: two accounts share it.
 */
static struct err *find_or_make(struct desk *d, int shop, const struct token *t,
				struct customer *c)
{
	bool found = false, taken;

	if (t->external_id)
		TRY(store_customer_by_external(d->db, shop, t->external_id, c, &found));
	if (!found)
		TRY(store_customer_guest(d->db, shop, t->email, c, &found));
	if (found) {
		c->external_id = t->external_id;
		c->email = t->email;
		c->name = t->name;
		c->phone = t->phone;
		c->lang = language(t);
		TRY(store_customer_update(d->db, c));
		return NULL;
	}
	if (t->external_id) {
		TRY(store_customer_taken(d->db, shop, t->email, t->external_id, &taken));
		if (taken)
			log_line("customer key %s has the address of another account",
				 t->external_id);
	}
	*c = (struct customer) {
		.external_id = t->external_id, .email = t->email, .name = t->name,
		.phone = t->phone, .lang = language(t),
	};
	TRY(add_customer(d, shop, c));
	return NULL;
}

struct err *visitor_by_token(struct desk *d, int shop, const struct token *t,
			     struct bytes session)
{
	struct customer c = { 0 };

	TRY(db_begin(d->db));
	TRY(store_guard_use_sso(d->db, shop, secret_of_token(d->arena, t->id)));
	TRY(find_or_make(d, shop, t, &c));
	TRY(store_session_add_customer(d->db, shop, session, c.id, 0, t->orders));
	TRY(db_commit(d->db));
	return NULL;
}

struct err *visitor_forget(struct desk *d, int shop, const struct token *t)
{
	struct customer c;
	bool found = false;

	TRY(db_begin(d->db));
	TRY(store_guard_use_sso(d->db, shop, secret_of_token(d->arena, t->id)));
	if (t->external_id)
		TRY(store_customer_by_external(d->db, shop, t->external_id, &c, &found));
	if (found)
		TRY(store_session_end_customer(d->db, c.id));
	TRY(db_commit(d->db));
	return NULL;
}

struct err *visitor_by_link(struct desk *d, int shop, const char *token,
			    struct visitor_link *out)
{
	struct link link = { 0 };

	*out = (struct visitor_link) { .found = false };
	TRY(store_guard_find_link(d->db, shop, secret_of_token(d->arena, token), &link, &out->found));
	out->ticket_id = link.ticket_id;
	out->customer_id = link.customer_id;
	out->number = link.number;
	out->expired = link.expired;
	return NULL;
}

struct err *visitor_renew_link(struct desk *d, int shop, const char *token,
			       const char *email)
{
	const struct actor system = { .kind = ACTOR_SYSTEM, .shop = shop, .name = "" };
	struct letter_facts f = letter_shop_facts(d->catalog);
	struct visitor_link link;
	struct ticket t;

	TRY(visitor_by_link(d, shop, token, &link));
	if (!link.found)
		return NULL;
	TRY(db_begin(d->db));
	TRY(store_ticket_find_id(d->db, &system, link.ticket_id, &t));
	if (strcmp(t.customer_email, email)) {
		db_rollback(d->db);
		return NULL;
	}
	f.ticket_number = t.number;
	f.reply_possible = catalog_switch(d->catalog, "mail_in");
	f.link = "ticket";
	TRY(letter_write(d->db, "ticket_link", &(struct letter_to) {
		.kind = "customer", .id = t.customer_id, .address = t.customer_email,
		.name = t.customer_name,
		.lang = locale_pick(t.customer_lang ? t.customer_lang : t.lang, "en"),
		.zone = t.customer_zone ? t.customer_zone
					: catalog_text(d->catalog, "zone"),
	}, &(struct letter_about) {
		.shop = shop, .ticket_id = t.id,
		.domain = notify_domain(d), .seal = catalog_seal(d->catalog),
	}, &f));
	TRY(db_commit(d->db));
	return NULL;
}

/* *before: this form came already, and its letter is on its way. */
static struct err *use_form(struct desk *d, struct bytes form, bool *before)
{
	struct err *e = form.at ? store_guard_use_form(d->db, form, 0, 0) : NULL;

	*before = e && e->kind == ERR_CONFLICT;
	if (*before)
		db_rollback(d->db);
	return !e || *before ? NULL : err_passed(e, __func__);
}

struct err *visitor_ask(struct desk *d, int shop, const struct guest *g)
{
	const char *token = secret_token(d->arena, LINK_BYTES);
	struct letter_facts f = letter_shop_facts(d->catalog);
	struct guest_request row = {
		.email = g->email, .name = g->name, .order_no = g->order_no,
		.type_id = g->type_id, .priority_id = g->priority_id,
		.subject = g->subject, .body = g->body, .lang = g->lang, .zone = g->zone,
	};
	bool before;

	/* A first mail to an unproven address repeats nothing of what was typed. */
	f.link = arena_printf(d->arena, "confirm:%s", token);
	TRY(db_begin(d->db));
	TRY(use_form(d, g->form, &before));
	if (before)
		return NULL;
	TRY(store_guest_add(d->db, shop, secret_of_token(d->arena, token), &row));
	TRY(store_upload_keep(d->db, g->holder, g->uploads, g->n_uploads,
			      secret_of_token(d->arena, token)));
	TRY(letter_write(d->db, "guest_confirm", &(struct letter_to) {
		.kind = "address", .address = g->email, .lang = g->lang, .zone = g->zone,
	}, &(struct letter_about) {
		.shop = shop,
		.domain = notify_domain(d),
	}, &f));
	TRY(db_commit(d->db));
	return NULL;
}

static struct guest as_guest(const struct guest_request *row)
{
	return (struct guest) {
		.email = row->email, .name = row->name, .order_no = row->order_no,
		.type_id = row->type_id, .priority_id = row->priority_id,
		.subject = row->subject, .body = row->body, .lang = row->lang,
		.zone = row->zone,
	};
}

struct err *visitor_asked(struct desk *d, int shop, const char *token,
			  struct guest *out, int64_t *ticket_id, bool *found)
{
	struct guest_request row = { 0 };

	TRY(store_guest_find(d->db, shop, secret_of_token(d->arena, token), &row, found));
	*out = as_guest(&row);
	*ticket_id = row.ticket_id;
	return NULL;
}

/* The order of this number that belongs to the proven address; else none. */
static struct err *their_order(struct desk *d, const struct actor *who,
			       const char *number, struct order *order, bool *found)
{
	const struct actor system = { .kind = ACTOR_SYSTEM, .shop = who->shop };
	const struct shop_order *o;
	struct rows rows;
	bool away;

	*found = false;
	if (!number || !*number || strchr(number, '@'))
		return NULL;
	TRY(order_search(d, &system, number, &rows, &away));
	o = rows.at;
	for (size_t i = 0; !away && i < rows.n && !*found; i++) {
		if (!o[i].email ||
		    strcmp(address_lower(d->arena, o[i].email), who->email))
			continue;
		TRY(order_find(d, &system, o[i].order_key, false, order, &away));
		*found = !away;
	}
	return NULL;
}

/* What was archived while the letter was on its way is the default now. */
static int64_t still_used(struct desk *d, enum entry_kind kind, int64_t id)
{
	const struct entry *e = catalog_entry(d->catalog, kind, id);

	return e && !e->archived ? id : catalog_default(d->catalog, kind)->id;
}

/* The person behind a proven address. */
static struct err *proven(struct desk *d, int shop, const struct guest_request *row,
			  struct customer *c)
{
	bool found;

	TRY(store_customer_guest(d->db, shop, row->email, c, &found));
	if (found) {
		TRY(store_customer_set_proven(d->db, c->id));
		return NULL;
	}
	*c = (struct customer) {
		.email = row->email, .name = row->name, .lang = row->lang,
		.zone = row->zone,
	};
	TRY(store_customer_add(d->db, shop, c, true));
	return NULL;
}

struct err *visitor_confirm(struct desk *d, int shop, const char *token,
			    int64_t *customer_id, struct result *out)
{
	struct bytes hash = secret_of_token(d->arena, token);
	struct guest_request row = { 0 };
	struct actor who = { .kind = ACTOR_CUSTOMER, .shop = shop };
	struct opening opening;
	struct customer c = { 0 };
	struct order order;
	struct ticket t;
	bool found, about;

	TRY(db_begin(d->db));
	TRY(store_guest_find(d->db, shop, hash, &row, &found));
	if (!found)
		return FAIL(d->arena, ERR_NOT_FOUND, "no such request");
	TRY(proven(d, shop, &row, &c));
	TRY(store_address_works(d->db, shop, c.email));
	TRY(db_commit(d->db));
	*customer_id = c.id;
	who.id = c.id;
	who.name = c.name;
	who.email = c.email;
	who.lang = c.lang;
	who.zone = c.zone;
	if (row.ticket_id) {
		TRY(store_ticket_find_id(d->db, &who, row.ticket_id, &t));
		*out = (struct result) { .what = WRITTEN_BEFORE,
					 .ticket_id = t.id, .number = t.number };
		return NULL;
	}
	TRY(their_order(d, &who, row.order_no, &order, &about));
	opening = (struct opening) {
		.writing = { .type_id = still_used(d, ENTRY_TYPE, row.type_id),
			     .body = row.body, .form = hash },
		.subject = row.subject,
		.source = TICKET_FROM_SHOP, .order = about ? &order : NULL,
		.guest = hash, .lang = row.lang,
	};
	/* The request's own hash is the form's token: confirmed once. */
	TRY(ticket_open(d, &who, &opening, out));
	TRY(store_guest_confirm(d->db, hash, out->ticket_id));
	return NULL;
}
