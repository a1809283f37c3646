#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "html_clean_part.h"

enum { STYLE = 8000, VALUE = 80, PARTS = 4 };

/* --- words and lengths ------------------------------------------------------ */

static bool same(const char *text, size_t n, const char *word)
{
	return strlen(word) == n && !strncasecmp(text, word, n);
}

static const char *among(const char *text, size_t n, const char *const *words)
{
	for (; *words; words++)
		if (same(text, n, *words))
			return *words;
	return NULL;
}

struct unit {
	const char *name;
	double least, most;
};

/* "12.50PX" as "12.5px", when it lies within the bounds of its unit. */
static bool length(const char *text, size_t n, const struct unit *units,
		   char out[VALUE])
{
	char copy[24] = "", *end;
	size_t digits;
	double number;

	if (n >= sizeof(copy))
		return false;
	memcpy(copy, text, n);
	digits = strspn(copy, "0123456789.");
	number = strtod(copy, &end);
	if (!digits || digits > 9 || end != copy + digits)
		return false;
	for (; units->name; units++)
		if (!strcasecmp(end, units->name) && number >= units->least &&
		    number <= units->most) {
			snprintf(out, VALUE, "%g%s", number, units->name);
			return true;
		}
	return false;
}

static const struct unit font_sizes[] = {
	{ "px", 8, 40 }, { "pt", 6, 30 }, { "em", 0.5, 3 }, { "rem", 0.5, 3 },
	{ "%", 50, 300 }, { NULL, 0, 0 }
};
static const struct unit spaces[] = {
	{ "", 0, 0 }, { "px", 0, 64 }, { "pt", 0, 48 }, { "em", 0, 4 }, { "rem", 0, 4 },
	{ "%", 0, 20 }, { "cm", 0, 2 }, { "in", 0, 1 }, { NULL, 0, 0 }
};
static const struct unit widths[] = {
	{ "", 0, 0 }, { "px", 0, 2000 }, { "pt", 0, 1500 }, { "em", 0, 100 },
	{ "rem", 0, 100 }, { "%", 0, 100 }, { "cm", 0, 50 }, { "in", 0, 20 }, { NULL, 0, 0 }
};
static const struct unit line_heights[] = {
	{ "", 0.9, 3 }, { "px", 12, 60 }, { "pt", 9, 48 }, { "em", 0.9, 3 },
	{ "%", 90, 300 }, { NULL, 0, 0 }
};
static const struct unit edges[] = {
	{ "", 0, 0 }, { "px", 0, 8 }, { "pt", 0, 6 }, { "em", 0, 0.5 }, { NULL, 0, 0 }
};
static const struct unit roundings[] = {
	{ "", 0, 0 }, { "px", 0, 50 }, { "%", 0, 50 }, { "em", 0, 4 }, { NULL, 0, 0 }
};

/* --- colours ---------------------------------------------------------------- */

static const struct { const char *name; unsigned rgb; } named[] = {
	{ "aqua", 0x00ffff }, { "beige", 0xf5f5dc }, { "black", 0 }, { "blue", 0x0000ff },
	{ "brown", 0xa52a2a }, { "crimson", 0xdc143c }, { "cyan", 0x00ffff },
	{ "darkblue", 0x00008b }, { "darkgray", 0xa9a9a9 }, { "darkgreen", 0x006400 },
	{ "darkgrey", 0xa9a9a9 }, { "darkorange", 0xff8c00 }, { "darkred", 0x8b0000 },
	{ "dimgray", 0x696969 }, { "dimgrey", 0x696969 }, { "dodgerblue", 0x1e90ff },
	{ "firebrick", 0xb22222 }, { "fuchsia", 0xff00ff }, { "gainsboro", 0xdcdcdc },
	{ "gold", 0xffd700 }, { "gray", 0x808080 }, { "green", 0x008000 },
	{ "grey", 0x808080 }, { "indigo", 0x4b0082 }, { "ivory", 0xfffff0 },
	{ "khaki", 0xf0e68c }, { "lavender", 0xe6e6fa }, { "lightblue", 0xadd8e6 },
	{ "lightgray", 0xd3d3d3 }, { "lightgreen", 0x90ee90 }, { "lightgrey", 0xd3d3d3 },
	{ "lightyellow", 0xffffe0 }, { "lime", 0x00ff00 }, { "magenta", 0xff00ff },
	{ "maroon", 0x800000 }, { "midnightblue", 0x191970 }, { "navy", 0x000080 },
	{ "olive", 0x808000 }, { "orange", 0xffa500 }, { "orangered", 0xff4500 },
	{ "pink", 0xffc0cb }, { "purple", 0x800080 }, { "red", 0xff0000 },
	{ "royalblue", 0x4169e1 }, { "silver", 0xc0c0c0 }, { "skyblue", 0x87ceeb },
	{ "slategray", 0x708090 }, { "snow", 0xfffafa }, { "steelblue", 0x4682b4 },
	{ "teal", 0x008080 }, { "tomato", 0xff6347 }, { "violet", 0xee82ee },
	{ "white", 0xffffff }, { "whitesmoke", 0xf5f5f5 }, { "windowtext", 0 },
	{ "yellow", 0xffff00 },
};

