#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/fail.h"
#include "base/utf8.h"
#include "desk/bounce.h"
#include "desk/catalog.h"
#include "desk/mail_loop.h"
#include "incoming_parts.h"
#include "port/db.h"
#include "store/outbox.h"
#include "store/participant.h"

enum { NAME_MOST = 200, SUBJECT_MOST = 250 };

const char *const incoming_outcome_codes[] = {
	[INCOMING_HELD]        = "held",
	[INCOMING_OPENED]      = "opened",
	[INCOMING_FOLLOW_UP]   = "follow_up",
	[INCOMING_JOINED]      = "joined",
	[INCOMING_THANKS]      = "thanks",
	[INCOMING_AUTOMATIC]   = "automatic",
	[INCOMING_NOTE]        = "note",
	[INCOMING_STAFF_REPLY] = "staff_reply",
	[INCOMING_STAFF_NOTE]  = "staff_note",
	[INCOMING_FORWARDED]   = "forwarded",
	[INCOMING_BOUNCE]      = "bounce",
	[INCOMING_DUPLICATE]   = "duplicate",
	[INCOMING_IGNORED]     = "ignored",
	[INCOMING_DROPPED]     = "dropped",
	NULL
};

/* --- what the letter says ------------------------------------------------------------ */

static void read_row(struct desk *d, struct mail_row *row, const struct mail *m)
{
	row->mail_id = m->message_id;
	row->content = m->content;
	row->from_address = m->from.address;
	row->from_name = m->from.name ? utf8_cut(d->arena, m->from.name, NAME_MOST)
				      : NULL;
	row->subject = utf8_cut(d->arena, m->subject, SUBJECT_MOST);
}

/*
 * Anybody may send a letter before its writer does, with the same words and
 * the same Message-ID. It must not make the writer's a copy of it: one whose
 * sender can be believed more is decided on its own.
 */
static enum mail_standing standing(const struct facts *f)
{
	static const enum mail_standing of[] = {
		[VERDICT_FAIL] = MAIL_FORGED, [VERDICT_NONE] = MAIL_UNPROVEN,
		[VERDICT_PASS] = MAIL_PROVEN,
	};

	return f->class == MAIL_HUMAN ? of[incoming_verdict(&f->proof)]
					: MAIL_NO_PERSON;
}

static void trace_letter(struct desk *d, struct trace *t, const struct facts *f)
{
	static const char *const classes[] = {
		[MAIL_HUMAN] = "class_human", [MAIL_AUTO] = "class_auto",
		[MAIL_BOUNCE] = "class_bounce", [MAIL_LIST] = "class_list",
		[MAIL_OWN] = "class_own",
	};
	static const char *const proofs[] = {
		[VERDICT_NONE] = "dmarc_none", [VERDICT_PASS] = "dmarc_pass",
		[VERDICT_FAIL] = "dmarc_fail",
	};

	if (f->row->full_size)
		trace_add(t, "head_only", arena_printf(d->arena, "%lld",
					(long long) (f->row->full_size >> 20)));
	for (size_t i = 0; i < f->mail->n_notes && i < TRACE_STEPS / 4; i++)
		trace_add(t, "note", f->mail->notes[i]);
	trace_add(t, classes[f->class], f->class_because);
	if (f->by_form)
		trace_add(t, "by_form", f->mail->from.address);
	if (f->proof.trusted_domain)
		trace_add(t, "trusted_domain", strchr(f->mail->from.address, '@') + 1);
	else
		trace_add(t, proofs[incoming_verdict(&f->proof)], NULL);
}

static void trace_match(struct trace *t, const struct facts *f)
{
	static const char *const rules[] = {
		[MATCH_NONE] = "match_none",
		[MATCH_REPLY_ADDRESS] = "match_reply_address",
		[MATCH_OWN_ID] = "match_own_id",
		[MATCH_FOREIGN_ID] = "match_foreign_id",
		[MATCH_MARK] = "match_mark", [MATCH_NUMBER] = "match_number",
		[MATCH_SUBJECT] = "match_subject",
	};
	static const char *const senders[] = {
		[SENDER_STRANGER] = "sender_stranger",
		[SENDER_CUSTOMER] = "sender_customer",
		[SENDER_PARTICIPANT] = "sender_participant",
		[SENDER_STAFF] = "sender_staff",
	};
	bool part = f->sender != SENDER_STRANGER;

	if (f->match.rule == MATCH_NUMBER && !part)
		trace_add(t, "match_number_stranger", f->match.number);
	else
		trace_add(t, rules[f->match.rule], f->match.number);
	if (f->match.rule == MATCH_NONE)
		return;
	trace_add(t, senders[f->sender], f->agent.name);
	if (part && incoming_is_forged(f))
		trace_add(t, "sender_forged", NULL);
}

