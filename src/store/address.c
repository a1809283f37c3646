#include "port/db.h"
#include "store/address.h"

static const struct field address_row_fields[] = {
	FIELD(address_row, address),
	FIELD(address_row, undeliverable_at),
	FIELD(address_row, delayed_at),
	FIELD(address_row, status),
	FIELD(address_row, diagnostic),
	FIELD(address_row, quiet_until),
	FIELD(address_row, verified_at),
	FIELD(address_row, blocked_at),
	FIELD(address_row, quiet),
};
const struct shape address_row_shape = SHAPE(address_row, address_row_fields);

struct err *store_address_find(struct db *db, int shop, const char *address,
			       struct address_row *out, bool *found)
{
	TRY(db_find(db, "SELECT address, undeliverable_at, delayed_at, status,"
			" diagnostic, quiet_until, verified_at, blocked_at,"
			" COALESCE(quiet_until > NOW(6), FALSE) AS quiet"
			" FROM as_address WHERE shop_id = ? AND address = ?",
		    &address_row_shape, out, found, ARGS(shop, address)));
	if (!*found)
		*out = (struct address_row) { .address = address };
	return NULL;
}

struct err *store_address_unwanted(struct db *db, int shop,
				   const char *const *addresses, size_t n,
				   struct rows *out)
{
	struct sql q;

	sql_init(&q, db_arena(db));
	sql_add(&q, "SELECT address FROM as_address WHERE shop_id = ? AND address IN (?",
		ARGS(shop, n ? addresses[0] : ""));
	for (size_t i = 1; i < n && i < ADDRESSES_MOST; i++)
		sql_add(&q, ", ?", ARGS(addresses[i]));
	sql_add(&q, ") AND (undeliverable_at IS NOT NULL OR quiet_until > NOW(6))"
		    " LIMIT 120", NO_ARGS);
	TRY(db_rows_of(db, &q, &address_row_shape, out));
	return NULL;
}

struct err *store_address_failed(struct db *db, int shop, const char *address,
				 const char *status, const char *diagnostic)
{
	TRY(db_run(db, "INSERT INTO as_address (shop_id, address, undeliverable_at,"
		       " status, diagnostic) VALUES (?, ?, NOW(6), ?, LEFT(?, 500))"
		       " ON DUPLICATE KEY UPDATE undeliverable_at = NOW(6),"
		       " status = VALUES(status), diagnostic = VALUES(diagnostic)",
		   NULL, ARGS(shop, address, status, diagnostic)));
	return NULL;
}

struct err *store_address_delayed(struct db *db, int shop, const char *address,
				  const char *status, const char *diagnostic)
{
	/* That a letter was late says nothing against one that never came. */
	TRY(db_run(db, "INSERT INTO as_address (shop_id, address, delayed_at,"
		       " status, diagnostic) VALUES (?, ?, NOW(6), ?, LEFT(?, 500))"
		       " ON DUPLICATE KEY UPDATE delayed_at = NOW(6),"
		       " status = IF(undeliverable_at IS NULL, VALUES(status), status),"
		       " diagnostic = IF(undeliverable_at IS NULL,"
		       " VALUES(diagnostic), diagnostic)",
		   NULL, ARGS(shop, address, status, diagnostic)));
	return NULL;
}

struct err *store_address_quiet(struct db *db, int shop, const char *address,
				int days)
{
	TRY(db_run(db, "INSERT INTO as_address (shop_id, address, quiet_until)"
		       " VALUES (?, ?, NOW(6) + INTERVAL ? DAY)"
		       " ON DUPLICATE KEY UPDATE quiet_until = VALUES(quiet_until)",
		   NULL, ARGS(shop, address, days)));
	return NULL;
}

struct err *store_address_works(struct db *db, int shop, const char *address)
{
	TRY(db_run(db, "UPDATE as_address SET undeliverable_at = NULL,"
		       " delayed_at = NULL, quiet_until = NULL, status = NULL,"
		       " diagnostic = NULL WHERE shop_id = ? AND address = ?",
		   NULL, ARGS(shop, address)));
	return NULL;
}

struct err *store_address_works_for(struct db *db, int shop, int64_t customer_id)
{
	TRY(db_run(db, "UPDATE as_address b JOIN as_customer c"
		       " ON c.email = b.address AND c.shop_id = b.shop_id"
		       " SET b.undeliverable_at = NULL, b.delayed_at = NULL,"
		       " b.quiet_until = NULL, b.status = NULL, b.diagnostic = NULL"
		       " WHERE b.shop_id = ? AND c.id = ?",
		   NULL, ARGS(shop, customer_id)));
	return NULL;
}

struct err *store_address_verified(struct db *db, int shop, const char *address)
{
	TRY(db_run(db, "INSERT INTO as_address (shop_id, address, verified_at)"
		       " VALUES (?, ?, NOW(6)) ON DUPLICATE KEY UPDATE"
		       " verified_at = NOW(6), undeliverable_at = NULL,"
		       " delayed_at = NULL, quiet_until = NULL, status = NULL,"
		       " diagnostic = NULL", NULL, ARGS(shop, address)));
	return NULL;
}

struct err *store_address_block(struct db *db, int shop, const char *address,
				bool blocked)
{
	TRY(db_run(db, "INSERT INTO as_address (shop_id, address, blocked_at)"
		       " VALUES (?, ?, IF(?, NOW(6), NULL)) ON DUPLICATE KEY UPDATE"
		       " blocked_at = VALUES(blocked_at)",
		   NULL, ARGS(shop, address, blocked)));
	return NULL;
}
