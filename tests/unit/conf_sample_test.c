/* conf/aftersale.conf.sample and the table of keys tell the same. */
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/str.h"
#include "port/conf.h"
#include "test.h"

static struct conf *loaded(struct arena *a, const char *text)
{
	char path[] = "/tmp/aftersale-sample-XXXXXX";
	struct conf *c = NULL;
	int fd = mkstemp(path);
	size_t n = strlen(text);

	CHECK(fd >= 0 && write(fd, text, n) == (ssize_t) n && !close(fd));
	CHECK_OK(conf_load(a, path, NULL, &c));
	CHECK(!unlink(path));
	return c;
}

static const char *sample(struct arena *a, bool everything)
{
	const char *top = getenv("srcdir");
	FILE *f = fopen(arena_printf(a, "%s/conf/aftersale.conf.sample",
				     top ? top : ".."), "r");
	struct str text;
	char line[256];

	CHECK(f);
	str_init(&text, a, 100000);
	while (fgets(line, sizeof(line), f)) {
		/* "#key = value" is a key, "# prose" is not. */
		bool key = line[0] == '#' && line[1] != ' ' && strstr(line, " = ");

		str_add(&text, line + (key && everything));
	}
	fclose(f);
	return text.text;
}

static bool listed(const char *const *list, const char *text)
{
	for (; *list; list++)
		if (!strcmp(*list, text))
			return true;
	return false;
}

TEST(the_sample_holds_exactly_the_keys_of_the_table)
{
	struct arena *a = arena_new("test");
	const char *const *known = conf_known(a);
	char *text = arena_dup(a, sample(a, true)), *line;
	const char *section = "", *seen[200] = { NULL };
	size_t n = 0;

	while ((line = strsep(&text, "\n"))) {
		const char *key;

		if (*line == '[')
			section = !strcmp(line, "[db.ctl]") ? "db.*"
				: !strcmp(line, "[shop.main]") ? "shop.*"
				: arena_copy(a, line + 1, strlen(line) - 2);
		if (*line == '#' || *line == '[' || !*line)
			continue;
		key = arena_printf(a, "%s %.*s", section,
				   (int) strcspn(line, " "), line);
		if (!listed(known, key))
			fail_msg("the table lacks %s", key);
		if (listed(seen, key))
			fail_msg("the sample has %s twice", key);
		seen[n++] = key;
	}
	for (size_t i = 0; known[i]; i++)
		if (!listed(seen, known[i]))
			fail_msg("the sample lacks %s", known[i]);
	arena_free(a);
}

TEST(the_sample_can_be_used_as_it_is_and_with_every_key)
{
	struct arena *a = arena_new("test");
	struct conf *plain = loaded(a, sample(a, false)), *full;
	const char *text = sample(a, true);
	struct str keys;

	/* A secret is given once: here, not in a file. */
	str_init(&keys, a, 100000);
	for (; *text; text += strcspn(text, "\n") + 1) {
		size_t n = strcspn(text, "\n") + 1;

		if (!memmem(text, n, "_file = ", 8))
			str_addn(&keys, text, n);
	}
	full = loaded(a, keys.text);
	CHECK_TEXT(conf_text(plain, "db", "host"), conf_text(full, "db", "host"));
	CHECK_TEXT(conf_text(plain, "web", "assets_url"),
		   conf_text(full, "web", "assets_url"));
	CHECK_INT(conf_number(plain, "limits", "body_mb"),
		  conf_number(full, "limits", "body_mb"));
	CHECK_INT(conf_number(plain, "web", "requests"),
		  conf_number(full, "web", "requests"));
	CHECK_INT(conf_switch(plain, "db", "keep"), conf_switch(full, "db", "keep"));
	arena_free(a);
}
