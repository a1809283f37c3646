#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "fcgi.h"
#include "port/http.h"
#include "test.h"
#include "web/supervise.h"

#define PAIRS(...)	((const char *const []) { __VA_ARGS__, NULL })

static void tell_pid(void *what, struct arena *a, const struct http_visit *v,
		     struct http_answer *an)
{
	(void) what, (void) a, (void) v;
	str_addf(&an->body, "pid=%d\n", (int) getpid());
}

static int worker(void *what)
{
	struct http_conf c = { .body_limit = 1000, .spool = "/tmp",
			       .seconds = 20 };

	return http_run(&c, *(long *) what, tell_pid, NULL);
}

static int broken_worker(void *what)
{
	return write(*(int *) what, "x", 1) == 1 ? 3 : 4;
}

static void pause_ms(long ms)
{
	nanosleep(&(struct timespec) { ms / 1000, ms % 1000 * 1000000 }, NULL);
}

struct shop {
	char folder[32], socket[64];
	struct supervise_conf conf;
	pid_t pid;
};

static void open_shop(struct shop *s, int workers, int (*work)(void *), void *what)
{
	*s = (struct shop) { .folder = "/tmp/crew-XXXXXX" };
	CHECK(mkdtemp(s->folder));
	snprintf(s->socket, sizeof(s->socket), "%s/socket", s->folder);
	s->conf = (struct supervise_conf) { s->socket, workers, 0, NULL };
	s->pid = fork();
	if (!s->pid) {
		int nowhere = open("/dev/null", O_WRONLY);

		dup2(nowhere, STDERR_FILENO);
		dup2(nowhere, STDOUT_FILENO);
		_exit(supervise(&s->conf, work, what));
	}
}

/* The pid of the worker that answered, 0 when none did within two seconds. */
static pid_t visit(struct shop *s)
{
	for (int i = 0; i < 200; i++, pause_ms(10)) {
		char *got = fcgi_visit(s->socket, PAIRS("REQUEST_METHOD=GET"),
				       "", 0);
		const char *at = strstr(got, "pid=");
		pid_t pid = at ? (pid_t) strtol(at + 4, NULL, 10) : 0;

		free(got);
		if (pid)
			return pid;
	}
	return 0;
}

static bool is_gone(pid_t pid)
{
	for (int i = 0; i < 200; i++, pause_ms(10))
		if (kill(pid, 0) && errno == ESRCH)
			return true;
	return false;
}

static void close_shop(struct shop *s)
{
	int status;

	kill(s->pid, SIGTERM);
	CHECK(waitpid(s->pid, &status, 0) == s->pid);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	CHECK(access(s->socket, F_OK));
	rmdir(s->folder);
}

TEST(a_killed_worker_comes_back)
{
	long forever = 0;
	struct shop s;
	pid_t first, second;

	open_shop(&s, 1, worker, &forever);
	first = visit(&s);
	CHECK(first > 0 && first != s.pid);
	CHECK(visit(&s) == first);
	kill(first, SIGKILL);
	second = visit(&s);
	CHECK(second > 0 && second != first);
	close_shop(&s);
	CHECK(is_gone(second));
}

TEST(a_recycled_worker_is_replaced_at_once)
{
	long one = 1;
	struct shop s;
	pid_t last = 0;

	open_shop(&s, 1, worker, &one);
	for (int i = 0; i < 20; i++) {
		pid_t pid = visit(&s);

		CHECK(pid > 0 && pid != last);
		last = pid;
	}
	close_shop(&s);
	CHECK(is_gone(last));
}

TEST(sighup_replaces_the_workers_and_sigterm_ends_all)
{
	long forever = 0;
	struct shop s;
	pid_t before, after = 0;

	open_shop(&s, 3, worker, &forever);
	before = visit(&s);
	CHECK(before > 0);
	kill(s.pid, SIGHUP);
	CHECK(is_gone(before));
	after = visit(&s);
	CHECK(after > 0 && after != before);
	close_shop(&s);
	CHECK(is_gone(after));
	CHECK(fcgi_connect(s.socket) < 0);
}

TEST(workers_end_with_a_supervisor_that_is_killed)
{
	long forever = 0;
	struct shop s;
	pid_t one;

	prctl(PR_SET_CHILD_SUBREAPER, 1);
	open_shop(&s, 1, worker, &forever);
	one = visit(&s);
	CHECK(one > 0);
	kill(s.pid, SIGKILL);
	CHECK(waitpid(s.pid, NULL, 0) == s.pid);
	CHECK(waitpid(one, NULL, 0) == one);	/* it is ours by now */
	prctl(PR_SET_CHILD_SUBREAPER, 0);
	unlink(s.socket);
	rmdir(s.folder);
}

TEST(a_worker_that_cannot_live_is_not_tried_for_ever)
{
	char tries[1000];
	struct shop s;
	int way[2];
	ssize_t n;

	CHECK(!pipe2(way, O_NONBLOCK));
	open_shop(&s, 1, broken_worker, &way[1]);
	pause_ms(1000);			/* at 0, 100, 300, 700 ms */
	close_shop(&s);
	n = read(way[0], tries, sizeof(tries));
	CHECK(n >= 2 && n <= 4);
	close(way[0]);
	close(way[1]);
}

TEST(a_taken_socket_is_not_taken_twice)
{
	long forever = 0;
	struct shop s;
	int status;
	pid_t pid;

	open_shop(&s, 1, worker, &forever);
	CHECK(visit(&s) > 0);
	pid = fork();
	if (!pid) {
		close(STDERR_FILENO);
		_exit(supervise(&s.conf, worker, &forever));
	}
	CHECK(waitpid(pid, &status, 0) == pid);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == EXIT_FAILURE);
	CHECK(visit(&s) > 0);
	close_shop(&s);
}

static int count_call(void *what)
{
	++*(int *) what;
	return 7;
}

TEST(without_a_socket_the_worker_runs_here)
{
	struct supervise_conf c = { .workers = 4 };
	int calls = 0;

	CHECK_INT(supervise(&c, count_call, &calls), 7);
	CHECK_INT(calls, 1);
}

static bool options(struct supervise_conf *c, const char *line)
{
	char *words[16] = { (char *) "panel" }, *copy = strdup(line), *next = copy;
	int before = dup(STDERR_FILENO), nowhere = open("/dev/null", O_WRONLY);
	int n = 1;
	bool good;

	while (next && *next)
		words[n++] = strsep(&next, " ");
	dup2(nowhere, STDERR_FILENO);
	good = supervise_options(c, n, words);
	dup2(before, STDERR_FILENO);
	close(before);
	close(nowhere);
	free(copy);
	return good;
}

TEST(options_are_understood_or_refused)
{
	static const char *const bad[] = {
		"--workers 0", "--workers 257", "--workers x", "--workers",
		"--requests -1", "--requests 1x", "--nonsense", "word",
	};
	struct supervise_conf c;

	CHECK(options(&c, ""));
	CHECK(!c.socket && !c.config && c.workers == 2 && c.requests == 10000);
	CHECK(options(&c, "--workers 256 --requests 0"));
	CHECK(c.workers == 256 && c.requests == 0);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (options(&c, bad[i]))
			fail_msg("%s was understood", bad[i]);
}
