#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "desk/desk.h"
#include "desk/turn.h"
#include "port/db.h"
#include "preset_parts.h"
#include "store/setting.h"

/*
 * How a preset was left: "3:0 1:0 7:3", every status by place with the one it
 * was shown as; 0: in force.
 */

struct left {
	int64_t id, shown_as;
};

static const char *left_setting(struct arena *a, const char *code)
{
	return arena_printf(a, "left.%s", code);
}

static const char *left_now(struct desk *d)
{
	const struct entry *e;
	struct str s;
	size_t n;

	str_init(&s, d->arena, 2000);
	e = catalog_entries(d->catalog, ENTRY_STATUS, &n);
	for (size_t i = 0; i < n; i++)
		str_addf(&s, "%s%lld:%lld", i ? " " : "", (long long) e[i].id,
			 (long long) (e[i].archived ? e[i].shown_as : 0));
	return s.text;
}

static size_t read_left(const char *text, struct left *out, size_t most)
{
	size_t n = 0;

	while (*text && n < most) {
		char *end;

		out[n].id = strtoll(text, &end, 10);
		if (*end++ != ':')
			break;
		out[n++].shown_as = strtoll(end, &end, 10);
		text = end + (*end == ' ');
	}
	return n;
}

static size_t left_before(const struct desk *d, const struct preset *p,
			  struct left *out, size_t most)
{
	const char *text = catalog_text(d->catalog, left_setting(d->arena, p->code));

	/* A setting without a row and without a line in the table reads "0". */
	return read_left(text, out, most);
}

/* Looking at what would change. */

/* The codes in force with preset p, by place. */
static void codes_then(const struct desk *d, const struct preset *p,
		       struct preset_preview *out)
{
	const char **codes = arena_alloc(d->arena, CATALOG_MOST * sizeof(*codes));
	struct left left[CATALOG_MOST];
	size_t n = left_before(d, p, left, CATALOG_MOST);

	out->codes = codes;
	for (size_t i = 0; i < n; i++) {
		const struct entry *e = catalog_entry(d->catalog, ENTRY_STATUS, left[i].id);

		if (e && !left[i].shown_as)
			codes[out->n_codes++] = e->code;
	}
	for (size_t i = 0; !n && p->statuses[i]; i++)
		codes[out->n_codes++] = p->statuses[i];
}

static bool in_force_then(const struct preset_preview *p, const char *code)
{
	for (size_t i = 0; i < p->n_codes; i++)
		if (!strcmp(p->codes[i], code))
			return true;
	return false;
}

static enum category category_of(const struct desk *d, const char *code)
{
	const struct entry *e = catalog_by_code(d->catalog, ENTRY_STATUS, code);

	return e ? e->category : preset_status_named(code)->category;
}

/* Of the same category, else of one where the same side has to act. */
static const char *suggestion(const struct desk *d, const struct preset_preview *p,
			      enum category category)
{
	static const enum category nearest[CATEGORIES][4] = {
		[CATEGORY_NEW] = { CATEGORY_NEW, CATEGORY_OPEN },
		[CATEGORY_OPEN] = { CATEGORY_OPEN, CATEGORY_NEW },
		[CATEGORY_WAITING_CUSTOMER] = { CATEGORY_WAITING_CUSTOMER,
			CATEGORY_WAITING_OTHER, CATEGORY_OPEN },
		[CATEGORY_WAITING_OTHER] = { CATEGORY_WAITING_OTHER,
			CATEGORY_WAITING_CUSTOMER, CATEGORY_OPEN },
		[CATEGORY_SOLVED] = { CATEGORY_SOLVED, CATEGORY_CLOSED },
		[CATEGORY_CLOSED] = { CATEGORY_CLOSED, CATEGORY_SOLVED },
		[CATEGORY_SPAM] = { CATEGORY_SPAM, CATEGORY_CLOSED, CATEGORY_SOLVED },
	};

	for (size_t wish = 0; wish < 4; wish++)
		for (size_t i = 0; i < p->n_codes; i++)
			if (category_of(d, p->codes[i]) == nearest[category][wish])
				return p->codes[i];
	return p->codes[0];
}

/* Tickets that are shown with a status now and need another one then: its own
 * and those of archived ones, but not of what comes back itself. */
static int64_t shown_with(const struct desk *d, const struct preset_preview *p,
			  const struct rows *uses, int64_t id)
{
	const struct use *u = uses->at;
	int64_t n = 0;

	for (size_t i = 0; i < uses->n; i++) {
		const struct entry *own = catalog_entry(d->catalog, ENTRY_STATUS, u[i].id);

		if (own && !in_force_then(p, own->code) &&
		    catalog_status(d->catalog, own->id)->id == id)
			n += u[i].n;
	}
	return n;
}

static struct err *what_goes(struct desk *d, const struct actor *who,
			     struct preset_preview *p)
{
	const struct entry *e;
	struct rows all, uses;

	e = catalog_entries(d->catalog, ENTRY_STATUS, &all.n);
	all.at = (void *) e;
	TRY(store_catalog_uses(d->db, who->shop, ENTRY_STATUS, &all, &uses));
	p->going = arena_alloc(d->arena, CATALOG_MOST * sizeof(*p->going));
	for (size_t i = 0; i < all.n; i++) {
		if (e[i].archived || in_force_then(p, e[i].code))
			continue;
		p->going[p->n_going++] = (struct preset_going) {
			.id = e[i].id,
			.tickets = shown_with(d, p, &uses, e[i].id),
			.suggestion = suggestion(d, p, e[i].category),
		};
	}
	return NULL;
}

