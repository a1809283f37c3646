#include <limits.h>
#include <pthread.h>
#include <unistd.h>

#include "fixture.h"

static const char *const colours[] = { "red", "green", "blue", NULL };

struct thing {
	int64_t id;
	int number;
	bool yes;
	const char *text;
	struct bytes raw;
	int colour;
	const char *at;
};

static const struct field thing_fields[] = {
	FIELD(thing, id), FIELD(thing, number), FIELD(thing, yes),
	FIELD(thing, text), FIELD(thing, raw),
	FIELD_ENUM(thing, colour, colours), FIELD(thing, at),
};
static const struct shape thing_shape = SHAPE(thing, thing_fields);

#define SELECT_THING "SELECT id, number, yes, text, raw, colour, at FROM thing"
#define ADD_THING "INSERT INTO thing (id, number, yes, text, raw, colour, at)" \
	" VALUES (?, ?, ?, ?, ?, ?, ?)"

/* A request that finds an empty table. */
static struct house with_things(void)
{
	struct house h = house_enter();

	CHECK_OK(db_script(h.db,
		"-- A table with a column of every kind; this is no statement;\n"
		"CREATE OR REPLACE TABLE thing (\n"
		"  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,\n"
		"  number INT UNIQUE,   yes BOOL,\n"
		"  text LONGTEXT CHARACTER SET utf8mb4,\n"
		"  raw LONGBLOB,\n"
		"  colour VARCHAR(10),\n"
		"  at DATETIME(6)\n"
		") ENGINE=InnoDB;\n"));
	h = house_enter();
	return h;
}

/* A second visitor, who has a connection and an arena of their own. */
static struct house stranger(const struct db_conf *conf)
{
	struct house h = { arena_new("stranger"), db_new(conf) };

	CHECK_OK(db_enter(h.db, h.arena));
	return h;
}

static void leave(struct house *h)
{
	arena_free(h->arena);
	db_free(h->db);
}

static int64_t number_of(struct house h, const char *what)
{
	struct sql q;
	struct thing t = { 0 };

	sql_init(&q, h.arena);
	str_addf(&q.text, "SELECT CAST(%s AS SIGNED) AS id", what);
	CHECK_OK(db_row_of(h.db, &q, &thing_shape, &t));
	return t.id;
}

static struct err *add_thing(struct house h, int number)
{
	return db_run(h.db, "INSERT INTO thing (number) VALUES (?)", NULL,
		      ARGS(number));
}

static void kill_link(struct house h)
{
	struct db_conf conf = house_conf();
	int64_t id = number_of(h, "CONNECTION_ID()");
	struct house other = stranger(&conf);

	CHECK_OK(db_run(other.db, "KILL ?", NULL, ARGS(id)));
	while (number_of(other, arena_printf(other.arena,
			"(SELECT COUNT(*) FROM information_schema.processlist"
			" WHERE id = %lld)", (long long) id)))
		usleep(1000);
	leave(&other);
}

TEST(every_kind_comes_back_as_it_went)
{
	struct house h = with_things();
	struct thing t;

	CHECK_OK(db_run(h.db, ADD_THING, NULL,
			ARGS(INT64_MIN, INT_MAX, true, "Grüße, 'Ännchen' 🙂",
			     ((struct bytes) { "a\0b\xff", 4 }), "blue",
			     "2026-01-31 12:00:00.123456")));
	CHECK_OK(db_row(h.db, SELECT_THING, &thing_shape, &t, NO_ARGS));
	CHECK(t.id == INT64_MIN);
	CHECK_INT(t.number, INT_MAX);
	CHECK(t.yes);
	CHECK_TEXT(t.text, "Grüße, 'Ännchen' 🙂");
	CHECK_INT(t.raw.n, 4);
	assert_memory_equal(t.raw.at, "a\0b\xff", 4);
	CHECK_INT(t.colour, 2);
	CHECK_TEXT(t.at, "2026-01-31 12:00:00.123456");
}

TEST(null_of_every_kind_goes_and_comes)
{
	struct house h = with_things();
	struct thing t;

	CHECK_OK(db_run(h.db, ADD_THING, NULL,
			ARGS(1, arg_id(0), arg_null(), (const char *) NULL,
			     (struct bytes) { 0 }, (char *) NULL, arg_null())));
	CHECK_INT(number_of(h, "(SELECT COUNT(*) FROM thing WHERE number IS NULL"
			       " AND yes IS NULL AND text IS NULL AND raw IS NULL"
			       " AND colour IS NULL AND at IS NULL)"), 1);
	memset(&t, 0xff, sizeof(t));
	CHECK_OK(db_row(h.db, SELECT_THING, &thing_shape, &t, NO_ARGS));
	CHECK_INT(t.number, 0);
	CHECK(!t.yes);
	CHECK(!t.text);
	CHECK(!t.raw.at);
	CHECK_INT(t.raw.n, 0);
	CHECK_INT(t.colour, 0);
	CHECK(!t.at);
}

