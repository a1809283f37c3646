#include <stdbool.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "courier/chores.h"
#include "desk/indexing.h"
#include "desk/keep.h"
#include "desk/letter.h"
#include "desk/turn.h"
#include "port/db.h"
#include "store/chore.h"

enum { SHOP = 1, FILL_S = 1 };

struct place {
	struct db *db;
	struct arena *arena;
	struct blob_store *blobs;	/* NULL: the folder cannot be opened */
};

static struct err *watch_letters(struct place *p, const char **remark)
{
	return letter_watch(p->db, remark);
}

static struct err *fold_counts(struct place *p, const char **remark)
{
	(void) remark;
	return keep_counts(p->db);
}

static struct err *settle_turns(struct place *p, const char **remark)
{
	(void) remark;
	return turn_settle(p->db, SHOP, true);
}

static struct err *drop_expired(struct place *p, const char **remark)
{
	(void) remark;
	return keep_sessions(p->db);
}

static struct err *drop_files(struct place *p, const char **remark)
{
	(void) remark;
	return p->blobs ? keep_files(p->db, p->arena, p->blobs) : NULL;
}

static struct err *drop_mail(struct place *p, const char **remark)
{
	(void) remark;
	return keep_mail(p->db, SHOP);
}

/* Batch after batch, but letters do not wait for long. */
static struct err *fill_search(struct place *p, const char **remark)
{
	struct indexing x = { .shop = SHOP };
	instant end = clock_now() + FILL_S * SECOND;

	(void) remark;
	do {
		arena_reset(p->arena);
		TRY(db_enter(p->db, p->arena));
		TRY(indexing_batch(p->db, &x));
	} while (x.more && clock_now() < end);
	return NULL;
}

static const struct chore {
	const char *name;
	int every_s;
	struct err *(*run)(struct place *p, const char **remark);
} chores[] = {
	{ "fold_counts",  2,       fold_counts },
	{ "settle_turns", 20,      settle_turns },
	{ "fill_search",  2,       fill_search },
	{ "drop_expired", 10 * 60, drop_expired },
	{ "drop_files",   60 * 60, drop_files },
	{ "drop_mail",    60 * 60, drop_mail },
	{ "letter_watch", 15 * 60, watch_letters },
};
enum { CHORES = sizeof(chores) / sizeof(*chores) };

static struct err *run(struct place *p, const struct chore *c)
{
	const char *remark = NULL;
	bool taken;

	TRY(db_enter(p->db, p->arena));
	TRY(store_chore_take(p->db, c->name, c->every_s, &taken));
	if (taken)
		TRY(c->run(p, &remark));
	if (remark)
		log_line("%s", remark);
	return NULL;
}

void chores_run(struct db *db, struct arena *a, struct blob_store *blobs)
{
	struct place p = { db, a, blobs };

	for (int i = 0; i < CHORES; i++) {
		struct err *e = run(&p, &chores[i]);

		if (e)
			log_line("%s: %s (%s)", chores[i].name, e->text, e->path);
		arena_reset(a);
	}
}
