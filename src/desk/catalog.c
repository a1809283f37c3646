#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "desk/catalog.h"
#include "desk/seal.h"
#include "desk/setting.h"
#include "port/db.h"
#include "store/setting.h"

const char *const happening_codes[] = {
	[CREATED_BY_CUSTOMER]   = "created_by_customer",
	[CREATED_BY_AGENT]      = "created_by_agent",
	[CREATED_TO_CUSTOMER]   = "created_to_customer",
	[FIRST_ASSIGNMENT]      = "first_assignment",
	[AGENT_REPLY_FIRST]     = "agent_reply_first",
	[AGENT_REPLY_NEXT]      = "agent_reply_next",
	[AGENT_NOTE]            = "agent_note",
	[CUSTOMER_REPLY_ACTIVE] = "customer_reply_active",
	[CUSTOMER_REPLY_CLOSED] = "customer_reply_closed",
	[AUTOMATIC_MAIL]        = "automatic_mail",
	[CUSTOMER_CLOSES]       = "customer_closes",
	[CUSTOMER_REOPENS]      = "customer_reopens",
	[AGENT_CLOSES]          = "agent_closes",
	[WAITING_DATE]          = "waiting_date",
	[INACTIVITY]            = "inactivity",
	[MERGED]                = "merged",
	NULL
};

struct catalog {
	struct arena *arena;
	int64_t revision;
	struct rows settings, labels, transitions, agents, roles;
	struct rows entries[ENTRY_KINDS];
	struct seal seal;
};

static struct rows kept(struct arena *a, const struct shape *shape,
			struct rows rows)
{
	rows.at = shape_copy(a, shape, rows.at, rows.n);
	return rows;
}

struct err *catalog_load(struct arena *a, struct db *db, int shop,
			 struct catalog **out)
{
	struct catalog *c = NEW(a, struct catalog);
	struct bytes key;
	struct rows rows;

	c->arena = a;
	TRY(store_setting_secret(db, "mail", &key));
	c->seal.key = (struct bytes) { arena_copy(a, key.at, key.n), key.n };
	TRY(store_setting_all(db, shop, &rows));
	c->settings = kept(a, &setting_row_shape, rows);
	for (int kind = 0; kind < ENTRY_KINDS; kind++) {
		TRY(store_catalog_entries(db, shop, (enum entry_kind) kind, &rows));
		c->entries[kind] = kept(a, &entry_shape, rows);
	}
	TRY(store_catalog_labels(db, shop, &rows));
	c->labels = kept(a, &label_shape, rows);
	TRY(store_catalog_transitions(db, shop, &rows));
	c->transitions = kept(a, &transition_shape, rows);
	TRY(store_agent_list(db, &rows));
	c->agents = kept(a, &agent_shape, rows);
	TRY(store_role_list(db, &rows));
	c->roles = kept(a, &role_shape, rows);
	c->revision = strtoll(catalog_text(c, "revision"), NULL, 10);
	*out = c;
	return NULL;
}

struct err *catalog_load_statuses(struct arena *a, struct db *db, int shop,
				  struct catalog **out)
{
	struct rows rows;

	*out = catalog_empty(a);
	TRY(store_catalog_entries(db, shop, ENTRY_STATUS, &rows));
	(*out)->entries[ENTRY_STATUS] = kept(a, &entry_shape, rows);
	return NULL;
}

struct catalog *catalog_empty(struct arena *a)
{
	struct catalog *c = NEW(a, struct catalog);

	c->arena = a;
	c->revision = -1;
	return c;
}

int64_t catalog_revision(const struct catalog *c)
{
	return c->revision;
}

const char *catalog_text(const struct catalog *c, const char *name)
{
	const struct setting_row *row = c->settings.at;
	const struct setting *s;

	for (size_t i = 0; i < c->settings.n; i++)
		if (!strcmp(row[i].name, name))
			return row[i].value;
	s = setting_named(name);
	return s ? s->fallback : "0";
}

