#include <string.h>

#include "base/arena.h"
#include "base/locale.h"
#include "desk/catalog.h"
#include "incoming_parts.h"
#include "port/db.h"
#include "port/secret.h"
#include "store/address.h"
#include "store/attachment.h"
#include "store/message_mail.h"
#include "store/participant.h"
#include "store/relation.h"
#include "store/setting.h"
#include "ticket_parts.h"

enum { PUBLIC_ID = 16 };

/* --- held letters ----------------------------------------------------------------- */

static struct err *find_held(struct desk *d, const struct actor *who, int64_t id,
			     struct mail_row *row)
{
	TRY(store_mail_find_locked(d->db, who, id, row));
	if (row->state != MAIL_HELD && row->state != MAIL_BAD)
		return FAIL(d->arena, ERR_CONFLICT, "letter %lld is not held",
			    (long long) id);
	return NULL;
}

/* Who did what with it, beside what the letter itself remembers. */
static struct err *record(struct desk *d, const struct actor *who,
			  const struct mail_row *row, const char *what)
{
	TRY(store_setting_audit(d->db, who,
				arena_printf(d->arena, "mail.%lld", (long long) row->id),
				row->reason, what));
	return NULL;
}

static struct err *ask_for(struct desk *d, const struct actor *who, int64_t mail_id,
			   const char *wish, int64_t ticket_id)
{
	struct mail_row row;

	TRY(db_begin(d->db));
	TRY(find_held(d, who, mail_id, &row));
	TRY(store_mail_wish(d->db, who, mail_id, wish, ticket_id));
	TRY(record(d, who, &row, wish));
	TRY(db_commit(d->db));
	return NULL;
}

struct err *incoming_release(struct desk *d, const struct actor *who, int64_t mail_id)
{
	if (!actor_may(who, RIGHT_CREATE))
		return FAIL(d->arena, ERR_FORBIDDEN, "may not open tickets");
	TRY(ask_for(d, who, mail_id, "ticket", 0));
	return NULL;
}

struct err *incoming_join(struct desk *d, const struct actor *who, int64_t mail_id,
			  const char *number, bool as_note)
{
	struct ticket t;

	TRY(store_ticket_find(d->db, who, number, &t));
	if (!ticket_reaches(who, as_note ? RIGHT_NOTE : RIGHT_REPLY, &t))
		return ticket_not_theirs(d, &t);
	TRY(ask_for(d, who, mail_id, as_note ? "note" : "join", t.id));
	return NULL;
}

static struct err *put_aside(struct desk *d, const struct actor *who,
			     struct mail_row *row, bool block)
{
	struct trace t;

	trace_resume(&t, d->arena, row->trace);
	trace_add(&t, "dropped", who->name);
	if (block)
		trace_add(&t, "blocked_sender", who->name);
	row->trace = trace_end(&t);
	row->state = MAIL_DONE;
	row->outcome = incoming_outcome_codes[INCOMING_DROPPED];
	TRY(store_mail_set_decided(d->db, row));
	return NULL;
}

struct err *incoming_drop(struct desk *d, const struct actor *who, int64_t mail_id,
			  bool block)
{
	struct mail_row row;

	if (!actor_may(who, RIGHT_CREATE))
		return FAIL(d->arena, ERR_FORBIDDEN, "may not decide about mails");
	TRY(db_begin(d->db));
	TRY(find_held(d, who, mail_id, &row));
	block = block && row.from_address;
	TRY(put_aside(d, who, &row, block));
	if (block)
		TRY(store_address_block(d->db, who->shop, row.from_address, true));
	TRY(record(d, who, &row, block ? "block" : "drop"));
	TRY(db_commit(d->db));
	return NULL;
}

/* --- notes from outside, and thanks -------------------------------------------------- */

/* A message that came by mail, its letter, and its ticket, locked. */
struct arrived {
	struct message_mail beside;
	struct mail_row letter;
	struct ticket ticket;
};

