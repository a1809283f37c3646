#include <string.h>

#include "port/db.h"
#include "store/event.h"

static const char *const actor_codes[] = {
	[ACTOR_NOBODY]   = "nobody",
	[ACTOR_CUSTOMER] = "customer",
	[ACTOR_AGENT]    = "agent",
	[ACTOR_SYSTEM]   = "system",
	NULL
};

static const char *const cause_codes[] = {
	[BY_PERSON]    = "person",
	[BY_AUTOMATON] = "automaton",
	[BY_TIMER]     = "timer",
	[BY_RULE]      = "rule",
	[BY_MAIL]      = "mail",
	[BY_IMPORT]    = "import",
	NULL
};

static const struct field event_fields[] = {
	FIELD(event, id),
	FIELD(event, ticket_id),
	FIELD(event, at),
	FIELD_ENUM(event, actor_kind, actor_codes),
	FIELD(event, actor_id),
	FIELD_ENUM(event, cause, cause_codes),
	FIELD(event, cause_id),
	FIELD(event, field),
	FIELD(event, old_id),
	FIELD(event, new_id),
	FIELD(event, old_text),
	FIELD(event, new_text),
};
const struct shape event_shape = SHAPE(event, event_fields);

struct err *store_event_add(struct db *db, const struct actor *who,
			    const struct event *e)
{
	int64_t id;

	TRY(db_add(db, "INSERT INTO as_event (shop_id, ticket_id, at, actor_kind,"
		       " actor_id, cause, cause_id, field, old_id, new_id)"
		       " VALUES (?, ?, NOW(6), ?, NULLIF(?, 0), ?, NULLIF(?, 0),"
		       " ?, NULLIF(?, 0), NULLIF(?, 0))",
		   &id,
		   ARGS(who->shop, e->ticket_id, actor_codes[who->kind], who->id,
			cause_codes[e->cause], e->cause_id, e->field,
			e->old_id, e->new_id)));
	if (e->old_text || e->new_text)
		TRY(db_run(db, "INSERT INTO as_event_text (event_id, old_text,"
			       " new_text) VALUES (?, LEFT(?, 500), LEFT(?, 500))",
			   NULL, ARGS(id, e->old_text, e->new_text)));
	return NULL;
}

/* Read newest first; told oldest first, and to customers the status alone. */
static void arrange(struct rows *rows, const struct actor *who)
{
	bool all = who->kind == ACTOR_AGENT || who->kind == ACTOR_SYSTEM;
	struct event *e = rows->at, other;
	size_t kept = 0;

	for (size_t i = 0; i < rows->n; i++)
		if (all || !strcmp(e[i].field, "status"))
			e[kept++] = e[i];
	rows->n = kept;
	for (size_t i = 0, j = kept; i + 1 < j; i++) {
		other = e[--j];
		e[j] = e[i];
		e[i] = other;
	}
}

struct err *store_event_list(struct db *db, const struct actor *who,
			     int64_t ticket_id, struct rows *out)
{
	TRY(db_rows(db, "SELECT e.id, e.ticket_id, e.at, e.actor_kind, e.actor_id,"
			" e.cause, e.cause_id, e.field, e.old_id, e.new_id,"
			" x.old_text, x.new_text FROM as_event e"
			" FORCE INDEX (PRIMARY)"
			" LEFT JOIN as_event_text x ON x.event_id = e.id"
			" WHERE e.ticket_id = ? ORDER BY e.id DESC LIMIT 200",
		    &event_shape, out, ARGS(ticket_id)));
	arrange(out, who);
	return NULL;
}
