#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "locked/serve.h"

enum { FILES = 3 };			/* descriptors that belong to a file */

bool write_all(int fd, const void *at, size_t n)
{
	const uint8_t *from = at;

	while (n) {
		ssize_t done = write(fd, from, n);

		if (done < 0)
			return false;
		from += done;
		n -= (size_t) done;
	}
	return true;
}

/* The child. */

/* The three of the file, quiet, and no others. */
static void take_places(void)
{
	dup2(RECEIVED, FILE_FD);
	dup2(RECEIVED + 1, ANSWER_FD);
	dup2(RECEIVED + 2, PRODUCT_FD);
	for (int fd = WORKER_FD; fd < MOST_FDS; fd++)
		close(fd);
}

/* A server that is killed takes its child along, even one that came to be in
 * that moment. */
static void die_with(pid_t server)
{
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != server)
		_exit(1);
}

static _Noreturn void look(const struct served *p, pid_t server)
{
	die_with(server);
	take_places();
	if (!p->reach())
		_exit(1);
	lock_child(&p->limits);
	_exit(!p->look());
}

/* The server. */

/* All numbers up to WORKER_FD are taken, so that what comes is RECEIVED. */
static bool place_descriptors(void)
{
	int quiet = fcntl(open("/dev/null", O_RDWR), F_DUPFD, RECEIVED);

	if (quiet < 0 || dup2(STDIN_FILENO, WORKER_FD) < 0)
		return false;
	for (int fd = 0; fd < WORKER_FD; fd++)
		if (dup2(quiet, fd) < 0)
			return false;
	closefrom(RECEIVED);
	return true;
}

/* False when the worker has gone. */
static bool receive(void)
{
	union {
		struct cmsghdr head;
		char room[CMSG_SPACE(FILES * sizeof(int))];
	} rights;
	char knock;
	struct iovec bytes = { .iov_base = &knock, .iov_len = 1 };
	struct msghdr m = {
		.msg_iov = &bytes, .msg_iovlen = 1,
		.msg_control = &rights, .msg_controllen = sizeof(rights),
	};
	ssize_t n;

	do
		n = recvmsg(WORKER_FD, &m, 0);
	while (n < 0 && errno == EINTR);
	return n == 1 && !(m.msg_flags & MSG_CTRUNC)
		&& m.msg_controllen >= CMSG_LEN(FILES * sizeof(int))
		&& rights.head.cmsg_type == SCM_RIGHTS
		&& rights.head.cmsg_len == CMSG_LEN(FILES * sizeof(int));
}

static int end_of(pid_t child)
{
	int status;

	while (waitpid(child, &status, 0) != child)
		if (errno != EINTR)
			return -errno;
	return status;
}

static bool tell(int what)
{
	return send(WORKER_FD, &what, sizeof(what), MSG_NOSIGNAL) == sizeof(what);
}

static void answer(const struct served *p)
{
	pid_t self = getpid(), child;
	int end;

	while (receive()) {
		child = fork();
		if (!child)
			look(p, self);
		end = -errno;
		for (int fd = RECEIVED; fd < MOST_FDS; fd++)
			close(fd);
		if (child > 0)
			end = end_of(child);
		if (!tell(end))
			return;
	}
}

int serve(const struct served *program)
{
	/* It ends with its worker, which finishes a visit when all of a service
	 * are told to go. */
	signal(SIGTERM, SIG_IGN);
	signal(SIGINT, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (!program->ready() || !place_descriptors())
		return 1;
	if (tell((int) lock_server(&program->limits)))
		answer(program);
	_exit(0);
}
