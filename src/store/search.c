#include <string.h>

#include "base/arena.h"
#include "port/db.h"
#include "search_parts.h"
#include "store/message.h"
#include "store/search.h"

static const struct field word_fields[] = {
	FIELD(search_word, word),
	FIELD(search_word, docs),
};
const struct shape search_word_shape = SHAPE(search_word, word_fields);

static const struct field hit_fields[] = {
	FIELD(search_hit, doc),
	FIELD(search_hit, ticket_id),
	FIELD(search_hit, message_id),
	FIELD(search_hit, updated_at),
	FIELD(search_hit, said),
};
const struct shape search_hit_shape = SHAPE(search_hit, hit_fields);

const char *search_end_of(struct db *db, const char *begin)
{
	return arena_printf(db_arena(db), "%s\xf4\x8f\xbf\xbf", begin);
}

/* --- words --------------------------------------------------------------------- */

struct err *store_search_words(struct db *db, const char *words, struct rows *out)
{
	TRY(db_rows(db, "SELECT w.word, w.docs FROM JSON_TABLE(?, '$[*]' COLUMNS ("
			" word VARCHAR(40) CHARACTER SET utf8mb4 PATH '$')) AS j"
			" STRAIGHT_JOIN as_word w"
			" ON w.word = j.word COLLATE utf8mb4_bin LIMIT 600",
		    &search_word_shape, out, ARGS(words)));
	return NULL;
}

struct err *store_search_beginnings(struct db *db, const char *begin,
				    struct rows *out)
{
	TRY(db_rows(db, "SELECT word, docs FROM as_word WHERE word >= ? AND word < ?"
			" ORDER BY word LIMIT 51",
		    &search_word_shape, out, ARGS(begin, search_end_of(db, begin))));
	return NULL;
}

struct newest {
	int64_t doc;
};
static const struct field newest_fields[] = { FIELD(newest, doc) };
static const struct shape newest_shape = SHAPE(newest, newest_fields);

struct err *store_search_newest(struct db *db, int64_t *out)
{
	struct newest newest;

	TRY(db_row(db, "SELECT COALESCE(MAX(FTS_DOC_ID), 0) AS doc FROM as_search",
		   &newest_shape, &newest, NO_ARGS));
	*out = newest.doc;
	return NULL;
}

/* Patterns are compared byte by byte, which both sides allow: character by
 * character, as LOCATE would, takes two and a half times as long (measured). */

struct err *store_search_last(struct db *db, int64_t *out)
{
	struct newest newest;

	TRY(db_row(db, "SELECT COALESCE(MAX(ticket_id), 0) AS doc FROM as_search_ticket",
		   &newest_shape, &newest, NO_ARGS));
	*out = newest.doc;
	return NULL;
}

