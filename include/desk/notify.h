/*
 * notify - which letters a message causes, written in its transaction.
 *
 * The store is told of every message of a customer, the customer of every
 * answer (never of a note), and with them everybody who takes part, each in a
 * letter of their own. Letters that nobody asked for are not written to an
 * address that is undeliverable or to be left in peace. A letter freezes its facts: when the ticket was
 * opened and by whom, its order, last update, status and priority are those
 * of the moment it was written (requirements PC-54 to PC-61).
 */
#ifndef DESK_NOTIFY_H
#define DESK_NOTIFY_H

#include "base/err.h"

struct actor;
struct desk;
struct message;
struct ticket;
struct writing;

/*
 * How a customer hears that a new ticket is there. Muted: an address that
 * proved nothing gets a number and a link, and not one word of what was
 * written in its name.
 */
enum receipt { RECEIPT_FULL, RECEIPT_MUTE, RECEIPT_NONE };

/* A new ticket: to the store when a customer opened it (with a receipt to
 * them), to the customer when the store did (muted: the receipt instead). */
struct err *notify_opened(struct desk *d, const struct actor *who,
			  const struct ticket *t, const struct message *m,
			  enum receipt receipt) MUST_CHECK;

/* A message in an old one: to the other side, of which `w` may choose some.
 * Notes: nobody, but those of strangers: the store. */
struct err *notify_written(struct desk *d, const struct actor *who,
			   const struct ticket *t, const struct message *m,
			   const struct writing *w) MUST_CHECK;

/* The domain of our Message-IDs: the owner's sender's, else our own host. */
const char *notify_domain(const struct desk *d);

#endif
