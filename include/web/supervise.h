/*
 * supervise - a few workers on one socket, and somebody who replaces them.
 *
 * With --socket the program opens a Unix socket, forks its workers and waits.
 * A worker that ends is replaced at once, since ending is part of its life
 * (recycling, an alarm, a crash in a library); one that fails within its
 * first second is replaced after 0.1 s, then 0.2 s and so on up to 5 s, so
 * that a broken configuration does not burn the machine.
 *
 *	SIGTERM, SIGINT	the workers finish their visits, then all ends
 *	SIGHUP		each worker finishes its visit and is replaced
 *
 * Workers end with their supervisor, even when it is killed. Without
 * --socket the worker runs in this very process, on descriptor 0: that is
 * FastCGI under mod_fcgid or spawn-fcgi, and plain CGI.
 */
#ifndef WEB_SUPERVISE_H
#define WEB_SUPERVISE_H

#include <stdbool.h>

struct supervise_conf {
	const char *socket;		/* NULL: serve descriptor 0 ourselves */
	int workers;			/* 1 to 256 */
	long requests;			/* for http_run(): visits in a worker's life */
	const char *config;		/* the configuration file, NULL: search */
};

/*
 * --socket PATH  --workers N (2)  --config FILE  --requests N (10000; 0: no
 * end). False after telling standard error what is wrong. Plain CGI must not
 * call this: a web server may put words of the query there.
 */
bool supervise_options(struct supervise_conf *c, int argc, char **argv);

/* Run `worker` once or many times, as above. Returns the exit status. A
 * forked worker reads its configuration itself, so SIGHUP reads it again. */
int supervise(const struct supervise_conf *c, int (*worker)(void *what),
	      void *what);

#endif
