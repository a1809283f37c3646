/* What the search learns; shop 42 is this file's own. */
#include "base/str.h"
#include "desk/document.h"
#include "desk/indexing.h"
#include "fixture.h"
#include "store/index.h"

enum { SHOP = 42 };

TEST(a_document_has_its_words_in_order_and_the_rare_ones_once)
{
	struct arena *a = arena_new("test");
	struct vocabulary *v = vocabulary_new(a);
	const char *words = document_subject(a, "Lid, lid!", "It is äb 日本");
	const char *rare;

	CHECK_TEXT(document_words(a, ""), "");
	CHECK_TEXT(document_words(a, "…"), "");
	CHECK_TEXT(words, " lid lid it is ab 日本 本 ");
	vocabulary_term(v, "is", 2)->docs = SEARCH_RARE - 1;
	rare = document_rare(a, v, words);
	CHECK_TEXT(rare, arena_printf(a, "lid_ it_ is_ ab_ %s %s",
				      document_code(a, "日本"), document_code(a, "本")));
	CHECK_INT(vocabulary_term(v, "is", 2)->docs, SEARCH_RARE);
	CHECK_INT(vocabulary_term(v, "lid", 3)->docs, 1);
	CHECK_TEXT(document_rare(a, v, " lid is "), "lid_");
	CHECK_TEXT(vocabulary_at(v, 0)->word, "is");
	CHECK(!vocabulary_at(v, 6));
	CHECK_TEXT(document_code(a, "a"), "a__");
	CHECK_TEXT(document_code(a, "the"), "the_");
	CHECK_INT(strlen(document_code(a, "日本")), 11);
	arena_free(a);
}

TEST(a_vocabulary_grows_and_its_terms_stay_where_they_are)
{
	struct arena *a = arena_new("test");
	struct vocabulary *v = vocabulary_new(a);
	struct term *first = vocabulary_term(v, "w0", 2);
	char word[16];

	for (int i = 0; i < 20000; i++) {
		snprintf(word, sizeof(word), "w%d", i);
		vocabulary_term(v, word, strlen(word))->docs = i;
	}
	CHECK(vocabulary_term(v, "w0", 2) == first);
	CHECK_INT(vocabulary_term(v, "w19999 ", 6)->docs, 19999);
	CHECK_TEXT(vocabulary_at(v, 19999)->word, "w19999");
	CHECK(!vocabulary_at(v, 20000));
	arena_free(a);
}

/* --- against the database -------------------------------------------------------- */

struct text {
	const char *text;
};
static const struct field text_fields[] = { FIELD(text, text) };
static const struct shape text_shape = SHAPE(text, text_fields);

#define SEES(h, sql, wanted) do {					\
	struct text t_ = { NULL };					\
	CHECK_OK(db_row((h).db, sql, &text_shape, &t_, NO_ARGS));	\
	CHECK_TEXT(t_.text ? t_.text : "NULL", (wanted));		\
} while (0)
#define DOCUMENTS "SELECT GROUP_CONCAT(words ORDER BY ticket_id, message_id" \
	" SEPARATOR '|') AS text FROM as_search WHERE shop_id = 42"
#define NAMES "SELECT GROUP_CONCAT(word ORDER BY word SEPARATOR ' ') AS text" \
	" FROM as_customer_word WHERE shop_id = 42"

static const char clean[] =
	"DELETE FROM as_search WHERE shop_id = 42;\n"
	"DELETE FROM as_search_ticket WHERE shop_id = 42;\n"
	"DELETE FROM as_customer_word WHERE shop_id = 42;\n"
	"DELETE FROM as_search_mark WHERE shop_id = 42;\n"
	"DELETE m FROM as_message m WHERE shop_id = 42;\n"
	"DELETE FROM as_ticket WHERE shop_id = 42;\n"
	"DELETE FROM as_customer WHERE shop_id = 42;\n"
	"INSERT INTO as_customer (shop_id, external_id, email, name, created_at,\n"
	" updated_at) VALUES (42, 'zoe', 'zoe42@example.com', 'Zoë Ärger', NOW(6), NOW(6));\n";

