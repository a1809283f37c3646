#include <stdlib.h>

#include "base/arena.h"
#include "port/conf.h"
#include "store/connect.h"

enum { IDLE_S = 10, SHOP_CONNECT_S = 2, SHOP_ANSWER_S = 3,
       SHOP_STATEMENT_MS = 2000 };

struct db_conf connect_ours(struct arena *a, const struct conf *c,
			    const char *program)
{
	const char *section = program ? arena_printf(a, "db.%s", program) : "db";
	unsigned patience = (unsigned) conf_number(c, "db", "timeout");

	return (struct db_conf) {
		.host = conf_text(c, "db", "host"),
		.socket = conf_text(c, "db", "socket"),
		.port = (unsigned) conf_number(c, "db", "port"),
		.user = conf_text(c, section, "user"),
		.password = conf_text(c, section, "password"),
		.name = conf_text(c, "db", "name"),
		.ssl_ca = conf_text(c, "db", "ssl_ca"),
		.connect_s = patience,
		.timeout_s = patience,
		.idle_close_s = conf_switch(c, "db", "keep") ? 0 : IDLE_S,
	};
}

/* The shop's own word, else the one of [db]. */
static const char *either(const struct conf *c, const char *section,
			  const char *key)
{
	const char *text = conf_text(c, section, key);

	return text ? text : conf_text(c, "db", key);
}

struct db_conf connect_shop(struct arena *a, const struct conf *c,
			    const char *shop)
{
	const char *section = arena_printf(a, "shop.%s", shop);
	const char *name = conf_text(c, section, "db");
	bool elsewhere = conf_text(c, section, "host") != NULL;
	bool own_account = conf_text(c, section, "user") != NULL;

	return (struct db_conf) {
		.host = either(c, section, "host"),
		.socket = elsewhere ? conf_text(c, section, "socket")
				    : either(c, section, "socket"),
		.port = (unsigned) strtoul(either(c, section, "port"), NULL, 10),
		.user = either(c, section, "user"),
		.password = conf_text(c, own_account ? section : "db", "password"),
		.name = name ? name : conf_text(c, "db", "name"),
		.ssl_ca = conf_text(c, "db", "ssl_ca"),
		.connect_s = SHOP_CONNECT_S,
		.timeout_s = SHOP_ANSWER_S,
		.statement_ms = SHOP_STATEMENT_MS,
	};
}
