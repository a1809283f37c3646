#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/arena.h"
#include "desk/catalog.h"
#include "plan.h"
#include "port/db.h"
#include "store/shop.h"

enum { PER_ROW = 3, BESIDES = 30, SHOWN = 160, MOST = 600 };

/* Every statement once, however often the store runs it with other values of
 * the same kind: what it cost at worst. */
struct verdict {
	char *sql;
	long examined, rows, allowed;
	const char *why;
};

static struct {
	struct db *ours, *shops;	/* to ask again through */
	long allowed;
	const char *why;
	long asked, wrong;
	size_t n;
	struct verdict worst[MOST];
} judge;

void plan_allow(long rows, const char *why)
{
	judge.allowed = rows;
	judge.why = why;
}

void plan_usual(void)
{
	plan_allow(0, NULL);
}

/* --- reading a plan -------------------------------------------------------- */

static double number_in(json_t *o, const char *name)
{
	return json_number_value(json_object_get(o, name));
}

/* Rows that the server took out of tables, those it made by itself included:
 * r_rows is a mean over r_loops. */
static double examined_in(json_t *j)
{
	double sum = 0;
	const char *name;
	json_t *value;
	size_t i;

	if (json_is_array(j)) {
		json_array_foreach(j, i, value)
			sum += examined_in(value);
	} else if (json_is_object(j)) {
		if (json_object_get(j, "table_name"))
			sum += number_in(j, "r_rows") * number_in(j, "r_loops");
		json_object_foreach(j, name, value)
			sum += examined_in(value);
	}
	return sum;
}

struct plan_row {
	const char *ANALYZE;
};
static const struct field plan_row_fields[] = { FIELD(plan_row, ANALYZE) };
static const struct shape plan_row_shape = SHAPE(plan_row, plan_row_fields);

/* The asker holds the lock: read again without it. */
static const char *unlocked(struct arena *a, const char *sql)
{
	static const char *const locks[] = { " FOR UPDATE SKIP LOCKED", " FOR UPDATE" };

	for (size_t i = 0; i < sizeof(locks) / sizeof(*locks); i++) {
		const char *at = strstr(sql, locks[i]);

		if (at)
			return arena_printf(a, "%.*s%s", (int) (at - sql), sql,
					    at + strlen(locks[i]));
	}
	return sql;
}

static long examined(struct db *db, const char *sql, struct args args)
{
	struct str again;
	struct plan_row row;
	struct rows rows;
	json_t *plan;
	long n;

	str_init(&again, db_arena(db), 64 * 1024);
	str_addf(&again, "ANALYZE FORMAT=JSON %s", unlocked(db_arena(db), sql));
	plan_must(db_rows_(db, again.text, &plan_row_shape, &rows, args), sql);
	row = *(const struct plan_row *) rows.at;
	plan = json_loads(row.ANALYZE, 0, NULL);
	if (!plan) {
		fprintf(stderr, "plan: no JSON of: %s\n", sql);
		exit(1);
	}
	n = (long) (examined_in(plan) + 0.5);
	json_decref(plan);
	return n;
}

/* --- judging ------------------------------------------------------------------ */

static void remember(const struct verdict *v)
{
	for (size_t i = 0; i < judge.n; i++) {
		struct verdict *known = &judge.worst[i];

		if (strcmp(known->sql, v->sql))
			continue;
		if (v->examined - v->allowed > known->examined - known->allowed) {
			free(known->sql);
			*known = *v;
			known->sql = strdup(v->sql);
		}
		return;
	}
	if (judge.n == MOST)
		abort();
	judge.worst[judge.n] = *v;
	judge.worst[judge.n++].sql = strdup(v->sql);
}

static bool is_select(const char *sql)
{
	sql += *sql == '(';
	return !strncmp(sql, "SELECT ", 7) || !strncmp(sql, "WITH ", 5);
}

static void look(struct db *again, const struct db_seen *seen)
{
	struct verdict v = { .sql = (char *) seen->sql, .rows = (long) seen->rows };

	if (!is_select(seen->sql) || seen->rows < 0)
		return;
	judge.asked++;
	v.examined = examined(again, seen->sql, seen->args);
	v.allowed = judge.why ? judge.allowed : PER_ROW * v.rows + BESIDES;
	v.why = judge.why;
	judge.wrong += v.examined > v.allowed;
	remember(&v);
}

static void look_at_ours(void *nothing, const struct db_seen *seen)
{
	(void) nothing;
	look(judge.ours, seen);
}

/* The shop's statements begin with their time limit. */
static void look_at_shop(void *nothing, const struct db_seen *seen)
{
	const char *select = strstr(seen->sql, " FOR SELECT ");
	struct db_seen bare = *seen;

	(void) nothing;
	if (select)
		bare.sql = select + strlen(" FOR ");
	look(judge.shops, &bare);
}

