#include "port/db.h"
#include "store/relation.h"
#include "store/ticket.h"

const char *const relation_kind_codes[] = {
	[RELATION_FOLLOW_UP_OF] = "follow_up_of",
	[RELATION_SPLIT_FROM]   = "split_from",
	[RELATION_MAYBE_OF]     = "maybe_of",
	NULL
};

static const struct field relation_fields[] = {
	FIELD_ENUM(relation, kind, relation_kind_codes),
	FIELD(relation, from_here),
	FIELD(relation, ticket_id),
	FIELD(relation, number),
	FIELD(relation, subject),
	FIELD(relation, status_id),
};
const struct shape relation_shape = SHAPE(relation, relation_fields);

struct err *store_relation_add(struct db *db, int64_t ticket_id,
			       enum relation_kind kind, int64_t other_id)
{
	TRY(db_run(db, "UPDATE as_ticket SET has_related = TRUE WHERE id IN (?, ?)",
		   NULL, ARGS(ticket_id, other_id)));
	TRY(db_run(db, "INSERT INTO as_relation (ticket_id, kind, other_id,"
		       " created_at) VALUES (?, ?, ?, NOW(6))"
		       " ON DUPLICATE KEY UPDATE created_at = created_at",
		   NULL, ARGS(ticket_id, relation_kind_codes[kind], other_id)));
	return NULL;
}

struct err *store_relation_drop(struct db *db, int64_t ticket_id,
				enum relation_kind kind, int64_t other_id, bool *was)
{
	int64_t n;

	TRY(db_run(db, "DELETE FROM as_relation WHERE ticket_id = ? AND kind = ?"
		       " AND other_id = ?",
		   &n, ARGS(ticket_id, relation_kind_codes[kind], other_id)));
	*was = n > 0;
	return NULL;
}

#define SELECT_RELATION							\
	"(SELECT r.kind, ? AS from_here, t.id AS ticket_id, t.number,"	\
	" t.subject, t.status_id FROM as_relation r JOIN as_ticket t"

struct err *store_relation_list(struct db *db, const struct actor *who,
				int64_t ticket_id, struct rows *out)
{
	struct sql q;

	sql_init(&q, db_arena(db));
	sql_add(&q, SELECT_RELATION " ON t.id = r.other_id WHERE r.ticket_id = ?"
		    " AND t.shop_id = ?", ARGS(true, ticket_id, who->shop));
	ticket_only_theirs(&q, who);
	sql_add(&q, " LIMIT 50) UNION ALL " SELECT_RELATION " ON t.id = r.ticket_id"
		    " WHERE r.other_id = ? AND t.shop_id = ?",
		ARGS(false, ticket_id, who->shop));
	ticket_only_theirs(&q, who);
	sql_add(&q, " LIMIT 50) ORDER BY ticket_id DESC LIMIT 50", NO_ARGS);
	TRY(db_rows_of(db, &q, &relation_shape, out));
	return NULL;
}
