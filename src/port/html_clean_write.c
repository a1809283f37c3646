#include <string.h>

#include "base/arena.h"
#include "html_clean_part.h"
#include "port/html_clean.h"

enum { ENDS = 2000 };			/* room to close everything */

struct open {
	size_t at[HTML_CLEAN_DEPTH];
	size_t n;
};

static void add_start(const struct node_of *node, struct str *out)
{
	str_add(out, "<");
	str_add(out, node->element->as);
	str_add(out, node->text);
	str_add(out, ">");
}

static void close_all(const struct nodes *nodes, const struct open *open, struct str *out)
{
	for (size_t i = open->n; i > 0; i--)
		str_addf(out, "</%s>", nodes->at[open->at[i - 1]].element->as);
}

/* Everything is closed, and opened again within what can be folded. */
static void fold(const struct nodes *nodes, const struct open *open, struct str *out)
{
	close_all(nodes, open, out);
	str_add(out, "<details class=\"quoted\">");
	for (size_t i = 0; i < open->n; i++)
		add_start(&nodes->at[open->at[i]], out);
}

static void add_node(const struct nodes *nodes, size_t i, struct open *open,
		     struct str *out)
{
	const struct node_of *node = &nodes->at[i];

	if (node->kind == NODE_TEXT) {
		html_words(out, node->text, false);
		return;
	}
	if (!node->element->as)
		return;
	if (node->kind == NODE_START) {
		add_start(node, out);
		if (!(node->element->flags & VOID))
			open->at[open->n++] = i;
		return;
	}
	open->n--;
	str_addf(out, "</%s>", node->element->as);
}

bool nodes_write(const struct nodes *nodes, size_t cut, struct str *out)
{
	struct open open = { .n = 0 };
	size_t i, before = 0, last = 0;

	str_init(out, nodes->arena, HTML_CLEAN_MOST + (1 << 20));
	for (i = 0; i < nodes->n; i++) {
		if (i == cut)
			fold(nodes, &open, out);
		before = out->len;
		last = open.n;
		add_node(nodes, i, &open, out);
		if (out->len > HTML_CLEAN_MOST - ENDS)
			break;
	}
	if (i == nodes->n) {
		str_add(out, cut < nodes->n ? "</details>" : "");
		return true;
	}
	/* What did not fit any more is left out whole. */
	if (nodes->at[i].kind != NODE_END) {
		out->len = before;
		out->text[before] = '\0';
		out->cut = false;
		open.n = last;
	}
	close_all(nodes, &open, out);
	str_add(out, i >= cut ? "</details>" : "");
	return false;
}
