/*
 * blob - the bytes of attachments, kept by their SHA-256.
 *
 * Streams in, streams out; no caller ever sees a path, so that an object
 * store fits behind the same door. What blob_put_end() returned is on disk:
 * data, name and folder are fsynced before it comes back. The same bytes are
 * kept once. Files are 0600 below [paths] attachments, outside the web root,
 * as ab/cd/<sha256 in hex>, and written to tmp/ first (rename is the commit).
 * The top folder gets an .htaccess that denies everything, should it lie in
 * a web folder after all.
 */
#ifndef PORT_BLOB_H
#define PORT_BLOB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/shape.h"

struct arena;
struct blob_store;			/* an open folder; one per process */

/* Makes the folders when they are missing. ERR_UPSTREAM, ERR_FULL. */
struct err *blob_open(struct arena *a, const char *folder,
		      struct blob_store **out) MUST_CHECK;

/* One upload: begin, add as it arrives, end. ERR_FULL when the disk is.
 * What is not ended is deleted when the arena is reset. The store must live
 * longer than that arena. */
struct blob_put;
struct err *blob_put_begin(struct blob_store *s, struct arena *a,
			   struct blob_put **out) MUST_CHECK;
struct err *blob_put_add(struct blob_put *p, const void *at, size_t n) MUST_CHECK;
struct err *blob_put_end(struct blob_put *p, struct bytes *sha256,
			 int64_t *size) MUST_CHECK;

/* A descriptor to read from, closed with the arena. ERR_NOT_FOUND. */
struct err *blob_get(struct blob_store *s, struct arena *a, struct bytes sha256,
		     int *fd, int64_t *size) MUST_CHECK;

bool blob_exists(struct blob_store *s, struct bytes sha256);
/* For the reaper alone. A missing file is no failure. During a walk, what
 * was put again since then is younger than the walk's age and stays. */
struct err *blob_drop(struct blob_store *s, struct arena *a,
		      struct bytes sha256) MUST_CHECK;

/* Every stored blob at least `age` seconds old, one call each; for the reaper.
 * The bytes given to `each` are gone after the call. */
struct err *blob_walk(struct blob_store *s, struct arena *a, int64_t age,
		      struct err *(*each)(void *what, struct bytes sha256),
		      void *what) MUST_CHECK;
/* Forgotten files in tmp/ older than a day. */
struct err *blob_sweep(struct blob_store *s, struct arena *a) MUST_CHECK;

#endif
