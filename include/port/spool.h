/*
 * spool - letters between their arrival and the database.
 *
 * A folder below [paths] spool with tmp/, new/ and bad/. A letter is one
 * file: a line that says how it came (the caller's, without a newline), then
 * its bytes, untouched. What spool_put_end() returned is on disk: data, name
 * and folder are fsynced before it comes back, and a file in new/ is always
 * whole. Names begin with the time and end with 128 random bits, so any
 * number of processes and hosts may put and take; who takes a letter holds
 * its lock until the arena is reset, and one that dies gives it back.
 * Folders are 0700, files 0600.
 */
#ifndef PORT_SPOOL_H
#define PORT_SPOOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/shape.h"

struct arena;
struct spool;

enum { SPOOL_HEAD = 4096 };		/* bytes of the line that says how it came */

/* Makes the folders when they are missing. ERR_UPSTREAM, ERR_FULL. */
struct err *spool_open(struct arena *a, const char *folder,
		       struct spool **out) MUST_CHECK;

/*
 * One letter: begin, add as it arrives, end. ERR_FULL when the disk is. What
 * is not ended is deleted when the arena is reset. The line may be known only
 * at the end, so spool_put_end() takes it: room for it is kept in front, and
 * ERR_BUG when it is longer than SPOOL_HEAD or more than a line.
 */
struct spool_put;
struct err *spool_put_begin(struct spool *s, struct arena *a,
			    struct spool_put **out) MUST_CHECK;
struct err *spool_put_add(struct spool_put *p, const void *at, size_t n) MUST_CHECK;
struct err *spool_put_end(struct spool_put *p, const char *head) MUST_CHECK;
/* Not wanted after all; it may not be added to or ended. */
void spool_put_drop(struct spool_put *p);
/* So many bytes of the letter so far. */
int64_t spool_put_size(const struct spool_put *p);

/* Names in new/, oldest first, at most `most`: rows of const char *. */
struct err *spool_list(struct spool *s, struct arena *a, size_t most,
		       struct rows *out) MUST_CHECK;

struct spool_letter {
	const char *name;
	const char *head;		/* NULL: the file does not begin with a line */
	int fd;				/* stands at the first byte of the letter */
	int64_t size;			/* of the letter */
};
/* *taken is false when somebody else holds it or it is gone. */
struct err *spool_take(struct spool *s, struct arena *a, const char *name,
		       struct spool_letter *out, bool *taken) MUST_CHECK;
/* For who has taken it: it is in the database; or for a person, in bad/. */
struct err *spool_drop(struct spool *s, struct arena *a, const char *name) MUST_CHECK;
struct err *spool_set_aside(struct spool *s, struct arena *a,
			    const char *name) MUST_CHECK;

/* How many lie there, each counted to 10,000, and since how many seconds the
 * oldest in new/ waits. Looks only: makes no folder. */
struct spool_tally {
	int waiting, bad;
	int64_t oldest_s;
	const char *first_bad;		/* its path below the folder; NULL: none */
};
struct err *spool_count(struct arena *a, const char *folder,
			struct spool_tally *out) MUST_CHECK;

/* Forgotten files in tmp/ older than a day. */
struct err *spool_sweep(struct spool *s, struct arena *a) MUST_CHECK;

#endif
