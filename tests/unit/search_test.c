/* What the panel's search finds; shop 44 is this file's own. */
#include <stdlib.h>
#include <time.h>

#include "base/str.h"
#include "base/words.h"
#include "desk/indexing.h"
#include "desk/search.h"
#include "desk/turn.h"
#include "fixture.h"
#include "store/ticket.h"

enum { SHOP = 44 };

static const char clean[] =
	"DELETE FROM as_search WHERE shop_id = 44;\n"
	"DELETE FROM as_search_ticket WHERE shop_id = 44;\n"
	"DELETE FROM as_customer_word WHERE shop_id = 44;\n"
	"DELETE FROM as_search_mark WHERE shop_id = 44;\n"
	"DELETE l FROM as_ticket_line l JOIN as_ticket t ON t.id = l.ticket_id"
	" WHERE t.shop_id = 44;\n"
	"DELETE FROM as_message WHERE shop_id = 44;\n"
	"DELETE FROM as_ticket WHERE shop_id = 44;\n"
	"DELETE FROM as_customer WHERE shop_id = 44;\n"
	"INSERT INTO as_customer (shop_id, external_id, email, name, created_at, updated_at)\n"
	" VALUES (44, 'z', 'zoe@qu.example', 'Zoë Müller', NOW(6), NOW(6)),\n"
	" (44, 'm', 'max@qu.example', 'Max Zoellner', NOW(6), NOW(6));\n";

struct stage {
	struct house h;
	struct desk d;
	struct actor anna;
	struct reader reader;
};

static struct stage enter(void)
{
	struct stage s = { .h = house_enter() };

	words_use("en");
	CHECK_OK(db_script(s.h.db, clean));
	s.d = house_desk(s.h, SHOP);
	s.anna = (struct actor) { .kind = ACTOR_AGENT, .shop = SHOP, .id = 901,
				  .name = "Anna", .email = "anna@qu.example" };
	s.anna.may[RIGHT_READ] = SCOPE_ALL;
	s.reader = (struct reader) { .lang = "en", .zone = "UTC", .now = clock_now() };
	return s;
}

/* A ticket of the customer `key`, changed so many minutes ago. */
static void add(struct stage *s, int number, const char *key, const char *subject,
		int minutes)
{
	const struct entry *open = catalog_by_code(s->d.catalog, ENTRY_STATUS, "open");
	const struct entry *type = catalog_default(s->d.catalog, ENTRY_TYPE);
	const struct entry *priority = catalog_default(s->d.catalog, ENTRY_PRIORITY);

	CHECK_OK(db_run(s->h.db, "INSERT INTO as_ticket (shop_id, number, customer_id,"
			" subject, type_id, status_id, turn, priority_id, source, lang,"
			" opened_by_kind, opened_by_name, order_no, order_key, created_at,"
			" updated_at, waiting_since) SELECT 44, ?, id, ?, ?, ?, 'store', ?,"
			" 'shop', 'de-AT', 'customer', name, CONCAT('MM-', ?), 'k',"
			" NOW(6) - INTERVAL ? MINUTE, NOW(6) - INTERVAL ? MINUTE,"
			" NOW(6) - INTERVAL ? MINUTE FROM as_customer"
			" WHERE shop_id = 44 AND external_id = ?",
			NULL, ARGS(number, subject, type->id, open->id, priority->id,
				   number, minutes, minutes, minutes, key)));
}

static void say(struct stage *s, int number, const char *body)
{
	CHECK_OK(db_run(s->h.db, "INSERT INTO as_message (shop_id, ticket_id,"
			" origin_ticket_id, kind, author_kind, author_name, type_id,"
			" status_id, priority_id, body, created_at) SELECT 44, id, id,"
			" 'customer', 'customer', 'Zoë', type_id, status_id, priority_id,"
			" ?, NOW(6) FROM as_ticket WHERE shop_id = 44 AND number = ?",
			NULL, ARGS(body, number)));
}

static void learn(struct stage *s)
{
	struct indexing x = { .shop = SHOP };

	do
		CHECK_OK(indexing_batch(s->h.db, &x));
	while (x.more);
}

