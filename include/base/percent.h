/*
 * percent - %41 is "A" (RFC 3986), and in a form "+" is a blank.
 *
 * One decoder for addresses, query strings and posted forms, so that they
 * never read the same bytes differently. A percent sign without two digits
 * behind it stays as it is, as browsers do. The result may hold NULs and
 * invalid UTF-8: ask utf8_valid() with the length given back.
 */
#ifndef BASE_PERCENT_H
#define BASE_PERCENT_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

char *percent_decode(struct arena *a, const char *text, size_t n, bool form,
		     size_t *len);

#endif
