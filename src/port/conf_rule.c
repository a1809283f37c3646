#include <string.h>

#include "conf_parts.h"

/* The same keys, with what they mean, are in conf/aftersale.conf.sample. */
const struct rule conf_rules[] = {
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

	{ "security", "password_mib", NUMBER, "19", 19, 256 },
};

/* Those that may have a database account of their own. */
static const char *const programs[] = {
	"storefront", "board", "panel", "config", "courier", "mailroom", "ctl",
	NULL
};

const size_t conf_rules_n = sizeof(conf_rules) / sizeof(*conf_rules);

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

bool conf_covers(const char *pattern, const char *section)
{
	if (!strcmp(pattern, "db.*"))
		return !strncmp(section, "db.", 3) && is_program(section + 3);
	if (!strcmp(pattern, "shop.*"))
		return !strncmp(section, "shop.", 5) && is_shop_id(section + 5);
	return !strcmp(pattern, section);
}

bool conf_is_section(const char *section)
{
	for (size_t i = 0; i < conf_rules_n; i++)
		if (conf_covers(conf_rules[i].section, section))
			return true;
	return false;
}

const struct rule *conf_rule_for(const char *section, const char *name)
{
	for (size_t i = 0; i < conf_rules_n; i++)
		if (conf_covers(conf_rules[i].section, section)
		    && !strcmp(conf_rules[i].name, name))
			return &conf_rules[i];
	return NULL;
}

/* password_file names a file conf_with the password; so for every SECRET. */
const struct rule *conf_rule_for_file(struct arena *a, const char *section,
				      const char *name)
{
	size_t n = strlen(name);
	const struct rule *r;

	if (n < 5 || strcmp(name + n - 5, "_file") != 0)
		return NULL;
	r = conf_rule_for(section, arena_copy(a, name, n - 5));
	return r && r->looks == SECRET ? r : NULL;
}

const char *const *conf_known(struct arena *a)
{
	const char **known = conf_with(a, NULL, NULL);

	for (size_t i = 0; i < conf_rules_n; i++) {
		const struct rule *r = &conf_rules[i];

		known = conf_with(a, known, arena_printf(a, "%s %s", r->section, r->name));
		if (r->looks == SECRET)
			known = conf_with(a, known, arena_printf(a, "%s %s_file",
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

const char *conf_nearest_key(struct arena *a, const char *section,
			     const char *name)
{
	const struct rule *best = NULL;
	size_t least = 4;

	for (size_t i = 0; i < conf_rules_n; i++) {
		size_t d = distance(name, conf_rules[i].name);

		/* A stranger section must fit better than the own one. */
		d += !conf_covers(conf_rules[i].section, section);
		if (d < least && d < strlen(name)) {
			least = d;
			best = &conf_rules[i];
		}
	}
	if (!best)
		return "";
	if (conf_covers(best->section, section))
		return arena_printf(a, "; did you mean %s?", best->name);
	return arena_printf(a, "; did you mean %s in [%s]?", best->name,
			    best->section);
}

const char *conf_nearest_section(struct arena *a, const char *section)
{
	const char *best = NULL;
	size_t least = 4;

	if (!strncmp(section, "db.", 3))
		return "; programs with an account of their own are storefront, "
			"board, panel, config, courier, mailroom and ctl";
	if (!strncmp(section, "shop.", 5))
		return "; the name of a shop is small letters and digits, "
			"at most 16";
	for (size_t i = 0; i < conf_rules_n; i++) {
		size_t d = distance(section, conf_rules[i].section);

		if (d < least && d < strlen(section)) {
			least = d;
			best = conf_rules[i].section;
		}
	}
	return best ? arena_printf(a, "; did you mean [%s]?", best) : "";
}
