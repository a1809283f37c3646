#include <pthread.h>
#include <unistd.h>

#include "thing.h"

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
