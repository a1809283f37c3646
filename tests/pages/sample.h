/*
 * sample - the data of one page as an example: tests/pages/<name>.hdf.
 *
 *	Ticket {
 *	  subject = Lid broken
 *	  body << END
 *	…
 *	END
 *	}
 *	#include "common.hdf"
 *
 * The template is the name up to a hyphen: board.ticket-closed.hdf is a case
 * of board/ticket.html.cs.
 */
#ifndef PAGES_SAMPLE_H
#define PAGES_SAMPLE_H

#include <stddef.h>

#include "base/err.h"

struct arena;
struct str;
struct views;

/* Names of all samples below the sources, without ".hdf"; NULL at the end. */
const char *const *sample_names(struct arena *a, const char *sources);

/* Draw one. `instead`, when not NULL, stands for every value it has. */
struct err *sample_draw(struct arena *a, struct views *vs, const char *sources,
			const char *name, const char *instead,
			struct str *page) MUST_CHECK;

#endif
