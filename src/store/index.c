#include "port/db.h"
#include "store/index.h"

static const struct field mark_fields[] = {
	FIELD(index_mark, updated_at),
	FIELD(index_mark, ticket_id),
};
static const struct shape mark_shape = SHAPE(index_mark, mark_fields);

/* Looked for first: an INSERT would wait for whoever holds the row. */
struct err *store_index_begin(struct db *db, int shop)
{
	struct index_mark mark;
	bool found;

	TRY(db_find(db, "SELECT updated_at, ticket_id FROM as_search_mark"
			" WHERE shop_id = ?", &mark_shape, &mark, &found, ARGS(shop)));
	if (!found)
		TRY(db_run(db, "INSERT IGNORE INTO as_search_mark (shop_id,"
			       " updated_at, ticket_id) VALUES (?, '1970-01-01', 0)",
			   NULL, ARGS(shop)));
	return NULL;
}

struct err *store_index_lock(struct db *db, int shop, struct index_mark *out,
			     bool *held)
{
	TRY(db_find(db, "SELECT updated_at, ticket_id FROM as_search_mark"
			" WHERE shop_id = ? FOR UPDATE SKIP LOCKED",
		    &mark_shape, out, held, ARGS(shop)));
	return NULL;
}

struct err *store_index_move(struct db *db, int shop, const struct index_mark *to)
{
	TRY(db_run(db, "UPDATE as_search_mark SET ticket_id ="
		       " IF(? > NOW(6) - INTERVAL 1 MINUTE, 0, ?),"
		       " updated_at = LEAST(?, NOW(6) - INTERVAL 1 MINUTE)"
		       " WHERE shop_id = ?",
		   NULL, ARGS(to->updated_at, to->ticket_id, to->updated_at, shop)));
	return NULL;
}

static const struct field ticket_fields[] = {
	FIELD(index_ticket, id),
	FIELD(index_ticket, customer_id),
	FIELD(index_ticket, updated_at),
	FIELD(index_ticket, subject),
	FIELD(index_ticket, summary),
	FIELD(index_ticket, customer_name),
	FIELD(index_ticket, words),
};
const struct shape index_ticket_shape = SHAPE(index_ticket, ticket_fields);

struct err *store_index_tickets(struct db *db, int shop,
				const struct index_mark *after, struct rows *out)
{
	TRY(db_rows(db, "SELECT t.id, t.customer_id, t.updated_at, t.subject,"
			" t.summary, c.name AS customer_name, d.words FROM ("
			"SELECT id FROM as_ticket FORCE INDEX (by_update)"
			" WHERE shop_id = ? AND (updated_at > ?"
			" OR (updated_at = ? AND id > ?))"
			" ORDER BY updated_at, id LIMIT 100) AS page"
			" STRAIGHT_JOIN as_ticket t ON t.id = page.id"
			" STRAIGHT_JOIN as_customer c ON c.id = t.customer_id"
			" LEFT JOIN as_search d ON d.ticket_id = t.id"
			" AND d.message_id = 0 ORDER BY t.updated_at, t.id LIMIT 100",
		    &index_ticket_shape, out,
		    ARGS(shop, after->updated_at, after->updated_at,
			 after->ticket_id)));
	return NULL;
}

static const struct field message_fields[] = {
	FIELD(index_message, id),
	FIELD(index_message, ticket_id),
	FIELD(index_message, body),
};
const struct shape index_message_shape = SHAPE(index_message, message_fields);

struct err *store_index_messages(struct db *db, const char *tickets,
				 struct rows *out)
{
	TRY(db_rows(db, "SELECT m.id, m.ticket_id, m.body FROM (SELECT m.id, m.ticket_id, j.n"
			" FROM JSON_TABLE(?, '$[*]' COLUMNS (n FOR ORDINALITY,"
			" id BIGINT PATH '$')) AS j"
			" STRAIGHT_JOIN as_message m FORCE INDEX (PRIMARY)"
			" ON m.ticket_id = j.id"
			" LEFT JOIN as_search d ON d.ticket_id = m.ticket_id"
			" AND d.message_id = m.id WHERE d.message_id IS NULL"
			" ORDER BY j.n, m.id LIMIT 250) AS page"
			" STRAIGHT_JOIN as_message m ON m.ticket_id = page.ticket_id"
			" AND m.id = page.id"
			" ORDER BY page.n, m.id LIMIT 250",
		    &index_message_shape, out, ARGS(tickets)));
	return NULL;
}

