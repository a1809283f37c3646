#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/locale.h"
#include "base/str.h"
#include "base/words.h"

enum { LONGEST_DATE = 100, LONGEST_ZONE = 64 };

#define NBSP	"\u00a0"		/* keeps a number and its unit together */

/* The forms of one language, after CLDR. In a pattern {d} is the day, {m}
 * the month's name, {y} the year, {n} a number and {s} its sign or unit. */
struct language {
	const char *code;
	const char *decimal, *group;
	const char *date, *date_short, *date_this_year;
	const char *money, *money_code;		/* with a sign, with a code */
	const char *months[12], *months_short[12];
};

static const struct language languages[] = {
	{
		.code = "en", .decimal = ".", .group = ",",
		.date = "{d} {m} {y}",
		.date_short = "{d} {m} {y}", .date_this_year = "{d} {m}",
		.money = "{s}{n}", .money_code = "{s}" NBSP "{n}",
		.months = { "January", "February", "March", "April", "May",
			    "June", "July", "August", "September", "October",
			    "November", "December" },
		.months_short = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
				  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" },
	}, {
		.code = "de", .decimal = ",", .group = ".",
		.date = "{d}. {m} {y}",
		.date_short = "{d}. {m} {y}", .date_this_year = "{d}. {m}",
		.money = "{n}" NBSP "{s}", .money_code = "{n}" NBSP "{s}",
		.months = { "Januar", "Februar", "März", "April", "Mai",
			    "Juni", "Juli", "August", "September", "Oktober",
			    "November", "Dezember" },
		.months_short = { "Jan.", "Feb.", "März", "Apr.", "Mai",
				  "Juni", "Juli", "Aug.", "Sept.", "Okt.",
				  "Nov.", "Dez." },
	},
};
enum { N_LANGUAGES = sizeof(languages) / sizeof(*languages) };

const char *const locale_languages[] = { "en", "de", NULL };

/* ISO 4217: digits behind the point, and the sign CLDR shows when it is not
 * the code itself. A currency that is not here has two digits. */
static const struct currency {
	const char *code, *sign;
	int digits;
} currencies[] = {
	{ "AED", NULL,   2 }, { "AUD", "A$",  2 }, { "BGN", NULL,  2 },
	{ "BHD", NULL,   3 }, { "BRL", "R$",  2 }, { "CAD", "CA$", 2 },
	{ "CHF", NULL,   2 }, { "CLP", NULL,  0 }, { "CNY", "CN¥", 2 },
	{ "CZK", NULL,   2 }, { "DKK", NULL,  2 }, { "EUR", "€",   2 },
	{ "GBP", "£",    2 }, { "HKD", "HK$", 2 }, { "HUF", NULL,  2 },
	{ "ILS", "₪",    2 }, { "INR", "₹",   2 }, { "IQD", NULL,  3 },
	{ "ISK", NULL,   0 }, { "JOD", NULL,  3 }, { "JPY", "¥",   0 },
	{ "KRW", "₩",    0 }, { "KWD", NULL,  3 }, { "LYD", NULL,  3 },
	{ "MXN", "MX$",  2 }, { "NOK", NULL,  2 }, { "NZD", "NZ$", 2 },
	{ "OMR", NULL,   3 }, { "PHP", "₱",   2 }, { "PLN", NULL,  2 },
	{ "PYG", NULL,   0 }, { "RON", NULL,  2 }, { "RUB", NULL,  2 },
	{ "SAR", NULL,   2 }, { "SEK", NULL,  2 }, { "SGD", NULL,  2 },
	{ "THB", NULL,   2 }, { "TND", NULL,  3 }, { "TRY", NULL,  2 },
	{ "TWD", "NT$",  2 }, { "UAH", NULL,  2 }, { "UGX", NULL,  0 },
	{ "USD", "$",    2 }, { "VND", "₫",   0 }, { "XAF", NULL,  0 },
	{ "XOF", NULL,   0 }, { "XPF", NULL,  0 }, { "ZAR", NULL,  2 },
};

/* Which language. */

