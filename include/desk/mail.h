/*
 * mail - does it go out? What the owner asks when no mail comes.
 */
#ifndef DESK_MAIL_H
#define DESK_MAIL_H

#include "base/err.h"
#include "store/outbox.h"
#include "store/quarantine.h"

struct actor;
struct desk;

struct mail_state {
	struct outbox_tally letters;
	struct quarantine_state incoming;
	struct mail_host host;		/* the one away for longest; away_s 0: none is */
};
/* ERR_FORBIDDEN without RIGHT_CONFIG; so both. */
struct err *mail_state(struct desk *d, const struct actor *who,
		       struct mail_state *out) MUST_CHECK;

/* A letter to the asker's own address, by the way all letters take. */
struct err *mail_test(struct desk *d, const struct actor *who) MUST_CHECK;

#endif
