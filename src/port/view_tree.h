/*
 * view_tree - templates that are read and parsed, each with all its parts;
 * kept while their files are as they were. Between the files of port/view
 * alone.
 */
#ifndef PORT_VIEW_TREE_H
#define PORT_VIEW_TREE_H

#include <ClearSilver.h>

#include "port/view.h"

/* A parsed template with everything it includes. */
struct tree {
	struct tree *next;
	struct arena *arena;
	struct views *views;
	const char *name;
	CSPARSE *parse;
	struct file *files;
	int n_files;
	bool shipped_only;		/* the theme is not asked */
	bool themed;			/* some file came from the theme */
	bool parsed;			/* from now on no file is read */
	const char *complaint;		/* about the theme it was made without */
	int64_t looked;			/* at the files, in milliseconds */
};

struct views {
	struct arena *arena;
	const char *templates, *theme;
	struct tree *trees;
};

struct view {
	struct arena *arena;
	struct views *views;
	struct node *root;
	const char *origin;
};

/* How its values are written; NULL when the name does not say. */
const char *tree_mode(const char *name);
/* As it is now, read again where a file has changed. */
struct err *tree_find(struct view *v, const char *name, struct tree **out) MUST_CHECK;
/* The shipped one, for a theme's that is spoiled, and why. */
struct err *tree_fall_back(struct arena *a, const struct tree *spoiled,
			   const struct err *why, struct tree **out) MUST_CHECK;
/* For the next page, unless e; hands e on. */
struct err *tree_keep(struct tree *t, struct err *e) MUST_CHECK;
void tree_drop(struct views *vs, const char *name);

/* ClearSilver fails only for want of memory where this is used. */
void view_must(NEOERR *e);
struct err *view_failure(struct arena *a, const char *name, NEOERR *ne);

#endif
