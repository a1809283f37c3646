/*
 * visits - what a program recorded (include/web/record.h), read back so that
 * it can be done again.
 *
 * Values that may be there once only are drawn anew each time: in an INSERT
 * these are 32 raw bytes (hashes), 22 characters of a token, and a mail's
 * <id> or what it begins with; unless a row was found by them before, for then they name something
 * old, as the session's hash does. The id of a row that an INSERT makes takes
 * the place of the recorded one in the statements that follow.
 */
#ifndef BENCH_VISITS_H
#define BENCH_VISITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct value {
	char kind;			/* 'n', 'i', 't', 'b': see record.h */
	int64_t number;
	const char *at;
	size_t n;
	int fresh;			/* slot of a value drawn anew; -1: none */
	int made;			/* slot of the id of a new row; -1: none */
};

struct step {
	int sql;			/* index of visits.sql */
	int64_t rows;
	int makes;			/* slot for the id of its row; -1: none */
	size_t n;
	struct value *values;
};

struct visit {
	int status;
	const char *type;
	size_t head, body;		/* bytes: other headers, body */
	size_t n_files, n_steps;
	int64_t *files;			/* sizes */
	struct step *steps;
	int n_fresh, n_made;
};

struct sql_text {
	bool shop;			/* asked on the shop's connection */
	const char *text;
};

struct visits {
	size_t n;
	struct visit *at;
	int n_sql;
	struct sql_text *sql;		/* each one once */
};

enum { SLOTS_MOST = 64, SQL_MOST = 512 };

/* False when the file cannot be read or is no record. */
bool visits_read(struct arena *a, const char *path, struct visits *out);

#endif