static struct search found(struct stage *s, const char *text, const char *after)
{
	struct search out;

	CHECK_OK(search_find(&s->d, &s->anna, &s->reader, text, after, &out));
	return out;
}

/* The subjects' first letters, or what was wrong. */
static const char *letters(struct stage *s, const char *text)
{
	struct search r = found(s, text, "");
	struct str out;

	if (r.wrong.text)
		return r.wrong.text;
	if (r.straight)
		return arena_printf(s->h.arena, "#%s", r.straight);
	str_init(&out, s->h.arena, 1000);
	for (size_t i = 0; i < r.n; i++)
		str_addn(&out, r.found[i].ticket->subject, 1);
	return out.text;
}

static void world(struct stage *s)
{
	add(s, 44001, "z", "A broken lid", 500);
	say(s, 44001, "The glass lid of my teapot came broken.\n\nPlease send a NEW one!");
	say(s, 44001, "Shipped today, thank you");
	add(s, 44002, "z", "B handle", 400);
	say(s, 44002, "The handle is loose. Broken it came not.");
	add(s, 44003, "m", "C Straße", 300);
	say(s, 44003, "注文した急須の蓋が割れていました。");
	say(s, 44003, "100% _new_ \\ 'quoted' to_day");
	add(s, 44004, "m", "D closed one", 200);
	say(s, 44004, "Where is my parcel? It is the one of 44001.");
	CHECK_OK(db_run(s->h.db, "UPDATE as_ticket SET status_id = ?, turn = 'over',"
			" owner_id = 901 WHERE shop_id = 44 AND number = '44004'",
			NULL, ARGS(catalog_by_code(s->d.catalog, ENTRY_STATUS, "closed")->id)));
	CHECK_OK(db_run(s->h.db, "INSERT INTO as_ticket_line (ticket_id, line_no, name,"
			" sku, qty) SELECT id, 1, 'Teapot', 'AB-1', 1 FROM as_ticket"
			" WHERE shop_id = 44 AND number = '44002'", NULL, NO_ARGS));
	CHECK_OK(db_run(s->h.db, "UPDATE as_message SET files = 2 WHERE shop_id = 44"
			" AND body LIKE 'Shipped%'", NULL, NO_ARGS));
	learn(s);
}

TEST(a_search_finds_what_it_asks_for)
{
	static const struct {
		const char *text, *letters;
	} cases[] = {
		{ "broken", "BA" }, { "BROKÉN lid", "A" }, { "\"came broken\"", "A" },
		{ "\"broken came\"", "" }, { "lid thank", "A" }, { "lid handle", "" },
		{ "is", "DB" }, { "it", "DB" }, { "the -lid", "DB" },
		{ "broken -\"came broken\"", "B" }, { "han*", "B" }, { "zzz", "" },
		{ "zzz*", "" }, { "strasse", "C" },
		/* CJK: a word, a part of one, one character, not the other way round */
		{ "急須", "C" }, { "須の蓋", "C" }, { "蓋", "C" }, { "須急", "" },
		/* what is a pattern elsewhere is nothing here */
		{ "%", "There is nothing to look for in this. Write a word, or a field such as is:open." },
		{ "to_day", "C" }, { "l_d", "" }, { "100%", "C" }, { "'quoted'", "C" },
		/* names, whole and begun; numbers, orders, SKUs, addresses */
		{ "Müller", "BA" }, { "mull", "BA" }, { "zoe", "DCBA" }, { "müller broken", "BA" },
		{ "zoellner lid", "" }, { "44001", "#44001" }, { "#44001", "#44001" },
		{ "#9999", "" }, { "MM-44002", "B" }, { "AB-1", "B" }, { "sku:AB-1 lid", "" },
		{ "max@qu.example", "DC" }, { "max@qu.example parcel", "D" },
		{ "from:max@", "DC" }, { "from:müll", "BA" }, { "from:\"zoë müller\" broken", "BA" },
		{ "from:max@ from:zoe@ parcel", "D" }, { "from:z", "DCBA" },
		{ "order:MM-44002", "B" }, { "order:MM-44002 order:MM-44001", "BA" },
		{ "number:44003", "#44003" }, { "number:44003 x", "" },
		/* fields */
		{ "is:open", "CBA" }, { "is:closed", "D" }, { "is:closed parcel", "D" },
		{ "is:open parcel", "" }, { "is:open -from:max@", "BA" },
		{ "status:clo status:open", "DCBA" }, { "status:open -status:open", "" },
		{ "owner:me", "D" }, { "owner:nobody", "CBA" }, { "-owner:me is:unassigned", "CBA" },
		{ "has:attachment", "A" }, { "-has:attachment has:order", "DCB" },
		{ "has:note", "" }, { "subject:lid", "A" }, { "subject:parcel", "" },
		{ "subject:lid subject:handle", "BA" }, { "subject:lid thank", "A" },
		{ "lang:de", "DCBA" }, { "lang:en", "" }, { "source:shop lid", "A" },
		{ "waiting:>7h", "A" }, { "waiting:<6h", "C" }, { "-waiting:>1h is:open", "" },
		{ "created:..2025 lid", "" }, { "updated:2026.. lid", "A" },
	};
	struct stage s = enter();

	world(&s);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *got = letters(&s, cases[i].text);

		if (strcmp(got, cases[i].letters))
			fail_msg("%s: %s, not %s", cases[i].text, got, cases[i].letters);
	}
}

