#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gd.h>

#include "base/arena.h"
#include "port/inspect.h"
#include "taken_over.h"
#include "test.h"

/* `make check` runs in the folder where the programs were built. */
#define INSPECTOR	"./inspector"
#define UNKNOWN		"application/octet-stream"

static struct inspection asked(struct arena *a, const char *program,
			       const char *text)
{
	int fd = memfd_create("test", 0);
	struct inspection i;

	CHECK(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t) strlen(text));
	CHECK_OK(inspect(a, program, fd, &i));
	close(fd);
	return i;
}

static const char *said(struct arena *a, const char *program, const char *text)
{
	return asked(a, program, text).type;
}

/* Its only child, 0 when there is none. */
static pid_t child_of(struct arena *a, pid_t pid)
{
	return (pid_t) strtol(proc(a, pid, arena_printf(a, "task/%d/children", pid)),
			      NULL, 10);
}

static pid_t server(struct arena *a)
{
	return child_of(a, getpid());
}

/* The value of a line like "Seccomp:\t2". */
static const char *status_of(struct arena *a, pid_t pid, const char *key)
{
	const char *at = strstr(proc(a, pid, "status"), arena_printf(a, "\n%s:", key));

	CHECK(at);
	at += strlen(key) + 2;
	at += strspn(at, "\t ");
	return arena_copy(a, at, strcspn(at, "\n"));
}

/* "0,1,3," */
static const char *descriptors_of(struct arena *a, pid_t pid)
{
	const char *path = arena_printf(a, "/proc/%d/fd/", pid), *list = "";
	struct stat st;

	for (int fd = 0; fd < 1000; fd++)
		if (!lstat(arena_printf(a, "%s%d", path, fd), &st))
			list = arena_printf(a, "%s%d,", list, fd);
	return list;
}

static bool limited(struct arena *a, pid_t pid, const char *limit)
{
	return strstr(proc(a, pid, "limits"), limit);
}

/* A dead one that nobody has buried is gone, too. */
static bool gone(struct arena *a, pid_t pid)
{
	for (int patience = 500; patience; patience--) {
		const char *seen = proc(a, pid, "stat"), *state = strrchr(seen, ')');

		if (!state || state[2] == 'Z' || state[2] == 'X')
			return true;
		poll(NULL, 0, 10);
	}
	return false;
}

TEST(one_inspector_looks_into_many_files)
{
	struct arena *a = arena_new("test");
	pid_t first;

	CHECK_TEXT(said(a, INSPECTOR, "hello\n"), "text/plain");
	first = server(a);
	CHECK(first);
	for (int i = 0; i < 100; i++) {
		CHECK_TEXT(said(a, INSPECTOR, i % 2 ? "hello\n" : "%PDF-1.4\n"),
			   i % 2 ? "text/plain" : "application/pdf");
		arena_reset(a);
	}
	CHECK_INT(server(a), first);
	CHECK_INT(child_of(a, first), 0);		/* no zombie */
	CHECK_TEXT(descriptors_of(a, first), "0,1,2,3,4,");
	arena_free(a);
}

TEST(what_one_file_does_is_forgotten_with_the_next)
{
	static const char *const bad[] = { "crash", "exit", "hang", "talk", "lie" };
	struct arena *a = arena_new("test");
	const char *liar = script(a,
		"read x </proc/self/fd/0\n"
		"case $x in\n"
		"crash) kill -SEGV $$ ;;\n"
		"exit) exit 1 ;;\n"
		"hang) exec /bin/sleep 60 ;;\n"
		"talk) while :; do echo text/plain 0 0 -; done ;;\n"
		"lie) echo text/html 1 1 - ;;\n"
		"esac\n"
		"echo text/plain 0 0 -");

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		inspect_deadline = i == 2 ? 300 : 10 * 1000;
		CHECK_TEXT(said(a, liar, bad[i]), UNKNOWN);
		inspect_deadline = 10 * 1000;
		CHECK_TEXT(said(a, liar, "good\n"), "text/plain");
	}
	unlink(liar);
	arena_free(a);
}

