/*
 * files - a hundred small attachments, pictures and texts, in the store of
 * files that the programs use.
 */
#ifndef WORLD_FILES_H
#define WORLD_FILES_H

#include "world.h"

/* Into the folder; tells their names in w->files. */
struct err *files_store(struct world *w, const char *folder) MUST_CHECK;
/* Out again. */
struct err *files_drop(struct world *w, const char *folder) MUST_CHECK;

#endif
