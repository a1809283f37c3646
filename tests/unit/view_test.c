#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/words.h"
#include "folder.h"
#include "port/view.h"
#include "test.h"

/* A folder of templates and a theme, made for one test. */
struct stage {
	struct arena *a;
	const char *shipped, *theme;
	struct views *views;
	struct view *v;
};

static void put_file(struct stage *s, const char *folder, const char *name,
		     const char *text)
{
	FILE *f = fopen(arena_printf(s->a, "%s/%s", folder, name), "w");

	CHECK(f != NULL);
	fputs(text, f);
	fclose(f);
}

static const char *new_folder(struct arena *a)
{
	char *path = arena_dup(a, "/tmp/aftersale-view-XXXXXX");

	CHECK(mkdtemp(path) != NULL);
	CHECK(mkdir(arena_printf(a, "%s/parts", path), 0700) == 0);
	return path;
}

static struct stage set_up(void)
{
	struct arena *a = arena_new("test");
	struct stage s = { .a = a, .shipped = new_folder(a), .theme = new_folder(a) };

	words_open("tests/unit/locale");
	words_use("en");
	s.views = views_open(s.shipped, s.theme);
	s.v = view_new(a, s.views);
	return s;
}

static void tear_down(struct stage *s)
{
	CHECK(folder_remove(s->shipped) == 0);
	CHECK(folder_remove(s->theme) == 0);
	words_use("en");
	arena_free(s->a);
	views_close(s->views);
}

static const char *shown(struct stage *s, const char *name)
{
	struct str out;

	str_init(&out, s->a, 1 << 20);
	CHECK_OK(view_render(s->v, name, &out));
	return out.text;
}

static void check_refused(struct stage *s, const char *name)
{
	struct str out;

	str_init(&out, s->a, 1 << 20);
	str_add(&out, "kept");
	CHECK_ERR(view_render(s->v, name, &out), ERR_BUG);
	CHECK_TEXT(out.text, "kept");
}

#define HOSTILE	"<b>&\"'"
#define HARMLESS	"&lt;b&gt;&amp;&quot;&#39;"

TEST(every_way_to_print_a_value_escapes_it)
{
	static const struct { const char *template, *want; } cases[] = {
		{ "<?cs var:X ?>", HARMLESS },
		{ "<?cs var:X + X ?>", HARMLESS HARMLESS },
		{ "<?cs var:\"<i>\" ?>", "&lt;i&gt;" },
		{ "<?cs var:_(\"<Quote> & 'x'\") ?>", "&lt;Quote&gt; &amp; &#39;x&#39;" },
		{ "<?cs var:_(X) ?>", HARMLESS },
		{ "<?cs var:say1(\"<{1}>\", X) ?>", "&lt;" HARMLESS "&gt;" },
		{ "<?cs var:say2(\"{2}{1}\", X, \"a\") ?>", "a" HARMLESS },
		{ "<?cs var:say3(\"{3}{2}{1}\", X, \"a\", \"b\") ?>", "ba" HARMLESS },
		{ "<?cs var:say1(\"{1}\", None) ?>", "" },
		{ "<?cs var:say1(\"{1}\", #5 + #2) ?>", "7" },
		{ "<?cs var:many(\"<one>\", \"<{1}>\", Number) ?>", "&lt;1,042&gt;" },
		{ "<?cs var:many(\"<one>\", \"<{1}>\", X) ?>", "&lt;0&gt;" },
		{ "<?cs var:in(\"there\", X) ?>", HARMLESS },
		{ "<?cs var:url(X) ?>", "%3Cb%3E%26%22%27" },
		{ "<?cs var:url(None) ?>", "" },
		{ "<?cs var:url(#5) ?>", "5" },
		{ "<?cs var:paragraphs(X) ?>", "<p>" HARMLESS "</p>" },
		{ "<?cs var:link(X) ?>", "#" },
		{ "<?cs var:link(Script) ?>", "#" },
		{ "<?cs var:link(Home) ?>", "https://x/?a=&quot;&amp;b" },
		{ "<?cs if:X ?><?cs var:X ?><?cs /if ?>", HARMLESS },
		{ "<?cs if:paragraphs(X) ?><?cs var:X ?><?cs /if ?>", HARMLESS },
		{ "<?cs var:url(X) ?><?cs var:X ?>", "%3Cb%3E%26%22%27" HARMLESS },
		{ "<?cs set:Y = X ?><?cs var:Y ?>", HARMLESS },
		{ "<?cs with:y = X ?><?cs var:y ?><?cs /with ?>", HARMLESS },
		{ "<?cs def:m(y) ?><?cs var:y ?><?cs /def ?><?cs call:m(X) ?>", HARMLESS },
		{ "<?cs each:y = List ?><?cs var:y ?><?cs /each ?>", HARMLESS HARMLESS },
		{ "<?cs loop:i = #1, #2 ?><?cs var:X ?><?cs /loop ?>", HARMLESS HARMLESS },
	};
	struct stage s = set_up();
	struct node *list = view_at(s.v, "List");

	view_put(s.v, "X", HOSTILE);
	view_number(s.v, "Number", 1042);
	view_put(s.v, "Script", "javascript:alert(1)");
	view_put(s.v, "Home", "https://x/?a=\"&b");
	node_put(list, "0", HOSTILE);
	node_put(list, "1", HOSTILE);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *name = arena_printf(s.a, "c%zu.html.cs", i);

		put_file(&s, s.shipped, name, cases[i].template);
		CHECK_TEXT(shown(&s, name), cases[i].want);
		CHECK_TEXT(shown(&s, name), cases[i].want);	/* from the cache */
	}
	tear_down(&s);
}

