#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/locale.h"
#include "base/str.h"
#include "base/words.h"
#include "desk/desk.h"
#include "desk/preset.h"
#include "desk/turn.h"
#include "port/db.h"
#include "store/setting.h"

const struct preset_status preset_statuses[] = {
	{ "new", CATEGORY_NEW, "blue", "status-new.svg",
	  N_("New"), N_("Received") },
	{ "open", CATEGORY_OPEN, "amber", "status-open.svg", N_("Open"), NULL },
	{ "pending", CATEGORY_WAITING_CUSTOMER, "teal", "status-pending.svg",
	  N_("Pending"), N_("Waiting for you") },
	{ "review", CATEGORY_OPEN, "violet", "status-review.svg",
	  N_("Review"), N_("Being looked into") },
	{ "escalated", CATEGORY_OPEN, "red", "status-escalated.svg",
	  N_("Escalated"), N_("Being looked into") },
	{ "pending_action", CATEGORY_OPEN, "amber", "status-open.svg",
	  N_("Pending Action"), N_("We are working on it") },
	{ "awaiting_reply", CATEGORY_WAITING_CUSTOMER, "teal", "status-waiting.svg",
	  N_("Awaiting Reply"), N_("Waiting for you") },
	{ "waiting", CATEGORY_WAITING_CUSTOMER, "teal", "status-waiting.svg",
	  N_("Waiting"), N_("Waiting for you") },
	{ "waiting_customer", CATEGORY_WAITING_CUSTOMER, "teal", "status-waiting.svg",
	  N_("Waiting for customer"), N_("Waiting for you") },
	{ "on_hold", CATEGORY_WAITING_OTHER, "violet", "status-pending.svg",
	  N_("On Hold"), NULL },
	{ "answered", CATEGORY_WAITING_CUSTOMER, "green", "status-answered.svg",
	  N_("Answered"), NULL },
	{ "processing", CATEGORY_OPEN, "violet", "status-review.svg",
	  N_("Processing"), N_("We are working on it") },
	{ "customer_responded", CATEGORY_OPEN, "blue", "status-new.svg",
	  N_("Customer Responded"), N_("We are working on it") },
	{ "resolved", CATEGORY_SOLVED, "green", "status-answered.svg",
	  N_("Resolved"), NULL },
	{ "solved", CATEGORY_SOLVED, "green", "status-answered.svg",
	  N_("Solved"), NULL },
	{ "closed", CATEGORY_CLOSED, "grey", "status-closed.svg", N_("Closed"), NULL },
	{ 0 }
};

/* Whatever a preset does not tell is kept: notes, automatic mail and, but for
 * one of them, the passing of time change no status. */
