#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "desk/desk.h"
#include "desk/entry.h"
#include "desk/turn.h"
#include "port/db.h"
#include "port/secret.h"
#include "store/setting.h"

enum { CODE_MOST = 32 };

/* Every change begins so: other writers wait, and what we looked at is true. */
static struct err *begin(struct desk *d, const struct actor *who)
{
	if (!actor_may(who, RIGHT_CONFIG))
		return FAIL(d->arena, ERR_FORBIDDEN, "the owner's lists");
	TRY(db_begin(d->db));
	TRY(store_setting_claim(d->db, who->shop, catalog_revision(d->catalog)));
	return NULL;
}

static struct err *audit(struct desk *d, const struct actor *who,
			 enum entry_kind kind, int64_t id, const char *before,
			 const char *after)
{
	TRY(store_setting_audit(d->db, who,
		arena_printf(d->arena, "%s.%lld", entry_kind_codes[kind], (long long) id),
		before, after));
	return NULL;
}

const char *entry_code(struct arena *a, const char *name)
{
	struct str s;

	str_init(&s, a, CODE_MOST + 1);
	for (; *name && s.len < CODE_MOST; name++) {
		char c = *name >= 'A' && *name <= 'Z' ? (char) (*name + 'a' - 'A') : *name;

		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			str_addn(&s, &c, 1);
		else if (s.len && s.text[s.len - 1] != '_')
			str_add(&s, "_");
	}
	if (s.len && s.text[s.len - 1] == '_')
		s.text[--s.len] = '\0';
	return s.len ? s.text : "entry";
}

static const struct label *label_of(const struct entry_draft *draft, const char *lang)
{
	for (size_t i = 0; i < draft->n_labels; i++)
		if (!strcmp(draft->labels[i].lang, lang) && *draft->labels[i].name)
			return &draft->labels[i];
	return NULL;
}

/* "warranty", "warranty_2", … */
static const char *free_code(struct desk *d, const struct entry_draft *draft)
{
	const struct label *l = label_of(draft, "en");
	const char *base, *code;

	if (!l)
		l = label_of(draft, catalog_text(d->catalog, "language"));
	code = base = entry_code(d->arena, l->name);
	for (int i = 2; catalog_by_code(d->catalog, draft->kind, code); i++)
		code = arena_printf(d->arena, "%s_%d", base, i);
	return code;
}

/* Two of one name cannot be told apart where they are chosen. */
static bool name_is_taken(struct desk *d, const struct entry_draft *draft)
{
	const char *lang = catalog_text(d->catalog, "language");
	const char *name = label_of(draft, lang)->name;
	const struct entry *e;
	size_t n;

	e = catalog_entries(d->catalog, draft->kind, &n);
	for (size_t i = 0; i < n; i++)
		if (e[i].id != draft->entry.id && !e[i].archived &&
		    !strcmp(catalog_name(d->catalog, draft->kind, e[i].id, lang), name))
			return true;
	return false;
}

bool entry_is_last(const struct catalog *c, const struct entry *status)
{
	const struct entry *e;
	size_t n;

	e = catalog_entries(c, ENTRY_STATUS, &n);
	for (size_t i = 0; i < n; i++)
		if (e[i].id != status->id && !e[i].archived &&
		    e[i].category == status->category)
			return false;
	return true;
}

static enum entry_answer why_not_save(struct desk *d, const struct entry_draft *draft,
				      const struct entry *old)
{
	size_t n;

	catalog_entries(d->catalog, draft->kind, &n);
	if (name_is_taken(d, draft))
		return ENTRY_TAKEN;
	if (!old && n >= CATALOG_MOST)
		return ENTRY_FULL;
	if (old && old->is_default && !draft->make_default)
		return ENTRY_IS_DEFAULT;
	if (old && draft->kind == ENTRY_STATUS && !old->archived &&
	    old->category != draft->entry.category && entry_is_last(d->catalog, old))
		return ENTRY_LAST;
	return ENTRY_DONE;
}

static struct err *save_labels(struct desk *d, const struct entry_draft *draft)
{
	for (size_t i = 0; i < draft->n_labels; i++) {
		struct label l = draft->labels[i];

		l.kind = draft->kind;
		l.row_id = draft->entry.id;
		if (*l.name)
			TRY(store_catalog_put_label(d->db, &l));
		else
			TRY(store_catalog_drop_label(d->db, &l));
	}
	return NULL;
}

static struct err *save_row(struct desk *d, const struct actor *who,
			    struct entry_draft *draft, const struct entry *old)
{
	struct entry *e = &draft->entry;
	size_t n;

	catalog_entries(d->catalog, draft->kind, &n);
	if (old) {
		e->archived = old->archived;
		e->shown_as = old->shown_as;
		TRY(store_catalog_set(d->db, who->shop, draft->kind, e));
	} else {
		e->code = free_code(d, draft);
		e->place = (int) n + 1;
		TRY(store_catalog_add(d->db, who->shop, draft->kind, e));
	}
	if (draft->make_default && draft->kind != ENTRY_STATUS)
		TRY(store_catalog_set_default(d->db, who->shop, draft->kind, e->id));
	return NULL;
}

