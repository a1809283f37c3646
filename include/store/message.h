/*
 * message - rows of as_message (sql/30-ticket.sql): what was said.
 *
 * Customers never receive notes: their literals name the kinds they may see.
 */
#ifndef STORE_MESSAGE_H
#define STORE_MESSAGE_H

#include "base/err.h"
#include "base/shape.h"
#include "store/actor.h"
#include "store/keyset.h"

struct db;
struct sql;

enum message_kind { MESSAGE_CUSTOMER, MESSAGE_REPLY, MESSAGE_NOTE, MESSAGE_SYSTEM };
extern const char *const message_kind_codes[];
enum author_kind { AUTHOR_CUSTOMER, AUTHOR_AGENT, AUTHOR_SYSTEM, AUTHOR_ADDRESS };
extern const char *const author_kind_codes[];

struct message {
	int64_t id, ticket_id;
	enum message_kind kind;
	enum author_kind author_kind;
	int64_t author_id;
	const char *author_name, *source;
	int64_t type_id, status_id, priority_id;
	const char *body;
	int files;
	const char *mail_id;
	const char *created_at;
	/* of its ticket, where messages of several are shown */
	const char *number, *subject, *order_no, *order_key;
	const char *customer_name;
};
extern const struct shape message_shape;

enum { MESSAGES_SHOWN = 200 };		/* the newest, on one page of a ticket */

/* Oldest first; the newest MESSAGES_SHOWN before `before` (0: the end). */
struct err *store_message_list(struct db *db, const struct actor *who,
			       int64_t ticket_id, int64_t before,
			       struct rows *out) MUST_CHECK;
/* Of the tickets that ticket_newest_of_order() finds, in the same way. */
struct err *store_message_list_of_order(struct db *db, const struct actor *who,
					const char *order_key,
					struct rows *out) MUST_CHECK;
/* " AND …": as_message m without what a customer may never receive, a note or
 * its files; and besides of their tickets, as_ticket t, alone. */
void message_only_visible(struct sql *q, const struct actor *who);
void message_only_theirs(struct sql *q, const struct actor *who);
/* The messages behind `after`, for the send guard and for polls; at most 20. */
struct err *store_message_since(struct db *db, const struct actor *who,
				int64_t ticket_id, int64_t after,
				struct rows *out) MUST_CHECK;

/* All postings: everything of everybody, for agents. Whose right ends at their
 * own tickets gets those among the first MESSAGES_EXAMINED rows: see db_cut(). */
enum { MESSAGES_EXAMINED = 20000 };
struct posting_filter {
	const char *from, *until;	/* UTC, until is exclusive; NULL: open */
	int64_t type_id, priority_id;	/* 0: any */
	const int64_t *statuses;	/* any of them; n 0: all */
	size_t n_statuses;		/* at most one kind of value is asked for */
};
struct err *store_message_postings(struct db *db, const struct actor *who,
				   const struct posting_filter *f,
				   const struct keyset *k, struct rows *out) MUST_CHECK;

/* What the store last said to the customer; NULL: nothing yet. */
struct err *store_message_last_reply(struct db *db, int64_t ticket_id,
				     const char **words) MUST_CHECK;

/* Sets m->id. */
struct err *store_message_add(struct db *db, const struct actor *who,
			      struct message *m) MUST_CHECK;

/* A message that moved nothing is the customers' side's after all: what it
 * does to its ticket is done now. */
struct err *store_message_set_public(struct db *db, int64_t ticket_id, int64_t id,
				     bool restart_wait) MUST_CHECK;
/* Another message is made of the same mail. */
struct err *store_message_drop_mail_id(struct db *db, int64_t id) MUST_CHECK;

/* How many files it really has. */
struct err *store_message_set_files(struct db *db, const struct message *m,
				    int64_t n) MUST_CHECK;

#endif
