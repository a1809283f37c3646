#include <string.h>

#include "incoming_parts.h"

static struct decision held(const char *reason)
{
	return (struct decision) { .outcome = INCOMING_HELD, .reason = reason,
				   .code = "held" };
}

/* What no rule about tickets has to see. */
static bool decided_before_tickets(const struct facts *f, struct decision *out)
{
	if (f->class == MAIL_OWN && !f->of_ours)
		*out = held("not_ours");
	else if (f->class == MAIL_OWN)
		*out = (struct decision) { .outcome = INCOMING_IGNORED,
					   .code = "no_ticket" };
	else if (f->known.same_id || f->known.same_message)
		*out = held("same_id");
	else if (!f->mail->from.address)
		*out = held("no_sender");
	else if (f->mail->n_from > 1)
		*out = held("two_senders");
	else if (f->known.blocked)
		*out = held("blocked");
	else if (f->flood)
		*out = held("flood");
	else
		return false;
	return true;
}

static bool takes_part(const struct facts *f)
{
	return f->sender == SENDER_CUSTOMER || f->sender == SENDER_PARTICIPANT;
}

bool incoming_is_forged(const struct facts *f)
{
	return f->match.rule != MATCH_REPLY_ADDRESS &&
	       incoming_verdict(&f->proof) == VERDICT_FAIL;
}

/* Sent to an address that was made for somebody of the team, or by somebody
 * who says to be of the team: never the customer's side. */
static bool concerns_staff(const struct facts *f)
{
	return f->match.rule != MATCH_NONE && !takes_part(f) &&
	       ((f->match.rule == MATCH_REPLY_ADDRESS &&
		 f->match.reader == SEAL_AGENT) || f->sender == SENDER_STAFF);
}

static struct decision of_staff(const struct facts *f)
{
	struct decision d;

	/* An agent's holiday note on a notification of ours. */
	if (f->class != MAIL_HUMAN)
		return (struct decision) { .outcome = INCOMING_IGNORED,
					   .code = "no_ticket" };
	if (f->match.rule == MATCH_REPLY_ADDRESS && f->match.reader == SEAL_AGENT &&
	    f->agent.id == f->match.reader_id && f->agent.active &&
	    incoming_proves_staff(&f->proof))
		return (struct decision) { .outcome = INCOMING_STAFF_REPLY };
	d = held(f->sender == SENDER_STAFF && f->agent.id == f->match.reader_id
		 ? "staff_unproven" : "wrong_sender");
	if (f->match.rule != MATCH_REPLY_ADDRESS || f->match.reader != SEAL_AGENT)
		d = held("staff_unproven");
	d.refuse = true;
	return d;
}

static struct decision new_ticket(const char *code, const char *relation)
{
	return (struct decision) { .outcome = INCOMING_OPENED, .code = code,
				   .relation = relation };
}

/* A machine, or a list: what it says is kept, and nothing moves. */
static struct decision of_machine(const struct facts *f)
{
	bool part = takes_part(f) && !incoming_is_forged(f);

	if (part && f->match.rule != MATCH_NONE)
		return (struct decision) { .outcome = INCOMING_AUTOMATIC,
					   .code = "collapsed", .silent = true };
	if (incoming_sealed(&f->match))
		return (struct decision) { .outcome = INCOMING_NOTE, .silent = true,
					   .code = "note_outside" };
	if (f->class == MAIL_AUTO)
		return held("automatic");
	return f->match.rule == MATCH_NONE ? new_ticket("opened", NULL)
					   : new_ticket("maybe_of", "maybe_of");
}

/* A new ticket instead: the old one is over, or it is about something else. */
static bool goes_elsewhere(const struct facts *f, struct decision *out)
{
	bool by_header = f->match.rule == MATCH_OWN_ID ||
			 f->match.rule == MATCH_FOREIGN_ID;

	if (by_header && f->other_subject && (f->over || f->quiet_long))
		*out = new_ticket("drift", "maybe_of");
	else if (f->final || f->over_long)
		*out = (struct decision) { .outcome = INCOMING_FOLLOW_UP,
					   .code = "follow_up",
					   .relation = "follow_up_of" };
	else
		return false;
	return true;
}

static struct decision of_participant(const struct facts *f)
{
	struct decision d;

	/* Thanks open nothing again, and begin nothing new. */
	if (f->thanks)
		return (struct decision) { .outcome = INCOMING_THANKS,
					   .code = "thanks", .silent = true };
	if (goes_elsewhere(f, &d))
		return d;
	return (struct decision) { .outcome = INCOMING_JOINED };
}

static struct decision of_person(const struct facts *f)
{
	if (f->match.rule == MATCH_NONE)
		return new_ticket("opened", NULL);
	if (takes_part(f) && !incoming_is_forged(f))
		return of_participant(f);
	return incoming_sealed(&f->match)
		? (struct decision) { .outcome = INCOMING_NOTE, .code = "note_outside" }
		: new_ticket("maybe_of", "maybe_of");
}

struct decision incoming_decide(const struct facts *f)
{
	struct decision d;

	if (decided_before_tickets(f, &d))
		return d;
	if (concerns_staff(f))
		return of_staff(f);
	if (f->class != MAIL_HUMAN)
		return of_machine(f);
	if (f->match.rule == MATCH_NONE && f->agent.id && f->agent.active &&
	    f->forwarded.from.address && incoming_proves_staff(&f->proof))
		return (struct decision) { .outcome = INCOMING_FORWARDED };
	return of_person(f);
}
