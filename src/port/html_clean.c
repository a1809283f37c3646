#include <string.h>
#include <strings.h>

#include <libxml/HTMLparser.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "html_clean_part.h"
#include "port/html_clean.h"

/* Elements libxml2 may have open at once: it looks through them for every end
 * tag, so that their number times that of the tags is what a letter costs. */
enum {
	OPEN = 1000, PASSES = 6, CIDS = 500,
	NODES = 300 * 1000,		/* no letter of 2 MiB has as many */
	CONDITION = 200,		/* bytes of "<![if …]>" */
	PIECE = 32768			/* of a text, so that a long one can be cut */
};

#define ROOT	"<aftersale-letter>"

struct frame {
	const struct element *element;
	size_t start;			/* its node; written */
	bool written, gone, pre;
	struct around around;
};

struct reading {
	struct nodes nodes;
	struct frame frame[OPEN + 1];	/* [0]: around everything */
	size_t frames, depth;
	struct str words;		/* not yet a node */
	struct attributes attributes;
	const char **cids;
	size_t n_cids;
	int pictures;
	bool cut;
	htmlParserCtxtPtr parser;
};

static struct frame *top(struct reading *r)
{
	return &r->frame[r->frames];
}

static struct node_of *node(struct reading *r)
{
	struct nodes *nodes = &r->nodes;

	if (nodes->n == nodes->room) {
		struct node_of *more;

		nodes->room = nodes->room ? 2 * nodes->room : 256;
		more = arena_alloc(nodes->arena, nodes->room * sizeof(*more));
		if (nodes->n)
			memcpy(more, nodes->at, nodes->n * sizeof(*more));
		nodes->at = more;
	}
	return &nodes->at[nodes->n++];
}

/* Runs of white space become one blank; U+00A0 is none. */
static const char *folded(struct arena *a, const char *text, size_t n)
{
	char *out = arena_copy(a, text, n), *to = out;

	for (size_t i = 0; i < n; i++) {
		bool blank = strchr(" \t\n\f\r", text[i]) != NULL;

		if (!blank)
			*to++ = text[i];
		else if (to == out || to[-1] != ' ')
			*to++ = ' ';
	}
	*to = '\0';
	return out;
}

/* A blank between blocks is nothing, and would become a paragraph. */
static bool is_nothing(const struct reading *r, const char *text)
{
	const struct nodes *nodes = &r->nodes;
	const struct node_of *before = nodes->n ? &nodes->at[nodes->n - 1] : NULL;

	if (text[strspn(text, " ")])
		return false;
	return !before || (before->kind != NODE_TEXT &&
			   (before->element->flags & (BLOCK | CELL) ||
			    before->element->does == DOES_BREAK ||
			    !strncmp(before->element->name, "col", 3)));
}

static void end_words(struct reading *r)
{
	bool as_is = top(r)->pre;
	const char *text;

	if (!r->words.len)
		return;
	text = as_is ? arena_copy(r->nodes.arena, r->words.text, r->words.len)
		     : folded(r->nodes.arena, r->words.text, r->words.len);
	r->words.len = 0;
	if (!as_is && is_nothing(r, text))
		return;
	for (size_t n = strlen(text), len; n; text += len, n -= len) {
		len = n < PIECE ? n : PIECE;
		while (len < n && ((unsigned char) text[len] & 0xc0) == 0x80)
			len--;
		*node(r) = (struct node_of) {
			.kind = NODE_TEXT, .as_is = as_is,
			.text = arena_copy(r->nodes.arena, text, len),
		};
	}
}

/* One name stands for one picture, however often it is shown. */
static void add_cid(struct reading *r, const char *cid)
{
	for (size_t i = 0; i < r->n_cids; i++)
		if (!strcmp(r->cids[i], cid))
			return;
	if (r->n_cids < CIDS)
		r->cids[r->n_cids++] = cid;
}

static void add_start(struct reading *r, struct frame *f, const char *const *from)
{
	const struct attributes *at = &r->attributes;
	struct node_of *start;

	f->start = r->nodes.n;
	start = node(r);
	*start = (struct node_of) {
		.kind = NODE_START, .element = f->element, .link = at->link,
		.mark = element_mark(f->element, from), .unspaced = at->unspaced,
		.format = at->format,
		.text = arena_copy(r->nodes.arena, at->text.text, at->text.len),
	};
	f->written = true;
	r->depth += f->element->as && !(f->element->flags & VOID);
	if (at->cid)
		add_cid(r, at->cid);
	r->pictures += at->elsewhere;
}

