/*
 * The tree of data, made of the arena's memory.
 *
 * ClearSilver reads a tree through its public struct alone and does not ask
 * where it came from. Its own functions take three pieces of malloc's memory
 * for a value, and walk everything again to give them back: that was a third
 * of the work of a page. Here a node is a piece of the arena, its name is the
 * caller's literal, and nothing has to be given back.
 *
 * ClearSilver never writes here: what a template sets goes to a tree of
 * ClearSilver's own (src/port/view.c).
 */
#include <stdlib.h>
#include <string.h>

#include <ClearSilver.h>

#include "base/arena.h"
#include "base/str.h"
#include "port/view.h"

struct node {
	HDF hdf;			/* first: it is all ClearSilver sees */
	struct arena *arena;
};

struct node *node_new(struct arena *a)
{
	struct node *n = NEW(a, struct node);

	n->arena = a;
	n->hdf.top = &n->hdf;
	return n;
}

static struct node *node_of(HDF *hdf)
{
	return (struct node *) hdf;
}

/* Of the root the youngest child is the first: what every page has is put
 * last, and it is what templates ask for most. */
static void join(HDF *parent, HDF *child)
{
	if (parent == parent->top) {
		child->next = parent->child;
		parent->child = child;
		return;
	}
	if (parent->last_child)
		parent->last_child->next = child;
	else
		parent->child = child;
	parent->last_child = child;
}

static struct node *add_child(struct node *n, const char *name, size_t len)
{
	struct node *child = NEW(n->arena, struct node);

	child->arena = n->arena;
	child->hdf.name = (char *) name;
	child->hdf.name_len = (int) len;
	child->hdf.top = n->hdf.top;
	join(&n->hdf, &child->hdf);
	return child;
}

static struct node *child_named(struct node *n, const char *name, size_t len)
{
	for (HDF *c = n->hdf.child; c; c = c->next)
		if ((size_t) c->name_len == len && !memcmp(c->name, name, len))
			return node_of(c);
	return add_child(n, name, len);
}

struct node *node_at_(struct node *n, const char *name)
{
	for (;;) {
		size_t len = strcspn(name, ".");

		n = child_named(n, name, len);
		if (!name[len])
			return n;
		name += len + 1;
	}
}

struct node *node_item(struct node *list)
{
	const HDF *last = list->hdf.last_child;
	char digits[STR_NUMBER];
	const char *name = str_number(digits, last
				? strtol(last->name, NULL, 10) + 1 : 0);

	name = arena_dup(list->arena, name);
	return add_child(list, name, strlen(name));
}

void node_put_(struct node *n, const char *name, const char *text)
{
	if (text)
		node_at_(n, name)->hdf.value = arena_dup(n->arena, text);
}

void node_number_(struct node *n, const char *name, int64_t number)
{
	char digits[STR_NUMBER];

	node_put_(n, name, str_number(digits, number));
}

void node_switch_(struct node *n, const char *name, bool truth)
{
	node_put_(n, name, truth ? "1" : NULL);
}

void node_same_(struct node *n, const char *name, const struct node *as)
{
	struct node *child = node_at_(n, name);

	child->hdf.value = as->hdf.value;
	child->hdf.child = as->hdf.child;
	child->hdf.last_child = as->hdf.last_child;
}
