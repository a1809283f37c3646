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
