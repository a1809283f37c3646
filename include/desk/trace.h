/*
 * trace - why a letter is where it is: each step that was taken with it, and
 * what the step rests on.
 *
 * Written while desk/incoming decides, as JSON of codes (as_mail.trace), and
 * told in the reader's language when it is shown. A trace holds no more of a
 * letter than a number, an address or the name of a header.
 */
#ifndef DESK_TRACE_H
#define DESK_TRACE_H

#include <stddef.h>

#include "base/str.h"

struct arena;

enum { TRACE_STEPS = 40 };

struct trace {
	struct str json;
	size_t n;
};

void trace_begin(struct trace *t, struct arena *a);
/* Goes on with a stored one; NULL: none. */
void trace_resume(struct trace *t, struct arena *a, const char *json);
/* `code` is one of src/desk/trace.c; value NULL: none. */
void trace_add(struct trace *t, const char *code, const char *value);
const char *trace_end(struct trace *t);

struct trace_line {
	const char *code, *value;
	const char *words;		/* a sentence in the language in use */
};
/* The lines of a stored trace, in the arena; NULL or broken: none. */
const struct trace_line *trace_read(struct arena *a, const char *json, size_t *n);

/* "Why is this here?" in one sentence: the lines that decided. */
const char *trace_summary(struct arena *a, const char *json);

/* Why a letter is held, in words; NULL: no such reason. */
const char *trace_reason(const char *reason);

#endif
