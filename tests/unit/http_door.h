/*
 * http_door - a program behind port/http that tells what it was asked.
 *
 *	struct http_conf c = door_conf();
 *	struct door h = door_open(&c, 0);
 *	char *got = fcgi_visit(h.socket, PAIRS("REQUEST_METHOD=GET"), "", 0);
 */
#ifndef TEST_HTTP_DOOR_H
#define TEST_HTTP_DOOR_H

#include <sys/types.h>

#include "port/http.h"

enum { LIMIT = 1 << 20 };		/* of a body */

#define PAIRS(...)	((const char *const []) { __VA_ARGS__, NULL })

struct door {
	char folder[32], socket[64];
	pid_t pid;
	struct arena *arena;
};

/* A small body, /tmp as its spool, 20 seconds, and two trusted proxies. */
struct http_conf door_conf(void);
/* A process of its own, which ends by itself after so many requests; 0: never. */
struct door door_open(const struct http_conf *c, long requests);
void door_close(struct door *h);

/* The program itself, to be called in a child; its log goes nowhere. */
void door_tell(void *what, struct arena *a, const struct http_visit *v,
	       struct http_answer *an);
void door_quiet(void);

void check_has(const char *text, const char *part);

#endif
