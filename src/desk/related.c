#include "desk/desk.h"
#include "desk/related.h"
#include "port/db.h"
#include "store/ticket.h"
#include "ticket_parts.h"

struct err *related_list(struct desk *d, const struct actor *who,
			 const struct ticket *t, struct rows *out)
{
	*out = (struct rows) { 0 };
	if (who->kind != ACTOR_AGENT || !t->has_related)
		return NULL;
	TRY(store_relation_list(d->db, who, t->id, out));
	return NULL;
}

/* The newer of two is the one that may belong to the other. */
static struct err *settle(struct desk *d, int64_t newer, int64_t older, bool yes,
			  bool *changed)
{
	TRY(store_relation_drop(d->db, newer, RELATION_MAYBE_OF, older, changed));
	if (*changed && yes)
		TRY(store_relation_add(d->db, newer, RELATION_FOLLOW_UP_OF, older));
	return NULL;
}

struct err *related_settle(struct desk *d, const struct actor *who, int64_t ticket_id,
			   const char *other, bool yes)
{
	const char *field = yes ? "related" : "unrelated";
	bool changed;
	struct ticket t, o;

	TRY(db_begin(d->db));
	TRY(store_ticket_lock(d->db, who, ticket_id, &t));
	if (!ticket_reaches(who, RIGHT_CHANGE, &t))
		return ticket_not_theirs(d, &t);
	TRY(store_ticket_find(d->db, who, other, &o));
	TRY(settle(d, t.id, o.id, yes, &changed));
	if (!changed)
		TRY(settle(d, o.id, t.id, yes, &changed));
	if (!changed) {
		db_rollback(d->db);
		return NULL;
	}
	TRY(ticket_text_event(d, who, t.id, field, NULL, o.number));
	TRY(ticket_text_event(d, who, o.id, field, NULL, t.number));
	TRY(db_commit(d->db));
	return NULL;
}
