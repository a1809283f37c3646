/* Strangers' HTML: what remains of it, and what it says. */
#include <stdlib.h>
#include <time.h>

#include "base/arena.h"
#include "base/str.h"
#include "canonical.h"
#include "port/html_clean.h"
#include "port/json.h"
#include "test.h"

static struct html_clean cleaned(struct arena *a, const char *html)
{
	struct html_clean c;

	CHECK_OK(html_clean(a, (struct bytes) { html, strlen(html) }, &c));
	return c;
}

static struct json *corpus(struct arena *a, const char *name)
{
	const char *srcdir = getenv("srcdir");
	const char *path = arena_printf(a, "%s/tests/corpus/xss/%s",
					srcdir ? srcdir : ".", name);
	FILE *f = fopen(path, "r");
	struct json *json;
	char part[4096];
	struct str s;
	size_t n;

	if (!f)
		fail_msg("%s is missing", path);
	str_init(&s, a, 1 << 20);
	while ((n = fread(part, 1, sizeof(part), f)) > 0)
		str_addn(&s, part, n);
	fclose(f);
	CHECK_OK(json_parse(a, s.text, s.len, 4, &json));
	return json;
}

/* Canonical, and the same when it is cleaned once more. */
static void check_clean(struct arena *a, const char *html)
{
	struct html_clean once = cleaned(a, html), twice = cleaned(a, once.html);
	const char *complaint = html_uncanonical(once.html);

	if (complaint)
		fail_msg("%s\nmade of %s", complaint, html);
	CHECK_TEXT(twice.html, once.html);
	CHECK_INT(twice.pictures, once.pictures);
	CHECK_INT(twice.n_cids, once.n_cids);
}

TEST(every_vector_of_the_corpus_becomes_canonical_html)
{
	struct arena *a = arena_new("test");
	struct json *vectors = corpus(a, "bluemonday_vectors.json"), *v;
	struct json *naughty = corpus(a, "blns.json"), *ours = corpus(a, "ours.json");
	size_t i, j;

	for (i = 0; (v = json_element(vectors, i)); i++)
		check_clean(a, json_text(json_member(v, "input")));
	for (j = 0; (v = json_element(naughty, j)); j++) {
		check_clean(a, json_text(v));
		check_clean(a, arena_join(a, "<p title=\"", json_text(v), "\">",
					  json_text(v), "</p>"));
	}
	CHECK_INT(i, 503);
	CHECK_INT(j, 485);
	for (i = 0; (v = json_element(ours, i)); i++)
		check_clean(a, json_text(v));
	CHECK(i > 300);
	arena_free(a);
}

struct pair {
	const char *from, *to;
};

static void check_pairs(const struct pair *pairs, size_t n)
{
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < n; i++) {
		CHECK_TEXT(cleaned(a, pairs[i].from).html, pairs[i].to);
		check_clean(a, pairs[i].from);
	}
	arena_free(a);
}
#define CHECK_PAIRS(pairs)	check_pairs(pairs, sizeof(pairs) / sizeof(*(pairs)))

#define LINK	" rel=\"noopener noreferrer nofollow\" target=\"_blank\""

TEST(what_letters_are_made_of_stays)
{
	static const struct pair pairs[] = {
		{ "", "" }, { "Hello", "Hello" },
		{ "a < b & c > d \"e\"", "a &lt; b &amp; c &gt; d \"e\"" },
		{ "<b>bold <i>both</b> it</i>", "<b>bold <i>both</i></b> it" },
		{ "<center>x</center>", "<div style=\"text-align:center\">x</div>" },
		{ "<font color=red size=5>x</font>",
		  "<span style=\"color:#ff0000;font-size:x-large\">x</span>" },
		{ "<font face=Arial>x</font><span class=a id=b>y</span>", "xy" },
		{ "<p dir=RTL lang=ar>x", "<p dir=\"rtl\" lang=\"ar\">x</p>" },
		{ "<ul><li>one<li>two</ul>", "<ul><li>one</li><li>two</li></ul>" },
		{ "<table border=1 bgcolor=#eee><tr><td width=50% colspan=2>x<td>y</table>",
		  "<table width=\"50%\"" },
		{ "<form action=x><p>words</p><input name=q></form>", "<div><p>words</p></div>" },
		{ "<body bgcolor=yellow>x", "<div style=\"background-color:#ffff00\">x</div>" },
		{ "x</body></html>behind", "xbehind" },
		{ "&nbsp;&euro;&#x1F600;&bogus;", "\xc2\xa0\xe2\x82\xac\xf0\x9f\x98\x80&amp;bogus;" },
		{ "<o:p>x</o:p><svg:a>y", "xy" },
		{ "a\x01\x02" "b&#1;&#x85;\x7f", "ab" },
	};
	struct pair all[sizeof(pairs) / sizeof(*pairs)];

	memcpy(all, pairs, sizeof(pairs));
	all[9].to = "<table border=\"1\" style=\"background-color:#eeeeee\"><tr>"
		    "<td width=\"50%\" colspan=\"2\">x</td><td>y</td></tr></table>";
	CHECK_PAIRS(all);
}

