#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "desk/document.h"
#include "port/fold.h"

enum {
	MOST_BYTES = 20000 * 4,
	MOST_WORDS = MOST_BYTES * 4,	/* pairs stand there twice, with blanks */
	LEAST_CODE = 3,			/* the full-text index drops shorter ones */
	FIRST_ROOM = 1024,
};

/* --- words -------------------------------------------------------------------- */

static void add_words(struct str *s, const char *text)
{
	struct fold f;
	struct fold_word w;
	size_t n = strlen(text);

	fold_begin(&f, text, n < MOST_BYTES ? n : MOST_BYTES);
	while (fold_next(&f, &w)) {
		if (!s->len)
			str_add(s, " ");
		str_addn(s, w.text, w.len);
		str_add(s, " ");
	}
}

const char *document_words(struct arena *a, const char *text)
{
	struct str s;

	str_init(&s, a, MOST_WORDS);
	add_words(&s, text);
	return s.text;
}

const char *document_subject(struct arena *a, const char *subject,
			     const char *summary)
{
	struct str s;

	str_init(&s, a, MOST_WORDS);
	add_words(&s, subject);
	if (summary)
		add_words(&s, summary);
	return s.text;
}

const char *document_next(const char **at, size_t *len)
{
	const char *word = *at + strspn(*at, " ");

	*len = strcspn(word, " ");
	*at = word + *len;
	return *len ? word : NULL;
}

/* --- the form of the full-text index -------------------------------------------- */

static uint64_t hash_of(const char *word, size_t len)
{
	uint64_t h = 0xcbf29ce484222325;	/* FNV-1a */

	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char) word[i]) * 0x100000001b3;
	return h ^ h >> 32;
}

static bool is_ascii(const char *word, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char) word[i] >= 0x80)
			return false;
	return true;
}

/* Which letters the server takes for letters depends on its age; ASCII never
 * does. The _ keeps its stop words away. */
static void add_code(struct str *s, const char *word, size_t len)
{
	if (!is_ascii(word, len)) {
		str_addf(s, "_%010llx", (unsigned long long)
			 (hash_of(word, len) & 0xffffffffff));
		return;
	}
	str_addn(s, word, len);
	do
		str_add(s, "_");
	while (++len < LEAST_CODE);
}

const char *document_code(struct arena *a, const char *word)
{
	struct str s;

	str_init(&s, a, 2 * FOLD_BYTES);
	add_code(&s, word, strlen(word));
	return s.text;
}

/* --- marks ---------------------------------------------------------------------- */

static void set_mark(int64_t marks[DOCUMENT_MARKS], uint64_t place)
{
	enum { BITS = 63 };

	place %= DOCUMENT_MARKS * BITS;
	marks[place / BITS] |= INT64_C(1) << place % BITS;
}

void document_mark(const char *words, int64_t marks[DOCUMENT_MARKS])
{
	const char *word;
	size_t len;

	while ((word = document_next(&words, &len))) {
		uint64_t h = hash_of(word, len);

		set_mark(marks, h & 0x3fffff);
		set_mark(marks, h >> 22 & 0x1fffff);
		set_mark(marks, h >> 43);
	}
}

/* --- the vocabulary --------------------------------------------------------------- */

struct vocabulary {
	struct arena *arena;
	struct term **terms;		/* in the order in which they came */
	struct term **places;		/* by hash; NULL: free */
	size_t n, room;			/* of places: a power of two */
	size_t document;
};

static void make_room(struct vocabulary *v, size_t room)
{
	struct term **terms = arena_alloc(v->arena, room / 2 * sizeof(*terms));

	v->places = arena_alloc(v->arena, room * sizeof(*v->places));
	v->room = room;
	for (size_t i = 0; i < v->n; i++) {
		const char *word = v->terms[i]->word;
		size_t at = hash_of(word, strlen(word)) & (room - 1);

		while (v->places[at])
			at = (at + 1) & (room - 1);
		terms[i] = v->places[at] = v->terms[i];
	}
	v->terms = terms;
}

struct vocabulary *vocabulary_new(struct arena *a)
{
	struct vocabulary *v = NEW(a, struct vocabulary);

	v->arena = a;
	make_room(v, FIRST_ROOM);
	return v;
}

static bool is_word(const struct term *t, const char *word, size_t len)
{
	return !strncmp(t->word, word, len) && !t->word[len];
}

struct term *vocabulary_term(struct vocabulary *v, const char *word, size_t len)
{
	size_t at;

	if (v->n == v->room / 2)
		make_room(v, v->room * 2);
	at = hash_of(word, len) & (v->room - 1);
	while (v->places[at] && !is_word(v->places[at], word, len))
		at = (at + 1) & (v->room - 1);
	if (!v->places[at]) {
		v->places[at] = NEW(v->arena, struct term);
		v->places[at]->word = arena_copy(v->arena, word, len);
		v->terms[v->n++] = v->places[at];
	}
	return v->places[at];
}

struct term *vocabulary_at(const struct vocabulary *v, size_t i)
{
	return i < v->n ? v->terms[i] : NULL;
}

void vocabulary_learn(struct vocabulary *v, const char *words)
{
	const char *word;
	size_t len;

	while ((word = document_next(&words, &len)))
		vocabulary_term(v, word, len);
}

const char *document_rare(struct arena *a, struct vocabulary *v, const char *words)
{
	const char *word;
	struct str s;
	size_t len;

	str_init(&s, a, MOST_WORDS * 2);
	v->document++;
	while ((word = document_next(&words, &len))) {
		struct term *t = vocabulary_term(v, word, len);

		if (t->document == v->document || t->docs >= SEARCH_RARE)
			continue;
		t->document = v->document;
		t->docs++;
		if (s.len)
			str_add(&s, " ");
		add_code(&s, word, len);
	}
	return s.text;
}
