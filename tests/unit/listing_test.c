/* Pages of long lists, on a real database; shop 41 is this file's own. */
#include "desk/inbox.h"
#include "desk/listing.h"
#include "desk/mine.h"
#include "fixture.h"
#include "store/customer.h"

enum { SHOP = 41, TICKETS = 400, POSTINGS = 2400, MANY = 25 };

struct stage {
	struct desk d;
	struct actor anna;
	int64_t *seen;			/* ids, in the order they were shown */
	size_t n_seen;
};

/* Two thirds have the first value of each list, instants come in threes. */
static const char world[] =
	"INSERT INTO as_customer (shop_id, external_id, email, name, created_at,\n"
	" updated_at) VALUES (41, 'zoe', 'zoe41@example.com', 'Zoë', NOW(6), NOW(6));\n"
	"INSERT INTO as_ticket (shop_id, number, customer_id, subject, type_id,\n"
	" status_id, turn, priority_id, owner_id, source, lang, opened_by_kind,\n"
	" opened_by_name, created_at, updated_at, waiting_since, order_key, order_no)\n"
	" SELECT 41, 50000 + s.seq, (SELECT id FROM as_customer WHERE shop_id = 41),\n"
	" CONCAT('Ticket ', s.seq), ty.id, st.id, CASE st.category WHEN\n"
	" 'waiting_customer' THEN 'customer' WHEN 'waiting_other' THEN 'nobody'\n"
	" WHEN 'new' THEN 'store' WHEN 'open' THEN 'store' ELSE 'over' END,\n"
	" pr.id, IF(s.seq % 5, NULL, 900),\n"
	" 'shop', 'de', 'customer', 'Zoë', '2026-01-01',\n"
	" '2026-01-01' + INTERVAL s.seq DIV 3 MINUTE,\n"
	" '2026-02-01' - INTERVAL s.seq DIV 3 MINUTE, 'k1', '5001'\n"
	" FROM seq_1_to_400 s\n"
	" JOIN (SELECT id, ROW_NUMBER() OVER (ORDER BY place, id) - 1 AS r, COUNT(*)\n"
	" OVER () AS n FROM as_type WHERE shop_id = 41) ty\n"
	" ON ty.r = IF(s.seq % 3, 0, s.seq % ty.n)\n"
	" JOIN (SELECT id, category, ROW_NUMBER() OVER (ORDER BY place, id) - 1 AS r,\n"
	" COUNT(*) OVER () AS n FROM as_status WHERE shop_id = 41) st\n"
	" ON st.r = IF(s.seq % 3, 0, s.seq % st.n)\n"
	" JOIN (SELECT id, ROW_NUMBER() OVER (ORDER BY place, id) - 1 AS r, COUNT(*)\n"
	" OVER () AS n FROM as_priority WHERE shop_id = 41) pr\n"
	" ON pr.r = IF(s.seq % 3, 0, s.seq % pr.n);\n"
	"INSERT INTO as_message (shop_id, ticket_id, origin_ticket_id, kind,\n"
	" author_kind, author_name, type_id, status_id, priority_id, body, created_at)\n"
	" SELECT 41, t.id, t.id, 'customer', 'customer', 'Zoë', t.type_id,\n"
	" t.status_id, t.priority_id, 'Words', t.updated_at + INTERVAL s.seq HOUR\n"
	" FROM as_ticket t JOIN seq_1_to_6 s WHERE t.shop_id = 41;\n"
	"UPDATE as_ticket t JOIN (SELECT ticket_id, MAX(id) AS last FROM as_message\n"
	" WHERE shop_id = 41 GROUP BY ticket_id) m ON m.ticket_id = t.id\n"
	" SET t.last_message_id = m.last;\n"
	"ANALYZE TABLE as_ticket, as_message;\n";

static struct stage enter(void)
{
	struct stage s = { .d = house_desk(house_enter(), SHOP) };
	struct customer c;
	bool found;

	s.anna = (struct actor) { .kind = ACTOR_AGENT, .shop = SHOP, .id = 900,
				  .name = "Anna", .email = "anna@shop.example" };
	for (int r = 0; r < RIGHTS; r++)
		s.anna.may[r] = SCOPE_ALL;
	s.seen = arena_alloc(s.d.arena, (POSTINGS + MANY) * sizeof(*s.seen));
	CHECK_OK(store_customer_by_external(s.d.db, SHOP, "zoe", &c, &found));
	if (!found)
		CHECK_OK(db_script(s.d.db, world));
	return s;
}

static int64_t id_at(const struct rows *rows, size_t i, bool postings)
{
	return postings ? ((struct message *) rows->at)[i].id
			: ((struct ticket_row *) rows->at)[i].id;
}

