/*
 * incoming - what becomes of a letter from outside (spec 3.1 to 3.4, 3.7,
 * 3.19, 3.22).
 *
 * A letter gets a class; only a person's may open a closed ticket, be
 * acknowledged or move anything. It is matched to a ticket in a fixed order,
 * first hit wins:
 *
 *	0. it came before: counted, and nothing else
 *	1. a signed reply address among its recipients
 *	2. In-Reply-To and References, newest first: a Message-ID of ours
 *	3. the same headers: a Message-ID of somebody else in that ticket
 *	4. a signed mark in its words
 *	5. [#number] in the subject, from who takes part
 *	6. the same sender and subject, lately (a setting, off)
 *	7. none: a new ticket
 *
 * Who takes part writes to the ticket; a stranger with a signed token leaves
 * a note that only the team sees; a stranger without one gets a new ticket.
 * The sender's address proves nothing: what our own mail host says of it is
 * read (Authentication-Results of one configured host), and no letter ever
 * acts as somebody of the team without that and the agent's own signed
 * address. Nothing a letter says gives anybody the right to read.
 *
 * What cannot be decided is held for a person, with a reason (desk/trace.h).
 * The facts are gathered, the decision is made without asking anybody, and
 * everything it causes is written in one transaction.
 */
#ifndef DESK_INCOMING_H
#define DESK_INCOMING_H

#include "desk/ticket.h"
#include "store/mail.h"

struct desk;
struct mail;

/* Where letters come in: the same for all of one sorter. */
struct incoming {
	const char *from;		/* [mail] from; NULL */
	const char *loop_id;		/* desk/loop.h */
	const char *authserv_id;	/* whose Authentication-Results count; NULL: the
					 * setting mail_authserv; "": nobody's */
	const char *trusted_domains;	/* with blanks between; NULL */
	const char *inspector;		/* [paths] inspector */
};

/* Codes of as_mail.outcome. */
enum incoming_outcome {
	INCOMING_HELD,			/* as_mail.reason says why */
	INCOMING_OPENED,		/* a new ticket */
	INCOMING_FOLLOW_UP,		/* a new one that goes on with an old one */
	INCOMING_JOINED,		/* a message of who takes part */
	INCOMING_THANKS,		/* the same, and it moved nothing */
	INCOMING_AUTOMATIC,		/* a machine's: folded */
	INCOMING_NOTE,			/* a stranger's: a note from outside */
	INCOMING_STAFF_REPLY, INCOMING_STAFF_NOTE,
	INCOMING_FORWARDED,		/* an agent sent a customer's letter on */
	INCOMING_BOUNCE,
	INCOMING_DUPLICATE,
	INCOMING_IGNORED,		/* a letter of ours, or a machine's to the team */
	INCOMING_DROPPED,		/* by a person */
	INCOMING_OUTCOMES
};
extern const char *const incoming_outcome_codes[];

/*
 * Decides upon a claimed letter and writes what follows; row is filled in.
 * `files_fd` holds its decoded files (port/reader.h), -1: none. Afterwards
 * the row is done, held or bad. ERR_NOT_FOUND: somebody else decided it, or
 * has claimed it since. Other failures are ours, and nothing is written.
 */
struct err *incoming_take(struct desk *d, const struct incoming *in,
			  struct mail_row *row, const struct mail *m,
			  int files_fd) MUST_CHECK;

/* --- held letters: one click --------------------------------------------------- */

/* Agents who may create tickets, or write to this one. The letter is sorted
 * again at once, this way. ERR_CONFLICT: it is not held any more. */
struct err *incoming_release(struct desk *d, const struct actor *who,
			     int64_t mail_id) MUST_CHECK;
struct err *incoming_join(struct desk *d, const struct actor *who, int64_t mail_id,
			  const char *number, bool as_note) MUST_CHECK;
/* Put aside, not deleted; with `block` its sender's mail is held from now on;
 * quarantine_block() takes that back. */
struct err *incoming_drop(struct desk *d, const struct actor *who,
			  int64_t mail_id, bool block) MUST_CHECK;

/* --- notes from outside and thanks: one click ------------------------------------ */

/* It is a message of the conversation from now on, which the customer sees;
 * `participant`: its sender takes part from now on. ERR_CONFLICT: it is none. */
struct err *incoming_accept(struct desk *d, const struct actor *who,
			    int64_t message_id, bool participant) MUST_CHECK;
/* It gets a ticket of its own, related to this one. */
struct err *incoming_split(struct desk *d, const struct actor *who,
			   int64_t message_id, struct result *out) MUST_CHECK;
/* A message that was taken for thanks alone asks for something after all. */
struct err *incoming_ask(struct desk *d, const struct actor *who,
			 int64_t message_id) MUST_CHECK;

/* --- again, with a better reader -------------------------------------------------- */

/* Words, HTML, what was folded, and files of the message this letter became
 * are made anew; the decision stays. ERR_CONFLICT: it became no message. */
struct err *incoming_replay(struct desk *d, const struct incoming *in,
			    struct mail_row *row, const struct mail *m,
			    int files_fd) MUST_CHECK;

#endif
