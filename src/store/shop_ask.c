#include <strings.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "shop_ask.h"

/* --- from the shop's way of writing to ours ------------------------------- */

/* The entities a shop's escaping function makes; anything else stays. */
static size_t entity(const char *text, char *out)
{
	static const struct { const char *name; char is; } entities[] = {
		{ "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' },
		{ "&quot;", '"' }, { "&#039;", '\'' }, { "&#39;", '\'' },
		{ "&apos;", '\'' },
	};

	for (size_t i = 0; i < sizeof(entities) / sizeof(*entities); i++) {
		size_t n = strlen(entities[i].name);

		if (!strncmp(text, entities[i].name, n)) {
			*out = entities[i].is;
			return n;
		}
	}
	return 0;
}

static const char *decoded(struct arena *a, const char *text)
{
	char *plain = arena_dup(a, text), *to = plain;

	while (*text) {
		size_t n = *text == '&' ? entity(text, to) : 0;

		if (!n) {
			*to = *text;
			n = 1;
		}
		text += n;
		to++;
	}
	*to = '\0';
	return plain;
}

/* The byte that MariaDB's latin1 shows as this character; -1: none does. */
static int latin1_byte(unsigned c)
{
	/* 0x80 to 0x9f are those of Windows; 0 where it has none. */
	static const unsigned windows[32] = {
		0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
		0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,
		0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
		0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
	};

	if (c < 0x80 || (c >= 0xa0 && c <= 0xff))
		return (int) c;
	for (int i = 0; i < 32; i++)
		if (windows[i] ? windows[i] == c : c == 0x80u + (unsigned) i)
			return 0x80 + i;
	return -1;
}

/* The character at *text, which is valid UTF-8; 0 for one beyond latin1's. */
static unsigned next_character(const unsigned char **text)
{
	const unsigned char *t = *text;

	if (t[0] < 0x80) {
		*text += 1;
		return t[0];
	}
	if (t[0] < 0xe0) {
		*text += 2;
		return (t[0] & 0x1fu) << 6 | (t[1] & 0x3fu);
	}
	if (t[0] < 0xf0) {
		*text += 3;
		return (t[0] & 0x0fu) << 12 | (t[1] & 0x3fu) << 6 | (t[2] & 0x3fu);
	}
	*text += 4;
	return 0;
}

/* UTF-8 that was stored as if it were latin1, and so came out encoded twice.
 * What does not become UTF-8 by undoing that was stored rightly. */
static const char *without_latin1(struct arena *a, const char *text)
{
	const unsigned char *at = (const unsigned char *) text;
	char *once = arena_alloc(a, strlen(text) + 1);
	size_t n = 0;

	while (*at) {
		unsigned c = next_character(&at);
		int byte = c ? latin1_byte(c) : -1;

		if (byte < 0)
			return text;
		once[n++] = (char) byte;
	}
	return utf8_valid(once, n) ? once : text;
}

const char *shop_plain_text(const struct shop_source *s, const char *text)
{
	struct arena *a = db_arena(s->db);

	if (!text)
		return NULL;
	if (!utf8_valid(text, strlen(text)))
		text = utf8_mend(a, text, strlen(text));
	if (s->utf8_in_latin1)
		text = without_latin1(a, text);
	return s->meta.text == SHOP_TEXT_HTML ? decoded(a, text) : text;
}

/* "2026-01-31 12:00:00", or NULL for NULL and for MySQL's day zero. */
static const char *utc_text(const struct shop_source *s, const char *text)
{
	struct arena *a = db_arena(s->db);
	int year, month, day, hour = 0, minute = 0, second = 0;

	if (!text || sscanf(text, "%4d-%2d-%2d %2d:%2d:%2d", &year, &month,
			    &day, &hour, &minute, &second) < 3 ||
	    !year || !month || !day)
		return NULL;
	if (s->meta.time == SHOP_TIME_LOCAL && s->zone) {
		instant t = clock_from_wall(year, month, day, hour, minute,
					    s->zone) + second * SECOND;

		return arena_copy(a, clock_sql(a, t), 19);
	}
	return arena_printf(a, "%04d-%02d-%02d %02d:%02d:%02d",
			    year, month, day, hour, minute, second);
}

static bool is_time(const char *name)
{
	size_t n = strlen(name);

	return !strcmp(name, "at") || (n > 3 && !strcmp(name + n - 3, "_at"));
}

static void settle(const struct shop_source *s, const struct shape *shape,
		   void *row)
{
	for (size_t i = 0; i < shape->n; i++) {
		const struct field *f = &shape->fields[i];
		const char **text = (const char **) ((char *) row + f->offset);

		if (f->kind == KIND_TEXT)
			*text = is_time(f->name) ? utc_text(s, *text)
						 : shop_plain_text(s, *text);
	}
}

/* --- keys ----------------------------------------------------------------- */

static bool is_digits(const char *key)
{
	size_t n = strspn(key, "0123456789");

	/* One spelling for each number: no zeros in front. 18 fit an int64. */
	return n && !key[n] && n <= 18 && (*key != '0' || n == 1);
}

static bool is_hex16(const char *key)
{
	return strspn(key, "0123456789abcdefABCDEF") == 32 && !key[32];
}

static int nibble(char c)
{
	return c <= '9' ? c - '0' : (c | 32) - 'a' + 10;
}

static struct bytes bytes_of(struct arena *a, const char *hex)
{
	unsigned char *at = arena_alloc(a, 16);

	for (int i = 0; i < 16; i++)
		at[i] = (unsigned char) (nibble(hex[2 * i]) << 4 |
					 nibble(hex[2 * i + 1]));
	return (struct bytes) { at, 16 };
}

struct arg shop_key_arg(const struct shop_source *s, const char *key)
{
	if (!key)
		return arg_null();
	switch (s->meta.key) {
	case SHOP_KEY_INT:
		if (is_digits(key))
			return arg_number(strtoll(key, NULL, 10));
		break;
	case SHOP_KEY_BIN16:
		if (is_hex16(key))
			return arg_bytes(bytes_of(db_arena(s->db), key));
		break;
	case SHOP_KEY_TEXT:
		if (*key && strlen(key) <= 255)
			return arg_text(key);
		break;
	}
	return arg_null();
}

bool shop_same_key(const struct shop_source *s, const char *one,
		     const char *other)
{
	if (!one || !other)
		return false;
	return s->meta.key == SHOP_KEY_BIN16 ? !strcasecmp(one, other)
					     : !strcmp(one, other);
}

static const char *key_of(const struct shape *shape, const void *row)
{
	return *(const char *const *) ((const char *) row +
				       shape->fields[0].offset);
}

/* --- asking --------------------------------------------------------------- */

/* Whatever the server says: from up here, the shop cannot be read. */
static struct err *trouble(const struct shop_source *s, struct err *e)
{
	if (e && db_errno(s->db))
		e->kind = ERR_UPSTREAM;
	return e;
}

struct err *shop_ask_raw(const struct shop_source *s, const struct sql *q,
			 const struct shape *shape, struct rows *out)
{
	TRY(trouble(s, db_rows_of(s->db, q, shape, out)));
	return NULL;
}

struct err *shop_ask(const struct shop_source *s, const struct sql *q,
		       const struct shape *shape, struct rows *out)
{
	TRY(shop_ask_raw(s, q, shape, out));
	for (size_t i = 0; i < out->n; i++)
		settle(s, shape, (char *) out->at + i * shape->size);
	return NULL;
}

struct err *shop_ask_of(const struct shop_source *s, const struct sql *q,
			  const char *key, const struct shape *shape,
			  struct rows *out)
{
	size_t n = 0;

	TRY(shop_ask(s, q, shape, out));
	for (size_t i = 0; i < out->n; i++) {
		char *row = (char *) out->at + i * shape->size;

		if (shop_same_key(s, key_of(shape, row), key))
			memmove((char *) out->at + n++ * shape->size, row,
				shape->size);
	}
	out->n = n;
	return NULL;
}