static const struct field word_fields[] = {
	FIELD(index_word, word),
	FIELD(index_word, docs),
};
const struct shape index_word_shape = SHAPE(index_word, word_fields);

struct err *store_index_words(struct db *db, const char *words, struct rows *out)
{
	TRY(db_rows(db, "SELECT w.word, w.docs FROM JSON_TABLE(?, '$[*]' COLUMNS ("
			" word VARCHAR(40) CHARACTER SET utf8mb4 PATH '$')) AS j"
			" STRAIGHT_JOIN as_word w"
			" ON w.word = j.word COLLATE utf8mb4_bin LIMIT 2000",
		    &index_word_shape, out, ARGS(words)));
	return NULL;
}

struct err *store_index_count(struct db *db, const char *words, int most)
{
	TRY(db_run(db, "INSERT INTO as_word (word, docs) SELECT j.word, LEAST(j.n, ?)"
		       " FROM JSON_TABLE(?, '$[*]' COLUMNS ("
		       " word VARCHAR(40) CHARACTER SET utf8mb4 PATH '$[0]',"
		       " n BIGINT PATH '$[1]')) AS j"
		       " ON DUPLICATE KEY UPDATE docs = LEAST(docs + j.n, ?)",
		   NULL, ARGS(most, words, most)));
	return NULL;
}

struct err *store_index_add(struct db *db, int shop, const struct index_row *rows,
			    size_t n)
{
	struct sql q;

	if (!n || n > INDEX_ROWS)
		return FAIL(db_arena(db), ERR_BUG, "%zu rows", n);
	sql_init(&q, db_arena(db));
	sql_add(&q, "INSERT INTO as_search (shop_id, ticket_id, message_id, words,"
		    " rare) VALUES (?, ?, ?, ?, ?)",
		ARGS(shop, rows->ticket_id, rows->message_id, rows->words, rows->rare));
	for (size_t i = 1; i < n; i++)
		sql_add(&q, ", (?, ?, ?, ?, ?)",
			ARGS(shop, rows[i].ticket_id, rows[i].message_id,
			     rows[i].words, rows[i].rare));
	TRY(db_run_of(db, &q, NULL));
	return NULL;
}

struct err *store_index_mark(struct db *db, int shop, const struct index_marks *rows,
			     size_t n)
{
	struct sql q;

	if (!n || n > INDEX_MARKED)
		return FAIL(db_arena(db), ERR_BUG, "%zu rows", n);
	sql_init(&q, db_arena(db));
	sql_add(&q, "INSERT INTO as_search_ticket (ticket_id, shop_id, w0, w1, w2, w3,"
		    " w4, w5, w6, w7, w8, w9, w10, w11, w12, w13, w14, w15,"
		    " w16, w17, w18, w19, w20, w21, w22, w23) VALUES ",
		NO_ARGS);
	for (size_t i = 0; i < n; i++) {
		const int64_t *w = rows[i].w;

		if (i)
			sql_add(&q, ", ", NO_ARGS);
		sql_add(&q, "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
			    " ?, ?, ?, ?, ?, ?, ?, ?)",
			ARGS(rows[i].ticket_id, shop, w[0], w[1], w[2], w[3], w[4],
			     w[5], w[6], w[7], w[8], w[9], w[10], w[11], w[12],
			     w[13], w[14], w[15], w[16], w[17], w[18], w[19],
			     w[20], w[21], w[22], w[23]));
	}
	sql_add(&q, " ON DUPLICATE KEY UPDATE w0 = w0 | VALUES(w0),"
		    " w1 = w1 | VALUES(w1), w2 = w2 | VALUES(w2),"
		    " w3 = w3 | VALUES(w3), w4 = w4 | VALUES(w4),"
		    " w5 = w5 | VALUES(w5), w6 = w6 | VALUES(w6),"
		    " w7 = w7 | VALUES(w7), w8 = w8 | VALUES(w8),"
		    " w9 = w9 | VALUES(w9), w10 = w10 | VALUES(w10),"
		    " w11 = w11 | VALUES(w11), w12 = w12 | VALUES(w12),"
		    " w13 = w13 | VALUES(w13), w14 = w14 | VALUES(w14),"
		    " w15 = w15 | VALUES(w15), w16 = w16 | VALUES(w16),"
		    " w17 = w17 | VALUES(w17), w18 = w18 | VALUES(w18),"
		    " w19 = w19 | VALUES(w19), w20 = w20 | VALUES(w20),"
		    " w21 = w21 | VALUES(w21), w22 = w22 | VALUES(w22),"
		    " w23 = w23 | VALUES(w23)", NO_ARGS);
	TRY(db_run_of(db, &q, NULL));
	return NULL;
}

