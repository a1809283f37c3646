#include "port/db.h"
#include "store/participant.h"

static const struct field participant_fields[] = {
	FIELD(participant, address),
	FIELD(participant, name),
	FIELD(participant, added_by_id),
	FIELD(participant, created_at),
};
const struct shape participant_shape = SHAPE(participant, participant_fields);

struct err *store_participant_add(struct db *db, const struct actor *who,
				  int64_t ticket_id, const char *address,
				  const char *name, bool *added)
{
	int64_t changed;

	TRY(db_run(db, "UPDATE as_ticket SET has_people = TRUE WHERE id = ?",
		   NULL, ARGS(ticket_id)));
	TRY(db_run(db, "INSERT IGNORE INTO as_participant (ticket_id, address, name,"
		       " added_by_id, created_at) SELECT ?, ?, LEFT(?, 200),"
		       " NULLIF(?, 0), NOW(6) FROM DUAL WHERE (SELECT COUNT(*)"
		       " FROM as_participant WHERE ticket_id = ?) < ?",
		   &changed, ARGS(ticket_id, address, name,
				  who->kind == ACTOR_AGENT ? who->id : 0, ticket_id,
				  (int) PARTICIPANTS_MOST)));
	*added = changed > 0;
	return NULL;
}

struct err *store_participant_drop(struct db *db, int64_t ticket_id,
				   const char *address)
{
	TRY(db_run(db, "DELETE FROM as_participant WHERE ticket_id = ?"
		       " AND address = ?", NULL, ARGS(ticket_id, address)));
	return NULL;
}

struct err *store_participant_list(struct db *db, const struct actor *who,
				   int64_t ticket_id, struct rows *out)
{
	*out = (struct rows) { 0 };
	if (who->kind != ACTOR_AGENT && who->kind != ACTOR_SYSTEM)
		return NULL;
	TRY(db_rows(db, "SELECT address, name, added_by_id, created_at"
			" FROM as_participant WHERE ticket_id = ?"
			" ORDER BY address LIMIT 50",
		    &participant_shape, out, ARGS(ticket_id)));
	return NULL;
}

struct err *store_participant_is(struct db *db, int64_t ticket_id,
				 const char *address, bool *is)
{
	struct participant p;

	TRY(db_find(db, "SELECT address FROM as_participant WHERE ticket_id = ?"
			" AND address = ?",
		    &participant_shape, &p, is, ARGS(ticket_id, address)));
	return NULL;
}
