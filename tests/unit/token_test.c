#include "base/arena.h"
#include "base/str.h"
#include "desk/token.h"
#include "port/secret.h"
#include "test.h"

static const char secret[] = "0123456789abcdef0123456789abcdef";
static const char old[] = "fedcba9876543210fedcba9876543210";
static const char head[] = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
static const char good[] = "{\"iat\":1700000000,\"jti\":\"0123456789abcdef01\","
	"\"aud\":\"https://shop.example/help\",\"iss\":\"main\","
	"\"external_id\":\"7\",\"email\":\"Zoe@Example.com\",\"name\":\"Zo\\u00eb <M>\"}";

static const char *made(struct arena *a, const char *header, const char *claims,
			const char *key)
{
	const char *body = arena_printf(a, "%s.%s",
		secret_base64url(a, (struct bytes) { header, strlen(header) }),
		secret_base64url(a, (struct bytes) { claims, strlen(claims) }));

	return arena_printf(a, "%s.%s", body, secret_base64url(a,
		secret_hmac(a, key, strlen(key), body, strlen(body))));
}

static struct err *read_at(struct arena *a, const char *jwt, long now, struct token *t)
{
	return token_read(a, jwt, &(struct token_rules) {
		.shop = "main", .audience = "https://shop.example/help",
		.secret = secret, .secret_old = old, .now = now * SECOND }, t);
}

/* The good claims with one piece exchanged. */
static const char *with(struct arena *a, const char *from, const char *to)
{
	const char *at = strstr(good, from);

	assert_non_null(at);
	return arena_printf(a, "%.*s%s%s", (int) (at - good), good, to, at + strlen(from));
}

TEST(a_good_token_says_who_is_visiting)
{
	struct arena *a = arena_new("test");
	struct token t;

	CHECK_OK(read_at(a, made(a, head, good, secret), 1700000010, &t));
	CHECK_TEXT(t.external_id, "7");
	CHECK_TEXT(t.email, "zoe@example.com");
	CHECK_TEXT(t.name, "Zoë <M>");
	CHECK_OK(read_at(a, made(a, head, good, old), 1700000010, &t));
	CHECK_OK(read_at(a, made(a, "{\"alg\":\"HS256\",\"kid\":\"old\"}", good, old),
			 1700000010, &t));
	arena_free(a);
}

TEST(a_guest_has_no_key_and_sub_is_another_name_for_it)
{
	struct arena *a = arena_new("test");
	struct token t;

	CHECK_OK(read_at(a, made(a, head, with(a, "\"external_id\":\"7\",", ""), secret),
			 1700000000, &t));
	CHECK(!t.external_id);
	CHECK_OK(read_at(a, made(a, head, with(a, "external_id", "sub"), secret),
			 1700000000, &t));
	CHECK_TEXT(t.external_id, "7");
	arena_free(a);
}

TEST(a_customer_with_letters_beyond_ascii_comes_in_too)
{
	struct arena *a = arena_new("test");
	struct token t;

	CHECK_OK(read_at(a, made(a, head, with(a, "Zoe@Example.com", "Jos\\u00e9@b\\u00fccher.example"),
			      secret), 1700000000, &t));
	CHECK_TEXT(t.email, "josé@bücher.example");
	arena_free(a);
}

TEST(a_token_may_tell_of_orders_and_only_what_we_know_is_kept)
{
	static const char orders[] = "\"orders\":[{\"key\":7,\"no\":\"A-7\",\"total\":\"12.50\","
		"\"currency\":\"EUR\",\"evil\":\"<b>\",\"lines\":[{\"name\":\"Mug \\\"blue\\\"\","
		"\"qty\":2,\"price\":1}]},{\"no\":\"without a key\"},{\"key\":\"8\"}],\"iat\"";
	struct arena *a = arena_new("test");
	struct token t;

	CHECK_OK(read_at(a, made(a, head, with(a, "\"iat\"", orders), secret), 1700000000, &t));
	CHECK_TEXT(t.orders, "[{\"key\":\"7\",\"no\":\"A-7\",\"currency\":\"EUR\",\"total\":\"12.50\","
		   "\"lines\":[{\"name\":\"Mug \\\"blue\\\"\",\"qty\":\"2\"}]},"
		   "{\"key\":\"8\",\"lines\":[]}]");
	CHECK_OK(read_at(a, made(a, head, with(a, "\"iat\"", "\"ctx\":[{\"key\":\"9\"}],\"iat\""),
			      secret), 1700000000, &t));
	CHECK_TEXT(t.orders, "[{\"key\":\"9\",\"lines\":[]}]");
	CHECK_OK(read_at(a, made(a, head, with(a, "\"iat\"", "\"orders\":\"none\",\"iat\""),
			      secret), 1700000000, &t));
	CHECK(!t.orders);
	arena_free(a);
}