static const char *pieces(struct stage *s, const struct excerpt *e)
{
	struct str out;

	str_init(&out, s->h.arena, 4000);
	for (size_t i = 0; i < e->n; i++)
		str_addf(&out, e->pieces[i].hit ? "[%s]" : "%s", e->pieces[i].text);
	return out.text;
}

TEST(a_hit_is_shown_where_it_stands)
{
	struct stage s = enter();
	struct search r;

	world(&s);
	r = found(&s, "lid \"came broken\"", "");
	CHECK_INT(r.n, 1);
	CHECK_TEXT(pieces(&s, &r.found[0].words), "The glass [lid] of my teapot"
		   " [came broken]. Please send a NEW one!");
	CHECK_TEXT(pieces(&s, &r.found[0].subject), "A broken [lid]");
	CHECK(r.found[0].message_id && r.found[0].message_at && !r.found[0].note);
	r = found(&s, "has:attachment thank", "");
	CHECK_TEXT(pieces(&s, &r.found[0].words), "Shipped today, [thank] you");
	r = found(&s, "from:zoe@ lid", "");
	CHECK(strstr(pieces(&s, &r.found[0].words), "[lid]"));
	r = found(&s, "須の蓋", "");
	CHECK_TEXT(pieces(&s, &r.found[0].words), "注文した急[須の蓋]が割れていました。");
}

TEST(an_excerpt_is_short_and_has_its_hit_within)
{
	struct stage s = enter();
	struct search_term t = { .words = (const char *[]) { "needle" }, .n_words = 1,
				 .pattern = " needle " };
	struct excerpt e;
	struct str text;

	str_init(&text, s.h.arena, 1 << 20);
	for (int i = 0; i < 3000; i++)
		str_add(&text, i == 2000 ? "a <needle>\r\n" : "hây ");
	e = excerpt_of(s.h.arena, text.text, &t, 1);
	CHECK(e.hit);
	CHECK(strlen(pieces(&s, &e)) < 300);
	CHECK(strstr(pieces(&s, &e), "hây a <[needle]> hây"));
	CHECK_TEXT(e.pieces[0].text, "…");
	t.words = (const char *[]) { "nothing" };
	e = excerpt_of(s.h.arena, text.text, &t, 1);
	CHECK(!e.hit && e.n == 2);
	CHECK_INT(excerpt_of(s.h.arena, "", &t, 1).n, 0);
}