TEST(after_a_crash_there_is_an_inspector_with_other_addresses)
{
	struct arena *a = arena_new("test");
	const char *liar = script(a, "read x </proc/self/fd/0; [ $x = bad ] && kill -SEGV $$;"
				     "echo text/plain 0 0 -");
	pid_t first;

	said(a, liar, "good\n");
	first = server(a);
	said(a, liar, "good\n");
	CHECK_INT(server(a), first);
	said(a, liar, "bad\n");
	CHECK(waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD);
	CHECK(gone(a, first));
	unlink(liar);
	arena_free(a);
}

TEST(an_inspector_that_was_killed_is_started_again)
{
	struct arena *a = arena_new("test");
	const char *flag = arena_printf(a, "/tmp/aftersale-flag-%d", getpid());
	pid_t first;

	said(a, INSPECTOR, "hello\n");
	first = server(a);
	kill(first, SIGKILL);
	CHECK_TEXT(said(a, INSPECTOR, "hello\n"), "text/plain");
	CHECK(server(a) && server(a) != first);
	/* In the middle of a file: once is nobody's fault, twice is enough. */
	CHECK(!mkdir(flag, 0700));
	CHECK_TEXT(said(a, script(a, arena_printf(a,
		"/bin/rmdir %s && kill -9 $PPID; echo text/plain 0 0 -", flag)), "x"),
		"text/plain");
	CHECK_TEXT(said(a, script(a, "kill -9 $PPID; echo text/plain 0 0 -"), "x"),
		   UNKNOWN);
	unlink(script(a, ""));
	arena_free(a);
}

/* A worker of our own, which looks into a file, tells of its inspector, and
 * then ends as it was told. */
static pid_t worker(struct arena *a, int how, int tell)
{
	pid_t pid = fork(), its;

	CHECK(pid >= 0);
	if (pid)
		return pid;
	if (strcmp(said(a, INSPECTOR, "hello\n"), "text/plain") != 0)
		_exit(1);
	its = server(a);
	if (write(tell, &its, sizeof(its)) != sizeof(its))
		_exit(1);
	kill(getpid(), how);
	_exit(0);
}

TEST(an_inspector_ends_with_its_worker_however_that_ends)
{
	static const int ways[] = { 0, SIGTERM, SIGKILL };
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
		pid_t mine, its, child;
		int ends[2], status;

		said(a, INSPECTOR, "hello\n");
		mine = server(a);
		CHECK(!pipe2(ends, O_CLOEXEC));
		child = worker(a, ways[i], ends[1]);
		CHECK(read(ends[0], &its, sizeof(its)) == sizeof(its));
		CHECK(waitpid(child, &status, 0) == child);
		CHECK(its && its != mine && gone(a, its));
		/* A fork of us has its own, and ours stays. */
		CHECK_INT(server(a), mine);
		CHECK_TEXT(said(a, INSPECTOR, "hello\n"), "text/plain");
		close(ends[0]);
		close(ends[1]);
	}
	arena_free(a);
}

TEST(the_inspector_inherits_nothing_and_is_locked)
{
	struct arena *a = arena_new("test");
	int other = open("/dev/null", O_RDONLY);	/* not close-on-exec */
	sigset_t some, before;
	pid_t its;

	CHECK(inspect(a, "/nowhere/inspector", 0, &(struct inspection) { 0 }));
	sigemptyset(&some);
	sigaddset(&some, SIGUSR1);
	sigprocmask(SIG_BLOCK, &some, &before);
	said(a, INSPECTOR, "hello\n");
	sigprocmask(SIG_SETMASK, &before, NULL);
	its = server(a);
	CHECK_TEXT(descriptors_of(a, its), "0,1,2,3,4,");
	CHECK_TEXT(proc(a, its, "environ"), "");
	CHECK_TEXT(status_of(a, its, "SigBlk"), "0000000000000000");
	CHECK_TEXT(status_of(a, its, "Seccomp"), "2");
	CHECK_TEXT(status_of(a, its, "NoNewPrivs"), "1");
	CHECK(limited(a, its, "Max open files            8                    8 "));
	CHECK(limited(a, its, "Max core file size        0                    0 "));
	kill(its, SIGTERM);			/* as a service manager does */
	said(a, INSPECTOR, "hello\n");
	CHECK_INT(server(a), its);
	close(other);
	arena_free(a);
}

