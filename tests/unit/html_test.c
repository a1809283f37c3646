#include "base/arena.h"
#include "base/html.h"
#include "base/str.h"
#include "test.h"

#define REL	" rel=\"nofollow noopener noreferrer\""
#define LINK(x)	"<a href=\"" x "\"" REL ">" x "</a>"

struct written {
	const char *in, *out;
};

static void check_all(const struct written *cases, size_t n,
		      const char *(*write)(struct arena *, const char *))
{
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < n; i++)
		CHECK_TEXT(write(a, cases[i].in), cases[i].out);
	arena_free(a);
}
#define CHECK_ALL(cases, write) \
	check_all(cases, sizeof(cases) / sizeof(*(cases)), write)

TEST(five_characters_become_entities_and_returns_vanish)
{
	struct arena *a = arena_new("test");
	struct str s;

	str_init(&s, a, 1000);
	html_add(&s, "a&b<c>d\"e'f\rg", 13);
	CHECK_TEXT(s.text, "a&amp;b&lt;c&gt;d&quot;e&#39;fg");
	arena_free(a);
}

TEST(a_part_of_an_address_holds_nothing_that_divides_addresses)
{
	static const struct written cases[] = {
		{ "plain-1.2_3~", "plain-1.2_3~" },
		{ "a b/c?d=e&f#g", "a%20b%2Fc%3Fd%3De%26f%23g" },
		{ "\"><script>", "%22%3E%3Cscript%3E" },
		{ "../..", "..%2F.." },
		{ "ä", "%C3%A4" },
		{ "", "" },
	};

	CHECK_ALL(cases, html_url);
}

TEST(a_link_leads_to_the_web_to_a_mailbox_or_into_our_house)
{
	static const struct written cases[] = {
		{ "https://shop.example/a?b=1&c=2", "https://shop.example/a?b=1&amp;c=2" },
		{ "HTTP://shop.example", "HTTP://shop.example" },
		{ "mailto:ann@shop.example", "mailto:ann@shop.example" },
		{ "/help/tickets/7", "/help/tickets/7" },
		{ "?page=2", "?page=2" },
		{ "tickets/7", "tickets/7" },
		{ "tickets?back=http://x", "tickets?back=http://x" },
		{ "#m12", "#m12" },
		{ "https://x/\"onclick='x'", "https://x/&quot;onclick=&#39;x&#39;" },
		{ "", "#" },
		{ "javascript:alert(1)", "#" },
		{ "JaVaScRiPt:alert(1)", "#" },
		{ " javascript:alert(1)", "#" },
		{ "java\tscript:alert(1)", "#" },
		{ "data:text/html,<script>", "#" },
		{ "vbscript:x", "#" },
		{ "//evil.example", "#" },
		{ "/\\evil.example", "#" },
		{ "/\t/evil.example", "#" },
		{ "\n//evil.example", "#" },
		{ "https://", "#" },
		{ "http:evil.example", "#" },
		{ "javascript&colon;alert(1)", "#" },
		{ "tickets:7/8", "#" },
		{ ":", "#" },
	};

	CHECK_ALL(cases, html_link);
}

TEST(typed_text_becomes_paragraphs_and_lines)
{
	static const struct written cases[] = {
		{ "", "" },
		{ "\n\n", "" },
		{ "one", "<p>one</p>" },
		{ "one\ntwo", "<p>one<br>\ntwo</p>" },
		{ "one\r\n\r\ntwo\r\n", "<p>one</p>\n<p>two</p>" },
		{ "\n one\n \t \n\n\ntwo", "<p> one</p>\n<p>two</p>" },
		{ "<b>&amp;\"'</b>", "<p>&lt;b&gt;&amp;amp;&quot;&#39;&lt;/b&gt;</p>" },
	};

	CHECK_ALL(cases, html_paragraphs);
}

TEST(addresses_in_typed_text_can_be_clicked)
{
	static const struct written cases[] = {
		{ "see https://a.example/b.", "<p>see " LINK("https://a.example/b") ".</p>" },
		{ "(http://a.example/b_(c))", "<p>(" LINK("http://a.example/b_(c)") ")</p>" },
		{ "\"http://a.example\"", "<p>&quot;" LINK("http://a.example") "&quot;</p>" },
		{ "http://a.example/?b=1&c=2",
		  "<p>" LINK("http://a.example/?b=1&amp;c=2") "</p>" },
		{ "mailto:ann@shop.example, please",
		  "<p>" LINK("mailto:ann@shop.example") ", please</p>" },
		{ "http://a.example’s", "<p>" LINK("http://a.example") "’s</p>" },
		{ "http://a.example/<script>",
		  "<p>" LINK("http://a.example/") "&lt;script&gt;</p>" },
		{ "http://a.example/'onmouseover='x",
		  "<p>" LINK("http://a.example/&#39;onmouseover=&#39;x") "</p>" },
	};

	CHECK_ALL(cases, html_paragraphs);
}

TEST(what_is_no_address_stays_text)
{
	static const struct written cases[] = {
		{ "javascript:alert(1)", "<p>javascript:alert(1)</p>" },
		{ "data:text/html,x", "<p>data:text/html,x</p>" },
		{ "ftp://a.example", "<p>ftp://a.example</p>" },
		{ "http://", "<p>http://</p>" },
		{ "https://...", "<p>https://...</p>" },
		{ "mailto:nobody", "<p>mailto:nobody</p>" },
		{ "xhttp://a.example", "<p>xhttp://a.example</p>" },
	};

	CHECK_ALL(cases, html_paragraphs);
}

TEST(a_wall_of_brackets_is_written_in_linear_time)
{
	struct arena *a = arena_new("test");
	static char wall[200001];

	memset(wall, ')', sizeof(wall) - 1);
	memcpy(wall, "http://a", 8);
	CHECK(strlen(html_paragraphs(a, wall)) > 200000);
	memset(wall, '(', sizeof(wall) - 1);
	CHECK(strlen(html_paragraphs(a, wall)) > 200000);
	arena_free(a);
}

TEST(an_address_of_the_same_origin_is_written_without_it)
{
	static const struct { const char *address, *want; } cases[] = {
		{ "https://shop.example/help/panel", "/help/panel" },
		{ "https://shop.example/", "/" },
		{ "https://shop.example", "https://shop.example" },
		{ "https://shop.example.evil.example/x", "https://shop.example.evil.example/x" },
		{ "https://shop.example//evil.example", "https://shop.example//evil.example" },
		{ "https://shop.example:8443/x", "https://shop.example:8443/x" },
		{ "http://shop.example/x", "http://shop.example/x" },
		{ "/help", "/help" }, { "", "" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		CHECK_TEXT(html_near(cases[i].address, "https://shop.example"),
			   cases[i].want);
	CHECK_TEXT(html_near("https://shop.example/x", NULL), "https://shop.example/x");
}