struct list {
	const char *name;
	const struct ticket_filter *tickets;
	const struct posting_filter *postings;
};

static struct listing_page page_of(struct stage *s, const struct list *list,
				   const struct listing *l)
{
	struct listing_page page;

	if (list->tickets)
		CHECK_OK(listing_tickets(&s->d, &s->anna, list->tickets, l, &page));
	else
		CHECK_OK(listing_postings(&s->d, &s->anna, list->postings, l, &page));
	return page;
}

static void note_seen(struct stage *s, const struct rows *rows, bool postings)
{
	for (size_t i = 0; i < rows->n; i++)
		s->seen[s->n_seen++] = id_at(rows, i, postings);
}

static int by_id(const void *a, const void *b)
{
	const int64_t *one = a, *other = b;

	return (*one > *other) - (*one < *other);
}

static void check_each_once(struct stage *s, const char *name, size_t all)
{
	int64_t *sorted = arena_alloc(s->d.arena, s->n_seen * sizeof(*sorted));

	if (s->n_seen != all)
		fail_msg("%s: %zu rows, not %zu", name, s->n_seen, all);
	memcpy(sorted, s->seen, all * sizeof(*sorted));
	qsort(sorted, all, sizeof(*sorted), by_id);
	for (size_t i = 1; i < all; i++)
		if (sorted[i] == sorted[i - 1])
			fail_msg("%s: row %lld twice", name, (long long) sorted[i]);
}

/* All pages to the end, then all pages back: the same rows. */
static void walk(struct stage *s, const struct list *list, struct listing l,
		 size_t all)
{
	bool postings = list->postings != NULL;
	struct listing_page page;
	size_t at, pages = 1;

	s->n_seen = 0;
	l.after = l.before = "";
	page = page_of(s, list, &l);
	CHECK(!page.before);
	for (;; pages++) {
		note_seen(s, &page.rows, postings);
		if (!page.after || s->n_seen > all)
			break;
		CHECK_INT(page.rows.n, l.limit);
		l.after = page.after;
		page = page_of(s, list, &l);
	}
	check_each_once(s, list->name, all);
	CHECK_INT(pages, (all + l.limit - 1) / l.limit);
	at = s->n_seen - page.rows.n;
	for (l.after = ""; page.before; pages--) {
		l.before = page.before;
		page = page_of(s, list, &l);
		at -= page.rows.n;
		for (size_t i = 0; i < page.rows.n; i++)
			if (id_at(&page.rows, i, postings) != s->seen[at + i])
				fail_msg("%s: another row on the way back", list->name);
		CHECK(page.after);
	}
	CHECK_INT(at, 0);
	CHECK_INT(pages, 1);
}

TEST(every_page_of_every_list_shows_each_row_once_forth_and_back)
{
	static const struct ticket_filter by_update = { .order = TICKETS_BY_UPDATE };
	static const struct posting_filter everything = { 0 };
	struct stage s = enter();
	struct inbox_filter mine;
	size_t n_mine = 0;

	inbox_filter(&s.anna, INBOX_MINE, &mine);
	CHECK(mine.f.order == TICKETS_BY_WAIT && mine.f.open);
	{
		struct listing l = { .limit = TICKETS, .after = "", .before = "" };
		struct list list = { "mine", &mine.f, NULL };

		n_mine = page_of(&s, &list, &l).rows.n;
		CHECK(n_mine > 30 && n_mine <= TICKETS / 5);
	}
	for (int way = 0; way < 16; way++) {
		struct listing l = { .sort = (enum listing_sort) (way / 4),
				     .last_first = way & 1, .oldest_first = way & 2,
				     .limit = 7 };
		struct list all = { "tickets", &by_update, NULL };
		struct list few = { "mine", &mine.f, NULL };
		struct list postings = { "postings", NULL, &everything };

		s = enter();
		inbox_filter(&s.anna, INBOX_MINE, &mine);
		walk(&s, &all, l, TICKETS);
		walk(&s, &few, l, n_mine);
		l.limit = 113;
		walk(&s, &postings, l, POSTINGS);
	}
}

static int place(struct stage *s, enum entry_kind kind, int64_t id)
{
	return catalog_entry(s->d.catalog, kind, id)->place;
}

