/*
 * health - what `aftersale doctor` asks the database about itself.
 */
#ifndef STORE_HEALTH_H
#define STORE_HEALTH_H

#include <stdbool.h>

#include "base/err.h"
#include "base/shape.h"

struct db;

struct health_server {
	const char *version;		/* "10.11.6-MariaDB-0+deb12u1" */
	const char *sql_mode, *charset;	/* of our connection */
	const char *database_charset;
	int flush;			/* innodb_flush_log_at_trx_commit */
	int64_t packet;			/* max_allowed_packet */
	const char *now;		/* its clock, in UTC */
};
struct err *store_health_server(struct db *db, struct health_server *out) MUST_CHECK;

/* May this account do what programs do? Touches no row. */
struct err *store_health_rights(struct db *db) MUST_CHECK;

/* Seconds since the chore of every minute was due: how long no courier ran.
 * -1: none ever did. */
struct err *store_health_silence(struct db *db, int64_t *out) MUST_CHECK;

struct health_letters {
	int64_t overdue;		/* due for a quarter of an hour */
	int64_t oldest_min;		/* minutes the oldest of them waits */
	int64_t failed;			/* given up in the last week */
};
struct err *store_health_letters(struct db *db, struct health_letters *out) MUST_CHECK;

#endif
