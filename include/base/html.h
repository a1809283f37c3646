/*
 * html - what people typed, written so that a browser reads it as text.
 *
 * These are the functions a template may call for values that are not plain
 * text between tags (port/view.h registers them). All of them return text
 * that needs no further escaping, whatever they were given.
 */
#ifndef BASE_HTML_H
#define BASE_HTML_H

#include <stddef.h>

struct arena;
struct str;

/* Append with & < > " ' written as entities; carriage returns are dropped. */
void html_add(struct str *s, const char *text, size_t n);

/* One part of an address (a path segment, a value of a query): everything
 * but letters, digits and - . _ ~ becomes %XX. */
const char *html_url(struct arena *a, const char *part);

/* For href: the address itself when it is http(s)://, mailto: or within our
 * house ("/…" but not "//…", "ticket/7", "?…", "#…"), otherwise "#". */
const char *html_link(struct arena *a, const char *address);

/* A blank line begins a new <p>, a line end is a <br>, and addresses that
 * begin with http://, https:// or mailto: can be clicked. */
const char *html_paragraphs(struct arena *a, const char *text);

/* An address as a page of `origin` ("https://shop.example") may write it:
 * without the origin when it is the same. A list has a hundred of them. */
const char *html_near(const char *address, const char *origin);

#endif
