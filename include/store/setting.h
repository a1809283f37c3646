/*
 * setting - rows of as_setting and as_audit: what the owner decided.
 *
 * Every writer of settings, catalogue, transitions, agents or roles also
 * calls store_setting_revise() in its transaction; see sql/50-setting.sql.
 */
#ifndef STORE_SETTING_H
#define STORE_SETTING_H

#include "base/err.h"
#include "base/shape.h"
#include "store/actor.h"

struct db;

struct setting_row {
	const char *name;
	const char *value;
};
extern const struct shape setting_row_shape;

/* All of them, at most 500. */
struct err *store_setting_all(struct db *db, int shop, struct rows *out) MUST_CHECK;
struct err *store_setting_put(struct db *db, int shop, const char *name,
			      const char *value) MUST_CHECK;
/* 0: nothing was ever changed. */
struct err *store_setting_revision(struct db *db, int shop, int64_t *out) MUST_CHECK;
struct err *store_setting_revise(struct db *db, int shop) MUST_CHECK;
/* The same, if nothing changed since that revision: whoever looked at a
 * catalogue of it still sees the truth, and other writers wait. ERR_CONFLICT. */
struct err *store_setting_claim(struct db *db, int shop, int64_t revision) MUST_CHECK;

struct audit_row {
	int64_t id;
	const char *at, *agent_name, *what, *old_value, *new_value;
};
extern const struct shape audit_row_shape;
/* One line of who changed what; texts are cut at 2,000 characters. */
struct err *store_setting_audit(struct db *db, const struct actor *who,
				const char *what, const char *old_value,
				const char *new_value) MUST_CHECK;
/* Newest first, at most 51 behind `before` (0: the newest). */
struct err *store_setting_audit_list(struct db *db, const struct actor *who,
				     int64_t before, struct rows *out) MUST_CHECK;

/* A secret of the installation, made by `aftersale migrate`: "form", "mail". */
struct err *store_setting_secret(struct db *db, const char *name,
				 struct bytes *out) MUST_CHECK;
struct err *store_setting_add_secret(struct db *db, const char *name,
				     struct bytes value) MUST_CHECK;

#endif