TEST(a_page_knows_where_it_stands_and_a_letter_does_not)
{
	struct stage s = set_up();

	view_put(s.v, "Home", "https://x/a");
	view_put(s.v, "Evil", "https://x//evil.example");
	put_file(&s, s.shipped, "x.html.cs", "<?cs var:link(Home) ?> <?cs var:link(Evil) ?>");
	CHECK_TEXT(shown(&s, "x.html.cs"), "https://x/a https://x//evil.example");
	view_origin(s.v, "https://x");
	CHECK_TEXT(shown(&s, "x.html.cs"), "/a https://x//evil.example");
	tear_down(&s);
}

TEST(a_letter_shows_values_as_they_are)
{
	struct stage s = set_up();

	view_put(s.v, "X", HOSTILE);
	put_file(&s, s.shipped, "letter.txt.cs", "<?cs var:X ?> <?cs var:say1(\"{1}\", X) ?>");
	CHECK_TEXT(shown(&s, "letter.txt.cs"), HOSTILE " " HOSTILE);
	tear_down(&s);
}

TEST(a_template_speaks_the_language_of_its_reader)
{
	struct stage s = set_up();

	view_put(s.v, "Name", "Ann");
	view_number(s.v, "N", 2);
	put_file(&s, s.shipped, "x.html.cs",
		 "<?cs var:_(\"Answer\") ?>, <?cs var:in(\"button\", \"Open\") ?>, "
		 "<?cs var:many(\"one ticket\", \"{1} tickets\", N) ?>, "
		 "<?cs var:say2(\"{1} wrote to {2}\", Name, \"Eve\") ?>");
	CHECK_TEXT(shown(&s, "x.html.cs"), "Answer, Open, 2 tickets, Ann wrote to Eve");
	words_use("de");
	CHECK_TEXT(shown(&s, "x.html.cs"), "Antworten, Öffnen, 2 Tickets, An Eve schrieb Ann");
	tear_down(&s);
}

