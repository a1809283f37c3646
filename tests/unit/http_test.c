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
#include "port/http.h"
#include "test.h"

enum { LIMIT = 1 << 20 };

#define PAIRS(...)	((const char *const []) { __VA_ARGS__, NULL })

static const char *const proxies[] = { "10.0.0.0/8", "::1", NULL };

static struct http_conf conf(void)
{
	return (struct http_conf) {
		.body_limit = LIMIT, .spool = "/tmp", .seconds = 20,
		.trusted_proxies = proxies,
	};
}

/* ---- The program under test: it tells what it was asked ---- */

static unsigned int sum_of(int fd, int64_t *bytes)
{
	unsigned char piece[4096];
	unsigned int sum = 0;
	ssize_t n;

	*bytes = 0;
	while (fd >= 0 && (n = read(fd, piece, sizeof(piece))) > 0) {
		*bytes += n;
		for (ssize_t i = 0; i < n; i++)
			sum = sum * 31 + piece[i];
	}
	return sum;
}

static void send_file(struct http_answer *an)
{
	char name[] = "/tmp/http-test-XXXXXX";

	an->file = mkstemp(name);
	an->file_size = 300 * 1000;
	unlink(name);
	for (int i = 0; i < 300; i++) {
		char line[1001];

		snprintf(line, sizeof(line), "%0999d\n", i);
		if (write(an->file, line, 1000) != 1000)
			abort();
	}
	lseek(an->file, 0, SEEK_SET);
}

static void tell(void *what, struct arena *a, const struct http_visit *v,
		 struct http_answer *an)
{
	const char *cookie = http_cookie(a, v, "id");
	unsigned int sum;
	int64_t bytes;

	(void) what;
	if (!strcmp(v->path, "/sleep"))
		sleep(30);
	if (!strcmp(v->path, "/pid"))
		str_addf(&an->body, "pid=%d\n", (int) getpid());
	if (!strcmp(v->path, "/file"))
		send_file(an);
	if (!strcmp(v->path, "/gone"))
		an->status = 304;
	if (!strcmp(v->path, "/long"))
		str_addf(&an->body, "%0*d", (int) strtol(v->query, NULL, 10), 0);
	if (!strcmp(v->path, "/endless"))
		for (int i = 0; i < 300; i++)
			str_addf(&an->body, "%0100000d", i);
	if (http_header(an, "X-Query", v->query))
		an->status = 500;
	sum = sum_of(v->body, &bytes);
	str_addf(&an->body, "[%s %s %s?%s] cookie=%s remote=%s https=%d "
		 "body=%lld sum=%u agent=%s\n", v->method, v->script, v->path,
		 v->query, cookie ? cookie : "none", v->remote, v->https,
		 (long long) bytes, sum, v->agent);
}

struct house {
	char folder[32], socket[64];
	pid_t pid;
	struct arena *arena;
};

static void leave_house(struct house *h)
{
	int status;

	kill(h->pid, SIGTERM);
	waitpid(h->pid, &status, 0);
	unlink(h->socket);
	rmdir(h->folder);
	arena_free(h->arena);
}

static void quiet(void)
{
	int nowhere = open("/dev/null", O_WRONLY);

	dup2(nowhere, STDERR_FILENO);
	close(nowhere);
}

/* The socket listens before the child is made, so nobody has to wait. */
static struct house open_house(const struct http_conf *c, long requests)
{
	struct house h = { "/tmp/http-XXXXXX", .arena = arena_new("test") };
	int before = dup(STDIN_FILENO);

	CHECK(mkdtemp(h.folder));
	snprintf(h.socket, sizeof(h.socket), "%s/socket", h.folder);
	CHECK_OK(http_listen(h.arena, h.socket));
	h.pid = fork();
	if (!h.pid) {
		quiet();
		_exit(http_run(c, requests, tell, NULL));
	}
	dup2(before, STDIN_FILENO);
	close(before);
	return h;
}

static void check_has(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("\"%s\" is not in:\n%s", part, text);
}

/* ---- FastCGI ---- */