TEST(nothing_is_not_null)
{
	struct house h = with_things();
	struct thing t;

	CHECK_OK(db_run(h.db, "INSERT INTO thing (text, raw, number)"
			      " VALUES (?, ?, ?)", NULL,
			ARGS("", ((struct bytes) { "", 0 }), arg_id(7))));
	CHECK_OK(db_row(h.db, SELECT_THING, &thing_shape, &t, NO_ARGS));
	CHECK_TEXT(t.text, "");
	CHECK(t.raw.at);
	CHECK_INT(t.raw.n, 0);
	CHECK_INT(t.number, 7);
}

TEST(every_whole_number_of_c_is_a_value)
{
	struct house h = house_enter();
	struct thing t;
	long a = LONG_MAX;
	long long b = -1;
	unsigned c = UINT_MAX;

	CHECK_OK(db_row(h.db, "SELECT ? = 9223372036854775807 AND ? = -1"
			      " AND ? = 4294967295 AND ? = 1 AS yes",
			&thing_shape, &t, ARGS(a, b, c, (bool) true)));
	CHECK(t.yes);
}

TEST(text_is_compared_as_text_and_bytes_as_bytes)
{
	struct house h = house_enter();
	struct thing t;

	CHECK_OK(db_row(h.db, "SELECT ? = 'ABC' AS yes", &thing_shape, &t,
			ARGS("abc")));
	CHECK(t.yes);
	CHECK_OK(db_row(h.db, "SELECT ? = 'ABC' AS yes", &thing_shape, &t,
			ARGS(((struct bytes) { "abc", 3 }))));
	CHECK(!t.yes);
	CHECK_OK(db_row(h.db, "SELECT CHARSET(?) AS text", &thing_shape, &t,
			ARGS("abc")));
	CHECK_TEXT(t.text, "utf8mb4");
}

static int called;

static int next(void)
{
	return ++called;
}

TEST(a_value_is_evaluated_once)
{
	struct house h = house_enter();
	struct thing t;

	called = 0;
	CHECK_OK(db_row(h.db, "SELECT CAST(? + ? AS SIGNED) AS number",
			&thing_shape, &t, ARGS(next(), next())));
	CHECK_INT(called, 2);
	CHECK_INT(t.number, 3);
}

TEST(forty_values_fit)
{
	struct house h = house_enter();
	struct thing t;

	CHECK_OK(db_row(h.db, "SELECT CONCAT(?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
			" ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
			" ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AS text",
			&thing_shape, &t,
			ARGS("a", "b", "c", "d", "e", "f", "g", "h", "i", "j",
			     1, 2, 3, 4, 5, 6, 7, 8, 9, 0,
			     "A", "B", "C", "D", "E", "F", "G", "H", "I", "J",
			     0, 9, 8, 7, 6, 5, 4, 3, 2, true)));
	CHECK_TEXT(t.text, "abcdefghij1234567890ABCDEFGHIJ0987654321");
}

TEST(values_and_marks_must_be_as_many)
{
	struct house h = house_enter();
	struct thing t;

	CHECK_ERR(db_row(h.db, "SELECT ? AS id", &thing_shape, &t, ARGS(1, 2)),
		  ERR_BUG);
	CHECK_ERR(db_row(h.db, "SELECT ? AS id", &thing_shape, &t, NO_ARGS),
		  ERR_BUG);
	CHECK_OK(db_row(h.db, "SELECT ? AS id", &thing_shape, &t, ARGS(1)));
}

TEST(an_unknown_column_is_named_with_its_struct)
{
	struct house h = house_enter();
	struct thing t;
	struct err *e = db_row(h.db, "SELECT 1 AS weight", &thing_shape, &t,
			       NO_ARGS);

	CHECK(e && e->kind == ERR_BUG);
	CHECK(strstr(e->text, "struct thing has no field weight"));
}

TEST(one_statement_fills_two_shapes)
{
	struct other { int64_t id; const char *text; };
	static const struct field fields[] = {
		FIELD(other, text), FIELD(other, id),
	};
	static const struct shape other_shape = SHAPE(other, fields);
	struct house h = house_enter();

	for (int i = 0; i < 3; i++) {
		struct other o;
		struct thing t;

#define BOTH	"SELECT 5 AS id, 'five' AS text"
		CHECK_OK(db_row(h.db, BOTH, &thing_shape, &t, NO_ARGS));
		CHECK_OK(db_row(h.db, BOTH, &other_shape, &o, NO_ARGS));
		CHECK_INT(t.id + o.id, 10);
		CHECK_TEXT(t.text, "five");
		CHECK_TEXT(o.text, "five");
	}
}

TEST(a_number_that_does_not_fit_is_a_bug_and_not_another_number)
{
	struct house h = house_enter();
	struct thing t;

	CHECK_ERR(db_row(h.db, "SELECT 2147483648 AS number", &thing_shape, &t,
			 NO_ARGS), ERR_BUG);
	CHECK_ERR(db_row(h.db, "SELECT 18446744073709551615 AS id",
			 &thing_shape, &t, NO_ARGS), ERR_BUG);
	CHECK_ERR(db_row(h.db, "SELECT 'purple' AS colour", &thing_shape, &t,
			 NO_ARGS), ERR_BUG);
	CHECK_ERR(db_row(h.db, "SELECT 'redd' AS colour", &thing_shape, &t,
			 NO_ARGS), ERR_BUG);
}

