#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"

#define ZONES	"/usr/share/zoneinfo/"

enum { LONGEST_ZONE = 64 };

int64_t clock_ticks(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t) now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

instant clock_now(void)
{
	const char *pretended = getenv("AFTERSALE_NOW");
	instant t = pretended ? clock_parse(pretended) : 0;
	struct timespec now;

	if (t)
		return t;
	clock_gettime(CLOCK_REALTIME, &now);
	return (instant) now.tv_sec * SECOND + now.tv_nsec / 1000;
}

/* Reads exactly n digits and moves on; false when there are fewer. */
static bool digits(const char **p, int n, int *out)
{
	for (*out = 0; n > 0; n--, (*p)++) {
		if (**p < '0' || **p > '9')
			return false;
		*out = *out * 10 + (**p - '0');
	}
	return true;
}

static bool mark(const char **p, char c)
{
	return **p == c && (*p)++;
}

/* ".5" and ".123456" in microseconds. */
static bool fraction(const char **p, int *out)
{
	int unit = 100000, digit;

	*out = 0;
	if (!mark(p, '.'))
		return true;
	if (**p == '\0')
		return false;
	for (; unit && **p; unit /= 10) {
		if (!digits(p, 1, &digit))
			return false;
		*out += digit * unit;
	}
	return true;
}

/*
 * Days from 1970-01-01 to a date. Years begin in March here, so that the day
 * that is not in every year is the last one; 400 years have the same days
 * as the 400 before them.
 */
static int64_t days_to(int year, int month, int day)
{
	int64_t y = 400 + year - (month <= 2), m = month > 2 ? month - 3 : month + 9;

	return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 -
	       865565;
}

int64_t clock_day(const struct wall *w)
{
	return days_to(w->year, w->month, w->day);
}

static bool is_date(int year, int month, int day)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return month >= 1 && month <= 12 && day >= 1 &&
	       day <= days[month - 1] + (month == 2 && leap);
}

static bool date_part(const char **p, instant *t)
{
	int year, month, day;

	if (!digits(p, 4, &year) || !mark(p, '-') || !digits(p, 2, &month) ||
	    !mark(p, '-') || !digits(p, 2, &day) || !is_date(year, month, day))
		return false;
	*t = days_to(year, month, day) * DAY;
	return true;
}

static bool time_part(const char **p, instant *t)
{
	int hour, minute, second, micro;

	if (!digits(p, 2, &hour) || !mark(p, ':') || !digits(p, 2, &minute) ||
	    !mark(p, ':') || !digits(p, 2, &second) || !fraction(p, &micro) ||
	    hour > 23 || minute > 59 || second > 59)
		return false;
	*t += hour * HOUR + minute * MINUTE + second * SECOND + micro;
	return true;
}

instant clock_parse(const char *text)
{
	instant t;

	if (!date_part(&text, &t))
		return 0;
	if (mark(&text, ' ') && !time_part(&text, &t))
		return 0;
	return *text ? 0 : t;
}

/* Whole seconds, rounded down also before 1970. */
static time_t seconds(instant t)
{
	return t / SECOND - (t % SECOND < 0);
}

static struct tm utc(instant t)
{
	time_t s = seconds(t);
	struct tm tm;

	gmtime_r(&s, &tm);
	return tm;
}

/* So many digits of a number that is not negative, before `end`. */
static void put_digits(char *end, int n, int number)
{
	for (; n; n--, number /= 10)
		*--end = (char) ('0' + number % 10);
}

/* "2026-01-31 12:00:00"; years beyond 9999 are none of ours. */
static char *date_and_time(struct arena *a, instant t, const char *form)
{
	char *text = arena_dup(a, form);
	struct tm tm = utc(t);

	put_digits(text + 4, 4, tm.tm_year + 1900);
	put_digits(text + 7, 2, tm.tm_mon + 1);
	put_digits(text + 10, 2, tm.tm_mday);
	put_digits(text + 13, 2, tm.tm_hour);
	put_digits(text + 16, 2, tm.tm_min);
	put_digits(text + 19, 2, tm.tm_sec);
	return text;
}

const char *clock_sql(struct arena *a, instant t)
{
	char *text = date_and_time(a, t, "0000-00-00 00:00:00.000000");

	put_digits(text + 26, 6, (int) (t - (instant) seconds(t) * SECOND));
	return text;
}

const char *clock_iso(struct arena *a, instant t)
{
	return date_and_time(a, t, "0000-00-00T00:00:00Z");
}

/* "Europe/Berlin", "Etc/GMT+5": words of letters, digits, _ + -. */
static bool is_zone_name(const char *zone)
{
	if (strlen(zone) > LONGEST_ZONE)
		return false;
	/* Copies of all zones in other clothes; "right" counts leap seconds. */
	if (!strncmp(zone, "posix", 5) || !strncmp(zone, "right/", 6))
		return false;
	for (const char *p = zone; ; p++) {
		size_t n = strspn(p, "abcdefghijklmnopqrstuvwxyz"
				     "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+-");

		p += n;
		if (!n || *p != '/')
			return n && !*p;
	}
}

bool clock_zone_exists(const char *zone)
{
	char path[sizeof(ZONES) + LONGEST_ZONE], magic[4] = "";
	int fd;

	if (!zone || !is_zone_name(zone))
		return false;
	snprintf(path, sizeof(path), ZONES "%s", zone);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	if (read(fd, magic, sizeof(magic)) != sizeof(magic))
		magic[0] = '\0';
	close(fd);
	return !memcmp(magic, "TZif", 4);
}

/* From now on localtime_r() speaks of this zone; an unknown one is UTC. */
static void enter_zone(const char *zone)
{
	static char current[LONGEST_ZONE + 1];
	char value[LONGEST_ZONE + 2];

	if (!zone || strlen(zone) > LONGEST_ZONE)
		zone = "UTC";
	if (!strcmp(zone, current))
		return;
	snprintf(value, sizeof(value), ":%s",
		 clock_zone_exists(zone) ? zone : "UTC");
	setenv("TZ", value, 1);
	tzset();
	snprintf(current, sizeof(current), "%s", zone);
}

struct wall clock_wall(instant t, const char *zone)
{
	time_t s = seconds(t);
	struct tm tm;

	enter_zone(zone);
	localtime_r(&s, &tm);
	return (struct wall) {
		.year = tm.tm_year + 1900, .month = tm.tm_mon + 1,
		.day = tm.tm_mday, .hour = tm.tm_hour, .minute = tm.tm_min,
		.second = tm.tm_sec, .weekday = tm.tm_wday,
		.offset = (int) tm.tm_gmtoff,
	};
}

static instant offset_at(instant t, const char *zone)
{
	return clock_wall(t, zone).offset * SECOND;
}

/*
 * The zone's offset is that of the day before or of the day after. When the
 * clock was set back an hour comes twice: the first is meant. When it was
 * set forward the missing hour is read with the old offset, so that 02:30
 * becomes 03:30.
 */
instant clock_from_wall(int year, int month, int day, int hour, int minute,
			const char *zone)
{
	struct tm tm = {
		.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day,
		.tm_hour = hour, .tm_min = minute,
	};
	instant shown = (instant) timegm(&tm) * SECOND;
	instant before = offset_at(shown - DAY, zone);
	instant after = offset_at(shown + DAY, zone);

	if (offset_at(shown - before, zone) == before)
		return shown - before;
	if (offset_at(shown - after, zone) == after)
		return shown - after;
	return shown - before;
}
