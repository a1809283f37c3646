#include <ctype.h>

#include "base/arena.h"
#include "base/words.h"
#include "desk/letter.h"
#include "port/mime.h"
#include "port/view.h"
#include "store/outbox.h"
#include "test.h"

static const struct letter_sender shop = { "help@shop.example", "f00" };

static const char *templates(struct arena *a)
{
	const char *srcdir = getenv("srcdir");

	return arena_printf(a, "%s/templates", srcdir ? srcdir : ".");
}

static struct outbox row_of(struct arena *a, const struct letter *l)
{
	return (struct outbox) {
		.id = 7, .letter = l->name,
		.to_address = "zoe@mail.example", .to_name = "Zoë",
		.lang = "en", .zone = "Europe/Berlin",
		.message_id_header = "<abc@shop.example>",
		.facts = letter_facts_json(a, l->sample),
		.created_at = "2026-03-05 08:05:00.000000",
	};
}

static struct mime_letter rendered(struct arena *a, const struct outbox *row)
{
	struct views *vs = views_open(templates(a), NULL);
	struct mime_letter m = { 0 };
	struct err *e = letter_render(a, vs, &shop, row, NULL, &m);

	views_close(vs);
	CHECK_OK(e);
	return m;
}

TEST(every_letter_can_be_sent)
{
	struct arena *a = arena_new("test");

	for (const struct letter *l = letters; l->name; l++) {
		struct outbox row = row_of(a, l);
		struct mime_letter m = rendered(a, &row);
		struct bytes out;

		CHECK(*m.subject && !strpbrk(m.subject, "\r\n"));
		CHECK(strstr(m.text, "Mokka & Mehl\n"));
		CHECK(strstr(m.html, "Mokka &amp; Mehl"));
		CHECK(strstr(m.html, "</html>"));
		CHECK_OK(mime_build(a, &m, &out));
	}
	arena_free(a);
}

/* An & that begins no entity, or a < that begins no tag of ours. */
static void check_escaped(const char *letter, const char *html)
{
	for (const char *c = html; *c; c++) {
		if (*c == '<' && !isalpha((unsigned char) c[1]) && !strchr("/!", c[1]))
			fail_msg("%s: bare < in %.40s", letter, c);
		if (*c != '&')
			continue;
		const char *end = c + 1 + strspn(c + 1, "#abcdefghijklmnopqrstuvwxyz0123456789");

		if (*end != ';' || end == c + 1)
			fail_msg("%s: bare & in %.40s", letter, c);
	}
}

TEST(no_letter_forgets_to_escape)
{
	static const char *const never[] = {
		"<broken>", "<owner>", "<Kopie>", "< closed >", "&amp;lt;", "&amp;amp;", "<?cs",
	};
	struct arena *a = arena_new("test");

	for (const struct letter *l = letters; l->name; l++) {
		struct outbox row = row_of(a, l);
		struct mime_letter m = rendered(a, &row);

		check_escaped(l->name, m.html);
		for (size_t i = 0; i < sizeof(never) / sizeof(*never); i++)
			if (strstr(m.html, never[i]))
				fail_msg("%s has %s", l->name, never[i]);
		CHECK(!strstr(m.text, "&amp;") && !strstr(m.text, "&lt;"));
		CHECK(!strstr(m.text, "<?cs"));
	}
	arena_free(a);
}

TEST(a_letter_about_a_ticket_tells_its_state)
{
	static const char *const names[] = {
		"ticket_opened", "message_from_customer", "message_from_store",
		"ticket_by_store",
	};
	static const char *const told[] = {
		"1042", "5001", "https://shop.example/orders/5001",
		"4 March 2026, 08:02", "Zoë Müller-Lüdenscheidt",
		"5 March 2026, 09:05", "2 March 2026", "Waiting for you",
		"Urgent", "Thank you!",
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct outbox row = row_of(a, letter_find(names[i]));
		struct mime_letter m = rendered(a, &row);

		for (size_t j = 0; j < sizeof(told) / sizeof(*told); j++)
			if (!strstr(m.text, told[j]) || !strstr(m.html, told[j]))
				fail_msg("%s does not tell %s", names[i], told[j]);
		CHECK(strstr(m.subject, "[1042] ") == m.subject);
		CHECK(strstr(m.subject, "Lid <broken> on arrival"));
	}
	arena_free(a);
}

