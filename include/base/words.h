/*
 * words - what we say to people, in their language.
 *
 * GNU gettext with the English text as the key; catalogues are po/<lang>.po,
 * installed as <locale>/<lang>/LC_MESSAGES/aftersale.mo. The locale is C.UTF-8
 * plus LANGUAGE, so no installed locale is needed and the language may
 * change with every request. Placeholders are {1}, {2}, {3}.
 */
#ifndef BASE_WORDS_H
#define BASE_WORDS_H

struct arena;

/* Once per process. */
void words_open(const char *folder);

/* From now on speak this language ("de"); "en" is the text itself. */
void words_use(const char *lang);
/* The one in use, for who speaks another for a moment. */
const char *words_language(void);

/* The plain text in the language in use; extracted by xgettext. */
#define _(text)			words_get(text)
/* Marks a text in a table; it is looked up where it is shown. */
#define N_(text)		(text)
const char *words_get(const char *text) __attribute__((format_arg(1)));
/* With a context that tells two equal English words apart. */
const char *words_in(const char *context, const char *text);
/* Singular or plural by n; {1} is n in the reader's digits. The two are plain
 * literals: marked by N_() they would reach the catalogue as two words. */
const char *words_many(struct arena *a, const char *one, const char *many, long n);
/* {1}, {2}, {3} replaced; NULL arguments are not used. */
const char *words_say(struct arena *a, const char *text, const char *one,
		      const char *two, const char *three);

#endif
