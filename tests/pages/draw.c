/* draw SOURCES FOLDER: every sample page as a file, to be looked at in a browser. */
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/str.h"
#include "port/view.h"
#include "sample.h"

enum { MOST = 4 << 20 };

static int save(struct arena *a, const char *folder, const char *name,
		const struct str *page)
{
	const char *path = arena_printf(a, "%s/%s.html", folder, name);
	FILE *f = fopen(path, "we");
	bool failed = !f || fputs(page->text, f) == EOF;

	if ((f && fclose(f)) || failed) {
		perror(path);
		return 1;
	}
	return 0;
}

static int draw(struct arena *a, struct views *vs, const char *sources,
		const char *folder, const char *name)
{
	struct err *e;
	struct str page;

	str_init(&page, a, MOST);
	e = sample_draw(a, vs, sources, name, NULL, &page);
	if (e) {
		fprintf(stderr, "%s: %s\n", name, e->text);
		return 1;
	}
	return save(a, folder, name, &page);
}

int main(int argc, char **argv)
{
	struct arena *a = arena_new("draw");
	const char *const *names;
	struct views *vs;
	int rc = 0;

	if (argc != 3) {
		fprintf(stderr, "usage: draw SOURCES FOLDER\n");
		return 2;
	}
	vs = views_open(arena_printf(a, "%s/templates", argv[1]), NULL);
	mkdir(argv[2], 0777);
	for (names = sample_names(a, argv[1]); *names; names++)
		rc |= draw(a, vs, argv[1], argv[2], *names);
	views_close(vs);
	arena_free(a);
	return rc;
}
