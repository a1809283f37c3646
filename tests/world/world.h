/*
 * world - a shop with three years of a help desk behind it.
 *
 * Everything follows from two numbers, how many tickets and which day: each
 * person, order, ticket and message has dice of its own (dice.h), so that any
 * row can be made at any time, by any thread, and always comes out the same.
 *
 *	people.c	customers and agents: names, languages, addresses
 *	shop.c		what they bought: the tables of tests/demo/world.py
 *	life.c		what happens in one ticket
 *	plan.c		all tickets in the order of time, and what became of them
 *	text.c		what is said, from the words in words_*.c
 *	files.c		a hundred attachments
 *	rows.c		the rows of our tables
 *	load.c		into the server
 *	ground.c	what the installation has before and must have afterwards
 */
#ifndef WORLD_H
#define WORLD_H

#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "dice.h"

struct arena;

enum {
	AGENTS = 24, TYPES = 8, PRIORITIES = 5, FILES = 100,
	SHA_HEX = 64,
	FIRST_KEY = 1000000,		/* the shop's own ids lie below */
	FIRST_NUMBER = 1001,		/* of tickets, as sql/30-ticket.sql says */
	TICKETS_MOST = 2000000,
};

/* Somebody who wrote at least once. Ids follow the first ticket. */
struct person {
	instant since, first;		/* the first order, the first ticket */
	uint32_t order;			/* the newest one yet, from 1; 0: none */
	uint8_t tongue;			/* place in tongues[] */
	bool guest;
};

struct purchase {
	instant placed;
	uint32_t person;
};

/* What happens in tickets; an act by agent 0 is the customer's. */
enum act_kind {
	WROTE_CUSTOMER, WROTE_REPLY, WROTE_NOTE,	/* messages */
	CREATED, STATUS, OWNER, PRIORITY, TYPE,		/* events */
};
struct act {
	instant at;
	uint32_t ticket;		/* from 0 */
	uint32_t id;			/* of the message or event, from 1 */
	uint32_t cause;			/* of an event: the message; 0: none */
	uint16_t seq;			/* within the ticket */
	uint8_t what, agent;
	uint8_t from, to;		/* of an event: places in the lists below */
	uint8_t files, type;		/* of a message */
	bool by_message;		/* an event that came with a message */
	bool by_itself;			/* the automaton's, not a person's */
};

/* Statuses that tickets are in; ground.c finds them in the catalogue. */
enum state { IS_OPEN, IS_WAITING, IS_REVIEWED, IS_ESCALATED, IS_CLOSED, STATES };

enum opener { BY_CUSTOMER, BY_PHONE, BY_STAFF };

struct ticket {
	instant created, updated, waiting;
	instant first_reply, last_customer, last_agent, closed;
	uint32_t person, order;		/* order from 1; 0: about none */
	uint32_t last_message, last_public, seen;
	uint32_t last_act;		/* that was a message; place in acts */
	uint16_t messages, version;
	uint8_t type, state, priority, owner;
	uint8_t opener, agent;		/* who has to do with it */
	bool stays_open;
};

/* One of the agents, in the order of ids. */
struct helper {
	int64_t id;
	const char *name, *email;
	bool old;			/* was there before */
};

struct file {
	char sha256[SHA_HEX + 1], thumb[SHA_HEX + 1];	/* thumb "" for texts */
	const char *type, *ending;
	int size, thumb_size, width, height;
};

struct world {
	struct arena *arena;
	uint32_t n_tickets, n_people, n_orders, n_acts;
	uint32_t n_messages, n_events;
	instant begin, now;		/* three years, both at midnight */
	struct ticket *tickets;
	struct person *people;
	struct purchase *orders;
	struct act *acts;		/* in the order of time */
	/* of the installation */
	struct helper agents[AGENTS + 1];	/* from 1 */
	int64_t types[TYPES], priorities[PRIORITIES], states[STATES];
	const char *turns[STATES];	/* whose turn it is then: "store" */
	struct file files[FILES];
};

/* plan.c: fills all of the above but what the installation tells. */
void plan_make(struct world *w);

/* life.c: the acts of one ticket in order; NULL just counts. */
uint32_t life_of(const struct world *w, uint32_t ticket, struct act *out);

/* Each thing's own dice. */
enum stream { OF_PERSON, OF_ORDER, OF_EXTRA, OF_TICKET, OF_LIFE, OF_TEXT,
	      OF_SUBJECT, OF_FILE, OF_LINES };
struct dice dice_of(enum stream stream, uint64_t index);

#endif
