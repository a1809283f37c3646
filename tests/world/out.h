/*
 * out - rows as LOAD DATA reads them: tabs between, a newline behind.
 */
#ifndef WORLD_OUT_H
#define WORLD_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"

struct out {
	char *text;
	size_t n, room;
	bool in_row;
};

/* Each is one column. */
void out_int(struct out *o, int64_t n);
void out_id(struct out *o, int64_t n);			/* 0: NULL */
void out_text(struct out *o, const char *text);		/* NULL: NULL */
void out_textn(struct out *o, const char *text, size_t n);
void out_time(struct out *o, instant t);		/* 0: NULL */
void out_milli(struct out *o, int64_t thousandths);	/* 12.340 */
void out_null(struct out *o);
void out_end(struct out *o);				/* of the row */

#endif