TEST(texts_of_every_length_arrive_whole)
{
	static const size_t lengths[] = {
		1, 254, 255, 256, 257, 65535, 65536, 70001, 3000000,
	};
	struct house h = with_things();

	for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths); i++) {
		char *text = arena_alloc(h.arena, lengths[i] + 1);
		struct thing t;
		int64_t id;

		memset(text, 'x', lengths[i]);
		text[lengths[i] - 1] = 'y';
		CHECK_OK(db_add(h.db, "INSERT INTO thing (text, raw)"
				      " VALUES (?, ?)", &id,
				ARGS(text, ((struct bytes) { text, lengths[i] }))));
		CHECK_OK(db_row(h.db, SELECT_THING " WHERE id = ?",
				&thing_shape, &t, ARGS(id)));
		CHECK_TEXT(t.text, text);
		CHECK_INT(t.raw.n, lengths[i]);
		assert_memory_equal(t.raw.at, text, lengths[i]);
	}
}

TEST(a_time_is_written_as_the_server_writes_it)
{
	static const char *const times[] = {
		"2026-01-31 12:00:00.123456", "1000-01-01 00:00:00.000000",
		"9999-12-31 23:59:59.999999", "2026-02-28 09:05:07.000001",
	};
	struct house h = house_enter();

	for (size_t i = 0; i < sizeof(times) / sizeof(*times); i++) {
		struct thing t;

#define CHECK_TIME(TYPE)							\
		CHECK_OK(db_row(h.db, "SELECT CAST(CAST(? AS " TYPE ") AS CHAR) AS text,"\
				" CAST(? AS " TYPE ") AS at", &thing_shape, &t,	\
				ARGS(times[i], times[i])));			\
		CHECK_TEXT(t.at, t.text)
		CHECK_TIME("DATETIME");
		CHECK_TIME("DATETIME(1)");
		CHECK_TIME("DATETIME(3)");
		CHECK_TIME("DATETIME(6)");
		CHECK_TIME("DATE");
#undef CHECK_TIME
		CHECK_OK(db_row(h.db, "SELECT IF(? = '', NOW(6), NULL) AS at",
				&thing_shape, &t, ARGS(times[i])));
		CHECK(!t.at);
	}
}

TEST(rows_come_as_an_array)
{
	struct house h = with_things();
	struct rows rows;
	struct thing *t;

	CHECK_OK(db_rows(h.db, SELECT_THING " LIMIT 9", &thing_shape, &rows,
			 NO_ARGS));
	CHECK_INT(rows.n, 0);
	for (int i = 1; i <= 5; i++)
		CHECK_OK(add_thing(h, i * 10));
	CHECK_OK(db_rows(h.db, SELECT_THING " ORDER BY number LIMIT 9",
			 &thing_shape, &rows, NO_ARGS));
	CHECK_INT(rows.n, 5);
	t = rows.at;
	CHECK_INT(t[0].number, 10);
	CHECK_INT(t[4].number, 50);
}

TEST(a_result_that_was_cut_off_says_so)
{
	struct house h = house_enter();
	struct rows rows;

	CHECK_OK(db_rows(h.db, "SELECT seq AS number FROM seq_1_to_1000 WHERE seq % 10 = 0"
			       " LIMIT 500 ROWS EXAMINED 300", &thing_shape, &rows, NO_ARGS));
	CHECK(rows.n > 0 && rows.n <= 30);
	CHECK(db_cut(h.db));
	CHECK_OK(db_rows(h.db, "SELECT seq AS number FROM seq_1_to_100 WHERE seq % 10 = 0"
			       " LIMIT 500 ROWS EXAMINED 300", &thing_shape, &rows, NO_ARGS));
	CHECK_INT(rows.n, 10);
	CHECK(!db_cut(h.db));
}

TEST(find_takes_a_missing_row_as_an_answer_and_row_does_not)
{
	struct house h = with_things();
	struct thing t = { .number = 3 };
	bool found = true;

	CHECK_OK(db_find(h.db, SELECT_THING, &thing_shape, &t, &found, NO_ARGS));
	CHECK(!found);
	CHECK_INT(t.number, 3);
	CHECK_ERR(db_row(h.db, SELECT_THING, &thing_shape, &t, NO_ARGS),
		  ERR_NOT_FOUND);
	CHECK_OK(add_thing(h, 1));
	CHECK_OK(db_find(h.db, SELECT_THING, &thing_shape, &t, &found, NO_ARGS));
	CHECK(found);
	CHECK_INT(t.number, 1);
	CHECK_OK(add_thing(h, 2));
	CHECK_ERR(db_find(h.db, SELECT_THING, &thing_shape, &t, &found, NO_ARGS),
		  ERR_BUG);
}