TEST(lists_may_hold_lists)
{
	struct stage s = set_up();
	struct node *tickets = view_at(s.v, "Tickets");

	for (int i = 0; i < 3; i++) {
		struct node *t = node_item(tickets), *files = node_at(t, "files");

		node_number(t, "id", i);
		for (int j = 0; j < i; j++)
			node_number(node_item(files), "id", j);
	}
	put_file(&s, s.shipped, "x.html.cs",
		 "<?cs each:t = Tickets ?>[<?cs var:t.id ?>:"
		 "<?cs each:f = t.files ?> <?cs var:f.id ?><?cs /each ?>]<?cs /each ?>");
	CHECK_TEXT(shown(&s, "x.html.cs"), "[0:][1: 0][2: 0 1]");
	tear_down(&s);
}

TEST(a_long_list_keeps_its_order)
{
	struct stage s = set_up();
	struct node *list = view_at(s.v, "List");
	const char *text;

	for (int i = 0; i < 5000; i++)
		node_number(node_item(list), "n", i);
	put_file(&s, s.shipped, "x.html.cs",
		 "<?cs each:x = List ?><?cs var:x.n ?> <?cs /each ?>");
	text = shown(&s, "x.html.cs");
	for (int i = 0; i < 5000; i++) {
		char *end;

		CHECK_INT(strtol(text, &end, 10), i);
		text = end + 1;
	}
	CHECK_TEXT(text, "");
	tear_down(&s);
}

TEST(a_value_put_twice_is_the_last_one)
{
	struct stage s = set_up();
	char typed[8] = "typed";

	view_put(s.v, "Form.name", "first");
	view_put(s.v, "Form.name", typed);
	view_put(s.v, "Form.name", NULL);
	memset(typed, 'x', sizeof(typed) - 1);	/* the tree has its own copy */
	put_file(&s, s.shipped, "x.html.cs",
		 "<?cs var:Form.name ?><?cs var:Form.nam ?><?cs var:Form.name.x ?>");
	CHECK_TEXT(shown(&s, "x.html.cs"), "typed");
	tear_down(&s);
}

TEST(two_places_may_show_the_same_thing)
{
	struct stage s = set_up();
	struct node *thing = view_at(s.v, "Thing"), *list = view_at(s.v, "List");

	node_put(thing, "name", "Open");
	node_put(node_at(thing, "image"), "url", "/x");
	for (int i = 0; i < 2; i++)
		node_same(node_item(list), "thing", thing);
	put_file(&s, s.shipped, "x.html.cs",
		 "<?cs each:x = List ?>[<?cs var:x.thing.name ?> "
		 "<?cs var:x.thing.image.url ?> <?cs var:subcount(x.thing) ?>]<?cs /each ?>");
	CHECK_TEXT(shown(&s, "x.html.cs"), "[Open /x 2][Open /x 2]");
	tear_down(&s);
}

TEST(what_a_template_sets_is_forgotten_with_the_page)
{
	struct stage s = set_up();

	view_put(s.v, "Mail.to", "ann");
	put_file(&s, s.shipped, "x.html.cs",
		 "[<?cs var:Mail.title ?>]<?cs set:Mail.title = Mail.to ?>"
		 "<?cs set:Mail.to = \"eve\" ?>"
		 "[<?cs var:Mail.title ?> <?cs var:Mail.to ?>]");
	CHECK_TEXT(shown(&s, "x.html.cs"), "[][ann eve]");
	CHECK_TEXT(shown(&s, "x.html.cs"), "[][ann eve]");
	tear_down(&s);
}

TEST(a_form_shows_what_was_typed_and_what_is_wrong)
{
	struct stage s = set_up();

	view_form_(s.v, "email", "<ann>", "not an address");
	view_form_(s.v, "name", NULL, NULL);
	put_file(&s, s.shipped, "x.html.cs",
		 "<?cs var:Form.email.value ?>|<?cs var:Form.email.error ?>|"
		 "<?cs var:Form.name.value ?>");
	CHECK_TEXT(shown(&s, "x.html.cs"), "&lt;ann&gt;|not an address|");
	tear_down(&s);
}

