/* Any text as a letter: every line of it is in one of the two, in its order.
 * seeds: corpus/replies */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/quote.h"
#include "base/str.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* Without blanks, line ends and returns: those at the ends are dropped. */
static const char *letters(struct arena *a, const char *text)
{
	char *out = arena_dup(a, text), *to = out;

	for (; *text; text++)
		if (!strchr(" \t\r\n", *text))
			*to++ = *text;
	*to = '\0';
	return out;
}

static void drop(struct str *s, const char *what)
{
	size_t n = strlen(what);

	for (char *p = strstr(s->text, what); p; p = strstr(p, what)) {
		memmove(p, p + n, s->len - n - (size_t) (p - s->text) + 1);
		s->len -= n;
	}
}

/* U+00A0, U+202F, U+FEFF and what has no width make a line no less empty. */
static const char *weighed(struct arena *a, const char *text)
{
	static const char *const nothing[] = {
		"\xc2\xa0", "\xe2\x80\xaf", "\xef\xbb\xbf", "\xe2\x80\x8b", "\xe2\x80\x8c",
		"\xe2\x80\x8d", "\xe2\x80\x8e", "\xe2\x80\x8f",
	};
	struct str s;

	str_init(&s, a, 16 << 20);
	str_add(&s, letters(a, text));
	for (size_t i = 0; i < sizeof(nothing) / sizeof(*nothing); i++)
		drop(&s, nothing[i]);
	return s.text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new("fuzz");
	const char *text = utf8_mend(a, (const char *) data, n);
	struct quote q = quote_split(a, text);
	const char *both = arena_join(a, q.own, "\n", q.folded ? q.folded : "");

	if (strcmp(weighed(a, both), weighed(a, text)) != 0 ||
	    quote_at(a, text) > strlen(text)) {
		fprintf(stderr, "lost: %s\n", text);
		abort();
	}
	quote_begins(text);
	arena_free(a);
	return 0;
}
