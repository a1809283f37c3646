#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "inspect_server.h"

enum { LONGEST_PROGRAM = 4096 };

static struct {
	char program[LONGEST_PROGRAM];
	pid_t owner;			/* the process that started it */
	pid_t pid;			/* 0: there is none */
	int line;			/* our end of the socket */
} server;

int64_t inspect_server_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t) now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

bool inspect_server_heard(int fd, int64_t until)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	int64_t left;

	/* A signal, or the time is over. */
	while ((left = until - inspect_server_now()) > 0)
		if (poll(&p, 1, (int) left) > 0)
			return true;
	return false;
}

/* Starting. */

static int set_up(posix_spawnattr_t *attr, posix_spawn_file_actions_t *actions,
		  int line)
{
	sigset_t none, all;
	int rc;

	sigemptyset(&none);
	sigfillset(&all);
	posix_spawnattr_setsigmask(attr, &none);
	posix_spawnattr_setsigdefault(attr, &all);
	posix_spawnattr_setflags(attr, POSIX_SPAWN_SETSIGMASK
				 | POSIX_SPAWN_SETSIGDEF);
	rc = posix_spawn_file_actions_adddup2(actions, line, STDIN_FILENO);
	return rc ? rc : posix_spawn_file_actions_addclosefrom_np(actions,
								  STDOUT_FILENO);
}

/* The socket goes with it and nothing else: no descriptor, nothing of our
 * environment, no signal of ours ignored or blocked. */
static int spawn(const char *program, int line, pid_t *pid)
{
	char *const argv[] = { (char *) "inspector", NULL };
	char *const nothing[] = { NULL };
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	int rc = posix_spawn_file_actions_init(&actions);

	if (rc)
		return rc;
	rc = posix_spawnattr_init(&attr);
	if (!rc) {
		rc = set_up(&attr, &actions, line);
		if (!rc)
			rc = posix_spawn(pid, program, &actions, &attr, argv,
					 nothing);
		posix_spawnattr_destroy(&attr);
	}
	posix_spawn_file_actions_destroy(&actions);
	return rc;
}

static int start(const char *program)
{
	int ends[2], rc;
	pid_t pid;

	if (strlen(program) >= sizeof(server.program))
		return ENAMETOOLONG;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
		return errno;
	rc = spawn(program, ends[1], &pid);
	close(ends[1]);
	if (rc) {
		close(ends[0]);
		return rc;
	}
	memcpy(server.program, program, strlen(program) + 1);
	server.owner = getpid();
	server.pid = pid;
	server.line = ends[0];
	return 0;
}

/* Ending: it takes its child along. */
static void end(void)
{
	close(server.line);
	kill(server.pid, SIGKILL);
	while (waitpid(server.pid, NULL, 0) < 0 && errno == EINTR)
		;
	server.pid = 0;
}

/* Somebody's we were forked from: our end of the line is closed, no more. */
static void forget(void)
{
	close(server.line);
	server.pid = 0;
}

static int have(const char *program)
{
	if (server.pid && server.owner != getpid())
		forget();
	if (server.pid && strcmp(server.program, program) != 0)
		end();
	return server.pid ? 0 : start(program);
}

/* Asking. */

static ssize_t send_three(int line, const int fds[3])
{
	union {
		struct cmsghdr head;
		char room[CMSG_SPACE(3 * sizeof(int))];
	} rights = { .head = {
		.cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS,
		.cmsg_len = CMSG_LEN(3 * sizeof(int)),
	} };
	char knock = 'f';
	struct iovec bytes = { .iov_base = &knock, .iov_len = 1 };
	const struct msghdr m = {
		.msg_iov = &bytes, .msg_iovlen = 1,
		.msg_control = &rights, .msg_controllen = sizeof(rights),
	};

	memcpy(CMSG_DATA(&rights.head), fds, 3 * sizeof(int));
	return sendmsg(line, &m, MSG_NOSIGNAL);
}

int inspect_server_give(const char *program, int file, int line, int thumb)
{
	int rc = have(program);

	if (rc)
		return rc;
	if (send_three(server.line, (int[]) { file, line, thumb }) == 1
	    || errno == EPIPE || errno == ECONNRESET)
		return 0;
	return errno;
}

/* The next message on its socket, in time. */
static int told(int64_t until)
{
	ssize_t n;
	int status;

	do {
		if (!inspect_server_heard(server.line, until))
			return INSPECT_SERVER_LATE;
		n = recv(server.line, &status, sizeof(status), 0);
	} while (n < 0 && errno == EINTR);
	return n == sizeof(status) ? status : INSPECT_SERVER_GONE;
}

int inspect_server_ended(int64_t until)
{
	int status = told(until);

	if (status > 0)
		end();
	return status;
}
