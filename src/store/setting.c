#include "port/db.h"
#include "store/setting.h"

static const struct field setting_row_fields[] = {
	FIELD(setting_row, name),
	FIELD(setting_row, value),
};
const struct shape setting_row_shape = SHAPE(setting_row, setting_row_fields);

struct err *store_setting_all(struct db *db, int shop, struct rows *out)
{
	TRY(db_rows(db, "SELECT name, value FROM as_setting WHERE shop_id = ?"
			" LIMIT 500", &setting_row_shape, out, ARGS(shop)));
	return NULL;
}

struct err *store_setting_put(struct db *db, int shop, const char *name,
			      const char *value)
{
	TRY(db_run(db, "INSERT INTO as_setting (shop_id, name, value)"
		       " VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE"
		       " value = VALUES(value)", NULL, ARGS(shop, name, value)));
	return NULL;
}

struct revision {
	int64_t value;
};
static const struct field revision_fields[] = { FIELD(revision, value) };
static const struct shape revision_shape = SHAPE(revision, revision_fields);

struct err *store_setting_revision(struct db *db, int shop, int64_t *out)
{
	struct revision r = { 0 };

	TRY(db_row(db, "SELECT COALESCE(MAX(CAST(value AS SIGNED)), 0) AS value"
		       " FROM as_setting WHERE shop_id = ? AND name = 'revision'",
		   &revision_shape, &r, ARGS(shop)));
	*out = r.value;
	return NULL;
}

struct err *store_setting_revise(struct db *db, int shop)
{
	TRY(db_run(db, "INSERT INTO as_setting (shop_id, name, value)"
		       " VALUES (?, 'revision', '1') ON DUPLICATE KEY UPDATE"
		       " value = CAST(value AS SIGNED) + 1", NULL, ARGS(shop)));
	return NULL;
}

struct err *store_setting_claim(struct db *db, int shop, int64_t revision)
{
	int64_t changed;

	TRY(db_run(db, "UPDATE as_setting SET value = ? + 1 WHERE shop_id = ?"
		       " AND name = 'revision' AND value = ?",
		   &changed, ARGS(revision, shop, revision)));
	if (!changed)
		return FAIL(db_arena(db), ERR_CONFLICT, "settings are past revision %lld",
			    (long long) revision);
	return NULL;
}

static const struct field audit_row_fields[] = {
	FIELD(audit_row, id),
	FIELD(audit_row, at),
	FIELD(audit_row, agent_name),
	FIELD(audit_row, what),
	FIELD(audit_row, old_value),
	FIELD(audit_row, new_value),
};
const struct shape audit_row_shape = SHAPE(audit_row, audit_row_fields);

struct err *store_setting_audit(struct db *db, const struct actor *who,
				const char *what, const char *old_value,
				const char *new_value)
{
	TRY(db_run(db, "INSERT INTO as_audit (shop_id, at, agent_id, what, old_value,"
		       " new_value) VALUES (?, NOW(6), NULLIF(?, 0), ?,"
		       " LEFT(?, 2000), LEFT(?, 2000))",
		   NULL, ARGS(who->shop, who->id, what, old_value, new_value)));
	return NULL;
}

struct err *store_setting_audit_list(struct db *db, const struct actor *who,
				     int64_t before, struct rows *out)
{
	TRY(db_rows(db, "SELECT u.id, u.at, a.name AS agent_name, u.what,"
			" u.old_value, u.new_value FROM as_audit u"
			" LEFT JOIN as_agent a ON a.id = u.agent_id"
			" WHERE u.shop_id = ? AND (? = 0 OR u.id < ?)"
			" ORDER BY u.id DESC LIMIT 51",
		    &audit_row_shape, out, ARGS(who->shop, before, before)));
	return NULL;
}

struct secret_row {
	struct bytes value;
};
static const struct field secret_row_fields[] = { FIELD(secret_row, value) };
static const struct shape secret_row_shape = SHAPE(secret_row, secret_row_fields);

struct err *store_setting_secret(struct db *db, const char *name,
				 struct bytes *out)
{
	struct secret_row row;

	TRY(db_row(db, "SELECT value FROM as_secret WHERE name = ?",
		   &secret_row_shape, &row, ARGS(name)));
	*out = row.value;
	return NULL;
}

struct err *store_setting_add_secret(struct db *db, const char *name,
				     struct bytes value)
{
	TRY(db_run(db, "INSERT IGNORE INTO as_secret (name, value, created_at)"
		       " VALUES (?, ?, NOW(6))", NULL, ARGS(name, value)));
	return NULL;
}
