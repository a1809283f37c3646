#include "base/arena.h"
#include "base/words.h"
#include "port/view.h"
#include "web/look_postmark.h"

static const char *place_of(struct req *req, const char *what, int64_t message_id)
{
	return arena_printf(req->arena, "%s/%s/%lld", req->desk.urls->panel, what,
			    (long long) message_id);
}

void look_postmark(struct req *req, struct node *message, const struct postmark *p)
{
	struct node *n = node_at(message, "mail");
	bool may = actor_may(&req->who, RIGHT_REPLY);

	if (p->kept)
		node_put(n, "original", place_of(req, "original", p->message_id));
	node_switch(n, "outside", p->outside);
	node_switch(n, "thanks", p->thanks);
	if (p->outside) {
		node_put(n, "address", p->address ? p->address : _("Somebody unnamed"));
		node_put(n, "proof", p->proof);
		node_put(n, "why", p->why);
	}
	if (may && ((p->outside && p->address) || p->thanks))
		node_put(n, "act", place_of(req, "outside", p->message_id));
	for (size_t i = 0; i < p->n_doubts; i++)
		node_put(node_item(node_at(n, "doubts")), "text", p->doubts[i]);
}
