#include "base/arena.h"
#include "base/locale.h"
#include "base/words.h"
#include "test.h"

#define NBSP	"\u00a0"

static struct reader reader_of(const char *lang, const char *now)
{
	words_open("tests/unit/locale");
	words_use(lang);
	return (struct reader) {
		.lang = lang, .zone = "Europe/Berlin",
		.now = now ? clock_parse(now) : 0,
	};
}

TEST(the_best_of_our_languages_is_picked)
{
	static const struct { const char *wanted, *fallback, *want; } cases[] = {
		{ "de", "en", "de" },
		{ "de-AT", "en", "de" },
		{ "de_CH.UTF-8", "en", "de" },
		{ "DE", "en", "de" },
		{ "de_CH, de-at;q=0.8, en", "en", "de" },
		{ "fr, de;q=0.5, en;q=0.6", "de", "en" },
		{ "en;q=0.5,de;q=0.55", "en", "de" },
		{ "en;q=0, de;q=0", "de", "de" },
		{ "en;q=0", "de", "de" },
		{ "fr", "de", "de" },
		{ "*", "de", "de" },
		{ "den", "en", "en" },
		{ "", "de", "de" },
		{ NULL, "de", "de" },
		{ NULL, NULL, "en" },
		{ "fr", "fr", "en" },
		{ "de;q=", "en", "en" },
		{ ",,;;==,de", "en", "de" },
		{ "de;q=x, en;q=0.001", "de", "en" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		CHECK_TEXT(locale_pick(cases[i].wanted, cases[i].fallback),
			   cases[i].want);
}

TEST(every_language_of_the_list_is_picked_by_its_name)
{
	for (const char *const *lang = locale_languages; *lang; lang++)
		CHECK_TEXT(locale_pick(*lang, NULL), *lang);
}

TEST(arabic_and_hebrew_run_from_the_right)
{
	CHECK_TEXT(locale_direction("ar"), "rtl");
	CHECK_TEXT(locale_direction("he-IL"), "rtl");
	CHECK_TEXT(locale_direction("de"), "ltr");
	CHECK_TEXT(locale_direction("arn"), "ltr");
	CHECK_TEXT(locale_direction(""), "ltr");
	CHECK_TEXT(locale_direction(NULL), "ltr");
}

TEST(dates_have_the_form_of_the_reader)
{
	static const struct { const char *lang, *utc, *date, *time; } cases[] = {
		{ "en", "2026-03-05 08:05:00", "5 March 2026", "5 March 2026, 09:05" },
		{ "de", "2026-03-05 08:05:00", "5. März 2026", "5. März 2026, 09:05" },
		{ "de", "2026-12-31 23:30:00", "1. Januar 2027", "1. Januar 2027, 00:30" },
		{ "fr", "2026-03-05 08:05:00", "5 March 2026", "5 March 2026, 09:05" },
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct reader r = reader_of(cases[i].lang, NULL);
		instant t = clock_parse(cases[i].utc);

		CHECK_TEXT(locale_date(a, &r, t), cases[i].date);
		CHECK_TEXT(locale_time(a, &r, t), cases[i].time);
	}
	words_use("en");
	arena_free(a);
}

TEST(lists_say_today_and_yesterday)
{
	static const struct { const char *lang, *now, *utc, *want; } cases[] = {
		{ "en", "2026-03-05 12:00:00", "2026-03-05 08:05:00", "Today, 09:05" },
		{ "de", "2026-03-05 12:00:00", "2026-03-05 08:05:00", "Heute, 09:05" },
		/* midnight in Berlin is 23:00 UTC */
		{ "en", "2026-03-05 12:00:00", "2026-03-04 23:00:00", "Today, 00:00" },
		{ "en", "2026-03-05 12:00:00", "2026-03-04 22:59:00", "Yesterday, 23:59" },
		{ "de", "2026-03-05 12:00:00", "2026-03-03 23:00:00", "Gestern, 00:00" },
		{ "en", "2026-03-05 12:00:00", "2026-03-03 22:59:00", "3 Mar, 23:59" },
		{ "de", "2026-03-05 12:00:00", "2026-02-01 07:02:00", "1. Feb., 08:02" },
		{ "en", "2026-03-05 12:00:00", "2026-03-05 23:00:00", "6 Mar, 00:00" },
		{ "en", "2026-03-05 12:00:00", "2024-03-04 07:02:00", "4 Mar 2024" },
		{ "de", "2026-03-05 12:00:00", "2024-03-04 07:02:00", "4. März 2024" },
		{ "en", "2026-01-01 12:00:00", "2025-12-31 12:00:00", "Yesterday, 13:00" },
		/* the day the clocks go forward has 23 hours */
		{ "en", "2026-03-29 21:00:00", "2026-03-28 23:00:00", "Today, 00:00" },
		{ "en", "2026-03-30 10:00:00", "2026-03-28 23:00:00", "Yesterday, 00:00" },
		{ "en", NULL, "2026-03-05 08:05:00", "5 Mar 2026" },
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct reader r = reader_of(cases[i].lang, cases[i].now);

		CHECK_TEXT(locale_short(a, &r, clock_parse(cases[i].utc)),
			   cases[i].want);
	}
	words_use("en");
	arena_free(a);
}

TEST(today_is_that_of_each_reader)
{
	struct reader here = reader_of("en", "2026-03-05 23:30:00"), there = here;
	instant t = clock_parse("2026-03-05 20:00:00");
	struct arena *a = arena_new("test");

	there.zone = "UTC";
	for (int i = 0; i < 2; i++) {
		CHECK_TEXT(locale_short(a, &here, t), "Yesterday, 21:00");
		CHECK_TEXT(locale_short(a, &there, t), "Today, 20:00");
	}
	here.now += DAY;
	CHECK_TEXT(locale_short(a, &here, t), "5 Mar, 21:00");
	arena_free(a);
}

TEST(how_long_ago_is_one_number)
{
	static const struct { const char *lang; instant ago; const char *want; } cases[] = {
		{ "en", 0, "now" }, { "de", 59 * SECOND, "jetzt" },
		{ "en", -DAY, "now" },
		{ "en", MINUTE, "1 min" }, { "de", 59 * MINUTE, "59 Min." },
		{ "en", HOUR, "1 h" }, { "de", 23 * HOUR, "23 Std." },
		{ "en", DAY, "1 d" }, { "de", 364 * DAY, "364 T." },
		{ "en", 365 * DAY, "1 y" }, { "en", 800 * DAY, "2 y" },
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct reader r = reader_of(cases[i].lang, "2026-03-05 12:00:00");

		CHECK_TEXT(locale_ago(a, &r, r.now - cases[i].ago), cases[i].want);
	}
	words_use("en");
	arena_free(a);
}

TEST(numbers_are_grouped_by_three)
{
	static const struct { int64_t n; const char *en, *de; } cases[] = {
		{ 0, "0", "0" }, { 999, "999", "999" }, { 1042, "1,042", "1.042" },
		{ -1042, "-1,042", "-1.042" }, { 100000, "100,000", "100.000" },
		{ 12345678, "12,345,678", "12.345.678" },
		{ INT64_MIN, "-9,223,372,036,854,775,808", "-9.223.372.036.854.775.808" },
	};
	struct reader en = { .lang = "en" }, de = { .lang = "de-AT" };
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		CHECK_TEXT(locale_number(a, &en, cases[i].n), cases[i].en);
		CHECK_TEXT(locale_number(a, &de, cases[i].n), cases[i].de);
	}
	arena_free(a);
}

TEST(money_has_the_digits_of_its_currency)
{
	static const struct { const char *amount, *currency, *en, *de; } cases[] = {
		{ "69.9000", "EUR", "€69.90", "69,90" NBSP "€" },
		{ "-3", "EUR", "-€3.00", "-3,00" NBSP "€" },
		{ "1234567.895", "GBP", "£1,234,567.90", "1.234.567,90" NBSP "£" },
		{ "69.994", "USD", "$69.99", "69,99" NBSP "$" },
		{ "69.995", "USD", "$70.00", "70,00" NBSP "$" },
		{ "999.999", "USD", "$1,000.00", "1.000,00" NBSP "$" },
		{ "-999.995", "USD", "-$1,000.00", "-1.000,00" NBSP "$" },
		{ "-0.004", "USD", "$0.00", "0,00" NBSP "$" },
		{ "0.5", "JPY", "¥1", "1" NBSP "¥" },
		{ "1500.0000", "JPY", "¥1,500", "1.500" NBSP "¥" },
		{ "1.2345", "KWD", "KWD" NBSP "1.235", "1,235" NBSP "KWD" },
		{ "69.9", "CHF", "CHF" NBSP "69.90", "69,90" NBSP "CHF" },
		{ "69.9", "XYZ", "XYZ" NBSP "69.90", "69,90" NBSP "XYZ" },
		{ "0007.5", "EUR", "€7.50", "7,50" NBSP "€" },
		{ "5.", "EUR", "€5.00", "5,00" NBSP "€" },
		{ "99999999999999999999999999.99", "EUR",
		  "€99,999,999,999,999,999,999,999,999.99",
		  "99.999.999.999.999.999.999.999.999,99" NBSP "€" },
		/* what is no amount is shown, not computed */
		{ "", "EUR", "EUR ", "EUR " },
		{ "-", "EUR", "EUR -", "EUR -" },
		{ "12abc", "EUR", "EUR 12abc", "EUR 12abc" },
		{ "1e9", "EUR", "EUR 1e9", "EUR 1e9" },
		{ ".5", "EUR", "EUR .5", "EUR .5" },
		{ "1.2.3", "EUR", "EUR 1.2.3", "EUR 1.2.3" },
		{ "--1", "EUR", "EUR --1", "EUR --1" },
	};
	struct reader en = { .lang = "en" }, de = { .lang = "de" };
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		CHECK_TEXT(locale_money(a, &en, cases[i].amount,
					cases[i].currency), cases[i].en);
		CHECK_TEXT(locale_money(a, &de, cases[i].amount,
					cases[i].currency), cases[i].de);
	}
	arena_free(a);
}

