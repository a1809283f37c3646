/*
 * link - where the doors are, and addresses with a token in them, made when a
 * letter is sent.
 *
 * A letter that needs one says so in its facts (link = "ticket", "invite",
 * "reset", "confirm:<token>"); until it goes out no such token exists, and
 * afterwards only its hash does. Sent twice, a letter has two good links.
 */
#ifndef DESK_LINK_H
#define DESK_LINK_H

#include "base/err.h"

struct arena;
struct conf;
struct db;
struct desk_urls;
struct outbox;

/* The four doors, and the pages of the first shop we lead to, as the configuration says. */
struct desk_urls desk_urls_of(struct arena *a, const struct conf *c);

/* The address for this row; NULL when its facts ask for none. */
struct err *link_make(struct db *db, struct arena *a, const struct desk_urls *urls,
		      const struct outbox *row, const char **out) MUST_CHECK;

#endif
