#include <string.h>

#include "base/arena.h"
#include "desk/catalog.h"
#include "desk/desk.h"
#include "desk/ticket.h"
#include "desk/ticket_write.h"
#include "port/db.h"
#include "store/agent.h"
#include "store/count.h"
#include "store/message_mail.h"
#include "ticket_parts.h"

struct err *ticket_not_theirs(struct desk *d, const struct ticket *t)
{
	return FAIL(d->arena, ERR_FORBIDDEN, "ticket %s: not allowed", t->number);
}

bool ticket_reaches(const struct actor *who, enum right right,
		    const struct ticket *t)
{
	if (who->kind != ACTOR_AGENT)
		return who->kind == ACTOR_SYSTEM;
	if (who->may[right] == SCOPE_OWN)
		return t->owner_id == who->id;
	return who->may[right] != SCOPE_NONE;
}

struct err *ticket_check(struct desk *d, enum entry_kind kind, int64_t id)
{
	const struct entry *e = catalog_entry(d->catalog, kind, id);

	if (!e || e->archived)
		return FAIL(d->arena, ERR_BAD_REQUEST, "no %s %lld",
			    entry_kind_codes[kind], (long long) id);
	return NULL;
}

struct err *ticket_check_owner(struct desk *d, const struct actor *who, int64_t id)
{
	struct err *e;
	struct agent a;

	if (!id || (who->kind == ACTOR_AGENT && id == who->id))
		return NULL;
	e = store_agent_find(d->db, id, &a);
	if (e && e->kind != ERR_NOT_FOUND)
		return err_passed(e, __func__);
	if (e || !a.active)
		return FAIL(d->arena, ERR_BAD_REQUEST, "no agent %lld", (long long) id);
	return NULL;
}

struct err *ticket_note_event(struct desk *d, const struct actor *who,
			      int64_t ticket_id, enum event_cause cause,
			      int64_t cause_id, const char *field,
			      int64_t old_id, int64_t new_id)
{
	struct event e = {
		.ticket_id = ticket_id, .cause = cause, .cause_id = cause_id,
		.field = field, .old_id = old_id, .new_id = new_id,
	};

	TRY(store_event_add(d->db, who, &e));
	return NULL;
}

struct err *ticket_tell_status(struct desk *d, const struct actor *who,
			       struct ticket *t, int64_t status_id,
			       enum event_cause cause, int64_t cause_id)
{
	if (status_id == t->status_id || !status_id)
		return NULL;
	TRY(ticket_note_event(d, who, t->id, cause, cause_id, "status",
			      t->status_id, status_id));
	TRY(store_count_status(d->db, who->shop, t->owner_id, t->status_id,
			       status_id));
	t->status_id = status_id;
	return NULL;
}

struct err *ticket_set_status(struct desk *d, const struct actor *who,
			      struct ticket *t, int64_t status_id,
			      enum event_cause cause, int64_t cause_id)
{
	if (status_id == t->status_id || !status_id)
		return NULL;
	TRY(store_ticket_set_status(d->db, t->id, status_id,
				    catalog_turn(d->catalog, status_id)));
	TRY(ticket_tell_status(d, who, t, status_id, cause, cause_id));
	return NULL;
}

bool ticket_may_leave(const struct desk *d, const struct actor *who,
		      const struct ticket *t)
{
	const struct entry *now = catalog_status(d->catalog, t->status_id);

	return !now || !now->final || actor_may(who, RIGHT_CONFIG);
}

static bool button_works(const struct desk *d, const struct actor *who,
			 const struct ticket *t, enum happening what)
{
	bool refused;
	int64_t to;

	if (who->kind != ACTOR_CUSTOMER)
		return false;
	to = catalog_follows(d->catalog, what, t->status_id, &refused);
	return !refused && to != t->status_id;
}

bool ticket_may_close(const struct desk *d, const struct actor *who,
		      const struct ticket *t)
{
	return !catalog_is_closed(d->catalog, t->status_id) &&
	       button_works(d, who, t, CUSTOMER_CLOSES);
}