TEST(a_page_includes_its_parts_and_their_macros)
{
	struct stage s = set_up();

	view_put(s.v, "X", HOSTILE);
	put_file(&s, s.shipped, "parts/top.html.cs",
		 "<?cs def:bold(x) ?><b><?cs var:x ?></b><?cs /def ?>top ");
	put_file(&s, s.shipped, "x.html.cs",
		 "<?cs include!\"parts/top.html.cs\" ?><?cs call:bold(X) ?>");
	CHECK_TEXT(shown(&s, "x.html.cs"), "top <b>" HARMLESS "</b>");
	CHECK_TEXT(shown(&s, "x.html.cs"), "top <b>" HARMLESS "</b>");
	tear_down(&s);
}

TEST(a_page_begins_behind_the_empty_lines_of_its_macros)
{
	struct stage s = set_up();

	put_file(&s, s.shipped, "parts/macros.html.cs",
		 "<?cs def:one(x) ?>1<?cs /def ?>\n<?cs def:two(x) ?>2<?cs /def ?>\n");
	put_file(&s, s.shipped, "x.html.cs",
		 "<?cs include!\"parts/macros.html.cs\" ?>\n<p>\n\n</p>\n");
	CHECK_TEXT(shown(&s, "x.html.cs"), "<p>\n\n</p>\n");
	tear_down(&s);
}

TEST(the_next_page_knows_nothing_of_the_last_one)
{
	struct stage s = set_up();
	struct arena *other = arena_new("test");
	struct view *v = view_new(other, s.views);
	struct str out;

	view_put(s.v, "X", "secret");
	put_file(&s, s.shipped, "x.html.cs", "[<?cs var:X ?>]");
	CHECK_TEXT(shown(&s, "x.html.cs"), "[secret]");
	str_init(&out, other, 1000);
	CHECK_OK(view_render(v, "x.html.cs", &out));
	CHECK_TEXT(out.text, "[]");
	arena_free(other);
	tear_down(&s);
}

TEST(only_a_tame_name_is_a_template)
{
	static const char *const names[] = {
		"x.html", "x.cs", "x", "", ".html.cs", "x.js.cs", "../x.html.cs",
		"parts/../x.html.cs", "/etc/x.html.cs", "./x.html.cs",
		"parts//x.html.cs", ".hidden.html.cs", "parts/.x.html.cs",
		"X.html.cs", "x y.html.cs", "missing.html.cs", "parts",
	};
	struct stage s = set_up();

	put_file(&s, s.shipped, "x.html.cs", "x");
	put_file(&s, s.shipped, ".hidden.html.cs", "x");
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		check_refused(&s, names[i]);
	CHECK_TEXT(shown(&s, "x.html.cs"), "x");
	tear_down(&s);
}

TEST(a_template_that_breaks_the_rules_is_not_shown)
{
	static const char *const templates[] = {
		"<?cs include!\"../x.html.cs\" ?>",
		"<?cs include:\"missing.html.cs\" ?>",
		"<?cs include!\"/etc/hostname\" ?>",
		"<?cs include!\"good.txt.cs\" ?>",
		"<?cs include!\"self.html.cs\" ?>",
		"<?cs linclude!\"good.html.cs\" ?>",
		"<?cs include!Page.template ?>",
		"<?cs if:X ?>",
		"<?cs var:nothing(X) ?>",
		"<?cs var:say1(\"x\") ?>",
		"<?cs var:url(X, X) ?>",
	};
	struct stage s = set_up();

	view_put(s.v, "Page.template", "good.html.cs");
	put_file(&s, s.shipped, "good.html.cs", "good");
	put_file(&s, s.shipped, "good.txt.cs", "good");
	put_file(&s, s.shipped, "self.html.cs", "<?cs include!\"self.html.cs\" ?>");
	for (size_t i = 0; i < sizeof(templates) / sizeof(*templates); i++) {
		const char *name = arena_printf(s.a, "c%zu.html.cs", i);

		put_file(&s, s.shipped, name, templates[i]);
		check_refused(&s, name);
	}
	CHECK(views_complaint(s.views) == NULL);	/* the theme is innocent */
	tear_down(&s);
}

