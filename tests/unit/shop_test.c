#include "fixture.h"
#include "store/shop.h"

/* A shop of plain tables: what lies behind the nine names is not our affair. */
static const char schema[] =
"CREATE OR REPLACE DATABASE shop_test CHARACTER SET utf8mb4"
" COLLATE utf8mb4_general_ci;\n"
"CREATE TABLE shop_test.as_shop_customer (customer_key %1$s, email VARCHAR(99),"
" first_name TEXT, last_name TEXT, phone TEXT, company TEXT, lang TEXT,"
" is_active INT, is_guest INT, created_at DATETIME, store_key %1$s);\n"
"CREATE TABLE shop_test.as_shop_order_index (order_key %1$s, customer_key %1$s,"
" email VARCHAR(99), placed_at DATETIME(3));\n"
"CREATE TABLE shop_test.as_shop_order (order_key %1$s, order_no VARCHAR(20),"
" customer_key %1$s, email VARCHAR(99), customer_name TEXT, phone TEXT,"
" placed_at DATETIME(3), updated_at DATETIME, status_key INT, status_name TEXT,"
" status_group TEXT, currency CHAR(3), total DECIMAL(26,8), lang TEXT,"
" store_key %1$s);\n"
"CREATE TABLE shop_test.as_shop_order_line (order_key %1$s, line_key %1$s,"
" line_no INT, product_key %1$s, name TEXT, sku TEXT, qty DECIMAL(20,4),"
" unit_price DECIMAL(26,8), line_total DECIMAL(26,8));\n"
"CREATE TABLE shop_test.as_shop_order_line_option (order_key %1$s,"
" line_key %1$s, name TEXT, value TEXT);\n"
"CREATE TABLE shop_test.as_shop_order_address (order_key %1$s, kind TEXT,"
" name TEXT, company TEXT, line1 TEXT, line2 TEXT, city TEXT, region TEXT,"
" postcode TEXT, country TEXT, phone TEXT);\n"
"CREATE TABLE shop_test.as_shop_shipment (order_key %1$s, shipment_key %1$s,"
" shipped_at DATETIME, carrier TEXT, tracking_no TEXT, tracking_url TEXT);\n"
"CREATE TABLE shop_test.as_shop_refund (order_key %1$s, refund_key %1$s,"
" refunded_at DATETIME, amount DECIMAL(26,8), currency CHAR(3), reason TEXT);\n"
"CREATE TABLE shop_test.as_shop_order_event (order_key %1$s, event_key %1$s,"
" at DATETIME, status_name TEXT, note TEXT, is_public INT);\n"
"USE shop_test;\n";

static const char *const key_types[] = {
	[SHOP_KEY_INT] = "BIGINT", [SHOP_KEY_BIN16] = "BINARY(16)",
	[SHOP_KEY_TEXT] = "VARCHAR(40)",
};

/* A connection of its own, so that the other tests stay where they are. */
static struct shop_source shop_of(enum shop_key key, const char *rows)
{
	static struct arena *arena;
	static struct db *db;
	struct shop_source s;

	if (!db) {
		struct db_conf conf = house_conf();

		conf.statement_ms = 2000;	/* as connect_shop() says */
		arena = arena_new("shop");
		db = db_new(&conf);
	}
	arena_reset(arena);
	CHECK_OK(db_enter(db, arena));
	CHECK_OK(db_script(db, arena_printf(arena, schema, key_types[key])));
	CHECK_OK(db_script(db, rows));
	s = (struct shop_source) { .db = db, .meta = { .key = key } };
	return s;
}

static const struct shop_order *order_at(const struct rows *rows, size_t i)
{
	CHECK(i < rows->n);
	return (const struct shop_order *) rows->at + i;
}

#define ORDERS "INSERT INTO as_shop_order (order_key, order_no, customer_key," \
	" email, placed_at, status_group, currency, total) VALUES "
#define INDEX "INSERT INTO as_shop_order_index VALUES "
#define FROM_NEWEST ((struct shop_cursor) { 0 })