static struct house enter(void)
{
	struct house h = house_enter();

	CHECK_OK(db_script(h.db, clean));
	return h;
}

/* So many seconds ago, with as many messages "Words <number>.<n>". */
static void add_ticket(struct house h, int number, const char *subject, int ago_s,
		       int messages)
{
	CHECK_OK(db_run(h.db, "INSERT INTO as_ticket (shop_id, number, customer_id,"
			" subject, type_id, status_id, priority_id, source, lang,"
			" opened_by_kind, opened_by_name, created_at, updated_at,"
			" waiting_since) SELECT 42, ?, id, ?, 1, 1, 1, 'shop', 'de',"
			" 'customer', 'Zoë', NOW(6), NOW(6) - INTERVAL ? SECOND,"
			" NOW(6) FROM as_customer WHERE shop_id = 42",
			NULL, ARGS(number, subject, ago_s)));
	CHECK_OK(db_run(h.db, "INSERT INTO as_message (shop_id, ticket_id,"
			" origin_ticket_id, kind, author_kind, author_name, type_id,"
			" status_id, priority_id, body, created_at) SELECT 42, t.id, t.id,"
			" 'customer', 'customer', 'Zoë', 1, 1, 1, CONCAT('Words ', ?,"
			" '.', s.seq), NOW(6) FROM as_ticket t, seq_1_to_1000 s"
			" WHERE t.shop_id = 42 AND t.number = ? AND s.seq <= ?",
			NULL, ARGS(number, number, messages)));
}

static int64_t walk(struct house h)
{
	struct indexing x = { .shop = SHOP };
	int rounds = 0;

	do
		CHECK_OK(indexing_batch(h.db, &x));
	while (x.more && rounds++ < 100);
	CHECK(!x.more);
	return x.documents;
}

TEST(what_is_written_is_learned_once)
{
	struct house h = enter();

	CHECK_INT(walk(h), 0);
	add_ticket(h, 1, "Lid", 3600, 2);
	CHECK_INT(walk(h), 3);
	SEES(h, DOCUMENTS, " lid | words 1 1 | words 1 2 ");
	SEES(h, NAMES, "arger zoe");
	CHECK_INT(walk(h), 0);
	CHECK_OK(db_run(h.db, "UPDATE as_ticket SET subject = 'Handle',"
			" summary = 'broken', updated_at = NOW(6) WHERE shop_id = 42",
			NULL, NO_ARGS));
	CHECK_OK(db_run(h.db, "UPDATE as_customer SET name = 'Zoë Adams'"
			" WHERE shop_id = 42", NULL, NO_ARGS));
	CHECK_INT(walk(h), 1);
	SEES(h, DOCUMENTS, " handle broken | words 1 1 | words 1 2 ");
	SEES(h, NAMES, "adams zoe");
}

TEST(a_change_that_is_committed_late_is_learned_too)
{
	struct house h = enter();

	add_ticket(h, 1, "First", 2, 0);
	CHECK_INT(walk(h), 1);
	add_ticket(h, 2, "Late", 50, 1);
	CHECK_INT(walk(h), 2);
	SEES(h, DOCUMENTS, " first | late | words 2 1 ");
	SEES(h, "SELECT updated_at <= NOW(6) - INTERVAL 1 MINUTE AS text"
		" FROM as_search_mark WHERE shop_id = 42", "1");
}

/* More than one batch of tickets, and a ticket of more than one of messages. */
TEST(a_long_past_is_learned_batch_by_batch)
{
	struct house h = enter();
	int64_t age;

	for (int i = 0; i < 120; i++)
		add_ticket(h, 1000 + i, "Old", 7200 - i, 1);
	add_ticket(h, 2000, "Long", 3600, 600);
	add_ticket(h, 2001, "Behind it", 3000, 1);
	CHECK_OK(store_index_age(h.db, SHOP, &age));
	CHECK(age >= 7200 && age < 7300);
	CHECK_INT(walk(h), 120 * 2 + 601 + 2);
	CHECK_INT(walk(h), 0);
	CHECK_OK(store_index_age(h.db, SHOP, &age));
	CHECK_INT(age, 0);
}

