#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "port/db.h"
#include "store/ticket_list.h"

static const struct field ticket_row_fields[] = {
	FIELD(ticket_row, id),
	FIELD(ticket_row, number),
	FIELD(ticket_row, subject),
	FIELD(ticket_row, summary),
	FIELD(ticket_row, type_id),
	FIELD(ticket_row, status_id),
	FIELD(ticket_row, priority_id),
	FIELD(ticket_row, owner_id),
	FIELD(ticket_row, customer_id),
	FIELD(ticket_row, customer_name),
	FIELD(ticket_row, order_key),
	FIELD(ticket_row, order_no),
	FIELD(ticket_row, created_at),
	FIELD(ticket_row, updated_at),
	FIELD(ticket_row, waiting_since),
	FIELD(ticket_row, last_words),
	FIELD(ticket_row, last_files),
	FIELD(ticket_row, messages),
	FIELD(ticket_row, last_public_id),
	FIELD(ticket_row, customer_seen_id),
};
const struct shape ticket_row_shape = SHAPE(ticket_row, ticket_row_fields);

#define TICKET_ROW							\
	"SELECT t.id, t.number, t.subject, t.summary, t.type_id, t.status_id," \
	" t.priority_id, t.owner_id, t.customer_id, c.name AS customer_name," \
	" t.order_key, t.order_no, t.created_at, t.updated_at,"		\
	" t.waiting_since, t.messages, t.last_public_id, t.customer_seen_id"

/* With the last words, as the ticket's row keeps them. Customers read those only
 * where the last message is one they may see; else those of the newest that is,
 * or none: a ticket may begin with a note. */
static void select_row(struct sql *q, const struct actor *who)
{
	if (who->kind == ACTOR_AGENT)
		sql_add(q, TICKET_ROW ", t.last_words, t.last_files", NO_ARGS);
	else
		sql_add(q, TICKET_ROW ", IF(t.last_public_id = t.last_message_id,"
			   " t.last_words, LEFT(m.body, 200)) AS last_words,"
			   " IF(t.last_public_id = t.last_message_id,"
			   " t.last_files, m.files) AS last_files", NO_ARGS);
}

static void join_row(struct sql *q, const struct actor *who)
{
	sql_add(q, " STRAIGHT_JOIN as_customer c ON c.id = t.customer_id", NO_ARGS);
	if (who->kind != ACTOR_AGENT)
		sql_add(q, " LEFT JOIN as_message m ON m.ticket_id = t.id"
			   " AND m.id = IF(t.last_public_id ="
			   " t.last_message_id, NULL, t.last_public_id)", NO_ARGS);
}

static bool by_id(const struct ticket_filter *f)
{
	return f->customer_id || f->order_key;
}

/* The index that begins with what is fixed and goes on in the list's order. */
static void from_ticket(struct sql *q, const struct ticket_filter *f)
{
	bool by_wait = !by_id(f) && f->order == TICKETS_BY_WAIT;

	if (by_wait && f->owner_id)
		sql_add(q, " FROM as_ticket t FORCE INDEX (by_owner_wait)", NO_ARGS);
	else if (by_wait && f->n_statuses)
		sql_add(q, " FROM as_ticket t FORCE INDEX (by_status_wait)", NO_ARGS);
	else if (by_wait && f->type_id)
		sql_add(q, " FROM as_ticket t FORCE INDEX (by_turn_type)", NO_ARGS);
	else if (by_wait && f->priority_id)
		sql_add(q, " FROM as_ticket t FORCE INDEX (by_turn_priority)", NO_ARGS);
	else if (by_wait)
		sql_add(q, " FROM as_ticket t FORCE INDEX (by_turn_wait)", NO_ARGS);
	else if (f->order_key)
		sql_add(q, " FROM as_ticket t FORCE INDEX (by_order)", NO_ARGS);
	else if (f->customer_id)
		sql_add(q, " FROM as_ticket t FORCE INDEX (by_customer_open)", NO_ARGS);
	else if (f->owner_id)
		sql_add(q, " FROM as_ticket t FORCE INDEX (by_owner)", NO_ARGS);
	else if (f->n_statuses && f->type_id)
		sql_add(q, " FROM as_ticket t FORCE INDEX (by_status_type)", NO_ARGS);
	else if (f->n_statuses && f->priority_id)
		sql_add(q, " FROM as_ticket t FORCE INDEX (by_status_priority)", NO_ARGS);
	else if (f->n_statuses)
		sql_add(q, " FROM as_ticket t FORCE INDEX (by_status)", NO_ARGS);
	else if (f->type_id)
		sql_add(q, " FROM as_ticket t FORCE INDEX (by_type)", NO_ARGS);
	else if (f->priority_id)
		sql_add(q, " FROM as_ticket t FORCE INDEX (by_priority)", NO_ARGS);
	else
		sql_add(q, " FROM as_ticket t FORCE INDEX (by_update)", NO_ARGS);
}

