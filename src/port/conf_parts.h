/*
 * conf_parts - what the files of port/conf share.
 *
 *	conf.c		where the file is, and what is asked of it
 *	conf_rule.c	the table of all keys, and what was meant by a misspelt one
 *	conf_read.c	the file and the environment
 *	conf_settle.c	what a value has to look like, and values that come
 *			from other values
 */
#ifndef PORT_CONF_PARTS_H
#define PORT_CONF_PARTS_H

#include "base/arena.h"
#include "port/conf.h"

/* What a value has to look like. A SECRET is a text that nobody else should
 * read; a PATH is below [paths] home when it does not begin conf_with a slash. */
enum looks { TEXT, SECRET, PATH, URL, SWITCH, NUMBER, WORD };

struct rule {
	const char *section;		/* "db.*": one per program or shop */
	const char *name;
	enum looks looks;
	const char *value;		/* when nobody gives one */
	long least, most;		/* of a NUMBER */
	const char *words;		/* of a WORD, conf_with blanks between */
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

/* --- the table ------------------------------------------------------------ */

extern const struct rule conf_rules[];
extern const size_t conf_rules_n;

/* Is it the pattern's section, or one of those: "db.*", "shop.*"? */
bool conf_covers(const char *pattern, const char *section);
bool conf_is_section(const char *section);
/* NULL: there is no such key. */
const struct rule *conf_rule_for(const char *section, const char *name);
const struct rule *conf_rule_for_file(struct arena *a, const char *section,
				      const char *name);

/* "; did you mean ...?", or nothing when nothing is near. */
const char *conf_nearest_key(struct arena *a, const char *section,
			     const char *name);
const char *conf_nearest_section(struct arena *a, const char *section);

/* --- values ----------------------------------------------------------------- */

/* NULL: nobody gave one. */
struct value *conf_value_of(const struct conf *c, const char *section,
			    const struct rule *r);
/* Something for `aftersale doctor`. */
void conf_complain(struct conf *c, const char *text);
/* A list of texts and one more. Never long, so each append copies. */
const char **conf_with(struct arena *a, const char **list, const char *more);

/* --- reading and settling ----------------------------------------------------- */

struct err *conf_read_file(struct conf *c) MUST_CHECK;
struct err *conf_read_environment(struct conf *c) MUST_CHECK;
/* Everything was read: checks it, and fills in what follows from it. */
struct err *conf_settle(struct conf *c) MUST_CHECK;

/* Up to `most` bytes of a file as text. */
struct err *conf_slurp(struct arena *a, const char *path, size_t most,
		       char **text) MUST_CHECK;
/* Without the blanks around it. */
char *conf_trim(char *text);
/* "." for a name without a folder. */
const char *conf_folder_of(struct arena *a, const char *path);

#endif
