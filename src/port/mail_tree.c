/*
 * The parts of a letter, from the outside in: each multipart is cut at its
 * own boundary, so what is inside cannot reach beyond it. One that was never
 * closed ends with what is around it.
 */
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "mail_letter.h"

enum {
	LONGEST_TYPE = 8 << 10,		/* of a header with parameters */
	LONGEST_WORD = 64,
	LONGEST_BOUNDARY = LONGEST_TYPE,	/* RFC 2046 says 70; not everybody read it */
	LONGEST_ID = 255
};

/* ---- What the headers of a part say ---- */

static const char *word_of(struct arena *a, const char *text)
{
	static const char token[] = "abcdefghijklmnopqrstuvwxyz0123456789.+-_";
	const char *word = text ? utf8_lower(a, text) : "";
	size_t n = strspn(word, token);

	return n && n <= LONGEST_WORD ? arena_copy(a, word, n) : "";
}

static const char *kept(struct letter *l, const char *value)
{
	return value && *value ? arena_dup(l->arena, value) : NULL;
}

/* Blanks at its end are lost on the way; some write it in the wrong quotes. */
static const char *boundary_of(struct letter *l, const char *said)
{
	size_t n = said ? strlen(said) : 0;

	while (n && strchr(" \t", said[n - 1]))
		n--;
	if (n > 2 && said[0] == '\'' && said[n - 1] == '\'')
		return arena_copy(l->arena, said + 1, n - 2);
	return n && n <= LONGEST_BOUNDARY ? arena_copy(l->arena, said, n) : NULL;
}

static void read_type(struct letter *l, struct entity *e, const char *raw)
{
	GMimeContentType *type = g_mime_content_type_parse(NULL, raw);
	const char *format, *del;

	e->type = word_of(l->arena, g_mime_content_type_get_media_type(type));
	e->subtype = word_of(l->arena, g_mime_content_type_get_media_subtype(type));
	e->boundary = boundary_of(l, g_mime_content_type_get_parameter(type, "boundary"));
	e->charset = kept(l, g_mime_content_type_get_parameter(type, "charset"));
	e->report_type = kept(l, g_mime_content_type_get_parameter(type, "report-type"));
	e->name = kept(l, g_mime_content_type_get_parameter(type, "name"));
	format = g_mime_content_type_get_parameter(type, "format");
	e->flowed = format && !strcasecmp(format, "flowed");
	del = g_mime_content_type_get_parameter(type, "delsp");
	e->del_space = del && !strcasecmp(del, "yes");
	g_object_unref(type);
	/* "Content-Type: text" and the like, of programs older than MIME */
	if (!*e->type || !*e->subtype || !strchr(raw, '/')) {
		e->type = g_ascii_isalpha(*raw) && strncasecmp(raw, "text", 4)
			? "application" : "text";
		e->subtype = *e->type == 't' ? "plain" : "octet-stream";
	}
}

static void read_disposition(struct letter *l, struct entity *e, const char *raw)
{
	GMimeContentDisposition *d = g_mime_content_disposition_parse(NULL, raw);
	const char *what = d ? g_mime_content_disposition_get_disposition(d) : NULL;
	const char *name = d ? g_mime_content_disposition_get_parameter(d,
							"filename") : NULL;

	e->attached = what && !strcasecmp(what, "attachment");
	if (name && *name)
		e->name = arena_dup(l->arena, name);
	if (d)
		g_object_unref(d);
}

static void read_id(struct letter *l, struct entity *e, const char *raw)
{
	size_t n;

	raw += *raw == '<';
	n = strcspn(raw, "> \t");
	if (n && n <= LONGEST_ID && utf8_valid(raw, n))
		e->content_id = utf8_line(l->arena, arena_copy(l->arena, raw, n));
}

static struct entity entity_of(struct letter *l, const struct head *h,
			       bool in_digest, int depth)
{
	struct entity e = { .type = "text", .subtype = "plain",
			    .body = h->body, .depth = depth };
	const char *raw = head_raw(l, h, "Content-Type", LONGEST_TYPE);

	if (raw && *raw)
		read_type(l, &e, raw);
	else if (in_digest)
		e.type = "message", e.subtype = "rfc822";
	raw = head_raw(l, h, "Content-Disposition", LONGEST_TYPE);
	if (raw)
		read_disposition(l, &e, raw);
	raw = head_raw(l, h, "Content-ID", LONGEST_TYPE);
	if (raw)
		read_id(l, &e, raw);
	raw = head_raw(l, h, "Content-Transfer-Encoding", LONGEST_WORD);
	e.encoding = raw ? g_mime_content_encoding_from_string(word_of(l->arena, raw))
			 : GMIME_CONTENT_ENCODING_DEFAULT;
	return e;
}

static bool is_type(const struct entity *e, const char *type, const char *subtype)
{
	return !strcmp(e->type, type) && (!subtype || !strcmp(e->subtype, subtype));
}

/* ---- Cutting ---- */

