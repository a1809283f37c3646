#include <string.h>

#include "base/arena.h"
#include "base/locale.h"
#include "base/words.h"
#include "desk/desk.h"
#include "port/db.h"
#include "preset_parts.h"

static struct err *name_status(struct db *db, const struct entry *e,
			       const struct preset_status *s)
{
	const char *before = arena_dup(db_arena(db), words_language());
	struct err *failure = NULL;

	for (const char *const *lang = locale_languages; *lang && !failure; lang++) {
		words_use(*lang);
		failure = store_catalog_put_label(db, &(struct label) {
			.kind = ENTRY_STATUS, .row_id = e->id, .lang = *lang,
			.name = words_get(s->name),
			.customer_name = s->customer_name
				? words_get(s->customer_name) : NULL,
		});
	}
	words_use(before);
	return failure;
}

const struct entry *preset_status_among(const struct rows *entries,
					const char *code)
{
	const struct entry *e = entries->at;

	for (size_t i = 0; i < entries->n; i++)
		if (!strcmp(e[i].code, code))
			return &e[i];
	return NULL;
}

static struct err *add_status(struct db *db, int shop, const char *code, int place)
{
	const struct preset_status *s = preset_status_named(code);
	struct entry e = {
		.code = code, .place = place, .category = s->category,
		.colour = s->colour, .image = s->image,
	};

	preset_behave(&e);
	TRY(store_catalog_add(db, shop, ENTRY_STATUS, &e));
	TRY(name_status(db, &e, s));
	return NULL;
}

/* Behind all that are there, in the preset's order. */
static struct err *add_statuses(struct db *db, int shop, const struct preset *p)
{
	struct rows there;
	int place;

	TRY(store_catalog_entries(db, shop, ENTRY_STATUS, &there));
	place = (int) there.n;
	for (const char *const *code = p->statuses; *code; code++)
		if (!preset_status_among(&there, *code))
			TRY(add_status(db, shop, *code, ++place));
	return NULL;
}

static bool has_table(const struct rows *transitions, const char *preset)
{
	const struct transition *t = transitions->at;

	for (size_t i = 0; i < transitions->n; i++)
		if (!strcmp(t[i].preset, preset))
			return true;
	return false;
}

static struct err *add_table(struct db *db, int shop, const struct preset *p)
{
	struct rows there;

	TRY(store_catalog_entries(db, shop, ENTRY_STATUS, &there));
	for (int what = 0; what < HAPPENINGS; what++) {
		const char *follows = p->follows[what];
		struct transition t = {
			.preset = p->code, .event = happening_codes[what],
			.outcome = "keep",
		};

		if (follows && !strcmp(follows, PRESET_REFUSE)) {
			t.outcome = "refuse";
		} else if (follows) {
			t.outcome = "set";
			t.status_id = preset_status_among(&there, follows)->id;
		}
		TRY(store_catalog_put_transition(db, shop, &t));
	}
	return NULL;
}

struct err *preset_install(struct db *db, int shop, const char *code)
{
	const struct preset *p = preset_named(code);
	struct rows transitions;

	if (!p)
		return FAIL(db_arena(db), ERR_NOT_FOUND, "preset %s", code);
	TRY(add_statuses(db, shop, p));
	TRY(store_catalog_transitions(db, shop, &transitions));
	if (!has_table(&transitions, p->code))
		TRY(add_table(db, shop, p));
	return NULL;
}
