#include "port/db.h"
#include "store/menu.h"

static const char *const kind_codes[] = {
	[MENU_TICKETS]     = "tickets",
	[MENU_UNDELIVERED] = "undelivered",
	[MENU_HELD]        = "held",
	NULL
};

static const struct field menu_row_fields[] = {
	FIELD_ENUM(menu_row, kind, kind_codes),
	FIELD(menu_row, status_id),
	FIELD(menu_row, owner_id),
	FIELD(menu_row, n),
};
const struct shape menu_row_shape = SHAPE(menu_row, menu_row_fields);

/* Folded counters, and what is not folded yet. */
static void tickets(struct sql *q, const struct actor *who)
{
	sql_add(q, "(SELECT 'tickets' AS kind, status_id, owner_id, n FROM as_count"
		   " WHERE shop_id = ? AND owner_id IN (-1, 0, ?) LIMIT 1000)"
		   " UNION ALL (SELECT 'tickets', status_id, owner_id,"
		   " CAST(SUM(n) AS SIGNED) FROM as_count_delta"
		   " WHERE shop_id = ? AND owner_id IN (-1, 0, ?)"
		   " GROUP BY owner_id, status_id LIMIT 1000)",
		ARGS(who->shop, who->id, who->shop, who->id));
}

/* A row for each letter: counting them here would need a table in between. */
static void undelivered(struct sql *q, const struct actor *who)
{
	sql_add(q, " UNION ALL (SELECT 'undelivered', 0, 0, 1 FROM as_outbox"
		   " FORCE INDEX (due) WHERE state = 'failed' AND shop_id = ?"
		   " LIMIT ?)", ARGS(who->shop, (int) MENU_MOST));
}

static void held(struct sql *q, const struct actor *who)
{
	sql_add(q, " UNION ALL (SELECT 'held', 0, 0, 1 FROM as_mail"
		   " FORCE INDEX (by_state) WHERE state IN ('held', 'bad')"
		   " AND shop_id = ? LIMIT ?)", ARGS(who->shop, (int) MENU_MOST));
}

struct err *store_menu_read(struct db *db, const struct actor *who, bool letters,
			    struct rows *out)
{
	struct sql q;

	sql_init(&q, db_arena(db));
	tickets(&q, who);
	if (letters)
		undelivered(&q, who);
	if (letters && who->may[RIGHT_READ] > SCOPE_OWN)
		held(&q, who);
	TRY(db_rows_of(db, &q, &menu_row_shape, out));
	return NULL;
}
