/*
 * participant - rows of as_participant (sql/35-mail.sql): who takes part in a
 * ticket beside its customer.
 *
 * A participant gets the public answers, each as a letter of its own, and may
 * write by mail; nothing of the customer's own pages is open to them. An agent
 * adds them; a mail never does.
 */
#ifndef STORE_PARTICIPANT_H
#define STORE_PARTICIPANT_H

#include "base/err.h"
#include "base/shape.h"
#include "store/actor.h"

struct db;

enum { PARTICIPANTS_MOST = 50 };	/* of a ticket */

struct participant {
	const char *address;		/* lower case */
	const char *name;		/* NULL: not known */
	int64_t added_by_id;		/* the agent, 0 */
	const char *created_at;
};
extern const struct shape participant_shape;

/* An address that is there already keeps its name and who added it; *added is
 * then false, as it is when there are PARTICIPANTS_MOST. Whoever calls it has
 * asked whether the actor may write to this ticket. */
struct err *store_participant_add(struct db *db, const struct actor *who,
				  int64_t ticket_id, const char *address,
				  const char *name, bool *added) MUST_CHECK;
struct err *store_participant_drop(struct db *db, int64_t ticket_id,
				   const char *address) MUST_CHECK;
/* By address, at most PARTICIPANTS_MOST. Agents and the system alone:
 * participants and customers are not shown to each other. */
struct err *store_participant_list(struct db *db, const struct actor *who,
				   int64_t ticket_id, struct rows *out) MUST_CHECK;
struct err *store_participant_is(struct db *db, int64_t ticket_id,
				 const char *address, bool *is) MUST_CHECK;

#endif
