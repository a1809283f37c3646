#include <stdbool.h>

#include "ctl/ctl.h"
#include "desk/turn.h"
#include "port/db.h"
#include "store/count.h"
#include "store/recount.h"
#include "store/turn.h"

enum { SHOP = 1 };

static const char help[] =
"usage: aftersale recount\n"
"\n"
"Counts the tickets and mends the numbers that the panel's menu shows, in which\n"
"queue each ticket stands, and what it says of its messages. Only needed when\n"
"`aftersale doctor` says so.\n"
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

static struct err *mend_tickets(struct db *db, size_t *mended)
{
	const struct recount *r;
	struct rows wrong;
	int64_t last;

	*mended = 0;
	TRY(store_turn_last(db, &last));
	for (int64_t after = 0; after < last; after += RECOUNT_STEP) {
		TRY(store_recount_wrong(db, SHOP, after, &wrong));
		r = wrong.at;
		for (size_t i = 0; i < wrong.n; i++)
			TRY(store_recount_mend(db, r[i].ticket_id));
		*mended += wrong.n;
	}
	return NULL;
}

static struct err *recount(struct ctl *c)
{
	size_t mended = 0, all = 0, tickets;
	struct db *db;

	TRY(ctl_desk(c, &db));
	do {
		TRY(mend_some(db, &mended));
		all += mended;
	} while (mended);
	TRY(turn_mend(db, SHOP));
	TRY(mend_tickets(db, &tickets));
	printf("%zu numbers mended, %zu tickets.\n", all, tickets);
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
