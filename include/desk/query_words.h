/*
 * query_words - the values of the search's language: words as the index has
 * them, names that resemble what was typed, days and lengths of time.
 */
#ifndef DESK_QUERY_WORDS_H
#define DESK_QUERY_WORDS_H

#include <stdbool.h>

#include "base/clock.h"
#include "store/search_term.h"

struct arena;

/* words, n_words and pattern of the term; `prefix` stays, and is set for the
 * one character of a writing without blanks. `name` is taken away from what
 * is no name. */
void query_words(struct arena *a, const char *text, struct search_term *t);

/* Has the word so many characters, or is it of a writing without blanks? */
bool query_may_begin(const char *word, int characters);

/* Bytes of the quotation mark that stands here: " “ ” „; 0: none does. */
size_t query_quote(const char *at);

/* Is it the name or the code? Does one of the name's words begin so? */
enum query_likeness { QUERY_OTHER, QUERY_BEGINS, QUERY_SAME };
enum query_likeness query_like(struct arena *a, const char *typed,
			       const char *name, const char *code);

/* "2026", "2026-03", "2026-03-05", "a..b", "a..", "..b", ">a", "<a": from and
 * until, in the zone. False: it is none of these. */
bool query_days(struct arena *a, const char *zone, const char *text,
		struct search_term *t);
/* ">2d", "<4h", "30m", "1w" before now: since when. */
bool query_ago(struct arena *a, instant now, const char *text,
	       struct search_term *t);

#endif
