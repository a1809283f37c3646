/*
 * keyset - where a page of a list begins: behind a row, never at a number.
 *
 * A list is sorted by an instant and then by id, or by id alone. The next page
 * begins behind the last row shown; the page before ends in front of the first.
 * Statements write `at < ? OR (at = ? AND id < ?)` with FORCE INDEX: row
 * comparison and the unhinted form read half the table (measured, DECISIONS 13).
 */
#ifndef STORE_KEYSET_H
#define STORE_KEYSET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct sql;

struct keyset {
	bool oldest_first;		/* the list's direction as shown */
	bool backwards;			/* the rows in front of the cursor, nearest first */
	const char *at;			/* NULL: from the beginning; ignored by id alone */
	int64_t id;			/* by id alone 0: from the beginning */
	int limit;			/* rows wanted; the store asks for one more */
};

/* " AND (<at> < ? OR (<at> = ? AND <id> < ?))" and " ORDER BY … LIMIT ?"; B are
 * the rows of a union, ID those sorted by it alone. */
enum keyset_column {
	KEYSET_T_UPDATED, KEYSET_T_WAITING, KEYSET_T_ID, KEYSET_M_CREATED,
	KEYSET_B_UPDATED, KEYSET_B_WAITING, KEYSET_B_ID, KEYSET_B_CREATED
};
void keyset_where(struct sql *q, const struct keyset *k, enum keyset_column c);
void keyset_order(struct sql *q, const struct keyset *k, enum keyset_column c);

#endif
