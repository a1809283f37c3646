/*
 * message_mail - rows of as_message_mail (sql/35-mail.sql): what a message
 * that came by mail has beside its words.
 *
 * Read with its message and ticket: whoever may not read the message does not
 * get this either, and no customer gets anything of a note.
 */
#ifndef STORE_MESSAGE_MAIL_H
#define STORE_MESSAGE_MAIL_H

#include "base/err.h"
#include "base/shape.h"
#include "store/actor.h"
#include "store/message.h"

struct db;

struct message_mail {
	int64_t message_id, as_mail_id;
	const char *html;		/* as port/html_clean.h made it; NULL: plain text */
	const char *folded;		/* NULL: nothing was folded */
	int pictures;			/* that the HTML wants from elsewhere */
	bool automatic, from_outside;
	/* lists: in place of html and of all of folded */
	bool has_html, more_folded;
	/* store_message_mail_find(): of its message */
	enum message_kind kind;
	int64_t ticket_id;
	const char *body;
};
extern const struct shape message_mail_shape;

enum { FOLDED_SHOWN = 4000 };		/* characters of it in a list */

/* Did one of these struct message come by mail? Else there is nothing to read. */
bool messages_by_mail(const struct rows *messages);

/* In the transaction that writes the message. */
struct err *store_message_mail_add(struct db *db, const struct actor *who,
				   const struct message_mail *m) MUST_CHECK;

/* An agent has read it and decided. ERR_CONFLICT: it was no note from outside,
 * or somebody was faster. */
struct err *store_message_mail_set_inside(struct db *db, const struct actor *who,
					  int64_t message_id) MUST_CHECK;

/* Of the messages first..last of a ticket, or about an order, by message; at
 * most MESSAGES_SHOWN. Without html, and of folded the beginning. */
struct err *store_message_mail_list(struct db *db, const struct actor *who,
				    int64_t ticket_id, int64_t first, int64_t last,
				    struct rows *out) MUST_CHECK;
struct err *store_message_mail_list_of_order(struct db *db, const struct actor *who,
					     const char *order_key, int64_t first,
					     int64_t last, struct rows *out) MUST_CHECK;

/* One, whole. ERR_NOT_FOUND: none, or not theirs to read. */
struct err *store_message_mail_find(struct db *db, const struct actor *who,
				    int64_t message_id,
				    struct message_mail *out) MUST_CHECK;

#endif