TEST(what_could_run_or_load_is_gone_with_its_contents)
{
	static const struct pair pairs[] = {
		{ "a<script>alert(1)</script>b", "ab" },
		{ "a<style>*{x:y}</style>b<title>t</title>c", "abc" },
		{ "a<svg onload=x><circle/></svg>b", "ab" },
		{ "a<math><mi>x</mi></math>b<template><p>t</template>c", "abc" },
		{ "a<iframe src=x>i</iframe><object data=x>o</object>b", "ab" },
		{ "a<textarea><img src=x></textarea>b", "ab" },
		{ "a<noscript><p title=\"</noscript><img src=x onerror=x>\">b", "a" },
		{ "<!-- c --><![CDATA[x]]><?php y ?>a<!--[if mso]>z<![endif]-->",
		  "&lt;![CDATA[x]]&gt;a" },
		{ "<p onclick=x onmouseover=y id=z class=w>a</p>", "<p>a</p>" },
		{ "<base href=http://x><link rel=stylesheet href=y><meta http-equiv=refresh>a", "a" },
		{ "<p><![if !supportLists]>1.<![endif]>x<!--[if mso]>y<![endif]-->z"
		  "<!--[if !mso]><!-->v<!--<![endif]--></p>", "<p>1.xzv</p>" },
		{ "a<![if<b>b</b><![endif", "a" "&lt;![if<b>b</b>&lt;![endif" },
		{ "a<embed src=x>b<p><picture><source srcset=x><img src=cid:1></picture>c",
		  "ab<p><img data-cid=\"1\" alt=\"\">c</p>" },
		{ "<p style=\"display:none\">hidden</p>a<div hidden>b</div>", "a" },
		{ "<details open><summary>s</summary>a</details>", "a" },
	};

	CHECK_PAIRS(pairs);
}

TEST(links_keep_four_schemes)
{
	static const struct pair pairs[] = {
		{ "<a href=\"HTTPS://a.example/?b=1&amp;c=2\">x</a>",
		  "<a href=\"https://a.example/?b=1&amp;c=2\"" LINK ">x</a>" },
		{ "<a href=\" mailto:a@b.example \">x</a>",
		  "<a href=\"mailto:a@b.example\"" LINK ">x</a>" },
		{ "<a href=tel:+49123 target=_top>x</a>", "<a href=\"tel:+49123\"" LINK ">x</a>" },
		{ "<a href='http://a.example/\"onclick=x'>x</a>",
		  "<a href=\"http://a.example/&quot;onclick=x\"" LINK ">x</a>" },
		{ "<a href=\"http://a.example/a b\nc\">x</a>",
		  "<a href=\"http://a.example/a%20bc\"" LINK ">x</a>" },
		{ "<a href=javascript:alert(1)>x</a>", "x" },
		{ "<a href=\"java\nscript:alert(1)\">x</a>", "x" },
		{ "<a href=\"&#106;avascript:alert(1)\">x</a>", "x" },
		{ "<a href=\"data:text/html,x\">x</a><a href=vbscript:x>y</a>", "xy" },
		{ "<a href=//evil.example>x</a><a href=/x>y</a><a href=x>z</a><a>w</a>", "xyzw" },
		{ "<a href=http:///x>x</a><a href=http:>y</a>", "xy" },
		{ "<a href=\"http://a.example\\@b.example\">x</a>", "x" },
		{ "<a name=top>x</a>", "x" },
	};

	CHECK_PAIRS(pairs);
}

