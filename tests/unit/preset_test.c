#include "base/words.h"
#include "desk/preset.h"
#include "desk/seal.h"
#include "fixture.h"
#include "store/setting.h"
#include "store/ticket.h"

/* A help desk of our own: nobody else's statuses are turned around. */
enum { SHOP = 7, MOST_STEPS = 16 };

static const struct actor owner = { .kind = ACTOR_SYSTEM, .shop = SHOP };

static struct desk now(void)
{
	return house_desk(house_enter(), SHOP);
}

/* Every used status becomes what is suggested. */
static void turn_to(const char *code)
{
	struct desk d = now();
	struct preset_map map[CATALOG_MOST];
	struct preset_preview p;

	CHECK_OK(preset_preview(&d, &owner, code, &p));
	for (size_t i = 0; i < p.n_going; i++)
		map[i] = (struct preset_map) { p.going[i].id, p.going[i].suggestion };
	CHECK_OK(preset_switch(&d, &owner, code, map, p.n_going));
}

static const char *status_code(const struct desk *d, int64_t id)
{
	const struct entry *e = catalog_entry(d->catalog, ENTRY_STATUS, id);

	return e ? e->code : "none";
}

static int64_t status_id(const struct desk *d, const char *code)
{
	const struct entry *e = catalog_by_code(d->catalog, ENTRY_STATUS, code);

	CHECK(e != NULL);
	return e->id;
}

TEST(every_preset_knows_its_statuses_and_uses_no_other)
{
	for (const struct preset *p = presets; p->code; p++) {
		for (int what = 0; what < HAPPENINGS; what++) {
			const char *to = p->follows[what];
			bool known = !to || !strcmp(to, PRESET_REFUSE);

			for (const char *const *s = p->statuses; *s; s++) {
				CHECK(preset_status_named(*s) != NULL);
				known = known || !strcmp(*s, to);
			}
			if (!known)
				fail_msg("%s: %s leads to %s", p->code,
					 happening_codes[what], to);
		}
		CHECK(p->follows[CREATED_BY_CUSTOMER] && p->follows[CREATED_BY_AGENT] &&
		      p->follows[CREATED_TO_CUSTOMER]);
	}
}

TEST(a_fresh_installation_is_the_classic_preset)
{
	static const char *const want[] = { "open", "pending", "review", "escalated", "closed" };
	struct house h = house_enter();
	struct desk d = house_desk(h, 8);
	const struct entry *e;
	size_t n;

	CHECK_TEXT(catalog_text(d.catalog, "preset"), "pc");
	e = catalog_entries(d.catalog, ENTRY_STATUS, &n);
	CHECK_INT(n, 5);
	for (size_t i = 0; i < n; i++)
		CHECK_TEXT(e[i].code, want[i]);
	CHECK_TEXT(catalog_shown_as(d.catalog, ENTRY_TYPE), "text");
	CHECK_TEXT(catalog_shown_as(d.catalog, ENTRY_STATUS), "text");
	CHECK_TEXT(catalog_shown_as(d.catalog, ENTRY_PRIORITY), "image");
	CHECK_TEXT(catalog_default(d.catalog, ENTRY_TYPE)->code, "question");
	CHECK_TEXT(catalog_default(d.catalog, ENTRY_PRIORITY)->code, "normal");
	CHECK(!catalog_by_code(d.catalog, ENTRY_PRIORITY, "critical")->for_customer);
	CHECK_TEXT(catalog_name(d.catalog, ENTRY_STATUS, e[1].id, "en"), "Pending");
	CHECK_TEXT(catalog_customer_name(d.catalog, ENTRY_STATUS, e[1].id, "en"),
		   "Waiting for you");
	CHECK_TEXT(catalog_customer_name(d.catalog, ENTRY_STATUS, e[0].id, "en"), "Open");
	CHECK(catalog_label(d.catalog, ENTRY_STATUS, e[0].id, "de") != NULL);
}

