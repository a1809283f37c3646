/*
 * The functions of include/port/view.h, made known to a template. Between the
 * files of port/view alone.
 */
#ifndef PORT_VIEW_CALL_H
#define PORT_VIEW_CALL_H

#include <ClearSilver.h>

struct arena;
struct str;

/* While a page is rendered this is what CSPARSE's output_ctx points to. */
struct page {
	struct arena *arena;		/* results of functions live here */
	struct str *out;
	size_t begin;			/* where in `out` */
	const char *origin;		/* link() leaves it out; NULL: nothing */
};

NEOERR *view_register(CSPARSE *parse);

#endif
