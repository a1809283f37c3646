#include <string.h>

#include "desk/desk.h"
#include "desk/undelivered.h"
#include "port/json.h"

enum { DEPTH = 8 };

static struct err *check_right(struct desk *d, const struct actor *who)
{
	if (!actor_may(who, RIGHT_LETTERS))
		return FAIL(d->arena, ERR_FORBIDDEN, "letters are not theirs to see");
	return NULL;
}

struct err *undelivered_list(struct desk *d, const struct actor *who,
			     struct undelivered *out)
{
	struct outbox_tally tally;

	*out = (struct undelivered) { .waiting = 0 };
	TRY(check_right(d, who));
	TRY(store_outbox_failures(d->db, who->shop, &out->letters));
	TRY(store_mail_host_worst(d->db, &out->away));
	if (!out->away.away_s)
		return NULL;
	TRY(store_outbox_tally(d->db, &tally));
	out->waiting = tally.due;
	return NULL;
}

struct err *undelivered_send(struct desk *d, const struct actor *who, int64_t id)
{
	TRY(check_right(d, who));
	TRY(store_outbox_again(d->db, who->shop, id));
	return NULL;
}

struct err *undelivered_drop(struct desk *d, const struct actor *who, int64_t id)
{
	TRY(check_right(d, who));
	TRY(store_outbox_cancel(d->db, who->shop, id));
	return NULL;
}

const char *undelivered_fact(struct desk *d, const struct outbox *letter,
			     const char *name)
{
	struct json *facts;

	if (json_parse(d->arena, letter->facts, strlen(letter->facts), DEPTH, &facts))
		return NULL;
	return json_text(json_member(facts, name));
}
