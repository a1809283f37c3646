#include <strings.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "port/db.h"
#include "store/shop.h"

const char *const shop_key_codes[] = {
	[SHOP_KEY_INT]   = "int",
	[SHOP_KEY_BIN16] = "bin16",
	[SHOP_KEY_TEXT]  = "text",
	NULL
};

const char *const shop_time_codes[] = {
	[SHOP_TIME_UTC]   = "utc",
	[SHOP_TIME_LOCAL] = "local",
	NULL
};

const char *const shop_text_codes[] = {
	[SHOP_TEXT_PLAIN] = "plain",
	[SHOP_TEXT_HTML]  = "html",
	NULL
};

const char *const shop_group_codes[] = {
	"new", "paid", "shipped", "done", "cancelled", "refunded", "failed",
	"other", NULL
};

/*
 * Shapes and columns. Each shape begins with the key its rows are found by.
 * The columns are written once: K wraps those that hold a key, because the
 * sixteen bytes of a BINARY(16) come back as hex. Only the list of columns is
 * wrapped; a WHERE never is, or no index would be used.
 */

#define RAW(column)	column
#define HEX(column)	"LOWER(HEX(" column ")) AS " column

static const struct field customer_fields[] = {
	FIELD(shop_customer, customer_key),
	FIELD(shop_customer, email),
	FIELD(shop_customer, first_name),
	FIELD(shop_customer, last_name),
	FIELD(shop_customer, phone),
	FIELD(shop_customer, company),
	FIELD(shop_customer, lang),
	FIELD(shop_customer, is_active),
	FIELD(shop_customer, is_guest),
	FIELD(shop_customer, created_at),
	FIELD(shop_customer, store_key),
};
const struct shape shop_customer_shape = SHAPE(shop_customer, customer_fields);

#define CUSTOMER(K)							\
	K("customer_key") ", email, first_name, last_name, phone,"	\
	" company, lang, is_active, is_guest, created_at, " K("store_key") \
	" FROM as_shop_customer"

/* A line of the index; placed_at stays as the shop wrote it. */
struct index_row {
	const char *order_key, *customer_key, *email, *placed_at;
};

static const struct field index_fields[] = {
	FIELD(index_row, order_key),
	FIELD(index_row, customer_key),
	FIELD(index_row, email),
	FIELD(index_row, placed_at),
};
static const struct shape index_shape = SHAPE(index_row, index_fields);

#define INDEX(K)							\
	K("order_key") ", " K("customer_key") ", email, placed_at"	\
	" FROM as_shop_order_index"

static const struct field order_fields[] = {
	FIELD(shop_order, order_key),
	FIELD(shop_order, order_no),
	FIELD(shop_order, customer_key),
	FIELD(shop_order, email),
	FIELD(shop_order, customer_name),
	FIELD(shop_order, phone),
	FIELD(shop_order, placed_at),
	FIELD(shop_order, updated_at),
	FIELD(shop_order, status_key),
	FIELD(shop_order, status_name),
	FIELD(shop_order, status_group),
	FIELD(shop_order, currency),
	FIELD(shop_order, total),
	FIELD(shop_order, lang),
	FIELD(shop_order, store_key),
};
const struct shape shop_order_shape = SHAPE(shop_order, order_fields);

#define ORDER(K)							\
	K("order_key") ", order_no, " K("customer_key") ", email,"	\
	" customer_name, phone, placed_at, updated_at, status_key,"	\
	" status_name, status_group, currency, total, lang, "		\
	K("store_key") " FROM as_shop_order"

static const struct field line_fields[] = {
	FIELD(shop_line, order_key),
	FIELD(shop_line, line_key),
	FIELD(shop_line, line_no),
	FIELD(shop_line, product_key),
	FIELD(shop_line, name),
	FIELD(shop_line, sku),
	FIELD(shop_line, qty),
	FIELD(shop_line, unit_price),
	FIELD(shop_line, line_total),
	FIELD(shop_line, options),
};
const struct shape shop_line_shape = SHAPE(shop_line, line_fields);

#define LINE(K)								\
	K("order_key") ", " K("line_key") ", line_no, " K("product_key") \
	", name, sku, qty, unit_price, line_total FROM as_shop_order_line"

struct option {
	const char *order_key, *line_key, *name, *value;
};

