#include "desk/entry.h"
#include "desk/turn.h"
#include "fixture.h"
#include "store/setting.h"

/* A help desk of our own, whose lists may be turned around. */
enum { SHOP = 9 };

static const struct actor owner = { .kind = ACTOR_SYSTEM, .shop = SHOP };

static struct desk now(void)
{
	return house_desk(house_enter(), SHOP);
}

/* Its texts outlive the request: the next one saves them. */
static struct entry with_code(const struct desk *d, enum entry_kind kind, const char *code)
{
	static struct arena *kept;
	const struct entry *e = catalog_by_code(d->catalog, kind, code);

	if (!e)
		fail_msg("no %s %s", entry_kind_codes[kind], code);
	if (!kept)
		kept = arena_new("kept");
	return *(struct entry *) shape_copy(kept, &entry_shape, e, 1);
}

static enum entry_answer save(enum entry_kind kind, struct entry e, const char *en,
			      const char *de, bool make_default)
{
	struct desk d = now();
	struct label labels[] = { { .lang = "en", .name = en }, { .lang = "de", .name = de } };
	struct entry_draft draft = { kind, e, make_default, labels, 2 };
	enum entry_answer answer;

	CHECK_OK(entry_save(&d, &owner, &draft, &answer));
	return answer;
}

static enum entry_answer remove_it(enum entry_kind kind, const char *code, const char *stand_in)
{
	struct desk d = now();
	enum entry_answer answer;

	CHECK_OK(entry_remove(&d, &owner, kind, with_code(&d, kind, code).id,
		stand_in ? with_code(&d, kind, stand_in).id : 0, &answer));
	return answer;
}

static void use(const char *type, const char *status, const char *priority)
{
	static int number;
	struct desk d = now();

	CHECK_OK(db_run(d.db, "INSERT INTO as_ticket (shop_id, number, customer_id,"
		" subject, type_id, status_id, turn, priority_id, source, lang,"
		" opened_by_kind, opened_by_name, created_at, updated_at, waiting_since)"
		" VALUES (?, ?, 1, 'Broken', ?, ?, 'store', ?, 'shop', 'en', 'customer',"
		" 'Zoë', NOW(6), NOW(6), NOW(6))", NULL,
		ARGS(SHOP, arena_printf(d.arena, "E%d", ++number),
		     with_code(&d, ENTRY_TYPE, type).id,
		     with_code(&d, ENTRY_STATUS, status).id,
		     with_code(&d, ENTRY_PRIORITY, priority).id)));
}

static const char *order_of(enum entry_kind kind)
{
	struct desk d = now();
	const struct entry *e;
	const char *s = "";
	size_t n;

	e = catalog_entries(d.catalog, kind, &n);
	for (size_t i = 0; i < n; i++)
		s = arena_printf(d.arena, "%s%s%s", s, i ? " " : "", e[i].code);
	return s;
}

TEST(a_code_is_made_of_the_name)
{
	static const struct { const char *name, *code; } cases[] = {
		{ "Customer responded!", "customer_responded" },
		{ "  2nd  level ", "2nd_level" }, { "Größe", "gr_e" },
		{ "保証", "entry" }, { "", "entry" }, { "---", "entry" },
		{ "A name that is longer than a code may ever be, surely",
		  "a_name_that_is_longer_than_a_cod" },
	};
	struct house h = house_enter();

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		CHECK_TEXT(entry_code(h.arena, cases[i].name), cases[i].code);
}

TEST(a_new_type_can_be_chosen_at_once)
{
	struct entry e = { .colour = "teal", .image = "type-idea.svg" };
	struct desk d;

	CHECK_INT(save(ENTRY_TYPE, e, "Spare parts", "Ersatzteile", false), ENTRY_DONE);
	d = now();
	e = with_code(&d, ENTRY_TYPE, "spare_parts");
	CHECK(!e.archived && !e.is_default);
	CHECK_TEXT(catalog_name(d.catalog, ENTRY_TYPE, e.id, "de"), "Ersatzteile");
	CHECK_INT(save(ENTRY_TYPE, (struct entry) { .colour = "grey" }, "Spare parts", "", false),
		  ENTRY_TAKEN);
	CHECK_INT(save(ENTRY_TYPE, (struct entry) { .colour = "grey" }, "Spare Parts", "", false),
		  ENTRY_DONE);
	d = now();
	CHECK_INT(with_code(&d, ENTRY_TYPE, "spare_parts_2").archived, false);
	CHECK_INT(remove_it(ENTRY_TYPE, "spare_parts_2", NULL), ENTRY_DONE);
	CHECK_INT(remove_it(ENTRY_TYPE, "spare_parts", NULL), ENTRY_DONE);
}