bool ticket_may_reopen(const struct desk *d, const struct actor *who,
		       const struct ticket *t)
{
	return catalog_is_closed(d->catalog, t->status_id) &&
	       button_works(d, who, t, CUSTOMER_REOPENS);
}

static struct err *press(struct desk *d, const struct actor *who, int64_t id,
			 bool closes)
{
	enum happening what = closes ? CUSTOMER_CLOSES : CUSTOMER_REOPENS;
	struct ticket t;
	bool refused;

	TRY(db_begin(d->db));
	TRY(store_ticket_lock(d->db, who, id, &t));
	if (closes ? !ticket_may_close(d, who, &t) : !ticket_may_reopen(d, who, &t))
		return ticket_not_theirs(d, &t);
	TRY(ticket_set_status(d, who, &t,
		       catalog_follows(d->catalog, what, t.status_id, &refused),
		       BY_PERSON, 0));
	TRY(db_commit(d->db));
	return NULL;
}

struct err *ticket_close(struct desk *d, const struct actor *who, int64_t id)
{
	return press(d, who, id, true);
}

struct err *ticket_reopen(struct desk *d, const struct actor *who, int64_t id)
{
	return press(d, who, id, false);
}

struct err *ticket_text_event(struct desk *d, const struct actor *who, int64_t id,
			      const char *field, const char *old, const char *new)
{
	struct event e = { .ticket_id = id, .cause = BY_PERSON, .field = field,
			   .old_text = old, .new_text = new };

	TRY(store_event_add(d->db, who, &e));
	return NULL;
}

/* Subject, type and owner live in the ticket's row and share its version. */
static struct err *change_fields(struct desk *d, const struct actor *who,
				 struct ticket *t, const struct change *c)
{
	struct ticket_edit e = {
		.subject = c->subject ? c->subject : t->subject,
		.type_id = c->type_id ? c->type_id : t->type_id,
		.owner_id = !c->owner_id ? t->owner_id :
			    c->owner_id < 0 ? 0 : c->owner_id,
	};
	bool subject = strcmp(e.subject, t->subject) != 0;

	if (!subject && e.type_id == t->type_id && e.owner_id == t->owner_id)
		return NULL;
	if (e.type_id != t->type_id)
		TRY(ticket_check(d, ENTRY_TYPE, e.type_id));
	if (e.owner_id != t->owner_id)
		TRY(ticket_check_owner(d, who, e.owner_id));
	TRY(store_ticket_edit(d->db, t->id, c->version, &e));
	if (subject)
		TRY(ticket_text_event(d, who, t->id, "subject", t->subject, e.subject));
	if (e.type_id != t->type_id)
		TRY(ticket_note_event(d, who, t->id, BY_PERSON, 0, "type",
			       t->type_id, e.type_id));
	if (e.owner_id != t->owner_id) {
		TRY(ticket_note_event(d, who, t->id, BY_PERSON, 0, "owner",
			       t->owner_id, e.owner_id));
		TRY(store_count_owner(d->db, who->shop, t->status_id,
				      t->owner_id, e.owner_id));
	}
	t->owner_id = e.owner_id;
	return NULL;
}

static struct err *change_priority(struct desk *d, const struct actor *who,
				   struct ticket *t, int64_t priority_id)
{
	if (!priority_id || priority_id == t->priority_id)
		return NULL;
	TRY(ticket_check(d, ENTRY_PRIORITY, priority_id));
	TRY(store_ticket_set_priority(d->db, t->id, priority_id));
	TRY(ticket_note_event(d, who, t->id, BY_PERSON, 0, "priority",
		       t->priority_id, priority_id));
	return NULL;
}

struct err *ticket_change_in(struct desk *d, const struct actor *who,
			     struct ticket *t, const struct change *c)
{
	int64_t first_owner = t->owner_id;
	bool refused;

