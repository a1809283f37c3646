#include <string.h>

#include "base/arena.h"
#include "base/fail.h"
#include "desk/catalog.h"
#include "desk/desk.h"
#include "desk/notify.h"
#include "desk/order.h"
#include "desk/ticket_write.h"
#include "port/db.h"
#include "store/count.h"
#include "store/customer.h"
#include "store/guard.h"
#include "ticket_parts.h"

/* --- a form is sent once ------------------------------------------------------ */

/* Stores the form's row; *before is true when it was sent already. */
static struct err *use_form(struct desk *d, const struct writing *w,
			    struct result *out, bool *before)
{
	struct err *e;

	*before = false;
	if (!w->form.at)
		return NULL;
	e = store_guard_use_form(d->db, w->form, out->ticket_id, out->message_id);
	FAIL_POINT("after_using_form");
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

/* --- opening -------------------------------------------------------------------- */

/* A letter's files are only now known to the database. */
static struct err *add_files(struct desk *d, const struct by_mail *mail,
			     int64_t message_id)
{
	for (size_t i = 0; i < mail->n_files; i++) {
		struct upload u = mail->files[i];

		u.message_id = message_id;
		TRY(store_attachment_add(d->db, &u));
	}
	return NULL;
}

static struct err *claim_files(struct desk *d, const struct writing *w,
			       struct bytes guest, struct message *m)
{
	int64_t n = 0;

	if (w->mail) {
		TRY(add_files(d, w->mail, m->id));
		return NULL;
	}
	if (guest.at)
		TRY(store_attachment_claim_guest(d->db, guest, m->id, &n));
	else if (w->n_uploads)
		TRY(store_attachment_claim(d->db, w->holder, w->uploads,
					   w->n_uploads, m->id, &n));
	if (n != m->files)
		TRY(store_message_set_files(d->db, m, n));
	FAIL_POINT("after_claiming_files");
	m->files = (int) n;
	return NULL;
}

static int files_of(const struct writing *w)
{
	return (int) (w->mail ? w->mail->n_files : w->n_uploads);
}

/* What a letter says beside its words; a stranger is known by a name alone. */
static void came_by(const struct writing *w, struct message *m)
{
	if (!w->mail)
		return;
	m->source = "mail";
	m->mail_id = w->mail->mail_id;
	if (!w->mail->stranger)
		return;
	m->author_kind = AUTHOR_ADDRESS;
	m->author_id = 0;
	m->author_name = w->mail->stranger;
}

/* What the message does to its ticket. */
static struct ticket_progress progress_of(const struct writing *w,
					  const struct message *m)
{
	bool silent = w->mail && w->mail->silent;

	return (struct ticket_progress) {
		.message_id = m->id, .words = m->body, .files = m->files,
		.by_customer = m->kind == MESSAGE_CUSTOMER && !silent,
		.by_agent = m->kind == MESSAGE_REPLY,
		.silent = m->kind == MESSAGE_CUSTOMER && silent,
	};
}

static enum happening kind_of_opening(const struct actor *who,
				      const struct opening *o)
{
	if (who->kind == ACTOR_CUSTOMER)
		return CREATED_BY_CUSTOMER;
	return o->to_customer ? CREATED_TO_CUSTOMER : CREATED_BY_AGENT;
}

struct err *ticket_prepare(struct desk *d, const struct actor *who,
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
	TRY(ticket_check(d, ENTRY_TYPE, t->type_id));
	TRY(ticket_check(d, ENTRY_PRIORITY, t->priority_id));
	TRY(ticket_check_owner(d, who, t->owner_id));
	if (!staff && !catalog_entry(d->catalog, ENTRY_PRIORITY,
				     t->priority_id)->for_customer && o->priority_id)
		return FAIL(d->arena, ERR_FORBIDDEN, "priority is not theirs to choose");
	t->status_id = catalog_follows(d->catalog, kind_of_opening(who, o), 0, &refused);
	if (staff && o->writing.then > 0) {
		TRY(ticket_check(d, ENTRY_STATUS, o->writing.then));
		t->status_id = o->writing.then;
	}
	ticket_copy_order(t, o->order ? &o->order->facts : NULL);
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
				const struct opening *o, const struct customer *c,
				struct ticket *t, struct message *m)
{
	struct ticket_progress first;