TEST(a_fastcgi_visit_is_told_as_it_came)
{
	struct http_conf c = conf();
	struct house h = open_house(&c, 0);
	char *got = fcgi_visit(h.socket, PAIRS(
		"REQUEST_METHOD=GET", "SCRIPT_NAME=/help/panel",
		"PATH_INFO=/tickets/\xc3\xa4", "QUERY_STRING=a=b&c=%C3%A4",
		"HTTP_COOKIE=x=1; id=first; id=second",
		"HTTP_USER_AGENT=bad \xff agent",
		"REMOTE_ADDR=192.0.2.7", "HTTPS=on"), "", 0);

	check_has(got, "Status: 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n");
	check_has(got, "X-Query: a=b&c=%C3%A4\r\n");
	check_has(got, "\r\n\r\n[GET /help/panel /tickets/\xc3\xa4?a=b&c=%C3%A4] "
		  "cookie=first remote=192.0.2.7 https=1 body=0 sum=0 "
		  "agent=bad \xef\xbf\xbd agent\n");
	free(got);
	leave_house(&h);
}

TEST(a_body_arrives_byte_for_byte)
{
	static const size_t sizes[] = { 1, 8191, 65536, 65537, LIMIT };
	struct http_conf c = conf();
	struct house h = open_house(&c, 0);

	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		char *body = malloc(sizes[i]), length[48], want[64], *got;
		unsigned int sum = 0;

		for (size_t j = 0; j < sizes[i]; j++) {
			body[j] = (char) (j * 7 + i);
			sum = sum * 31 + (unsigned char) body[j];
		}
		snprintf(length, sizeof(length), "CONTENT_LENGTH=%zu", sizes[i]);
		snprintf(want, sizeof(want), "body=%zu sum=%u", sizes[i], sum);
		got = fcgi_visit(h.socket, PAIRS("REQUEST_METHOD=POST", length),
				 body, sizes[i]);
		check_has(got, "[POST  /?]");
		check_has(got, want);
		free(got);
		free(body);
	}
	leave_house(&h);
}

TEST(what_no_page_may_see_is_refused_at_the_door)
{
	static char much[LIMIT + 1];
	static char path[5000] = "PATH_INFO=/";
	static const struct {
		const char *one, *two;
		size_t sent;
		const char *want;
	} cases[] = {
		{ "SCRIPT_NAME=/x", "PATH_INFO=/", 0, "400" },
		{ "REQUEST_METHOD=PUT", "PATH_INFO=/", 0, "405" },
		{ "REQUEST_METHOD=get", "PATH_INFO=/", 0, "405" },
		{ "REQUEST_METHOD=GET", "PATH_INFO=/\xff", 0, "400" },
		{ "REQUEST_METHOD=GET", "PATH_INFO=/\xed\xa0\x80", 0, "400" },
		{ "REQUEST_METHOD=GET", "PATH_INFO=tickets", 0, "400" },
		{ "REQUEST_METHOD=GET", "QUERY_STRING=a=%FF", 0, "400" },
		{ "REQUEST_METHOD=GET", "QUERY_STRING=a=%00", 0, "400" },
		{ "REQUEST_METHOD=GET", path, 0, "414" },
		{ "REQUEST_METHOD=POST", "CONTENT_LENGTH=-1", 0, "400" },
		{ "REQUEST_METHOD=POST", "CONTENT_LENGTH=1e3", 0, "400" },
		{ "REQUEST_METHOD=POST", "CONTENT_LENGTH=+5", 5, "400" },
		{ "REQUEST_METHOD=POST", "CONTENT_LENGTH=9999999999999999999", 0, "400" },
		{ "REQUEST_METHOD=POST", "CONTENT_LENGTH=99999999999", 10, "413" },
		{ "REQUEST_METHOD=POST", "CONTENT_LENGTH=1048577", LIMIT + 1, "413" },
		{ "REQUEST_METHOD=POST", "CONTENT_LENGTH=10", 9, "400" },
		{ "REQUEST_METHOD=POST", "CONTENT_LENGTH=10", 11, "400" },
		{ "REQUEST_METHOD=POST", "CONTENT_LENGTH=10", LIMIT, "400" },
		{ "REQUEST_METHOD=POST", "CONTENT_TYPE=text/plain", 5, "411" },
		{ "REQUEST_METHOD=POST", "HTTP_TRANSFER_ENCODING=chunked", 0, "411" },
	};
	struct http_conf c = conf();
	struct house h = open_house(&c, 0);

	memset(path + strlen(path), 'a', sizeof(path) - strlen(path) - 1);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char *got = fcgi_visit(h.socket, PAIRS(cases[i].one,
						       cases[i].two),
				       much, cases[i].sent);

		if (strncmp(got, "Status: ", 8) ||
		    strncmp(got + 8, cases[i].want, 3))
			fail_msg("%s, %.40s with %zu bytes: want %s, got %.40s",
				 cases[i].one, cases[i].two, cases[i].sent,
				 cases[i].want, got);
		check_has(got, "<h1>");
		free(got);
	}
	leave_house(&h);
}

