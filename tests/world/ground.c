#include <stdlib.h>
#include <sys/statvfs.h>

#include "base/arena.h"
#include "ground.h"
#include "people.h"

/* --- before ------------------------------------------------------------------------ */

struct err *ground_is_empty(struct load *l)
{
	int64_t n;

	TRY(load_number(l, "SELECT (SELECT COUNT(*) FROM (SELECT id FROM as_ticket"
			   " LIMIT 1) AS a) + (SELECT COUNT(*) FROM (SELECT id FROM"
			   " as_customer LIMIT 1) AS b)", &n));
	if (n)
		return FAIL(load_arena(l), ERR_CONFLICT, "it has tickets or customers"
			    " already. Choose another --dir");
	return NULL;
}

struct err *ground_has_room(struct arena *a, const char *folder, int64_t bytes)
{
	enum { MIB = 1 << 20 };
	struct statvfs disk;
	int64_t room;

	if (statvfs(folder, &disk))
		return FAIL(a, ERR_UPSTREAM, "%s cannot be looked at", folder);
	room = (int64_t) (disk.f_bavail * disk.f_frsize);
	if (room < bytes)
		return FAIL(a, ERR_FULL, "%s has room for %lld MiB, the world"
			    " needs %lld MiB", folder, (long long) room / MIB,
			    (long long) bytes / MIB + 1);
	return NULL;
}

/* --- what is there ------------------------------------------------------------------- */

struct ids {
	int64_t *at;
	int n, most;
};

static void keep_id(void *what, char **columns)
{
	struct ids *ids = what;

	if (ids->n < ids->most)
		ids->at[ids->n++] = strtoll(columns[0], NULL, 10);
}

/* A short list is gone through again. */
static struct err *read_ids(struct load *l, const char *sql, int64_t *at, int most)
{
	struct ids ids = { at, 0, most };

	TRY(load_rows(l, sql, keep_id, &ids));
	if (!ids.n)
		return FAIL(load_arena(l), ERR_NOT_FOUND, "nothing found by: %s", sql);
	for (int i = ids.n; i < most; i++)
		at[i] = at[i % ids.n];
	return NULL;
}

struct status {
	int64_t id;
	const char *turn;
};

static void keep_status(void *what, char **columns)
{
	*(struct status *) what = (struct status) {
		strtoll(columns[0], NULL, 10), columns[1],
	};
}

#define STATUS_OF(condition)						\
	"SELECT id, turn FROM as_status WHERE shop_id = 1 AND NOT archived"	\
	" ORDER BY (" condition ") DESC, place LIMIT 1"

static struct err *read_catalogue(struct load *l, struct world *w)
{
	static const char *const statuses[STATES] = {
		[IS_OPEN] = STATUS_OF("code = 'open'"),
		[IS_WAITING] = STATUS_OF("category = 'waiting_customer'"),
		[IS_REVIEWED] = STATUS_OF("code = 'review'"),
		[IS_ESCALATED] = STATUS_OF("code = 'escalated'"),
		[IS_CLOSED] = STATUS_OF("category = 'closed'"),
	};

	for (int s = 0; s < STATES; s++) {
		struct status status = { 0 };

		TRY(load_rows(l, statuses[s], keep_status, &status));
		if (!status.id || !*status.turn)
			return FAIL(load_arena(l), ERR_NOT_FOUND, "no status, or not"
				    " whose turn it is: aftersale migrate");
		w->states[s] = status.id;
		w->turns[s] = status.turn;
	}
	TRY(read_ids(l, "SELECT id FROM as_type WHERE shop_id = 1 AND NOT archived"
			" ORDER BY place", w->types, TYPES));
	TRY(read_ids(l, "SELECT id FROM as_priority WHERE shop_id = 1 AND NOT"
			" archived ORDER BY place", w->priorities, PRIORITIES));
	return NULL;
}

/* --- agents ---------------------------------------------------------------------------- */

struct crew {
	struct world *w;
	int n;
};

static void keep_agent(void *what, char **columns)
{
	struct crew *crew = what;

	if (crew->n < AGENTS)
		crew->w->agents[++crew->n] = (struct helper) {
			.id = strtoll(columns[0], NULL, 10), .name = columns[1],
			.old = true,
		};
}

/* Programs that run keep the agents until the settings' number grows. */
#define REVISE	"UPDATE as_setting SET value = value + 1 WHERE name = 'revision'"

/* Nobody can sign in as one of these: they have no password. */
static struct err *add_agents(struct load *l, struct world *w, int n)
{
	for (int i = n + 1; i <= AGENTS; i++)
		TRY(load_run(l, arena_printf(w->arena,
			"INSERT INTO as_agent (email, name, role_id, notify,"
			" created_at) SELECT '%s@mokka.example', '%s', id, 'none',"
			" '%.19s' FROM as_role WHERE code = 'agent'",
			agent_address(i - n), agent_name(i - n),
			clock_sql(w->arena, w->begin))));
	TRY(load_run(l, REVISE));
	return NULL;
}

static struct err *read_agents(struct load *l, struct crew *crew)
{
	crew->n = 0;
	TRY(load_rows(l, "SELECT id, name FROM as_agent WHERE active ORDER BY id",
		      keep_agent, crew));
	return NULL;
}

