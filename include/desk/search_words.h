/*
 * search_words - which of a search's words is the rarest, and how to ask the
 * full-text index for it.
 */
#ifndef DESK_SEARCH_WORDS_H
#define DESK_SEARCH_WORDS_H

#include "base/err.h"
#include "desk/document.h"
#include "desk/query.h"

struct db;

struct driver {
	const struct search_term *term;	/* NULL: there is no word to go by */
	const char *codes;		/* for the full-text index; NULL: it is common */
};

/* Among what is wanted: words, phrases, beginnings, a subject. At most five
 * statements. */
struct err *search_driver(struct db *db, struct arena *a, const struct query *q,
			  struct driver *out) MUST_CHECK;

/* Of several that are all common, the one that the newest documents have least:
 * it brings the fewest tickets that are looked at for the others. */
struct err *search_lead(struct db *db, const struct query *q,
			struct driver *out) MUST_CHECK;

/* The bits of all words that a ticket must have; *n: of how many terms. Words
 * with which a customer's name begins, and beginnings, are left out: a ticket
 * may have them otherwise. A statement for each term. */
struct err *search_marks(struct db *db, struct arena *a, int shop,
			 const struct query *q, int64_t bits[DOCUMENT_MARKS],
			 size_t *n) MUST_CHECK;

/* The term whose place is shown; NULL: no words are wanted. */
const struct search_term *search_shown(const struct query *q);

#endif