static bool hex_colour(const char *text, size_t n, unsigned *rgb)
{
	char copy[8] = "", *end;
	unsigned long value;

	if ((n != 4 && n != 7) || *text != '#')
		return false;
	memcpy(copy, text + 1, n - 1);
	if (strspn(copy, "0123456789abcdefABCDEF") != n - 1)
		return false;
	value = strtoul(copy, &end, 16);
	if (n == 4)
		value = (value >> 8) * 0x110000 + (value >> 4 & 15) * 0x1100 +
			(value & 15) * 0x11;
	*rgb = (unsigned) value;
	return true;
}

/* "rgb(1, 2, 3)" and "rgba(1, 2, 3, 0.5)" of which less than half is clear. */
static bool rgb_colour(const char *text, size_t n, unsigned *rgb)
{
	const char *p = text + (n > 4 && (text[3] | 32) == 'a' ? 5 : 4);
	char *end;

	if (n < 10 || n > 40 || strncasecmp(text, "rgb", 3) != 0 || p[-1] != '(' ||
	    text[n - 1] != ')')
		return false;
	*rgb = 0;
	for (int i = 0; i < 3; i++) {
		long part = strtol(p, &end, 10);

		if (end == p || part < 0 || part > 255)
			return false;
		*rgb = *rgb << 8 | (unsigned) part;
		p = end + strspn(end, " ");
		if (i < 2 && *p++ != ',')
			return false;
	}
	if (*p == ',') {
		double clear = strtod(p + 1, &end);

		if (end == p + 1 || clear < 0.5)
			return false;
		p = end + strspn(end, " ");
	}
	return p == text + n - 1;
}

static bool colour(const char *text, size_t n, unsigned *rgb)
{
	for (size_t i = 0; i < sizeof(named) / sizeof(*named); i++)
		if (same(text, n, named[i].name)) {
			*rgb = named[i].rgb;
			return true;
		}
	return hex_colour(text, n, rgb) || rgb_colour(text, n, rgb);
}

/* As bright as paper, as dark as ink. */
static bool is_light(unsigned rgb)
{
	return (rgb >> 16) * 3 + (rgb >> 8 & 255) * 6 + (rgb & 255) > 10 * 200;
}

static bool is_ink(unsigned rgb)
{
	return (rgb >> 16) < 0x30 && (rgb >> 8 & 255) < 0x30 && (rgb & 255) < 0x30;
}

static bool is_paper(unsigned rgb)
{
	return (rgb >> 16) > 0xfa && (rgb >> 8 & 255) > 0xfa && (rgb & 255) > 0xfa;
}

/* --- properties ------------------------------------------------------------- */

static const char *const weights[] = {
	"normal", "bold", "bolder", "lighter", "100", "200", "300", "400", "500",
	"600", "700", "800", "900", NULL
};
static const char *const slants[] = { "normal", "italic", "oblique", NULL };
static const char *const decorations[] = { "none", "underline", "line-through",
					   "overline", NULL };
static const char *const aligns[] = { "left", "right", "center", "justify", "start",
				      "end", NULL };
static const char *const valigns[] = { "top", "middle", "bottom", "baseline", "sub",
				       "super", "text-top", "text-bottom", NULL };
static const char *const sizes[] = { "x-small", "small", "medium", "large", "x-large",
				     "xx-large", "smaller", "larger", NULL };
static const char *const spacings[] = { "normal", "nowrap", "pre", "pre-wrap",
					"pre-line", NULL };
