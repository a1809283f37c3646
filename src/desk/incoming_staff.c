#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/locale.h"
#include "base/str.h"
#include "base/words.h"
#include "desk/catalog.h"
#include "desk/letter.h"
#include "incoming_parts.h"
#include "port/db.h"
#include "port/fold.h"
#include "port/secret.h"
#include "store/address.h"
#include "store/guard.h"
#include "store/message_mail.h"
#include "ticket_parts.h"

enum { A_DAY = 86400, REFUSALS_MOST = 5, COMMANDS_MOST = 5, WORD_MOST = 80 };

struct actor incoming_agent(const struct desk *d, int shop, const struct agent *a)
{
	struct actor who = {
		.kind = ACTOR_AGENT, .shop = shop, .id = a->id, .name = a->name,
		.email = a->email, .lang = a->lang, .zone = a->zone,
	};

	who.role = catalog_role(d->catalog, a->role_id, who.may);
	return who;
}

/* --- the first line --------------------------------------------------------------------- */

/* What the first line wants: "#note #assign anna". */
struct orders {
	bool any, note, close, wait;
	const char *assign, *type;	/* names; NULL */
	const char *unknown;		/* the first word nobody knows; NULL */
	const char *words;		/* the rest of the letter */
};

/* "#note" takes the rest of its line as words, "#assign" as a name. */
static const char *read_one(struct arena *a, const char *at, struct orders *o)
{
	size_t n = 1 + strcspn(at + 1, " \t\n");
	const char *word = arena_copy(a, at, n < WORD_MOST ? n : WORD_MOST);
	const char *rest = at + n + strspn(at + n, " \t");
	size_t line = strcspn(rest, "\n");
	const char **name = !strcasecmp(word, "#assign") ? &o->assign :
			    !strcasecmp(word, "#type") ? &o->type : NULL;

	o->any = true;
	if (name) {
		*name = arena_copy(a, rest, line < WORD_MOST ? line : WORD_MOST);
		return rest + line;
	}
	if (!strcasecmp(word, "#note"))
		o->note = true;
	else if (!strcasecmp(word, "#close"))
		o->close = true;
	else if (!strcasecmp(word, "#wait"))
		o->wait = true;
	else
		o->unknown = word;
	return rest;
}

static struct orders read_orders(struct arena *a, const char *text)
{
	struct orders o = { 0 };

	text += strspn(text, " \t\n");
	/* "#1042 is the number" is no command. */
	for (int i = 0; i < COMMANDS_MOST && !o.unknown && text[0] == '#' &&
			isalpha((unsigned char) text[1]); i++) {
		text = read_one(a, text, &o);
		text += strspn(text, " \t\n");
	}
	o.words = text;
	return o;
}

/* The same letters, whatever their case and accents. */
static bool same_word(const char *one, const char *other)
{
	struct fold f, g;
	struct fold_word v, w;
	bool more;

	fold_begin(&f, one, strlen(one));
	fold_begin(&g, other, strlen(other));
	while ((more = fold_next(&f, &v)) == fold_next(&g, &w) && more)
		if (strcmp(v.text, w.text))
			return false;
	return !more && !fold_next(&g, &w);
}

/* By whole or first name, or what stands before the @; 0: none, or several. */
static int64_t agent_named(const struct desk *d, struct arena *a, const char *name)
{
	size_t n, found = 0;
	int64_t id = 0;
	const struct agent *all = catalog_agents(d->catalog, &n);

	for (size_t i = 0; i < n; i++) {
		const char *first = arena_copy(a, all[i].name,
					       strcspn(all[i].name, " "));
		const char *local = arena_copy(a, all[i].email,
					       strcspn(all[i].email, "@"));

		if (!all[i].active || !(same_word(name, all[i].name) ||
		    same_word(name, first) || same_word(name, local)))
			continue;
		found++;
		id = all[i].id;
	}
	return found == 1 ? id : 0;
}

static int64_t type_named(const struct desk *d, const struct actor *who,
			  const char *name)
{
	const char *const *lang = locale_languages;
	size_t n;
	const struct entry *all = catalog_entries(d->catalog, ENTRY_TYPE, &n);

	(void) who;
	for (size_t i = 0; i < n; i++) {
		if (all[i].archived)
			continue;
		if (same_word(name, all[i].code))
			return all[i].id;
		for (lang = locale_languages; *lang; lang++)
			if (same_word(name, catalog_name(d->catalog, ENTRY_TYPE,
							 all[i].id, *lang)))
				return all[i].id;
	}
	return 0;
}

