/*
 * index - rows of as_search, as_search_ticket, as_word, as_customer_word and
 * as_search_mark
 * (sql/60-search.sql), as the courier writes them; store/search.h asks them.
 *
 * What is to be written is decided in desk/indexing.h.
 */
#ifndef STORE_INDEX_H
#define STORE_INDEX_H

#include <stdbool.h>

#include "base/err.h"
#include "base/shape.h"

struct db;

/* A place among the tickets by (updated_at, id). */
struct index_mark {
	const char *updated_at;
	int64_t ticket_id;
};

/* The mark, made at the beginning of time if there is none: in front of the
 * transaction. */
struct err *store_index_begin(struct db *db, int shop) MUST_CHECK;
/* Locked for this transaction. *held: false when another courier has it. */
struct err *store_index_lock(struct db *db, int shop, struct index_mark *out,
			     bool *held) MUST_CHECK;
/* Moves it, but never closer than a minute to now: what was changed in the
 * last minute may be committed still, so it is looked at again. */
struct err *store_index_move(struct db *db, int shop,
			     const struct index_mark *to) MUST_CHECK;

/* Tickets behind the mark, at most INDEX_TICKETS, and what is known of them. */
enum { INDEX_TICKETS = 100 };
struct index_ticket {
	int64_t id, customer_id;
	const char *updated_at, *subject, *summary, *customer_name;
	const char *words;		/* of subject and summary; NULL: no row yet */
};
extern const struct shape index_ticket_shape;
struct err *store_index_tickets(struct db *db, int shop,
				const struct index_mark *after,
				struct rows *out) MUST_CHECK;

/* Those of their messages that have no row, at most INDEX_MESSAGES, in the
 * order of `tickets`: a JSON array of ids. */
enum { INDEX_MESSAGES = 250 };
struct index_message {
	int64_t id, ticket_id;
	const char *body;
};
extern const struct shape index_message_shape;
struct err *store_index_messages(struct db *db, const char *tickets,
				 struct rows *out) MUST_CHECK;

/* How often words (a JSON array of texts) are known: those that are. */
enum { INDEX_WORDS = 2000 };
struct index_word {
	const char *word;
	int64_t docs;
};
extern const struct shape index_word_shape;
struct err *store_index_words(struct db *db, const char *words,
			      struct rows *out) MUST_CHECK;
/* [["word", 7], …]: so many documents more; never above `most`. */
struct err *store_index_count(struct db *db, const char *words, int most) MUST_CHECK;

/* Rows of as_search, at most INDEX_ROWS. */
enum { INDEX_ROWS = 20 };
struct index_row {
	int64_t ticket_id, message_id;
	const char *words, *rare;
};
struct err *store_index_add(struct db *db, int shop, const struct index_row *rows,
			    size_t n) MUST_CHECK;
/* Bits that tickets gain; those they have stay. At most INDEX_MARKED rows. */
enum { INDEX_MARKED = 9, INDEX_MARKS = 24 };
struct index_marks {
	int64_t ticket_id;
	int64_t w[INDEX_MARKS];
};
struct err *store_index_mark(struct db *db, int shop, const struct index_marks *rows,
			     size_t n) MUST_CHECK;

/* The subject's row, before it is written anew. */
struct err *store_index_drop(struct db *db, int64_t ticket_id) MUST_CHECK;

/* Words of customers (a JSON array of ids), at most INDEX_NAMES. */
enum { INDEX_NAMES = 10000 };
struct index_name {
	int64_t customer_id;
	const char *word;
};
extern const struct shape index_name_shape;
struct err *store_index_names(struct db *db, const char *customers,
			      struct rows *out) MUST_CHECK;
struct err *store_index_add_name(struct db *db, int shop, int64_t customer_id,
				 const char *word) MUST_CHECK;
struct err *store_index_drop_name(struct db *db, int shop, int64_t customer_id,
				  const char *word) MUST_CHECK;

/* Everything goes, to be filled again. No transaction: it commits by itself. */
struct err *store_index_empty(struct db *db) MUST_CHECK;

/* How old the oldest change behind the mark is, in seconds; 0: none is. */
struct err *store_index_age(struct db *db, int shop, int64_t *out) MUST_CHECK;

#endif
