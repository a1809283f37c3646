#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/utf8.h"
#include "conf_parts.h"

enum { LARGEST_SECRET = 4096 };

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

static void derive(struct conf *c, const char *section, const char *name,
		   const char *text)
{
	const struct rule *r = conf_rule_for(section, name);
	struct value *v = conf_value_of(c, section, r);

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
		conf_complain(c, arena_printf(c->arena, "%s holds a secret and has mode "
			"%04o; chmod 600 keeps it from others", path,
			(unsigned) st.st_mode & 07777));
}

static struct err *read_secret(struct conf *c, struct value *v, const char *home)
{
	const char *path = below(c->arena, home, v->text);
	char *text;

	TRY(conf_slurp(c->arena, path, LARGEST_SECRET, &text));
	text[strcspn(text, "\r\n")] = '\0';
	v->text = text;
	complain_of_mode(c, path);
	return NULL;
}

struct err *conf_settle(struct conf *c)
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
						 conf_folder_of(c->arena, c->path)));
	TRY(check_plain_http(c));
	TRY(derive_urls(c));
	if (secrets)
		complain_of_mode(c, c->path);
	if (conf_number(c, "limits", "file_mb") >= conf_number(c, "limits", "body_mb"))
		conf_complain(c, "[limits] file_mb is not below body_mb: "
			    "the largest file never arrives");
	return NULL;
}