static const char *const directions[] = { "ltr", "rtl", NULL };
static const char *const bullets[] = {
	"none", "disc", "circle", "square", "decimal", "lower-alpha", "upper-alpha",
	"lower-roman", "upper-roman", NULL
};
static const char *const collapses[] = { "collapse", "separate", NULL };
static const char *const strokes[] = { "none", "solid", "dashed", "dotted", "double",
				       "groove", "ridge", "inset", "outset", NULL };
static const char *const automatic[] = { "auto", NULL };
static const char *const edge_words[] = { "thin", "medium", "thick", NULL };
static const char *const normal[] = { "normal", NULL };
static const char *const none[] = { NULL };

enum takes { TAKES_ONE, TAKES_MANY, TAKES_COLOUR, TAKES_EDGE };

/* As it is written, in this order. */
static const struct property {
	const char *name;
	enum takes takes;
	const char *const *words;
	const struct unit *units;
	bool format;			/* shows more than the words do */
} properties[] = {
	{ "color", TAKES_COLOUR, none, NULL, true },
	{ "background-color", TAKES_COLOUR, none, NULL, true },
	{ "font-weight", TAKES_ONE, weights, NULL, true },
	{ "font-style", TAKES_ONE, slants, NULL, true },
	{ "font-size", TAKES_ONE, sizes, font_sizes, false },
	{ "text-decoration", TAKES_MANY, decorations, NULL, true },
	{ "text-align", TAKES_ONE, aligns, NULL, false },
	{ "vertical-align", TAKES_ONE, valigns, NULL, false },
	{ "white-space", TAKES_ONE, spacings, NULL, false },
	{ "direction", TAKES_ONE, directions, NULL, false },
	{ "line-height", TAKES_ONE, normal, line_heights, false },
	{ "list-style-type", TAKES_ONE, bullets, NULL, false },
	{ "width", TAKES_ONE, automatic, widths, false },
	{ "max-width", TAKES_ONE, none, widths, false },
	{ "margin", TAKES_MANY, automatic, spaces, false },
	{ "margin-top", TAKES_ONE, automatic, spaces, false },
	{ "margin-right", TAKES_ONE, automatic, spaces, false },
	{ "margin-bottom", TAKES_ONE, automatic, spaces, false },
	{ "margin-left", TAKES_ONE, automatic, spaces, false },
	{ "padding", TAKES_MANY, none, spaces, false },
	{ "padding-top", TAKES_ONE, none, spaces, false },
	{ "padding-right", TAKES_ONE, none, spaces, false },
	{ "padding-bottom", TAKES_ONE, none, spaces, false },
	{ "padding-left", TAKES_ONE, none, spaces, false },
	{ "border", TAKES_EDGE, strokes, edges, true },
	{ "border-top", TAKES_EDGE, strokes, edges, true },
	{ "border-right", TAKES_EDGE, strokes, edges, true },
	{ "border-bottom", TAKES_EDGE, strokes, edges, true },
	{ "border-left", TAKES_EDGE, strokes, edges, true },
	{ "border-collapse", TAKES_ONE, collapses, NULL, false },
	{ "border-radius", TAKES_ONE, none, roundings, false },
};
enum { PROPERTIES = sizeof(properties) / sizeof(*properties), COLOUR = 0, BACKGROUND = 1,
       SPACING = 8 };

static const struct property *find(const char *name, size_t n)
{
	if (same(name, n, "background"))
		return &properties[BACKGROUND];
	for (size_t i = 0; i < PROPERTIES; i++)
		if (same(name, n, properties[i].name))
			return &properties[i];
	return NULL;
}

/* One word of a value. */
static bool part(const struct property *p, const char *text, size_t n, char out[VALUE])
{
	const char *word = among(text, n, p->words);
	unsigned rgb;

	if (word) {
		snprintf(out, VALUE, "%s", word);
		return true;
	}
	if (p->units && length(text, n, p->units, out))
		return true;
	if (p->takes == TAKES_EDGE && (word = among(text, n, edge_words))) {
		snprintf(out, VALUE, "%s", word);
		return true;
	}
	if ((p->takes == TAKES_COLOUR || p->takes == TAKES_EDGE) && colour(text, n, &rgb)) {
		snprintf(out, VALUE, "#%06x", rgb & 0xffffff);
		return true;
	}
	return false;
}

/* Up to the next blank that stands in no bracket. */
static size_t word(const char *text, size_t n)
{
	bool bracket = false;
	size_t i;

	for (i = 0; i < n; i++) {
		if (text[i] == '(')
			bracket = true;
		else if (text[i] == ')')
			bracket = false;
		else if (strchr(" \t\r\n", text[i]) && !bracket)
			break;
	}
	return i;
}