long catalog_number(const struct catalog *c, const char *name)
{
	return strtol(catalog_text(c, name), NULL, 10);
}

bool catalog_switch(const struct catalog *c, const char *name)
{
	return !strcmp(catalog_text(c, name), "1");
}

const char *catalog_shown_as(const struct catalog *c, enum entry_kind kind)
{
	static const char *const names[ENTRY_KINDS] = {
		[ENTRY_TYPE]     = "type_images",
		[ENTRY_STATUS]   = "status_images",
		[ENTRY_PRIORITY] = "priority_images",
	};

	return catalog_switch(c, names[kind]) ? "image" : "text";
}

const struct seal *catalog_seal(const struct catalog *c)
{
	return &c->seal;
}

const struct entry *catalog_entries(const struct catalog *c, enum entry_kind kind,
				    size_t *n)
{
	*n = c->entries[kind].n;
	return c->entries[kind].at;
}

const struct entry *catalog_entry(const struct catalog *c, enum entry_kind kind,
				  int64_t id)
{
	const struct entry *e = c->entries[kind].at;

	for (size_t i = 0; i < c->entries[kind].n; i++)
		if (e[i].id == id)
			return &e[i];
	return NULL;
}

const struct entry *catalog_by_code(const struct catalog *c, enum entry_kind kind,
				    const char *code)
{
	const struct entry *e = c->entries[kind].at;

	for (size_t i = 0; i < c->entries[kind].n; i++)
		if (!strcmp(e[i].code, code))
			return &e[i];
	return NULL;
}

const struct entry *catalog_default(const struct catalog *c, enum entry_kind kind)
{
	const struct entry *e = c->entries[kind].at, *first = NULL;

	for (size_t i = 0; i < c->entries[kind].n; i++) {
		if (e[i].archived)
			continue;
		if (e[i].is_default)
			return &e[i];
		if (!first)
			first = &e[i];
	}
	return first;
}

const struct entry *catalog_status(const struct catalog *c, int64_t id)
{
	const struct entry *e = catalog_entry(c, ENTRY_STATUS, id);

	/* A chain of switched presets may be long, but never a circle. */
	for (size_t i = 0; e && e->archived && e->shown_as && i < CATALOG_MOST; i++) {
		const struct entry *next = catalog_entry(c, ENTRY_STATUS, e->shown_as);

		if (!next)
			break;
		e = next;
	}
	return e;
}

size_t catalog_counting_as(const struct catalog *c, int64_t id,
			   int64_t *ids, size_t most)
{
	const struct entry *e = c->entries[ENTRY_STATUS].at;
	size_t n = 0;

	for (size_t i = 0; i < c->entries[ENTRY_STATUS].n && n < most; i++) {
		const struct entry *as = catalog_status(c, e[i].id);

		if (as && as->id == id)
			ids[n++] = e[i].id;
	}
	return n;
}

const struct label *catalog_label(const struct catalog *c, enum entry_kind kind,
				  int64_t id, const char *lang)
{
	const struct label *l = c->labels.at;

	for (size_t i = 0; i < c->labels.n; i++)
		if (l[i].row_id == id && l[i].kind == kind &&
		    !strcmp(l[i].lang, lang))
			return &l[i];
	return NULL;
}

/* The reader's language, the shop's, English. */
static const struct label *best_label(const struct catalog *c,
				      enum entry_kind kind, int64_t id,
				      const char *lang)
{
	const struct label *l = catalog_label(c, kind, id, lang);

	if (!l)
		l = catalog_label(c, kind, id, catalog_text(c, "language"));
	return l ? l : catalog_label(c, kind, id, "en");
}

const char *catalog_name(const struct catalog *c, enum entry_kind kind,
			 int64_t id, const char *lang)
{
	const struct label *l = best_label(c, kind, id, lang);
	const struct entry *e = catalog_entry(c, kind, id);

	return l ? l->name : e ? e->code : "?";
}