/* What is only a name for its contents, unless it says something of them. */
static bool is_bare(const struct reading *r, const struct element *e,
		    const char *const *from)
{
	return e->flags & BARE && !r->attributes.text.len &&
	       element_mark(e, from) == MARK_NONE;
}

static void start(struct reading *r, const char *name, const char *const *from)
{
	const struct frame *around = top(r);
	struct frame *f;

	end_words(r);
	if (r->frames == OPEN || r->nodes.n > NODES) {
		r->cut = true;
		xmlStopParser(r->parser);
		return;
	}
	f = &r->frame[++r->frames];
	*f = (struct frame) {
		.element = element_find(name), .gone = around->gone,
		.pre = around->pre, .around = around->around,
	};
	if (!f->element || f->gone)
		return;
	/* libxml2 lets some elements contain what follows that have no end */
	f->gone = f->element->flags & GONE && !(f->element->flags & VOID);
	if (f->element->flags & GONE)
		return;
	r->attributes.text.len = 0;
	r->attributes.text.text[0] = '\0';
	r->attributes.text.cut = false;
	if (!f->element->as) {
		r->attributes = (struct attributes) { .text = r->attributes.text };
		add_start(r, f, from);
		return;
	}
	element_attributes(f->element, from, &around->around, &r->attributes);
	f->gone = r->attributes.hidden;
	f->pre = f->pre || r->attributes.pre || f->element->flags & PRE;
	f->around = r->attributes.around;
	if (f->gone || r->attributes.useless || is_bare(r, f->element, from) ||
	    r->attributes.text.cut)
		return;
	/* One less: what is folded stands in an element of ours. */
	if (r->depth >= HTML_CLEAN_DEPTH - 1) {
		r->cut = true;
		return;
	}
	add_start(r, f, from);
}

static void end(struct reading *r)
{
	const struct frame *f = top(r);

	end_words(r);
	if (!r->frames)
		return;
	r->frames--;
	if (!f->written || f->element->flags & VOID)
		return;
	*node(r) = (struct node_of) {
		.kind = NODE_END, .element = f->element, .start = f->start,
	};
	r->depth -= f->element->as != NULL;
}

static void on_start(void *ctx, const xmlChar *name, const xmlChar **attributes)
{
	start(ctx, (const char *) name, (const char *const *) attributes);
}

static void on_end(void *ctx, const xmlChar *name __attribute__((unused)))
{
	end(ctx);
}

static void on_words(void *ctx, const xmlChar *text, int n)
{
	struct reading *r = ctx;

	if (!top(r)->gone)
		str_addn(&r->words, (const char *) text, (size_t) n);
}

static struct err *parse(struct reading *r, const char *html, size_t n)
{
	xmlSAXHandler events = {
		.startElement = on_start, .endElement = on_end,
		.characters = on_words, .ignorableWhitespace = on_words,
	};

	r->parser = htmlCreatePushParserCtxt(&events, r, NULL, 0, NULL,
					     XML_CHAR_ENCODING_UTF8);
	if (!r->parser)
		return FAIL(r->nodes.arena, ERR_BUG, "no memory for libxml2");
	htmlCtxtUseOptions(r->parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
			   HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
			   HTML_PARSE_NODEFDTD | HTML_PARSE_NOIMPLIED |
			   HTML_PARSE_IGNORE_ENC);
	/* libxml2 reads nothing behind the end of its outermost element. */
	htmlParseChunk(r->parser, ROOT, sizeof(ROOT) - 1, 0);
	htmlParseChunk(r->parser, html, (int) n, 1);
	htmlFreeParserCtxt(r->parser);
	while (r->frames)
		end(r);
	end_words(r);
	return NULL;
}

