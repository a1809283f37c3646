/*
 * entry - the owner changes the lists: types, statuses and priorities.
 *
 * Nothing here touches a ticket. An entry that something uses is never
 * dropped but archived: tickets keep it, nobody can choose it any more. A
 * status is then shown as another one. Whoever changes a list has to have
 * seen its last revision; ERR_CONFLICT otherwise. Everything needs
 * RIGHT_CONFIG (ERR_FORBIDDEN).
 */
#ifndef DESK_ENTRY_H
#define DESK_ENTRY_H

#include "desk/catalog.h"

struct actor;
struct desk;

/* Why something was not done, for the form. */
enum entry_answer {
	ENTRY_DONE,
	ENTRY_ARCHIVED,			/* done, but it is in use: archived */
	ENTRY_TAKEN,			/* another one has this name */
	ENTRY_FULL,			/* CATALOG_MOST of them */
	ENTRY_IS_DEFAULT,		/* choose another default first */
	ENTRY_LAST,			/* the last status of its category */
	ENTRY_NO_STAND_IN,		/* shown as what, then? */
};

/* What the form says of an entry. */
struct entry_draft {
	enum entry_kind kind;
	struct entry entry;		/* id 0: a new one; code and place are ours */
	bool make_default;		/* types, priorities */
	const struct label *labels;	/* one a language; an empty name: none */
	size_t n_labels;
};

/* Adds or changes; sets draft->entry.id. The label of the shop's language must
 * have a name. The code of a new entry is made of its English name. */
struct err *entry_save(struct desk *d, const struct actor *who,
		       struct entry_draft *draft, enum entry_answer *answer) MUST_CHECK;

/* Drops it if nothing uses it, archives it otherwise. `stand_in` is the status
 * as which an archived status is shown; 0 for types and priorities. */
struct err *entry_remove(struct desk *d, const struct actor *who,
			 enum entry_kind kind, int64_t id, int64_t stand_in,
			 enum entry_answer *answer) MUST_CHECK;
/* An archived one can be chosen again, as the last of the list. */
struct err *entry_restore(struct desk *d, const struct actor *who,
			  enum entry_kind kind, int64_t id) MUST_CHECK;

/* One place up or down among those in use; at the end nothing happens. */
struct err *entry_move(struct desk *d, const struct actor *who,
		       enum entry_kind kind, int64_t id, bool up) MUST_CHECK;
/* All in use in this order; those not named follow in their old one. */
struct err *entry_order(struct desk *d, const struct actor *who,
			enum entry_kind kind, const int64_t *ids, size_t n) MUST_CHECK;

/* How many tickets have each entry of a kind, counted to 1,000. */
struct err *entry_uses(struct desk *d, const struct actor *who,
		       enum entry_kind kind, struct rows *out) MUST_CHECK;
int64_t entry_uses_of(const struct rows *uses, int64_t id);

/* Is it the last status in use of its category? */
bool entry_is_last(const struct catalog *c, const struct entry *status);

/* "customer_responded" of "Customer responded!" */
const char *entry_code(struct arena *a, const char *name);

/* A picture, checked before: its name for entry.image. */
struct err *entry_put_image(struct desk *d, const struct actor *who,
			    const char *type, struct bytes content,
			    const char **name) MUST_CHECK;
/* For everybody; `name` is 64 hex digits. ERR_NOT_FOUND. */
struct err *entry_image(struct desk *d, const char *name, const char **type,
			struct bytes *content) MUST_CHECK;

#endif