struct err *preset_preview(struct desk *d, const struct actor *who,
			   const char *code, struct preset_preview *out)
{
	*out = (struct preset_preview) { .to = preset_named(code) };
	if (!actor_may(who, RIGHT_CONFIG))
		return FAIL(d->arena, ERR_FORBIDDEN, "presets");
	if (!out->to)
		return FAIL(d->arena, ERR_NOT_FOUND, "preset %s", code);
	codes_then(d, out->to, out);
	TRY(what_goes(d, who, out));
	return NULL;
}

/* Switching. */

static const char *mapped(const struct preset_going *g,
			  const struct preset_map *map, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (map[i].from == g->id && *map[i].to)
			return map[i].to;
	return g->tickets ? NULL : g->suggestion;
}

static struct err *check_map(struct desk *d, const struct preset_preview *p,
			     const struct preset_map *map, size_t n)
{
	for (size_t i = 0; i < p->n_going; i++) {
		const char *to = mapped(&p->going[i], map, n);

		if (!to || !in_force_then(p, to))
			return FAIL(d->arena, ERR_BAD_REQUEST,
				    "status %lld has to be shown as one of %s",
				    (long long) p->going[i].id, p->to->code);
	}
	return NULL;
}

/* In force or archived, at a place of its own. */
static struct err *put(struct desk *d, const struct actor *who, struct entry e,
		       int64_t shown_as, int place)
{
	e.archived = shown_as != 0;
	e.shown_as = shown_as;
	TRY(store_catalog_set(d->db, who->shop, ENTRY_STATUS, &e));
	TRY(store_catalog_set_place(d->db, who->shop, ENTRY_STATUS, e.id, place));
	return NULL;
}

/* Rows of the preset that is left: archived, shown as told. */
static struct err *put_away(struct desk *d, const struct actor *who,
			    const struct preset_preview *p, const struct rows *there,
			    const struct preset_map *map, size_t n, int *place)
{
	for (size_t i = 0; i < p->n_going; i++) {
		const struct preset_going *g = &p->going[i];

		TRY(put(d, who, *catalog_entry(d->catalog, ENTRY_STATUS, g->id),
			preset_status_among(there, mapped(g, map, n))->id, ++*place));
	}
	return NULL;
}

static const struct entry *with_id(const struct rows *entries, int64_t id)
{
	const struct entry *e = entries->at;

	for (size_t i = 0; i < entries->n; i++)
		if (e[i].id == id)
			return &e[i];
	return NULL;
}

/* As it was left, archived ones and all; at first as the table says. */
static struct err *put_back(struct desk *d, const struct actor *who,
			    const struct preset_preview *p, const struct rows *there,
			    int *place)
{
	struct left left[CATALOG_MOST];
	size_t n = left_before(d, p->to, left, CATALOG_MOST);

	for (size_t i = 0; !n && i < p->n_codes; i++)
		TRY(put(d, who, *preset_status_among(there, p->codes[i]), 0, ++*place));
	for (size_t i = 0; i < n; i++) {
		const struct entry *e = with_id(there, left[i].id);

		if (e)
			TRY(put(d, who, *e, left[i].shown_as, ++*place));
	}
	return NULL;
}

static const char *map_in_words(struct desk *d, const struct preset_preview *p,
				const struct preset_map *map, size_t n)
{
	struct str s;

	str_init(&s, d->arena, 2000);
	str_add(&s, p->to->code);
	for (size_t i = 0; i < p->n_going; i++) {
		const struct entry *e = catalog_entry(d->catalog, ENTRY_STATUS,
						      p->going[i].id);

		str_addf(&s, "%s %s > %s", i ? "," : ":", e->code,
			 mapped(&p->going[i], map, n));
	}
	return s.text;
}

static struct err *remember(struct desk *d, const struct actor *who,
			    const char *from, const char *to)
{
	TRY(store_setting_put(d->db, who->shop, left_setting(d->arena, from),
			      left_now(d)));
	TRY(store_setting_put(d->db, who->shop, "preset_before", from));
	TRY(store_setting_put(d->db, who->shop, "preset", to));
	return NULL;
}

struct err *preset_switch(struct desk *d, const struct actor *who,
			  const char *code, const struct preset_map *map, size_t n)
{
	const char *from = catalog_text(d->catalog, "preset");
	struct preset_preview p;
	struct rows there;
	int place = 0;

	if (actor_may(who, RIGHT_CONFIG) && !strcmp(from, code))
		return NULL;
	TRY(preset_preview(d, who, code, &p));
	TRY(check_map(d, &p, map, n));
	TRY(db_begin(d->db));
	TRY(store_setting_claim(d->db, who->shop, catalog_revision(d->catalog)));
	TRY(preset_install(d->db, who->shop, code));
	TRY(store_catalog_entries(d->db, who->shop, ENTRY_STATUS, &there));
	TRY(put_back(d, who, &p, &there, &place));
	TRY(put_away(d, who, &p, &there, map, n, &place));
	TRY(remember(d, who, from, code));
	TRY(store_setting_audit(d->db, who, "preset", from,
				map_in_words(d, &p, map, n)));
	TRY(db_commit(d->db));
	TRY(turn_settle(d->db, who->shop, false));
	return NULL;
}

const struct preset *preset_before(const struct desk *d)
{
	return preset_named(catalog_text(d->catalog, "preset_before"));
}