/* All conditions but the statuses. */
static void filter_rest(struct sql *q, const struct ticket_filter *f)
{
	if (f->of_turn)
		sql_add(q, " AND t.turn = ?", ARGS(turn_codes[f->turn]));
	if (f->open || f->closed)
		sql_add(q, " AND t.is_open = ?", ARGS(f->open));
	if (f->order_key)
		sql_add(q, " AND t.order_key = ?", ARGS(f->order_key));
	if (f->customer_id)
		sql_add(q, " AND t.customer_id = ?", ARGS(f->customer_id));
	if (f->owner_id > 0)
		sql_add(q, " AND t.owner_id = ?", ARGS(f->owner_id));
	else if (f->owner_id < 0)
		sql_add(q, " AND t.owner_id IS NULL", NO_ARGS);
	if (f->type_id)
		sql_add(q, " AND t.type_id = ?", ARGS(f->type_id));
	if (f->priority_id)
		sql_add(q, " AND t.priority_id = ?", ARGS(f->priority_id));
}

static enum keyset_column column_of(const struct ticket_filter *f)
{
	return by_id(f) ? KEYSET_T_ID :
	       f->order == TICKETS_BY_WAIT ? KEYSET_T_WAITING : KEYSET_T_UPDATED;
}

/* The same of the rows of a union. */
static enum keyset_column merged_by(const struct ticket_filter *f)
{
	return by_id(f) ? KEYSET_B_ID :
	       f->order == TICKETS_BY_WAIT ? KEYSET_B_WAITING : KEYSET_B_UPDATED;
}

/* What stands behind FROM and the joins, with at most one status. */
static void where(struct sql *q, const struct actor *who,
		  const struct ticket_filter *f, const struct keyset *k)
{
	sql_add(q, " WHERE t.shop_id = ?", ARGS(who->shop));
	if (f->n_statuses)
		sql_add(q, " AND t.status_id = ?", ARGS(f->statuses[0]));
	filter_rest(q, f);
	ticket_only_theirs(q, who);
	keyset_where(q, k, column_of(f));
	keyset_order(q, k, column_of(f));
}

/* Several statuses are in order each in its own range of the index: the page
 * is merged from the first rows of all. An archived status is shown as
 * another one, so this is what follows a change of presets. So are a
 * customer's open and closed tickets. Returns how many ranges there are. */
static size_t ranges(const struct ticket_filter *f,
		     struct ticket_filter out[TICKET_STATUSES])
{
	bool both = f->customer_id && !f->open && !f->closed && !f->order_key;
	size_t n = f->n_statuses > 1 ? f->n_statuses : both ? 2 : 1;

	for (size_t i = 0; i < n; i++) {
		out[i] = *f;
		if (f->n_statuses > 1) {
			out[i].statuses = &f->statuses[i];
			out[i].n_statuses = 1;
		} else if (both) {
			out[i].open = i == 0;
			out[i].closed = i != 0;
		}
	}
	return n;
}

static void branches(struct sql *q, const struct actor *who,
		     const struct ticket_filter *ranges, size_t n,
		     const struct keyset *k)
{
	for (size_t i = 0; i < n; i++) {
		if (i)
			sql_add(q, " UNION ALL ", NO_ARGS);
		if (by_id(&ranges[i]))
			sql_add(q, "(SELECT t.id", NO_ARGS);	/* the index alone */
		else
			sql_add(q, "(SELECT t.id, t.updated_at, t.waiting_since", NO_ARGS);
		from_ticket(q, &ranges[i]);
		where(q, who, &ranges[i], k);
		sql_add(q, ")", NO_ARGS);
	}
}

