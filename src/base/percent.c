#include "base/arena.h"
#include "base/percent.h"

/* The value of a hexadecimal digit, -1 for anything else. */
static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

char *percent_decode(struct arena *a, const char *text, size_t n, bool form,
		     size_t *len)
{
	char *plain = arena_alloc(a, n + 1), *to = plain;

	for (size_t i = 0; i < n; i++) {
		int high = -1, low = -1;

		if (text[i] == '%' && n - i > 2) {
			high = digit(text[i + 1]);
			low = digit(text[i + 2]);
		}
		if (high >= 0 && low >= 0) {
			*to++ = (char) (high << 4 | low);
			i += 2;
		} else {
			*to++ = form && text[i] == '+' ? ' ' : text[i];
		}
	}
	*len = (size_t) (to - plain);
	return plain;
}