	*m = (struct message) {
		.type_id = t->type_id, .status_id = t->status_id,
		.priority_id = t->priority_id, .body = o->writing.body,
		.files = files_of(&o->writing),
	};
	sign(who, o, c, m);
	came_by(&o->writing, m);
	first = progress_of(&o->writing, m);
	first.turn = catalog_turn(d->catalog, t->status_id);
	TRY(store_ticket_add(d->db, who, t, &first));
	FAIL_POINT("after_insert_ticket");
	m->ticket_id = t->id;
	TRY(store_message_add(d->db, who, m));
	FAIL_POINT("after_insert_message");
	TRY(claim_files(d, &o->writing, o->guest, m));
	first.message_id = m->id;
	first.files = m->files;
	TRY(store_ticket_begun(d->db, t->id, &first));
	FAIL_POINT("after_progress");
	t->last_message_id = m->id;
	return NULL;
}

struct err *ticket_open_in(struct desk *d, const struct actor *who,
			   const struct opening *o, const struct customer *c,
			   struct ticket *t, struct message *m)
{
	const struct by_mail *mail = o->writing.mail;
	enum event_cause cause = mail ? BY_MAIL : BY_PERSON;

	TRY(begin_ticket(d, who, o, c, t, m));
	know_customer(t, c);
	if (o->order)
		TRY(ticket_copy_lines(d, t->id, o));
	TRY(ticket_note_event(d, who, t->id, cause, m->id, "created", 0, t->status_id));
	TRY(store_count_ticket(d->db, who->shop, t->status_id, t->owner_id));
	FAIL_POINT("after_counting");
	TRY(notify_opened(d, who, t, m, mail ? mail->receipt : RECEIPT_FULL));
	FAIL_POINT("after_letters");
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
	TRY(ticket_prepare(d, who, o, &t));
	if (who->kind == ACTOR_AGENT)
		TRY(store_customer_find(d->db, who->shop, o->customer_id, &c));
	TRY(db_begin(d->db));
	TRY(ticket_open_in(d, who, o, &c, &t, &m));
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

/* --- writing -------------------------------------------------------------------- */

struct err *ticket_overtaken(struct desk *d, const struct actor *who,
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

	if (w->mail && (w->mail->outside || w->mail->silent)) {
		*what = w->mail->outside ? AGENT_NOTE : AUTOMATIC_MAIL;
		return NULL;
	}
	if (who->kind == ACTOR_AGENT) {
		if (!ticket_reaches(who, w->note ? RIGHT_NOTE : RIGHT_REPLY, t))
			return ticket_not_theirs(d, t);
		*what = w->note ? AGENT_NOTE : t->first_reply_at
			? AGENT_REPLY_NEXT : AGENT_REPLY_FIRST;
		return NULL;
	}
	if (w->note || w->then)
		return FAIL(d->arena, ERR_FORBIDDEN,
			    "ticket %s: customers write messages, nothing else",
			    t->number);
	if (status && !status->customer_may_reply)
		return ticket_not_theirs(d, t);
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
		TRY(ticket_check(d, ENTRY_TYPE, *id));
	return NULL;
}

/* The message has the status that follows from it. */
static struct err *add_message(struct desk *d, const struct actor *who,
			       struct ticket *t, const struct writing *w,
			       int64_t status_id, struct message *m)
{
	bool staff = who->kind == ACTOR_AGENT;
	bool note = w->note || (w->mail && w->mail->outside);
	bool ours_was_last = t->last_agent_at && (!t->last_customer_at ||
		strcmp(t->last_agent_at, t->last_customer_at) > 0);
	struct ticket_progress p;

	*m = (struct message) {
		.ticket_id = t->id,
		.kind = note ? MESSAGE_NOTE : staff ? MESSAGE_REPLY : MESSAGE_CUSTOMER,
		.author_kind = staff ? AUTHOR_AGENT : AUTHOR_CUSTOMER,
		.author_id = who->id, .author_name = who->name,
		.type_id = w->type_id ? w->type_id : t->type_id,
		.status_id = status_id, .priority_id = t->priority_id,
		.body = w->body, .files = files_of(w),
	};
	came_by(w, m);
	TRY(usable_type(d, t, &m->type_id));
	TRY(store_message_add(d->db, who, m));
	FAIL_POINT("after_insert_message");
	TRY(claim_files(d, w, (struct bytes) { 0 }, m));
	p = progress_of(w, m);
	/* The oldest unanswered message counts: asking twice gains nothing. */
	p.restart_wait = p.by_agent || (p.by_customer && ours_was_last);
	if (status_id != t->status_id) {
		p.status_id = status_id;
		p.turn = catalog_turn(d->catalog, status_id);
	}
	TRY(store_ticket_progress(d->db, t->id, &p));
	FAIL_POINT("after_progress");
	t->last_message_id = m->id;
	return NULL;
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
	if (!ticket_reaches(who, RIGHT_CHANGE, t) ||
	    (w->then != t->status_id && !ticket_may_leave(d, who, t)))
		return ticket_not_theirs(d, t);
	TRY(ticket_check(d, ENTRY_STATUS, w->then));
	*cause = BY_PERSON;
	*status = w->then;
	return NULL;
}

/* The message, the status that follows, and who hears of it. */
static struct err *write_as(struct desk *d, const struct actor *who,
			    struct ticket *t, const struct writing *w,
			    enum happening what, struct message *m)
{
	enum event_cause cause = BY_PERSON;
	int64_t status;