static void merged(struct sql *q, const struct actor *who,
		   const struct ticket_filter *f, size_t n, const struct keyset *k)
{
	select_row(q, who);
	sql_add(q, " FROM (SELECT b.id FROM (", NO_ARGS);
	branches(q, who, f, n, k);
	sql_add(q, ") AS b", NO_ARGS);
	keyset_order(q, k, merged_by(f));
	sql_add(q, ") AS page STRAIGHT_JOIN as_ticket t ON t.id = page.id", NO_ARGS);
	join_row(q, who);
	keyset_order(q, k, column_of(f));
}

/* Who may read their own tickets alone asks for nobody else's: then an index
 * gives them. False: there can be none. */
static bool narrowed(const struct actor *who, const struct ticket_filter *all,
		     struct ticket_filter *f)
{
	*f = *all;
	if (who->kind != ACTOR_AGENT || who->may[RIGHT_READ] != SCOPE_OWN)
		return true;
	f->owner_id = who->id;
	return !all->owner_id || all->owner_id == who->id;
}

struct err *store_ticket_list(struct db *db, const struct actor *who,
			      const struct ticket_filter *all,
			      const struct keyset *k, struct rows *out)
{
	struct ticket_filter narrow, f[TICKET_STATUSES];
	struct sql q;
	size_t n;

	out->n = 0;
	if (!narrowed(who, all, &narrow))
		return NULL;
	if (narrow.n_statuses > TICKET_STATUSES)
		return FAIL(db_arena(db), ERR_BUG, "%zu statuses", narrow.n_statuses);
	n = ranges(&narrow, f);
	sql_init(&q, db_arena(db));
	if (n > 1) {
		merged(&q, who, f, n, k);
	} else {
		select_row(&q, who);
		from_ticket(&q, f);
		join_row(&q, who);
		where(&q, who, f, k);
	}
	sql_add(&q, " ROWS EXAMINED ?", ARGS(TICKETS_EXAMINED));
	TRY(db_rows_of(db, &q, &ticket_row_shape, out));
	return NULL;
}

struct err *store_ticket_walk(struct db *db, const struct actor *who,
			      const struct ticket_filter *all,
			      const struct keyset *k, struct rows *out)
{
	struct ticket_filter narrow, f[TICKET_STATUSES];
	struct sql q;
	size_t n;

	out->n = 0;
	if (!narrowed(who, all, &narrow))
		return NULL;
	n = ranges(&narrow, f);
	sql_init(&q, db_arena(db));
	if (n > 1) {
		if (by_id(f))
			sql_add(&q, "SELECT b.id FROM (", NO_ARGS);
		else
			sql_add(&q, "SELECT b.id, b.updated_at FROM (", NO_ARGS);
		branches(&q, who, f, n, k);
		sql_add(&q, ") AS b", NO_ARGS);
		keyset_order(&q, k, merged_by(f));
	} else {
		sql_add(&q, "SELECT t.id, t.updated_at", NO_ARGS);
		from_ticket(&q, f);
		where(&q, who, f, k);
	}
	sql_add(&q, " ROWS EXAMINED ?", ARGS(TICKETS_EXAMINED));
	TRY(db_rows_of(db, &q, &ticket_row_shape, out));
	return NULL;
}

struct err *store_ticket_of_ids(struct db *db, const struct actor *who,
				const char *ids, struct rows *out)
{
	struct sql q;

	sql_init(&q, db_arena(db));
	select_row(&q, who);
	sql_add(&q, " FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT"
		    " PATH '$')) AS page STRAIGHT_JOIN as_ticket t"
		    " ON t.id = page.id", ARGS(ids));
	join_row(&q, who);
	sql_add(&q, " WHERE t.shop_id = ?", ARGS(who->shop));
	ticket_only_theirs(&q, who);
	sql_add(&q, " LIMIT 100", NO_ARGS);
	TRY(db_rows_of(db, &q, &ticket_row_shape, out));
	return NULL;
}

