#include <string.h>

#include "base/address.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "desk/desk.h"
#include "desk/order.h"
#include "desk/token.h"
#include "port/conf.h"
#include "port/db.h"
#include "port/json.h"
#include "store/connect.h"

enum { TOGETHER_MS = 2000, LEAVE_ALONE_MS = 30000 };

/* Unlike any revision, and unlike the -1 of a catalog that is not read yet. */
static const int64_t NEVER_READ = INT64_MIN;

struct order_source {
	struct arena *arena;		/* of the process */
	const char *id;
	struct db *db;
	struct shop_source views;
	bool mapped;			/* `aftersale shop apply` has been here */
	int64_t revision;		/* for which the mapping was read */
	int64_t leave_alone_until;	/* ms of the monotonic clock */
	int64_t spent;			/* ms of this request */
};

struct order_source *order_source_open(struct arena *a, const struct conf *conf,
				       const char *shop)
{
	struct order_source *s = NEW(a, struct order_source);
	const char *section = arena_printf(a, "shop.%s", shop);
	struct db_conf c = connect_shop(a, conf, shop);

	s->arena = a;
	s->id = shop;
	s->revision = NEVER_READ;
	s->db = db_new(&c);
	s->views.db = s->db;
	s->views.zone = conf_text(conf, section, "timezone");
	s->views.utf8_in_latin1 = conf_text(conf, section, "charset_fix") &&
		!strcmp(conf_text(conf, section, "charset_fix"), "latin1-utf8");
	return s;
}

void order_source_close(struct order_source *s)
{
	if (s)
		db_free(s->db);
}

void order_source_watch(struct order_source *s, db_watch_fn *fn, void *ctx)
{
	db_watch(s->db, fn, ctx);
}

/* The mapping's few words are kept until the owner changes something. */
static struct err *read_mapping(struct order_source *s, struct db *ours)
{
	struct shop_meta meta;
	struct err *e = store_shop_meta(ours, s->id, &meta);

	s->mapped = !e;
	if (e && e->kind != ERR_NOT_FOUND)
		return err_passed(e, __func__);
	if (e)
		return NULL;
	meta.map = arena_dup(s->arena, meta.map);
	meta.db = arena_dup(s->arena, meta.db);
	meta.prefix = arena_dup(s->arena, meta.prefix);
	meta.security = arena_dup(s->arena, meta.security);
	meta.lang_id = arena_dup(s->arena, meta.lang_id);
	s->views.meta = meta;
	return NULL;
}

struct err *order_source_enter(struct order_source *s, struct db *ours,
			       struct arena *request, int64_t revision)
{
	s->spent = 0;
	if (s->revision != revision) {
		TRY(read_mapping(s, ours));
		s->revision = revision;
	}
	TRY(db_enter(s->db, request));
	return NULL;
}

static bool is_away(const struct order_source *s)
{
	return !s || !s->mapped || clock_ticks() < s->leave_alone_until ||
	       s->spent >= TOGETHER_MS;
}

/*
 * Takes the time of one question to the shop. A failure of the shop's becomes
 * *away; what is not there stays ERR_NOT_FOUND.
 */
static struct err *settled(struct order_source *s, int64_t since,
			   struct err *e, bool *away)
{
	s->spent += clock_ticks() - since;
	*away = false;
	if (!e || e->kind == ERR_NOT_FOUND)
		return e;
	log_line("shop %s: %s (%s)", s->id, e->text, e->path);
	s->leave_alone_until = clock_ticks() + LEAVE_ALONE_MS;
	*away = true;
	return NULL;
}

#define ASK(question) settled(d->orders, clock_ticks(), (question), away)

/* --- what the token told, where the shop cannot be asked ------------------ */

static struct json *told(struct desk *d)
{
	struct json *list;

	if (!d->told_orders ||
	    json_parse(d->arena, d->told_orders, strlen(d->told_orders), 6, &list))
		return NULL;
	return list;
}

static const char *told_text(struct desk *d, struct json *order, const char *name)
{
	return json_scalar(d->arena, json_member(order, name));
}

