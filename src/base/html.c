#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/html.h"
#include "base/str.h"

enum { MOST = 4 << 20 };		/* bytes of one value, written */

void html_add(struct str *s, const char *text, size_t n)
{
	static const char *const entities[256] = {
		['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;",
		['"'] = "&quot;", ['\''] = "&#39;", ['\r'] = "",
	};
	size_t plain = 0;

	for (size_t i = 0; i < n; i++) {
		const char *entity = entities[(unsigned char) text[i]];

		if (!entity)
			continue;
		str_addn(s, text + plain, i - plain);
		str_add(s, entity);
		plain = i + 1;
	}
	str_addn(s, text + plain, n - plain);
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

const char *html_url(struct arena *a, const char *part)
{
	struct str s;

	str_init(&s, a, MOST);
	for (; *part; part++) {
		if (is_letter(*part) || is_digit(*part) || strchr("-._~", *part))
			str_addn(&s, part, 1);
		else
			str_addf(&s, "%%%02X", (unsigned char) *part);
	}
	return s.text;
}

static bool starts(const char *text, const char *with)
{
	return !strncasecmp(text, with, strlen(with));
}

/* Length of "http://", "https://" or "mailto:" at the start; 0: neither. */
static size_t scheme(const char *text)
{
	static const char *const known[] = { "http://", "https://", "mailto:" };

	/* Every word of a message is looked at; few begin so. */
	if (*text != 'h' && *text != 'H' && *text != 'm' && *text != 'M')
		return 0;
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (starts(text, known[i]))
			return strlen(known[i]);
	return 0;
}

/* Browsers skip tabs and line ends in an address and read \ as /, so that
 * "/\t/evil.example" would leave our house. */
static bool has_tricks(const char *address)
{
	for (; *address; address++)
		if ((unsigned char) *address <= ' ' || *address == '\\' ||
		    *address == 0x7f)
			return true;
	return false;
}

/* "ticket/7": a word without a colon in front of it all is no scheme. */
static bool is_below(const char *address)
{
	size_t n = 0;

	while (is_letter(address[n]) || is_digit(address[n]) ||
	       (address[n] && strchr("-._~%", address[n])))
		n++;
	return n && strchr("/?#", address[n]);
}

static bool is_link(const char *address)
{
	if (has_tricks(address))
		return false;
	if (*address == '/')
		return address[1] != '/';
	if (scheme(address))
		return address[scheme(address)] != '\0';
	return *address == '?' || *address == '#' || is_below(address);
}

const char *html_near(const char *address, const char *origin)
{
	size_t n = origin ? strlen(origin) : 0;

	if (!n || strncmp(address, origin, n) || address[n] != '/' ||
	    address[n + 1] == '/')
		return address;
	return address + n;
}

const char *html_link(struct arena *a, const char *address)
{
	struct str s;

	if (!is_link(address))
		return "#";
	str_init(&s, a, MOST);
	str_reserve(&s, strlen(address));
	html_add(&s, address, strlen(address));
	return s.text;
}

/* Ends an address: blanks, quotes, brackets, and all of U+00A0, U+2000 to
 * U+206F and U+3000 to U+303F (wide blanks, curly quotes, direction marks). */
static bool ends_address(const char *p)
{
	if ((unsigned char) *p <= ' ' || *p == 0x7f || strchr("<>\"`\\", *p))
		return true;
	return starts(p, "\xc2\xa0") || starts(p, "\xe2\x80") ||
	       starts(p, "\xe2\x81") || starts(p, "\xe3\x80");
}

/*
 * Length of the address at `text`, 0 when there is none. A full stop or a
 * comma behind it belongs to the sentence, and so does a closing bracket
 * that was not opened within the address.
 */
static size_t address_length(const char *text)
{
	size_t least = scheme(text), n = least;
	int open = 0;

	if (!least)
		return 0;
	for (; text[n] && !ends_address(text + n); n++)
		open += (text[n] == '(') - (text[n] == ')');
	while (n > least && (strchr(".,;:!?'*_]}", text[n - 1]) ||
			     (text[n - 1] == ')' && open < 0)))
		open += text[--n] == ')';
	if (n == least || (starts(text, "mailto:") && !memchr(text, '@', n)))
		return 0;
	return n;
}

static void add_address(struct str *s, const char *address, size_t n)
{
	str_add(s, "<a href=\"");
	html_add(s, address, n);
	str_add(s, "\" rel=\"nofollow noopener noreferrer\">");
	html_add(s, address, n);
	str_add(s, "</a>");
}

/* An address begins where a word begins. */
static bool word_begins(const char *line, size_t at)
{
	return at == 0 || !(is_letter(line[at - 1]) || is_digit(line[at - 1]) ||
			    (unsigned char) line[at - 1] >= 0x80);
}

static void add_line(struct str *s, const char *line, size_t n)
{
	size_t plain = 0, i = 0;

	while (i < n) {
		size_t len = word_begins(line, i) ? address_length(line + i) : 0;

		if (!len) {
			i++;
			continue;
		}
		html_add(s, line + plain, i - plain);
		add_address(s, line + i, len);
		plain = i += len;
	}
	html_add(s, line + plain, n - plain);
}

static bool is_blank(const char *line, size_t n)
{
	return strspn(line, " \t\r") >= n;
}

const char *html_paragraphs(struct arena *a, const char *text)
{
	bool open = false;
	struct str s;
	size_t n;

	str_init(&s, a, MOST);
	for (; *text; text += n + (text[n] == '\n')) {
		n = strcspn(text, "\n");
		if (is_blank(text, n)) {
			str_add(&s, open ? "</p>\n" : "");
			open = false;
			continue;
		}
		str_add(&s, open ? "<br>\n" : "<p>");
		add_line(&s, text, n);
		open = true;
	}
	str_add(&s, open ? "</p>" : "");
	return s.text;
}