static void tell(const struct verdict *v)
{
	bool wrong = v->examined > v->allowed;

	if (!wrong && !getenv("PLAN_TELL"))
		return;
	printf("%s %7ld rows read for %4ld, allowed %6ld: %.*s%s%s\n",
	       wrong ? "FAIL" : "ok  ", v->examined, v->rows, v->allowed,
	       getenv("PLAN_TELL") ? 4000 : SHOWN, v->sql,
	       v->why ? " -- " : "", v->why ? v->why : "");
}

/* --- the world ------------------------------------------------------------------ */

void plan_must(struct err *e, const char *what)
{
	if (!e || e->kind == ERR_NOT_FOUND)
		return;
	fprintf(stderr, "plan: %s: %s (%s)\n", what, e->text, e->path);
	exit(1);
}

struct fact {
	const char *value;
};
static const struct field fact_fields[] = { FIELD(fact, value) };
static const struct shape fact_shape = SHAPE(fact, fact_fields);

const char *plan_text(struct world *w, const char *sql)
{
	const struct fact *fact;
	struct rows rows;

	plan_must(db_rows_(judge.ours, sql, &fact_shape, &rows, NO_ARGS), sql);
	fact = rows.at;
	if (!rows.n || !fact->value) {
		fprintf(stderr, "plan: the world has no: %s\n", sql);
		exit(1);
	}
	return arena_dup(db_arena(w->db), fact->value);
}

long long plan_number(struct world *w, const char *sql)
{
	return strtoll(plan_text(w, sql), NULL, 10);
}

static struct db *connect_to(const char *name, struct arena *a)
{
	static struct db_conf conf[4];
	static int n;
	struct db_conf *c = &conf[n++];
	struct db *db;

	*c = (struct db_conf) {
		.socket = getenv("AFTERSALE_DB_SOCKET"),
		.user = getenv("AFTERSALE_DB_USER"), .name = name,
		.connect_s = 5, .timeout_s = 60,
	};
	db = db_new(c);
	plan_must(db_enter(db, a), "connecting");
	return db;
}

static struct actor agent_of(struct world *w, enum scope read, const char *sql)
{
	struct actor a = { .kind = ACTOR_AGENT, .shop = 1, .name = "Anna",
			   .email = "anna@shop.example", .id = plan_number(w, sql) };

	for (int r = 0; r < RIGHTS; r++)
		a.may[r] = SCOPE_ALL;
	a.may[RIGHT_READ] = read;
	return a;
}

static struct actor customer_of(struct world *w, const char *sql)
{
	int64_t id = plan_number(w, sql);
	const char *of = arena_printf(db_arena(w->db), " AS value FROM as_customer"
				      " WHERE id = %lld", (long long) id);

	return (struct actor) {
		.kind = ACTOR_CUSTOMER, .shop = 1, .id = id, .name = "Zoë",
		.email = plan_text(w, arena_printf(db_arena(w->db), "SELECT email%s", of)),
		.external_id = plan_text(w, arena_printf(db_arena(w->db),
							 "SELECT external_id%s", of)),
	};
}

static void people(struct world *w)
{
	w->agent = agent_of(w, SCOPE_ALL, "SELECT owner_id AS value FROM as_ticket"
			    " WHERE owner_id IS NOT NULL GROUP BY owner_id"
			    " ORDER BY COUNT(*) DESC LIMIT 1");
	w->own = agent_of(w, SCOPE_OWN, "SELECT owner_id AS value FROM as_ticket"
			  " WHERE owner_id IS NOT NULL GROUP BY owner_id"
			  " ORDER BY COUNT(*) LIMIT 1");
	w->customer = customer_of(w, "SELECT customer_id AS value FROM as_ticket t JOIN"
			" as_customer c ON c.id = customer_id WHERE external_id IS NOT NULL"
			" GROUP BY customer_id HAVING COUNT(*) = 5 LIMIT 1");
	w->regular = customer_of(w, "SELECT customer_id AS value FROM as_ticket t JOIN"
			" as_customer c ON c.id = customer_id WHERE external_id IS NOT NULL"
			" GROUP BY customer_id ORDER BY COUNT(*) DESC LIMIT 1");
}

int main(void)
{
	struct arena *a = arena_new("plan"), *aside = arena_new("plans");
	struct world w = { 0 };
	struct db *shop;

	judge.ours = connect_to("aftersale", aside);
	judge.shops = connect_to("aftersale_views", aside);
	w.db = connect_to("aftersale", a);
	shop = connect_to("aftersale_views", a);
	people(&w);
	plan_must(store_shop_meta(w.db, "main", &w.shop.meta), "the shop's mapping");
	w.shop.db = shop;
	db_watch(w.db, look_at_ours, NULL);
	db_watch(shop, look_at_shop, NULL);
	ask_everything(&w);
	for (size_t i = 0; i < judge.n; i++)
		tell(&judge.worst[i]);
	printf("%ld questions by %zu statements, %ld read too much\n", judge.asked,
	       judge.n, judge.wrong);
	return judge.wrong != 0;
}
