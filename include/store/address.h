/*
 * address - rows of as_address (sql/35-mail.sql): what is known of an
 * address, whoever it belongs to. No row: nothing is known.
 *
 * Addresses are given lower case. Letters nobody asked for are not written to
 * one that is undeliverable or to be left in peace (desk/letter.h).
 */
#ifndef STORE_ADDRESS_H
#define STORE_ADDRESS_H

#include "base/err.h"
#include "base/shape.h"

struct db;

struct address_row {
	const char *address;
	const char *undeliverable_at;	/* NULL: it is not */
	const char *delayed_at;
	const char *status, *diagnostic;/* of the last report */
	const char *quiet_until;	/* no automatic mail before then; may be over */
	const char *verified_at, *blocked_at;
	bool quiet;			/* now */
};
extern const struct shape address_row_shape;

/* *found false: nothing is known, and *out is empty. */
struct err *store_address_find(struct db *db, int shop, const char *address,
			       struct address_row *out, bool *found) MUST_CHECK;

/* Which of them are undeliverable or to be left in peace: struct address_row,
 * the address alone. At most ADDRESSES_MOST are asked for. */
enum { ADDRESSES_MOST = 120 };
struct err *store_address_unwanted(struct db *db, int shop,
				   const char *const *addresses, size_t n,
				   struct rows *out) MUST_CHECK;

/* What a report said. */
struct err *store_address_failed(struct db *db, int shop, const char *address,
				 const char *status, const char *diagnostic) MUST_CHECK;
struct err *store_address_delayed(struct db *db, int shop, const char *address,
				  const char *status, const char *diagnostic) MUST_CHECK;
struct err *store_address_quiet(struct db *db, int shop, const char *address,
				int days) MUST_CHECK;

/* Mail reaches them again, or a link that was mailed there was used: neither
 * undeliverable, delayed nor quiet. Nothing is written when nothing was known. */
struct err *store_address_works(struct db *db, int shop,
				const char *address) MUST_CHECK;
/* The same for whatever address a customer has. */
struct err *store_address_works_for(struct db *db, int shop,
				    int64_t customer_id) MUST_CHECK;
/* A person wrote from there and DMARC passed; it works, too. */
struct err *store_address_verified(struct db *db, int shop,
				   const char *address) MUST_CHECK;
/* By an agent: all its mail is held, or no longer. */
struct err *store_address_block(struct db *db, int shop, const char *address,
				bool blocked) MUST_CHECK;

#endif
