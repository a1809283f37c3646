#include <errno.h>

#include "base/arena.h"
#include "base/str.h"
#include "ctl/ctl.h"
#include "port/conf.h"
#include "port/db.h"
#include "store/connect.h"
#include "store/schema.h"

enum { LARGEST_FILE = 1 << 20 };

struct err *ctl_conf(struct ctl *c)
{
	if (!c->conf)
		TRY(conf_load(c->arena, c->given, c->program, &c->conf));
	return NULL;
}

static void close_db(void *db)
{
	db_free(db);
}

struct err *ctl_db(struct ctl *c, struct db **out)
{
	struct db_conf at;

	TRY(ctl_conf(c));
	at = connect_ours(c->arena, c->conf, "ctl");
	at.timeout_s = 0;			/* a migration takes what it takes */
	*out = db_new(&at);
	arena_defer(c->arena, close_db, *out);
	TRY(db_enter(*out, c->arena));
	return NULL;
}

static void close_file(void *file)
{
	fclose(file);
}

struct err *ctl_read(struct ctl *c, const char *path, const char **out)
{
	FILE *file = fopen(path, "re");
	struct str text;
	char part[4096];
	size_t n;

	if (!file)
		return FAIL(c->arena, ERR_NOT_FOUND, "%s: %s", path, strerror(errno));
	arena_defer(c->arena, close_file, file);
	str_init(&text, c->arena, LARGEST_FILE);
	while ((n = fread(part, 1, sizeof(part), file)))
		str_addn(&text, part, n);
	if (ferror(file) || text.cut)
		return FAIL(c->arena, ERR_BAD_REQUEST, "%s cannot be read%s", path,
			    text.cut ? ": it is too large" : "");
	*out = text.text;
	return NULL;
}

struct err *ctl_desk(struct ctl *c, struct db **out)
{
	TRY(ctl_db(c, out));
	TRY(store_schema_check(*out));
	return NULL;
}

enum ctl_exit ctl_sorry(const struct err *e)
{
	fprintf(stderr, "aftersale: %s\n", e->text);
	return e->kind == ERR_BAD_REQUEST ? CTL_USAGE : CTL_WRONG;
}
