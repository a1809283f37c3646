/*
 * conf - the configuration file: what must be known before the database.
 *
 * Sections in brackets, `key = value`, comments with # or ;, values to the
 * end of the line with optional double quotes. A section or key that is not
 * in the table of src/port/conf_rule.c stops the program with file and line.
 * Each key can be given as AFTERSALE_<SECTION>_<KEY> in the process's
 * environment, above the file: AFTERSALE_SHOP_MAIN_MAP is [shop.main] map. For
 * each password or secret there is <key>_file, which names a file holding it.
 * An empty value takes the default. conf/aftersale.conf.sample tells them all.
 *
 * Looked for in this order: --config FILE, AFTERSALE_CONF, the one line of
 * `aftersale.path` beside the program, ~/aftersale/etc/aftersale.conf,
 * /etc/aftersale/aftersale.conf.
 */
#ifndef PORT_CONF_H
#define PORT_CONF_H

#include <stdbool.h>

#include "base/err.h"

struct arena;
struct conf;

/* `given`: the value of --config or NULL. `argv0` finds aftersale.path.
 * The text of the failure names file and line and what is wrong: it is meant
 * for whoever wrote the file. The arena lives as long as the program. */
struct err *conf_load(struct arena *a, const char *given, const char *argv0,
		      struct conf **out) MUST_CHECK;

/* The file that was read. */
const char *conf_path(const struct conf *c);

/* A value, the table's default, or NULL when it has none. [db.<program>] falls
 * back to [db]. Paths are absolute. Asking for a key that is not in the table
 * ends the process: it is a misspelling in C. */
const char *conf_text(const struct conf *c, const char *section, const char *key);
long conf_number(const struct conf *c, const char *section, const char *key);
bool conf_switch(const struct conf *c, const char *section, const char *key);

/* The ids of [shop.<id>] sections, in their order, NULL at the end. */
const char *const *conf_shops(const struct conf *c);

/* What is wrong but stops nothing, for `aftersale doctor`: a file with
 * secrets that others can read, a variable that belongs to no key. */
const char *const *conf_complaints(const struct conf *c);

/* Every key there is: "db host", "db.* password_file", "shop.* map". */
const char *const *conf_known(struct arena *a);

#endif
