#include "base/arena.h"
#include "desk/mine.h"
#include "port/view.h"
#include "web/mine.h"

/* "7", or "9+" where nobody has counted on. */
static const char *capped(struct req *req, int64_t n)
{
	return arena_printf(req->arena, n < TICKET_TALLY ? "%lld" : "%lld+",
			    (long long) (n < TICKET_TALLY ? n : n - 1));
}

struct err *web_mine(struct req *req)
{
	struct ticket_tally t;
	int64_t all;

	if (req->who.kind != ACTOR_CUSTOMER)
		return NULL;
	TRY(mine_count(&req->desk, &req->who, &t));
	all = t.open + t.closed < TICKET_TALLY ? t.open + t.closed : TICKET_TALLY;
	view_put(req->view, "Count.open", capped(req, t.open));
	view_put(req->view, "Count.closed", capped(req, t.closed));
	if (all)
		view_put(req->view, "Count.requests", capped(req, all));
	if (t.unseen)
		view_number(req->view, "Nav.news", t.unseen);
	return NULL;
}
