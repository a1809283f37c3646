/* token - any bytes as what only we or the shop can have made: a shop's token
 * (as it is, and rightly signed), our reply addresses, return paths,
 * Message-IDs and marks. seeds: fuzz/seeds/token */
#include "fuzz.h"

#include "base/address.h"
#include "base/utf8.h"
#include "desk/seal.h"
#include "desk/token.h"
#include "port/secret.h"

static const struct token_rules rules = {
	.shop = "main", .audience = "https://shop.example/help",
	.secret = "a secret that only the shop knows",
	.now = 1772701500 * SECOND,
};

/* The input as payload of a token with a good signature. */
static const char *signed_token(struct arena *a, const char *at, size_t n)
{
	const char *head = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";
	const char *body = arena_join(a, head, ".",
		secret_base64url(a, (struct bytes) { at, n }));

	return arena_join(a, body, ".", secret_base64url(a,
		secret_hmac(a, rules.secret, strlen(rules.secret), body, strlen(body))));
}

static void read_token(struct arena *a, const char *jwt)
{
	struct token t;

	if (token_read(a, jwt, &rules, &t))
		return;
	HOLD(t.id && t.email && utf8_valid(t.email, strlen(t.email)));
	HOLD(!t.name || utf8_valid(t.name, strlen(t.name)));
}

static void fuzz_one(struct arena *a, const char *at, size_t n)
{
	static const unsigned char key[32] = { 1, 2, 3 };
	const struct seal seal = { { key, sizeof(key) } };
	const char *text = arena_copy(a, at, n);
	struct seal_reply reply;
	int64_t id;

	read_token(a, text);
	if (n)
		read_token(a, signed_token(a, at, n));
	(void) seal_read_reply(a, &seal, text, &reply);
	(void) seal_read_return_path(a, &seal, text, &id);
	(void) seal_read_message_id(a, &seal, text, &id);
	(void) seal_read_mark(a, &seal, text, &id);
	/* Ours is ours, whatever stands around it. */
	if (utf8_valid(text, strlen(text))) {
		HOLD(seal_read_mark(a, &seal, arena_join(a, "Hello ",
			seal_mark(a, &seal, 42), " ", text), &id));
		HOLD(id == 42);
	}
}
