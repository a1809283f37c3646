#include "base/arena.h"
#include "port/json.h"
#include "test.h"

static struct json *parsed(struct arena *a, const char *text)
{
	struct json *v = NULL;

	CHECK_OK(json_parse(a, text, strlen(text), 32, &v));
	CHECK(v);
	return v;
}

TEST(json_values_are_found_by_name_and_place)
{
	struct arena *a = arena_new("test");
	struct json *o = parsed(a, "{\"name\":\"J\\u00f6rg \\\"x\\\"\",\"n\":[7,-8,12.50,"
				"true,null,\"12.50\"],\"\":{}}");
	struct json *n = json_member(o, "n");
	int64_t number = 0;

	CHECK_TEXT(json_text(json_member(o, "name")), "Jörg \"x\"");
	CHECK(json_number(json_element(n, 0), &number) && number == 7);
	CHECK(json_number(json_element(n, 1), &number) && number == -8);
	CHECK(!json_number(json_element(n, 2), &number) && number == -8);
	CHECK_TEXT(json_scalar(a, json_element(n, 0)), "7");
	CHECK_TEXT(json_scalar(a, json_element(n, 2)), "12.5");
	CHECK_TEXT(json_scalar(a, json_element(n, 5)), "12.50");
	CHECK(!json_scalar(a, json_element(n, 3)));
	CHECK(!json_scalar(a, json_element(n, 4)));
	CHECK(!json_text(json_element(n, 0)));
	CHECK(json_member(o, ""));
	arena_free(a);
}

TEST(what_is_not_there_can_be_asked_further)
{
	struct arena *a = arena_new("test");
	struct json *o = parsed(a, "{\"a\":[1]}");
	int64_t number;

	CHECK(!json_member(o, "b"));
	CHECK(!json_member(json_member(o, "b"), "c"));
	CHECK(!json_member(json_member(o, "a"), "c"));
	CHECK(!json_element(o, 0));
	CHECK(!json_element(json_member(o, "a"), 1));
	CHECK(!json_element(NULL, 0));
	CHECK(!json_text(NULL));
	CHECK(!json_number(NULL, &number));
	CHECK(!json_scalar(a, NULL));
	arena_free(a);
}

TEST(json_that_means_harm_is_refused_with_a_reason)
{
#define CASE(text) { text, sizeof(text) - 1 }
	static const struct { const char *text; size_t n; } cases[] = {
		CASE(""), CASE(" "), CASE("{"), CASE("[1,]"), CASE("{} {}"),
		CASE("{}x"), CASE("\"text\""), CASE("12"), CASE("null"),
		CASE("{\"a\":1,\"a\":2}"),		/* doubled key */
		CASE("{\"a\":1,\"\\u0061\":2}"),	/* the same in disguise */
		CASE("{\"x\":{\"a\":1,\"a\":1}}"),
		CASE("[\"a\0b\"]"), CASE("[\"a\\u0000b\"]"), CASE("{\"a\\u0000\":1}"),
		CASE("[1]\0"), CASE("\0[1]"),
		CASE("[9223372036854775808]"),
		CASE("[-9223372036854775809]"),
		CASE("[1e400]"), CASE("[-1e400]"), CASE("[01]"), CASE("[+1]"),
		CASE("[.5]"), CASE("[0x10]"), CASE("[NaN]"), CASE("[Infinity]"),
		CASE("[\"\xff\"]"), CASE("[\"\xc0\xaf\"]"),	/* overlong */
		CASE("[\"\xed\xa0\x80\"]"),			/* surrogate */
		CASE("[\"\\ud800\"]"), CASE("[\"\\udc00\\ud800\"]"),
		CASE("[\"\xf4\x90\x80\x80\"]"), CASE("[\"\xe2\x82\"]"),
		CASE("\xef\xbb\xbf[]"),
		CASE("['a']"), CASE("[\"a\nb\"]"), CASE("{a:1}"), CASE("/**/[]"),
		CASE("]]]][[[["), CASE("[\"\\"),
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct json *v = NULL;
		struct err *e = json_parse(a, cases[i].text, cases[i].n, 32, &v);

		if (!e)
			fail_msg("case %zu was read: %s", i, cases[i].text);
		CHECK_INT(e->kind, ERR_BAD_REQUEST);
		CHECK(*e->text);
	}
	arena_free(a);
}

static const char *nest(struct arena *a, const char *open, const char *close,
			size_t times)
{
	size_t o = strlen(open), c = strlen(close);
	char *text = arena_alloc(a, (o + c) * times + 1);

	for (size_t i = 0; i < times; i++) {
		memcpy(text + i * o, open, o);
		memcpy(text + times * o + i * c, close, c);
	}
	return text;
}

TEST(nesting_is_counted_before_anything_descends)
{
	struct arena *a = arena_new("test");
	struct json *v;
	const char *bomb;

	parsed(a, nest(a, "[", "]", 32));
	bomb = nest(a, "[", "]", 33);
	CHECK_ERR(json_parse(a, bomb, strlen(bomb), 32, &v), ERR_BAD_REQUEST);
	bomb = nest(a, "[", "]", 500000);
	CHECK_ERR(json_parse(a, bomb, strlen(bomb), 32, &v), ERR_BAD_REQUEST);
	bomb = nest(a, "{\"a\":[", "]}", 100000);
	CHECK_ERR(json_parse(a, bomb, strlen(bomb), 32, &v), ERR_BAD_REQUEST);
	bomb = nest(a, "[", "", 500000);
	CHECK_ERR(json_parse(a, bomb, strlen(bomb), 32, &v), ERR_BAD_REQUEST);
	/* Brackets inside a text are text, also behind an escaped quote. */
	parsed(a, "[\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\"]");
	parsed(a, "[\"\\\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\"]");
	bomb = "[\"\\\\\",[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[";
	CHECK_ERR(json_parse(a, bomb, strlen(bomb), 32, &v), ERR_BAD_REQUEST);
	arena_free(a);
}

TEST(one_mebibyte_of_json_is_read_and_one_byte_more_is_not)
{
	enum { MOST = 1 << 20 };
	struct arena *a = arena_new("test");
	char *text = memset(arena_alloc(a, MOST + 2), ' ', MOST + 1);
	struct json *v;

	text[0] = '[';
	text[MOST - 1] = ']';
	CHECK_OK(json_parse(a, text, MOST, 32, &v));
	text[MOST - 1] = ' ';
	text[MOST] = ']';
	CHECK_ERR(json_parse(a, text, MOST + 1, 32, &v), ERR_BAD_REQUEST);
	arena_free(a);
}

TEST(the_greatest_numbers_are_read_exactly)
{
	struct arena *a = arena_new("test");
	struct json *v = parsed(a, "[9223372036854775807,-9223372036854775808,1e300]");
	int64_t n;

	CHECK(json_number(json_element(v, 0), &n) && n == INT64_MAX);
	CHECK(json_number(json_element(v, 1), &n) && n == INT64_MIN);
	CHECK_TEXT(json_scalar(a, json_element(v, 1)), "-9223372036854775808");
	CHECK_TEXT(json_scalar(a, json_element(v, 2)), "1e+300");
	arena_free(a);
}
