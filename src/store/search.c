#include <string.h>

#include "base/arena.h"
#include "port/db.h"
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

/* Behind everything that begins so, byte by byte. */
static const char *end_of(struct db *db, const char *begin)
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
		    &search_word_shape, out, ARGS(begin, end_of(db, begin))));
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

/* --- conditions on t, a row of as_ticket ------------------------------------------ */

/* Whether a ticket has such a row, asked for each ticket by itself. EXISTS
 * may be turned into a list of all such rows, read from end to end (measured);
 * a value cannot. */
#define ANY_ROW		"((SELECT 1 FROM "
#define THERE_IS	" LIMIT 1) IS NOT NULL)"

/* "1,2,3": one value, however many statuses were archived in the years. */
static const char *list_of(struct db *db, const struct search_term *t)
{
	struct str s;

	str_init(&s, db_arena(db), 4096);
	for (size_t i = 0; i < t->n_ids; i++)
		str_addf(&s, "%s%lld", i ? "," : "", (long long) t->ids[i]);
	return s.text;
}

static void any_id(struct sql *q, struct db *db, const struct search_term *t)
{
	const char *ids = list_of(db, t);

	if (t->field == SEARCH_TYPE)
		sql_add(q, "FIND_IN_SET(t.type_id, ?) > 0", ARGS(ids));
	else if (t->field == SEARCH_PRIORITY)
		sql_add(q, "FIND_IN_SET(t.priority_id, ?) > 0", ARGS(ids));
	else if (t->field == SEARCH_OWNER)
		sql_add(q, "FIND_IN_SET(COALESCE(t.owner_id, 0), ?) > 0", ARGS(ids));
	else
		sql_add(q, "FIND_IN_SET(t.status_id, ?) > 0", ARGS(ids));
}

static void has_name(struct sql *q, struct db *db, const char *word)
{
	sql_add(q, ANY_ROW "as_customer_word n"
		   " FORCE INDEX (by_customer) WHERE n.customer_id = t.customer_id"
		   " AND n.word >= ? AND n.word < ?" THERE_IS, ARGS(word, end_of(db, word)));
}

static void has_address(struct sql *q, struct db *db, const char *begin)
{
	sql_add(q, ANY_ROW "as_customer a WHERE a.id = t.customer_id"
		   " AND a.email >= ? AND a.email < ?" THERE_IS,
		ARGS(begin, end_of(db, begin)));
}

static void has_names(struct sql *q, struct db *db, const struct search_term *t)
{
	sql_add(q, "(TRUE", NO_ARGS);
	for (size_t i = 0; i < t->n_words && i < SEARCH_NAME_WORDS; i++) {
		sql_add(q, " AND ", NO_ARGS);
		has_name(q, db, t->words[i]);
	}
	sql_add(q, ")", NO_ARGS);
}

static void is_from(struct sql *q, struct db *db, const struct search_term *t)
{
	if (t->value)
		has_address(q, db, t->value);
	else
		has_names(q, db, t);
}

static void has_sku(struct sql *q, const char *sku)
{
	sql_add(q, ANY_ROW "as_ticket_line l WHERE l.ticket_id = t.id"
		   " AND l.sku = ?" THERE_IS, ARGS(sku));
}

/* By what stands beside the texts: a name, an address, a number. */
static void known_otherwise(struct sql *q, struct db *db,
			    const struct search_term *t)
{
	sql_add(q, "(FALSE", NO_ARGS);
	if (t->name) {
		sql_add(q, " OR ", NO_ARGS);
		has_names(q, db, t);
	}
	if (t->value && strchr(t->value, '@')) {
		sql_add(q, " OR ", NO_ARGS);
		has_address(q, db, t->value);
	} else if (t->value) {
		sql_add(q, " OR t.number = ? OR t.order_no <=> ? OR ",
			ARGS(t->value, t->value));
		has_sku(q, t->value);
	}
	sql_add(q, ")", NO_ARGS);
}

static void said(struct sql *q, const struct search_term *t)
{
	sql_add(q, ANY_ROW "as_search s FORCE INDEX (by_message)"
		   " WHERE s.ticket_id = t.id AND LOCATE(CAST(? AS BINARY), s.words) > 0" THERE_IS,
		ARGS(t->pattern));
}

/* A number or an address is looked for first where it is one row; a word is
 * more often in the texts than in a name. */
