/*
 * fetchers - processes of the mailroom that fetch mailboxes side by side.
 *
 * A host that is silent keeps one of them waiting, and the other mailboxes go
 * on. There are as many as mailboxes, at most FETCHERS, and always one: it
 * answers tests, and shows config that we live. Each has its own connection;
 * leases keep them apart. They end with their parent.
 */
#ifndef MAILROOM_FETCHERS_H
#define MAILROOM_FETCHERS_H

#include <stdbool.h>
#include <sys/types.h>

struct arena;
struct conf;
struct db;

enum { FETCHERS = 4 };

struct fetchers {
	const struct conf *conf;
	int shop;
	bool once;			/* they end when nothing is due */
	pid_t pids[FETCHERS];		/* 0: none */
	int wanted, worst;		/* worst: exit status of those that ended */
	long next_look;			/* how many mailboxes there are */
};

/* Starts those that are missing, and now and then asks how many are wanted. */
void fetchers_keep(struct fetchers *f, struct db *db, struct arena *a);
/* Once: -1 while one works, then the worst exit status of all. */
int fetchers_status(struct fetchers *f);
/* They finish the letter in hand. */
void fetchers_end(struct fetchers *f);

#endif