static const struct field option_fields[] = {
	FIELD(option, order_key),
	FIELD(option, line_key),
	FIELD(option, name),
	FIELD(option, value),
};
static const struct shape option_shape = SHAPE(option, option_fields);

#define OPTION(K)							\
	K("order_key") ", " K("line_key") ", name, value"		\
	" FROM as_shop_order_line_option"

static const struct field address_fields[] = {
	FIELD(shop_address, order_key),
	FIELD(shop_address, kind),
	FIELD(shop_address, name),
	FIELD(shop_address, company),
	FIELD(shop_address, line1),
	FIELD(shop_address, line2),
	FIELD(shop_address, city),
	FIELD(shop_address, region),
	FIELD(shop_address, postcode),
	FIELD(shop_address, country),
	FIELD(shop_address, phone),
};
const struct shape shop_address_shape = SHAPE(shop_address, address_fields);

#define ADDRESS(K)							\
	K("order_key") ", kind, name, company, line1, line2, city, region," \
	" postcode, country, phone FROM as_shop_order_address"

static const struct field shipment_fields[] = {
	FIELD(shop_shipment, order_key),
	FIELD(shop_shipment, shipment_key),
	FIELD(shop_shipment, shipped_at),
	FIELD(shop_shipment, carrier),
	FIELD(shop_shipment, tracking_no),
	FIELD(shop_shipment, tracking_url),
};
const struct shape shop_shipment_shape = SHAPE(shop_shipment, shipment_fields);

#define SHIPMENT(K)							\
	K("order_key") ", " K("shipment_key") ", shipped_at, carrier,"	\
	" tracking_no, tracking_url FROM as_shop_shipment"

static const struct field refund_fields[] = {
	FIELD(shop_refund, order_key),
	FIELD(shop_refund, refund_key),
	FIELD(shop_refund, refunded_at),
	FIELD(shop_refund, amount),
	FIELD(shop_refund, currency),
	FIELD(shop_refund, reason),
};
const struct shape shop_refund_shape = SHAPE(shop_refund, refund_fields);

#define REFUND(K)							\
	K("order_key") ", " K("refund_key") ", refunded_at, amount,"	\
	" currency, reason FROM as_shop_refund"

static const struct field event_fields[] = {
	FIELD(shop_event, order_key),
	FIELD(shop_event, event_key),
	FIELD(shop_event, at),
	FIELD(shop_event, status_name),
	FIELD(shop_event, note),
	FIELD(shop_event, is_public),
};
const struct shape shop_event_shape = SHAPE(shop_event, event_fields);

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

/* --- from the shop's way of writing to ours ------------------------------- */

