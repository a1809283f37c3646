/*
 * quarantine - letters that wait for a person: held with a reason, or such
 * that nothing can read (state 'bad').
 *
 * Everybody who looks after the post may see them (RIGHT_LETTERS), if their
 * right to read covers the whole shop: a letter that waits belongs to no
 * ticket, so nobody's own tickets hold it. What becomes of one is decided in
 * desk/incoming.h.
 */
#ifndef DESK_QUARANTINE_H
#define DESK_QUARANTINE_H

#include "store/mail.h"
#include "store/ticket.h"

struct desk;

enum { QUARANTINE_SHOWN = 25 };

struct quarantine {
	struct rows letters;		/* struct mail_row, newest first, without traces */
	int64_t older;			/* what the next page begins behind; 0: it ends here */
};

bool quarantine_may(const struct actor *who);

/* Those behind `before` (0: from the newest). ERR_FORBIDDEN. 2 statements. */
struct err *quarantine_list(struct desk *d, const struct actor *who, int64_t before,
			    struct quarantine *out) MUST_CHECK;
/* One letter, whatever became of it since. ERR_FORBIDDEN, ERR_NOT_FOUND. */
struct err *quarantine_find(struct desk *d, const struct actor *who, int64_t id,
			    struct mail_row *out) MUST_CHECK;
/* The same when a change of ours came too late: as it is after theirs. */
struct err *quarantine_find_again(struct desk *d, const struct actor *who, int64_t id,
				  struct mail_row *out) MUST_CHECK;
/* Where it is now. *found false: nowhere that the actor may look. */
struct err *quarantine_ticket(struct desk *d, const struct actor *who,
			      const struct mail_row *letter, struct ticket *out,
			      bool *found) MUST_CHECK;

/* --- by hand; what makes a message of it is in desk/incoming.h ------------------- */

/* All need the right to see it. ERR_CONFLICT: somebody was faster. */

/* A letter that nothing could read is due again at once. */
struct err *quarantine_again(struct desk *d, const struct actor *who,
			     int64_t id) MUST_CHECK;
/* One that was put aside waits for a person again. */
struct err *quarantine_restore(struct desk *d, const struct actor *who,
			       int64_t id) MUST_CHECK;

/* All mail of its sender is held from now on, or no longer. */
struct err *quarantine_block(struct desk *d, const struct actor *who,
			     const struct mail_row *letter, bool block) MUST_CHECK;
struct err *quarantine_blocked(struct desk *d, const struct mail_row *letter,
			       bool *blocked) MUST_CHECK;

#endif
