/*
 * html_clean - strangers' HTML as a page may show it, through libxml2's SAX
 * parser into a writer of our own.
 *
 * Nothing of the source is passed through: allowed elements are written anew
 * in one canonical form, text is escaped, `style` shrinks to a short list of
 * properties without url(), links keep http, https, mailto and tel. Comments,
 * and style, script, svg, math, noscript, template, textarea, title, iframe,
 * object and the like with all they contain, are gone; a form keeps its words
 * and loses its fields. Linear in time and memory; cleaned again it does not
 * change.
 *
 * The result is a fragment for a frame of its own (CSP sandbox): ids and
 * classes are ours. What was quoted stands in <details class="quoted">.
 */
#ifndef PORT_HTML_CLEAN_H
#define PORT_HTML_CLEAN_H

#include "base/err.h"
#include "base/shape.h"

struct arena;

enum { HTML_CLEAN_MOST = 2 << 20, HTML_CLEAN_DEPTH = 64 };

struct html_clean {
	const char *html;
	const char *text;		/* the same as plain text: own words */
	const char *folded;		/* quotes and signature as plain text; NULL: none */
	/* A picture of the letter (cid:) is <img data-cid="…">, one from elsewhere
	 * <img data-src="https://…">: neither loads before the page that shows it
	 * has put an address in. */
	const char *const *cids;
	size_t n_cids;
	int pictures;			/* from elsewhere */
	bool formatted;			/* shows more than its words: without, the text
					 * alone is as good, and nicer to read */
	bool cut;			/* longer than HTML_CLEAN_MOST or too deep */
};

/* `html` is UTF-8. Never fails because of it. */
struct err *html_clean(struct arena *a, struct bytes html,
		       struct html_clean *out) MUST_CHECK;

/* The same of a letter that was forwarded: nothing is folded. */
struct err *html_clean_whole(struct arena *a, struct bytes html,
			     struct html_clean *out) MUST_CHECK;

#endif
