#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "html_clean_part.h"

enum { WORDS = 500 };			/* bytes of a title */

/* In the order of the alphabet. What is missing leaves its contents behind. */
static const struct element elements[] = {
	{ "a", "a", .does = DOES_LINK },
	{ "abbr", "abbr" },
	{ "acronym", "abbr" },
	{ "address", "div", .flags = BLOCK },
	{ "applet", .flags = GONE },
	{ "area", .flags = GONE | VOID },
	{ "article", "div", .flags = BLOCK },
	{ "aside", "div", .flags = BLOCK },
	{ "audio", .flags = GONE },
	{ "b", "b", .flags = FORMAT },
	{ "base", .flags = GONE | VOID },
	{ "bdi", "bdi" },
	{ "bdo", "bdo" },
	{ "big", "span", "font-size:larger", FORMAT },
	{ "blockquote", "blockquote", .flags = BLOCK | GAP, .does = DOES_CITE },
	{ "body", "div", .flags = BLOCK | BARE },
	{ "br", "br", .flags = VOID, .does = DOES_BREAK },
	{ "button", .flags = GONE },
	{ "canvas", .flags = GONE },
	{ "caption", "caption", .flags = BLOCK },
	{ "center", "div", "text-align:center", BLOCK },
	{ "cite", "cite", .flags = FORMAT },
	{ "code", "code", .flags = FORMAT },
	{ "col", "col", .flags = VOID },
	{ "colgroup", "colgroup" },
	{ "datalist", .flags = GONE },
	{ "dd", "dd", .flags = BLOCK },
	{ "del", "del", .flags = FORMAT },
	{ "details", .flags = BLOCK, .does = DOES_FOLD },
	{ "dfn", "dfn" },
	{ "dir", "ul", .flags = BLOCK | GAP | FORMAT, .does = DOES_LIST },
	{ "div", "div", .flags = BLOCK },
	{ "dl", "dl", .flags = BLOCK | GAP | FORMAT },
	{ "dt", "dt", .flags = BLOCK },
	{ "em", "em", .flags = FORMAT },
	{ "embed", .flags = GONE | VOID },
	{ "fieldset", "div", .flags = BLOCK },
	{ "figcaption", "div", .flags = BLOCK },
	{ "figure", "div", .flags = BLOCK },
	{ "font", "span", .flags = BARE },
	{ "footer", "div", .flags = BLOCK },
	{ "form", "div", .flags = BLOCK },
	{ "frame", .flags = GONE | VOID },
	{ "frameset", .flags = GONE },
	{ "h1", "h1", .flags = BLOCK | GAP | FORMAT },
	{ "h2", "h2", .flags = BLOCK | GAP | FORMAT },
	{ "h3", "h3", .flags = BLOCK | GAP | FORMAT },
	{ "h4", "h4", .flags = BLOCK | GAP | FORMAT },
	{ "h5", "h5", .flags = BLOCK | GAP | FORMAT },
	{ "h6", "h6", .flags = BLOCK | GAP | FORMAT },
	{ "header", "div", .flags = BLOCK },
	{ "hr", "hr", .flags = VOID | BLOCK, .does = DOES_RULE },
	{ "i", "i", .flags = FORMAT },
	{ "iframe", .flags = GONE },
	{ "img", "img", .flags = VOID, .does = DOES_PICTURE },
	{ "input", .flags = GONE | VOID },
	{ "ins", "ins", .flags = FORMAT },
	{ "kbd", "kbd", .flags = FORMAT },
	{ "li", "li", .flags = BLOCK, .does = DOES_ITEM },
	{ "link", .flags = GONE | VOID },
	{ "listing", "pre", .flags = BLOCK | GAP | PRE },
	{ "main", "div", .flags = BLOCK },
	{ "map", .flags = GONE },
	{ "mark", "mark", .flags = FORMAT },
	{ "math", .flags = GONE },
	{ "menu", "ul", .flags = BLOCK | GAP | FORMAT, .does = DOES_LIST },
	{ "meta", .flags = GONE | VOID },
	{ "nav", "div", .flags = BLOCK },
	{ "noembed", .flags = GONE },
	{ "noframes", .flags = GONE },
	{ "noscript", .flags = GONE },
	{ "object", .flags = GONE },
	{ "ol", "ol", .flags = BLOCK | GAP | FORMAT, .does = DOES_NUMBERS },
	{ "optgroup", .flags = GONE },
	{ "option", .flags = GONE },
	{ "p", "p", .flags = BLOCK | GAP },
	{ "param", .flags = GONE | VOID },
	{ "plaintext", .flags = GONE },
	{ "pre", "pre", .flags = BLOCK | GAP | PRE },
	{ "q", "q", .flags = FORMAT },
	{ "s", "s", .flags = FORMAT },
	{ "samp", "samp", .flags = FORMAT },
	{ "script", .flags = GONE },
	{ "section", "div", .flags = BLOCK },
	{ "select", .flags = GONE },
	{ "small", "small", .flags = FORMAT },
	{ "source", .flags = GONE | VOID },
	{ "span", "span", .flags = BARE },
	{ "strike", "s", .flags = FORMAT },
	{ "strong", "strong", .flags = FORMAT },
	{ "style", .flags = GONE },
	{ "sub", "sub", .flags = FORMAT },
	{ "summary", .flags = GONE },
	{ "sup", "sup", .flags = FORMAT },
	{ "svg", .flags = GONE },
	{ "table", "table", .flags = BLOCK | FORMAT },
	{ "tbody", "tbody", .flags = BLOCK },
	{ "td", "td", .flags = CELL },
	{ "template", .flags = GONE },
	{ "textarea", .flags = GONE },
	{ "tfoot", "tfoot", .flags = BLOCK },
	{ "th", "th", .flags = CELL },
	{ "thead", "thead", .flags = BLOCK },
	{ "title", .flags = GONE },
	{ "tr", "tr", .flags = BLOCK },
	{ "tt", "code", .flags = FORMAT },
	{ "u", "u", .flags = FORMAT },
	{ "ul", "ul", .flags = BLOCK | GAP | FORMAT, .does = DOES_LIST },
	{ "var", "var", .flags = FORMAT },
	{ "video", .flags = GONE },
	{ "wbr", "wbr", .flags = VOID },
	{ "xml", .flags = GONE },
	{ "xmp", "pre", .flags = BLOCK | GAP | PRE },
};

