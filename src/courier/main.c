/*
 * courier [--config FILE] [--once]
 *
 * Letters out, and housekeeping. Without --once it stays, looks into the
 * outbox every second, and leaves on SIGTERM when the letter in hand is done.
 * With --once (for cron, every minute) it leaves when nothing is due, after
 * 50 seconds at the latest; its exit status is then 0, or 75 (try again
 * later) when the database could not be asked.
 */
#include <sysexits.h>
#include <unistd.h>

#include "base/address.h"
#include "base/arena.h"
#include "base/log.h"
#include "base/service.h"
#include "base/words.h"
#include "courier/chores.h"
#include "courier/deliver.h"
#include "desk/link.h"
#include "desk/loop.h"
#include "port/blob.h"
#include "port/conf.h"
#include "port/db.h"
#include "port/post.h"
#include "port/view.h"
#include "store/connect.h"

enum { CHORES_S = 2 };

static struct db *new_db(struct arena *a, const struct conf *c)
{
	struct db_conf at = connect_ours(a, c, "courier");

	return db_new(&at);
}

static struct post *new_post(struct arena *a, const struct conf *c)
{
	const char *ehlo = conf_text(c, "mail", "ehlo");

	return post_new(&(struct post_conf) {
		.url = conf_text(c, "mail", "smtp_url"),
		.user = conf_text(c, "mail", "smtp_user"),
		.password = conf_text(c, "mail", "smtp_password"),
		.ehlo = ehlo ? ehlo : letter_domain(a, conf_text(c, "mail", "from")),
		.tls = conf_text(c, "mail", "smtp_tls"),
		.ca = conf_text(c, "mail", "smtp_ca"),
	});
}

/* One look into the outbox. False: the database could not be asked. */
static bool round_trip(struct courier *c, struct arena *a, int *tried)
{
	struct err *e = db_enter(c->db, a);

	*tried = 0;
	if (!e && c->post)
		e = deliver_some(c, a, tried);
	if (e && e->kind != ERR_RETRY)
		log_line("outbox: %s (%s)", e->text, e->path);
	arena_reset(a);
	return !e || e->kind == ERR_RETRY;
}

static int work_once(struct courier *c, struct arena *a, struct blob_store *blobs)
{
	long end = service_seconds() + SERVICE_ONCE_S;
	bool well;
	int tried;

	chores_run(c->db, a, blobs);
	do
		well = round_trip(c, a, &tried);
	while (well && tried && !service_stop && service_seconds() < end);
	return well ? EX_OK : EX_TEMPFAIL;
}

static int work(struct courier *c, struct arena *a, struct blob_store *blobs)
{
	long next_chores = 0;
	int tried;

	while (!service_stop) {
		if (service_seconds() >= next_chores) {
			chores_run(c->db, a, blobs);
			next_chores = service_seconds() + CHORES_S;
		}
		round_trip(c, a, &tried);
		if (!tried && !service_stop)
			sleep(1);
	}
	return EX_OK;
}

/* Without a sender's address letters wait, and chores are done all the same. */
static struct courier new_courier(struct arena *a, const struct conf *conf)
{
	const char *from = conf_text(conf, "mail", "from");
	struct desk_urls *urls = NEW(a, struct desk_urls);

	*urls = desk_urls_of(a, conf);
	if (!from || !address_valid(from)) {
		log_line("%s: [mail] from is no address: letters wait", conf_path(conf));
		from = NULL;
	}
	return (struct courier) {
		.db = new_db(a, conf),
		.views = views_open(conf_text(conf, "paths", "templates"),
				    conf_text(conf, "paths", "theme")),
		.post = from ? new_post(a, conf) : NULL,
		.host = conf_text(conf, "mail", "smtp_url"),
		.from = from,
		.sender = { .address = from, .loop_id = loop_id(a, conf_text(conf, "web", "base_url")) },
		.urls = urls,
		.stop = &service_stop,
	};
}

static int run(struct arena *a, const struct conf *conf, bool once)
{
	struct arena *batch = arena_new("courier batch");
	struct blob_store *blobs = NULL;
	struct courier c;
	struct err *e;
	int status;

	words_open(conf_text(conf, "paths", "locale"));
	service_listen();
	c = new_courier(a, conf);
	e = blob_open(a, conf_text(conf, "paths", "attachments"), &blobs);
	if (e)
		log_line("%s: files are not kept in order, and letters go without them",
			 e->text);
	c.blobs = blobs;
	status = once ? work_once(&c, batch, blobs) : work(&c, batch, blobs);
	post_free(c.post);
	views_close(c.views);
	db_free(c.db);
	arena_free(batch);
	return status;
}

int main(int argc, char **argv)
{
	struct service_options given;
	struct arena *a = arena_new("courier");
	struct conf *conf;
	struct err *e;
	int status;

	log_open("courier");
	if (!service_options(&given, argc, argv))
		return EX_USAGE;
	e = conf_load(a, given.config, argv[0], &conf);
	if (e)
		log_line("%s", e->text);
	status = e ? EX_CONFIG : run(a, conf, given.once);
	arena_free(a);
	return status;
}
