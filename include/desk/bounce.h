/*
 * bounce - what a report says became of a letter of ours.
 *
 * Which letter: by the signed return path the report came to (envelope,
 * Delivered-To, To), else by the Message-ID it is about. Never by addresses
 * alone: those anybody can write into a report. Each letter of ours has one
 * recipient, so whatever the report says is about that address, even where it
 * names another one to which the mail was passed on.
 *
 *	failed, 5.x.x or untold	the letter failed; the address is undeliverable
 *	failed, 4.x.x		the letter failed; the address is delayed
 *	delayed			both are delayed
 *	delivered		the address works
 *
 * Where every letter has a signed return path (settings mail_in, mail_plus), a
 * report that did not come to it is unproven: whoever saw the letter may have
 * written it. It is noted at the letter and says nothing about the address.
 *
 * A failed receipt, besides, keeps automatic mail from its address for 30
 * days. A letter to somebody outside leaves a line in its ticket. Nothing
 * else happens: no message, no status, no letter to anybody.
 */
#ifndef DESK_BOUNCE_H
#define DESK_BOUNCE_H

#include <stdbool.h>

#include "base/err.h"

struct desk;
struct mail;
struct mail_row;
struct outbox;

/* Which letter of ours a mail came back for. *how: "return_path",
 * "message_id", NULL when none. */
struct err *bounce_letter(struct desk *d, const struct mail_row *row,
			  const struct mail *m, struct outbox *out,
			  const char **how) MUST_CHECK;

enum bounce {
	BOUNCE_OF_NOTHING,		/* no report, or about no letter of ours */
	BOUNCE_UNPROVEN,		/* noted at the letter alone */
	BOUNCE_TAKEN
};

/* In the caller's transaction. Unless it is of nothing, row->ticket_id and
 * row->message_id are the letter's afterwards. */
struct err *bounce_take(struct desk *d, struct mail_row *row,
			const struct mail *m, enum bounce *what) MUST_CHECK;

#endif