static int by_name(const void *name, const void *element)
{
	return strcmp(name, ((const struct element *) element)->name);
}

const struct element *element_find(const char *name)
{
	return bsearch(name, elements, sizeof(elements) / sizeof(*elements),
		       sizeof(*elements), by_name);
}

const char *attribute(const char *const *from, const char *name)
{
	for (; from && from[0]; from += 2)
		if (!strcasecmp(from[0], name))
			return from[1] ? from[1] : "";
	return NULL;
}

/* --- what the sender's own names say -------------------------------------- */

/* Is the word among those of a class? Outlook writes x_ in front of those of
 * a letter it answers. */
static bool has_class(const char *classes, const char *word)
{
	size_t n = strlen(word);

	while (classes && *classes) {
		size_t len;

		classes += strspn(classes, " \t\r\n");
		len = strcspn(classes, " \t\r\n");
		while (len > n && !strncmp(classes, "x_", 2)) {
			classes += 2;
			len -= 2;
		}
		if (len == n && !strncasecmp(classes, word, n))
			return true;
		classes += len;
	}
	return false;
}

static bool has_any(const char *classes, const char *const *words)
{
	for (; classes && *words; words++)
		if (has_class(classes, *words))
			return true;
	return false;
}

static const char *const cited[] = {
	"yahoo_quoted", "tutanota_quote", "mailru-blockquote", "blockquote_zmail", NULL
};
static const char *const signature[] = {
	"gmail_signature", "moz-signature", "protonmail_signature_block",
	"ymail_android_signature", "ymail_signature", "tutanota_signature",
	"ms-outlook-mobile-signature", "AppleMailSignature", "Signature",
	"mail-signature", "bloop_sign", "gmail_signature_prefix", "composer_signature",
	"messageSignatureSection", NULL
};
static const char *const head[] = { "gmail_attr", "moz-cite-prefix", "yahoo_quoted_begin",
				    "OutlookMessageHeader", "reply-intro", NULL };
static const char *const history[] = {
	"divRplyFwdMsg", "appendonsend", "OutlookMessageHeader",
	"mail-editor-reference-message-container", NULL
};

/* The line above what Outlook quotes, in a colour that nobody else takes; the
 * words below it are of any language. */
