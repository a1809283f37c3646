#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "base/words.h"
#include "desk/trace.h"
#include "port/json.h"

enum { MOST = 64 * 1024, VALUE = 300 };

/* Every step in words; {1} is its value. Those that decided make the summary. */
static const struct step {
	const char *code, *words;
	bool decides;
} steps[] = {
	{ "note", N_("Reading it: {1}"), false },
	{ "head_only", N_("Only its beginning was kept: it had {1} MB."), false },
	{ "class_human", N_("A person wrote it."), false },
	{ "class_auto", N_("A machine wrote it: {1}"), false },
	{ "class_list", N_("It came through a mailing list or in bulk: {1}"), false },
	{ "class_bounce", N_("It is a report about a letter of ours."), false },
	{ "class_own", N_("It looks like a letter of ours that came back: {1}"), true },
	{ "dmarc_pass", N_("Our mail host proved its sender’s domain (DMARC)."), false },
	{ "dmarc_fail", N_("Our mail host says its sender is forged (DMARC failed)."), false },
	{ "dmarc_none", N_("Nobody proved who sent it."), false },
	{ "by_form", N_("A form wrote it in our name: {1}, whom it names for answers, counts as its writer."), false },
	{ "trusted_domain", N_("Our mail host takes mail from {1} from signed-in people alone."), false },
	{ "duplicate", N_("The same letter came before, and was decided then."), true },
	{ "match_reply_address", N_("Joined because it was sent to the reply address of this ticket."), true },
	{ "match_own_id", N_("Joined because it answers a letter we sent about this ticket."), true },
	{ "match_foreign_id", N_("Joined because it answers a letter of this conversation."), true },
	{ "match_mark", N_("Joined because it quotes the mark of this ticket."), true },
	{ "match_number", N_("Joined because its subject names ticket {1} and its sender takes part."), true },
	{ "match_subject", N_("Joined because the same sender wrote about the same subject a short time ago."), true },
	{ "match_none", N_("It belongs to no ticket we have."), false },
	{ "match_number_stranger", N_("Its subject names ticket {1}, but its sender takes no part there."), false },
	{ "sender_customer", N_("The sender is the customer."), false },
	{ "sender_participant", N_("The sender takes part in the ticket."), false },
	{ "sender_staff", N_("The sender is {1} of the team."), false },
	{ "sender_stranger", N_("The sender takes no part in this ticket."), false },
	{ "sender_forged", N_("The sender may be forged, so it counts as a stranger’s."), false },
	{ "opened", N_("A new ticket was opened."), true },
	{ "follow_up", N_("A new ticket goes on with {1}, which is over."), true },
	{ "drift", N_("A new ticket, because it is about something else than {1}, which has rested for long."), true },
	{ "maybe_of", N_("A new ticket that may belong to {1}: nothing proves it."), true },
	{ "note_outside", N_("Hidden from the customer because a stranger wrote it."), true },
	{ "reopened", N_("It opened the ticket again."), false },
	{ "collapsed", N_("Kept folded: it changes no status and nobody was told."), true },
	{ "thanks", N_("It only says thank you, so nothing changed."), true },
	{ "no_ticket", N_("Nothing was opened for it."), false },
	{ "unowned", N_("Its owner is gone, so nobody has the ticket now."), false },
	{ "customer_account", N_("The sender’s account in the shop is known and proven."), false },
	{ "customer_guest", N_("The sender counts as a guest."), false },
	{ "receipt_full", N_("The sender got a receipt."), false },
	{ "receipt_mute", N_("The sender’s address is not proven: the receipt repeats nothing."), false },
	{ "receipt_capped", N_("No receipt: {1} has got enough of them."), false },
	{ "receipt_none", N_("No receipt."), false },
	{ "staff_reply", N_("Sent to the customer as an answer of {1}."), true },
	{ "staff_note", N_("Kept as a note of {1}."), true },
	{ "staff_stale", N_("Kept as a note: somebody wrote since the letter it answers."), true },
	{ "staff_hidden", N_("Kept as a note: the customer does not see what it answers."), true },
	{ "staff_quotes", N_("Kept as a note: it quotes what is for the team alone."), true },
	{ "staff_command", N_("Kept as a note: its first line is no command we know: {1}"), true },
	{ "staff_right", N_("Kept as a note: {1} may not do that."), true },
	{ "staff_did", N_("Done as its first line asked: {1}"), false },
	{ "forwarded", N_("{1} sent on what a customer had written."), true },
	{ "bounce_taken", N_("Noted at the letter that could not be delivered."), true },
	{ "bounce_unproven", N_("It did not come to the return path of that letter, so its address is not marked."), true },
	{ "held", N_("Held for a person: {1}"), true },
	{ "asked_ticket", N_("{1} made a ticket of it."), true },
	{ "asked_join", N_("{1} put it into this ticket."), true },
	{ "asked_note", N_("{1} put it into this ticket as a note."), true },
	{ "dropped", N_("{1} put it aside."), true },
	{ "restored", N_("{1} held it again."), false },
	{ "first_mail", N_("The first mail from this address."), false },
	{ "name_of_agent", N_("It bears the name of {1} of your team, but came from elsewhere."), false },
	{ "other_reply_to", N_("Answers to it would go to another address: {1}"), false },
	{ "blocked_sender", N_("{1} blocked its sender."), false },
	{ NULL }
};

