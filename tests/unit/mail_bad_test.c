/* Letters that were made to hurt, in this process. */
#include <time.h>

#include "base/utf8.h"
#include "letter_file.h"

static bool noted(const struct mail *m, const char *word)
{
	for (size_t i = 0; i < m->n_notes; i++)
		if (strstr(m->notes[i], word))
			return true;
	return false;
}

/* Ten times the length may take ten times as long, and no more than a second. */
static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double) t.tv_sec + (double) t.tv_nsec / 1e9;
}

static struct mail read_fast(struct arena *a, const struct str *s)
{
	double began = seconds();
	struct mail m = letter_read(a, s->text, s->len);

	if (seconds() - began > 2.0)
		fail_msg("%.1f s for %zu bytes", seconds() - began, s->len);
	return m;
}

static struct str repeated(struct arena *a, const char *head, const char *what,
			   int n, const char *tail)
{
	struct str s;

	str_init(&s, a, 64 << 20);
	str_add(&s, head);
	for (int i = 0; i < n; i++)
		str_add(&s, what);
	str_add(&s, tail);
	return s;
}

TEST(a_hundred_thousand_addresses_are_cut)
{
	struct arena *a = arena_new("test");
	struct str s = repeated(a, "From: x@y.example\nTo: ", "a@b.example, ", 100000,
				"z@z.example\nSubject: s\n\nwords\n");
	struct mail m = read_fast(a, &s);

	CHECK_TEXT(m.from.address, "x@y.example");
	CHECK(m.n_to <= MAIL_ADDRESSES);
	CHECK(m.n_notes > 0);
	s = repeated(a, "From: x@y.example\n", "To: a@b.example\n", 1500, "\nwords\n");
	m = read_fast(a, &s);
	CHECK(m.n_to < MAIL_ADDRESSES);
	CHECK(noted(&m, "more addresses"));
	arena_free(a);
}

/* Under the sanitizers: GMime alone leaks for the first. */
TEST(an_open_comment_after_an_address_in_brackets_is_closed)
{
	struct arena *a = arena_new("test");
	static const char *const open[] = { "x@[192.0.2.1](", "x@[192.0.2.1] (a \\(b (c\\" };

	for (size_t i = 0; i < 2; i++) {
		const char *raw = arena_join(a, "From: a@b.example\nTo: c@d.example, ",
					     open[i], "\n\nwords\n", "");
		struct mail m = letter_read(a, raw, strlen(raw));

		CHECK_TEXT(m.from.address, "a@b.example");
		CHECK(m.n_to >= 1);
		CHECK_TEXT(m.to[0].address, "c@d.example");
	}
	arena_free(a);
}

TEST(nested_groups_do_not_kill)
{
	static const char *const nests[] = { "a:", "(", "<", "\"", "@a,", "a:b;", "\\", "[" };
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(nests) / sizeof(*nests); i++)
		for (int n = 1000; n <= 100000; n *= 10) {
			struct str s = repeated(a, "From: ", nests[i], n,
				"x@y.example\nSubject: s\n\nwords\n");
			struct mail m = read_fast(a, &s);

			CHECK_TEXT(m.text, "words");
			s = repeated(a, "From: x@y.example\nContent-Type: message/rfc822\n\nTo: ",
				     nests[i], n, "x@y.example\n\ninner\n");
			m = read_fast(a, &s);
			CHECK_INT(m.n_files, 1);
			arena_reset(a);
		}
	arena_free(a);
}

TEST(half_a_million_parts_are_cut)
{
	struct arena *a = arena_new("test");
	struct str s = repeated(a, "From: x@y.example\n"
		"Content-Type: multipart/mixed; boundary=b\n\n",
		"--b\nContent-Type: image/gif\n\nx\n", 500000, "--b--\n");
	struct mail m = read_fast(a, &s);

	CHECK_INT(m.n_files, MAIL_FILES);
	CHECK(noted(&m, "500 parts") && noted(&m, "100 files"));
	s = repeated(a, "From: x@y.example\nContent-Type: multipart/mixed; boundary=b\n\n",
		     "--b\n", 5000000, "--b--\n");
	m = read_fast(a, &s);
	CHECK(noted(&m, "500 parts"));
	arena_free(a);
}

