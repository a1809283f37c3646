/*
 * search - the panel's search: from a question to tickets with the hit in
 * context. The language is desk/query.h's, the rows are store/search.h's.
 *
 * What drives a search is the narrowest thing it names: a number, an order, a
 * SKU or a customer; else the rarest of its words; else an index of tickets.
 * Found by a word, tickets come in the order of their newest document that
 * has it; by several words that are all everywhere, newest ticket first; found
 * otherwise, newest change first. A page is SEARCH_PAGE tickets.
 *
 * It never looks at more than the numbers here say, and tells when it stopped
 * for that reason; `after` goes on from there. A word is found a few seconds
 * after it was written.
 */
#ifndef DESK_SEARCH_H
#define DESK_SEARCH_H

#include "base/locale.h"
#include "desk/excerpt.h"
#include "desk/query.h"
#include "store/ticket_list.h"

struct desk;

enum {
	SEARCH_PAGE = 25,
	SEARCH_SCAN = 20000,		/* documents read one by one, for words that are everywhere */
	SEARCH_CHECKED = 2000,		/* documents with a word whose tickets are looked at */
	SEARCH_MARKED = 4000,		/* tickets, for several such words: about as many documents */
	SEARCH_WALKED = 10000,		/* tickets of an index */
};

struct found {
	const struct ticket_row *ticket;
	const char *message_at;		/* when the message was written; NULL: no message */
	int64_t message_id;
	bool note;			/* the message is one */
	struct excerpt words, subject;
};

/* The latest of what is looked at. */
enum search_order { SEARCH_CHANGES, SEARCH_OPENED, SEARCH_TICKETS, SEARCH_MESSAGES };

struct search {
	struct query_error wrong;	/* .text NULL: it was understood */
	const char *straight;		/* the number of the one ticket that was meant; else NULL */
	struct found *found;
	size_t n;
	const char *after;		/* cursor of older results; NULL: there are none */
	long looked_at;			/* it stopped after so many; 0: it did not */
	enum search_order order;	/* and those were */
	long customers;			/* of a name that more have, so many; 0: all */
};

/* after: a cursor, "" for the first page. One that is none of ours is
 * ERR_BAD_REQUEST; one of another kind of search shows the first page. */
struct err *search_find(struct desk *d, const struct actor *who,
			const struct reader *reader, const char *text,
			const char *after, struct search *out) MUST_CHECK;

#endif
