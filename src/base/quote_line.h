/* What a line of a letter is; private to base/quote. */
#ifndef QUOTE_LINE_H
#define QUOTE_LINE_H

#include <stdbool.h>
#include <stddef.h>

/* Longer lines, and paragraphs, are nobody's head of a quotation. */
enum { QUOTE_LINE = 400 };

struct line {
	const char *at;
	size_t n;			/* without the line end */
};

bool line_blank(struct line l);
bool line_quoted(struct line l);	/* begins with ">" */

/* Texts below are single lines without white space at their ends, at most
 * QUOTE_LINE bytes: line_text() says false for longer ones. */
bool line_text(struct line l, char out[QUOTE_LINE + 1]);
/* Behind its ">". */
bool line_inside(struct line l, char out[QUOTE_LINE + 1]);
/* Several lines with a blank between each. */
bool line_join(const struct line *l, size_t n, char out[QUOTE_LINE + 1]);

/* "On … wrote:". As the head of lines with ">", or by itself: then it must say
 * whom and when, since all that follows it goes. */
bool line_attributes(const char *text, bool quoted_follows);
/* May such a thing that takes several lines begin so? */
bool line_opens(const char *text);
/* The same, by its first word or a number. */
bool line_opens_usually(const char *text);
/* Is there a time, a year or a day in it? */
bool line_dated(const char *text);

/* "-----Original Message-----", "Reply above this line". */
bool line_original(const char *text);
/* "---- Forwarded message ----", "Begin forwarded message:". */
bool line_forwarded(const char *text);
/* ">>> Ann <ann@shop.example> 3/4/2026 10:12 AM >>>", of GroupWise. */
bool line_arrows(struct line l);
/* "On … <ann@shop.example> wrote: Hello": head and first words in one. */
bool line_runs_on(const char *text);
/* "https://…" or "<https://…>", and nothing else. */
bool line_links(const char *text);
/* "________", "-----". */
bool line_divides(const char *text);
/* enum quote_label of "From: …", "*Von:* …". */
int line_label(const char *text);
/* "Šalje: …": some short words, a colon and a value, in whatever language. */
bool line_pairs(const char *text);
/* "Predmet: RE: …", "Predmet: [#12] …": is the value the subject of an answer? */
bool line_answers(const char *text);
/* Has it the address of somebody? Does it say when, to the minute? */
bool line_addressed(const char *text);
bool line_timed(const char *text);
/* "-- " and where the signature of PGP begins: 2; "--" or a dash: 1; else 0.
 * The line as it is. */
int line_signs(struct line l);
/* "Sent from my phone"; *sure: it names a thing everybody knows. */
bool line_sent(const char *text, bool *sure);

#endif
