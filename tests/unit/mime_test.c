#include <gmime/gmime.h>

#include "base/arena.h"
#include "port/mime.h"
#include "test.h"

static const struct mime_letter plain = {
	.from_name = "Mokka & Mehl", .from_address = "help@shop.example",
	.to_name = "Zoë Müller-Lüdenscheidt", .to_address = "zoe@mail.example",
	.subject = "[1042] Lid broken on arrival",
	.message_id = "<abc@shop.example>",
	.date = 1772701500 * SECOND,		/* 2026-03-05 09:05:00 */
	.lang = "en",
	.text = "Hello\n",
};

/* The letter as another mail program would read it. */
struct reading {
	const char *raw;
	size_t n;
	GMimeMessage *m;
};

static void unref(void *object)
{
	g_object_unref(object);
}

static struct reading read_back(struct arena *a, const struct mime_letter *l)
{
	struct bytes b = { 0 };
	GMimeStream *stream;
	GMimeParser *parser;
	struct reading r;

	CHECK_OK(mime_build(a, l, &b));
	stream = g_mime_stream_mem_new_with_buffer(b.at, b.n);
	parser = g_mime_parser_new_with_stream(stream);
	r = (struct reading) {
		arena_copy(a, b.at, b.n), b.n, g_mime_parser_construct_message(parser, NULL)
	};
	arena_defer(a, unref, r.m);
	arena_defer(a, unref, parser);
	arena_defer(a, unref, stream);
	return r;
}

static const char *header(const struct reading *r, const char *name)
{
	return g_mime_object_get_header((GMimeObject *) r->m, name);
}

static const char *text_of(struct arena *a, GMimeObject *part)
{
	char *text = g_mime_text_part_get_text((GMimeTextPart *) part);
	const char *kept = arena_dup(a, text);

	g_free(text);
	return kept;
}

static void check_wire(const struct reading *r)
{
	size_t start = 0;

	for (size_t i = 0; i < r->n; i++) {
		CHECK((unsigned char) r->raw[i] < 0x80 && r->raw[i]);
		if (r->raw[i] == '\r')
			CHECK(r->raw[i + 1] == '\n');
		if (r->raw[i] != '\n')
			continue;
		CHECK(i && r->raw[i - 1] == '\r');
		CHECK(i - 1 - start <= 998);
		start = i + 1;
	}
	CHECK(start == r->n);
}

TEST(a_letter_carries_what_it_was_given)
{
	struct arena *a = arena_new("test");
	struct mime_letter l = plain;
	struct reading r;

	l.reply_to = "reply@shop.example";
	l.in_reply_to = "<one@x.example>";
	l.references = "<one@x.example> <two@x.example>";
	l.list_id = "<tickets.shop.example>";
	l.loop_id = "f00";
	l.claim = "mx.shop.example; dmarc=pass";
	r = read_back(a, &l);
	check_wire(&r);
	CHECK_TEXT(g_mime_message_get_subject(r.m), l.subject);
	CHECK_TEXT(header(&r, "From"), "Mokka & Mehl <help@shop.example>");
	CHECK_TEXT(header(&r, "Reply-To"), "reply@shop.example");
	CHECK_TEXT(header(&r, "Date"), "Thu, 05 Mar 2026 09:05:00 +0000");
	CHECK_TEXT(header(&r, "Message-ID"), "<abc@shop.example>");
	CHECK_TEXT(header(&r, "In-Reply-To"), "<one@x.example>");
	CHECK_TEXT(header(&r, "References"), "<one@x.example> <two@x.example>");
	CHECK_TEXT(header(&r, "List-Id"), "<tickets.shop.example>");
	CHECK(strstr(r.raw, "\r\nContent-Language: en\r\n"));
	CHECK_TEXT(header(&r, "X-Aftersale-Loop"), "f00");
	CHECK_TEXT(header(&r, "Authentication-Results"), "mx.shop.example; dmarc=pass");
	CHECK_TEXT(header(&r, "MIME-Version"), "1.0");
	CHECK(strstr(header(&r, "To"), "zoe@mail.example"));
	CHECK_TEXT(text_of(a, g_mime_message_get_mime_part(r.m)), "Hello\r\n");
	arena_free(a);
}

