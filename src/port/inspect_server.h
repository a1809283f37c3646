/*
 * inspect_server - the inspector that this process keeps, of port/inspect.h.
 *
 * It is started with the first file, asked for one file at a time, and ends
 * with this process. Whoever was forked from us starts one of his own.
 */
#ifndef PORT_INSPECT_SERVER_H
#define PORT_INSPECT_SERVER_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

enum {
	INSPECT_SERVER_GONE = INT_MAX,	/* before it told an end */
	INSPECT_SERVER_LATE = INT_MAX - 1
};

/* Milliseconds on a clock that nobody sets. */
int64_t inspect_server_now(void);

/* Is there something to read, or an end, before `until`? */
bool inspect_server_heard(int fd, int64_t until);

/* Hands it the next file, and starts it when it is not there. 0 or errno; a
 * server that died is told by the next function. */
int inspect_server_give(const char *program, int file, int line, int thumb);

/* How the child for that file ended: 0 for well, -errno when there was none,
 * else badly, and then the server is gone as well: the next file meets one
 * with other addresses, and nobody waits for this one. */
int inspect_server_ended(int64_t until);

#endif
