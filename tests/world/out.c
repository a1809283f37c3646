#include <stdlib.h>
#include <string.h>

#include "out.h"

/* Room for n bytes more. */
static char *room(struct out *o, size_t n)
{
	if (o->n + n > o->room) {
		o->room = 2 * (o->n + n);
		o->text = realloc(o->text, o->room);
		if (!o->text)
			abort();
	}
	return o->text + o->n;
}

static void begin(struct out *o)
{
	if (o->in_row)
		*room(o, 1) = '\t', o->n++;
	o->in_row = true;
}

static size_t digits(char *to, uint64_t n, int at_least)
{
	char reverse[24];
	int len = 0;

	while (n || len < at_least) {
		reverse[len++] = (char) ('0' + n % 10);
		n /= 10;
	}
	for (int i = 0; i < len; i++)
		to[i] = reverse[len - 1 - i];
	return (size_t) len;
}

void out_int(struct out *o, int64_t n)
{
	char *to;

	begin(o);
	to = room(o, 24);
	if (n < 0)
		*to++ = '-', o->n++;
	o->n += digits(to, (uint64_t) (n < 0 ? -n : n), 1);
}

void out_null(struct out *o)
{
	begin(o);
	memcpy(room(o, 2), "\\N", 2);
	o->n += 2;
}

void out_id(struct out *o, int64_t n)
{
	if (n)
		out_int(o, n);
	else
		out_null(o);
}

void out_textn(struct out *o, const char *text, size_t n)
{
	char *to;

	begin(o);
	to = room(o, 2 * n);
	for (size_t i = 0; i < n; i++) {
		char c = text[i];

		if (c == '\\' || c == '\n' || c == '\t')
			*to++ = '\\';
		*to++ = c == '\n' ? 'n' : c == '\t' ? 't' : c;
	}
	o->n = (size_t) (to - o->text);
}

void out_text(struct out *o, const char *text)
{
	if (text)
		out_textn(o, text, strlen(text));
	else
		out_null(o);
}

void out_milli(struct out *o, int64_t thousandths)
{
	out_int(o, thousandths / 1000);
	*room(o, 4) = '.';
	o->n += 1 + digits(room(o, 4) + 1, (uint64_t) (thousandths % 1000), 3);
}

/* Of a day since 1970: eras of 400 years, years that begin in March. */
static size_t date(char *to, int64_t day)
{
	int64_t z = day + 719468, era = z / 146097, of_era = z % 146097;
	int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
	int64_t month = (5 * of_year + 2) / 153;
	int64_t of_month = of_year - (153 * month + 2) / 5 + 1;

	month += month < 10 ? 3 : -9;
	digits(to, (uint64_t) (year + era * 400 + (month <= 2)), 4);
	to[4] = '-';
	digits(to + 5, (uint64_t) month, 2);
	to[7] = '-';
	digits(to + 8, (uint64_t) of_month, 2);
	return 10;
}

void out_time(struct out *o, instant t)
{
	static const char colons[] = "           :  :  .";
	int64_t in_day = t % DAY;
	char *to;

	if (!t) {
		out_null(o);
		return;
	}
	begin(o);
	to = room(o, 32);
	memcpy(to, colons, sizeof(colons));
	date(to, t / DAY);
	digits(to + 11, (uint64_t) (in_day / HOUR), 2);
	digits(to + 14, (uint64_t) (in_day % HOUR / MINUTE), 2);
	digits(to + 17, (uint64_t) (in_day % MINUTE / SECOND), 2);
	to[13] = to[16] = ':';
	to[19] = '.';
	digits(to + 20, (uint64_t) (in_day % SECOND), 6);
	o->n += 26;
}

void out_end(struct out *o)
{
	*room(o, 1) = '\n';
	o->n++;
	o->in_row = false;
}
