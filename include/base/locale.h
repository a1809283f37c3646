/*
 * locale - dates, numbers, money and sizes in the reader's form.
 *
 * Small tables from CLDR, kept in src/base/locale.c: no installed locale is
 * needed. A language we have no table for is read as English; the language
 * part decides ("de-AT" reads "de"). Between a number and its unit stands
 * U+00A0, so that a line never ends there.
 */
#ifndef BASE_LOCALE_H
#define BASE_LOCALE_H

#include "base/clock.h"

struct arena;

struct reader {
	const char *lang;		/* "en", "de": one of locale_languages */
	const char *zone;		/* "Europe/Berlin" */
	instant now;			/* what "today" means; 0: dates in full */
};

/* Languages that are complete, NULL at the end: "en", "de". */
extern const char *const locale_languages[];

/* The best of ours for "de_CH", "de-at;q=0.8, en" and the like; never NULL. */
const char *locale_pick(const char *wanted, const char *fallback);

/* What its speakers call it: "English", "Deutsch". */
const char *locale_own_name(const char *lang);

/* "ltr" or "rtl". */
const char *locale_direction(const char *lang);

/* "5 March 2026" / "5. März 2026" */
const char *locale_date(struct arena *a, const struct reader *r, instant t);
/* "5 March 2026, 09:05" */
const char *locale_time(struct arena *a, const struct reader *r, instant t);
/* For lists: "Today, 09:05", "4 Mar, 08:02", "4 Mar 2024". The words come
 * from base/words.h in the language in use. */
const char *locale_short(struct arena *a, const struct reader *r, instant t);
/* "09:05" */
const char *locale_clock(struct arena *a, const struct reader *r, instant t);
/* "now", "5 min", "3 h", "2 d", "1 y": how long ago. */
const char *locale_ago(struct arena *a, const struct reader *r, instant t);

/* "1,042" / "1.042" */
const char *locale_number(struct arena *a, const struct reader *r, int64_t n);
/* A decimal text as the shop gives it ("69.9000", "-3"), with the currency's
 * ISO 4217 digits: "€69.90" / "69,90 €"; unknown code: "XYZ 69.90".
 * What is not a number is shown behind the code as it is. */
const char *locale_money(struct arena *a, const struct reader *r,
			 const char *amount, const char *currency);
/* A quantity ("2.0000", "0.5"): "2" / "0,5". */
const char *locale_quantity(struct arena *a, const struct reader *r,
			    const char *amount);
/* "84 KB", "1.2 MB" / "1,2 MB" */
const char *locale_size(struct arena *a, const struct reader *r, int64_t bytes);

#endif
