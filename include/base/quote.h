/*
 * quote - the writer's own words in a plain-text mail, and what they quoted.
 *
 * Knows the lines by which mail programs begin a quotation ("On … wrote:",
 * "Am … schrieb …:", "-----Original Message-----" and their like in a dozen
 * languages), lines that begin with ">", forwarded headers, and signatures.
 * Answers written between quoted lines stay where they are, and so does what
 * they answer. Nothing is lost: every line is in one of the two.
 *
 * Linear in the text: no regular expressions, no looking back.
 */
#ifndef BASE_QUOTE_H
#define BASE_QUOTE_H

#include <stdbool.h>

struct arena;

struct quote {
	const char *own;		/* without empty lines at its ends; "" */
	const char *folded;		/* NULL: nothing was quoted */
};

/* `text` is UTF-8 with LF line ends. */
struct quote quote_split(struct arena *a, const char *text);

/* Does this line begin a quotation? For HTML, where the words are known and
 * the lines are not. */
bool quote_begins(const char *line);

#endif