TEST(installing_twice_changes_nothing_but_the_revision)
{
	struct house h = house_enter();
	struct desk d = house_desk(h, 8);
	struct bytes secret, again;
	struct catalog *c;
	size_t before[ENTRY_KINDS], n;

	for (int kind = 0; kind < ENTRY_KINDS; kind++)
		catalog_entries(d.catalog, (enum entry_kind) kind, &before[kind]);
	CHECK_OK(store_setting_secret(h.db, "form", &secret));
	CHECK_OK(install_defaults(h.db, 8));
	CHECK_OK(catalog_load(h.arena, h.db, 8, &c));
	for (int kind = 0; kind < ENTRY_KINDS; kind++) {
		catalog_entries(c, (enum entry_kind) kind, &n);
		CHECK_INT(n, before[kind]);
	}
	CHECK_OK(store_setting_secret(h.db, "form", &again));
	CHECK_INT(again.n, 32);
	assert_memory_equal(secret.at, again.at, 32);
	CHECK_INT(catalog_seal(c)->key.n, 32);
	assert_memory_equal(catalog_seal(c)->key.at, catalog_seal(d.catalog)->key.at, 32);
	assert_memory_not_equal(catalog_seal(c)->key.at, secret.at, 32);
	CHECK(catalog_revision(c) > catalog_revision(d.catalog));
}

/* Requirement 1.6, check 1: what is done, and where it leads in each preset. */

struct step {
	enum happening what;
	const char *to[6];		/* pc, pk, er, ct, bo, shop; "!": refused */
};

static const struct step walk[] = {
	{ CREATED_BY_CUSTOMER, { "open", "pending_action", "new", "open", "open", "new" } },
	{ AUTOMATIC_MAIL, { "open", "pending_action", "new", "open", "open", "new" } },
	{ AGENT_NOTE, { "open", "pending_action", "new", "open", "open", "new" } },
	{ FIRST_ASSIGNMENT, { "open", "pending_action", "open", "open", "open", "open" } },
	{ AGENT_REPLY_FIRST, { "open", "pending_action", "open", "open", "answered", "waiting_customer" } },
	{ CUSTOMER_REPLY_ACTIVE, { "open", "pending_action", "open", "open", "customer_responded", "open" } },
	{ AGENT_REPLY_NEXT, { "open", "pending_action", "open", "open", "answered", "waiting_customer" } },
	{ WAITING_DATE, { "open", "pending_action", "open", "open", "processing", "open" } },
	{ INACTIVITY, { "open", "pending_action", "open", "open", "processing", "solved" } },
	{ CUSTOMER_CLOSES, { "!", "!", "!", "!", "closed", "closed" } },
	{ CUSTOMER_REOPENS, { "!", "!", "!", "!", "customer_responded", "open" } },
	{ AGENT_CLOSES, { "closed", "closed", "closed", "closed", "closed", "solved" } },
	{ CUSTOMER_REPLY_CLOSED, { "open", "pending_action", "open", "open", "customer_responded", "open" } },
	{ MERGED, { "closed", "closed", "closed", "closed", "closed", "closed" } },
	{ CREATED_BY_AGENT, { "open", "pending_action", "new", "open", "open", "open" } },
	{ CREATED_TO_CUSTOMER, { "open", "awaiting_reply", "waiting", "open", "answered", "waiting_customer" } },
};

static void walk_through(int which)
{
	struct desk d = now();
	int64_t status = 0;

	for (size_t i = 0; i < sizeof(walk) / sizeof(*walk); i++) {
		const char *want = walk[i].to[which];
		bool refused, created = walk[i].what <= CREATED_TO_CUSTOMER;
		int64_t to = catalog_follows(d.catalog, walk[i].what,
					     created ? 0 : status, &refused);

		if (refused != !strcmp(want, "!") ||
		    (!refused && strcmp(status_code(&d, to), want)))
			fail_msg("%s, %s: %s%s instead of %s", presets[which].code,
				 happening_codes[walk[i].what], status_code(&d, to),
				 refused ? " (refused)" : "", want);
		status = refused ? status : to;
	}
}

