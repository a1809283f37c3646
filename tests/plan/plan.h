/*
 * plan - what each question of the store costs in a world of many tickets.
 *
 * ask.c asks everything the store can ask, in the most expensive ways people
 * can bring about; plan.c looks on, runs every SELECT again under ANALYZE
 * FORMAT=JSON, and judges what the server read.
 */
#ifndef PLAN_H
#define PLAN_H

#include "store/actor.h"
#include "store/shop.h"

struct db;

/* What the world is asked about. */
struct world {
	struct db *db;
	struct shop_source shop;
	struct actor agent, own;	/* of everything; of their own tickets */
	struct actor customer, regular;	/* an ordinary one; who writes most of all */
};

/*
 * The next questions may read so many rows, and why. Without it: three for
 * each row they answer, and thirty.
 */
void plan_allow(long rows, const char *why);
void plan_usual(void);

/* One number of the world. */
long long plan_number(struct world *w, const char *sql);
/* One text, in the arena. */
const char *plan_text(struct world *w, const char *sql);

/* Dies when a question fails; ERR_NOT_FOUND is an answer. */
void plan_must(struct err *e, const char *what);
#define ASK(question) plan_must((question), #question)

void ask_everything(struct world *w);

#endif
