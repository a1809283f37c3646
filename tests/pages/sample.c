#include <glob.h>
#include <libgen.h>

#include "base/arena.h"
#include "base/str.h"
#include "port/view.h"
#include "sample.h"

enum { MOST_SAMPLES = 200, DEEPEST = 16, LONGEST_LINE = 4096 };

struct reading {
	struct arena *arena;
	const char *folder;
	const char *instead;
	struct node *place[DEEPEST];
	int depth;
};

const char *const *sample_names(struct arena *a, const char *sources)
{
	const char **names = arena_alloc(a, (MOST_SAMPLES + 1) * sizeof(*names));
	glob_t found;

	if (glob(arena_printf(a, "%s/tests/pages/*.*.hdf", sources), 0, NULL, &found))
		return names;
	for (size_t i = 0; i < found.gl_pathc && i < MOST_SAMPLES; i++) {
		char *name = basename(arena_dup(a, found.gl_pathv[i]));

		names[i] = arena_copy(a, name, strlen(name) - strlen(".hdf"));
	}
	globfree(&found);
	return names;
}

static char *trimmed(char *line)
{
	size_t n;

	line += strspn(line, " \t");
	for (n = strlen(line); n && strchr(" \t\n", line[n - 1]); n--)
		line[n - 1] = '\0';
	return line;
}

/* Cuts `line` at `mark` and gives what stands behind it, or NULL. */
static char *behind(char *line, const char *mark)
{
	char *at = strstr(line, mark);

	if (!at)
		return NULL;
	*at = '\0';
	return trimmed(at + strlen(mark));
}

static const char *lines_up_to(struct reading *r, FILE *f, const char *end)
{
	char line[LONGEST_LINE];
	struct str text;

	str_init(&text, r->arena, LONGEST_LINE);
	while (fgets(line, sizeof(line), f) && strcmp(trimmed(line), end))
		str_addf(&text, "%s%s", text.len ? "\n" : "", line);
	return text.text;
}

/* The line is read into again, and a name stays as long as the tree. */
static void put(struct reading *r, char *name, const char *value)
{
	if (r->instead && *value)
		value = r->instead;
	node_put_(r->place[r->depth], arena_dup(r->arena, trimmed(name)), value);
}

static struct err *read_file(struct reading *r, const char *file);

static struct err *read_line(struct reading *r, FILE *f, char *line)
{
	char *value;

	if ((value = behind(line, "#include \""))) {
		behind(value, "\"");
		return read_file(r, value);
	}
	if (*line == '#' || !*line)
		return NULL;
	if (!strcmp(line, "}"))
		return r->depth-- ? NULL
				  : FAIL(r->arena, ERR_BUG, "one } too many");
	if ((value = behind(line, " << "))) {
		put(r, line, lines_up_to(r, f, value));
	} else if ((value = behind(line, " ="))) {
		put(r, line, value);
	} else if (behind(line, " {") && r->depth + 1 < DEEPEST) {
		r->place[r->depth + 1] = node_at_(r->place[r->depth],
						  arena_dup(r->arena, line));
		r->depth++;
	} else {
		return FAIL(r->arena, ERR_BUG, "not understood: %s", line);
	}
	return NULL;
}

static struct err *read_file(struct reading *r, const char *file)
{
	const char *path = arena_printf(r->arena, "%s/%s", r->folder, file);
	FILE *f = fopen(path, "re");
	char line[LONGEST_LINE];
	struct err *e = NULL;

	if (!f)
		return FAIL(r->arena, ERR_NOT_FOUND, "%s", path);
	while (!e && fgets(line, sizeof(line), f))
		e = read_line(r, f, trimmed(line));
	fclose(f);
	return e;
}

/* "board.ticket-closed" is a case of "board/ticket.html.cs". */
static const char *template_of(struct arena *a, const char *name)
{
	char *program = arena_dup(a, name);
	char *page = behind(program, ".");

	behind(page, "-");
	return arena_printf(a, "%s/%s.html.cs", program, page);
}

struct err *sample_draw(struct arena *a, struct views *vs, const char *sources,
			const char *name, const char *instead, struct str *page)
{
	struct view *v = view_new(a, vs);
	struct reading r = {
		.arena = a, .instead = instead,
		.folder = arena_printf(a, "%s/tests/pages", sources),
		.place = { view_root(v) },
	};

	TRY(read_file(&r, arena_printf(a, "%s.hdf", name)));
	TRY(view_render(v, template_of(a, name), page));
	return NULL;
}