/* The nearest one on one side. */
static void neighbour(struct sql *q, const struct actor *who,
		      const struct ticket_filter *f, const struct ticket *t,
		      bool backwards)
{
	const struct keyset k = { .oldest_first = true, .backwards = backwards,
				  .at = t->waiting_since, .id = t->id, .limit = 0 };

	sql_add(q, "(SELECT t.id, t.number, t.waiting_since", NO_ARGS);
	from_ticket(q, f);
	where(q, who, f, &k);
	sql_add(q, ")", NO_ARGS);
}

struct err *store_ticket_around(struct db *db, const struct actor *who,
				enum turn turn, const struct ticket *t,
				struct rows *out)
{
	const struct ticket_filter f = { .of_turn = true, .turn = turn,
					 .order = TICKETS_BY_WAIT };
	struct sql q;

	sql_init(&q, db_arena(db));
	neighbour(&q, who, &f, t, true);
	sql_add(&q, " UNION ALL ", NO_ARGS);
	neighbour(&q, who, &f, t, false);
	TRY(db_rows_of(db, &q, &ticket_row_shape, out));
	return NULL;
}

struct err *store_ticket_earlier(struct db *db, const struct actor *who,
				 const struct ticket *t, int limit,
				 struct rows *out)
{
	struct ticket_row *row;
	size_t kept = 0;
	struct sql q;

	sql_init(&q, db_arena(db));
	sql_add(&q, "SELECT t.id, t.number, t.subject, t.type_id, t.status_id,"
		    " t.priority_id, t.owner_id, t.customer_id, t.order_key,"
		    " t.order_no, t.created_at, t.updated_at, t.waiting_since"
		    " FROM as_ticket t FORCE INDEX (by_customer_open)"
		    " WHERE t.shop_id = ? AND t.customer_id = ?",
		ARGS(who->shop, t->customer_id));
	ticket_only_theirs(&q, who);
	sql_add(&q, " ORDER BY t.is_open DESC, t.id DESC LIMIT ?",
		ARGS(limit + 1));			/* itself may be one of them */
	TRY(db_rows_of(db, &q, &ticket_row_shape, out));
	row = out->at;
	for (size_t i = 0; i < out->n && kept < (size_t) limit; i++)
		if (row[i].id != t->id)
			row[kept++] = row[i];
	out->n = kept;
	return NULL;
}

enum { OF_ORDER = 3 };			/* tickets that are shown of one */

/* As many of each order, however many there are. */
static struct err *newest_of_orders(struct db *db, const struct actor *who,
				    const char *const *keys, size_t n,
				    struct rows *out)
{
	struct sql q;

	sql_init(&q, db_arena(db));
	for (size_t i = 0; i < n; i++) {
		if (i)
			sql_add(&q, " UNION ALL ", NO_ARGS);
		sql_add(&q, "(", NO_ARGS);
		select_row(&q, who);
		sql_add(&q, " FROM as_ticket t FORCE INDEX (by_order)", NO_ARGS);
		join_row(&q, who);
		sql_add(&q, " WHERE t.shop_id = ? AND t.order_key = ?",
			ARGS(who->shop, keys[i]));
		ticket_only_theirs(&q, who);
		sql_add(&q, " ORDER BY t.id DESC LIMIT ?)", ARGS((int) OF_ORDER));
	}
	TRY(db_rows_of(db, &q, &ticket_row_shape, out));
	return NULL;
}

static int newest_first(const void *one, const void *other)
{
	const struct ticket_row *a = one, *b = other;

	return (a->id < b->id) - (a->id > b->id);
}

static void keep_newest(struct rows *rows)
{
	struct ticket_row *row = rows->at;
	size_t kept = 0;

	qsort(row, rows->n, sizeof(*row), newest_first);
	for (size_t i = 0; i < rows->n; i++) {
		size_t of_order = 0;

		for (size_t k = 0; k < kept; k++)
			of_order += !strcmp(row[k].order_key, row[i].order_key);
		if (of_order < OF_ORDER)
			row[kept++] = row[i];
	}
	rows->n = kept;
}

/* Nearly always there are few, and then the server need not plan a part for
 * each order: it takes longer over that than over the rows. The statement is
 * the same for any number of keys: the last one is said again. */
struct err *store_ticket_of_orders(struct db *db, const struct actor *who,
				   const char *const *keys, size_t n,
				   struct rows *out)
{
	enum { FEW = OF_ORDER * TICKET_KEYS };
	struct sql q;

