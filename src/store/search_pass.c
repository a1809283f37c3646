/* Conditions on t, a row of as_ticket. */
#include <string.h>

#include "base/str.h"
#include "port/db.h"
#include "search_parts.h"
#include "store/search.h"

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
		   " AND n.word >= ? AND n.word < ?" THERE_IS, ARGS(word, search_end_of(db, word)));
}

static void has_address(struct sql *q, struct db *db, const char *begin)
{
	sql_add(q, ANY_ROW "as_customer a WHERE a.id = t.customer_id"
		   " AND a.email >= ? AND a.email < ?" THERE_IS,
		ARGS(begin, search_end_of(db, begin)));
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
