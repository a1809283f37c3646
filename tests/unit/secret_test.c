#include <time.h>

#include "base/arena.h"
#include "port/secret.h"
#include "test.h"

TEST(a_token_is_new_every_time_and_fits_into_an_address)
{
	struct arena *a = arena_new("test");
	const char *one = secret_token(a, 16), *two = secret_token(a, 16);

	CHECK_INT(strlen(one), 22);
	CHECK_INT(strlen(secret_token(a, 32)), 43);
	CHECK(strcmp(one, two) != 0);
	CHECK(one[strspn(one, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
			 "0123456789-_")] == '\0');
	CHECK_INT(secret_from_base64url(a, one, 22).n, 16);
	arena_free(a);
}

TEST(sha256_and_hmac_give_the_published_answers)
{
	struct arena *a = arena_new("test");
	struct digest *d = secret_digest_new(a);

	CHECK_TEXT(secret_hex(a, secret_sha256(a, "abc", 3)),
		   "ba7816bf8f01cfea414140de5dae2223"
		   "b00361a396177a9cb410ff61f20015ad");
	CHECK_TEXT(secret_hex(a, secret_sha256(a, NULL, 0)),
		   "e3b0c44298fc1c149afbf4c8996fb924"
		   "27ae41e4649b934ca495991b7852b855");
	/* RFC 4231, cases 2 and 6: a short key, and one longer than a block. */
	CHECK_TEXT(secret_hex(a, secret_hmac(a, "Jefe", 4,
			"what do ya want for nothing?", 28)),
		   "5bdcc146bf60754e6a042426089575c7"
		   "5a003f089d2739839dec58b964ec3843");
	CHECK_TEXT(secret_hex(a, secret_hmac(a, memset(arena_alloc(a, 131), 0xaa, 131),
			131, "Test Using Larger Than Block-Size Key - Hash Key First",
			54)),
		   "60e431591ee0b67f0d8a26aacbf5b77f"
		   "8e0bc6213728c5140546040f0ee37f54");
	secret_digest_add(d, "a", 1);
	secret_digest_add(d, NULL, 0);
	secret_digest_add(d, "bc", 2);
	CHECK(secret_equal(secret_digest_end(d, a).at, 32,
			   secret_sha256(a, "abc", 3).at, 32));
	CHECK(secret_equal(secret_digest_end(secret_digest_new(a), a).at, 32,
			   secret_sha256(a, "", 0).at, 32));
	arena_free(a);
}

/* libcrypto and libsodium, at the lengths where blocks begin and end. */
TEST(a_file_has_one_digest_in_whatever_pieces_it_comes)
{
	struct arena *a = arena_new("test");
	unsigned char all[300];

	for (size_t i = 0; i < sizeof(all); i++)
		all[i] = (unsigned char) (i * 31);
	for (size_t n = 0; n <= sizeof(all); n++) {
		struct digest *d = secret_digest_new(a);

		for (size_t at = 0, some; at < n; at += some) {
			some = n - at < n % 7 + 1 ? n - at : n % 7 + 1;
			secret_digest_add(d, all + at, some);
		}
		CHECK(secret_equal(secret_digest_end(d, a).at, 32,
				   secret_sha256(a, all, n).at, 32));
	}
	arena_free(a);
}

TEST(equal_means_the_same_bytes_and_the_same_length)
{
	CHECK(secret_equal("abc", 3, "abc", 3));
	CHECK(secret_equal(NULL, 0, "", 0));
	CHECK(!secret_equal("abc", 3, "abd", 3));
	CHECK(!secret_equal("abc", 3, "abcd", 4));
	CHECK(secret_equal("a\0b", 3, "a\0b", 3));
	CHECK(!secret_equal("a\0b", 3, "a\0c", 3));
}