#define MARKED(I)							\
	if (m->bits[I])							\
		sql_add(&q, " AND w" #I " & ? = ?", ARGS(m->bits[I], m->bits[I]))

struct err *store_search_marked(struct db *db, const struct actor *who,
				const struct search_marks *m, struct rows *out)
{
	struct sql q;

	sql_init(&q, db_arena(db));
	sql_add(&q, "SELECT ticket_id FROM as_search_ticket FORCE INDEX (PRIMARY)"
		    " WHERE ticket_id >= ? AND ticket_id < ? AND shop_id = ?",
		ARGS(m->from, m->before, who->shop));
	MARKED(0);
	MARKED(1);
	MARKED(2);
	MARKED(3);
	MARKED(4);
	MARKED(5);
	MARKED(6);
	MARKED(7);
	MARKED(8);
	MARKED(9);
	MARKED(10);
	MARKED(11);
	MARKED(12);
	MARKED(13);
	MARKED(14);
	MARKED(15);
	MARKED(16);
	MARKED(17);
	MARKED(18);
	MARKED(19);
	MARKED(20);
	MARKED(21);
	MARKED(22);
	MARKED(23);
	sql_add(&q, " ORDER BY ticket_id DESC LIMIT ?", ARGS(m->limit));
	TRY(db_rows_of(db, &q, &search_hit_shape, out));
	return NULL;
}

/* --- tickets that are named ---------------------------------------------------------- */

static void of_order(struct sql *q, const struct actor *who, const char *no)
{
	sql_add(q, "(SELECT id FROM as_ticket FORCE INDEX (by_order_no)"
		   " WHERE shop_id = ? AND order_no = ? ORDER BY id DESC"
		   " LIMIT 2000)", ARGS(who->shop, no));
}

static void of_sku(struct sql *q, const char *sku)
{
	sql_add(q, "(SELECT ticket_id AS id FROM as_ticket_line"
		   " FORCE INDEX (by_sku) WHERE sku = ?"
		   " ORDER BY ticket_id DESC LIMIT 2000)", ARGS(sku));
}

static void of_address(struct sql *q, struct db *db, const struct actor *who,
		       const char *begin)
{
	sql_add(q, "(SELECT p.id FROM (SELECT id FROM as_customer"
		   " FORCE INDEX (by_email) WHERE shop_id = ? AND email >= ?"
		   " AND email < ? ORDER BY email LIMIT 200) AS c"
		   " STRAIGHT_JOIN as_ticket p FORCE INDEX (by_customer_open)"
		   " ON p.shop_id = ? AND p.customer_id = c.id LIMIT 2000)",
		ARGS(who->shop, begin, search_end_of(db, begin), who->shop));
}

static void of_name(struct sql *q, struct db *db, const struct actor *who,
		    const char *begin)
{
	sql_add(q, "(SELECT p.id FROM (SELECT customer_id FROM as_customer_word"
		   " FORCE INDEX (PRIMARY) WHERE shop_id = ? AND word >= ?"
		   " AND word < ? ORDER BY word, customer_id LIMIT 200) AS c"
		   " STRAIGHT_JOIN as_ticket p FORCE INDEX (by_customer_open)"
		   " ON p.shop_id = ? AND p.customer_id = c.customer_id LIMIT 2000)",
		ARGS(who->shop, begin, search_end_of(db, begin), who->shop));
}

static void named_by(struct sql *q, struct db *db, const struct actor *who,
		     const struct search_term *t)
{
	if (t->field == SEARCH_NUMBER)
		sql_add(q, "(SELECT id FROM as_ticket WHERE shop_id = ?"
			   " AND number = ?)", ARGS(who->shop, t->value));
	else if (t->field == SEARCH_ORDER)
		of_order(q, who, t->value);
	else if (t->field == SEARCH_SKU)
		of_sku(q, t->value);
	else if (!t->value)
		of_name(q, db, who, t->words[0]);
	else if (strchr(t->value, '@'))
		of_address(q, db, who, t->value);
	else {
		of_order(q, who, t->value);
		sql_add(q, " UNION ", NO_ARGS);
		of_sku(q, t->value);
	}
}

/* --- candidates ------------------------------------------------------------------- */

/* Those that have the words. Whether they say them is looked at besides: a
 * digest of the full-text index may stand for two words. */
static void with_words(struct sql *q, const struct search_documents *d)
{
	if (d->codes)
		sql_add(q, " FROM as_search WHERE"
			   " MATCH (rare) AGAINST (? IN BOOLEAN MODE)"
			   " AND FTS_DOC_ID >= ? AND FTS_DOC_ID < ?"
			   " ORDER BY FTS_DOC_ID DESC LIMIT ?",
			ARGS(d->codes, d->from, d->before, d->limit));
	else
		sql_add(q, " FROM as_search"
			   " FORCE INDEX (PRIMARY) WHERE FTS_DOC_ID >= ?"
			   " AND FTS_DOC_ID < ? AND LOCATE(CAST(? AS BINARY), words) > 0"
			   " ORDER BY FTS_DOC_ID DESC LIMIT ?",
			ARGS(d->from, d->before, d->term->pattern, d->limit));
}

/* One more branch: the subjects of tickets that are found in another way. */
static void with_subjects(struct sql *q, struct db *db, const struct actor *who,
			  const struct search_documents *d)
{
	const struct search_term *t = d->term;

	sql_add(q, " UNION (SELECT s.FTS_DOC_ID AS doc FROM (", NO_ARGS);
	if (d->customers)
		sql_add(q, "(SELECT p.id FROM JSON_TABLE(?, '$[*]' COLUMNS ("
			   " id BIGINT PATH '$')) AS c STRAIGHT_JOIN as_ticket p"
			   " FORCE INDEX (by_customer_open) ON p.shop_id = ?"
			   " AND p.customer_id = c.id LIMIT 2000)",
			ARGS(d->customers, who->shop));
	if (d->customers && t->value)
		sql_add(q, " UNION ", NO_ARGS);
	if (t->value)
		named_by(q, db, who, &(struct search_term) {
			.field = SEARCH_TEXT, .value = t->value });
	sql_add(q, ") AS x STRAIGHT_JOIN as_search s FORCE INDEX (by_message)"
		   " ON s.ticket_id = x.id AND s.message_id = 0"
		   " WHERE s.FTS_DOC_ID >= ? AND s.FTS_DOC_ID < ?)",
		ARGS(d->from, d->before));
}

struct err *store_search_documents(struct db *db, const struct actor *who,
				   const struct search_documents *d,
				   struct rows *out)
{
	bool alone = d->term->field == SEARCH_SUBJECT;
	struct sql q;

	sql_init(&q, db_arena(db));
	sql_add(&q, "SELECT FTS_DOC_ID AS doc, ticket_id, message_id,"
		    " LOCATE(CAST(? AS BINARY), words) > 0"
		    " AND (message_id = 0 OR NOT ?) AS said",
		ARGS(d->term->pattern, alone));
	if (d->customers || d->term->value) {
		sql_add(&q, " FROM ((SELECT FTS_DOC_ID AS doc", NO_ARGS);
		with_words(&q, d);
		sql_add(&q, ")", NO_ARGS);
		with_subjects(&q, db, who, d);
		sql_add(&q, " ORDER BY doc DESC LIMIT ?) AS page STRAIGHT_JOIN as_search"
			    " ON FTS_DOC_ID = page.doc ORDER BY FTS_DOC_ID DESC LIMIT ?",
			ARGS(d->limit, d->limit));
	} else {
		with_words(&q, d);
	}
	TRY(db_rows_of(db, &q, &search_hit_shape, out));
	return NULL;
}

struct err *store_search_named(struct db *db, const struct actor *who,
			       const struct search_term *terms, size_t n,
			       enum search_field field, const struct keyset *k,
			       struct rows *out)
{
	bool first = true;
	struct sql q;

	sql_init(&q, db_arena(db));
	sql_add(&q, "SELECT t.id AS ticket_id, t.updated_at FROM (", NO_ARGS);
	for (size_t i = 0; i < n; i++) {
		if (terms[i].not || terms[i].field != field)
			continue;
		if (!first)
			sql_add(&q, " UNION ", NO_ARGS);
		named_by(&q, db, who, &terms[i]);
		first = false;
	}
	sql_add(&q, ") AS x STRAIGHT_JOIN as_ticket t ON t.id = x.id"
		    " WHERE t.shop_id = ?", ARGS(who->shop));
	ticket_only_theirs(&q, who);
	keyset_where(&q, k, KEYSET_T_UPDATED);
	keyset_order(&q, k, KEYSET_T_UPDATED);
	TRY(db_rows_of(db, &q, &search_hit_shape, out));
	return NULL;
}

static const struct field customer_fields[] = { FIELD(search_customer, id) };
const struct shape search_customer_shape = SHAPE(search_customer, customer_fields);

struct err *store_search_customers(struct db *db, int shop, const char *begin,
				   struct rows *out)
{
	TRY(db_rows(db, "SELECT id FROM as_customer FORCE INDEX (by_email)"
			" WHERE shop_id = ? AND email >= ? AND email < ?"
			" ORDER BY email LIMIT 2", &search_customer_shape, out,
		    ARGS(shop, begin, search_end_of(db, begin))));
	return NULL;
}

struct err *store_search_names(struct db *db, int shop, const char *begin,
			       struct rows *out)
{
	TRY(db_rows(db, "SELECT customer_id AS id FROM as_customer_word"
			" FORCE INDEX (PRIMARY) WHERE shop_id = ? AND word >= ?"
			" AND word < ? ORDER BY word, customer_id LIMIT 201",
		    &search_customer_shape, out, ARGS(shop, begin, search_end_of(db, begin))));
	return NULL;
}

struct sampled {
	int64_t place, docs;
};
static const struct field sampled_fields[] = {
	FIELD(sampled, place),
	FIELD(sampled, docs),
};
static const struct shape sampled_shape = SHAPE(sampled, sampled_fields);

struct err *store_search_sample(struct db *db, const struct search_term *const *terms,
				size_t n, int64_t *docs)
{
	const struct sampled *one;
	struct rows rows;
	struct sql q;

	sql_init(&q, db_arena(db));
	for (size_t i = 0; i < n; i++) {
		if (i)
			sql_add(&q, " UNION ALL ", NO_ARGS);
		sql_add(&q, "(SELECT ? AS place, COUNT(*) AS docs FROM as_search"
			    " FORCE INDEX (PRIMARY) WHERE FTS_DOC_ID > (SELECT"
			    " MAX(FTS_DOC_ID) FROM as_search) - 500"
			    " AND LOCATE(CAST(? AS BINARY), words) > 0 LIMIT 1)",
			ARGS((int64_t) i, terms[i]->pattern));
	}
	TRY(db_rows_of(db, &q, &sampled_shape, &rows));
	one = rows.at;
	for (size_t i = 0; i < rows.n; i++)
		docs[one[i].place] = one[i].docs;
	return NULL;
}

/* --- what is shown --------------------------------------------------------------------- */

struct err *store_search_places(struct db *db, const char *tickets,
				const struct search_term *term, struct rows *out)
{
	TRY(db_rows(db, "SELECT s.ticket_id, MAX(s.message_id) AS message_id"
			" FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) AS j"
			" STRAIGHT_JOIN as_search s FORCE INDEX (by_message)"
			" ON s.ticket_id = j.id WHERE LOCATE(CAST(? AS BINARY), s.words) > 0"
			" GROUP BY s.ticket_id LIMIT 100",
		    &search_hit_shape, out, ARGS(tickets, term->pattern)));
	return NULL;
}

struct err *store_search_bodies(struct db *db, const char *messages,
				struct rows *out)
{
	TRY(db_rows(db, "SELECT m.id, m.ticket_id, m.kind, m.body, m.created_at"
			" FROM JSON_TABLE(?, '$[*]' COLUMNS (ticket_id BIGINT PATH '$[0]',"
			" id BIGINT PATH '$[1]')) AS j"
			" STRAIGHT_JOIN as_message m ON m.ticket_id = j.ticket_id"
			" AND m.id = j.id LIMIT 100",
		    &message_shape, out, ARGS(messages)));
	return NULL;
}