/* The entities a shop's escaping function makes; anything else stays. */
static size_t entity(const char *text, char *out)
{
	static const struct { const char *name; char is; } entities[] = {
		{ "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' },
		{ "&quot;", '"' }, { "&#039;", '\'' }, { "&#39;", '\'' },
		{ "&apos;", '\'' },
	};

	for (size_t i = 0; i < sizeof(entities) / sizeof(*entities); i++) {
		size_t n = strlen(entities[i].name);

		if (!strncmp(text, entities[i].name, n)) {
			*out = entities[i].is;
			return n;
		}
	}
	return 0;
}

static const char *decoded(struct arena *a, const char *text)
{
	char *plain = arena_dup(a, text), *to = plain;

	while (*text) {
		size_t n = *text == '&' ? entity(text, to) : 0;

		if (!n) {
			*to = *text;
			n = 1;
		}
		text += n;
		to++;
	}
	*to = '\0';
	return plain;
}

/* The byte that MariaDB's latin1 shows as this character; -1: none does. */
static int latin1_byte(unsigned c)
{
	/* 0x80 to 0x9f are those of Windows; 0 where it has none. */
	static const unsigned windows[32] = {
		0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
		0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,
		0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
		0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
	};

	if (c < 0x80 || (c >= 0xa0 && c <= 0xff))
		return (int) c;
	for (int i = 0; i < 32; i++)
		if (windows[i] ? windows[i] == c : c == 0x80u + (unsigned) i)
			return 0x80 + i;
	return -1;
}

/* The character at *text, which is valid UTF-8; 0 for one beyond latin1's. */
static unsigned next_character(const unsigned char **text)
{
	const unsigned char *t = *text;

	if (t[0] < 0x80) {
		*text += 1;
		return t[0];
	}
	if (t[0] < 0xe0) {
		*text += 2;
		return (t[0] & 0x1fu) << 6 | (t[1] & 0x3fu);
	}
	if (t[0] < 0xf0) {
		*text += 3;
		return (t[0] & 0x0fu) << 12 | (t[1] & 0x3fu) << 6 | (t[2] & 0x3fu);
	}
	*text += 4;
	return 0;
}

/* UTF-8 that was stored as if it were latin1, and so came out encoded twice.
 * What does not become UTF-8 by undoing that was stored rightly. */
static const char *without_latin1(struct arena *a, const char *text)
{
	const unsigned char *at = (const unsigned char *) text;
	char *once = arena_alloc(a, strlen(text) + 1);
	size_t n = 0;

	while (*at) {
		unsigned c = next_character(&at);
		int byte = c ? latin1_byte(c) : -1;

		if (byte < 0)
			return text;
		once[n++] = (char) byte;
	}
	return utf8_valid(once, n) ? once : text;
}

static const char *plain_text(const struct shop_source *s, const char *text)
{
	struct arena *a = db_arena(s->db);

	if (!text)
		return NULL;
	if (!utf8_valid(text, strlen(text)))
		text = utf8_mend(a, text, strlen(text));
	if (s->utf8_in_latin1)
		text = without_latin1(a, text);
	return s->meta.text == SHOP_TEXT_HTML ? decoded(a, text) : text;
}

/* "2026-01-31 12:00:00", or NULL for NULL and for MySQL's day zero. */
static const char *utc_text(const struct shop_source *s, const char *text)
{
	struct arena *a = db_arena(s->db);
	int year, month, day, hour = 0, minute = 0, second = 0;

	if (!text || sscanf(text, "%4d-%2d-%2d %2d:%2d:%2d", &year, &month,
			    &day, &hour, &minute, &second) < 3 ||
	    !year || !month || !day)
		return NULL;
	if (s->meta.time == SHOP_TIME_LOCAL && s->zone) {
		instant t = clock_from_wall(year, month, day, hour, minute,
					    s->zone) + second * SECOND;

		return arena_copy(a, clock_sql(a, t), 19);
	}
	return arena_printf(a, "%04d-%02d-%02d %02d:%02d:%02d",
			    year, month, day, hour, minute, second);
}

static bool is_time(const char *name)
{
	size_t n = strlen(name);

	return !strcmp(name, "at") || (n > 3 && !strcmp(name + n - 3, "_at"));
}

static void settle(const struct shop_source *s, const struct shape *shape,
		   void *row)
{
	for (size_t i = 0; i < shape->n; i++) {
		const struct field *f = &shape->fields[i];
		const char **text = (const char **) ((char *) row + f->offset);

		if (f->kind == KIND_TEXT)
			*text = is_time(f->name) ? utc_text(s, *text)
						 : plain_text(s, *text);
	}
}

/* A key that says "no account". */
static bool is_guest(const char *customer_key)
{
	return !customer_key || !*customer_key || !strcmp(customer_key, "0");
}

static void settle_order(struct shop_order *o)
{
	if (is_guest(o->customer_key))
		o->customer_key = NULL;
	for (size_t i = 0; o->status_group && shop_group_codes[i]; i++)
		if (!strcmp(o->status_group, shop_group_codes[i]))
			return;
	o->status_group = "other";
}

/* --- keys ----------------------------------------------------------------- */

static bool is_digits(const char *key)
{
	size_t n = strspn(key, "0123456789");

	/* One spelling for each number: no zeros in front. 18 fit an int64. */
	return n && !key[n] && n <= 18 && (*key != '0' || n == 1);
}

static bool is_hex16(const char *key)
{
	return strspn(key, "0123456789abcdefABCDEF") == 32 && !key[32];
}

static int nibble(char c)
{
	return c <= '9' ? c - '0' : (c | 32) - 'a' + 10;
}

static struct bytes bytes_of(struct arena *a, const char *hex)
{
	unsigned char *at = arena_alloc(a, 16);

	for (int i = 0; i < 16; i++)
		at[i] = (unsigned char) (nibble(hex[2 * i]) << 4 |
					 nibble(hex[2 * i + 1]));
	return (struct bytes) { at, 16 };
}

/* The key as the shop stores it. What cannot be one of its keys becomes NULL,
 * and nothing equals NULL: it finds no row. */
static struct arg key_arg(const struct shop_source *s, const char *key)
{
	if (!key)
		return arg_null();
	switch (s->meta.key) {
	case SHOP_KEY_INT:
		if (is_digits(key))
			return arg_number(strtoll(key, NULL, 10));
		break;
	case SHOP_KEY_BIN16:
		if (is_hex16(key))
			return arg_bytes(bytes_of(db_arena(s->db), key));
		break;
	case SHOP_KEY_TEXT:
		if (*key && strlen(key) <= 255)
			return arg_text(key);
		break;
	}
	return arg_null();
}

/* Byte for byte: a collation calls more keys equal than there are. */
static bool same_key(const struct shop_source *s, const char *one,
		     const char *other)
{
	if (!one || !other)
		return false;
	return s->meta.key == SHOP_KEY_BIN16 ? !strcasecmp(one, other)
					     : !strcmp(one, other);
}

static const char *key_of(const struct shape *shape, const void *row)
{
	return *(const char *const *) ((const char *) row +
				       shape->fields[0].offset);
}

/* --- asking --------------------------------------------------------------- */

/* Whatever the server says: from up here, the shop cannot be read. */
static struct err *trouble(const struct shop_source *s, struct err *e)
{
	if (e && db_errno(s->db))
		e->kind = ERR_UPSTREAM;
	return e;
}

static struct err *ask(const struct shop_source *s, const struct sql *q,
		       const struct shape *shape, struct rows *out)
{
	TRY(trouble(s, db_rows_of(s->db, q, shape, out)));
	for (size_t i = 0; i < out->n; i++)
		settle(s, shape, (char *) out->at + i * shape->size);
	return NULL;
}

/* The same, of one key: rows that only look like it are not kept. */
static struct err *ask_of(const struct shop_source *s, const struct sql *q,
			  const char *key, const struct shape *shape,
			  struct rows *out)
{
	size_t n = 0;

	TRY(ask(s, q, shape, out));
	for (size_t i = 0; i < out->n; i++) {
		char *row = (char *) out->at + i * shape->size;

		if (same_key(s, key_of(shape, row), key))
			memmove((char *) out->at + n++ * shape->size, row,
				shape->size);
	}
	out->n = n;
	return NULL;
}

/* --- orders --------------------------------------------------------------- */

static struct err *ask_orders(const struct shop_source *s, const struct sql *q,
			      struct rows *out)
{
	TRY(ask(s, q, &shop_order_shape, out));
	for (size_t i = 0; i < out->n; i++)
		settle_order((struct shop_order *) out->at + i);
	return NULL;
}

#define FIVE_MARKS	"?, ?, ?, ?, ?"

/* One round trip: up to SHOP_ORDERS_MOST keys, in any order. The number of
 * marks is one of two, so that statements can be kept; the last key fills. */
static struct err *ask_chunk(const struct shop_source *s,
			     const char *const *keys, size_t n, struct rows *out)
{
	struct arg at[SHOP_ORDERS_MOST];
	size_t bound = 0, marks;
	struct sql q;

	*out = (struct rows) { 0 };
	for (size_t i = 0; i < n; i++) {
		at[bound] = key_arg(s, keys[i]);
		bound += !at[bound].null;
	}
	if (!bound)
		return NULL;
	marks = bound <= 10 ? 10 : SHOP_ORDERS_MOST;
	for (size_t i = bound; i < marks; i++)
		at[i] = at[bound - 1];
	SELECT(&q, s, ORDER);
	if (marks == 10)
		sql_add(&q, " WHERE order_key IN (" FIVE_MARKS ", " FIVE_MARKS
			    ") LIMIT 100",
			((struct args) { .n = marks, .at = at }));
	else
		sql_add(&q, " WHERE order_key IN (" FIVE_MARKS ", " FIVE_MARKS
			    ", " FIVE_MARKS ", " FIVE_MARKS ", " FIVE_MARKS
			    ") LIMIT 100",
			((struct args) { .n = marks, .at = at }));
	TRY(ask_orders(s, &q, out));
	return NULL;
}

static const struct shop_order *order_with(const struct shop_source *s,
					   const struct rows *orders,
					   const char *key)
{
	const struct shop_order *o = orders->at;

	for (size_t i = 0; i < orders->n; i++)
		if (same_key(s, o[i].order_key, key))
			return &o[i];
	return NULL;
}

struct err *store_shop_orders_by_keys(const struct shop_source *s,
				      const char *const *keys, size_t n,
				      struct rows *out)
{
	struct shop_order *all = arena_alloc(db_arena(s->db),
					     (n + 1) * sizeof(*all));

	*out = (struct rows) { .at = all };
	for (size_t begin = 0; begin < n; begin += SHOP_ORDERS_MOST) {
		size_t end = n - begin < SHOP_ORDERS_MOST ? n : begin + SHOP_ORDERS_MOST;
		struct rows found;

		TRY(ask_chunk(s, keys + begin, end - begin, &found));
		for (size_t i = begin; i < end; i++) {
			const struct shop_order *o = order_with(s, &found, keys[i]);

			if (o && !order_with(s, out, keys[i]))
				all[out->n++] = *o;
		}
	}
	return NULL;
}

struct err *store_shop_order(const struct shop_source *s, const char *key,
			     struct shop_order *out)
{
	struct rows found;

	TRY(store_shop_orders_by_keys(s, &key, 1, &found));
	if (!found.n)
		return FAIL(db_arena(s->db), ERR_NOT_FOUND, "the shop has no order %s",
			    key ? key : "without a key");
	*out = *(struct shop_order *) found.at;
	return NULL;
}

/* Whose orders: one of the two is set. */
struct owner {
	const char *customer_key, *email;	/* email in lower case */
};

static bool owns(const struct shop_source *s, const struct owner *who,
		 const char *customer_key, const char *email)
{
	if (who->customer_key)
		return same_key(s, customer_key, who->customer_key);
	return email && !strcmp(utf8_lower(db_arena(s->db), email), who->email);
}

static struct err *fetch_orders(const struct shop_source *s,
				const struct owner *who,
				const struct index_row *index, size_t n,
				struct rows *out)
{
	const char **keys = arena_alloc(db_arena(s->db), (n + 1) * sizeof(*keys));
	struct shop_order *o;
	size_t wanted = 0, kept = 0;

	for (size_t i = 0; i < n; i++)
		if (owns(s, who, index[i].customer_key,
			 plain_text(s, index[i].email)))
			keys[wanted++] = index[i].order_key;
	TRY(store_shop_orders_by_keys(s, keys, wanted, out));
	/* The index may be a copy; the order itself has the last word. */
	o = out->at;
	for (size_t i = 0; i < out->n; i++)
		if (owns(s, who, o[i].customer_key, o[i].email))
			o[kept++] = o[i];
	out->n = kept;
	return NULL;
}

/* The rest of a statement on the index, then the orders it names. */
static struct err *orders_page(const struct shop_source *s, struct sql *q,
			       const struct owner *who,
			       struct shop_cursor before, int limit,
			       struct shop_orders *out)
{
	struct rows found;
	size_t n;

	if (limit < 1 || limit > SHOP_ORDERS_MOST)
		return FAIL(db_arena(s->db), ERR_BUG, "a page of %d orders", limit);
	if (before.placed_at)
		sql_add(q, " AND (placed_at < ?"
			   " OR (placed_at = ? AND order_key < ?))",
			ARGS(before.placed_at, before.placed_at,
			     key_arg(s, before.order_key)));
	sql_add(q, " ORDER BY placed_at DESC, order_key DESC LIMIT ?",
		ARGS(limit + 1));
	TRY(trouble(s, db_rows_of(s->db, q, &index_shape, &found)));
	n = found.n > (size_t) limit ? (size_t) limit : found.n;
	if (found.n > n) {
		const struct index_row *last = (struct index_row *) found.at + n - 1;

		out->next = (struct shop_cursor) { last->placed_at, last->order_key };
		out->more = last->placed_at != NULL;
	}
	TRY(fetch_orders(s, who, found.at, n, &out->rows));
	return NULL;
}

struct err *store_shop_orders_of(const struct shop_source *s,
				 const char *customer_key,
				 struct shop_cursor before, int limit,
				 struct shop_orders *out)
{
	struct owner who = { .customer_key = customer_key };
	struct sql q;

	*out = (struct shop_orders) { 0 };
	if (is_guest(customer_key))
		return NULL;
	SELECT(&q, s, INDEX);
	sql_add(&q, " WHERE customer_key = ?", ARGS(key_arg(s, customer_key)));
	TRY(orders_page(s, &q, &who, before, limit, out));
	return NULL;
}

struct err *store_shop_orders_of_email(const struct shop_source *s,
				       const char *email,
				       struct shop_cursor before, int limit,
				       struct shop_orders *out)
{
	struct owner who = { 0 };
	struct sql q;

	*out = (struct shop_orders) { 0 };
	if (!email || !*email)
		return NULL;
	who.email = utf8_lower(db_arena(s->db), email);
	SELECT(&q, s, INDEX);
	sql_add(&q, " WHERE email = ?", ARGS(who.email));
	TRY(orders_page(s, &q, &who, before, limit, out));
	return NULL;
}

struct err *store_shop_find(const struct shop_source *s, const char *order_no,
			    struct rows *out)
{
	struct sql q;

	if (s->meta.no_is_key) {
		TRY(store_shop_orders_by_keys(s, &order_no, 1, out));
		return NULL;
	}
	SELECT(&q, s, ORDER);
	sql_add(&q, " WHERE order_no = ? ORDER BY order_key DESC LIMIT 10",
		ARGS(order_no));
	TRY(ask_orders(s, &q, out));
	return NULL;
}

struct err *store_shop_samples(const struct shop_source *s, struct rows *out)
{
	const char *keys[5];
	struct rows found;
	struct sql q;

	SELECT(&q, s, INDEX);
	sql_add(&q, " ORDER BY order_key DESC LIMIT 5", NO_ARGS);
	TRY(trouble(s, db_rows_of(s->db, &q, &index_shape, &found)));
	for (size_t i = 0; i < found.n; i++)
		keys[i] = ((struct index_row *) found.at)[i].order_key;
	TRY(store_shop_orders_by_keys(s, keys, found.n, out));
	return NULL;
}

/* --- what belongs to an order --------------------------------------------- */

static struct err *ask_options(const struct shop_source *s, const char *key,
			       struct rows *out)
{
	struct sql q;

	SELECT(&q, s, OPTION);
	sql_add(&q, " WHERE order_key = ? ORDER BY line_key, name LIMIT 400",
		ARGS(key_arg(s, key)));
	TRY(ask_of(s, &q, key, &option_shape, out));
	return NULL;
}

static const char *options_of(const struct shop_source *s, const char *line_key,
			      const struct rows *options)
{
	const struct option *o = options->at;
	struct str text;

	str_init(&text, db_arena(s->db), 2000);
	for (size_t i = 0; i < options->n; i++)
		if (same_key(s, o[i].line_key, line_key))
			str_addf(&text, "%s%s: %s", text.len ? ", " : "",
				 o[i].name ? o[i].name : "",
				 o[i].value ? o[i].value : "");
	return text.len ? text.text : NULL;
}

static struct err *ask_lines(const struct shop_source *s, const char *key,
			     struct rows *out)
{
	struct sql q;

	SELECT(&q, s, LINE);
	sql_add(&q, " WHERE order_key = ? ORDER BY line_no, line_key LIMIT 100",
		ARGS(key_arg(s, key)));
	TRY(ask_of(s, &q, key, &shop_line_shape, out));
	return NULL;
}

struct err *store_shop_lines(const struct shop_source *s, const char *key,
			     struct rows *out)
{
	struct rows options;
	struct shop_line *line;
	size_t n = 0;

	TRY(ask_lines(s, key, out));
	TRY(ask_options(s, key, &options));
	line = out->at;
	for (size_t i = 0; i < out->n; i++) {
		/* A shop that noted something twice gives a line twice. */
		if (n && same_key(s, line[n - 1].line_key, line[i].line_key))
			continue;
		line[n] = line[i];
		line[n].options = options_of(s, line[n].line_key, &options);
		n++;
	}
	out->n = n;
	return NULL;
}

struct err *store_shop_lines_by_keys(const struct shop_source *s,
				     const char *const *keys, size_t n,
				     struct rows *out)
{
	struct arg at[SHOP_KEYS_MOST];
	size_t bound = 0;
	struct sql q;

	*out = (struct rows) { 0 };
	for (size_t i = 0; i < n && i < SHOP_KEYS_MOST; i++) {
		at[bound] = key_arg(s, keys[i]);
		bound += !at[bound].null;
	}
	if (!bound)
		return NULL;
	for (size_t i = bound; i < SHOP_KEYS_MOST; i++)
		at[i] = at[bound - 1];
	SELECT(&q, s, LINE);
	sql_add(&q, " WHERE order_key IN (" FIVE_MARKS ", " FIVE_MARKS ")"
		    " ORDER BY order_key, line_no, line_key LIMIT 200",
		((struct args) { .n = SHOP_KEYS_MOST, .at = at }));
	TRY(ask(s, &q, &shop_line_shape, out));
	return NULL;
}

static bool says_something(const struct shop_address *a)
{
	const char *const parts[] = {
		a->name, a->company, a->line1, a->line2, a->city, a->postcode,
	};

	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		if (parts[i] && *parts[i])
			return true;
	return false;
}

static bool has_kind(const struct shop_address *a, size_t n, const char *kind)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(a[i].kind, kind))
			return true;
	return false;
}

