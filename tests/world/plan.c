#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "people.h"
#include "world.h"

/* --- when ------------------------------------------------------------------ */

static int by_time(const void *a, const void *b)
{
	const instant *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* The shop grew: twice as much at the end as three years ago. */
static instant some_day(const struct world *w, struct dice *d)
{
	double part = sqrt(1 + 3 * dice_unit(d)) - 1;

	return w->begin + (instant) ((double) (w->now - w->begin) * part);
}

/* Customers write in the evening and at noon, and less on weekends. */
static instant opened(const struct world *w, uint32_t i)
{
	static const int hours[24] = { 2, 1, 1, 1, 1, 2, 4, 7, 9, 10, 10, 11,
				       10, 9, 9, 9, 8, 9, 11, 12, 12, 10, 7, 4 };
	struct dice d = dice_of(OF_TICKET, i);
	instant day = some_day(w, &d) / DAY;

	if ((day + 4) % 7 % 6 == 0 && day * DAY > w->begin + 3 * DAY &&
	    dice_percent(&d, 45))
		day -= 2;
	return day * DAY + dice_weighted(&d, hours, 24) * HOUR +
		(instant) dice_below(&d, 3500) * SECOND +
		dice_below(&d, 1000000);
}

static void open_all(struct world *w)
{
	instant *at = arena_alloc(w->arena, w->n_tickets * sizeof(*at));

	for (uint32_t i = 0; i < w->n_tickets; i++)
		at[i] = opened(w, i);
	qsort(at, w->n_tickets, sizeof(*at), by_time);
	for (uint32_t i = 0; i < w->n_tickets; i++)
		w->tickets[i].created = at[i];
}

/* --- how ------------------------------------------------------------------- */

static uint16_t how_many(struct dice *d)
{
	double n = dice_lognormal(d, 3.13, 0.85);

	if (dice_percent(d, 0.005))
		n *= 20;		/* those that never end */
	return (uint16_t) (n < 1999 ? 1 + n : 2000);
}

/*
 * Two of a hundred are open, most of them young: `due` grows by the share of
 * tickets of this age that are open, and whenever it is whole, one is.
 */
static bool is_open(const struct world *w, uint32_t i, double *due)
{
	double age = (double) (w->n_tickets - i) / w->n_tickets;

	*due += 0.9 * exp(-age * 0.9 / 0.02);
	if (*due < 1)
		return false;
	*due -= 1;
	return true;
}

static void characterise(struct world *w, uint32_t i, bool open)
{
	static const int types[TYPES] = { 30, 18, 7, 14, 17, 8, 4, 2 };
	static const int priorities[PRIORITIES] = { 2, 6, 14, 70, 8 };
	static const int states[] = { 50, 30, 12, 8 };
	static const int openers[] = { 93, 4, 3 };
	struct ticket *t = &w->tickets[i];
	struct dice d = dice_of(OF_EXTRA, i);

	t->messages = how_many(&d);
	t->type = (uint8_t) dice_weighted(&d, types, TYPES);
	t->priority = (uint8_t) dice_weighted(&d, priorities, PRIORITIES);
	t->opener = (uint8_t) dice_weighted(&d, openers, 3);
	t->agent = (uint8_t) (1 + dice_zipf(&d, AGENTS * 3) % AGENTS);
	t->owner = t->agent;
	t->stays_open = open;
	t->state = IS_CLOSED;
	if (open) {
		t->state = (uint8_t) dice_weighted(&d, states, 4);
		t->owner = dice_percent(&d, 10) ? 0 : t->agent;
	}
}

/* --- what happened --------------------------------------------------------- */

static int in_order(const void *a, const void *b)
{
	const struct act *x = a, *y = b;

	if (x->at != y->at)
		return x->at > y->at ? 1 : -1;
	if (x->ticket != y->ticket)
		return x->ticket > y->ticket ? 1 : -1;
	return x->seq - y->seq;
}

static void act_all(struct world *w)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < w->n_tickets; i++)
		w->n_acts += life_of(w, i, NULL);
	w->acts = arena_alloc(w->arena, w->n_acts * sizeof(*w->acts));
	for (uint32_t i = 0; i < w->n_tickets; i++)
		n += life_of(w, i, w->acts + n);
	qsort(w->acts, n, sizeof(*w->acts), in_order);
}

/* What store_ticket_progress() would have written. */
static void replay_message(struct world *w, struct ticket *t, const struct act *a)
{
	bool ours_was_last = t->last_agent > t->last_customer;

	t->messages++;
	t->last_message = a->id;
	t->last_act = (uint32_t) (a - w->acts);
	if (a->what != WROTE_NOTE)
		t->last_public = a->id;
	if (a->what == WROTE_REPLY) {
		if (t->messages > 1)
			t->waiting = a->at;
		t->last_agent = a->at;
		if (!t->first_reply)
			t->first_reply = a->at;
	} else if (a->what == WROTE_CUSTOMER) {
		if (ours_was_last)
			t->waiting = a->at;
		t->last_customer = a->at;
		t->seen = a->id;
	}
}

static void replay_event(struct ticket *t, struct act *a)
{
	if (a->by_message)
		a->cause = t->last_message;
	if (a->what == STATUS && a->to == IS_CLOSED)
		t->closed = a->at;
	else if (a->what == STATUS)
		t->closed = 0;
	else if (a->what == OWNER || a->what == TYPE)
		t->version++;
}

static void replay(struct world *w, struct act *a)
{
	struct ticket *t = &w->tickets[a->ticket];

	if (a->what <= WROTE_NOTE) {
		a->id = ++w->n_messages;
		replay_message(w, t, a);
	} else {
		a->id = ++w->n_events;
		replay_event(t, a);
	}
	if (a->what != CREATED)
		t->updated = a->at;
}

static void replay_all(struct world *w)
{
	for (uint32_t i = 0; i < w->n_tickets; i++) {
		struct ticket *t = &w->tickets[i];

		t->messages = 0;
		t->version = 1;
		t->waiting = t->created;
	}
	for (uint32_t i = 0; i < w->n_acts; i++)
		replay(w, &w->acts[i]);
	for (uint32_t i = 0; i < w->n_tickets; i++) {
		struct dice d = dice_of(OF_LINES, i);

		/* Nine of ten have looked at the last answer. */
		if (dice_percent(&d, 90))
			w->tickets[i].seen = w->tickets[i].last_public;
	}
}

void plan_make(struct world *w)
{
	double due = 0;

	w->tickets = arena_alloc(w->arena, w->n_tickets * sizeof(*w->tickets));
	open_all(w);
	for (uint32_t i = 0; i < w->n_tickets; i++)
		characterise(w, i, is_open(w, i, &due));
	people_make(w);
	act_all(w);
	replay_all(w);
}
