#include <getopt.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/service.h"

volatile bool service_stop;

bool service_options(struct service_options *out, int argc, char **argv)
{
	static const struct option options[] = {
		{ "config", required_argument, NULL, 'c' },
		{ "once", no_argument, NULL, 'o' },
		{ 0 }
	};
	int o;

	*out = (struct service_options) { .once = false };
	while ((o = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (o == 'c')
			out->config = optarg;
		else if (o == 'o')
			out->once = true;
		else
			return false;
	}
	return true;
}

static void leave(int signal_number)
{
	(void) signal_number;
	service_stop = true;
}

void service_listen(void)
{
	const struct sigaction act = { .sa_handler = leave };

	sigaction(SIGTERM, &act, NULL);
	sigaction(SIGINT, &act, NULL);
	signal(SIGPIPE, SIG_IGN);
}

long service_seconds(void)
{
	return (long) (clock_ticks() / 1000);
}

pid_t service_child(const char *name, int (*work)(struct arena *a, void *what),
		    void *what)
{
	pid_t parent = getpid(), pid = fork();
	struct arena *a;
	int status;

	if (pid)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(EX_TEMPFAIL);
	a = arena_new(name);
	status = work(a, what);
	arena_free(a);
	exit(status);
}