static const char *in_words(struct desk *d, const char *name, const struct entry *e)
{
	return arena_printf(d->arena, "%s, %s, %s", name, e->colour,
			    e->image ? e->image : "-");
}

/* Tickets of a status that means something else now. */
static struct err *follow(struct desk *d, const struct actor *who, enum entry_kind kind)
{
	if (kind == ENTRY_STATUS)
		TRY(turn_settle(d->db, who->shop, false));
	return NULL;
}

struct err *entry_save(struct desk *d, const struct actor *who,
		       struct entry_draft *draft, enum entry_answer *answer)
{
	const char *lang = catalog_text(d->catalog, "language");
	const struct entry *old = NULL;

	if (draft->entry.id) {
		old = catalog_entry(d->catalog, draft->kind, draft->entry.id);
		if (!old)
			return FAIL(d->arena, ERR_NOT_FOUND, "%s %lld",
				    entry_kind_codes[draft->kind],
				    (long long) draft->entry.id);
	}
	TRY(begin(d, who));
	*answer = why_not_save(d, draft, old);
	if (*answer != ENTRY_DONE) {
		db_rollback(d->db);
		return NULL;
	}
	TRY(save_row(d, who, draft, old));
	TRY(save_labels(d, draft));
	TRY(audit(d, who, draft->kind, draft->entry.id,
		  old ? in_words(d, catalog_name(d->catalog, draft->kind, old->id, lang), old)
		      : NULL,
		  in_words(d, label_of(draft, lang)->name, &draft->entry)));
	TRY(db_commit(d->db));
	TRY(follow(d, who, draft->kind));
	return NULL;
}

/* Removing. */

static enum entry_answer why_not_remove(struct desk *d, enum entry_kind kind,
					const struct entry *e)
{
	if (kind == ENTRY_STATUS)
		return entry_is_last(d->catalog, e) ? ENTRY_LAST : ENTRY_DONE;
	return catalog_default(d->catalog, kind) == e ? ENTRY_IS_DEFAULT : ENTRY_DONE;
}

static struct err *archive(struct desk *d, const struct actor *who,
			   enum entry_kind kind, const struct entry *e,
			   int64_t stand_in, enum entry_answer *answer)
{
	const struct entry *as = catalog_entry(d->catalog, ENTRY_STATUS, stand_in);
	struct entry changed = *e;

	changed.archived = true;
	if (kind == ENTRY_STATUS) {
		if (!as || as->archived || as == e) {
			*answer = ENTRY_NO_STAND_IN;
			return NULL;
		}
		changed.shown_as = stand_in;
	}
	TRY(store_catalog_set(d->db, who->shop, kind, &changed));
	*answer = ENTRY_ARCHIVED;
	return NULL;
}

struct err *entry_remove(struct desk *d, const struct actor *who,
			 enum entry_kind kind, int64_t id, int64_t stand_in,
			 enum entry_answer *answer)
{
	const struct entry *e = catalog_entry(d->catalog, kind, id);
	bool used = false;

	if (!e || e->archived)
		return FAIL(d->arena, ERR_NOT_FOUND, "%s %lld",
			    entry_kind_codes[kind], (long long) id);
	TRY(begin(d, who));
	*answer = why_not_remove(d, kind, e);
	if (*answer == ENTRY_DONE)
		TRY(store_catalog_drop(d->db, who->shop, kind, id, &used));
	if (used)
		TRY(archive(d, who, kind, e, stand_in, answer));
	if (*answer > ENTRY_ARCHIVED) {
		db_rollback(d->db);
		return NULL;
	}
	TRY(audit(d, who, kind, id,
		  catalog_name(d->catalog, kind, id, catalog_text(d->catalog, "language")),
		  used ? "archived" : NULL));
	TRY(db_commit(d->db));
	TRY(follow(d, who, kind));
	return NULL;
}

struct err *entry_restore(struct desk *d, const struct actor *who,
			  enum entry_kind kind, int64_t id)
{
	const struct entry *old = catalog_entry(d->catalog, kind, id);
	struct entry e;
	size_t n;

	if (!old || !old->archived)
		return FAIL(d->arena, ERR_NOT_FOUND, "%s %lld is not archived",
			    entry_kind_codes[kind], (long long) id);
	catalog_entries(d->catalog, kind, &n);
	e = *old;
	e.archived = false;
	e.shown_as = 0;
	TRY(begin(d, who));
	TRY(store_catalog_set(d->db, who->shop, kind, &e));
	TRY(store_catalog_set_place(d->db, who->shop, kind, id, (int) n + 1));
	TRY(audit(d, who, kind, id, "archived",
		  catalog_name(d->catalog, kind, id, catalog_text(d->catalog, "language"))));
	TRY(db_commit(d->db));
	TRY(follow(d, who, kind));
	return NULL;
}

