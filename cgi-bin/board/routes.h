#ifndef BOARD_ROUTES_H
#define BOARD_ROUTES_H

#include "web/req.h"

extern const struct route board_routes[];

/* ticket.c */
page_fn board_ticket_show, board_ticket_write, board_ticket_reopen, board_ticket_news;
/* order.c */
page_fn board_order_show;

#endif
