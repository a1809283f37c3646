#include "base/arena.h"
#include "port/post.h"
#include "test.h"

/* Port 1 of the loopback: nobody listens there, so a letter that passes the
 * checks comes back as POST_AWAY. The dialogue itself is played by
 * tests/mail/run. */
static const struct post_conf nobody = {
	.url = "smtp://127.0.0.1:1", .ehlo = "shop.example", .tls = "no",
};

static struct bytes text(const char *at)
{
	return (struct bytes) { at, strlen(at) };
}

TEST(a_host_that_is_not_there_is_away)
{
	struct arena *a = arena_new("test");
	struct post *p = post_new(&nobody);
	struct post_result r;

	CHECK_OK(post_letter(p, a, "", "ann@mail.example", text("A: b\r\n\r\nc\r\n"), &r));
	CHECK_INT(r.verdict, POST_AWAY);
	CHECK_INT(r.code, 0);
	CHECK(*r.text);
	post_free(p);
	arena_free(a);
}

TEST(what_could_smuggle_a_letter_is_not_sent)
{
	static const char *const letters[] = {
		"A: b\n\nc\n", "A: b\r\n\r\nc\r", "A: b\r\n\r\n\rc\r\n",
		"A: b\r\n\r\n\n.\r\nMAIL FROM:<x>\r\n", "\n",
	};
	static const char *const addresses[] = {
		"", "ann@mail.example\r\nDATA", "ann@mail.example>", "a b@c", "\x7f@c",
	};
	struct arena *a = arena_new("test");
	struct post *p = post_new(&nobody);
	struct post_result r;

	for (size_t i = 0; i < sizeof(letters) / sizeof(*letters); i++)
		CHECK_ERR(post_letter(p, a, "", "a@b", text(letters[i]), &r), ERR_BUG);
	CHECK_ERR(post_letter(p, a, "", "a@b", (struct bytes) { "a\0b", 3 }, &r), ERR_BUG);
	for (size_t i = 0; i < sizeof(addresses) / sizeof(*addresses); i++)
		CHECK_ERR(post_letter(p, a, "", addresses[i], text("a\r\n"), &r), ERR_BUG);
	CHECK_ERR(post_letter(p, a, "a@b>", "a@b", text("a\r\n"), &r), ERR_BUG);
	post_free(p);
	arena_free(a);
}