/* The value in its canonical form; false: not one we take. */
static bool value(const struct property *p, const char *text, size_t n,
		  char out[VALUE * PARTS + PARTS])
{
	size_t most = p->takes == TAKES_MANY ? PARTS : p->takes == TAKES_EDGE ? 3 : 1;
	size_t len = 0, parts = 0;

	while (n) {
		char one[VALUE];
		size_t w = word(text, n);

		if (w && (parts++ == most || !part(p, text, w, one)))
			return false;
		if (w)
			len += (size_t) snprintf(out + len, VALUE + 1, "%s%s",
						 len ? " " : "", one);
		text += w;
		n -= w;
		for (; n && strchr(" \t\r\n", *text); text++, n--)
			;
	}
	return len > 0;
}

/* What is written and what is not, by what stands around. White on nothing
 * cannot be read; black on nothing is what there is anyway, in any theme. */
static void colours(char (*values)[VALUE * PARTS + PARTS],
		    const struct around *around, struct around *inside)
{
	unsigned rgb;

	if (*values[BACKGROUND] &&
	    (!colour(values[BACKGROUND], 7, &rgb) || (is_paper(rgb) && !around->tinted)))
		*values[BACKGROUND] = '\0';
	inside->background = around->background || *values[BACKGROUND];
	if (*values[COLOUR] && colour(values[COLOUR], 7, &rgb) &&
	    ((is_light(rgb) && !inside->background) ||
	     (is_ink(rgb) && !around->tinted && !*values[BACKGROUND])))
		*values[COLOUR] = '\0';
	inside->tinted = around->tinted || *values[COLOUR] || *values[BACKGROUND];
}

static bool hides(const char *name, size_t n, const char *text, size_t len)
{
	return (same(name, n, "display") && len >= 4 && !strncasecmp(text, "none", 4)) ||
	       (same(name, n, "visibility") && len >= 6 && !strncasecmp(text, "hidden", 6)) ||
	       (same(name, n, "mso-hide") && len >= 3 && !strncasecmp(text, "all", 3));
}

static size_t trimmed(const char **text, size_t n)
{
	for (; n && strchr(" \t\r\n", **text); ++*text, n--)
		;
	while (n && strchr(" \t\r\n", (*text)[n - 1]))
		n--;
	return n;
}

static size_t without_important(const char *text, size_t n)
{
	const char *mark = memchr(text, '!', n);
	const char *start = text;

	return mark ? trimmed(&start, (size_t) (mark - text)) : n;
}

static void declare(const char *text, size_t n,
		    char (*values)[VALUE * PARTS + PARTS], struct attributes *out)
{
	const char *colon = memchr(text, ':', n), *said;
	char canonical[VALUE * PARTS + PARTS];
	const struct property *p;
	size_t len;

	if (!colon)
		return;
	said = colon + 1;
	len = trimmed(&said, n - (size_t) (said - text));
	n = trimmed(&text, (size_t) (colon - text));
	len = without_important(said, len);
	if (hides(text, n, said, len))
		out->hidden = true;
	p = find(text, n);
	if (p && len < 200 && value(p, said, len, canonical))
		memcpy(values[p - properties], canonical, strlen(canonical) + 1);
}

void style_reduce(const struct element *e, const char *style,
		  const struct around *around, struct attributes *out)
{
	char values[PROPERTIES][VALUE * PARTS + PARTS] = { "" };
	bool any = false;

	if (strlen(style) > STYLE)
		return;
	while (*style) {
		size_t n = strcspn(style, ";");

		declare(style, n, values, out);
		style += n + (style[n] == ';');
	}
	colours(values, around, &out->around);
	out->pre = !strncmp(values[SPACING], "pre", 3);
	for (size_t i = 0; i < PROPERTIES; i++) {
		const struct property *p = &properties[i];

		if (!*values[i])
			continue;
		str_addf(&out->text, "%s%s:%s", any ? ";" : " style=\"", p->name, values[i]);
		any = true;
		out->format = out->format || (p->format && strcmp(values[i], "none") != 0 &&
					      strcmp(values[i], "normal") != 0);
		if (e->flags & GAP && !strncmp(p->name, "margin", 6) && values[i][0] == '0')
			out->unspaced = true;
	}
	if (any)
		str_add(&out->text, "\"");
}
