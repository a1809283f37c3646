#include <string.h>

#include "base/arena.h"
#include "base/fail.h"
#include "base/str.h"
#include "base/utf8.h"
#include "desk/catalog.h"
#include "desk/desk.h"
#include "desk/notify.h"
#include "desk/order.h"
#include "desk/ticket.h"
#include "port/db.h"
#include "store/agent.h"
#include "store/count.h"
#include "store/customer.h"
#include "store/guard.h"

static struct err *not_theirs(struct desk *d, const struct ticket *t)
{
	return FAIL(d->arena, ERR_FORBIDDEN, "ticket %s: not allowed", t->number);
}

/* Does the right of an agent reach this ticket? */
static bool reaches(const struct actor *who, enum right right,
		    const struct ticket *t)
{
	if (who->kind != ACTOR_AGENT)
		return who->kind == ACTOR_SYSTEM;
	if (who->may[right] == SCOPE_OWN)
		return t->owner_id == who->id;
	return who->may[right] != SCOPE_NONE;
}

static struct err *checked(struct desk *d, enum entry_kind kind, int64_t id)
{
	const struct entry *e = catalog_entry(d->catalog, kind, id);

	if (!e || e->archived)
		return FAIL(d->arena, ERR_BAD_REQUEST, "no %s %lld",
			    entry_kind_codes[kind], (long long) id);
	return NULL;
}

/* Somebody who can have tickets; 0 is nobody. */
static struct err *check_owner(struct desk *d, const struct actor *who, int64_t id)
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

