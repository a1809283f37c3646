#include <ctype.h>
#include <string.h>

#include "base/address.h"
#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/words.h"
#include "desk/catalog.h"
#include "desk/query_words.h"
#include "query_parts.h"

enum { SHORTEST_BEGINNING = 3, NUMBER_MOST = 64, LANG_MOST = 12,
       OPTIONS_MOST = 256 };

static const char *wrong_value(const struct scan *s, const char *sentence,
			       const char *three)
{
	return words_say(s->arena, sentence, s->value, query_position(s, s->value_at), three);
}

/* --- words ------------------------------------------------------------------------ */

/* Letters behind a star, or a star within, ask for more than an index knows. */
static const char *read_star(struct scan *s, char *text)
{
	char *star = strchr(text, '*');

	if (!star)
		return NULL;
	if (star[1])
		return _("A * stands at the end of a word only: “{1}” at character {2}.");
	*star = '\0';
	s->term->prefix = true;
	return NULL;
}

static const char *read_words(struct scan *s)
{
	char *text = arena_dup(s->arena, s->value);
	const char *wrong = s->quoted ? NULL : read_star(s, text);
	bool starred = s->term->prefix;

	if (wrong)
		return wrong_value(s, wrong, NULL);
	query_words(s->arena, text, s->term);
	if (starred && s->term->n_words &&
	    !query_may_begin(s->term->words[s->term->n_words - 1], SHORTEST_BEGINNING))
		return wrong_value(s, _("Write at least three characters before the *:"
					" “{1}” at character {2}."), NULL);
	return NULL;
}

static bool has_digit(const char *text)
{
	return text[strcspn(text, "0123456789")] != '\0';
}

const char *query_bare(struct scan *s)
{
	struct search_term *t = s->term;

	if (*s->value == '#' && isalnum((unsigned char) s->value[1])) {
		t->field = SEARCH_NUMBER;
		t->value = s->value + 1;
		return NULL;
	}
	t->field = SEARCH_TEXT;
	if (address_valid(s->value))
		t->value = address_lower(s->arena, s->value);
	else if (has_digit(s->value) && utf8_count(s->value) <= NUMBER_MOST &&
		 !strchr(s->value, '*'))
		t->value = s->value;
	t->name = !t->not;
	if (t->not)
		t->value = NULL;
	return read_words(s);
}

static const char *read_subject(struct scan *s)
{
	return read_words(s);
}

static const char *read_from(struct scan *s)
{
	if (strchr(s->value, '@')) {
		s->term->value = address_lower(s->arena, s->value);
		return NULL;
	}
	s->quoted = true;		/* a beginning anyway */
	query_words(s->arena, s->value, s->term);
	return s->term->n_words ? NULL :
	       wrong_value(s, _("“{1}” at character {2} is neither a name nor an"
				" address."), NULL);
}

/* --- one of a list ----------------------------------------------------------------- */

struct option {
	const char *name, *code;	/* code NULL: none */
	int64_t id;
};
struct options {
	struct option at[OPTIONS_MOST];
	size_t n;
};

static void offer(struct options *o, const char *name, const char *code, int64_t id)
{
	if (o->n < sizeof(o->at) / sizeof(*o->at))
		o->at[o->n++] = (struct option) { name, code, id };
}

static const char *names_of(const struct scan *s, const struct options *o)
{
	struct str list;

	str_init(&list, s->arena, QUERY_LIST);
	for (size_t i = 0; i < o->n; i++)
		str_addf(&list, "%s%s", i ? ", " : "", o->at[i].name);
	return utf8_mend(s->arena, list.text, list.len);
}

/* The one that is meant; NULL with a sentence in *wrong. */
static const struct option *choose(const struct scan *s, const struct options *o,
				   const char **wrong)
{
	struct options some = { .n = 0 };

	for (size_t i = 0; i < o->n; i++) {
		enum query_likeness how = query_like(s->arena, s->value, o->at[i].name,
						     o->at[i].code);
		if (how == QUERY_SAME)
			return &o->at[i];
		if (how == QUERY_BEGINS)
			offer(&some, o->at[i].name, o->at[i].code, o->at[i].id);
	}
	if (some.n == 1) {
		struct option *one = NEW(s->arena, struct option);

		*one = some.at[0];
		return one;
	}
	if (some.n)
		*wrong = wrong_value(s, _("“{1}” at character {2} could be {3}."),
				     names_of(s, &some));
	else
		*wrong = wrong_value(s, _("“{1}” at character {2} is none of {3}."),
				     names_of(s, o));
	return NULL;
}

static int64_t *keep_ids(struct scan *s, const int64_t *ids, size_t n)
{
	int64_t *copy = arena_alloc(s->arena, (n + 1) * sizeof(*copy));

	memcpy(copy, ids, n * sizeof(*ids));
	s->term->ids = copy;
	s->term->n_ids = n;
	return copy;
}

static const char *read_entry(struct scan *s, enum entry_kind kind)
{
	const struct catalog *c = s->r->catalog;
	struct options o = { .n = 0 };
	const struct option *chosen;
	int64_t ids[CATALOG_MOST];
	const char *wrong;
	size_t n, n_ids = 1;
	const struct entry *e = catalog_entries(c, kind, &n);

	for (size_t i = 0; i < n; i++)
		if (!e[i].archived)
			offer(&o, catalog_name(c, kind, e[i].id, s->r->reader->lang),
			      e[i].code, e[i].id);
	chosen = choose(s, &o, &wrong);
	if (!chosen)
		return wrong;
	ids[0] = chosen->id;
	if (kind == ENTRY_STATUS)
		n_ids = catalog_counting_as(c, chosen->id, ids, CATALOG_MOST);
	keep_ids(s, ids, n_ids);
	return NULL;
}

