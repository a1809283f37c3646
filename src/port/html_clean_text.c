#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/quote.h"
#include "html_clean_part.h"
#include "port/html_clean.h"

enum { TEXT = 4 << 20, LINK_SHOWN = 500, LISTS = 16, BLANK_LINES = 2 };

/* A line of the plain text, and where in the HTML it begins. */
struct text_line {
	const char *text;
	size_t node;
	int cited;			/* how deep in what others wrote */
	bool folds;			/* a signature: folded when nothing follows */
	enum mark mark;			/* of what begins with it: HEAD, HISTORY */
};

struct page {
	struct arena *arena;
	struct text_line *line;
	size_t n, room, blank;
	struct str now;			/* the line that is being written */
	size_t now_node;
	bool started, gap;
	int cited, signatures;
	enum mark mark;
	int numbers[LISTS];		/* of the next item; 0: a list of points */
	int lists;
	size_t link_from;		/* where the text of a link began */
};

static void put_line(struct page *p, const char *text, size_t node)
{
	p->blank = *text ? 0 : p->blank + 1;
	if (!*text && (p->blank > BLANK_LINES || !p->n))
		return;
	if (p->n == p->room) {
		struct text_line *more;

		p->room = p->room ? 2 * p->room : 64;
		more = arena_alloc(p->arena, p->room * sizeof(*more));
		if (p->n)
			memcpy(more, p->line, p->n * sizeof(*more));
		p->line = more;
	}
	p->line[p->n++] = (struct text_line) {
		.text = text, .node = node, .cited = p->cited,
		.folds = p->signatures > 0, .mark = *text ? p->mark : MARK_NONE,
	};
	if (*text)
		p->mark = MARK_NONE;
}

/* An empty line between what is not equally deep belongs to neither. */
static void put_gap(struct page *p)
{
	int above = p->line[p->n - 1].cited, here = p->cited;

	p->cited = above < here ? above : here;
	put_line(p, "", p->now_node);
	p->cited = here;
}

static void restart(struct page *p)
{
	p->now.len = 0;
	p->now.text[0] = '\0';
	p->started = false;
	p->link_from = 0;
}

/* The line ends; one of blanks alone is empty, one of nothing is no line. */
static void flush(struct page *p)
{
	size_t n = p->now.len;

	if (!p->started)
		return;
	while (n && p->now.text[n - 1] == ' ')
		n--;
	if (n == 2 && !strncmp(p->now.text, "-- ", 3))
		n = 3;
	if (n && p->gap && p->n && *p->line[p->n - 1].text)
		put_gap(p);
	p->gap = n ? false : p->gap;
	put_line(p, arena_copy(p->arena, p->now.text, n), p->now_node);
	restart(p);
}

static void start_line(struct page *p, size_t node)
{
	if (!p->started)
		p->now_node = node;
	p->started = true;
}

/* U+00A0 is a blank in plain text; U+200B and U+FEFF are nothing. */
static void add_plain(struct page *p, const char *text, size_t n)
{
	for (size_t i = 0, len; i < n; i += len) {
		const char *c = text + i;

		len = 1;
		if (i + 1 < n && !memcmp(c, "\xc2\xa0", 2)) {
			str_add(&p->now, " ");
			len = 2;
		} else if (i + 2 < n && (!memcmp(c, "\xe2\x80\x8b", 3) ||
					 !memcmp(c, "\xef\xbb\xbf", 3))) {
			len = 3;
		} else if ((unsigned char) *c >= ' ' && *c != 0x7f) {
			str_addn(&p->now, c, 1);
		}
	}
}

static void add_words(struct page *p, const struct node_of *node, size_t index)
{
	const char *text = node->text;

	while (node->as_is && *text) {
		size_t n = strcspn(text, "\n");

		start_line(p, index);
		add_plain(p, text, n);
		if (text[n])
			flush(p);
		text += n + (text[n] == '\n');
	}
	if (!p->started)
		text += strspn(text, " ");
	if (!*text)
		return;
	start_line(p, index);
	if (p->now.len && p->now.text[p->now.len - 1] == ' ')
		text += *text == ' ';
	add_plain(p, text, strlen(text));
}

static void begin_item(struct page *p, size_t index)
{
	int *number = p->lists && p->lists <= LISTS ? &p->numbers[p->lists - 1] : NULL;

	flush(p);
	start_line(p, index);
	for (int i = 1; i < p->lists && i < LISTS; i++)
		str_add(&p->now, "  ");
	if (number && *number)
		str_addf(&p->now, "%d. ", (*number)++);
	else
		str_add(&p->now, "- ");
}

/* "text (address)", unless the words are the address. */
static void end_link(struct page *p, const struct node_of *start)
{
	const char *link = start->link, *said;

	if (!link || !p->started || strlen(link) > LINK_SHOWN ||
	    p->link_from >= p->now.len)
		return;
	said = p->now.text + p->link_from;
	if (!strncmp(link, "mailto:", 7) || !strncmp(link, "tel:", 4))
		link = strchr(link, ':') + 1;
	if (strcasestr(said, link))
		return;
	if (!strncmp(link, "http", 4) && *said) {
		const char *bare = strstr(link, "://") + 3;
		size_t n = strlen(bare);

		n -= n && bare[n - 1] == '/';
		if (strlen(said) >= n && !strncasecmp(said + strlen(said) - n, bare, n))
			return;
	}
	str_add(&p->now, " (");
	add_plain(p, link, strlen(link));
	str_add(&p->now, ")");
}