TEST(pictures_wait_until_somebody_puts_an_address_in)
{
	static const struct pair pairs[] = {
		{ "<img src=\"cid:a%40b.c\" alt=\"A &lt;b&gt;\" width=10 height=20 onerror=x>",
		  "<img data-cid=\"a@b.c\" alt=\"A &lt;b&gt;\" width=\"10\" height=\"20\">" },
		{ "<img src=http://a.example/b.png srcset=\"http://c 2x\">",
		  "<img data-src=\"http://a.example/b.png\" alt=\"\">" },
		{ "<img src=https://a.example/p.gif width=1 height=1>", "" },
		{ "<img src=\"data:image/png;base64,AAAA\" alt=a>", "" },
		{ "<img src=javascript:x><img src=//a.example/x><img src=x><img>", "" },
		{ "<img data-cid=\"a b\"><img data-src=javascript:x>", "" },
		{ "<input type=image src=http://x><video poster=http://x></video>", "" },
		{ "<table background=http://x><tr><td background=http://y>a</table>",
		  "<table><tr><td>a</td></tr></table>" },
	};
	struct arena *a = arena_new("test");
	struct html_clean c = cleaned(a, "<img src=cid:1><img src=cid:2><img src=cid:1>"
					 "<img src=http://x.example/a><img src=HTTPS://y.example/b>");

	CHECK_PAIRS(pairs);
	CHECK_INT(c.n_cids, 2);
	CHECK_TEXT(c.cids[1], "2");
	CHECK_INT(c.pictures, 2);
	arena_free(a);
}

TEST(of_a_style_a_short_list_remains)
{
	static const struct pair pairs[] = {
		{ "color:RED;font-weight:bold !important", "color:#ff0000;font-weight:bold" },
		{ "FONT-SIZE : 12.50PX", "font-size:12.5px" },
		{ "background: #ABC; border-top:solid #E1E1E1 1.0pt",
		  "background-color:#aabbcc;border-top:solid #e1e1e1 1pt" },
		{ "background-color:rgb(1, 2,3);color:rgba(200,0,0,.9)",
		  "color:#c80000;background-color:#010203" },
		{ "margin:0 auto 4px;padding-left:1em", "margin:0 auto 4px;padding-left:1em" },
		{ "text-decoration:underline line-through;text-align:center",
		  "text-decoration:underline line-through;text-align:center" },
		{ "font-size:1px", "" }, { "font-size:900px", "" }, { "margin:-9px", "" },
		{ "margin-left:9999px", "" }, { "padding:1e3px", "" }, { "width:9e9px", "" },
		{ "position:fixed;top:0;left:0;z-index:9", "" }, { "float:left", "" },
		{ "background:url(http://x.example/a)", "" },
		{ "background-image:url(http://x)", "" },
		{ "color:expression(alert(1))", "" }, { "behavior:url(x)", "" },
		{ "-moz-binding:url(x)", "" }, { "@import 'x'", "" },
		{ "color:r\\65 d", "" }, { "color:/**/red", "" }, { "co/**/lor:red", "" },
		{ "list-style:url(x)", "" }, { "content:'x'", "" }, { "cursor:url(x)", "" },
		{ "font-family:x;transform:scale(9);opacity:0;filter:x;animation:x", "" },
		{ "width:calc(1px)", "" }, { "width:var(--x)", "" }, { "--x:url(y)", "" },
		{ "color:inherit", "" }, { "border:1px solid url(x)", "" },
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		const char *html = arena_join(a, "<p style=\"", pairs[i].from, "\">x</p>");

		CHECK_TEXT(cleaned(a, html).html, *pairs[i].to
			   ? arena_join(a, "<p style=\"", pairs[i].to, "\">x</p>")
			   : "<p>x</p>");
		check_clean(a, html);
	}
	arena_free(a);
}

TEST(words_can_be_read_on_any_ground)
{
	static const struct pair pairs[] = {
		/* white on nothing, black on nothing, white behind nothing */
		{ "<p style=color:#fff>x", "<p>x</p>" },
		{ "<p style=color:black>x", "<p>x</p>" },
		{ "<p style=background-color:white>x", "<p>x</p>" },
		{ "<p style=\"color:white;background:navy\">x<b style=color:#eee>y",
		  "<p style=\"color:#ffffff;background-color:#000080\">x"
		  "<b style=\"color:#eeeeee\">y</b></p>" },
		{ "<div style=color:red><p style=color:black>x",
		  "<div style=\"color:#ff0000\"><p style=\"color:#000000\">x</p></div>" },
	};

	CHECK_PAIRS(pairs);
}