TEST(postings_follow_the_owners_order_and_then_the_date)
{
	static const struct posting_filter everything = { 0 };
	struct stage s = enter();
	struct listing l = { .sort = LISTING_BY_PRIORITY, .limit = POSTINGS,
			     .after = "", .before = "" };
	struct listing_page page;
	const struct message *m;

	CHECK_OK(listing_postings(&s.d, &s.anna, &everything, &l, &page));
	m = page.rows.at;
	for (size_t i = 1; i < page.rows.n; i++) {
		int before = place(&s, ENTRY_PRIORITY, m[i - 1].priority_id);
		int now = place(&s, ENTRY_PRIORITY, m[i].priority_id);

		CHECK(before <= now);
		if (before == now)
			CHECK(strcmp(m[i - 1].created_at, m[i].created_at) >= 0);
	}
}

TEST(a_page_asks_once_for_each_value_it_crosses)
{
	static const struct posting_filter everything = { 0 };
	struct stage s = enter();
	struct listing l = { .sort = LISTING_BY_TYPE, .limit = MANY,
			     .after = "", .before = "" };
	struct list postings = { "postings", NULL, &everything };
	size_t types;
	long before;

	catalog_entries(s.d.catalog, ENTRY_TYPE, &types);
	before = db_statements(s.d.db);
	page_of(&s, &postings, &l);
	CHECK_INT(db_statements(s.d.db) - before, 1);
	l.limit = POSTINGS;
	before = db_statements(s.d.db);
	page_of(&s, &postings, &l);
	CHECK_INT(db_statements(s.d.db) - before, types);
}

TEST(a_forged_cursor_is_refused_and_a_foreign_one_shows_the_first_page)
{
	static const struct ticket_filter by_update = { .order = TICKETS_BY_UPDATE };
	static const char *const forged[] = {
		"x", "1", "1.2", "0.20260305T120000.123456", "-1.20260305T120000.123456.1",
		"0.20261305T120000.123456.1", "0.20260305T120000.123456.1x",
		"0.20260305T120000.12345.1", "0.20260305 120000.123456.1",
		"0.20260305T120000.123456.99999999999999999999",
		"0.20260305T120000.123456.1; DROP TABLE as_ticket",
	};
	struct stage s = enter();
	struct listing l = { .limit = MANY, .after = "", .before = "" };
	struct list list = { "tickets", &by_update, NULL };
	struct listing_page first = page_of(&s, &list, &l), other;

	for (size_t i = 0; i < sizeof(forged) / sizeof(*forged); i++) {
		l.after = forged[i];
		CHECK_ERR(listing_tickets(&s.d, &s.anna, &by_update, &l, &other),
			  ERR_BAD_REQUEST);
	}
	l.after = "999999.20260305T120000.123456.1";
	other = page_of(&s, &list, &l);
	CHECK_INT(id_at(&other.rows, 0, false), id_at(&first.rows, 0, false));
	CHECK(!other.before);
	/* Behind the end: the last page, from which one comes back. */
	l.after = "0.20000101T000000.000000.1";
	other = page_of(&s, &list, &l);
	CHECK_INT(other.rows.n, MANY);
	CHECK(!other.after && other.before);
}

TEST(an_archived_status_is_listed_where_it_is_shown)
{
	static const struct posting_filter everything = { 0 };
	struct stage s = enter();
	const struct entry *e;
	struct entry away, shown;
	struct listing l = { .sort = LISTING_BY_STATUS, .limit = POSTINGS,
			     .after = "", .before = "" };
	struct list list = { "postings", NULL, &everything };
	struct listing_page page;
	const struct message *m;
	size_t n;

	e = catalog_entries(s.d.catalog, ENTRY_STATUS, &n);
	shown = e[0];
	away = e[1];
	away.archived = true;
	away.shown_as = shown.id;
	CHECK_OK(store_catalog_set(s.d.db, SHOP, ENTRY_STATUS, &away));
	s.d = house_desk((struct house) { s.d.arena, s.d.db }, SHOP);
	page = page_of(&s, &list, &l);
	CHECK_INT(page.rows.n, POSTINGS);
	m = page.rows.at;
	for (size_t i = 1; i < page.rows.n; i++) {
		const struct entry *one = catalog_status(s.d.catalog, m[i - 1].status_id);
		const struct entry *next = catalog_status(s.d.catalog, m[i].status_id);

		CHECK(one->place <= next->place);
		if (one == next)
			CHECK(strcmp(m[i - 1].created_at, m[i].created_at) >= 0);
	}
	walk(&s, &list, (struct listing) { .sort = LISTING_BY_STATUS, .limit = 97 },
	     POSTINGS);
	away.archived = false;
	away.shown_as = 0;
	CHECK_OK(store_catalog_set(s.d.db, SHOP, ENTRY_STATUS, &away));
}