TEST(agents_of_their_own_tickets_find_those_alone)
{
	struct stage s = enter();

	world(&s);
	s.anna.may[RIGHT_READ] = SCOPE_OWN;
	CHECK_TEXT(letters(&s, "broken"), "");
	CHECK_TEXT(letters(&s, "zoe"), "D");
	CHECK_TEXT(letters(&s, "44001"), "D");	/* not straight: another ticket names it */
	CHECK_TEXT(letters(&s, "#44001"), "");
	CHECK_TEXT(letters(&s, "is:open"), "");
	CHECK_TEXT(letters(&s, "order:MM-44001"), "");
	CHECK_TEXT(letters(&s, "from:zoe@"), "");
	s.anna.may[RIGHT_READ] = SCOPE_NONE;
	CHECK_TEXT(letters(&s, "parcel"), "");
	s.anna.may[RIGHT_READ] = SCOPE_ALL;
	s.anna.shop = 40;
	CHECK_TEXT(letters(&s, "parcel"), "");
	CHECK_TEXT(letters(&s, "lang:de sku:AB-1"), "");
}

/* --- pages ----------------------------------------------------------------------- */

/* All pages of a search: each ticket once, newest first. */
static size_t walk(struct stage *s, const char *text)
{
	const char *after = "";
	int64_t seen[400];
	size_t n = 0, pages = 0;

	do {
		struct search r = found(s, text, after);

		CHECK(!r.wrong.text && r.n <= SEARCH_PAGE);
		for (size_t i = 0; i < r.n; i++) {
			for (size_t j = 0; j < n; j++)
				if (seen[j] == r.found[i].ticket->id)
					fail_msg("%s: %s twice", text,
						 r.found[i].ticket->number);
			seen[n++] = r.found[i].ticket->id;
		}
		after = r.after;
	} while (after && pages++ < 20);
	CHECK(!after);
	return n;
}

static void many(struct stage *s, int tickets)
{
	for (int i = 0; i < tickets; i++) {
		add(s, 45000 + i, i % 2 ? "z" : "m", "Many plurals", 1000 - i);
		say(s, 45000 + i, "usually rare zoe");
		say(s, 45000 + i, "usually rare again");
	}
	learn(s);
}

TEST(pages_of_results_have_each_ticket_once)
{
	struct stage s = enter();

	many(&s, 120);
	CHECK_INT(walk(&s, "rare"), 120);
	CHECK_INT(walk(&s, "rare is:open"), 120);
	CHECK_INT(walk(&s, "zoe"), 120);
	CHECK_INT(walk(&s, "rare from:zoe@"), 60);
	CHECK_INT(walk(&s, "from:zoe@"), 60);
	CHECK_INT(walk(&s, "is:open"), 120);
	CHECK_INT(walk(&s, "subject:plurals"), 120);
	CHECK_INT(walk(&s, "usua*"), 120);
	CHECK_OK(db_run(s.h.db, "UPDATE as_word SET docs = 5000 WHERE word IN"
			" ('rare', 'usually')", NULL, NO_ARGS));
	CHECK_INT(walk(&s, "rare usually"), 120);
	CHECK_INT(walk(&s, "rare -again"), 0);
	CHECK_INT(walk(&s, "usually from:zoe@ again"), 60);
	CHECK_OK(db_run(s.h.db, "DELETE FROM as_word WHERE word IN ('rare', 'usually')",
			NULL, NO_ARGS));
}

TEST(a_common_word_is_read_for_within_a_limit)
{
	struct stage s = enter();
	struct search r;

	world(&s);
	CHECK_OK(db_script(s.h.db, "UPDATE as_word SET docs = 5000 WHERE word = 'teapot';\n"
		"SET @newest = (SELECT MAX(FTS_DOC_ID) FROM as_search);\n"
		"INSERT INTO as_search (FTS_DOC_ID, shop_id, ticket_id, message_id, words, rare)\n"
		" VALUES (@newest + 25000, 44, 1, 999999999, ' far away ', '');\n"));
	r = found(&s, "teapot", "");
	CHECK_INT(r.n, 0);
	CHECK_INT(r.looked_at, SEARCH_SCAN);
	CHECK(r.order == SEARCH_MESSAGES);
	r = found(&s, "teapot", r.after);
	CHECK_INT(r.n, 1);
	CHECK_OK(db_script(s.h.db, "DELETE FROM as_word WHERE word = 'teapot';\n"));
}

