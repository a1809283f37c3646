/* Names of IMAP folders: ASCII as it is, all else as UTF-16 in a base64 of
 * its own between & and -. */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "port/fetch.h"

enum { NAME_MOST = 4000 };

static const char digits[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

/* Bits on their way from one form to the other. */
struct bits {
	uint32_t value;
	int n;
};

static void add_unit(struct str *out, struct bits *b, unsigned unit)
{
	b->value = b->value << 16 | (unit & 0xffff);
	b->n += 16;
	while (b->n >= 6) {
		b->n -= 6;
		str_addn(out, &digits[b->value >> b->n & 63], 1);
	}
}

static void end_run(struct str *out, struct bits *b, bool *in_run)
{
	if (!*in_run)
		return;
	if (b->n)
		str_addn(out, &digits[b->value << (6 - b->n) & 63], 1);
	str_add(out, "-");
	*b = (struct bits) { 0 };
	*in_run = false;
}

/* The character at *at of valid UTF-8, which moves behind it. */
static uint32_t next_character(const char **at)
{
	const unsigned char *p = (const unsigned char *) *at;
	int more = *p < 0x80 ? 0 : *p < 0xe0 ? 1 : *p < 0xf0 ? 2 : 3;
	uint32_t c = more ? *p & (0x3f >> more) : *p;

	for (int i = 1; i <= more; i++)
		c = c << 6 | (p[i] & 0x3f);
	*at += more + 1;
	return c;
}

const char *fetch_name_encode(struct arena *a, const char *name)
{
	struct bits b = { 0 };
	bool in_run = false;
	struct str out;

	str_init(&out, a, NAME_MOST);
	if (!utf8_valid(name, strlen(name)))
		return name;
	while (*name) {
		uint32_t c = next_character(&name);

		if (c >= ' ' && c <= '~') {
			end_run(&out, &b, &in_run);
			str_addn(&out, (const char[]) { (char) c }, 1);
			if (c == '&')
				str_add(&out, "-");
			continue;
		}
		if (!in_run)
			str_add(&out, "&");
		in_run = true;
		if (c > 0xffff) {
			add_unit(&out, &b, 0xd800 + ((c - 0x10000) >> 10));
			add_unit(&out, &b, 0xdc00 + ((c - 0x10000) & 0x3ff));
		} else {
			add_unit(&out, &b, c);
		}
	}
	end_run(&out, &b, &in_run);
	return out.text;
}

static void add_character(struct str *out, uint32_t c)
{
	char text[4];
	size_t n;

	if (c < 0x80) {
		text[0] = (char) c;
		n = 1;
	} else if (c < 0x800) {
		text[0] = (char) (0xc0 | c >> 6);
		n = 2;
	} else if (c < 0x10000) {
		text[0] = (char) (0xe0 | c >> 12);
		n = 3;
	} else {
		text[0] = (char) (0xf0 | c >> 18);
		n = 4;
	}
	for (size_t i = 1; i < n; i++)
		text[i] = (char) (0x80 | (c >> (6 * (n - 1 - i)) & 0x3f));
	str_addn(out, text, n);
}

/* One run between & and -; false: it is none. */
static bool decode_run(struct str *out, const char *at, size_t n)
{
	struct bits b = { 0 };
	uint32_t high = 0;

	for (size_t i = 0; i < n; i++) {
		const char *digit = memchr(digits, at[i], sizeof(digits) - 1);
		uint32_t unit;

		if (!digit)
			return false;
		b.value = b.value << 6 | (uint32_t) (digit - digits);
		b.n += 6;
		if (b.n < 16)
			continue;
		b.n -= 16;
		unit = b.value >> b.n & 0xffff;
		if (unit >= 0xd800 && unit < 0xdc00) {
			high = unit;
			continue;
		}
		if (unit >= 0xdc00 && unit < 0xe000 && !high)
			return false;
		add_character(out, high ? 0x10000 + ((high - 0xd800) << 10)
					+ (unit - 0xdc00) : unit);
		high = 0;
	}
	return !high;
}

const char *fetch_name_decode(struct arena *a, const char *name)
{
	const char *at = name;
	struct str out;

	str_init(&out, a, NAME_MOST);
	while (*at) {
		size_t plain = strcspn(at, "&"), run;

		str_addn(&out, at, plain);
		at += plain;
		if (!*at)
			break;
		run = strcspn(++at, "-");
		if (!at[run])
			return name;
		if (!run)
			str_add(&out, "&");
		else if (!decode_run(&out, at, run))
			return name;
		at += run + 1;
	}
	return utf8_valid(out.text, out.len) ? out.text : name;
}
