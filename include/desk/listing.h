/*
 * listing - pages of the two long lists: tickets, and everybody's postings.
 *
 * A page begins behind a row or ends in front of one, never at a number. The
 * row stands in the address as a cursor, "2.20260305T120000.123456.817":
 * value, instant and id. Sorted by an instant, a page is one statement.
 * Sorted by type, status or priority it walks the owner's order, one
 * statement for each value it crosses, since the rows of one value are in
 * order in an index and those of several are not.
 *
 * A cursor of another sort, or of a value that is gone, shows the first page;
 * one behind the end the last. What is no cursor at all is ERR_BAD_REQUEST.
 */
#ifndef DESK_LISTING_H
#define DESK_LISTING_H

#include "base/err.h"
#include "base/shape.h"
#include "store/message.h"
#include "store/ticket_list.h"

struct arena;
struct desk;

enum listing_sort { LISTING_BY_DATE, LISTING_BY_TYPE, LISTING_BY_STATUS,
		    LISTING_BY_PRIORITY };

struct listing {
	enum listing_sort sort;
	bool last_first;		/* the owner's order from its end */
	bool oldest_first;		/* the instants, of one value or of all */
	int limit;			/* rows on a page */
	const char *after, *before;	/* cursors; "": none. `after` wins */
};

struct listing_page {
	struct rows rows;
	const char *after, *before;	/* for the pages around this one; NULL: none */
	bool cut;			/* rows may be missing: too many were read past */
};

/* Rows are struct ticket_row. Statuses of the filter are real ones: give
 * catalog_counting_as() where people chose a shown one. */
struct err *listing_tickets(struct desk *d, const struct actor *who,
			    const struct ticket_filter *f,
			    const struct listing *l,
			    struct listing_page *out) MUST_CHECK;

/* Rows are struct message, with their tickets'. */
struct err *listing_postings(struct desk *d, const struct actor *who,
			     const struct posting_filter *f,
			     const struct listing *l,
			     struct listing_page *out) MUST_CHECK;

/* The instant at which a day ("2026-03-05") of the zone begins, so many days
 * later; NULL when it is no day. A range has `until` one day after its last. */
const char *listing_day(struct arena *a, const char *day, int later,
			const char *zone);

#endif
