/*
 * replay - does again what a visit asked the databases and wrote to disk, as
 * cheaply as Connector/C allows: each statement prepared once, its values
 * bound, its rows fetched into buffers and forgotten.
 *
 * The databases are told by the environment: FLOOR_SOCKET; FLOOR_USER,
 * FLOOR_PASSWORD, FLOOR_DB; and the same with FLOOR_SHOP_ before. Files go
 * to FLOOR_FILES and stay there.
 */
#ifndef BENCH_REPLAY_H
#define BENCH_REPLAY_H

#include "visits.h"

struct replay;

/* Ends the process, with a line on standard error, when it cannot begin. */
struct replay *replay_new(struct arena *a, const struct visits *all);

/* False, with a line on standard error, when the database refused. Deadlocks
 * are tried again, as the product does. */
bool replay_visit(struct replay *r, const struct visit *v);

/* The same, but nothing stays: writing transactions are rolled back. */
bool replay_rolled_back(struct replay *r, const struct visit *v);

/* Rows that the server has read for both connections so far. */
int64_t replay_rows_read(struct replay *r);

#endif