struct err *store_shop_addresses(const struct shop_source *s, const char *key,
				 struct rows *out)
{
	struct shop_address *a;
	struct sql q;
	size_t n = 0;

	SELECT(&q, s, ADDRESS);
	sql_add(&q, " WHERE order_key = ? ORDER BY kind LIMIT 20",
		ARGS(key_arg(s, key)));
	TRY(ask_of(s, &q, key, &shop_address_shape, out));
	a = out->at;
	for (size_t i = 0; i < out->n; i++)
		if (a[i].kind && says_something(&a[i]) && !has_kind(a, n, a[i].kind))
			a[n++] = a[i];
	out->n = n;
	return NULL;
}

struct err *store_shop_shipments(const struct shop_source *s, const char *key,
				 struct rows *out)
{
	struct sql q;

	SELECT(&q, s, SHIPMENT);
	sql_add(&q, " WHERE order_key = ? ORDER BY shipped_at, shipment_key LIMIT 50",
		ARGS(key_arg(s, key)));
	TRY(ask_of(s, &q, key, &shop_shipment_shape, out));
	return NULL;
}

struct err *store_shop_refunds(const struct shop_source *s, const char *key,
			       struct rows *out)
{
	struct sql q;

	SELECT(&q, s, REFUND);
	sql_add(&q, " WHERE order_key = ? ORDER BY refunded_at, refund_key LIMIT 50",
		ARGS(key_arg(s, key)));
	TRY(ask_of(s, &q, key, &shop_refund_shape, out));
	return NULL;
}

