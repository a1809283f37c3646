/*
 * mine - a customer's own requests, as lists.
 */
#ifndef DESK_MINE_H
#define DESK_MINE_H

#include "desk/ticket.h"
#include "store/ticket_list.h"

struct desk;

/* How many are open and closed, and news not yet seen: one statement. */
struct err *mine_count(struct desk *d, const struct actor *who,
		       struct ticket_tally *out) MUST_CHECK;

/* Open or closed ones, newest first; rows of struct ticket_row. */
struct err *mine_list(struct desk *d, const struct actor *who, bool closed,
		      const struct keyset *k, struct rows *out) MUST_CHECK;
/* By words of the subject or a number; at most 25. */
struct err *mine_search(struct desk *d, const struct actor *who,
			const char *words, struct rows *out) MUST_CHECK;
/* The newest three of each of up to ten orders. */
struct err *mine_of_orders(struct desk *d, const struct actor *who,
			   const struct rows *orders, struct rows *out) MUST_CHECK;

/* Everything about one order: its newest TICKETS_OF_ORDER tickets, newest
 * first, and of those the newest messages with their files; at most 4
 * statements. */
struct order_board {
	struct rows tickets;		/* struct ticket_row */
	struct rows messages;		/* struct message, oldest first; 201 at most */
	struct rows files;		/* struct upload */
	struct rows mails;		/* struct message_mail */
	bool more;			/* older tickets are left out */
};
struct err *mine_board(struct desk *d, const struct actor *who,
		       const char *order_key, struct order_board *out) MUST_CHECK;

#endif
