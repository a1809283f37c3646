/*
 * event - rows of as_event: what happened to a ticket, append only.
 */
#ifndef STORE_EVENT_H
#define STORE_EVENT_H

#include "base/err.h"
#include "base/shape.h"
#include "store/actor.h"

struct db;

enum event_cause { BY_PERSON, BY_AUTOMATON, BY_TIMER, BY_RULE, BY_MAIL, BY_IMPORT };

struct event {
	int64_t id, ticket_id;
	const char *at;
	enum actor_kind actor_kind;
	int64_t actor_id;
	enum event_cause cause;
	int64_t cause_id;
	const char *field;		/* "created", "status", "type", … */
	int64_t old_id, new_id;
	const char *old_text, *new_text;
};
extern const struct shape event_shape;

/* Written as the actor's; texts go to the erasable side row. */
struct err *store_event_add(struct db *db, const struct actor *who,
			    const struct event *e) MUST_CHECK;

/* Oldest first, the newest 200. Customers see status changes alone. */
struct err *store_event_list(struct db *db, const struct actor *who,
			     int64_t ticket_id, struct rows *out) MUST_CHECK;

#endif