/* The first status in use that waits for the customer; 0: there is none. */
static int64_t waiting_status(const struct desk *d)
{
	size_t n;
	const struct entry *all = catalog_entries(d->catalog, ENTRY_STATUS, &n);

	for (size_t i = 0; i < n; i++)
		if (all[i].active && !all[i].archived &&
		    all[i].category == CATEGORY_WAITING_CUSTOMER)
			return all[i].id;
	return 0;
}

static int64_t closed_status(const struct desk *d, int64_t now)
{
	bool refused;
	int64_t to = catalog_follows(d->catalog, AGENT_CLOSES, now, &refused);

	return !refused && catalog_is_closed(d->catalog, to) ? to : 0;
}

/* What they come to; an order that leads nowhere is `unknown`. */
struct wish {
	int64_t then;			/* status; 0: none was asked for */
	struct change change;
};

static struct wish understand(const struct desk *d, const struct actor *who,
			      const struct ticket *t, struct orders *o)
{
	struct wish w = { .change = { .version = t->version } };

	if (o->close && !(w.then = closed_status(d, t->status_id)))
		o->unknown = "#close";
	if (o->wait && !(w.then = waiting_status(d)))
		o->unknown = "#wait";
	if (o->assign && !(w.change.owner_id = agent_named(d, d->arena, o->assign)))
		o->unknown = arena_join(d->arena, "#assign ", o->assign);
	if (o->type && !(w.change.type_id = type_named(d, who, o->type)))
		o->unknown = arena_join(d->arena, "#type ", o->type);
	return w;
}

/* --- a letter back ------------------------------------------------------------------------ */

/* Why it went no further: marked for translation, said in the agent's language. */
static const char stale[] = N_("Somebody wrote in this request after the mail you answered.");
static const char unknown[] = N_("Its first line begins with a command that is not known.");
static const char hidden[] = N_("What you answered is a note that the customer does not see.");
static const char quoting[] = N_("It quotes what is for the team alone. Leave out the quotation.");
static const char no_right[] = N_("You do not have the right to do what it asks for.");

static struct err *tell_agent(struct desk *d, const struct facts *f,
			      const struct message *m, const char *why)
{
	const struct agent *a = &f->agent;
	struct letter_facts facts = letter_shop_facts(d->catalog);
	const char *before = words_language();
	const char *lang = locale_pick(a->lang, catalog_text(d->catalog, "language"));

	words_use(lang);
	facts.ticket_number = f->ticket.number;
	facts.subject = f->ticket.subject;
	facts.reason = words_get(why);
	facts.url = arena_printf(d->arena, "%s/ticket/%s#m%lld", d->urls->panel,
				 f->ticket.number, (long long) m->id);
	words_use(before);
	TRY(letter_write(d->db, "mail_kept", &(struct letter_to) {
		.kind = "agent", .id = a->id, .address = a->email, .name = a->name,
		.lang = lang,
		.zone = a->zone ? a->zone : catalog_text(d->catalog, "zone"),
	}, &(struct letter_about) {
		.shop = f->row->shop_id, .ticket_id = f->ticket.id,
		.message_id = m->id, .domain = notify_domain(d),
	}, &facts));
	return NULL;
}

/* Once more of that kind within a day: is it too often? */
static struct err *refused_enough(struct desk *d, const char *key, int64_t most,
				  bool *enough)
{
	int64_t tries;

	TRY(store_guard_try(d->db, secret_sha256(d->arena, key, strlen(key)), A_DAY,
			    &tries));
	*enough = tries > most;
	return NULL;
}

/* Once a day for an address, and, since senders are easily made up, not for
 * many of them because of one agent's address that others know. */
static struct err *refused_often(struct desk *d, const struct facts *f, bool *enough)
{
	int shop = f->row->shop_id;
	int64_t reader = f->match.rule == MATCH_REPLY_ADDRESS ? f->match.reader_id : 0;

	TRY(refused_enough(d, arena_printf(d->arena, "mail_refused:%d:%s", shop,
					   f->row->from_address), 1, enough));
	if (*enough || f->agent.id)
		return NULL;
	TRY(refused_enough(d, arena_printf(d->arena, "mail_refused_for:%d:%lld", shop,
					   (long long) reader), REFUSALS_MOST, enough));
	return NULL;
}