TEST(a_shop_order_is_read_with_all_that_belongs_to_it)
{
	struct shop_source s = shop_of(SHOP_KEY_INT,
		"INSERT INTO as_shop_order VALUES (101, 'A-101', 7, 'ann@mail.example',"
		" 'Ann Berg', '030', '2026-03-01 10:00:00.123', '2026-03-02 11:00:00',"
		" 3, 'Sent', 'shipped', 'EUR', 29.75, 'de-de', 1);\n"
		"INSERT INTO as_shop_order_line VALUES"
		" (101, 2, 20, 32, 'Cup', 'CU', 1, 5.95, 5.95),"
		" (101, 1, 10, 31, 'Pot', 'TP', 2, 11.9, 23.8),"
		" (101, 1, 10, 31, 'Pot', 'TP', 2, 11.9, 23.8),"
		" (102, 3, 1, 31, 'Pan', 'PA', 2, 11.9, 23.8);\n"
		"INSERT INTO as_shop_order_line_option VALUES"
		" (101, 1, 'Colour', 'Red'), (101, 1, 'Lid', 'Yes');\n"
		"INSERT INTO as_shop_order_address (order_key, kind, name, phone) VALUES"
		" (101, 'shipping', '', '030'), (101, 'billing', 'Ann', '030'),"
		" (101, 'billing', 'Ann again', '030');\n"
		"SET STATEMENT sql_mode = '' FOR INSERT INTO as_shop_shipment VALUES"
		" (101, 1, '0000-00-00', 'Pigeon', 'P-1', NULL);\n"
		"INSERT INTO as_shop_refund VALUES"
		" (101, 1, '2026-03-04', 5.95, 'EUR', 'Cracked');\n"
		"INSERT INTO as_shop_order_event VALUES"
		" (101, 1, '2026-03-01 10:00:00', 'New', 'Thanks', 1),"
		" (101, 2, '2026-03-02 10:00:00', 'Sent', 'By Eve', 0);\n");
	struct rows lines, addresses, shipments, refunds, events;
	const struct shop_line *line;
	const struct shop_event *event;
	struct shop_order o;
	long before = db_statements(s.db);

	CHECK_OK(store_shop_order(&s, "101", &o));
	CHECK_OK(store_shop_lines(&s, "101", &lines));
	CHECK_OK(store_shop_addresses(&s, "101", &addresses));
	CHECK_OK(store_shop_shipments(&s, "101", &shipments));
	CHECK_OK(store_shop_refunds(&s, "101", &refunds));
	CHECK_OK(store_shop_events(&s, "101", &events));
	CHECK_INT(db_statements(s.db) - before, 7);

	CHECK_TEXT(o.order_key, "101");
	CHECK_TEXT(o.order_no, "A-101");
	CHECK_TEXT(o.customer_key, "7");
	CHECK_TEXT(o.placed_at, "2026-03-01 10:00:00");
	CHECK_TEXT(o.status_key, "3");
	CHECK_TEXT(o.status_group, "shipped");
	CHECK_TEXT(o.total, "29.75000000");

	line = lines.at;
	CHECK_INT(lines.n, 2);
	CHECK_TEXT(line[0].name, "Pot");
	CHECK_TEXT(line[0].options, "Colour: Red, Lid: Yes");
	CHECK_TEXT(line[1].name, "Cup");
	CHECK(!line[1].options);

	CHECK_INT(addresses.n, 1);
	CHECK_TEXT(((struct shop_address *) addresses.at)->name, "Ann");
	CHECK_INT(shipments.n, 1);
	CHECK(!((struct shop_shipment *) shipments.at)->shipped_at);
	CHECK_INT(refunds.n, 1);
	CHECK_TEXT(((struct shop_refund *) refunds.at)->refunded_at,
		   "2026-03-04 00:00:00");
	event = events.at;
	CHECK_INT(events.n, 2);
	CHECK(!event[0].is_public && event[1].is_public);
}

