#include "ctl/ctl.h"
#include "ctl/doctor.h"
#include "port/db.h"
#include "store/count.h"
#include "store/recount.h"
#include "store/turn.h"

enum { SHOP = 1, NEWEST = 100000 };	/* tickets that doctor_tickets() looks at */

struct err *doctor_counts(struct doctor *d)
{
	struct rows off;

	TRY(store_count_check(d->db, SHOP, &off));
	if (off.n)
		doctor_wrong(d, "aftersale recount",
			     "The numbers of tickets in the panel's menu are wrong"
			     " for %zu status and owner.", off.n);
	return NULL;
}

struct err *doctor_turns(struct doctor *d)
{
	int64_t wrong;

	TRY(store_turn_check(d->db, SHOP, &wrong));
	if (wrong)
		doctor_wrong(d, "aftersale recount",
			     "%lld tickets stand in a queue that is not that of"
			     " their status.", (long long) wrong);
	return NULL;
}

/* What is older has been looked at many times; `aftersale recount` takes all. */
struct err *doctor_tickets(struct doctor *d)
{
	size_t wrong = 0;
	struct rows some;
	int64_t last;

	TRY(store_turn_last(d->db, &last));
	for (int64_t after = last > NEWEST ? last - NEWEST : 0; after < last;
	     after += RECOUNT_STEP) {
		TRY(store_recount_wrong(d->db, SHOP, after, &some));
		wrong += some.n;
	}
	if (wrong)
		doctor_wrong(d, "aftersale recount",
			     "%zu tickets have other messages than their rows say.",
			     wrong);
	return NULL;
}