TEST(insert_returning_is_a_row)
{
	struct house h = with_things();
	struct thing t;

	for (int i = 1; i <= 2; i++) {
		CHECK_OK(db_row(h.db, "INSERT INTO thing (number, at)"
				" VALUES (?, '2026-01-01') RETURNING id, at",
				&thing_shape, &t, ARGS(i)));
		CHECK_INT(t.id, i);
		CHECK_TEXT(t.at, "2026-01-01 00:00:00.000000");
	}
	CHECK_ERR(db_run(h.db, "INSERT INTO thing (number) VALUES (9)"
			       " RETURNING id", NULL, NO_ARGS), ERR_BUG);
	CHECK_INT(number_of(h, "(SELECT COUNT(*) FROM thing)"), 3);
}

/* The server announces the row before it fails to insert it. */
TEST(a_refused_insert_returning_leaves_nothing_behind)
{
	struct house h = with_things();
	static const int numbers[] = { 5, 5, 6, 5, 7 };
	struct thing t;

	for (size_t i = 0; i < 5; i++) {
		struct err *e = db_row(h.db, "INSERT INTO thing (number, at)"
				       " VALUES (?, '2026-01-01') RETURNING id, at",
				       &thing_shape, &t, ARGS(numbers[i]));

		if (i % 2 && numbers[i] == 5)
			CHECK_ERR(e, ERR_CONFLICT);
		else
			CHECK_OK(e);
	}
	CHECK_INT(number_of(h, "(SELECT COUNT(*) FROM thing)"), 3);
}

TEST(changed_counts_what_really_changed)
{
	struct house h = with_things();
	int64_t changed, id;

	CHECK_OK(db_add(h.db, "INSERT INTO thing (number) VALUES (?)", &id,
			ARGS(4)));
	CHECK_INT(id, 1);
	CHECK_OK(db_run(h.db, "UPDATE thing SET number = ?", &changed, ARGS(5)));
	CHECK_INT(changed, 1);
	CHECK_OK(db_run(h.db, "UPDATE thing SET number = ?", &changed, ARGS(5)));
	CHECK_INT(changed, 0);
}

TEST(the_session_is_strict_and_in_utc)
{
	struct house h = with_things();

	CHECK_INT(number_of(h, "@@time_zone = '+00:00'"), 1);
	CHECK_INT(number_of(h, "@@autocommit"), 1);
	CHECK_INT(number_of(h, "@@character_set_client = 'utf8mb4'"), 1);
	CHECK_INT(number_of(h, "@@max_statement_time = 9"), 1);
	CHECK_ERR(db_run(h.db, "INSERT INTO thing (colour) VALUES (?)", NULL,
			 ARGS("much too long for it")), ERR_BUG);
	CHECK_INT(db_errno(h.db), 1406);
	CHECK_OK(add_thing(h, 1));
	CHECK_INT(db_errno(h.db), 0);
}

#define PREPARED_BY_ALL "(SELECT variable_value FROM information_schema.global_status" \
			" WHERE variable_name = 'Prepared_stmt_count')"

/* The server takes a moment to clean up behind a connection that hung up. */
static int64_t settled_count(struct house h)
{
	int64_t before, now = number_of(h, PREPARED_BY_ALL);

	do {
		before = now;
		usleep(50000);
		now = number_of(h, PREPARED_BY_ALL);
	} while (now != before);
	return now;
}

TEST(the_least_recently_used_statement_is_forgotten)
{
	struct house h = house_enter();
	int64_t before;

	db_idle(h.db);
	before = settled_count(h);
	for (int round = 0; round < 2; round++)
		for (int i = 0; i < 200; i++)
			CHECK_INT(number_of(h, arena_printf(h.arena, "%d", i)), i);
	CHECK_INT(number_of(h, PREPARED_BY_ALL) - before, 127);
}

TEST(a_statement_in_use_stays_while_others_go)
{
	struct house h = house_enter();
	int64_t before, after;

#define PREPARED "(SELECT variable_value FROM information_schema.session_status" \
		 " WHERE variable_name = 'Com_stmt_prepare')"
	before = number_of(h, PREPARED);
	for (int i = 0; i < 300; i++) {
		CHECK_INT(number_of(h, "4711"), 4711);
		CHECK_INT(number_of(h, arena_printf(h.arena, "%d", i)), i);
	}
	after = number_of(h, PREPARED);
	/* 4711 once, the three hundred, and this question again. */
	CHECK_INT(after - before, 302);
}

static struct err *things_with(struct house h, const char *colour, int number,
			       struct rows *out)
{
	char passing[20];
	struct sql q;

	sql_init(&q, h.arena);
	sql_add(&q, SELECT_THING " WHERE id > ?", ARGS(0));
	if (colour) {
		snprintf(passing, sizeof(passing), "%s", colour);
		sql_add(&q, " AND colour = ?", ARGS(passing));
	}
	snprintf(passing, sizeof(passing), "gone by now");
	if (number)
		sql_add(&q, " AND number = ?", ARGS(number));
	sql_add(&q, " ORDER BY id LIMIT 9", NO_ARGS);
	TRY(db_rows_of(h.db, &q, &thing_shape, out));
	return NULL;
}