static bool is_outlook_line(const char *style)
{
	static const char *const colours[] = { "solid #E1E1E1", "solid #B5C4DF" };
	const char *line = style ? strcasestr(style, "border-top:") : NULL;

	if (!line)
		return false;
	line += 11 + strspn(line + 11, " ");
	for (size_t i = 0; i < sizeof(colours) / sizeof(*colours); i++)
		if (!strncasecmp(line, colours[i], strlen(colours[i])))
			return true;
	return false;
}

enum mark element_mark(const struct element *e, const char *const *from)
{
	const char *class = attribute(from, "class");
	const char *id = attribute(from, "id"), *type = attribute(from, "type");
	const char *name = attribute(from, "name");

	if (e->does == DOES_FOLD)
		return has_class(class, "quoted") ? MARK_CITED : MARK_NONE;
	if (e->does == DOES_CITE && ((type && !strcasecmp(type, "cite")) ||
				     has_class(class, "gmail_quote") ||
				     has_class(class, "protonmail_quote")))
		return MARK_CITED;
	if (!strcmp(e->name, "div") && is_outlook_line(attribute(from, "style")))
		return MARK_HISTORY;
	if (!class && !id && !name)
		return MARK_NONE;
	if (has_any(id, history) || has_any(class, history))
		return MARK_HISTORY;
	if (has_any(class, cited) || has_any(id, cited) || (name && !strcmp(name, "quote")))
		return MARK_CITED;
	if (has_any(class, signature) || has_any(id, signature) || has_any(name, signature))
		return MARK_SIGNATURE;
	return has_any(class, head) || has_any(id, head) ? MARK_HEAD : MARK_NONE;
}

/* --- attributes ------------------------------------------------------------ */

void html_words(struct str *s, const char *text, bool in_attribute)
{
	const char *plain = text;

	for (; *text; text++) {
		unsigned char c = (unsigned char) *text;
		const char *entity = c == '&' ? "&amp;" : c == '<' ? "&lt;"
			: c == '>' ? "&gt;" : c == '"' && in_attribute ? "&quot;"
			: c == '\n' || c == '\t' ? in_attribute ? " " : NULL
			: c < ' ' || c == 0x7f ? "" : NULL;
		bool c1 = c == 0xc2 && (unsigned char) text[1] >= 0x80 &&
			  (unsigned char) text[1] < 0xa0;

		if (!entity && !c1)
			continue;
		str_addn(s, plain, (size_t) (text - plain));
		str_add(s, entity ? entity : "");
		text += c1;
		plain = text + 1;
	}
	str_add(s, plain);
}

void attribute_add(struct attributes *out, const char *name, const char *value)
{
	str_addf(&out->text, " %s=\"", name);
	html_words(&out->text, value, true);
	str_add(&out->text, "\"");
}

static void add_word(struct attributes *out, const char *const *from,
		     const char *name, const char *const *words)
{
	const char *value = attribute(from, name);

	for (; value && *words; words++)
		if (!strcasecmp(value, *words)) {
			attribute_add(out, name, *words);
			return;
		}
}

void attribute_number(struct attributes *out, const char *const *from,
		      const char *name, long least, long most, bool percent)
{
	const char *value = attribute(from, name);
	char *end;
	long number;

	if (!value || !*value || strlen(value) > 8)
		return;
	number = strtol(value, &end, 10);
	if (end == value || number < least || number > most)
		return;
	if (percent && *end == '%' && number <= 100)
		str_addf(&out->text, " %s=\"%ld%%\"", name, number);
	else if (!*end || !strcasecmp(end, "px"))
		str_addf(&out->text, " %s=\"%ld\"", name, number);
}

/* "en-GB" */
static void add_lang(struct attributes *out, const char *value)
{
	size_t n = value ? strspn(value, "abcdefghijklmnopqrstuvwxyz"
			"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") : 0;

	if (n && n <= 35 && !value[n])
		attribute_add(out, "lang", value);
}

static bool is(const struct element *e, const char *names)
{
	const char *p = strstr(names, e->as);
	size_t n = strlen(e->as);

	for (; p; p = strstr(p + 1, e->as))
		if ((p == names || p[-1] == ' ') && (!p[n] || p[n] == ' '))
			return true;
	return false;
}

