/*
 * incoming_parts - what the files of desk/incoming share.
 *
 *	incoming.c		one letter from beginning to end
 *	incoming_class.c	what kind of letter, and who proves its sender
 *	incoming_thread.c	which ticket it belongs to
 *	incoming_decide.c	facts in, decision out; asks nobody
 *	incoming_doubt.c	what is odd about a sender
 *	incoming_flood.c	who writes too much: one, or all strangers together
 *	incoming_apply.c	the decision, written down
 *	incoming_receipt.c	who gets a receipt, and when it is enough
 *	incoming_staff.c	letters of the team
 *	incoming_words.c	subjects, names, thanks, forwarded letters
 *	incoming_files.c	files into port/blob
 *	incoming_held.c		what people do with held letters and notes
 */
#ifndef DESK_INCOMING_PARTS_H
#define DESK_INCOMING_PARTS_H

#include "desk/desk.h"
#include "desk/incoming.h"
#include "desk/notify.h"
#include "desk/seal.h"
#include "desk/ticket_write.h"
#include "desk/trace.h"
#include "port/mail.h"
#include "store/agent.h"
#include "store/customer.h"
#include "store/mail.h"

enum { INCOMING_REOPEN_DAYS = 14 };

/* --- class and proof ------------------------------------------------------------ */

enum verdict { VERDICT_NONE, VERDICT_PASS, VERDICT_FAIL };

struct proof {
	enum verdict dmarc, dkim, spf;	/* dkim and spf: for the sender's own domain */
	bool trusted_domain;
};

/* Of the topmost header of that host; others say nothing. */
struct proof incoming_proof(struct desk *d, const struct incoming *in,
			    const struct mail *m);
/* What the topmost header of that host says; NULL: there is none. */
const char *incoming_results(struct arena *a, const struct mail *m, const char *host);
/* Did our mail host prove the address, or call it forged? */
enum verdict incoming_verdict(const struct proof *p);
/* The stricter one that letters of the team need. */
bool incoming_proves_staff(const struct proof *p);

/* Is it one that we send from, or get answers at, with a tail or without? */
bool incoming_is_ours(struct desk *d, const struct incoming *in, const char *address);
enum mail_class incoming_class(struct desk *d, const struct incoming *in,
			       const struct mail_row *row, const struct mail *m,
			       const char **because);

/* --- which ticket ---------------------------------------------------------------- */

enum match_rule { MATCH_NONE, MATCH_REPLY_ADDRESS, MATCH_OWN_ID, MATCH_FOREIGN_ID,
		  MATCH_MARK, MATCH_NUMBER, MATCH_SUBJECT };

struct match {
	enum match_rule rule;
	int64_t ticket_id;
	enum seal_reader reader;	/* MATCH_REPLY_ADDRESS: for whom it was made */
	int64_t reader_id;
	int64_t answers;		/* message of ours that it answers; 0: not known */
	const char *number;		/* in the subject, wherever it leads; NULL */
	int64_t number_ticket;		/* that ticket; 0: none */
};

/* The first hit among tickets that exist. */
struct err *incoming_match(struct desk *d, const struct mail_row *row,
			   const struct mail *m, enum mail_class class,
			   struct match *out) MUST_CHECK;
bool incoming_sealed(const struct match *m);

/* --- facts and decision ------------------------------------------------------------ */

enum sender { SENDER_STRANGER, SENDER_CUSTOMER, SENDER_PARTICIPANT, SENDER_STAFF };

/* A letter within a letter: somebody sent it on. */
struct forwarded {
	struct mail_address from;	/* who wrote it; .address NULL: nothing was sent on */
	const char *words;
	const char *preface;		/* what was written above it; "" */
};

struct facts {
	const struct mail_row *row;
	const struct mail *mail;
	enum mail_class class;
	const char *class_because;
	bool of_ours;			/* MAIL_OWN: we did write it */
	bool by_form;			/* released: its Reply-To is its writer */
	struct proof proof;
	struct mail_known known;
	struct match match;
	struct ticket ticket;		/* match.rule: locked */
	enum sender sender;
	struct agent agent;		/* .id 0: the sender is not of the team */
	bool flood;
	bool over, over_long, final;	/* the ticket: closed, for long, for good */
	bool shut;			/* its customer may not write there */
	bool quiet_long;		/* nothing happened there for long */
	bool other_subject;
	bool thanks;
	struct forwarded forwarded;
	bool words_alone;		/* written by the team */
	struct upload *files;		/* one for each of the letter's */
};

