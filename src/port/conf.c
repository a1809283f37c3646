#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "conf_parts.h"

/* What is shared. */

static size_t length(const char *const *list)
{
	size_t n = 0;

	while (list[n])
		n++;
	return n;
}

const char **conf_with(struct arena *a, const char **list, const char *more)
{
	size_t n = list ? length(list) : 0;
	const char **longer = arena_alloc(a, (n + 2) * sizeof(*longer));

	if (n)
		memcpy(longer, list, n * sizeof(*longer));
	longer[n] = more;
	return longer;
}

struct value *conf_value_of(const struct conf *c, const char *section,
			    const struct rule *r)
{
	for (struct value *v = c->values; v; v = v->next)
		if (v->rule == r && !strcmp(v->section, section))
			return v;
	return NULL;
}

void conf_complain(struct conf *c, const char *text)
{
	c->complaints = conf_with(c->arena, c->complaints, text);
}

const char *conf_folder_of(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return ".";
	return slash == path ? "/" : arena_copy(a, path, (size_t) (slash - path));
}

/* Where the file is. */

/* aftersale.path in a folder: one line, the path of the configuration. */
static struct err *follow(struct arena *a, const char *folder,
			  const char **path)
{
	const char *sign = arena_printf(a, "%s/aftersale.path", folder);
	char *text;

	if (access(sign, F_OK) != 0)
		return NULL;
	TRY(conf_slurp(a, sign, PATH_MAX, &text));
	text[strcspn(text, "\r\n")] = '\0';
	text = conf_trim(text);
	if (*text != '/')
		return FAIL(a, ERR_BAD_REQUEST,
			    "%s: one line with the path of aftersale.conf, "
			    "beginning with a slash", sign);
	*path = text;
	return NULL;
}

/* Beside the program: as it was called, where it really lies, and for CGI
 * the current folder, because the server calls it there by its bare name. */
static struct err *follow_any(struct arena *a, const char *argv0,
			      const char **path)
{
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self));

	if (argv0 && strchr(argv0, '/'))
		TRY(follow(a, conf_folder_of(a, argv0), path));
	if (!*path && n > 0)
		TRY(follow(a, conf_folder_of(a, arena_copy(a, self, (size_t) n)), path));
	if (!*path && getenv("GATEWAY_INTERFACE"))
		TRY(follow(a, ".", path));
	return NULL;
}

static struct err *locate(struct arena *a, const char *given,
			  const char *argv0, const char **path)
{
	static const char everywhere[] = "/etc/aftersale/aftersale.conf";
	const char *named = given ? given : getenv("AFTERSALE_CONF");
	const struct passwd *me;

	*path = named && *named ? named : NULL;
	if (!*path)
		TRY(follow_any(a, argv0, path));
	if (*path)
		return NULL;
	me = getpwuid(getuid());
	if (me) {
		*path = arena_printf(a, "%s/aftersale/etc/aftersale.conf", me->pw_dir);
		if (access(*path, F_OK) == 0)
			return NULL;
	}
	*path = everywhere;
	if (access(*path, F_OK) == 0)
		return NULL;
	return FAIL(a, ERR_NOT_FOUND, "no configuration: name one with --config or "
		    "AFTERSALE_CONF, or put it at ~/aftersale/etc/aftersale.conf "
		    "or %s", everywhere);
}

struct err *conf_load(struct arena *a, const char *given, const char *argv0,
		      struct conf **out)
{
	struct conf *c = NEW(a, struct conf);

	c->arena = a;
	c->shops = conf_with(a, NULL, NULL);
	c->complaints = conf_with(a, NULL, NULL);
	TRY(locate(a, given, argv0, &c->path));
	TRY(conf_read_file(c));
	TRY(conf_read_environment(c));
	TRY(conf_settle(c));
	*out = c;
	return NULL;
}

/* Asking. */

const char *conf_path(const struct conf *c)
{
	return c->path;
}

const char *const *conf_shops(const struct conf *c)
{
	return c->shops;
}

const char *const *conf_complaints(const struct conf *c)
{
	return c->complaints;
}

static const struct rule *known(const char *section, const char *key)
{
	const struct rule *r = conf_rule_for(section, key);

	if (!r) {
		fprintf(stderr, "nobody can configure [%s] %s\n", section, key);
		abort();
	}
	return r;
}

static const char *given_text(const struct conf *c, const char *section,
			      const char *key)
{
	const struct value *v = conf_value_of(c, section, known(section, key));

	return v && *v->text ? v->text : NULL;
}

/* A program without an account of its own takes the common one, and never
 * the common password for its own name. */
static const char *account_text(const struct conf *c, const char *section,
				const char *key)
{
	const char *text = given_text(c, section, key);

	if (text || given_text(c, section, "user"))
		return text;
	return conf_text(c, "db", key);
}

const char *conf_text(const struct conf *c, const char *section, const char *key)
{
	const struct rule *r = known(section, key);
	const char *text;

	if (!strcmp(r->section, "db.*"))
		return account_text(c, section, key);
	text = given_text(c, section, key);
	return text ? text : r->value;
}

long conf_number(const struct conf *c, const char *section, const char *key)
{
	const char *text = conf_text(c, section, key);

	return text ? strtol(text, NULL, 10) : 0;
}

bool conf_switch(const struct conf *c, const char *section, const char *key)
{
	const char *text = conf_text(c, section, key);

	return text && !strcmp(text, "yes");
}
