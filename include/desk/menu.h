/*
 * menu - what stands beside the panel's menu: how many tickets each view holds,
 * and the letters that wait for a person.
 */
#ifndef DESK_MENU_H
#define DESK_MENU_H

#include "desk/inbox.h"
#include "store/menu.h"

struct menu {
	int64_t views[INBOX_VIEWS];
	int64_t undelivered;		/* desk/undelivered.h; MENU_MOST: or more */
	int64_t held;			/* desk/quarantine.h; MENU_MOST: or more */
};

/* Letters are told to who may look after them. One statement. */
struct err *menu_read(struct desk *d, const struct actor *who,
		      struct menu *out) MUST_CHECK;

#endif
