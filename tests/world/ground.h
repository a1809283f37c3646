/*
 * ground - the installation that the world is put on.
 */
#ifndef WORLD_GROUND_H
#define WORLD_GROUND_H

#include "load.h"
#include "world.h"

/* ERR_CONFLICT when there are tickets or customers already. */
struct err *ground_is_empty(struct load *l) MUST_CHECK;
/* ERR_FULL when the disk below the folder has not that much room. */
struct err *ground_has_room(struct arena *a, const char *folder,
			    int64_t bytes) MUST_CHECK;

/* What the world has to know: statuses, types, priorities, agents; makes the
 * agents that are missing and the shop's tables that are filled. */
struct err *ground_prepare(struct load *l, struct world *w) MUST_CHECK;
/* Numbers go on behind the last ticket, the shop's tables take their places. */
struct err *ground_finish(struct load *l, const struct world *w) MUST_CHECK;
/* As it was before ground_prepare(); goes on where something fails. */
void ground_empty(struct load *l, const struct world *w);

#endif
