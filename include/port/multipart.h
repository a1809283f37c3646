/*
 * multipart - the fields and files of a form that was posted.
 *
 * Reads application/x-www-form-urlencoded and multipart/form-data (RFC 7578)
 * from a spooled body. Limits are checked while reading: fields, bytes of
 * all fields, files, bytes of a file. Text must be valid UTF-8 without NUL.
 * A file is never in memory: it is streamed to `sink` piece by piece, byte
 * for byte, whatever its type or a transfer encoding may claim.
 *
 * A body may be read again (the offset of the descriptor is not used). A
 * form that breaks off is refused: its closing boundary must be there.
 */
#ifndef PORT_MULTIPART_H
#define PORT_MULTIPART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct arena;

struct multipart_limits {
	int fields;			/* 500 */
	int64_t fields_bytes;		/* all fields together without files: 1 MiB */
	int files;			/* 20 */
	int64_t file_bytes;		/* 20 MiB; over it the file is marked, the rest read on */
};

struct multipart_field {
	const char *name, *value;
	struct multipart_field *next;	/* in the order they came */
};

struct multipart_file {
	const char *field;
	const char *name;		/* as sent, but one line of valid UTF-8,
					 * no path, at most 255 bytes, never empty */
	const char *type;		/* as sent: never believed */
	int64_t size;			/* as sent, even when too large */
	bool too_large;			/* the sink saw only the first file_bytes */
	void *kept;			/* what file_begin returned */
	struct multipart_file *next;
};

/* Where files go. Each may fail, which ends the reading. */
struct multipart_sink {
	void *what;
	struct err *(*begin)(void *what, const char *name, void **kept);
	struct err *(*add)(void *kept, const void *at, size_t n);
	struct err *(*end)(void *kept, int64_t size, bool too_large);
};

struct multipart {
	struct multipart_field *fields;
	struct multipart_file *files;
};

/* ERR_BAD_REQUEST (cut off, not UTF-8, NUL, no boundary, a file without a
 * sink), ERR_TOO_LARGE. A body of -1 is an empty form. */
struct err *multipart_read(struct arena *a, int body, const char *content_type,
			   const struct multipart_limits *limits,
			   const struct multipart_sink *sink,
			   struct multipart *out) MUST_CHECK;

/* A query string or an urlencoded body already in memory. */
struct err *multipart_query(struct arena *a, const char *query,
			    const struct multipart_limits *limits,
			    struct multipart *out) MUST_CHECK;

#endif