/* --- facts ------------------------------------------------------------------------------ */

static struct agent of_the_team(struct desk *d, const char *address)
{
	size_t n;
	const struct agent *a = catalog_agents(d->catalog, &n);

	for (size_t i = 0; address && i < n; i++)
		if (a[i].active && !strcmp(a[i].email, address))
			return a[i];
	return (struct agent) { .id = 0 };
}

/* Somebody outside, of whom an agent sent a letter on. */
static struct forwarded sent_on(struct desk *d, const struct facts *f,
				const struct incoming *in)
{
	struct forwarded out = { .from = { NULL, NULL } };

	if (!f->agent.id || f->match.rule != MATCH_NONE ||
	    !incoming_agent(d, f->row->shop_id, &f->agent).may[RIGHT_CREATE])
		return out;
	out = incoming_forwarded(d->arena, f->mail);
	if (out.from.address &&
	    (of_the_team(d, out.from.address).id ||
	     incoming_is_ours(d, in, out.from.address)))
		out.from.address = NULL;
	return out;
}

/* Letters of ours and reports do not, unless a person wants it so. */
static bool becomes_words(const struct facts *f)
{
	return f->row->wish || (f->class != MAIL_OWN && f->class != MAIL_BOUNCE);
}

/*
 * Our mark and our address anybody can copy, and a shop's form on the web
 * writes in its own name what customers typed. What we wrote has an id of ours.
 */
static struct err *wrote_it(struct desk *d, const struct mail *m, bool *ours)
{
	struct outbox letter;
	int64_t ticket_id;
	struct err *e;

	*ours = m->message_id && seal_read_message_id(d->arena, catalog_seal(d->catalog),
						      m->message_id, &ticket_id);
	if (*ours || !m->message_id)
		return NULL;
	e = store_outbox_by_header(d->db, m->message_id, &letter);
	if (e && e->kind != ERR_NOT_FOUND)
		return err_passed(e, __func__);
	*ours = !e;
	return NULL;
}

static struct err *gather(struct desk *d, const struct incoming *in, struct facts *f)
{
	const struct mail_row *row = f->row;

	TRY(store_mail_known(d->db, row, &f->known));
	f->agent = of_the_team(d, row->from_address);
	if (f->class == MAIL_OWN)
		TRY(wrote_it(d, f->mail, &f->of_ours));
	if (!becomes_words(f))
		return NULL;
	if (row->wish)
		f->match = (struct match) { .ticket_id = row->ticket_id };
	else
		TRY(incoming_match(d, row, f->mail, f->class, &f->match));
	f->forwarded = sent_on(d, f, in);
	return NULL;
}

static struct err *who_is_it(struct desk *d, struct facts *f)
{
	const char *from = f->row->from_address;
	bool part = false;

	f->sender = SENDER_STRANGER;
	if (!from)
		return NULL;
	/* Their own signed address: whatever else they are here. */
	if (f->agent.id && f->match.rule == MATCH_REPLY_ADDRESS &&
	    f->match.reader == SEAL_AGENT) {
		f->sender = SENDER_STAFF;
		return NULL;
	}
	if (!strcmp(from, f->ticket.customer_email)) {
		f->sender = SENDER_CUSTOMER;
		return NULL;
	}
	TRY(store_participant_is(d->db, f->ticket.id, from, &part));
	f->sender = part ? SENDER_PARTICIPANT : f->agent.id ? SENDER_STAFF
							    : SENDER_STRANGER;
	return NULL;
}

static bool longer_ago(const struct facts *f, const char *at)
{
	return at && clock_parse(f->known.now) - clock_parse(at) >
		     INCOMING_REOPEN_DAYS * DAY;
}

/* The last answer of ours, if the ticket's people wait for one. */
static struct err *is_asked(struct desk *d, const struct facts *f, bool *asked)
{
	const char *words;

	TRY(store_message_last_reply(d->db, f->ticket.id, &words));
	*asked = words && incoming_asks(words);
	return NULL;
}

