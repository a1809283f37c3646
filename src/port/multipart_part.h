/*
 * multipart_part - a form while it is read, and one part of it. Between the
 * files of port/multipart alone.
 */
#ifndef PORT_MULTIPART_PART_H
#define PORT_MULTIPART_PART_H

#include <sys/types.h>

#include "base/str.h"
#include "port/multipart.h"

enum { LONGEST_BOUNDARY = 70 };		/* RFC 2046 */

/* The form as it grows: where the next field goes, and what is still free. */
struct form {
	struct arena *arena;
	const struct multipart_limits *limits;
	const struct multipart_sink *sink;
	struct multipart_field **next_field;
	struct multipart_file **next_file;
	int fields, files, parts;
	int64_t bytes;			/* of names and values */
};

/* A piece of the body that moves on. */
struct window {
	int body;
	off_t next;			/* of the body, where reading goes on */
	char *at;			/* what is not yet used */
	size_t n;
	char *room;			/* WINDOW bytes */
	bool all;			/* the body has no more than this */
	char mark[LONGEST_BOUNDARY + 5];	/* CRLF "--" boundary */
	size_t mark_len;
};

/* Where the content of a part goes: dropped, a field, or a file. */
struct part {
	const char *name;		/* of the field; NULL: the preamble */
	const char *file_name;		/* NULL: no file; "": none was chosen */
	const char *type;
	struct str value;
	struct multipart_file *file;
};

/* Fill the window; after that it holds everything, or is full. */
struct err *window_fill(struct form *f, struct window *w) MUST_CHECK;
void window_use(struct window *w, size_t n);

/* Reads the headers of the part that begins here, and steps over them. */
struct err *multipart_head(struct form *f, struct window *w,
			   struct part *p) MUST_CHECK;

#endif
