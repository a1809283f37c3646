#include <stdlib.h>
#include <time.h>

#include "base/arena.h"
#include "base/str.h"
#include "port/fold.h"
#include "test.h"

/* "word[from-to] …" */
static const char *folded(struct arena *a, const char *text, size_t n)
{
	struct fold f;
	struct fold_word w;
	struct str s;

	str_init(&s, a, 1 << 20);
	fold_begin(&f, text, n);
	while (fold_next(&f, &w)) {
		CHECK(w.from < w.to && w.to <= n && w.len < FOLD_BYTES);
		str_addf(&s, "%s%s[%zu-%zu]", s.len ? " " : "", w.text, w.from, w.to);
	}
	return s.text;
}

TEST(words_are_folded_and_know_where_they_stood)
{
	static const struct {
		const char *text, *words;
	} cases[] = {
		{ "", "" },
		{ " -- !? ", "" },
		{ "Handle broken.", "handle[0-6] broken[7-13]" },
		{ "AB-1", "ab[0-2] 1[3-4]" },
		{ "a_b", "a[0-1] b[2-3]" },
		{ "Straße", "strasse[0-7]" },
		{ "Zoë ZOE", "zoe[0-4] zoe[5-8]" },
		{ "Zoe\xcc\x88 x", "zoe[0-5] x[6-7]" },		/* with a mark of its own */
		{ "Łucja Søren", "lucja[0-6] soren[7-13]" },
		{ "İstanbul", "istanbul[0-9]" },
		{ "Привет", "привет[0-12]" },
		{ "x² ﬁn", "x2[0-3] fin[4-8]" },
		{ "soft\xc2\xadhyphen", "softhyphen[0-12]" },
		{ "日本語", "日本[0-6] 本語[3-9] 語[6-9]" },
		{ "語", "語[0-3]" },
		{ "A4日本", "a4[0-2] 日本[2-8] 本[5-8]" },
		{ "日 本", "日[0-3] 本[4-7]" },
		{ "한국어", "한국[0-6] 국어[3-9] 어[6-9]" },
		{ "ｱﾙﾌｧ", "アル[0-6] ルフ[3-9] ファ[6-12] ァ[9-12]" },
		{ "a\xff" "b", "a[0-1] b[2-3]" },
		{ "\xc3", "" },
		{ "\xed\xa0\x80x", "x[3-4]" },			/* half a surrogate pair */
		{ "😀 ok", "ok[5-7]" },
		{ "ที่นี่", "ทน[0-12] น[9-18]" },
		{ "\xcc\x88", "" },
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		CHECK_TEXT(folded(a, cases[i].text, strlen(cases[i].text)),
			   cases[i].words);
	CHECK_TEXT(folded(a, "a\0b", 3), "a[0-1] b[2-3]");
	arena_free(a);
}

TEST(a_pair_tells_what_it_is)
{
	struct fold f;
	struct fold_word w;

	fold_begin(&f, "ab日本", strlen("ab日本"));
	CHECK(fold_next(&f, &w) && !w.pair && !w.tail);
	CHECK(fold_next(&f, &w) && w.pair && !w.tail);
	CHECK(fold_next(&f, &w) && w.pair && w.tail);
	CHECK(!fold_next(&f, &w) && !fold_next(&f, &w));
}

TEST(a_long_word_is_cut_and_stays_one_word)
{
	struct arena *a = arena_new("test");
	struct fold f;
	struct fold_word w;
	char *text = arena_alloc(a, 30001);

	for (int i = 0; i < 30000; i += 3)
		memcpy(text + i, "\xe1\x83\xa5", 3);	/* a letter of three bytes */
	fold_begin(&f, text, 30000);
	CHECK(fold_next(&f, &w));
	CHECK_INT(w.len, 3 * FOLD_MOST);
	CHECK_INT(w.to, 30000);
	CHECK(!fold_next(&f, &w));
	arena_free(a);
}

/* Noise, and a text that makes the most of each character. */
TEST(any_bytes_are_folded_in_linear_time)
{
	enum { N = 1 << 20 };
	struct arena *a = arena_new("test");
	char *text = arena_alloc(a, N);
	struct fold f;
	struct fold_word w;
	size_t last = 0;
	clock_t began;

	srandom(7);
	for (int i = 0; i < N; i++)
		text[i] = (char) random();
	fold_begin(&f, text, N);
	for (began = clock(); fold_next(&f, &w); last = w.from)
		CHECK(w.from >= last && w.to > w.from && w.to <= N && w.len);
	for (int i = 0; i + 3 <= N; i += 3)
		memcpy(text + i, "\xef\xb7\xba", 3);	/* U+FDFA: 18 characters */
	fold_begin(&f, text, N);
	while (fold_next(&f, &w))
		CHECK(w.len > 0);
	CHECK((clock() - began) < 5 * CLOCKS_PER_SEC);
	arena_free(a);
}
