/*
 * shop - a shop's customers and orders, read through nine views.
 *
 * The views as_shop_* are made by `aftersale shop apply` (sql/shops) in the
 * database a [shop.<id>] section names; their columns are a contract. Some
 * shops have whole numbers as keys, some sixteen bytes; some store the web
 * server's time, some text already written for HTML. A shop_source knows, so
 * that its callers see every shop alike: keys as text (bytes as lower-case
 * hex), times as "2026-01-31 12:00:00" in UTC, text as people typed it,
 * amounts as decimal text in the order's own currency.
 *
 * Each statement ends after two seconds. A shop that cannot be read, whatever
 * the reason, is ERR_UPSTREAM and must never stop a page of ours; what is not
 * there is ERR_NOT_FOUND. A whole order takes seven statements.
 *
 * Nothing here decides who may see an order: store_shop_order() and
 * store_shop_find() find anybody's. What was found by address has been
 * compared byte for byte, whatever the shop's collation calls equal.
 */
#ifndef STORE_SHOP_H
#define STORE_SHOP_H

#include "base/err.h"
#include "base/shape.h"

struct db;

enum shop_key { SHOP_KEY_INT, SHOP_KEY_BIN16, SHOP_KEY_TEXT };
enum shop_time { SHOP_TIME_UTC, SHOP_TIME_LOCAL };
enum shop_text { SHOP_TEXT_PLAIN, SHOP_TEXT_HTML };

extern const char *const shop_key_codes[];	/* "int", "bin16", "text", NULL */
extern const char *const shop_time_codes[];	/* "utc", "local", NULL */
extern const char *const shop_text_codes[];	/* "plain", "html", NULL */
extern const char *const shop_group_codes[];	/* "new", …, "other", NULL */

/* How a shop's views are to be read, and what they were made from. */
struct shop_meta {
	const char *map;		/* "opencart": sql/shops/opencart.sql */
	enum shop_key key;
	enum shop_time time;
	enum shop_text text;
	bool no_is_key;			/* the number people see is the key */
	const char *db, *prefix;	/* where the shop's own tables are */
	const char *security;		/* "DEFINER" or "INVOKER" */
	const char *lang_id;		/* of statuses, where orders carry none */
};

/* The row of as_shop, in our own database. ERR_NOT_FOUND: never applied. */
struct err *store_shop_meta(struct db *ours, const char *id,
			    struct shop_meta *out) MUST_CHECK;
struct err *store_shop_set_meta(struct db *ours, const char *id,
				const struct shop_meta *meta) MUST_CHECK;

/* A shop, as the functions below want it. */
struct shop_source {
	struct db *db;			/* entered; where the views are */
	struct shop_meta meta;
	const char *zone;		/* "Europe/Berlin", for SHOP_TIME_LOCAL */
	bool utf8_in_latin1;		/* [shop.*] charset_fix = latin1-utf8 */
};

struct shop_customer {
	const char *customer_key;
	const char *email, *first_name, *last_name, *phone, *company;
	const char *lang;		/* as the shop writes it: "de-de", "de_DE" */
	bool is_active, is_guest;
	const char *created_at;
	const char *store_key;
};

struct shop_order {
	const char *order_key;
	const char *order_no;		/* shown to people; not always unique */
	const char *customer_key;	/* NULL: ordered without an account */
	const char *email, *customer_name, *phone;
	const char *placed_at, *updated_at;
	const char *status_key, *status_name;
	const char *status_group;	/* one of shop_group_codes */
	const char *currency, *total;
	const char *lang, *store_key;
};

struct shop_line {
	const char *order_key, *line_key;
	int64_t line_no;		/* their order */
	const char *product_key;
	const char *name, *sku;
	const char *qty, *unit_price, *line_total;
	const char *options;		/* "Size: M, Colour: red"; NULL: none */
};

struct shop_address {
	const char *order_key;
	const char *kind;		/* "billing" or "shipping"; once each */
	const char *name, *company, *line1, *line2, *city, *region;
	const char *postcode, *country, *phone;
};

struct shop_shipment {
	const char *order_key, *shipment_key;
	const char *shipped_at;
	const char *carrier, *tracking_no;
	const char *tracking_url;	/* as the shop says: check before linking */
};

