/* How often somebody tried within a while that slides. */
#include <string.h>
#include <time.h>

#include "fixture.h"
#include "port/secret.h"
#include "store/guard.h"

/* A window that began so long ago that this part of it is past: 1970 is the
 * beginning of them all. */
static int window(double past)
{
	return (int) ((double) time(NULL) / (1 + past));
}

static int64_t tries(struct house h, const char *what, int seconds)
{
	int64_t n;

	CHECK_OK(store_guard_try(h.db, secret_sha256(h.arena, what, strlen(what)),
				 seconds, &n));
	return n;
}

static void a_window_passes(struct house h, const char *what, int seconds)
{
	CHECK_OK(db_run(h.db, "UPDATE as_throttle SET window_at = window_at"
		" - INTERVAL ? SECOND WHERE hash = ?", NULL,
		ARGS(seconds, secret_sha256(h.arena, what, strlen(what)))));
}

TEST(tries_of_one_window_add_up)
{
	struct house h = house_enter();

	CHECK_INT(tries(h, "guard one", window(0.5)), 1);
	CHECK_INT(tries(h, "guard one", window(0.5)), 2);
	CHECK_INT(tries(h, "guard other", window(0.5)), 1);
}

/* Nobody gets twice as much by waiting for the hour to strike. */
TEST(tries_of_the_window_before_count_as_far_as_it_is_not_past)
{
	struct house h = house_enter();
	int early = window(0.01), half = window(0.5), late = window(0.99);

	for (int i = 0; i < 8; i++) {
		tries(h, "guard early", early);
		tries(h, "guard half", half);
		tries(h, "guard late", late);
	}
	a_window_passes(h, "guard early", early);
	a_window_passes(h, "guard half", half);
	a_window_passes(h, "guard late", late);
	CHECK_INT(tries(h, "guard early", early), 9);
	CHECK_INT(tries(h, "guard half", half), 5);
	CHECK_INT(tries(h, "guard half", half), 6);
	CHECK_INT(tries(h, "guard late", late), 1);
}

TEST(what_is_two_windows_old_is_forgotten)
{
	struct house h = house_enter();
	int seconds = window(0.2);

	for (int i = 0; i < 8; i++)
		tries(h, "guard old", seconds);
	a_window_passes(h, "guard old", seconds);
	a_window_passes(h, "guard old", seconds);
	CHECK_INT(tries(h, "guard old", seconds), 1);
}