TEST(every_preset_walks_through_all_that_can_happen)
{
	CHECK_INT(sizeof(walk) / sizeof(*walk), HAPPENINGS);
	for (int i = 0; presets[i].code; i++) {
		turn_to(presets[i].code);
		walk_through(i);
	}
	turn_to("pc");
}

/* Tickets, so that statuses are in use. */

static void ticket_in(struct desk *d, const char *code)
{
	static int number;

	CHECK_OK(db_run(d->db, "INSERT INTO as_ticket (shop_id, number, customer_id,"
		" subject, type_id, status_id, turn, priority_id, source, lang,"
		" opened_by_kind, opened_by_name, created_at, updated_at, waiting_since)"
		" VALUES (?, ?, 1, 'Where is it?', 1, ?, 'store', 1, 'shop', 'en', 'customer',"
		" 'Zoë', NOW(6), NOW(6), NOW(6))", NULL,
		ARGS(SHOP, arena_printf(d->arena, "P%d", ++number), status_id(d, code))));
}

static void forget_tickets(struct desk *d)
{
	CHECK_OK(db_run(d->db, "DELETE FROM as_ticket WHERE shop_id = ?", NULL, ARGS(SHOP)));
}

static int64_t uses_of(const struct rows *uses, int64_t id)
{
	const struct use *u = uses->at;

	for (size_t i = 0; i < uses->n; i++)
		if (u[i].id == id)
			return u[i].n;
	return 0;
}

/* What a report by category counts, statuses shown as another one with it. */
static void count_categories(struct desk *d, int64_t out[CATEGORIES])
{
	const struct entry *e;
	struct rows all, uses;

	memset(out, 0, CATEGORIES * sizeof(*out));
	e = catalog_entries(d->catalog, ENTRY_STATUS, &all.n);
	all.at = (void *) e;
	CHECK_OK(store_catalog_uses(d->db, SHOP, ENTRY_STATUS, &all, &uses));
	for (size_t i = 0; i < all.n; i++)
		out[catalog_status(d->catalog, e[i].id)->category] += uses_of(&uses, e[i].id);
}

static void some_tickets(struct desk *d)
{
	forget_tickets(d);
	ticket_in(d, "open");
	ticket_in(d, "open");
	ticket_in(d, "pending");
	ticket_in(d, "review");
	ticket_in(d, "escalated");
	ticket_in(d, "closed");
}

/* "1open/0 …": code, whether in force and as what it is shown, by place. */
static const char *state_of(struct desk *d, const char *only)
{
	const struct entry *e;
	const char *s = "";
	size_t n;

	e = catalog_entries(d->catalog, ENTRY_STATUS, &n);
	for (size_t i = 0; i < n; i++)
		if (strstr(only, e[i].code))
			s = arena_printf(d->arena, "%s %s:%s:%d:%s:%s", s, e[i].code,
				e[i].archived ? status_code(d, e[i].shown_as) : "in force",
				e[i].category, e[i].colour,
				catalog_name(d->catalog, ENTRY_STATUS, e[i].id, "en"));
	return s;
}

static const char classic[] = "open pending review escalated closed";

TEST(going_to_another_preset_and_back_is_as_if_nothing_had_been)
{
	struct desk d = now();
	int64_t before[CATEGORIES], then[CATEGORIES];
	char was[2000];

	some_tickets(&d);
	snprintf(was, sizeof(was), "%s", state_of(&d, classic));
	count_categories(&d, before);
	for (const struct preset *p = presets + 1; p->code; p++) {
		turn_to(p->code);
		turn_to("pc");
		d = now();
		CHECK_TEXT(state_of(&d, classic), was);
		CHECK_TEXT(catalog_text(d.catalog, "preset"), "pc");
		CHECK_TEXT(preset_before(&d)->code, p->code);
		count_categories(&d, then);
		assert_memory_equal(before, then, sizeof(before));
	}
	forget_tickets(&d);
}

