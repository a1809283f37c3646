#include <string.h>

#include <sodium.h>

#include "base/arena.h"
#include "port/secret.h"

enum {
	PASSES = 2,
	LONGEST = 1024		/* bytes of a password; forms allow 256 */
};

static size_t password_memory = 19 << 20;

/* Picks the fastest routines of this processor and opens the random source. */
static void ready(void)
{
	if (sodium_init() < 0) {
		fputs("libsodium does not start: no random numbers\n", stderr);
		abort();
	}
}

/* sodium wants no NULL, and nothing is nothing wherever it lies. */
static const void *at_least_something(const void *at)
{
	return at ? at : "";
}

const char *secret_token(struct arena *a, size_t n)
{
	unsigned char *random = arena_alloc(a, n);
	const char *text;

	ready();
	randombytes_buf(random, n);
	text = secret_base64url(a, (struct bytes) { random, n });
	sodium_memzero(random, n);
	return text;
}

struct bytes secret_sha256(struct arena *a, const void *at, size_t n)
{
	unsigned char *hash = arena_alloc(a, SECRET_HASH);

	ready();
	crypto_hash_sha256(hash, at_least_something(at), n);
	return (struct bytes) { hash, SECRET_HASH };
}

struct bytes secret_of_token(struct arena *a, const char *token)
{
	return secret_sha256(a, token, strlen(token));
}

struct bytes secret_hmac(struct arena *a, const char *key, size_t key_len,
			 const void *at, size_t n)
{
	unsigned char *mac = arena_alloc(a, SECRET_HASH);
	crypto_auth_hmacsha256_state state;

	ready();
	crypto_auth_hmacsha256_init(&state, at_least_something(key), key_len);
	crypto_auth_hmacsha256_update(&state, at_least_something(at), n);
	crypto_auth_hmacsha256_final(&state, mac);
	return (struct bytes) { mac, SECRET_HASH };
}

bool secret_equal(const void *a, size_t a_len, const void *b, size_t b_len)
{
	if (a_len != b_len)
		return false;
	return !a_len || sodium_memcmp(a, b, a_len) == 0;
}

const char *secret_base64url(struct arena *a, struct bytes b)
{
	const int form = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
	size_t room = sodium_base64_ENCODED_LEN(b.n, form);
	char *text = arena_alloc(a, room);

	return sodium_bin2base64(text, room, at_least_something(b.at), b.n, form);
}

struct bytes secret_from_base64url(struct arena *a, const char *text, size_t len)
{
	const int form = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
	size_t room = len / 4 * 3 + 3;
	unsigned char *raw = arena_alloc(a, room);
	size_t n;

	if (sodium_base642bin(raw, room, text, len, NULL, &n, NULL, form) != 0)
		return (struct bytes) { NULL, 0 };
	return (struct bytes) { raw, n };
}

const char *secret_hex(struct arena *a, struct bytes b)
{
	size_t room = b.n * 2 + 1;

	return sodium_bin2hex(arena_alloc(a, room), room,
			      at_least_something(b.at), b.n);
}

struct bytes secret_from_hex(struct arena *a, const char *text)
{
	size_t len = strlen(text), room = len / 2 + 1, n;
	unsigned char *raw = arena_alloc(a, room);

	if (sodium_hex2bin(raw, room, text, len, NULL, &n, NULL) != 0)
		return (struct bytes) { NULL, 0 };
	return (struct bytes) { raw, n };
}

void secret_password_work(int mib)
{
	password_memory = (size_t) mib << 20;
}

const char *secret_password_hash(struct arena *a, const char *password)
{
	char *hash = arena_alloc(a, crypto_pwhash_STRBYTES);

	ready();
	if (crypto_pwhash_str_alg(hash, password, strlen(password), PASSES,
				  password_memory, crypto_pwhash_ALG_ARGON2ID13)) {
		/* As in the arena: without memory there is no way on. */
		fputs("out of memory for a password\n", stderr);
		exit(EXIT_FAILURE);
	}
	return hash;
}

/* What a visitor without an account, or with a locked one, waits for. */
static void work_for_nothing(const char *password, size_t len)
{
	static const unsigned char salt[crypto_pwhash_SALTBYTES];
	unsigned char unused[32];

	if (crypto_pwhash(unused, sizeof(unused), password, len, salt, PASSES,
			  password_memory, crypto_pwhash_ALG_ARGON2ID13))
		fputs("out of memory for a password\n", stderr);
	sodium_memzero(unused, sizeof(unused));
}

bool secret_password_fits(const char *hash, const char *password)
{
	size_t len = strnlen(password, LONGEST + 1);

	ready();
	if (!hash || strncmp(hash, "$argon2id$", 10) != 0 || len > LONGEST) {
		work_for_nothing(password, len);
		return false;
	}
	return crypto_pwhash_str_verify(hash, password, len) == 0;
}
