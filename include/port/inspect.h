/*
 * inspect - what a file really is, and a thumbnail when it is a picture.
 *
 * libmagic and the picture library read hostile bytes; they do so in a
 * program of its own (src/inspector, libexec/aftersale/inspector) under
 * seccomp, Landlock and rlimits. If it dies, it is asked once more; then the
 * file is a plain download.
 *
 * The program is started with the first file of a process and kept, since
 * loading its libraries takes far longer than most files do. Each file has a
 * child of its own, forked before anybody looked at any file, and gone before
 * the next; after one that did not end well the program is started anew. It
 * ends when we do. Beside a worker of at most 16 MiB it takes 10 MiB, most of
 * them libraries that all of its kind share; 1.4 MiB are its own.
 *
 * The original is kept as it came, with what a camera wrote into it; the
 * thumbnail is drawn anew, turned upright, and says nothing but the picture.
 */
#ifndef PORT_INSPECT_H
#define PORT_INSPECT_H

#include <stdbool.h>

#include "base/err.h"

struct arena;

struct inspection {
	const char *type;		/* "image/png"; unknown: application/octet-stream */
	int width, height;		/* of a picture we can show, else 0 */
	int thumb_fd;			/* PNG or JPEG, at most 480 px a side; -1: none.
					 * Rewound, unlinked, closed with the arena. */
	const char *thumb_type;
};

/* `program` is [paths] inspector, `fd` the file, of which no offset moves.
 * Never fails because of the file: at worst the type is unknown. It takes at
 * most ten seconds. ERR_UPSTREAM when the inspector cannot be started, or
 * cannot fork. */
struct err *inspect(struct arena *a, const char *program, int fd,
		    struct inspection *out) MUST_CHECK;

/* Which locks this kernel lacks, "seccomp and Landlock"; NULL: none. Known
 * when the first file was looked into. */
const char *inspect_missing(void);

/* Milliseconds; a test has less patience. */
extern int inspect_deadline;

/* May a customer send this? Pictures, PDF, texts, Office, ZIP and mails by
 * content; never what a machine would run, by content or by name. SVG and
 * HTML are refused. The name is the one that will be shown, cleaned already. */
bool inspect_allowed(const char *type, const char *name);

#endif