TEST(html_becomes_the_words_of_the_message)
{
	static const struct pair pairs[] = {
		{ "<p>one</p><p>two<br>three", "one\n\ntwo\nthree" },
		{ "<div>one</div><div><br></div><div>two<br></div><div>three", "one\n\ntwo\nthree" },
		{ "<p class=MsoNormal>one<o:p></o:p></p><p class=MsoNormal>&nbsp;</p>"
		  "<p class=MsoNormal>two</p>", "one\n\ntwo" },
		{ "<ul><li>one<li>two<ol start=1><li>a<li>b</ol></ul>x",
		  "- one\n- two\n\n  1. a\n  2. b\n\nx" },
		{ "<table><tr><td>Order<td>5001<tr><td>Item<td>Mug</table>",
		  "Order  5001\nItem  Mug" },
		{ "see <a href=https://a.example/x>this</a>", "see this (https://a.example/x)" },
		{ "<a href=https://a.example/>a.example</a>", "a.example" },
		{ "<a href=mailto:a@b.example>a@b.example</a>", "a@b.example" },
		{ "<img src=cid:1 alt=lid.png>", "[lid.png]" },
		{ "  a \n  b  <b> c</b>  d ", "a b c d" },
		{ "<pre>  a\n   b</pre>", "  a\n   b" },
		{ "<script>x</script>a&lt;b&gt;", "a<b>" },
		{ "a<hr>b", "a\n-----\nb" },
		{ "<blockquote>mine, indented</blockquote>", "mine, indented" },
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		struct html_clean c = cleaned(a, pairs[i].from);

		CHECK_TEXT(c.text, pairs[i].to);
		CHECK(!c.folded);
	}
	arena_free(a);
}

#define WROTE	"On Wed, Mar 4, 2026 at 10:12 AM Shop &lt;help@shop.example&gt; wrote:"

TEST(what_mail_programs_quote_is_folded)
{
	static const char *const behind[] = {
		"<div class=gmail_quote><div class=gmail_attr>" WROTE "<br></div>"
			"<blockquote class=gmail_quote>OLD</blockquote></div>",
		"<div class=x_gmail_quote><div class=x_gmail_attr>Kirjoitti jotakin</div>"
			"<blockquote class=x_gmail_quote>OLD</blockquote></div>",
		"<div><br>" WROTE "<br><br></div><blockquote type=cite><div>OLD</div></blockquote>",
		"<div id=AppleMailSignature>Max</div><div>" WROTE "</div>"
			"<blockquote type=cite>OLD</blockquote>",
		"<div class=moz-cite-prefix>Am 4.3.26 um 10:12 schrieb Shop:<br></div>"
			"<blockquote type=cite cite=mid:x><p>OLD</p></blockquote>",
		"<div class=yahoo_quoted><div>" WROTE "</div><div>OLD</div></div>",
		"<div class=protonmail_quote>" WROTE "<br><blockquote class=protonmail_quote "
			"type=cite>OLD</blockquote></div>",
		"<div id=appendonsend></div><hr><div id=divRplyFwdMsg><b>Von:</b> Shop<br>"
			"<b>Gesendet:</b> Mittwoch<br><b>An:</b> Max<br><b>Betreff:</b> Re</div>OLD",
		"<div id=x_divRplyFwdMsg><b>Quelle:</b> Shop</div><div>OLD</div>",
		"<div style=\"border-top:solid #E1E1E1 1pt\"><p class=MsoNormal><b>From:</b> "
			"Shop<br><b>Sent:</b> Wednesday<br><b>To:</b> Max<br><b>Subject:</b> Re"
			"</p></div><p class=MsoNormal>OLD</p>",
		"<div id=mail-editor-reference-message-container><div><b>X:</b> y</div>OLD</div>",
		"<div name=quote style=\"margin:10px\"><div><b>Gesendet:</b> Mittwoch</div>OLD</div>",
		"<p>-----Ursprüngliche Nachricht-----</p><p>OLD</p>",
		"<div>Sent from my iPhone</div><div>" WROTE "</div><blockquote>OLD</blockquote>",
		"<div class=gmail_signature>-- <br>Max OLD</div>",
		"<div>-- <br></div><div>Max OLD</div>",
		"<pre class=moz-signature>-- \nMax OLD</pre>",
		"<details class=quoted>OLD</details>",
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(behind) / sizeof(*behind); i++) {
		const char *html = arena_join(a, "<div dir=ltr><div>It is <b>broken</b>.</div>",
					      behind[i], "</div>");
		struct html_clean c = cleaned(a, html);

		CHECK_TEXT(c.text, "It is broken.");
		CHECK(c.folded && strstr(c.folded, "OLD"));
		CHECK(strstr(c.html, "</div><details class=\"quoted\">"));
		CHECK(strstr(strstr(c.html, "<details"), "OLD"));
		check_clean(a, html);
	}
	arena_free(a);
}

