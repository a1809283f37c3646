#include <stdbool.h>
#include <unistd.h>

#include "base/arena.h"
#include "ctl/ctl.h"
#include "desk/indexing.h"
#include "port/db.h"
#include "store/index.h"

enum { SHOP = 1, TELL_EACH = 10000, WAIT_US = 100 * 1000 };

static const char help[] =
"usage: aftersale search fill|rebuild\n"
"\n"
"Lets the panel's search learn what it does not know yet, without waiting for\n"
"the courier, who does the same in small portions. rebuild forgets everything\n"
"first; until it is done, the search finds less. The help desk may go on\n"
"meanwhile, and what is interrupted is continued by the courier.\n";

/* A courier that holds the mark has done with its batch in a moment. */
static void wait_for_courier(void)
{
	usleep(WAIT_US);
}

static void tell(const struct indexing *x, int64_t *told)
{
	if (x->documents / TELL_EACH == *told)
		return;
	*told = x->documents / TELL_EACH;
	printf("%lld texts, up to %.16s\n", (long long) x->documents, x->updated_at);
	fflush(stdout);
}

/* Each batch has memory of its own: there may be millions. */
static struct err *fill(struct ctl *c, struct db *db, struct arena *batch)
{
	struct indexing x = { .shop = SHOP };
	int64_t told = 0;
	struct err *e;

	do {
		arena_reset(batch);
		e = db_enter(db, batch);
		if (!e)
			e = indexing_batch(db, &x);
		if (e)
			return FAIL(c->arena, e->kind, "%s", e->text);
		if (x.elsewhere)
			wait_for_courier();
		tell(&x, &told);
	} while (x.more || x.elsewhere);
	printf("%lld texts are new to the search.\n", (long long) x.documents);
	return NULL;
}

static struct err *search(struct ctl *c, bool rebuild)
{
	struct arena *batch;
	struct db *db;
	struct err *e;

	TRY(ctl_desk(c, &db));
	if (rebuild)
		TRY(store_index_empty(db));
	batch = arena_new("search");
	e = fill(c, db, batch);
	arena_free(batch);
	return e;
}

enum ctl_exit ctl_search(struct ctl *c, int argc, char **argv)
{
	bool rebuild = argc == 2 && !strcmp(argv[1], "rebuild");
	struct err *e;

	if (!rebuild && (argc != 2 || strcmp(argv[1], "fill"))) {
		bool asked = argc == 2 && !strcmp(argv[1], "--help");

		fputs(help, asked ? stdout : stderr);
		return asked ? CTL_DONE : CTL_USAGE;
	}
	e = search(c, rebuild);
	return e ? ctl_sorry(e) : CTL_DONE;
}
