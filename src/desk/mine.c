#include "desk/desk.h"
#include "desk/mine.h"
#include "store/message_mail.h"
#include "store/shop.h"

struct err *mine_count(struct desk *d, const struct actor *who,
		       struct ticket_tally *out)
{
	TRY(store_ticket_tally(d->db, who, out));
	return NULL;
}

struct err *mine_list(struct desk *d, const struct actor *who, bool closed,
		      const struct keyset *k, struct rows *out)
{
	const struct ticket_filter f = { .customer_id = who->id,
					 .open = !closed, .closed = closed };

	TRY(store_ticket_list(d->db, who, &f, k, out));
	return NULL;
}

struct err *mine_search(struct desk *d, const struct actor *who,
			const char *words, struct rows *out)
{
	TRY(store_ticket_search_own(d->db, who, words, out));
	return NULL;
}

struct err *mine_of_orders(struct desk *d, const struct actor *who,
			   const struct rows *orders, struct rows *out)
{
	const struct shop_order *o = orders->at;
	const char *keys[TICKET_KEYS];
	size_t n = 0;

	for (; n < orders->n && n < TICKET_KEYS; n++)
		keys[n] = o[n].order_key;
	TRY(store_ticket_of_orders(d->db, who, keys, n, out));
	return NULL;
}

struct err *mine_board(struct desk *d, const struct actor *who,
		       const char *order_key, struct order_board *out)
{
	const struct message *m;

	*out = (struct order_board) { .more = false };
	TRY(store_ticket_list(d->db, who, &(struct ticket_filter) {
		.order_key = order_key,
		.customer_id = who->kind == ACTOR_CUSTOMER ? who->id : 0,
	}, &(struct keyset) { .limit = TICKETS_OF_ORDER }, &out->tickets));
	out->more = out->tickets.n > TICKETS_OF_ORDER;
	if (out->more)
		out->tickets.n = TICKETS_OF_ORDER;
	TRY(store_message_list_of_order(d->db, who, order_key, &out->messages));
	m = out->messages.at;
	if (out->messages.n)
		TRY(store_attachment_list_of_order(d->db, who, order_key, m[0].id,
				m[out->messages.n - 1].id, &out->files));
	if (messages_by_mail(&out->messages))
		TRY(store_message_mail_list_of_order(d->db, who, order_key, m[0].id,
				m[out->messages.n - 1].id, &out->mails));
	return NULL;
}