TEST(what_cannot_be_a_key_of_the_shop_finds_nothing)
{
	static const struct { enum shop_key kind; const char *key; } cases[] = {
		{ SHOP_KEY_INT, "7x" }, { SHOP_KEY_INT, "07" }, { SHOP_KEY_INT, "" },
		{ SHOP_KEY_INT, "-7" }, { SHOP_KEY_INT, " 7" }, { SHOP_KEY_INT, "7.0" },
		{ SHOP_KEY_INT, "99999999999999999999999" }, { SHOP_KEY_INT, NULL },
		{ SHOP_KEY_BIN16, "7" }, { SHOP_KEY_BIN16, "0123456789abcdef" },
		{ SHOP_KEY_BIN16, "0123456789abcdef0123456789abcdeg" },
		{ SHOP_KEY_TEXT, "" }, { SHOP_KEY_TEXT, NULL },
	};
	static const char *const rows[] = {
		[SHOP_KEY_INT] = ORDERS "(7, '7', 7, 'a@b', NOW(), 'new', 'EUR', 1);\n"
			INDEX "(7, 7, 'a@b', NOW());\n",
		[SHOP_KEY_BIN16] = "",
		[SHOP_KEY_TEXT] = ORDERS "('', '7', '', 'a@b', NOW(), 'new', 'EUR', 1);\n"
			INDEX "('', '', 'a@b', NOW());\n",
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct shop_source s = shop_of(cases[i].kind, rows[cases[i].kind]);
		struct shop_orders page;
		struct shop_order o;
		struct rows lines;

		CHECK_ERR(store_shop_order(&s, cases[i].key, &o), ERR_NOT_FOUND);
		CHECK_OK(store_shop_lines(&s, cases[i].key, &lines));
		CHECK_INT(lines.n, 0);
		CHECK_OK(store_shop_orders_of(&s, cases[i].key, FROM_NEWEST, 10, &page));
		CHECK_INT(page.rows.n, 0);
	}
}

TEST(keys_of_sixteen_bytes_travel_as_hex)
{
	struct shop_source s = shop_of(SHOP_KEY_BIN16,
		ORDERS "(UNHEX('AB000000000000000000000000000001'), '10001',"
		" UNHEX('CD000000000000000000000000000002'), 'ann@mail.example',"
		" '2026-03-01', 'new', 'EUR', 1);\n"
		INDEX "(UNHEX('AB000000000000000000000000000001'),"
		" UNHEX('CD000000000000000000000000000002'), 'ann@mail.example',"
		" '2026-03-01');\n");
	struct shop_orders page;
	struct shop_order o;

	CHECK_OK(store_shop_order(&s, "AB000000000000000000000000000001", &o));
	CHECK_TEXT(o.order_key, "ab000000000000000000000000000001");
	CHECK_TEXT(o.customer_key, "cd000000000000000000000000000002");
	CHECK(!o.store_key);
	CHECK_OK(store_shop_orders_of(&s, o.customer_key, FROM_NEWEST, 10, &page));
	CHECK_INT(page.rows.n, 1);
}

TEST(keys_and_addresses_are_compared_byte_for_byte)
{
	struct shop_source s = shop_of(SHOP_KEY_TEXT,
		ORDERS "('x', '1', 'Ann', 'jose@mail.example', '2026-03-01', 'new', 'EUR', 1),"
		" ('y', '2', 'ann', 'José@mail.example', '2026-03-02', 'new', 'EUR', 1);\n"
		INDEX "('x', 'Ann', 'jose@mail.example', '2026-03-01'),"
		" ('y', 'ann', 'José@mail.example', '2026-03-02');\n"
		"INSERT INTO as_shop_customer (customer_key, email) VALUES"
		" ('Ann', 'JOSE@mail.example'), ('ann', 'josé@mail.example');\n");
	struct shop_customer c;
	struct shop_orders page;
	struct shop_order o;
	struct rows found;

	CHECK_OK(store_shop_orders_of_email(&s, "Jose@Mail.Example", FROM_NEWEST, 10, &page));
	CHECK_INT(page.rows.n, 1);
	CHECK_TEXT(order_at(&page.rows, 0)->order_key, "x");
	CHECK_OK(store_shop_orders_of(&s, "ann", FROM_NEWEST, 10, &page));
	CHECK_INT(page.rows.n, 1);
	CHECK_TEXT(order_at(&page.rows, 0)->order_key, "y");
	CHECK_ERR(store_shop_order(&s, "X", &o), ERR_NOT_FOUND);
	CHECK_OK(store_shop_customer(&s, "ann", &c));
	CHECK_TEXT(c.email, "josé@mail.example");
	CHECK_OK(store_shop_customers_of_email(&s, "jose@mail.example", &found));
	CHECK_INT(found.n, 1);
	CHECK_TEXT(((struct shop_customer *) found.at)->customer_key, "Ann");
}

