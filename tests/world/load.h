/*
 * load - into the server, as fast as it takes it.
 *
 * A connection of its own beside port/db: LOAD DATA LOCAL fed from memory, so
 * that no row is ever written to a file of ours. Failures are as port/db has
 * them: ERR_FULL when the server has no room left, ERR_UPSTREAM else.
 */
#ifndef WORLD_LOAD_H
#define WORLD_LOAD_H

#include <stdatomic.h>

#include "rows.h"
#include "world.h"

struct load;			/* a connection; one thread's */

struct err *load_open(struct arena *a, const char *socket,
		      struct load **out) MUST_CHECK;

struct arena *load_arena(struct load *l);
struct err *load_run(struct load *l, const char *sql) MUST_CHECK;
/* Rows of texts; a column that is NULL is "". */
struct err *load_rows(struct load *l, const char *sql,
		      void (*row)(void *what, char **columns), void *what) MUST_CHECK;
struct err *load_number(struct load *l, const char *sql, int64_t *out) MUST_CHECK;

/* Every load_table() gives up. */
extern _Atomic bool load_interrupt;

/* For the threads that look on. */
struct progress {
	_Atomic uint32_t done;		/* units */
};
struct err *load_table(struct load *l, const struct world *w,
		       const struct table *t, struct progress *progress) MUST_CHECK;

#endif