const struct preset presets[] = {
	{
		"pc", N_("Classic"),
		N_("Your team alone moves a ticket on; a customer’s answer opens a closed one again."),
		{ "open", "pending", "review", "escalated", "closed" },
		{
			[CREATED_BY_CUSTOMER]   = "open",
			[CREATED_BY_AGENT]      = "open",
			[CREATED_TO_CUSTOMER]   = "open",
			[CUSTOMER_REPLY_CLOSED] = "open",
			[CUSTOMER_CLOSES]       = PRESET_REFUSE,
			[CUSTOMER_REOPENS]      = PRESET_REFUSE,
			[AGENT_CLOSES]          = "closed",
			[MERGED]                = "closed",
		},
	},
	{
		"pk", N_("Two sides"),
		N_("Either you act or the customer does. Every answer of a customer comes back to you; you mark by hand what waits for them."),
		{ "pending_action", "awaiting_reply", "closed" },
		{
			[CREATED_BY_CUSTOMER]   = "pending_action",
			[CREATED_BY_AGENT]      = "pending_action",
			[CREATED_TO_CUSTOMER]   = "awaiting_reply",
			[CUSTOMER_REPLY_ACTIVE] = "pending_action",
			[CUSTOMER_REPLY_CLOSED] = "pending_action",
			[CUSTOMER_CLOSES]       = PRESET_REFUSE,
			[CUSTOMER_REOPENS]      = PRESET_REFUSE,
			[AGENT_CLOSES]          = "closed",
			[MERGED]                = "closed",
		},
	},
	{
		"er", N_("Service desk"),
		N_("New until somebody takes it; tickets can wait for the customer or for others."),
		{ "new", "open", "waiting", "on_hold", "resolved", "closed" },
		{
			[CREATED_BY_CUSTOMER]   = "new",
			[CREATED_BY_AGENT]      = "new",
			[CREATED_TO_CUSTOMER]   = "waiting",
			[FIRST_ASSIGNMENT]      = "open",
			[CUSTOMER_REPLY_ACTIVE] = "open",
			[CUSTOMER_REPLY_CLOSED] = "open",
			[CUSTOMER_CLOSES]       = PRESET_REFUSE,
			[CUSTOMER_REOPENS]      = PRESET_REFUSE,
			[AGENT_CLOSES]          = "closed",
			[WAITING_DATE]          = "open",
			[MERGED]                = "closed",
		},
	},
	{
		"ct", N_("Open and closed"),
		N_("Nothing but these two. Add statuses of your own as you need them."),
		{ "open", "closed" },
		{
			[CREATED_BY_CUSTOMER]   = "open",
			[CREATED_BY_AGENT]      = "open",
			[CREATED_TO_CUSTOMER]   = "open",
			[CUSTOMER_REPLY_ACTIVE] = "open",
			[CUSTOMER_REPLY_CLOSED] = "open",
			[CUSTOMER_CLOSES]       = PRESET_REFUSE,
			[CUSTOMER_REOPENS]      = PRESET_REFUSE,
			[AGENT_CLOSES]          = "closed",
			[MERGED]                = "closed",
		},
	},
	{
		"bo", N_("Back office"),
		N_("Every message moves the ticket by itself, and customers close it when they are content."),
		{ "open", "answered", "processing", "customer_responded", "closed" },
		{
			[CREATED_BY_CUSTOMER]   = "open",
			[CREATED_BY_AGENT]      = "open",
			[CREATED_TO_CUSTOMER]   = "answered",
			[AGENT_REPLY_FIRST]     = "answered",
			[AGENT_REPLY_NEXT]      = "answered",
			[CUSTOMER_REPLY_ACTIVE] = "customer_responded",
			[CUSTOMER_REPLY_CLOSED] = "customer_responded",
			[CUSTOMER_CLOSES]       = "closed",
			[CUSTOMER_REOPENS]      = "customer_responded",
			[AGENT_CLOSES]          = "closed",
			[WAITING_DATE]          = "processing",
			[MERGED]                = "closed",
		},
	},
	{
		"shop", N_("Shop"),
		N_("What we recommend: answers wait for the customer, their answers come back to you, both sides may close."),
		{ "new", "open", "waiting_customer", "on_hold", "solved", "closed" },
		{
			[CREATED_BY_CUSTOMER]   = "new",
			[CREATED_BY_AGENT]      = "open",
			[CREATED_TO_CUSTOMER]   = "waiting_customer",
			[FIRST_ASSIGNMENT]      = "open",
			[AGENT_REPLY_FIRST]     = "waiting_customer",
			[AGENT_REPLY_NEXT]      = "waiting_customer",
			[CUSTOMER_REPLY_ACTIVE] = "open",
			[CUSTOMER_REPLY_CLOSED] = "open",
			[CUSTOMER_CLOSES]       = "closed",
			[CUSTOMER_REOPENS]      = "open",
			[AGENT_CLOSES]          = "solved",
			[WAITING_DATE]          = "open",
			[INACTIVITY]            = "solved",
			[MERGED]                = "closed",
		},
	},
	{ 0 }
};

const struct preset *preset_named(const char *code)
{
	for (const struct preset *p = presets; p->code; p++)
		if (!strcmp(p->code, code))
			return p;
	return NULL;
}

const struct preset_status *preset_status_named(const char *code)
{
	for (const struct preset_status *s = preset_statuses; s->code; s++)
		if (!strcmp(s->code, code))
			return s;
	return NULL;
}

void preset_behave(struct entry *s)
{
	bool over = s->category >= CATEGORY_SOLVED;

	s->active = !over;
	s->needs_agent = s->category <= CATEGORY_OPEN;
	s->customer_may_reply = s->category != CATEGORY_SPAM;
	s->customer_may_enter = s->category == CATEGORY_CLOSED;
	s->offer_rating = s->category == CATEGORY_SOLVED ||
			  s->category == CATEGORY_CLOSED;
}