TEST(the_order_itself_has_the_last_word_on_whose_it_is)
{
	struct shop_source s = shop_of(SHOP_KEY_INT,
		ORDERS "(1, '1', 8, 'eve@mail.example', NOW(), 'new', 'EUR', 1);\n"
		INDEX "(1, 7, 'ann@mail.example', NOW());\n");
	struct shop_orders page;

	CHECK_OK(store_shop_orders_of(&s, "7", FROM_NEWEST, 10, &page));
	CHECK_INT(page.rows.n, 0);
	CHECK_OK(store_shop_orders_of_email(&s, "ann@mail.example", FROM_NEWEST, 10, &page));
	CHECK_INT(page.rows.n, 0);
}

TEST(nobody_owns_the_orders_of_all_guests)
{
	static const char *const guests[] = { NULL, "", "0" };
	struct shop_source s = shop_of(SHOP_KEY_INT,
		ORDERS "(1, '1', 0, 'gus@mail.example', NOW(), 'new', 'EUR', 1),"
		" (2, '2', NULL, 'gus@mail.example', NOW(), 'new', 'EUR', 1);\n"
		INDEX "(1, 0, 'gus@mail.example', NOW()), (2, NULL, 'gus@mail.example', NOW());\n");
	struct shop_orders page;

	for (size_t i = 0; i < 3; i++) {
		CHECK_OK(store_shop_orders_of(&s, guests[i], FROM_NEWEST, 10, &page));
		CHECK_INT(page.rows.n, 0);
	}
	CHECK_OK(store_shop_orders_of_email(&s, NULL, FROM_NEWEST, 10, &page));
	CHECK_INT(page.rows.n, 0);
	CHECK_OK(store_shop_orders_of_email(&s, "gus@mail.example", FROM_NEWEST, 10, &page));
	CHECK_INT(page.rows.n, 2);
	CHECK(!order_at(&page.rows, 0)->customer_key);
	CHECK(!order_at(&page.rows, 1)->customer_key);
}

TEST(pages_of_orders_miss_none_and_repeat_none)
{
	struct shop_source s = shop_of(SHOP_KEY_INT,
		/* Thirty orders, ten of them in each of three thousandths. */
		INDEX "(0, 9, 'x', NOW());\n"
		"INSERT INTO as_shop_order_index SELECT seq, 7, 'ann@mail.example',"
		" '2026-03-01 10:00:00' + INTERVAL (seq MOD 3) * 1000 MICROSECOND"
		" FROM seq_1_to_30;\n"
		"INSERT INTO as_shop_order (order_key, customer_key, placed_at)"
		" SELECT order_key, customer_key, placed_at FROM as_shop_order_index;\n");
	struct shop_cursor at = FROM_NEWEST;
	bool seen[31] = { false };
	struct shop_orders page;
	int n = 0, pages = 0;

	do {
		CHECK_OK(store_shop_orders_of(&s, "7", at, 7, &page));
		for (size_t i = 0; i < page.rows.n; i++, n++) {
			int key = (int) strtol(order_at(&page.rows, i)->order_key, NULL, 10);

			CHECK(!seen[key]);
			seen[key] = true;
		}
		at = page.next;
		pages++;
	} while (page.more);
	CHECK_INT(n, 30);
	CHECK_INT(pages, 5);
	CHECK_ERR(store_shop_orders_of(&s, "7", FROM_NEWEST, 26, &page), ERR_BUG);
}

