#include <utf8proc.h>

#include "port/fold.h"

enum { PIECES = 20, MARK = -1 };	/* U+FDFA becomes 18 */

struct range {
	int32_t from, to;
};

/* Nobody puts blanks between the words of these. */
static bool is_dense(int32_t code)
{
	static const struct range ranges[] = {
		{ 0xe00, 0xeff },		/* Thai, Lao */
		{ 0x1000, 0x109f },		/* Myanmar */
		{ 0x1780, 0x17ff },		/* Khmer */
		{ 0x3005, 0x3007 }, { 0x3040, 0x30ff }, { 0x3100, 0x312f },
		{ 0x31a0, 0x31bf }, { 0x31f0, 0x31ff },
		{ 0x3400, 0x4dbf }, { 0x4e00, 0x9fff },	/* Han */
		{ 0xac00, 0xd7a3 },		/* Hangul */
		{ 0xf900, 0xfaff }, { 0x20000, 0x3ffff },
	};

	for (size_t i = 0; i < sizeof(ranges) / sizeof(*ranges); i++)
		if (code >= ranges[i].from && code <= ranges[i].to)
			return true;
	return false;
}

/* Letters that Unicode does not take apart, though people type them so. */
static const char *plain_form(int32_t code)
{
	static const struct {
		int32_t code;
		const char *plain;
	} forms[] = {
		{ 0xe6, "ae" }, { 0xf0, "d" }, { 0xf8, "o" }, { 0xfe, "th" },
		{ 0x111, "d" }, { 0x127, "h" }, { 0x131, "i" },
		{ 0x142, "l" }, { 0x153, "oe" },
	};

	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++)
		if (forms[i].code == code)
			return forms[i].plain;
	return NULL;
}

static bool is_of_word(int32_t code)
{
	switch (utf8proc_category(code)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_ND:
	case UTF8PROC_CATEGORY_NL:
	case UTF8PROC_CATEGORY_NO:
		return true;
	default:
		return false;
	}
}

/* --- from bytes to folded characters ---------------------------------------- */

static void put(struct fold *f, int32_t code, size_t from)
{
	f->queue[f->queued++] = (struct fold_unit) {
		.code = code, .from = from, .to = f->at,
		.dense = code > 0 && is_dense(code),
	};
}

static void put_plain(struct fold *f, const char *plain, size_t from)
{
	for (; *plain; plain++)
		put(f, *plain, from);
}

/* Hangul is left in syllables: its parts alone are no words. */
static size_t take_apart(int32_t code, int32_t *pieces)
{
	int boundary = 0;
	utf8proc_ssize_t n;

	pieces[0] = code;
	if (code >= 0xac00 && code <= 0xd7a3)
		return 1;
	n = utf8proc_decompose_char(code, pieces, PIECES,
		UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD |
		UTF8PROC_STRIPMARK | UTF8PROC_IGNORE, &boundary);
	return n < 0 || n > PIECES ? 0 : (size_t) n;
}

static void put_character(struct fold *f, int32_t code, size_t from)
{
	int32_t pieces[PIECES];
	size_t n = take_apart(code, pieces);

	if (!n)
		put(f, MARK, from);
	for (size_t i = 0; i < n; i++) {
		const char *plain = plain_form(pieces[i]);

		if (plain)
			put_plain(f, plain, from);
		else
			put(f, is_of_word(pieces[i]) ? pieces[i] : 0, from);
	}
}

static void put_ascii(struct fold *f, char c)
{
	size_t from = f->at++;

	if (c >= 'A' && c <= 'Z')
		put(f, c + ('a' - 'A'), from);
	else
		put(f, (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : 0, from);
}

/* The next character into the queue. */
static void read_one(struct fold *f)
{
	const utf8proc_uint8_t *p = (const utf8proc_uint8_t *) f->text + f->at;
	size_t from = f->at;
	int32_t code;
	utf8proc_ssize_t len;

	f->head = f->queued = 0;
	if (*p < 0x80) {
		put_ascii(f, (char) *p);
		return;
	}
	len = utf8proc_iterate(p, (utf8proc_ssize_t) (f->n - f->at), &code);
	f->at += len > 0 ? (size_t) len : 1;
	if (len > 0)
		put_character(f, code, from);
	else
		put(f, 0, from);
}

/* The next folded character without taking it; NULL at the end. */
static const struct fold_unit *peek(struct fold *f)
{
	while (f->head == f->queued) {
		if (f->at >= f->n)
			return NULL;
		read_one(f);
	}
	return &f->queue[f->head];
}

/* --- from characters to words ------------------------------------------------- */

static void append(struct fold_word *w, const struct fold_unit *u)
{
	w->len += (size_t) utf8proc_encode_char(u->code,
				(utf8proc_uint8_t *) w->text + w->len);
	w->text[w->len] = '\0';
}

static void whole_word(struct fold *f, struct fold_word *w)
{
	const struct fold_unit *u;
	int n = 0;

	while ((u = peek(f)) && u->code && !u->dense) {
		if (u->code != MARK && n++ < FOLD_MOST)
			append(w, u);
		w->to = u->to;
		f->head++;
	}
}

/* Only the first of the two is taken: the second begins the next word. */
static void pair(struct fold *f, struct fold_word *w)
{
	const struct fold_unit *next;

	append(w, peek(f));
	do {
		w->to = f->queue[f->head++].to;
		next = peek(f);
	} while (next && next->code == MARK);
	w->pair = true;
	w->tail = !next || !next->dense;
	if (w->tail)
		return;
	append(w, next);
	w->to = next->to;
}

void fold_begin(struct fold *f, const char *text, size_t n)
{
	f->text = text;
	f->n = n;
	f->at = f->head = f->queued = 0;
}

bool fold_next(struct fold *f, struct fold_word *out)
{
	const struct fold_unit *u;

	while ((u = peek(f)) && u->code <= 0)
		f->head++;
	if (!u)
		return false;
	out->len = 0;
	out->from = u->from;
	out->pair = out->tail = false;
	if (u->dense)
		pair(f, out);
	else
		whole_word(f, out);
	return true;
}