/* One row of what happened. */
static struct err *note_event(struct desk *d, const struct actor *who,
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

/* Event and counter of a status that is another one now. */
static struct err *tell_status(struct desk *d, const struct actor *who,
			       struct ticket *t, int64_t status_id,
			       enum event_cause cause, int64_t cause_id)
{
	if (status_id == t->status_id || !status_id)
		return NULL;
	TRY(note_event(d, who, t->id, cause, cause_id, "status",
		       t->status_id, status_id));
	TRY(store_count_status(d->db, who->shop, t->owner_id, t->status_id,
			       status_id));
	t->status_id = status_id;
	return NULL;
}

/* A status that changes without a message: ticket, messages, event, counter. */
static struct err *set_status(struct desk *d, const struct actor *who,
			      struct ticket *t, int64_t status_id,
			      enum event_cause cause, int64_t cause_id)
{
	if (status_id == t->status_id || !status_id)
		return NULL;
	TRY(store_ticket_set_status(d->db, t->id, status_id,
				    catalog_turn(d->catalog, status_id)));
	TRY(tell_status(d, who, t, status_id, cause, cause_id));
	return NULL;
}

/* Stores the form's row; *before is true when it was sent already. */
static struct err *use_form(struct desk *d, const struct writing *w,
			    struct result *out, bool *before)
{
	struct err *e;

	*before = false;
	if (!w->form.at)
		return NULL;
	e = store_guard_use_form(d->db, w->form, out->ticket_id, out->message_id);
	if (!e)
		return NULL;
	if (e->kind != ERR_CONFLICT)
		return err_passed(e, __func__);
	db_rollback(d->db);
	TRY(store_guard_find_form(d->db, w->form, &out->ticket_id,
				  &out->message_id, before));
	if (!*before)
		return err_passed(e, __func__);
	out->what = WRITTEN_BEFORE;
	return NULL;
}

/*
 * When the connection is lost while waiting for COMMIT's answer, the form's
 * row tells whether it was done. If not, the page runs again: should the
 * server still be at it, the row makes the second run wait and find it.
 */
static struct err *commit(struct desk *d, const struct writing *w)
{
	struct err *e = db_commit(d->db);
	int64_t ticket_id, message_id;
	bool done;

	if (!e)
		return NULL;
	if (!db_commit_unknown(d->db) || !w->form.at)
		return err_passed(e, __func__);
	db_rollback(d->db);
	TRY(store_guard_find_form(d->db, w->form, &ticket_id, &message_id, &done));
	if (!done)
		return FAIL(d->arena, ERR_RETRY, "the commit was lost");
	return NULL;
}

static struct err *claim_files(struct desk *d, const struct writing *w,
			       struct bytes guest, struct message *m)
{
	int64_t n = 0;

	if (guest.at)
		TRY(store_attachment_claim_guest(d->db, guest, m->id, &n));
	else if (w->n_uploads)
		TRY(store_attachment_claim(d->db, w->holder, w->uploads,
					   w->n_uploads, m->id, &n));
	if (n != m->files)
		TRY(store_message_set_files(d->db, m, n));
	m->files = (int) n;
	return NULL;
}

/* The lines of the order as JSON, the concerned ones marked. */
static const char *lines_json(struct desk *d, const struct opening *o)
{
	const struct shop_line *line = o->order->lines.at;
	struct str json;

	str_init(&json, d->arena, 256 * 1024);
	str_add(&json, "[");
	for (size_t i = 0; i < o->order->lines.n && i < TICKET_LINES; i++) {
		bool chosen = false;

		for (size_t c = 0; c < o->n_lines; c++)
			chosen = chosen || !strcmp(o->lines[c], line[i].line_key);
		str_addf(&json, "%s{\"line_no\":%zu,\"chosen\":%d,\"line_key\":",
			 i ? "," : "", i + 1, chosen);
		str_add_json(&json, line[i].line_key);
		str_add(&json, ",\"name\":");
		str_add_json(&json, utf8_cut(d->arena, line[i].name ? line[i].name : "", 250));
		if (line[i].sku) {
			str_add(&json, ",\"sku\":");
			str_add_json(&json, utf8_cut(d->arena, line[i].sku, 100));
		}
		if (line[i].options) {
			str_add(&json, ",\"detail\":");
			str_add_json(&json, utf8_cut(d->arena, line[i].options, 250));
		}
		str_add(&json, ",\"qty\":");
		str_add_json(&json, line[i].qty ? line[i].qty : "1");
		if (line[i].unit_price) {
			str_add(&json, ",\"unit_price\":");
			str_add_json(&json, line[i].unit_price);
		}
		str_add(&json, "}");
	}
	str_add(&json, "]");
	return json.cut ? "[]" : json.text;
}

static void copy_order(struct ticket *t, const struct shop_order *o)
{
	t->order_key = o ? o->order_key : NULL;
	t->order_no = o ? o->order_no : NULL;
	t->order_placed_at = o ? o->placed_at : NULL;
	t->order_status = o ? o->status_name : NULL;
	t->order_group = o ? o->status_group : NULL;
	t->order_currency = o ? o->currency : NULL;
	t->order_total = o ? o->total : NULL;
}

static enum happening kind_of_opening(const struct actor *who,
				      const struct opening *o)
{
	if (who->kind == ACTOR_CUSTOMER)
		return CREATED_BY_CUSTOMER;
	return o->to_customer ? CREATED_TO_CUSTOMER : CREATED_BY_AGENT;
}

/* Who may open what for whom; and the values that were left open. */
static struct err *fill_opening(struct desk *d, const struct actor *who,
				const struct opening *o, struct ticket *t)
{
	bool staff = who->kind == ACTOR_AGENT;
	const struct entry *priority = catalog_default(d->catalog, ENTRY_PRIORITY);
	bool refused;

	if (staff ? !who->may[RIGHT_CREATE] : who->kind != ACTOR_CUSTOMER)
		return FAIL(d->arena, ERR_FORBIDDEN, "may not open tickets");
	if (staff && o->writing.note && !actor_may(who, RIGHT_NOTE))
		return FAIL(d->arena, ERR_FORBIDDEN, "may not write notes");
	if (staff && o->to_customer && !actor_may(who, RIGHT_REPLY))
		return FAIL(d->arena, ERR_FORBIDDEN, "may not write to customers");
	if (!staff && who->only_ticket)
		return FAIL(d->arena, ERR_FORBIDDEN, "a link opens one ticket");
	if (!staff && (o->writing.note || o->writing.then))
		return FAIL(d->arena, ERR_FORBIDDEN,
			    "customers write messages, nothing else");
	*t = (struct ticket) {
		.customer_id = staff ? o->customer_id : who->id,
		.subject = o->subject,
		.type_id = o->writing.type_id,
		.priority_id = o->priority_id ? o->priority_id :
			       priority ? priority->id : 0,
		.owner_id = staff ? o->owner_id : 0,
		.source = o->source,
		.lang = o->lang,
		.opened_by_name = who->name,
		.opened_by_customer = !staff,
	};
	TRY(checked(d, ENTRY_TYPE, t->type_id));
	TRY(checked(d, ENTRY_PRIORITY, t->priority_id));
	TRY(check_owner(d, who, t->owner_id));
	if (!staff && !catalog_entry(d->catalog, ENTRY_PRIORITY,
				     t->priority_id)->for_customer && o->priority_id)
		return FAIL(d->arena, ERR_FORBIDDEN, "priority is not theirs to choose");
	t->status_id = catalog_follows(d->catalog, kind_of_opening(who, o), 0, &refused);
	if (staff && o->writing.then > 0) {
		TRY(checked(d, ENTRY_STATUS, o->writing.then));
		t->status_id = o->writing.then;
	}
	copy_order(t, o->order ? &o->order->facts : NULL);
	return NULL;
}

/* Whose first words they are: a staff member may write down the customer's. */
static void sign(const struct actor *who, const struct opening *o,
		 const struct customer *c, struct message *m)
{
	bool for_them = who->kind == ACTOR_AGENT && !o->to_customer &&
			!o->writing.note;

	m->kind = o->writing.note ? MESSAGE_NOTE :
		  who->kind == ACTOR_CUSTOMER || for_them ? MESSAGE_CUSTOMER
							  : MESSAGE_REPLY;
	m->author_kind = who->kind == ACTOR_AGENT && !for_them
		? AUTHOR_AGENT : AUTHOR_CUSTOMER;
	m->author_id = m->author_kind == AUTHOR_AGENT ? who->id : c->id;
	m->author_name = m->author_kind == AUTHOR_AGENT ? who->name : c->name;
}

/* The parts of the customer that letters need. */
static void know_customer(struct ticket *t, const struct customer *c)
{
	t->customer_name = c->name;
	t->customer_email = c->email;
	t->customer_lang = c->lang;
	t->customer_zone = c->zone;
	t->customer_external_id = c->external_id;
}

/* The ticket and its first message. */
static struct err *begin_ticket(struct desk *d, const struct actor *who,
				const struct opening *o, struct ticket *t,
				const struct customer *c, struct message *m)
{
	struct ticket_progress first = {
		.words = o->writing.body,
		.turn = catalog_turn(d->catalog, t->status_id),
	};

	*m = (struct message) {
		.type_id = t->type_id, .status_id = t->status_id,
		.priority_id = t->priority_id, .body = o->writing.body,
		.files = (int) o->writing.n_uploads,
	};
	sign(who, o, c, m);
	first.by_customer = m->kind == MESSAGE_CUSTOMER;
	first.by_agent = m->kind == MESSAGE_REPLY;
	TRY(store_ticket_add(d->db, who, t, &first));
	FAIL_POINT("after_insert_ticket");
	m->ticket_id = t->id;
	TRY(store_message_add(d->db, who, m));
	FAIL_POINT("after_insert_message");
	TRY(claim_files(d, &o->writing, o->guest, m));
	first.message_id = m->id;
	first.files = m->files;
	TRY(store_ticket_begun(d->db, t->id, &first));
	t->last_message_id = m->id;
	return NULL;
}

struct err *ticket_open(struct desk *d, const struct actor *who,
			const struct opening *o, struct result *out)
{
	struct customer c = {
		.id = who->id, .name = who->name, .email = who->email,
		.lang = who->lang, .zone = who->zone,
		.external_id = who->external_id,
	};
	struct message m;
	struct ticket t;
	bool before;

	*out = (struct result) { .what = WRITTEN };
	TRY(fill_opening(d, who, o, &t));
	if (who->kind == ACTOR_AGENT)
		TRY(store_customer_find(d->db, who->shop, o->customer_id, &c));
	TRY(db_begin(d->db));
	TRY(begin_ticket(d, who, o, &t, &c, &m));
	know_customer(&t, &c);
	if (o->order && o->order->lines.n)
		TRY(store_ticket_add_lines(d->db, t.id, lines_json(d, o)));
	TRY(note_event(d, who, t.id, BY_PERSON, m.id, "created", 0, t.status_id));
	TRY(store_count_ticket(d->db, who->shop, t.status_id, t.owner_id));
	TRY(notify_opened(d, who, &t, &m));
	FAIL_POINT("after_letters");
	*out = (struct result) { .what = WRITTEN, .ticket_id = t.id,
				 .message_id = m.id, .number = t.number };
	TRY(use_form(d, &o->writing, out, &before));
	if (before) {
		TRY(store_ticket_find_id(d->db, who, out->ticket_id, &t));
		out->number = t.number;
		return NULL;
	}
	TRY(commit(d, &o->writing));
	FAIL_POINT("after_commit");
	return NULL;
}

/* What others wrote since the writer looked; their own does not count. */
static struct err *overtaken(struct desk *d, const struct actor *who,
			     const struct ticket *t, int64_t seen,
			     struct rows *arrived)
{
	struct message *m;
	size_t kept = 0;

	arrived->n = 0;
	if (!seen || t->last_message_id <= seen)
		return NULL;
	TRY(store_message_since(d->db, who, t->id, seen, arrived));
	m = arrived->at;
	for (size_t i = 0; i < arrived->n; i++) {
		bool mine = m[i].author_id == who->id &&
			(m[i].author_kind == AUTHOR_AGENT) == (who->kind == ACTOR_AGENT);

		if (!mine)
			m[kept++] = m[i];
	}
	arrived->n = kept;
	return NULL;
}

/* May the actor write this here, and which event is it? */
static struct err *kind_of_writing(struct desk *d, const struct actor *who,
				   const struct ticket *t,
				   const struct writing *w, enum happening *what)
{
	const struct entry *status = catalog_status(d->catalog, t->status_id);

	if (who->kind == ACTOR_AGENT) {
		if (!reaches(who, w->note ? RIGHT_NOTE : RIGHT_REPLY, t))
			return not_theirs(d, t);
		*what = w->note ? AGENT_NOTE : t->first_reply_at
			? AGENT_REPLY_NEXT : AGENT_REPLY_FIRST;
		return NULL;
	}
	if (w->note || w->then)
		return FAIL(d->arena, ERR_FORBIDDEN,
			    "ticket %s: customers write messages, nothing else",
			    t->number);
	if (status && !status->customer_may_reply)
		return not_theirs(d, t);
	*what = catalog_is_closed(d->catalog, t->status_id)
		? CUSTOMER_REPLY_CLOSED : CUSTOMER_REPLY_ACTIVE;
	return NULL;
}

/* A type that was archived since stays good for its tickets; one that was
 * archived while somebody wrote is no reason to lose what they wrote. */
static struct err *usable_type(struct desk *d, const struct ticket *t, int64_t *id)
{
	const struct entry *e = catalog_entry(d->catalog, ENTRY_TYPE, *id);

	if (e && e->archived)
		*id = t->type_id;
	if (*id != t->type_id)
		TRY(checked(d, ENTRY_TYPE, *id));
	return NULL;
}

/* The message has the status that follows from it. */
static struct err *add_message(struct desk *d, const struct actor *who,
			       struct ticket *t, const struct writing *w,
			       int64_t status_id, struct message *m)
{
	bool staff = who->kind == ACTOR_AGENT;
	bool ours_was_last = t->last_agent_at && (!t->last_customer_at ||
		strcmp(t->last_agent_at, t->last_customer_at) > 0);
	struct ticket_progress p = { 0 };

	*m = (struct message) {
		.ticket_id = t->id,
		.kind = !staff ? MESSAGE_CUSTOMER : w->note ? MESSAGE_NOTE : MESSAGE_REPLY,
		.author_kind = staff ? AUTHOR_AGENT : AUTHOR_CUSTOMER,
		.author_id = who->id, .author_name = who->name,
		.type_id = w->type_id ? w->type_id : t->type_id,
		.status_id = status_id, .priority_id = t->priority_id,
		.body = w->body, .files = (int) w->n_uploads,
	};
	TRY(usable_type(d, t, &m->type_id));
	TRY(store_message_add(d->db, who, m));
	FAIL_POINT("after_insert_message");
	TRY(claim_files(d, w, (struct bytes) { 0 }, m));
	p.message_id = m->id;
	p.words = m->body;
	p.files = m->files;
	p.by_customer = m->kind == MESSAGE_CUSTOMER;
	p.by_agent = m->kind == MESSAGE_REPLY;
	/* The oldest unanswered message counts: asking twice gains nothing. */
	p.restart_wait = p.by_agent || (p.by_customer && ours_was_last);
	if (status_id != t->status_id) {
		p.status_id = status_id;
		p.turn = catalog_turn(d->catalog, status_id);
	}
	TRY(store_ticket_progress(d->db, t->id, &p));
	t->last_message_id = m->id;
	return NULL;
}

bool ticket_may_leave(const struct desk *d, const struct actor *who,
		      const struct ticket *t)
{
	const struct entry *now = catalog_status(d->catalog, t->status_id);

	return !now || !now->final || actor_may(who, RIGHT_CONFIG);
}

/* The status afterwards: the agent's choice, or as the events say. */
static struct err *status_after(struct desk *d, const struct actor *who,
				const struct ticket *t, const struct writing *w,
				enum happening what, int64_t *status,
				enum event_cause *cause)
{
	bool refused;

	*cause = BY_AUTOMATON;
	*status = t->status_id;
	if (w->then < 0)
		return NULL;
	if (!w->then) {
		*status = catalog_follows(d->catalog, what, t->status_id, &refused);
		return NULL;
	}
	if (!reaches(who, RIGHT_CHANGE, t) ||
	    (w->then != t->status_id && !ticket_may_leave(d, who, t)))
		return not_theirs(d, t);
	TRY(checked(d, ENTRY_STATUS, w->then));
	*cause = BY_PERSON;
	*status = w->then;
	return NULL;
}

struct err *ticket_write(struct desk *d, const struct actor *who, int64_t id,
			 const struct writing *w, struct result *out)
{
	enum event_cause cause = BY_PERSON;
	enum happening what = AGENT_NOTE;
	int64_t status;
	struct message m;
	struct ticket t;
	bool before = false;

	*out = (struct result) { .what = WRITTEN };
	TRY(db_begin(d->db));
	TRY(store_ticket_lock(d->db, who, id, &t));
	out->ticket_id = t.id;
	out->number = t.number;
	TRY(kind_of_writing(d, who, &t, w, &what));
	TRY(overtaken(d, who, &t, w->seen, &out->arrived));
	if (out->arrived.n) {
		if (w->form.at)
			TRY(store_guard_find_form(d->db, w->form, &out->ticket_id,
						  &out->message_id, &before));
		out->what = before ? WRITTEN_BEFORE : OVERTAKEN;
		db_rollback(d->db);
		return NULL;
	}
	TRY(status_after(d, who, &t, w, what, &status, &cause));
	TRY(add_message(d, who, &t, w, status, &m));
	out->message_id = m.id;
	TRY(tell_status(d, who, &t, status, cause, m.id));
	TRY(notify_written(d, who, &t, &m));
	FAIL_POINT("after_letters");
	TRY(use_form(d, w, out, &before));
	if (before)
		return NULL;
	TRY(commit(d, w));
	FAIL_POINT("after_commit");
	return NULL;
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
		return not_theirs(d, &t);
	TRY(set_status(d, who, &t,
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

static struct err *text_event(struct desk *d, const struct actor *who, int64_t id,
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
		TRY(checked(d, ENTRY_TYPE, e.type_id));
	if (e.owner_id != t->owner_id)
		TRY(check_owner(d, who, e.owner_id));
	TRY(store_ticket_edit(d->db, t->id, c->version, &e));
	if (subject)
		TRY(text_event(d, who, t->id, "subject", t->subject, e.subject));
	if (e.type_id != t->type_id)
		TRY(note_event(d, who, t->id, BY_PERSON, 0, "type",
			       t->type_id, e.type_id));
	if (e.owner_id != t->owner_id) {
		TRY(note_event(d, who, t->id, BY_PERSON, 0, "owner",
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
	TRY(checked(d, ENTRY_PRIORITY, priority_id));
	TRY(store_ticket_set_priority(d->db, t->id, priority_id));
	TRY(note_event(d, who, t->id, BY_PERSON, 0, "priority",
		       t->priority_id, priority_id));
	return NULL;
}

struct err *ticket_change(struct desk *d, const struct actor *who, int64_t id,
			  const struct change *c)
{
	int64_t first_owner;
	struct ticket t;
	bool refused;

	if (!actor_may(who, RIGHT_CHANGE))
		return FAIL(d->arena, ERR_FORBIDDEN, "may not change tickets");
	TRY(db_begin(d->db));
	TRY(store_ticket_lock(d->db, who, id, &t));
	if (!reaches(who, RIGHT_CHANGE, &t))
		return not_theirs(d, &t);
	first_owner = t.owner_id;
	TRY(change_fields(d, who, &t, c));
	TRY(change_priority(d, who, &t, c->priority_id));
	if (c->status_id && c->status_id != t.status_id) {
		if (!ticket_may_leave(d, who, &t))
			return not_theirs(d, &t);
		TRY(checked(d, ENTRY_STATUS, c->status_id));
		TRY(set_status(d, who, &t, c->status_id, BY_PERSON, 0));
	} else if (!first_owner && t.owner_id) {
		TRY(set_status(d, who, &t,
			       catalog_follows(d->catalog, FIRST_ASSIGNMENT,
					       t.status_id, &refused),
			       BY_AUTOMATON, 0));
	}
	TRY(db_commit(d->db));
	return NULL;
}

struct err *ticket_set_order(struct desk *d, const struct actor *who, int64_t id,
			     int version, const struct order *order)
{
	struct opening as_opened = { .order = order };
	const char *old;
	struct ticket t;

	TRY(db_begin(d->db));
	TRY(store_ticket_lock(d->db, who, id, &t));
	if (!reaches(who, RIGHT_CHANGE, &t))
		return not_theirs(d, &t);
	old = t.order_no;
	copy_order(&t, order ? &order->facts : NULL);
	t.version = version;
	TRY(store_ticket_set_order(d->db, &t));
	TRY(store_ticket_drop_lines(d->db, t.id));
	if (order && order->lines.n)
		TRY(store_ticket_add_lines(d->db, t.id, lines_json(d, &as_opened)));
	TRY(text_event(d, who, t.id, "order", old, t.order_no));
	TRY(db_commit(d->db));
	return NULL;
}

struct err *ticket_find(struct desk *d, const struct actor *who,
			const char *number, struct ticket *out)
{
	TRY(store_ticket_find(d->db, who, number, out));
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

	TRY(store_ticket_find(d->db, who, number, &t));
	TRY(overtaken(d, who, &t, seen, &arrived));
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
