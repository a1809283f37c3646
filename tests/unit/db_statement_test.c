#include "thing.h"

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
	CHECK_ERR(db_row_of(h.db, &q, &thing_shape, &t), ERR_NOT_FOUND);
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
