#include <stdbool.h>

#include "ctl/ctl.h"
#include "desk/turn.h"
#include "port/db.h"
#include "store/count.h"

enum { SHOP = 1 };

static const char help[] =
"usage: aftersale recount\n"
"\n"
"Counts the tickets and mends the numbers that the panel's menu shows, and in\n"
"which queue each ticket stands. Only needed when `aftersale doctor` says so.\n"
"The help desk may go on meanwhile.\n";

/* Difference and mending belong to one view of the data: what others change
 * meanwhile adds its own deltas. */
static struct err *mend_some(struct db *db, size_t *mended)
{
	const struct count *c;
	struct rows off;

	TRY(db_begin(db));
	TRY(store_count_check(db, SHOP, &off));
	c = off.at;
	for (size_t i = 0; i < off.n; i++)
		TRY(store_count_mend(db, SHOP, &c[i]));
	TRY(db_commit(db));
	*mended = off.n;
	return NULL;
}

static struct err *recount(struct ctl *c)
{
	size_t mended = 0, all = 0;
	struct db *db;

	TRY(ctl_desk(c, &db));
	do {
		TRY(mend_some(db, &mended));
		all += mended;
	} while (mended);
	TRY(turn_mend(db, SHOP));
	printf("%zu numbers mended.\n", all);
	return NULL;
}

enum ctl_exit ctl_recount(struct ctl *c, int argc, char **argv)
{
	struct err *e;

	if (argc != 1) {
		bool asked = argc == 2 && !strcmp(argv[1], "--help");

		fputs(help, asked ? stdout : stderr);
		return asked ? CTL_DONE : CTL_USAGE;
	}
	e = recount(c);
	return e ? ctl_sorry(e) : CTL_DONE;
}
