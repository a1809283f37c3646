/* Why a letter is where it is. */
#include "base/arena.h"
#include "desk/trace.h"
#include "test.h"

TEST(a_trace_is_told_in_sentences)
{
	struct arena *a = arena_new("trace");
	const struct trace_line *line;
	struct trace t;
	size_t n;

	trace_begin(&t, a);
	trace_add(&t, "class_human", NULL);
	trace_add(&t, "match_number", "10\"42");
	trace_add(&t, "held", "flood");
	line = trace_read(a, trace_end(&t), &n);
	CHECK_INT(n, 3);
	CHECK_TEXT(line[0].words, "A person wrote it.");
	CHECK_TEXT(line[1].words, "Joined because its subject names ticket 10\"42 and its"
				  " sender takes part.");
	CHECK_TEXT(line[2].words, "Held for a person: Its sender writes too often.");
	arena_free(a);
}

TEST(the_summary_tells_what_decided)
{
	struct arena *a = arena_new("trace");
	struct trace t;

	trace_begin(&t, a);
	trace_add(&t, "class_human", NULL);
	trace_add(&t, "match_reply_address", NULL);
	trace_add(&t, "sender_stranger", NULL);
	trace_add(&t, "note_outside", NULL);
	CHECK_TEXT(trace_summary(a, trace_end(&t)),
		   "Joined because it was sent to the reply address of this ticket. "
		   "Hidden from the customer because a stranger wrote it.");
	arena_free(a);
}

TEST(a_trace_goes_on_and_ends_somewhere)
{
	struct arena *a = arena_new("trace");
	struct trace t;
	size_t n;

	trace_begin(&t, a);
	trace_add(&t, "held", "flood");
	trace_resume(&t, a, trace_end(&t));
	for (int i = 0; i < 2 * TRACE_STEPS; i++)
		trace_add(&t, "dropped", "Anna");
	trace_read(a, trace_end(&t), &n);
	CHECK_INT(n, TRACE_STEPS);
	trace_resume(&t, a, NULL);
	trace_add(&t, "dropped", "Anna");
	trace_read(a, trace_end(&t), &n);
	CHECK_INT(n, 1);
	arena_free(a);
}

TEST(what_is_no_trace_tells_nothing)
{
	struct arena *a = arena_new("trace");
	static const char *const broken[] = {
		NULL, "", "{}", "[", "[1,2]", "[{\"code\":\"nonsense\"}]", "[{\"code\":7}]",
	};
	size_t n;

	for (size_t i = 0; i < sizeof(broken) / sizeof(*broken); i++) {
		trace_read(a, broken[i], &n);
		CHECK_INT(n, 0);
		CHECK_TEXT(trace_summary(a, broken[i]), "");
	}
	arena_free(a);
}
