/*
 * The parts of port/html_clean, private to it.
 *
 *	html_clean.c		libxml2's events become nodes; once more until
 *				the result no longer changes
 *	html_clean_element.c	which elements and attributes there are
 *	html_clean_link.c	where links and pictures lead
 *	html_clean_style.c	what remains of `style`
 *	html_clean_text.c	nodes as lines of plain text, and where what was
 *				quoted begins
 *	html_clean_write.c	nodes as HTML
 */
#ifndef HTML_CLEAN_PART_H
#define HTML_CLEAN_PART_H

#include <stdbool.h>
#include <stddef.h>

#include "base/shape.h"
#include "base/str.h"

struct arena;

enum element_flag {
	VOID = 1 << 0,			/* has no end */
	BLOCK = 1 << 1,			/* stands on lines of its own */
	GAP = 1 << 2,			/* and an empty line around them */
	BARE = 1 << 3,			/* not written without an attribute */
	FORMAT = 1 << 4,		/* shows more than its words */
	GONE = 1 << 5,			/* with all it contains */
	CELL = 1 << 6,
	PRE = 1 << 7
};

enum element_does { DOES_NOTHING, DOES_LINK, DOES_PICTURE, DOES_BREAK, DOES_RULE,
		    DOES_ITEM, DOES_LIST, DOES_NUMBERS, DOES_CITE, DOES_FOLD };

struct element {
	const char *name;		/* as it comes */
	const char *as;			/* as it is written; NULL: only its contents */
	const char *style;		/* that it stands for: "text-align:center" */
	unsigned flags;
	enum element_does does;
};

/* NULL: unknown, only its contents are of interest. */
const struct element *element_find(const char *name);

/* What the sender's names say about a piece of the letter. */
enum mark { MARK_NONE, MARK_CITED, MARK_SIGNATURE, MARK_HEAD, MARK_HISTORY };
enum mark element_mark(const struct element *e, const char *const *attributes);

enum node_kind { NODE_START, NODE_END, NODE_TEXT };
struct node_of {
	enum node_kind kind;
	enum mark mark;			/* START */
	bool unspaced;			/* START: no empty lines around, whatever it is */
	bool as_is;			/* TEXT: line ends and blanks count */
	bool format;			/* START: shows more than its words */
	const struct element *element;	/* START, END */
	size_t start;			/* END: its START */
	const char *text;		/* TEXT: words; START: attributes, written */
	const char *link;		/* START: where it leads, or what a picture says */
};

struct nodes {
	struct node_of *at;
	size_t n, room;
	struct arena *arena;		/* of this reading alone */
};

/* What stands around an element. */
struct around {
	bool background;		/* a colour behind the words */
	bool tinted;			/* any colour at all */
};

/* Attributes as they are written, in a fixed order. */
struct attributes {
	struct str text;
	const char *link;
	bool hidden;			/* the element is not to be seen */
	bool useless;			/* a link or picture that leads nowhere */
	bool unspaced, pre, format;
	struct around around;
	const char *cid;		/* of a picture */
	bool elsewhere;			/* a picture of another host */
};
void element_attributes(const struct element *e, const char *const *from,
			const struct around *around, struct attributes *out);
const char *attribute(const char *const *from, const char *name);
void attribute_add(struct attributes *out, const char *name, const char *value);
/* Digits and perhaps a %, between both limits. */
void attribute_number(struct attributes *out, const char *const *from,
		      const char *name, long least, long most, bool percent);

/* href, and src as data-cid or data-src. */
void link_attributes(struct attributes *out, const char *const *from);
void picture_attributes(struct attributes *out, const char *const *from);

/* Appends what remains of `style` to out->text, as the value of the attribute. */
void style_reduce(const struct element *e, const char *style,
		  const struct around *around, struct attributes *out);
/* Words, own and folded; *cut is the node where what is folded begins. Of the
 * whole nothing is. */
void text_write(struct arena *a, const struct nodes *nodes, bool whole,
		const char **own, const char **folded, size_t *cut);

/* At most HTML_CLEAN_MOST bytes; false: there would be more. */
bool nodes_write(const struct nodes *nodes, size_t cut, struct str *out);

/* Without control characters; & < > and, in an attribute, " as entities. */
void html_words(struct str *s, const char *text, bool attribute);

#endif
