#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/address.h"
#include "base/arena.h"
#include "base/locale.h"
#include "base/str.h"
#include "base/words.h"
#include "ctl/ctl.h"
#include "ctl/doctor.h"
#include "port/conf.h"
#include "port/view.h"

enum { MIB = 1 << 20, PAGE_MOST = 4 * MIB, DEPTH = 8 };

/* --- configuration -------------------------------------------------------- */

struct err *doctor_conf(struct doctor *d)
{
	struct err *e = ctl_conf(d->ctl);
	const char *const *complaint;

	if (e) {
		doctor_wrong(d, "Put the file in order; no program starts before.",
			     "%s", e->text);
		return NULL;
	}
	for (complaint = conf_complaints(d->ctl->conf); *complaint; complaint++)
		doctor_wrong(d, "Mend it, and ask again.", "%s", *complaint);
	return NULL;
}

static bool is_local(const char *host)
{
	size_t n = strcspn(host, ":/");

	return (n == 9 && !strncmp(host, "localhost", n)) ||
	       !strncmp(host, "127.", 4) || !strncmp(host, "[::1]", 5);
}

struct err *doctor_address(struct doctor *d)
{
	const char *url = conf_text(d->ctl->conf, "web", "base_url");
	const char *host = strstr(url, "://");
	size_t n;

	host = host ? host + 3 : url;
	n = strcspn(host, ":/");
	if (n > 8 && !strncmp(host + n - 8, ".example", 8))
		doctor_wrong(d, "Set base_url in [web] to the address people use.",
			     "%s is the address of the sample.", url);
	if (!strncmp(url, "http://", 7) && !is_local(host))
		doctor_advise(d, "Get a certificate and set base_url to https://...",
			      "%s is not encrypted: sessions can be stolen on the"
			      " way.", url);
	return NULL;
}

/* --- folders -------------------------------------------------------------- */

/* Folders from which web servers give out everything, as far as a name tells. */
static bool is_public(const char *path)
{
	static const char *const roots[] = {
		"/var/www/", "/srv/www/", "/srv/http/", "/usr/share/nginx/",
	};
	static const char *const parts[] = {
		"/public_html/", "/htdocs/", "/httpdocs/", "/wwwroot/",
	};

	for (size_t i = 0; i < sizeof(roots) / sizeof(*roots); i++)
		if (!strncmp(path, roots[i], strlen(roots[i])))
			return true;
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		if (strstr(path, parts[i]))
			return true;
	return false;
}

/* Can others walk to it, and in? A closed folder above keeps all below it. */
static bool is_open(struct arena *a, const char *path, const struct stat *st)
{
	bool open = st->st_mode & 007;

	for (const char *slash = strchr(path, '/'); slash && open;
			slash = strchr(slash + 1, '/')) {
		const char *above = arena_copy(a, path, (size_t) (slash - path) + 1);
		struct stat up;

		open = stat(above, &up) || (up.st_mode & 001);
	}
	return open;
}

static bool is_folder(struct doctor *d, const char *key, struct stat *st)
{
	const char *path = conf_text(d->ctl->conf, "paths", key);

	if (stat(path, st)) {
		doctor_wrong(d, arena_printf(d->ctl->arena, "Make it, or set %s in"
					     " [paths].", key),
			     "%s: %s", path, strerror(errno));
		return false;
	}
	if (!S_ISDIR(st->st_mode)) {
		doctor_wrong(d, arena_printf(d->ctl->arena, "Set %s in [paths] to a"
					     " folder.", key),
			     "%s is no folder.", path);
		return false;
	}
	return true;
}

/* Where programs keep what nobody else may read. */
static void check_kept(struct doctor *d, const char *key)
{
	struct arena *a = d->ctl->arena;
	const char *path = conf_text(d->ctl->conf, "paths", key);
	struct stat st;

	if (!is_folder(d, key, &st))
		return;
	if (access(path, W_OK | X_OK))
		doctor_wrong(d, arena_printf(a, "Give it to the account of the"
			     " programs: chown ... %s (or run doctor as that account)",
			     path), "%s cannot be written.", path);
	if (is_open(a, path, &st))
		doctor_wrong(d, arena_printf(a, "chmod o-rwx %s", path),
			     "%s is open to everybody on this machine.", path);
	if (is_public(arena_printf(a, "%s/", path)))
		doctor_wrong(d, arena_printf(a, "Move it out of the web server's"
			     " folder and set %s in [paths].", key),
			     "%s can be read from outside.", path);
}

static void check_given(struct doctor *d, const char *key, const char *sample)
{
	const char *path = conf_text(d->ctl->conf, "paths", key);
	const char *file = arena_printf(d->ctl->arena, "%s/%s", path, sample);
	struct stat st;

	if (is_folder(d, key, &st) && access(file, R_OK))
		doctor_wrong(d, arena_printf(d->ctl->arena, "Install it again, or set"
					     " %s in [paths].", key),
			     "%s: %s", file, strerror(errno));
}