static struct err *may_be_thanks(struct desk *d, struct facts *f)
{
	const char *names = arena_join(d->arena, f->ticket.customer_name, " ",
				       f->mail->from.name ? f->mail->from.name : "", " ",
				       catalog_agent_name(d->catalog, f->ticket.owner_id)
				       ? catalog_agent_name(d->catalog, f->ticket.owner_id)
				       : "");
	bool asked = false;

	f->thanks = f->class == MAIL_HUMAN && f->ticket.last_agent_at &&
		    incoming_thanks(f->mail, names);
	if (!f->thanks)
		return NULL;
	TRY(is_asked(d, f, &asked));
	f->thanks = !asked;
	return NULL;
}

/* The ticket as it is now, locked, and who the sender is to it. */
static struct err *know_ticket(struct desk *d, struct facts *f)
{
	const struct actor us = { .kind = ACTOR_SYSTEM, .shop = f->row->shop_id };
	const struct entry *status;
	bool refused;
	struct err *e;

	if (!f->match.ticket_id)
		return NULL;
	e = store_ticket_lock(d->db, &us, f->match.ticket_id, &f->ticket);
	if (e && e->kind != ERR_NOT_FOUND)
		return err_passed(e, __func__);
	if (e) {
		f->match = (struct match) { .rule = MATCH_NONE };
		f->ticket.id = 0;
		return NULL;
	}
	TRY(who_is_it(d, f));
	status = catalog_status(d->catalog, f->ticket.status_id);
	f->over = catalog_is_closed(d->catalog, f->ticket.status_id);
	f->over_long = f->over && longer_ago(f, f->ticket.closed_at);
	f->quiet_long = longer_ago(f, f->ticket.updated_at);
	f->shut = status && !status->customer_may_reply;
	f->final = status && (status->final || f->shut);
	if (f->over) {
		catalog_follows(d->catalog, CUSTOMER_REPLY_CLOSED,
				f->ticket.status_id, &refused);
		f->final = f->final || refused;
	}
	f->other_subject = strcmp(incoming_same_subject(d->arena, f->mail->subject),
				  incoming_same_subject(d->arena, f->ticket.subject)) != 0;
	TRY(may_be_thanks(d, f));
	return NULL;
}

/* --- decided --------------------------------------------------------------------------- */

static struct err *finish(struct desk *d, struct mail_row *row, struct trace *t)
{
	row->trace = trace_end(t);
	TRY(store_mail_set_decided(d->db, row));
	FAIL_POINT("before_commit");
	TRY(db_commit(d->db));
	FAIL_POINT("after_commit");
	return NULL;
}

/* The same letter by another way, or again with other marks of its way. */
static struct err *is_duplicate(struct desk *d, struct facts *f,
				struct mail_row *row)
{
	struct trace t;

	row->content = (struct bytes) { 0 };
	row->state = MAIL_DONE;
	row->class = f->class;
	row->outcome = incoming_outcome_codes[INCOMING_DUPLICATE];
	trace_begin(&t, d->arena);
	trace_add(&t, "duplicate", NULL);
	TRY(db_begin(d->db));
	TRY(store_mail_take(d->db, row));
	TRY(store_mail_again(d->db, f->known.same_content));
	TRY(finish(d, row, &t));
	return NULL;
}

static struct err *is_unreadable(struct desk *d, struct mail_row *row,
				 const struct mail *m)
{
	struct trace t;

	row->content = (struct bytes) { 0 };
	row->state = MAIL_BAD;
	row->outcome = incoming_outcome_codes[INCOMING_HELD];
	row->reason = "unreadable";
	trace_begin(&t, d->arena);
	for (size_t i = 0; i < m->n_notes; i++)
		trace_add(&t, "note", m->notes[i]);
	trace_add(&t, "held", row->reason);
	TRY(db_begin(d->db));
	TRY(store_mail_take(d->db, row));
	TRY(finish(d, row, &t));
	return NULL;
}

/* What a person asked for goes before what we would have decided. */
static struct decision wished(const struct facts *f, const char *wish)
{
	if (!strcmp(wish, "ticket"))
		return (struct decision) { .outcome = INCOMING_OPENED,
					   .code = "asked_ticket" };
	if (!f->ticket.id)
		return (struct decision) { .outcome = INCOMING_HELD, .code = "held",
					   .reason = "gone" };
	if (!strcmp(wish, "join") && f->shut)
		return (struct decision) { .outcome = INCOMING_HELD, .code = "held",
					   .reason = "shut" };
	return !strcmp(wish, "join")
		? (struct decision) { .outcome = INCOMING_JOINED, .code = "asked_join" }
		: (struct decision) { .outcome = INCOMING_NOTE, .code = "asked_note" };
}

