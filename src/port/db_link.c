#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <errmsg.h>
#include <mysqld_error.h>

#include "db_parts.h"

/* The link goes first: then its statements need not be closed one by one. */
void db_disconnect(struct db *db)
{
	if (db->link)
		mysql_close(db->link);
	db->link = NULL;
	db->lost = false;
	while (db->n)
		db_forget(db, &db->statements[db->n - 1]);
}

/*
 * What every session wants. The server gives up on a statement a little
 * before we do, and on a lock well before: then it says so, instead of
 * working on for nobody. Only MariaDB reads a comment that begins with M.
 */
static const char *session(const struct db_conf *c, char *text, size_t size)
{
	unsigned ms = c->statement_ms ? c->statement_ms : c->timeout_s * 900;

	snprintf(text, size, "SET autocommit = 1, time_zone = '+00:00',"
		 " sql_mode = 'TRADITIONAL', innodb_lock_wait_timeout = %u"
		 " /*M! , max_statement_time = %u.%03u */",
		 c->timeout_s ? (c->timeout_s + 1) / 2 : 50,
		 ms / 1000, ms % 1000);
	return text;
}

static void set_options(MYSQL *link, const struct db_conf *c)
{
	unsigned no = 0;
	my_bool yes = 1;
	char set[256];

	mysql_options(link, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	mysql_options(link, MYSQL_INIT_COMMAND, session(c, set, sizeof(set)));
	mysql_options(link, MYSQL_OPT_LOCAL_INFILE, &no);
	if (c->connect_s)
		mysql_options(link, MYSQL_OPT_CONNECT_TIMEOUT, &c->connect_s);
	if (c->timeout_s) {
		mysql_options(link, MYSQL_OPT_READ_TIMEOUT, &c->timeout_s);
		mysql_options(link, MYSQL_OPT_WRITE_TIMEOUT, &c->timeout_s);
	}
	if (c->ssl_ca) {
		mysql_ssl_set(link, NULL, NULL, c->ssl_ca, NULL, NULL);
		mysql_options(link, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &yes);
	}
}

static struct err *connect_now(struct db *db)
{
	const struct db_conf *c = &db->conf;
	struct err *e;

	db_disconnect(db);
	db->link = mysql_init(NULL);
	if (!db->link)
		abort();
	set_options(db->link, c);
	if (mysql_real_connect(db->link, c->host, c->user, c->password,
			       c->name, c->port, c->socket, 0))
		return NULL;
	db->code = mysql_errno(db->link);
	e = FAIL(db->arena, ERR_UPSTREAM, "connect: %u %s",
		 db->code, mysql_error(db->link));
	db_disconnect(db);
	return e;
}

/* A server that has nothing to say and can be heard has hung up. */
static bool hung_up(const struct db *db)
{
	struct pollfd p = {
		.fd = mysql_get_socket(db->link), .events = POLLIN,
	};

	return poll(&p, 1, 0) > 0;
}

struct err *db_get_ready(struct db *db)
{
	db->code = 0;
	if (db->transaction == LOST)
		return FAIL(db->arena, ERR_UPSTREAM,
			    "the transaction was lost with its connection");
	if (!db->link || db->lost || (!db->done && hung_up(db)))
		TRY(connect_now(db));
	return NULL;
}

/* --- failures ---------------------------------------------------------- */

static bool is_loss(unsigned code)
{
	switch (code) {
	case CR_SERVER_GONE_ERROR:
	case CR_SERVER_LOST:
	case CR_SERVER_LOST_EXTENDED:
	case CR_MALFORMED_PACKET:
	case CR_STMT_CLOSED:
	case CR_ERR_NET_READ:
	case CR_ERR_NET_WRITE:
	case ER_CONNECTION_KILLED:
	case ER_SERVER_SHUTDOWN:
		return true;
	}
	return false;
}

static bool is_of_client(unsigned code)
{
	return (code >= CR_MIN_ERROR && code <= CR_MAX_ERROR) ||
	       (code >= CER_MIN_ERROR && code <= CER_MAX_ERROR);
}

static enum err_kind kind_of(unsigned code, const char *text)
{
	switch (code) {
	case ER_LOCK_DEADLOCK:
	case ER_LOCK_WAIT_TIMEOUT:
	case ER_CHECKREAD:		/* the snapshot is too old */
	case ER_UNKNOWN_COM_ERROR:	/* a Galera node that is catching up */
	case ER_NEED_REPREPARE:
		return ERR_RETRY;
	case ER_DUP_ENTRY:
		return ERR_CONFLICT;
	case ER_CON_COUNT_ERROR:
	case ER_TOO_MANY_USER_CONNECTIONS:
	case ER_USER_LIMIT_REACHED:
	case ER_MAX_PREPARED_STMT_COUNT_REACHED:
	case ER_STATEMENT_TIMEOUT:
	case 3024:			/* the same, in MySQL's numbering */
	case ER_QUERY_INTERRUPTED:
		return ERR_UPSTREAM;
	case ER_DISK_FULL:
	case ER_RECORD_FILE_FULL:
		return ERR_FULL;
	}
	if (is_loss(code) || is_of_client(code))
		return ERR_UPSTREAM;
	return strstr(text, "No space left") ? ERR_FULL : ERR_BUG;
}

/* The log is no place for the value that was entered twice. */
static const char *without_value(unsigned code, const char *text)
{
	const char *key = strstr(text, " for key ");

	return code == ER_DUP_ENTRY && key ? key + 1 : text;
}

struct err *db_failure(struct db *db, unsigned code, const char *text,
		       const char *sql)
{
	db->code = code;
	if (is_loss(code)) {
		db->lost = true;
		if (db->transaction == OPEN)
			db->transaction = LOST;
	}
	return FAIL(db->arena, kind_of(code, text), "%u %s in: %s",
		    code, without_value(code, text), sql);
}

struct err *db_stmt_failure(struct db *db, struct statement *s)
{
	return db_failure(db, mysql_stmt_errno(s->handle),
			  mysql_stmt_error(s->handle), s->sql);
}
