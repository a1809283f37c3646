/*
 * schema - rows of as_schema and as_lease (sql/00-schema.sql): which steps
 * this database has walked, and who is walking now.
 *
 * Row 0 says that the schema is complete: a new installation gets it last,
 * with a row for each step whose change it began with.
 */
#ifndef STORE_SCHEMA_H
#define STORE_SCHEMA_H

#include <stdbool.h>

#include "base/err.h"
#include "base/shape.h"

struct db;

/* The step our statements need: the highest number in sql/step (a lint). */
enum { SCHEMA_VERSION = 0 };

struct schema_step {
	int version;
	const char *name;
	struct bytes checksum;		/* SHA-256 of the file */
	const char *applied_at;
	int ms;
};
extern const struct shape schema_step_shape;

/* What lies in the database, without touching it: is as_schema there, and
 * how many tables of ours beside those of sql/00-schema.sql? */
struct schema_found {
	bool schema;
	int64_t tables;
};
struct err *store_schema_look(struct db *db, struct schema_found *out) MUST_CHECK;

/* All of them, by version; at most 10,000. */
struct err *store_schema_list(struct db *db, struct rows *out) MUST_CHECK;
struct err *store_schema_add(struct db *db, const struct schema_step *s) MUST_CHECK;

/* ERR_UPSTREAM when the schema is older than SCHEMA_VERSION, or is not there:
 * this program has to wait until it was migrated. */
struct err *store_schema_check(struct db *db) MUST_CHECK;

/* *held: ours, or taken over from somebody whose connection is gone or who
 * did not renew it for ten minutes. */
struct err *store_schema_lease(struct db *db, bool *held) MUST_CHECK;
/* Still ours? ERR_CONFLICT when it was taken over. */
struct err *store_schema_renew(struct db *db) MUST_CHECK;
struct err *store_schema_release(struct db *db) MUST_CHECK;

/* Who has it, since when. */
struct schema_lease {
	const char *holder;		/* "owner@localhost at db1" */
	int64_t link;
	const char *taken_at;
};
struct err *store_schema_holder(struct db *db, struct schema_lease *out) MUST_CHECK;

#endif