/* Installing. */

static struct err *name_status(struct db *db, const struct entry *e,
			       const struct preset_status *s)
{
	const char *before = arena_dup(db_arena(db), words_language());
	struct err *failure = NULL;

	for (const char *const *lang = locale_languages; *lang && !failure; lang++) {
		words_use(*lang);
		failure = store_catalog_put_label(db, &(struct label) {
			.kind = ENTRY_STATUS, .row_id = e->id, .lang = *lang,
			.name = words_get(s->name),
			.customer_name = s->customer_name
				? words_get(s->customer_name) : NULL,
		});
	}
	words_use(before);
	return failure;
}

static const struct entry *among(const struct rows *entries, const char *code)
{
	const struct entry *e = entries->at;

	for (size_t i = 0; i < entries->n; i++)
		if (!strcmp(e[i].code, code))
			return &e[i];
	return NULL;
}

static struct err *add_status(struct db *db, int shop, const char *code, int place)
{
	const struct preset_status *s = preset_status_named(code);
	struct entry e = {
		.code = code, .place = place, .category = s->category,
		.colour = s->colour, .image = s->image,
	};

	preset_behave(&e);
	TRY(store_catalog_add(db, shop, ENTRY_STATUS, &e));
	TRY(name_status(db, &e, s));
	return NULL;
}

/* Behind all that are there, in the preset's order. */
static struct err *add_statuses(struct db *db, int shop, const struct preset *p)
{
	struct rows there;
	int place;

	TRY(store_catalog_entries(db, shop, ENTRY_STATUS, &there));
	place = (int) there.n;
	for (const char *const *code = p->statuses; *code; code++)
		if (!among(&there, *code))
			TRY(add_status(db, shop, *code, ++place));
	return NULL;
}

static bool has_table(const struct rows *transitions, const char *preset)
{
	const struct transition *t = transitions->at;

	for (size_t i = 0; i < transitions->n; i++)
		if (!strcmp(t[i].preset, preset))
			return true;
	return false;
}

static struct err *add_table(struct db *db, int shop, const struct preset *p)
{
	struct rows there;

	TRY(store_catalog_entries(db, shop, ENTRY_STATUS, &there));
	for (int what = 0; what < HAPPENINGS; what++) {
		const char *follows = p->follows[what];
		struct transition t = {
			.preset = p->code, .event = happening_codes[what],
			.outcome = "keep",
		};

		if (follows && !strcmp(follows, PRESET_REFUSE)) {
			t.outcome = "refuse";
		} else if (follows) {
			t.outcome = "set";
			t.status_id = among(&there, follows)->id;
		}
		TRY(store_catalog_put_transition(db, shop, &t));
	}
	return NULL;
}

struct err *preset_install(struct db *db, int shop, const char *code)
{
	const struct preset *p = preset_named(code);
	struct rows transitions;

	if (!p)
		return FAIL(db_arena(db), ERR_NOT_FOUND, "preset %s", code);
	TRY(add_statuses(db, shop, p));
	TRY(store_catalog_transitions(db, shop, &transitions));
	if (!has_table(&transitions, p->code))
		TRY(add_table(db, shop, p));
	return NULL;
}

/*
 * How a preset was left: "3:0 1:0 7:3", every status by place with the one it
 * was shown as; 0: in force.
 */

struct left {
	int64_t id, shown_as;
};

static const char *left_setting(struct arena *a, const char *code)
{
	return arena_printf(a, "left.%s", code);
}

static const char *left_now(struct desk *d)
{
	const struct entry *e;
	struct str s;
	size_t n;

	str_init(&s, d->arena, 2000);
	e = catalog_entries(d->catalog, ENTRY_STATUS, &n);
	for (size_t i = 0; i < n; i++)
		str_addf(&s, "%s%lld:%lld", i ? " " : "", (long long) e[i].id,
			 (long long) (e[i].archived ? e[i].shown_as : 0));
	return s.text;
}

static size_t read_left(const char *text, struct left *out, size_t most)
{
	size_t n = 0;

	while (*text && n < most) {
		char *end;

		out[n].id = strtoll(text, &end, 10);
		if (*end++ != ':')
			break;
		out[n++].shown_as = strtoll(end, &end, 10);
		text = end + (*end == ' ');
	}
	return n;
}

