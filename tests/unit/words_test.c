#include <stdlib.h>

#include "base/arena.h"
#include "base/words.h"
#include "test.h"

/* tests/unit/words.po, compiled by the makefile below the build folder. */
static struct arena *speak(const char *lang)
{
	words_open("tests/unit/locale");
	words_use(lang);
	return arena_new("test");
}

TEST(the_language_may_change_with_every_request)
{
	arena_free(speak("en"));
	for (int i = 0; i < 3; i++) {
		words_use("de");
		CHECK_TEXT(_("Answer"), "Antworten");
		words_use("en");
		CHECK_TEXT(_("Answer"), "Answer");
	}
}

TEST(a_text_without_translation_is_its_own)
{
	arena_free(speak("de"));
	CHECK_TEXT(_("Nobody translated this"), "Nobody translated this");
	CHECK_TEXT(_(""), "");
	words_use("en");
}

TEST(a_name_that_is_no_language_means_english)
{
	static const char *const names[] = {
		"../de", "de/..", "de:en", "d", "DE", "", "german", "de_", "de_de",
		"de\n", "xx",
	};

	arena_free(speak("de"));
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		words_use("de");
		CHECK_TEXT(_("Answer"), "Antworten");
		words_use(names[i]);
		CHECK_TEXT(_("Answer"), "Answer");
	}
	words_use("de");
	words_use(NULL);
	CHECK_TEXT(_("Answer"), "Answer");
	words_use("de_AT");
	CHECK_TEXT(_("Answer"), "Antworten");
	words_use("en");
}

TEST(a_context_tells_two_equal_words_apart)
{
	char name[600];

	arena_free(speak("de"));
	CHECK_TEXT(words_in("ticket", "Open"), "Offen");
	CHECK_TEXT(words_in("button", "Open"), "Öffnen");
	CHECK_TEXT(words_in("shop", "Open"), "Open");
	memset(name, 'x', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	CHECK_TEXT(words_in("ticket", name), name);
	words_use("en");
	CHECK_TEXT(words_in("ticket", "Open"), "Open");
}

TEST(a_number_chooses_its_word_and_stands_in_it)
{
	static const struct { const char *lang; long n; const char *want; } cases[] = {
		{ "de", 0, "0 Tickets" },
		{ "de", 1, "ein Ticket" },
		{ "de", 2, "2 Tickets" },
		{ "de", 1042, "1.042 Tickets" },
		{ "de", -3, "-3 Tickets" },
		{ "en", 1, "one ticket" },
		{ "en", 1042, "1,042 tickets" },
	};
	struct arena *a = speak("de");

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		words_use(cases[i].lang);
		CHECK_TEXT(words_many(a, "one ticket", "{1} tickets", cases[i].n),
			   cases[i].want);
	}
	words_use("en");
	arena_free(a);
}

TEST(values_stand_where_the_text_wants_them_and_are_never_read_again)
{
	static const struct {
		const char *text, *one, *two, *three, *want;
	} cases[] = {
		{ "{1} of {2}", "3", "9", NULL, "3 of 9" },
		{ "{2}{1}{3}{1}", "a", "b", "c", "baca" },
		{ "{1}", "{2}", "wrong", NULL, "{2}" },
		{ "{1}", "{1}", NULL, NULL, "{1}" },
		{ "{1} {2}", "a", NULL, NULL, "a {2}" },
		{ "{0} {4} {} { {1", "a", "b", "c", "{0} {4} {} { {1" },
		{ "{{1}}", "a", NULL, NULL, "{a}" },
		{ "%s %n {1}", "%n", NULL, NULL, "%s %n %n" },
		{ "", "a", NULL, NULL, "" },
		{ "{1}", "", NULL, NULL, "" },
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		CHECK_TEXT(words_say(a, cases[i].text, cases[i].one,
				     cases[i].two, cases[i].three), cases[i].want);
	arena_free(a);
}

TEST(no_number_of_texts_and_languages_is_too_many)
{
	static const char *const tongues[] = { "fr", "it", "nl", "pl", "pt_BR", "de" };
	struct arena *a = arena_new("test");

	words_open("tests/unit/locale");
	for (int again = 0; again < 2; again++)
		for (size_t i = 0; i < sizeof(tongues) / sizeof(*tongues); i++) {
			words_use(tongues[i]);
			for (int n = 0; n < 3000; n++) {
				const char *text = arena_printf(a, "text %d", n);

				CHECK(words_get(text) == text);
			}
			CHECK_TEXT(words_get("Answer"),
				   strcmp(tongues[i], "de") ? "Answer" : "Antworten");
			arena_reset(a);
		}
	words_use("en");
	arena_free(a);
}
