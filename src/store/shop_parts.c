#include "base/str.h"
#include "shop_ask.h"

static struct err *ask_options(const struct shop_source *s, const char *key,
			       struct rows *out)
{
	struct sql q;

	SELECT(&q, s, OPTION);
	sql_add(&q, " WHERE order_key = ? ORDER BY line_key, name LIMIT 400",
		ARGS(shop_key_arg(s, key)));
	TRY(shop_ask_of(s, &q, key, &shop_option_shape, out));
	return NULL;
}

static const char *options_of(const struct shop_source *s, const char *line_key,
			      const struct rows *options)
{
	const struct shop_option *o = options->at;
	struct str text;

	str_init(&text, db_arena(s->db), 2000);
	for (size_t i = 0; i < options->n; i++)
		if (shop_same_key(s, o[i].line_key, line_key))
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
		ARGS(shop_key_arg(s, key)));
	TRY(shop_ask_of(s, &q, key, &shop_line_shape, out));
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
		if (n && shop_same_key(s, line[n - 1].line_key, line[i].line_key))
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
		at[bound] = shop_key_arg(s, keys[i]);
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
	TRY(shop_ask(s, &q, &shop_line_shape, out));
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
		ARGS(shop_key_arg(s, key)));
	TRY(shop_ask_of(s, &q, key, &shop_address_shape, out));
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
		ARGS(shop_key_arg(s, key)));
	TRY(shop_ask_of(s, &q, key, &shop_shipment_shape, out));
	return NULL;
}

struct err *store_shop_refunds(const struct shop_source *s, const char *key,
			       struct rows *out)
{
	struct sql q;

	SELECT(&q, s, REFUND);
	sql_add(&q, " WHERE order_key = ? ORDER BY refunded_at, refund_key LIMIT 50",
		ARGS(shop_key_arg(s, key)));
	TRY(shop_ask_of(s, &q, key, &shop_refund_shape, out));
	return NULL;
}

struct err *store_shop_events(const struct shop_source *s, const char *key,
			      struct rows *out)
{
	struct sql q;

	SELECT(&q, s, EVENT);
	sql_add(&q, " WHERE order_key = ? ORDER BY at DESC, event_key DESC LIMIT 100",
		ARGS(shop_key_arg(s, key)));
	TRY(shop_ask_of(s, &q, key, &shop_event_shape, out));
	return NULL;
}