TEST(two_couriers_do_not_meet)
{
	struct house h = enter();
	struct indexing x = { .shop = SHOP };
	struct db_conf conf = house_conf();
	struct arena *a = arena_new("other");
	struct db *other = db_new(&conf);
	struct index_mark mark;
	bool held;

	add_ticket(h, 1, "Lid", 10, 1);
	CHECK_OK(store_index_begin(h.db, SHOP));
	CHECK_OK(db_enter(other, a));
	CHECK_OK(db_begin(other));
	CHECK_OK(store_index_lock(other, SHOP, &mark, &held));
	CHECK(held);
	CHECK_OK(indexing_batch(h.db, &x));
	CHECK(x.elsewhere && !x.documents);
	db_rollback(other);
	CHECK_OK(indexing_batch(h.db, &x));
	CHECK(!x.elsewhere);
	CHECK_INT(x.documents, 2);
	arena_free(a);
	db_free(other);
}

TEST(a_common_word_leaves_the_full_text_index)
{
	struct house h = enter();

	CHECK_OK(db_script(h.db, "DELETE FROM as_word WHERE word IN ('usual', 'nearly', 'rarely');\n"
		"INSERT INTO as_word VALUES ('usual', 5000), ('nearly', 4999);\n"));
	add_ticket(h, 1, "usual nearly rarely", 20, 0);
	add_ticket(h, 2, "usual nearly rarely", 10, 0);
	CHECK_INT(walk(h), 2);
	SEES(h, "SELECT GROUP_CONCAT(rare ORDER BY ticket_id SEPARATOR '|') AS text"
		" FROM as_search WHERE shop_id = 42", "nearly_ rarely_|rarely_");
	SEES(h, "SELECT GROUP_CONCAT(docs ORDER BY word) AS text FROM as_word"
		" WHERE word IN ('usual', 'nearly', 'rarely')", "5000,2,5000");
	SEES(h, "SELECT COUNT(*) AS text FROM as_search WHERE shop_id = 42"
		" AND MATCH (rare) AGAINST ('rarely_' IN BOOLEAN MODE)", "2");
}

/* Stop words, short ones, and letters that the server does not know. */
TEST(the_full_text_index_has_every_rare_word)
{
	static const char *const words[] = {
		"the", "a", "x", "7", "日本", "привет", "www", "com", "мир",
	};
	struct house h = enter();
	struct text t;

	add_ticket(h, 1, "the a x 7 日本 Привет, www.com 😀 мир", 20, 0);
	CHECK_INT(walk(h), 1);
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		CHECK_OK(db_row(h.db, "SELECT COUNT(*) AS text FROM as_search WHERE"
				" shop_id = 42 AND MATCH (rare) AGAINST"
				" (? IN BOOLEAN MODE)", &text_shape, &t,
				ARGS(document_code(h.arena, words[i]))));
		if (strcmp(t.text, "1"))
			fail_msg("%s: %s documents", words[i], t.text);
	}
}

TEST(the_longest_text_is_a_document)
{
	struct house h = enter();
	struct str s;

	str_init(&s, h.arena, 1 << 20);
	for (int i = 0; i < 20000; i++)
		str_addn(&s, (char []) { (char) 0xe4, (char) (0xb8 + i / 64 % 8),
					 (char) (0x80 + i % 64) }, 3);
	add_ticket(h, 1, "Long", 10, 1);
	CHECK_OK(db_run(h.db, "UPDATE as_message SET body = ? WHERE shop_id = 42",
			NULL, ARGS(s.text)));
	CHECK_INT(walk(h), 2);
	SEES(h, "SELECT MAX(LENGTH(words)) >= 19999 * 7 AS text FROM as_search"
		" WHERE shop_id = 42", "1");
}
