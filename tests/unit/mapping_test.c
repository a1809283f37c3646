#include "base/arena.h"
#include "desk/mapping.h"
#include "test.h"

#define META	"-- meta: key=int time=utc text=plain no_is_key=0\n"

static struct err *only_parcels(void *whom, const char *table, bool *has)
{
	(void) whom;
	*has = !strcmp(table, "oc_parcel");
	return NULL;
}

static const struct mapping usual = {
	.db = "shop", .prefix = "oc_", .security = "DEFINER", .lang_id = "2",
	.has_table = only_parcels,
};

static struct arena *arena;
static struct str out;
static struct shop_meta meta;

static struct err *expand(const struct mapping *m, const char *text)
{
	if (!arena)
		arena = arena_new("mapping");
	arena_reset(arena);
	str_init(&out, arena, 1000);
	return mapping_expand(arena, text, m, &out, &meta);
}

TEST(a_mapping_names_the_shops_own_tables)
{
	CHECK_OK(expand(&usual, META "a @SEC@ `@VP@x`\nb `@DB@`.`@PX@y` @LANG_ID@;\n"));
	CHECK_TEXT(out.text, "a DEFINER `as_shop_x`\nb `shop`.`oc_y` 2;\n");
}

TEST(a_mapping_keeps_an_at_that_is_only_an_at)
{
	CHECK_OK(expand(&usual, META "REPLACE(u, '@', n) @ @@ @DB@@DB@ a@b\n"));
	CHECK_TEXT(out.text, "REPLACE(u, '@', n) @ @@ shopshop a@b\n");
}

TEST(a_mapping_without_a_final_newline_is_whole)
{
	CHECK_OK(expand(&usual, META "one\ntwo"));
	CHECK_TEXT(out.text, "one\ntwo\n");
}

TEST(a_block_is_kept_where_its_table_is)
{
	CHECK_OK(expand(&usual, META
			"1\n-- @IF_TABLE@ parcel\n2\n-- @END_IF@\n"
			"-- @IF_TABLE@ courier\n3 @BAD@\n-- @END_IF@\n4\n"));
	CHECK_TEXT(out.text, "1\n2\n4\n");
}

TEST(the_meta_line_is_read)
{
	CHECK_OK(expand(&usual, "-- words\n-- meta: no_is_key=1 key=bin16"
				" text=html time=local\n"));
	CHECK_INT(meta.key, SHOP_KEY_BIN16);
	CHECK_INT(meta.time, SHOP_TIME_LOCAL);
	CHECK_INT(meta.text, SHOP_TEXT_HTML);
	CHECK(meta.no_is_key);
	CHECK_TEXT(out.text, "");
}

TEST(a_mapping_that_breaks_a_rule_is_refused_with_its_line)
{
	static const struct { const char *text, *why; } cases[] = {
		{ META "x\n`@PREFIX@y`\n", "line 3: @PREFIX@ is not a word" },
		{ META "@db@\n", "line 2: @db@ is not a word" },
		{ META "-- @IF_TABLE@ a\n", "@END_IF@ is missing" },
		{ META "-- @END_IF@\n", "line 2: @END_IF@ without" },
		{ META "-- @IF_TABLE@ a\n-- @IF_TABLE@ b\n", "line 3: a block" },
		{ META "-- @IF_TABLE@ a b\n", "line 2: \"a b\" cannot be" },
		{ META "-- @IF_TABLE@ \n", "line 2: \"\" cannot be" },
		{ META META, "line 2: a second meta line" },
		{ "SELECT\n", "there was no meta line" },
		{ "-- meta: key=int\n", "line 1: key, time, text" },
		{ "-- meta: key=int key=int\n", "line 1: \"key=int\"" },
		{ "-- meta: key=long\n", "line 1: \"key=long\"" },
		{ "-- meta: colour=red\n", "line 1: \"colour=red\"" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct err *e = expand(&usual, cases[i].text);

		CHECK(e && e->kind == ERR_BAD_REQUEST);
		if (!strstr(e->text, cases[i].why))
			fail_msg("not '%s' but '%s'", cases[i].why, e->text);
	}
}

TEST(the_common_file_has_no_meta_line)
{
	struct str sql;

	CHECK_OK(expand(&usual, META));
	str_init(&sql, arena, 100);
	CHECK_OK(mapping_expand(arena, "x;\n", &usual, &sql, NULL));
	CHECK_ERR(mapping_expand(arena, META, &usual, &sql, NULL), ERR_BAD_REQUEST);
}

TEST(hostile_values_do_not_reach_the_sql)
{
	static const char *const hostile[] = {
		"shop`; DROP TABLE x; -- ", "a b", "a.b", "a'b", "a\"b", "a\\b",
		"a\nb", "a-b", "ö", "a@DB@", "a;", "a/*", "%s",
		"12345678901234567890123456789012345678901234567890123456789012345",
	};

	for (size_t i = 0; i < sizeof(hostile) / sizeof(*hostile); i++) {
		struct mapping m = usual;

		m.db = hostile[i];
		CHECK_ERR(expand(&m, META "@DB@\n"), ERR_BAD_REQUEST);
		m = usual, m.prefix = hostile[i];
		CHECK_ERR(expand(&m, META "@PX@\n"), ERR_BAD_REQUEST);
		m = usual, m.security = hostile[i];
		CHECK_ERR(expand(&m, META "@SEC@\n"), ERR_BAD_REQUEST);
		m = usual, m.lang_id = hostile[i];
		CHECK_ERR(expand(&m, META "@LANG_ID@\n"), ERR_BAD_REQUEST);
		CHECK_TEXT(out.text, "");
	}
}

TEST(values_have_to_make_sense)
{
	struct mapping m = usual;

	m.db = "";
	CHECK_ERR(expand(&m, META), ERR_BAD_REQUEST);
	m = usual, m.security = "definer";
	CHECK_ERR(expand(&m, META), ERR_BAD_REQUEST);
	m = usual, m.lang_id = "1 OR 1";
	CHECK_ERR(expand(&m, META), ERR_BAD_REQUEST);
	m = usual, m.lang_id = "id";
	CHECK_ERR(expand(&m, META), ERR_BAD_REQUEST);
	m = usual, m.prefix = "";
	m.db = "1234567890123456789012345678901234567890123456789012345678901234";
	CHECK_OK(expand(&m, META "@DB@\n"));
}

TEST(a_mapping_that_is_too_long_is_refused)
{
	struct str little;

	CHECK_OK(expand(&usual, META));
	str_init(&little, arena, 4);
	CHECK_ERR(mapping_expand(arena, META "SELECT 1;\n", &usual, &little, &meta),
		  ERR_TOO_LARGE);
}
