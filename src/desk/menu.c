#include "desk/desk.h"
#include "desk/menu.h"
#include "desk/quarantine.h"

static void add_tickets(const struct desk *d, const struct actor *who,
			const struct menu_row *row, struct menu *out)
{
	for (int v = 0; v < INBOX_VIEWS; v++)
		if (inbox_counts(d->catalog, who, (enum inbox_view) v, row->status_id,
				 row->owner_id))
			out->views[v] += row->n;
}

struct err *menu_read(struct desk *d, const struct actor *who, struct menu *out)
{
	const struct menu_row *row;
	struct rows rows;

	*out = (struct menu) { .held = 0 };
	TRY(store_menu_read(d->db, who, actor_may(who, RIGHT_LETTERS), &rows));
	row = rows.at;
	for (size_t i = 0; i < rows.n; i++) {
		if (row[i].kind == MENU_TICKETS)
			add_tickets(d, who, &row[i], out);
		else if (row[i].kind == MENU_UNDELIVERED)
			out->undelivered += row[i].n;
		else
			out->held += row[i].n;
	}
	if (!quarantine_may(who))
		out->held = 0;
	return NULL;
}