TEST(orders_come_in_the_order_of_the_keys)
{
	static const char *const keys[] = { "3", "x", "29", "1", "3", "30", "99", "2",
		"4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16",
		"17", "18", "19", "20", "21", "22", "23", "24" };
	struct shop_source s = shop_of(SHOP_KEY_INT,
		"INSERT INTO as_shop_order (order_key, order_no) SELECT seq, seq FROM seq_1_to_30;\n"
		"INSERT INTO as_shop_order (order_key, order_no) VALUES (3, 'twice');\n");
	struct rows found;
	long before = db_statements(s.db);

	CHECK_OK(store_shop_orders_by_keys(&s, keys, sizeof(keys) / sizeof(*keys), &found));
	CHECK_INT(db_statements(s.db) - before, 2);
	CHECK_INT(found.n, 26);
	CHECK_TEXT(order_at(&found, 0)->order_key, "3");
	CHECK_TEXT(order_at(&found, 1)->order_key, "29");
	CHECK_TEXT(order_at(&found, 2)->order_key, "1");
	CHECK_TEXT(order_at(&found, 3)->order_key, "30");
	CHECK_TEXT(order_at(&found, 4)->order_key, "2");
	CHECK_TEXT(order_at(&found, 25)->order_key, "24");
	CHECK_TEXT(order_at(&found, 0)->status_group, "other");
	CHECK_OK(store_shop_orders_by_keys(&s, keys, 0, &found));
	CHECK_INT(found.n, 0);
	CHECK_OK(store_shop_samples(&s, &found));
	CHECK_INT(found.n, 0);
}

TEST(a_number_may_be_shared_or_be_the_key)
{
	struct shop_source s = shop_of(SHOP_KEY_INT,
		ORDERS "(1, 'ABC', 7, 'a@b', NOW(), 'odd', 'EUR', 1),"
		" (2, 'ABC', 7, 'a@b', NOW(), 'new', 'USD', 1);\n"
		INDEX "(1, 7, 'a@b', NOW()), (2, 7, 'a@b', NOW());\n");
	struct rows found;

	CHECK_OK(store_shop_find(&s, "ABC", &found));
	CHECK_INT(found.n, 2);
	CHECK_TEXT(order_at(&found, 1)->status_group, "other");
	CHECK_OK(store_shop_find(&s, "1", &found));
	CHECK_INT(found.n, 0);
	s.meta.no_is_key = true;
	CHECK_OK(store_shop_find(&s, "1", &found));
	CHECK_INT(found.n, 1);
	CHECK_OK(store_shop_samples(&s, &found));
	CHECK_INT(found.n, 2);
	CHECK_TEXT(order_at(&found, 0)->order_key, "2");
}

TEST(a_shops_own_clock_and_entities_are_read_away)
{
	struct shop_source s = shop_of(SHOP_KEY_INT,
		"INSERT INTO as_shop_order (order_key, email, customer_name, placed_at, updated_at)"
		" VALUES (1, 'a&amp;b@mail.example', 'Tom &amp;amp; &lt;Jerry&gt; &quot;&#039;&euro;&',"
		" '2026-07-01 10:00:59', '2026-01-01 00:30:00');\n");
	struct shop_order o;

	s.meta.time = SHOP_TIME_LOCAL;
	s.meta.text = SHOP_TEXT_HTML;
	s.zone = "Europe/Berlin";
	CHECK_OK(store_shop_order(&s, "1", &o));
	CHECK_TEXT(o.customer_name, "Tom &amp; <Jerry> \"'&euro;&");
	CHECK_TEXT(o.email, "a&b@mail.example");
	CHECK_TEXT(o.placed_at, "2026-07-01 08:00:59");
	CHECK_TEXT(o.updated_at, "2025-12-31 23:30:00");
	s.meta.text = SHOP_TEXT_PLAIN;
	s.meta.time = SHOP_TIME_UTC;
	CHECK_OK(store_shop_order(&s, "1", &o));
	CHECK_TEXT(o.email, "a&amp;b@mail.example");
	CHECK_TEXT(o.placed_at, "2026-07-01 10:00:59");
}