static size_t left_before(const struct desk *d, const struct preset *p,
			  struct left *out, size_t most)
{
	const char *text = catalog_text(d->catalog, left_setting(d->arena, p->code));

	/* A setting without a row and without a line in the table reads "0". */
	return read_left(text, out, most);
}

/* Looking at what would change. */

/* The codes in force with preset p, by place. */
static void codes_then(const struct desk *d, const struct preset *p,
		       struct preset_preview *out)
{
	const char **codes = arena_alloc(d->arena, CATALOG_MOST * sizeof(*codes));
	struct left left[CATALOG_MOST];
	size_t n = left_before(d, p, left, CATALOG_MOST);

	out->codes = codes;
	for (size_t i = 0; i < n; i++) {
		const struct entry *e = catalog_entry(d->catalog, ENTRY_STATUS, left[i].id);

		if (e && !left[i].shown_as)
			codes[out->n_codes++] = e->code;
	}
	for (size_t i = 0; !n && p->statuses[i]; i++)
		codes[out->n_codes++] = p->statuses[i];
}

static bool in_force_then(const struct preset_preview *p, const char *code)
{
	for (size_t i = 0; i < p->n_codes; i++)
		if (!strcmp(p->codes[i], code))
			return true;
	return false;
}

static enum category category_of(const struct desk *d, const char *code)
{
	const struct entry *e = catalog_by_code(d->catalog, ENTRY_STATUS, code);

	return e ? e->category : preset_status_named(code)->category;
}

/* Of the same category, else of one where the same side has to act. */
static const char *suggestion(const struct desk *d, const struct preset_preview *p,
			      enum category category)
{
	static const enum category nearest[CATEGORIES][4] = {
		[CATEGORY_NEW] = { CATEGORY_NEW, CATEGORY_OPEN },
		[CATEGORY_OPEN] = { CATEGORY_OPEN, CATEGORY_NEW },
		[CATEGORY_WAITING_CUSTOMER] = { CATEGORY_WAITING_CUSTOMER,
			CATEGORY_WAITING_OTHER, CATEGORY_OPEN },
		[CATEGORY_WAITING_OTHER] = { CATEGORY_WAITING_OTHER,
			CATEGORY_WAITING_CUSTOMER, CATEGORY_OPEN },
		[CATEGORY_SOLVED] = { CATEGORY_SOLVED, CATEGORY_CLOSED },
		[CATEGORY_CLOSED] = { CATEGORY_CLOSED, CATEGORY_SOLVED },
		[CATEGORY_SPAM] = { CATEGORY_SPAM, CATEGORY_CLOSED, CATEGORY_SOLVED },
	};

	for (size_t wish = 0; wish < 4; wish++)
		for (size_t i = 0; i < p->n_codes; i++)
			if (category_of(d, p->codes[i]) == nearest[category][wish])
				return p->codes[i];
	return p->codes[0];
}

/* Tickets that are shown with a status now and need another one then: its own
 * and those of archived ones, but not of what comes back itself. */
static int64_t shown_with(const struct desk *d, const struct preset_preview *p,
			  const struct rows *uses, int64_t id)
{
	const struct use *u = uses->at;
	int64_t n = 0;

	for (size_t i = 0; i < uses->n; i++) {
		const struct entry *own = catalog_entry(d->catalog, ENTRY_STATUS, u[i].id);

		if (own && !in_force_then(p, own->code) &&
		    catalog_status(d->catalog, own->id)->id == id)
			n += u[i].n;
	}
	return n;
}

static struct err *what_goes(struct desk *d, const struct actor *who,
			     struct preset_preview *p)
{
	const struct entry *e;
	struct rows all, uses;

	e = catalog_entries(d->catalog, ENTRY_STATUS, &all.n);
	all.at = (void *) e;
	TRY(store_catalog_uses(d->db, who->shop, ENTRY_STATUS, &all, &uses));
	p->going = arena_alloc(d->arena, CATALOG_MOST * sizeof(*p->going));
	for (size_t i = 0; i < all.n; i++) {
		if (e[i].archived || in_force_then(p, e[i].code))
			continue;
		p->going[p->n_going++] = (struct preset_going) {
			.id = e[i].id,
			.tickets = shown_with(d, p, &uses, e[i].id),
			.suggestion = suggestion(d, p, e[i].category),
		};
	}
	return NULL;
}

