#include "port/db.h"
#include "store/catalog.h"

const char *const entry_kind_codes[] = {
	[ENTRY_TYPE]     = "type",
	[ENTRY_STATUS]   = "status",
	[ENTRY_PRIORITY] = "priority",
	NULL
};

const char *const category_codes[] = {
	[CATEGORY_NEW]              = "new",
	[CATEGORY_OPEN]             = "open",
	[CATEGORY_WAITING_CUSTOMER] = "waiting_customer",
	[CATEGORY_WAITING_OTHER]    = "waiting_other",
	[CATEGORY_SOLVED]           = "solved",
	[CATEGORY_CLOSED]           = "closed",
	[CATEGORY_SPAM]             = "spam",
	NULL
};

static const struct field entry_fields[] = {
	FIELD(entry, id),
	FIELD(entry, code),
	FIELD(entry, place),
	FIELD(entry, colour),
	FIELD(entry, image),
	FIELD(entry, is_default),
	FIELD(entry, archived),
	FIELD(entry, needs_order),
	FIELD(entry, for_customer),
	FIELD_ENUM(entry, category, category_codes),
	FIELD(entry, active),
	FIELD(entry, needs_agent),
	FIELD(entry, customer_may_enter),
	FIELD(entry, customer_may_reply),
	FIELD(entry, offer_rating),
	FIELD(entry, final),
	FIELD(entry, shown_as),
	FIELD(entry, turn),
};
const struct shape entry_shape = SHAPE(entry, entry_fields);

static const struct field label_fields[] = {
	FIELD_ENUM(label, kind, entry_kind_codes),
	FIELD(label, row_id),
	FIELD(label, lang),
	FIELD(label, name),
	FIELD(label, customer_name),
	FIELD(label, hint),
};
const struct shape label_shape = SHAPE(label, label_fields);

static const struct field transition_fields[] = {
	FIELD(transition, preset),
	FIELD(transition, event),
	FIELD(transition, outcome),
	FIELD(transition, status_id),
};
const struct shape transition_shape = SHAPE(transition, transition_fields);

static const struct field use_fields[] = {
	FIELD(use, id),
	FIELD(use, n),
};
const struct shape use_shape = SHAPE(use, use_fields);

static struct err *no_such_kind(struct db *db)
{
	return FAIL(db_arena(db), ERR_BUG, "no such kind of entry");
}

struct err *store_catalog_entries(struct db *db, int shop, enum entry_kind kind,
				  struct rows *out)
{
	switch (kind) {
	case ENTRY_TYPE:
		TRY(db_rows(db, "SELECT id, code, place, colour, image, is_default,"
				" archived, needs_order FROM as_type"
				" WHERE shop_id = ? ORDER BY place, id LIMIT 60",
			    &entry_shape, out, ARGS(shop)));
		return NULL;
	case ENTRY_STATUS:
		TRY(db_rows(db, "SELECT id, code, place, category, colour, image,"
				" active, needs_agent, customer_may_enter,"
				" customer_may_reply, offer_rating, final, archived,"
				" shown_as, turn FROM as_status WHERE shop_id = ?"
				" ORDER BY place, id LIMIT 60",
			    &entry_shape, out, ARGS(shop)));
		return NULL;
	case ENTRY_PRIORITY:
		TRY(db_rows(db, "SELECT id, code, place, colour, image, is_default,"
				" for_customer, archived FROM as_priority"
				" WHERE shop_id = ? ORDER BY place, id LIMIT 60",
			    &entry_shape, out, ARGS(shop)));
		return NULL;
	case ENTRY_KINDS:
		break;
	}
	return no_such_kind(db);
}

struct err *store_catalog_labels(struct db *db, int shop, struct rows *out)
{
	(void) shop;	/* ids are unique over all shops */
	TRY(db_rows(db, "SELECT kind, row_id, lang, name, customer_name, hint"
			" FROM as_label LIMIT 3000", &label_shape, out, NO_ARGS));
	return NULL;
}

struct err *store_catalog_transitions(struct db *db, int shop, struct rows *out)
{
	TRY(db_rows(db, "SELECT preset, event, outcome, status_id FROM as_transition"
			" WHERE shop_id = ? LIMIT 500",
		    &transition_shape, out, ARGS(shop)));
	return NULL;
}

