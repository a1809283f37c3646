/*
 * preset_parts - what the files of desk/preset share.
 *
 *	preset.c		the table of all presets
 *	preset_install.c	one of them into the database
 *	preset_switch.c		from one to another, and what goes with that
 *	preset_rule.c		the owner edits what follows what
 */
#ifndef DESK_PRESET_PARTS_H
#define DESK_PRESET_PARTS_H

#include "base/shape.h"
#include "desk/preset.h"

/* Of entries; NULL: there is no such code. */
const struct entry *preset_status_among(const struct rows *entries,
					const char *code);

#endif