TEST(only_automatic_mail_says_it_is_automatic)
{
	static const char *const names[] = {
		"Auto-Submitted", "X-Auto-Response-Suppress", "Precedence"
	};
	struct arena *a = arena_new("test");
	struct mime_letter l = plain;
	struct reading r = read_back(a, &l);

	for (size_t i = 0; i < 3; i++)
		CHECK(!header(&r, names[i]));
	l.auto_submitted = "auto-generated";
	l.precedence = "bulk";
	r = read_back(a, &l);
	CHECK_TEXT(header(&r, "Auto-Submitted"), "auto-generated");
	CHECK_TEXT(header(&r, "X-Auto-Response-Suppress"), "All");
	CHECK_TEXT(header(&r, "Precedence"), "bulk");
	arena_free(a);
}

TEST(text_comes_before_html_and_both_arrive_whole)
{
	static const char *const bodies[] = {
		"Ascii, and a line of more than seventy-six bytes that quoted-printable has to fold in two.\n",
		"Grüße aus Köln\r\nzweite Zeile\rdritte\n\n.\n..\n",
		"\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \xe2\x80\xaa\xd8\xb3\xd9\x84\xd8\xa7\xd9\x85\n",
		"\xf0\x9f\x98\x80 \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7\n",
		"From here on\n=3D =\n trailing blank \n-- \nShop\n",
		"no line end",
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(bodies) / sizeof(*bodies); i++) {
		struct mime_letter l = plain;
		struct reading r;
		GMimeMultipart *both;
		const char *want, *html;

		l.text = bodies[i];
		l.html = arena_printf(a, "<p>%s</p>\n", bodies[i]);
		r = read_back(a, &l);
		check_wire(&r);
		both = (GMimeMultipart *) g_mime_message_get_mime_part(r.m);
		CHECK_INT(g_mime_multipart_get_count(both), 2);
		want = i == 1 ? "Grüße aus Köln\r\nzweite Zeile\r\ndritte\r\n\r\n.\r\n..\r\n" :
			NULL;
		if (want)
			CHECK_TEXT(text_of(a, g_mime_multipart_get_part(both, 0)), want);
		for (const char *w = bodies[i], *got =
		     text_of(a, g_mime_multipart_get_part(both, 0)); *w; w++, got++) {
			if (i != 1 && *w == '\n')
				CHECK(*got++ == '\r');
			if (i != 1)
				CHECK(*got == *w);
		}
		html = text_of(a, g_mime_multipart_get_part(both, 1));
		CHECK(!strncmp(html, "<p>", 3) && strstr(html, "</p>"));
	}
	arena_free(a);
}

TEST(no_line_of_a_letter_is_too_long)
{
	struct arena *a = arena_new("test");
	struct mime_letter l = plain;
	char *longest = arena_alloc(a, 200001);
	struct reading r;

	memset(longest, 'x', 200000);
	l.text = longest;
	l.html = longest;
	l.subject = arena_copy(a, longest, 5000);
	l.to_name = arena_copy(a, longest, 5000);
	r = read_back(a, &l);
	check_wire(&r);
	arena_free(a);
}

TEST(long_and_foreign_subjects_arrive_whole)
{
	static const char *const subjects[] = {
		"Deckel gebrochen \xe2\x80\x93 \xc3\x9c\x62\x65r\xc3\xbc\x63k",
		"\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \xd7\xa2\xd7\x95\xd7\x9c\xd7\x9d",
		"\xe6\xb3\xa8\xe6\x96\x87\xe3\x81\xae\xe4\xbb\xb6 \xf0\x9f\x98\x80",
		"Nothing: \"quoted\", <angled> & (round); @all",
		"A subject that is somewhat longer than one line of a letter can be, "
		"so that it has to be folded: \xc3\xa4\xc3\xb6\xc3\xbc \xc3\xa4\xc3\xb6\xc3\xbc "
		"\xc3\xa4\xc3\xb6\xc3\xbc \xc3\xa4\xc3\xb6\xc3\xbc \xc3\xa4\xc3\xb6\xc3\xbc",
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(subjects) / sizeof(*subjects); i++) {
		struct mime_letter l = plain;
		struct reading r;

		l.subject = subjects[i];
		r = read_back(a, &l);
		check_wire(&r);
		CHECK_TEXT(g_mime_message_get_subject(r.m), subjects[i]);
	}
	arena_free(a);
}

