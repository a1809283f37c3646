#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/clock.h"
#include "test.h"

TEST(only_a_real_date_is_parsed)
{
	static const struct { const char *text; instant want; } cases[] = {
		{ "1970-01-02", DAY },
		{ "2026-03-05", 1772668800 * SECOND },
		{ "2026-03-05 12:00:00", 1772712000 * SECOND },
		{ "2026-03-05 12:00:00.5", 1772712000 * SECOND + 500000 },
		{ "2026-03-05 12:00:00.000001", 1772712000 * SECOND + 1 },
		{ "2024-02-29", 1709164800 * SECOND },
		{ "2026-02-29", 0 }, { "2026-00-01", 0 }, { "2026-13-01", 0 },
		{ "2026-01-00", 0 }, { "2026-04-31", 0 }, { "0000-00-00", 0 },
		{ "2026-03-05 24:00:00", 0 }, { "2026-03-05 12:60:00", 0 },
		{ "2026-03-05 12:00:60", 0 }, { "2026-03-05 12:00", 0 },
		{ "2026-03-05 12:00:00.", 0 }, { "2026-03-05 12:00:00.1234567", 0 },
		{ "2026-03-05 12:00:00Z", 0 }, { "2026-03-05T12:00:00", 0 },
		{ "2026-3-5", 0 }, { " 2026-03-05", 0 }, { "2026-03-05 ", 0 },
		{ "-026-03-05", 0 }, { "2026", 0 }, { "", 0 }, { "yesterday", 0 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		CHECK_INT(clock_parse(cases[i].text), cases[i].want);
}

/* Our own arithmetic and libc's: every day there was or will be. */
TEST(every_day_of_the_calendar_is_where_libc_has_it)
{
	struct tm tm = { .tm_mday = 1, .tm_hour = 12, .tm_year = -300 };
	struct arena *a = arena_new("test");

	while (tm.tm_year < 1100) {
		instant t = (instant) timegm(&tm) * SECOND;
		char text[64];

		strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S", &tm);
		CHECK_INT(clock_parse(text), t);
		CHECK(!strncmp(clock_sql(a, t), text, strlen(text)));
		tm.tm_mday++;
		arena_reset(a);
	}
	arena_free(a);
}

TEST(an_instant_is_written_for_sql_and_for_html)
{
	struct arena *a = arena_new("test");
	instant t = clock_parse("2026-03-05 09:05:00.000042");

	CHECK_TEXT(clock_sql(a, t), "2026-03-05 09:05:00.000042");
	CHECK_TEXT(clock_iso(a, t), "2026-03-05T09:05:00Z");
	CHECK_TEXT(clock_sql(a, -1), "1969-12-31 23:59:59.999999");
	arena_free(a);
}

TEST(what_sql_reads_is_what_sql_wrote)
{
	struct arena *a = arena_new("test");

	for (instant t = 1; t < 4000000000 * SECOND; t += 12345678901234)
		CHECK_INT(clock_parse(clock_sql(a, t)), t);
	arena_free(a);
}

TEST(a_test_may_stop_the_clock)
{
	setenv("AFTERSALE_NOW", "2026-03-05 12:00:00", 1);
	CHECK_INT(clock_now(), 1772712000 * SECOND);
	unsetenv("AFTERSALE_NOW");
	CHECK(clock_now() != 1772712000 * SECOND);
	CHECK(clock_now() > clock_parse("2025-01-01"));
}

TEST(a_zone_shows_its_own_hour_in_summer_and_in_winter)
{
	static const struct {
		const char *utc, *zone;
		struct wall want;
	} cases[] = {
		{ "2026-01-31 12:00:00", "Europe/Berlin", { 2026, 1, 31, 13, 0, 0, 6, 3600 } },
		{ "2026-07-31 22:30:05", "Europe/Berlin", { 2026, 8, 1, 0, 30, 5, 6, 7200 } },
		{ "2026-03-29 00:59:59", "Europe/Berlin", { 2026, 3, 29, 1, 59, 59, 0, 3600 } },
		{ "2026-03-29 01:00:00", "Europe/Berlin", { 2026, 3, 29, 3, 0, 0, 0, 7200 } },
		{ "2026-01-01 02:00:00", "America/New_York", { 2025, 12, 31, 21, 0, 0, 3, -18000 } },
		{ "2026-01-01 00:00:00", "Asia/Kathmandu", { 2026, 1, 1, 5, 45, 0, 4, 20700 } },
		{ "2026-01-01 00:00:00", "UTC", { 2026, 1, 1, 0, 0, 0, 4, 0 } },
		{ "2026-01-01 00:00:00", "No/Where", { 2026, 1, 1, 0, 0, 0, 4, 0 } },
		{ "2026-01-01 00:00:00", NULL, { 2026, 1, 1, 0, 0, 0, 4, 0 } },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct wall got = clock_wall(clock_parse(cases[i].utc), cases[i].zone);

		CHECK(!memcmp(&got, &cases[i].want, sizeof(got)));
	}
}

TEST(a_wall_clock_names_one_instant)
{
	static const struct {
		int month, day, hour, minute;
		const char *zone, *utc;
	} cases[] = {
		{ 1, 31, 13, 0, "Europe/Berlin", "2026-01-31 12:00:00.000000" },
		{ 7, 31, 13, 0, "Europe/Berlin", "2026-07-31 11:00:00.000000" },
		/* missing: clocks go from 02:00 to 03:00 */
		{ 3, 29, 2, 30, "Europe/Berlin", "2026-03-29 01:30:00.000000" },
		{ 3, 29, 3, 30, "Europe/Berlin", "2026-03-29 01:30:00.000000" },
		/* twice: the first */
		{ 10, 25, 2, 30, "Europe/Berlin", "2026-10-25 00:30:00.000000" },
		{ 10, 25, 1, 59, "Europe/Berlin", "2026-10-24 23:59:00.000000" },
		{ 10, 25, 3, 0, "Europe/Berlin", "2026-10-25 02:00:00.000000" },
		{ 11, 1, 1, 30, "America/New_York", "2026-11-01 05:30:00.000000" },
		{ 1, 32, 0, 0, "UTC", "2026-02-01 00:00:00.000000" },
		{ 1, 0, 0, 0, "UTC", "2025-12-31 00:00:00.000000" },
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		CHECK_TEXT(clock_sql(a, clock_from_wall(2026, cases[i].month,
				cases[i].day, cases[i].hour, cases[i].minute,
				cases[i].zone)), cases[i].utc);
	arena_free(a);
}

TEST(only_a_zone_of_this_machine_is_a_zone)
{
	static const char *const good[] = {
		"UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires",
		"Etc/GMT+5", "America/Port-au-Prince",
	};
	static const char *const bad[] = {
		"", "/", "Europe", "Europe/", "/Europe/Berlin", "Europe//Berlin",
		"../../../etc/passwd", "Europe/../Europe/Berlin", "zone.tab",
		"leapseconds", "posixrules", "posix/UTC", "right/UTC",
		"Europe/Berlin\n", "Europe/Berlin:", ":UTC", "No/Where",
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	};

	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
		CHECK(clock_zone_exists(good[i]));
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		CHECK(!clock_zone_exists(bad[i]));
	CHECK(!clock_zone_exists(NULL));
}
