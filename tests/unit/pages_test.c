#include "base/arena.h"
#include "base/str.h"
#include "port/view.h"
#include "../pages/markup.h"
#include "../pages/sample.h"
#include "test.h"

enum { MOST = 4 << 20, FEWEST_PAGES = 25 };

static const char *sources(void)
{
	const char *folder = getenv("srcdir");

	return folder ? folder : "..";
}

/* Draws all samples; `check` says what is wrong with one, or NULL. */
static void each_page(const char *instead,
		      const char *(*check)(struct arena *a, const char *html))
{
	struct arena *a = arena_new("pages");
	const char *const *names = sample_names(a, sources());
	struct views *vs = views_open(arena_printf(a, "%s/templates", sources()), NULL);
	int n = 0;

	for (; names[n]; n++) {
		const char *complaint;
		struct str page;

		str_init(&page, a, MOST);
		CHECK_OK(sample_draw(a, vs, sources(), names[n], instead, &page));
		complaint = check(a, page.text);
		if (complaint)
			fail_msg("%s: %s", names[n], complaint);
	}
	CHECK(n >= FEWEST_PAGES);
	views_close(vs);
	arena_free(a);
}

TEST(every_page_is_well_formed_and_its_references_lead_somewhere)
{
	each_page(NULL, markup_complaint);
}

static const char *raw_marker(struct arena *a, const char *html)
{
	static const char *const raw[] = { "zqz\"", "zqz'", "<zqz", "zqz>" };

	for (size_t i = 0; i < sizeof(raw) / sizeof(*raw); i++) {
		const char *at = strstr(html, raw[i]);

		if (at)
			return arena_printf(a, "a value is raw: %.80s", at);
	}
	return strstr(html, "zqz&quot;") ? NULL : "the marker is not there";
}

TEST(no_value_of_any_page_leaves_its_place)
{
	each_page("zqz\"'><zqz>", raw_marker);
}

TEST(the_checker_of_markup_finds_what_is_wrong)
{
	static const struct { const char *html, *complaint; } cases[] = {
		{ "<p id=\"a\">x<br></p><a href=\"#a\">y</a>", NULL },
		{ "<p><b>x</p></b>", "closed but not the last one open" },
		{ "<p>x", "never closed" },
		{ "<p id=\"a\"></p><p id=\"a\"></p>", "id twice" },
		{ "<p id=\"a\" id=\"b\"></p>", "attribute twice" },
		{ "<p id=a></p>", "a value without quotes" },
		{ "<label for=\"a\">x</label>", "leads nowhere" },
		{ "<p aria-describedby=\"a b\" id=\"a\"></p>", "leads nowhere" },
		{ "<p\"></p>", "a broken tag" },
	};
	struct arena *a = arena_new("markup");

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *got = markup_complaint(a, cases[i].html);

		if (cases[i].complaint)
			CHECK(got && strstr(got, cases[i].complaint) == got);
		else
			CHECK(!got);
	}
	arena_free(a);
}
