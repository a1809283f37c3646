/*
 * conf - the configuration file: what must be known before the database.
 *
 * Sections in brackets, `key = value`, comments with # or ;, values to the
 * end of the line with optional double quotes. A section or key that is not
 * in the table of src/port/conf.c stops the program with file and line.
 * Each key can be given as AFTERSALE_<SECTION>_<KEY> in the process's
 * environment, and as <key>_file, which names a file holding the value.
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
 * The text of the failure names file and line and what is wrong. */
struct err *conf_load(struct arena *a, const char *given, const char *argv0,
		      struct conf **out) MUST_CHECK;

/* The file that was read. */
const char *conf_path(const struct conf *c);

/* A value, the table's default, or NULL when it has none. Asking for a key
 * that is not in the table ends the process: it is a misspelling in C. */
const char *conf_text(const struct conf *c, const char *section, const char *key);
long conf_number(const struct conf *c, const char *section, const char *key);
bool conf_switch(const struct conf *c, const char *section, const char *key);

/* The ids of [shop.<id>] sections, NULL at the end. */
const char *const *conf_shops(const struct conf *c);

#endif
