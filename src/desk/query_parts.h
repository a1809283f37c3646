/*
 * query_parts - what query.c (the terms of a search) and query_value.c (what
 * may stand behind a field) share.
 */
#ifndef DESK_QUERY_PARTS_H
#define DESK_QUERY_PARTS_H

#include "desk/query.h"

enum { QUERY_LIST = 1000 };		/* bytes of names in a sentence */

/* What is being read. A reader of a value returns what is wrong, or NULL. */
struct scan {
	struct arena *arena;
	const struct query_reader *r;
	const char *begin, *at;		/* of the text */
	const char *value;		/* of this term */
	const char *value_at;		/* where it stands */
	bool quoted;
	struct search_term *term;
};

/* Where something stands: "1" is the first character. */
const char *query_position(const struct scan *s, const char *at);

struct field_rule {
	const char *name;
	enum search_field field;
	const char *(*read)(struct scan *s);
};
extern const struct field_rule query_rules[];	/* ends with a NULL name */

/* A word that stands alone may be more than a word. */
const char *query_bare(struct scan *s);

#endif
