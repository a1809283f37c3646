/*
 * people - who takes part in a ticket and which tickets belong to it, for the
 * page of the ticket.
 */
#ifndef PANEL_PEOPLE_H
#define PANEL_PEOPLE_H

#include "desk/ticket.h"
#include "web/req.h"

/* People.N and Write.recipients.N; 1 statement. */
struct err *people_show(struct req *req, const struct reading *r) MUST_CHECK;
/* Relations.N; 1 statement. */
struct err *relations_show(struct req *req, const struct ticket *t) MUST_CHECK;

#endif
