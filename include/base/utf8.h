/*
 * utf8 - is it text, how long is it, and where may it be cut.
 *
 * Whatever comes from outside is checked once, at the door; behind it every
 * `const char *` is valid UTF-8 (RFC 3629: no surrogates, no overlong forms)
 * without NUL.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* Valid UTF-8 without NUL in exactly n bytes. */
bool utf8_valid(const char *text, size_t n);

/* Characters (code points), not bytes. The text must be valid. */
size_t utf8_count(const char *text);

/* At most `most` characters, with "…" as the last one when something was cut. */
const char *utf8_cut(struct arena *a, const char *text, size_t most);

/* A copy with invalid bytes and NULs replaced by U+FFFD; for mail and names. */
const char *utf8_mend(struct arena *a, const char *text, size_t n);

/* A copy without control characters (C0, C1, bidi overrides, zero width
 * marks), runs of white space folded to one blank: a name or a subject. */
const char *utf8_line(struct arena *a, const char *text);

/* The first characters of that line, cut like utf8_cut(); what stands behind
 * them is not read. */
const char *utf8_brief(struct arena *a, const char *text, size_t most);

/* The same by the room they take: Chinese, Japanese and Korean characters are
 * twice as wide as others, and say twice as much. */
size_t utf8_width(const char *at);
const char *utf8_fit(struct arena *a, const char *text, size_t columns);

/* Lower case for ASCII letters; addresses are compared in this form. */
const char *utf8_lower(struct arena *a, const char *text);

#endif
