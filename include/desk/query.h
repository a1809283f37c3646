/*
 * query - the language of the search: from what was typed to terms.
 *
 *	lid "came broken" hand* -refund		words, phrases, beginnings, not
 *	status:open type:return priority:high	by name, code or a unique beginning
 *	is:open is:closed is:waiting is:unassigned
 *	owner:me owner:nobody owner:anna	an agent, by name or address
 *	from:anna@ from:müll			a customer, by address or name
 *	order:10023 sku:AB-1 number:1042 #1042
 *	created:2026-01..2026-03 updated:2026-03-05 created:..2025
 *	waiting:>2d waiting:<4h			m, h, d, w
 *	has:attachment has:order has:note subject:lid source:mail lang:de
 *
 * Terms of one field mean any of them; everything else is wanted together. A
 * bare word may also be a ticket's or order's number, a SKU, an address, or
 * begin a customer's name. Nothing here asks the database, and any text gives
 * an answer: terms, or a sentence that says what is wrong where.
 */
#ifndef DESK_QUERY_H
#define DESK_QUERY_H

#include "base/locale.h"
#include "store/search_term.h"

struct arena;
struct catalog;

enum { QUERY_CHARACTERS = 500 };

/* Who reads: names are in their language, days in their zone. */
struct query_reader {
	const struct catalog *catalog;
	const struct reader *reader;
	int64_t me;			/* the agent */
};

struct query {
	struct search_term terms[SEARCH_TERMS];
	size_t n;
};

struct query_error {
	const char *text;		/* in the language in use; says the position, too */
	int at;				/* 1-based character; 0: the whole */
};

/* False: *wrong says why. */
bool query_read(struct arena *a, const struct query_reader *r, const char *text,
		struct query *out, struct query_error *wrong);

#endif
