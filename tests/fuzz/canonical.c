#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "canonical.h"

enum { DEPTH = 64 };

static const char *const tags[] = {
	"a", "abbr", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code",
	"col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "h1",
	"h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol",
	"p", "pre", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "table",
	"tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul", "var", "wbr", NULL
};
static const char *const empty[] = { "br", "hr", "img", "col", "wbr", NULL };
static const char *const attributes[] = {
	"align", "alt", "border", "cellpadding", "cellspacing", "class", "colspan",
	"data-cid", "data-src", "dir", "height", "href", "lang", "rel", "rowspan",
	"scope", "span", "start", "style", "target", "title", "type", "valign", "value",
	"width", NULL
};
static const char *const properties[] = {
	"color", "background-color", "font-weight", "font-style", "font-size",
	"text-decoration", "text-align", "vertical-align", "white-space", "direction",
	"line-height", "list-style-type", "width", "max-width", "margin", "margin-top",
	"margin-right", "margin-bottom", "margin-left", "padding", "padding-top",
	"padding-right", "padding-bottom", "padding-left", "border", "border-top",
	"border-right", "border-bottom", "border-left", "border-collapse",
	"border-radius", NULL
};

struct text {
	const char *at;
	size_t n;
};

static char complaint[300];

static const char *wrong(const char *what, const char *at)
{
	snprintf(complaint, sizeof(complaint), "%s at \"%.80s\"", what, at);
	return complaint;
}

static bool is(struct text t, const char *word)
{
	return strlen(word) == t.n && !memcmp(t.at, word, t.n);
}

static bool among(struct text t, const char *const *words)
{
	for (; *words; words++)
		if (is(t, *words))
			return true;
	return false;
}

static bool begins(struct text t, const char *with)
{
	return t.n > strlen(with) && !memcmp(t.at, with, strlen(with));
}

static struct text run(const char *at, const char *of)
{
	return (struct text) { at, strspn(at, of) };
}

#define SMALL	"abcdefghijklmnopqrstuvwxyz"

static bool only(struct text t, const char *of)
{
	return strspn(t.at, of) >= t.n;
}

/* "color:#ff0000;margin:0 4px": nothing that could load, move or run. */
static bool style(struct text t)
{
	while (t.n) {
		struct text name = run(t.at, SMALL "-"), value;

		if (name.n >= t.n || t.at[name.n] != ':' || !among(name, properties))
			return false;
		value = (struct text) { t.at + name.n + 1, 0 };
		value.n = strspn(value.at, SMALL "0123456789#%. -");
		if (!value.n || memchr(value.at, '-', 1) || strstr(value.at, " -") == value.at)
			return false;
		for (size_t i = 1; i < value.n; i++)
			if (value.at[i] == '-' && value.at[i - 1] == ' ')
				return false;
		t.n -= name.n + 1 + value.n;
		t.at = value.at + value.n;
		if (t.n && (*t.at != ';' || t.n == 1))
			return false;
		t.at += t.n > 0;
		t.n -= t.n > 0;
	}
	return true;
}

static bool value_fits(struct text tag, struct text name, struct text value)
{
	if (is(name, "href"))
		return is(tag, "a") && (begins(value, "http://") ||
			begins(value, "https://") || begins(value, "mailto:") ||
			begins(value, "tel:"));
	if (is(name, "data-src"))
		return is(tag, "img") && (begins(value, "http://") ||
					  begins(value, "https://"));
	if (is(name, "data-cid"))
		return is(tag, "img") && value.n > 0 && value.n < 1600;
	if (is(name, "class"))
		return is(tag, "details") && is(value, "quoted");
	if (is(name, "rel"))
		return is(tag, "a") && is(value, "noopener noreferrer nofollow");
	if (is(name, "target"))
		return is(tag, "a") && is(value, "_blank");
	if (is(name, "style"))
		return style(value);
	if (is(name, "alt") || is(name, "title"))
		return true;
	return value.n && only(value, SMALL "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789%-");
}

/* One of the five entities we write, or none. */
static bool entity(const char *at)
{
	return !strncmp(at, "&amp;", 5) || !strncmp(at, "&lt;", 4) ||
	       !strncmp(at, "&gt;", 4) || !strncmp(at, "&quot;", 6);
}

/* From a letter of the name to behind the ">". */
static const char *start_tag(const char **p, struct text *tag)
{
	*tag = run(*p, SMALL "0123456789");
	if (!among(*tag, tags))
		return wrong("tag", *p);
	*p += tag->n;
	while (**p == ' ') {
		struct text name = run(*p + 1, SMALL "-"), value;

		if (!among(name, attributes))
			return wrong("attribute", *p);
		*p = name.at + name.n;
		if (strncmp(*p, "=\"", 2) != 0)
			return wrong("no value", *p);
		*p += 2;
		value = (struct text) { *p, strcspn(*p, "\"<>") };
		*p += value.n;
		if (**p != '"' || !value_fits(*tag, name, value))
			return wrong("value", name.at);
		for (size_t i = 0; i < value.n; i++)
			if ((unsigned char) value.at[i] < ' ' ||
			    (value.at[i] == '&' && !entity(value.at + i)))
				return wrong("character", value.at + i);
		++*p;
	}
	if (**p != '>')
		return wrong("tag not closed", *p);
	++*p;
	return NULL;
}

const char *html_uncanonical(const char *p)
{
	struct text open[DEPTH];
	const char *complaint_here;
	struct text tag;
	size_t n = 0;

	while (*p) {
		if (*p == '>' || (*p == '&' && !entity(p)) ||
		    ((unsigned char) *p < ' ' && !strchr("\n\t", *p)))
			return wrong("character", p);
		if (*p != '<') {
			p++;
			continue;
		}
		if (p[1] == '/') {
			tag = run(p + 2, SMALL "0123456789");
			if (!n || tag.n != open[n - 1].n ||
			    memcmp(tag.at, open[n - 1].at, tag.n) != 0 || tag.at[tag.n] != '>')
				return wrong("end", p);
			n--;
			p = tag.at + tag.n + 1;
			continue;
		}
		p++;
		complaint_here = start_tag(&p, &tag);
		if (complaint_here)
			return complaint_here;
		if (among(tag, empty))
			continue;
		if (n == DEPTH)
			return wrong("too deep", p);
		open[n++] = tag;
	}
	return n ? wrong("not closed", open[n - 1].at) : NULL;
}
