#include <string.h>

#include "base/address.h"
#include "base/arena.h"
#include "base/str.h"
#include "desk/seal.h"
#include "test.h"

static const struct seal ours = { { "0123456789abcdef0123456789abcdef", 32 } };
static const struct seal theirs = { { "fedcba9876543210fedcba9876543210", 32 } };
static const char base[] = "help@shop.example";
static const struct seal_reply to_zoe = { 42, SEAL_CUSTOMER, 7 };

TEST(a_reply_address_names_its_ticket_and_reader)
{
	struct arena *a = arena_new("test");
	const char *address = seal_reply_address(a, &ours, base, &to_zoe);
	struct seal_reply r = { 0 };

	assert_true(address_valid(address));
	assert_true(seal_read_reply(a, &ours, address, &r));
	assert_int_equal(r.ticket_id, 42);
	assert_int_equal(r.reader, SEAL_CUSTOMER);
	assert_int_equal(r.reader_id, 7);
	arena_free(a);
}

TEST(hosts_that_change_the_case_of_an_address_do_no_harm)
{
	struct arena *a = arena_new("test");
	char *loud = arena_dup(a, seal_reply_address(a, &ours, base, &to_zoe));
	struct seal_reply r;

	for (char *at = loud; *at; at++)
		if (*at >= 'a' && *at <= 'z')
			*at = (char) (*at - 'a' + 'A');
	assert_true(seal_read_reply(a, &ours, loud, &r));
	arena_free(a);
}

/* Each character of the tail counts: one changed, and nobody believes it. */
TEST(a_seal_with_anything_changed_is_none)
{
	struct arena *a = arena_new("test");
	const char *whole = seal_reply_address(a, &ours, base, &to_zoe);
	size_t plus = strcspn(whole, "+"), end = strcspn(whole, "@");
	struct seal_reply r = { 0 };

	for (size_t i = plus + 1; i < end; i++) {
		char *bad = arena_dup(a, whole);

		bad[i] = bad[i] == '3' ? '4' : '3';
		assert_false(seal_read_reply(a, &ours, bad, &r));
	}
	assert_false(seal_read_reply(a, &theirs, whole, &r));
	assert_int_equal(r.ticket_id, 0);
	arena_free(a);
}

TEST(a_seal_is_good_for_its_purpose_alone)
{
	struct arena *a = arena_new("test");
	const char *path = seal_return_path(a, &ours, base, 42);
	const char *id = seal_message_id(a, &ours, "shop.example", 42, "cmFuZG9t");
	const char *mark = seal_mark(a, &ours, 42);
	const char *tag = strrchr(mark, '.') + 1;
	struct seal_reply r;
	int64_t n = 0;

	assert_true(seal_read_return_path(a, &ours, path, &n));
	assert_int_equal(n, 42);
	assert_true(seal_read_message_id(a, &ours, id, &n));
	assert_true(seal_read_mark(a, &ours, arena_printf(a, "[t1.no] %s!", mark), &n));
	assert_false(seal_read_reply(a, &ours, path, &r));
	assert_false(seal_read_mark(a, &ours, id, &n));
	assert_false(seal_read_message_id(a, &ours, arena_printf(a,
		"<t42.cmFuZG9t.%.26s@shop.example>", tag), &n));
	assert_false(seal_read_return_path(a, &ours, arena_printf(a,
		"help+b42.%.26s@shop.example", tag), &n));
	arena_free(a);
}

TEST(what_is_no_seal_is_none)
{
	static const char *const odd[] = {
		"", "@", "+@", "help+@shop.example", "help+r@x", "help+r42.c7.@x",
		"help+r042.c7.aaaaaaaaaaaaaaaaaaaaaaaaaa@x",
		"help+r-1.c7.aaaaaaaaaaaaaaaaaaaaaaaaaa@x",
		"help+r99999999999999999999.c7.aaaaaaaaaaaaaaaaaaaaaaaaaa@x",
		"help+b42@x", "<>", "<t>", "<t1.>", "<t1.a.b>", "<t1..@x>", "[t", "[t1.",
	};
	struct arena *a = arena_new("test");
	struct seal_reply r;
	int64_t n;

	for (size_t i = 0; i < sizeof(odd) / sizeof(*odd); i++) {
		assert_false(seal_read_reply(a, &ours, odd[i], &r));
		assert_false(seal_read_return_path(a, &ours, odd[i], &n));
		assert_false(seal_read_message_id(a, &ours, odd[i], &n));
		assert_false(seal_read_mark(a, &ours, odd[i], &n));
	}
	arena_free(a);
}

/* A key of nothing would be everybody's. */
TEST(without_a_key_nothing_is_ours)
{
	static const struct seal none = { { NULL, 0 } };
	struct arena *a = arena_new("test");
	struct seal_reply r;
	int64_t n;

	assert_null(seal_reply_address(a, &none, base, &to_zoe));
	assert_null(seal_return_path(a, &none, base, 7));
	assert_false(seal_read_reply(a, &none, seal_reply_address(a, &ours, base, &to_zoe), &r));
	assert_false(seal_read_mark(a, &none, seal_mark(a, &ours, 42), &n));
	arena_free(a);
}

TEST(an_address_without_room_gets_no_tail)
{
	struct arena *a = arena_new("test");

	assert_null(seal_reply_address(a, &ours, "", &to_zoe));
	assert_null(seal_reply_address(a, &ours, NULL, &to_zoe));
	assert_null(seal_reply_address(a, &ours, "no address", &to_zoe));
	assert_null(seal_return_path(a, &ours,
		"the.department.for.everything.that.breaks@shop.example", 1));
	arena_free(a);
}
