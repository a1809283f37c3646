#include <stdlib.h>

#include "base/arena.h"
#include "mailroom/envelope.h"
#include "port/spool.h"
#include "test.h"

TEST(an_envelope_is_one_line_and_comes_back)
{
	struct arena *a = arena_new("test");
	const struct envelope e = {
		.way = MAIL_BY_IMAP, .mailbox_id = 7, .from = "",
		.to = "help+\"x\"@shöp.example", .size = 12, .full_size = 99,
	};
	const char *line = envelope_line(a, &e);
	struct envelope back;

	CHECK(!strpbrk(line, "\r\n") && strlen(line) < SPOOL_HEAD);
	CHECK_OK(envelope_of_line(a, line, &back));
	CHECK_INT(back.way, MAIL_BY_IMAP);
	CHECK_INT(back.mailbox_id, 7);
	CHECK_TEXT(back.from, "");
	CHECK_TEXT(back.to, e.to);
	CHECK_INT(back.size, 12);
	CHECK_INT(back.full_size, 99);
	arena_free(a);
}

TEST(a_line_that_is_no_envelope_is_told)
{
	static const char *const odd[] = {
		"", "{}", "[]", "{\"way\":\"pipe\"}", "{\"way\":\"fax\",\"size\":1}",
		"{\"way\":\"pipe\",\"size\":\"1\"}", "{\"way\":7,\"size\":1}",
	};
	struct arena *a = arena_new("test");
	struct envelope e;

	for (size_t i = 0; i < sizeof(odd) / sizeof(*odd); i++)
		CHECK_ERR(envelope_of_line(a, odd[i], &e), ERR_BAD_REQUEST);
	arena_free(a);
}

TEST(an_address_of_an_envelope_is_one_or_none)
{
	struct arena *a = arena_new("test");
	char longest[300];

	memset(longest, 'x', sizeof(longest));
	memcpy(longest + 290, "@b.c", 5);
	CHECK_TEXT(envelope_address(a, "<ann@b.example>"), "ann@b.example");
	CHECK_TEXT(envelope_address(a, "<>"), "");
	CHECK_TEXT(envelope_address(a, ""), "");
	CHECK_TEXT(envelope_address(a, "MAILER-DAEMON"), "");
	CHECK(!envelope_address(a, NULL));
	CHECK(!envelope_address(a, "ann"));
	CHECK(!envelope_address(a, "<ann@b.example"));
	CHECK(!envelope_address(a, "an n@b.example"));
	CHECK(!envelope_address(a, "ann@b.example\r\nBcc: x"));
	CHECK(!envelope_address(a, "\xff@b.example"));
	CHECK(!envelope_address(a, longest));
	arena_free(a);
}