struct err *store_shop_events(const struct shop_source *s, const char *key,
			      struct rows *out)
{
	struct sql q;

	SELECT(&q, s, EVENT);
	sql_add(&q, " WHERE order_key = ? ORDER BY at DESC, event_key DESC LIMIT 100",
		ARGS(key_arg(s, key)));
	TRY(ask_of(s, &q, key, &shop_event_shape, out));
	return NULL;
}

/* --- customers ------------------------------------------------------------ */

static struct err *ask_customer(const struct shop_source *s, const char *key,
				struct rows *out)
{
	struct sql q;

	SELECT(&q, s, CUSTOMER);
	sql_add(&q, " WHERE customer_key = ? LIMIT 10",
		ARGS(key_arg(s, key)));
	TRY(ask_of(s, &q, key, &shop_customer_shape, out));
	return NULL;
}

struct err *store_shop_customer(const struct shop_source *s, const char *key,
				struct shop_customer *out)
{
	struct rows found;

	TRY(ask_customer(s, key, &found));
	if (!found.n)
		return FAIL(db_arena(s->db), ERR_NOT_FOUND,
			    "the shop has no such customer");
	*out = *(struct shop_customer *) found.at;
	return NULL;
}

struct err *store_shop_customers_of_email(const struct shop_source *s,
					  const char *email, struct rows *out)
{
	struct owner who = { .email = utf8_lower(db_arena(s->db), email) };
	struct shop_customer *c;
	struct sql q;
	size_t n = 0;

	SELECT(&q, s, CUSTOMER);
	sql_add(&q, " WHERE email = ? ORDER BY customer_key LIMIT 10",
		ARGS(who.email));
	TRY(ask(s, &q, &shop_customer_shape, out));
	c = out->at;
	for (size_t i = 0; i < out->n; i++)
		if (owns(s, &who, NULL, c[i].email))
			c[n++] = c[i];
	out->n = n;
	return NULL;
}