TEST(a_day_begins_and_ends_in_the_readers_zone)
{
	struct house h = house_enter();
	static const char berlin[] = "Europe/Berlin";

	CHECK_TEXT(listing_day(h.arena, "2026-03-05", 0, "UTC"),
		   "2026-03-05 00:00:00.000000");
	CHECK_TEXT(listing_day(h.arena, "2026-03-05", 0, berlin),
		   "2026-03-04 23:00:00.000000");
	/* The day on which the clocks go forward has 23 hours. */
	CHECK_TEXT(listing_day(h.arena, "2026-03-29", 0, berlin),
		   "2026-03-28 23:00:00.000000");
	CHECK_TEXT(listing_day(h.arena, "2026-03-29", 1, berlin),
		   "2026-03-29 22:00:00.000000");
	CHECK_TEXT(listing_day(h.arena, "2026-12-31", 1, "UTC"),
		   "2027-01-01 00:00:00.000000");
	CHECK(!listing_day(h.arena, "2026-02-30", 0, "UTC"));
	CHECK(!listing_day(h.arena, "2026-03-05 12:00:00", 0, "UTC"));
	CHECK(!listing_day(h.arena, "5.3.2026", 0, "UTC"));
	CHECK(!listing_day(h.arena, "", 0, "UTC"));
}

TEST(a_range_holds_its_first_and_its_last_day)
{
	struct stage s = enter();
	struct posting_filter f = {
		.from = listing_day(s.d.arena, "2026-01-01", 0, "UTC"),
		.until = listing_day(s.d.arena, "2026-01-01", 1, "UTC"),
	};
	struct listing l = { .limit = POSTINGS, .after = "", .before = "" };
	struct list list = { "postings", NULL, &f };

	CHECK_INT(page_of(&s, &list, &l).rows.n, POSTINGS);
	f.until = "2026-01-01 02:00:00.000000";
	l.sort = LISTING_BY_STATUS;
	/* One hour after the tickets' own minutes 0 to 59. */
	CHECK_INT(page_of(&s, &list, &l).rows.n, 3 * 60 - 1);
}

TEST(agents_of_their_own_tickets_page_through_those_alone)
{
	static const struct posting_filter everything = { 0 };
	struct stage s = enter();
	struct list list = { "postings", NULL, &everything };

	s.anna.may[RIGHT_READ] = SCOPE_OWN;
	walk(&s, &list, (struct listing) { .limit = 50 }, POSTINGS / 5);
}

TEST(views_hold_what_they_say)
{
	struct stage s = enter();
	const struct catalog *c = s.d.catalog;
	struct inbox_filter f;

	inbox_filter(&s.anna, INBOX_NEEDS, &f);
	CHECK(f.f.of_turn && f.f.turn == TURN_STORE);
	inbox_narrow(c, catalog_by_code(c, ENTRY_STATUS, "closed")->id, &f);
	CHECK_INT(f.f.n_statuses, 1);
	CHECK_INT(f.ids[0], -1);	/* empty, never everything */
	inbox_filter(&s.anna, INBOX_ALL, &f);
	CHECK(!f.f.of_turn && !f.f.open && !f.f.n_statuses);
	inbox_filter(&s.anna, INBOX_UNASSIGNED, &f);
	CHECK_INT(f.f.owner_id, -1);
}

/* However many there are of another one: they are asked for in one go, and
 * order by order when that were too many. */
TEST(an_order_shows_its_newest_three_tickets)
{
	static const char *const both[] = { "k1", "k2" };
	struct stage s = enter();
	struct actor zoe = { .kind = ACTOR_CUSTOMER, .shop = SHOP };
	struct ticket_row *t;
	struct customer c;
	struct rows rows;
	bool found;

	CHECK_OK(store_customer_by_external(s.d.db, SHOP, "zoe", &c, &found));
	zoe.id = c.id;
	CHECK_OK(db_begin(s.d.db));
	CHECK_OK(db_run(s.d.db, "UPDATE as_ticket SET order_key = 'k2' WHERE shop_id = ?"
				" AND number BETWEEN 50001 AND 50005", NULL, ARGS(SHOP)));
	CHECK_OK(store_ticket_of_orders(s.d.db, &zoe, both + 1, 1, &rows));
	t = rows.at;
	CHECK_INT(rows.n, 3);
	CHECK_TEXT(t[0].number, "50005");
	CHECK_TEXT(t[2].number, "50003");
	CHECK_OK(store_ticket_of_orders(s.d.db, &zoe, both, 2, &rows));
	CHECK_INT(rows.n, 6);
	for (size_t i = 0; i < rows.n; i++) {
		t = (struct ticket_row *) rows.at + i;
		CHECK(strcmp(t->number, strcmp(t->order_key, "k1") ? "50003" : "50398") >= 0);
	}
	zoe.id++;
	CHECK_OK(store_ticket_of_orders(s.d.db, &zoe, both, 2, &rows));
	CHECK_INT(rows.n, 0);
	db_rollback(s.d.db);
}

