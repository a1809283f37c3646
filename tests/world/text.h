/*
 * text - what people write, in seven languages.
 *
 * A message is a greeting, some sentences and a farewell; the sentences have
 * gaps (%t a part of a machine, %p a product, ...) that text.c fills. Common
 * ones are much more common than others, and each type of ticket has
 * favourites of its own. Three kinds of rare words are strewn in:
 *
 *	names	100,000 that no dictionary knows, the first ones common
 *	lots	text_lot(): ten tickets in a row may name it, about five do
 *	serials	text_serial(): one ticket's alone, in its first message and
 *		some of the later ones
 */
#ifndef WORLD_TEXT_H
#define WORLD_TEXT_H

#include "base/str.h"
#include "world.h"

enum tongue { ENGLISH, GERMAN, FRENCH, SPANISH, JAPANESE, ARABIC, CHINESE,
	      TONGUES };

/* All lists end with NULL. */
struct words {
	const char *code;		/* "de" */
	const char *const *greetings, *const *farewells;
	const char *const *subjects;
	const char *const *asks;	/* a customer's sentences */
	const char *const *answers;	/* an agent's */
	const char *const *notes;	/* among agents */
	const char *const *parts, *const *states, *const *days;
};
extern const struct words *const tongues[TONGUES];
extern const struct words words_en, words_de, words_fr, words_es, words_ja,
			  words_ar, words_zh;

enum { BODY_MOST = 16384, SUBJECT_MOST = 200, NAME_MOST = 24, NAMES = 100000 };

/* Into a text of that size; the length. */
size_t text_body(const struct world *w, const struct act *a, char *out);
size_t text_subject(const struct world *w, uint32_t ticket, char *out);

/* "Karolin": the i-th of NAMES. "lot7km2xq", "sn4f8h2k1". */
void text_name(uint32_t i, char out[NAME_MOST]);
void text_lot(uint32_t ticket, char out[NAME_MOST]);
void text_serial(uint32_t ticket, char out[NAME_MOST]);

#endif