TEST(the_theme_wins_over_the_shipped_template)
{
	struct stage s = set_up();

	put_file(&s, s.shipped, "x.html.cs", "<?cs include!\"parts/top.html.cs\" ?> page");
	put_file(&s, s.shipped, "parts/top.html.cs", "shipped");
	put_file(&s, s.theme, "parts/top.html.cs", "<?cs var:X ?>");
	view_put(s.v, "X", HOSTILE);
	CHECK_TEXT(shown(&s, "x.html.cs"), HARMLESS " page");
	CHECK(views_complaint(s.views) == NULL);
	tear_down(&s);
}

TEST(a_broken_theme_gives_way_to_the_shipped_template)
{
	static const char *const broken[] = {
		"<?cs if:X ?>",				/* cannot be parsed */
		"<?cs include!\"missing.html.cs\" ?>",
		"theme <?cs linclude!\"x.html.cs\" ?>",	/* cannot be rendered */
	};
	struct stage s = set_up();

	for (size_t i = 0; i < sizeof(broken) / sizeof(*broken); i++) {
		const char *name = arena_printf(s.a, "c%zu.html.cs", i);

		put_file(&s, s.shipped, name, "shipped");
		put_file(&s, s.theme, name, broken[i]);
		CHECK_TEXT(shown(&s, name), "shipped");
		CHECK_TEXT(shown(&s, name), "shipped");
		CHECK(views_complaint(s.views) != NULL);
		CHECK(strstr(views_complaint(s.views), name) != NULL);
	}
	tear_down(&s);
}

/* One test for everything that takes a second to be noticed. */
TEST(a_change_of_any_file_is_noticed_within_a_second)
{
	struct stage s = set_up();

	put_file(&s, s.shipped, "page.html.cs", "<?cs include!\"parts/top.html.cs\" ?>");
	put_file(&s, s.shipped, "parts/top.html.cs", "one");
	put_file(&s, s.shipped, "new.html.cs", "shipped");
	put_file(&s, s.shipped, "mended.html.cs", "shipped");
	put_file(&s, s.theme, "mended.html.cs", "<?cs if:X ?>");
	put_file(&s, s.shipped, "gone.html.cs", "shipped");
	put_file(&s, s.theme, "gone.html.cs", "theme");
	CHECK_TEXT(shown(&s, "page.html.cs"), "one");
	CHECK_TEXT(shown(&s, "new.html.cs"), "shipped");
	CHECK_TEXT(shown(&s, "mended.html.cs"), "shipped");
	CHECK_TEXT(shown(&s, "gone.html.cs"), "theme");
	CHECK(views_complaint(s.views) != NULL);

	put_file(&s, s.shipped, "parts/top.html.cs", "two");
	put_file(&s, s.theme, "new.html.cs", "theme");
	put_file(&s, s.theme, "mended.html.cs", "theme");
	CHECK(unlink(arena_printf(s.a, "%s/gone.html.cs", s.theme)) == 0);
	CHECK_TEXT(shown(&s, "page.html.cs"), "one");	/* nobody looked yet */
	usleep(1050 * 1000);
	CHECK_TEXT(shown(&s, "page.html.cs"), "two");
	CHECK_TEXT(shown(&s, "new.html.cs"), "theme");
	CHECK_TEXT(shown(&s, "mended.html.cs"), "theme");
	CHECK_TEXT(shown(&s, "gone.html.cs"), "shipped");
	CHECK(views_complaint(s.views) == NULL);
	tear_down(&s);
}

TEST(a_page_that_is_too_long_is_cut_and_says_so)
{
	struct stage s = set_up();
	struct str out;

	view_put(s.v, "X", "0123456789");
	put_file(&s, s.shipped, "x.html.cs",
		 "<?cs loop:i = #1, #100 ?><?cs var:X ?><?cs /loop ?>");
	str_init(&out, s.a, 100);
	CHECK_OK(view_render(s.v, "x.html.cs", &out));
	CHECK(out.cut);
	CHECK_INT(out.len, 100);
	tear_down(&s);
}
