/*
 * rows - the tables of the world, in three lists that are loaded side by side.
 *
 * A table is LOAD DATA's statement and a function that writes the rows of
 * one unit (a ticket, an act, an order, ...), none or several. The search's
 * tables are in index.c, all others in rows.c.
 */
#ifndef WORLD_ROWS_H
#define WORLD_ROWS_H

#include "out.h"
#include "world.h"

struct table {
	const char *what;		/* for people: "messages" */
	const char *into;		/* LOAD DATA's table and columns */
	uint32_t (*units)(const struct world *w);
	void (*rows)(const struct world *w, uint32_t unit, struct out *o);
};

/* They end with .what == NULL. */
extern const struct table rows_messages[], rows_rest[], rows_index[];

#endif
