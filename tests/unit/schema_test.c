#include <unistd.h>

#include "fixture.h"
#include "store/schema.h"

TEST(a_program_waits_until_the_schema_is_there)
{
	struct house h = house_enter();

	CHECK_OK(store_schema_check(h.db));
	CHECK_OK(db_begin(h.db));
	CHECK_OK(db_run(h.db, "DELETE FROM as_schema", NULL, NO_ARGS));
	CHECK_ERR(store_schema_check(h.db), ERR_UPSTREAM);
}

/* Somebody else's connection to the same database. */
static struct db *second(struct house h)
{
	struct db_conf conf = house_conf();
	struct db *db = db_new(&conf);

	CHECK_OK(db_enter(db, h.arena));
	return db;
}

TEST(one_runner_migrates_at_a_time)
{
	struct house h = house_enter();
	struct db *other = second(h);
	struct schema_lease lease;
	bool held;

	CHECK_OK(store_schema_lease(h.db, &held));
	CHECK(held);
	CHECK_OK(store_schema_lease(other, &held));
	CHECK(!held);
	CHECK_OK(store_schema_holder(other, &lease));
	CHECK(strstr(lease.holder, "root@") == lease.holder);
	CHECK_OK(store_schema_renew(h.db));
	CHECK_ERR(store_schema_renew(other), ERR_CONFLICT);
	CHECK_OK(store_schema_release(other));
	CHECK_OK(store_schema_renew(h.db));
	CHECK_OK(store_schema_release(h.db));
	CHECK_OK(store_schema_lease(other, &held));
	CHECK(held);
	CHECK_OK(store_schema_release(other));
	house_enter();
	db_free(other);
}

TEST(a_silent_runner_is_succeeded_after_ten_minutes)
{
	struct house h = house_enter();
	struct db *other = second(h);
	bool held;

	CHECK_OK(store_schema_lease(other, &held));
	CHECK(held);
	CHECK_OK(db_run(h.db, "UPDATE as_lease SET taken_at = taken_at"
			      " - INTERVAL 9 MINUTE", NULL, NO_ARGS));
	CHECK_OK(store_schema_lease(h.db, &held));
	CHECK(!held);
	CHECK_OK(db_run(h.db, "UPDATE as_lease SET taken_at = taken_at"
			      " - INTERVAL 2 MINUTE", NULL, NO_ARGS));
	CHECK_OK(store_schema_lease(h.db, &held));
	CHECK(held);
	CHECK_ERR(store_schema_renew(other), ERR_CONFLICT);
	CHECK_OK(store_schema_release(h.db));
	house_enter();
	db_free(other);
}

TEST(a_dead_runner_is_succeeded_at_once)
{
	struct house h = house_enter();
	struct db *other = second(h);
	bool held;

	CHECK_OK(store_schema_lease(other, &held));
	CHECK(held);
	db_idle(other);
	for (int tries = 0; tries < 200; tries++) {	/* the server notices */
		CHECK_OK(store_schema_lease(h.db, &held));
		if (held)
			break;
		usleep(10000);
	}
	CHECK(held);
	CHECK_OK(store_schema_release(h.db));
	house_enter();
	db_free(other);
}