TEST(a_body_before_the_parameters_is_no_visit)
{
	struct http_conf c = conf();
	struct house h = open_house(&c, 0);
	int to = fcgi_connect(h.socket);
	char *got;

	fcgi_begin(to, false);
	fcgi_record(to, FCGI_STDIN, "a=b", 3);
	fcgi_params(to, PAIRS("REQUEST_METHOD=POST", "CONTENT_LENGTH=3"));
	fcgi_record(to, FCGI_STDIN, "", 0);
	got = fcgi_answer(to);
	CHECK(!strstr(got, "200 OK"));
	free(got);
	leave_house(&h);
}

TEST(an_aborted_body_never_reaches_a_page)
{
	struct http_conf c = conf();
	struct house h = open_house(&c, 0);

	for (int cut = 0; cut < 2; cut++) {
		int to = fcgi_connect(h.socket);
		char *got;

		fcgi_begin(to, false);
		fcgi_params(to, PAIRS("REQUEST_METHOD=POST",
				      "CONTENT_LENGTH=6"));
		fcgi_record(to, FCGI_STDIN, "abc", 3);
		if (cut)
			shutdown(to, SHUT_WR);
		else
			fcgi_record(to, FCGI_ABORT, "", 0);
		got = fcgi_answer(to);
		CHECK(!strstr(got, "200 OK"));
		free(got);
	}
	leave_house(&h);
}

TEST(the_next_visitor_is_served_after_every_kind_of_bad_one)
{
	static const char junk[] = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
	struct http_conf c = conf();
	struct house h = open_house(&c, 0);
	int to = fcgi_connect(h.socket);
	char *got;

	send(to, junk, sizeof(junk), MSG_NOSIGNAL);
	free(fcgi_answer(to));
	close(fcgi_connect(h.socket));
	to = fcgi_connect(h.socket);
	fcgi_begin(to, false);
	close(to);
	got = fcgi_visit(h.socket, PAIRS("REQUEST_METHOD=GET"), "", 0);
	check_has(got, "Status: 200");
	free(got);
	leave_house(&h);
}

TEST(a_connection_is_not_kept_even_when_asked)
{
	struct http_conf c = conf();
	struct house h = open_house(&c, 0);
	int to = fcgi_connect(h.socket);
	char *got;

	fcgi_begin(to, true);
	fcgi_params(to, PAIRS("REQUEST_METHOD=GET"));
	fcgi_record(to, FCGI_STDIN, "", 0);
	got = fcgi_answer(to);		/* returns: the program hung up */
	check_has(got, "Status: 200");
	free(got);
	got = fcgi_visit(h.socket, PAIRS("REQUEST_METHOD=GET"), "", 0);
	check_has(got, "Status: 200");
	free(got);
	leave_house(&h);
}

TEST(a_head_request_and_an_unchanged_page_have_no_body)
{
	struct http_conf c = conf();
	struct house h = open_house(&c, 0);
	char *got = fcgi_visit(h.socket, PAIRS("REQUEST_METHOD=HEAD"), "", 0);

	check_has(got, "Status: 200");
	CHECK(!strstr(got, "Content-Length: 0"));
	CHECK_TEXT(strstr(got, "\r\n\r\n"), "\r\n\r\n");
	free(got);
	got = fcgi_visit(h.socket, PAIRS("REQUEST_METHOD=GET",
					 "PATH_INFO=/gone"), "", 0);
	check_has(got, "Status: 304");
	CHECK_TEXT(strstr(got, "\r\n\r\n"), "\r\n\r\n");
	free(got);
	leave_house(&h);
}

TEST(a_file_is_streamed_whole)
{
	struct http_conf c = conf();
	struct house h = open_house(&c, 0);
	char *got = fcgi_visit(h.socket, PAIRS("REQUEST_METHOD=GET",
					       "PATH_INFO=/file"), "", 0);

	check_has(got, "Content-Length: 300000\r\n");
	CHECK_INT(strlen(strstr(got, "\r\n\r\n") + 4), 300000);
	check_has(got, "0000299\n");
	free(got);
	leave_house(&h);
}

