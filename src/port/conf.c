#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "port/conf.h"

enum { LARGEST_FILE = 256 * 1024, LARGEST_SECRET = 4096 };

/* What a value has to look like. A SECRET is a text that nobody else should
 * read; a PATH is below [paths] home when it does not begin with a slash. */
enum looks { TEXT, SECRET, PATH, URL, SWITCH, NUMBER, WORD };

struct rule {
	const char *section;		/* "db.*": one per program or shop */
	const char *name;
	enum looks looks;
	const char *value;		/* when nobody gives one */
	long least, most;		/* of a NUMBER */
	const char *words;		/* of a WORD, with blanks between */
};

/* The same keys, with what they mean, are in conf/aftersale.conf.sample. */
static const struct rule rules[] = {
	{ "db", "host", TEXT, "localhost" },
	{ "db", "socket", PATH },
	{ "db", "port", NUMBER, "3306", 1, 65535 },
	{ "db", "user", TEXT, "aftersale" },
	{ "db", "password", SECRET },
	{ "db", "name", TEXT, "aftersale" },
	{ "db", "keep", SWITCH, "yes" },
	{ "db", "timeout", NUMBER, "5", 1, 60 },
	{ "db", "ssl_ca", PATH },

	{ "db.*", "user", TEXT },
	{ "db.*", "password", SECRET },

	{ "paths", "home", PATH, AFTERSALE_STATEDIR },
	{ "paths", "templates", PATH, AFTERSALE_DATADIR "/templates" },
	{ "paths", "theme", PATH },		/* beside the file: derive() */
	{ "paths", "assets", PATH, AFTERSALE_DATADIR "/assets" },
	{ "paths", "attachments", PATH },
	{ "paths", "locale", PATH, AFTERSALE_LOCALEDIR },
	{ "paths", "sql", PATH, AFTERSALE_DATADIR "/sql" },
	{ "paths", "spool", PATH },
	{ "paths", "mailbox_key", PATH },
	{ "paths", "inspector", PATH, AFTERSALE_LIBEXECDIR "/inspector" },
	{ "paths", "reader", PATH, AFTERSALE_LIBEXECDIR "/reader" },

	{ "web", "base_url", URL },		/* the one that must be given */
	{ "web", "storefront_url", URL },	/* from base_url: derive() */
	{ "web", "board_url", URL },
	{ "web", "panel_url", URL },
	{ "web", "config_url", URL },
	{ "web", "assets_url", URL },
	{ "web", "upload_url", URL },
	{ "web", "trusted_proxies", TEXT },
	{ "web", "cookie_insecure", SWITCH, "no" },
	{ "web", "requests", NUMBER, "10000", 0, 1000000000 },

	{ "shop.*", "name", TEXT },
	{ "shop.*", "db", TEXT },
	{ "shop.*", "host", TEXT },
	{ "shop.*", "socket", PATH },
	{ "shop.*", "port", NUMBER, NULL, 1, 65535 },
	{ "shop.*", "user", TEXT },
	{ "shop.*", "password", SECRET },
	{ "shop.*", "map", TEXT },
	{ "shop.*", "timezone", TEXT, "UTC" },
	{ "shop.*", "charset_fix", TEXT },
	{ "shop.*", "login_url", TEXT },
	{ "shop.*", "order_url", TEXT },
	{ "shop.*", "secret", SECRET },
	{ "shop.*", "secret_old", SECRET },
	{ "shop.*", "key", WORD, "int", .words = "int bin16 text" },
	{ "shop.*", "time", WORD, "utc", .words = "utc local" },
	{ "shop.*", "text", WORD, "plain", .words = "plain html" },
	{ "shop.*", "no_is_key", SWITCH, "no" },

	{ "mail", "smtp_url", TEXT, "smtp://localhost" },
	{ "mail", "smtp_user", TEXT },
	{ "mail", "smtp_password", SECRET },
	{ "mail", "smtp_ca", PATH },
	{ "mail", "smtp_tls", WORD, "try", .words = "try must no" },
	{ "mail", "ehlo", TEXT },
	{ "mail", "from", TEXT },
	{ "mail", "authserv_id", TEXT },
	{ "mail", "trusted_domains", TEXT },
	{ "mail", "fetch_ca", PATH },

	{ "log", "file", PATH },

	{ "limits", "body_mb", NUMBER, "41", 1, 1024 },
	{ "limits", "file_mb", NUMBER, "20", 1, 1024 },
	{ "limits", "files", NUMBER, "20", 0, 100 },
	{ "limits", "mail_mb", NUMBER, "25", 1, 1024 },
	{ "limits", "message_chars", NUMBER, "20000", 100, 1000000 },

	{ "security", "password_mib", NUMBER, "19", 19, 256 },
};
enum { RULES = sizeof(rules) / sizeof(*rules) };

