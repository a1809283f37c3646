/*
 * connect - which database, with which account: from the configuration.
 *
 * One place for all programs, so that none of them finds another server than
 * `aftersale doctor` has looked at.
 */
#ifndef STORE_CONNECT_H
#define STORE_CONNECT_H

#include "port/db.h"

struct arena;
struct conf;

/* Ours, with the account of [db.<program>] ("panel"), else of [db]; program
 * NULL: of [db]. The configuration must live as long as the connection. */
struct db_conf connect_ours(struct arena *a, const struct conf *c,
			    const char *program);

/* Where the views over a shop are: [shop.<id>], and [db] for what is not
 * told there. A socket of [db] is no socket of another host. Two seconds to
 * connect, three for an answer, so that a slow shop is a shop that is away. */
struct db_conf connect_shop(struct arena *a, const struct conf *c,
			    const char *shop);

#endif
