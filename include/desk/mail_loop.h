/*
 * mail_loop - does what we send find its way back? The owner's test of
 * answers by mail.
 *
 * Two letters go out to ourselves: one to the address for answers, one to the
 * same with a signed tail, as each ticket has. Both are sent as all letters
 * are, with a return path that names them. What comes back tells whether mail
 * is brought here at all, whether the host delivers plus-addresses, whether
 * the return path survives, and who vouches for senders.
 *
 * The first letter carries a forged word of the host whose word counts. A host
 * that is to be believed takes out what others write in its name (RFC 8601,
 * 5); if the forged word comes back as the one we would read, nothing that
 * host says is believed until a test finds it taken out.
 */
#ifndef DESK_MAIL_LOOP_H
#define DESK_MAIL_LOOP_H

#include "base/err.h"
#include "store/mail_loop.h"

struct actor;
struct desk;
struct mail;
struct mail_row;

enum { LOOP_PATIENCE_S = 5 * 60 };

enum loop_stage {
	LOOP_NEVER,			/* nobody asked yet */
	LOOP_WAITING,
	LOOP_BACK,			/* all that was sent came back */
	LOOP_PLAIN_ONLY,		/* patience is over: no plus-addresses */
	LOOP_LOST,			/* patience is over: nothing came */
	LOOP_UNSENT,			/* patience is over: it did not even go out */
};

struct loop_state {
	enum loop_stage stage;
	struct mail_loop last;
	const char *address, *plus;	/* where the letters go; plus NULL: no room for a tail */
};

/* These need RIGHT_CONFIG (ERR_FORBIDDEN). `from` is the sender address of
 * the configuration file, where the owner has set none; `authserv_id` the host
 * it names, NULL: none. */
struct err *loop_state(struct desk *d, const struct actor *who, const char *from,
		       struct loop_state *out) MUST_CHECK;
/* Starts one, instead of the last. ERR_BAD_REQUEST: there is no address. */
struct err *loop_start(struct desk *d, const struct actor *who,
		       const char *from, const char *authserv_id) MUST_CHECK;
/* Trust the host that vouched for the last test's senders. ERR_BAD_REQUEST:
 * there was none, or others can speak in its name. */
struct err *loop_trust(struct desk *d, const struct actor *who) MUST_CHECK;

/* A mail of our own came in, in the caller's transaction: nothing happens
 * unless it is one of the last test's letters. */
struct err *loop_arrived(struct desk *d, const struct mail_row *row,
			 const struct mail *m) MUST_CHECK;

#endif
