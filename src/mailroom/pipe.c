#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <syslog.h>
#include <unistd.h>

#include "base/arena.h"
#include "mailroom/envelope.h"
#include "mailroom/pipe.h"
#include "mailroom/receive.h"
#include "port/conf.h"
#include "port/spool.h"

enum { BLOCK = 64 << 10, FIRST_LINE = 1024 };

struct orders {
	const char *config, *from, *to;
};

/* The letter as it comes, of which some bytes were read already. */
struct source {
	char at[BLOCK];
	size_t n;
	bool over;
};

static struct err *read_more(struct arena *a, struct source *s)
{
	ssize_t got;

	do
		got = read(STDIN_FILENO, s->at + s->n, sizeof(s->at) - s->n);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return FAIL(a, ERR_UPSTREAM, "standard input: %s", strerror(errno));
	s->over = !got;
	s->n += (size_t) got;
	return NULL;
}

/* Some hosts put a line of the mbox format before the letter: "From sender
 * date". It is no part of the letter, but tells the sender. */
static void take_mbox_line(struct arena *a, struct source *s, struct envelope *e)
{
	const char *end = memchr(s->at, '\n', s->n);
	const char *sender;
	size_t line;

	if (s->n < 5 || memcmp(s->at, "From ", 5) || !end)
		return;
	line = (size_t) (end - s->at) + 1;
	sender = arena_copy(a, s->at + 5, line - 6);
	if (!e->from)
		e->from = envelope_address(a, arena_copy(a, sender,
						strcspn(sender, " \t\r")));
	s->n -= line;
	memmove(s->at, s->at + line, s->n);
}

static struct err *read_first(struct arena *a, struct source *s,
			      struct envelope *e)
{
	while (s->n < FIRST_LINE && !s->over)
		TRY(read_more(a, s));
	take_mbox_line(a, s, e);
	return NULL;
}

/* A mail host that was told 0 forgets the letter: everything before that is
 * on disk, or is not done. */
static struct err *receive(struct arena *a, struct spool *spool,
			   int64_t limit, struct envelope *e)
{
	struct source *s = NEW(a, struct source);
	struct receiving r;

	TRY(read_first(a, s, e));
	if (!s->n && s->over) {
		syslog(LOG_WARNING, "an empty letter was dropped");
		return NULL;
	}
	TRY(receive_begin(a, spool, limit, &r));
	while (s->n) {
		TRY(receive_add(&r, s->at, s->n));
		s->n = 0;
		if (!s->over)
			TRY(read_more(a, s));
	}
	TRY(receive_end(&r, e));
	return NULL;
}

static struct err *work(struct arena *a, const struct orders *o, const char *argv0)
{
	struct envelope e = { .way = MAIL_BY_PIPE };
	struct spool *spool;
	struct conf *conf;

	if (o->from)
		e.from = envelope_address(a, o->from);
	if (o->to)
		e.to = envelope_address(a, o->to);
	envelope_from_environment(a, &e);
	TRY(conf_load(a, o->config, argv0, &conf));
	TRY(spool_open(a, receive_folder(a, conf), &spool));
	TRY(receive(a, spool, receive_limit(conf), &e));
	return NULL;
}

/* Whatever a library may want to say, nobody shall hear it. */
static void be_silent(void)
{
	int nothing = open("/dev/null", O_RDWR);

	if (nothing < 0)
		return;
	dup2(nothing, STDOUT_FILENO);
	dup2(nothing, STDERR_FILENO);
	if (nothing > STDERR_FILENO)
		close(nothing);
}

static bool read_orders(int argc, char **argv, struct orders *out)
{
	static const struct option options[] = {
		{ "config", required_argument, NULL, 'c' },
		{ "pipe", no_argument, NULL, 'p' },
		{ "from", required_argument, NULL, 'f' },
		{ "to", required_argument, NULL, 't' },
		{ 0 }
	};
	int o;

	*out = (struct orders) { 0 };
	while ((o = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (o == 'c')
			out->config = optarg;
		else if (o == 'f')
			out->from = optarg;
		else if (o == 't')
			out->to = optarg;
		else if (o != 'p')
			return false;
	}
	return optind == argc;
}

static int child(int argc, char **argv)
{
	struct arena *a = arena_new("mailroom pipe");
	struct orders orders;
	struct err *e;
	int status = EX_TEMPFAIL;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signal(SIGXFSZ, SIG_IGN);	/* then it is a failed write */
	if (!read_orders(argc, argv, &orders)) {
		syslog(LOG_ERR, "called with arguments it does not know: "
			"see aftersale-mailroom(8)");
	} else {
		e = work(a, &orders, argv[0]);
		if (e)
			syslog(LOG_ERR, "%s (%s)", e->text, e->path);
		else
			status = EX_OK;
	}
	arena_free(a);
	return status;
}

static void give_up(int signal_number)
{
	(void) signal_number;
	_exit(EX_TEMPFAIL);
}

int pipe_is_meant(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		if (!strcmp(argv[i], "--pipe"))
			return 1;
	return 0;
}

int pipe_letter(int argc, char **argv)
{
	int status = 0;
	pid_t pid;

	/* Without one, the next file that is opened would be taken for it. */
	if (fcntl(STDIN_FILENO, F_GETFD) < 0)
		return EX_TEMPFAIL;
	be_silent();
	openlog("aftersale-mailroom", LOG_PID, LOG_MAIL);
	signal(SIGHUP, give_up);
	signal(SIGINT, give_up);
	signal(SIGTERM, give_up);
	pid = fork();
	if (!pid)
		_exit(child(argc, argv));
	if (pid < 0)
		return EX_TEMPFAIL;
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return EX_TEMPFAIL;
	return WIFEXITED(status) && !WEXITSTATUS(status) ? EX_OK : EX_TEMPFAIL;
}
