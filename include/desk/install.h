/*
 * install - what a fresh help desk begins with.
 *
 * Run by `aftersale migrate` after every step of the schema: it fills what is
 * empty and leaves alone what the owner has made of it.
 */
#ifndef DESK_INSTALL_H
#define DESK_INSTALL_H

#include "base/err.h"

struct db;

/* Types, priorities, the classic preset, the two roles, the secret of forms;
 * names in every language we have. In one transaction. */
struct err *install_defaults(struct db *db, int shop) MUST_CHECK;

#endif