static void add_of_table(const struct element *e, const char *const *from,
			 struct attributes *out)
{
	static const char *const valign[] = { "top", "middle", "bottom", "baseline", NULL };
	static const char *const scope[] = { "row", "col", NULL };

	attribute_number(out, from, "width", 0, 4000, true);
	if (is(e, "td th")) {
		attribute_number(out, from, "height", 0, 1000, false);
		attribute_number(out, from, "colspan", 2, 100, false);
		attribute_number(out, from, "rowspan", 2, 100, false);
		add_word(out, from, "scope", scope);
	}
	if (is(e, "table")) {
		attribute_number(out, from, "border", 0, 8, false);
		attribute_number(out, from, "cellpadding", 0, 64, false);
		attribute_number(out, from, "cellspacing", 0, 64, false);
	}
	if (is(e, "col colgroup"))
		attribute_number(out, from, "span", 2, 100, false);
	add_word(out, from, "valign", valign);
}

static void add_of_list(const struct element *e, const char *const *from,
			struct attributes *out)
{
	static const char *const types[] = { "1", "A", "I", "disc", "circle", "square", NULL };
	const char *type = attribute(from, "type");

	if (is(e, "ol"))
		attribute_number(out, from, "start", -100000, 100000, false);
	if (is(e, "li"))
		attribute_number(out, from, "value", -100000, 100000, false);
	if (type && (!strcmp(type, "a") || !strcmp(type, "i")))
		attribute_add(out, "type", type);
	else
		add_word(out, from, "type", types);
}

/* <font color size>, bgcolor and the like are said in `style` alone. */
static const char *as_style(struct arena *a, const struct element *e,
			    const char *const *from)
{
	static const char *const sizes[] = { "x-small", "small", "medium", "large",
					     "x-large", "xx-large", "xx-large" };
	const char *style = attribute(from, "style"), *colour = attribute(from, "bgcolor");
	const char *class = attribute(from, "class"), *size;
	struct str s;

	str_init(&s, a, 20000);
	if (e->style)
		str_addf(&s, "%s;", e->style);
	if (class && has_class(class, "MsoNormal"))
		str_add(&s, "margin:0;");
	if (colour)
		str_addf(&s, "background-color:%.40s;", colour);
	if (!strcmp(e->name, "font") && (colour = attribute(from, "color")))
		str_addf(&s, "color:%.40s;", colour);
	if (!strcmp(e->name, "body") && (colour = attribute(from, "text")))
		str_addf(&s, "color:%.40s;", colour);
	size = strcmp(e->name, "font") ? NULL : attribute(from, "size");
	if (size && *size >= '1' && *size <= '7' && !size[1])
		str_addf(&s, "font-size:%s;", sizes[*size - '1']);
	if (style)
		str_add(&s, style);
	return s.len ? s.text : NULL;
}

void element_attributes(const struct element *e, const char *const *from,
			const struct around *around, struct attributes *out)
{
	static const char *const dirs[] = { "ltr", "rtl", "auto", NULL };
	static const char *const aligns[] = { "left", "right", "center", "justify", NULL };
	static const char *const cite[] = { "cite", NULL };
	const char *title = attribute(from, "title"), *style;

	*out = (struct attributes) { .text = out->text, .around = *around };
	out->hidden = attribute(from, "hidden") != NULL;
	if (e->does == DOES_LINK)
		link_attributes(out, from);
	if (e->does == DOES_PICTURE)
		picture_attributes(out, from);
	if (e->does == DOES_CITE)
		add_word(out, from, "type", cite);
	add_word(out, from, "dir", dirs);
	add_lang(out, attribute(from, "lang"));
	if (title && *title && strlen(title) <= WORDS && is(e, "a abbr img"))
		attribute_add(out, "title", title);
	if (is(e, "p div h1 h2 h3 h4 h5 h6 table tr td th thead tbody tfoot col hr caption"))
		add_word(out, from, "align", aligns);
	if (is(e, "table tr td th thead tbody tfoot col colgroup"))
		add_of_table(e, from, out);
	if (is(e, "ol ul li"))
		add_of_list(e, from, out);
	style = as_style(out->text.arena, e, from);
	if (style)
		style_reduce(e, style, around, out);
	out->format = out->format || e->flags & FORMAT ||
		      (e->does == DOES_PICTURE && !out->useless);
}
