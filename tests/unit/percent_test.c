#include "base/arena.h"
#include "base/percent.h"
#include "test.h"

TEST(percent_signs_are_decoded_once_and_lone_ones_stay)
{
	static const struct { const char *text; bool form; const char *want; } cases[] = {
		{ "", false, "" }, { "a+b", true, "a b" }, { "a+b", false, "a+b" },
		{ "%41%c3%A4", false, "A\xc3\xa4" }, { "%2541", false, "%41" },
		{ "100%", true, "100%" }, { "%4", true, "%4" },
		{ "%zz%4g", true, "%zz%4g" }, { "%%41", true, "%A" },
		{ "%2B", true, "+" },
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		size_t len;

		CHECK_TEXT(percent_decode(a, cases[i].text,
					  strlen(cases[i].text), cases[i].form,
					  &len), cases[i].want);
		CHECK_INT(len, strlen(cases[i].want));
	}
	arena_free(a);
}

TEST(a_decoded_nul_is_counted)
{
	struct arena *a = arena_new("test");
	size_t len;
	char *plain = percent_decode(a, "a%00b", 5, true, &len);

	CHECK_INT(len, 3);
	CHECK(!memcmp(plain, "a\0b", 4));
	arena_free(a);
}