/* An amount goes into a column of numbers: anything else was not told. */
static const char *told_amount(struct desk *d, struct json *from, const char *name)
{
	const char *text = told_text(d, from, name);
	size_t n = text ? strlen(text) : 0;

	if (!n || n > 14 || strspn(text, "0123456789.") != n ||
	    strchr(text, '.') != strrchr(text, '.') || *text == '.')
		return NULL;
	return text;
}

static const char *told_currency(struct desk *d, struct json *order)
{
	const char *code = told_text(d, order, "currency");

	return code && strlen(code) == 3 ? code : NULL;
}

static struct shop_order told_facts(struct desk *d, struct json *order)
{
	const char *at = told_text(d, order, "placed_at");
	instant placed = at ? clock_parse(at) : 0;

	return (struct shop_order) {
		.order_key = told_text(d, order, "key"),
		.order_no = told_text(d, order, "no"),
		.placed_at = placed ? clock_sql(d->arena, placed) : NULL,
		.status_name = told_text(d, order, "status"),
		.status_group = "other",
		.currency = told_currency(d, order),
		.total = told_amount(d, order, "total"),
	};
}

static struct rows told_lines(struct desk *d, struct json *order)
{
	struct shop_line *line = arena_alloc(d->arena, TOKEN_LINES * sizeof(*line));
	struct json *lines = json_member(order, "lines"), *j;
	struct rows rows = { .at = line };

	for (; rows.n < TOKEN_LINES && (j = json_element(lines, rows.n)); rows.n++)
		line[rows.n] = (struct shop_line) {
			.order_key = told_text(d, order, "key"),
			.line_key = arena_printf(d->arena, "%zu", rows.n + 1),
			.name = told_text(d, j, "name"),
			.sku = told_text(d, j, "sku"),
			.qty = told_amount(d, j, "qty"),
		};
	return rows;
}

/* *away stays as it is when nothing was told. */
static void list_told(struct desk *d, struct shop_orders *out, bool *away)
{
	struct shop_order *o = arena_alloc(d->arena, TOKEN_ORDERS * sizeof(*o));
	struct json *list = told(d), *order;

	*out = (struct shop_orders) { .rows.at = o };
	for (size_t i = 0; i < TOKEN_ORDERS && (order = json_element(list, i)); i++)
		o[out->rows.n++] = told_facts(d, order);
	if (out->rows.n)
		*away = false;
}

static void find_told(struct desk *d, const char *key, struct order *out, bool *away)
{
	struct json *list = told(d), *order;

	for (size_t i = 0; i < TOKEN_ORDERS && (order = json_element(list, i)); i++) {
		const char *its = told_text(d, order, "key");

		if (!its || strcmp(its, key))
			continue;
		out->facts = told_facts(d, order);
		out->lines = told_lines(d, order);
		*away = false;
		return;
	}
}

static void lines_told(struct desk *d, struct rows *lines)
{
	struct shop_line *all = arena_alloc(d->arena, TOKEN_ORDERS * TOKEN_LINES *
					    sizeof(*all));
	struct json *list = told(d), *order;

	*lines = (struct rows) { .at = all };
	for (size_t i = 0; i < TOKEN_ORDERS && (order = json_element(list, i)); i++) {
		struct rows of = told_lines(d, order);

		memcpy(all + lines->n, of.at, of.n * sizeof(*all));
		lines->n += of.n;
	}
}

static struct err *ask_list(struct desk *d, const struct actor *who,
			    struct shop_cursor before, int limit,
			    struct shop_orders *out, bool *away)
{
	if (who->external_id)
		TRY(ASK(store_shop_orders_of(&d->orders->views, who->external_id,
					     before, limit, out)));
	else
		TRY(ASK(store_shop_orders_of_email(&d->orders->views, who->email,
						   before, limit, out)));
	return NULL;
}

struct err *order_list(struct desk *d, const struct actor *who,
		       struct shop_cursor before, int limit,
		       struct shop_orders *out, bool *away)
{
	*out = (struct shop_orders) { .more = false };
	*away = is_away(d->orders);
	if (who->kind != ACTOR_CUSTOMER)
		return NULL;
	if (!*away)
		TRY(ask_list(d, who, before, limit, out, away));
	if (*away)
		list_told(d, out, away);
	return NULL;
}

struct err *order_lines_of(struct desk *d, const struct rows *orders,
			   struct rows *lines, bool *away)
{
	const struct shop_order *o = orders->at;
	const char *keys[SHOP_KEYS_MOST];
	size_t n = 0;

