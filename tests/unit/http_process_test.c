/* How a process behind port/http is called, and how it ends. */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "fcgi.h"
#include "http_door.h"
#include "test.h"

TEST(a_process_ends_after_its_number_of_visits)
{
	struct http_conf c = door_conf();
	struct door h = door_open(&c, 3);
	int status;

	for (int i = 0; i < 3; i++)
		free(fcgi_visit(h.socket, PAIRS("REQUEST_METHOD=GET"), "", 0));
	CHECK_INT(waitpid(h.pid, &status, 0), h.pid);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	h.pid = fork();			/* somebody for door_close() to end */
	if (!h.pid)
		_exit(0);
	door_close(&h);
}

static pid_t end_of(struct door *h, int *status)
{
	pid_t pid = waitpid(h->pid, status, 0);

	h->pid = fork();
	if (!h->pid)
		_exit(0);
	return pid;
}

TEST(a_visit_that_takes_too_long_ends_the_process)
{
	struct http_conf c = door_conf();
	struct door h;
	int to, status;

	c.seconds = 1;
	for (int half = 0; half < 2; half++) {
		h = door_open(&c, 0);
		to = fcgi_connect(h.socket);
		fcgi_begin(to, false);
		if (half)		/* one that stops inside a record */
			send(to, "\1\4\0\1\1", 5, MSG_NOSIGNAL);
		else
			fcgi_params(to, PAIRS("REQUEST_METHOD=GET",
					      "PATH_INFO=/sleep"));
		CHECK(end_of(&h, &status) > 0);
		CHECK(WIFEXITED(status) && WEXITSTATUS(status) == EXIT_FAILURE);
		close(to);
		door_close(&h);
	}
}

TEST(sigterm_lets_the_visitor_finish)
{
	struct http_conf c = door_conf();
	struct door h = door_open(&c, 0);
	int to = fcgi_connect(h.socket), status;
	char *got;

	fcgi_begin(to, false);
	fcgi_params(to, PAIRS("REQUEST_METHOD=POST", "CONTENT_LENGTH=6"));
	fcgi_record(to, FCGI_STDIN, "abc", 3);
	nanosleep(&(struct timespec) { .tv_nsec = 200 * 1000 * 1000 }, NULL);
	kill(h.pid, SIGTERM);
	nanosleep(&(struct timespec) { .tv_nsec = 100 * 1000 * 1000 }, NULL);
	fcgi_record(to, FCGI_STDIN, "def", 3);
	fcgi_record(to, FCGI_STDIN, "", 0);
	got = fcgi_answer(to);
	check_has(got, "body=6");
	free(got);
	CHECK(end_of(&h, &status) > 0);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	door_close(&h);
}

TEST(a_spool_that_cannot_be_written_is_said)
{
	struct http_conf c = door_conf();
	struct door h;
	char *got;

	c.spool = "/nowhere/at/all";
	h = door_open(&c, 0);
	got = fcgi_visit(h.socket, PAIRS("REQUEST_METHOD=POST",
					 "CONTENT_LENGTH=3"), "abc", 3);
	check_has(got, "Status: 503");
	free(got);
	door_close(&h);
}

TEST(a_spool_that_is_not_there_is_made)
{
	char folder[] = "/tmp/http-test-XXXXXX", spool[64];
	struct http_conf c = door_conf();
	struct door h;
	struct stat st;
	char *got;

	CHECK(mkdtemp(folder));
	snprintf(spool, sizeof(spool), "%s/spool", folder);
	c.spool = spool;
	h = door_open(&c, 0);
	got = fcgi_visit(h.socket, PAIRS("REQUEST_METHOD=POST",
					 "CONTENT_LENGTH=3"), "abc", 3);
	check_has(got, "body=3");
	free(got);
	door_close(&h);
	CHECK(!stat(spool, &st) && (st.st_mode & 07777) == 0700);
	rmdir(spool);
	rmdir(folder);
}

/* ---- Plain CGI ---- */

enum input { PIPE, NAMED, NOTHING, CLOSED };

