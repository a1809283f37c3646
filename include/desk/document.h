/*
 * document - how a text becomes a row of as_search.
 *
 * A message is one document, and a ticket's subject and summary together are
 * another (message_id 0, document_subject()). A row has two columns of words:
 *
 *	words	" handle broken again ": every folded word (port/fold.h) in the
 *		order of the text, a blank at both ends, so that a word is
 *		" w ", the beginning of one " w" and a phrase " w1 w2 ".
 *	rare	"handle_ _8a3f0c71e2": for the full-text index, each word once
 *		and only if it stood in fewer than SEARCH_RARE documents
 *		before this one, in the form of document_code().
 *
 * as_word counts the documents of each word, up to SEARCH_RARE and never
 * down. So a word below the limit is in `rare` of all documents that have it,
 * and no word is asked from the full-text index whose list is longer.
 *
 * Whoever writes rows himself (a loader of many) keeps one vocabulary for all:
 *
 *	words = document_words(a, text);
 *	rare = document_rare(a, vocabulary, words);
 *	... rows of as_search, by rising FTS_DOC_ID, older documents first
 *	at the end: as_word from vocabulary_at(), docs as they are,
 *	as_customer_word: the distinct words of document_words(a, name), and
 *	as_search_ticket: document_mark() of all words of a ticket and that name
 */
#ifndef DESK_DOCUMENT_H
#define DESK_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum { SEARCH_RARE = 5000 };

/* At most 20,000 characters of the text: more, nobody may write. */
const char *document_words(struct arena *a, const char *text);
const char *document_subject(struct arena *a, const char *subject,
			     const char *summary);

/* A word as it stands in `rare`: letters, digits and _ alone, at least three
 * of them. Words beyond ASCII are digests; two may share one, so whoever asks
 * for a code looks into `words` as well. */
const char *document_code(struct arena *a, const char *word);

/* Three of 1,512 bits for each word of " a b ", 63 in a number: who has not the
 * bits of a word has not the word. A ticket of a hundred words has a fifth of
 * them all, so one in 125 seems to have a word that it has not. */
enum { DOCUMENT_MARKS = 24 };
void document_mark(const char *words, int64_t marks[DOCUMENT_MARKS]);

/* Words and their counts. */
struct term {
	const char *word;
	int64_t docs;			/* documents that have it, at most SEARCH_RARE */
	int64_t before;			/* what docs was when it was last said: the owner's */
	size_t document;		/* the last one that had it */
};
struct vocabulary;
struct vocabulary *vocabulary_new(struct arena *a);
/* The word's term, made with 0 documents if it is new. It stays where it is. */
struct term *vocabulary_term(struct vocabulary *v, const char *word, size_t len);
/* All of them, in the order in which they came; NULL behind the last. */
struct term *vocabulary_at(const struct vocabulary *v, size_t i);
/* Every word of " a b " into it. */
void vocabulary_learn(struct vocabulary *v, const char *words);

/* `rare` of a document, whose words are counted by this. */
const char *document_rare(struct arena *a, struct vocabulary *v, const char *words);

/* The next word of " a b ", from *at on; NULL: there is none. */
const char *document_next(const char **at, size_t *len);

#endif