static void says(struct sql *q, struct db *db, const struct search_term *t)
{
	sql_add(q, "(", NO_ARGS);
	if (t->value)
		known_otherwise(q, db, t);
	else
		said(q, t);
	sql_add(q, " OR ", NO_ARGS);
	if (t->value)
		said(q, t);
	else
		known_otherwise(q, db, t);
	sql_add(q, ")", NO_ARGS);
}

static void has_subject(struct sql *q, const struct search_term *t)
{
	sql_add(q, ANY_ROW "as_search s FORCE INDEX (by_message)"
		   " WHERE s.ticket_id = t.id AND s.message_id = 0"
		   " AND LOCATE(CAST(? AS BINARY), s.words) > 0" THERE_IS, ARGS(t->pattern));
}

static void in_range(struct sql *q, struct db *db, const struct search_term *t)
{
	const char *from = t->from ? t->from : "0001-01-01";
	const char *until = t->until ? t->until : "9999-12-31";

	if (t->field == SEARCH_CREATED)
		sql_add(q, "(t.created_at >= ? AND t.created_at < ?)",
			ARGS(from, until));
	else if (t->field == SEARCH_UPDATED)
		sql_add(q, "(t.updated_at >= ? AND t.updated_at < ?)",
			ARGS(from, until));
	else
		sql_add(q, "(t.waiting_since >= ? AND t.waiting_since < ? AND ",
			ARGS(from, until));
	if (t->field != SEARCH_WAITING)
		return;
	any_id(q, db, t);
	sql_add(q, ")", NO_ARGS);
}

static void has(struct sql *q, enum search_has what)
{
	if (what == SEARCH_ORDERED)
		sql_add(q, "t.order_key IS NOT NULL", NO_ARGS);
	else if (what == SEARCH_NOTE)
		sql_add(q, ANY_ROW "as_message m FORCE INDEX (PRIMARY)"
			   " WHERE m.ticket_id = t.id AND m.kind = 'note'" THERE_IS, NO_ARGS);
	else
		sql_add(q, ANY_ROW "as_message m FORCE INDEX (PRIMARY)"
			   " WHERE m.ticket_id = t.id AND m.files > 0" THERE_IS, NO_ARGS);
}

static void condition(struct sql *q, struct db *db, const struct search_term *t)
{
	switch (t->field) {
	case SEARCH_TEXT:
		says(q, db, t);
		break;
	case SEARCH_SUBJECT:
		has_subject(q, t);
		break;
	case SEARCH_FROM:
		is_from(q, db, t);
		break;
	case SEARCH_ORDER:
		sql_add(q, "t.order_no <=> ?", ARGS(t->value));
		break;
	case SEARCH_SKU:
		has_sku(q, t->value);
		break;
	case SEARCH_NUMBER:
		sql_add(q, "t.number = ?", ARGS(t->value));
		break;
	case SEARCH_CREATED:
	case SEARCH_UPDATED:
	case SEARCH_WAITING:
		in_range(q, db, t);
		break;
	case SEARCH_HAS:
		has(q, t->has);
		break;
	case SEARCH_SOURCE:
		sql_add(q, "t.source = ?", ARGS(t->value));
		break;
	case SEARCH_LANG:
		sql_add(q, "(t.lang = ? OR SUBSTRING_INDEX(t.lang, '-', 1) = ?)",
			ARGS(t->value, t->value));
		break;
	default:
		any_id(q, db, t);
	}
}

/* Words are all wanted, each of them; of a field, any will do. */
static bool one_of_many(const struct search_term *t)
{
	return t->field != SEARCH_TEXT;
}

/* The terms from i on that stand for one condition, as one. */
static void group(struct sql *q, struct db *db, const struct search_term *t,
		  size_t n, size_t i)
{
	sql_add(q, " AND (", NO_ARGS);
	condition(q, db, &t[i]);
	for (size_t j = i + 1; one_of_many(&t[i]) && j < n; j++) {
		if (t[j].not || t[j].field != t[i].field)
			continue;
		sql_add(q, " OR ", NO_ARGS);
		condition(q, db, &t[j]);
	}
	sql_add(q, ")", NO_ARGS);
}

static bool is_first(const struct search_term *t, size_t i)
{
	for (size_t j = 0; one_of_many(&t[i]) && j < i; j++)
		if (!t[j].not && t[j].field == t[i].field)
			return false;
	return true;
}

static void all_terms(struct sql *q, struct db *db, const struct search_term *t,
		      size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (t[i].not) {
			sql_add(q, " AND NOT (", NO_ARGS);
			condition(q, db, &t[i]);
			sql_add(q, ")", NO_ARGS);
		} else if (is_first(t, i)) {
			group(q, db, t, n, i);
		}
	}
}