/* A record of FastCGI holds 65,535 bytes, ours 65,528: head and page together. */
TEST(a_page_of_every_length_arrives_whole)
{
	static const int lengths[] = { 1, 65000, 130600, 1000000 };
	struct http_conf c = conf();
	struct house h = open_house(&c, 0);

	for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths); i++)
		for (int n = lengths[i]; n < lengths[i] + 600; n += lengths[i] > 1 ? 7 : 99) {
			const char *query = arena_printf(h.arena, "QUERY_STRING=%d", n);
			char *got = fcgi_visit(h.socket, PAIRS("REQUEST_METHOD=GET",
						"PATH_INFO=/long", query), "", 0);
			char *page = strstr(got, "\r\n\r\n") + 4;

			CHECK_INT(strspn(page, "0"), n);
			CHECK_INT(strtol(strstr(got, "Content-Length: ") + 16, NULL, 10),
				  strlen(page));
			free(got);
		}
	leave_house(&h);
}

TEST(a_page_that_does_not_fit_is_our_fault)
{
	struct http_conf c = conf();
	struct house h = open_house(&c, 0);
	char *got = fcgi_visit(h.socket, PAIRS("REQUEST_METHOD=GET",
					       "PATH_INFO=/endless"), "", 0);

	check_has(got, "Status: 500");
	free(got);
	leave_house(&h);
}

TEST(only_trusted_proxies_speak_for_others)
{
	static const struct {
		const char *remote, *list, *proto, *want;
	} cases[] = {
		{ "192.0.2.1", "203.0.113.5", "https", "remote=192.0.2.1 https=0" },
		{ "10.1.2.3", "203.0.113.5", "https", "remote=203.0.113.5 https=1" },
		{ "::1", "203.0.113.5", "http", "remote=203.0.113.5 https=0" },
		{ "10.1.2.3", "6.6.6.6, 203.0.113.5", "", "remote=203.0.113.5 https=0" },
		{ "10.1.2.3", "203.0.113.5, 10.9.9.9", "", "remote=203.0.113.5" },
		{ "10.1.2.3", "10.9.9.9", "", "remote=10.9.9.9" },
		{ "10.1.2.3", "<script>", "", "remote=10.1.2.3" },
		{ "10.1.2.3", "2001:db8::5 ", "", "remote=2001:db8::5" },
		{ "10.1.2.3", ",,,", "", "remote=10.1.2.3" },
		{ "10.1.2.3", "", "", "remote=10.1.2.3" },
		{ "11.0.0.1", "203.0.113.5", "https", "remote=11.0.0.1 https=0" },
		{ "unix:", "203.0.113.5", "https", "remote= https=0" },
	};
	struct http_conf c = conf();
	struct house h = open_house(&c, 0);

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char *remote = arena_printf(h.arena, "REMOTE_ADDR=%s",
					    cases[i].remote);
		char *list = arena_printf(h.arena, "HTTP_X_FORWARDED_FOR=%s",
					  cases[i].list);
		char *proto = arena_printf(h.arena, "HTTP_X_FORWARDED_PROTO=%s",
					   cases[i].proto);
		char *got = fcgi_visit(h.socket, PAIRS("REQUEST_METHOD=GET",
					remote, list, proto), "", 0);

		check_has(got, cases[i].want);
		free(got);
	}
	leave_house(&h);
}

TEST(a_process_ends_after_its_number_of_visits)
{
	struct http_conf c = conf();
	struct house h = open_house(&c, 3);
	int status;

	for (int i = 0; i < 3; i++)
		free(fcgi_visit(h.socket, PAIRS("REQUEST_METHOD=GET"), "", 0));
	CHECK_INT(waitpid(h.pid, &status, 0), h.pid);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	h.pid = fork();			/* somebody for leave_house() to end */
	if (!h.pid)
		_exit(0);
	leave_house(&h);
}

static pid_t end_of(struct house *h, int *status)
{
	pid_t pid = waitpid(h->pid, status, 0);

	h->pid = fork();
	if (!h->pid)
		_exit(0);
	return pid;
}