TEST(a_letter_looks_like_its_design)
{
	static const char want[] =
		"Anna answered on 5 March 2026, 09:05:\n"
		"\n"
		"    Thank you! The right lid is on its way, at no cost. You don't need\n"
		"    to send the old one back.\n"
		"\n"
		"    About the refund: your bank sent it back because the account was <\n"
		"    closed > & gone. Which account should we use?\n"
		"\n"
		"    * lid-front.jpg (471\u00a0KB)\n"
		"    * Rechnung 5001 <Kopie>.pdf (82\u00a0KB)\n"
		"\n"
		"Read and answer: https://shop.example/help/1042?a=1&b=2\n"
		"Please answer on that page: answers to this mail are not read.\n"
		"\n"
		"----------------------------------------------------------------\n"
		"Request       1042\n"
		"Order         5001 of 2 March 2026\n"
		"              https://shop.example/orders/5001\n"
		"Opened        4 March 2026, 08:02 by Zoë Müller-Lüdenscheidt\n"
		"Last updated  5 March 2026, 09:05\n"
		"Status        Waiting for you\n"
		"Priority      Urgent\n"
		"----------------------------------------------------------------\n"
		"You get this mail because you wrote to Mokka & Mehl about order 5001.\n"
		"\n"
		"-- \n"
		"Mokka & Mehl\n"
		"https://shop.example\n"
		"Imprint: https://shop.example/imprint\n"
		"Privacy: https://shop.example/privacy\n";
	struct arena *a = arena_new("test");
	struct outbox row = row_of(a, letter_find("message_from_store"));
	struct mime_letter m = rendered(a, &row);

	CHECK_TEXT(m.text, want);
	arena_free(a);
}

TEST(times_in_a_letter_are_the_recipients)
{
	struct arena *a = arena_new("test");
	struct outbox row = row_of(a, letter_find("message_from_store"));
	struct mime_letter m;

	row.lang = "de";
	row.zone = "America/New_York";
	m = rendered(a, &row);
	CHECK(strstr(m.text, "5. März 2026, 03:05"));
	CHECK(strstr(m.html, "5. März 2026, 03:05"));
	CHECK(strstr(m.html, "<html lang=\"de\" dir=\"ltr\">"));
	words_use("en");
	arena_free(a);
}

TEST(a_receipt_repeats_nothing_that_was_typed)
{
	static struct letter_facts typed;
	struct arena *a = arena_new("test");
	struct outbox row = row_of(a, letter_find("receipt"));
	struct mime_letter m;

	typed = *letter_find("receipt")->sample;
	typed.subject = "SPAM-SUBJECT";
	typed.body = "SPAM-BODY";
	typed.author = "SPAM-NAME";
	row.facts = letter_facts_json(a, &typed);
	m = rendered(a, &row);
	CHECK(!strstr(m.subject, "SPAM") && !strstr(m.text, "SPAM"));
	CHECK(!strstr(m.html, "SPAM"));
	CHECK_TEXT(m.auto_submitted, "auto-replied");
	arena_free(a);
}

TEST(what_a_customer_typed_stays_in_its_place)
{
	struct letter_facts f = *letter_find("message_from_store")->sample;
	struct arena *a = arena_new("test");
	struct outbox row = row_of(a, letter_find("message_from_store"));
	struct mime_letter m;
	struct bytes out;

	f.subject = "One\r\nBcc: eve@evil.example\n\nTwo";
	f.opened_by = "\x1b[31mEve\n--\n";
	f.url = "javascript:alert(1)";
	f.body = "<script>alert(1)</script>\r\n.\r\n\r\nEnd \xe2\x80\xae";
	row.facts = letter_facts_json(a, &f);
	m = rendered(a, &row);
	CHECK_TEXT(m.subject, "[1042] One Bcc: eve@evil.example Two");
	CHECK(!strstr(m.html, "<script") && !strstr(m.html, "href=\"javascript"));
	CHECK(strstr(m.text, "\n    .\n"));
	CHECK(!strchr(m.html, '\x1b') && !strchr(m.text, '\x1b'));
	CHECK_OK(mime_build(a, &m, &out));
	arena_free(a);
}

TEST(an_answer_belongs_to_the_thread_of_its_ticket)
{
	struct arena *a = arena_new("test");
	struct outbox row = row_of(a, letter_find("message_from_store"));
	struct mime_letter m = rendered(a, &row);

	CHECK(!m.in_reply_to && !m.references);
	row.thread = "<first@shop.example>";
	m = rendered(a, &row);
	CHECK_TEXT(m.in_reply_to, "<first@shop.example>");
	CHECK_TEXT(m.references, "<first@shop.example>");
	CHECK(!m.auto_submitted);
	arena_free(a);
}

TEST(a_letter_nobody_knows_is_our_bug)
{
	struct arena *a = arena_new("test");
	struct views *vs = views_open(templates(a), NULL);
	struct outbox row = row_of(a, letter_find("receipt"));
	struct mime_letter m;

	row.facts = "{\"subject\":";
	CHECK_ERR(letter_render(a, vs, &shop, &row, NULL, &m), ERR_BUG);
	row.letter = "../../etc/passwd";
	CHECK_ERR(letter_render(a, vs, &shop, &row, NULL, &m), ERR_BUG);
	views_close(vs);
	arena_free(a);
}
