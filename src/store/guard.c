#include "port/db.h"
#include "store/guard.h"

struct err *store_guard_use_sso(struct db *db, int shop, struct bytes hash)
{
	TRY(db_run(db, "INSERT INTO as_sso_used (shop_id, hash, expires_at)"
		       " VALUES (?, ?, NOW(6) + INTERVAL 10 MINUTE)",
		   NULL, ARGS(shop, hash)));
	return NULL;
}

struct err *store_guard_use_form(struct db *db, struct bytes hash,
				 int64_t ticket_id, int64_t message_id)
{
	TRY(db_run(db, "INSERT INTO as_form_token (hash, ticket_id, message_id,"
		       " created_at) VALUES (?, ?, NULLIF(?, 0), NOW(6))",
		   NULL, ARGS(hash, ticket_id, message_id)));
	return NULL;
}

struct number {
	int64_t n;
};
static const struct field number_fields[] = { FIELD(number, n) };
static const struct shape number_shape = SHAPE(number, number_fields);

struct made {
	int64_t ticket_id, message_id;
};
static const struct field made_fields[] = {
	FIELD(made, ticket_id),
	FIELD(made, message_id),
};
static const struct shape made_shape = SHAPE(made, made_fields);

struct err *store_guard_find_form(struct db *db, struct bytes hash,
				  int64_t *ticket_id, int64_t *message_id,
				  bool *found)
{
	struct made made = { 0 };

	TRY(db_find(db, "SELECT ticket_id, message_id FROM as_form_token"
			" WHERE hash = ?", &made_shape, &made, found, ARGS(hash)));
	*ticket_id = made.ticket_id;
	*message_id = made.message_id;
	return NULL;
}

struct err *store_guard_try(struct db *db, struct bytes hash, int seconds,
			    int64_t *tries)
{
	struct number n;

	/* Windows begin at whole multiples, so that they are the same for whoever
	 * counts. The columns are set one after another, window_at last. */
	TRY(db_row(db, "INSERT INTO as_throttle (hash, window_at, tries, expires_at)"
		       " VALUES (?, FROM_UNIXTIME(FLOOR(UNIX_TIMESTAMP(NOW(6)) / ?) * ?),"
		       " 1, NOW(6) + INTERVAL 2 * ? SECOND)"
		       " ON DUPLICATE KEY UPDATE"
		       " earlier = IF(window_at = VALUES(window_at), earlier,"
		       " IF(window_at = VALUES(window_at) - INTERVAL ? SECOND, tries, 0)),"
		       " tries = IF(window_at = VALUES(window_at), tries, 0) + 1,"
		       " window_at = VALUES(window_at), expires_at = VALUES(expires_at)"
		       " RETURNING CAST(tries + ROUND(earlier * (1 -"
		       " (UNIX_TIMESTAMP(NOW(6)) - UNIX_TIMESTAMP(window_at)) / ?))"
		       " AS SIGNED) AS n",
		   &number_shape, &n,
		   ARGS(hash, seconds, seconds, seconds, seconds, seconds)));
	*tries = n.n;
	return NULL;
}

struct err *store_guard_forgive(struct db *db, struct bytes hash)
{
	TRY(db_run(db, "DELETE FROM as_throttle WHERE hash = ?", NULL, ARGS(hash)));
	return NULL;
}

static const struct field link_fields[] = {
	FIELD(link, ticket_id),
	FIELD(link, customer_id),
	FIELD(link, number),
	FIELD(link, expired),
};
static const struct shape link_shape = SHAPE(link, link_fields);

struct err *store_guard_add_link(struct db *db, int shop, struct bytes hash,
				 int64_t ticket_id, int64_t customer_id)
{
	TRY(db_run(db, "INSERT INTO as_link (hash, shop_id, ticket_id, customer_id,"
		       " created_at, expires_at) VALUES (?, ?, ?, ?, NOW(6),"
		       " NOW(6) + INTERVAL 30 DAY)",
		   NULL, ARGS(hash, shop, ticket_id, customer_id)));
	return NULL;
}

struct err *store_guard_find_link(struct db *db, int shop, struct bytes hash,
				  struct link *out, bool *found)
{
	TRY(db_find(db, "SELECT l.ticket_id, l.customer_id, t.number,"
			" l.expires_at < NOW(6) AS expired FROM as_link l"
			" JOIN as_ticket t ON t.id = l.ticket_id"
			" WHERE l.hash = ? AND l.shop_id = ?",
		    &link_shape, out, found, ARGS(hash, shop)));
	return NULL;
}
