/*
 * ticket - the page of a ticket, for those who show it again.
 */
#ifndef PANEL_TICKET_H
#define PANEL_TICKET_H

#include "web/write.h"

const char *ticket_address(struct req *req, const char *number);

/* The ticket of this address. w NULL: the form is empty. */
struct err *ticket_page(struct req *req, const struct write_form *w,
			int status) MUST_CHECK;

#endif
