#include "desk/mine.h"
#include "port/view.h"
#include "web/mine.h"

struct err *web_mine(struct req *req)
{
	struct mine m;

	if (req->who.kind != ACTOR_CUSTOMER)
		return NULL;
	TRY(mine_count(&req->desk, &req->who, &m));
	view_number(req->view, "Count.open", m.open);
	view_number(req->view, "Count.closed", m.closed);
	if (m.open + m.closed)
		view_number(req->view, "Count.requests", m.open + m.closed);
	if (m.news)
		view_number(req->view, "Nav.news", m.news);
	return NULL;
}
