/*
 * menu - the numbers beside the panel's menu, all in one statement.
 *
 * Tickets by status and owner are counters (store/count.h). Letters that wait
 * for a person are counted, up to MENU_MOST.
 */
#ifndef STORE_MENU_H
#define STORE_MENU_H

#include "base/err.h"
#include "base/shape.h"
#include "store/actor.h"

struct db;

enum { MENU_MOST = 99 };		/* letters; as many or more */
enum menu_kind {
	MENU_TICKETS,
	MENU_UNDELIVERED,		/* letters of ours, given up */
	MENU_HELD			/* letters that came in */
};

/* The same kind, status and owner may come more than once: they add up. */
struct menu_row {
	enum menu_kind kind;
	int64_t status_id;		/* MENU_TICKETS alone, with owner_id: */
	int64_t owner_id;		/* 0: nobody, COUNT_EVERYBODY: the total */
	int64_t n;
};
extern const struct shape menu_row_shape;

/* Tickets of everybody, of nobody, the actor's own. Letters only where they
 * are asked for; held ones may belong to any ticket, so whose right ends at
 * their own tickets is told of none. */
struct err *store_menu_read(struct db *db, const struct actor *who, bool letters,
			    struct rows *out) MUST_CHECK;

#endif