static void check_newest_tickets(const struct order_board *b, size_t messages)
{
	const struct ticket_row *t = b->tickets.at;
	const struct message *m = b->messages.at;

	CHECK_INT(b->tickets.n, TICKETS_OF_ORDER);
	CHECK(b->more);
	CHECK_TEXT(t[0].number, "50400");
	CHECK_TEXT(t[TICKETS_OF_ORDER - 1].number, "50376");
	CHECK_INT(b->messages.n, messages);
	for (size_t i = 0; i < b->messages.n; i++) {
		CHECK(strcmp(m[i].number, "50376") >= 0);
		CHECK(!i || m[i - 1].id < m[i].id);
	}
}

/* Of four hundred tickets no page reads more than the newest; a note and its
 * file are the agents' alone, as is the board of somebody else. */
TEST(the_board_of_an_order_is_its_newest_tickets)
{
	enum { MESSAGES = 6 * TICKETS_OF_ORDER };
	struct stage s = enter();
	struct actor zoe = { .kind = ACTOR_CUSTOMER, .shop = SHOP };
	const struct ticket_row *t;
	struct order_board b;
	struct customer c;
	bool found;

	CHECK_OK(store_customer_by_external(s.d.db, SHOP, "zoe", &c, &found));
	zoe.id = c.id;
	CHECK_OK(mine_board(&s.d, &zoe, "k1", &b));
	check_newest_tickets(&b, MESSAGES);
	CHECK_OK(db_begin(s.d.db));
	t = b.tickets.at;
	CHECK_OK(db_run(s.d.db, "UPDATE as_message SET kind = 'note', files = 1"
				" WHERE ticket_id = ? ORDER BY id DESC LIMIT 1",
			NULL, ARGS(t[0].id)));
	CHECK_OK(db_run(s.d.db, "INSERT INTO as_attachment (public_id, message_id, name,"
				" type, size, sha256) SELECT 'note-41', MAX(id), 'a.txt',"
				" 'text/plain', 1, REPEAT('x', 32) FROM as_message"
				" WHERE ticket_id = ?", NULL, ARGS(t[0].id)));
	CHECK_OK(mine_board(&s.d, &s.anna, "k1", &b));
	check_newest_tickets(&b, MESSAGES);
	CHECK_INT(b.files.n, 1);
	CHECK_OK(mine_board(&s.d, &zoe, "k1", &b));
	check_newest_tickets(&b, MESSAGES - 1);
	CHECK_INT(b.files.n, 0);
	t = b.tickets.at;
	zoe.only_ticket = t[3].id;
	CHECK_OK(mine_board(&s.d, &zoe, "k1", &b));
	CHECK_INT(b.tickets.n, 1);
	CHECK(!b.more);
	CHECK_INT(b.messages.n, 6);
	zoe.only_ticket = 0;
	zoe.id++;
	CHECK_OK(mine_board(&s.d, &zoe, "k1", &b));
	CHECK_INT(b.tickets.n + b.messages.n, 0);
	s.anna.may[RIGHT_READ] = SCOPE_OWN;
	CHECK_OK(mine_board(&s.d, &s.anna, "k1", &b));
	t = b.tickets.at;
	CHECK_TEXT(t[1].number, "50395");
	CHECK_TEXT(((struct message *) b.messages.at)->number, "50280");
	db_rollback(s.d.db);
}

TEST(several_tickets_change_at_once_and_what_cannot_is_left)
{
	struct stage s = enter();
	const char *const numbers[] = { "50001", "50002", "no such", "50003" };
	struct change c = { .owner_id = 900 };
	struct inbox_done done;
	struct ticket t;

	CHECK_OK(inbox_change(&s.d, &s.anna, numbers, 4, &c, &done));
	CHECK_INT(done.changed, 3);
	CHECK_INT(done.left, 1);
	CHECK_OK(ticket_find(&s.d, &s.anna, "50003", &t));
	CHECK_INT(t.owner_id, 900);
	c.owner_id = -1;
	CHECK_OK(inbox_change(&s.d, &s.anna, numbers, 4, &c, &done));
	s.anna.may[RIGHT_CHANGE] = SCOPE_NONE;
	CHECK_OK(inbox_change(&s.d, &s.anna, numbers, 4, &c, &done));
	CHECK_INT(done.changed, 0);
	CHECK_INT(done.left, 4);
}
