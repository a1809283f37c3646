/*
 * token - the signed token by which a shop says who is visiting.
 *
 * A JWT (RFC 7519) with HS256 and nothing else, checked before its payload is
 * looked at; claims, ages and limits as in our contract with shops
 * (doc/shops.md). A token can only ever make a customer. Single use is kept
 * by the caller (store/guard), in the transaction that begins the session.
 */
#ifndef DESK_TOKEN_H
#define DESK_TOKEN_H

#include "base/clock.h"
#include "base/err.h"

struct arena;

struct token_rules {
	const char *shop;		/* what iss must be */
	const char *audience;		/* what aud must be: our base address */
	const char *secret;		/* kid "current", or no kid */
	const char *secret_old;		/* kid "old", or no kid; NULL: none */
	instant now;
};

struct token {
	const char *id;			/* jti */
	const char *external_id;	/* NULL: a guest */
	const char *email;		/* lower case */
	const char *name;
	const char *phone, *locale;	/* NULL: not told */
	const char *order_key, *order_no;
	const char *orders;		/* JSON, checked and cut to size; NULL: not told */
};

/* What a token may tell of orders, where the shop has no views for us:
 * [{"key", "no", "placed_at", "status", "currency", "total",
 *   "lines": [{"name", "sku", "qty"}]}], all texts. */
enum { TOKEN_ORDERS = 10, TOKEN_LINES = 20 };

enum { TOKEN_MOST = 8192 };		/* bytes */

/* ERR_BAD_REQUEST with the reason for the log; `*out` is then empty. */
struct err *token_read(struct arena *a, const char *jwt,
		       const struct token_rules *rules,
		       struct token *out) MUST_CHECK;

#endif
