#include <stdlib.h>
#include <string.h>

#include <errmsg.h>
#include <mysqld_error.h>

#include "base/clock.h"
#include "db_parts.h"

void db_forget(struct db *db, struct statement *s)
{
	mysql_stmt_close(s->handle);
	free(s->sql);
	*s = db->statements[--db->n];
	db->statements[db->n] = (struct statement) { 0 };
}

/* --- prepared statements, the least recently used one goes first --------- */

static uint64_t hash_of(const char *text)
{
	uint64_t h = 0xcbf29ce484222325;	/* FNV-1a */

	for (; *text; text++)
		h = (h ^ (unsigned char) *text) * 0x100000001b3;
	return h;
}

static struct statement *known(struct db *db, const char *sql, uint64_t hash)
{
	for (size_t i = 0; i < db->n; i++) {
		struct statement *s = &db->statements[i];

		if (s->hash == hash && !strcmp(s->sql, sql))
			return s;
	}
	return NULL;
}

static struct statement *oldest(struct db *db)
{
	struct statement *s = db->statements;

	for (size_t i = 1; i < db->n; i++)
		if (db->statements[i].used < s->used)
			s = &db->statements[i];
	return s;
}

static struct err *prepare(struct db *db, const char *sql, uint64_t hash,
			   struct statement **out)
{
	MYSQL_STMT *handle = mysql_stmt_init(db->link);
	char *copy = strdup(sql);

	if (!handle || !copy)
		abort();
	if (mysql_stmt_prepare(handle, sql, strlen(sql))) {
		struct err *e = db_failure(db, mysql_stmt_errno(handle),
					   mysql_stmt_error(handle), sql);
		mysql_stmt_close(handle);
		free(copy);
		return e;
	}
	if (db->n == DB_STATEMENTS)
		db_forget(db, oldest(db));
	*out = &db->statements[db->n++];
	**out = (struct statement) {
		.sql = copy, .hash = hash, .handle = handle,
	};
	return NULL;
}

static struct err *prepared(struct db *db, const char *sql,
			    struct statement **out)
{
	uint64_t hash = hash_of(sql);

	*out = known(db, sql, hash);
	if (!*out)
		TRY(prepare(db, sql, hash, out));
	(*out)->used = ++db->tick;
	return NULL;
}

/* --- running one --------------------------------------------------------- */

static void bind_arg(MYSQL_BIND *b, const struct arg *a)
{
	if (a->null) {
		b->buffer_type = MYSQL_TYPE_NULL;
	} else if (a->kind == KIND_I64) {
		b->buffer_type = MYSQL_TYPE_LONGLONG;
		b->buffer = (void *) &a->number;
	} else {
		b->buffer_type = a->kind == KIND_TEXT ? MYSQL_TYPE_STRING
						      : MYSQL_TYPE_BLOB;
		b->buffer = (void *) a->bytes.at;
		b->buffer_length = a->bytes.n;
	}
}

/* *sent: the server may have begun to work on it. */
static struct err *execute_once(struct db *db, const char *sql,
				struct args args, struct statement **out,
				bool *sent)
{
	MYSQL_BIND bind[SQL_ARGS_MOST];	/* 27 KB; only what is used is zeroed */
	struct statement *s;
	struct err *e;

	*sent = false;
	TRY(prepared(db, sql, &s));
	if (mysql_stmt_param_count(s->handle) != args.n)
		return FAIL(db->arena, ERR_BUG, "%lu marks but %zu args in: %s",
			    mysql_stmt_param_count(s->handle), args.n, sql);
	memset(bind, 0, args.n * sizeof(*bind));
	for (size_t i = 0; i < args.n; i++)
		bind_arg(&bind[i], &args.at[i]);
	if ((args.n && mysql_stmt_bind_param(s->handle, bind)) ||
	    mysql_stmt_execute(s->handle)) {
		e = db_stmt_failure(db, s);
		*sent = db->code != CR_SERVER_GONE_ERROR;
		if (db->code == ER_NEED_REPREPARE)
			db_forget(db, s);
		return e;
	}
	*out = s;
	return NULL;
}

static bool only_reads(const char *sql)
{
	sql += *sql == '(';
	return !strncmp(sql, "SELECT ", 7) || !strncmp(sql, "WITH ", 5);
}

bool db_may_run_again(const struct db *db, const char *sql, bool sent,
		      int64_t began_ms)
{
	int64_t patience_ms = db->conf.timeout_s * 1000LL;

	return db->lost && !db->done && db->transaction == NO_TRANSACTION &&
	       (!sent || only_reads(sql)) &&
	       (!patience_ms || clock_ticks() - began_ms < patience_ms / 2);
}

struct err *db_execute(struct db *db, const char *sql, struct args args,
		       struct statement **out)
{
	int64_t began_ms = clock_ticks();
	struct err *e;
	bool sent;

	TRY(db_get_ready(db));
	e = execute_once(db, sql, args, out, &sent);
	if (e && db_may_run_again(db, sql, sent, began_ms)) {
		TRY(db_get_ready(db));
		e = execute_once(db, sql, args, out, &sent);
	}
	db->done++;
	db->used_ms = clock_ticks();
	if (!e)
		return NULL;
	db_tell_failed(db, sql, args);
	return err_passed(e, __func__);
}

struct err *db_run_(struct db *db, const char *sql, int64_t *changed,
		    int64_t *id, struct args args)
{
	struct db_seen seen = { .sql = sql, .args = args };
	struct statement *s;

	TRY(db_execute(db, sql, args, &s));
	if (mysql_stmt_field_count(s->handle)) {
		mysql_stmt_free_result(s->handle);
		db_tell_failed(db, sql, args);
		return FAIL(db->arena, ERR_BUG, "nobody reads what this returns: %s",
			    sql);
	}
	seen.rows = (int64_t) mysql_stmt_affected_rows(s->handle);
	if (changed)
		*changed = seen.rows;
	if (id)
		*id = seen.id = (int64_t) mysql_stmt_insert_id(s->handle);
	db_tell(db, &seen);
	return NULL;
}
