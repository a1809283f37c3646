/*
 * thing - a table with a column of every kind, for the tests of port/db.
 */
#ifndef THING_H
#define THING_H

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
static inline struct house with_things(void)
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
static inline struct house stranger(const struct db_conf *conf)
{
	struct house h = { arena_new("stranger"), db_new(conf) };

	CHECK_OK(db_enter(h.db, h.arena));
	return h;
}

static inline void leave(struct house *h)
{
	arena_free(h->arena);
	db_free(h->db);
}

static inline int64_t number_of(struct house h, const char *what)
{
	struct sql q;
	struct thing t = { 0 };

	sql_init(&q, h.arena);
	str_addf(&q.text, "SELECT CAST(%s AS SIGNED) AS id", what);
	CHECK_OK(db_row_of(h.db, &q, &thing_shape, &t));
	return t.id;
}

static inline struct err *add_thing(struct house h, int number)
{
	return db_run(h.db, "INSERT INTO thing (number) VALUES (?)", NULL,
		      ARGS(number));
}

static inline void kill_link(struct house h)
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

#endif
