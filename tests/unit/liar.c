/*
 * liar - an inspector or a reader that was taken over, for inspector_test.c
 * and reader_test.c.
 *
 * A script that begins with #!./liar speaks the language of src/locked:
 * the shell runs it for each file, with the descriptors of a child there.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FILES = 3, APART = 20 };

static bool receive(int fds[FILES])
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

	if (recvmsg(STDIN_FILENO, &m, MSG_CMSG_CLOEXEC) != 1)
		return false;
	memcpy(fds, CMSG_DATA(&rights.head), FILES * sizeof(int));
	return true;
}

static _Noreturn void lie(const char *script, const int fds[FILES])
{
	char *const nothing[] = { NULL };

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (int i = 0; i < FILES; i++)
		fcntl(fds[i], F_DUPFD, APART + i);
	dup2(APART, 0);
	dup2(APART + 1, 1);
	dup2(APART + 2, 3);
	close(2);
	closefrom(4);
	execle("/bin/sh", "sh", script, NULL, nothing);
	_exit(127);
}

int main(int argc, char **argv)
{
	int fds[FILES], status = 0;

	/* It lacks no lock, it says. */
	if (argc != 2 || send(STDIN_FILENO, &status, sizeof(status), 0) < 0)
		return 1;
	while (receive(fds)) {
		pid_t child = fork();

		if (!child)
			lie(argv[1], fds);
		for (int i = 0; i < FILES; i++)
			close(fds[i]);
		if (waitpid(child, &status, 0) != child
		    || send(STDIN_FILENO, &status, sizeof(status), 0) < 0)
			return 1;
	}
	return 0;
}