TEST(an_archived_status_is_archived_again_after_going_back)
{
	struct desk d = now();
	struct entry review = *catalog_by_code(d.catalog, ENTRY_STATUS, "review");
	char was[2000];

	some_tickets(&d);
	review.archived = true;
	review.shown_as = status_id(&d, "escalated");
	CHECK_OK(store_catalog_set(d.db, SHOP, ENTRY_STATUS, &review));
	CHECK_OK(store_setting_revise(d.db, SHOP));
	d = now();
	snprintf(was, sizeof(was), "%s", state_of(&d, classic));
	CHECK(strstr(was, "review:escalated"));
	turn_to("bo");
	d = now();
	CHECK_TEXT(catalog_status(d.catalog, review.id)->code, "open");
	turn_to("pc");
	d = now();
	CHECK_TEXT(state_of(&d, classic), was);
	review = *catalog_by_code(d.catalog, ENTRY_STATUS, "review");
	review.archived = false;
	review.shown_as = 0;
	CHECK_OK(store_catalog_set(d.db, SHOP, ENTRY_STATUS, &review));
	CHECK_OK(store_setting_revise(d.db, SHOP));
	forget_tickets(&d);
}

TEST(reports_by_category_are_the_same_before_and_after_a_switch)
{
	/* Those that have a status of each category that is in use. */
	static const char *const able[] = { "bo", "pk", "shop", "er", NULL };
	struct desk d = now();
	int64_t before[CATEGORIES], then[CATEGORIES];

	some_tickets(&d);
	count_categories(&d, before);
	CHECK_INT(before[CATEGORY_OPEN], 4);
	for (const char *const *to = able; *to; to++) {
		turn_to(*to);
		d = now();
		count_categories(&d, then);
		assert_memory_equal(before, then, sizeof(before));
	}
	turn_to("pc");
	d = now();
	forget_tickets(&d);
}

TEST(no_ticket_is_rewritten_by_a_switch)
{
	struct desk d = now();
	struct rows uses, pending = { .n = 1 };
	struct entry e = *catalog_by_code(d.catalog, ENTRY_STATUS, "pending");

	some_tickets(&d);
	turn_to("ct");
	d = now();
	pending.at = &e;
	CHECK_OK(store_catalog_uses(d.db, SHOP, ENTRY_STATUS, &pending, &uses));
	CHECK_INT(uses_of(&uses, e.id), 1);
	CHECK_TEXT(catalog_status(d.catalog, e.id)->code, "open");
	turn_to("pc");
	d = now();
	forget_tickets(&d);
}

TEST(every_status_with_tickets_has_to_be_mapped)
{
	struct desk d = now();
	struct preset_map map = { .to = "answered" };

	some_tickets(&d);
	map.from = status_id(&d, "pending");
	CHECK_ERR(preset_switch(&d, &owner, "bo", NULL, 0), ERR_BAD_REQUEST);
	d = now();
	CHECK_ERR(preset_switch(&d, &owner, "bo", &map, 1), ERR_BAD_REQUEST);
	d = now();
	CHECK_TEXT(catalog_text(d.catalog, "preset"), "pc");
	forget_tickets(&d);
	ticket_in(&d, "pending");
	map.to = "review";		/* goes as well */
	CHECK_ERR(preset_switch(&d, &owner, "bo", &map, 1), ERR_BAD_REQUEST);
	d = now();
	map.to = "answered";
	CHECK_OK(preset_switch(&d, &owner, "bo", &map, 1));
	d = now();
	CHECK_TEXT(catalog_status(d.catalog, map.from)->code, "answered");
	turn_to("pc");
	d = now();
	forget_tickets(&d);
}

TEST(a_ticket_whose_status_was_archived_before_counts_with_its_stand_in)
{
	struct desk d = now();
	struct preset_preview p;

	forget_tickets(&d);
	ticket_in(&d, "pending");
	turn_to("pk");
	d = now();
	CHECK_OK(preset_preview(&d, &owner, "ct", &p));
	for (size_t i = 0; i < p.n_going; i++)
		CHECK_INT(p.going[i].tickets,
			  p.going[i].id == status_id(&d, "awaiting_reply"));
	turn_to("pc");
	d = now();
	forget_tickets(&d);
}

