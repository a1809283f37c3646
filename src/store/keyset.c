#include "port/db.h"
#include "store/keyset.h"

/* Does the statement itself run from old to new? */
static bool ascending(const struct keyset *k)
{
	return k->oldest_first != k->backwards;
}

/* One literal a column and direction: SQL never comes from a variable. */
#define BEHIND(AT, ID) do {						\
	if (ascending(k))						\
		sql_add(q, " AND (" AT " > ? OR (" AT " = ? AND " ID " > ?))", \
			ARGS(k->at, k->at, k->id));			\
	else								\
		sql_add(q, " AND (" AT " < ? OR (" AT " = ? AND " ID " < ?))", \
			ARGS(k->at, k->at, k->id));			\
} while (0)

#define SORTED(AT, ID) do {						\
	if (ascending(k))						\
		sql_add(q, " ORDER BY " AT ", " ID " LIMIT ?", ARGS(k->limit + 1)); \
	else								\
		sql_add(q, " ORDER BY " AT " DESC, " ID " DESC LIMIT ?", \
			ARGS(k->limit + 1));				\
} while (0)

#define BEHIND_ID(ID) do {						\
	if (ascending(k))						\
		sql_add(q, " AND " ID " > ?", ARGS(k->id));		\
	else								\
		sql_add(q, " AND " ID " < ?", ARGS(k->id));		\
} while (0)

#define SORTED_BY_ID(ID) do {						\
	if (ascending(k))						\
		sql_add(q, " ORDER BY " ID " LIMIT ?", ARGS(k->limit + 1)); \
	else								\
		sql_add(q, " ORDER BY " ID " DESC LIMIT ?", ARGS(k->limit + 1)); \
} while (0)

void keyset_where(struct sql *q, const struct keyset *k, enum keyset_column c)
{
	if (c == KEYSET_T_ID ? !k->id : !k->at)
		return;
	switch (c) {
	case KEYSET_T_UPDATED:
		BEHIND("t.updated_at", "t.id");
		break;
	case KEYSET_T_WAITING:
		BEHIND("t.waiting_since", "t.id");
		break;
	case KEYSET_T_ID:
		BEHIND_ID("t.id");
		break;
	case KEYSET_M_CREATED:
		BEHIND("m.created_at", "m.id");
		break;
	case KEYSET_B_UPDATED:
	case KEYSET_B_WAITING:
	case KEYSET_B_ID:
	case KEYSET_B_CREATED:
		break;			/* each branch has begun behind it already */
	}
}

void keyset_order(struct sql *q, const struct keyset *k, enum keyset_column c)
{
	switch (c) {
	case KEYSET_T_UPDATED:
		SORTED("t.updated_at", "t.id");
		break;
	case KEYSET_T_WAITING:
		SORTED("t.waiting_since", "t.id");
		break;
	case KEYSET_T_ID:
		SORTED_BY_ID("t.id");
		break;
	case KEYSET_M_CREATED:
		SORTED("m.created_at", "m.id");
		break;
	case KEYSET_B_UPDATED:
		SORTED("b.updated_at", "b.id");
		break;
	case KEYSET_B_WAITING:
		SORTED("b.waiting_since", "b.id");
		break;
	case KEYSET_B_ID:
		SORTED_BY_ID("b.id");
		break;
	case KEYSET_B_CREATED:
		SORTED("b.created_at", "b.id");
		break;
	}
}