struct shop_refund {
	const char *order_key, *refund_key;
	const char *refunded_at, *amount, *currency, *reason;
};

struct shop_event {
	const char *order_key, *event_key;
	const char *at, *status_name, *note;
	bool is_public;			/* false: for staff only */
};

extern const struct shape shop_customer_shape, shop_order_shape,
	shop_line_shape, shop_address_shape, shop_shipment_shape,
	shop_refund_shape, shop_event_shape;

/* Where a page of orders ends. Times are the shop's own, to its own precision. */
struct shop_cursor {
	const char *placed_at;		/* NULL: from the newest on */
	const char *order_key;
};

enum { SHOP_ORDERS_MOST = 25 };		/* a page has no more */

struct shop_orders {
	struct rows rows;		/* struct shop_order, newest first */
	bool more;
	struct shop_cursor next;	/* of the last one, for the page after it */
};

/* Orders of an account; none for a key that means "guest" (NULL, "", "0"). */
struct err *store_shop_orders_of(const struct shop_source *s,
				 const char *customer_key,
				 struct shop_cursor before, int limit,
				 struct shop_orders *out) MUST_CHECK;

/* Orders placed with a proven address, with or without an account. */
struct err *store_shop_orders_of_email(const struct shop_source *s,
				       const char *email,
				       struct shop_cursor before, int limit,
				       struct shop_orders *out) MUST_CHECK;

/* Those of these n keys that exist, in the order of the keys. */
struct err *store_shop_orders_by_keys(const struct shop_source *s,
				      const char *const *keys, size_t n,
				      struct rows *out) MUST_CHECK;

/* By the number people see: none, one or several, at most ten. */
struct err *store_shop_find(const struct shop_source *s, const char *order_no,
			    struct rows *out) MUST_CHECK;

/* The latest by key, to show an administrator that the views work. */
struct err *store_shop_samples(const struct shop_source *s,
			       struct rows *out) MUST_CHECK;

/* One order and what belongs to it. ERR_NOT_FOUND, or no rows. */
struct err *store_shop_order(const struct shop_source *s, const char *key,
			     struct shop_order *out) MUST_CHECK;
struct err *store_shop_lines(const struct shop_source *s, const char *key,
			     struct rows *out) MUST_CHECK;
/* The lines of up to SHOP_KEYS_MOST orders, 200 at most, without options. */
enum { SHOP_KEYS_MOST = 10 };
struct err *store_shop_lines_by_keys(const struct shop_source *s,
				     const char *const *keys, size_t n,
				     struct rows *out) MUST_CHECK;
struct err *store_shop_addresses(const struct shop_source *s, const char *key,
				 struct rows *out) MUST_CHECK;
struct err *store_shop_shipments(const struct shop_source *s, const char *key,
				 struct rows *out) MUST_CHECK;
struct err *store_shop_refunds(const struct shop_source *s, const char *key,
			       struct rows *out) MUST_CHECK;
/* Newest first. Whoever shows them to a customer leaves out !is_public. */
struct err *store_shop_events(const struct shop_source *s, const char *key,
			      struct rows *out) MUST_CHECK;

struct err *store_shop_customer(const struct shop_source *s, const char *key,
				struct shop_customer *out) MUST_CHECK;
/* Accounts and guests with this address, at most ten. */
struct err *store_shop_customers_of_email(const struct shop_source *s,
					  const char *email,
					  struct rows *out) MUST_CHECK;

/* For `aftersale shop`: the nine views, NULL at the end. */
extern const char *const shop_views[];

/* Are all columns of view number i there, and may they be read? The server's
 * own number for what is wrong is db_errno(). */
struct err *store_shop_probe(struct db *db, int i) MUST_CHECK;

/* The database this connection is in. */
struct err *store_shop_database(struct db *db, const char **out) MUST_CHECK;

/* Is there such a table? Does an index begin with that column? */
struct err *store_shop_has_table(struct db *db, const char *schema,
				 const char *table, bool *has) MUST_CHECK;
struct err *store_shop_has_index(struct db *db, const char *schema,
				 const char *table, const char *column,
				 bool *has) MUST_CHECK;

#endif