struct err *doctor_folders(struct doctor *d)
{
	check_kept(d, "attachments");
	check_kept(d, "spool");
	check_given(d, "templates", "parts/top.html.cs");
	check_given(d, "assets", "aftersale.css");
	check_given(d, "sql", "00-schema.sql");
	return NULL;
}

/* --- room ----------------------------------------------------------------- */

static void check_room(struct doctor *d, const char *key)
{
	const char *path = conf_text(d->ctl->conf, "paths", key);
	struct statvfs fs;
	long mib;

	if (statvfs(path, &fs))
		return;			/* doctor_folders() has told */
	mib = (long) ((double) fs.f_bavail * (double) fs.f_frsize / MIB);
	if (mib < 200)
		doctor_wrong(d, "Make room: soon no file and no message can be kept.",
			     "%s has %ld MiB left.", path, mib);
	else if (mib < 1024)
		doctor_advise(d, "Make room before it is gone.",
			      "%s has %ld MiB left.", path, mib);
	if (fs.f_files && fs.f_favail < 1000)
		doctor_wrong(d, "Delete files there, or move the folder.",
			     "%s can take only %lu more files (inodes).", path,
			     (unsigned long) fs.f_favail);
}

struct err *doctor_space(struct doctor *d)
{
	check_room(d, "attachments");
	check_room(d, "spool");
	return NULL;
}

/* --- templates ------------------------------------------------------------ */

static bool ends_with(const char *name, const char *ending)
{
	size_t n = strlen(name), m = strlen(ending);

	return n > m && !strcmp(name + n - m, ending);
}

static void render(struct doctor *d, struct views *vs, const char *name)
{
	struct arena *a = arena_new("template");
	struct view *v = view_new(a, vs);
	struct str out;
	struct err *e;

	str_init(&out, a, PAGE_MOST);
	e = view_render(v, name, &out);
	if (e)
		doctor_wrong(d, "Install it again; it is not as we shipped it.",
			     "%s", arena_dup(d->ctl->arena, e->text));
	arena_free(a);
}

static void close_folder(void *folder)
{
	closedir(folder);
}

/* Every page below this folder; parts are made of no use by themselves. */
static struct err *each_template(struct doctor *d, const char *root,
				 const char *below, int depth,
				 void (*each)(struct doctor *d, void *what,
					      const char *name), void *what)
{
	struct arena *a = d->ctl->arena;
	DIR *folder = opendir(arena_printf(a, "%s/%s", root, below));
	struct dirent *file;

	if (!folder || depth > DEPTH) {
		if (folder)
			closedir(folder);
		return NULL;
	}
	arena_defer(a, close_folder, folder);
	while ((file = readdir(folder))) {
		const char *name = arena_printf(a, "%s%s%s", below, *below ? "/" : "",
						file->d_name);

		if (file->d_name[0] == '.')
			continue;
		if (ends_with(name, ".html.cs") || ends_with(name, ".txt.cs"))
			each(d, what, name);
		else
			TRY(each_template(d, root, name, depth + 1, each, what));
	}
	return NULL;
}

static void render_page(struct doctor *d, void *views, const char *name)
{
	if (strncmp(name, "parts/", 6))
		render(d, views, name);
}

/* A file of the theme that stands for none of ours is never read. */
static void is_ours(struct doctor *d, void *templates, const char *name)
{
	const char *path = arena_printf(d->ctl->arena, "%s/%s",
					(const char *) templates, name);

	if (access(path, F_OK))
		doctor_advise(d, "Rename it to the template it stands for, or delete"
			      " it.", "theme: %s replaces nothing, there is no"
			      " template of that name.", name);
}

static void close_views(void *views)
{
	views_close(views);
}

struct err *doctor_templates(struct doctor *d)
{
	const char *templates = conf_text(d->ctl->conf, "paths", "templates");
	const char *theme = conf_text(d->ctl->conf, "paths", "theme");
	struct views *vs;
	const char *complaint;

	words_open(conf_text(d->ctl->conf, "paths", "locale"));
	vs = views_open(templates, theme);
	arena_defer(d->ctl->arena, close_views, vs);
	TRY(each_template(d, templates, "", 0, render_page, vs));
	complaint = views_complaint(vs);
	if (complaint)
		doctor_wrong(d, "Mend it; until then the one we ship is shown.",
			     "theme: %s", complaint);
	if (theme)
		TRY(each_template(d, theme, "", 0, is_ours, (void *) templates));
	return NULL;
}

/* --- words ---------------------------------------------------------------- */

struct err *doctor_words(struct doctor *d)
{
	const char *locale = conf_text(d->ctl->conf, "paths", "locale");

	for (const char *const *lang = locale_languages; *lang; lang++) {
		const char *path = arena_printf(d->ctl->arena,
			"%s/%s/LC_MESSAGES/aftersale.mo", locale, *lang);

		if (strcmp(*lang, "en") && access(path, R_OK))
			doctor_wrong(d, "Install it again, or set locale in [paths];"
				     " until then everything is in English.",
				     "%s: %s", path, strerror(errno));
	}
	return NULL;
}
