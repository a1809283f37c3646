/*
 * serve - a program that looks into hostile bytes, in a locked child each.
 *
 * A worker starts it with a socket as descriptor 0 and keeps it. It first
 * says as an int which locks the kernel lacks. Each message on the socket is
 * one byte with three descriptors: the file, where to write the answer, where
 * to write what else comes out of it. For each a child is forked, which locks
 * itself up (lock.h) before it looks at the first byte, answers and ends;
 * nothing of it is left for the next one. The server, which made everything
 * ready and is locked up too, never reads a byte of any file: it tells the
 * worker how the child ended, as an int like waitpid() tells it, or minus
 * errno when there was no child.
 *
 * It ends when the worker closes the socket or dies, however it dies. After
 * a child that ended badly the worker ends it, too: children have the
 * addresses of their parent, and who guesses wrong shall not guess on.
 */
#ifndef LOCKED_SERVE_H
#define LOCKED_SERVE_H

#include <stdbool.h>
#include <stddef.h>

#include "locked/lock.h"

struct served {
	struct lock_limits limits;
	/* In the server, before it is locked: whatever takes files or time.
	 * False ends it. */
	bool (*ready)(void);
	/* In the child, before it is locked: reaching FILE_FD. False ends it. */
	bool (*reach)(void);
	/* In the locked child. True when it answered. */
	bool (*look)(void);
};

/* All of main(). */
int serve(const struct served *program);

/* Everything, or false. */
bool write_all(int fd, const void *at, size_t n);

#endif
