/*
 * shop_ask - how the rooms behind store/shop.h ask the nine views of a shop.
 *
 * Each shape begins with the key its rows are found by. The columns are
 * written once: K wraps those that hold a key, because the sixteen bytes of a
 * BINARY(16) come back as hex. Only the list of columns is wrapped; a WHERE
 * never is, or no index would be used.
 */
#ifndef SHOP_ASK_H
#define SHOP_ASK_H

#include "port/db.h"
#include "store/shop.h"

#define RAW(column)	column
#define HEX(column)	"LOWER(HEX(" column ")) AS " column

/* A line of the index; placed_at stays as the shop wrote it. */
struct shop_index {
	const char *order_key, *customer_key, *email, *placed_at;
};

struct shop_option {
	const char *order_key, *line_key, *name, *value;
};

extern const struct shape shop_index_shape, shop_option_shape;

#define CUSTOMER(K)							\
	K("customer_key") ", email, first_name, last_name, phone,"	\
	" company, lang, is_active, is_guest, created_at, " K("store_key") \
	" FROM as_shop_customer"

#define INDEX(K)							\
	K("order_key") ", " K("customer_key") ", email, placed_at"	\
	" FROM as_shop_order_index"

#define ORDER(K)							\
	K("order_key") ", order_no, " K("customer_key") ", email,"	\
	" customer_name, phone, placed_at, updated_at, status_key,"	\
	" status_name, status_group, currency, total, lang, "		\
	K("store_key") " FROM as_shop_order"

#define LINE(K)								\
	K("order_key") ", " K("line_key") ", line_no, " K("product_key") \
	", name, sku, qty, unit_price, line_total FROM as_shop_order_line"

#define OPTION(K)							\
	K("order_key") ", " K("line_key") ", name, value"		\
	" FROM as_shop_order_line_option"

#define ADDRESS(K)							\
	K("order_key") ", kind, name, company, line1, line2, city, region," \
	" postcode, country, phone FROM as_shop_order_address"

#define SHIPMENT(K)							\
	K("order_key") ", " K("shipment_key") ", shipped_at, carrier,"	\
	" tracking_no, tracking_url FROM as_shop_shipment"

#define REFUND(K)							\
	K("order_key") ", " K("refund_key") ", refunded_at, amount,"	\
	" currency, reason FROM as_shop_refund"

#define EVENT(K)							\
	K("order_key") ", " K("event_key") ", at, status_name, note,"	\
	" is_public FROM as_shop_order_event"

#define SELECT(q, s, COLUMNS) do {					\
	sql_init((q), db_arena((s)->db));				\
	if ((s)->meta.key == SHOP_KEY_BIN16)				\
		sql_add((q), "SELECT " COLUMNS(HEX), NO_ARGS);		\
	else								\
		sql_add((q), "SELECT " COLUMNS(RAW), NO_ARGS);		\
} while (0)

#define FIVE_MARKS	"?, ?, ?, ?, ?"

/* Rows as we write them: texts decoded, times in UTC. A failure of the server
 * is ERR_UPSTREAM: the shop cannot be read. */
struct err *shop_ask(const struct shop_source *s, const struct sql *q,
		     const struct shape *shape, struct rows *out) MUST_CHECK;
/* The same, of one key: rows that only look like it are not kept. */
struct err *shop_ask_of(const struct shop_source *s, const struct sql *q,
			const char *key, const struct shape *shape,
			struct rows *out) MUST_CHECK;
/* Rows as the shop writes them. */
struct err *shop_ask_raw(const struct shop_source *s, const struct sql *q,
			 const struct shape *shape, struct rows *out) MUST_CHECK;
/* One of its texts as we write it. */
const char *shop_plain_text(const struct shop_source *s, const char *text);

/* The key as the shop stores it. What cannot be one of its keys becomes NULL,
 * and nothing equals NULL: it finds no row. */
struct arg shop_key_arg(const struct shop_source *s, const char *key);
/* Byte for byte: a collation calls more keys equal than there are. */
bool shop_same_key(const struct shop_source *s, const char *one,
		   const char *other);

#endif