struct err *store_catalog_add(struct db *db, int shop, enum entry_kind kind,
			      struct entry *e)
{
	switch (kind) {
	case ENTRY_TYPE:
		TRY(db_add(db, "INSERT INTO as_type (shop_id, code, place, colour,"
			       " image, is_default, needs_order)"
			       " VALUES (?, ?, ?, ?, ?, ?, ?)",
			   &e->id, ARGS(shop, e->code, e->place, e->colour, e->image,
					e->is_default, e->needs_order)));
		return NULL;
	case ENTRY_STATUS:
		TRY(db_add(db, "INSERT INTO as_status (shop_id, code, place, category,"
			       " colour, image, active, needs_agent,"
			       " customer_may_enter, customer_may_reply,"
			       " offer_rating, final) VALUES (?, ?, ?, ?, ?, ?, ?,"
			       " ?, ?, ?, ?, ?)",
			   &e->id, ARGS(shop, e->code, e->place,
					category_codes[e->category], e->colour,
					e->image, e->active, e->needs_agent,
					e->customer_may_enter, e->customer_may_reply,
					e->offer_rating, e->final)));
		return NULL;
	case ENTRY_PRIORITY:
		TRY(db_add(db, "INSERT INTO as_priority (shop_id, code, place, colour,"
			       " image, is_default, for_customer)"
			       " VALUES (?, ?, ?, ?, ?, ?, ?)",
			   &e->id, ARGS(shop, e->code, e->place, e->colour, e->image,
					e->is_default, e->for_customer)));
		return NULL;
	case ENTRY_KINDS:
		break;
	}
	return no_such_kind(db);
}

struct err *store_catalog_set(struct db *db, int shop, enum entry_kind kind,
			      const struct entry *e)
{
	switch (kind) {
	case ENTRY_TYPE:
		TRY(db_run(db, "UPDATE as_type SET colour = ?, image = ?,"
			       " needs_order = ?, archived = ?"
			       " WHERE shop_id = ? AND id = ?",
			   NULL, ARGS(e->colour, e->image, e->needs_order,
				      e->archived, shop, e->id)));
		return NULL;
	case ENTRY_STATUS:
		TRY(db_run(db, "UPDATE as_status SET category = ?, colour = ?,"
			       " image = ?, active = ?, needs_agent = ?,"
			       " customer_may_enter = ?, customer_may_reply = ?,"
			       " offer_rating = ?, final = ?, archived = ?,"
			       " shown_as = NULLIF(?, 0) WHERE shop_id = ? AND id = ?",
			   NULL, ARGS(category_codes[e->category], e->colour,
				      e->image, e->active, e->needs_agent,
				      e->customer_may_enter, e->customer_may_reply,
				      e->offer_rating, e->final, e->archived,
				      e->shown_as, shop, e->id)));
		return NULL;
	case ENTRY_PRIORITY:
		TRY(db_run(db, "UPDATE as_priority SET colour = ?, image = ?,"
			       " for_customer = ?, archived = ?"
			       " WHERE shop_id = ? AND id = ?",
			   NULL, ARGS(e->colour, e->image, e->for_customer,
				      e->archived, shop, e->id)));
		return NULL;
	case ENTRY_KINDS:
		break;
	}
	return no_such_kind(db);
}

struct err *store_catalog_set_place(struct db *db, int shop, enum entry_kind kind,
				    int64_t id, int place)
{
	switch (kind) {
	case ENTRY_TYPE:
		TRY(db_run(db, "UPDATE as_type SET place = ? WHERE shop_id = ?"
			       " AND id = ?", NULL, ARGS(place, shop, id)));
		return NULL;
	case ENTRY_STATUS:
		TRY(db_run(db, "UPDATE as_status SET place = ? WHERE shop_id = ?"
			       " AND id = ?", NULL, ARGS(place, shop, id)));
		return NULL;
	case ENTRY_PRIORITY:
		TRY(db_run(db, "UPDATE as_priority SET place = ? WHERE shop_id = ?"
			       " AND id = ?", NULL, ARGS(place, shop, id)));
		return NULL;
	case ENTRY_KINDS:
		break;
	}
	return no_such_kind(db);
}

struct err *store_catalog_set_default(struct db *db, int shop,
				      enum entry_kind kind, int64_t id)
{
	switch (kind) {
	case ENTRY_TYPE:
		TRY(db_run(db, "UPDATE as_type SET is_default = (id = ?)"
			       " WHERE shop_id = ?", NULL, ARGS(id, shop)));
		return NULL;
	case ENTRY_PRIORITY:
		TRY(db_run(db, "UPDATE as_priority SET is_default = (id = ?)"
			       " WHERE shop_id = ?", NULL, ARGS(id, shop)));
		return NULL;
	case ENTRY_STATUS:	/* the event table decides */
	case ENTRY_KINDS:
		break;
	}
	return no_such_kind(db);
}

/* DELETE … WHERE NOT EXISTS: nobody can begin to use it in between. The
 * indexes of tickets begin with the shop. */
#define UNUSED_BY(COLUMN)						\
	" AND NOT EXISTS (SELECT 1 FROM as_ticket WHERE shop_id = ? AND " COLUMN " = ?)" \
	" AND NOT EXISTS (SELECT 1 FROM as_message WHERE " COLUMN " = ?)"

