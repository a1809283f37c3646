#include "port/db.h"
#include "store/count.h"

static const struct field count_fields[] = {
	FIELD(count, status_id),
	FIELD(count, owner_id),
	FIELD(count, n),
};
const struct shape count_shape = SHAPE(count, count_fields);

/* Deltas of one transaction; -1 is everybody. */
#define DELTAS								\
	"INSERT INTO as_count_delta (shop_id, owner_id, status_id, n) VALUES"

struct err *store_count_ticket(struct db *db, int shop, int64_t status_id,
			       int64_t owner_id)
{
	TRY(db_run(db, DELTAS " (?, -1, ?, 1), (?, ?, ?, 1)",
		   NULL, ARGS(shop, status_id, shop, owner_id, status_id)));
	return NULL;
}

struct err *store_count_status(struct db *db, int shop, int64_t owner_id,
			       int64_t from, int64_t to)
{
	TRY(db_run(db, DELTAS " (?, -1, ?, -1), (?, -1, ?, 1),"
		       " (?, ?, ?, -1), (?, ?, ?, 1)",
		   NULL, ARGS(shop, from, shop, to, shop, owner_id, from,
			      shop, owner_id, to)));
	return NULL;
}

struct err *store_count_owner(struct db *db, int shop, int64_t status_id,
			      int64_t from, int64_t to)
{
	TRY(db_run(db, DELTAS " (?, ?, ?, -1), (?, ?, ?, 1)",
		   NULL, ARGS(shop, from, status_id, shop, to, status_id)));
	return NULL;
}

struct last {
	int64_t id;
};
static const struct field last_fields[] = { FIELD(last, id) };
static const struct shape last_shape = SHAPE(last, last_fields);

struct err *store_count_fold(struct db *db, int64_t *folded)
{
	struct last last;

	TRY(db_row(db, "SELECT COALESCE(MAX(id), 0) AS id FROM (SELECT id FROM"
		       " as_count_delta ORDER BY id LIMIT 10000) AS batch",
		   &last_shape, &last, NO_ARGS));
	*folded = 0;
	if (!last.id)
		return NULL;
	TRY(db_begin(db));
	TRY(db_run(db, "INSERT INTO as_count (shop_id, owner_id, status_id, n)"
		       " SELECT shop_id, owner_id, status_id, d FROM (SELECT"
		       " shop_id, owner_id, status_id, SUM(n) AS d FROM"
		       " as_count_delta WHERE id <= ? GROUP BY shop_id, owner_id,"
		       " status_id) AS sums ON DUPLICATE KEY UPDATE n = n + sums.d",
		   NULL, ARGS(last.id)));
	TRY(db_run(db, "DELETE FROM as_count_delta WHERE id <= ?",
		   folded, ARGS(last.id)));
	TRY(db_commit(db));
	return NULL;
}

struct err *store_count_check(struct db *db, int shop, struct rows *out)
{
	TRY(db_rows(db, "SELECT status_id, owner_id, CAST(SUM(n) AS SIGNED) AS n"
			" FROM (SELECT status_id, owner_id, n FROM as_count"
			" WHERE shop_id = ? UNION ALL SELECT status_id, owner_id, n"
			" FROM as_count_delta WHERE shop_id = ? UNION ALL"
			" SELECT status_id, COALESCE(owner_id, 0), -1 FROM as_ticket"
			" WHERE shop_id = ? UNION ALL SELECT status_id, -1, -1"
			" FROM as_ticket WHERE shop_id = ?) AS every"
			" GROUP BY status_id, owner_id HAVING SUM(n) <> 0 LIMIT 100",
		    &count_shape, out, ARGS(shop, shop, shop, shop)));
	return NULL;
}

struct err *store_count_mend(struct db *db, int shop, const struct count *c)
{
	TRY(db_run(db, DELTAS " (?, ?, ?, ?)",
		   NULL, ARGS(shop, c->owner_id, c->status_id, -c->n)));
	return NULL;
}
