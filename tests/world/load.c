#include <stdlib.h>
#include <string.h>

#include <mysql.h>
#include <mysqld_error.h>

#include "base/arena.h"
#include "load.h"

_Atomic bool load_interrupt;

enum { PIECE = 256 * 1024 };

struct load {
	struct arena *arena;
	MYSQL *link;
	/* of the table that is being loaded */
	const struct world *world;
	const struct table *table;
	struct progress *progress;
	uint32_t next, units;
	struct out out;
	size_t sent;
};

/* --- statements ------------------------------------------------------------------ */

static struct err *failed(struct load *l, const char *sql)
{
	unsigned code = mysql_errno(l->link);
	bool full = code == ER_RECORD_FILE_FULL || code == ER_DISK_FULL ||
		code == ER_TEMP_FILE_WRITE_FAILURE || code == ER_ERROR_ON_WRITE ||
		strstr(mysql_error(l->link), "No space left");

	return FAIL(l->arena, full ? ERR_FULL : ERR_UPSTREAM, "%u %s: %.60s",
		    code, mysql_error(l->link), sql);
}

struct arena *load_arena(struct load *l)
{
	return l->arena;
}

struct err *load_run(struct load *l, const char *sql)
{
	return mysql_query(l->link, sql) ? failed(l, sql) : NULL;
}

struct err *load_rows(struct load *l, const char *sql,
		      void (*row)(void *what, char **columns), void *what)
{
	MYSQL_RES *rows;
	MYSQL_ROW columns;

	TRY(load_run(l, sql));
	rows = mysql_store_result(l->link);
	if (!rows)
		return failed(l, sql);
	while ((columns = mysql_fetch_row(rows))) {
		for (unsigned i = 0; i < mysql_num_fields(rows); i++)
			columns[i] = arena_dup(l->arena, columns[i] ? columns[i] : "");
		row(what, columns);
	}
	mysql_free_result(rows);
	return NULL;
}

static void keep_number(void *what, char **columns)
{
	*(int64_t *) what = strtoll(columns[0], NULL, 10);
}

struct err *load_number(struct load *l, const char *sql, int64_t *out)
{
	*out = 0;
	TRY(load_rows(l, sql, keep_number, out));
	return NULL;
}

/* --- a table --------------------------------------------------------------------- */

static int begin(void **handle, const char *name, void *what)
{
	(void) name;
	*handle = what;
	return 0;
}

static void make_more(struct load *l)
{
	l->sent = l->out.n = 0;
	while (l->out.n < PIECE && l->next < l->units)
		l->table->rows(l->world, l->next++, &l->out);
	atomic_store(&l->progress->done, l->next);
}

static int give(void *handle, char *to, unsigned size)
{
	struct load *l = handle;
	size_t n;

	if (load_interrupt)
		return -1;
	if (l->sent == l->out.n)
		make_more(l);
	n = l->out.n - l->sent;
	if (n > size)
		n = size;
	memcpy(to, l->out.text + l->sent, n);
	l->sent += n;
	return (int) n;
}

static void end(void *handle)
{
	(void) handle;
}

static int complain(void *handle, char *text, unsigned size)
{
	(void) handle;
	snprintf(text, size, "stopped");
	return 1;
}

/* LOCAL turns what does not fit into warnings; for us it is a mistake. */
static struct err *no_warnings(struct load *l)
{
	const char *first = "";
	MYSQL_RES *rows;
	MYSQL_ROW row;

	if (!mysql_warning_count(l->link))
		return NULL;
	TRY(load_run(l, "SHOW WARNINGS LIMIT 1"));
	rows = mysql_store_result(l->link);
	row = rows ? mysql_fetch_row(rows) : NULL;
	if (row)
		first = arena_dup(l->arena, row[2]);
	mysql_free_result(rows);
	return FAIL(l->arena, ERR_BUG, "%s: %s", l->table->what, first);
}

struct err *load_table(struct load *l, const struct world *w,
		       const struct table *t, struct progress *progress)
{
	const char *sql = arena_printf(l->arena,
		"LOAD DATA LOCAL INFILE 'world' INTO TABLE %s", t->into);

	l->world = w;
	l->table = t;
	l->progress = progress;
	l->next = 0;
	l->units = t->units(w);
	l->sent = l->out.n = 0;
	mysql_set_local_infile_handler(l->link, begin, give, end, complain, l);
	TRY(load_run(l, sql));
	TRY(no_warnings(l));
	return NULL;
}

/* --- the connection ---------------------------------------------------------------- */

static void close_link(void *what)
{
	struct load *l = what;

	mysql_close(l->link);
	free(l->out.text);
}

/* As the account the server runs as: no password, all rights. */
struct err *load_open(struct arena *a, const char *socket, struct load **out)
{
	struct load *l = NEW(a, struct load);
	unsigned yes = 1;

	l->arena = a;
	l->link = mysql_init(NULL);
	if (!l->link)
		abort();
	arena_defer(a, close_link, l);
	mysql_options(l->link, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	mysql_options(l->link, MYSQL_OPT_LOCAL_INFILE, &yes);
	if (!mysql_real_connect(l->link, NULL, NULL, NULL, "aftersale", 0, socket, 0))
		return failed(l, socket);
	/* Without these checks an empty table is filled in one go. */
	TRY(load_run(l, "SET time_zone = '+00:00', sql_mode = 'TRADITIONAL',"
			" unique_checks = 0, foreign_key_checks = 0"));
	*out = l;
	return NULL;
}
