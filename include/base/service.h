/*
 * service - a program that stays until it is told to go: the courier and the
 * mailroom.
 *
 * SIGTERM and SIGINT ask it to leave; it looks at service_stop between two
 * pieces of work, and finishes the one in hand.
 */
#ifndef BASE_SERVICE_H
#define BASE_SERVICE_H

#include <stdbool.h>
#include <sys/types.h>

struct arena;

struct service_options {
	const char *config;		/* --config FILE; NULL: search */
	bool once;			/* --once: what is due, then leave */
};
enum { SERVICE_ONCE_S = 50 };		/* for cron, every minute */

/* False after telling standard error what is wrong. */
bool service_options(struct service_options *out, int argc, char **argv);

extern volatile bool service_stop;
/* A host that hangs up is no reason to die. */
void service_listen(void);

/* On a clock that nobody sets. */
long service_seconds(void);

/* A child with an arena of its own, which goes with its parent, however that
 * ends; work() says with which status it ends otherwise. */
pid_t service_child(const char *name, int (*work)(struct arena *a, void *what),
		    void *what);

#endif
