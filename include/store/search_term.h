/*
 * search_term - one condition of a search, as desk/query.h reads it from what
 * was typed and store/search.h asks it.
 */
#ifndef STORE_SEARCH_TERM_H
#define STORE_SEARCH_TERM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum search_field {
	SEARCH_TEXT, SEARCH_SUBJECT, SEARCH_STATUS, SEARCH_TYPE, SEARCH_PRIORITY,
	SEARCH_IS, SEARCH_OWNER, SEARCH_FROM, SEARCH_ORDER, SEARCH_SKU,
	SEARCH_NUMBER, SEARCH_CREATED, SEARCH_UPDATED, SEARCH_WAITING,
	SEARCH_HAS, SEARCH_SOURCE, SEARCH_LANG, SEARCH_FIELDS
};
enum search_has { SEARCH_ATTACHMENT, SEARCH_ORDERED, SEARCH_NOTE };

/*
 * One condition. Terms of one field mean any of them, fields mean all of
 * them, and what is `not` must not be so.
 */
struct search_term {
	enum search_field field;
	bool not;
	/* TEXT, SUBJECT, FROM a name: folded words in their order, the last
	 * one as a beginning when `prefix` */
	const char *const *words;
	size_t n_words;
	bool prefix;
	const char *pattern;		/* as it stands in as_search.words */
	bool name;			/* TEXT: beginnings of a customer's names will do */
	/* ORDER, SKU, NUMBER, SOURCE, LANG, FROM an address (its beginning);
	 * TEXT: a number, order, SKU or whole address will do, too */
	const char *value;
	/* STATUS, TYPE, PRIORITY, IS: any of them; OWNER: 0 is nobody;
	 * WAITING: in one of these statuses */
	const int64_t *ids;
	size_t n_ids;
	/* CREATED, UPDATED, WAITING (its beginning): [from, until), NULL: open */
	const char *from, *until;
	enum search_has has;
};
enum { SEARCH_TERMS = 16, SEARCH_NAME_WORDS = 4 };

#endif