/* What a worker does, by hand: the answer goes where nobody reads, and so the
 * child stays until it was looked at. */
static pid_t inspector_by_hand(int *line)
{
	char *const argv[] = { (char *) "inspector", NULL };
	posix_spawn_file_actions_t actions;
	int ends[2];
	pid_t pid;

	CHECK(!socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends));
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, ends[1], 0);
	posix_spawn_file_actions_addclosefrom_np(&actions, 3);
	CHECK(!posix_spawn(&pid, INSPECTOR, &actions, NULL, argv, NULL));
	posix_spawn_file_actions_destroy(&actions);
	close(ends[1]);
	*line = ends[0];
	return pid;
}

static bool hand_over(int line, int file, int answer, int thumb)
{
	union {
		struct cmsghdr head;
		char room[CMSG_SPACE(3 * sizeof(int))];
	} rights = { .head = { CMSG_LEN(3 * sizeof(int)), SOL_SOCKET, SCM_RIGHTS } };
	struct iovec bytes = { .iov_base = (char *) "f", .iov_len = 1 };
	struct msghdr m = {
		.msg_iov = &bytes, .msg_iovlen = 1,
		.msg_control = &rights, .msg_controllen = sizeof(rights),
	};

	memcpy(CMSG_DATA(&rights.head), (int[]) { file, answer, thumb }, 3 * sizeof(int));
	return sendmsg(line, &m, MSG_NOSIGNAL) == 1;
}

static void fill(int pipe_end)
{
	CHECK(!fcntl(pipe_end, F_SETFL, O_NONBLOCK));
	while (write(pipe_end, "x", 1) == 1)
		;
	CHECK(!fcntl(pipe_end, F_SETFL, 0));
}

/* Locked up, it can only wait for the pipe. */
static pid_t child_at_work(struct arena *a, pid_t its)
{
	for (int patience = 500; patience; patience--) {
		pid_t child = child_of(a, its);

		if (child && !strcmp(status_of(a, child, "Seccomp_filters"), "2")
		    && !strncmp(status_of(a, child, "State"), "S", 1))
			return child;
		poll(NULL, 0, 10);
	}
	fail_msg("no child of the inspector is locked up");
	return 0;
}

TEST(a_child_is_locked_up_and_dies_with_the_server)
{
	struct arena *a = arena_new("test");
	int file = memfd_create("file", MFD_CLOEXEC), ends[2], line;
	pid_t its, child;

	CHECK(file >= 0 && write(file, "hello\n", 6) == 6 && !pipe2(ends, O_CLOEXEC));
	fill(ends[1]);
	its = inspector_by_hand(&line);
	CHECK(hand_over(line, file, ends[1], file));
	child = child_at_work(a, its);
	CHECK_TEXT(descriptors_of(a, child), "0,1,2,3,");
	CHECK_TEXT(status_of(a, child, "Seccomp"), "2");
	CHECK(limited(a, child, "Max open files            0                    0 "));
	CHECK(limited(a, child, "Max processes             0                    0 "));
	CHECK(limited(a, child, "Max cpu time              10                   10 "));
	CHECK(limited(a, child, "Max file size             4194304              4194304 "));
	CHECK(!kill(its, SIGKILL) && waitpid(its, NULL, 0) == its);
	CHECK(gone(a, child));
	close(line);
	close(ends[0]);
	close(ends[1]);
	close(file);
	arena_free(a);
}

/* The lines that a process wrote into the trace after its last lock. */
static const char *after_lock(struct arena *a, const char *path, pid_t pid)
{
	const char *own = arena_printf(a, "%d ", pid), *tail = NULL;
	char line[1024];
	FILE *trace = fopen(path, "r");

	CHECK(trace);
	while (fgets(line, sizeof(line), trace)) {
		if (strncmp(line, own, strlen(own)) != 0)
			continue;
		if (strstr(line, "seccomp(SECCOMP_SET_MODE_FILTER, ")
		    && !strstr(line, "NULL"))
			tail = "";
		else if (tail)
			tail = arena_printf(a, "%s%s", tail, line);
	}
	fclose(trace);
	return tail;
}

