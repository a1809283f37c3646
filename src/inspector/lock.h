/*
 * lock - what the inspector may still do, in two steps.
 *
 * The server locks itself up once, before it hears of any file: no path leads
 * anywhere, nothing can be executed, and the system calls are those that it
 * takes to receive descriptors, to fork and to wait. Each child inherits that
 * and locks itself up again before it looks at a byte: ten seconds, no new
 * descriptor, no process, and a far shorter list. Nothing is ever unlocked.
 */
#ifndef INSPECTOR_LOCK_H
#define INSPECTOR_LOCK_H

/* The descriptors. Up to THUMB_FD they are the child's; in the server these
 * are taken by /dev/null, so that what it receives has the numbers behind. */
enum {
	FILE_FD,
	LINE_FD,
	QUIET_FD,			/* /dev/null: libraries complain on 2 */
	THUMB_FD,
	WORKER_FD,			/* closed in a child */
	RECEIVED,			/* file, line and thumbnail; then 0, 1, 3 */
	MOST_FDS = RECEIVED + 3
};

/* Both end the process when a lock does not close. */
void lock_server(void);
void lock_child(void);

#endif