/* Those that may have a database account of their own. */
static const char *const programs[] = {
	"storefront", "board", "panel", "config", "courier", "mailroom", "ctl",
	NULL
};

struct value {
	struct value *next;
	const struct rule *rule;
	const char *section;
	const char *text;		/* "" takes the default */
	const char *from;		/* "aftersale.conf:12", for complaints */
	bool in_environment;
	bool names_file;		/* given as <key>_file, not read yet */
};

struct conf {
	struct arena *arena;
	const char *path;
	struct value *values;
	const char **shops, **complaints;	/* NULL at the end */
};

/* Lists of texts: never long, so each append copies. */

static size_t length(const char *const *list)
{
	size_t n = 0;

	while (list[n])
		n++;
	return n;
}

static const char **with(struct arena *a, const char **list, const char *more)
{
	size_t n = list ? length(list) : 0;
	const char **longer = arena_alloc(a, (n + 2) * sizeof(*longer));

	if (n)
		memcpy(longer, list, n * sizeof(*longer));
	longer[n] = more;
	return longer;
}

/* The table. */

static bool is_program(const char *name)
{
	for (size_t i = 0; programs[i]; i++)
		if (!strcmp(programs[i], name))
			return true;
	return false;
}

/* Small letters and digits, so that an id stays one word in the environment. */
static bool is_shop_id(const char *id)
{
	size_t n = strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789");

	return n > 0 && n <= 16 && !id[n];
}

static bool covers(const char *pattern, const char *section)
{
	if (!strcmp(pattern, "db.*"))
		return !strncmp(section, "db.", 3) && is_program(section + 3);
	if (!strcmp(pattern, "shop.*"))
		return !strncmp(section, "shop.", 5) && is_shop_id(section + 5);
	return !strcmp(pattern, section);
}

static bool is_section(const char *section)
{
	for (size_t i = 0; i < RULES; i++)
		if (covers(rules[i].section, section))
			return true;
	return false;
}

static const struct rule *rule_for(const char *section, const char *name)
{
	for (size_t i = 0; i < RULES; i++)
		if (covers(rules[i].section, section)
		    && !strcmp(rules[i].name, name))
			return &rules[i];
	return NULL;
}

/* password_file names a file with the password; so for every SECRET. */
static const struct rule *rule_for_file(struct arena *a, const char *section,
					const char *name)
{
	size_t n = strlen(name);
	const struct rule *r;

	if (n < 5 || strcmp(name + n - 5, "_file") != 0)
		return NULL;
	r = rule_for(section, arena_copy(a, name, n - 5));
	return r && r->looks == SECRET ? r : NULL;
}

const char *const *conf_known(struct arena *a)
{
	const char **known = with(a, NULL, NULL);

	for (size_t i = 0; i < RULES; i++) {
		const struct rule *r = &rules[i];

		known = with(a, known, arena_printf(a, "%s %s", r->section, r->name));
		if (r->looks == SECRET)
			known = with(a, known, arena_printf(a, "%s %s_file",
							    r->section, r->name));
	}
	return known;
}

/* Misspellings. */

/* How many letters must be changed, added or left out to get from a to b. */
static size_t distance(const char *a, const char *b)
{
	enum { LONGEST = 40 };
	size_t row[LONGEST + 1], n = strlen(b);

	if (n > LONGEST || strlen(a) > LONGEST)
		return LONGEST;
	for (size_t j = 0; j <= n; j++)
		row[j] = j;
	for (size_t i = 1; a[i - 1]; i++) {
		size_t before = row[0];

		row[0] = i;
		for (size_t j = 1; j <= n; j++) {
			size_t cost = before + (a[i - 1] != b[j - 1]);

			before = row[j];
			if (row[j] + 1 < cost)
				cost = row[j] + 1;
			if (row[j - 1] + 1 < cost)
				cost = row[j - 1] + 1;
			row[j] = cost;
		}
	}
	return row[n];
}

