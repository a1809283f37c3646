#include <sysexits.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/service.h"
#include "base/words.h"
#include "desk/link.h"
#include "desk/loop.h"
#include "mailroom/sorters.h"
#include "port/blob.h"
#include "port/conf.h"
#include "port/db.h"
#include "port/reader.h"
#include "store/connect.h"

enum { PAUSE_US = 200 * 1000, AWAY_S = 2 };

struct sort_conf sorters_conf(struct arena *a, const struct conf *conf, int shop,
			      struct db *db, struct blob_store *blobs)
{
	struct desk_urls *urls = NEW(a, struct desk_urls);

	*urls = desk_urls_of(a, conf);
	return (struct sort_conf) {
		.shop = shop, .db = db, .blobs = blobs, .urls = urls,
		.reader = conf_text(conf, "paths", "reader"),
		.inspector = conf_text(conf, "paths", "inspector"),
		.from = conf_text(conf, "mail", "from"),
		.loop_id = loop_id(a, conf_text(conf, "web", "base_url")),
		.authserv_id = conf_text(conf, "mail", "authserv_id"),
		.trusted_domains = conf_text(conf, "mail", "trusted_domains"),
		.read = reader_ask,
	};
}

/* One line when it begins, and one when it is over. */
static void tell(const struct err *e, bool *told)
{
	if (e && e->kind != ERR_RETRY && !*told)
		log_line("%s (%s); letters wait", e->text, e->path);
	if (!e && *told)
		log_line("letters are sorted again");
	*told = e && e->kind != ERR_RETRY;
}

static int sort_on(const struct sort_conf *conf, volatile bool *stop)
{
	struct arena *batch = arena_new("sorter batch");
	struct sorter *s = sorter_new(conf);
	bool told = false;
	int taken;

	while (!*stop) {
		struct err *e = sorter_round(s, batch, &taken);

		tell(e, &told);
		if (e && e->kind != ERR_RETRY && !*stop)
			sleep(AWAY_S);
		else if (!taken && !*stop)
			usleep(PAUSE_US);
		arena_reset(batch);
	}
	sorter_free(s);
	arena_free(batch);
	return EX_OK;
}

struct start {
	const struct conf *conf;
	int shop;
	volatile bool *stop;
};

static int be_sorter(struct arena *a, void *what)
{
	const struct start *start = what;
	const struct conf *conf = start->conf;
	struct db_conf at = connect_ours(a, conf, "mailroom");
	struct blob_store *blobs;
	struct sort_conf sorting;
	struct err *e;
	struct db *db;
	int status;

	words_open(conf_text(conf, "paths", "locale"));
	e = blob_open(a, conf_text(conf, "paths", "attachments"), &blobs);
	if (e) {
		log_line("%s (%s)", e->text, e->path);
		sleep(AWAY_S);
		return EX_TEMPFAIL;
	}
	db = db_new(&at);
	sorting = sorters_conf(a, conf, start->shop, db, blobs);
	status = sort_on(&sorting, start->stop);
	db_free(db);
	return status;
}

pid_t sorters_start(const struct conf *conf, int shop, volatile bool *stop)
{
	return service_child("sorter", be_sorter,
			     &(struct start) { conf, shop, stop });
}