/* One CGI visit in a process of its own; a text to free(). */
static char *cgi_visit(enum input kind, const char *const *pairs,
		       const char *body)
{
	int in[2], out[2], status;
	char *got = calloc(1, 100000), name[] = "/tmp/cgi-XXXXXX";
	size_t len = 0;
	ssize_t n;
	pid_t pid;

	CHECK(!pipe(in) && !pipe(out));
	if (kind == NAMED) {
		close(in[0]);
		in[0] = mkstemp(name);
		unlink(name);
		CHECK(write(in[0], body, strlen(body)) == (ssize_t) strlen(body));
		lseek(in[0], 0, SEEK_SET);
	} else if (kind == PIPE) {
		CHECK(write(in[1], body, strlen(body)) == (ssize_t) strlen(body));
	} else {
		close(in[0]);
		in[0] = open("/dev/null", O_RDONLY);
	}
	close(in[1]);
	pid = fork();
	if (!pid) {
		struct http_conf c = door_conf();

		door_quiet();
		clearenv();
		for (; *pairs; pairs++)
			putenv((char *) *pairs);
		dup2(in[0], 0);
		dup2(out[1], 1);
		for (int fd = 3; fd < 64; fd++)
			close(fd);
		if (kind == CLOSED)
			close(0);
		_exit(http_run(&c, 0, door_tell, NULL));
	}
	close(in[0]);
	close(out[1]);
	while ((n = read(out[0], got + len, 99999 - len)) > 0)
		len += (size_t) n;
	close(out[0]);
	CHECK(waitpid(pid, &status, 0) == pid && WIFEXITED(status));
	return got;
}

TEST(plain_cgi_works_with_every_kind_of_input)
{
	for (enum input kind = PIPE; kind <= CLOSED; kind++) {
		bool body = kind == PIPE || kind == NAMED;
		char *got = cgi_visit(kind, PAIRS(
			body ? "REQUEST_METHOD=POST" : "REQUEST_METHOD=GET",
			body ? "CONTENT_LENGTH=3" : "CONTENT_LENGTH=",
			"SCRIPT_NAME=/cgi-bin/panel", "PATH_INFO=/x",
			"HTTP_COOKIE=id=abc"), "abcdef");

		check_has(got, "Status: 200 OK\r\n");
		check_has(got, "/cgi-bin/panel /x?] cookie=abc");
		check_has(got, body ? "body=3 sum=96354" : "body=0");
		free(got);
	}
}

TEST(plain_cgi_refuses_what_fastcgi_refuses)
{
	static const struct {
		enum input kind;
		const char *length, *want;
	} cases[] = {
		{ PIPE, "CONTENT_LENGTH=7", "400" },
		{ NOTHING, "CONTENT_LENGTH=7", "400" },
		{ CLOSED, "CONTENT_LENGTH=7", "400" },
		{ PIPE, "CONTENT_LENGTH=-7", "400" },
		{ PIPE, "CONTENT_LENGTH=1048577", "413" },
		{ PIPE, "CONTENT_LENGTH=4294967297", "413" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char *got = cgi_visit(cases[i].kind, PAIRS(
			"REQUEST_METHOD=POST", cases[i].length), "abcdef");

		CHECK(!strncmp(got, "Status: ", 8));
		CHECK(!strncmp(got + 8, cases[i].want, 3));
		free(got);
	}
}

TEST(without_a_visit_the_program_says_so)
{
	char *got = cgi_visit(NOTHING, PAIRS("PATH_INFO=/x"), "");

	CHECK_TEXT(got, "");
	free(got);
}

/* ---- The socket ---- */

TEST(a_socket_is_for_owner_and_group_and_has_a_short_path)
{
	struct http_conf c = door_conf();
	struct door h = door_open(&c, 0);
	char path[200];
	struct stat st;

	CHECK(!stat(h.socket, &st));
	CHECK_INT(st.st_mode & 0777, 0660);
	CHECK_ERR(http_listen(h.arena, h.socket), ERR_CONFLICT);
	memset(path, 'a', sizeof(path));
	path[108] = '\0';
	CHECK_ERR(http_listen(h.arena, path), ERR_BAD_REQUEST);
	CHECK_ERR(http_listen(h.arena, ""), ERR_BAD_REQUEST);
	CHECK_ERR(http_listen(h.arena, "/etc/passwd"), ERR_CONFLICT);
	door_close(&h);
}

TEST(a_stale_socket_is_replaced)
{
	struct http_conf c = door_conf();
	struct door h = door_open(&c, 0), next;
	struct arena *a = arena_new("test");
	int before = dup(STDIN_FILENO);

	arena_reset(h.arena);		/* our own copy of the descriptor */
	kill(h.pid, SIGKILL);
	waitpid(h.pid, NULL, 0);
	CHECK_OK(http_listen(a, h.socket));
	dup2(before, STDIN_FILENO);
	close(before);
	arena_free(a);
	next = h;
	next.pid = fork();
	if (!next.pid)
		_exit(0);
	door_close(&next);
}
