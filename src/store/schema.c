#include <stddef.h>

#include "port/db.h"
#include "store/schema.h"

enum { NO_SUCH_TABLE = 1146 };

static const struct field step_fields[] = {
	FIELD(schema_step, version),
	FIELD(schema_step, name),
	FIELD(schema_step, checksum),
	FIELD(schema_step, applied_at),
	FIELD(schema_step, ms),
};
const struct shape schema_step_shape = SHAPE(schema_step, step_fields);

static const struct field found_fields[] = {
	FIELD(schema_found, schema),
	FIELD(schema_found, tables),
};
static const struct shape found_shape = SHAPE(schema_found, found_fields);

/* The views over a shop may lie here as well: they are no tables. */
struct err *store_schema_look(struct db *db, struct schema_found *out)
{
	TRY(db_row(db, "SELECT COALESCE(MAX(TABLE_NAME = 'as_schema'), 0) AS `schema`,"
		       " COUNT(IF(TABLE_NAME IN ('as_schema', 'as_secret',"
		       " 'as_lease'), NULL, 1)) AS tables"
		       " FROM information_schema.TABLES"
		       " WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME LIKE 'as\\_%'"
		       " AND TABLE_TYPE IN ('BASE TABLE', 'SEQUENCE')",
		   &found_shape, out, NO_ARGS));
	return NULL;
}

struct err *store_schema_list(struct db *db, struct rows *out)
{
	TRY(db_rows(db, "SELECT version, name, checksum, applied_at, ms"
			" FROM as_schema ORDER BY version LIMIT 10000",
		    &schema_step_shape, out, NO_ARGS));
	return NULL;
}

struct err *store_schema_add(struct db *db, const struct schema_step *s)
{
	TRY(db_run(db, "INSERT INTO as_schema (version, name, checksum, applied_at,"
		       " ms) VALUES (?, ?, ?, NOW(6), ?)", NULL,
		   ARGS(s->version, s->name, s->checksum, s->ms)));
	return NULL;
}

struct reached {
	int version;
};
static const struct field reached_fields[] = { FIELD(reached, version) };
static const struct shape reached_shape = SHAPE(reached, reached_fields);

struct err *store_schema_check(struct db *db)
{
	struct reached r = { .version = -1 };
	struct err *e = db_row(db, "SELECT COALESCE(MAX(version), -1) AS version"
				   " FROM as_schema", &reached_shape, &r, NO_ARGS);

	if (e && db_errno(db) != NO_SUCH_TABLE)
		return err_passed(e, __func__);
	if (r.version < 0)
		return FAIL(db_arena(db), ERR_UPSTREAM, "the database is not set up"
			    " yet; run: aftersale migrate");
	if (r.version < SCHEMA_VERSION)
		return FAIL(db_arena(db), ERR_UPSTREAM, "the database is at step %d,"
			    " this program needs step %d; run: aftersale migrate",
			    r.version, SCHEMA_VERSION);
	return NULL;
}

/* A connection number means something on its own server only, and only who
 * has the same account is sure to see it in the list. */
#define HERE	"CONCAT(CURRENT_USER(), ' at ', @@hostname)"

struct err *store_schema_lease(struct db *db, bool *held)
{
	int64_t changed;

	TRY(db_run(db, "INSERT IGNORE INTO as_lease (name, holder, link, taken_at)"
		       " VALUES ('migrate', '', 0, NOW(6))", NULL, NO_ARGS));
	TRY(db_run(db, "UPDATE as_lease SET holder = " HERE ","
		       " link = CONNECTION_ID(), taken_at = NOW(6)"
		       " WHERE name = 'migrate' AND (holder = ''"
		       " OR taken_at < NOW(6) - INTERVAL 10 MINUTE"
		       " OR (holder = " HERE " AND link NOT IN (SELECT ID"
		       " FROM information_schema.PROCESSLIST)))",
		   &changed, NO_ARGS));
	*held = changed > 0;
	return NULL;
}

struct err *store_schema_renew(struct db *db)
{
	int64_t changed;

	TRY(db_run(db, "UPDATE as_lease SET taken_at = NOW(6) WHERE name = 'migrate'"
		       " AND holder = " HERE " AND link = CONNECTION_ID()",
		   &changed, NO_ARGS));
	if (!changed)
		return FAIL(db_arena(db), ERR_CONFLICT, "another runner took over,"
			    " since this one was silent for too long");
	return NULL;
}

struct err *store_schema_release(struct db *db)
{
	TRY(db_run(db, "UPDATE as_lease SET holder = '', link = 0"
		       " WHERE name = 'migrate' AND holder = " HERE
		       " AND link = CONNECTION_ID()", NULL, NO_ARGS));
	return NULL;
}

static const struct field lease_fields[] = {
	FIELD(schema_lease, holder),
	FIELD(schema_lease, link),
	FIELD(schema_lease, taken_at),
};
static const struct shape lease_shape = SHAPE(schema_lease, lease_fields);

struct err *store_schema_holder(struct db *db, struct schema_lease *out)
{
	TRY(db_row(db, "SELECT holder, link, taken_at FROM as_lease"
		       " WHERE name = 'migrate'", &lease_shape, out, NO_ARGS));
	return NULL;
}
