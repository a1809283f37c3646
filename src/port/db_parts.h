/*
 * db_parts - what the files of port/db share.
 *
 *	db.c		a request begins and ends; transactions and scripts
 *	db_link.c	the connection, and what a failure of it means
 *	db_statement.c	prepared statements, kept and run
 *	db_row.c	what one returned, into structs
 *	db_sql.c	statements of several parts
 */
#ifndef PORT_DB_PARTS_H
#define PORT_DB_PARTS_H

#include <mysql.h>

#include "port/db.h"

enum {
	DB_COLUMNS = 64,
	DB_STATEMENTS = 128,	/* the server has 16,382 for everybody */
	DB_CELL = 256,		/* a longer text is fetched a second time */
};

/* A prepared statement and where its columns go. */
struct statement {
	char *sql;
	uint64_t hash;			/* of its text */
	uint64_t used;			/* when, in ticks of db->tick */
	MYSQL_STMT *handle;
	const struct shape *shape;	/* NULL: no columns bound yet */
	unsigned columns;
	const struct field *to[DB_COLUMNS];
	signed char fraction[DB_COLUMNS];	/* digits of a time; -1: it is none */
};

/* One column of the row being read. */
struct cell {
	int64_t number;
	unsigned long len;
	my_bool null, cut;
	MYSQL_TIME time;
	char text[DB_CELL];
};

struct db {
	struct db_conf conf;
	MYSQL *link;			/* NULL: not connected */
	bool lost;			/* the link is of no use any more */
	struct arena *arena;		/* of the request being served */
	enum { NO_TRANSACTION, OPEN, LOST } transaction;
	bool commit_unknown;
	unsigned code;			/* what the server said last */
	bool cut;			/* the last result is not whole */
	long done;			/* statements of this request */
	int64_t used_ms;		/* when the link was last of use */
	db_watch_fn *watch;		/* NULL: nobody looks on */
	void *watcher;
	uint64_t tick;
	size_t n;
	struct statement statements[DB_STATEMENTS];
	struct cell cells[DB_COLUMNS];
};

/* To who looks on. */
void db_tell(const struct db *db, const struct db_seen *seen);
void db_tell_failed(const struct db *db, const char *sql, struct args args);

/* Connected, unless a transaction was lost with its connection. */
struct err *db_get_ready(struct db *db) MUST_CHECK;
void db_disconnect(struct db *db);
/* Of the server's number and text; notes a connection that is of no use. */
struct err *db_failure(struct db *db, unsigned code, const char *text,
		       const char *sql);
struct err *db_stmt_failure(struct db *db, struct statement *s);

/* Prepares the text, or finds it prepared, and runs it. */
struct err *db_execute(struct db *db, const char *sql, struct args args,
		       struct statement **out) MUST_CHECK;
void db_forget(struct db *db, struct statement *s);
/* A lost first statement, unless it was slow or may have changed something.
 * sent: the server may have begun to work on it. */
bool db_may_run_again(const struct db *db, const char *sql, bool sent,
		      int64_t began_ms);

#endif
