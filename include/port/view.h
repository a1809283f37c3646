/*
 * view - ClearSilver, with escaping nobody can forget.
 *
 * The only room that includes <ClearSilver.h>; links libneo_cs and
 * libneo_utl, never libneo_cgi. The name of a template says how its values
 * are written:
 *
 *	<page>.html.cs	every value is HTML-escaped
 *	<mail>.txt.cs	values are written as they are
 *
 * Any other name is an ERR_BUG. Names of values are string literals, so what
 * a visitor typed is always a value and never a name.
 *
 * Templates are parsed once per process, keyed by name; that saves half of the
 * work. They are parsed again when a file they were made of has changed; the
 * files are looked at once a second. A template or part in the theme folder
 * wins over the shipped one; where it cannot be parsed or rendered the shipped
 * one is used, and views_complaint() says why. A part is named by a literal,
 * lies inside the folders, and is written like its page.
 *
 * What a template sets lies over the data until its page is written; it sets
 * names of the page, never the variable of a loop, which is the data itself.
 *
 * What a template may call, besides var, if, each, loop, with, set, def, call
 * and include! with a literal:
 *
 *	_("text")			the text in the reader's language
 *	say1("… {1}", a) say2 say3	with values in their places
 *	many("one", "{1} many", n)	singular or plural
 *	in("context", "word")		the word with a context
 *	column("label", #14)		with blanks up to that column (mails)
 *	url(x)				a part of an address, escaped
 *	paragraphs(x)			typed text as <p>, <br> and safe links
 *	link(x)				an address for href: http(s), mailto or ours, else "#"
 *
 * The last three escape by themselves (base/html.h) and stand alone in their
 * var: `var:url(x) + y` would print y raw. The lint sees to that.
 *
 * _() is ClearSilver's own and asks gettext. cs_register_esc_strfunc() knows
 * one argument only; cs_register_function() with cs_arg_parse() takes any
 * number, is public as well, and its results are escaped like values.
 */
#ifndef PORT_VIEW_H
#define PORT_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct arena;
struct str;
struct view;				/* the data of one page */
struct views;				/* the parsed templates of a process */
struct node;				/* a place in the data tree */

/* `theme` may be NULL. Lives as long as the process. */
struct views *views_open(const char *templates, const char *theme);
void views_close(struct views *vs);
/* Of a broken theme file: "panel/inbox.html.cs: …"; NULL: all is well. */
const char *views_complaint(const struct views *vs);
/* Render every page once without data, so that views_complaint() speaks of
 * the whole theme and not only of what this process has shown. Without a
 * theme folder nothing is done. */
void views_try(struct views *vs);

struct view *view_new(struct arena *a, struct views *vs);

/* Where the page will stand ("https://shop.example"): link() writes addresses
 * of the same origin without it. A letter stands nowhere and says nothing. */
void view_origin(struct view *v, const char *origin);

/* The root of the data, and places below it. Values are copied; names are
 * not, they are literals (or live as long as the arena). */
struct node *view_root(struct view *v);
#define node_at(n, name)		node_at_((n), "" name)
/* The next element of a list: 0, 1, 2 … */
struct node *node_item(struct node *list);
#define node_put(n, name, text)		node_put_((n), "" name, (text))
#define node_number(n, name, number)	node_number_((n), "" name, (number))
#define node_switch(n, name, truth)	node_switch_((n), "" name, (truth))
/* The child `name` has the value and the children of another node, which are
 * not copied: from now on nothing is put below either of the two. */
#define node_same(n, name, as)		node_same_((n), "" name, (as))

/* Short forms for the root, with dotted names. */
#define view_put(v, name, text)		node_put_(view_root(v), "" name, (text))
#define view_number(v, name, number)	node_number_(view_root(v), "" name, (number))
#define view_switch(v, name, truth)	node_switch_(view_root(v), "" name, (truth))
#define view_at(v, name)		node_at_(view_root(v), "" name)

/* Used by web/form alone: what was typed, and what is wrong with it. */
void view_form_(struct view *v, const char *field, const char *value,
		const char *error);

/* Render one template; the result is appended to *out. */
struct err *view_render(struct view *v, const char *template,
			struct str *out) MUST_CHECK;

/* The root of a tree; view_new() makes one for every page. */
struct node *node_new(struct arena *a);
struct node *node_at_(struct node *n, const char *name);
void node_put_(struct node *n, const char *name, const char *text);	/* NULL: nothing */
void node_number_(struct node *n, const char *name, int64_t number);
void node_switch_(struct node *n, const char *name, bool truth);	/* "1" or nothing */
void node_same_(struct node *n, const char *name, const struct node *as);

#endif