TEST(a_visit_that_takes_too_long_ends_the_process)
{
	struct http_conf c = conf();
	struct house h;
	int to, status;

	c.seconds = 1;
	for (int half = 0; half < 2; half++) {
		h = open_house(&c, 0);
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
		leave_house(&h);
	}
}

TEST(sigterm_lets_the_visitor_finish)
{
	struct http_conf c = conf();
	struct house h = open_house(&c, 0);
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
	leave_house(&h);
}

TEST(a_spool_that_cannot_be_written_is_said)
{
	struct http_conf c = conf();
	struct house h;
	char *got;

	c.spool = "/nowhere/at/all";
	h = open_house(&c, 0);
	got = fcgi_visit(h.socket, PAIRS("REQUEST_METHOD=POST",
					 "CONTENT_LENGTH=3"), "abc", 3);
	check_has(got, "Status: 503");
	free(got);
	leave_house(&h);
}

TEST(a_spool_that_is_not_there_is_made)
{
	char folder[] = "/tmp/http-test-XXXXXX", spool[64];
	struct http_conf c = conf();
	struct house h;
	struct stat st;
	char *got;

	CHECK(mkdtemp(folder));
	snprintf(spool, sizeof(spool), "%s/spool", folder);
	c.spool = spool;
	h = open_house(&c, 0);
	got = fcgi_visit(h.socket, PAIRS("REQUEST_METHOD=POST",
					 "CONTENT_LENGTH=3"), "abc", 3);
	check_has(got, "body=3");
	free(got);
	leave_house(&h);
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
		struct http_conf c = conf();

		quiet();
		clearenv();
		for (; *pairs; pairs++)
			putenv((char *) *pairs);
		dup2(in[0], 0);
		dup2(out[1], 1);
		for (int fd = 3; fd < 64; fd++)
			close(fd);
		if (kind == CLOSED)
			close(0);
		_exit(http_run(&c, 0, tell, NULL));
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

/* ---- Headers and cookies ---- */

TEST(a_header_is_one_line_and_not_one_of_ours)
{
	static const struct { const char *name, *value; bool good; } cases[] = {
		{ "Location", "https://shop.example/x", true },
		{ "ETag", "\"a\"", true },
		{ "Location", "/x\r\nSet-Cookie: a=b", false },
		{ "Location", "/x\nSet-Cookie: a=b", false },
		{ "Location", "/x\rSet-Cookie: a=b", false },
		{ "Location", "/x\x7f", false },
		{ "X\r\nY", "a", false },
		{ "X:", "a", false },
		{ "", "a", false },
		{ "Status", "200", false },
		{ "content-type", "text/plain", false },
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct http_answer an;

		http_answer_init(&an, a);
		if (cases[i].good)
			CHECK_OK(http_header(&an, cases[i].name, cases[i].value));
		else
			CHECK_ERR(http_header(&an, cases[i].name,
					      cases[i].value), ERR_BUG);
		CHECK_INT(an.headers.len > 0, cases[i].good);
	}
	arena_free(a);
}

TEST(a_cookie_is_found_by_its_whole_name_or_not_at_all)
{
	static const struct { const char *header, *want; } cases[] = {
		{ "", NULL }, { "id", NULL }, { "id=", "" }, { "id=a", "a" },
		{ "x=1; id=a", "a" }, { "x=1;id=a", "a" }, { ";;id=a;", "a" },
		{ "xid=1; id=a", "a" }, { "id2=1; id=a", "a" },
		{ "ID=1", NULL }, { "x=id=a", NULL },
		{ "id=a; id=b", "a" }, { "id=\"a\"; id=b", NULL },
		{ "id=a b", NULL }, { "id=\xc3\xa4", NULL }, { "id=a,b", NULL },
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct http_visit v = { .cookie = cases[i].header };
		const char *got = http_cookie(a, &v, "id");

		if (!got != !cases[i].want || (got && strcmp(got, cases[i].want)))
			fail_msg("%s: %s", cases[i].header, got ? got : "none");
	}
	arena_free(a);
}

/* ---- The socket ---- */

TEST(a_socket_is_for_owner_and_group_and_has_a_short_path)
{
	struct http_conf c = conf();
	struct house h = open_house(&c, 0);
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
	leave_house(&h);
}

TEST(a_stale_socket_is_replaced)
{
	struct http_conf c = conf();
	struct house h = open_house(&c, 0), next;
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
	leave_house(&next);
}
