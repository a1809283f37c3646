/*
 * record - what each request asks the databases, written down.
 *
 * For the benchmark (tests/bench), whose floor replays it. The records hold
 * every value of every statement, texts and addresses of people among them:
 * never with the data of real ones. Nothing is recorded unless the environment
 * variable AFTERSALE_RECORD names a folder when the program starts; no request
 * and no configuration can ask for it, and the log tells that it happens.
 *
 * A file <program>.<pid> (0600) for each process, one record a request:
 *
 *	record:    u32 bytes that follow, text method, text path with its query,
 *		   u32 status, text content type, u32 bytes of other headers,
 *		   u64 bytes of the body, u32 statements as the product counts
 *		   them, u32 n, n times u64 bytes of a file kept for good,
 *		   u32 n, n times a statement
 *	statement: u8 link ('o' ours, 's' the shop's), i64 rows, i64 id of the
 *		   row it made (0: none is known), text SQL, u32 n, n values
 *	value:     u8 'n' NULL, or 'i' and i64, or 't' or 'b' and a text
 *	text:      u32 n, n bytes
 *
 * Numbers are little-endian. START TRANSACTION and COMMIT are statements, the
 * rollback of a request that was given up is not.
 */
#ifndef WEB_RECORD_H
#define WEB_RECORD_H

#include "port/db.h"
#include "port/http.h"

struct arena;
struct record;

/* NULL: nothing is to be recorded. The functions below then do nothing. */
struct record *record_open(struct arena *a, const char *program);

enum record_link { RECORD_OURS = 'o', RECORD_SHOP = 's' };
/* What db_watch() is given as its context, beside record_statement. */
void *record_link(struct record *r, enum record_link link);
db_watch_fn record_statement;

/* A file of this request was kept for good. */
void record_file(struct record *r, int64_t size);

/* The request is answered; `statements` as the product counts them. */
void record_visit(struct record *r, const struct http_visit *v,
		  const struct http_answer *an, long statements);

#endif
