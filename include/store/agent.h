/*
 * agent - rows of as_agent, as_role and their secrets: who answers.
 */
#ifndef STORE_AGENT_H
#define STORE_AGENT_H

#include "base/err.h"
#include "base/shape.h"
#include "store/actor.h"

struct db;

enum notify { NOTIFY_ALL, NOTIFY_MINE, NOTIFY_NONE };
extern const char *const notify_codes[];

struct agent {
	int64_t id, role_id;
	const char *email, *name, *lang, *zone;
	enum notify notify;
	const char *signature;		/* plain text; NULL: none */
	bool active;
	int version;
	const char *role, *role_name;	/* joined */
	bool has_password;		/* false: invited, and nothing chosen yet */
	const char *password;		/* Argon2id; read by store_agent_secret alone */
	const char *created_at, *seen_at;
};
extern const struct shape agent_shape;

struct role {
	int64_t id;
	const char *code, *name, *rights;	/* "read:all …" */
};
extern const struct shape role_shape;

/* Everybody, active ones first, by name; at most 500. */
struct err *store_agent_list(struct db *db, struct rows *out) MUST_CHECK;
struct err *store_agent_find(struct db *db, int64_t id, struct agent *out) MUST_CHECK;
/* By address, whether active or not. */
struct err *store_agent_of(struct db *db, const char *email, struct agent *out,
			   bool *found) MUST_CHECK;
/* With the password; found = false: no active agent has this address. */
struct err *store_agent_secret(struct db *db, const char *email,
			       struct agent *out, bool *found) MUST_CHECK;

/* Sets a->id. ERR_CONFLICT: the address is taken. */
struct err *store_agent_add(struct db *db, struct agent *a) MUST_CHECK;
/* Name, address, role, notify, active, language, zone; ERR_CONFLICT when the
 * row is past a->version or the address is taken. */
struct err *store_agent_set(struct db *db, const struct agent *a) MUST_CHECK;
struct err *store_agent_set_password(struct db *db, int64_t id,
				     const char *hash) MUST_CHECK;
/* What they say about themselves: name, language, zone, notify, signature. */
struct err *store_agent_set_profile(struct db *db, const struct agent *a) MUST_CHECK;
/* Active agents with the right to manage staff: never let the last one go. */
struct err *store_agent_keepers(struct db *db, int64_t *out) MUST_CHECK;

struct err *store_role_list(struct db *db, struct rows *out) MUST_CHECK;
struct err *store_role_put(struct db *db, const char *code, const char *name,
			   int64_t *id) MUST_CHECK;
struct err *store_role_put_right(struct db *db, int64_t role_id, const char *verb,
				 const char *scope) MUST_CHECK;

/* Invitations (72 h) and resets (30 min). */
enum token_purpose { TOKEN_INVITE, TOKEN_RESET };
struct err *store_agent_add_token(struct db *db, struct bytes hash,
				  int64_t agent_id, enum token_purpose purpose) MUST_CHECK;
struct err *store_agent_find_token(struct db *db, struct bytes hash,
				   struct agent *out, bool *found) MUST_CHECK;
/* Uses it up: of two at once, one finds it. *agent_id 0: it does not open. */
struct err *store_agent_use_token(struct db *db, struct bytes hash,
				  int64_t *agent_id) MUST_CHECK;
struct err *store_agent_drop_tokens(struct db *db, int64_t agent_id) MUST_CHECK;

#endif
