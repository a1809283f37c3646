#include "base/arena.h"
#include "base/utf8.h"
#include "shop_ask.h"

const char *const shop_group_codes[] = {
	"new", "paid", "shipped", "done", "cancelled", "refunded", "failed",
	"other", NULL
};

/* --- orders --------------------------------------------------------------- */

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

static struct err *ask_orders(const struct shop_source *s, const struct sql *q,
			      struct rows *out)
{
	TRY(shop_ask(s, q, &shop_order_shape, out));
	for (size_t i = 0; i < out->n; i++)
		settle_order((struct shop_order *) out->at + i);
	return NULL;
}

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
		at[bound] = shop_key_arg(s, keys[i]);
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
		if (shop_same_key(s, o[i].order_key, key))
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
		return shop_same_key(s, customer_key, who->customer_key);
	return email && !strcmp(utf8_lower(db_arena(s->db), email), who->email);
}

static struct err *fetch_orders(const struct shop_source *s,
				const struct owner *who,
				const struct shop_index *index, size_t n,
				struct rows *out)
{
	const char **keys = arena_alloc(db_arena(s->db), (n + 1) * sizeof(*keys));
	struct shop_order *o;
	size_t wanted = 0, kept = 0;

	for (size_t i = 0; i < n; i++)
		if (owns(s, who, index[i].customer_key,
			 shop_plain_text(s, index[i].email)))
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
			     shop_key_arg(s, before.order_key)));
	sql_add(q, " ORDER BY placed_at DESC, order_key DESC LIMIT ?",
		ARGS(limit + 1));
	TRY(shop_ask_raw(s, q, &shop_index_shape, &found));
	n = found.n > (size_t) limit ? (size_t) limit : found.n;
	if (found.n > n) {
		const struct shop_index *last = (struct shop_index *) found.at + n - 1;

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
	sql_add(&q, " WHERE customer_key = ?", ARGS(shop_key_arg(s, customer_key)));
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
	TRY(shop_ask_raw(s, &q, &shop_index_shape, &found));
	for (size_t i = 0; i < found.n; i++)
		keys[i] = ((struct shop_index *) found.at)[i].order_key;
	TRY(store_shop_orders_by_keys(s, keys, found.n, out));
	return NULL;
}

/* --- customers ------------------------------------------------------------ */

static struct err *ask_customer(const struct shop_source *s, const char *key,
				struct rows *out)
{
	struct sql q;

	SELECT(&q, s, CUSTOMER);
	sql_add(&q, " WHERE customer_key = ? LIMIT 10",
		ARGS(shop_key_arg(s, key)));
	TRY(shop_ask_of(s, &q, key, &shop_customer_shape, out));
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
	TRY(shop_ask(s, &q, &shop_customer_shape, out));
	c = out->at;
	for (size_t i = 0; i < out->n; i++)
		if (owns(s, &who, NULL, c[i].email))
			c[n++] = c[i];
	out->n = n;
	return NULL;
}
