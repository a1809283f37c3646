#include <stdbool.h>

#include "base/arena.h"
#include "base/log.h"
#include "courier/chores.h"
#include "desk/letter.h"
#include "port/db.h"
#include "store/chore.h"

static const struct chore {
	const char *name;
	int every_s;
	struct err *(*run)(struct db *db, const char **remark);
} chores[] = {
	{ "letter_watch", 15 * 60, letter_watch },
};
enum { CHORES = sizeof(chores) / sizeof(*chores) };

static struct err *run(struct db *db, struct arena *a, const struct chore *c)
{
	const char *remark = NULL;
	bool taken;

	TRY(db_enter(db, a));
	TRY(store_chore_take(db, c->name, c->every_s, &taken));
	if (taken)
		TRY(c->run(db, &remark));
	if (remark)
		log_line("%s", remark);
	return NULL;
}

void chores_run(struct db *db, struct arena *a)
{
	for (int i = 0; i < CHORES; i++) {
		struct err *e = run(db, a, &chores[i]);

		if (e)
			log_line("%s: %s (%s)", chores[i].name, e->text, e->path);
		arena_reset(a);
	}
}
