#include <string.h>

#include "base/address.h"
#include "base/arena.h"
#include "base/utf8.h"

/* RFC 5321, 4.5.3.1, and the erratum that makes it 254 altogether. */
enum { MOST_LOCAL = 64, MOST_DOMAIN = 253, MOST_LABEL = 63, MOST = 254 };

static bool is_letter_or_digit(unsigned char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z');
}

static bool is_atom(unsigned char c)
{
	return is_letter_or_digit(c) ||
	       (c && strchr("!#$%&'*+-/=?^_`{|}~", c));
}

/* a.b.c: no dot first, last or twice. */
static bool is_dot_atom(const char *at, size_t n)
{
	bool dot = true;

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char) at[i];

		if (c == '.' ? dot : !is_atom(c))
			return false;
		dot = c == '.';
	}
	return !dot;
}

/* "…" with \" and \\ inside. */
static bool is_quoted(const char *at, size_t n)
{
	if (n < 3 || at[0] != '"' || at[n - 1] != '"')
		return false;
	for (size_t i = 1; i < n - 1; i++) {
		unsigned char c = (unsigned char) at[i];

		if (c == '\\' && (++i == n - 1 || !strchr("\"\\", at[i])))
			return false;
		if (c == '"' || c < ' ' || c > '~')
			return false;
	}
	return true;
}

/* Letters of an IDN pass here; whether the name can exist is libidn2's word.
 * Only what could break a line or hide itself is refused at once. */
static bool is_label(const char *at, size_t n)
{
	if (n < 1 || n > MOST_LABEL || at[0] == '-' || at[n - 1] == '-')
		return false;
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char) at[i];

		if (c < 0x80 && !is_letter_or_digit(c) && c != '-')
			return false;
	}
	return true;
}

static bool has_c1_control(const char *at)
{
	for (; *at; at++)
		if ((unsigned char) at[0] == 0xc2 && (unsigned char) at[1] < 0xa1)
			return true;
	return false;
}

static bool is_domain(const char *at)
{
	size_t n = strlen(at);

	if (n > MOST_DOMAIN || !utf8_valid(at, n) || has_c1_control(at))
		return false;
	for (;;) {
		size_t label = strcspn(at, ".");

		if (!is_label(at, label))
			return false;
		if (!at[label])
			return true;
		at += label + 1;
	}
}

const char *address_domain(const char *address)
{
	const char *sign = strrchr(address, '@');

	return sign ? sign + 1 : "";
}

bool address_valid(const char *address)
{
	const char *domain = address_domain(address);
	size_t local;

	if (!*domain || strlen(address) > MOST)
		return false;
	local = (size_t) (domain - address) - 1;
	return local <= MOST_LOCAL && is_domain(domain) &&
	       (is_dot_atom(address, local) || is_quoted(address, local));
}

bool address_plausible(const char *address)
{
	const char *domain = address_domain(address);
	size_t n = strlen(address);

	for (size_t i = 0; i < n; i++)
		if ((unsigned char) address[i] <= ' ' || address[i] == 0x7f ||
		    strchr("<>,;", address[i]))
			return false;
	return n <= MOST && utf8_valid(address, n) && *domain &&
	       domain > address + 1;
}

const char *address_lower(struct arena *a, const char *text)
{
	size_t n;

	text += strspn(text, " \t\r\n");
	n = strlen(text);
	while (n && strchr(" \t\r\n", text[n - 1]))
		n--;
	return utf8_lower(a, arena_copy(a, text, n));
}

const char *address_masked(struct arena *a, const char *text)
{
	const char *at = strrchr(text, '@');
	size_t first = 1;

	if (!at || at == text)
		return text;
	while (((unsigned char) text[first] & 0xc0) == 0x80)
		first++;
	return arena_printf(a, "%.*s…%s", (int) first, text, at);
}