/* "; did you mean ...?", or nothing when nothing is near. */
static const char *nearest_key(struct arena *a, const char *section,
			       const char *name)
{
	const struct rule *best = NULL;
	size_t least = 4;

	for (size_t i = 0; i < RULES; i++) {
		size_t d = distance(name, rules[i].name);

		/* A stranger section must fit better than the own one. */
		d += !covers(rules[i].section, section);
		if (d < least && d < strlen(name)) {
			least = d;
			best = &rules[i];
		}
	}
	if (!best)
		return "";
	if (covers(best->section, section))
		return arena_printf(a, "; did you mean %s?", best->name);
	return arena_printf(a, "; did you mean %s in [%s]?", best->name,
			    best->section);
}

static const char *nearest_section(struct arena *a, const char *section)
{
	const char *best = NULL;
	size_t least = 4;

	if (!strncmp(section, "db.", 3))
		return "; programs with an account of their own are storefront, "
			"board, panel, config, courier, mailroom and ctl";
	if (!strncmp(section, "shop.", 5))
		return "; the name of a shop is small letters and digits, "
			"at most 16";
	for (size_t i = 0; i < RULES; i++) {
		size_t d = distance(section, rules[i].section);

		if (d < least && d < strlen(section)) {
			least = d;
			best = rules[i].section;
		}
	}
	return best ? arena_printf(a, "; did you mean [%s]?", best) : "";
}

/* Values. */

static struct value *value_of(const struct conf *c, const char *section,
			      const struct rule *r)
{
	for (struct value *v = c->values; v; v = v->next)
		if (v->rule == r && !strcmp(v->section, section))
			return v;
	return NULL;
}

static void note_shop(struct conf *c, const char *section)
{
	if (strncmp(section, "shop.", 5) != 0)
		return;
	for (size_t i = 0; c->shops[i]; i++)
		if (!strcmp(c->shops[i], section + 5))
			return;
	c->shops = with(c->arena, c->shops, arena_dup(c->arena, section + 5));
}

/* Whoever gives a key twice means one of the two, and we cannot know which.
 * The environment is read second and stands above the file. */
static struct err *give(struct conf *c, struct value given)
{
	struct value *v = value_of(c, given.section, given.rule);

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

static char *trim(char *text)
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
	*section = arena_dup(c->arena, trim(line + 1));
	if (!is_section(*section))
		return FAIL(c->arena, ERR_BAD_REQUEST,
			    "%s: there is no section [%s]%s", from, *section,
			    nearest_section(c->arena, *section));
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
	name = trim(line);
	text = trim(equals + 1);
	if (!section)
		return FAIL(c->arena, ERR_BAD_REQUEST,
			    "%s: %s stands before the first [section]", from, name);
	v.rule = rule_for(section, name);
	if (!v.rule) {
		v.rule = rule_for_file(c->arena, section, name);
		v.names_file = true;
	}
	if (!v.rule)
		return FAIL(c->arena, ERR_BAD_REQUEST,
			    "%s: there is no key %s in [%s]%s", from, name, section,
			    nearest_key(c->arena, section, name));
	TRY(unquote(c, from, &text));
	v.text = text;
	return give(c, v);
}