/* --- for the command line ------------------------------------------------- */

const char *const shop_views[] = {
	"as_shop_customer", "as_shop_order_index", "as_shop_order",
	"as_shop_order_line", "as_shop_order_line_option",
	"as_shop_order_address", "as_shop_shipment", "as_shop_refund",
	"as_shop_order_event", NULL
};

struct err *store_shop_probe(struct db *db, int i)
{
	struct rows none;

#define PROBE(COLUMNS, SHAPE) \
	db_rows(db, "SELECT " COLUMNS(RAW) " LIMIT 0", &(SHAPE), &none, NO_ARGS)
	switch (i) {
	case 0:
		TRY(PROBE(CUSTOMER, shop_customer_shape));
		return NULL;
	case 1:
		TRY(PROBE(INDEX, index_shape));
		return NULL;
	case 2:
		TRY(PROBE(ORDER, shop_order_shape));
		return NULL;
	case 3:
		TRY(PROBE(LINE, shop_line_shape));
		return NULL;
	case 4:
		TRY(PROBE(OPTION, option_shape));
		return NULL;
	case 5:
		TRY(PROBE(ADDRESS, shop_address_shape));
		return NULL;
	case 6:
		TRY(PROBE(SHIPMENT, shop_shipment_shape));
		return NULL;
	case 7:
		TRY(PROBE(REFUND, shop_refund_shape));
		return NULL;
	case 8:
		TRY(PROBE(EVENT, shop_event_shape));
		return NULL;
	}
#undef PROBE
	return FAIL(db_arena(db), ERR_BUG, "there is no view number %d", i);
}

