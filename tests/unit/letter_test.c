#include <ctype.h>

#include "base/arena.h"
#include "base/words.h"
#include "desk/letter.h"
#include "desk/seal.h"
#include "port/mime.h"
#include "port/view.h"
#include "store/outbox.h"
#include "test.h"

static const struct letter_sender shop = { "help@shop.example", NULL, "f00" };
static const struct letter_enclosed nothing;
static const struct seal seal = { { "0123456789abcdef0123456789abcdef", 32 } };

static const char *templates(struct arena *a)
{
	const char *srcdir = getenv("srcdir");

	return arena_printf(a, "%s/templates", srcdir ? srcdir : ".");
}

static struct outbox row_of(struct arena *a, const struct letter *l)
{
	return (struct outbox) {
		.id = 7, .letter = l->name, .ticket_id = 42,
		.recipient_kind = "customer", .recipient_id = 9,
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
	struct err *e = letter_render(a, vs, &shop, row, &nothing, &m);

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
		CHECK(strstr(m.subject, "[#1042] ") == m.subject);
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
		"    * lid-front.jpg (471\u00a0KB, on the page below)\n"
		"    * Rechnung 5001 <Kopie>.pdf (82\u00a0KB, on the page below)\n"
		"\n"
		"    Anna <Mokka & Mehl>\n"
		"    Monday to Friday, 9 to 17\n"
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
	CHECK_TEXT(m.subject, "[#1042] One Bcc: eve@evil.example Two");
	CHECK(!strstr(m.html, "<script") && !strstr(m.html, "href=\"javascript"));
	CHECK(strstr(m.text, "\n    .\n"));
	CHECK(!strchr(m.html, '\x1b') && !strchr(m.text, '\x1b'));
	CHECK_OK(mime_build(a, &m, &out));
	arena_free(a);
}

static struct mime_letter sent_by(struct arena *a, const struct letter_sender *s,
				  const struct outbox *row,
				  const struct letter_enclosed *with)
{
	struct views *vs = views_open(templates(a), NULL);
	struct mime_letter m = { 0 };
	struct err *e = letter_render(a, vs, s, row, with, &m);

	views_close(vs);
	CHECK_OK(e);
	return m;
}

TEST(an_answer_belongs_to_the_thread_of_its_ticket)
{
	static const struct outbox_link links[] = {
		{ "<asked@mail.example>", true, "1" }, { "<first@shop.example>", false, "2" },
		{ "<again@mail.example>", true, "3" }, { "<second@shop.example>", false, "4" },
	};
	struct arena *a = arena_new("test");
	struct outbox row = row_of(a, letter_find("message_from_store"));
	struct rows thread = { (void *) links, 4 };
	struct letter_enclosed with = { .thread = &thread };
	struct mime_letter m = rendered(a, &row);

	CHECK(!m.in_reply_to && !m.references);
	CHECK(!m.auto_submitted);
	m = sent_by(a, &shop, &row, &with);
	CHECK_TEXT(m.in_reply_to, "<again@mail.example>");
	CHECK_TEXT(m.references, "<asked@mail.example> <first@shop.example>"
				 " <again@mail.example> <second@shop.example>");
	thread = (struct rows) { (void *) &links[1], 1 };
	m = sent_by(a, &shop, &row, &with);
	CHECK_TEXT(m.in_reply_to, "<first@shop.example>");
	thread.n = 0;
	m = sent_by(a, &shop, &row, &with);
	CHECK(!m.in_reply_to && !m.references);
	arena_free(a);
}

/* port/mail reads them as ids, and a letter must not wait for ever for one. */
TEST(an_answer_to_an_odd_id_goes_out)
{
	static const struct outbox_link links[] = {
		{ "<a@b@mail.example>", true, "1" }, { "<first@shop.example>", false, "2" },
		{ "<@mail.example>", true, "3" }, { "<a@>", true, "4" },
	};
	struct arena *a = arena_new("test");
	struct outbox row = row_of(a, letter_find("message_from_store"));
	struct rows thread = { (void *) links, 4 };
	struct letter_enclosed with = { .thread = &thread };
	struct mime_letter m = sent_by(a, &shop, &row, &with);
	struct bytes out;

	CHECK_TEXT(m.references, "<first@shop.example>");
	CHECK_TEXT(m.in_reply_to, "<first@shop.example>");
	CHECK_OK(mime_build(a, &m, &out));
	thread.n = 1;
	m = sent_by(a, &shop, &row, &with);
	CHECK(!m.references && !m.in_reply_to);
	CHECK_OK(mime_build(a, &m, &out));
	arena_free(a);
}

/* A line of headers has an end: the first tells the thread, the newest where
 * we are. */
TEST(a_long_thread_is_told_by_its_ends)
{
	struct arena *a = arena_new("test");
	struct outbox row = row_of(a, letter_find("message_from_store"));
	struct outbox_link links[42];
	struct rows thread = { links, 42 };
	struct letter_enclosed with = { .thread = &thread };
	struct mime_letter m;
	struct bytes out;
	int n = 0;

	for (int i = 0; i < 42; i++)
		links[i] = (struct outbox_link) {
			arena_printf(a, "<%d.%0200d@shop.example>", i, i), i == 7, "",
		};
	m = sent_by(a, &shop, &row, &with);
	for (const char *at = m.references; (at = strchr(at, '<')); at++)
		n++;
	CHECK_INT(n, 21);
	CHECK(!strncmp(m.references, "<0.", 3));
	CHECK(strstr(m.references, "<22.") && strstr(m.references, "<41."));
	CHECK(!strstr(m.references, "<21."));
	CHECK(!strncmp(m.in_reply_to, "<7.", 3));
	CHECK_OK(mime_build(a, &m, &out));
	arena_free(a);
}

TEST(an_answer_finds_its_ticket_and_a_bounce_its_letter)
{
	struct letter_sender s = shop;
	struct arena *a = arena_new("test");
	struct outbox row = row_of(a, letter_find("message_from_store"));
	const char *mark = seal_mark(a, &seal, 42);
	struct seal_reply r = { 0 };
	struct mime_letter m;
	int64_t id = 0;

	s.seal = &seal;
	m = sent_by(a, &s, &row, &nothing);
	CHECK(!m.reply_to && !strstr(m.text, mark));	/* nobody reads answers */
	CHECK_TEXT(letter_return_path(a, &s, &row), "help@shop.example");
	s.answers = "desk@shop.example";
	s.in = true;
	m = sent_by(a, &s, &row, &nothing);
	CHECK_TEXT(m.reply_to, "desk@shop.example");	/* no plus-addresses there */
	CHECK(strstr(m.text, mark) && strstr(m.html, mark));
	CHECK_TEXT(letter_return_path(a, &s, &row), "help@shop.example");
	s.plus = true;
	m = sent_by(a, &s, &row, &nothing);
	CHECK(seal_read_reply(a, &seal, m.reply_to, &r));
	CHECK_INT(r.ticket_id, 42);
	CHECK_INT(r.reader, SEAL_CUSTOMER);
	CHECK_INT(r.reader_id, 9);
	CHECK(seal_read_return_path(a, &seal, letter_return_path(a, &s, &row), &id));
	CHECK_INT(id, 7);
	row.recipient_kind = "participant";
	m = sent_by(a, &s, &row, &nothing);
	CHECK(seal_read_reply(a, &seal, m.reply_to, &r));
	CHECK_INT(r.reader, SEAL_ADDRESS);
	CHECK_INT(r.reader_id, 0);
	row = row_of(a, letter_find("message_from_customer"));
	row.recipient_kind = "agent";
	m = sent_by(a, &s, &row, &nothing);
	CHECK(seal_read_reply(a, &seal, m.reply_to, &r));
	CHECK_INT(r.reader, SEAL_AGENT);
	CHECK(*letter_return_path(a, &s, &row));
	s.plus = false;				/* no machine answers a machine */
	CHECK_TEXT(letter_return_path(a, &s, &row), "");
	arena_free(a);
}

TEST(an_answer_by_mail_is_asked_for_only_where_it_is_read)
{
	struct letter_facts f = *letter_find("message_from_store")->sample;
	struct arena *a = arena_new("test");
	struct outbox row = row_of(a, letter_find("message_from_store"));
	struct mime_letter m = rendered(a, &row);

	CHECK(strstr(m.text, "answers to this mail are not read"));
	f.reply_possible = true;
	row.facts = letter_facts_json(a, &f);
	m = rendered(a, &row);
	CHECK(strstr(m.text, "\nYou can answer this mail.\n"));
	CHECK(strstr(m.html, "You can answer this mail."));
	CHECK(!strstr(m.text, "not read") && !strstr(m.html, "not read"));
	f.url = NULL;				/* as participants get it */
	row.facts = letter_facts_json(a, &f);
	m = rendered(a, &row);
	CHECK(!strstr(m.text, "Read and answer") && !strstr(m.html, "Read and answer"));
	arena_free(a);
}

TEST(files_that_come_along_are_not_linked)
{
	static const struct mime_file files[] = {
		{ "lid-front.jpg", "image/jpeg", "f1.abc@shop.example", { "JFIF", 4 } },
		{ "Rechnung 5001 <Kopie>.pdf", "application/pdf", NULL, { NULL, 0 } },
	};
	struct letter_enclosed with = { .files = files, .n_files = 2 };
	struct arena *a = arena_new("test");
	struct outbox row = row_of(a, letter_find("message_from_store"));
	struct mime_letter m = sent_by(a, &shop, &row, &with);
	struct bytes out;

	CHECK(strstr(m.text, "* lid-front.jpg (471\u00a0KB)\n"));
	CHECK(strstr(m.text, "(82\u00a0KB, on the page below)\n"));
	CHECK(strstr(m.html, "<img src=\"cid:f1.abc@shop.example\" alt=\"lid-front.jpg\">"));
	CHECK_OK(mime_build(a, &m, &out));
	arena_free(a);
}

TEST(a_letter_nobody_knows_is_our_bug)
{
	struct arena *a = arena_new("test");
	struct views *vs = views_open(templates(a), NULL);
	struct outbox row = row_of(a, letter_find("receipt"));
	struct mime_letter m;

	row.facts = "{\"subject\":";
	CHECK_ERR(letter_render(a, vs, &shop, &row, &nothing, &m), ERR_BUG);
	row.letter = "../../etc/passwd";
	CHECK_ERR(letter_render(a, vs, &shop, &row, &nothing, &m), ERR_BUG);
	views_close(vs);
	arena_free(a);
}