	if (!ticket_reaches(who, RIGHT_CHANGE, t))
		return ticket_not_theirs(d, t);
	TRY(change_fields(d, who, t, c));
	TRY(change_priority(d, who, t, c->priority_id));
	if (c->status_id && c->status_id != t->status_id) {
		if (!ticket_may_leave(d, who, t))
			return ticket_not_theirs(d, t);
		TRY(ticket_check(d, ENTRY_STATUS, c->status_id));
		TRY(ticket_set_status(d, who, t, c->status_id, BY_PERSON, 0));
	} else if (!first_owner && t->owner_id) {
		TRY(ticket_set_status(d, who, t,
				      catalog_follows(d->catalog, FIRST_ASSIGNMENT,
						      t->status_id, &refused),
				      BY_AUTOMATON, 0));
	}
	return NULL;
}

struct err *ticket_change(struct desk *d, const struct actor *who, int64_t id,
			  const struct change *c)
{
	struct ticket t;

	if (!actor_may(who, RIGHT_CHANGE))
		return FAIL(d->arena, ERR_FORBIDDEN, "may not change tickets");
	TRY(db_begin(d->db));
	TRY(store_ticket_lock(d->db, who, id, &t));
	TRY(ticket_change_in(d, who, &t, c));
	TRY(db_commit(d->db));
	return NULL;
}

/* An edit, so that whoever has the page open learns of it. */
struct err *ticket_unown_in(struct desk *d, const struct actor *who,
			    struct ticket *t)
{
	struct change nobody = { .version = t->version, .owner_id = -1 };

	TRY(change_fields(d, who, t, &nobody));
	return NULL;
}

struct err *ticket_find(struct desk *d, const struct actor *who,
			const char *number, struct ticket *out)
{
	TRY(store_ticket_find(d->db, who, number, out));
	return NULL;
}

struct err *ticket_brief(struct desk *d, const struct actor *who,
			 const char *number, struct ticket *out)
{
	TRY(store_ticket_brief(d->db, who, number, out));
	return NULL;
}

struct err *ticket_events(struct desk *d, const struct actor *who, int64_t id,
			  struct rows *out)
{
	TRY(store_event_list(d->db, who, id, out));
	return NULL;
}

struct err *ticket_news(struct desk *d, const struct actor *who,
			const char *number, int64_t seen, struct news *out)
{
	struct rows arrived = { 0 };
	struct ticket t;

	TRY(store_ticket_brief(d->db, who, number, &t));
	TRY(ticket_overtaken(d, who, &t, seen, &arrived));
	*out = (struct news) { .last_message_id = t.last_message_id,
			       .messages = (int) arrived.n };
	return NULL;
}

static bool has_files(const struct rows *messages)
{
	const struct message *m = messages->at;

	for (size_t i = 0; i < messages->n; i++)
		if (m[i].files)
			return true;
	return false;
}

struct err *ticket_read(struct desk *d, const struct actor *who,
			const char *number, int64_t before,
			struct reading *out)
{
	const struct message *m;

	*out = (struct reading) { 0 };
	if (who->kind == ACTOR_AGENT)
		TRY(store_ticket_find_beside(d->db, who, number, &out->ticket));
	else
		TRY(store_ticket_find(d->db, who, number, &out->ticket));
	TRY(store_message_list(d->db, who, out->ticket.id, before, &out->messages));
	out->more = out->messages.n > MESSAGES_SHOWN;
	if (out->more) {
		out->messages.at = (struct message *) out->messages.at + 1;
		out->messages.n--;
	}
	m = out->messages.at;
	if (has_files(&out->messages))
		TRY(store_attachment_list(d->db, who, out->ticket.id, m[0].id,
					  m[out->messages.n - 1].id, &out->files));
	if (messages_by_mail(&out->messages))
		TRY(store_message_mail_list(d->db, who, out->ticket.id, m[0].id,
					    m[out->messages.n - 1].id, &out->mails));
	TRY(store_event_list(d->db, who, out->ticket.id, &out->events));
	if (out->ticket.order_key)
		TRY(store_ticket_lines(d->db, out->ticket.id, &out->lines));
	return NULL;
}

struct err *ticket_mark_seen(struct desk *d, const struct actor *who,
			     const struct ticket *t)
{
	if (who->kind != ACTOR_CUSTOMER || t->customer_seen_id >= t->last_public_id)
		return NULL;
	TRY(store_ticket_set_seen(d->db, who, t->id, t->last_public_id));
	return NULL;
}
