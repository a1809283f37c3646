/*
 * look - how settings pages show things, the same on each of them.
 */
#ifndef CONFIG_LOOK_H
#define CONFIG_LOOK_H

#include "desk/catalog.h"
#include "web/req.h"

struct node;

/* "Needs us": a category in words. */
const char *look_category(enum category category);
/* you, other or nobody: of the status itself, archived or not. */
const char *look_turn_of(struct req *req, const struct entry *status);

/* Groups.N: the settings of a group, with what was typed or what is in force. */
void look_settings(struct req *req, const char *group, const char *title, bool typed);
/* Checks and saves those of the groups; *good is false when something is
 * wrong, and told. */
struct err *look_settings_save(struct req *req, const char *const *groups,
			       bool *good) MUST_CHECK;

#endif
