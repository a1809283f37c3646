/*
 * sorters - processes of the mailroom that sort side by side.
 *
 * Each has its own connection, reader and inspector; leases keep them apart.
 * They end with their parent.
 */
#ifndef MAILROOM_SORTERS_H
#define MAILROOM_SORTERS_H

#include <stdbool.h>
#include <sys/types.h>

#include "mailroom/sort.h"

struct conf;

enum { SORTERS = 2 };

/* What the configuration says about sorting. */
struct sort_conf sorters_conf(struct arena *a, const struct conf *conf, int shop,
			      struct db *db, struct blob_store *blobs);

/* A child that sorts until it is told to stop, or its parent is gone. */
pid_t sorters_start(const struct conf *conf, int shop);

#endif
