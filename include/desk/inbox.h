/*
 * inbox - the agents' views of all tickets: what they hold, how many, and
 * changes to several tickets at once.
 */
#ifndef DESK_INBOX_H
#define DESK_INBOX_H

#include "desk/ticket.h"
#include "store/ticket_list.h"

struct catalog;
struct desk;

enum inbox_view { INBOX_NEEDS, INBOX_MINE, INBOX_UNASSIGNED, INBOX_WAITING,
		  INBOX_CLOSED, INBOX_ALL, INBOX_VIEWS };
extern const char *const inbox_codes[];	/* "needs", "mine", …, NULL */

/* What a view holds, as the store wants it. Views of open work are sorted by
 * how long a ticket waits, the others by the latest change. */
struct inbox_filter {
	struct ticket_filter f;		/* f.statuses is ids */
	enum inbox_view view;
	int64_t ids[TICKET_STATUSES];
};
void inbox_filter(const struct actor *who, enum inbox_view view,
		  struct inbox_filter *out);
/* Only what is shown as this status. */
void inbox_narrow(const struct catalog *c, int64_t status_id,
		  struct inbox_filter *out);
/* Last of all: no index has a turn's tickets by their update, but those of its
 * statuses. */
void inbox_settle(const struct catalog *c, struct inbox_filter *out);

/* How many tickets a filter holds that no counter counts: up to INBOX_COUNTED,
 * *more: or there are more. One statement. */
enum { INBOX_COUNTED = 1000 };
struct err *inbox_tally(struct desk *d, const struct actor *who,
			const struct ticket_filter *f, int64_t *n,
			bool *more) MUST_CHECK;

/* Is the counter of this status and owner (store/count.h) a part of what the
 * view holds? */
bool inbox_counts(const struct catalog *c, const struct actor *who,
		  enum inbox_view view, int64_t status_id, int64_t owner_id);

/* The tickets before and after this one among those that need an answer;
 * NULL: there is none. */
struct err *inbox_around(struct desk *d, const struct actor *who,
			 const struct ticket *t, const char **previous,
			 const char **next) MUST_CHECK;

/* Other tickets of its customer, open ones first, at most five. */
struct err *inbox_earlier(struct desk *d, const struct actor *who,
			  const struct ticket *t, struct rows *out) MUST_CHECK;

/* The same change for several tickets, each in its own transaction. What is
 * not there or not allowed is counted as left, and stops nothing. */
enum { INBOX_CHANGED_MOST = 50 };
struct inbox_done {
	int changed, left;
};
struct err *inbox_change(struct desk *d, const struct actor *who,
			 const char *const *numbers, size_t n,
			 const struct change *c, struct inbox_done *out) MUST_CHECK;

#endif
