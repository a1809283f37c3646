#include <string.h>

#include "base/words.h"
#include "panel/finding.h"

static const char *shop_is_away(void)
{
	return _("The shop didn’t answer. Try again in a minute.");
}

/* What was found by number, else what has this key; none: o stays empty. */
static struct err *by_number_or_key(struct req *req, const char *no,
				    struct order *o, size_t *n, bool *away)
{
	const struct shop_order *found;
	struct rows rows;
	struct err *e;

	*n = 0;
	TRY(order_search(&req->desk, &req->who, no, &rows, away));
	found = rows.at;
	if (*away || rows.n > 1) {
		*n = rows.n;
		return NULL;
	}
	e = order_find(&req->desk, &req->who, rows.n ? found->order_key : no,
		       false, o, away);
	if (e && e->kind != ERR_NOT_FOUND)
		return err_passed(e, __func__);
	*n = !e && !*away;
	return NULL;
}

struct err *finding_order(struct req *req, const char *no, struct order *out,
			  const char **wrong)
{
	bool away;
	size_t n;

	*wrong = NULL;
	TRY(by_number_or_key(req, no, out, &n, &away));
	if (away)
		*wrong = shop_is_away();
	else if (!n)
		*wrong = words_say(req->arena, _("The shop has no order {1}"), no, NULL, NULL);
	else if (n > 1)
		*wrong = words_say(req->arena, _("Several orders have the number {1}"),
				   no, NULL, NULL);
	return NULL;
}

struct err *finding_customer(struct req *req, const char *words,
			     struct customer *out, const char **wrong)
{
	struct order o = { .lines.n = 0 };
	bool found, away = false;

	*wrong = NULL;
	if (strchr(words, '@')) {
		TRY(customer_by_address(&req->desk, &req->who, words, out, &found, &away));
		if (away)
			*wrong = shop_is_away();
		else if (!found)
			*wrong = _("Neither we nor the shop know this address");
		return NULL;
	}
	TRY(finding_order(req, words, &o, wrong));
	if (*wrong)
		return NULL;
	TRY(customer_of_order(&req->desk, &req->who, &o.facts, out, &found));
	if (!found)
		*wrong = _("This order has no e-mail address");
	return NULL;
}
