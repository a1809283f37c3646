#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "view_call.h"
#include "view_tree.h"

enum {
	MOST_FILES = 64,		/* one page is made of */
	MOST_BYTES = 1 << 20,		/* of one file */
	LOOK_AGAIN = 1000,		/* milliseconds */
};

/* A file a tree was made of, or the place where the theme had none. */
struct file {
	struct file *next;
	const char *path;
	struct stat was;		/* zeroed: there was none */
};

static bool ends_with(const char *name, const char *ending)
{
	size_t n = strlen(name), m = strlen(ending);

	return n > m && !strcmp(name + n - m, ending);
}

const char *tree_mode(const char *name)
{
	if (ends_with(name, ".html.cs"))
		return "html";
	if (ends_with(name, ".txt.cs"))
		return "none";
	return NULL;
}

/* A part is written like the page it belongs to. */
static bool is_alike(const char *part, const char *page)
{
	return tree_mode(part) == tree_mode(page);
}

/* "parts/top.html.cs": no leading slash, no "..", no hidden file. */
static bool is_inside(const char *name)
{
	static const char first[] = "abcdefghijklmnopqrstuvwxyz0123456789";

	for (const char *p = name; ; p++) {
		if (!*p || !strchr(first, *p))
			return false;
		p += strspn(p, "abcdefghijklmnopqrstuvwxyz0123456789_-.");
		if (*p != '/')
			return !*p;
	}
}

static void watch(struct tree *t, const char *path, const struct stat *now)
{
	struct file *f = NEW(t->arena, struct file);

	*f = (struct file) { .next = t->files, .path = path };
	if (now)
		f->was = *now;
	t->files = f;
}

static bool has_changed(const struct file *f)
{
	struct stat now;

	if (stat(f->path, &now))
		memset(&now, 0, sizeof(now));
	return now.st_size != f->was.st_size || now.st_ino != f->was.st_ino ||
	       now.st_mtim.tv_sec != f->was.st_mtim.tv_sec ||
	       now.st_mtim.tv_nsec != f->was.st_mtim.tv_nsec;
}

/* The whole file in malloc's memory, for ClearSilver to free; or NULL. */
static char *whole_file(int fd, size_t size)
{
	char *text = malloc(size + 1);
	size_t have = 0;
	ssize_t n;

	if (!text)
		abort();
	while (have < size && (n = read(fd, text + have, size - have)) > 0)
		have += (size_t) n;
	text[have] = '\0';
	if (have == size && strlen(text) == size)
		return text;
	free(text);
	return NULL;
}

/* NULL when it is not there, too large, or holds a NUL. */
static char *read_below(struct tree *t, const char *folder, const char *name)
{
	const char *path = arena_printf(t->arena, "%s/%s", folder, name);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char *text = NULL;
	struct stat st;

	if (fd < 0 || fstat(fd, &st)) {
		watch(t, path, NULL);
	} else {
		watch(t, path, &st);
		if (S_ISREG(st.st_mode) && st.st_size <= MOST_BYTES)
			text = whole_file(fd, (size_t) st.st_size);
	}
	if (fd >= 0)
		close(fd);
	return text;
}

/* ClearSilver asks for every file here: the page itself and its parts. */
static NEOERR *load(void *what, HDF *hdf __attribute__((unused)),
		    const char *name, char **text)
{
	struct tree *t = what;

	if (t->parsed)
		return nerr_raise(NERR_ASSERT, "%s: asked for too late", name);
	if (!is_inside(name) || !is_alike(name, t->name))
		return nerr_raise(NERR_ASSERT, "%s: not a name for a part", name);
	if (t->n_files++ == MOST_FILES)
		return nerr_raise(NERR_ASSERT, "%s: one part too many", name);
	*text = NULL;
	if (t->views->theme && !t->shipped_only) {
		*text = read_below(t, t->views->theme, name);
		t->themed |= *text != NULL;
	}
	if (!*text)
		*text = read_below(t, t->views->templates, name);
	if (!*text)
		return nerr_raise(NERR_ASSERT, "%s: no such template", name);
	return STATUS_OK;
}

/* Parsing. */

void view_must(NEOERR *e)
{
	if (e)
		abort();
}

struct err *view_failure(struct arena *a, const char *name, NEOERR *ne)
{
	struct err *e;
	STRING trace;