	*lines = (struct rows) { 0 };
	*away = is_away(d->orders);
	if (*away)
		lines_told(d, lines);
	if (*away || !orders->n)
		return NULL;
	for (; n < orders->n && n < SHOP_KEYS_MOST; n++)
		keys[n] = o[n].order_key;
	TRY(ASK(store_shop_lines_by_keys(&d->orders->views, keys, n, lines)));
	return NULL;
}

/* An account's order belongs to its key, a guest's to the proven address. */
static bool is_theirs(struct arena *a, const struct actor *who,
		      const struct shop_order *o)
{
	if (who->kind != ACTOR_CUSTOMER)
		return actor_may(who, RIGHT_READ);
	if (who->external_id)
		return o->customer_key && !strcmp(o->customer_key, who->external_id);
	return o->email && who->email &&
	       !strcmp(address_lower(a, o->email), who->email);
}

static struct err *read_rest(struct desk *d, const struct actor *who,
			     const char *key, struct order *out, bool *away)
{
	const struct shop_source *s = &d->orders->views;
	struct shop_event *e;
	size_t kept = 0;

	TRY(ASK(store_shop_addresses(s, key, &out->addresses)));
	if (!*away && !is_away(d->orders))
		TRY(ASK(store_shop_shipments(s, key, &out->shipments)));
	if (!*away && !is_away(d->orders))
		TRY(ASK(store_shop_refunds(s, key, &out->refunds)));
	if (!*away && !is_away(d->orders))
		TRY(ASK(store_shop_events(s, key, &out->events)));
	e = out->events.at;
	for (size_t i = 0; i < out->events.n; i++)
		if (e[i].is_public || who->kind != ACTOR_CUSTOMER)
			e[kept++] = e[i];
	out->events.n = kept;
	*away = false;			/* the order itself is there */
	return NULL;
}

struct err *order_find(struct desk *d, const struct actor *who, const char *key,
		       bool whole, struct order *out, bool *away)
{
	const struct shop_source *s;

	*out = (struct order) { .lines.n = 0 };
	*away = is_away(d->orders);
	if (*away && who->kind == ACTOR_CUSTOMER)
		find_told(d, key, out, away);
	if (*away || out->facts.order_key)
		return NULL;
	s = &d->orders->views;
	TRY(ASK(store_shop_order(s, key, &out->facts)));
	if (*away)
		return NULL;
	if (!is_theirs(d->arena, who, &out->facts))
		return FAIL(d->arena, ERR_NOT_FOUND, "order %s is not theirs", key);
	TRY(ASK(store_shop_lines(s, key, &out->lines)));
	if (whole && !*away)
		TRY(read_rest(d, who, key, out, away));
	*away = false;
	return NULL;
}

struct err *order_search(struct desk *d, const struct actor *who,
			 const char *words, struct rows *out, bool *away)
{
	static const struct shop_cursor newest = { 0 };
	struct shop_orders of_address = { .more = false };

	*out = (struct rows) { 0 };
	*away = is_away(d->orders);
	if (*away || !actor_may(who, RIGHT_READ))
		return NULL;
	if (!strchr(words, '@')) {
		TRY(ASK(store_shop_find(&d->orders->views, words, out)));
		return NULL;
	}
	TRY(ASK(store_shop_orders_of_email(&d->orders->views,
					   address_lower(d->arena, words),
					   newest, 10, &of_address)));
	*out = of_address.rows;
	return NULL;
}

static void accounts_first(struct rows *rows)
{
	struct shop_customer *c = rows->at;

	for (size_t i = 1; i < rows->n; i++)
		if (c[0].is_guest && !c[i].is_guest) {
			struct shop_customer guest = c[0];

			c[0] = c[i];
			c[i] = guest;
		}
}

struct err *order_customers(struct desk *d, const struct actor *who,
			    const char *email, struct rows *out, bool *away)
{
	*out = (struct rows) { 0 };
	*away = is_away(d->orders);
	if (*away || !actor_may(who, RIGHT_READ))
		return NULL;
	TRY(ASK(store_shop_customers_of_email(&d->orders->views, email, out)));
	accounts_first(out);
	return NULL;
}
