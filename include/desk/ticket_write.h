/*
 * ticket_write - opening and writing inside somebody's transaction.
 *
 * desk/ticket.h is for pages: a form, one transaction. A letter is decided
 * upon, and what it causes is written, in one transaction of desk/incoming,
 * which uses these. The rules, events, counters and letters are the same.
 */
#ifndef DESK_TICKET_WRITE_H
#define DESK_TICKET_WRITE_H

#include "desk/notify.h"
#include "desk/ticket.h"

struct customer;
struct desk;

/* What a letter has that a form has not (struct writing.mail). */
struct by_mail {
	const char *mail_id;		/* its Message-ID; NULL */
	const struct upload *files;	/* their bytes are in port/blob */
	size_t n_files;
	const char *stranger;		/* who wrote, when it was not the actor */
	bool outside;			/* kept as a note until somebody accepts it */
	bool silent;			/* a machine's, or thanks alone: moves nothing */
	bool untold;			/* nobody gets a letter about it */
	enum receipt receipt;		/* for a new ticket */
};

/* May the actor open this? Fills in what was left open. */
struct err *ticket_prepare(struct desk *d, const struct actor *who,
			   const struct opening *o, struct ticket *t) MUST_CHECK;
/* The prepared ticket of `c`, with its first message. */
struct err *ticket_open_in(struct desk *d, const struct actor *who,
			   const struct opening *o, const struct customer *c,
			   struct ticket *t, struct message *m) MUST_CHECK;

/* A message in a ticket that is locked. */
struct err *ticket_write_in(struct desk *d, const struct actor *who,
			    struct ticket *t, const struct writing *w,
			    struct message *m) MUST_CHECK;

/* Agents: ticket_change() on a ticket that is locked. */
struct err *ticket_change_in(struct desk *d, const struct actor *who,
			     struct ticket *t, const struct change *c) MUST_CHECK;
/* The system takes a ticket from an owner who is gone. */
struct err *ticket_unown_in(struct desk *d, const struct actor *who,
			    struct ticket *t) MUST_CHECK;

#endif