TEST(a_quantity_loses_its_empty_digits)
{
	static const struct { const char *amount, *en, *de; } cases[] = {
		{ "2.0000", "2", "2" }, { "0.5", "0.5", "0,5" },
		{ "0.5000", "0.5", "0,5" }, { "1500", "1,500", "1.500" },
		{ "-2.50", "-2.5", "-2,5" }, { "-0.000", "0", "0" },
		{ "100", "100", "100" }, { "many", "many", "many" },
		{ "", "", "" },
	};
	struct reader en = { .lang = "en" }, de = { .lang = "de" };
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		CHECK_TEXT(locale_quantity(a, &en, cases[i].amount), cases[i].en);
		CHECK_TEXT(locale_quantity(a, &de, cases[i].amount), cases[i].de);
	}
	arena_free(a);
}

TEST(a_size_is_short)
{
	static const struct { int64_t bytes; const char *en, *de; } cases[] = {
		{ 0, "0" NBSP "B", "0" NBSP "B" },
		{ 999, "999" NBSP "B", "999" NBSP "B" },
		{ 1000, "1" NBSP "KB", "1" NBSP "KB" },
		{ 86016, "84" NBSP "KB", "84" NBSP "KB" },
		{ 1258291, "1.2" NBSP "MB", "1,2" NBSP "MB" },
		{ 1023 * 1024, "1" NBSP "MB", "1" NBSP "MB" },
		{ 10485760, "10" NBSP "MB", "10" NBSP "MB" },
		{ 10440000, "10" NBSP "MB", "10" NBSP "MB" },
		{ 5368709120, "5" NBSP "GB", "5" NBSP "GB" },
		{ INT64_MAX, "8,388,608" NBSP "TB", "8.388.608" NBSP "TB" },
		{ -5, "0" NBSP "B", "0" NBSP "B" },
	};
	struct reader en = { .lang = "en" }, de = { .lang = "de" };
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		CHECK_TEXT(locale_size(a, &en, cases[i].bytes), cases[i].en);
		CHECK_TEXT(locale_size(a, &de, cases[i].bytes), cases[i].de);
	}
	arena_free(a);
}

TEST(every_language_has_a_name_of_its_own)
{
	for (const char *const *lang = locale_languages; *lang; lang++)
		CHECK(strcmp(locale_own_name(*lang), *lang));
	CHECK_TEXT(locale_own_name("de"), "Deutsch");
	CHECK_TEXT(locale_own_name("tlh"), "tlh");
}
