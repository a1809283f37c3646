/*
 * inspect - what a file really is, and a thumbnail when it is a picture.
 *
 * libmagic and the picture library read hostile bytes; they do so in a
 * program of its own (src/inspector, libexec/aftersale/inspector) under
 * seccomp, Landlock and rlimits. If it dies, the file is a plain download.
 */
#ifndef PORT_INSPECT_H
#define PORT_INSPECT_H

#include "base/err.h"

struct arena;

struct inspection {
	const char *type;		/* "image/png"; unknown: application/octet-stream */
	int width, height;		/* of a picture we can show, else 0 */
	int thumb_fd;			/* PNG or JPEG, at most 480 px a side; -1: none.
					 * Rewound, unlinked, closed with the arena. */
	const char *thumb_type;
};

/* Never fails because of the file: at worst the type is unknown. */
struct err *inspect(struct arena *a, const char *program, int fd,
		    struct inspection *out) MUST_CHECK;

#endif
