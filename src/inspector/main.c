/*
 * inspector - looks into files that strangers sent, locked up.
 *
 * A worker starts it with a socket as descriptor 0 and keeps it. Each message
 * on the socket is one byte with three descriptors: the file, where to write
 * one line of answer, where to write a thumbnail when the file is a picture:
 *
 *	image/png 640 480 image/jpeg
 *	application/pdf 0 0 -
 *
 * What parses hostile bytes here (libmagic, libgd and the decoders below it)
 * has had its holes and will have more. So for each file a child is forked,
 * which locks itself up (lock.h) before it looks at the first byte, answers
 * and ends; nothing of it is left for the next one. This process, which made
 * everything ready and is locked up too, never reads a byte of any file: it
 * tells the worker how the child ended, as an int like waitpid() tells it,
 * or minus errno when there was no child. Whoever takes over a child can
 * compute for ten seconds and lie in one line; include/port/inspect.h
 * believes the line accordingly.
 *
 * It ends when the worker closes the socket or dies, however it dies. After
 * a child that ended badly the worker ends it, too: children have the
 * addresses of their parent, and who guesses wrong shall not guess on.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <magic.h>

#include "lock.h"
#include "picture.h"

enum {
	SEEN_BY_MAGIC = 1 << 20,	/* bytes; the telling ones are in front */
	FILES = 3			/* descriptors that belong to a file */
};

/* The child. */

/* Old Office files keep what tells them apart anywhere; of the others the
 * beginning is enough, and time stays short. */
static const char *type_of(magic_t magic, struct file f)
{
	bool anywhere = begins(f, "\xd0\xcf\x11\xe0", 4);
	size_t n = anywhere || f.n < SEEN_BY_MAGIC ? f.n : SEEN_BY_MAGIC;
	const char *type = magic_buffer(magic, f.n ? (const void *) f.at : "", n);

	return type ? type : "application/octet-stream";
}

/* Where it is, unread. */
static bool map_file(struct file *f)
{
	struct stat st;

	if (fstat(FILE_FD, &st) != 0 || !S_ISREG(st.st_mode)
	    || st.st_size > INT32_MAX)
		return false;
	f->n = (size_t) st.st_size;
	if (!f->n)
		return true;
	f->at = mmap(NULL, f->n, PROT_READ, MAP_PRIVATE, FILE_FD, 0);
	return f->at != MAP_FAILED;
}

/* The three of the file, quiet, and no others. */
static void take_places(void)
{
	dup2(RECEIVED, FILE_FD);
	dup2(RECEIVED + 1, LINE_FD);
	dup2(RECEIVED + 2, THUMB_FD);
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

static _Noreturn void look(magic_t magic, pid_t server)
{
	struct file f = { NULL, 0 };
	int width = 0, height = 0, n;
	const char *type, *thumb;
	char line[256];

	die_with(server);
	take_places();
	if (!map_file(&f))
		_exit(1);
	lock_child();
	type = type_of(magic, f);
	thumb = picture_show(f, type, &width, &height);
	n = snprintf(line, sizeof(line), "%s %d %d %s\n", type, width, height,
		     thumb ? thumb : "-");
	_exit(n <= 0 || (size_t) n >= sizeof(line)
	      || !write_all(LINE_FD, (uint8_t *) line, (size_t) n));
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

static void serve(magic_t magic)
{
	pid_t self = getpid(), child;
	int end;

	while (receive()) {
		child = fork();
		if (!child)
			look(magic, self);
		end = -errno;
		for (int fd = RECEIVED; fd < MOST_FDS; fd++)
			close(fd);
		if (child > 0)
			end = end_of(child);
		if (send(WORKER_FD, &end, sizeof(end), MSG_NOSIGNAL) != sizeof(end))
			return;
	}
}

int main(void)
{
	magic_t magic = magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS
				   | MAGIC_NO_CHECK_ELF);

	/* It ends with its worker, which finishes a visit when all of a service
	 * are told to go. */
	signal(SIGTERM, SIG_IGN);
	signal(SIGINT, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (!magic || magic_load(magic, NULL) != 0 || !place_descriptors())
		return 1;
	picture_ready();
	lock_server();
	serve(magic);
	_exit(0);
}
