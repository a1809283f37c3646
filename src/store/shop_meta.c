#include "port/db.h"
#include "store/shop.h"

const char *const shop_key_codes[] = {
	[SHOP_KEY_INT]   = "int",
	[SHOP_KEY_BIN16] = "bin16",
	[SHOP_KEY_TEXT]  = "text",
	NULL
};

const char *const shop_time_codes[] = {
	[SHOP_TIME_UTC]   = "utc",
	[SHOP_TIME_LOCAL] = "local",
	NULL
};

const char *const shop_text_codes[] = {
	[SHOP_TEXT_PLAIN] = "plain",
	[SHOP_TEXT_HTML]  = "html",
	NULL
};

/* The members' names are the program's, the columns' those of the table. */
static const struct field meta_fields[] = {
	FIELD(shop_meta, map),
	FIELD_ENUM(shop_meta, key, shop_key_codes),
	FIELD_ENUM(shop_meta, time, shop_time_codes),
	FIELD_ENUM(shop_meta, text, shop_text_codes),
	FIELD(shop_meta, no_is_key),
	FIELD(shop_meta, db),
	FIELD(shop_meta, prefix),
	FIELD(shop_meta, security),
	FIELD(shop_meta, lang_id),
};
static const struct shape meta_shape = SHAPE(shop_meta, meta_fields);

struct err *store_shop_meta(struct db *ours, const char *id,
			    struct shop_meta *out)
{
	TRY(db_row(ours, "SELECT map, meta_key AS `key`, meta_time AS time,"
			 "       meta_text AS text, no_is_key, db_name AS db,"
			 "       prefix, security, lang_id"
			 "  FROM as_shop WHERE id = ?",
		   &meta_shape, out, ARGS(id)));
	return NULL;
}

struct err *store_shop_set_meta(struct db *ours, const char *id,
				const struct shop_meta *m)
{
	TRY(db_run(ours, "REPLACE INTO as_shop (id, map, meta_key, meta_time,"
			 " meta_text, no_is_key, db_name, prefix, security,"
			 " lang_id, applied_at)"
			 " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NOW(6))",
		   NULL,
		   ARGS(id, m->map, shop_key_codes[m->key],
			shop_time_codes[m->time], shop_text_codes[m->text],
			m->no_is_key, m->db, m->prefix, m->security,
			m->lang_id)));
	return NULL;
}

/* --- for the command line ------------------------------------------------- */

struct name {
	const char *name;
};

static const struct field name_fields[] = { FIELD(name, name) };
static const struct shape name_shape = SHAPE(name, name_fields);

struct err *store_shop_database(struct db *db, const char **out)
{
	struct name here;

	TRY(db_row(db, "SELECT DATABASE() AS name", &name_shape, &here, NO_ARGS));
	*out = here.name;
	return NULL;
}

struct err *store_shop_has_table(struct db *db, const char *schema,
				 const char *table, bool *has)
{
	struct name found;

	TRY(db_find(db, "SELECT TABLE_NAME AS name FROM information_schema.TABLES"
			" WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? LIMIT 1",
		    &name_shape, &found, has, ARGS(schema, table)));
	return NULL;
}

struct err *store_shop_has_index(struct db *db, const char *schema,
				 const char *table, const char *column,
				 bool *has)
{
	struct name found;

	TRY(db_find(db, "SELECT INDEX_NAME AS name"
			"  FROM information_schema.STATISTICS"
			" WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?"
			"   AND COLUMN_NAME = ? AND SEQ_IN_INDEX = 1 LIMIT 1",
		    &name_shape, &found, has, ARGS(schema, table, column)));
	return NULL;
}
