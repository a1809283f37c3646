#include <string.h>

#include "base/arena.h"
#include "desk/desk.h"
#include "desk/link.h"
#include "port/conf.h"
#include "port/json.h"
#include "port/secret.h"
#include "store/agent.h"
#include "store/guard.h"
#include "store/outbox.h"
#include "store/ticket.h"

enum { BYTES = 16, DEPTH = 4 };
static const char confirm[] = "confirm:";

struct desk_urls desk_urls_of(struct arena *a, const struct conf *c)
{
	const char *shop = conf_shops(c)[0];
	const char *section = shop ? arena_join(a, "shop.", shop) : NULL;

	return (struct desk_urls) {
		.storefront = conf_text(c, "web", "storefront_url"),
		.board = conf_text(c, "web", "board_url"),
		.panel = conf_text(c, "web", "panel_url"),
		.config = conf_text(c, "web", "config_url"),
		.shop_login = section ? conf_text(c, section, "login_url") : NULL,
		.shop_order = section ? conf_text(c, section, "order_url") : NULL,
	};
}

/* Whoever reads this mailbox now may be somebody else. */
static struct err *moved(struct arena *a, const struct outbox *row)
{
	return FAIL(a, ERR_CONFLICT, "letter %lld: a link for an address that is no "
		    "longer theirs", (long long) row->id);
}

/* For the ticket's customer, whoever that is when the letter goes out. */
static struct err *ticket_link(struct db *db, struct arena *a,
			       const struct desk_urls *urls,
			       const struct outbox *row, const char **out)
{
	const struct actor system = { .kind = ACTOR_SYSTEM, .shop = row->shop_id };
	const char *token = secret_token(a, BYTES);
	struct ticket t;

	TRY(store_ticket_find_id(db, &system, row->ticket_id, &t));
	if (strcmp(t.customer_email, row->to_address))
		return moved(a, row);
	TRY(store_guard_add_link(db, row->shop_id, secret_of_token(a, token), t.id,
				 t.customer_id));
	*out = arena_printf(a, "%s/t/%s", urls->storefront, token);
	return NULL;
}

static struct err *agent_link(struct db *db, struct arena *a,
			      const struct desk_urls *urls,
			      const struct outbox *row, enum token_purpose purpose,
			      const char **out)
{
	const char *token = secret_token(a, BYTES);
	struct agent agent;

	TRY(store_agent_find(db, row->recipient_id, &agent));
	if (!agent.active || strcmp(agent.email, row->to_address))
		return moved(a, row);
	TRY(store_agent_add_token(db, secret_of_token(a, token), row->recipient_id, purpose));
	*out = arena_printf(a, "%s/password/%s", urls->panel, token);
	return NULL;
}

struct err *link_make(struct db *db, struct arena *a, const struct desk_urls *urls,
		      const struct outbox *row, const char **out)
{
	struct json *facts;
	const char *link;

	*out = NULL;
	TRY(json_parse(a, row->facts, strlen(row->facts), DEPTH, &facts));
	link = json_text(json_member(facts, "link"));
	if (!link)
		return NULL;
	if (!strcmp(link, "ticket"))
		TRY(ticket_link(db, a, urls, row, out));
	else if (!strcmp(link, "invite"))
		TRY(agent_link(db, a, urls, row, TOKEN_INVITE, out));
	else if (!strcmp(link, "reset"))
		TRY(agent_link(db, a, urls, row, TOKEN_RESET, out));
	else if (!strncmp(link, confirm, sizeof(confirm) - 1))
		*out = arena_printf(a, "%s/c/%s", urls->storefront,
				    link + sizeof(confirm) - 1);
	else
		return FAIL(a, ERR_BUG, "letter %lld wants an unknown link",
			    (long long) row->id);
	return NULL;
}
