/*
 * write - the one form for messages: read, and shown again.
 *
 * Customers and staff, a new ticket and an old one post the same fields
 * (templates/README.md, "The message form"). A page reads them, and when they
 * may be sent hands write_writing() to the desk:
 *
 *	TRY(write_read(req, WRITE_FOLLOW_UP, &w));
 *	if (!w.send)
 *		return show(req, &w);
 *	writing = write_writing(req, &w);
 *	TRY(ticket_write(&req->desk, &req->who, id, &writing, &result));
 *
 * Whatever happens, what was typed and the files that came with it stand in
 * the form when it is shown again.
 */
#ifndef WEB_WRITE_H
#define WEB_WRITE_H

#include "desk/ticket.h"
#include "web/req.h"
#include "web/upload.h"

enum { WRITE_SUBJECT_MOST = 150, WRITE_TEXT_MOST = 20000 };	/* characters */
enum { WRITE_TO_MOST = 51 };		/* the customer, and who takes part */

enum write_kind { WRITE_NEW, WRITE_FOLLOW_UP };

struct write_form {
	bool send;			/* nothing is wrong, and they mean to send it */
	int status;			/* else: of the page that shows it again */
	int64_t type, priority;		/* 0: not chosen */
	const char *subject, *message;
	const char *line[TICKET_LINES];	/* keys of the order's lines */
	size_t n_lines;
	int64_t seen;			/* the last message that was on the screen */
	bool note;			/* kind=note */
	bool choose;			/* told=1: the form lists who gets it by mail */
	const char *to[WRITE_TO_MOST];	/* and these are ticked */
	size_t n_to;
	int64_t then;			/* as in struct writing */
	struct uploads uploads;
	struct bytes token;		/* hash of the form's token */
};

/* Was the form drawn for this visitor? Then the ticket is looked up by
 * whoever writes to it; others hear first that there is none for them. */
bool write_is_ours(struct req *req);

/* Reads a post. Complaints stand in the view. ERR_FORBIDDEN: the form was
 * not made for this visitor. */
struct err *write_read(struct req *req, enum write_kind kind,
		       struct write_form *w) MUST_CHECK;

/* A complaint the page has found itself: the form is not sent. */
void write_complain(struct req *req, struct write_form *w, const char *field,
		    const char *text);

/* What the desk wants to know about it. */
struct writing write_writing(const struct req *req, const struct write_form *w);

/* Somebody was faster: stands above the form, which is shown with 409. */
void write_overtaken(struct req *req, struct write_form *w,
		     const struct result *r);

/* Where the form stands and what it offers. */
struct write_place {
	enum write_kind kind;
	const char *url, *cancel_url;	/* where it posts; where Cancel leads */
	const char *to;			/* where the answer goes */
	bool guest;			/* asks for e-mail, name and order number */
	bool lines;			/* offers the lines of Order */
	bool may_close, closed;
	int64_t seen;			/* the last message shown */
	int64_t type, priority;		/* chosen before anybody types; 0: the default */
};

/* Fills Write, FormToken, Types, Priorities and Uploads; w NULL: nothing was
 * typed yet. */
struct err *write_show(struct req *req, const struct write_form *w,
		       const struct write_place *p) MUST_CHECK;

#endif
