#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"

enum { MOST = 64 << 20 };		/* a mail is as large as this */

/* The bytes of the character at p, of n left, with its code in *code; 0: it
 * is none. Overlong forms and surrogates are none either. */
static size_t character(const unsigned char *p, size_t n, uint32_t *code)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t len = p[0] < 0x80 ? 1 : p[0] < 0xc2 ? 0 : p[0] < 0xe0 ? 2 :
		     p[0] < 0xf0 ? 3 : p[0] < 0xf5 ? 4 : 0;

	if (!len || len > n)
		return 0;
	*code = len == 1 ? p[0] : p[0] & (0x7f >> len);
	for (size_t i = 1; i < len; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		*code = *code << 6 | (p[i] & 0x3f);
	}
	if (*code < least[len] || *code > 0x10ffff ||
	    (*code >= 0xd800 && *code <= 0xdfff))
		return 0;
	return len;
}

bool utf8_valid(const char *text, size_t n)
{
	const unsigned char *p = (const unsigned char *) text, *end = p + n;
	uint32_t code;

	while (p < end) {
		size_t len = character(p, (size_t) (end - p), &code);

		if (!len || !code)
			return false;
		p += len;
	}
	return true;
}

/* Every byte but the ones that continue a character. */
static bool begins(char c)
{
	return ((unsigned char) c & 0xc0) != 0x80;
}

size_t utf8_count(const char *text)
{
	size_t n = 0;

	for (; *text; text++)
		n += begins(*text);
	return n;
}

const char *utf8_cut(struct arena *a, const char *text, size_t most)
{
	const char *end = text;

	if (!most)
		return "";
	if (utf8_count(text) <= most)
		return arena_dup(a, text);
	for (size_t seen = 0; seen < most; end++)
		seen += begins(end[1]);
	/* `end` is behind `most` characters; the last one makes room. */
	for (end--; !begins(*end); end--)
		;
	return arena_printf(a, "%.*s…", (int) (end - text), text);
}

const char *utf8_mend(struct arena *a, const char *text, size_t n)
{
	const unsigned char *p = (const unsigned char *) text, *end = p + n;
	struct str s;
	uint32_t code;

	str_init(&s, a, MOST);
	while (p < end) {
		size_t len = character(p, (size_t) (end - p), &code);

		if (len && code) {
			str_addn(&s, (const char *) p, len);
			p += len;
		} else {
			str_add(&s, "\ufffd");
			p++;
		}
	}
	return s.text;
}

struct range {
	uint32_t from, to;
};

static bool is_among(const struct range *ranges, size_t n, uint32_t code)
{
	for (size_t i = 0; i < n; i++)
		if (code >= ranges[i].from && code <= ranges[i].to)
			return true;
	return false;
}

static bool is_blank(uint32_t code)
{
	static const struct range blanks[] = {
		{ '\t', '\r' }, { ' ', ' ' }, { 0x85, 0x85 }, { 0xa0, 0xa0 },
		{ 0x1680, 0x1680 }, { 0x2000, 0x200a }, { 0x2028, 0x2029 },
		{ 0x202f, 0x202f }, { 0x205f, 0x205f }, { 0x3000, 0x3000 },
	};

	return is_among(blanks, sizeof(blanks) / sizeof(*blanks), code);
}

/* What nobody sees, and what turns the direction of the text around it. */
static bool is_hidden(uint32_t code)
{
	static const struct range hidden[] = {
		{ 0x00, 0x1f }, { 0x7f, 0x9f }, { 0xad, 0xad },
		{ 0x34f, 0x34f }, { 0x61c, 0x61c }, { 0x115f, 0x1160 },
		{ 0x180e, 0x180e }, { 0x200b, 0x200b }, { 0x200e, 0x200f },
		{ 0x202a, 0x202e }, { 0x2060, 0x206f }, { 0x3164, 0x3164 },
		{ 0xfeff, 0xfeff }, { 0xffa0, 0xffa0 }, { 0xfff9, 0xfffb },
		{ 0xe0000, 0xe007f },
	};

	return is_among(hidden, sizeof(hidden) / sizeof(*hidden), code);
}

/* Persian and emoji need joiners between their characters; nothing in ASCII
 * does, and "A<joiner>nn" must not be another name than "Ann". */
static bool is_idle_joiner(uint32_t code, uint32_t before)
{
	return (code == 0x200c || code == 0x200d) && before < 0x80;
}

/* Letters, digits and marks of ASCII in a row, at most `most`. */
static size_t plain_run(const unsigned char *p, size_t most)
{
	size_t n = 0;

	while (n < most && p[n] > ' ' && p[n] < 0x7f)
		n++;
	return n;
}

/* A line that is being written. */
struct line {
	struct str text;
	size_t count;			/* characters */
	uint32_t last;			/* its last byte: of ASCII the character */
	bool gap;			/* a blank is due before the next one */
};

static void line_add(struct line *l, const unsigned char *p, size_t len, size_t count)
{
	if (l->gap && l->text.len) {
		str_addn(&l->text, " ", 1);
		l->count++;
	}
	str_addn(&l->text, (const char *) p, len);
	l->count += count;
	l->last = p[len - 1];
	l->gap = false;
}

/* Ends as soon as there are more than `most` characters. */
static const char *line_of(struct arena *a, const char *text, size_t most)
{
	const unsigned char *p = (const unsigned char *) text, *end = p + strlen(text);
	struct line l = { .count = 0 };
	uint32_t code;
	size_t len;

	str_init(&l.text, a, MOST);
	for (; *p && l.count <= most; p += len) {
		len = plain_run(p, most);
		if (len) {
			line_add(&l, p, len, len);
			continue;
		}
		len = character(p, (size_t) (end - p), &code);
		if (!len)
			break;		/* the door let something through */
		if (is_blank(code))
			l.gap = true;
		else if (!is_hidden(code) && !is_idle_joiner(code, l.last))
			line_add(&l, p, len, 1);
	}
	return l.text.text;
}

const char *utf8_line(struct arena *a, const char *text)
{
	return line_of(a, text, MOST);
}

const char *utf8_brief(struct arena *a, const char *text, size_t most)
{
	return utf8_cut(a, line_of(a, text, most), most);
}

/* From U+3000 on: what is behind that and narrow is hardly ever written. */
size_t utf8_width(const char *at)
{
	return (unsigned char) *at >= 0xe3 ? 2 : 1;
}

const char *utf8_fit(struct arena *a, const char *text, size_t columns)
{
	const char *line = line_of(a, text, columns);
	size_t room = columns, n = 0;

	for (const char *at = line; *at; at++) {
		if (!begins(*at))
			continue;
		if (room < utf8_width(at))
			return utf8_cut(a, line, n);
		room -= utf8_width(at);
		n++;
	}
	return line;
}

const char *utf8_lower(struct arena *a, const char *text)
{
	char *copy = arena_dup(a, text);

	for (char *p = copy; *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p += 'a' - 'A';
	return copy;
}
