/*
 * json - read JSON from outside, with limits. We write it with str_add_json().
 *
 * The only module that includes <jansson.h>. Refused are doubled keys, NULs,
 * bad UTF-8, numbers beyond 64 bits, more than `depth` levels and more than
 * 1 MiB. The outermost value is an object or an array.
 *
 * Every function takes NULL for a value that is not there, so a path reads
 *	json_text(json_member(json_member(o, "order"), "number"))
 */
#ifndef PORT_JSON_H
#define PORT_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct arena;
struct json;				/* any value; lives in the arena */

/* ERR_BAD_REQUEST with a readable reason. */
struct err *json_parse(struct arena *a, const char *text, size_t n,
		       int depth, struct json **out) MUST_CHECK;

/* A member of an object; NULL when absent or when o is no object. */
struct json *json_member(struct json *o, const char *name);
/* An element of an array; NULL behind the end. */
struct json *json_element(struct json *array, size_t i);

const char *json_text(struct json *v);		/* NULL: not a text */
bool json_number(struct json *v, int64_t *out);	/* false: not an integer */
/* A text as it is, or a number as text (12.50 is "12.5"), else NULL. */
const char *json_scalar(struct arena *a, struct json *v);

#endif
