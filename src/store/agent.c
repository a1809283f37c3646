#include "port/db.h"
#include "store/agent.h"

const char *const notify_codes[] = {
	[NOTIFY_ALL]  = "all",
	[NOTIFY_MINE] = "mine",
	[NOTIFY_NONE] = "none",
	NULL
};

static const struct field agent_fields[] = {
	FIELD(agent, id),
	FIELD(agent, role_id),
	FIELD(agent, email),
	FIELD(agent, name),
	FIELD(agent, lang),
	FIELD(agent, zone),
	FIELD_ENUM(agent, notify, notify_codes),
	FIELD(agent, signature),
	FIELD(agent, active),
	FIELD(agent, version),
	FIELD(agent, role),
	FIELD(agent, role_name),
	FIELD(agent, has_password),
	FIELD(agent, password),
	FIELD(agent, created_at),
	FIELD(agent, seen_at),
};
const struct shape agent_shape = SHAPE(agent, agent_fields);

static const struct field role_fields[] = {
	FIELD(role, id),
	FIELD(role, code),
	FIELD(role, name),
	FIELD(role, rights),
};
const struct shape role_shape = SHAPE(role, role_fields);

#define SELECT_AGENT							\
	"SELECT a.id, a.role_id, a.email, a.name, a.lang, a.zone, a.notify," \
	" a.signature, a.active, a.version, r.code AS role, r.name AS role_name,"	\
	" a.created_at, a.seen_at, EXISTS (SELECT 1 FROM as_agent_secret s" \
	" WHERE s.agent_id = a.id AND s.password IS NOT NULL)"		\
	" AS has_password FROM as_agent a"				\
	" JOIN as_role r ON r.id = a.role_id"

struct err *store_agent_list(struct db *db, struct rows *out)
{
	TRY(db_rows(db, SELECT_AGENT " ORDER BY a.active DESC, a.name, a.id LIMIT 500",
		    &agent_shape, out, NO_ARGS));
	return NULL;
}

struct err *store_agent_find(struct db *db, int64_t id, struct agent *out)
{
	TRY(db_row(db, SELECT_AGENT " WHERE a.id = ?", &agent_shape, out, ARGS(id)));
	return NULL;
}

struct err *store_agent_of(struct db *db, const char *email, struct agent *out,
			   bool *found)
{
	TRY(db_find(db, SELECT_AGENT " WHERE a.email = ?", &agent_shape, out,
		    found, ARGS(email)));
	return NULL;
}

struct err *store_agent_secret(struct db *db, const char *email,
			       struct agent *out, bool *found)
{
	TRY(db_find(db, "SELECT a.id, a.role_id, a.email, a.name, s.password"
			" FROM as_agent a LEFT JOIN as_agent_secret s"
			" ON s.agent_id = a.id WHERE a.email = ? AND a.active",
		    &agent_shape, out, found, ARGS(email)));
	return NULL;
}

struct err *store_agent_add(struct db *db, struct agent *a)
{
	TRY(db_add(db, "INSERT INTO as_agent (email, name, role_id, lang, zone,"
		       " notify, created_at) VALUES (?, ?, ?, ?, ?, ?, NOW(6))",
		   &a->id, ARGS(a->email, a->name, a->role_id, a->lang, a->zone,
				notify_codes[a->notify])));
	return NULL;
}

struct err *store_agent_set(struct db *db, const struct agent *a)
{
	int64_t changed;

	TRY(db_run(db, "UPDATE as_agent SET email = ?, name = ?, role_id = ?,"
		       " lang = ?, zone = ?, notify = ?, active = ?,"
		       " version = version + 1 WHERE id = ? AND version = ?",
		   &changed,
		   ARGS(a->email, a->name, a->role_id, a->lang, a->zone,
			notify_codes[a->notify], a->active, a->id, a->version)));
	if (!changed)
		return FAIL(db_arena(db), ERR_CONFLICT, "agent %lld is past version %d",
			    (long long) a->id, a->version);
	return NULL;
}

