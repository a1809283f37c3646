/*
 * ticket_parts - what the files of desk/ticket share: ticket.c (reading,
 * changing), ticket_write.c (opening, writing), ticket_order.c (the order a
 * ticket is about).
 */
#ifndef DESK_TICKET_PARTS_H
#define DESK_TICKET_PARTS_H

#include "desk/catalog.h"
#include "desk/ticket.h"

struct shop_order;

struct err *ticket_not_theirs(struct desk *d, const struct ticket *t) MUST_CHECK;
/* Does the right of an agent reach this ticket? */
bool ticket_reaches(const struct actor *who, enum right right,
		    const struct ticket *t);
/* An entry in use, else ERR_BAD_REQUEST. */
struct err *ticket_check(struct desk *d, enum entry_kind kind, int64_t id) MUST_CHECK;
/* Somebody who can have tickets; 0 is nobody. */
struct err *ticket_check_owner(struct desk *d, const struct actor *who,
			       int64_t id) MUST_CHECK;

/* One row of what happened. */
struct err *ticket_note_event(struct desk *d, const struct actor *who,
			      int64_t ticket_id, enum event_cause cause,
			      int64_t cause_id, const char *field,
			      int64_t old_id, int64_t new_id) MUST_CHECK;
struct err *ticket_text_event(struct desk *d, const struct actor *who, int64_t id,
			      const char *field, const char *old,
			      const char *new) MUST_CHECK;
/* Event and counter of a status that is another one now: a message brought it. */
struct err *ticket_tell_status(struct desk *d, const struct actor *who,
			       struct ticket *t, int64_t status_id,
			       enum event_cause cause, int64_t cause_id) MUST_CHECK;
/* A status that changes without a message: ticket, messages, event, counter. */
struct err *ticket_set_status(struct desk *d, const struct actor *who,
			      struct ticket *t, int64_t status_id,
			      enum event_cause cause, int64_t cause_id) MUST_CHECK;

/* What others wrote since the writer looked; their own does not count. */
struct err *ticket_overtaken(struct desk *d, const struct actor *who,
			     const struct ticket *t, int64_t seen,
			     struct rows *arrived) MUST_CHECK;

/* The facts of the order in the ticket's row, NULL: none. Its lines beside it,
 * the concerned ones marked. An amount that is no number is left out. */
void ticket_copy_order(struct ticket *t, const struct shop_order *o);
struct err *ticket_copy_lines(struct desk *d, int64_t ticket_id,
			      const struct opening *o) MUST_CHECK;

#endif