struct err *store_search_pass(struct db *db, const struct actor *who,
			      const char *tickets, const struct search_term *terms,
			      size_t n, const struct search_term *shown,
			      int64_t shown_from, struct rows *out)
{
	struct sql q;

	sql_init(&q, db_arena(db));
	sql_add(&q, "SELECT t.id AS ticket_id FROM JSON_TABLE(?, '$[*]' COLUMNS ("
		    " id BIGINT PATH '$')) AS j STRAIGHT_JOIN as_ticket t"
		    " ON t.id = j.id WHERE t.shop_id = ?", ARGS(tickets, who->shop));
	ticket_only_theirs(&q, who);
	all_terms(&q, db, terms, n);
	if (shown) {
		sql_add(&q, " AND NOT " ANY_ROW "as_search b"
			    " FORCE INDEX (by_message) WHERE b.ticket_id = t.id"
			    " AND b.FTS_DOC_ID >= ? AND (LOCATE(CAST(? AS BINARY), b.words) > 0"
			    " OR (b.message_id = 0 AND ",
			ARGS(shown_from, shown->pattern));
		known_otherwise(&q, db, shown);
		sql_add(&q, "))" THERE_IS, NO_ARGS);
	}
	sql_add(&q, " LIMIT 10000", NO_ARGS);
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
		ARGS(who->shop, begin, end_of(db, begin), who->shop));
}

static void of_name(struct sql *q, struct db *db, const struct actor *who,
		    const char *begin)
{
	sql_add(q, "(SELECT p.id FROM (SELECT customer_id FROM as_customer_word"
		   " FORCE INDEX (PRIMARY) WHERE shop_id = ? AND word >= ?"
		   " AND word < ? ORDER BY word, customer_id LIMIT 200) AS c"
		   " STRAIGHT_JOIN as_ticket p FORCE INDEX (by_customer_open)"
		   " ON p.shop_id = ? AND p.customer_id = c.customer_id LIMIT 2000)",
		ARGS(who->shop, begin, end_of(db, begin), who->shop));
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

/* One branch: documents that have the words. Those of the full-text index are
 * looked at afterwards, since a digest may stand for two words. */
static void with_words(struct sql *q, const struct search_documents *d)
{
	if (d->codes)
		sql_add(q, "(SELECT FTS_DOC_ID AS doc FROM as_search WHERE"
			   " MATCH (rare) AGAINST (? IN BOOLEAN MODE)"
			   " AND FTS_DOC_ID >= ? AND FTS_DOC_ID < ?"
			   " ORDER BY FTS_DOC_ID DESC LIMIT ?)",
			ARGS(d->codes, d->from, d->before, d->limit));
	else
		sql_add(q, "(SELECT FTS_DOC_ID AS doc FROM as_search"
			   " FORCE INDEX (PRIMARY) WHERE FTS_DOC_ID >= ?"
			   " AND FTS_DOC_ID < ? AND LOCATE(CAST(? AS BINARY), words) > 0"
			   " ORDER BY FTS_DOC_ID DESC LIMIT ?)",
			ARGS(d->from, d->before, d->term->pattern, d->limit));
}

/* Another: the subjects of tickets that are found in another way. */
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
	sql_add(&q, "SELECT d.FTS_DOC_ID AS doc, d.ticket_id, d.message_id,"
		    " LOCATE(CAST(? AS BINARY), d.words) > 0"
		    " AND (d.message_id = 0 OR NOT ?) AS said FROM (",
		ARGS(d->term->pattern, alone));
	with_words(&q, d);
	if (d->customers || d->term->value)
		with_subjects(&q, db, who, d);
	sql_add(&q, " ORDER BY doc DESC LIMIT ?) AS page STRAIGHT_JOIN as_search d"
		    " ON d.FTS_DOC_ID = page.doc ORDER BY d.FTS_DOC_ID DESC LIMIT ?",
		ARGS(d->limit, d->limit));
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
		    ARGS(shop, begin, end_of(db, begin))));
	return NULL;
}

struct err *store_search_names(struct db *db, int shop, const char *begin,
			       struct rows *out)
{
	TRY(db_rows(db, "SELECT customer_id AS id FROM as_customer_word"
			" FORCE INDEX (PRIMARY) WHERE shop_id = ? AND word >= ?"
			" AND word < ? ORDER BY word, customer_id LIMIT 201",
		    &search_customer_shape, out, ARGS(shop, begin, end_of(db, begin))));
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