TEST(filters_are_added_with_their_values)
{
	struct house h = with_things();
	struct rows rows;

	for (int i = 0; i < 6; i++)
		CHECK_OK(db_run(h.db, "INSERT INTO thing (number, colour)"
				      " VALUES (?, ?)", NULL,
				ARGS(i, colours[i % 2])));
	CHECK_OK(things_with(h, NULL, 0, &rows));
	CHECK_INT(rows.n, 6);
	CHECK_OK(things_with(h, "green", 0, &rows));
	CHECK_INT(rows.n, 3);
	CHECK_OK(things_with(h, NULL, 2, &rows));
	CHECK_INT(rows.n, 1);
	CHECK_OK(things_with(h, "green", 2, &rows));
	CHECK_INT(rows.n, 0);
	CHECK_OK(things_with(h, "red", 2, &rows));
	CHECK_INT(rows.n, 1);
}

TEST(too_many_values_in_a_composed_statement_are_a_bug)
{
	struct house h = house_enter();
	struct thing t;
	struct sql q;

	sql_init(&q, h.arena);
	sql_add(&q, "SELECT ?", ARGS(1));
	for (int i = 1; i < SQL_ARGS_MOST; i++)
		sql_add(&q, " + ?", ARGS(1));
	sql_add(&q, " AS id", NO_ARGS);
	CHECK_OK(db_row_of(h.db, &q, &thing_shape, &t));
	CHECK_INT(t.id, SQL_ARGS_MOST);
	sql_add(&q, ", ? AS number", ARGS(1));
	CHECK_ERR(db_row_of(h.db, &q, &thing_shape, &t), ERR_BUG);
}

TEST(a_composed_change_tells_how_many)
{
	struct house h = with_things();
	struct thing t = { 0 };
	bool found;
	int64_t changed;
	struct sql q;

	CHECK_OK(add_thing(h, 1));
	CHECK_OK(add_thing(h, 2));
	sql_init(&q, h.arena);
	sql_add(&q, "UPDATE thing SET text = ?", ARGS("new"));
	sql_add(&q, " WHERE number < ?", ARGS(9));
	CHECK_OK(db_run_of(h.db, &q, &changed));
	CHECK_INT(changed, 2);
	sql_init(&q, h.arena);
	sql_add(&q, SELECT_THING " WHERE number = ?", ARGS(3));
	CHECK_OK(db_find_of(h.db, &q, &thing_shape, &t, &found));
	CHECK(!found);
}

TEST(a_lost_connection_is_made_again_for_the_next_request)
{
	struct house h = with_things();

	CHECK_OK(add_thing(h, 1));
	kill_link(h);
	h = house_enter();
	CHECK_OK(add_thing(h, 2));
	kill_link(h);
	h = house_enter();
	CHECK_OK(db_begin(h.db));
	CHECK_OK(add_thing(h, 3));
	CHECK_OK(db_commit(h.db));
	CHECK_INT(number_of(h, "(SELECT COUNT(*) FROM thing)"), 3);
}

TEST(a_connection_lost_between_two_statements_is_told)
{
	struct house h = with_things();

	kill_link(h);			/* asks for the connection's id first */
	CHECK_ERR(add_thing(h, 1), ERR_UPSTREAM);
	CHECK_OK(add_thing(h, 2));
	CHECK_INT(number_of(h, "(SELECT COUNT(*) FROM thing)"), 1);
}

/* Somebody cuts the connection of a statement that is at work. */
static void *cut_sleeper(void *what)
{
	struct house *h = what;
	struct thing t;

	while (db_row(h->db, "SELECT id FROM information_schema.processlist"
		      " WHERE state = 'User sleep'", &thing_shape, &t, NO_ARGS))
		usleep(1000);
	return db_run(h->db, "KILL ?", NULL, ARGS(t.id));
}

TEST(what_was_cut_off_is_run_again_when_it_only_reads)
{
	struct db_conf conf = house_conf();
	struct house h = with_things(), other = stranger(&conf);
	struct thing t;
	pthread_t thread;
	void *result;

	CHECK_INT(pthread_create(&thread, NULL, cut_sleeper, &other), 0);
	CHECK_OK(db_row(h.db, "SELECT SLEEP(0.5) AS id", &thing_shape, &t,
			NO_ARGS));
	pthread_join(thread, &result);
	CHECK_OK(result);
	CHECK_INT(db_statements(h.db), 1);

	h = house_enter();
	CHECK_INT(pthread_create(&thread, NULL, cut_sleeper, &other), 0);
	CHECK_ERR(db_run(h.db, "INSERT INTO thing (number) SELECT SLEEP(0.5)",
			 NULL, NO_ARGS), ERR_UPSTREAM);
	pthread_join(thread, &result);
	CHECK_OK(result);
	CHECK_INT(number_of(h, "(SELECT COUNT(*) FROM thing)"), 0);
	leave(&other);
}

TEST(a_lost_transaction_swallows_the_rest_of_the_request)
{
	struct house h = with_things();

	CHECK_OK(db_begin(h.db));
	CHECK_OK(add_thing(h, 1));
	kill_link(h);
	CHECK_ERR(add_thing(h, 2), ERR_UPSTREAM);
	CHECK_ERR(add_thing(h, 3), ERR_UPSTREAM);
	CHECK_ERR(db_begin(h.db), ERR_UPSTREAM);
	CHECK_ERR(db_commit(h.db), ERR_UPSTREAM);
	CHECK(!db_commit_unknown(h.db));
	h = house_enter();
	CHECK_INT(number_of(h, "(SELECT COUNT(*) FROM thing)"), 0);
}