static const struct reason {
	const char *code, *words;
} reasons[] = {
	{ "unreadable", N_("Nothing can read it.") },
	{ "failed", N_("It could not be stored, however often we tried.") },
	{ "not_ours", N_("It bears our address or our mark, and we did not write it.") },
	{ "no_sender", N_("It names nobody who could be answered.") },
	{ "two_senders", N_("It names several senders.") },
	{ "same_id", N_("Another letter came with the same Message-ID.") },
	{ "blocked", N_("Its sender is blocked.") },
	{ "flood", N_("Its sender writes too often.") },
	{ "strangers", N_("Too many new requests came from senders that nothing has proven.") },
	{ "automatic", N_("A machine wrote it, and it answers nothing of ours.") },
	{ "bounce", N_("It says that a letter was not delivered, but not which.") },
	{ "wrong_sender", N_("It was sent to an address that belongs to somebody else of the team.") },
	{ "staff_unproven", N_("Its sender says to be of the team, and nothing proves it.") },
	{ "no_right", N_("Its sender, of the team, may not write here.") },
	{ "gone", N_("The ticket it was to join is gone.") },
	{ "shut", N_("The ticket it was to join takes no messages of its customer.") },
	{ NULL }
};

const char *trace_reason(const char *reason)
{
	for (const struct reason *r = reasons; r->code; r++)
		if (!strcmp(r->code, reason))
			return _(r->words);
	return NULL;
}

void trace_begin(struct trace *t, struct arena *a)
{
	str_init(&t->json, a, MOST);
	str_add(&t->json, "[");
	t->n = 0;
}

void trace_resume(struct trace *t, struct arena *a, const char *json)
{
	struct json *all;

	trace_begin(t, a);
	if (!json || json_parse(a, json, strlen(json), 3, &all))
		return;
	while (t->n < TRACE_STEPS && json_element(all, t->n))
		t->n++;
	if (t->n)
		str_addn(&t->json, json + 1, strlen(json) - 2);
}

void trace_add(struct trace *t, const char *code, const char *value)
{
	if (t->n == TRACE_STEPS)
		return;
	str_add(&t->json, t->n++ ? ",{\"code\":" : "{\"code\":");
	str_add_json(&t->json, code);
	if (value) {
		str_add(&t->json, ",\"value\":");
		str_add_json(&t->json, value);
	}
	str_add(&t->json, "}");
}

const char *trace_end(struct trace *t)
{
	str_add(&t->json, "]");
	return t->json.text;
}

static const struct step *step_named(const char *code)
{
	const struct step *s = steps;

	while (s->code && strcmp(s->code, code))
		s++;
	return s->code ? s : NULL;
}

/* What a value means to people: the code of a reason is one of ours. */
static const char *in_words(struct arena *a, const struct step *s,
			    const char *value)
{
	const char *reason = !strcmp(s->code, "held") ? trace_reason(value) : NULL;

	return words_say(a, _(s->words), reason ? reason :
			 utf8_brief(a, value, VALUE), NULL, NULL);
}

const struct trace_line *trace_read(struct arena *a, const char *json, size_t *n)
{
	struct trace_line *out = arena_alloc(a, TRACE_STEPS * sizeof(*out));
	struct json *all, *one;

	*n = 0;
	if (!json || json_parse(a, json, strlen(json), 3, &all))
		return out;
	for (size_t i = 0; i < TRACE_STEPS && (one = json_element(all, i)); i++) {
		const char *code = json_text(json_member(one, "code"));
		const char *value = json_text(json_member(one, "value"));
		const struct step *s = code ? step_named(code) : NULL;

		if (!s)
			continue;
		out[(*n)++] = (struct trace_line) {
			.code = code, .value = value ? value : "",
			.words = in_words(a, s, value ? value : ""),
		};
	}
	return out;
}

const char *trace_summary(struct arena *a, const char *json)
{
	struct str out;
	size_t n;
	const struct trace_line *line = trace_read(a, json, &n);

	str_init(&out, a, MOST);
	for (size_t i = 0; i < n; i++) {
		if (!step_named(line[i].code)->decides)
			continue;
		str_add(&out, out.len ? " " : "");
		str_add(&out, line[i].words);
	}
	return out.text;
}
