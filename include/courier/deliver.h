/*
 * deliver - claim what is due, render it, hand it to the mail host, record.
 *
 * A claim is committed before anything is sent, so two couriers never hold
 * the same letter. Whatever kills a courier, its letters come back when their
 * lease ends; a second copy of one can exist only if it died, or the database
 * was gone for as long as the lease, between the host's 250 and our own mark,
 * and then it has the same Message-ID.
 *
 * A host that does not answer is the host's state: its letters are given back
 * untried, and one letter a minute is the probe. When one gets through (or is
 * refused: that is an answer), everything due goes out.
 */
#ifndef COURIER_DELIVER_H
#define COURIER_DELIVER_H

#include <stdbool.h>

#include "base/err.h"
#include "desk/desk.h"
#include "desk/letter.h"
#include "desk/seal.h"

struct arena;
struct blob_store;
struct db;
struct post;
struct views;

struct courier {
	struct db *db;
	struct views *views;
	struct post *post;
	const char *host;		/* as as_mail_host knows it */
	const char *from;		/* of the configuration */
	struct letter_sender sender;	/* of this round */
	struct seal seal;		/* read once, into `key` */
	unsigned char key[64];
	struct blob_store *blobs;	/* NULL: letters go without their files */
	int64_t most_files;		/* bytes that go with a letter */
	const struct desk_urls *urls;
	const volatile bool *stop;	/* finish the letter in hand, then leave */
};

/* At most ten letters. *tried: how many went to the host or were given up. */
struct err *deliver_some(struct courier *c, struct arena *a,
			 int *tried) MUST_CHECK;

#endif
