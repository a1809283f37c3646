#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/locked.h"
#include "base/log.h"

bool locked_heard(int fd, int64_t until)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	int64_t left;

	/* A signal, or the time is over. */
	while ((left = until - clock_ticks()) > 0)
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
static int spawn(const struct locked *l, const char *program, int line, pid_t *pid)
{
	char *const argv[] = { (char *) l->name, NULL };
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

static int start(struct locked *l, const char *program)
{
	int ends[2], rc;
	pid_t pid;

	if (strlen(program) >= sizeof(l->program))
		return ENAMETOOLONG;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
		return errno;
	rc = spawn(l, program, ends[1], &pid);
	close(ends[1]);
	if (rc) {
		close(ends[0]);
		return rc;
	}
	memcpy(l->program, program, strlen(program) + 1);
	l->owner = getpid();
	l->pid = pid;
	l->line = ends[0];
	l->said = false;
	l->missing = 0;
	return 0;
}

/* Ending: it takes its child along. */
static void end(struct locked *l)
{
	close(l->line);
	kill(l->pid, SIGKILL);
	while (waitpid(l->pid, NULL, 0) < 0 && errno == EINTR)
		;
	l->pid = 0;
}

/* Somebody's we were forked from: our end of the line is closed, no more. */
static void forget(struct locked *l)
{
	close(l->line);
	l->pid = 0;
}

static int have(struct locked *l, const char *program)
{
	if (l->pid && l->owner != getpid())
		forget(l);
	if (l->pid && strcmp(l->program, program) != 0)
		end(l);
	return l->pid ? 0 : start(l, program);
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

int locked_give(struct locked *l, const char *program, int file, int answer,
		int product)
{
	int rc = have(l, program);

	if (rc)
		return rc;
	if (send_three(l->line, (int[]) { file, answer, product }) == 1
	    || errno == EPIPE || errno == ECONNRESET)
		return 0;
	return errno;
}

/* The next message on its socket, in time: 0, or why there is none. */
static int told(struct locked *l, int64_t until, int *message)
{
	ssize_t n;

	do {
		if (!locked_heard(l->line, until))
			return LOCKED_LATE;
		n = recv(l->line, message, sizeof(*message), 0);
	} while (n < 0 && errno == EINTR);
	return n == sizeof(*message) ? 0 : LOCKED_GONE;
}

const char *locked_missing(const struct locked *l)
{
	static const char *const words[] = {
		NULL, "seccomp", "Landlock", "seccomp and Landlock",
	};

	return words[l->missing];
}

/* Its first message says which locks this kernel lacks: one line of the log. */
static int take_locks(struct locked *l, int64_t until)
{
	int missing, failure = told(l, until, &missing);

	if (failure)
		return failure;
	l->said = true;
	l->missing = (unsigned) missing & (LOCKED_SECCOMP | LOCKED_LANDLOCK);
	if (l->missing)
		log_line("%s: this kernel has no %s; the other locks hold",
			 l->name, locked_missing(l));
	return 0;
}

int locked_ended(struct locked *l, int64_t until)
{
	int status, failure = l->said ? 0 : take_locks(l, until);

	if (!failure)
		failure = told(l, until, &status);
	if (failure)
		status = failure;
	if (status > 0)
		end(l);
	return status;
}