/* Length of "de" in "de-AT", "de_CH.UTF-8", "de;q=0.8". */
static size_t language_part(const char *tag)
{
	return strspn(tag, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
}

static bool is_language(const char *tag, const char *code)
{
	size_t n = language_part(tag);

	return n == strlen(code) && !strncasecmp(tag, code, n);
}

static const struct language *language_of(const char *tag)
{
	for (size_t i = 0; tag && i < N_LANGUAGES; i++)
		if (is_language(tag, languages[i].code))
			return &languages[i];
	return NULL;
}

static const struct language *forms_of(const struct reader *r)
{
	const struct language *l = language_of(r->lang);

	return l ? l : &languages[0];
}

/* "de;q=0.85" is wanted with 850, without a q with 1000. */
static int quality(const char *item, size_t n)
{
	const char *q = memchr(item, '=', n);
	int thousandths = 0;

	if (!q)
		return 1000;
	q++;
	if (*q == '1')
		return 1000;
	if (q[0] != '0' || q[1] != '.')
		return 0;
	q += 2;
	for (int unit = 100; unit && *q >= '0' && *q <= '9'; unit /= 10, q++)
		thousandths += (*q - '0') * unit;
	return thousandths;
}

const char *locale_pick(const char *wanted, const char *fallback)
{
	const struct language *best = language_of(fallback), *l;
	int best_quality = 0;
	size_t n;

	for (; wanted && *wanted; wanted += n + (wanted[n] == ',')) {
		wanted += strspn(wanted, " \t");
		n = strcspn(wanted, ",");
		l = language_of(wanted);
		if (l && quality(wanted, n) > best_quality) {
			best = l;
			best_quality = quality(wanted, n);
		}
	}
	return best ? best->code : languages[0].code;
}

const char *locale_own_name(const char *lang)
{
	static const struct { const char *code, *name; } names[] = {
		{ "en", "English" }, { "de", "Deutsch" },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(names[i].code, lang))
			return names[i].name;
	return lang;
}

const char *locale_direction(const char *lang)
{
	static const char *const from_the_right[] = {
		"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi",
	};
	enum { N = sizeof(from_the_right) / sizeof(*from_the_right) };

	for (size_t i = 0; lang && i < N; i++)
		if (is_language(lang, from_the_right[i]))
			return "rtl";
	return "ltr";
}

/* Dates. */

static const char *date(struct arena *a, const char *pattern,
			const char *const months[12], const struct wall *w)
{
	struct str s;

	str_init(&s, a, LONGEST_DATE);
	for (; *pattern; pattern++) {
		if (pattern[0] != '{') {
			str_addn(&s, pattern, 1);
			continue;
		}
		if (pattern[1] == 'd')
			str_add_number(&s, w->day);
		else if (pattern[1] == 'm')
			str_add(&s, months[w->month - 1]);
		else
			str_add_number(&s, w->year);
		pattern += 2;
	}
	return s.text;
}

const char *locale_date(struct arena *a, const struct reader *r, instant t)
{
	const struct language *l = forms_of(r);
	struct wall w = clock_wall(t, r->zone);

	return date(a, l->date, l->months, &w);
}

/* "09:05" */
static const char *hands(struct arena *a, const struct wall *w)
{
	const char text[] = {
		(char) ('0' + w->hour / 10), (char) ('0' + w->hour % 10), ':',
		(char) ('0' + w->minute / 10), (char) ('0' + w->minute % 10),
	};

	return arena_copy(a, text, sizeof(text));
}

const char *locale_clock(struct arena *a, const struct reader *r, instant t)
{
	struct wall w = clock_wall(t, r->zone);

	return hands(a, &w);
}

const char *locale_time(struct arena *a, const struct reader *r, instant t)
{
	const struct language *l = forms_of(r);
	struct wall w = clock_wall(t, r->zone);

	return arena_join(a, date(a, l->date, l->months, &w), ", ", hands(a, &w));
}

/* What the reader's clock shows now; a page asks for it with every row. */
static struct wall wall_now(const struct reader *r)
{
	static struct wall last;
	static instant at;
	static char zone[LONGEST_ZONE + 1];

	if (at != r->now || !r->zone || strcmp(zone, r->zone)) {
		last = clock_wall(r->now, r->zone);
		at = r->now;
		snprintf(zone, sizeof(zone), "%s", r->zone ? r->zone : "");
	}
	return last;
}

const char *locale_short(struct arena *a, const struct reader *r, instant t)
{
	const struct language *l = forms_of(r);
	struct wall w = clock_wall(t, r->zone), now;
	int64_t days_ago;

	if (!r->now)
		return date(a, l->date_short, l->months_short, &w);
	now = wall_now(r);
	days_ago = clock_day(&now) - clock_day(&w);
	if (days_ago == 0)
		return words_say(a, _("Today, {1}"), hands(a, &w), NULL, NULL);
	if (days_ago == 1)
		return words_say(a, _("Yesterday, {1}"), hands(a, &w), NULL, NULL);
	if (w.year != now.year)
		return date(a, l->date_short, l->months_short, &w);
	return arena_join(a, date(a, l->date_this_year, l->months_short, &w),
			  ", ", hands(a, &w));
}

const char *locale_ago(struct arena *a, const struct reader *r, instant t)
{
	static const struct {
		instant below, unit;
		const char *text;
	} steps[] = {
		{ HOUR,      MINUTE,    N_("{1} min") },
		{ DAY,       HOUR,      N_("{1} h") },
		{ 365 * DAY, DAY,       N_("{1} d") },
		{ INT64_MAX, 365 * DAY, N_("{1} y") },
	};
	instant since = r->now - t;
	size_t i = 0;

	if (!r->now)
		return locale_short(a, r, t);
	if (since < MINUTE)
		return _("now");
	while (since >= steps[i].below)
		i++;
	return words_say(a, _(steps[i].text),
			 locale_number(a, r, since / steps[i].unit), NULL, NULL);
}

/* Numbers. */

/* A decimal number as text: its sign, and the digits around the point. */
struct decimal {
	bool negative;
	const char *whole, *part;	/* "69", "9000"; part may be "" */
};

/* False when it is anything but -?[0-9]+(\.[0-9]*)? */
static bool decimal_read(struct arena *a, const char *text, struct decimal *out)
{
	size_t whole, part = 0;

	out->negative = *text == '-';
	text += out->negative;
	whole = strspn(text, "0123456789");
	if (text[whole] == '.')
		part = strspn(text + whole + 1, "0123456789");
	if (!whole || text[whole + (text[whole] == '.') + part])
		return false;
	out->part = arena_copy(a, text + whole + (text[whole] == '.'), part);
	while (whole > 1 && *text == '0')
		text++, whole--;
	out->whole = arena_copy(a, text, whole);
	return true;
}

/* One more in the last place of "0999": "1000". The first digit is 0. */
static void count_up(char *digits)
{
	char *p = digits + strlen(digits) - 1;

	for (; *p == '9'; p--)
		*p = '0';
	(*p)++;
}

/* To this many digits behind the point; a half goes away from zero. */
static void decimal_round(struct arena *a, struct decimal *d, size_t places)
{
	size_t whole = strlen(d->whole), have = strlen(d->part);
	char *digits;

	if (have < places) {
		d->part = arena_printf(a, "%s%0*d", d->part,
				       (int) (places - have), 0);
		return;
	}
	digits = arena_printf(a, "0%s%.*s", d->whole, (int) places, d->part);
	if (have > places && d->part[places] >= '5')
		count_up(digits);
	d->part = arena_dup(a, digits + 1 + whole);
	d->whole = arena_copy(a, digits + (*digits == '0'),
			      whole + (*digits != '0'));
	if (!strpbrk(d->whole, "123456789") && !strpbrk(d->part, "123456789"))
		d->negative = false;	/* there is no -0.00 */
}

/* "1042" as "1,042". */
static const char *grouped(struct arena *a, const struct language *l,
			   const char *digits)
{
	size_t n = strlen(digits), head = n % 3 ? n % 3 : 3;
	const char *text = arena_copy(a, digits, head < n ? head : n);

	for (size_t i = head; i < n; i += 3)
		text = arena_printf(a, "%s%s%.3s", text, l->group, digits + i);
	return text;
}

/* Without the sign of a negative number. */
static const char *decimal_shown(struct arena *a, const struct language *l,
				 const struct decimal *d)
{
	return arena_printf(a, "%s%s%s", grouped(a, l, d->whole),
			    *d->part ? l->decimal : "", d->part);
}

const char *locale_number(struct arena *a, const struct reader *r, int64_t n)
{
	char buffer[STR_NUMBER];
	const char *digits = str_number(buffer, n);

	return arena_join(a, n < 0 ? "-" : "",
			  grouped(a, forms_of(r), digits + (n < 0)));
}

static const struct currency *currency_of(const char *code)
{
	for (size_t i = 0; i < sizeof(currencies) / sizeof(*currencies); i++)
		if (!strcmp(currencies[i].code, code))
			return &currencies[i];
	return NULL;
}

/* The pattern with {n} and {s} in their places. */
static const char *with_sign(struct arena *a, const char *pattern,
			     const char *number, const char *sign)
{
	bool first = pattern[1] == 's';
	const char *between = pattern + 3;

	return arena_printf(a, "%s%.*s%s", first ? sign : number,
			    (int) strcspn(between, "{"), between,
			    first ? number : sign);
}

const char *locale_money(struct arena *a, const struct reader *r,
			 const char *amount, const char *currency)
{
	const struct currency *c = currency_of(currency);
	const struct language *l = forms_of(r);
	bool has_sign = c && c->sign;
	struct decimal d;

	if (!decimal_read(a, amount, &d))
		return arena_printf(a, "%s %s", currency, amount);
	decimal_round(a, &d, c ? (size_t) c->digits : 2);
	return arena_printf(a, "%s%s", d.negative ? "-" : "",
			    with_sign(a, has_sign ? l->money : l->money_code,
				      decimal_shown(a, l, &d),
				      has_sign ? c->sign : currency));
}

const char *locale_quantity(struct arena *a, const struct reader *r,
			    const char *amount)
{
	struct decimal d;
	size_t n;

	if (!decimal_read(a, amount, &d))
		return arena_dup(a, amount);
	for (n = strlen(d.part); n && d.part[n - 1] == '0'; n--)
		;
	decimal_round(a, &d, n);
	return arena_printf(a, "%s%s", d.negative ? "-" : "",
			    decimal_shown(a, forms_of(r), &d));
}

const char *locale_size(struct arena *a, const struct reader *r, int64_t bytes)
{
	static const char *const units[] = { "B", "KB", "MB", "GB", "TB" };
	double size = bytes < 0 ? 0 : (double) bytes;
	size_t unit = 0;

	/* 999.5 KB would be shown as 1000 KB: rather 1 MB. */
	for (; size >= 999.5 && unit < 4; unit++)
		size /= 1024;
	/* Below ten a digit more; bytes and kilobytes are whole. */
	return arena_printf(a, "%s" NBSP "%s",
			    locale_quantity(a, r, arena_printf(a, "%.*f",
					unit > 1 && size < 9.95, size)),
			    units[unit]);
}
