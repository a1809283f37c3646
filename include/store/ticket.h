/*
 * ticket - rows of as_ticket and as_ticket_line (sql/30-ticket.sql).
 *
 * This room only reads and writes. What may happen to a ticket, and who is
 * told about it, is decided upstairs in desk/ticket.h. Reading takes the
 * actor: a customer's statement holds customer_id, so a foreign ticket is
 * simply not there. Times are "YYYY-MM-DD hh:mm:ss.ffffff" in UTC.
 */
#ifndef STORE_TICKET_H
#define STORE_TICKET_H

#include "base/err.h"
#include "base/shape.h"
#include "store/actor.h"
#include "store/turn.h"

struct db;
struct sql;

enum ticket_source { TICKET_FROM_SHOP, TICKET_FROM_PANEL, TICKET_FROM_MAIL,
		     TICKET_FROM_API };

struct ticket {
	int64_t id;
	const char *number;		/* unique in the shop, no secret */
	int64_t customer_id;
	const char *subject, *summary;
	int64_t type_id, status_id, priority_id;
	int64_t owner_id;		/* 0: nobody has it */
	enum ticket_source source;
	const char *lang;
	const char *opened_by_name;
	bool opened_by_customer;
	const char *order_key, *order_no;	/* NULL: not about an order */
	const char *order_placed_at, *order_status, *order_group;
	const char *order_currency, *order_total;
	int version;
	int messages;
	int64_t last_message_id;
	int64_t last_public_id;		/* the newest a customer may see */
	int64_t customer_seen_id;
	const char *created_at, *updated_at, *waiting_since;
	const char *first_reply_at, *last_customer_at, *last_agent_at, *closed_at;
	/* of as_customer */
	const char *customer_name, *customer_email, *customer_phone;
	const char *customer_lang, *customer_zone, *customer_external_id;
	/* Is something beside it, or was there? Who adds the first marks the ticket. */
	bool has_people;		/* as_participant */
	bool has_related;		/* as_relation, either side */
	bool has_undelivered;		/* a letter of it, or the customer's address:
					 * store_ticket_find_beside() alone tells */
};
extern const struct shape ticket_shape;

/* A line of the order, as it was when the ticket was opened. */
struct ticket_line {
	int64_t line_no;
	const char *line_key, *name, *sku, *detail, *qty, *unit_price;
	bool chosen;
};
extern const struct shape ticket_line_shape;
enum { TICKET_LINES = 50 };		/* at most, per ticket */

/* ERR_NOT_FOUND when there is none, or when it is not the actor's. */
struct err *store_ticket_find(struct db *db, const struct actor *who,
			      const char *number, struct ticket *out) MUST_CHECK;
struct err *store_ticket_find_beside(struct db *db, const struct actor *who,
				     const char *number,
				     struct ticket *out) MUST_CHECK;
struct err *store_ticket_find_id(struct db *db, const struct actor *who,
				 int64_t id, struct ticket *out) MUST_CHECK;
/* The same row, locked until the transaction ends. */
struct err *store_ticket_lock(struct db *db, const struct actor *who,
			      int64_t id, struct ticket *out) MUST_CHECK;
struct err *store_ticket_lock_number(struct db *db, const struct actor *who,
				     const char *number,
				     struct ticket *out) MUST_CHECK;
/* Of the same row id, number, order_key and last_message_id alone, and nothing
 * of its customer. */
struct err *store_ticket_brief(struct db *db, const struct actor *who,
			       const char *number, struct ticket *out) MUST_CHECK;

/* Open ones of customers with this address, not older than three days, newest
 * first, at most 10: for a letter that names none. */
struct err *store_ticket_lately(struct db *db, int shop, const char *email,
				struct rows *out) MUST_CHECK;

/* " AND …": whose rows of as_ticket t, for statements of other rooms. */
void ticket_only_theirs(struct sql *q, const struct actor *who);
/* "(SELECT …) AS t": theirs about one order, the newest TICKETS_OF_ORDER; of
 * each id, number, subject, order_no and order_key. */
enum { TICKETS_OF_ORDER = 25 };
void ticket_newest_of_order(struct sql *q, const struct actor *who,
			    const char *order_key);

/* At most TICKET_LINES, in the order's order. */
struct err *store_ticket_lines(struct db *db, int64_t ticket_id,
			       struct rows *out) MUST_CHECK;
struct err *store_ticket_add_lines(struct db *db, int64_t ticket_id,
				   const struct ticket_line *lines,
				   size_t n) MUST_CHECK;

/* What a message does to its ticket; the message is already written. Every
 * change of a ticket moves it in a dozen indexes: so all of it is one. */
struct ticket_progress {
	int64_t message_id;
	const char *words;		/* kept to 200 characters */
	int files;
	bool by_customer, by_agent;	/* neither: a note */
	bool silent;			/* a customer may see it, and it asks for nothing */
	bool restart_wait;		/* waiting_since = now */
	int64_t status_id;		/* what it becomes; 0: stays */
	enum turn turn;			/* of that */
};
struct err *store_ticket_progress(struct db *db, int64_t ticket_id,
				  const struct ticket_progress *p) MUST_CHECK;

/* Writes a new row with what its first message does to it; sets id and number.
 * The message is written afterwards, and store_ticket_begun() names it. */
struct err *store_ticket_add(struct db *db, const struct actor *who,
			     struct ticket *t,
			     const struct ticket_progress *first) MUST_CHECK;
struct err *store_ticket_begun(struct db *db, int64_t ticket_id,
			       const struct ticket_progress *first) MUST_CHECK;

/* The one writer of status and priority: the ticket's and its messages'. */
struct err *store_ticket_set_status(struct db *db, int64_t id, int64_t status_id,
				    enum turn turn) MUST_CHECK;
struct err *store_ticket_set_priority(struct db *db, int64_t id,
				      int64_t priority_id) MUST_CHECK;

/* Edits of the agent: ERR_CONFLICT when the row is past `version`. */
struct ticket_edit {
	const char *subject;
	int64_t type_id, owner_id;	/* owner 0: nobody */
};
struct err *store_ticket_edit(struct db *db, int64_t id, int version,
			      const struct ticket_edit *e) MUST_CHECK;
/* The order's facts of t, NULL order_key: none. Same conflict. */
struct err *store_ticket_set_order(struct db *db, const struct ticket *t) MUST_CHECK;
struct err *store_ticket_drop_lines(struct db *db, int64_t id) MUST_CHECK;

/* The customer has read up to this message. */
struct err *store_ticket_set_seen(struct db *db, const struct actor *who,
				  int64_t id, int64_t message_id) MUST_CHECK;

#endif
