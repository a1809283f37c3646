#ifndef PANEL_ROUTES_H
#define PANEL_ROUTES_H

#include "web/req.h"

extern const struct route panel_routes[];

/* inbox.c: the views of all tickets. */
page_fn panel_front, panel_inbox_show, panel_inbox_change, panel_inbox_count;
/* postings.c: all messages of all tickets. */
page_fn panel_postings_show;
/* ticket.c: the conversation; change.c: everything else about it. */
page_fn panel_ticket_show, panel_ticket_write, panel_ticket_news;
page_fn panel_ticket_order, panel_ticket_previous, panel_ticket_next;
page_fn panel_ticket_change, panel_ticket_tie;
/* people.c: who takes part; outside.c: notes of strangers. */
page_fn panel_ticket_people, panel_ticket_relation, panel_outside_act;
/* ticket_new.c */
page_fn panel_ticket_new, panel_ticket_send;
/* order.c: an order of the shop, and finding one. */
page_fn panel_order_show, panel_order_search;
/* letters.c: mails that could not be sent. */
page_fn panel_letters_show, panel_letters_act;
/* held.c: letters that wait for a person. */
page_fn panel_held_list, panel_held_show, panel_held_act;
page_fn panel_held_frame, panel_held_raw, panel_held_file;
/* original.c: the letter behind a message. */
page_fn panel_original_show, panel_original_frame;
page_fn panel_original_raw, panel_original_file;
/* signin.c */
page_fn panel_signin_ask, panel_signin_enter, panel_signin_leave;
page_fn panel_signin_forgot, panel_signin_remind;
page_fn panel_signin_key, panel_signin_choose;
/* profile.c */
page_fn panel_profile_show, panel_profile_save, panel_profile_password;

#endif
