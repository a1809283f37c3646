#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "desk/desk.h"
#include "desk/order.h"
#include "port/db.h"
#include "ticket_parts.h"

const char *ticket_lines_json(struct desk *d, const struct opening *o)
{
	const struct shop_line *line = o->order->lines.at;
	struct str json;

	str_init(&json, d->arena, 256 * 1024);
	str_add(&json, "[");
	for (size_t i = 0; i < o->order->lines.n && i < TICKET_LINES; i++) {
		bool chosen = false;

		for (size_t c = 0; c < o->n_lines; c++)
			chosen = chosen || !strcmp(o->lines[c], line[i].line_key);
		str_addf(&json, "%s{\"line_no\":%zu,\"chosen\":%d,\"line_key\":",
			 i ? "," : "", i + 1, chosen);
		str_add_json(&json, line[i].line_key);
		str_add(&json, ",\"name\":");
		str_add_json(&json, utf8_cut(d->arena, line[i].name ? line[i].name : "", 250));
		if (line[i].sku) {
			str_add(&json, ",\"sku\":");
			str_add_json(&json, utf8_cut(d->arena, line[i].sku, 100));
		}
		if (line[i].options) {
			str_add(&json, ",\"detail\":");
			str_add_json(&json, utf8_cut(d->arena, line[i].options, 250));
		}
		str_add(&json, ",\"qty\":");
		str_add_json(&json, line[i].qty ? line[i].qty : "1");
		if (line[i].unit_price) {
			str_add(&json, ",\"unit_price\":");
			str_add_json(&json, line[i].unit_price);
		}
		str_add(&json, "}");
	}
	str_add(&json, "]");
	return json.cut ? "[]" : json.text;
}

void ticket_copy_order(struct ticket *t, const struct shop_order *o)
{
	t->order_key = o ? o->order_key : NULL;
	t->order_no = o ? o->order_no : NULL;
	t->order_placed_at = o ? o->placed_at : NULL;
	t->order_status = o ? o->status_name : NULL;
	t->order_group = o ? o->status_group : NULL;
	t->order_currency = o ? o->currency : NULL;
	t->order_total = o ? o->total : NULL;
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
	if (order && order->lines.n)
		TRY(store_ticket_add_lines(d->db, t.id, ticket_lines_json(d, &as_opened)));
	TRY(ticket_text_event(d, who, t.id, "order", old, t.order_no));
	TRY(db_commit(d->db));
	return NULL;
}
