#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "port/http.h"
#include "web/supervise.h"

enum {
	MOST_WORKERS = 256,
	SHORT_LIFE = 1000,		/* milliseconds */
	FIRST_PAUSE = 100,
	LONGEST_PAUSE = 5000,
};

/* ---- Options ---- */

static bool read_number(const char *text, long least, long most, long *out)
{
	char *end;

	errno = 0;
	*out = strtol(text, &end, 10);
	return *text && !*end && !errno && *out >= least && *out <= most;
}

static bool wrong(const char *program, const char *what)
{
	fprintf(stderr, "%s: %s\nusage: %s [--socket PATH] [--workers N] "
		"[--config FILE] [--requests N]\n", program, what, program);
	return false;
}

bool supervise_options(struct supervise_conf *c, int argc, char **argv)
{
	static const struct option options[] = {
		{ "socket",   required_argument, NULL, 's' },
		{ "workers",  required_argument, NULL, 'w' },
		{ "config",   required_argument, NULL, 'c' },
		{ "requests", required_argument, NULL, 'r' },
		{ NULL }
	};
	long n;
	int o;

	*c = (struct supervise_conf) { .workers = 2, .requests = 10000 };
	optind = 0;
	opterr = 0;
	while ((o = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (o == 's')
			c->socket = optarg;
		else if (o == 'c')
			c->config = optarg;
		else if (o == 'w' && read_number(optarg, 1, MOST_WORKERS, &n))
			c->workers = (int) n;
		else if (o == 'r' && read_number(optarg, 0, 1000000000, &n))
			c->requests = n;
		else
			return wrong(argv[0], "an option is not understood");
	}
	return optind == argc || wrong(argv[0], "too many words");
}

/* ---- One place, filled by one worker after the other ---- */

struct place {
	pid_t pid;			/* 0: empty */
	int64_t since;			/* when it was filled */
	int64_t due;			/* empty: when to fill it again */
	int pause;			/* grows while lives are short */
	bool sent_away;			/* by us: its end is no failure */
};

struct crew {
	const struct supervise_conf *conf;
	int (*worker)(void *what);
	void *what;
	pid_t self;
	bool ending;
	sigset_t ours, before;
	struct place places[MOST_WORKERS];
};

/* In the child. The parent may have died before prctl() was asked for. */
static _Noreturn void be_worker(const struct crew *crew)
{
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != crew->self)
		_exit(EXIT_FAILURE);
	sigprocmask(SIG_SETMASK, &crew->before, NULL);
	exit(crew->worker(crew->what));
}

static void hire(struct crew *crew, struct place *p)
{
	fflush(NULL);
	p->since = clock_ticks();
	p->sent_away = false;
	p->pid = fork();
	if (!p->pid)
		be_worker(crew);
	if (p->pid < 0) {
		log_line("cannot fork: %s", strerror(errno));
		p->pid = 0;
		p->due = clock_ticks() + SHORT_LIFE;
	}
}

static void hire_due(struct crew *crew)
{
	for (int i = 0; i < crew->conf->workers; i++)
		if (!crew->places[i].pid && crew->places[i].due <= clock_ticks())
			hire(crew, &crew->places[i]);
}

static void tell_end(pid_t pid, int status)
{
	if (WIFSIGNALED(status))
		log_line("worker %d was ended by signal %d", (int) pid,
			 WTERMSIG(status));
	else if (WEXITSTATUS(status))
		log_line("worker %d ended with status %d", (int) pid,
			 WEXITSTATUS(status));
}

static void leave_place(struct place *p, int status)
{
	bool failed = status && !p->sent_away;
	bool shortly = clock_ticks() - p->since < SHORT_LIFE;

	tell_end(p->pid, status);
	if (!failed || !shortly)
		p->pause = 0;
	else if (!p->pause)
		p->pause = FIRST_PAUSE;
	else
		p->pause = 2 * p->pause < LONGEST_PAUSE ? 2 * p->pause
							: LONGEST_PAUSE;
	p->due = clock_ticks() + p->pause;
	p->pid = 0;
}

static void bury_dead(struct crew *crew)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		for (int i = 0; i < crew->conf->workers; i++)
			if (crew->places[i].pid == pid)
				leave_place(&crew->places[i], status);
}

static void send_away(struct crew *crew)
{
	for (int i = 0; i < crew->conf->workers; i++) {
		if (!crew->places[i].pid)
			continue;
		crew->places[i].sent_away = true;
		kill(crew->places[i].pid, SIGTERM);
	}
}

static bool anybody(const struct crew *crew)
{
	for (int i = 0; i < crew->conf->workers; i++)
		if (crew->places[i].pid)
			return true;
	return false;
}

/* Until the next empty place is to be filled; for ever is a long time. */
static struct timespec time_left(const struct crew *crew)
{
	int64_t wait = 3600 * 1000;

	for (int i = 0; i < crew->conf->workers; i++) {
		int64_t left = crew->places[i].due - clock_ticks();

		if (!crew->places[i].pid && !crew->ending && left < wait)
			wait = left > 0 ? left : 0;
	}
	return (struct timespec) { .tv_sec = wait / 1000,
				   .tv_nsec = wait % 1000 * 1000000 };
}

/* ---- The supervisor ---- */

/* They are blocked for good and taken one by one: nothing is interrupted. */
static void take_signals(struct crew *crew)
{
	static const int ours[] = { SIGTERM, SIGINT, SIGHUP, SIGCHLD };

	signal(SIGCHLD, SIG_DFL);	/* ignored, nobody would tell us */
	sigemptyset(&crew->ours);
	for (size_t i = 0; i < sizeof(ours) / sizeof(*ours); i++)
		sigaddset(&crew->ours, ours[i]);
	sigprocmask(SIG_BLOCK, &crew->ours, &crew->before);
}

static void work(struct crew *crew)
{
	while (!crew->ending || anybody(crew)) {
		struct timespec wait;
		int got;

		if (!crew->ending)
			hire_due(crew);
		wait = time_left(crew);
		got = sigtimedwait(&crew->ours, NULL, &wait);
		bury_dead(crew);
		if (got == SIGTERM || got == SIGINT)
			crew->ending = true;
		if (crew->ending || got == SIGHUP)
			send_away(crew);
	}
}

static int run_crew(struct crew *crew)
{
	struct arena *a = arena_new("supervise");
	struct err *e = http_listen(a, crew->conf->socket);

	if (e) {
		log_line("%s (%s)", e->text, e->path);
		arena_free(a);
		return EXIT_FAILURE;
	}
	arena_free(a);
	take_signals(crew);
	work(crew);
	unlink(crew->conf->socket);
	sigprocmask(SIG_SETMASK, &crew->before, NULL);
	return EXIT_SUCCESS;
}

int supervise(const struct supervise_conf *c, int (*worker)(void *what),
	      void *what)
{
	struct crew crew = {
		.conf = c, .worker = worker, .what = what, .self = getpid(),
	};

	return c->socket ? run_crew(&crew) : worker(what);
}