struct err *preset_preview(struct desk *d, const struct actor *who,
			   const char *code, struct preset_preview *out)
{
	*out = (struct preset_preview) { .to = preset_named(code) };
	if (!actor_may(who, RIGHT_CONFIG))
		return FAIL(d->arena, ERR_FORBIDDEN, "presets");
	if (!out->to)
		return FAIL(d->arena, ERR_NOT_FOUND, "preset %s", code);
	codes_then(d, out->to, out);
	TRY(what_goes(d, who, out));
	return NULL;
}

/* Switching. */

static const char *mapped(const struct preset_going *g,
			  const struct preset_map *map, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (map[i].from == g->id && *map[i].to)
			return map[i].to;
	return g->tickets ? NULL : g->suggestion;
}

static struct err *check_map(struct desk *d, const struct preset_preview *p,
			     const struct preset_map *map, size_t n)
{
	for (size_t i = 0; i < p->n_going; i++) {
		const char *to = mapped(&p->going[i], map, n);

		if (!to || !in_force_then(p, to))
			return FAIL(d->arena, ERR_BAD_REQUEST,
				    "status %lld has to be shown as one of %s",
				    (long long) p->going[i].id, p->to->code);
	}
	return NULL;
}

/* In force or archived, at a place of its own. */
static struct err *put(struct desk *d, const struct actor *who, struct entry e,
		       int64_t shown_as, int place)
{
	e.archived = shown_as != 0;
	e.shown_as = shown_as;
	TRY(store_catalog_set(d->db, who->shop, ENTRY_STATUS, &e));
	TRY(store_catalog_set_place(d->db, who->shop, ENTRY_STATUS, e.id, place));
	return NULL;
}

/* Rows of the preset that is left: archived, shown as told. */
static struct err *put_away(struct desk *d, const struct actor *who,
			    const struct preset_preview *p, const struct rows *there,
			    const struct preset_map *map, size_t n, int *place)
{
	for (size_t i = 0; i < p->n_going; i++) {
		const struct preset_going *g = &p->going[i];

		TRY(put(d, who, *catalog_entry(d->catalog, ENTRY_STATUS, g->id),
			among(there, mapped(g, map, n))->id, ++*place));
	}
	return NULL;
}

static const struct entry *with_id(const struct rows *entries, int64_t id)
{
	const struct entry *e = entries->at;

	for (size_t i = 0; i < entries->n; i++)
		if (e[i].id == id)
			return &e[i];
	return NULL;
}

/* As it was left, archived ones and all; at first as the table says. */
static struct err *put_back(struct desk *d, const struct actor *who,
			    const struct preset_preview *p, const struct rows *there,
			    int *place)
{
	struct left left[CATALOG_MOST];
	size_t n = left_before(d, p->to, left, CATALOG_MOST);

	for (size_t i = 0; !n && i < p->n_codes; i++)
		TRY(put(d, who, *among(there, p->codes[i]), 0, ++*place));
	for (size_t i = 0; i < n; i++) {
		const struct entry *e = with_id(there, left[i].id);

		if (e)
			TRY(put(d, who, *e, left[i].shown_as, ++*place));
	}
	return NULL;
}

static const char *map_in_words(struct desk *d, const struct preset_preview *p,
				const struct preset_map *map, size_t n)
{
	struct str s;

	str_init(&s, d->arena, 2000);
	str_add(&s, p->to->code);
	for (size_t i = 0; i < p->n_going; i++) {
		const struct entry *e = catalog_entry(d->catalog, ENTRY_STATUS,
						      p->going[i].id);

		str_addf(&s, "%s %s > %s", i ? "," : ":", e->code,
			 mapped(&p->going[i], map, n));
	}
	return s.text;
}

static struct err *remember(struct desk *d, const struct actor *who,
			    const char *from, const char *to)
{
	TRY(store_setting_put(d->db, who->shop, left_setting(d->arena, from),
			      left_now(d)));
	TRY(store_setting_put(d->db, who->shop, "preset_before", from));
	TRY(store_setting_put(d->db, who->shop, "preset", to));
	return NULL;
}

