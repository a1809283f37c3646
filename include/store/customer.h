/*
 * customer - rows of as_customer: accounts of the shop, and guests.
 *
 * A person is known by the shop's key, or by an address that was proven.
 * Addresses are lower case and compared byte for byte.
 */
#ifndef STORE_CUSTOMER_H
#define STORE_CUSTOMER_H

#include "base/err.h"
#include "base/shape.h"
#include "store/actor.h"

struct db;

struct customer {
	int64_t id;
	const char *external_id;	/* NULL: a guest */
	const char *email, *name, *phone, *lang, *zone;
	const char *proven_at, *created_at;
	int version;
};
extern const struct shape customer_shape;

struct err *store_customer_find(struct db *db, int shop, int64_t id,
				struct customer *out) MUST_CHECK;
/* found = false when there is none. */
struct err *store_customer_by_external(struct db *db, int shop,
				       const char *external_id,
				       struct customer *out, bool *found) MUST_CHECK;
/* A person without a shop's key at this address: the oldest. */
struct err *store_customer_guest(struct db *db, int shop, const char *email,
				 struct customer *out, bool *found) MUST_CHECK;
/* The shop's account of this address, when there is exactly one. */
struct err *store_customer_account(struct db *db, int shop, const char *email,
				   struct customer *out, bool *found) MUST_CHECK;
/* Does the address belong to somebody with another key? */
struct err *store_customer_taken(struct db *db, int shop, const char *email,
				 const char *external_id, bool *taken) MUST_CHECK;
/* For the panel: by address or beginning of the name; at most 10. */
struct err *store_customer_search(struct db *db, const struct actor *who,
				  const char *words, struct rows *out) MUST_CHECK;

/* Sets c->id. `proven`: proven_at = now. */
struct err *store_customer_add(struct db *db, int shop, struct customer *c,
			       bool proven) MUST_CHECK;
/* What the shop says now: key, address, name, phone, language; proven. */
struct err *store_customer_update(struct db *db, const struct customer *c) MUST_CHECK;
struct err *store_customer_set_proven(struct db *db, int64_t id) MUST_CHECK;

#endif
