/*
 * mapping - a file of sql/shops, made ready for one shop's database.
 *
 * Pure text work: nothing here asks a server. What a mapping may say is told
 * in sql/shops/README. Values come from an administrator's configuration and
 * end up inside SQL, so only letters, digits, _ and $ are let through.
 */
#ifndef DESK_MAPPING_H
#define DESK_MAPPING_H

#include <stdbool.h>

#include "base/err.h"
#include "base/str.h"
#include "store/shop.h"

struct mapping {
	const char *db;			/* @DB@: where the shop's tables are */
	const char *prefix;		/* @PX@: of their names; may be "" */
	const char *security;		/* @SEC@: "DEFINER" or "INVOKER" */
	const char *lang_id;		/* @LANG_ID@: a number */

	/* Does the shop have this table? The name comes with its prefix. */
	struct err *(*has_table)(void *whom, const char *table, bool *has);
	void *whom;
};

/*
 * The statements of a mapping file, ready to run, into *out, which the caller
 * has begun. *meta receives what the file's meta line says; NULL for a file
 * that must not have one (common.sql).
 *
 * ERR_BAD_REQUEST with the number of the line when a value is not allowed, a
 * token unknown, a block not closed, or the meta line missing or wrong.
 */
struct err *mapping_expand(struct arena *a, const char *text,
			   const struct mapping *m, struct str *out,
			   struct shop_meta *meta) MUST_CHECK;

#endif
