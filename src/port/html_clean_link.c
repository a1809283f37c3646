#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "html_clean_part.h"

enum { ADDRESS = 2000, WORDS = 500, CID = 255, PIXEL = 2 };

/* An address as browsers read it: without line ends and blanks around. NULL:
 * too long, or with characters that mean something else to somebody. */
static const char *address(struct arena *a, const char *value)
{
	struct str s;

	str_init(&s, a, ADDRESS + 1);
	while (*value && (unsigned char) *value <= ' ')
		value++;
	for (; *value; value++) {
		unsigned char c = (unsigned char) *value;

		if (c == ' ')
			str_add(&s, "%20");
		else if (c == '\\' || c == 0x7f)
			return NULL;
		else if (c > ' ')
			str_addn(&s, value, 1);
	}
	while (s.len >= 3 && !strcmp(s.text + s.len - 3, "%20"))
		s.text[s.len -= 3] = '\0';
	return s.len > ADDRESS ? NULL : s.text;
}

/* The schemes in small letters; NULL: none of them. */
static const char *with_scheme(struct arena *a, const char *value,
			       const char *const *schemes)
{
	const char *text = value ? address(a, value) : NULL;

	for (; text && *schemes; schemes++) {
		size_t n = strlen(*schemes);

		if (!strncasecmp(text, *schemes, n) && text[n] && text[n] != '/')
			return arena_join(a, *schemes, text + n);
	}
	return NULL;
}

void link_attributes(struct attributes *out, const char *const *from)
{
	static const char *const schemes[] = { "http://", "https://", "mailto:",
					       "tel:", NULL };

	out->link = with_scheme(out->text.arena, attribute(from, "href"), schemes);
	if (!out->link) {
		out->useless = true;
		return;
	}
	attribute_add(out, "href", out->link);
	str_add(&out->text, " rel=\"noopener noreferrer nofollow\" target=\"_blank\"");
}

static int hex(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *p = c ? strchr(digits, c >= 'A' && c <= 'F' ? c + 32 : c) : NULL;

	return p ? (int) (p - digits) : -1;
}

/* "cid:a%40b" names the part a@b. */
static const char *content_id(struct arena *a, const char *from)
{
	struct str s;

	str_init(&s, a, CID + 1);
	for (; *from; from++) {
		char c = *from;

		if (c == '%' && hex(from[1]) >= 0 && hex(from[2]) >= 0) {
			c = (char) (hex(from[1]) << 4 | hex(from[2]));
			from += 2;
		}
		if (c <= ' ' || c == 0x7f || strchr("<>\"'%\\", c))
			return NULL;
		str_addn(&s, &c, 1);
	}
	return s.len && s.len <= CID ? s.text : NULL;
}

/* A picture of one point counts its readers. */
static bool is_pixel(const char *const *from)
{
	const char *width = attribute(from, "width"), *height = attribute(from, "height");

	return width && height && strtol(width, NULL, 10) <= PIXEL &&
	       strtol(height, NULL, 10) <= PIXEL;
}

void picture_attributes(struct attributes *out, const char *const *from)
{
	static const char *const schemes[] = { "http://", "https://", NULL };
	struct arena *a = out->text.arena;
	const char *src = attribute(from, "src"), *alt = attribute(from, "alt");
	const char *elsewhere = with_scheme(a, src ? src : attribute(from, "data-src"),
					    schemes);

	src = src ? src + strspn(src, " \t\r\n") : NULL;
	if (src && !strncasecmp(src, "cid:", 4))
		out->cid = content_id(a, src + 4);
	else if (!src && attribute(from, "data-cid"))
		out->cid = content_id(a, attribute(from, "data-cid"));
	out->link = alt && strlen(alt) <= WORDS ? arena_dup(a, alt) : "";
	if (out->cid)
		attribute_add(out, "data-cid", out->cid);
	else if (elsewhere && !is_pixel(from))
		attribute_add(out, "data-src", elsewhere);
	else
		out->useless = true;
	out->elsewhere = !out->cid && !out->useless;
	attribute_add(out, "alt", out->link);
	attribute_number(out, from, "width", 1, 4000, true);
	attribute_number(out, from, "height", 1, 4000, false);
}