static struct err *find_arrived(struct desk *d, const struct actor *who,
				int64_t message_id, struct arrived *out)
{
	TRY(store_message_mail_find(d->db, who, message_id, &out->beside));
	TRY(store_mail_of_message(d->db, who, message_id, &out->letter));
	TRY(store_ticket_lock(d->db, who, out->beside.ticket_id, &out->ticket));
	if (!ticket_reaches(who, RIGHT_REPLY, &out->ticket))
		return ticket_not_theirs(d, &out->ticket);
	return NULL;
}

static struct err *find_outside(struct desk *d, const struct actor *who,
				int64_t message_id, struct arrived *out)
{
	TRY(find_arrived(d, who, message_id, out));
	if (!out->beside.from_outside || out->beside.kind != MESSAGE_NOTE ||
	    !out->letter.from_address)
		return FAIL(d->arena, ERR_CONFLICT, "message %lld is no note from outside",
			    (long long) message_id);
	return NULL;
}

/* The ticket is where an answer of its customer would have brought it. */
static struct err *as_customers(struct desk *d, const struct actor *who,
				struct arrived *a, int64_t message_id)
{
	struct ticket *t = &a->ticket;
	bool refused, ours_was_last = t->last_agent_at && (!t->last_customer_at ||
		strcmp(t->last_agent_at, t->last_customer_at) > 0);
	int64_t to = catalog_follows(d->catalog,
		catalog_is_closed(d->catalog, t->status_id) ? CUSTOMER_REPLY_CLOSED
							    : CUSTOMER_REPLY_ACTIVE,
		t->status_id, &refused);

	TRY(store_message_set_public(d->db, t->id, message_id, ours_was_last));
	TRY(ticket_set_status(d, who, t, refused ? t->status_id : to, BY_AUTOMATON,
			      message_id));
	return NULL;
}

struct err *incoming_accept(struct desk *d, const struct actor *who,
			    int64_t message_id, bool participant)
{
	struct arrived a;
	bool added;

	TRY(db_begin(d->db));
	TRY(find_outside(d, who, message_id, &a));
	TRY(store_message_mail_set_inside(d->db, who, message_id));
	TRY(as_customers(d, who, &a, message_id));
	TRY(ticket_note_event(d, who, a.ticket.id, BY_PERSON, message_id, "accepted",
			      0, message_id));
	if (participant) {
		TRY(store_participant_add(d->db, who, a.ticket.id,
					  a.letter.from_address, a.letter.from_name,
					  &added));
		TRY(ticket_text_event(d, who, a.ticket.id, "participant", NULL,
				      a.letter.from_address));
	}
	TRY(db_commit(d->db));
	return NULL;
}

/* The same bytes, in both messages. */
static struct err *files_of(struct desk *d, const struct actor *who,
			    const struct arrived *a, int64_t message_id,
			    struct rows *files)
{
	struct upload *u;

	TRY(store_attachment_list(d->db, who, a->ticket.id, message_id, message_id,
				  files));
	u = files->at;
	for (size_t i = 0; i < files->n; i++)
		u[i].public_id = secret_token(d->arena, PUBLIC_ID);
	return NULL;
}

static struct err *open_split(struct desk *d, const struct actor *who,
			      const struct arrived *a, const struct rows *files,
			      struct ticket *t, struct message *m)
{
	struct mail_address from = { a->letter.from_name, a->letter.from_address };
	struct by_mail mail = { .mail_id = a->letter.mail_id, .files = files->at,
				.n_files = files->n, .receipt = RECEIPT_NONE };
	const char *subject = incoming_subject(d->arena, a->letter.subject);
	struct customer c;
	struct opening o;

	TRY(incoming_guest(d, who->shop, from.address, incoming_name(d->arena, &from),
			   NULL, &c));
	o = (struct opening) {
		.writing = { .type_id = catalog_default(d->catalog, ENTRY_TYPE)->id,
			     .body = a->beside.body, .mail = &mail },
		.subject = *subject ? subject : a->ticket.subject,
		.source = TICKET_FROM_MAIL, .customer_id = c.id,
		.lang = a->ticket.lang,
	};
	TRY(ticket_prepare(d, who, &o, t));
	TRY(ticket_open_in(d, who, &o, &c, t, m));
	return NULL;
}

