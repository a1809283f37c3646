#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "conf_parts.h"

enum { LARGEST_FILE = 256 * 1024 };

static void note_shop(struct conf *c, const char *section)
{
	if (strncmp(section, "shop.", 5) != 0)
		return;
	for (size_t i = 0; c->shops[i]; i++)
		if (!strcmp(c->shops[i], section + 5))
			return;
	c->shops = conf_with(c->arena, c->shops, arena_dup(c->arena, section + 5));
}

/* Whoever gives a key twice means one of the two, and we cannot know which.
 * The environment is read second and stands above the file. */
static struct err *give(struct conf *c, struct value given)
{
	struct value *v = conf_value_of(c, given.section, given.rule);

	if (v && v->in_environment == given.in_environment)
		return FAIL(c->arena, ERR_BAD_REQUEST,
			    "%s: %s was already given in %s",
			    given.from, given.rule->name, v->from);
	if (!v) {
		v = NEW(c->arena, struct value);
		given.next = c->values;
		c->values = v;
	} else {
		given.next = v->next;
	}
	*v = given;
	note_shop(c, given.section);
	return NULL;
}

/* The file. */

char *conf_trim(char *text)
{
	size_t n;

	text += strspn(text, " \t");
	n = strlen(text);
	while (n && strchr(" \t\r", text[n - 1]))
		text[--n] = '\0';
	return text;
}

static struct err *read_section(struct conf *c, char *line, const char *from,
				const char **section)
{
	size_t n = strlen(line);

	if (line[n - 1] != ']')
		return FAIL(c->arena, ERR_BAD_REQUEST,
			    "%s: a section ends with ]", from);
	line[n - 1] = '\0';
	*section = arena_dup(c->arena, conf_trim(line + 1));
	if (!conf_is_section(*section))
		return FAIL(c->arena, ERR_BAD_REQUEST,
			    "%s: there is no section [%s]%s", from, *section,
			    conf_nearest_section(c->arena, *section));
	note_shop(c, *section);
	return NULL;
}

static struct err *unquote(struct conf *c, const char *from, char **text)
{
	size_t n = strlen(*text);

	if (**text != '"')
		return NULL;
	if (n < 2 || (*text)[n - 1] != '"')
		return FAIL(c->arena, ERR_BAD_REQUEST,
			    "%s: a value that begins with \" ends with \"", from);
	(*text)[n - 1] = '\0';
	++*text;
	return NULL;
}

static struct err *read_key(struct conf *c, const char *section, char *line,
			    const char *from)
{
	char *equals = strchr(line, '='), *name, *text;
	struct value v = { .section = section, .from = from };

	if (!equals)
		return FAIL(c->arena, ERR_BAD_REQUEST,
			    "%s: expected key = value, [section] or # comment",
			    from);
	*equals = '\0';
	name = conf_trim(line);
	text = conf_trim(equals + 1);
	if (!section)
		return FAIL(c->arena, ERR_BAD_REQUEST,
			    "%s: %s stands before the first [section]", from, name);
	v.rule = conf_rule_for(section, name);
	if (!v.rule) {
		v.rule = conf_rule_for_file(c->arena, section, name);
		v.names_file = true;
	}
	if (!v.rule)
		return FAIL(c->arena, ERR_BAD_REQUEST,
			    "%s: there is no key %s in [%s]%s", from, name, section,
			    conf_nearest_key(c->arena, section, name));
	TRY(unquote(c, from, &text));
	v.text = text;
	return give(c, v);
}

struct err *conf_slurp(struct arena *a, const char *path, size_t most,
		       char **text)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	ssize_t got = 1;
	size_t n = 0;

	if (fd < 0)
		return FAIL(a, ERR_NOT_FOUND, "%s: %s", path, strerror(errno));
	*text = arena_alloc(a, most + 2);
	while (n <= most && got > 0) {
		got = read(fd, *text + n, most + 1 - n);
		n += got > 0 ? (size_t) got : 0;
	}
	if (got < 0) {
		int why = errno;

		close(fd);
		return FAIL(a, ERR_NOT_FOUND, "%s: %s", path, strerror(why));
	}
	close(fd);
	if (n > most)
		return FAIL(a, ERR_BAD_REQUEST, "%s: larger than %zu bytes",
			    path, most);
	if (!utf8_valid(*text, n))
		return FAIL(a, ERR_BAD_REQUEST, "%s: not UTF-8 text", path);
	return NULL;
}

struct err *conf_read_file(struct conf *c)
{
	const char *section = NULL;
	char *text, *line;
	int number = 0;

	TRY(conf_slurp(c->arena, c->path, LARGEST_FILE, &text));
	if (!strncmp(text, "\xef\xbb\xbf", 3))	/* some editors begin so */
		text += 3;
	while ((line = strsep(&text, "\n"))) {
		const char *from = arena_printf(c->arena, "%s:%d", c->path,
						++number);

		line = conf_trim(line);
		if (!*line || *line == '#' || *line == ';')
			continue;
		if (*line == '[')
			TRY(read_section(c, line, from, &section));
		else
			TRY(read_key(c, section, line, from));
	}
	return NULL;
}

/* The environment. */

/* Does AFTERSALE_<word> name a key of this rule? Then: in which section? */
static const char *section_in(struct arena *a, const struct rule *r,
			      const char *word, const char *suffix)
{
	size_t head = strcspn(r->section, "."), n;
	const char *id, *end, *section = r->section;

	if (strncmp(word, r->section, head) != 0 || word[head] != '_')
		return NULL;
	word += head + 1;
	if (r->section[head]) {
		id = word;
		n = strcspn(id, "_");
		if (!id[n])
			return NULL;
		section = arena_printf(a, "%.*s.%.*s", (int) head, r->section,
				       (int) n, id);
		if (!conf_covers(r->section, section))
			return NULL;
		word = id + n + 1;
	}
	end = word + strlen(r->name);
	if (strncmp(word, r->name, strlen(r->name)) != 0 || strcmp(end, suffix))
		return NULL;
	return section;
}

/* Does it at least begin like one of ours? AFTERSALE_CONF does not. */
static bool begins_like_a_section(const char *word)
{
	for (size_t i = 0; i < conf_rules_n; i++) {
		size_t head = strcspn(conf_rules[i].section, ".");

		if (!strncmp(word, conf_rules[i].section, head) && word[head] == '_')
			return true;
	}
	return false;
}

static struct err *read_variable(struct conf *c, const char *variable)
{
	const char *name = arena_copy(c->arena, variable, strcspn(variable, "="));
	const char *text = variable + strlen(name) + 1;
	char *word = arena_dup(c->arena, name + strlen("AFTERSALE_"));

	for (char *at = word; *at; at++)
		if (*at >= 'A' && *at <= 'Z')
			*at += 'a' - 'A';
	for (size_t i = 0; i < conf_rules_n; i++) {
		struct value v = { .rule = &conf_rules[i], .text = text, .from = name,
				   .in_environment = true };

		v.section = section_in(c->arena, v.rule, word, "");
		if (!v.section && v.rule->looks == SECRET) {
			v.section = section_in(c->arena, v.rule, word, "_file");
			v.names_file = true;
		}
		if (v.section)
			return give(c, v);
	}
	if (begins_like_a_section(word))
		conf_complain(c, arena_printf(c->arena, "%s in the environment "
					      "belongs to no key", name));
	return NULL;
}

struct err *conf_read_environment(struct conf *c)
{
	for (char **at = environ; *at; at++)
		if (!strncmp(*at, "AFTERSALE_", 10) && strchr(*at, '='))
			TRY(read_variable(c, *at));
	return NULL;
}