struct err *incoming_refuse(struct desk *d, const struct facts *f)
{
	struct letter_facts facts = letter_shop_facts(d->catalog);
	const char *from = f->row->from_address;
	struct address_row known;
	bool enough, found;

	/* Who was forged did not write to us. */
	if (incoming_verdict(&f->proof) == VERDICT_FAIL)
		return NULL;
	TRY(store_address_find(d->db, f->row->shop_id, from, &known, &found));
	if (known.undeliverable_at || known.quiet)
		return NULL;
	TRY(refused_often(d, f, &enough));
	if (enough)
		return NULL;
	TRY(letter_write(d->db, "mail_refused", &(struct letter_to) {
		.kind = "address", .address = from,
		.lang = locale_pick(f->agent.lang, catalog_text(d->catalog, "language")),
		.zone = catalog_text(d->catalog, "zone"),
	}, &(struct letter_about) {
		.shop = f->row->shop_id, .domain = notify_domain(d),
	}, &facts));
	return NULL;
}

/* --- an answer by mail --------------------------------------------------------------------- */

/* Does it answer what a stranger wrote and nobody has accepted? The customer
 * would get words, and perhaps a quotation, that were meant for others. */
static struct err *answers_note(struct desk *d, const struct facts *f, bool *note)
{
	const struct actor us = { .kind = ACTOR_SYSTEM, .shop = f->row->shop_id };
	struct message_mail answered;
	struct err *e;

	*note = false;
	if (!f->match.answers)
		return NULL;
	e = store_message_mail_find(d->db, &us, f->match.answers, &answered);
	if (e && e->kind != ERR_NOT_FOUND)
		return err_passed(e, __func__);
	*note = !e && answered.kind == MESSAGE_NOTE;
	return NULL;
}

/*
 * Is the notification it answers among its words, because nobody could tell
 * it from them or they stand below it? Each ends with a mark; it says more
 * than customers see, and the address that was made for its reader.
 */
static bool quotes_us(struct desk *d, const struct facts *f, const char *words)
{
	const char *address = arena_printf(d->arena, "+r%lld.a%lld.",
					   (long long) f->ticket.id,
					   (long long) f->agent.id);
	int64_t ticket_id;

	return seal_read_mark(d->arena, catalog_seal(d->catalog), words, &ticket_id) ||
	       strcasestr(words, address);
}

static const char *step_of(const char *why)
{
	return why == unknown ? "staff_command" : why == no_right ? "staff_right" :
	       why == hidden ? "staff_hidden" : why == quoting ? "staff_quotes" :
	       "staff_stale";
}

/* Why it must not go to the customer; NULL: it may. */
static struct err *reason_against(struct desk *d, const struct actor *who,
				  const struct facts *f, const struct orders *o,
				  const struct wish *w, struct trace *t,
				  const char **why)
{
	const struct ticket *ticket = &f->ticket;
	struct rows arrived = { 0 };
	bool changes = w->then || w->change.owner_id || w->change.type_id;
	bool note;

	*why = NULL;
	TRY(answers_note(d, f, &note));
	TRY(ticket_overtaken(d, who, ticket, f->match.answers, &arrived));
	if (o->unknown)
		*why = unknown;
	else if ((changes && !ticket_reaches(who, RIGHT_CHANGE, ticket)) ||
		 (w->then && !ticket_may_leave(d, who, ticket)) ||
		 (!o->note && !ticket_reaches(who, RIGHT_REPLY, ticket)))
		*why = no_right;
	else if (!o->note && *o->words && note)
		*why = hidden;
	else if (!o->note && quotes_us(d, f, o->words))
		*why = quoting;
	else if (!o->note && *o->words && arrived.n)
		*why = stale;
	if (*why)
		trace_add(t, step_of(*why), *why == unknown ? o->unknown : who->name);
	return NULL;
}

/* Beside the words: owner, type, and the status when there are no words. */
static struct err *carry_out(struct desk *d, const struct actor *who,
			     struct facts *f, const struct orders *o,
			     struct wish *w, bool no_words, struct trace *t)
{
	if (no_words)
		w->change.status_id = w->then;
	if (w->change.owner_id || w->change.type_id || w->change.status_id)
		TRY(ticket_change_in(d, who, &f->ticket, &w->change));
	if (o->close || o->wait)
		trace_add(t, "staff_did", o->close ? "#close" : "#wait");
	if (o->assign)
		trace_add(t, "staff_did", arena_join(d->arena, "#assign ", o->assign));
	if (o->type)
		trace_add(t, "staff_did", arena_join(d->arena, "#type ", o->type));
	return NULL;
}

