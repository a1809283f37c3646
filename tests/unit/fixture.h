/*
 * fixture - a request of a test: an empty arena and the shared connection to
 * the server that tests/with-mariadb.sh started. What the request before left
 * open is rolled back, as in real life. Without a server the test fails.
 */
#ifndef FIXTURE_H
#define FIXTURE_H

#include <stdlib.h>

#include "base/arena.h"
#include "desk/catalog.h"
#include "desk/desk.h"
#include "desk/install.h"
#include "port/db.h"
#include "test.h"

struct house {
	struct arena *arena;
	struct db *db;
};

static inline struct db_conf house_conf(void)
{
	const char *socket = getenv("AFTERSALE_TEST_SOCKET");

	if (!socket)
		fail_msg("no database: run this under tests/with-mariadb.sh");
	return (struct db_conf) {
		.socket = socket, .user = "root", .name = "aftersale",
		.connect_s = 5, .timeout_s = 10,
	};
}

static inline struct house house_enter(void)
{
	static struct house h;

	if (!h.db) {
		struct db_conf conf = house_conf();

		h.arena = arena_new("test");
		h.db = db_new(&conf);
	}
	arena_reset(h.arena);
	CHECK_OK(db_enter(h.db, h.arena));
	return h;
}

/* A request that finds a help desk as `aftersale migrate` leaves it; the
 * settings and lists are those of this moment. Each shop number is a help
 * desk of its own: a test that turns everything around takes one for itself. */
static inline struct desk house_desk(struct house h, int shop)
{
	static const struct desk_urls urls = {
		.storefront = "https://shop.example/help", .board = "https://shop.example/help/board",
		.panel = "https://shop.example/help/panel", .config = "https://shop.example/help/config",
	};
	static bool installed[100];
	struct desk d = { .arena = h.arena, .db = h.db, .urls = &urls };
	struct catalog *c;

	if (!installed[shop])
		CHECK_OK(install_defaults(h.db, shop));
	installed[shop] = true;
	CHECK_OK(catalog_load(h.arena, h.db, shop, &c));
	d.catalog = c;
	return d;
}

#endif