TEST(a_commit_without_an_answer_is_unknown)
{
	struct house h = with_things();

	CHECK_OK(db_begin(h.db));
	CHECK_OK(add_thing(h, 1));
	kill_link(h);
	CHECK_ERR(db_commit(h.db), ERR_UPSTREAM);
	CHECK(db_commit_unknown(h.db));
	h = house_enter();
	CHECK(!db_commit_unknown(h.db));
	CHECK_OK(db_begin(h.db));
	CHECK_OK(db_commit(h.db));
	CHECK(!db_commit_unknown(h.db));
}

TEST(the_end_of_a_request_rolls_back)
{
	struct house h = with_things();

	CHECK_OK(db_begin(h.db));
	CHECK_OK(add_thing(h, 1));
	CHECK_ERR(db_begin(h.db), ERR_BUG);
	h = house_enter();
	CHECK_INT(number_of(h, "(SELECT COUNT(*) FROM thing)"), 0);
	CHECK_ERR(db_commit(h.db), ERR_BUG);
}

TEST(a_page_can_roll_back_and_run_again)
{
	struct house h = with_things();

	db_rollback(h.db);
	for (int i = 0; i < 2; i++) {
		CHECK_OK(db_begin(h.db));
		CHECK_OK(add_thing(h, 1));
		db_rollback(h.db);
	}
	CHECK_INT(number_of(h, "(SELECT COUNT(*) FROM thing)"), 0);
}

TEST(a_duplicate_key_is_a_conflict_and_its_value_is_not_told)
{
	struct house h = with_things();
	struct err *e;

	CHECK_OK(add_thing(h, 98765));
	e = add_thing(h, 98765);
	CHECK(e && e->kind == ERR_CONFLICT);
	CHECK_INT(db_errno(h.db), 1062);
	CHECK(strstr(e->text, "number"));
	CHECK(!strstr(e->text, "98765"));
}

static void *change_one(void *what)
{
	struct house *h = what;

	return db_run(h->db, "UPDATE thing SET text = 'b' WHERE number = 1",
		      NULL, NO_ARGS);
}

TEST(one_of_two_in_a_deadlock_is_asked_to_try_again)
{
	struct db_conf conf = house_conf();
	struct house a = with_things(), b = stranger(&conf);
	struct err *mine, *theirs;
	pthread_t thread;
	void *result;

	CHECK_OK(add_thing(a, 1));
	CHECK_OK(add_thing(a, 2));
	CHECK_OK(db_begin(a.db));
	CHECK_OK(db_begin(b.db));
	CHECK_OK(db_run(a.db, "UPDATE thing SET text = 'a' WHERE number = 1",
			NULL, NO_ARGS));
	CHECK_OK(db_run(b.db, "UPDATE thing SET text = 'b' WHERE number = 2",
			NULL, NO_ARGS));
	CHECK_INT(pthread_create(&thread, NULL, change_one, &b), 0);
	mine = db_run(a.db, "UPDATE thing SET text = 'a' WHERE number = 2",
		      NULL, NO_ARGS);
	if (mine)
		db_rollback(a.db);
	pthread_join(thread, &result);
	theirs = result;
	CHECK(!mine != !theirs);
	CHECK_INT((mine ? mine : theirs)->kind, ERR_RETRY);
	CHECK_INT(db_errno(mine ? a.db : b.db), 1213);
	leave(&b);
}

TEST(a_lock_held_too_long_asks_to_try_again)
{
	struct db_conf conf = house_conf();
	struct house a = with_things(), b;

	conf.timeout_s = 2;		/* and so one second for a lock */
	b = stranger(&conf);
	CHECK_OK(add_thing(a, 1));
	CHECK_OK(db_begin(a.db));
	CHECK_OK(db_run(a.db, "UPDATE thing SET text = 'a'", NULL, NO_ARGS));
	CHECK_ERR(db_run(b.db, "UPDATE thing SET text = 'b'", NULL, NO_ARGS),
		  ERR_RETRY);
	CHECK_INT(db_errno(b.db), 1205);
	leave(&b);
}

TEST(a_slow_statement_ends_on_the_server_and_the_connection_stays)
{
	struct db_conf conf = house_conf();
	struct house h;
	struct thing t;
	int64_t id;

	conf.timeout_s = 1;
	h = stranger(&conf);
	id = number_of(h, "CONNECTION_ID()");
	CHECK_ERR(db_row(h.db, "SELECT SLEEP(5) AS id", &thing_shape, &t,
			 NO_ARGS), ERR_UPSTREAM);
	CHECK_INT(db_errno(h.db), 1969);
	CHECK_INT(number_of(h, "CONNECTION_ID()"), id);
	leave(&h);
}