struct decision {
	enum incoming_outcome outcome;
	const char *reason;		/* INCOMING_HELD */
	const char *code;		/* of the trace */
	const char *relation;		/* of the new ticket to facts.ticket; NULL */
	bool silent;			/* changes nothing, tells nobody */
	bool refuse;			/* the sender is told that nothing was posted */
};

/* A participant's address, and our own host says it is not theirs. Whoever
 * saw a letter of ours knows its Message-ID and its mark; the address for
 * answers was made for this one reader, and lists and forwarders break DMARC. */
bool incoming_is_forged(const struct facts *f);

struct decision incoming_decide(const struct facts *f);

/* A person who writes more than a person writes: f->flood. */
struct err *incoming_count_sender(struct desk *d, struct facts *f) MUST_CHECK;
/* Has the sender's address proven itself, now or before, and does nobody deny
 * it now? */
bool incoming_is_verified(const struct facts *f);
/* A new ticket of somebody unproven is held for a person when there were too
 * many of them: addresses are easily made up. */
struct err *incoming_too_many_strangers(struct desk *d, const struct facts *f,
					struct decision *dec) MUST_CHECK;

/* What should make the team careful: lines of the trace. */
void incoming_doubts(struct desk *d, const struct facts *f, struct trace *t);

/* --- words --------------------------------------------------------------------------- */

/* Without Re:, AW:, [#1042] and the like; "" when nothing is left. */
const char *incoming_subject(struct arena *a, const char *subject);
/* The same in one case: what two subjects have in common. */
const char *incoming_same_subject(struct arena *a, const char *subject);
/* The number between brackets; NULL: none. */
const char *incoming_number(struct arena *a, const char *subject);
/* As we may say it in a header: no address of a page, no tricks; else the
 * beginning of the address. */
const char *incoming_name(struct arena *a, const struct mail_address *from);
/* Thanks and nothing else; `names` may stand in it too. */
bool incoming_thanks(const struct mail *m, const char *names);
bool incoming_asks(const char *words);
struct forwarded incoming_forwarded(struct arena *a, const struct mail *m);

/* --- written down --------------------------------------------------------------------- */

struct err *incoming_files(struct desk *d, const struct incoming *in,
			   const struct mail *m, int files_fd,
			   struct upload **out) MUST_CHECK;

/* How much of a receipt that address gets for a new ticket; counts it. */
struct err *incoming_receipt(struct desk *d, const struct facts *f,
			     const char *address, struct trace *t,
			     enum receipt *out) MUST_CHECK;

/* Writes what was decided; row gets ticket, message and outcome. */
struct err *incoming_apply(struct desk *d, struct facts *f,
			   const struct decision *dec, struct trace *t,
			   struct mail_row *row) MUST_CHECK;
/* Beside the message: HTML, what was folded, and how it came. A letter of the
 * team has words alone: its HTML holds commands and what is for the team. */
struct err *incoming_beside(struct desk *d, const struct facts *f,
			    const struct mail_row *row, int64_t message_id,
			    const struct by_mail *mail) MUST_CHECK;
/* The guest of this address, found or made. */
struct err *incoming_guest(struct desk *d, int shop, const char *address,
			   const char *name, const char *lang,
			   struct customer *out) MUST_CHECK;
/* A letter of the team that is proven. */
struct err *incoming_staff(struct desk *d, struct facts *f, struct trace *t,
			   struct mail_row *row) MUST_CHECK;
struct err *incoming_forward(struct desk *d, const struct facts *f,
			     struct trace *t, struct mail_row *row) MUST_CHECK;
/* The letter that says so; at most one a day for an address, and a few for
 * those who write to one agent's. */
struct err *incoming_refuse(struct desk *d, const struct facts *f) MUST_CHECK;

/* The actor that somebody of the team is. */
struct actor incoming_agent(const struct desk *d, int shop, const struct agent *a);

#endif