struct err *store_catalog_drop(struct db *db, int shop, enum entry_kind kind,
			       int64_t id, bool *used)
{
	int64_t gone = 0;

	switch (kind) {
	case ENTRY_TYPE:
		TRY(db_run(db, "DELETE FROM as_type WHERE shop_id = ? AND id = ?"
			       UNUSED_BY("type_id"), &gone, ARGS(shop, id, shop, id, id)));
		break;
	case ENTRY_STATUS:
		TRY(db_run(db, "DELETE FROM as_status WHERE shop_id = ? AND id = ?"
			       " AND NOT EXISTS (SELECT 1 FROM as_transition"
			       " WHERE status_id = ?)" UNUSED_BY("status_id"),
			   &gone, ARGS(shop, id, id, shop, id, id)));
		break;
	case ENTRY_PRIORITY:
		TRY(db_run(db, "DELETE FROM as_priority WHERE shop_id = ? AND id = ?"
			       UNUSED_BY("priority_id"),
			   &gone, ARGS(shop, id, shop, id, id)));
		break;
	case ENTRY_KINDS:
		return no_such_kind(db);
	}
	*used = !gone;
	if (gone)
		TRY(db_run(db, "DELETE FROM as_label WHERE kind = ? AND row_id = ?",
			   NULL, ARGS(entry_kind_codes[kind], id)));
	return NULL;
}

/* Capped: a busy entry costs a thousand index entries at most. */
struct err *store_catalog_uses(struct db *db, int shop, enum entry_kind kind,
			       const struct rows *entries, struct rows *out)
{
	const struct entry *e = entries->at;
	struct sql q;

	out->n = 0;
	if (!entries->n)
		return NULL;
	sql_init(&q, db_arena(db));
	for (size_t i = 0; i < entries->n; i++) {
		if (i)
			sql_add(&q, " UNION ALL ", NO_ARGS);
		sql_add(&q, "SELECT CAST(? AS SIGNED) AS id, COUNT(*) AS n FROM"
			    " (SELECT 1 FROM as_ticket WHERE shop_id = ? AND ",
			ARGS(e[i].id, shop));
		if (kind == ENTRY_TYPE)
			sql_add(&q, "type_id = ?", ARGS(e[i].id));
		else if (kind == ENTRY_STATUS)
			sql_add(&q, "status_id = ?", ARGS(e[i].id));
		else
			sql_add(&q, "priority_id = ?", ARGS(e[i].id));
		sql_add(&q, " LIMIT 1000) AS some", NO_ARGS);
	}
	TRY(db_rows_of(db, &q, &use_shape, out));
	return NULL;
}

struct err *store_catalog_put_label(struct db *db, const struct label *l)
{
	TRY(db_run(db, "INSERT INTO as_label (kind, row_id, lang, name,"
		       " customer_name, hint) VALUES (?, ?, ?, ?, ?, ?)"
		       " ON DUPLICATE KEY UPDATE name = VALUES(name),"
		       " customer_name = VALUES(customer_name), hint = VALUES(hint)",
		   NULL, ARGS(entry_kind_codes[l->kind], l->row_id, l->lang, l->name,
			      l->customer_name, l->hint)));
	return NULL;
}

struct err *store_catalog_drop_label(struct db *db, const struct label *l)
{
	TRY(db_run(db, "DELETE FROM as_label WHERE kind = ? AND row_id = ? AND lang = ?",
		   NULL, ARGS(entry_kind_codes[l->kind], l->row_id, l->lang)));
	return NULL;
}

struct err *store_catalog_put_transition(struct db *db, int shop,
					 const struct transition *t)
{
	TRY(db_run(db, "INSERT INTO as_transition (shop_id, preset, event, outcome,"
		       " status_id) VALUES (?, ?, ?, ?, NULLIF(?, 0))"
		       " ON DUPLICATE KEY UPDATE outcome = VALUES(outcome),"
		       " status_id = VALUES(status_id)",
		   NULL, ARGS(shop, t->preset, t->event, t->outcome, t->status_id)));
	return NULL;
}

static const struct field image_fields[] = {
	FIELD(image, type),
	FIELD(image, content),
};
static const struct shape image_shape = SHAPE(image, image_fields);

struct err *store_catalog_put_image(struct db *db, struct bytes sha256,
				    const struct image *image)
{
	TRY(db_run(db, "INSERT IGNORE INTO as_image (sha256, type, content,"
		       " created_at) VALUES (?, ?, ?, NOW(6))",
		   NULL, ARGS(sha256, image->type, image->content)));
	return NULL;
}

struct err *store_catalog_find_image(struct db *db, struct bytes sha256,
				     struct image *out)
{
	TRY(db_row(db, "SELECT type, content FROM as_image WHERE sha256 = ?",
		   &image_shape, out, ARGS(sha256)));
	return NULL;
}
