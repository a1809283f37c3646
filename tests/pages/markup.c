#include <ctype.h>
#include <stdbool.h>

#include "base/arena.h"
#include "markup.h"

enum { DEEPEST = 64, MOST_NAMES = 2000, MOST_ATTRIBUTES = 32 };

struct names {
	const char *name[MOST_NAMES];
	int n;
};

struct page {
	struct arena *arena;
	const char *at;			/* not yet read */
	const char *open[DEEPEST];
	int depth;
	struct names ids, wanted;
	const char *complaint;		/* the first one */
};

static void complain(struct page *p, const char *what, const char *which)
{
	if (!p->complaint)
		p->complaint = arena_printf(p->arena, "%s: %s, before: %.60s",
					    what, which, p->at);
}

static bool is_among(const struct names *names, const char *name)
{
	for (int i = 0; i < names->n; i++)
		if (!strcmp(names->name[i], name))
			return true;
	return false;
}

static void add(struct names *names, const char *name)
{
	if (names->n < MOST_NAMES)
		names->name[names->n++] = name;
}

static bool is_void(const char *element)
{
	static const char *const alone[] = {
		"br", "hr", "img", "input", "link", "meta", "use",
	};

	for (size_t i = 0; i < sizeof(alone) / sizeof(*alone); i++)
		if (!strcmp(alone[i], element))
			return true;
	return false;
}

static const char *word(struct page *p)
{
	const char *from = p->at;

	while (isalnum((unsigned char) *p->at) || (*p->at && strchr("-_:", *p->at)))
		p->at++;
	return arena_copy(p->arena, from, (size_t) (p->at - from));
}

/* Several ids may be named, with spaces between them. */
static void want_each(struct page *p, const char *ids)
{
	while (*ids) {
		size_t n = strcspn(ids, " ");

		add(&p->wanted, arena_copy(p->arena, ids, n));
		ids += n + strspn(ids + n, " ");
	}
}

static void note(struct page *p, const char *attribute, const char *value)
{
	if (!strcmp(attribute, "id")) {
		if (is_among(&p->ids, value))
			complain(p, "id twice", value);
		add(&p->ids, value);
	} else if (!strcmp(attribute, "for") ||
		   !strcmp(attribute, "aria-labelledby") ||
		   !strcmp(attribute, "aria-describedby")) {
		want_each(p, value);
	} else if (!strcmp(attribute, "href") && *value == '#') {
		want_each(p, value + 1);
	}
}

static const char *quoted(struct page *p)
{
	const char *from = p->at + 1, *to;

	if (*p->at != '"' || !(to = strchr(from, '"'))) {
		complain(p, "a value without quotes", "");
		return "";
	}
	p->at = to + 1;
	return arena_copy(p->arena, from, (size_t) (to - from));
}

static void attributes(struct page *p, const char *element)
{
	struct names seen = { .n = 0 };

	for (;;) {
		const char *name;

		p->at += strspn(p->at, " \n\t/");
		if (!*(name = word(p)))
			break;
		if (is_among(&seen, name))
			complain(p, "attribute twice", name);
		add(&seen, name);
		if (*p->at == '=') {
			p->at++;
			note(p, name, quoted(p));
		}
	}
	if (*p->at != '>')
		complain(p, "a broken tag", element);
}

static void opening(struct page *p)
{
	const char *element = word(p);

	if (!*element)
		complain(p, "< that opens nothing", "");
	attributes(p, element);
	if (is_void(element))
		return;
	if (p->depth == DEEPEST)
		complain(p, "too deep", element);
	else
		p->open[p->depth++] = element;
}

static void closing(struct page *p)
{
	const char *element = word(p);

	if (!p->depth || strcmp(p->open[p->depth - 1], element))
		complain(p, "closed but not the last one open", element);
	else
		p->depth--;
}

static void tag(struct page *p)
{
	if (*p->at == '!') {
		p->at += strcspn(p->at, ">");
	} else if (*p->at == '/') {
		p->at++;
		closing(p);
	} else {
		opening(p);
	}
}

const char *markup_complaint(struct arena *a, const char *html)
{
	struct page *p = NEW(a, struct page);

	p->arena = a;
	for (p->at = html; !p->complaint && (p->at = strchr(p->at, '<')); ) {
		p->at++;
		tag(p);
	}
	p->at = "the end";
	if (p->depth)
		complain(p, "never closed", p->open[p->depth - 1]);
	for (int i = 0; i < p->wanted.n; i++)
		if (!is_among(&p->ids, p->wanted.name[i]))
			complain(p, "leads nowhere", p->wanted.name[i]);
	return p->complaint;
}