TEST(a_silent_server_is_given_up_and_never_asked_twice)
{
	struct db_conf conf = house_conf();
	struct house h;
	struct thing t;

	conf.timeout_s = 1;
	h = stranger(&conf);
	CHECK_OK(db_script(h.db, "SET max_statement_time = 0;\n"));
	arena_reset(h.arena);
	CHECK_OK(db_enter(h.db, h.arena));
	CHECK_ERR(db_row(h.db, "SELECT SLEEP(2) AS id", &thing_shape, &t,
			 NO_ARGS), ERR_UPSTREAM);
	CHECK_INT(db_errno(h.db), 2013);
	CHECK_INT(number_of(h, "@@max_statement_time = 0.9"), 1);
	leave(&h);
	conf.statement_ms = 250;
	h = stranger(&conf);
	CHECK_INT(number_of(h, "@@max_statement_time = 0.25"), 1);
	leave(&h);
}

TEST(every_round_trip_is_counted)
{
	struct house h = with_things();
	struct thing t;

	CHECK_INT(db_statements(h.db), 0);
	CHECK_OK(db_begin(h.db));
	CHECK_OK(add_thing(h, 1));
	CHECK_OK(add_thing(h, 2));
	CHECK_ERR(add_thing(h, 2), ERR_CONFLICT);
	CHECK_OK(db_commit(h.db));
	CHECK_OK(db_row(h.db, SELECT_THING " WHERE number = 1", &thing_shape,
			&t, NO_ARGS));
	CHECK_INT(db_statements(h.db), 6);
	h = house_enter();
	CHECK_INT(db_statements(h.db), 0);
}

TEST(a_number_of_the_server_has_its_kind)
{
	static const struct { int code; enum err_kind kind; } cases[] = {
		{ 1213, ERR_RETRY }, { 1205, ERR_RETRY }, { 1020, ERR_RETRY },
		{ 1047, ERR_RETRY }, { 1615, ERR_RETRY }, { 1062, ERR_CONFLICT },
		{ 1040, ERR_UPSTREAM }, { 1203, ERR_UPSTREAM },
		{ 1226, ERR_UPSTREAM }, { 1969, ERR_UPSTREAM },
		{ 3024, ERR_UPSTREAM }, { 1461, ERR_UPSTREAM },
		{ 1317, ERR_UPSTREAM },
		{ 1021, ERR_FULL }, { 1114, ERR_FULL }, { 1142, ERR_BUG },
		{ 1356, ERR_BUG }, { 1146, ERR_BUG }, { 1054, ERR_BUG },
	};
	struct house h = house_enter();

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		CHECK_ERR(db_script(h.db, arena_printf(h.arena,
			"SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = %d,"
			" MESSAGE_TEXT = 'so';\n", cases[i].code)),
			cases[i].kind);
		CHECK_INT(db_errno(h.db), cases[i].code);
	}
	CHECK_ERR(db_script(h.db,
		"SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1030, MESSAGE_TEXT ="
		" 'Got error 28 \"No space left on device\" from engine';\n"),
		ERR_FULL);
}

TEST(a_table_without_room_is_full)
{
	struct house h = house_enter();
	struct err *e = NULL;

	CHECK_OK(db_script(h.db,
		"SET max_heap_table_size = 16384;\n"
		"CREATE TEMPORARY TABLE small (a CHAR(255)) ENGINE=MEMORY;\n"));
	for (int i = 0; i < 1000 && !e; i++)
		e = db_run(h.db, "INSERT INTO small (a) VALUES (?)", NULL,
			   ARGS("a"));
	CHECK(e && e->kind == ERR_FULL);
	db_idle(h.db);
}

TEST(a_server_that_is_away_is_told_as_such)
{
	struct db_conf conf = house_conf();
	struct house h;
	struct thing t;

	conf.socket = "/nowhere/at/all";
	h = stranger(&conf);
	CHECK_ERR(db_row(h.db, "SELECT 1 AS id", &thing_shape, &t, NO_ARGS),
		  ERR_UPSTREAM);
	CHECK_ERR(db_begin(h.db), ERR_UPSTREAM);
	CHECK_ERR(db_script(h.db, "SELECT 1;"), ERR_UPSTREAM);
	leave(&h);
	conf = house_conf();
	conf.name = "no_such_database";
	h = stranger(&conf);
	CHECK_ERR(db_begin(h.db), ERR_UPSTREAM);
	CHECK_INT(db_errno(h.db), 1049);
	leave(&h);
}

TEST(an_idle_connection_is_closed_when_wished)
{
	struct db_conf conf = house_conf();
	struct house h;
	int64_t first, second, third;

	conf.idle_close_s = 1;
	h = stranger(&conf);
	first = number_of(h, "CONNECTION_ID()");
	arena_reset(h.arena);
	CHECK_OK(db_enter(h.db, h.arena));
	CHECK_INT(number_of(h, "CONNECTION_ID()"), first);
	arena_reset(h.arena);
	usleep(1100 * 1000);
	CHECK_OK(db_enter(h.db, h.arena));
	second = number_of(h, "CONNECTION_ID()");
	CHECK(second != first);
	db_idle(h.db);
	third = number_of(h, "CONNECTION_ID()");
	CHECK(third != second);
	CHECK_OK(db_begin(h.db));
	db_idle(h.db);			/* not in the middle of something */
	CHECK_INT(number_of(h, "CONNECTION_ID()"), third);
	leave(&h);
}