TEST(a_line_break_in_a_header_is_our_bug)
{
	static const size_t places[] = {
		offsetof(struct mime_letter, from_name),
		offsetof(struct mime_letter, from_address),
		offsetof(struct mime_letter, to_name),
		offsetof(struct mime_letter, to_address),
		offsetof(struct mime_letter, reply_to),
		offsetof(struct mime_letter, subject),
		offsetof(struct mime_letter, message_id),
		offsetof(struct mime_letter, in_reply_to),
		offsetof(struct mime_letter, references),
		offsetof(struct mime_letter, lang),
		offsetof(struct mime_letter, auto_submitted),
		offsetof(struct mime_letter, precedence),
		offsetof(struct mime_letter, list_id),
		offsetof(struct mime_letter, loop_id),
		offsetof(struct mime_letter, claim),
	};
	static const char *const breaks[] = { "\r\n", "\n", "\r" };
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++)
		for (size_t j = 0; j < 3; j++) {
			struct mime_letter l = plain;
			const char **at = (const char **) ((char *) &l + places[i]);
			struct bytes b;

			*at = arena_printf(a, "%s%sBcc: eve@evil.example",
					   *at ? *at : "x", breaks[j]);
			CHECK_ERR(mime_build(a, &l, &b), ERR_BUG);
		}
	arena_free(a);
}

TEST(wrong_addresses_ids_and_bytes_are_our_bug)
{
	struct arena *a = arena_new("test");
	struct mime_letter l;
	struct bytes b;

	for (int i = 0; i < 6; i++) {
		l = plain;
		switch (i) {
		case 0: l.to_address = "ann@shop.example, eve@evil.example"; break;
		case 1: l.to_address = "ann"; break;
		case 2: l.message_id = "abc@shop.example"; break;
		case 3: l.references = "<a@b> c"; break;
		case 4: l.text = "\xff"; break;
		case 5: l.subject = "\xc3"; break;
		}
		CHECK_ERR(mime_build(a, &l, &b), ERR_BUG);
	}
	arena_free(a);
}

