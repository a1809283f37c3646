/*
 * look - how things of the desk appear in templates, the same on every page:
 * a person, a ticket, a message, an order, a file, a value of the catalogue.
 * The names are those of templates/README.md.
 */
#ifndef WEB_LOOK_H
#define WEB_LOOK_H

#include "desk/order.h"
#include "desk/ticket.h"
#include "store/ticket_list.h"
#include "store/catalog.h"
#include "store/message_mail.h"
#include "web/req.h"

struct node;

/* initials, colour; and with the name. */
void look_face(struct req *req, struct node *n, int64_t id, const char *name);
void look_person(struct req *req, struct node *n, int64_t id, const char *name);

/* A time: <name>, <name>_iso and, for lists, <name>_short. */
#define look_time(req, n, name, text)					\
	look_time_((req), (n), (text), "" name, "" name "_iso", "" name "_short")
void look_time_(struct req *req, struct node *n, const char *text,
		const char *name, const char *iso, const char *brief);

/* id, key, name, hint, colour, image; of a status also turn. */
void look_entry(struct req *req, struct node *n, enum entry_kind kind, int64_t id);
/* Types, Statuses, Priorities to choose from; a customer's are fewer. */
void look_entries(struct req *req, enum entry_kind kind, int64_t selected);
/* The address of an entry's image, NULL without one. */
const char *look_image(struct req *req, const char *image);

/* who and text: whose turn it is, as the reader sees it. */
void look_turn(struct req *req, struct node *n, int64_t status_id);

void look_ticket(struct req *req, struct node *n, const struct ticket *t);
void look_ticket_row(struct req *req, struct node *n, const struct ticket_row *t);

/* Messages and events woven by time; `seen` is the last one known (0: all). */
void look_conversation(struct req *req, struct node *list,
		       const struct reading *r, int64_t seen);
void look_message(struct req *req, struct node *n, const struct message *m,
		  const struct rows *files, const struct rows *mails);

/* What it has from its mail, NULL: nothing. Is the file shown by its HTML? */
const struct message_mail *look_mail(struct req *req, struct node *n,
				     const struct message *m, const struct rows *mails);
bool look_in_mail(const struct message_mail *mail, const struct upload *file);

/* A message among those of other tickets: with its ticket's values. */
void look_posting(struct req *req, struct node *n, const struct message *m,
		  const struct rows *files);

/* key, no, url: what leads to an order; nothing without a key. */
void look_order_ref(struct req *req, struct node *n, const char *key,
		    const char *no);

/* The slip: from the shop, or from the ticket's own copy. */
void look_order(struct req *req, struct node *n, const struct order *o);
void look_order_row(struct req *req, struct node *n, const struct shop_order *o);
void look_order_copy(struct req *req, struct node *n, const struct ticket *t,
		     const struct rows *lines);
/* Older: an order has more tickets than are shown; the page at url has them. */
void look_older(struct req *req, const struct rows *shown, const char *url);

#endif
