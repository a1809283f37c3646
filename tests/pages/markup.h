/*
 * markup - what is wrong with a page's HTML.
 *
 * Stricter than browsers: every element that is opened is closed in order,
 * attributes stand in double quotes and once, an id is there once, and every
 * for=, aria-labelledby=, aria-describedby= and href="#…" finds its id.
 */
#ifndef PAGES_MARKUP_H
#define PAGES_MARKUP_H

struct arena;

/* The first complaint in words, or NULL. */
const char *markup_complaint(struct arena *a, const char *html);

#endif
