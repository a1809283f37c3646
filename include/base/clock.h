/*
 * clock - instants as microseconds since 1970-01-01 UTC.
 *
 * The database is the one clock: stored times are written by SQL's NOW(6)
 * and come back as "2026-01-31 12:00:00.123456" in UTC. This room reads and
 * writes that form and does calendar arithmetic; it never asks for "now"
 * except where a signature carries its own time (tokens, form tokens), and for
 * how long something took.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

struct arena;

typedef int64_t instant;		/* microseconds; 0 means "none" */

#define SECOND	((instant) 1000000)
#define MINUTE	(60 * SECOND)
#define HOUR	(60 * MINUTE)
#define DAY	(24 * HOUR)

/* Milliseconds on a clock that nobody sets, for patience. */
int64_t clock_ticks(void);

/* The machine's clock, or AFTERSALE_NOW ("2026-03-05 12:00:00") in tests. */
instant clock_now(void);

/* "2026-01-31 12:00:00[.123456]" or "2026-01-31"; 0 when it is neither. */
instant clock_parse(const char *text);

/* "2026-01-31 12:00:00.123456", as SQL wants it. */
const char *clock_sql(struct arena *a, instant t);

/* "2026-01-31T12:00:00Z", for <time datetime>. */
const char *clock_iso(struct arena *a, instant t);

/* The same wall-clock reading in a zone ("Europe/Berlin"): local parts. */
struct wall {
	int year, month, day;		/* 2026, 1..12, 1..31 */
	int hour, minute, second;
	int weekday;			/* 0 Sunday .. 6 Saturday */
	int offset;			/* seconds east of UTC */
};
struct wall clock_wall(instant t, const char *zone);

/* The number of its day: yesterday's is one less than today's. */
int64_t clock_day(const struct wall *w);

/* The instant at which a zone's clock shows this; a missing hour is the next. */
instant clock_from_wall(int year, int month, int day, int hour, int minute,
			const char *zone);

/* Is it the name of a zone on this machine? */
bool clock_zone_exists(const char *zone);

#endif
