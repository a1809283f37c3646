#include "base/arena.h"
#include "test.h"

static int order[4], told;

static void tell(void *what)
{
	order[told++] = *(int *) what;
}

TEST(what_was_deferred_last_is_undone_first)
{
	struct arena *a = arena_new("test");
	int one = 1, two = 2;

	told = 0;
	arena_defer(a, tell, &one);
	arena_defer(a, tell, &two);
	arena_reset(a);
	CHECK_INT(told, 2);
	CHECK_INT(order[0], 2);
	CHECK_INT(order[1], 1);
	arena_free(a);
}

TEST(memory_of_an_arena_is_zeroed_and_aligned)
{
	struct arena *a = arena_new("test");

	for (size_t size = 1; size < 100000; size = size * 3 + 1) {
		unsigned char *p = arena_alloc(a, size);

		CHECK_INT((uintptr_t) p % 16, 0);
		for (size_t i = 0; i < size; i++)
			CHECK_INT(p[i], 0);
		memset(p, 0xff, size);
	}
	arena_free(a);
}

TEST(what_an_arena_keeps_for_the_next_request_is_zeroed)
{
	static const size_t sizes[] = { 10, 40000, 33000, 3, 2 << 20, 70000, 33000 };
	struct arena *a = arena_new("test");

	for (int request = 0; request < 3; request++) {
		for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
			unsigned char *p = arena_alloc(a, sizes[i]);

			CHECK(!p[0] && !memcmp(p, p + 1, sizes[i] - 1));
			memset(p, 0xff, sizes[i]);
		}
		arena_reset(a);
	}
	arena_free(a);
}

TEST(a_text_is_printed_whole_whether_short_or_long)
{
	struct arena *a = arena_new("test");

	for (int n = 0; n < 600; n++) {
		const char *text = arena_printf(a, "%*d", n, 7);

		CHECK_INT(strlen(text), n ? n : 1);
		CHECK(text[strlen(text) - 1] == '7');
	}
	arena_free(a);
}

TEST(texts_are_joined_in_order)
{
	struct arena *a = arena_new("test");

	CHECK_TEXT(arena_join(a, "/panel", "/ticket/", "", "1042"), "/panel/ticket/1042");
	CHECK_TEXT(arena_join(a, ""), "");
	arena_free(a);
}
