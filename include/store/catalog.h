/*
 * catalog - rows of as_type, as_status, as_priority, as_label, as_transition
 * and as_image (sql/20-catalog.sql): the owner's lists.
 *
 * Three kinds of entry share one struct; what a kind does not have stays
 * zero. Read whole (they are short: at most CATALOG_MOST of a kind) and kept
 * by desk/catalog until the revision grows.
 */
#ifndef STORE_CATALOG_H
#define STORE_CATALOG_H

#include "base/err.h"
#include "base/shape.h"

struct db;

enum entry_kind { ENTRY_TYPE, ENTRY_STATUS, ENTRY_PRIORITY, ENTRY_KINDS };
extern const char *const entry_kind_codes[];	/* "type", "status", "priority" */

enum category { CATEGORY_NEW, CATEGORY_OPEN, CATEGORY_WAITING_CUSTOMER,
		CATEGORY_WAITING_OTHER, CATEGORY_SOLVED, CATEGORY_CLOSED,
		CATEGORY_SPAM, CATEGORIES };
extern const char *const category_codes[];

enum { CATALOG_MOST = 60 };

struct entry {
	int64_t id;
	const char *code;		/* unique within the kind, never shown */
	int place;			/* lists are sorted by it, 1 first */
	const char *colour, *image;
	bool is_default, archived;
	/* types */
	bool needs_order;
	/* priorities */
	bool for_customer;
	/* statuses */
	enum category category;
	bool active, needs_agent, customer_may_enter, customer_may_reply;
	bool offer_rating, final;
	int64_t shown_as;		/* of an archived one; 0: itself */
	const char *turn;		/* what its tickets' rows say; NULL: see desk/turn.h */
};
extern const struct shape entry_shape;

struct label {
	enum entry_kind kind;
	int64_t row_id;
	const char *lang, *name, *customer_name, *hint;
};
extern const struct shape label_shape;

struct transition {
	const char *preset, *event, *outcome;
	int64_t status_id;
};
extern const struct shape transition_shape;

/* Everything, archived entries too; by place. */
struct err *store_catalog_entries(struct db *db, int shop, enum entry_kind kind,
				  struct rows *out) MUST_CHECK;
struct err *store_catalog_labels(struct db *db, int shop, struct rows *out) MUST_CHECK;
struct err *store_catalog_transitions(struct db *db, int shop,
				      struct rows *out) MUST_CHECK;

/* Sets e->id. ERR_CONFLICT: the code exists. */
struct err *store_catalog_add(struct db *db, int shop, enum entry_kind kind,
			      struct entry *e) MUST_CHECK;
/* All columns but the code. ERR_NOT_FOUND. */
struct err *store_catalog_set(struct db *db, int shop, enum entry_kind kind,
			      const struct entry *e) MUST_CHECK;
struct err *store_catalog_set_place(struct db *db, int shop, enum entry_kind kind,
				    int64_t id, int place) MUST_CHECK;
/* This one is the default, the others are not. */
struct err *store_catalog_set_default(struct db *db, int shop,
				      enum entry_kind kind, int64_t id) MUST_CHECK;
/* An entry that no ticket and no message uses; used = true: left alone. */
struct err *store_catalog_drop(struct db *db, int shop, enum entry_kind kind,
			       int64_t id, bool *used) MUST_CHECK;
/* How many tickets have it, at most 1,000 each; rows of struct use. */
struct use {
	int64_t id, n;
};
extern const struct shape use_shape;
struct err *store_catalog_uses(struct db *db, int shop, enum entry_kind kind,
			       const struct rows *entries, struct rows *out) MUST_CHECK;

struct err *store_catalog_put_label(struct db *db, const struct label *l) MUST_CHECK;
/* The names of one language. */
struct err *store_catalog_drop_label(struct db *db, const struct label *l) MUST_CHECK;
struct err *store_catalog_put_transition(struct db *db, int shop,
					 const struct transition *t) MUST_CHECK;

/* Uploaded pictures. */
struct image {
	const char *type;
	struct bytes content;
};
struct err *store_catalog_put_image(struct db *db, struct bytes sha256,
				    const struct image *image) MUST_CHECK;
struct err *store_catalog_find_image(struct db *db, struct bytes sha256,
				     struct image *out) MUST_CHECK;

#endif
