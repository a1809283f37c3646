#include "port/db.h"
#include "store/customer.h"

static const struct field customer_fields[] = {
	FIELD(customer, id),
	FIELD(customer, external_id),
	FIELD(customer, email),
	FIELD(customer, name),
	FIELD(customer, phone),
	FIELD(customer, lang),
	FIELD(customer, zone),
	FIELD(customer, proven_at),
	FIELD(customer, created_at),
	FIELD(customer, version),
};
const struct shape customer_shape = SHAPE(customer, customer_fields);

#define SELECT_CUSTOMER							\
	"SELECT id, external_id, email, name, phone, lang, zone, proven_at," \
	" created_at, version FROM as_customer"

struct err *store_customer_find(struct db *db, int shop, int64_t id,
				struct customer *out)
{
	TRY(db_row(db, SELECT_CUSTOMER " WHERE shop_id = ? AND id = ?",
		   &customer_shape, out, ARGS(shop, id)));
	return NULL;
}

struct err *store_customer_by_external(struct db *db, int shop,
				       const char *external_id,
				       struct customer *out, bool *found)
{
	TRY(db_find(db, SELECT_CUSTOMER " WHERE shop_id = ? AND external_id = ?"
			" FOR UPDATE",
		    &customer_shape, out, found, ARGS(shop, external_id)));
	return NULL;
}

struct err *store_customer_guest(struct db *db, int shop, const char *email,
				 struct customer *out, bool *found)
{
	TRY(db_find(db, SELECT_CUSTOMER " WHERE shop_id = ? AND email = ?"
			" AND external_id IS NULL ORDER BY id LIMIT 1 FOR UPDATE",
		    &customer_shape, out, found, ARGS(shop, email)));
	return NULL;
}

struct err *store_customer_account(struct db *db, int shop, const char *email,
				   struct customer *out, bool *found)
{
	struct rows rows;

	TRY(db_rows(db, SELECT_CUSTOMER " WHERE shop_id = ? AND email = ?"
			" AND external_id IS NOT NULL LIMIT 2",
		    &customer_shape, &rows, ARGS(shop, email)));
	*found = rows.n == 1;
	if (*found)
		*out = *(struct customer *) rows.at;
	return NULL;
}

struct err *store_customer_taken(struct db *db, int shop, const char *email,
				 const char *external_id, bool *taken)
{
	struct customer other;

	TRY(db_find(db, SELECT_CUSTOMER " WHERE shop_id = ? AND email = ?"
			" AND external_id <> ? ORDER BY id LIMIT 1",
		    &customer_shape, &other, taken, ARGS(shop, email, external_id)));
	return NULL;
}

struct err *store_customer_search(struct db *db, const struct actor *who,
				  const char *words, struct rows *out)
{
	out->n = 0;
	if (who->kind != ACTOR_AGENT || !who->may[RIGHT_READ])
		return NULL;
	TRY(db_rows(db, SELECT_CUSTOMER " WHERE shop_id = ? AND email = ?"
			" ORDER BY external_id IS NULL, id LIMIT 10",
		    &customer_shape, out, ARGS(who->shop, words)));
	return NULL;
}

struct err *store_customer_add(struct db *db, int shop, struct customer *c,
			       bool proven)
{
	TRY(db_add(db, "INSERT INTO as_customer (shop_id, external_id, email, name,"
		       " phone, lang, zone, proven_at, created_at, updated_at)"
		       " VALUES (?, ?, ?, ?, ?, ?, ?, IF(?, NOW(6), NULL),"
		       " NOW(6), NOW(6))",
		   &c->id, ARGS(shop, c->external_id, c->email, c->name, c->phone,
				c->lang, c->zone, proven)));
	return NULL;
}

struct err *store_customer_update(struct db *db, const struct customer *c)
{
	TRY(db_run(db, "UPDATE as_customer SET external_id = ?, email = ?, name = ?,"
		       " phone = COALESCE(?, phone), lang = COALESCE(?, lang),"
		       " proven_at = COALESCE(proven_at, NOW(6)),"
		       " version = version + 1, updated_at = NOW(6) WHERE id = ?",
		   NULL, ARGS(c->external_id, c->email, c->name, c->phone,
			      c->lang, c->id)));
	return NULL;
}

struct err *store_customer_set_proven(struct db *db, int64_t id)
{
	TRY(db_run(db, "UPDATE as_customer SET proven_at = COALESCE(proven_at,"
		       " NOW(6)) WHERE id = ?", NULL, ARGS(id)));
	return NULL;
}