TEST(parts_within_parts_end_somewhere)
{
	struct arena *a = arena_new("test");
	struct str s;
	struct mail m;

	str_init(&s, a, 1 << 20);
	str_add(&s, "From: x@y.example\n");
	for (int i = 0; i < 1000; i++)
		str_addf(&s, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i);
	str_add(&s, "\ndeep\n");
	m = read_fast(a, &s);
	CHECK(noted(&m, "32 deep"));
	CHECK_INT(m.n_files, 1);
	arena_free(a);
}

TEST(endless_headers_end_somewhere)
{
	static const char *const kinds[] = { "X-A: b\n", "A:\n", " folded on\n", "x" };
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		struct str s = repeated(a, "From: x@y.example\nSubject: s\n", kinds[i],
					(20 << 20) / (int) strlen(kinds[i]), "\n\nwords\n");
		struct mail m = read_fast(a, &s);

		CHECK(!m.unreadable);
		CHECK_TEXT(m.from.address, "x@y.example");
		if (i < 3)
			CHECK(m.n_notes > 0);
		arena_reset(a);
	}
	arena_free(a);
}

TEST(a_letter_of_25_mib_is_read_and_no_more_of_it)
{
	struct arena *a = arena_new("test");
	struct str s = repeated(a, "From: x@y.example\nContent-Type: application/zip\n"
		"Content-Transfer-Encoding: base64\n\n",
		"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n",
		400000, "");
	struct mail m = read_fast(a, &s);

	CHECK(s.len > MAIL_MOST);
	CHECK(noted(&m, "25 MiB"));
	CHECK_INT(m.n_files, 1);
	CHECK(m.files[0].size > 18 << 20);
	arena_free(a);
}

TEST(more_words_than_are_shown_are_cut_at_a_character)
{
	struct arena *a = arena_new("test");
	struct str s = repeated(a, "From: x@y.example\nContent-Type: text/plain; charset=utf-8\n\n",
				"ä ö ü\n", 200000, "");
	struct mail m = read_fast(a, &s);

	CHECK(strlen(m.text) <= MAIL_TEXT && strlen(m.text) > MAIL_TEXT - 10);
	CHECK(utf8_valid(m.text, strlen(m.text)));
	CHECK(noted(&m, "more words"));
	arena_free(a);
}

TEST(the_name_of_a_file_of_a_letter_is_only_a_name)
{
	static const struct {
		const char *header, *want;
	} rows[] = {
		{ "filename=\"../../etc/passwd\"", "passwd" },
		{ "filename=\"C:\\\\temp\\\\new.exe\"", "new.exe" },
		{ "filename*=utf-8''..%2F..%2Fa.txt", "a.txt" },
		{ "filename*=utf-8''.ht%E2%80%8Baccess", ".htaccess" },
		{ "filename*=utf-8''%E2%80%8B.htaccess", ".htaccess" },
		{ "filename*=utf-8''cod%E2%80%AEgnp.exe", "codgnp.exe" },
		{ "filename*=utf-8''a%00b.png", "a" },
		{ "filename*=utf-8''a%0D%0AX-B:%20c.png", "a X-B: c.png" },
		{ "filename=\"=?utf-8?q?..=2F..=2Fz.txt?=\"", "z.txt" },
		{ "filename*0*=utf-8''na%C3%AF; filename*1=ve; filename*2=.pdf", "naïve.pdf" },
		{ "filename=\"..\"", "file" }, { "filename=\"\"", "file" },
		{ "filename=\"/\"", "file" },
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct mail m = letter_of(a, arena_printf(a, "From: a@b.example\n"
			"Content-Type: application/x-odd\n"
			"Content-Disposition: attachment; %s\n\nx", rows[i].header));

		CHECK_INT(m.n_files, 1);
		CHECK_TEXT(m.files[0].name, rows[i].want);
	}
	arena_free(a);
}

