/*
 * mailroom [--config FILE] [--once]: what main.c becomes
 *
 * Letters in. It brings letters from the spool into the database, and has
 * children: some that fetch mailboxes, so that a slow host holds nobody up,
 * and some that sort; with --once it sorts itself. Without --once it stays
 * until SIGTERM; with --once (for cron, every minute) it leaves when nothing
 * is left to do, after 50 seconds at the latest; its exit status is then 0, or
 * 75 when the database could not be asked.
 */
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/service.h"
#include "base/words.h"
#include "mailroom/fetchers.h"
#include "mailroom/receive.h"
#include "mailroom/sorters.h"
#include "mailroom/take.h"
#include "port/blob.h"
#include "port/conf.h"
#include "port/db.h"
#include "port/spool.h"
#include "store/connect.h"

enum {
	SHOP = 1, SWEEP_S = 60 * 60,
	PEEP_US = 200 * 1000
};

struct mailroom {
	struct taking taking;
	const struct conf *conf;
	struct fetchers fetchers;
	pid_t sorters[SORTERS];
	struct sorter *sorter;		/* --once: its own; else NULL */
	long next_sweep;
	bool taking_fails, sorting_fails;	/* it was told */
};

static bool is_well(const struct err *e)
{
	return !e || e->kind == ERR_RETRY;
}

/* One line when it begins, and one when it is over. */
static void tell(bool *fails, const char *what, const struct err *e)
{
	if (!is_well(e) && !*fails)
		log_line("%s: %s (%s)", what, e->text, e->path);
	if (is_well(e) && *fails)
		log_line("%s: that is over", what);
	*fails = !is_well(e);
}

static struct err *take(struct mailroom *m, struct arena *a, int *done)
{
	TRY(db_enter(m->taking.db, a));
	TRY(take_some(&m->taking, a, done));
	return NULL;
}

static struct err *sort(struct mailroom *m, struct arena *a, int *done)
{
	if (!m->sorter)
		return NULL;
	TRY(db_enter(m->taking.db, a));
	TRY(sorter_round(m->sorter, a, done));
	return NULL;
}

static void sweep(struct mailroom *m, struct arena *a)
{
	struct err *e = spool_sweep(m->taking.spool, a);

	if (e)
		log_line("%s", e->text);
	arena_reset(a);
	m->next_sweep = service_seconds() + SWEEP_S;
}

/* False: the database could not be asked, or there is no room. */
static bool one_round(struct mailroom *m, struct arena *a, int *done)
{
	int taken = 0, sorted = 0;
	struct err *e = take(m, a, &taken);
	bool well = is_well(e);

	tell(&m->taking_fails, "letters are not taken", e);
	arena_reset(a);
	e = sort(m, a, &sorted);
	well = is_well(e) && well;
	tell(&m->sorting_fails, "letters are not sorted", e);
	arena_reset(a);
	*done = taken + sorted;
	if (service_seconds() >= m->next_sweep)
		sweep(m, a);
	return well;
}

/* Those that ended are started again. */
static void keep_sorters(struct mailroom *m)
{
	for (int i = 0; i < SORTERS; i++) {
		if (m->sorters[i] > 0 && waitpid(m->sorters[i], NULL, WNOHANG) == 0)
			continue;
		if (m->sorters[i])
			log_line("a sorter ended: it is started again");
		m->sorters[i] = sorters_start(m->conf, SHOP);
	}
}

/* They finish the letter in hand. */
static void end_sorters(struct mailroom *m)
{
	for (int i = 0; i < SORTERS; i++)
		if (m->sorters[i] > 0)
			kill(m->sorters[i], SIGTERM);
	for (int i = 0; i < SORTERS; i++)
		if (m->sorters[i] > 0)
			waitpid(m->sorters[i], NULL, 0);
}

/* What the fetchers bring is taken as well. */
static int work_once(struct mailroom *m, const struct sort_conf *sorting,
		     struct arena *a)
{
	long end = service_seconds() + SERVICE_ONCE_S;
	int done, fetched = -1;
	bool well;

	m->sorter = sorter_new(sorting);
	do {
		if (fetched < 0)
			fetched = fetchers_status(&m->fetchers);
		well = one_round(m, a, &done);
		if (well && !done && fetched < 0)
			usleep(PEEP_US);
	} while (well && (done || fetched < 0) && !service_stop &&
		 service_seconds() < end);
	sorter_free(m->sorter);
	return well && fetched <= 0 ? EX_OK : EX_TEMPFAIL;
}

static int work(struct mailroom *m, struct arena *a)
{
	int done;

	while (!service_stop) {
		keep_sorters(m);
		one_round(m, a, &done);
		if (!done && !service_stop)
			sleep(1);
		if (!service_stop)
			fetchers_keep(&m->fetchers, m->taking.db, a);
	}
	return EX_OK;
}

static struct err *open_house(struct arena *a, const struct conf *c,
			      struct mailroom *m)
{
	struct db_conf at = connect_ours(a, c, "mailroom");

	m->taking = (struct taking) { .shop = SHOP, .db = db_new(&at) };
	TRY(blob_open(a, conf_text(c, "paths", "attachments"), &m->taking.blobs));
	TRY(spool_open(a, receive_folder(a, c), &m->taking.spool));
	return NULL;
}

static int run(struct arena *a, const struct conf *conf, bool once)
{
	struct arena *batch = arena_new("mailroom batch");
	struct mailroom m = {
		.conf = conf,
		.fetchers = { .conf = conf, .shop = SHOP, .once = once },
	};
	struct sort_conf sorting;
	struct err *e;
	int status = EX_TEMPFAIL;

	service_listen();
	signal(SIGXFSZ, SIG_IGN);		/* write() tells it, too */
	words_open(conf_text(conf, "paths", "locale"));
	e = open_house(a, conf, &m);
	fetchers_keep(&m.fetchers, m.taking.db, batch);
	sorting = sorters_conf(a, conf, SHOP, m.taking.db, m.taking.blobs);
	if (e)
		log_line("%s (%s)", e->text, e->path);
	else
		status = once ? work_once(&m, &sorting, batch) : work(&m, batch);
	end_sorters(&m);
	fetchers_end(&m.fetchers);
	arena_free(batch);
	db_free(m.taking.db);
	return status;
}

int main(int argc, char **argv)
{
	struct service_options given;
	struct conf *conf;
	struct arena *a;
	struct err *e;
	int status;

	log_open("mailroom");
	prctl(PR_SET_NAME, "mailroom");
	if (!service_options(&given, argc, argv))
		return EX_USAGE;
	a = arena_new("mailroom");
	e = conf_load(a, given.config, argv[0], &conf);
	if (e)
		log_line("%s", e->text);
	status = e ? EX_CONFIG : run(a, conf, given.once);
	arena_free(a);
	return status;
}
