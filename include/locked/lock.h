/*
 * lock - what a locked program may still do, in two steps.
 *
 * The server locks itself up once, before it hears of any file: no path leads
 * anywhere, nothing can be executed, and the system calls are those that it
 * takes to receive descriptors, to fork and to wait. Each child inherits that
 * and locks itself up again before it looks at a byte: a few seconds, no new
 * descriptor, no process, and a far shorter list. Nothing is ever unlocked.
 *
 * Where the kernel has no seccomp or no Landlock, the others hold; the worker
 * is told (base/locked.h).
 */
#ifndef LOCKED_LOCK_H
#define LOCKED_LOCK_H

#include <sys/resource.h>

/* The descriptors. Up to PRODUCT_FD they are the child's; in the server these
 * are taken by /dev/null, so that what it receives has the numbers behind. */
enum {
	FILE_FD,			/* what is looked into */
	ANSWER_FD,
	QUIET_FD,			/* /dev/null: libraries complain on 2 */
	PRODUCT_FD,			/* a thumbnail, decoded files */
	WORKER_FD,			/* closed in a child */
	RECEIVED,			/* file, answer and product; then 0, 1, 3 */
	MOST_FDS = RECEIVED + 3
};

struct lock_limits {
	rlim_t seconds;			/* of computing, for a child */
	rlim_t memory;			/* to write to */
	rlim_t addresses;		/* and with libraries and files */
	rlim_t file;			/* the largest it may write */
};

/* What could not be locked: enum locked_lock of base/locked.h, 0 for nothing.
 * It ends the process when a lock that is there does not close. */
unsigned lock_server(const struct lock_limits *limits);
void lock_child(const struct lock_limits *limits);

#endif
