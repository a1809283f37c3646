#include "base/arena.h"
#include "desk/catalog.h"
#include "desk/desk.h"
#include "desk/letter.h"
#include "desk/mail.h"
#include "port/db.h"
#include "store/actor.h"

static struct err *may_look(struct desk *d, const struct actor *who)
{
	if (!actor_may(who, RIGHT_CONFIG))
		return FAIL(d->arena, ERR_FORBIDDEN, "mail");
	return NULL;
}

struct err *mail_state(struct desk *d, const struct actor *who,
		       struct mail_state *out)
{
	TRY(may_look(d, who));
	TRY(store_outbox_tally(d->db, &out->letters));
	TRY(store_mail_host_worst(d->db, &out->host));
	TRY(store_quarantine_state(d->db, who->shop, &out->incoming));
	return NULL;
}

struct err *mail_test(struct desk *d, const struct actor *who)
{
	const struct catalog *c = d->catalog;
	struct letter_facts f = letter_shop_facts(c);
	struct letter_to to = {
		.kind = "agent", .id = who->id, .address = who->email, .name = who->name,
		.lang = who->lang ? who->lang : catalog_text(c, "language"),
		.zone = who->zone ? who->zone : catalog_text(c, "zone"),
	};

	TRY(may_look(d, who));
	f.author = who->name;
	f.url = arena_printf(d->arena, "%s/mail", d->urls->config);
	TRY(db_begin(d->db));
	TRY(letter_write(d->db, "test_mail", &to,
			 &(struct letter_about) { .shop = who->shop }, &f));
	TRY(db_commit(d->db));
	return NULL;
}
