/*
 * delivery - rows of as_delivery (sql/35-mail.sql): what became of a letter
 * after the mail host had taken it, as reports tell.
 */
#ifndef STORE_DELIVERY_H
#define STORE_DELIVERY_H

#include "base/err.h"
#include "base/shape.h"
#include "store/actor.h"

struct db;

enum delivery_kind { DELIVERY_FAILED, DELIVERY_DELAYED, DELIVERY_DELIVERED };
extern const char *const delivery_kind_codes[];

struct delivery {
	int64_t id;
	int64_t outbox_id, ticket_id, message_id;	/* 0: about none */
	const char *address;
	enum delivery_kind kind;
	const char *status, *diagnostic;
	int64_t as_mail_id;		/* the report; 0: the host's own answer */
	const char *at;
};
extern const struct shape delivery_shape;

enum { DELIVERIES_MOST = 20 };		/* of one letter: a host says two or three */

/* *again: this report said the same of this letter before, or as much was
 * said of it as any host would; nothing is added. */
struct err *store_delivery_add(struct db *db, int shop, const struct delivery *d,
			       bool *again) MUST_CHECK;

/*
 * What is known of the letters about a ticket to people outside: the last
 * word on each letter, and those the mail host refused itself (as_mail_id 0),
 * oldest first; at most 120. And one row without a letter (outbox_id 0) when
 * `address` is undeliverable or delayed now. Agents and the system alone.
 */
struct err *store_delivery_of_ticket(struct db *db, const struct actor *who,
				     int64_t ticket_id, const char *address,
				     struct rows *out) MUST_CHECK;

#endif