static void check_harmless(const char *lines)
{
	static const char *const harm[] = {
		"PROT_EXEC", "open", "socket(", "connect(", "exec", "kill(", "ptrace",
	};

	CHECK(lines);
	for (size_t i = 0; i < sizeof(harm) / sizeof(*harm); i++)
		if (strstr(lines, harm[i]))
			fail_msg("after the lock: %s", lines);
}

/* strace around the inspector, which we ask by hand. */
static pid_t traced(const char *path, int *line)
{
	int ends[2], quiet;
	pid_t pid;

	CHECK(!socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends));
	pid = fork();
	CHECK(pid >= 0);
	if (!pid) {
		quiet = open("/dev/null", O_RDWR);
		dup2(ends[1], 0);
		dup2(quiet, 1);
		dup2(quiet, 2);
		execlp("strace", "strace", "-f", "-o", path, INSPECTOR, NULL);
		_exit(127);
	}
	close(ends[1]);
	*line = ends[0];
	return pid;
}

/* Each line begins with its process; the first one's is the server. */
static void check_trace(struct arena *a, const char *path)
{
	char line[1024];
	pid_t its, child = 0;
	FILE *trace = fopen(path, "r");

	CHECK(trace && fgets(line, sizeof(line), trace));
	its = (pid_t) strtol(line, NULL, 10);
	while (fgets(line, sizeof(line), trace))
		if (strtol(line, NULL, 10) != its)
			child = (pid_t) strtol(line, NULL, 10);
	fclose(trace);
	check_harmless(after_lock(a, path, its));
	check_harmless(after_lock(a, path, child));
	CHECK(!strstr(after_lock(a, path, child), "clone"));
	/* The server never looks at what is in a file. */
	CHECK(!strstr(after_lock(a, path, its), "read("));
}

TEST(the_inspector_opens_nothing_once_it_is_locked_up)
{
	struct arena *a = arena_new("test");
	const char *path = arena_printf(a, "/tmp/aftersale-trace-%d", getpid());
	int file = memfd_create("picture", MFD_CLOEXEC), out, line, status;
	gdImagePtr im = gdImageCreateTrueColor(60, 40);
	void *jpeg = gdImageJpegPtr(im, &status, 90);
	pid_t tracer;

	gdImageDestroy(im);
	CHECK(file >= 0 && jpeg && write(file, jpeg, (size_t) status) == status);
	gdFree(jpeg);
	out = memfd_create("answer", MFD_CLOEXEC);
	tracer = traced(path, &line);
	if (hand_over(line, file, out, out)
	    && recv(line, &status, sizeof(status), 0) == sizeof(status))
		CHECK_INT(status, 0);
	close(line);
	close(file);
	close(out);
	CHECK(waitpid(tracer, &status, 0) == tracer);
	if (!WIFEXITED(status) || WEXITSTATUS(status)) {
		fprintf(stderr, "strace cannot run: the lock is not checked\n");
		arena_free(a);
		skip();
	}
	check_trace(a, path);
	CHECK(!unlink(path));
	arena_free(a);
}