struct err *store_index_drop(struct db *db, int64_t ticket_id)
{
	TRY(db_run(db, "DELETE FROM as_search WHERE ticket_id = ?"
		       " AND message_id = 0", NULL, ARGS(ticket_id)));
	return NULL;
}

static const struct field name_fields[] = {
	FIELD(index_name, customer_id),
	FIELD(index_name, word),
};
const struct shape index_name_shape = SHAPE(index_name, name_fields);

struct err *store_index_names(struct db *db, const char *customers,
			      struct rows *out)
{
	TRY(db_rows(db, "SELECT w.customer_id, w.word FROM JSON_TABLE(?, '$[*]'"
			" COLUMNS (id BIGINT PATH '$')) AS j"
			" STRAIGHT_JOIN as_customer_word w FORCE INDEX (by_customer)"
			" ON w.customer_id = j.id LIMIT 10000",
		    &index_name_shape, out, ARGS(customers)));
	return NULL;
}

struct err *store_index_add_name(struct db *db, int shop, int64_t customer_id,
				 const char *word)
{
	TRY(db_run(db, "INSERT IGNORE INTO as_customer_word (shop_id, word,"
		       " customer_id) VALUES (?, ?, ?)",
		   NULL, ARGS(shop, word, customer_id)));
	return NULL;
}

struct err *store_index_drop_name(struct db *db, int shop, int64_t customer_id,
				  const char *word)
{
	TRY(db_run(db, "DELETE FROM as_customer_word WHERE shop_id = ? AND word = ?"
		       " AND customer_id = ?", NULL, ARGS(shop, word, customer_id)));
	return NULL;
}

/* The mark at last: a courier that goes on meanwhile begins again, too. */
struct err *store_index_empty(struct db *db)
{
	TRY(db_run(db, "TRUNCATE TABLE as_search", NULL, NO_ARGS));
	TRY(db_run(db, "TRUNCATE TABLE as_search_ticket", NULL, NO_ARGS));
	TRY(db_run(db, "TRUNCATE TABLE as_word", NULL, NO_ARGS));
	TRY(db_run(db, "TRUNCATE TABLE as_customer_word", NULL, NO_ARGS));
	TRY(db_run(db, "DELETE FROM as_search_mark", NULL, NO_ARGS));
	return NULL;
}

struct age {
	int64_t seconds;
};
static const struct field age_fields[] = { FIELD(age, seconds) };
static const struct shape age_shape = SHAPE(age, age_fields);

struct err *store_index_age(struct db *db, int shop, int64_t *out)
{
	struct age age = { 0 };
	bool found;

	TRY(db_find(db, "SELECT TIMESTAMPDIFF(SECOND, updated_at, NOW(6)) AS seconds"
			" FROM as_ticket FORCE INDEX (by_update) WHERE shop_id = ?"
			" AND updated_at > COALESCE((SELECT updated_at FROM"
			" as_search_mark WHERE shop_id = ?), '1970-01-01')"
			" ORDER BY updated_at LIMIT 1",
		    &age_shape, &age, &found, ARGS(shop, shop)));
	*out = found && age.seconds > 0 ? age.seconds : 0;
	return NULL;
}
