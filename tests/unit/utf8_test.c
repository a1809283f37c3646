#include "base/arena.h"
#include "base/utf8.h"
#include "test.h"

#define BYTES(text)	text, sizeof(text) - 1

TEST(only_what_rfc_3629_allows_is_valid)
{
	static const struct { const char *text; size_t n; bool valid; } cases[] = {
		{ BYTES(""), true },
		{ BYTES("plain"), true },
		{ BYTES("h\xc3\xa4 \xe2\x82\xac \xf0\x9f\x98\x80"), true },
		{ BYTES("\xf4\x8f\xbf\xbf"), true },
		{ BYTES("\xf4\x90\x80\x80"), false },
		{ BYTES("\xed\x9f\xbf"), true },
		{ BYTES("\xed\xa0\x80"), false },
		{ BYTES("\xc0\xaf"), false },
		{ BYTES("\xc1\xbf"), false },
		{ BYTES("\xe0\x9f\xbf"), false },
		{ BYTES("\xf0\x8f\xbf\xbf"), false },
		{ BYTES("\xf8\x88\x80\x80\x80"), false },
		{ BYTES("\x80"), false },
		{ BYTES("\xc3"), false },
		{ BYTES("\xe2\x82"), false },
		{ BYTES("\xf0\x9f\x98"), false },
		{ BYTES("\xc3("), false },
		{ BYTES("a\0b"), false },
		{ BYTES("\xff"), false },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		CHECK_INT(utf8_valid(cases[i].text, cases[i].n), cases[i].valid);
}

TEST(characters_are_counted_not_bytes)
{
	CHECK_INT(utf8_count(""), 0);
	CHECK_INT(utf8_count("abc"), 3);
	CHECK_INT(utf8_count("h\xc3\xa4 \xe2\x82\xac \xf0\x9f\x98\x80"), 6);
}

TEST(a_cut_never_splits_a_character)
{
	static const struct { const char *text; size_t most; const char *want; } cases[] = {
		{ "abcd", 4, "abcd" },
		{ "abcd", 3, "ab…" },
		{ "abcd", 1, "…" },
		{ "abcd", 0, "" },
		{ "", 3, "" },
		{ "äöüß", 4, "äöüß" },
		{ "äöüß", 3, "äö…" },
		{ "a€😀b", 3, "a€…" },
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		CHECK_TEXT(utf8_cut(a, cases[i].text, cases[i].most), cases[i].want);
	arena_free(a);
}

TEST(mended_text_is_valid_and_keeps_what_was_good)
{
	static const struct { const char *text; size_t n; const char *want; } cases[] = {
		{ BYTES("good"), "good" },
		{ BYTES("a\0b"), "a\ufffdb" },
		{ BYTES("M\xfcller"), "M\ufffdller" },
		{ BYTES("\xc3"), "\ufffd" },
		{ BYTES("\xed\xa0\x80x"), "\ufffd\ufffd\ufffdx" },
		{ BYTES("\xc3\xa4\xff"), "ä\ufffd" },
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *got = utf8_mend(a, cases[i].text, cases[i].n);

		CHECK_TEXT(got, cases[i].want);
		CHECK(utf8_valid(got, strlen(got)));
	}
	arena_free(a);
}

TEST(whatever_bytes_come_the_mended_text_is_valid)
{
	struct arena *a = arena_new("test");
	unsigned seed = 1;
	char bytes[64];

	for (int round = 0; round < 20000; round++) {
		const char *got;

		for (size_t i = 0; i < sizeof(bytes); i++) {
			seed = seed * 1103515245 + 12345;
			bytes[i] = (char) (seed >> 16);
		}
		got = utf8_mend(a, bytes, sizeof(bytes));
		CHECK(utf8_valid(got, strlen(got)));
		CHECK(utf8_valid(utf8_line(a, got), strlen(utf8_line(a, got))));
		arena_reset(a);
	}
	arena_free(a);
}

TEST(a_name_is_one_line_without_hidden_marks)
{
	static const struct { const char *text, *want; } cases[] = {
		{ "  Ann   Example ", "Ann Example" },
		{ "Ann\r\nBcc: eve@mail.example", "Ann Bcc: eve@mail.example" },
		{ "Ann\tB\x01\x7f", "Ann B" },
		{ "Ann\u202egpj.exe", "Anngpj.exe" },
		{ "A\u200bn\u200dn\ufeff", "Ann" },
		{ "\u2066x\u2069\u200f", "x" },
		{ "a\u00a0\u3000b\u2028c", "a b c" },
		{ "\xc2\x85\xc2\x9b" "31m", "31m" },
		{ "👩\u200d💻", "👩\u200d💻" },
		{ "می\u200cخواهم", "می\u200cخواهم" },
		{ "", "" },
		{ " \n ", "" },
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		CHECK_TEXT(utf8_line(a, cases[i].text), cases[i].want);
	arena_free(a);
}

TEST(the_beginning_of_a_line_is_that_of_the_whole_line)
{
	static const char *const texts[] = {
		"", " ", "one", "  Ann \t Example\r\n wrote: Zoë's cup – broken ",
		"\u200bhidden \u202e marks\u200d, and 👩\u200d💻 joined",
		"a\xff" "b", "no-blank-at-all-in-these-forty-characters!",
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		for (size_t most = 0; most < 50; most++)
			CHECK_TEXT(utf8_brief(a, texts[i], most),
				   utf8_cut(a, utf8_line(a, texts[i]), most));
	arena_free(a);
}

TEST(wide_characters_take_the_room_of_two)
{
	struct arena *a = arena_new("utf8");
	static const struct { const char *text; size_t columns; const char *fits; } cases[] = {
		{ "abcdef", 6, "abcdef" }, { "abcdef", 5, "abcd…" },
		{ " a \n b ", 3, "a b" }, { "äöüß", 4, "äöüß" }, { "äöüß", 3, "äö…" },
		{ "日本語", 6, "日本語" }, { "日本語", 5, "日…" }, { "日本語", 4, "日…" },
		{ "a日b", 4, "a日b" }, { "a日b", 3, "a…" }, { "", 3, "" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		CHECK_TEXT(utf8_fit(a, cases[i].text, cases[i].columns), cases[i].fits);
	arena_free(a);
}

TEST(only_ascii_letters_are_lowered)
{
	struct arena *a = arena_new("test");

	CHECK_TEXT(utf8_lower(a, "ANN@Shop.Example ÄÖ[@`{"), "ann@shop.example ÄÖ[@`{");
	arena_free(a);
}
