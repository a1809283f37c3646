/*
 * secret - random tokens, hashes, MACs and passwords, on libsodium.
 *
 * The only module that includes <sodium.h>. Tokens are 128 or 256 random
 * bits as base64url text without padding; the database keeps their SHA-256.
 */
#ifndef PORT_SECRET_H
#define PORT_SECRET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/shape.h"

struct arena;

enum { SECRET_HASH = 32 };		/* bytes of a SHA-256 or a MAC */

/* n random bytes as base64url text; n = 16 makes 22 characters. */
const char *secret_token(struct arena *a, size_t n);

/* Raw digests, 32 bytes in the arena. */
struct bytes secret_sha256(struct arena *a, const void *at, size_t n);
/* Of a token or cookie: what the database keeps instead of it. */
struct bytes secret_of_token(struct arena *a, const char *token);
struct bytes secret_hmac(struct arena *a, const char *key, size_t key_len,
			 const void *at, size_t n);

/* SHA-256 over a stream, for files. */
struct digest;
struct digest *secret_digest_new(struct arena *a);
void secret_digest_add(struct digest *d, const void *at, size_t n);
struct bytes secret_digest_end(struct digest *d, struct arena *a);

/* Constant time; false when the lengths differ. */
bool secret_equal(const void *a, size_t a_len, const void *b, size_t b_len);

const char *secret_base64url(struct arena *a, struct bytes b);
/* at == NULL when it is not base64url. */
struct bytes secret_from_base64url(struct arena *a, const char *text, size_t len);
const char *secret_hex(struct arena *a, struct bytes b);
struct bytes secret_from_hex(struct arena *a, const char *text);

/* Argon2id, 19 MiB and two passes (16 ms here); text of at most 128 bytes. */
const char *secret_password_hash(struct arena *a, const char *password);
/* The memory of new hashes in MiB, once per process: [security] password_mib. */
void secret_password_work(int mib);
/* With hash == NULL the same work is done for nothing, and the answer is
 * false: whether an account exists cannot be told from the time. The same
 * goes for a hash that is not ours, as "!" of a locked account. */
bool secret_password_fits(const char *hash, const char *password);

/*
 * A secret that has to be read again, as the password of a mailbox: sealed
 * with a key that lies in a file, so that a copy of the database does not
 * give it away.
 */
enum { SECRET_KEY = 32 };

/* The key in this file; with `make` it is made when there is none (0600), and
 * of two who make it at once both get the same. ERR_NOT_FOUND, ERR_UPSTREAM
 * (it cannot be read or made), ERR_FULL. */
struct err *secret_key_file(struct arena *a, const char *path, bool make,
			    struct bytes *key) MUST_CHECK;
struct bytes secret_seal(struct arena *a, struct bytes key, const char *text);
/* NULL: sealed with another key, or changed on the way. */
const char *secret_unseal(struct arena *a, struct bytes key, struct bytes sealed);

#endif