TEST(two_databases_live_side_by_side)
{
	struct db_conf conf = house_conf();
	struct house ours = with_things(), shop = stranger(&conf);

	CHECK_OK(db_begin(ours.db));
	CHECK_OK(add_thing(ours, 1));
	CHECK_INT(number_of(shop, "(SELECT COUNT(*) FROM thing)"), 0);
	CHECK_OK(db_commit(ours.db));
	CHECK_INT(number_of(shop, "(SELECT COUNT(*) FROM thing)"), 1);
	leave(&shop);
	CHECK_INT(number_of(ours, "(SELECT COUNT(*) FROM thing)"), 1);
}

TEST(a_script_runs_its_statements_and_names_the_one_that_fails)
{
	struct house h = with_things();
	struct err *e;

	CHECK_OK(db_script(h.db, ""));
	CHECK_OK(db_script(h.db, "-- nothing;\n\n"));
	CHECK_OK(db_script(h.db,
		"INSERT INTO thing (text)\nVALUES ('a; b');  \n"
		"SELECT 1;\r\n"
		"-- INSERT INTO thing (text) VALUES ('c');\n"
		"INSERT INTO thing (text) VALUES ('no semicolon')"));
	CHECK_INT(number_of(h, "(SELECT COUNT(*) FROM thing)"), 2);
	e = db_script(h.db, "SELECT 1;\nSELECT broken;\nDELETE FROM thing;\n");
	CHECK(e && strstr(e->text, "SELECT broken"));
	CHECK_INT(number_of(h, "(SELECT COUNT(*) FROM thing)"), 2);
}

TEST(a_changed_table_does_not_confuse_a_known_statement)
{
	struct house h = with_things();
	struct thing t;

	CHECK_OK(add_thing(h, 1));
	CHECK_OK(db_row(h.db, SELECT_THING, &thing_shape, &t, NO_ARGS));
	CHECK_OK(db_script(h.db, "ALTER TABLE thing MODIFY number VARCHAR(99),"
				 " ADD extra INT FIRST;\n"));
	CHECK_OK(db_row(h.db, SELECT_THING, &thing_shape, &t, NO_ARGS));
	CHECK_INT(t.number, 1);
	CHECK(!t.text);
}

/* --- looking on -------------------------------------------------------------- */

enum { SEEN_MOST = 16 };

struct seen {
	struct arena *arena;
	size_t n;
	struct db_seen at[SEEN_MOST];
	int64_t first[SEEN_MOST];	/* the first value, if it is a number */
};

static void note_seen(void *ctx, const struct db_seen *now)
{
	struct seen *s = ctx;

	CHECK(s->n < SEEN_MOST);
	s->at[s->n] = *now;
	s->at[s->n].sql = arena_dup(s->arena, now->sql);
	if (now->args.n)
		s->first[s->n] = now->args.at[0].number;
	s->n++;
}

static void check_seen(const struct seen *s, size_t i, const char *begins,
		       int64_t rows)
{
	CHECK(i < s->n);
	CHECK(!strncmp(s->at[i].sql, begins, strlen(begins)));
	CHECK_INT(s->at[i].rows, rows);
}

TEST(who_looks_on_is_told_every_statement_that_is_counted)
{
	struct house h = with_things();
	struct seen seen = { .arena = h.arena };
	struct rows rows;

	db_watch(h.db, note_seen, &seen);
	CHECK_OK(db_begin(h.db));
	CHECK_OK(add_thing(h, 7));
	CHECK_OK(add_thing(h, 8));
	CHECK_OK(db_commit(h.db));
	CHECK_OK(db_rows(h.db, SELECT_THING, &thing_shape, &rows, NO_ARGS));
	CHECK_ERR(add_thing(h, 7), ERR_CONFLICT);
	CHECK_OK(db_script(h.db, "DO 1;\nDO 2;\n"));
	db_watch(h.db, NULL, NULL);
	CHECK_INT(seen.n, db_statements(h.db));
	check_seen(&seen, 0, "START TRANSACTION", 0);
	check_seen(&seen, 1, "INSERT INTO thing", 1);
	CHECK_INT(seen.at[1].args.n, 1);
	CHECK_INT(seen.first[1], 7);
	check_seen(&seen, 3, "COMMIT", 0);
	check_seen(&seen, 4, "SELECT", 2);
	CHECK(seen.at[4].shape == &thing_shape);
	CHECK(!seen.at[3].shape);
	check_seen(&seen, 5, "INSERT INTO thing", -1);
	check_seen(&seen, 7, "DO 2", 0);
}

TEST(nobody_is_told_after_the_watch_has_ended)
{
	struct house h = with_things();
	struct seen seen = { .arena = h.arena };

	db_watch(h.db, note_seen, &seen);
	db_watch(h.db, NULL, NULL);
	CHECK_OK(add_thing(h, 7));
	CHECK_INT(seen.n, 0);
}
