/* The language of the search. Nothing here asks the database but for the lists
 * of shop 43, this file's own. */
#include <stdlib.h>
#include <time.h>

#include "base/str.h"
#include "base/utf8.h"
#include "base/words.h"
#include "desk/query.h"
#include "fixture.h"

enum { SHOP = 43 };

static const char people[] =
	"INSERT IGNORE INTO as_agent (id, email, name, role_id, created_at) VALUES\n"
	" (701, 'wilma@query.example', 'Wilma Weiß', 1, NOW(6)),\n"
	" (702, 'lucja@query.example', 'Łucja Kwiatkowska', 1, NOW(6)),\n"
	" (703, 'wilmut@query.example', 'Wilmut', 1, NOW(6));\n";
static struct reader reader = { .lang = "en", .zone = "Europe/Berlin" };

static struct query_reader enter(struct arena **a)
{
	struct house h = house_enter();
	struct desk d;

	CHECK_OK(db_script(h.db, people));
	d = house_desk(h, SHOP);
	words_use("en");
	reader.now = clock_parse("2026-03-10 12:00:00");
	*a = d.arena;
	return (struct query_reader) {
		.catalog = d.catalog, .reader = &reader, .me = 701,
	};
}

static void say_ids(struct str *s, const struct query_reader *r,
		    const struct search_term *t)
{
	if (t->field == SEARCH_OWNER)
		str_addf(s, " %lld", (long long) t->ids[0]);
	else if (t->n_ids)
		str_addf(s, " %s", catalog_name(r->catalog, t->field == SEARCH_TYPE
			? ENTRY_TYPE : t->field == SEARCH_PRIORITY ? ENTRY_PRIORITY
			: ENTRY_STATUS, t->ids[0], "en"));
}

/* "0[ lid ] -3[…]": field by number, what it holds. */
static const char *read(struct arena *a, const struct query_reader *r,
			const char *text)
{
	struct query_error wrong;
	struct query q;
	struct str s;

	if (!query_read(a, r, text, &q, &wrong))
		return arena_printf(a, "%d: %s", wrong.at, wrong.text);
	str_init(&s, a, 64 * 1024);
	for (size_t i = 0; i < q.n; i++) {
		const struct search_term *t = &q.terms[i];

		str_addf(&s, "%s%s%d", i ? " " : "", t->not ? "-" : "", t->field);
		if (t->pattern)
			str_addf(&s, "[%s%s%s]", t->pattern, t->prefix ? "*" : "",
				 t->name ? "n" : "");
		say_ids(&s, r, t);
		if (t->value)
			str_addf(&s, "=%s", t->value);
		if (t->from)
			str_addf(&s, " %.16s", t->from);
		if (t->until)
			str_addf(&s, "..%.16s", t->until);
		if (t->field == SEARCH_HAS)
			str_addf(&s, " %d", t->has);
	}
	return s.text;
}

TEST(what_was_typed_becomes_terms)
{
	static const struct {
		const char *text, *terms;
	} cases[] = {
		{ "lid", "0[ lid n]" },
		{ "  Lid   HANDLE ", "0[ lid n] 0[ handle n]" },
		{ "\"came broken\"", "0[ came broken n]" },
		{ "„Große Frage“", "0[ grosse frage n]" },
		{ "hand*", "0[ hand*n]" },
		{ "\"hand*\"", "0[ hand n]" },
		{ "-lid x", "-0[ lid ] 0[ x ]" },
		{ "x -\"a b\"", "0[ x ] -0[ a b ]" },
		{ "Müller-Lüdenscheidt", "0[ muller ludenscheidt n]" },
		{ "x - - \"\" !!", "0[ x ]" },
		{ "日本語", "0[ 日本 本語 n]" },
		{ "日本語。", "0[ 日本 本語 n]" },
		{ "語", "0[ 語*n]" },
		{ "#1042", "10=1042" },
		{ "10023", "0[ 10023 n]=10023" },
		{ "AB-1", "0[ ab 1 n]=AB-1" },
		{ "Zoe@Mail.example", "0[ zoe mail example n]=zoe@mail.example" },
		{ "number:#7 order:A7 sku:AB-1", "10=7 8=A7 9=AB-1" },
		{ "https://shop.example/x", "0[ https shop example x n]" },
		{ "from:anna@ from:Müll", "7=anna@ 7[ mull ]" },
		{ "subject:lid -subject:\"two words\"", "1[ lid ] -1[ two words ]" },
		{ "status:open", "2 Open" },
		{ "STATUS:Op", "2 Open" },
		{ "-status:open x", "-2 Open 0[ x ]" },
		{ "type:problem priority:hig", "3 Problem 4 High" },
		{ "is:closed", "5 Closed" },
		{ "is:unassigned", "6 0" },
		{ "owner:me owner:nobody", "6 701 6 0" },
		{ "owner:weiss owner:\"Wilma Weiß\" owner:lucja@query.example", "6 701 6 701 6 702" },
		{ "created:2026-01", "11 2025-12-31 23:00..2026-01-31 23:00" },
		{ "created:2026", "11 2025-12-31 23:00..2026-12-31 23:00" },
		{ "updated:2026-03-05", "12 2026-03-04 23:00..2026-03-05 23:00" },
		{ "created:2026-01..2026-03", "11 2025-12-31 23:00..2026-03-31 22:00" },
		{ "created:..2025", "11..2025-12-31 23:00" },
		{ "created:2025-06..", "11 2025-05-31 22:00" },
		{ "created:>2025 created:<2024-02", "11 2025-12-31 23:00 11..2024-01-31 23:00" },
		{ "waiting:>2d", "13 Open..2026-03-08 12:00" },
		{ "waiting:<4h waiting:1w", "13 Open 2026-03-10 08:00 13 Open..2026-03-03 12:00" },
		{ "has:attachment has:order has:note", "14 0 14 1 14 2" },
		{ "source:mail lang:DE", "15=mail 16=de" },
	};
	struct arena *a;
	struct query_reader r = enter(&a);

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *got = read(a, &r, cases[i].text);

		if (strcmp(got, cases[i].terms))
			fail_msg("%s: %s, not %s", cases[i].text, got, cases[i].terms);
	}
}