static struct err *prepare_agents(struct load *l, struct world *w)
{
	struct crew crew = { .w = w };
	int before;

	TRY(read_agents(l, &crew));
	before = crew.n;
	TRY(add_agents(l, w, before));
	TRY(read_agents(l, &crew));
	for (int i = before + 1; i <= AGENTS; i++)
		w->agents[i].old = false;
	return NULL;
}

/* --- the shop -------------------------------------------------------------------------- */

static const char *const shop_tables[] = {
	"shopper", "purchase", "purchase_line", "line_choice",
	"purchase_address", "parcel", "money_back", "diary",
};
enum { SHOP_TABLES = sizeof(shop_tables) / sizeof(*shop_tables) };

struct err *ground_prepare(struct load *l, struct world *w)
{
	TRY(read_catalogue(l, w));
	TRY(prepare_agents(l, w));
	/* Built in one go at the end: row by row it takes four times as long. */
	TRY(load_run(l, "ALTER TABLE as_search DROP KEY by_rare"));
	for (int i = 0; i < SHOP_TABLES; i++) {
		TRY(load_run(l, arena_printf(w->arena,
			"DROP TABLE IF EXISTS mokka.world_%s", shop_tables[i])));
		TRY(load_run(l, arena_printf(w->arena,
			"CREATE TABLE mokka.world_%s LIKE mokka.%s",
			shop_tables[i], shop_tables[i])));
	}
	return NULL;
}

/* The few rows that the shop had go along, then all tables change at once. */
static struct err *move_in(struct load *l, struct arena *a)
{
	const char *rename = "RENAME TABLE";

	for (int i = 0; i < SHOP_TABLES; i++) {
		const char *t = shop_tables[i];

		TRY(load_run(l, arena_printf(a, "INSERT INTO mokka.world_%s"
					     " SELECT * FROM mokka.%s", t, t)));
		rename = arena_printf(a, "%s%s mokka.%s TO mokka.before_%s,"
				      " mokka.world_%s TO mokka.%s", rename,
				      i ? "," : "", t, t, t, t);
	}
	TRY(load_run(l, rename));
	for (int i = 0; i < SHOP_TABLES; i++)
		TRY(load_run(l, arena_printf(a, "DROP TABLE mokka.before_%s",
					     shop_tables[i])));
	return NULL;
}

/* --- afterwards ------------------------------------------------------------------------ */

static void ignore(void *what, char **columns)
{
	(void) what;
	(void) columns;
}

/* The courier's walk goes on where the world ends. */
static struct err *finish_search(struct load *l)
{
	TRY(load_run(l, "ALTER TABLE as_search ADD FULLTEXT KEY by_rare (rare)"));
	TRY(load_run(l, "REPLACE INTO as_search_mark (shop_id, updated_at, ticket_id)"
			" SELECT 1, MAX(updated_at), MAX(id) FROM as_ticket"));
	return NULL;
}

struct err *ground_finish(struct load *l, const struct world *w)
{
	TRY(finish_search(l));
	TRY(load_rows(l, arena_printf(w->arena, "SELECT SETVAL(as_ticket_number, %u)",
				      FIRST_NUMBER + w->n_tickets - 1), ignore, NULL));
	/* The optimizer plans by these numbers. */
	TRY(load_rows(l, "ANALYZE TABLE as_message, as_ticket, as_ticket_line,"
			 " as_event, as_customer, as_attachment, as_blob, as_count,"
			 " as_search, as_search_ticket, as_word, as_customer_word,"
			 " mokka.world_shopper, mokka.world_purchase,"
			 " mokka.world_purchase_line, mokka.world_purchase_address",
		      ignore, NULL));
	TRY(move_in(l, w->arena));
	return NULL;
}

/* Even a failure shall not keep the rest from being emptied. */
static void try(struct load *l, const char *sql)
{
	struct err *e = load_run(l, sql);

	if (e)
		fprintf(stderr, "world: %s\n", e->text);
}

void ground_empty(struct load *l, const struct world *w)
{
	static const char *const ours[] = {
		"as_message", "as_event", "as_attachment", "as_ticket_line",
		"as_ticket", "as_customer", "as_blob", "as_count",
		"as_search", "as_search_ticket", "as_word", "as_customer_word",
		"as_search_mark",
	};

	/* Dropping makes room, and the others need a little. */
	for (int i = 0; i < SHOP_TABLES; i++)
		try(l, arena_printf(w->arena, "DROP TABLE IF EXISTS mokka.world_%s",
				    shop_tables[i]));
	for (size_t i = 0; i < sizeof(ours) / sizeof(*ours); i++)
		try(l, arena_printf(w->arena, "TRUNCATE TABLE %s", ours[i]));
	try(l, "ALTER TABLE as_search ADD FULLTEXT KEY IF NOT EXISTS by_rare (rare)");
	for (int i = 1; i <= AGENTS; i++)
		if (w->agents[i].id && !w->agents[i].old)
			try(l, arena_printf(w->arena, "DELETE FROM as_agent WHERE"
					    " id = %lld", (long long) w->agents[i].id));
	try(l, REVISE);
}