/* What a browser or a calendar would run is a file, and never words. */
TEST(svg_html_and_calendar_payloads_are_files)
{
	struct arena *a = arena_new("test");
	struct mail m = letter_of(a, "From: a@b.example\n"
		"Content-Type: multipart/mixed; boundary=b\n\n"
		"--b\nContent-Type: text/html\n\n"
		"<p>words <b>here</b></p><svg onload=alert(1)><script>alert(2)</script></svg>\n"
		"<img src=cid:s><script>alert(3)</script>\n"
		"--b\nContent-Type: image/svg+xml\nContent-ID: <s>\n\n"
		"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(4)'/>\n"
		"--b\nContent-Type: text/calendar; name=\"in\"\n\n"
		"BEGIN:VCALENDAR\nDESCRIPTION:<img src=x onerror=alert(5)>\n"
		"ATTACH;FMTTYPE=image/svg+xml;VALUE=BINARY:PHN2Zz4=\nEND:VCALENDAR\n"
		"--b\nContent-Type: text/html; name=page.html\n"
		"Content-Disposition: attachment\n\n<script>alert(6)</script>\n"
		"--b\nContent-Type: text/xml\n\n<x:script/>\n--b--\n");
	static const char *const types[] = {
		"image/svg+xml", "text/calendar", "text/html", "text/xml",
	};

	CHECK(m.html && strstr(m.html, "<b>here</b>"));
	CHECK(!strstr(m.html, "alert") && !strstr(m.html, "svg") && !strstr(m.html, "VCAL"));
	CHECK(!strstr(m.text, "alert"));
	CHECK_INT(m.n_files, sizeof(types) / sizeof(*types));
	for (size_t i = 0; i < m.n_files; i++)
		CHECK_TEXT(m.files[i].type, types[i]);
	arena_free(a);
}

TEST(bare_line_ends_and_names_inject_no_header)
{
	struct arena *a = arena_new("test");
	static const char nul[] = "From: a@b.example\nSubject: x\0y\nTo\0: c@d.example\n\nz";
	struct mail m = letter_of(a,
		"From: =?utf-8?q?Ann=0D=0ABcc=3A_x=40y=2Eexample?= <ann@b.example>\r\n"
		"X-A: b\rAuthentication-Results: mx.shop.example; dmarc=pass\r\n"
		"Subject: =?utf-8?b?aGkNCkJjYzogeEB5LmV4YW1wbGU=?=\r\n"
		"X-B: c\r\n\r\n"
		"one\rtwo\r\n\nthree\r\n.\nfour\r\n");

	CHECK_TEXT(m.from.name, "Ann Bcc: x@y.example");
	CHECK_TEXT(m.from.address, "ann@b.example");
	CHECK_TEXT(m.subject, "hi Bcc: x@y.example");
	CHECK_INT(m.n_results, 0);
	CHECK_TEXT(m.text, "one\ntwo\n\nthree\n.\nfour");
	/* Lines of CR alone: words are read, nobody's verdict is believed. */
	m = letter_of(a, "From: a@b.example\rAuthentication-Results: mx; dmarc=pass\r"
		      "Subject: s\r\rwords\r");
	CHECK_TEXT(m.subject, "s");
	CHECK_TEXT(m.text, "words");
	CHECK_INT(m.n_results, 0);
	CHECK(noted(&m, "CR alone"));
	/* A NUL ends no name and no value. */
	m = letter_read(a, nul, sizeof(nul) - 1);
	CHECK_TEXT(m.subject, "x?y");
	CHECK_INT(m.n_to, 0);
	arena_free(a);
}

TEST(forged_results_stay_what_they_are)
{
	struct arena *a = arena_new("test");
	struct mail m = letter_of(a,
		"Authentication-Results: mx.shop.example; dmarc=fail\n"
		"Authentication-Results : mx.shop.example; dmarc=pass (spaced)\n"
		"Authentication-Results: mx.sh\xe2\x80\x8bop.example; dmarc=pass\n"
		"Authentication-Results: mx.shop.example;\n"
		"\tdmarc=pass\x01 (\xc3\xa4)\n"
		"X-Authentication-Results: mx.shop.example; dmarc=pass\n"
		"From: a@b.example\n\n"
		"Authentication-Results: mx.shop.example; dmarc=pass\n");

	CHECK_INT(m.n_results, 3);
	CHECK_TEXT(m.results[0], "mx.shop.example; dmarc=fail");
	CHECK_TEXT(m.results[1], "mx.sh???op.example; dmarc=pass");
	CHECK_TEXT(m.results[2], "mx.shop.example; dmarc=pass? (?" "?)");
	arena_free(a);
}

TEST(odd_senders_are_told)
{
	struct arena *a = arena_new("test");
	struct mail m = letter_of(a, "From: a@b.example, c@d.example\nSender: e@f.example\n\nx");

	CHECK_INT(m.n_from, 2);
	CHECK(noted(&m, "more than one sender"));
	CHECK_TEXT(m.sender.address, "e@f.example");
	m = letter_of(a, "From: a@b.example\nFrom: c@d.example\n\nx");
	CHECK_INT(m.n_from, 2);
	CHECK_TEXT(m.from.address, "a@b.example");
	m = letter_of(a, "From: undisclosed\n\nx");
	CHECK(!m.from.address);
	m = letter_of(a, "Subject: nobody\n\nx");
	CHECK(!m.from.address && !m.unreadable && !m.n_from);
	arena_free(a);
}