	TRY(status_after(d, who, t, w, what, &status, &cause));
	TRY(add_message(d, who, t, w, status, m));
	TRY(ticket_tell_status(d, who, t, status, cause, m->id));
	FAIL_POINT("after_telling_status");
	if (!w->mail || !w->mail->untold)
		TRY(notify_written(d, who, t, m, w));
	FAIL_POINT("after_letters");
	return NULL;
}

struct err *ticket_write_in(struct desk *d, const struct actor *who,
			    struct ticket *t, const struct writing *w,
			    struct message *m)
{
	enum happening what;

	TRY(kind_of_writing(d, who, t, w, &what));
	TRY(write_as(d, who, t, w, what, m));
	return NULL;
}

/* The ticket is locked, and the transaction open. */
static struct err *write_locked(struct desk *d, const struct actor *who,
				struct ticket *t, const struct writing *w,
				struct result *out)
{
	enum happening what = AGENT_NOTE;
	struct message m;
	bool before = false;

	*out = (struct result) { .what = WRITTEN, .ticket_id = t->id,
				 .number = t->number };
	TRY(kind_of_writing(d, who, t, w, &what));
	TRY(ticket_overtaken(d, who, t, w->seen, &out->arrived));
	if (out->arrived.n) {
		if (w->form.at)
			TRY(store_guard_find_form(d->db, w->form, &out->ticket_id,
						  &out->message_id, &before));
		out->what = before ? WRITTEN_BEFORE : OVERTAKEN;
		db_rollback(d->db);
		return NULL;
	}
	TRY(write_as(d, who, t, w, what, &m));
	out->message_id = m.id;
	TRY(use_form(d, w, out, &before));
	if (before)
		return NULL;
	TRY(commit(d, w));
	FAIL_POINT("after_commit");
	return NULL;
}

struct err *ticket_write(struct desk *d, const struct actor *who, int64_t id,
			 const struct writing *w, struct result *out)
{
	struct ticket t;

	TRY(db_begin(d->db));
	TRY(store_ticket_lock(d->db, who, id, &t));
	TRY(write_locked(d, who, &t, w, out));
	return NULL;
}

struct err *ticket_write_to(struct desk *d, const struct actor *who,
			    const char *number, const struct writing *w,
			    struct result *out)
{
	struct ticket t;

	TRY(db_begin(d->db));
	TRY(store_ticket_lock_number(d->db, who, number, &t));
	TRY(write_locked(d, who, &t, w, out));
	return NULL;
}