static const char *read_status(struct scan *s)
{
	return read_entry(s, ENTRY_STATUS);
}

static const char *read_type(struct scan *s)
{
	return read_entry(s, ENTRY_TYPE);
}

static const char *read_priority(struct scan *s)
{
	return read_entry(s, ENTRY_PRIORITY);
}

enum is { IS_OPEN, IS_CLOSED, IS_WAITING, IS_UNASSIGNED };

static bool is_so(const struct catalog *c, enum is what, int64_t status_id)
{
	if (what == IS_WAITING)
		return catalog_turn(c, status_id) == TURN_CUSTOMER;
	return catalog_is_closed(c, status_id) == (what == IS_CLOSED);
}

static void keep_statuses(struct scan *s, enum is what)
{
	const struct catalog *c = s->r->catalog;
	int64_t ids[CATALOG_MOST];
	size_t n, kept = 0;
	const struct entry *e = catalog_entries(c, ENTRY_STATUS, &n);

	for (size_t i = 0; i < n && kept < CATALOG_MOST; i++)
		if (is_so(c, what, e[i].id))
			ids[kept++] = e[i].id;
	keep_ids(s, ids, kept);
}

static const char *read_is(struct scan *s)
{
	static const int64_t nobody = 0;
	struct options o = { .n = 0 };
	const struct option *chosen;
	const char *wrong;

	offer(&o, "open", NULL, IS_OPEN);
	offer(&o, "closed", NULL, IS_CLOSED);
	offer(&o, "waiting", NULL, IS_WAITING);
	offer(&o, "unassigned", NULL, IS_UNASSIGNED);
	chosen = choose(s, &o, &wrong);
	if (!chosen)
		return wrong;
	if (chosen->id == IS_UNASSIGNED) {
		s->term->field = SEARCH_OWNER;
		keep_ids(s, &nobody, 1);
	} else {
		keep_statuses(s, (enum is) chosen->id);
	}
	return NULL;
}

static const char *read_owner(struct scan *s)
{
	size_t n;
	const struct agent *a = catalog_agents(s->r->catalog, &n);
	struct options o = { .n = 0 };
	const struct option *chosen;
	const char *wrong;

	offer(&o, "me", NULL, s->r->me);
	offer(&o, "nobody", NULL, 0);
	for (size_t i = 0; i < n; i++)
		offer(&o, a[i].name, a[i].email, a[i].id);
	chosen = choose(s, &o, &wrong);
	if (!chosen)
		return wrong;
	keep_ids(s, &chosen->id, 1);
	return NULL;
}

static const char *read_has(struct scan *s)
{
	struct options o = { .n = 0 };
	const struct option *chosen;
	const char *wrong;

	offer(&o, "attachment", NULL, SEARCH_ATTACHMENT);
	offer(&o, "order", NULL, SEARCH_ORDERED);
	offer(&o, "note", NULL, SEARCH_NOTE);
	chosen = choose(s, &o, &wrong);
	if (!chosen)
		return wrong;
	s->term->has = (enum search_has) chosen->id;
	return NULL;
}

static const char *read_source(struct scan *s)
{
	struct options o = { .n = 0 };
	const struct option *chosen;
	const char *wrong;

	offer(&o, "shop", NULL, 0);
	offer(&o, "panel", NULL, 0);
	offer(&o, "mail", NULL, 0);
	offer(&o, "api", NULL, 0);
	chosen = choose(s, &o, &wrong);
	if (!chosen)
		return wrong;
	s->term->value = chosen->name;
	return NULL;
}

/* --- as it was typed ---------------------------------------------------------------- */

static const char *read_value(struct scan *s)
{
	s->term->value = s->value;
	return NULL;
}

static const char *read_number(struct scan *s)
{
	s->term->value = s->value + (*s->value == '#');
	return NULL;
}

static const char *read_lang(struct scan *s)
{
	s->term->value = utf8_lower(s->arena, s->value);
	return strlen(s->value) <= LANG_MOST ? NULL :
	       wrong_value(s, _("“{1}” at character {2} is no language. Write de or"
				" pt-BR."), NULL);
}

/* --- days and lengths of time --------------------------------------------------------- */

static const char *read_days(struct scan *s)
{
	if (query_days(s->arena, s->r->reader->zone, s->value, s->term))
		return NULL;
	return wrong_value(s, _("“{1}” at character {2} is no date. Write 2026, 2026-03,"
				" 2026-03-05 or 2026-01..2026-03."), NULL);
}

static const char *read_waiting(struct scan *s)
{
	keep_statuses(s, IS_OPEN);
	if (query_ago(s->arena, s->r->reader->now, s->value, s->term))
		return NULL;
	return wrong_value(s, _("“{1}” at character {2} is no length of time. Write >2d,"
				" <4h or >1w."), NULL);
}

const struct field_rule query_rules[] = {
	{ "status", SEARCH_STATUS, read_status },
	{ "type", SEARCH_TYPE, read_type },
	{ "priority", SEARCH_PRIORITY, read_priority },
	{ "is", SEARCH_IS, read_is },
	{ "owner", SEARCH_OWNER, read_owner },
	{ "from", SEARCH_FROM, read_from },
	{ "order", SEARCH_ORDER, read_value },
	{ "sku", SEARCH_SKU, read_value },
	{ "number", SEARCH_NUMBER, read_number },
	{ "created", SEARCH_CREATED, read_days },
	{ "updated", SEARCH_UPDATED, read_days },
	{ "waiting", SEARCH_WAITING, read_waiting },
	{ "has", SEARCH_HAS, read_has },
	{ "subject", SEARCH_SUBJECT, read_subject },
	{ "source", SEARCH_SOURCE, read_source },
	{ "lang", SEARCH_LANG, read_lang },
	{ 0 }
};
