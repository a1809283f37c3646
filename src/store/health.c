#include "port/db.h"
#include "store/health.h"

static const struct field server_fields[] = {
	FIELD(health_server, version),
	FIELD(health_server, sql_mode),
	FIELD(health_server, charset),
	FIELD(health_server, database_charset),
	FIELD(health_server, flush),
	FIELD(health_server, packet),
	FIELD(health_server, now),
};
static const struct shape server_shape = SHAPE(health_server, server_fields);

struct err *store_health_server(struct db *db, struct health_server *out)
{
	TRY(db_row(db, "SELECT VERSION() AS version, @@sql_mode AS sql_mode,"
		       " @@character_set_connection AS charset,"
		       " @@character_set_database AS database_charset,"
		       " @@innodb_flush_log_at_trx_commit AS flush,"
		       " @@max_allowed_packet AS packet, NOW(6) AS now",
		   &server_shape, out, NO_ARGS));
	return NULL;
}

/* On a table that every program writes. Conditions that are never true. */
struct err *store_health_rights(struct db *db)
{
	TRY(db_run(db, "INSERT INTO as_throttle (hash, window_at, tries, expires_at)"
		       " SELECT hash, window_at, tries, expires_at FROM as_throttle"
		       " WHERE FALSE", NULL, NO_ARGS));
	TRY(db_run(db, "UPDATE as_throttle SET tries = tries WHERE FALSE",
		   NULL, NO_ARGS));
	TRY(db_run(db, "DELETE FROM as_throttle WHERE FALSE", NULL, NO_ARGS));
	return NULL;
}

struct silence {
	int64_t seconds;
};
static const struct field silence_fields[] = { FIELD(silence, seconds) };
static const struct shape silence_shape = SHAPE(silence, silence_fields);

/* Whoever does a chore first moves its next time ahead. */
struct err *store_health_silence(struct db *db, int64_t *out)
{
	struct silence s = { -1 };
	bool found;

	TRY(db_find(db, "SELECT GREATEST(0, TIMESTAMPDIFF(SECOND, next_at, NOW(6)))"
			" AS seconds FROM as_chore WHERE name = 'fold_counts'",
		    &silence_shape, &s, &found, NO_ARGS));
	*out = found ? s.seconds : -1;
	return NULL;
}

static const struct field letters_fields[] = {
	FIELD(health_letters, overdue),
	FIELD(health_letters, oldest_min),
	FIELD(health_letters, failed),
};
static const struct shape letters_shape = SHAPE(health_letters, letters_fields);

struct err *store_health_letters(struct db *db, struct health_letters *out)
{
	TRY(db_row(db, "SELECT COUNT(*) AS overdue, COALESCE(MAX(TIMESTAMPDIFF(MINUTE,"
		       " due_at, NOW(6))), 0) AS oldest_min, (SELECT COUNT(*) FROM"
		       " as_outbox WHERE state = 'failed' AND due_at > NOW(6)"
		       " - INTERVAL 7 DAY) AS failed FROM as_outbox WHERE state = 'due'"
		       " AND due_at < NOW(6) - INTERVAL 15 MINUTE",
		   &letters_shape, out, NO_ARGS));
	return NULL;
}
