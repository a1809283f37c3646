/*
 * search_parts - what the files of desk/search share.
 *
 *	search.c	the question, and which way to its tickets
 *	search_words.c	what its words can be looked up by (a room of its own)
 *	search_along.c	the ways: documents, the bits of words, tickets
 *	search_round.c	what a round has brought, and which of it passes
 *	search_show.c	the page with the hits in context
 */
#ifndef DESK_SEARCH_PARTS_H
#define DESK_SEARCH_PARTS_H

#include "desk/desk.h"
#include "desk/search.h"
#include "desk/search_words.h"
#include "store/search.h"

enum { SEARCH_JSON = 1 << 20 };		/* a list of ids at most */

struct run {
	struct desk *d;
	const struct actor *who;
	struct query q;
	struct ticket_filter filter;	/* of a walk along an index */
	int64_t ids[TICKET_STATUSES];
	struct driver driver;		/* of a walk along documents */
	struct search_hit hits[SEARCH_PAGE + 1];
	size_t n;
	int64_t doc;			/* the cursor; 0: none */
	const char *at;			/* or this and id; NULL: none */
	int64_t id;
	int64_t mark;			/* or the ticket behind; 0: none */
	bool named;			/* a number or name found them: they need no look */
	struct search *out;
};

/* "" is the first page; ERR_BAD_REQUEST: none of ours. */
struct err *search_read_cursor(struct run *r, const char *text) MUST_CHECK;
/* The one wanted term of a field, NULL when there is none or there are more. */
const struct search_term *search_single(const struct query *q,
					enum search_field f);

/* The ways. A page is full, or *r->out tells where it goes on. */
struct err *search_along_documents(struct run *r) MUST_CHECK;
/* Words that are all everywhere, together in few tickets: those that have not
 * the bits of all are passed over. */
struct err *search_along_marks(struct run *r, struct search_marks *m) MUST_CHECK;
/* named: the field whose terms name tickets; SEARCH_FIELDS: an index. */
struct err *search_along_tickets(struct run *r, enum search_field named) MUST_CHECK;

/* Those that pass, in the order in which they came, until the page is full. */
struct err *search_keep_good(struct run *r, const struct rows *round) MUST_CHECK;
/* JSON: [ticket, …]. */
const char *search_ids_of(struct run *r, const struct search_hit *h, size_t n);
/* [[ticket, message], …]; NULL: there is no message among them. */
const char *search_messages_of(struct run *r, const struct search_hit *h,
			       size_t n);

struct err *search_show(struct run *r) MUST_CHECK;

#endif