TEST(two_owners_cannot_switch_at_once)
{
	struct desk first = now();
	struct catalog *same;
	struct desk second = first;

	CHECK_OK(catalog_load(first.arena, first.db, SHOP, &same));
	second.catalog = same;
	CHECK_OK(preset_switch(&first, &owner, "ct", NULL, 0));
	CHECK_ERR(preset_switch(&second, &owner, "bo", NULL, 0), ERR_CONFLICT);
	turn_to("pc");
}

TEST(only_who_may_configure_switches_presets)
{
	static const struct actor agent = {
		.kind = ACTOR_AGENT, .shop = SHOP, .id = 1,
		.may = { [RIGHT_READ] = SCOPE_ALL, [RIGHT_CHANGE] = SCOPE_ALL },
	};
	struct desk d = now();
	struct preset_rule rule = { AGENT_NOTE, "keep", 0 };
	struct preset_preview p;

	CHECK_ERR(preset_preview(&d, &agent, "bo", &p), ERR_FORBIDDEN);
	CHECK_ERR(preset_switch(&d, &agent, "bo", NULL, 0), ERR_FORBIDDEN);
	d = now();
	CHECK_ERR(preset_set_rules(&d, &agent, &rule, 1), ERR_FORBIDDEN);
	CHECK_ERR(preset_switch(&d, &owner, "nothing", NULL, 0), ERR_NOT_FOUND);
}

TEST(an_edited_event_table_survives_a_visit_to_another_preset)
{
	struct desk d = now();
	struct preset_rule may = { CUSTOMER_CLOSES, "set", status_id(&d, "closed") };
	struct preset_rule not = { CUSTOMER_CLOSES, "refuse", 0 };
	bool refused;

	CHECK_OK(preset_set_rules(&d, &owner, &may, 1));
	turn_to("bo");
	turn_to("pc");
	d = now();
	CHECK_INT(catalog_follows(d.catalog, CUSTOMER_CLOSES, status_id(&d, "open"),
				  &refused), status_id(&d, "closed"));
	CHECK(!refused);
	CHECK_OK(preset_set_rules(&d, &owner, &not, 1));
}

TEST(a_rule_leads_to_a_status_in_force_or_is_refused)
{
	static const struct { enum happening what; const char *outcome; int64_t status; bool fits; } cases[] = {
		{ AGENT_NOTE, "keep", 0, true },
		{ CREATED_BY_CUSTOMER, "keep", 0, false },
		{ CREATED_BY_CUSTOMER, "set", 1, true },
		{ CREATED_BY_CUSTOMER, "set", 2, false },
		{ CREATED_BY_CUSTOMER, "set", 999999, false },
		{ CUSTOMER_CLOSES, "refuse", 0, true },
		{ AGENT_CLOSES, "refuse", 0, false },
		{ CUSTOMER_CLOSES, "set", 1, false },
		{ CUSTOMER_CLOSES, "set", 3, true },
		{ CUSTOMER_REOPENS, "set", 1, true },
		{ CUSTOMER_REOPENS, "set", 3, false },
		{ AGENT_NOTE, "anything", 1, false },
	};
	struct desk d;
	int64_t ids[4];

	turn_to("ct");
	d = now();
	ids[0] = 0;
	ids[1] = status_id(&d, "open");
	ids[2] = status_id(&d, "review");		/* archived */
	ids[3] = status_id(&d, "closed");
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct preset_rule r = { cases[i].what, cases[i].outcome,
					 cases[i].status < 4 ? ids[cases[i].status]
							     : cases[i].status };

		CHECK_INT(preset_rule_fits(&d, &r) == NULL, cases[i].fits);
	}
	turn_to("pc");
}
