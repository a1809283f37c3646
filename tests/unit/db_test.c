#include <limits.h>

#include "thing.h"

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
