/*
 * ticket - what may happen to a ticket, and who hears about it.
 *
 * Every function is told who asks. Every function that changes something is
 * one transaction: rows, event, counters and letters are committed together
 * or not at all. A ticket of somebody else is ERR_NOT_FOUND, exactly like one
 * that does not exist.
 */
#ifndef DESK_TICKET_H
#define DESK_TICKET_H

#include "store/attachment.h"
#include "store/event.h"
#include "store/message.h"
#include "store/ticket.h"

struct by_mail;
struct desk;
struct order;
struct postmark;

/* What one writes, in a new ticket or an old one: the one form of all. */
struct writing {
	int64_t type_id;
	const char *body;
	const char *const *uploads;	/* public ids */
	size_t n_uploads;
	struct bytes holder;		/* whose uploads: hash of the cookie */
	struct bytes form;		/* hash of the form token; .at NULL: none */
	bool note;			/* agents: only the team sees it */
	int64_t then;			/* agents: status afterwards; 0: as the events say, -1: keep */
	bool choose;			/* agents: those below get it by mail, no others */
	const char *const *to;		/* addresses */
	size_t n_to;
	int64_t seen;			/* last message shown when it was written */
	const struct by_mail *mail;	/* desk/ticket_write.h; NULL: by a form */
};

enum written {
	WRITTEN,
	WRITTEN_BEFORE,			/* this form was sent already: the first result */
	OVERTAKEN,			/* somebody wrote since `seen`: nothing is stored */
};

struct opening {
	struct writing writing;
	const char *subject;
	int64_t priority_id;		/* 0: the default */
	enum ticket_source source;
	const struct order *order;	/* NULL: about none */
	const char *const *lines;	/* keys of the lines concerned */
	size_t n_lines;
	/* agents */
	int64_t customer_id;		/* for whom; customers: ignored */
	int64_t owner_id;
	bool to_customer;		/* a message to them, not on their behalf */
	/* guests */
	struct bytes guest;		/* hash of a confirmed request: its files */
	const char *lang;		/* of the conversation */
};

struct result {
	enum written what;
	int64_t ticket_id, message_id;
	const char *number;
	struct rows arrived;		/* OVERTAKEN: struct message */
};

/* ERR_FORBIDDEN: an agent without the right. ERR_NOT_FOUND: an unknown type,
 * priority or customer. */
struct err *ticket_open(struct desk *d, const struct actor *who,
			const struct opening *o, struct result *out) MUST_CHECK;

/* A message in an existing ticket. ERR_NOT_FOUND; ERR_FORBIDDEN when the
 * status takes no more messages of customers. */
struct err *ticket_write(struct desk *d, const struct actor *who, int64_t id,
			 const struct writing *w, struct result *out) MUST_CHECK;
struct err *ticket_write_to(struct desk *d, const struct actor *who,
			    const char *number, const struct writing *w,
			    struct result *out) MUST_CHECK;

/* The customer's buttons. ERR_FORBIDDEN unless the events allow them. */
struct err *ticket_close(struct desk *d, const struct actor *who, int64_t id) MUST_CHECK;
struct err *ticket_reopen(struct desk *d, const struct actor *who, int64_t id) MUST_CHECK;
bool ticket_may_close(const struct desk *d, const struct actor *who,
		      const struct ticket *t);
bool ticket_may_reopen(const struct desk *d, const struct actor *who,
		       const struct ticket *t);

/* An agent's edit; fields that are 0 or NULL stay. ERR_CONFLICT: past version. */
struct change {
	int version;
	int64_t status_id, type_id, priority_id;
	int64_t owner_id;		/* -1: nobody */
	const char *subject;
};
/* A final status is left by administrators alone. */
bool ticket_may_leave(const struct desk *d, const struct actor *who,
		      const struct ticket *t);
struct err *ticket_change(struct desk *d, const struct actor *who, int64_t id,
			  const struct change *c) MUST_CHECK;
/* NULL: no longer about an order. */
struct err *ticket_set_order(struct desk *d, const struct actor *who, int64_t id,
			     int version, const struct order *order) MUST_CHECK;

/* The ticket alone: 1 statement. */
struct err *ticket_find(struct desk *d, const struct actor *who,
			const char *number, struct ticket *out) MUST_CHECK;

/* Of it id, number, order_key and last_message_id alone: 1 statement. */
struct err *ticket_brief(struct desk *d, const struct actor *who,
			 const char *number, struct ticket *out) MUST_CHECK;

/* What happened to it: rows of struct event, oldest first. */
struct err *ticket_events(struct desk *d, const struct actor *who, int64_t id,
			  struct rows *out) MUST_CHECK;

/* How many messages of others came behind `seen`, for a page that asks. */
struct news {
	int64_t last_message_id;
	int messages;
};
struct err *ticket_news(struct desk *d, const struct actor *who,
			const char *number, int64_t seen, struct news *out) MUST_CHECK;

/* A ticket with its conversation: 6 statements at most. */
struct reading {
	struct ticket ticket;
	struct rows messages;		/* struct message, oldest first */
	struct rows files;		/* struct upload, by message */
	struct rows mails;		/* struct message_mail, by message */
	struct rows events;		/* struct event, oldest first */
	struct rows lines;		/* struct ticket_line */
	struct rows deliveries;		/* struct delivery, when the page asked for them
					 * (desk/delivery.h) */
	bool more;			/* there are older messages than these */
	const struct postmark *postmarks;	/* desk/postmark.h: for the team's page */
	size_t n_postmarks;
};
struct err *ticket_read(struct desk *d, const struct actor *who,
			const char *number, int64_t before,
			struct reading *out) MUST_CHECK;

/* The customer has the page before them: nothing is new any more. */
struct err *ticket_mark_seen(struct desk *d, const struct actor *who,
			     const struct ticket *t) MUST_CHECK;

#endif