/* Behind the boundary at `at`, and *last; NULL when the line says more. */
static const char *boundary_end(const struct letter *l, const char *at,
				const char *end, bool *last)
{
	const char *bare = at;

	/* a blank that the boundary had at its end */
	while (bare < end && *bare == ' ')
		bare++;
	if (end - bare >= 2 && bare[0] == '-' && bare[1] == '-')
		at = bare;
	*last = end - at >= 2 && at[0] == '-' && at[1] == '-';
	if (*last)
		at += 2;
	while (at < end && (*at == ' ' || *at == '\t' || *at == '\r'))
		if (*at++ == l->eol)
			return at;
	if (at < end && *at != l->eol)
		return NULL;
	return at < end ? at + 1 : at;
}

/* The next line that is "--boundary", from a line's beginning on; *behind is
 * where the next part begins. NULL: there is none. */
static const char *find_boundary(const struct letter *l, const char *from,
				 const char *end, const char *mark, size_t n,
				 const char **behind, bool *last)
{
	const char *start = from;

	while (from < end) {
		const char *at = memmem(from, (size_t) (end - from), mark, n);

		if (!at)
			return NULL;
		if (at == start || at[-1] == l->eol) {
			*behind = boundary_end(l, at + n, end, last);
			if (*behind)
				return at;
		}
		from = at + 1;
	}
	return NULL;
}

/* A multipart that forgot to say how it is cut, or says it wrong: as its first
 * such line is; `sure`: with a header of a part below it. */
static const char *guess_boundary(struct letter *l, struct slice body, bool sure)
{
	const char *at = body.at, *end = at + body.n, *next;

	for (int lines = 0; at < end && lines < 100; at = next, lines++) {
		struct slice line = line_at(at, end, l->eol, &next);

		while (line.n && (line.at[line.n - 1] == ' ' || line.at[line.n - 1] == '\t'))
			line.n--;
		if (line.n > 4 && line.n < 100 && !memcmp(line.at, "--", 2) &&
		    (!sure || (end - next > 8 && !strncasecmp(next, "Content-", 8))))
			return arena_copy(l->arena, line.at + 2, line.n - 2);
	}
	return NULL;
}

/* Without the line end that belongs to the boundary behind it. */
static struct slice part_between(const struct letter *l, const char *at,
				 const char *end)
{
	size_t n = end > at ? (size_t) (end - at) : 0;

	if (n && at[n - 1] == l->eol)
		n--;
	if (n && l->eol == '\n' && at[n - 1] == '\r')
		n--;
	return (struct slice) { at, n };
}

/* ---- Words ---- */

static struct piece *add_piece(struct letter *l, const char *plain,
			       const char *html)
{
	struct piece *p = NEW(l->arena, struct piece);

	p->plain = plain;
	p->html = html;
	*l->pieces.last = p;
	l->pieces.last = &p->next;
	return p;
}

/* Other forms that people's words come in. */
static bool is_written(const char *subtype)
{
	static const char *const forms[] = { "enriched", "richtext", "markdown",
					     "x-markdown", "x-plain", "unknown" };

	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++)
		if (!strcmp(subtype, forms[i]))
			return true;
	return false;
}

/* What stands before the first word is one letter's beginning; a text behind
 * it that has a name is a file. */
static bool is_words(const struct letter *l, const struct entity *e)
{
	if (e->attached || !is_type(e, "text", NULL))
		return false;
	if (strcmp(e->subtype, "plain") && strcmp(e->subtype, "html") &&
	    !is_written(e->subtype))
		return false;
	return !e->name || (e->first && !l->pieces.first);
}

static void read_words(struct letter *l, const struct entity *e)
{
	bool html = is_type(e, "text", "html");
	size_t *left = html ? &l->html_left : &l->text_left;
	const char *text;
	bool cut;

	text = text_decoded(l, e, *left, &cut);
	*left = cut ? 0 : *left - strlen(text);
	if (cut)
		letter_note(l, "more words than are shown: the rest is in the source");
	if (html) {
		add_piece(l, NULL, text);
		return;
	}
	if (!strcmp(e->subtype, "enriched") || !strcmp(e->subtype, "richtext"))
		text = text_unenriched(l->arena, text);
	if (e->flowed)
		text = text_unflowed(l->arena, text, e->del_space);
	add_piece(l, text, NULL);
}

/* ---- Walking ---- */

static void walk(struct letter *l, struct entity *e);

static bool is_report_type(const struct entity *e)
{
	return e->report_type && !strcasecmp(e->report_type, "delivery-status");
}

static bool collect(void *what, const char *at, size_t n)
{
	struct str *to = what;

	str_addn(to, at, n);
	return !to->cut;
}

static struct str body_text(struct letter *l, const struct entity *e)
{
	struct str text;

	str_init(&text, l->arena, MAIL_STATUS);
	body_decode(e, collect, &text);
	return text;
}

