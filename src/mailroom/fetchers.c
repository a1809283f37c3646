#include <signal.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/service.h"
#include "mailroom/collect.h"
#include "mailroom/fetchers.h"
#include "mailroom/receive.h"
#include "port/conf.h"
#include "port/db.h"
#include "port/spool.h"
#include "store/chore.h"
#include "store/connect.h"

enum {
	LOOK_S = 20,
	BEAT_S = 5			/* how often config may see that we live */
};

/* --- one of them ---------------------------------------------------------- */

/* One look at what is due and what was asked. False: the database could not
 * be asked. */
static bool fetch_round(struct collecting *c, struct arena *a, int *done)
{
	bool fetched = false, tested = false, beat;
	struct err *e = db_enter(c->db, a);

	if (!e)
		e = store_chore_take(c->db, "mailroom", BEAT_S, &beat);
	if (!e)
		e = collect_test(c, a, &tested);
	if (!e)
		e = collect_one(c, a, &fetched);
	if (e && e->kind != ERR_RETRY)
		log_line("mailboxes: %s (%s)", e->text, e->path);
	*done = fetched + tested;
	arena_reset(a);
	return !e || e->kind == ERR_RETRY;
}

static int fetch_all(struct collecting *c, bool once)
{
	struct arena *a = arena_new("mailbox");
	long end = service_seconds() + SERVICE_ONCE_S;
	bool well = true;
	int done = 1;

	while (!service_stop && (!once || (well && done && service_seconds() < end))) {
		well = fetch_round(c, a, &done);
		if (!once && !service_stop && (!done || !well))
			sleep(well ? 1 : 5);
	}
	arena_free(a);
	return well ? EX_OK : EX_TEMPFAIL;
}

static int be_fetcher(struct arena *a, void *what)
{
	const struct fetchers *f = what;
	struct db_conf at = connect_ours(a, f->conf, "mailroom");
	struct collecting c = {
		.shop = f->shop, .db = db_new(&at), .limit = receive_limit(f->conf),
		.key = conf_text(f->conf, "paths", "mailbox_key"),
		.ca = conf_text(f->conf, "mail", "fetch_ca"), .stop = &service_stop,
	};
	struct err *e = spool_open(a, receive_folder(a, f->conf), &c.spool);
	int status = EX_TEMPFAIL;

	if (e)
		log_line("%s (%s)", e->text, e->path);
	else
		status = fetch_all(&c, f->once);
	db_free(c.db);
	return status;
}

/* --- all of them ---------------------------------------------------------- */

/* As many as before while nobody can say. */
static void look(struct fetchers *f, struct db *db, struct arena *a)
{
	struct err *e = db_enter(db, a);
	int64_t n = 0;

	if (!e)
		e = store_mailbox_count(db, f->shop, &n);
	if (!e)
		f->wanted = n < FETCHERS ? (int) n : FETCHERS;
	if (!f->wanted)
		f->wanted = 1;
	arena_reset(a);
	f->next_look = service_seconds() + LOOK_S;
}

/* One that is not wanted any more leaves after the letter in hand. */
static bool is_there(struct fetchers *f, int i)
{
	if (f->pids[i] <= 0)
		return false;
	if (waitpid(f->pids[i], NULL, WNOHANG) == 0) {
		if (i >= f->wanted)
			kill(f->pids[i], SIGTERM);
		return true;
	}
	if (i < f->wanted) {
		log_line("a fetcher ended: it is started again");
		sleep(1);
	}
	return false;
}

void fetchers_keep(struct fetchers *f, struct db *db, struct arena *a)
{
	if (service_seconds() >= f->next_look)
		look(f, db, a);
	for (int i = 0; i < FETCHERS; i++)
		if (!is_there(f, i))
			f->pids[i] = i < f->wanted
				? service_child("fetcher", be_fetcher, f) : 0;
}

/* How it ended; -1: it works. */
static int status_of(pid_t *pid)
{
	int status;

	if (waitpid(*pid, &status, WNOHANG) != *pid)
		return -1;
	*pid = 0;
	return WIFEXITED(status) ? WEXITSTATUS(status) : EX_TEMPFAIL;
}

int fetchers_status(struct fetchers *f)
{
	int status;

	for (int i = 0; i < f->wanted; i++) {
		status = f->pids[i] > 0 ? status_of(&f->pids[i])
		       : f->pids[i] < 0 ? EX_TEMPFAIL : EX_OK;
		f->worst = status > f->worst ? status : f->worst;
		if (status < 0)
			return -1;
	}
	return f->worst;
}

void fetchers_end(struct fetchers *f)
{
	for (int i = 0; i < FETCHERS; i++)
		if (f->pids[i] > 0)
			kill(f->pids[i], SIGTERM);
	for (int i = 0; i < FETCHERS; i++)
		if (f->pids[i] > 0)
			waitpid(f->pids[i], NULL, 0);
}
