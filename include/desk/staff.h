/*
 * staff - the people who answer: accounts, roles, passwords.
 *
 * Nobody chooses a password for somebody else: a new account is invited by
 * mail and chooses its own. The last one who may manage staff can neither go
 * nor lose that right. A new password and a closed account end all sessions.
 *
 * Whether an address has an account is told to nobody outside: signing in and
 * asking for a new password do the same work and say the same either way.
 */
#ifndef DESK_STAFF_H
#define DESK_STAFF_H

#include "store/agent.h"

struct arena;
struct desk;

/* Why something was not done, for the form. */
enum staff_answer {
	STAFF_DONE,
	STAFF_TAKEN,			/* the address belongs to another account */
	STAFF_LAST_KEEPER,		/* nobody else could manage staff */
	STAFF_WRONG_PASSWORD,
	STAFF_NO_TOKEN,			/* used, too old, or never made */
};

/* These need RIGHT_STAFF (ERR_FORBIDDEN). Rows of struct agent and role. */
struct err *staff_list(struct desk *d, const struct actor *who,
		       struct rows *out) MUST_CHECK;
struct err *staff_find(struct desk *d, const struct actor *who, int64_t id,
		       struct agent *out) MUST_CHECK;
struct err *staff_roles(struct desk *d, const struct actor *who,
			struct rows *out) MUST_CHECK;

/* A new account; sets a->id. Without a password (the command line may bring
 * one) an invitation is mailed. */
struct err *staff_add(struct desk *d, const struct actor *who, struct agent *a,
		      const char *password, enum staff_answer *answer) MUST_CHECK;
/* Name, address, role, notify, active. ERR_CONFLICT: changed since a->version. */
struct err *staff_set(struct desk *d, const struct actor *who,
		      const struct agent *a, enum staff_answer *answer) MUST_CHECK;
/* A link for a (new) password goes to their address. */
struct err *staff_invite(struct desk *d, const struct actor *who,
			 int64_t id) MUST_CHECK;

/* For the command line alone, when nobody can get in any more; *found: there
 * is such an active account. All its sessions end. */
struct err *staff_set_password(struct desk *d, const struct actor *who,
			       const char *email, const char *password,
			       bool *found) MUST_CHECK;

/* One's own account. */
struct err *staff_profile(struct desk *d, const struct actor *who,
			  struct agent *out) MUST_CHECK;
struct err *staff_set_profile(struct desk *d, const struct actor *who,
			      const struct agent *a) MUST_CHECK;
/* All sessions end: whoever calls it begins a new one. */
struct err *staff_change_password(struct desk *d, const struct actor *who,
				  const char *old, const char *password,
				  enum staff_answer *answer) MUST_CHECK;

/* What is wrong with a password, in the language in use; NULL: it is fine.
 * 10 to 256 bytes, none of the common ones, not one's own address or name. */
const char *staff_password_complaint(struct arena *a, const char *password,
				     const char *email, const char *name);

/* Right address and password of an active account; else *right is false. */
struct err *staff_sign_in(struct desk *d, const char *email, const char *password,
			  struct agent *out, bool *right) MUST_CHECK;
/* Mails a link if there is such an account. */
struct err *staff_forgot(struct desk *d, int shop, const char *email) MUST_CHECK;

/* The token of an invitation or a link for a new password. */
struct err *staff_find_token(struct desk *d, const char *token,
			     struct agent *out, bool *found) MUST_CHECK;
/* Uses it up; out is who has a new password now. */
struct err *staff_use_token(struct desk *d, int shop, const char *token,
			    const char *password, struct agent *out,
			    enum staff_answer *answer) MUST_CHECK;

#endif