const char *catalog_customer_name(const struct catalog *c, enum entry_kind kind,
				  int64_t id, const char *lang)
{
	const struct label *l = best_label(c, kind, id, lang);

	if (l && l->customer_name && *l->customer_name)
		return l->customer_name;
	return catalog_name(c, kind, id, lang);
}

const char *catalog_hint(const struct catalog *c, int64_t type_id,
			 const char *lang)
{
	const struct label *l = best_label(c, ENTRY_TYPE, type_id, lang);

	return l ? l->hint : NULL;
}

enum turn catalog_turn(const struct catalog *c, int64_t status_id)
{
	static const enum turn turns[CATEGORIES] = {
		[CATEGORY_NEW]              = TURN_STORE,
		[CATEGORY_OPEN]             = TURN_STORE,
		[CATEGORY_WAITING_CUSTOMER] = TURN_CUSTOMER,
		[CATEGORY_WAITING_OTHER]    = TURN_NOBODY,
		[CATEGORY_SOLVED]           = TURN_OVER,
		[CATEGORY_CLOSED]           = TURN_OVER,
		[CATEGORY_SPAM]             = TURN_OVER,
	};
	const struct entry *e = catalog_status(c, status_id);

	return e ? turns[e->category] : TURN_STORE;
}

bool catalog_is_closed(const struct catalog *c, int64_t status_id)
{
	return catalog_turn(c, status_id) == TURN_OVER;
}

const struct agent *catalog_agents(const struct catalog *c, size_t *n)
{
	*n = c->agents.n;
	return c->agents.at;
}

static const struct agent *agent_of(const struct catalog *c, int64_t id)
{
	const struct agent *a = c->agents.at;

	for (size_t i = 0; i < c->agents.n; i++)
		if (a[i].id == id)
			return &a[i];
	return NULL;
}

const char *catalog_agent_name(const struct catalog *c, int64_t id)
{
	const struct agent *a = agent_of(c, id);

	return a ? a->name : NULL;
}

const char *catalog_agent_signature(const struct catalog *c, int64_t id)
{
	const struct agent *a = agent_of(c, id);

	return a ? a->signature : NULL;
}

/* "read:all reply:own": the scope of one right. */
static enum scope scope_in(const char *rights, const char *right)
{
	size_t n = strlen(right);

	for (const char *at = rights; at; at = strchr(at, ' ')) {
		at += *at == ' ';
		if (strncmp(at, right, n) || at[n] != ':')
			continue;
		for (int s = SCOPE_OWN; s <= SCOPE_ALL; s++)
			if (!strncmp(at + n + 1, scope_codes[s],
				     strcspn(at + n + 1, " ")))
				return (enum scope) s;
	}
	return SCOPE_NONE;
}

const char *catalog_role(const struct catalog *c, int64_t role_id,
			 enum scope may[RIGHTS])
{
	const struct role *r = c->roles.at;

	for (size_t i = 0; i < c->roles.n; i++) {
		if (r[i].id != role_id)
			continue;
		for (int right = 0; right < RIGHTS; right++)
			may[right] = scope_in(r[i].rights, right_codes[right]);
		return r[i].code;
	}
	return NULL;
}

const struct transition *catalog_transition(const struct catalog *c,
					    const char *preset,
					    enum happening what)
{
	const struct transition *t = c->transitions.at;

	for (size_t i = 0; i < c->transitions.n; i++)
		if (!strcmp(t[i].event, happening_codes[what]) &&
		    !strcmp(t[i].preset, preset))
			return &t[i];
	return NULL;
}

int64_t catalog_follows(const struct catalog *c, enum happening what,
			int64_t now, bool *refused)
{
	const struct transition *t =
		catalog_transition(c, catalog_text(c, "preset"), what);
	const struct entry *e;

	*refused = t && !strcmp(t->outcome, "refuse");
	if (t && !strcmp(t->outcome, "set")) {
		e = catalog_status(c, t->status_id);
		if (e)
			return e->id;
	}
	if (now)
		return now;
	e = catalog_default(c, ENTRY_STATUS);
	return e ? e->id : 0;
}