TEST(a_renamed_entry_keeps_its_code_and_loses_an_emptied_translation)
{
	struct desk d = now();
	struct entry e = with_code(&d, ENTRY_PRIORITY, "high");

	CHECK_INT(save(ENTRY_PRIORITY, e, "Important", "", false), ENTRY_DONE);
	d = now();
	CHECK_TEXT(catalog_name(d.catalog, ENTRY_PRIORITY, e.id, "en"), "Important");
	CHECK(!catalog_label(d.catalog, ENTRY_PRIORITY, e.id, "de"));
	CHECK_TEXT(with_code(&d, ENTRY_PRIORITY, "high").code, "high");
	CHECK_INT(save(ENTRY_PRIORITY, e, "High", "Hoch", false), ENTRY_DONE);
}

TEST(there_is_always_one_default)
{
	struct desk d = now();
	struct entry urgent = with_code(&d, ENTRY_PRIORITY, "urgent");
	struct entry normal = with_code(&d, ENTRY_PRIORITY, "normal");

	CHECK_INT(save(ENTRY_PRIORITY, normal, "Normal", "Normal", false), ENTRY_IS_DEFAULT);
	CHECK_INT(remove_it(ENTRY_PRIORITY, "normal", NULL), ENTRY_IS_DEFAULT);
	CHECK_INT(save(ENTRY_PRIORITY, urgent, "Urgent", "Dringend", true), ENTRY_DONE);
	d = now();
	CHECK_TEXT(catalog_default(d.catalog, ENTRY_PRIORITY)->code, "urgent");
	CHECK(!with_code(&d, ENTRY_PRIORITY, "normal").is_default);
	CHECK_INT(save(ENTRY_PRIORITY, normal, "Normal", "Normal", true), ENTRY_DONE);
}

TEST(the_last_status_of_a_category_stays)
{
	struct desk d = now();
	struct entry closed = with_code(&d, ENTRY_STATUS, "closed");

	CHECK_INT(remove_it(ENTRY_STATUS, "closed", "open"), ENTRY_LAST);
	closed.category = CATEGORY_OPEN;
	CHECK_INT(save(ENTRY_STATUS, closed, "Closed", "Geschlossen", false), ENTRY_LAST);
	d = now();
	CHECK_INT(with_code(&d, ENTRY_STATUS, "closed").category, CATEGORY_CLOSED);
}

TEST(what_is_in_use_is_archived_and_comes_back)
{
	struct desk d;

	use("warranty", "review", "comment");
	CHECK_INT(remove_it(ENTRY_TYPE, "warranty", NULL), ENTRY_ARCHIVED);
	CHECK_INT(remove_it(ENTRY_PRIORITY, "comment", NULL), ENTRY_ARCHIVED);
	CHECK_INT(remove_it(ENTRY_STATUS, "review", NULL), ENTRY_NO_STAND_IN);
	CHECK_INT(remove_it(ENTRY_STATUS, "review", "review"), ENTRY_NO_STAND_IN);
	CHECK_INT(remove_it(ENTRY_STATUS, "review", "escalated"), ENTRY_ARCHIVED);
	d = now();
	CHECK(with_code(&d, ENTRY_TYPE, "warranty").archived);
	CHECK_TEXT(catalog_status(d.catalog, with_code(&d, ENTRY_STATUS, "review").id)->code,
		   "escalated");
	CHECK_OK(entry_restore(&d, &owner, ENTRY_STATUS, with_code(&d, ENTRY_STATUS, "review").id));
	d = now();
	CHECK(!with_code(&d, ENTRY_STATUS, "review").archived);
	CHECK_INT(with_code(&d, ENTRY_STATUS, "review").shown_as, 0);
	CHECK_ERR(entry_restore(&d, &owner, ENTRY_STATUS, with_code(&d, ENTRY_STATUS, "review").id),
		  ERR_NOT_FOUND);
	d = now();
	CHECK_OK(entry_restore(&d, &owner, ENTRY_TYPE, with_code(&d, ENTRY_TYPE, "warranty").id));
	d = now();
	CHECK_OK(entry_restore(&d, &owner, ENTRY_PRIORITY, with_code(&d, ENTRY_PRIORITY, "comment").id));
}

static int64_t tickets(enum turn turn)
{
	static const struct field fields[] = { FIELD(use, n) };
	static const struct shape shape = SHAPE(use, fields);
	struct desk d = now();
	struct use u;

	CHECK_OK(db_row(d.db, "SELECT COUNT(*) AS n FROM as_ticket WHERE shop_id = ?"
			      " AND turn = ?", &shape, &u, ARGS(SHOP, turn_codes[turn])));
	return u.n;
}