TEST(bytes_survive_base64url_and_hex)
{
	struct arena *a = arena_new("test");
	unsigned char raw[64];

	for (size_t n = 0; n <= sizeof(raw); n++) {
		const char *b64, *hex;
		struct bytes back;

		for (size_t i = 0; i < n; i++)
			raw[i] = (unsigned char) (i * 37 + n);
		b64 = secret_base64url(a, (struct bytes) { raw, n });
		back = secret_from_base64url(a, b64, strlen(b64));
		CHECK(back.at && secret_equal(back.at, back.n, raw, n));
		hex = secret_hex(a, (struct bytes) { raw, n });
		back = secret_from_hex(a, hex);
		CHECK(back.at && secret_equal(back.at, back.n, raw, n));
	}
	arena_free(a);
}

TEST(what_is_not_base64url_or_hex_is_nothing)
{
	static const char *const no_base64[] = {
		"a", "ab=", "ab==", "a+b/", "ab c", " abc", "abc\n", "ab*d",
		"abcde", "AB",		/* AB has bits behind its one byte */
	};
	static const char *const no_hex[] = { "a", "abc", "0x12", "12 34", "gg", " 12" };
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(no_base64) / sizeof(*no_base64); i++)
		if (secret_from_base64url(a, no_base64[i], strlen(no_base64[i])).at)
			fail_msg("%s was read", no_base64[i]);
	CHECK(!secret_from_base64url(a, "ab\0d", 4).at);
	for (size_t i = 0; i < sizeof(no_hex) / sizeof(*no_hex); i++)
		if (secret_from_hex(a, no_hex[i]).at)
			fail_msg("%s was read", no_hex[i]);
	arena_free(a);
}

TEST(a_password_fits_its_own_hash_only)
{
	struct arena *a = arena_new("test");
	const char *hash = secret_password_hash(a, "correct horse");

	CHECK(strlen(hash) < 128);
	CHECK(!strncmp(hash, "$argon2id$v=19$m=19456,t=2,p=1$", 31));
	CHECK(secret_password_fits(hash, "correct horse"));
	CHECK(!secret_password_fits(hash, "correct horsf"));
	CHECK(!secret_password_fits(hash, ""));
	CHECK(!secret_password_fits("", "correct horse"));
	CHECK(!secret_password_fits("!", "!"));
	CHECK(!secret_password_fits("$argon2id$", "correct horse"));
	CHECK(!secret_password_fits(NULL, "correct horse"));
	CHECK(strcmp(hash, secret_password_hash(a, "correct horse")) != 0);
	arena_free(a);
}

TEST(more_memory_makes_new_hashes_and_leaves_old_ones_valid)
{
	struct arena *a = arena_new("test");
	const char *old = secret_password_hash(a, "correct horse"), *new;

	secret_password_work(24);
	new = secret_password_hash(a, "correct horse");
	secret_password_work(19);
	CHECK(strstr(new, "m=24576,"));
	CHECK(secret_password_fits(new, "correct horse"));
	CHECK(secret_password_fits(old, "correct horse"));
	arena_free(a);
}

TEST(a_password_of_ten_million_bytes_is_refused_in_no_time)
{
	enum { MANY = 10 * 1000 * 1000 };
	struct arena *a = arena_new("test");
	char *huge = memset(arena_alloc(a, MANY + 1), 'x', MANY);

	huge[MANY] = '\0';
	CHECK(!secret_password_fits(secret_password_hash(a, "x"), huge));
	arena_free(a);
}

static double seconds(const char *hash)
{
	struct timespec from, to;
	double best = 1e9;

	for (int i = 0; i < 5; i++) {
		double took;

		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
		CHECK(!secret_password_fits(hash, "wrong"));
		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
		took = (double) (to.tv_sec - from.tv_sec)
			+ (double) (to.tv_nsec - from.tv_nsec) / 1e9;
		best = took < best ? took : best;
	}
	return best;
}

TEST(whether_an_account_exists_cannot_be_told_from_the_time)
{
	struct arena *a = arena_new("test");
	double with = seconds(secret_password_hash(a, "right"));
	double without = seconds(NULL), locked = seconds("!");

	/* The exact measure is a test of its own; this finds a missing hash. */
	CHECK(without > with / 2 && without < with * 2);
	CHECK(locked > with / 2 && locked < with * 2);
	arena_free(a);
}