struct err *incoming_split(struct desk *d, const struct actor *who,
			   int64_t message_id, struct result *out)
{
	struct message_mail beside;
	struct rows files;
	struct message m;
	struct arrived a;
	struct ticket t;

	TRY(db_begin(d->db));
	TRY(find_outside(d, who, message_id, &a));
	TRY(files_of(d, who, &a, message_id, &files));
	/* Answers to that letter belong to the new ticket from now on, and what
	 * is left here is an internal note that nobody accepts any more. */
	TRY(store_message_mail_set_inside(d->db, who, message_id));
	TRY(store_message_drop_mail_id(d->db, message_id));
	TRY(open_split(d, who, &a, &files, &t, &m));
	beside = a.beside;
	beside.message_id = m.id;
	beside.from_outside = false;
	TRY(store_message_mail_add(d->db, who, &beside));
	TRY(store_relation_add(d->db, t.id, RELATION_SPLIT_FROM, a.ticket.id));
	TRY(ticket_note_event(d, who, a.ticket.id, BY_PERSON, message_id, "split",
			      0, t.id));
	TRY(db_commit(d->db));
	*out = (struct result) { .what = WRITTEN, .ticket_id = t.id,
				 .message_id = m.id, .number = t.number };
	return NULL;
}

struct err *incoming_ask(struct desk *d, const struct actor *who, int64_t message_id)
{
	struct arrived a;

	TRY(db_begin(d->db));
	TRY(find_arrived(d, who, message_id, &a));
	if (!a.letter.outcome || strcmp(a.letter.outcome,
					incoming_outcome_codes[INCOMING_THANKS]))
		return FAIL(d->arena, ERR_CONFLICT, "message %lld is no thanks",
			    (long long) message_id);
	a.letter.outcome = incoming_outcome_codes[INCOMING_JOINED];
	TRY(store_mail_set_decided(d->db, &a.letter));
	TRY(as_customers(d, who, &a, message_id));
	TRY(ticket_note_event(d, who, a.ticket.id, BY_PERSON, message_id, "asks",
			      0, message_id));
	TRY(db_commit(d->db));
	return NULL;
}

/* --- again ----------------------------------------------------------------------------- */

struct err *incoming_replay(struct desk *d, const struct incoming *in,
			    struct mail_row *row, const struct mail *m, int files_fd)
{
	const struct actor us = { .kind = ACTOR_SYSTEM, .shop = row->shop_id };
	struct facts f = { .row = row, .mail = m, .class = row->class };
	struct message_mail beside;
	struct by_mail mail = { 0 };

	/* What the team wrote by mail was taken out of it by hand: see staff.c. */
	if (!row->message_id || m->unreadable || row->class == MAIL_BOUNCE ||
	    !strncmp(row->outcome, "staff", strlen("staff")) ||
	    !strcmp(row->outcome, incoming_outcome_codes[INCOMING_FORWARDED]))
		return FAIL(d->arena, ERR_CONFLICT, "letter %lld made no message",
			    (long long) row->id);
	TRY(incoming_files(d, in, m, files_fd, &f.files));
	TRY(db_begin(d->db));
	TRY(store_message_mail_find(d->db, &us, row->message_id, &beside));
	mail.outside = beside.from_outside;
	TRY(store_mail_rebuild(d->db, row->message_id, m->text, (int) m->n_files));
	for (size_t i = 0; i < m->n_files; i++) {
		f.files[i].message_id = row->message_id;
		TRY(store_attachment_add(d->db, &f.files[i]));
	}
	TRY(incoming_beside(d, &f, row, row->message_id, &mail));
	TRY(db_commit(d->db));
	return NULL;
}
