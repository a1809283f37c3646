/*
 * ticket_list - tickets by the dozen: lists, neighbours, counts.
 *
 * Everything here reads a few rows of one range of an index, whatever the
 * table holds (sql/30-ticket.sql names them, tests/plan counts). What one
 * ticket holds is store/ticket.h.
 */
#ifndef STORE_TICKET_LIST_H
#define STORE_TICKET_LIST_H

#include "store/keyset.h"
#include "store/ticket.h"

/* For lists: with the last words that were said. */
struct ticket_row {
	int64_t id;
	const char *number, *subject, *summary;
	int64_t type_id, status_id, priority_id, owner_id, customer_id;
	const char *customer_name;
	const char *order_key, *order_no;
	const char *created_at, *updated_at, *waiting_since;
	const char *last_words;		/* 200 characters of the last message the actor may see */
	int last_files, messages;
	int64_t last_public_id, customer_seen_id;
};
extern const struct shape ticket_row_shape;

/*
 * Which tickets, in which order. What is asked for decides which index gives
 * them in that order (sql/30-ticket.sql): those by type and by priority begin
 * with a turn where the order is by wait, and with at most one status where
 * it is by update. A customer's and an order's are by id, whatever `order`
 * says: newest first, not what was changed last. What no index holds is read
 * past, row by row, and after TICKETS_EXAMINED of them the answer is what was
 * found until then: see db_cut().
 */
enum ticket_order { TICKETS_BY_UPDATE, TICKETS_BY_WAIT };
struct ticket_filter {
	bool of_turn;
	enum turn turn;			/* of_turn alone */
	bool open, closed;		/* one of them: only those */
	const int64_t *statuses;	/* any of them; n 0: all */
	size_t n_statuses;
	int64_t type_id, priority_id;	/* 0: any */
	int64_t owner_id;		/* 0: any, -1: nobody's */
	int64_t customer_id;		/* 0: any */
	const char *order_key;		/* NULL: any */
	enum ticket_order order;
};
enum {
	TICKET_STATUSES = 24,		/* at most, in one filter */
	TICKETS_EXAMINED = 20000	/* rows, of one list */
};

/* limit rows at most, behind the cursor, in the direction of the keyset. */
struct err *store_ticket_list(struct db *db, const struct actor *who,
			      const struct ticket_filter *f,
			      const struct keyset *k, struct rows *out) MUST_CHECK;

/* The same, but id and, unless it is by id, updated_at alone: for long walks. */
struct err *store_ticket_walk(struct db *db, const struct actor *who,
			      const struct ticket_filter *f,
			      const struct keyset *k, struct rows *out) MUST_CHECK;
/* These tickets (a JSON array of at most 100 ids), in no order. */
struct err *store_ticket_of_ids(struct db *db, const struct actor *who,
				const char *ids, struct rows *out) MUST_CHECK;

/* At most one in front of the ticket and one behind it, in that order, among
 * those of a turn by wait; it need not be one of them. Rows have id, number,
 * waiting_since. */
struct err *store_ticket_around(struct db *db, const struct actor *who,
				enum turn turn, const struct ticket *t,
				struct rows *out) MUST_CHECK;
/* Others of the ticket's customer, open ones first, each newest first; rows
 * without the last words. */
struct err *store_ticket_earlier(struct db *db, const struct actor *who,
				 const struct ticket *t, int limit,
				 struct rows *out) MUST_CHECK;

/* The newest three tickets of up to KEYS orders of one customer, for the history. */
enum { TICKET_KEYS = 10 };
struct err *store_ticket_of_orders(struct db *db, const struct actor *who,
				   const char *const *keys, size_t n,
				   struct rows *out) MUST_CHECK;

/* The customer's tickets, open and closed ones counted to TICKET_TALLY at most;
 * those with an answer they have not seen among the newest ten. */
enum { TICKET_TALLY = 10 };
struct ticket_tally {
	int64_t open, closed, unseen;
};
struct err *store_ticket_tally(struct db *db, const struct actor *who,
			       struct ticket_tally *out) MUST_CHECK;
/* Among the customer's newest 500: these words in the subject, or this number
 * of a ticket or order; at most 25, newest first. */
struct err *store_ticket_search_own(struct db *db, const struct actor *who,
				    const char *words, struct rows *out) MUST_CHECK;

#endif