struct name {
	const char *name;
};

static const struct field name_fields[] = { FIELD(name, name) };
static const struct shape name_shape = SHAPE(name, name_fields);

struct err *store_shop_database(struct db *db, const char **out)
{
	struct name here;

	TRY(db_row(db, "SELECT DATABASE() AS name", &name_shape, &here, NO_ARGS));
	*out = here.name;
	return NULL;
}

struct err *store_shop_has_table(struct db *db, const char *schema,
				 const char *table, bool *has)
{
	struct name found;

	TRY(db_find(db, "SELECT TABLE_NAME AS name FROM information_schema.TABLES"
			" WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? LIMIT 1",
		    &name_shape, &found, has, ARGS(schema, table)));
	return NULL;
}

struct err *store_shop_has_index(struct db *db, const char *schema,
				 const char *table, const char *column,
				 bool *has)
{
	struct name found;

	TRY(db_find(db, "SELECT INDEX_NAME AS name"
			"  FROM information_schema.STATISTICS"
			" WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?"
			"   AND COLUMN_NAME = ? AND SEQ_IN_INDEX = 1 LIMIT 1",
		    &name_shape, &found, has, ARGS(schema, table, column)));
	return NULL;
}

/* --- as_shop -------------------------------------------------------------- */

/* The members' names are the program's, the columns' those of the table. */
static const struct field meta_fields[] = {
	FIELD(shop_meta, map),
	FIELD_ENUM(shop_meta, key, shop_key_codes),
	FIELD_ENUM(shop_meta, time, shop_time_codes),
	FIELD_ENUM(shop_meta, text, shop_text_codes),
	FIELD(shop_meta, no_is_key),
	FIELD(shop_meta, db),
	FIELD(shop_meta, prefix),
	FIELD(shop_meta, security),
	FIELD(shop_meta, lang_id),
};
static const struct shape meta_shape = SHAPE(shop_meta, meta_fields);

struct err *store_shop_meta(struct db *ours, const char *id,
			    struct shop_meta *out)
{
	TRY(db_row(ours, "SELECT map, meta_key AS `key`, meta_time AS time,"
			 "       meta_text AS text, no_is_key, db_name AS db,"
			 "       prefix, security, lang_id"
			 "  FROM as_shop WHERE id = ?",
		   &meta_shape, out, ARGS(id)));
	return NULL;
}

struct err *store_shop_set_meta(struct db *ours, const char *id,
				const struct shop_meta *m)
{
	TRY(db_run(ours, "REPLACE INTO as_shop (id, map, meta_key, meta_time,"
			 " meta_text, no_is_key, db_name, prefix, security,"
			 " lang_id, applied_at)"
			 " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NOW(6))",
		   NULL,
		   ARGS(id, m->map, shop_key_codes[m->key],
			shop_time_codes[m->time], shop_text_codes[m->text],
			m->no_is_key, m->db, m->prefix, m->security,
			m->lang_id)));
	return NULL;
}
