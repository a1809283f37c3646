#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "desk/document.h"
#include "desk/query_words.h"
#include "port/fold.h"

/* --- words ------------------------------------------------------------------------ */

/* A document has 日本 本語 語は, and not the 語 at the end of what was typed:
 * the last character alone is left out, unless it is all there is. */
static size_t collect(struct arena *a, const char *text, const char **words,
		      bool *begins)
{
	struct fold f;
	struct fold_word w;
	bool paired = false, second = false;
	size_t n = 0;

	*begins = false;
	fold_begin(&f, text, strlen(text));
	while (fold_next(&f, &w)) {
		second = w.tail && paired;
		paired = w.pair && !w.tail;
		*begins = w.tail && !second;
		words[n++] = arena_copy(a, w.text, w.len);
	}
	return second ? n - 1 : n;
}

static const char *pattern_of(struct arena *a, const struct search_term *t)
{
	struct str s;

	str_init(&s, a, 64 * 1024);
	for (size_t i = 0; i < t->n_words; i++)
		str_addf(&s, " %s", t->words[i]);
	if (!t->prefix)
		str_add(&s, " ");
	return s.text;
}

bool query_may_begin(const char *word, int characters)
{
	struct fold f;
	struct fold_word w;

	fold_begin(&f, word, strlen(word));
	return fold_next(&f, &w) && (w.pair || utf8_count(word) >= (size_t) characters);
}

void query_words(struct arena *a, const char *text, struct search_term *t)
{
	const char **words = arena_alloc(a, (strlen(text) + 1) * sizeof(*words));
	bool begins;

	t->words = words;
	t->n_words = collect(a, text, words, &begins);
	t->prefix = t->prefix || begins;
	t->pattern = pattern_of(a, t);
	t->name = t->name && t->n_words && t->n_words <= SEARCH_NAME_WORDS &&
		  query_may_begin(t->words[0], 2);
}

size_t query_quote(const char *at)
{
	if (*at == '"')
		return 1;
	if (!strncmp(at, "\xe2\x80", 2) && (at[2] == '\x9c' || at[2] == '\x9d' ||
					    at[2] == '\x9e'))
		return 3;
	return 0;
}

enum query_likeness query_like(struct arena *a, const char *typed,
			       const char *name, const char *code)
{
	const char *wanted = document_words(a, typed);
	const char *words = document_words(a, name);
	size_t n = strlen(wanted);

	if (!n)
		return QUERY_OTHER;
	if (!strcmp(wanted, words) || (code && !strcasecmp(typed, code)))
		return QUERY_SAME;
	return strstr(words, arena_copy(a, wanted, n - 1)) ? QUERY_BEGINS : QUERY_OTHER;
}

/* --- days ----------------------------------------------------------------------------- */

struct day {
	int year, month, day;		/* 0: not said */
};

/* So many digits, or -1. */
static int digits(const char **at, int n)
{
	int number = 0;

	for (; n; n--, ++*at) {
		if (!isdigit((unsigned char) **at))
			return -1;
		number = number * 10 + (**at - '0');
	}
	return number;
}

static bool read_day(struct arena *a, const char *text, struct day *d)
{
	*d = (struct day) { .year = digits(&text, 4) };
	if (d->year < 1971 || d->year > 9000)
		return false;
	if (*text == '-') {
		text++;
		d->month = digits(&text, 2);
	}
	if (d->month && *text == '-') {
		text++;
		d->day = digits(&text, 2);
	}
	return !*text && d->month >= 0 && d->day >= 0 &&
	       clock_parse(arena_printf(a, "%04d-%02d-%02d", d->year,
					d->month ? d->month : 1, d->day ? d->day : 1)) &&
	       d->month <= 12;
}

static const char *beginning(struct arena *a, const struct day *d, const char *zone)
{
	return clock_sql(a, clock_from_wall(d->year, d->month ? d->month : 1,
					    d->day ? d->day : 1, 0, 0, zone));
}

static const char *end(struct arena *a, const struct day *d, const char *zone)
{
	struct day next = *d;

	if (d->day)
		next.day++;
	else if (d->month && d->month < 12)
		next.month++;
	else
		next = (struct day) { .year = d->year + 1 };
	return beginning(a, &next, zone);
}

static bool read_range(struct arena *a, const char *zone, const char *text,
		       const char *dots, struct search_term *t)
{
	const char *one = arena_copy(a, text, (size_t) (dots - text));
	const char *other = dots + 2;
	struct day d;

	if (*one && !read_day(a, one, &d))
		return false;
	t->from = *one ? beginning(a, &d, zone) : NULL;
	if (*other && !read_day(a, other, &d))
		return false;
	t->until = *other ? end(a, &d, zone) : NULL;
	return *one || *other;
}

bool query_days(struct arena *a, const char *zone, const char *text,
		struct search_term *t)
{
	const char *dots = strstr(text, "..");
	bool after = *text == '>', before = *text == '<';
	struct day d;

	if (dots)
		return read_range(a, zone, text, dots, t);
	if (!read_day(a, text + (after || before), &d))
		return false;
	if (!after)
		t->until = before ? beginning(a, &d, zone) : end(a, &d, zone);
	if (!before)
		t->from = after ? end(a, &d, zone) : beginning(a, &d, zone);
	return true;
}

/* --- lengths of time -------------------------------------------------------------------- */

bool query_ago(struct arena *a, instant now, const char *text,
	       struct search_term *t)
{
	static const char units[] = "mhdw";
	static const instant lengths[] = { MINUTE, HOUR, DAY, 7 * DAY };
	bool shorter = *text == '<';
	const char *unit, *since;
	char *behind;
	long n;

	text += shorter || *text == '>';
	if (!isdigit((unsigned char) *text) || strlen(text) > 5)
		return false;
	n = strtol(text, &behind, 10);
	unit = *behind ? strchr(units, *behind) : NULL;
	if (!unit || behind[1])
		return false;
	since = clock_sql(a, now - n * lengths[unit - units]);
	if (shorter)
		t->from = since;
	else
		t->until = since;
	return true;
}