	out->n = 0;
	if (!n)
		return NULL;
	n = n < TICKET_KEYS ? n : TICKET_KEYS;
	sql_init(&q, db_arena(db));
	select_row(&q, who);
	sql_add(&q, " FROM as_ticket t FORCE INDEX (by_order)", NO_ARGS);
	join_row(&q, who);
	sql_add(&q, " WHERE t.shop_id = ? AND t.order_key IN (?",
		ARGS(who->shop, keys[0]));
	for (size_t i = 1; i < TICKET_KEYS; i++)
		sql_add(&q, ", ?", ARGS(keys[i < n ? i : n - 1]));
	sql_add(&q, ")", NO_ARGS);
	ticket_only_theirs(&q, who);
	sql_add(&q, " LIMIT ?", ARGS(FEW + 1));
	TRY(db_rows_of(db, &q, &ticket_row_shape, out));
	if (out->n > FEW)
		return newest_of_orders(db, who, keys, n, out);
	keep_newest(out);
	return NULL;
}

struct counted {
	bool open, unseen;
	int64_t id;
};
static const struct field counted_fields[] = {
	FIELD(counted, open),
	FIELD(counted, unseen),
	FIELD(counted, id),
};
static const struct shape counted_shape = SHAPE(counted, counted_fields);

#define THEIR_TEN(OPEN)							\
	"(SELECT t.is_open AS open, t.last_agent_at IS NOT NULL AND"	\
	" COALESCE(t.customer_seen_id, 0) < t.last_public_id AS unseen,"	\
	" t.id FROM as_ticket t FORCE INDEX (by_customer_open)"		\
	" WHERE t.shop_id = ? AND t.customer_id = ? AND t.is_open = " OPEN \
	" AND (? = 0 OR t.id = ?) ORDER BY t.id DESC LIMIT 10)"

static int newer_counted_first(const void *one, const void *other)
{
	const struct counted *a = one, *b = other;

	return (a->id < b->id) - (a->id > b->id);
}

/* Rows come instead of counts: so nothing is put into a table in between. */
struct err *store_ticket_tally(struct db *db, const struct actor *who,
			       struct ticket_tally *out)
{
	int64_t id = who->id, only = who->only_ticket;
	struct counted *c;
	struct rows rows;

	TRY(db_rows(db, THEIR_TEN("1") " UNION ALL " THEIR_TEN("0"),
		    &counted_shape, &rows,
		    ARGS(who->shop, id, only, only, who->shop, id, only, only)));
	*out = (struct ticket_tally) { 0 };
	c = rows.at;
	qsort(c, rows.n, sizeof(*c), newer_counted_first);
	for (size_t i = 0; i < rows.n; i++) {
		out->open += c[i].open;
		out->closed += !c[i].open;
		out->unseen += i < TICKET_TALLY && c[i].unseen;
	}
	return NULL;
}

#define THEIR_NEWEST(OPEN)						\
	"(SELECT id, number, order_no, subject FROM as_ticket"		\
	" FORCE INDEX (by_customer_open) WHERE shop_id = ? AND customer_id = ?" \
	" AND is_open = " OPEN " ORDER BY id DESC LIMIT 500)"

struct err *store_ticket_search_own(struct db *db, const struct actor *who,
				    const char *words, struct rows *out)
{
	struct sql q;

	sql_init(&q, db_arena(db));
	select_row(&q, who);
	sql_add(&q, " FROM (SELECT id FROM (" THEIR_NEWEST("1") " UNION ALL "
		    THEIR_NEWEST("0") " ORDER BY id DESC LIMIT 500"
		    ") AS mine WHERE number = ? OR order_no = ?"
		    " OR LOCATE(?, subject) > 0 ORDER BY id DESC"
		    " LIMIT 25) AS page STRAIGHT_JOIN as_ticket t ON t.id = page.id",
		ARGS(who->shop, who->id, who->shop, who->id, words, words, words));
	join_row(&q, who);
	sql_add(&q, " WHERE t.customer_id = ?", ARGS(who->id));
	if (who->only_ticket)
		sql_add(&q, " AND t.id = ?", ARGS(who->only_ticket));
	sql_add(&q, " ORDER BY t.id DESC", NO_ARGS);
	TRY(db_rows_of(db, &q, &ticket_row_shape, out));
	return NULL;
}
