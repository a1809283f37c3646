#include <math.h>

#include "world.h"

/*
 * One ticket from its first message to its last act, by the rules that
 * src/desk/ticket.c has with the statuses of a new installation: whatever the
 * agent does not choose is kept, but a customer's answer opens a closed ticket.
 */

enum { DAY_BEGINS = 7, DAY_ENDS = 17 };	/* UTC: when agents are there */

struct life {
	const struct ticket *t;
	struct dice dice;
	struct act *out;		/* NULL: only count */
	uint32_t ticket, n;
	instant now;
	uint8_t state, owner, type;
	bool customer_last;
};

static struct act *act(struct life *l, enum act_kind what, uint8_t agent)
{
	static _Thread_local struct act nowhere;
	struct act *a = l->out ? &l->out[l->n] : &nowhere;

	*a = (struct act) {
		.at = l->now, .ticket = l->ticket, .seq = (uint16_t) l->n,
		.what = (uint8_t) what, .agent = agent, .type = l->type,
	};
	l->n++;
	return a;
}

static struct act *event(struct life *l, enum act_kind what, uint8_t agent,
			 uint8_t from, uint8_t to)
{
	struct act *a = act(l, what, agent);

	a->from = from;
	a->to = to;
	return a;
}

/* The rows of one transaction are a little apart, as NOW(6) tells them. */
static void same_moment(struct life *l)
{
	l->now += 200 + dice_below(&l->dice, 900);
}

/* Agents come at eight, go at six, and not on weekends. */
static instant working_time(instant t)
{
	int64_t day = t / DAY, hour = t % DAY / HOUR;

	if (hour >= DAY_ENDS)
		day++, hour = -1;
	if (hour < DAY_BEGINS)
		t = day * DAY + DAY_BEGINS * HOUR + t % HOUR;
	while ((t / DAY + 4) % 7 == 6 || (t / DAY + 4) % 7 == 0)
		t += DAY;
	return t;
}

static void wait(struct life *l, double hours, double spread)
{
	l->now += (instant) (dice_lognormal(&l->dice, hours, spread) * (double) HOUR);
}

/* 0: the ticket's agent; now and then somebody else steps in. */
static uint8_t somebody(struct life *l)
{
	if (dice_percent(&l->dice, 12))
		return (uint8_t) (1 + dice_below(&l->dice, AGENTS));
	return l->t->agent;
}

static void change_state(struct life *l, uint8_t agent, enum state to,
			 bool by_message)
{
	if (l->state == to)
		return;
	same_moment(l);
	event(l, STATUS, agent, l->state, (uint8_t) to)->by_message = by_message;
	l->state = (uint8_t) to;
}

static uint8_t some_files(struct life *l, double percent)
{
	uint8_t n = 0;

	if (dice_percent(&l->dice, percent))
		for (n = 1; n < 5 && dice_percent(&l->dice, 30); )
			n++;
	return n;
}

static void customer_writes(struct life *l)
{
	wait(l, l->customer_last ? 3 : 9, 1.3);
	act(l, WROTE_CUSTOMER, 0)->files = some_files(l, 10);
	l->customer_last = true;
	if (l->state == IS_CLOSED) {
		change_state(l, 0, IS_OPEN, true);
		if (l->out)
			l->out[l->n - 1].by_itself = true;
	}
}

/* What an agent sends a ticket to with an answer. */
static void choose_state(struct life *l, uint8_t agent)
{
	static const int weights[STATES] = { 10, 34, 3, 2, 8 };

	if (dice_percent(&l->dice, 45))
		change_state(l, agent, (enum state)
			dice_weighted(&l->dice, weights, STATES), true);
}

static void agent_writes(struct life *l, bool note, bool last)
{
	uint8_t agent = somebody(l);

	wait(l, note ? 2 : 4, 1.2);
	l->now = working_time(l->now);
	act(l, note ? WROTE_NOTE : WROTE_REPLY, agent)->files =
		some_files(l, note ? 3 : 5);
	if (!note)
		l->customer_last = false;
	if (!note && !last)
		choose_state(l, agent);
}

/* Somebody takes it, before the first answer or at the very end. */
static void take(struct life *l)
{
	if (l->owner == l->t->owner)
		return;
	wait(l, 1, 1);
	l->now = working_time(l->now);
	event(l, OWNER, l->t->agent, l->owner, l->t->owner);
	l->owner = l->t->owner;
}

static void say_more(struct life *l, bool last)
{
	static const int after_customer[] = { 15, 73, 12 };
	static const int after_agent[] = { 68, 20, 12 };
	int what = dice_weighted(&l->dice, l->customer_last ? after_customer
				 : after_agent, 3);

	if (what == WROTE_CUSTOMER) {
		customer_writes(l);
		return;
	}
	take(l);
	agent_writes(l, what == WROTE_NOTE, last);
}

/* What customer and agents change on the way. */
static void correct(struct life *l)
{
	bool critical = !l->t->priority && l->t->opener == BY_CUSTOMER;

	/* Customers cannot choose the first. */
	if (critical || dice_percent(&l->dice, 4)) {
		same_moment(l);
		event(l, PRIORITY, l->t->agent, (uint8_t) (l->t->priority == 3 ? 4 : 3),
		      l->t->priority);
	}
	if (l->type != l->t->type) {
		same_moment(l);
		event(l, TYPE, l->t->agent, l->type, l->t->type);
	}
}

static void begin(struct life *l)
{
	const struct ticket *t = l->t;

	l->type = dice_percent(&l->dice, 3) ? (t->type + 1) % TYPES : t->type;
	act(l, t->opener == BY_STAFF ? WROTE_REPLY : WROTE_CUSTOMER,
	    t->opener == BY_STAFF ? t->agent : 0)->files = some_files(l, 14);
	l->customer_last = t->opener != BY_STAFF;
	same_moment(l);
	event(l, CREATED, t->opener == BY_CUSTOMER ? 0 : t->agent,
	      0, IS_OPEN)->by_message = true;
}

static void end(struct life *l)
{
	take(l);
	if (l->state == l->t->state)
		return;
	if (l->customer_last || dice_percent(&l->dice, 40)) {
		wait(l, 6, 1);
		l->now = working_time(l->now);
	}
	change_state(l, l->t->agent, (enum state) l->t->state, false);
}

/* What would happen tomorrow happened a little faster. */
static void hurry(struct act *acts, uint32_t n, instant now)
{
	instant begin = acts[0].at, span = acts[n - 1].at - begin;
	double shrink;

	if (begin + span < now)
		return;
	shrink = (double) (now - begin) / (double) (span + MINUTE);
	for (uint32_t i = 0; i < n; i++)
		acts[i].at = begin + (instant) ((double) (acts[i].at - begin) * shrink);
}

uint32_t life_of(const struct world *w, uint32_t ticket, struct act *out)
{
	struct life l = {
		.t = &w->tickets[ticket], .dice = dice_of(OF_LIFE, ticket),
		.out = out, .ticket = ticket, .now = w->tickets[ticket].created,
		.state = IS_OPEN,
	};

	begin(&l);
	for (uint16_t said = 1; said < l.t->messages; said++)
		say_more(&l, said + 1 == l.t->messages);
	correct(&l);
	end(&l);
	if (out)
		hurry(out, l.n, w->now - MINUTE);
	return l.n;
}