struct err *store_agent_set_profile(struct db *db, const struct agent *a)
{
	TRY(db_run(db, "UPDATE as_agent SET name = ?, lang = ?, zone = ?, notify = ?,"
		       " signature = NULLIF(?, ''), version = version + 1 WHERE id = ?",
		   NULL, ARGS(a->name, a->lang, a->zone, notify_codes[a->notify],
			      a->signature, a->id)));
	return NULL;
}

struct err *store_agent_set_password(struct db *db, int64_t id,
				     const char *hash)
{
	TRY(db_run(db, "INSERT INTO as_agent_secret (agent_id, password, changed_at)"
		       " VALUES (?, ?, NOW(6)) ON DUPLICATE KEY UPDATE"
		       " password = VALUES(password), changed_at = NOW(6)",
		   NULL, ARGS(id, hash)));
	return NULL;
}

struct keepers {
	int64_t n;
};
static const struct field keepers_fields[] = { FIELD(keepers, n) };
static const struct shape keepers_shape = SHAPE(keepers, keepers_fields);

struct err *store_agent_keepers(struct db *db, int64_t *out)
{
	struct keepers k;

	TRY(db_row(db, "SELECT COUNT(*) AS n FROM (SELECT a.id FROM as_agent a"
		       " JOIN as_role_right x ON x.role_id = a.role_id"
		       " AND x.verb = 'staff' WHERE a.active LIMIT 500"
		       " FOR UPDATE) AS keepers", &keepers_shape, &k, NO_ARGS));
	*out = k.n;
	return NULL;
}

struct err *store_role_list(struct db *db, struct rows *out)
{
	TRY(db_rows(db, "SELECT r.id, r.code, r.name, (SELECT GROUP_CONCAT(x.verb,"
			" ':', x.scope SEPARATOR ' ') FROM as_role_right x"
			" WHERE x.role_id = r.id) AS rights FROM as_role r"
			" ORDER BY r.id LIMIT 50", &role_shape, out, NO_ARGS));
	return NULL;
}

struct err *store_role_put(struct db *db, const char *code, const char *name,
			   int64_t *id)
{
	TRY(db_add(db, "INSERT INTO as_role (code, name) VALUES (?, ?)"
		       " ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id),"
		       " name = VALUES(name)", id, ARGS(code, name)));
	return NULL;
}

struct err *store_role_put_right(struct db *db, int64_t role_id, const char *verb,
				 const char *scope)
{
	TRY(db_run(db, "INSERT INTO as_role_right (role_id, verb, scope)"
		       " VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE"
		       " scope = VALUES(scope)", NULL, ARGS(role_id, verb, scope)));
	return NULL;
}

struct err *store_agent_add_token(struct db *db, struct bytes hash,
				  int64_t agent_id, enum token_purpose purpose)
{
	bool invite = purpose == TOKEN_INVITE;

	TRY(db_run(db, "INSERT INTO as_agent_token (hash, agent_id, purpose,"
		       " created_at, expires_at) VALUES (?, ?, ?, NOW(6),"
		       " NOW(6) + INTERVAL IF(?, 4320, 30) MINUTE)",
		   NULL, ARGS(hash, agent_id, invite ? "invite" : "reset", invite)));
	return NULL;
}

struct err *store_agent_find_token(struct db *db, struct bytes hash,
				   struct agent *out, bool *found)
{
	TRY(db_find(db, "SELECT a.id, a.role_id, a.email, a.name FROM"
			" as_agent_token k JOIN as_agent a ON a.id = k.agent_id"
			" WHERE k.hash = ? AND k.expires_at > NOW(6) AND a.active",
		    &agent_shape, out, found, ARGS(hash)));
	return NULL;
}

struct err *store_agent_use_token(struct db *db, struct bytes hash,
				  int64_t *agent_id)
{
	struct agent a = { 0 };
	bool found;

	TRY(db_find(db, "DELETE FROM as_agent_token WHERE hash = ?"
			" AND expires_at > NOW(6) RETURNING agent_id AS id",
		    &agent_shape, &a, &found, ARGS(hash)));
	*agent_id = found ? a.id : 0;
	return NULL;
}

struct err *store_agent_drop_tokens(struct db *db, int64_t agent_id)
{
	TRY(db_run(db, "DELETE FROM as_agent_token WHERE agent_id = ?",
		   NULL, ARGS(agent_id)));
	return NULL;
}
