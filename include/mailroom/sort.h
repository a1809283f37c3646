/*
 * sort - takes letters that came in (as_mail) and has them decided upon.
 *
 * A letter is claimed for some minutes (a transaction of its own), read by
 * the locked reader, its files are kept, and desk/incoming decides and
 * writes in one transaction. A letter that fails by our fault comes again,
 * later each time, and never blocks those behind it; after SORT_TRIES it is
 * set aside for a person. Several sorters may work at the same time.
 */
#ifndef MAILROOM_SORT_H
#define MAILROOM_SORT_H

#include "base/err.h"
#include "desk/desk.h"
#include "port/mail.h"

struct arena;
struct blob_store;
struct db;
struct mail_row;

enum { SORT_BATCH = 20, SORT_LEASE_S = 300, SORT_TRIES = 8 };

struct sort_conf {
	int shop;
	struct db *db;
	struct blob_store *blobs;
	const char *reader, *inspector;	/* [paths] */
	const struct desk_urls *urls;
	const char *from;		/* [mail] from: our address where no setting says another */
	const char *loop_id;		/* desk/loop.h: what our letters carry */
	const char *authserv_id;	/* [mail] authserv_id; NULL: the setting mail_authserv */
	const char *trusted_domains;	/* [mail]: whose senders our mail host has proven; NULL */
	/* How a letter is read: reader_ask() of port/reader.h; tests have their own. */
	struct err *(*read)(struct arena *a, const char *program, int fd,
			    struct mail *out, int *files_fd);
};

struct sorter;
struct sorter *sorter_new(const struct sort_conf *conf);
void sorter_free(struct sorter *s);

/* What is due, at most SORT_BATCH letters; *taken: how many were tried. `a`
 * is reset by the caller between rounds. A letter's failure is the letter's.
 * What failed because the database, the reader or the disk is away is given
 * back with the next round; ERR_UPSTREAM, ERR_FULL: nothing else was sorted. */
struct err *sorter_round(struct sorter *s, struct arena *a, int *taken) MUST_CHECK;

#endif
