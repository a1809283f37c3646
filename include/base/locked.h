/*
 * locked - a locked program that this process keeps (src/locked): the
 * inspector of port/inspect.h, the reader of port/reader.h.
 *
 * It is started with the first thing it is asked about, asked about one thing
 * at a time, and ends with this process. Whoever was forked from us starts
 * one of his own. Nothing goes with it but a socket: no descriptor, no
 * environment, no signal of ours ignored or blocked.
 */
#ifndef BASE_LOCKED_H
#define BASE_LOCKED_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum {
	LOCKED_GONE = INT_MAX,		/* before it told an end */
	LOCKED_LATE = INT_MAX - 1
};

/* One of each kind in a process: a static variable, zeroed but for `name`. */
struct locked {
	const char *name;		/* argv[0] */
	char program[4096];
	pid_t owner;			/* the process that started it */
	pid_t pid;			/* 0: there is none */
	int line;			/* our end of the socket */
	bool said;			/* its first message was read */
	unsigned missing;		/* what it could not lock: enum locked_lock */
};

/* What a kernel may lack; the others hold all the same. */
enum locked_lock { LOCKED_SECCOMP = 1, LOCKED_LANDLOCK = 2 };

/* Is there something to read, or an end, before `until` (clock_ticks())? */
bool locked_heard(int fd, int64_t until);

/* Hands it what it is asked about and two descriptors to write to, and starts
 * it when it is not there. 0 or errno; one that died is told by the next
 * function. */
int locked_give(struct locked *l, const char *program, int file, int answer,
		int product);

/* How the child for that ended: 0 for well, -errno when there was none, else
 * badly, and then the program is gone as well: the next one has other
 * addresses, and nobody waits for this one. */
int locked_ended(struct locked *l, int64_t until);

/* In words for a log, NULL when everything holds: "seccomp", "Landlock",
 * "seccomp and Landlock". Known when the first child has ended. */
const char *locked_missing(const struct locked *l);

#endif
