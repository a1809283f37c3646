#include <string.h>

#include "base/arena.h"
#include "desk/desk.h"
#include "desk/preset.h"
#include "port/db.h"
#include "store/setting.h"

static bool is_button(enum happening what)
{
	return what == CUSTOMER_CLOSES || what == CUSTOMER_REOPENS;
}

bool preset_may_follow(enum happening what, const struct entry *status)
{
	bool over = status->category >= CATEGORY_SOLVED;

	if (status->archived)
		return false;
	return what == CUSTOMER_CLOSES ? over : what == CUSTOMER_REOPENS ? !over : true;
}

struct err *preset_rule_fits(const struct desk *d, const struct preset_rule *r)
{
	const struct entry *e;

	if (!strcmp(r->outcome, "keep") && r->what > CREATED_TO_CUSTOMER && !is_button(r->what))
		return NULL;
	if (!strcmp(r->outcome, "refuse") && is_button(r->what))
		return NULL;
	e = catalog_entry(d->catalog, ENTRY_STATUS, r->status_id);
	if (!strcmp(r->outcome, "set") && e && preset_may_follow(r->what, e))
		return NULL;
	return FAIL(d->arena, ERR_BAD_REQUEST, "%s cannot be followed by %s %lld",
		    happening_codes[r->what], r->outcome, (long long) r->status_id);
}

static const char *rule_in_words(struct desk *d, const char *outcome, int64_t status_id)
{
	const struct entry *e = catalog_entry(d->catalog, ENTRY_STATUS, status_id);

	return !strcmp(outcome, "set") && e ? e->code : outcome;
}

static struct err *set_rule(struct desk *d, const struct actor *who,
			    const char *preset, const struct preset_rule *r)
{
	const struct transition *old = catalog_transition(d->catalog, preset, r->what);
	struct transition t = {
		.preset = preset, .event = happening_codes[r->what],
		.outcome = r->outcome,
		.status_id = strcmp(r->outcome, "set") ? 0 : r->status_id,
	};

	TRY(preset_rule_fits(d, r));
	if (old && !strcmp(old->outcome, t.outcome) && old->status_id == t.status_id)
		return NULL;
	TRY(store_catalog_put_transition(d->db, who->shop, &t));
	TRY(store_setting_audit(d->db, who,
		arena_printf(d->arena, "rule.%s.%s", preset, t.event),
		old ? rule_in_words(d, old->outcome, old->status_id) : NULL,
		rule_in_words(d, t.outcome, t.status_id)));
	return NULL;
}

struct err *preset_set_rules(struct desk *d, const struct actor *who,
			     const struct preset_rule *rules, size_t n)
{
	const char *preset = catalog_text(d->catalog, "preset");

	if (!actor_may(who, RIGHT_CONFIG))
		return FAIL(d->arena, ERR_FORBIDDEN, "event table");
	TRY(db_begin(d->db));
	TRY(store_setting_claim(d->db, who->shop, catalog_revision(d->catalog)));
	for (size_t i = 0; i < n; i++)
		TRY(set_rule(d, who, preset, &rules[i]));
	TRY(db_commit(d->db));
	return NULL;
}
