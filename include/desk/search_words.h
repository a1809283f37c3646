/*
 * search_words - which of a search's words is the rarest, and how to ask the
 * full-text index for it.
 */
#ifndef DESK_SEARCH_WORDS_H
#define DESK_SEARCH_WORDS_H

#include "base/err.h"
#include "desk/query.h"

struct db;

struct driver {
	const struct search_term *term;	/* NULL: there is no word to go by */
	const char *codes;		/* for the full-text index; NULL: it is common */
};

/* Among what is wanted: words, phrases, beginnings, a subject. At most six
 * statements. */
struct err *search_driver(struct db *db, struct arena *a, const struct query *q,
			  struct driver *out) MUST_CHECK;

/* The term whose place is shown; NULL: no words are wanted. */
const struct search_term *search_shown(const struct query *q);

#endif
