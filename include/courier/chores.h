/*
 * chores - the housekeeping the courier does between letters.
 *
 * A chore is a function of the desk and one line in the table of
 * src/courier/chores.c: its name, how often, what to call. It is done once
 * for all couriers together, in a transaction of its own making, and may
 * leave a remark for the log. A chore that fails is logged and tried again
 * the next time; it stops neither letters nor the other chores.
 */
#ifndef COURIER_CHORES_H
#define COURIER_CHORES_H

struct arena;
struct blob_store;
struct db;

/* Do what it is time for. Asked for every few seconds. */
void chores_run(struct db *db, struct arena *a, struct blob_store *blobs);

#endif
