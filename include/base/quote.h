/*
 * quote - the writer's own words in a plain-text mail, and what they quoted.
 *
 * Knows the lines by which mail programs begin a quotation ("On … wrote:",
 * "Am … schrieb …:", "-----Original Message-----" and their like in a dozen
 * languages), lines that begin with ">", headers of the letter that is answered,
 * and signatures. What was forwarded is the writer's matter and stays.
 * Answers written between quoted lines stay where they are, and so does what
 * they answer. Nothing is lost: every line is in one of the two.
 *
 * Linear in the text: no regular expressions, no looking back.
 */
#ifndef BASE_QUOTE_H
#define BASE_QUOTE_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

struct quote {
	const char *own;		/* without empty lines at its ends; "" */
	const char *folded;		/* NULL: nothing was quoted */
};

/* `text` is UTF-8 with LF line ends. */
struct quote quote_split(struct arena *a, const char *text);

/* "Fwd: …" in a dozen languages: what such a letter holds is the matter of who
 * sent it, whatever it looks like. */
bool quote_is_forward(const char *subject);
/* All of it is own. */
struct quote quote_nothing(struct arena *a, const char *text);

/* Where what is folded begins, in bytes; the length of the text: nothing is. */
size_t quote_at(struct arena *a, const char *text);

/* Does a quotation begin with this line? A block of headers (From, Sent, To,
 * Subject) is known by its first lines together. */
bool quote_begins(const char *lines);

#endif
