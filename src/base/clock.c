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

static bool date_part(const char **p, struct tm *tm)
{
	if (!digits(p, 4, &tm->tm_year) || !mark(p, '-') ||
	    !digits(p, 2, &tm->tm_mon) || !mark(p, '-') ||
	    !digits(p, 2, &tm->tm_mday))
		return false;
	tm->tm_year -= 1900;
	tm->tm_mon--;
	return true;
}

static bool time_part(const char **p, struct tm *tm, int *micro)
{
	return digits(p, 2, &tm->tm_hour) && mark(p, ':') &&
	       digits(p, 2, &tm->tm_min) && mark(p, ':') &&
	       digits(p, 2, &tm->tm_sec) && fraction(p, micro);
}

/* timegm() makes 2 March of 30 February; a date that moved was none. */
static bool was_moved(const struct tm *said, const struct tm *is)
{
	return said->tm_mon != is->tm_mon || said->tm_mday != is->tm_mday ||
	       said->tm_hour != is->tm_hour || said->tm_min != is->tm_min ||
	       said->tm_sec != is->tm_sec;
}

instant clock_parse(const char *text)
{
	struct tm said = { 0 }, is;
	int micro = 0;
	time_t t;

	if (!date_part(&text, &said))
		return 0;
	if (mark(&text, ' ') && !time_part(&text, &said, &micro))
		return 0;
	if (*text)
		return 0;
	is = said;
	t = timegm(&is);
	return was_moved(&said, &is) ? 0 : (instant) t * SECOND + micro;
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

const char *clock_sql(struct arena *a, instant t)
{
	struct tm tm = utc(t);
	char text[64];

	strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S", &tm);
	return arena_printf(a, "%s.%06d", text,
			    (int) (t - (instant) seconds(t) * SECOND));
}

const char *clock_iso(struct arena *a, instant t)
{
	struct tm tm = utc(t);
	char text[64];

	strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm);
	return arena_dup(a, text);
}

const char *clock_mail(struct arena *a, instant t)
{
	struct tm tm = utc(t);
	char text[64];

	/* LC_TIME is never set, so the names are English. */
	strftime(text, sizeof(text), "%a, %d %b %Y %H:%M:%S +0000", &tm);
	return arena_dup(a, text);
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