/* What a report is made of; kept as files as well. */
static void read_report_part(struct letter *l, const struct entity *e)
{
	bool whole = is_type(e, "message", "rfc822") || is_type(e, "message", "global");
	struct str text;

	if ((is_type(e, "message", "delivery-status")
	     || is_type(e, "message", "global-delivery-status")) && !l->status) {
		text = body_text(l, e);
		l->status = text_clean(l->arena, utf8_mend(l->arena, text.text, text.len));
	}
	if (!whole && strcmp(e->subtype, "rfc822-headers")
	    && strcmp(e->subtype, "global-headers"))
		return;
	l->returned_copy = true;
	if (l->returned.at)
		return;
	text = body_text(l, e);
	l->returned = (struct slice) { text.text, text.len };
}

static void read_leaf(struct letter *l, const struct entity *e)
{
	if (l->inside) {
		read_report_part(l, e);
		return;
	}
	if (is_words(l, e)) {
		read_words(l, e);
		return;
	}
	read_report_part(l, e);
	file_keep(l, e);
}

static void read_part(struct letter *l, const struct entity *around,
		      struct slice all, bool first)
{
	struct head h = head_read(l, all, true);
	struct entity e = entity_of(l, &h, is_type(around, "multipart", "digest"),
				    around->depth + 1);

	if (!h.n && !h.body.n)
		return;
	e.first = first && around->first;
	walk(l, &e);
}

/* False when there is nothing in it. */
static bool read_parts(struct letter *l, const struct entity *e)
{
	const char *at = e->body.at, *end = at + e->body.n, *found, *behind;
	const char *mark = e->boundary ? arena_join(l->arena, "--", e->boundary) : NULL;
	size_t n = mark ? strlen(mark) : 0;
	bool last = false, first = true;

	found = mark ? find_boundary(l, at, end, mark, n, &behind, &last) : NULL;
	if (!found) {
		const char *guess = guess_boundary(l, e->body, e->boundary != NULL);

		if (!guess)
			return false;
		mark = arena_join(l->arena, "--", guess);
		n = strlen(mark);
		found = find_boundary(l, at, end, mark, n, &behind, &last);
	}
	if (!found)
		return false;
	while (!last && behind < end) {
		at = behind;
		if (l->parts++ >= MAIL_PARTS) {
			letter_note(l, "more than 500 parts: the rest was left out");
			break;
		}
		found = find_boundary(l, at, end, mark, n, &behind, &last);
		read_part(l, e, found ? part_between(l, at, found)
				      : (struct slice) { at, (size_t) (end - at) },
			  first);
		first = false;
		if (!found)
			break;
	}
	return true;
}

/* One place in several forms: plain words from the first that is only that,
 * HTML from the last that has any. */
static void merge_forms(struct letter *l, struct pieces inner)
{
	struct str plain, html;
	bool any_plain = false, any_html = false;

	str_init(&plain, l->arena, MAIL_TEXT);
	str_init(&html, l->arena, MAIL_HTML);
	for (struct piece *p = inner.first; p; p = p->next) {
		if (p->html) {
			str_add(&html, p->html);
			any_html = true;
		} else if (!any_plain) {
			str_add(&plain, p->plain);
			any_plain = true;
		}
	}
	if (any_plain || any_html)
		add_piece(l, any_plain ? plain.text : NULL, any_html ? html.text : NULL);
}

static bool read_forms(struct letter *l, const struct entity *e)
{
	struct pieces outer = l->pieces, inner;
	bool any;

	l->pieces = (struct pieces) { NULL, NULL };
	l->pieces.last = &l->pieces.first;
	any = read_parts(l, e);
	inner = l->pieces;
	l->pieces = outer;
	if (!outer.first)
		l->pieces.last = &l->pieces.first;
	merge_forms(l, inner);
	return any;
}

static void walk(struct letter *l, struct entity *e)
{
	bool any;

	if (!is_type(e, "multipart", NULL)) {
		read_leaf(l, e);
		return;
	}
	if (e->depth >= MAIL_DEPTH) {
		letter_note(l, "parts within parts, 32 deep: the rest is a file");
		file_keep(l, e);
		return;
	}
	if (is_type(e, "multipart", "report") && is_report_type(e) && !e->depth)
		l->is_report = true;
	any = is_type(e, "multipart", "alternative") ? read_forms(l, e)
						     : read_parts(l, e);
	if (any)
		return;
	letter_note(l, "parts without a boundary, read as words");
	e->type = "text";
	e->subtype = "plain";
	read_leaf(l, e);
}

void tree_read(struct letter *l)
{
	struct entity whole = entity_of(l, &l->head, false, 0);

	whole.first = true;
	walk(l, &whole);
}

void tree_read_returned(struct letter *l)
{
	struct head h = head_read(l, l->returned, false);
	struct entity e = entity_of(l, &h, false, 0);

	if (!is_type(&e, "multipart", "report") || !is_report_type(&e))
		return;
	l->inside = true;
	l->returned = (struct slice) { NULL, 0 };
	walk(l, &e);
	l->inside = false;
}