/* Up to `most` bytes of a file as text. */
static struct err *slurp(struct arena *a, const char *path, size_t most,
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

static struct err *read_file(struct conf *c)
{
	const char *section = NULL;
	char *text, *line;
	int number = 0;

	TRY(slurp(c->arena, c->path, LARGEST_FILE, &text));
	if (!strncmp(text, "\xef\xbb\xbf", 3))	/* some editors begin so */
		text += 3;
	while ((line = strsep(&text, "\n"))) {
		const char *from = arena_printf(c->arena, "%s:%d", c->path,
						++number);

		line = trim(line);
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
		if (!covers(r->section, section))
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
	for (size_t i = 0; i < RULES; i++) {
		size_t head = strcspn(rules[i].section, ".");

		if (!strncmp(word, rules[i].section, head) && word[head] == '_')
			return true;
	}
	return false;
}

static void complain(struct conf *c, const char *text)
{
	c->complaints = with(c->arena, c->complaints, text);
}

static struct err *read_variable(struct conf *c, const char *variable)
{
	const char *name = arena_copy(c->arena, variable, strcspn(variable, "="));
	const char *text = variable + strlen(name) + 1;
	char *word = arena_dup(c->arena, name + strlen("AFTERSALE_"));

	for (char *at = word; *at; at++)
		if (*at >= 'A' && *at <= 'Z')
			*at += 'a' - 'A';
	for (size_t i = 0; i < RULES; i++) {
		struct value v = { .rule = &rules[i], .text = text, .from = name,
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
		complain(c, arena_printf(c->arena, "%s in the environment "
					 "belongs to no key", name));
	return NULL;
}

static struct err *read_environment(struct conf *c)
{
	for (char **at = environ; *at; at++)
		if (!strncmp(*at, "AFTERSALE_", 10) && strchr(*at, '='))
			TRY(read_variable(c, *at));
	return NULL;
}

/* What a value has to look like. */

static bool is_number(const char *text, long least, long most)
{
	char *end;
	long n;

	if (!*text || text[strspn(text, "0123456789")])
		return false;
	errno = 0;
	n = strtol(text, &end, 10);
	return !errno && !*end && n >= least && n <= most;
}

static bool is_one_of(const char *word, const char *words)
{
	size_t n = strlen(word);

	if (!n || strchr(word, ' '))
		return false;
	for (const char *at = words; (at = strstr(at, word)); at += n)
		if ((at == words || at[-1] == ' ') && (!at[n] || at[n] == ' '))
			return true;
	return false;
}

/* Of http(s)://host[:port][/path]; 0 when there is none. */
static size_t host_length(const char *host)
{
	if (*host == '[') {
		size_t n = strspn(host + 1, "0123456789abcdefABCDEF:.");

		return n && host[n + 1] == ']' ? n + 2 : 0;
	}
	return strspn(host, "abcdefghijklmnopqrstuvwxyz"
		      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-");
}

static const char *host_of(const char *url)
{
	if (!strncmp(url, "https://", 8))
		return url + 8;
	if (!strncmp(url, "http://", 7))
		return url + 7;
	return NULL;
}

static bool is_url(const char *url)
{
	const char *at = host_of(url);
	size_t n = at ? host_length(at) : 0;

	if (!n)
		return false;
	at += n;
	if (*at == ':') {
		n = strspn(at + 1, "0123456789");
		if (!n || n > 5)
			return false;
		at += n + 1;
	}
	if (*at && *at != '/')
		return false;
	n = strspn(at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		   "0123456789-._~/");
	return !at[n] && !strstr(at, "//") && !strstr(at, "/.")
		&& (!n || at[n - 1] != '/');
}

static const char *expectation(struct arena *a, const struct rule *r)
{
	switch (r->looks) {
	case SWITCH:
		return "yes or no";
	case NUMBER:
		return arena_printf(a, "a number from %ld to %ld", r->least, r->most);
	case WORD:
		return arena_printf(a, "one of: %s", r->words);
	case URL:
		return "http(s)://host/path without a slash at its end";
	case PATH:
		return "a path that begins with a slash";
	case TEXT: case SECRET:
		break;
	}
	return "UTF-8 text";
}

static struct err *check(struct conf *c, const struct value *v)
{
	const struct rule *r = v->rule;
	bool good = true;

	if (r->looks == SWITCH)
		good = is_one_of(v->text, "yes no");
	else if (r->looks == NUMBER)
		good = is_number(v->text, r->least, r->most);
	else if (r->looks == WORD)
		good = is_one_of(v->text, r->words);
	else if (r->looks == URL)
		good = is_url(v->text);
	else if (!strcmp(r->name, "home"))
		good = *v->text == '/';
	else
		good = utf8_valid(v->text, strlen(v->text));
	if (good)
		return NULL;
	return FAIL(c->arena, ERR_BAD_REQUEST, "%s: %s must be %s",
		    v->from, r->name, expectation(c->arena, r));
}

/* Plain http sends sessions over the wire for all to read; on this machine
 * alone there is no wire. */
static bool stays_here(const char *url)
{
	const char *host = host_of(url);
	size_t n = host_length(host);

	if (n == 9 && !strncmp(host, "localhost", 9))
		return true;
	if (n == 5 && !strncmp(host, "[::1]", 5))
		return true;
	return !strncmp(host, "127.", 4) && strspn(host, "0123456789.") >= n;
}

static struct err *check_plain_http(struct conf *c)
{
	if (conf_switch(c, "web", "cookie_insecure"))
		return NULL;
	for (struct value *v = c->values; v; v = v->next)
		if (v->rule->looks == URL && *v->text
		    && !strncmp(v->text, "http://", 7) && !stays_here(v->text))
			return FAIL(c->arena, ERR_BAD_REQUEST,
				    "%s: %s is plain http, so passwords and sessions "
				    "could be read on the way; use https, or set "
				    "cookie_insecure = yes in [web] if you accept that",
				    v->from, v->rule->name);
	return NULL;
}

/* Values that come from other values. */

static const char *below(struct arena *a, const char *folder, const char *path)
{
	return *path == '/' ? path : arena_printf(a, "%s/%s", folder, path);
}

/* "." for a name without a folder. */
static const char *folder_of(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return ".";
	return slash == path ? "/" : arena_copy(a, path, (size_t) (slash - path));
}

static void derive(struct conf *c, const char *section, const char *name,
		   const char *text)
{
	const struct rule *r = rule_for(section, name);
	struct value *v = value_of(c, section, r);

	if (!v) {
		v = NEW(c->arena, struct value);
		*v = (struct value) { .next = c->values, .rule = r,
				      .section = section, .from = c->path };
		c->values = v;
	} else if (*v->text) {
		return;
	}
	v->text = text;
}

static struct err *derive_urls(struct conf *c)
{
	static const char *const children[] = { "board", "panel", "config", "assets" };
	const char *base = conf_text(c, "web", "base_url");

	if (!base)
		return FAIL(c->arena, ERR_BAD_REQUEST,
			    "%s: base_url in [web] is missing: every link needs it",
			    c->path);
	derive(c, "web", "storefront_url", base);
	for (size_t i = 0; i < sizeof(children) / sizeof(*children); i++)
		derive(c, "web", arena_printf(c->arena, "%s_url", children[i]),
		       arena_printf(c->arena, "%s/%s", base, children[i]));
	return NULL;
}

static void complain_of_mode(struct conf *c, const char *path)
{
	struct stat st;

	if (stat(path, &st) != 0)
		return;
	/* root:group 0640 is how a package lets a service read its file. */
	if (st.st_mode & S_IRWXO || (st.st_mode & S_IRWXG && st.st_uid != 0)
	    || st.st_mode & S_IWGRP)
		complain(c, arena_printf(c->arena, "%s holds a secret and has mode "
			"%04o; chmod 600 keeps it from others", path,
			(unsigned) st.st_mode & 07777));
}

static struct err *read_secret(struct conf *c, struct value *v, const char *home)
{
	const char *path = below(c->arena, home, v->text);
	char *text;

	TRY(slurp(c->arena, path, LARGEST_SECRET, &text));
	text[strcspn(text, "\r\n")] = '\0';
	v->text = text;
	complain_of_mode(c, path);
	return NULL;
}

static struct err *settle(struct conf *c)
{
	const char *home;
	bool secrets = false;

	for (struct value *v = c->values; v; v = v->next)
		if (*v->text && !v->names_file)
			TRY(check(c, v));
	home = conf_text(c, "paths", "home");
	for (struct value *v = c->values; v; v = v->next) {
		if (v->names_file && *v->text)
			TRY(read_secret(c, v, home));
		else if (v->rule->looks == PATH && *v->text)
			v->text = below(c->arena, home, v->text);
		else if (v->rule->looks == SECRET && !v->in_environment)
			secrets |= *v->text;
	}
	derive(c, "paths", "attachments", below(c->arena, home, "attachments"));
	derive(c, "paths", "spool", below(c->arena, home, "spool"));
	derive(c, "paths", "mailbox_key", below(c->arena, home, "mailbox.key"));
	derive(c, "paths", "theme", arena_printf(c->arena, "%s/theme",
						 folder_of(c->arena, c->path)));
	TRY(check_plain_http(c));
	TRY(derive_urls(c));
	if (secrets)
		complain_of_mode(c, c->path);
	if (conf_number(c, "limits", "file_mb") >= conf_number(c, "limits", "body_mb"))
		complain(c, "[limits] file_mb is not below body_mb: "
			    "the largest file never arrives");
	return NULL;
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
	TRY(slurp(a, sign, PATH_MAX, &text));
	text[strcspn(text, "\r\n")] = '\0';
	text = trim(text);
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
		TRY(follow(a, folder_of(a, argv0), path));
	if (!*path && n > 0)
		TRY(follow(a, folder_of(a, arena_copy(a, self, (size_t) n)), path));
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
	c->shops = with(a, NULL, NULL);
	c->complaints = with(a, NULL, NULL);
	TRY(locate(a, given, argv0, &c->path));
	TRY(read_file(c));
	TRY(read_environment(c));
	TRY(settle(c));
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
	const struct rule *r = rule_for(section, key);

	if (!r) {
		fprintf(stderr, "nobody can configure [%s] %s\n", section, key);
		abort();
	}
	return r;
}

static const char *given_text(const struct conf *c, const char *section,
			      const char *key)
{
	const struct value *v = value_of(c, section, known(section, key));

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
