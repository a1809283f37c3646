/*
 * preset - ready-made sets of statuses, and which of them follows what.
 *
 * Six of them, one table in src/desk/preset.c. Statuses are shared by code:
 * "closed" is one row whichever preset is in force, and what the owner made of
 * it stays. Each preset keeps its own event table, edited or not.
 *
 * Switching rewrites no ticket (DECISIONS 10). Statuses that the new preset
 * lacks are archived and shown as another one; how a preset was left is kept
 * in the setting "left.<code>", and going back puts exactly that in force
 * again.
 */
#ifndef DESK_PRESET_H
#define DESK_PRESET_H

#include "desk/catalog.h"

struct actor;
struct desk;

enum { PRESET_STATUSES = 8 };

struct preset_status {
	const char *code;
	enum category category;
	const char *colour, *image;	/* a file of templates/assets/images */
	const char *name;		/* English, marked with N_() */
	const char *customer_name;	/* NULL: the name */
};
extern const struct preset_status preset_statuses[];	/* ends with a NULL code */

#define PRESET_KEEP	NULL
#define PRESET_REFUSE	"!"

struct preset {
	const char *code;		/* "pc" */
	const char *name, *words;	/* English, N_(): its name, and what it is like */
	const char *statuses[PRESET_STATUSES];	/* codes in their order, NULL behind */
	/* What follows each happening: a code, PRESET_KEEP or PRESET_REFUSE. */
	const char *follows[HAPPENINGS];
};
extern const struct preset presets[];	/* ends with a NULL code */

/* NULL: there is no such preset. */
const struct preset *preset_named(const char *code);
const struct preset_status *preset_status_named(const char *code);

/* What a category means for a status: who has to act, and who may write. */
void preset_behave(struct entry *status);

/* Adds the statuses and the event table of a preset, with names in every
 * language, in the caller's transaction. What exists is left as it is. */
struct err *preset_install(struct db *db, int shop, const char *code) MUST_CHECK;

/* How it would be: what is in force afterwards, and what goes. */
struct preset_going {
	int64_t id;			/* in force now, archived then */
	int64_t tickets;		/* that have to be shown otherwise; counted to 1,000 */
	const char *suggestion;		/* code of a status in force then */
};
struct preset_preview {
	const struct preset *to;
	const char *const *codes;	/* in force then, by place */
	size_t n_codes;
	struct preset_going *going;
	size_t n_going;
};
/* ERR_NOT_FOUND: there is no such preset. ERR_FORBIDDEN without RIGHT_CONFIG. */
struct err *preset_preview(struct desk *d, const struct actor *who,
			   const char *code, struct preset_preview *out) MUST_CHECK;

/* As what a status that goes is shown. */
struct preset_map {
	int64_t from;
	const char *to;			/* code of a status in force then */
};

/* ERR_BAD_REQUEST: a status with tickets is not in the mapping, or is mapped
 * to one that will not be in force. ERR_CONFLICT: the statuses changed in
 * between. The preset in force already: nothing happens. */
struct err *preset_switch(struct desk *d, const struct actor *who,
			  const char *code, const struct preset_map *map,
			  size_t n) MUST_CHECK;

/* The preset that was in force before, NULL at first. */
const struct preset *preset_before(const struct desk *d);

/* May this status follow? Not an archived one; closing closes, reopening opens. */
bool preset_may_follow(enum happening what, const struct entry *status);

/* Edit the event table in force: a status that may follow, keep or refuse.
 * ERR_BAD_REQUEST: something created must have a status, and only a customer's
 * button can be refused. */
struct preset_rule {
	enum happening what;
	const char *outcome;		/* "set", "keep", "refuse" */
	int64_t status_id;
};
struct err *preset_rule_fits(const struct desk *d, const struct preset_rule *r) MUST_CHECK;
struct err *preset_set_rules(struct desk *d, const struct actor *who,
			     const struct preset_rule *rules, size_t n) MUST_CHECK;

#endif