/* Reads `html` once; what it says goes to *out, memory is the caller's. */
static struct err *pass(struct arena *a, struct arena *scratch, const char *html,
			bool whole, struct html_clean *out, struct str *written)
{
	struct reading *r = NEW(scratch, struct reading);
	size_t cut;

	r->nodes.arena = scratch;
	r->cids = arena_alloc(scratch, CIDS * sizeof(*r->cids));
	str_init(&r->words, scratch, HTML_CLEAN_MOST);
	str_init(&r->attributes.text, scratch, 16384);
	TRY(parse(r, html, strlen(html)));
	text_write(a, &r->nodes, whole, &out->text, &out->folded, &cut);
	out->cut = r->cut;
	out->cut = !nodes_write(&r->nodes, cut, written) || out->cut;
	out->cids = arena_alloc(a, (r->n_cids + 1) * sizeof(*out->cids));
	for (size_t i = 0; i < r->n_cids; i++)
		((const char **) out->cids)[i] = arena_dup(a, r->cids[i]);
	out->n_cids = r->n_cids;
	out->pictures = r->pictures;
	out->formatted = false;
	for (size_t i = 0; i < cut && !out->formatted; i++)
		out->formatted = r->nodes.at[i].format;
	return NULL;
}

/* Length of "<![if !supportLists]>" or "<![endif]>" there, 0: none. Word writes
 * them around its numbers; browsers take them for comments, libxml2 for words. */
static size_t condition(const char *at)
{
	const char *end;

	if (strncasecmp(at, "<![if", 5) != 0 && strncasecmp(at, "<![endif", 8) != 0)
		return 0;
	end = at + strcspn(at + 1, "<>") + 1;
	return *end == '>' && end - at < CONDITION ? (size_t) (end - at) + 1 : 0;
}

/* As strstr(), which the sanitizers let measure all the rest each time. */
static const char *find(const char *at, const char *what)
{
	size_t n = strlen(what);

	for (; (at = strchr(at, *what)) != NULL; at++)
		if (!strncmp(at, what, n))
			return at;
	return NULL;
}

/* Outside of comments, which have them in their own way. */
static const char *without_conditions(struct arena *a, const char *html)
{
	bool ends = true;		/* there may be an end of a comment ahead */
	struct str out;

	if (!find(html, "<!["))
		return html;
	str_init(&out, a, strlen(html) + 1);
	while (*html) {
		const char *next = find(html, "<!"), *behind;
		size_t n;

		if (!next)
			break;
		str_addn(&out, html, (size_t) (next - html));
		n = condition(next);
		behind = ends && !strncmp(next, "<!--", 4) ? find(next + 2, "-->") : NULL;
		ends = ends && (behind || strncmp(next, "<!--", 4) != 0);
		html = behind ? behind + 3 : next + (n ? n : 2);
		if (!n)
			str_addn(&out, next, (size_t) (html - next));
	}
	str_add(&out, html);
	return out.text;
}

/* The words alone, for HTML that does not settle. */
static const char *words_alone(struct arena *a, const char *text)
{
	struct str s;

	str_init(&s, a, HTML_CLEAN_MOST);
	str_add(&s, "<pre>");
	html_words(&s, text, false);
	str_add(&s, "</pre>");
	return s.text;
}

static struct err *settle(struct arena *a, struct bytes html, bool whole,
			  struct html_clean *out)
{
	size_t n = html.n < HTML_CLEAN_MOST ? html.n : HTML_CLEAN_MOST;
	const char *text = without_conditions(a, utf8_mend(a, html.at, n));
	struct html_clean again;
	bool settled = false;

	*out = (struct html_clean) { .cut = html.n > HTML_CLEAN_MOST };
	for (int i = 0; i < PASSES && !settled; i++) {
		struct arena *scratch = arena_new("html");
		struct err *e;
		struct str s;

		e = pass(a, scratch, text, whole, i ? &again : out, &s);
		if (!e) {
			settled = i && !strcmp(text, s.text);
			text = arena_copy(a, s.text, s.len);
		}
		arena_free(scratch);
		if (e)
			return err_new(a, ERR_BUG, __func__, "libxml2 has no memory");
	}
	out->html = settled ? text : words_alone(a, out->text);
	out->cut = out->cut || html.n > HTML_CLEAN_MOST;
	return NULL;
}

struct err *html_clean(struct arena *a, struct bytes html, struct html_clean *out)
{
	TRY(settle(a, html, false, out));
	return NULL;
}

struct err *html_clean_whole(struct arena *a, struct bytes html, struct html_clean *out)
{
	TRY(settle(a, html, true, out));
	return NULL;
}
