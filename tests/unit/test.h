/*
 * test - write TEST(name) { ... } in any file of tests/unit; cmocka runs it.
 *
 * A name is a sentence: a_guest_sees_no_tickets. Tests that need MariaDB call
 * house_enter() of fixture.h, which skips nothing: without a server they fail.
 */
#ifndef TEST_H
#define TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"

void test_add(const char *name, void (*run)(void **));

#define TEST(name)							\
	static void test_##name(void **state_);				\
	__attribute__((constructor)) static void add_##name(void)	\
	{								\
		test_add(#name, test_##name);				\
	}								\
	static void test_##name(void **state_ __attribute__((unused)))

#define CHECK(truth)		assert_true(truth)
#define CHECK_TEXT(got, want)	assert_string_equal((got), (want))
#define CHECK_INT(got, want)	assert_int_equal((got), (want))

#define CHECK_OK(call) do {						\
	struct err *e_ = (call);					\
	if (e_)								\
		fail_msg("%s: %s (%s)", #call, e_->text, e_->path);	\
} while (0)

#define CHECK_ERR(call, want) do {					\
	struct err *e_ = (call);					\
	if (!e_ || e_->kind != (want))					\
		fail_msg("%s is not %s: %s", #call, #want,		\
			 e_ ? e_->text : "it worked");			\
} while (0)

#endif