TEST(a_token_with_anything_wrong_is_refused)
{
	static const struct { const char *from, *to; } cases[] = {
		{ "\"iat\":1700000000", "\"iat\":1699999800" },		/* old */
		{ "\"iat\":1700000000", "\"iat\":1700000100" },		/* from the future */
		{ "\"iat\":1700000000,", "" },
		{ "\"iat\":1700000000", "\"iat\":\"1700000000\"" },
		{ "\"iat\"", "\"exp\":1699999999,\"iat\"" },		/* over */
		{ "\"iat\"", "\"exp\":1700009999,\"iat\"" },		/* too long */
		{ "\"jti\":\"0123456789abcdef01\",", "" },
		{ "0123456789abcdef01", "short" },
		{ "0123456789abcdef01", "0123456789 abcdef01" },
		{ "shop.example/help\"", "shop.example/test\"" },
		{ "shop.example/help\"", "shop.example/help/\"" },
		{ "\"iss\":\"main\"", "\"iss\":\"other\"" },
		{ "\"iss\":\"main\",", "" },
		{ "Zoe@Example.com", "nobody" },
		{ "Zoe@Example.com", "@example.com" }, { "Zoe@Example.com", "zoe@" },
		{ "Zoe@Example.com", "zoe @example.com" }, { "Zoe@Example.com", "<zoe@example.com>" },
		{ "Zoe@Example.com", "a@example.com,b@example.com" },
		{ "\"email\":\"Zoe@Example.com\",", "" },
		{ "\"name\":\"Zo\\u00eb <M>\"", "\"name\":\"\"" },
		{ "\"name\":\"Zo\\u00eb <M>\"", "\"name\":7,\"name\":8" },	/* doubled */
	};
	struct arena *a = arena_new("test");
	struct token t;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *jwt = made(a, head, with(a, cases[i].from, cases[i].to), secret);

		CHECK_ERR(read_at(a, jwt, 1700000000, &t), ERR_BAD_REQUEST);
		CHECK(!t.email);
	}
	arena_free(a);
}

TEST(the_algorithm_is_ours_to_choose)
{
	static const char *const heads[] = {
		"{\"alg\":\"none\"}", "{\"alg\":\"None\"}", "{\"alg\":\"hs256\"}",
		"{\"alg\":\"RS256\",\"typ\":\"JWT\"}", "{\"typ\":\"JWT\"}", "{}", "[]",
		"{\"alg\":\"HS256\",\"typ\":\"JWE\"}", "{\"alg\":\"HS256\",\"kid\":\"other\"}",
		"{\"alg\":\"HS256\",\"kid\":7}", "{\"alg\":\"HS256\",\"crit\":[\"x\"]}",
		"{\"alg\":\"HS256\",\"kid\":\"old\"}",	/* signed with the new one */
	};
	struct arena *a = arena_new("test");
	struct token t;

	for (size_t i = 0; i < sizeof(heads) / sizeof(*heads); i++)
		CHECK_ERR(read_at(a, made(a, heads[i], good, secret), 1700000000, &t),
			  ERR_BAD_REQUEST);
	arena_free(a);
}

TEST(what_is_no_token_is_refused)
{
	struct arena *a = arena_new("test");
	const char *right = made(a, head, good, secret);
	size_t n = strlen(right);
	struct token t;
	char *broken;

	CHECK_ERR(read_at(a, "", 1700000000, &t), ERR_BAD_REQUEST);
	CHECK_ERR(read_at(a, "a.b", 1700000000, &t), ERR_BAD_REQUEST);
	CHECK_ERR(read_at(a, "..", 1700000000, &t), ERR_BAD_REQUEST);
	CHECK_ERR(read_at(a, arena_printf(a, "%s.x", right), 1700000000, &t), ERR_BAD_REQUEST);
	CHECK_ERR(read_at(a, made(a, head, good, "another secret"), 1700000000, &t),
		  ERR_BAD_REQUEST);
	/* No single character may be another one. */
	for (size_t i = 0; i < n - 1; i++) {
		broken = arena_dup(a, right);
		broken[i] = broken[i] == 'A' ? 'B' : 'A';
		CHECK_ERR(read_at(a, broken, 1700000000, &t), ERR_BAD_REQUEST);
	}
	broken = arena_alloc(a, TOKEN_MOST + 10);
	memset(broken, 'a', TOKEN_MOST + 5);
	CHECK_ERR(read_at(a, broken, 1700000000, &t), ERR_BAD_REQUEST);
	arena_free(a);
}