TEST(what_cannot_be_understood_is_told_with_its_place)
{
	static const struct {
		const char *text, *said;
	} cases[] = {
		{ "", "1: There is nothing to look for" },
		{ "  ", "1: There is nothing to look for" },
		{ "- -- : ! \"\"", "1: There is nothing to look for" },
		{ "-lid -is:open", "1: This only says what not to find" },
		{ "statsu:open", "1: Unknown field “statsu” at character 1. Fields are status:" },
		{ "ü tag:vip", "3: Unknown field “tag” at character 3." },
		{ "rating:<3", "1: Unknown field “rating” at character 1." },
		{ "a \"b c", "3: The quotation mark at character 3 has no partner." },
		{ "subject:\"b", "1: The quotation mark at character 9 has no partner." },
		{ "x status:", "3: There is nothing behind “status:” at character 3." },
		{ "status:\"\"", "1: There is nothing behind “status:” at character 1." },
		{ "status:xyz", "1: “xyz” at character 8 is none of Open, " },
		{ "owner:wilm", "1: “wilm” at character 7 could be Wilma Weiß, Wilmut." },
		{ "is:happy", "1: “happy” at character 4 is none of open, closed, waiting, unassigned." },
		{ "has:", "1: There is nothing behind" },
		{ "created:2026-13", "1: “2026-13” at character 9 is no date." },
		{ "created:2026-02-30", "1: “2026-02-30” at character 9 is no date." },
		{ "created:..", "1: “..” at character 9 is no date." },
		{ "created:0000", "1: “0000” at character 9 is no date." },
		{ "created:2026-1", "1: “2026-1” at character 9 is no date." },
		{ "waiting:2", "1: “2” at character 9 is no length of time." },
		{ "waiting:99999d", "1: “99999d” at character 9 is no length of time." },
		{ "lang:sehr-viel-sprache", "1: “sehr-viel-sprache” at character 6 is no language." },
		{ "*", "1: There is nothing to look for" },
		{ "ab*", "1: Write at least three characters before the *: “ab*” at character 1." },
		{ "*lid", "1: A * stands at the end of a word only: “*lid” at character 1." },
		{ "l*d*", "1: A * stands at the end of a word only" },
		{ "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17",
		  "40: A search has at most 16 terms." },
	};
	struct arena *a;
	struct query_reader r = enter(&a);

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *got = read(a, &r, cases[i].text);

		if (strncmp(got, cases[i].said, strlen(cases[i].said)))
			fail_msg("%s: %s", cases[i].text, got);
	}
}

/* A long one, and texts of pieces that mean something, in any order. */
TEST(any_text_gets_an_answer_at_once)
{
	static const char *const pieces[] = {
		" ", "-", "\"", "“", "*", ":", "#", "..", ">", "<", "status:", "owner:",
		"created:", "waiting:", "from:", "日本", "語", "lid", "1042", "a@b.example",
		"%", "_", "\\", "'", "2026", "2026-01", "subject:", "\xf0\x9f\x98\x80",
	};
	enum { PIECES = sizeof(pieces) / sizeof(*pieces) };
	struct arena *a;
	struct query_reader r = enter(&a);
	char *text = arena_alloc(a, 10001);
	clock_t began = clock();

	memset(text, 'x', 10000);
	CHECK_TEXT(read(a, &r, text), "501: A search has at most 500 characters.");
	text[500] = '\0';
	CHECK_INT(strlen(read(a, &r, text)), 3 + 40 + 3);
	srandom(3);
	for (int round = 0; round < 4000; round++) {
		struct query_error wrong = { NULL };
		struct query q;

		struct str s;

		str_init(&s, a, 200);
		while (random() % 12)
			str_add(&s, pieces[random() % PIECES]);
		if (!query_read(a, &r, utf8_mend(a, s.text, s.len), &q, &wrong))
			CHECK(wrong.text && *wrong.text && wrong.at > 0);
		else
			CHECK(q.n > 0 && q.n <= SEARCH_TERMS);
	}
	CHECK(clock() - began < 20 * CLOCKS_PER_SEC);
}
