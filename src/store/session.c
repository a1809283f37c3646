#include "port/db.h"
#include "store/session.h"

static const struct field session_fields[] = {
	FIELD(session, id),
	FIELD(session, name),
	FIELD(session, email),
	FIELD(session, lang),
	FIELD(session, zone),
	FIELD(session, external_id),
	FIELD(session, only_ticket),
	FIELD(session, orders),
	FIELD(session, role_id),
	FIELD(session, stale),
	FIELD(session, unreachable),
	FIELD(session, revision),
};
static const struct shape session_shape = SHAPE(session, session_fields);

/* Mail to them does not arrive (store/address.h). */
#define UNREACHABLE "b.undeliverable_at IS NOT NULL AS unreachable, "
#define ADDRESS_OF(PERSON)						\
	" LEFT JOIN as_address b ON b.shop_id = v.shop_id"		\
	" AND b.address = " PERSON ".email"

/* A row always comes: without a session it holds the revision alone. */
#define REVISION							\
	"CAST(v.value AS SIGNED) AS revision FROM as_setting v"
#define OF_SHOP	" WHERE v.shop_id = ? AND v.name = 'revision'"

struct err *store_session_customer(struct db *db, int shop, struct bytes hash,
				   struct session *out)
{
	TRY(db_row(db, "SELECT c.id, c.name, c.email, c.lang,"
		       " c.zone, c.external_id, s.ticket_id AS only_ticket, s.orders,"
		       " s.seen_at < NOW(6) - INTERVAL 1 HOUR AS stale, "
		       UNREACHABLE REVISION
		       " LEFT JOIN as_customer_session s"
		       " ON s.hash = ? AND s.shop_id = v.shop_id AND s.expires_at > NOW(6)"
		       " LEFT JOIN as_customer c ON c.id = s.customer_id"
		       ADDRESS_OF("c") OF_SHOP,
		   &session_shape, out, ARGS(hash, shop)));
	return NULL;
}

struct err *store_session_agent(struct db *db, int shop, struct bytes hash,
				struct session *out)
{
	TRY(db_row(db, "SELECT a.id, a.name, a.email, a.lang, a.zone, a.role_id,"
		       " s.seen_at < NOW(6) - INTERVAL 5 MINUTE AS stale, "
		       UNREACHABLE REVISION
		       " LEFT JOIN as_agent_session s"
		       " ON s.hash = ? AND s.expires_at > NOW(6)"
		       " AND s.seen_at > NOW(6) - INTERVAL 12 HOUR"
		       " LEFT JOIN as_agent a ON a.id = s.agent_id AND a.active"
		       ADDRESS_OF("a") OF_SHOP,
		   &session_shape, out, ARGS(hash, shop)));
	return NULL;
}

struct err *store_session_add_customer(struct db *db, int shop, struct bytes hash,
				       int64_t customer_id, int64_t only_ticket,
				       const char *orders)
{
	TRY(db_run(db, "INSERT INTO as_customer_session (hash, shop_id, customer_id,"
		       " ticket_id, orders, created_at, seen_at, expires_at)"
		       " VALUES (?, ?, ?, NULLIF(?, 0), ?, NOW(6), NOW(6),"
		       " NOW(6) + INTERVAL IF(?, 7, 14) DAY)",
		   NULL, ARGS(hash, shop, customer_id, only_ticket, orders, only_ticket)));
	return NULL;
}

struct err *store_session_add_agent(struct db *db, struct bytes hash,
				    int64_t agent_id, const char *remote,
				    const char *browser)
{
	TRY(db_run(db, "INSERT INTO as_agent_session (hash, agent_id, remote, browser,"
		       " created_at, seen_at, expires_at) VALUES (?, ?, ?,"
		       " LEFT(?, 200), NOW(6), NOW(6), NOW(6) + INTERVAL 7 DAY)",
		   NULL, ARGS(hash, agent_id, remote, browser)));
	TRY(db_run(db, "UPDATE as_agent SET seen_at = NOW(6) WHERE id = ?",
		   NULL, ARGS(agent_id)));
	return NULL;
}

struct err *store_session_renew_customer(struct db *db, struct bytes hash)
{
	TRY(db_run(db, "UPDATE as_customer_session SET seen_at = NOW(6),"
		       " expires_at = NOW(6) + INTERVAL 14 DAY"
		       " WHERE hash = ? AND ticket_id IS NULL",
		   NULL, ARGS(hash)));
	return NULL;
}

struct err *store_session_renew_agent(struct db *db, struct bytes hash)
{
	TRY(db_run(db, "UPDATE as_agent_session SET seen_at = NOW(6) WHERE hash = ?",
		   NULL, ARGS(hash)));
	return NULL;
}

struct err *store_session_drop_customer(struct db *db, struct bytes hash)
{
	TRY(db_run(db, "DELETE FROM as_customer_session WHERE hash = ?",
		   NULL, ARGS(hash)));
	return NULL;
}

struct err *store_session_drop_agent(struct db *db, struct bytes hash)
{
	TRY(db_run(db, "DELETE FROM as_agent_session WHERE hash = ?",
		   NULL, ARGS(hash)));
	return NULL;
}

struct err *store_session_end_customer(struct db *db, int64_t customer_id)
{
	TRY(db_run(db, "DELETE FROM as_customer_session WHERE customer_id = ?",
		   NULL, ARGS(customer_id)));
	return NULL;
}

struct err *store_session_end_agent(struct db *db, int64_t agent_id)
{
	TRY(db_run(db, "DELETE FROM as_agent_session WHERE agent_id = ?",
		   NULL, ARGS(agent_id)));
	return NULL;
}

struct err *store_session_reap(struct db *db)
{
	TRY(db_run(db, "DELETE FROM as_customer_session WHERE expires_at < NOW(6)"
		       " ORDER BY expires_at LIMIT 1000", NULL, NO_ARGS));
	TRY(db_run(db, "DELETE FROM as_agent_session WHERE expires_at < NOW(6)"
		       " ORDER BY expires_at LIMIT 1000", NULL, NO_ARGS));
	TRY(db_run(db, "DELETE FROM as_sso_used WHERE expires_at < NOW(6)"
		       " ORDER BY expires_at LIMIT 1000", NULL, NO_ARGS));
	TRY(db_run(db, "DELETE FROM as_link WHERE expires_at < NOW(6) - INTERVAL 60 DAY"
		       " ORDER BY expires_at LIMIT 1000", NULL, NO_ARGS));
	TRY(db_run(db, "DELETE FROM as_agent_token WHERE expires_at < NOW(6)"
		       " ORDER BY expires_at LIMIT 1000", NULL, NO_ARGS));
	TRY(db_run(db, "DELETE FROM as_throttle WHERE expires_at < NOW(6)"
		       " ORDER BY expires_at LIMIT 1000", NULL, NO_ARGS));
	TRY(db_run(db, "DELETE FROM as_guest_request WHERE expires_at < NOW(6)"
		       " ORDER BY expires_at LIMIT 1000", NULL, NO_ARGS));
	TRY(db_run(db, "DELETE FROM as_form_token"
		       " WHERE created_at < NOW(6) - INTERVAL 7 DAY"
		       " ORDER BY created_at LIMIT 1000", NULL, NO_ARGS));
	return NULL;
}
