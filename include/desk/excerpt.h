/*
 * excerpt - the place in a text where a search has hit, with the hits apart.
 *
 * About EXCERPT_COLUMNS around the first hit, in pieces: what is a hit and
 * what stands between, each plain text. A text without a hit gives its
 * beginning.
 */
#ifndef DESK_EXCERPT_H
#define DESK_EXCERPT_H

#include <stdbool.h>

#include "store/search_term.h"

struct arena;

enum { EXCERPT_COLUMNS = 150 };

struct piece {
	const char *text;
	bool hit;
};

struct excerpt {
	struct piece *pieces;
	size_t n;
	bool hit;			/* there is one */
};

struct excerpt excerpt_of(struct arena *a, const char *text,
			  const struct search_term *terms, size_t n);

#endif