TEST(tickets_follow_a_status_that_means_something_else)
{
	int64_t before = tickets(TURN_CUSTOMER), wrong;
	struct entry e = { .colour = "grey", .category = CATEGORY_OPEN };
	struct desk d;

	CHECK_INT(save(ENTRY_STATUS, e, "At the workshop", "", false), ENTRY_DONE);
	use("question", "at_the_workshop", "normal");
	d = now();
	e = with_code(&d, ENTRY_STATUS, "at_the_workshop");
	e.category = CATEGORY_WAITING_CUSTOMER;
	CHECK_INT(save(ENTRY_STATUS, e, "At the workshop", "", false), ENTRY_DONE);
	CHECK_INT(tickets(TURN_CUSTOMER), before + 1);

	/* Shown as another status, it is that one's turn; and back again. */
	CHECK_INT(remove_it(ENTRY_STATUS, "at_the_workshop", "closed"), ENTRY_ARCHIVED);
	CHECK_INT(tickets(TURN_CUSTOMER), before);
	d = now();
	CHECK_OK(entry_restore(&d, &owner, ENTRY_STATUS, e.id));
	CHECK_INT(tickets(TURN_CUSTOMER), before + 1);

	d = now();
	CHECK_OK(turn_mend(d.db, SHOP));	/* those other tests have made */
	CHECK_OK(db_run(d.db, "UPDATE as_ticket SET turn = 'over' WHERE status_id = ?",
			NULL, ARGS(e.id)));
	CHECK_OK(store_turn_check(d.db, SHOP, &wrong));
	CHECK_INT(wrong, 1);
	CHECK_OK(turn_mend(d.db, SHOP));
	CHECK_OK(store_turn_check(d.db, SHOP, &wrong));
	CHECK_INT(wrong, 0);
}

TEST(entries_move_one_place_and_stop_at_the_ends)
{
	struct desk d = now();
	int64_t first = with_code(&d, ENTRY_PRIORITY, "critical").id;
	char before[200];

	snprintf(before, sizeof(before), "%s", order_of(ENTRY_PRIORITY));
	d = now();
	CHECK_OK(entry_move(&d, &owner, ENTRY_PRIORITY, first, true));
	CHECK_TEXT(order_of(ENTRY_PRIORITY), before);
	d = now();
	CHECK_OK(entry_move(&d, &owner, ENTRY_PRIORITY, first, false));
	CHECK(!strncmp(order_of(ENTRY_PRIORITY), "urgent critical high", 20));
	d = now();
	CHECK_OK(entry_move(&d, &owner, ENTRY_PRIORITY, first, true));
	CHECK_TEXT(order_of(ENTRY_PRIORITY), before);
	d = now();
	CHECK_ERR(entry_move(&d, &owner, ENTRY_PRIORITY, 999999, true), ERR_NOT_FOUND);
	d = now();
	CHECK_ERR(entry_order(&d, &owner, ENTRY_PRIORITY, (int64_t[]) { 999999 }, 1),
		  ERR_BAD_REQUEST);
}

TEST(what_an_owner_did_not_see_is_not_overwritten)
{
	struct desk d = now();
	struct label label = { .lang = "en", .name = "Late" };
	struct entry_draft draft = { ENTRY_TYPE, { .colour = "red" }, false, &label, 1 };
	enum entry_answer answer;

	CHECK_OK(store_setting_revise(d.db, SHOP));
	CHECK_ERR(entry_save(&d, &owner, &draft, &answer), ERR_CONFLICT);
}

TEST(lists_are_changed_by_who_may_configure)
{
	static const struct actor agent = {
		.kind = ACTOR_AGENT, .shop = SHOP, .id = 1,
		.may = { [RIGHT_READ] = SCOPE_ALL, [RIGHT_STAFF] = SCOPE_ALL },
	};
	struct desk d = now();
	struct label label = { .lang = "en", .name = "Mine" };
	struct entry_draft draft = { ENTRY_TYPE, { .colour = "red" }, false, &label, 1 };
	int64_t id = with_code(&d, ENTRY_TYPE, "idea").id;
	enum entry_answer answer;
	const char *name;
	struct rows rows;

	CHECK_ERR(entry_save(&d, &agent, &draft, &answer), ERR_FORBIDDEN);
	CHECK_ERR(entry_remove(&d, &agent, ENTRY_TYPE, id, 0, &answer), ERR_FORBIDDEN);
	CHECK_ERR(entry_move(&d, &agent, ENTRY_TYPE, id, true), ERR_FORBIDDEN);
	CHECK_ERR(entry_uses(&d, &agent, ENTRY_TYPE, &rows), ERR_FORBIDDEN);
	CHECK_ERR(entry_put_image(&d, &agent, "image/png", (struct bytes) { "x", 1 }, &name),
		  ERR_FORBIDDEN);
}

TEST(an_image_comes_back_by_its_name)
{
	struct desk d = now();
	struct bytes picture = { "\x89PNG\0more", 9 }, back;
	const char *name, *type;

	CHECK_OK(entry_put_image(&d, &owner, "image/png", picture, &name));
	CHECK_INT(strlen(name), 64);
	CHECK_OK(entry_put_image(&d, &owner, "image/png", picture, &name));
	CHECK_OK(entry_image(&d, name, &type, &back));
	CHECK_TEXT(type, "image/png");
	CHECK_INT(back.n, 9);
	assert_memory_equal(back.at, picture.at, 9);
	CHECK_ERR(entry_image(&d, "zz", &type, &back), ERR_NOT_FOUND);
	CHECK_ERR(entry_image(&d, "0000000000000000000000000000000000000000000000000000000000000000",
			      &type, &back), ERR_NOT_FOUND);
}