struct err *preset_switch(struct desk *d, const struct actor *who,
			  const char *code, const struct preset_map *map, size_t n)
{
	const char *from = catalog_text(d->catalog, "preset");
	struct preset_preview p;
	struct rows there;
	int place = 0;

	if (actor_may(who, RIGHT_CONFIG) && !strcmp(from, code))
		return NULL;
	TRY(preset_preview(d, who, code, &p));
	TRY(check_map(d, &p, map, n));
	TRY(db_begin(d->db));
	TRY(store_setting_claim(d->db, who->shop, catalog_revision(d->catalog)));
	TRY(preset_install(d->db, who->shop, code));
	TRY(store_catalog_entries(d->db, who->shop, ENTRY_STATUS, &there));
	TRY(put_back(d, who, &p, &there, &place));
	TRY(put_away(d, who, &p, &there, map, n, &place));
	TRY(remember(d, who, from, code));
	TRY(store_setting_audit(d->db, who, "preset", from,
				map_in_words(d, &p, map, n)));
	TRY(db_commit(d->db));
	TRY(turn_settle(d->db, who->shop, false));
	return NULL;
}

const struct preset *preset_before(const struct desk *d)
{
	return preset_named(catalog_text(d->catalog, "preset_before"));
}

/* Editing the event table. */

static bool is_button(enum happening what)
{
	return what == CUSTOMER_CLOSES || what == CUSTOMER_REOPENS;
}

bool preset_may_follow(enum happening what, const struct entry *status)
{
	bool over = status->category >= CATEGORY_SOLVED;

	if (status->archived)
		return false;
	return what == CUSTOMER_CLOSES ? over : what == CUSTOMER_REOPENS ? !over : true;
}

struct err *preset_rule_fits(const struct desk *d, const struct preset_rule *r)
{
	const struct entry *e;

	if (!strcmp(r->outcome, "keep") && r->what > CREATED_TO_CUSTOMER && !is_button(r->what))
		return NULL;
	if (!strcmp(r->outcome, "refuse") && is_button(r->what))
		return NULL;
	e = catalog_entry(d->catalog, ENTRY_STATUS, r->status_id);
	if (!strcmp(r->outcome, "set") && e && preset_may_follow(r->what, e))
		return NULL;
	return FAIL(d->arena, ERR_BAD_REQUEST, "%s cannot be followed by %s %lld",
		    happening_codes[r->what], r->outcome, (long long) r->status_id);
}

static const char *rule_in_words(struct desk *d, const char *outcome, int64_t status_id)
{
	const struct entry *e = catalog_entry(d->catalog, ENTRY_STATUS, status_id);

	return !strcmp(outcome, "set") && e ? e->code : outcome;
}

static struct err *set_rule(struct desk *d, const struct actor *who,
			    const char *preset, const struct preset_rule *r)
{
	const struct transition *old = catalog_transition(d->catalog, preset, r->what);
	struct transition t = {
		.preset = preset, .event = happening_codes[r->what],
		.outcome = r->outcome,
		.status_id = strcmp(r->outcome, "set") ? 0 : r->status_id,
	};

	TRY(preset_rule_fits(d, r));
	if (old && !strcmp(old->outcome, t.outcome) && old->status_id == t.status_id)
		return NULL;
	TRY(store_catalog_put_transition(d->db, who->shop, &t));
	TRY(store_setting_audit(d->db, who,
		arena_printf(d->arena, "rule.%s.%s", preset, t.event),
		old ? rule_in_words(d, old->outcome, old->status_id) : NULL,
		rule_in_words(d, t.outcome, t.status_id)));
	return NULL;
}

struct err *preset_set_rules(struct desk *d, const struct actor *who,
			     const struct preset_rule *rules, size_t n)
{
	const char *preset = catalog_text(d->catalog, "preset");

	if (!actor_may(who, RIGHT_CONFIG))
		return FAIL(d->arena, ERR_FORBIDDEN, "event table");
	TRY(db_begin(d->db));
	TRY(store_setting_claim(d->db, who->shop, catalog_revision(d->catalog)));
	for (size_t i = 0; i < n; i++)
		TRY(set_rule(d, who, preset, &rules[i]));
	TRY(db_commit(d->db));
	return NULL;
}
