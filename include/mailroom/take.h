/*
 * take - from the spool into the database.
 *
 * The bytes go into port/blob, a row of as_mail is written, and when both are
 * safe the file is dropped. Dying in between, it is done again, and the row
 * counts one more copy of the same bytes. A file that is none of ours, or
 * that the database refuses, is set aside for a person and stops nobody.
 */
#ifndef MAILROOM_TAKE_H
#define MAILROOM_TAKE_H

#include "base/err.h"

struct arena;
struct blob_store;
struct db;
struct spool;

struct taking {
	int shop;
	struct db *db;
	struct blob_store *blobs;
	struct spool *spool;
};

/* What lies there, oldest first, at most a batch; *taken: how many files the
 * spool has lost. ERR_UPSTREAM, ERR_FULL: they wait. */
struct err *take_some(struct taking *t, struct arena *a, int *taken) MUST_CHECK;

#endif