TEST(an_inspector_that_dies_or_lies_is_not_believed)
{
	static const char *const lies[] = {
		"exit 0", "exit 1", "kill -9 $$",
		"echo text/plain 0 0 -; exit 1", "echo text/plain 0 0 -; kill -9 $$",
		"echo text/plain", "echo text/plain 0 0", "echo text/plain 0 0 - -",
		"printf 'text/plain 0 0 -'", "echo text/plain 0 0 -; echo x",
		"echo textplain 0 0 -", "echo text/ 0 0 -", "echo /plain 0 0 -",
		"echo text/pl/ain 0 0 -", "echo 'text/plain;x=y 0 0 -'",
		"printf 'text/pl\\001ain 0 0 -\\n'", "printf 'text/plain 0 0 -\\n\\000'",
		"echo ' 0 0 -'", "echo text/plain -1 0 -", "echo text/plain 0x1 0 -",
		"echo text/plain 5 5 -",
		"printf '\\377\\330\\377abcdefgh' >&3; echo image/png 0 0 image/jpeg",
		"printf '\\377\\330\\377abcdefgh' >&3; echo image/png 9999 9 image/jpeg",
		"printf '\\377\\330\\377abcdefgh' >&3; echo image/png 5 5 text/html",
		"printf '\\377\\330\\377abcdefgh' >&3; echo image/png 5 5 image/png",
		"printf '<html>abcdefgh' >&3; echo image/png 5 5 image/jpeg",
		"echo image/png 5 5 image/jpeg",
		"while :; do echo text/plain 0 0 -; done",
	};
	struct arena *a = arena_new("test");
	struct inspection i;

	for (size_t k = 0; k < sizeof(lies) / sizeof(*lies); k++) {
		i = asked(a, script(a, lies[k]), "x");
		if (strcmp(i.type, "application/octet-stream") || i.thumb_fd != -1
		    || i.width || i.height || i.thumb_type)
			fail_msg("was believed: %s", lies[k]);
	}
	i = asked(a, script(a, "printf '\\377\\330\\377abcdefgh' >&3;"
			       "echo image/png 5 6 image/jpeg"), "x");
	CHECK(i.thumb_fd >= 0 && i.width == 5 && i.height == 6);
	unlink(script(a, ""));
	arena_free(a);
}

TEST(nobody_waits_for_an_inspector_that_hangs)
{
	struct arena *a = arena_new("test");

	inspect_deadline = 300;
	CHECK_TEXT(said(a, script(a, "exec /bin/sleep 60"), "x"), UNKNOWN);
	CHECK_TEXT(said(a, script(a, "echo text/plain 0 0 -; exec >&- /bin/sleep 60"),
			"x"), UNKNOWN);
	inspect_deadline = 10 * 1000;
	CHECK(waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD);
	unlink(script(a, ""));
	arena_free(a);
}

TEST(a_child_gets_three_descriptors_and_no_environment)
{
	struct arena *a = arena_new("test");
	int other = open("/dev/null", O_RDONLY);	/* not close-on-exec */
	const char *got;

	got = said(a, script(a,
		"n=; f=0\n"
		"while [ $f -lt 10 ]; do\n"
		"  [ -e /proc/$$/fd/$f ] && n=$n.$f; f=$((f + 1))\n"
		"done\n"
		"[ \"$(/usr/bin/env -u PWD -u _ -u SHLVL -u OLDPWD)\" ] && n=environment\n"
		"echo x/y$n 0 0 -"), "x");
	CHECK_TEXT(got, "x/y.0.1.3");
	close(other);
	unlink(script(a, ""));
	arena_free(a);
}

TEST(an_inspector_that_is_not_installed_is_told)
{
	struct arena *a = arena_new("test");
	struct inspection i;

	CHECK_ERR(inspect(a, "/nowhere/inspector", 0, &i), ERR_UPSTREAM);
	CHECK_INT(i.thumb_fd, -1);
	CHECK_ERR(inspect(a, INSPECTOR, -1, &i), ERR_UPSTREAM);
	arena_free(a);
}

static size_t open_descriptors(void)
{
	DIR *d = opendir("/proc/self/fd");
	size_t n = 0;

	CHECK(d);
	while (readdir(d))
		n++;
	closedir(d);
	return n;
}

TEST(only_the_socket_stays_open_behind_an_inspection)
{
	struct arena *a = arena_new("test");
	size_t before;

	said(a, INSPECTOR, "hello");
	arena_reset(a);
	before = open_descriptors();
	said(a, INSPECTOR, "hello");
	arena_reset(a);
	CHECK_INT(open_descriptors(), before);
	CHECK(inspect(a, "/nowhere/inspector", 0, &(struct inspection) { 0 }));
	arena_reset(a);
	CHECK_INT(open_descriptors(), before - 1);
	arena_free(a);
}
