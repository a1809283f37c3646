#include <libintl.h>
#include <locale.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/locale.h"
#include "base/log.h"
#include "base/str.h"
#include "base/words.h"

/* Ours is the name of the catalogue, and there is only this one. */
#define DOMAIN	"aftersale"

enum {
	MOST = 1 << 20,			/* bytes of a text with its values */
	BOOKS = 4,			/* languages in use */
	BOOK = 2048,			/* texts of one; there are 900 */
	STEPS = 8,			/* places to look for one */
};

/* Raised by one it tells glibc that LANGUAGE is another one now. Without it
 * the translations found so far would be given out for ever. */
extern int _nl_msg_cat_cntr;

static char language[16] = "en";

/*
 * What gettext has said in a language. It takes 1,500 instructions to find a
 * text again, and a page has a hundred. What no longer finds a place is asked
 * each time.
 */
struct book {
	char language[sizeof(language)];
	struct {
		char *text;		/* NULL: an empty place */
		const char *said;	/* NULL: the text itself */
	} known[BOOK];
};
static struct book books[BOOKS], *book;	/* NULL: the text itself */

static void close_books(void)
{
	for (struct book *b = books; b < books + BOOKS; b++)
		for (size_t i = 0; i < BOOK; i++)
			free(b->known[i].text);
	memset(books, 0, sizeof(books));
	book = NULL;
}

/* NULL for English, and for one language too many. */
static struct book *book_of(const char *lang)
{
	if (!strcmp(lang, "en"))
		return NULL;
	for (struct book *b = books; b < books + BOOKS; b++) {
		if (!*b->language)
			snprintf(b->language, sizeof(b->language), "%s", lang);
		if (!strcmp(b->language, lang))
			return b;
	}
	return NULL;
}

void words_open(const char *folder)
{
	close_books();
	book = book_of(language);
	if (!setlocale(LC_CTYPE, "C.UTF-8") || !setlocale(LC_MESSAGES, "C.UTF-8"))
		log_line("no locale C.UTF-8: everything will be in English");
	bindtextdomain(DOMAIN, folder);
	bind_textdomain_codeset(DOMAIN, "UTF-8");
	textdomain(DOMAIN);
	setenv("LANGUAGE", language, 1);
	_nl_msg_cat_cntr++;
}

/* The language becomes part of a path: "de", "pt_BR", nothing else. */
static bool is_language(const char *lang)
{
	size_t n = strspn(lang, "abcdefghijklmnopqrstuvwxyz");

	if (n < 2 || n > 3)
		return false;
	if (lang[n] == '_')
		return strspn(lang + n + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 2 &&
		       !lang[n + 3];
	return !lang[n];
}

void words_use(const char *lang)
{
	if (!lang || !is_language(lang))
		lang = "en";
	if (!strcmp(lang, language))
		return;
	snprintf(language, sizeof(language), "%s", lang);
	setenv("LANGUAGE", language, 1);
	_nl_msg_cat_cntr++;
	book = book_of(language);
}

const char *words_language(void)
{
	return language;
}

static size_t place_of(const char *text)
{
	uint32_t hash = 2166136261u;	/* FNV-1a */

	for (; *text; text++)
		hash = (hash ^ (unsigned char) *text) * 16777619u;
	return hash % BOOK;
}

static const char *look_up(const char *text)
{
	const char *said = dgettext(DOMAIN, text);

	return said == text ? NULL : said;
}

static const char *said_in_book(const char *text)
{
	size_t at = place_of(text);

	for (int step = 0; step < STEPS; step++, at = (at + 1) % BOOK) {
		if (!book->known[at].text) {
			book->known[at].text = strdup(text);
			book->known[at].said = look_up(text);
			return book->known[at].said;
		}
		if (!strcmp(book->known[at].text, text))
			return book->known[at].said;
	}
	return look_up(text);
}

const char *words_get(const char *text)
{
	const char *said;

	/* The translation of nothing is the head of the catalogue. */
	if (!*text || !strcmp(language, "en"))
		return text;
	said = book ? said_in_book(text) : look_up(text);
	return said ? said : text;
}

const char *words_in(const char *context, const char *text)
{
	char key[512];
	const char *found;
	int n = snprintf(key, sizeof(key), "%s\004%s", context, text);

	if (n < 0 || (size_t) n >= sizeof(key))
		return text;
	found = dgettext(DOMAIN, key);
	return found == key ? text : found;
}

const char *words_many(struct arena *a, const char *one, const char *many, long n)
{
	const struct reader reader = { .lang = language };
	unsigned long size = n < 0 ? 0ul - (unsigned long) n : (unsigned long) n;

	return words_say(a, dngettext(DOMAIN, one, many, size),
			 locale_number(a, &reader, n), NULL, NULL);
}

/* The value for "{1}", "{2}" or "{3}" at p; NULL: it is something else. */
static const char *value_at(const char *p, const char *const values[3])
{
	if (p[0] != '{' || p[1] < '1' || p[1] > '3' || p[2] != '}')
		return NULL;
	return values[p[1] - '1'];
}

const char *words_say(struct arena *a, const char *text, const char *one,
		      const char *two, const char *three)
{
	const char *const values[3] = { one, two, three };
	struct str s;

	str_init(&s, a, MOST);
	while (*text) {
		const char *value = value_at(text, values);
		size_t plain = 1 + strcspn(text + 1, "{");

		if (value)
			str_add(&s, value);
		else
			str_addn(&s, text, plain);
		text += value ? 3 : plain;
	}
	return s.text;
}