static struct decision decided(struct facts *f)
{
	struct decision dec;

	if (!f->row->wish)
		return incoming_decide(f);
	dec = wished(f, f->row->wish);
	if (!f->row->from_address && dec.outcome != INCOMING_HELD)
		dec = (struct decision) { .outcome = INCOMING_HELD, .code = "held",
					  .reason = "no_sender" };
	return dec;
}

static struct err *take_bounce(struct desk *d, struct facts *f, struct trace *t,
			       struct mail_row *row)
{
	enum bounce what;
	bool taken;

	TRY(bounce_take(d, row, f->mail, &what));
	taken = what != BOUNCE_OF_NOTHING;
	row->state = taken ? MAIL_DONE : MAIL_HELD;
	row->outcome = incoming_outcome_codes[taken ? INCOMING_BOUNCE : INCOMING_HELD];
	row->reason = taken ? NULL : "bounce";
	trace_add(t, taken ? "bounce_taken" : "held", row->reason);
	if (what == BOUNCE_UNPROVEN)
		trace_add(t, "bounce_unproven", NULL);
	return NULL;
}

/* From here on everything is one transaction. */
static struct err *settle(struct desk *d, struct facts *f, struct mail_row *row)
{
	struct decision dec;
	struct trace t;

	trace_begin(&t, d->arena);
	trace_letter(d, &t, f);
	incoming_doubts(d, f, &t);
	row->class = f->class;
	if (f->class == MAIL_BOUNCE && !row->wish) {
		TRY(take_bounce(d, f, &t, row));
		TRY(finish(d, row, &t));
		return NULL;
	}
	if (f->class == MAIL_OWN)
		TRY(loop_arrived(d, row, f->mail));
	TRY(incoming_count_sender(d, f));
	TRY(know_ticket(d, f));
	dec = decided(f);
	TRY(incoming_too_many_strangers(d, f, &dec));
	if (f->class != MAIL_OWN && !row->wish)
		trace_match(&t, f);
	FAIL_POINT("after_decide");
	TRY(incoming_apply(d, f, &dec, &t, row));
	TRY(finish(d, row, &t));
	return NULL;
}

/*
 * A form on the shop's pages writes in our name what customers typed, and
 * names them in Reply-To. That proves nothing; but once a person has taken it
 * for a letter, it is theirs.
 */
static bool is_by_form(struct desk *d, const struct incoming *in,
		       const struct mail_row *row, const struct mail *m)
{
	return row->wish && incoming_is_ours(d, in, m->from.address) &&
	       m->reply_to.address && !incoming_is_ours(d, in, m->reply_to.address);
}

static struct mail of_its_writer(const struct mail *m)
{
	struct mail as_meant = *m;

	as_meant.from = m->reply_to;
	as_meant.reply_to = (struct mail_address) { NULL, NULL };
	return as_meant;
}

struct err *incoming_take(struct desk *d, const struct incoming *in,
			  struct mail_row *row, const struct mail *m, int files_fd)
{
	struct facts f = { .row = row, .by_form = is_by_form(d, in, row, m) };
	struct mail as_meant = of_its_writer(m);
	struct err *e;

	f.mail = m = f.by_form ? &as_meant : m;
	read_row(d, row, m);
	if (m->unreadable)
		return is_unreadable(d, row, m);
	row->class = f.class = incoming_class(d, in, row, m, &f.class_because);
	/* What our mail host says is about our own address. */
	if (!f.by_form)
		f.proof = incoming_proof(d, in, m);
	row->standing = standing(&f);
	TRY(gather(d, in, &f));
	if (f.known.same_content)
		return is_duplicate(d, &f, row);
	if (becomes_words(&f))
		TRY(incoming_files(d, in, m, files_fd, &f.files));
	FAIL_POINT("after_files");
	TRY(db_begin(d->db));
	e = store_mail_take(d->db, row);
	if (e && e->kind == ERR_CONFLICT) {
		/* Its twin was a moment faster. */
		db_rollback(d->db);
		TRY(store_mail_known(d->db, row, &f.known));
		if (!f.known.same_content)
			return err_passed(e, __func__);
		return is_duplicate(d, &f, row);
	}
	TRY(e);
	TRY(settle(d, &f, row));
	return NULL;
}