TEST(answers_between_quotations_stay_in_html_too)
{
	struct arena *a = arena_new("test");
	struct html_clean c = cleaned(a, "<div class=gmail_quote><div class=gmail_attr>" WROTE
		"</div><blockquote class=gmail_quote>one?</blockquote><div>yes</div>"
		"<blockquote class=gmail_quote>two?</blockquote><div>no</div>"
		"<blockquote class=gmail_quote>bye</blockquote></div>");

	CHECK_TEXT(c.text, "On Wed, Mar 4, 2026 at 10:12 AM Shop <help@shop.example> wrote:\n"
			   "\n> one?\n\nyes\n\n> two?\n\nno");
	CHECK_TEXT(c.folded, "> bye");
	CHECK(strstr(c.html, "yes") < strstr(c.html, "<details"));
	/* somebody who indents, or signs and goes on, has quoted nothing */
	c = cleaned(a, "a<div class=gmail_signature>Max</div><p>P.S. b</p>");
	CHECK_TEXT(c.text, "a\nMax\n\nP.S. b");
	CHECK(!c.folded);
	arena_free(a);
}

TEST(html_that_shows_no_more_than_its_words_says_so)
{
	static const struct { const char *html; bool formatted; } cases[] = {
		{ "<div dir=ltr>a<br><a href=http://x.example>x</a></div>", false },
		{ "<p class=MsoNormal style=\"color:black\"><span>a</span></p>", false },
		{ "a<div class=gmail_quote><blockquote class=gmail_quote><b>x</b></blockquote></div>",
		  false },
		{ "a <b>b</b>", true }, { "<img src=cid:1>", true },
		{ "<p style=color:red>x", true }, { "<table><tr><td>x</table>", true },
		{ "<ul><li>x</ul>", true },
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		CHECK_INT(cleaned(a, cases[i].html).formatted, cases[i].formatted);
	arena_free(a);
}

TEST(two_mebibytes_and_sixty_four_levels_are_the_most)
{
	struct arena *a = arena_new("test");
	struct html_clean c;
	struct str s;

	str_init(&s, a, 4 << 20);
	for (int i = 0; i < 200; i++)
		str_add(&s, "<div>");
	str_add(&s, "deep");
	c = cleaned(a, s.text);
	CHECK(c.cut && strstr(c.html, "deep"));
	CHECK_TEXT(c.text, "deep");
	check_clean(a, s.text);
	for (int i = 0; i < 200; i++)
		str_add(&s, "</div>");
	while (s.len < 3 << 20)
		str_add(&s, "<p>&lt;words&gt;</p>");
	c = cleaned(a, s.text);
	CHECK(c.cut && strlen(c.html) <= HTML_CLEAN_MOST);
	CHECK(!html_uncanonical(c.html));
	arena_free(a);
}

static double spent(const char *html)
{
	struct arena *a = arena_new("test");
	clock_t before = clock();

	cleaned(a, html);
	arena_free(a);
	return (double) (clock() - before) / CLOCKS_PER_SEC;
}

TEST(bombs_of_any_kind_take_time_in_proportion)
{
	static const char *const pieces[] = {
		"<div>", "<b></i>", "<p>", "<a href=http://x.example>", "<table><tr><td>", "&amp;",
		"<", "<!--", "<![CDATA[", "<br>", "<ul><li>", "<blockquote type=cite>", "<?",
		"<p>x</p><form>", "<select><option>", "</i>", "<img src=cid:1>", "a ", ">", "\"'&",
		"<p style=\"color:red;color:red;color:red\">x</p>", "<b>x</b> ", "<div><br>",
		"<![<!--", "<![if", "<![if x]>", "<!-- -->", "<![if x]><!-- a -->",
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(pieces) / sizeof(*pieces); i++) {
		struct str once, tenfold;

		str_init(&once, a, 1 << 20);
		str_init(&tenfold, a, 4 << 20);
		while (once.len < 100000)
			str_add(&once, pieces[i]);
		for (int n = 0; n < 10; n++)
			str_add(&tenfold, once.text);
		/* libxml2 asks each end tag of up to a thousand open elements */
		CHECK(spent(tenfold.text) < 25 * spent(once.text) + 1.5);
	}
	arena_free(a);
}
