/*
 * fold - the words of a text, as the search compares them.
 *
 *	struct fold f;
 *	struct fold_word w;
 *
 *	fold_begin(&f, text, strlen(text));
 *	while (fold_next(&f, &w))
 *		... w.text, and where it stands in the text
 *
 * A word is a run of letters and digits, in compatibility decomposition, case
 * folded and without marks: "Straße", "STRASSE" and "strasse" are one word,
 * and so are "Łucja" and "lucja". Everything else parts words: "AB-1" is two,
 * an address several. Words above FOLD_MOST characters are cut there.
 *
 * Writing without blanks between words (Han, kana, Hangul, Thai and its
 * neighbours) yields each two characters that follow one another, and the
 * last one alone (`tail`), so that every character begins some word.
 *
 * Any bytes will do; what is not UTF-8 parts words. Linear in the text's
 * length, nothing is allocated.
 */
#ifndef PORT_FOLD_H
#define PORT_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FOLD_MOST = 40, FOLD_BYTES = FOLD_MOST * 4 + 1 };

struct fold_word {
	char text[FOLD_BYTES];		/* lower case letters and digits; ends with NUL */
	size_t len;			/* bytes */
	size_t from, to;		/* bytes of the original: [from, to) */
	bool pair;			/* of writing without blanks */
	bool tail;			/* its last character alone */
};

/* A folded character and where it came from. */
struct fold_unit {
	int32_t code;			/* 0: parts words; -1: a mark, belongs to the one before */
	size_t from, to;
	bool dense;			/* of writing without blanks */
};

struct fold {
	const char *text;
	size_t n, at;
	struct fold_unit queue[24];	/* one character may become many */
	size_t head, queued;
};

/* The text has to outlive the iterator. */
void fold_begin(struct fold *f, const char *text, size_t n);
bool fold_next(struct fold *f, struct fold_word *out);

#endif
