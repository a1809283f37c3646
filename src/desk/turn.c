#include <string.h>

#include "desk/catalog.h"
#include "desk/turn.h"
#include "port/db.h"

/* A ticket that is written meanwhile has the new turn already: its page has
 * read the settings that were changed. */
static struct err *settle(struct db *db, int shop, int64_t status_id,
			  enum turn turn, int64_t last)
{
	for (int64_t after = 0; after < last; after += TURN_STEP)
		TRY(store_turn_rewrite(db, shop, status_id, turn, after,
				       after + TURN_STEP));
	TRY(store_turn_note(db, shop, status_id, turn));
	return NULL;
}

static struct err *settle_all(struct db *db, int shop, int64_t last, bool mend)
{
	const struct entry *e;
	struct catalog *c;
	size_t n;

	TRY(catalog_load_statuses(db_arena(db), db, shop, &c));
	e = catalog_entries(c, ENTRY_STATUS, &n);
	for (size_t i = 0; i < n; i++) {
		enum turn turn = catalog_turn(c, e[i].id);

		if (mend || !e[i].turn || strcmp(e[i].turn, turn_codes[turn]))
			TRY(settle(db, shop, e[i].id, turn, last));
	}
	return NULL;
}

struct err *turn_settle(struct db *db, int shop, bool patient)
{
	int64_t last;

	TRY(store_turn_last(db, &last));
	if (patient || last <= TURN_STEP)
		TRY(settle_all(db, shop, last, false));
	return NULL;
}

struct err *turn_mend(struct db *db, int shop)
{
	int64_t last;

	TRY(store_turn_last(db, &last));
	TRY(settle_all(db, shop, last, true));
	return NULL;
}
