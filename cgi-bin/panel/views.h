/*
 * views - the rail of views beside every list, and what lists share.
 */
#ifndef PANEL_VIEWS_H
#define PANEL_VIEWS_H

#include "desk/listing.h"
#include "desk/menu.h"
#include "web/req.h"

struct node;

/* Views.N with their counts, Nav.held and Nav.letters; `current` is INBOX_VIEWS
 * outside the inbox. 1 statement. */
struct err *views_show(struct req *req, enum inbox_view current,
		       struct menu *out) MUST_CHECK;
const char *views_name(enum inbox_view view);

/* Agents.N to choose from; `selected` 0: nobody. An owner who has left stays
 * among them, so that saving does not take the ticket away. */
void views_agents(struct req *req, int64_t selected);

/* sort= and dir= of the address. A list knows one column by date. */
void views_read_sort(const struct req *req, struct listing *l);
const char *views_sort_code(enum listing_sort sort);

#endif