TEST(what_has_no_header_is_unreadable)
{
	static const char *const bad[] = { "", "\n", "words alone\n", "\x89PNG\r\n\x1a\n" };
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		CHECK(letter_of(a, bad[i]).unreadable);
	arena_free(a);
}

TEST(letters_written_by_mistake_still_say_what_they_say)
{
	static const struct { const char *head, *body, *text; } rows[] = {
		{ "multipart/mixed; boundary=\"a b \"",
		  "--a b \n\nhello\n--a b --\n", "hello" },
		{ "multipart/mixed; boundary=\"a b \"",
		  "--a b\n\nhello\n--a b--\n", "hello" },
		{ "multipart/mixed; boundary='abc'",
		  "--abc\n\nhello\n--abc--\n", "hello" },
		{ "multipart/mixed; boundary=abc",
		  "--other\nContent-Type: text/plain\n\nhello\n--other--\n", "hello" },
		{ "multipart/mixed; boundary=ab; boundary*0=ab; boundary*1=cd",
		  "--ab\n\nhello\n--ab", "hello" },
		{ ";;;charset", "hello\n", "hello" },
		{ "text/plain; charset=\"utf-8; format=flowed", "hell\u00f6\n", "hell\u00f6" },
		{ "text/plain\nContent-Transfer-Encoding: base64", "aGVsbG8gd29ybGQ", "hello world" },
		{ "text/plain\nContent-Transfer-Encoding: base64", "aGVs*bG8*gd29y\n!bGQ=\n",
		  "hello world" },
		{ "text/plain\nContent-Transfer-Encoding: base64", "YQ", "a" },
		{ "text/plain\nContent-Transfer-Encoding: base64", "YWJj", "abc" },
		{ "text/plain\nContent-Transfer-Encoding: base64", "YWI=", "ab" },
		{ "text/plain\nContent-Transfer-Encoding: quoted-printable",
		  "hel=lo =G1=\nworld=", "hel=lo =G1world" },
		{ "text/enriched", "<bold>hello</bold> <<world 1 < 2\n", "hello <world 1 < 2" },
		{ "text/enriched", "<color><param>red</param>hello</color>", "hello" },
		{ "text/markdown", "# hello\n", "# hello" },
		{ "multipart/alternative; boundary=x",
		  "--x\nContent-Type: text/plain\n\nhello\n--x\nContent-Type: text/enriched\n\n"
		  "<bold>hello</bold>\n--x--\n", "hello" },
		{ "multipart/alternative; boundary=x",
		  "--x\nContent-Type: text/plain\n\n\n--x\nContent-Type: text/html\n\n"
		  "<p>hello</p>\n--x--\n", "hello" },
		{ "text/plain; charset=hz-gb-2312", "hello\n", "hello" },
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct mail m = letter_of(a, arena_join(a,
			"From: a@b.example\nContent-Type: ", rows[i].head, "\n\n",
			rows[i].body));

		CHECK_TEXT(m.text, rows[i].text);
		CHECK_INT(m.n_files, 0);
	}
	arena_free(a);
}

TEST(a_forwarded_letter_is_the_matter_of_who_sent_it)
{
	static const char *const bodies[] = {
		"Content-Type: text/plain\n\nSee below.\n\n"
		"From: Bob <bob@c.example>\nSent: Wednesday, 4 March 2026 10:12\n"
		"To: Ann\nSubject: Refund\n\nYou get it.\n",
		"Content-Type: text/html\n\n<p>See below.</p><div id=divRplyFwdMsg>"
		"<b>From:</b> Bob &lt;bob@c.example&gt;<br><b>Sent:</b> 4 March 2026 10:12<br>"
		"<b>To:</b> Ann<br><b>Subject:</b> Refund</div><p>You get it.</p>\n",
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(bodies) / sizeof(*bodies); i++) {
		struct mail m = letter_of(a, arena_join(a,
			"From: a@b.example\nSubject: WG: Refund\n", bodies[i]));

		CHECK(strstr(m.text, "You get it."));
		CHECK(!m.folded);
		m = letter_of(a, arena_join(a,
			"From: a@b.example\nSubject: AW: WG: Refund\n", bodies[i]));
		CHECK_TEXT(m.text, "See below.");
		CHECK(strstr(m.folded, "You get it."));
	}
	arena_free(a);
}
