#include "desk/patience.h"
#include "test.h"

TEST(patience_doubles_up_to_an_hour)
{
	static const struct { int attempts; long wait; } cases[] = {
		{ 0, 60 }, { 1, 60 }, { 2, 120 }, { 3, 240 }, { 6, 1920 },
		{ 7, 3600 }, { 8, 3600 }, { 1000000, 3600 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		CHECK_INT(patience_after(cases[i].attempts), cases[i].wait);
}

TEST(patience_ends_after_five_days)
{
	long waited = 0;
	int attempts = 0;

	while (!patience_is_over(++attempts))
		waited += patience_after(attempts);
	CHECK(waited >= 5 * 24 * 3600);
	CHECK(waited < 5 * 24 * 3600 + 3600);
	CHECK(!patience_is_over(1));
	CHECK(patience_is_over(1000000));
}