TEST(a_display_name_is_no_advertisement)
{
	static const struct { const char *name, *want; } cases[] = {
		{ "Zoë Müller-Lüdenscheidt", "Zoë Müller-Lüdenscheidt" },
		{ "Win at https://evil.example/now today", "Win at today" },
		{ "WWW.evil.example Ann", "Ann" },
		{ "evil.example/offer", "" },
		{ "Dr. A/B O'Hara", "Dr. A/B O'Hara" },
		{ "Ann\x01\x7f \x1b[31mBee", "Ann [31mBee" },
		{ "\xe2\x80\xae" "eve", "eve" },
		{ "hxxp://x (http://y)", "" },
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		CHECK_TEXT(mime_display_name(a, cases[i].name), cases[i].want);
	arena_free(a);
}

TEST(hostile_names_stay_one_name)
{
	static const char *const names[] = {
		"Ann\" <eve@evil.example>, \"", "Ann <eve@evil.example>",
		"a,b;c:d@e", "\\", "=?utf-8?Q?=0D=0ABcc:_eve@evil.example?=",
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct mime_letter l = plain;
		InternetAddressList *to;
		struct reading r;

		l.to_name = names[i];
		r = read_back(a, &l);
		check_wire(&r);
		to = g_mime_message_get_addresses(r.m, GMIME_ADDRESS_TYPE_TO);
		CHECK_INT(internet_address_list_length(to), 1);
		CHECK_TEXT(internet_address_mailbox_get_addr((InternetAddressMailbox *)
			internet_address_list_get_address(to, 0)), "zoe@mail.example");
		CHECK(!header(&r, "Bcc"));
	}
	arena_free(a);
}

TEST(a_foreign_domain_travels_in_ascii)
{
	struct arena *a = arena_new("test");
	struct mime_letter l = plain;
	const char *ascii;
	struct reading r;

	CHECK_OK(mime_envelope(a, "ann@shop.example", &ascii));
	CHECK_TEXT(ascii, "ann@shop.example");
	CHECK_OK(mime_envelope(a, "ann@müller.example", &ascii));
	CHECK_TEXT(ascii, "ann@xn--mller-kva.example");
	CHECK_ERR(mime_envelope(a, "ann", &ascii), ERR_BUG);
	l.to_address = "ann@müller.example";
	r = read_back(a, &l);
	check_wire(&r);
	CHECK(strstr(header(&r, "To"), "<ann@xn--mller-kva.example>"));
	arena_free(a);
}

/* RFC 6531: what stands before the @ stays as it is. */
TEST(an_address_beyond_ascii_is_written_as_it_is)
{
	struct arena *a = arena_new("test");
	struct mime_letter l = plain;
	const char *out;
	struct bytes b;

	CHECK_OK(mime_envelope(a, "zoë@müller.example", &out));
	CHECK_TEXT(out, "zoë@xn--mller-kva.example");
	CHECK_ERR(mime_envelope(a, "zoë\r\n@müller.example", &out), ERR_BUG);
	l.to_address = "zoë@müller.example";
	CHECK_OK(mime_build(a, &l, &b));
	CHECK(strstr(b.at, "<zoë@xn--mller-kva.example>"));
	arena_free(a);
}

static GMimeObject *child(GMimeObject *of, int i)
{
	CHECK(GMIME_IS_MULTIPART(of));
	return g_mime_multipart_get_part((GMimeMultipart *) of, i);
}

static const char *type_of(struct arena *a, GMimeObject *o)
{
	char *type = g_mime_content_type_get_mime_type(g_mime_object_get_content_type(o));
	const char *kept = arena_dup(a, type);

	g_free(type);
	return kept;
}

TEST(files_come_along_and_pictures_are_shown)
{
	static const struct mime_file files[] = {
		{ "Rechnung \"№ 5\" <a>.pdf", "application/pdf", NULL, { "%PDF\0x\r\n.\r\n", 11 } },
		{ "lid.png", "image/png", "f2.abc@shop.example", { "\x89PNG", 4 } },
		{ "too-large.zip", "application/zip", NULL, { NULL, 0 } },
		{ "odd", "no type\r\nX: y", NULL, { "?", 1 } },
	};
	struct arena *a = arena_new("test");
	struct mime_letter l = plain;
	GMimeObject *top, *related;
	struct reading r;

	l.html = "<p>Hello <img src=\"cid:f2.abc@shop.example\"></p>";
	l.files = files;
	l.n_files = 4;
	r = read_back(a, &l);
	check_wire(&r);
	top = g_mime_message_get_mime_part(r.m);
	CHECK_TEXT(type_of(a, top), "multipart/mixed");
	CHECK_INT(g_mime_multipart_get_count((GMimeMultipart *) top), 3);
	related = child(top, 0);
	CHECK_TEXT(type_of(a, related), "multipart/related");
	CHECK_TEXT(type_of(a, child(related, 0)), "multipart/alternative");
	CHECK_TEXT(type_of(a, child(related, 1)), "image/png");
	CHECK_TEXT(g_mime_object_get_content_id(child(related, 1)), "f2.abc@shop.example");
	CHECK_TEXT(g_mime_object_get_disposition(child(related, 1)), "inline");
	CHECK_TEXT(g_mime_part_get_filename((GMimePart *) child(top, 1)), files[0].name);
	CHECK_TEXT(g_mime_object_get_disposition(child(top, 1)), "attachment");
	CHECK_TEXT(type_of(a, child(top, 2)), "application/octet-stream");
	CHECK(!strstr(r.raw, "too-large") && !header(&r, "X"));
	arena_free(a);
}

TEST(a_file_whose_name_would_be_a_header_is_our_bug)
{
	static const struct mime_file bad = { "a\r\nBcc: eve@evil.example", "text/plain", NULL, { "x", 1 } };
	struct arena *a = arena_new("test");
	struct mime_letter l = plain;
	struct bytes b;

	l.files = &bad;
	l.n_files = 1;
	CHECK_ERR(mime_build(a, &l, &b), ERR_BUG);
	arena_free(a);
}

TEST(the_same_letter_gives_the_same_bytes)
{
	struct arena *a = arena_new("test");
	struct reading one = read_back(a, &plain), two = read_back(a, &plain);

	CHECK_INT(one.n, two.n);
	CHECK(!memcmp(one.raw, two.raw, one.n));
	arena_free(a);
}