TEST(two_common_words_are_looked_for_in_the_newest_tickets)
{
	struct stage s = enter();
	struct search r;

	world(&s);
	CHECK_OK(db_script(s.h.db, "UPDATE as_word SET docs = 5000 WHERE word IN"
		" ('teapot', 'lid');\n"
		"SET @newest = (SELECT MAX(ticket_id) FROM as_search_ticket);\n"
		"INSERT INTO as_search_ticket SELECT @newest + 4000, 44, 0, 0, 0, 0, 0, 0,"
		" 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0;\n"));
	r = found(&s, "teapot lid", "");
	CHECK_INT(r.n, 0);
	CHECK_INT(r.looked_at, SEARCH_MARKED);
	CHECK(r.order == SEARCH_TICKETS);
	r = found(&s, "teapot lid", r.after);
	CHECK_INT(r.n, 1);
	CHECK_INT(found(&s, "lid -teapot teapot", r.after ? r.after : "").n, 0);
	CHECK_OK(db_script(s.h.db, "DELETE FROM as_word WHERE word IN ('teapot', 'lid');\n"));
}

TEST(a_cursor_of_another_kind_shows_the_first_page_and_noise_none)
{
	static const char *const noise[] = {
		"x", "m", "m1x", "d", "d1x", "dd", "t1", "t1.", "t.1", "d-1", "t0.1", "1",
		"d99999999999999999999", "t999999999999999999.1", "t1.2.3", "d1'",
	};
	struct stage s = enter();
	struct search r;

	world(&s);
	for (size_t i = 0; i < sizeof(noise) / sizeof(*noise); i++)
		CHECK_ERR(search_find(&s.d, &s.anna, &s.reader, "lid", noise[i], &r),
			  ERR_BAD_REQUEST);
	CHECK_INT(found(&s, "lid", "t1767225600000000.5").n, 1);
	CHECK_INT(found(&s, "is:open", "d5").n, 3);
	CHECK_INT(found(&s, "lid", "d0").n, 1);
}

/* The worst that can be typed, and what it costs: statements and time. */
TEST(bad_input_is_answered_at_once)
{
	static const char *const texts[] = {
		"", " ", "\"", "a\"", "***", "* * *", "a* b* c*", "- - -", "-a", "::::",
		"status: status: status:", "status:\"", "%%%%", "____", "\\\\\\", "'; --",
		"\x01\x02\x7f", "zz* zz* zz* zz* zz* zz* zz* zz* zz* zz* zz* zz* zz* zz* zz* zz*",
		"000* 001* 002*", "created:9999-99", "waiting:>99999999d", "from:@ from:@",
		"語* 蓋* 急*", "a b c d e f g h i j k l m n o p q r s t",
		"is:open is:closed is:waiting is:open is:closed is:waiting is:open is:closed"
		" is:waiting is:open is:closed is:waiting is:open is:closed is:open is:open",
		"1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16",
		"-1 -2 -3 -4 -5 -6 -7 -8 -9 -10 -11 -12 -13 -14 -15 x",
	};
	struct stage s = enter();
	char *text = arena_alloc(s.h.arena, 10001);

	world(&s);
	for (size_t i = 0; i <= sizeof(texts) / sizeof(*texts); i++) {
		bool last = i == sizeof(texts) / sizeof(*texts);
		struct timespec begin, end;
		struct search r;
		long done;

		memset(text, 'y', 10000);
		clock_gettime(CLOCK_MONOTONIC, &begin);
		done = db_statements(s.h.db);
		r = found(&s, last ? text : texts[i], "");
		clock_gettime(CLOCK_MONOTONIC, &end);
		done = db_statements(s.h.db) - done;
		CHECK(!r.wrong.text || (r.wrong.at > 0 && !done));
		CHECK(done <= 16);
		if ((end.tv_sec - begin.tv_sec) * 1000 +
		    (end.tv_nsec - begin.tv_nsec) / 1000000 > 100)
			fail_msg("%s: more than 100 ms", texts[i]);
	}
}