TEST(text_stored_under_a_wrong_name_is_mended)
{
	static const struct { const char *stored, *meant; } cases[] = {
		{ "Gus Ã–st, 5 â‚¬", "Gus Öst, 5 €" }, { "plain", "plain" },
		{ "Gus Öst", "Gus Öst" }, { "Åke â", "Åke â" }, { "日本", "日本" },
		{ "Ã\302\201", "Á" }, { "\360\237\230\200", "\360\237\230\200" },
	};
	struct shop_source s = shop_of(SHOP_KEY_INT,
		"INSERT INTO as_shop_customer (customer_key) VALUES (1);\n");
	struct shop_customer c;

	s.utf8_in_latin1 = true;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		CHECK_OK(db_script(s.db, arena_printf(db_arena(s.db),
			"UPDATE as_shop_customer SET company = '%s';\n", cases[i].stored)));
		CHECK_OK(store_shop_customer(&s, "1", &c));
		CHECK_TEXT(c.company, cases[i].meant);
	}
}

TEST(a_shop_that_cannot_be_read_is_away)
{
	struct shop_source s = shop_of(SHOP_KEY_INT,
		"DROP TABLE as_shop_order_line;\n"
		"ALTER TABLE as_shop_refund DROP COLUMN reason;\n");
	struct rows rows;

	CHECK_ERR(store_shop_lines(&s, "1", &rows), ERR_UPSTREAM);
	CHECK_INT(db_errno(s.db), 1146);
	CHECK_ERR(store_shop_refunds(&s, "1", &rows), ERR_UPSTREAM);
	CHECK_INT(db_errno(s.db), 1054);
	for (int i = 0; shop_views[i]; i++) {
		struct err *e = store_shop_probe(s.db, i);

		if (i == 3 || i == 7)
			CHECK(e != NULL);
		else
			CHECK_OK(e);
	}
	CHECK_ERR(store_shop_probe(s.db, 9), ERR_BUG);
}

TEST(a_shop_that_is_slow_is_not_waited_for)
{
	struct shop_source s = shop_of(SHOP_KEY_INT,
		"DROP TABLE as_shop_shipment;\n"
		"CREATE VIEW as_shop_shipment AS SELECT 1 AS order_key, SLEEP(9) AS shipment_key,"
		" NULL AS shipped_at, '' AS carrier, '' AS tracking_no, '' AS tracking_url;\n");
	struct rows rows;

	CHECK_ERR(store_shop_shipments(&s, "1", &rows), ERR_UPSTREAM);
	CHECK_INT(db_errno(s.db), 1969);
}

TEST(what_a_mapping_said_is_remembered)
{
	struct house h = house_enter();
	const struct shop_meta told = {
		.map = "opencart", .key = SHOP_KEY_BIN16, .time = SHOP_TIME_LOCAL,
		.text = SHOP_TEXT_HTML, .no_is_key = true, .db = "shop",
		.prefix = "oc_", .security = "INVOKER", .lang_id = "2",
	};
	struct shop_meta m;

	CHECK_OK(db_begin(h.db));
	CHECK_ERR(store_shop_meta(h.db, "never", &m), ERR_NOT_FOUND);
	CHECK_OK(store_shop_set_meta(h.db, "never", &told));
	CHECK_OK(store_shop_set_meta(h.db, "never", &told));
	CHECK_OK(store_shop_meta(h.db, "never", &m));
	CHECK_TEXT(m.map, "opencart");
	CHECK_INT(m.key, SHOP_KEY_BIN16);
	CHECK_INT(m.time, SHOP_TIME_LOCAL);
	CHECK_INT(m.text, SHOP_TEXT_HTML);
	CHECK(m.no_is_key);
	CHECK_TEXT(m.prefix, "oc_");
	CHECK_TEXT(m.lang_id, "2");
	house_enter();
}
