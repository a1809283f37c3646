#ifndef STOREFRONT_ROUTES_H
#define STOREFRONT_ROUTES_H

#include "web/req.h"

extern const struct route storefront_routes[];

/* sso.c: the shop's token, and the ways out. */
page_fn storefront_sso, storefront_sso_logout, storefront_sign_out;
/* link.c: the link of a mail. */
page_fn storefront_link_open, storefront_link_ask, storefront_link_renew;
/* order.c */
page_fn storefront_front, storefront_order_list;
/* request.c */
page_fn storefront_request_list, storefront_request_new, storefront_request_send,
	storefront_request_sent;
/* guest.c */
page_fn storefront_guest_new, storefront_guest_send, storefront_guest_sent,
	storefront_guest_show, storefront_guest_confirm;

#endif
