#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "desk/desk.h"
#include "desk/order.h"
#include "port/db.h"
#include "ticket_parts.h"

/* As DECIMAL (18,4) takes it; NULL: it is none, whatever the shop's column
 * holds. */
static const char *number(const char *text)
{
	const char *at = text ? text + (*text == '-') : "";
	size_t whole = strspn(at, "0123456789");

	at += whole;
	if (*at == '.')
		at += 1 + strspn(at + 1, "0123456789");
	return whole && whole <= 14 && !*at ? text : NULL;
}

static const char *cut(struct desk *d, const char *text, size_t most)
{
	return text ? utf8_cut(d->arena, text, most) : NULL;
}

static bool is_chosen(const struct opening *o, const struct shop_line *line)
{
	for (size_t i = 0; i < o->n_lines; i++)
		if (line->line_key && !strcmp(o->lines[i], line->line_key))
			return true;
	return false;
}

struct err *ticket_copy_lines(struct desk *d, int64_t ticket_id,
			      const struct opening *o)
{
	const struct shop_line *line = o->order->lines.at;
	struct ticket_line lines[TICKET_LINES];
	size_t n = 0;

	for (; n < o->order->lines.n && n < TICKET_LINES; n++, line++)
		lines[n] = (struct ticket_line) {
			.line_no = (int64_t) n + 1,
			.line_key = cut(d, line->line_key, 64),
			.name = line->name ? cut(d, line->name, 250) : "",
			.sku = cut(d, line->sku, 100),
			.detail = cut(d, line->options, 250),
			.qty = number(line->qty) ? line->qty : "1",
			.unit_price = number(line->unit_price),
			.chosen = is_chosen(o, line),
		};
	TRY(store_ticket_add_lines(d->db, ticket_id, lines, n));
	return NULL;
}

void ticket_copy_order(struct ticket *t, const struct shop_order *o)
{
	t->order_key = o ? o->order_key : NULL;
	t->order_no = o ? o->order_no : NULL;
	t->order_placed_at = o ? o->placed_at : NULL;
	t->order_status = o ? o->status_name : NULL;
	t->order_group = o ? o->status_group : NULL;
	t->order_currency = o ? o->currency : NULL;
	t->order_total = o ? number(o->total) : NULL;
}

struct err *ticket_set_order(struct desk *d, const struct actor *who, int64_t id,
			     int version, const struct order *order)
{
	struct opening as_opened = { .order = order };
	const char *old;
	struct ticket t;

	TRY(db_begin(d->db));
	TRY(store_ticket_lock(d->db, who, id, &t));
	if (!ticket_reaches(who, RIGHT_CHANGE, &t))
		return ticket_not_theirs(d, &t);
	old = t.order_no;
	ticket_copy_order(&t, order ? &order->facts : NULL);
	t.version = version;
	TRY(store_ticket_set_order(d->db, &t));
	TRY(store_ticket_drop_lines(d->db, t.id));
	if (order)
		TRY(ticket_copy_lines(d, t.id, &as_opened));
	TRY(ticket_text_event(d, who, t.id, "order", old, t.order_no));
	TRY(db_commit(d->db));
	return NULL;
}
