#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "http_parts.h"

enum {
	MEMORY_MOST = 512 << 20,
	PATIENCE = 60,			/* seconds for one visit */
};

/* What http_run() was called with. */
struct door {
	const struct http_conf *conf;
	http_serve_fn *serve;
	void *what;
	struct arena *arena;
};

/* ---- One visit, from knock to farewell ---- */

/* Prepared before each visit, since a signal handler can only write it. */
static char overdue[160];
static size_t overdue_len;

static void expect_end(const char *method, const char *script)
{
	int n = snprintf(overdue, sizeof(overdue),
			 "%s: gave up on a visit that took too long: %.8s %.60s\n",
			 program_invocation_short_name, method, script);

	overdue_len = n < (int) sizeof(overdue) ? (size_t) n
						: sizeof(overdue) - 1;
	for (size_t i = 0; i + 1 < overdue_len; i++)
		if ((unsigned char) overdue[i] < ' ')
			overdue[i] = '?';
}

static void give_up(int signal)
{
	ssize_t unheard = write(STDERR_FILENO, overdue, overdue_len);

	(void) signal;
	(void) unheard;
	_exit(EXIT_FAILURE);
}

static void start_patience(const struct http_conf *c)
{
	expect_end("(still reading)", "");
	alarm(c->seconds ? c->seconds : PATIENCE);
}

static void serve_visit(const struct door *d, struct line *l)
{
	struct http_visit *v = NEW(d->arena, struct http_visit);
	struct http_answer *an = NEW(d->arena, struct http_answer);
	int status;

	v->body = -1;
	expect_end(line_param(l, "REQUEST_METHOD"), line_param(l, "SCRIPT_NAME"));
	status = http_read_visit(l, d->arena, d->conf, v);
	if (status) {
		http_refuse(l, d->arena, status);
	} else {
		http_answer_init(an, d->arena);
		d->serve(d->what, d->arena, v, an);
		http_send(l, d->arena, v, an);
	}
}

/* ---- Two ways to be called ---- */

static volatile sig_atomic_t told_to_stop;

static void stop(int signal)
{
	(void) signal;
	told_to_stop = 1;
}

static void on_signal(int signal, void (*handler)(int), int flags)
{
	struct sigaction act = { .sa_handler = handler, .sa_flags = flags };

	sigemptyset(&act.sa_mask);
	sigaction(signal, &act, NULL);
}

/*
 * One visitor wakes one worker: with poll() all who are idle get up, and all
 * but one lie down again. -1: this system cannot, and then poll() must do.
 */
static int watch_door(void)
{
	struct epoll_event knock = { .events = EPOLLIN | EPOLLEXCLUSIVE };
	int fd = epoll_create1(EPOLL_CLOEXEC);

	if (fd >= 0 && epoll_ctl(fd, EPOLL_CTL_ADD, STDIN_FILENO, &knock)) {
		close(fd);
		fd = -1;
	}
	return fd;
}

static int wait_at_door(int watch, const sigset_t *heard)
{
	struct pollfd door = { .fd = STDIN_FILENO, .events = POLLIN };
	struct epoll_event knock;

	if (watch < 0)
		return ppoll(&door, 1, NULL, heard);
	return epoll_pwait(watch, &knock, 1, -1, heard);
}

/*
 * Wait for somebody at the door; false when we were told to stop. SIGTERM is
 * blocked between looking at the flag and waiting, or it could come in just
 * that moment and be heard by nobody.
 */
static bool somebody_knocks(int watch)
{
	sigset_t stops, before;
	int ready = 0;

	sigemptyset(&stops);
	sigaddset(&stops, SIGTERM);
	sigaddset(&stops, SIGUSR1);
	sigprocmask(SIG_BLOCK, &stops, &before);
	while (!told_to_stop && ready <= 0) {
		ready = wait_at_door(watch, &before);
		if (ready < 0 && errno != EINTR)
			break;
	}
	sigprocmask(SIG_SETMASK, &before, NULL);
	return !told_to_stop && ready > 0;
}

/* Another worker was faster, or the visitor left: not our fault. */
static bool is_nothing(int failure)
{
	return failure == -EAGAIN || failure == -EINTR ||
	       failure == -ECONNABORTED || failure == -EPROTO;
}

/*
 * The answer has said that it is the last one, and the visit was read to its
 * end. libfcgi's own farewell would say so again and wait for the web server
 * to hang up first: one more sleep a visit.
 */
static void hang_up(FCGX_Request *f)
{
	FCGX_Detach(f);
	FCGX_Free(f, 1);
}

/*
 * The socket does not block and the alarm is set before accepting, so that
 * reading the parameters is timed like everything else: libfcgi itself waits
 * for ever for the second half of a record. Connections are not kept: a kept
 * one would bind this process to one client.
 */
static int run_fastcgi(const struct door *d, long requests)
{
	int watch = watch_door();
	long served = 0;
	FCGX_Request f;

	told_to_stop = 0;
	on_signal(SIGTERM, stop, SA_RESTART);
	on_signal(SIGUSR1, stop, SA_RESTART);
	fcntl(STDIN_FILENO, F_SETFL,
	      fcntl(STDIN_FILENO, F_GETFL) | O_NONBLOCK);
	if (FCGX_Init() || FCGX_InitRequest(&f, STDIN_FILENO,
					    FCGI_FAIL_ACCEPT_ON_INTR)) {
		log_line("libfcgi does not start");
		return EXIT_FAILURE;
	}
	while ((!requests || served < requests) && somebody_knocks(watch)) {
		int failure;

		start_patience(d->conf);
		failure = FCGX_Accept_r(&f);
		if (!failure) {
			serve_visit(d, &(struct line) { .fcgi = &f });
			hang_up(&f);
			arena_reset(d->arena);
			served++;
		} else if (!is_nothing(failure)) {
			log_line("cannot accept: %s", strerror(-failure));
			return EXIT_FAILURE;
		}
		alarm(0);
	}
	close(watch);
	return EXIT_SUCCESS;
}

static int run_cgi(const struct door *d)
{
	start_patience(d->conf);
	serve_visit(d, &(struct line) { .fcgi = NULL });
	alarm(0);
	return EXIT_SUCCESS;
}

static bool is_listening(void)
{
	socklen_t size = sizeof(int);
	int yes = 0;

	return !getsockopt(STDIN_FILENO, SOL_SOCKET, SO_ACCEPTCONN, &yes,
			   &size) && yes;
}

bool http_is_cgi(void)
{
	return !is_listening() && getenv("REQUEST_METHOD");
}

void http_fill_standard(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDWR | O_CLOEXEC);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
}

static void bound_memory(void)
{
#ifndef AFTERSALE_SANITIZE		/* ASan reserves terabytes */
	struct rlimit l;

	if (getrlimit(RLIMIT_AS, &l) || l.rlim_cur <= MEMORY_MOST)
		return;
	l.rlim_cur = MEMORY_MOST;
	setrlimit(RLIMIT_AS, &l);
#endif
}

int http_run(const struct http_conf *conf, long requests,
	     http_serve_fn *serve, void *what)
{
	struct door d = { conf, serve, what, arena_new("visit") };
	int status = EXIT_FAILURE;

	http_fill_standard();
	bound_memory();
	on_signal(SIGPIPE, SIG_IGN, 0);
	on_signal(SIGALRM, give_up, 0);
	if (is_listening())
		status = run_fastcgi(&d, requests);
	else if (http_is_cgi())
		status = run_cgi(&d);
	else
		log_line("neither a listening socket nor a CGI request");
	arena_free(d.arena);
	return status;
}
