/*
 * search - which tickets answer a question: as_search and its sisters
 * (sql/60-search.sql), as desk/search.h asks them; store/index.h writes them.
 *
 * A search goes in rounds. A round takes candidates, newest first, from the
 * narrowest source there is: documents with a word, tickets that are named
 * outright, or an index of as_ticket. Then store_search_pass() tells which of
 * them meet all terms. Both are bounded by the numbers below, whatever was
 * asked; no value of a person is ever a pattern.
 */
#ifndef STORE_SEARCH_H
#define STORE_SEARCH_H

#include "base/err.h"
#include "base/shape.h"
#include "store/actor.h"
#include "store/search_term.h"
#include "store/keyset.h"
#include "store/ticket.h"

struct db;

/* How many documents have each of these words; those that any has. */
enum { SEARCH_WORDS = 600 };
struct search_word {
	const char *word;
	int64_t docs;
};
extern const struct shape search_word_shape;
struct err *store_search_words(struct db *db, const char *words,
			       struct rows *out) MUST_CHECK;
/* Words that begin so: at most SEARCH_BEGINNINGS and one more. */
enum { SEARCH_BEGINNINGS = 50 };
struct err *store_search_beginnings(struct db *db, const char *begin,
				    struct rows *out) MUST_CHECK;

/* The number of the newest document. */
struct err *store_search_newest(struct db *db, int64_t *out) MUST_CHECK;

/* A candidate. */
struct search_hit {
	int64_t doc;			/* 0: found by the ticket */
	int64_t ticket_id, message_id;	/* message_id 0: by subject or customer */
	const char *updated_at;		/* found by the ticket */
	bool said;			/* the document has the words indeed */
};
extern const struct shape search_hit_shape;

/* Documents of one term with numbers in [from, before), newest first. With
 * codes (of desk/document.h) from the full-text index; NULL: by reading them
 * one by one. Tickets of the customers (a JSON array of ids; NULL: nobody has
 * that name) and what numbers and addresses give are among them. */
struct search_documents {
	const struct search_term *term;
	const char *codes, *customers;
	int64_t from, before;
	int limit;
};
struct err *store_search_documents(struct db *db, const struct actor *who,
				   const struct search_documents *d,
				   struct rows *out) MUST_CHECK;

/* Tickets [from, before) that have all these bits (of desk/document.h), the
 * newest first. */
enum { SEARCH_MARKS = 24 };
struct search_marks {
	int64_t bits[SEARCH_MARKS];
	int64_t from, before;
	int limit;
};
struct err *store_search_marked(struct db *db, const struct actor *who,
				const struct search_marks *m,
				struct rows *out) MUST_CHECK;
/* The newest of them. */
struct err *store_search_last(struct db *db, int64_t *out) MUST_CHECK;

/* Tickets that terms of one field (NUMBER, ORDER, SKU, FROM; TEXT with a value:
 * order, SKU or address) name, behind the keyset, newest change first; of the
 * newest SEARCH_NAMED alone, and of SEARCH_CUSTOMERS customers. */
enum { SEARCH_NAMED = 2000, SEARCH_CUSTOMERS = 200 };
struct err *store_search_named(struct db *db, const struct actor *who,
			       const struct search_term *terms, size_t n,
			       enum search_field field, const struct keyset *k,
			       struct rows *out) MUST_CHECK;

/* Customers whose address begins so: at most two. */
struct search_customer {
	int64_t id;
};
extern const struct shape search_customer_shape;
struct err *store_search_customers(struct db *db, int shop, const char *begin,
				   struct rows *out) MUST_CHECK;
/* Customers with a word in their name that begins so: SEARCH_CUSTOMERS, and
 * one more when there are. */
struct err *store_search_names(struct db *db, int shop, const char *begin,
			       struct rows *out) MUST_CHECK;

/* In how many of the 500 newest documents each of n terms stands. */
struct err *store_search_sample(struct db *db, const struct search_term *const *terms,
				size_t n, int64_t *docs) MUST_CHECK;

/* Those of the tickets (a JSON array of ids) that meet all terms; with a term
 * and a document, without those that a newer document of it has brought. */
struct err *store_search_pass(struct db *db, const struct actor *who,
			      const char *tickets, const struct search_term *terms,
			      size_t n, const struct search_term *shown,
			      int64_t shown_from, struct rows *out) MUST_CHECK;

/* Where a term stands in these tickets: the newest message of each. */
struct err *store_search_places(struct db *db, const char *tickets,
				const struct search_term *term,
				struct rows *out) MUST_CHECK;

/* The words of these messages: JSON, [[ticket, message], …]; rows of struct
 * message. */
struct err *store_search_bodies(struct db *db, const char *messages,
				struct rows *out) MUST_CHECK;

#endif