static struct err *hold(struct facts *f, struct trace *t, struct mail_row *row)
{
	row->state = MAIL_HELD;
	row->outcome = incoming_outcome_codes[INCOMING_HELD];
	row->reason = "no_right";
	trace_add(t, "held", row->reason);
	(void) f;
	return NULL;
}

struct err *incoming_staff(struct desk *d, struct facts *f, struct trace *t,
			   struct mail_row *row)
{
	struct actor who = incoming_agent(d, row->shop_id, &f->agent);
	struct orders o = read_orders(d->arena, f->mail->text);
	struct wish w = understand(d, &who, &f->ticket, &o);
	struct by_mail mail = { .mail_id = row->mail_id, .files = f->files,
				.n_files = f->mail->n_files };
	bool no_words = !*o.words && !f->mail->n_files, note;
	const char *why;
	struct message m;

	TRY(reason_against(d, &who, f, &o, &w, t, &why));
	note = o.note || why;
	if (note && !no_words && !ticket_reaches(&who, RIGHT_NOTE, &f->ticket))
		return hold(f, t, row);
	row->ticket_id = f->ticket.id;
	row->outcome = incoming_outcome_codes[note || no_words ? INCOMING_STAFF_NOTE
							       : INCOMING_STAFF_REPLY];
	if (!why)
		TRY(carry_out(d, &who, f, &o, &w, no_words, t));
	if (no_words && !why)
		return NULL;
	TRY(ticket_write_in(d, &who, &f->ticket, &(struct writing) {
		/* What was kept back is kept whole, with its first line. */
		.body = why ? f->mail->text : o.words, .note = note,
		.then = why ? -1 : w.then, .mail = &mail,
	}, &m));
	row->message_id = m.id;
	TRY(incoming_beside(d, f, row, m.id, &mail));
	if (why)
		return tell_agent(d, f, &m, why);
	trace_add(t, note ? "staff_note" : "staff_reply", who.name);
	return NULL;
}

/* --- a customer's letter, sent on -------------------------------------------------------------- */

/* What the agent wrote above it is for the team. */
static struct err *add_preface(struct desk *d, const struct actor *who,
			       const struct facts *f, int64_t ticket_id)
{
	const char *words = f->forwarded.preface;
	struct by_mail mail = { .mail_id = NULL };
	struct message m;
	struct ticket t;

	if (!words[strspn(words, " \t\n>*-")] || !actor_may(who, RIGHT_NOTE))
		return NULL;
	TRY(store_ticket_lock(d->db, &(struct actor) { .kind = ACTOR_SYSTEM,
			      .shop = who->shop }, ticket_id, &t));
	if (!ticket_reaches(who, RIGHT_NOTE, &t))
		return NULL;
	TRY(ticket_write_in(d, who, &t, &(struct writing) {
		.body = words, .note = true, .then = -1, .mail = &mail,
	}, &m));
	return NULL;
}

struct err *incoming_forward(struct desk *d, const struct facts *f,
			     struct trace *t, struct mail_row *row)
{
	struct actor who = incoming_agent(d, row->shop_id, &f->agent);
	const struct mail_address *from = &f->forwarded.from;
	struct by_mail mail = { .mail_id = row->mail_id, .files = f->files,
				.n_files = f->mail->n_files };
	const char *subject = incoming_subject(d->arena, f->mail->subject);
	struct customer c;
	struct opening o;
	struct message m;
	struct ticket made;

	TRY(incoming_guest(d, row->shop_id, from->address,
			   incoming_name(d->arena, from), NULL, &c));
	TRY(incoming_receipt(d, f, from->address, t, &mail.receipt));
	o = (struct opening) {
		.writing = { .type_id = catalog_default(d->catalog, ENTRY_TYPE)->id,
			     .body = f->forwarded.words, .mail = &mail },
		.subject = *subject ? subject : _("No subject"),
		.source = TICKET_FROM_MAIL, .customer_id = c.id,
		.lang = locale_pick(c.lang, catalog_text(d->catalog, "language")),
	};
	TRY(ticket_prepare(d, &who, &o, &made));
	TRY(ticket_open_in(d, &who, &o, &c, &made, &m));
	row->ticket_id = made.id;
	row->message_id = m.id;
	TRY(incoming_beside(d, f, row, m.id, &mail));
	TRY(add_preface(d, &who, f, made.id));
	trace_add(t, "forwarded", who.name);
	return NULL;
}