	string_init(&trace);
	nerr_error_string(ne, &trace);
	e = FAIL(a, ERR_BUG, "%s: %s", name, trace.buf ? trace.buf : "?");
	string_clear(&trace);
	nerr_ignore(&ne);
	return e;
}

static void destroy_parse(void *what)
{
	struct tree *t = what;

	cs_destroy(&t->parse);
}

static struct tree *tree_new(struct views *vs, const char *name, bool shipped_only)
{
	struct arena *a = arena_new("template");
	struct tree *t = NEW(a, struct tree);

	*t = (struct tree) {
		.arena = a, .views = vs, .name = arena_dup(a, name),
		.shipped_only = shipped_only, .looked = clock_ticks(),
	};
	arena_defer(a, destroy_parse, t);
	return t;
}

static NEOERR *parse_with(struct tree *t, HDF *settings)
{
	NEOERR *ne = hdf_set_value(settings, "Config.VarEscapeMode",
				   tree_mode(t->name));

	/* cs_init() reads the mode, once. */
	if (!ne)
		ne = cs_init(&t->parse, settings);
	if (!ne)
		ne = view_register(t->parse);
	if (!ne) {
		cs_register_fileload(t->parse, t, load);
		ne = cs_parse_file(t->parse, t->name);
	}
	t->parsed = true;
	return nerr_pass(ne);
}

static struct err *tree_parse(struct arena *a, struct tree *t)
{
	HDF *settings;
	NEOERR *ne;

	view_must(hdf_init(&settings));
	ne = parse_with(t, settings);
	hdf_destroy(&settings);
	if (t->parse)
		t->parse->hdf = NULL;
	return ne ? view_failure(a, t->name, ne) : NULL;
}

/* The trees of a process. */

static struct tree **place_of(struct views *vs, const char *name)
{
	struct tree **t = &vs->trees;

	while (*t && strcmp((*t)->name, name))
		t = &(*t)->next;
	return t;
}

void tree_drop(struct views *vs, const char *name)
{
	struct tree **place = place_of(vs, name), *t = *place;

	if (!t)
		return;
	*place = t->next;
	arena_free(t->arena);
}

static bool is_fresh(struct tree *t)
{
	int64_t now = clock_ticks();

	if (now - t->looked < LOOK_AGAIN)
		return true;
	t->looked = now;
	for (const struct file *f = t->files; f; f = f->next)
		if (has_changed(f))
			return false;
	return true;
}

/* The shipped template in place of one the theme has spoiled. It is made
 * again as soon as one of the theme's files changes. */
struct err *tree_fall_back(struct arena *a, const struct tree *spoiled,
			   const struct err *why, struct tree **out)
{
	struct tree *t = tree_new(spoiled->views, spoiled->name, true);

	t->complaint = arena_dup(t->arena, why->text);
	for (const struct file *f = spoiled->files; f; f = f->next)
		watch(t, arena_dup(t->arena, f->path), &f->was);
	*out = t;
	return tree_parse(a, t);
}

struct err *tree_keep(struct tree *t, struct err *e)
{
	if (e) {
		arena_free(t->arena);
		return err_passed(e, __func__);
	}
	t->next = t->views->trees;
	t->views->trees = t;
	return NULL;
}

static struct err *tree_make(struct view *v, const char *name, struct tree **out)
{
	struct tree *t = tree_new(v->views, name, false);
	struct err *e = tree_parse(v->arena, t);

	if (e && t->themed) {
		struct tree *spoiled = t;

		e = tree_fall_back(v->arena, spoiled, e, &t);
		arena_free(spoiled->arena);
	}
	*out = t;
	return tree_keep(t, e);
}

struct err *tree_find(struct view *v, const char *name, struct tree **out)
{
	*out = *place_of(v->views, name);
	if (*out && is_fresh(*out))
		return NULL;
	tree_drop(v->views, name);
	return tree_make(v, name, out);
}

struct views *views_open(const char *templates, const char *theme)
{
	struct arena *a = arena_new("views");
	struct views *vs = NEW(a, struct views);

	vs->arena = a;
	vs->templates = arena_dup(a, templates);
	vs->theme = theme ? arena_dup(a, theme) : NULL;
	return vs;
}

void views_close(struct views *vs)
{
	while (vs->trees)
		tree_drop(vs, vs->trees->name);
	arena_free(vs->arena);
}

const char *views_complaint(const struct views *vs)
{
	for (const struct tree *t = vs->trees; t; t = t->next)
		if (t->complaint)
			return t->complaint;
	return NULL;
}