/* Order. */

/* Places 1, 2, 3 …: these first, then the others as they stood. */
static struct err *place_all(struct desk *d, const struct actor *who,
			     enum entry_kind kind, const int64_t *ids, size_t n)
{
	const struct entry *e;
	size_t all;
	int place = 0;

	for (size_t i = 0; i < n; i++)
		TRY(store_catalog_set_place(d->db, who->shop, kind, ids[i], ++place));
	e = catalog_entries(d->catalog, kind, &all);
	for (size_t i = 0; i < all; i++) {
		bool placed = false;

		for (size_t k = 0; k < n; k++)
			placed = placed || ids[k] == e[i].id;
		if (!placed)
			TRY(store_catalog_set_place(d->db, who->shop, kind, e[i].id, ++place));
	}
	return NULL;
}

static const char *codes_of(struct desk *d, enum entry_kind kind,
			    const int64_t *ids, size_t n)
{
	struct str s;

	str_init(&s, d->arena, 4000);
	for (size_t i = 0; i < n; i++)
		str_addf(&s, "%s%s", i ? " " : "",
			 catalog_entry(d->catalog, kind, ids[i])->code);
	return s.text;
}

/* Those in use, by place. */
static size_t in_use(const struct desk *d, enum entry_kind kind, int64_t *ids)
{
	const struct entry *e;
	size_t n, used = 0;

	e = catalog_entries(d->catalog, kind, &n);
	for (size_t i = 0; i < n; i++)
		if (!e[i].archived)
			ids[used++] = e[i].id;
	return used;
}

struct err *entry_order(struct desk *d, const struct actor *who,
			enum entry_kind kind, const int64_t *ids, size_t n)
{
	int64_t old[CATALOG_MOST];
	size_t n_old = in_use(d, kind, old);

	for (size_t i = 0; i < n; i++)
		if (!catalog_entry(d->catalog, kind, ids[i]))
			return FAIL(d->arena, ERR_BAD_REQUEST, "order of %s",
				    entry_kind_codes[kind]);
	TRY(begin(d, who));
	TRY(place_all(d, who, kind, ids, n));
	TRY(store_setting_audit(d->db, who,
		arena_printf(d->arena, "order.%s", entry_kind_codes[kind]),
		codes_of(d, kind, old, n_old), codes_of(d, kind, ids, n)));
	TRY(db_commit(d->db));
	return NULL;
}

struct err *entry_move(struct desk *d, const struct actor *who,
		       enum entry_kind kind, int64_t id, bool up)
{
	int64_t ids[CATALOG_MOST];
	size_t n = in_use(d, kind, ids), at = 0, to;

	while (at < n && ids[at] != id)
		at++;
	if (at == n)
		return FAIL(d->arena, ERR_NOT_FOUND, "%s %lld",
			    entry_kind_codes[kind], (long long) id);
	if (up ? at == 0 : at == n - 1)
		return NULL;
	to = up ? at - 1 : at + 1;
	ids[at] = ids[to];
	ids[to] = id;
	TRY(entry_order(d, who, kind, ids, n));
	return NULL;
}

/* Looking. */

struct err *entry_uses(struct desk *d, const struct actor *who,
		       enum entry_kind kind, struct rows *out)
{
	struct rows all;

	if (!actor_may(who, RIGHT_CONFIG))
		return FAIL(d->arena, ERR_FORBIDDEN, "the owner's lists");
	all.at = (void *) catalog_entries(d->catalog, kind, &all.n);
	TRY(store_catalog_uses(d->db, who->shop, kind, &all, out));
	return NULL;
}

int64_t entry_uses_of(const struct rows *uses, int64_t id)
{
	const struct use *u = uses->at;

	for (size_t i = 0; i < uses->n; i++)
		if (u[i].id == id)
			return u[i].n;
	return 0;
}

/* Pictures. */

struct err *entry_put_image(struct desk *d, const struct actor *who,
			    const char *type, struct bytes content,
			    const char **name)
{
	struct bytes sha256 = secret_sha256(d->arena, content.at, content.n);

	if (!actor_may(who, RIGHT_CONFIG))
		return FAIL(d->arena, ERR_FORBIDDEN, "pictures");
	TRY(store_catalog_put_image(d->db, sha256, &(struct image) {
		.type = type, .content = content }));
	*name = secret_hex(d->arena, sha256);
	return NULL;
}

struct err *entry_image(struct desk *d, const char *name, const char **type,
			struct bytes *content)
{
	struct bytes sha256 = secret_from_hex(d->arena, name);
	struct image image;

	if (sha256.n != SECRET_HASH)
		return FAIL(d->arena, ERR_NOT_FOUND, "no such picture");
	TRY(store_catalog_find_image(d->db, sha256, &image));
	*type = image.type;
	*content = image.content;
	return NULL;
}