static void begin_mark(struct page *p, enum mark mark)
{
	if (mark == MARK_NONE)
		return;
	flush(p);
	p->cited += mark == MARK_CITED;
	p->signatures += mark == MARK_SIGNATURE;
	if (mark == MARK_HEAD || mark == MARK_HISTORY)
		p->mark = mark;
}

static void begin(struct page *p, const struct node_of *node, size_t index)
{
	const struct element *e = node->element;

	if (e->flags & BLOCK)
		flush(p);
	begin_mark(p, node->mark);
	if (e->flags & GAP && !node->unspaced)
		p->gap = true;
	if (e->flags & CELL && p->started && p->now.len)
		str_add(&p->now, "  ");
	switch (e->does) {
	case DOES_BREAK:
		start_line(p, index);
		flush(p);
		break;
	case DOES_RULE:
		start_line(p, index);
		str_add(&p->now, "-----");
		flush(p);
		break;
	case DOES_ITEM:
		begin_item(p, index);
		break;
	case DOES_LIST:
	case DOES_NUMBERS:
		if (p->lists++ < LISTS)
			p->numbers[p->lists - 1] = e->does == DOES_NUMBERS;
		break;
	case DOES_PICTURE:
		if (node->link && *node->link) {
			start_line(p, index);
			str_add(&p->now, "[");
			add_plain(p, node->link, strlen(node->link));
			str_add(&p->now, "]");
		}
		break;
	case DOES_LINK:
		p->link_from = p->now.len;
		break;
	default:
		break;
	}
}

static void end(struct page *p, const struct node_of *start)
{
	const struct element *e = start->element;

	if (e->does == DOES_LINK)
		end_link(p, start);
	if (e->flags & BLOCK || start->mark != MARK_NONE)
		flush(p);
	if (e->flags & GAP && !start->unspaced)
		p->gap = true;
	if (e->does == DOES_LIST || e->does == DOES_NUMBERS)
		p->lists--;
	p->cited -= start->mark == MARK_CITED;
	p->signatures -= start->mark == MARK_SIGNATURE;
	if (start->mark == MARK_HEAD)
		p->mark = MARK_NONE;
}

/* The lines as base/quote knows them: what the sender's names told stands
 * there in the words that mean it. */
static void as_letter(const struct page *p, struct str *s, size_t *at)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct text_line *l = &p->line[i];

		at[i] = s->len;
		if (l->mark == MARK_HISTORY && !l->cited)
			str_add(s, "-----Original Message-----\n");
		if (l->cited || l->folds)
			str_add(s, "> ");
		str_add(s, l->mark == MARK_HEAD && !l->cited && !quote_begins(l->text)
			? "Somebody wrote:" : l->text);
		str_add(s, "\n");
	}
}

static size_t first_folded(struct page *p)
{
	size_t *at = arena_alloc(p->arena, (p->n + 1) * sizeof(*at));
	size_t offset, i = 0;
	struct str s;

	str_init(&s, p->arena, 2 * TEXT);
	as_letter(p, &s, at);
	if (s.cut)
		return p->n;
	offset = quote_at(p->arena, s.text);
	while (i < p->n && at[i] < offset)
		i++;
	while (i && i < p->n && !*p->line[i - 1].text)
		i--;
	return i;
}

/* Where the piece of the tree begins that begins with this node. */
static size_t climb(const struct nodes *nodes, size_t node)
{
	while (node > 0) {
		const struct node_of *before = &nodes->at[node - 1];

		if (before->kind == NODE_TEXT
		    ? before->text[strspn(before->text, " \n")] != '\0'
		    : before->kind == NODE_END || before->element->flags & VOID)
			break;
		node--;
	}
	return node;
}

/* The lines first..last-1 without empty ones at the ends; NULL: none. */
static const char *joined(struct arena *a, const struct page *p, size_t first, size_t last)
{
	struct str s;

	while (first < last && !*p->line[first].text)
		first++;
	while (last > first && !*p->line[last - 1].text)
		last--;
	if (first == last)
		return NULL;
	str_init(&s, a, TEXT);
	for (; first < last; first++) {
		for (int i = 0; i < p->line[first].cited && i < 9; i++)
			str_add(&s, ">");
		str_add(&s, p->line[first].cited && *p->line[first].text ? " " : "");
		str_add(&s, p->line[first].text);
		str_add(&s, first + 1 < last ? "\n" : "");
	}
	return s.text;
}

void text_write(struct arena *a, const struct nodes *nodes, bool whole,
		const char **own, const char **folded, size_t *cut)
{
	struct page p = { .arena = nodes->arena };
	size_t i, first;

	str_init(&p.now, p.arena, TEXT);
	for (i = 0; i < nodes->n; i++) {
		const struct node_of *node = &nodes->at[i];

		if (node->kind == NODE_TEXT)
			add_words(&p, node, i);
		else if (node->kind == NODE_START)
			begin(&p, node, i);
		else
			end(&p, &nodes->at[node->start]);
	}
	flush(&p);
	first = whole ? p.n : first_folded(&p);
	*cut = first < p.n ? climb(nodes, p.line[first].node) : nodes->n;
	*own = joined(a, &p, 0, first);
	*own = *own ? *own : "";
	*folded = joined(a, &p, first, p.n);
}
