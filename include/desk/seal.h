/*
 * seal - addresses and Message-IDs that only we can have made.
 *
 * A reply address names a ticket and for whom it was made; a return path
 * names the letter it was on (VERP); a Message-ID and a mark in the words
 * name a ticket. Each carries 130 bits of an HMAC-SHA256 in base32, bound to
 * its purpose, and is compared in constant time. Local parts are lower case,
 * since hosts on the way may not keep the case.
 *
 *	help+r42.c7.mfrggzdfmztwq2lknnwg23tpob@shop.example
 *	help+b901.mfrggzdfmztwq2lknnwg23tpob@shop.example
 *	<t42.VGhlIHJhbmRvbSBwYXJ0ISE.mfrggzdfmztwq2lknnwg23tpob@shop.example>
 *	[t42.mfrggzdfmztwq2lknnwg23tpob]
 */
#ifndef DESK_SEAL_H
#define DESK_SEAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/shape.h"

struct arena;

/* The installation's secret "mail", kept by the catalogue: catalog_seal().
 * Without a key there are no addresses, and nothing read is ours. */
struct seal {
	struct bytes key;
};

enum seal_reader { SEAL_CUSTOMER, SEAL_AGENT, SEAL_ADDRESS };

struct seal_reply {
	int64_t ticket_id;
	enum seal_reader reader;
	int64_t reader_id;		/* of the customer or agent; 0: an address alone */
};

/* NULL when there is no key, `base` is no address, or its local part leaves no
 * room (64 bytes). */
const char *seal_reply_address(struct arena *a, const struct seal *s,
			       const char *base, const struct seal_reply *r);
const char *seal_return_path(struct arena *a, const struct seal *s,
			     const char *base, int64_t outbox_id);
/* `random` is a token of port/secret.h. */
const char *seal_message_id(struct arena *a, const struct seal *s,
			    const char *domain, int64_t ticket_id,
			    const char *random);
const char *seal_mark(struct arena *a, const struct seal *s, int64_t ticket_id);

/* False: not ours, of another purpose, or not whole. */
bool seal_read_reply(struct arena *a, const struct seal *s,
		     const char *address, struct seal_reply *out);
bool seal_read_return_path(struct arena *a, const struct seal *s,
			   const char *address, int64_t *outbox_id);
bool seal_read_message_id(struct arena *a, const struct seal *s,
			  const char *id, int64_t *ticket_id);
/* The first mark in the words. */
bool seal_read_mark(struct arena *a, const struct seal *s,
		    const char *words, int64_t *ticket_id);

#endif
