#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <fcgiapp.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/log.h"
#include "base/percent.h"
#include "base/utf8.h"
#include "port/http.h"
#include "http_record.h"

enum {
	PIECE = 64 * 1024,		/* read and written at a time */
	LONGEST_HEADER = 8 * 1024,
	LONGEST_PATH = 4 * 1024,
	LONGEST_QUERY = 8 * 1024,
	LONGEST_COOKIE = 4 * 1024,
	HEADERS_CEILING = 16 * 1024,
	PAGE_CEILING = 16 << 20,
	DRAIN_MOST = 256 << 20,		/* of a body nobody wants */
	MEMORY_MOST = 512 << 20,
	BACKLOG = 1024,
	PATIENCE = 60,			/* seconds for one visit */
};

/* The line to the web server, and what is known about the visit on it. */
struct line {
	FCGX_Request *fcgi;		/* NULL: plain CGI */
	int64_t left;			/* plain CGI: of the announced body */
	const char *why;		/* for the log, when it is refused */
};

/* What http_run() was called with. */
struct door {
	const struct http_conf *conf;
	http_serve_fn *serve;
	void *what;
	struct arena *arena;
};

/* ---- Statuses ---- */

static const struct {
	int status;
	const char *reason;
} reasons[] = {
	{ 200, "OK" },
	{ 303, "See Other" },
	{ 304, "Not Modified" },
	{ 400, "Bad Request" },
	{ 403, "Forbidden" },
	{ 404, "Not Found" },
	{ 405, "Method Not Allowed" },
	{ 409, "Conflict" },
	{ 411, "Length Required" },
	{ 413, "Content Too Large" },
	{ 414, "URI Too Long" },
	{ 429, "Too Many Requests" },
	{ 500, "Internal Server Error" },
	{ 503, "Service Unavailable" },
	{ 507, "Insufficient Storage" },
};

static const char *reason_of(int status)
{
	for (size_t i = 0; i < sizeof(reasons) / sizeof(*reasons); i++)
		if (reasons[i].status == status)
			return reasons[i].reason;
	return "Answer";
}

/* ---- The line: FastCGI and plain CGI look the same from here on ---- */

static const char *param(const struct line *l, const char *name)
{
	const char *value = l->fcgi ? FCGX_GetParam(name, l->fcgi->envp)
				    : getenv(name);

	return value ? value : "";
}

/* Bytes of the body; 0 at its end, whether or not that came too early. */
static size_t take(struct line *l, char *at, size_t n)
{
	ssize_t got;

	if (l->fcgi)
		return (size_t) FCGX_GetStr(at, (int) n, l->fcgi->in);
	if (n > (uint64_t) l->left)
		n = (size_t) l->left;
	got = n ? file_read(STDIN_FILENO, at, n) : 0;
	if (got <= 0)
		return 0;
	l->left -= got;
	return (size_t) got;
}

/* False when the web server hung up. */
static bool give(struct line *l, const char *at, size_t n, bool last)
{
	if (!l->fcgi)
		return file_write(STDOUT_FILENO, at, n);
	return record_give(l->fcgi->ipcFd, l->fcgi->requestId, at, n, last);
}

/*
 * Read what is left of the body, since some web servers do not look at the
 * answer before they have sent all. A body far over every limit is not worth
 * that.
 */
static void drain(struct line *l)
{
	static char piece[PIECE];
	int64_t sent = strtoll(param(l, "CONTENT_LENGTH"), NULL, 10);
	size_t most = sent > DRAIN_MOST ? 0 : DRAIN_MOST, n;

	while (most && (n = take(l, piece, sizeof(piece))))
		most -= n < most ? n : most;
}

/* ---- Answers ---- */

void http_answer_init(struct http_answer *an, struct arena *a)
{
	*an = (struct http_answer) {
		.status = 200,
		.type = "text/html; charset=utf-8",
		.file = -1,
	};
	str_init(&an->headers, a, HEADERS_CEILING);
	str_init(&an->body, a, PAGE_CEILING);
}

static bool is_token(const char *name)
{
	return *name && !name[strspn(name,
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"0123456789-_")];
}

/* These three are made from the answer itself, when it is sent. */
static bool is_ours(const char *name)
{
	return !strcasecmp(name, "Status") ||
	       !strcasecmp(name, "Content-Type") ||
	       !strcasecmp(name, "Content-Length");
}

static bool is_one_line(const char *value)
{
	for (; *value; value++)
		if (((unsigned char) *value < ' ' && *value != '\t') ||
		    *value == 0x7f)
			return false;
	return true;
}

struct err *http_header(struct http_answer *an, const char *name,
			const char *value)
{
	struct arena *a = an->headers.arena;

	if (!is_token(name) || is_ours(name))
		return FAIL(a, ERR_BUG, "no header may be called so");
	if (!is_one_line(value))
		return FAIL(a, ERR_BUG, "header %s is not one line", name);
	str_addf(&an->headers, "%s: %s\r\n", name, value);
	if (an->headers.cut)
		return FAIL(a, ERR_BUG, "header %s does not fit", name);
	return NULL;
}

/* A small page of our own, for visits no page may see. */
static void refuse(struct line *l, struct arena *a, int status)
{
	const char *reason = reason_of(status);
	struct str page;

	log_line("%d: %s", status, l->why);
	drain(l);
	str_init(&page, a, PIECE);
	str_addf(&page, "Status: %d %s\r\n"
		 "Content-Type: text/html; charset=utf-8\r\n"
		 "Cache-Control: no-store\r\n"
		 "Content-Security-Policy: default-src 'none'\r\n"
		 "X-Content-Type-Options: nosniff\r\n"
		 "%s\r\n", status, reason,
		 status == 405 ? "Allow: GET, HEAD, POST\r\n" : "");
	if (strcmp(param(l, "REQUEST_METHOD"), "HEAD"))
		str_addf(&page, "<!doctype html>\n<html lang=\"en\">\n"
			 "<title>%s</title>\n<h1>%s</h1>\n", reason, reason);
	give(l, page.text, page.len, true);
}

static bool give_file(struct line *l, int file, int64_t size)
{
	static char piece[PIECE];

	while (size > 0) {
		size_t n = size < PIECE ? (size_t) size : PIECE;
		ssize_t got = file_read(file, piece, n);

		if (got <= 0) {
			log_line("a file ended %lld bytes early",
				 (long long) size);
			return false;
		}
		size -= got;
		if (!give(l, piece, (size_t) got, !size))
			return false;
	}
	return true;
}

/* The head and a page go in one piece: the web server wakes up once. */
static void send_answer(struct line *l, struct arena *a,
			const struct http_visit *v, struct http_answer *an)
{
	bool file = an->file >= 0;
	bool bare = an->status == 204 || an->status == 304;
	bool only_head = bare || !strcmp(v->method, "HEAD");
	bool streamed = !only_head && file && an->file_size > 0;
	struct str head;

	if (file)
		arena_defer(a, file_close, &an->file);
	if (an->body.cut || an->headers.cut) {
		l->why = "the answer does not fit";
		refuse(l, a, 500);
		return;
	}
	str_init(&head, a, HEADERS_CEILING + 1024 + an->body.len);
	str_reserve(&head, 1024 + an->headers.len + an->body.len);
	str_addf(&head, "Status: %d %s\r\n", an->status, reason_of(an->status));
	if (!bare)
		str_addf(&head, "Content-Type: %s\r\nContent-Length: %lld\r\n",
			 an->type, file ? (long long) an->file_size
					: (long long) an->body.len);
	str_addn(&head, an->headers.text, an->headers.len);
	str_add(&head, "\r\n");
	if (!only_head && !file)
		str_addn(&head, an->body.text, an->body.len);
	if (give(l, head.text, head.len, !streamed) && streamed)
		give_file(l, an->file, an->file_size);
}

/* ---- Who is there: proxies we trust may speak for somebody else ---- */

/* An address in the form of IPv6, so that there is one kind to compare. */
static bool read_address(const char *text, unsigned char out[16])
{
	memset(out, 0, 10);
	memset(out + 10, 0xff, 2);
	return inet_pton(AF_INET, text, out + 12) == 1 ||
	       inet_pton(AF_INET6, text, out) == 1;
}

static bool same_bits(const unsigned char *a, const unsigned char *b, long n)
{
	int rest = (int) (n % 8), whole = (int) (n / 8);

	return !memcmp(a, b, (size_t) whole) &&
	       (!rest || (a[whole] ^ b[whole]) >> (8 - rest) == 0);
}

/* Is the address in this net: "10.0.0.1", "10.0.0.0/8", "fd00::/8"? */
static bool is_within(const unsigned char ip[16], const char *net)
{
	size_t n = strcspn(net, "/");
	unsigned char base[16];
	char text[64];
	long bits = 128;

	if (n >= sizeof(text))
		return false;
	memcpy(text, net, n);
	text[n] = '\0';
	if (!read_address(text, base))
		return false;
	if (net[n])
		bits = strtol(net + n + 1, NULL, 10) +
		       (strchr(text, ':') ? 0 : 96);
	return bits >= 0 && bits <= 128 && same_bits(ip, base, bits);
}

static bool is_trusted(const struct http_conf *c, const char *address)
{
	unsigned char ip[16];

	if (!c->trusted_proxies || !read_address(address, ip))
		return false;
	for (const char *const *p = c->trusted_proxies; *p; p++)
		if (is_within(ip, *p))
			return true;
	return false;
}

/* The last entry of a list "a, b, c", which is shortened by it. */
static const char *take_last(char *list)
{
	char *comma = strrchr(list, ','), *at = comma ? comma + 1 : list, *end;

	at += strspn(at, " \t");
	end = at + strcspn(at, " \t");
	*end = '\0';
	if (comma)
		*comma = '\0';
	return at;
}

/* From the right, each trusted proxy names the one before it. */
static const char *find_remote(const struct line *l, struct arena *a,
			       const struct http_conf *c)
{
	const char *here = arena_dup(a, param(l, "REMOTE_ADDR"));
	char *list = arena_dup(a, param(l, "HTTP_X_FORWARDED_FOR"));
	unsigned char ip[16];
	bool more = *list && strlen(list) <= LONGEST_HEADER;

	if (!read_address(here, ip))
		return "";
	while (more && is_trusted(c, here)) {
		const char *before;

		more = strchr(list, ',');
		before = take_last(list);
		if (!read_address(before, ip))
			break;
		here = before;
	}
	return here;
}

static bool is_https(const struct line *l, struct arena *a,
		     const struct http_conf *c)
{
	const char *https = param(l, "HTTPS");
	char *said = arena_dup(a, param(l, "HTTP_X_FORWARDED_PROTO"));

	if (!strcasecmp(https, "on") || !strcmp(https, "1") ||
	    !strcmp(param(l, "REQUEST_SCHEME"), "https"))
		return true;
	return is_trusted(c, param(l, "REMOTE_ADDR")) &&
	       !strcasecmp(take_last(said), "https");
}

/* ---- Reading a visit: 0, or the status that refuses it ---- */

static int refused(struct line *l, int status, const char *why)
{
	l->why = why;
	return status;
}

/* A header as valid text; one that is too long counts as not sent. */
static const char *text_of(const struct line *l, struct arena *a,
			   const char *name)
{
	const char *value = param(l, name);
	size_t n = strlen(value);

	if (n > LONGEST_HEADER)
		return "";
	return utf8_valid(value, n) ? value : utf8_mend(a, value, n);
}

static bool is_text_decoded(struct arena *a, const char *encoded)
{
	size_t len;
	char *plain = percent_decode(a, encoded, strlen(encoded), true, &len);

	return utf8_valid(plain, len);
}

static int read_address_line(struct line *l, struct arena *a,
			     struct http_visit *v)
{
	const char *path = param(l, "PATH_INFO");

	v->method = param(l, "REQUEST_METHOD");
	v->script = text_of(l, a, "SCRIPT_NAME");
	v->path = *path ? path : "/";
	v->query = param(l, "QUERY_STRING");
	if (!*v->method)
		return refused(l, 400, "a request without a method");
	if (strcmp(v->method, "GET") && strcmp(v->method, "HEAD") &&
	    strcmp(v->method, "POST"))
		return refused(l, 405, "an unknown method");
	if (strlen(v->path) > LONGEST_PATH || strlen(v->query) > LONGEST_QUERY)
		return refused(l, 414, "an address without end");
	if (*v->path != '/' || !utf8_valid(v->path, strlen(v->path)))
		return refused(l, 400, "a path that is no text");
	if (!is_text_decoded(a, v->query))
		return refused(l, 400, "a query that is no text");
	return 0;
}

static void read_headers(const struct line *l, struct arena *a,
			 const struct http_conf *c, struct http_visit *v)
{
	v->content_type = text_of(l, a, "CONTENT_TYPE");
	v->cookie = text_of(l, a, "HTTP_COOKIE");
	v->language = text_of(l, a, "HTTP_ACCEPT_LANGUAGE");
	v->host = text_of(l, a, "HTTP_HOST");
	v->origin = text_of(l, a, "HTTP_ORIGIN");
	v->fetch_site = text_of(l, a, "HTTP_SEC_FETCH_SITE");
	v->if_none_match = text_of(l, a, "HTTP_IF_NONE_MATCH");
	v->agent = text_of(l, a, "HTTP_USER_AGENT");
	v->partial = text_of(l, a, "HTTP_X_REQUESTED_WITH");
	v->remote = find_remote(l, a, c);
	v->https = is_https(l, a, c);
}

/* The bytes announced: -1 when nothing is said, -2 when it is no number. */
static int64_t announced(const struct line *l)
{
	const char *text = param(l, "CONTENT_LENGTH");
	size_t digits = strspn(text, "0123456789");

	if (!*text)
		return -1;
	if (text[digits] || digits > 18)
		return -2;
	return strtoll(text, NULL, 10);
}

/* A file without a name: it is gone when the visit or the process ends. */
static int open_nameless(struct arena *a, const char *folder)
{
	int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

	if (fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR ||
		       errno == EINVAL)) {
		char *name = arena_printf(a, "%s/body-XXXXXX", folder);

		fd = mkostemp(name, O_CLOEXEC);
		if (fd >= 0)
			unlink(name);
	}
	return fd;
}

/* After an installation the folder is not there yet. */
static int open_spool(struct arena *a, const char *folder)
{
	int fd = open_nameless(a, folder);

	if (fd < 0 && errno == ENOENT &&
	    (mkdir(folder, 0700) == 0 || errno == EEXIST))
		fd = open_nameless(a, folder);
	return fd;
}

static int spool_refused(struct line *l)
{
	if (errno == ENOSPC || errno == EDQUOT || errno == EFBIG)
		return refused(l, 507, "the spool is full");
	return refused(l, 503, "the spool cannot be written");
}

/* Copies the body of `want` bytes, and finds out whether it is that long. */
static int spool_bytes(struct line *l, int to, int64_t want)
{
	static char piece[PIECE];
	int64_t got = 0;
	size_t n;

	while (got <= want && (n = take(l, piece, sizeof(piece)))) {
		got += (int64_t) n;
		if (got <= want && !file_write(to, piece, n))
			return spool_refused(l);
	}
	if (l->fcgi && FCGX_GetError(l->fcgi->in))
		return refused(l, 400, "the request broke off");
	if (got < want)
		return refused(l, 400, "the body is shorter than announced");
	if (got > want)
		return refused(l, 400, "the body is longer than announced");
	return 0;
}

/*
 * Without a length nobody could tell a whole body from one that broke off;
 * and behind plain CGI a chunked body would look like none at all.
 */
static int expect_none(struct line *l)
{
	char byte;

	if (*param(l, "HTTP_TRANSFER_ENCODING") || take(l, &byte, 1))
		return refused(l, 411, "a body of unknown length");
	if (l->fcgi && FCGX_GetError(l->fcgi->in))
		return refused(l, 400, "the request broke off");
	return 0;
}

static int read_body(struct line *l, struct arena *a,
		     const struct http_conf *c, struct http_visit *v)
{
	int64_t want = announced(l);
	int status;

	if (want == -2)
		return refused(l, 400, "a length that is no number");
	v->content_length = want > 0 ? want : 0;
	l->left = v->content_length;
	if (want <= 0)
		return expect_none(l);
	if (want > c->body_limit)
		return refused(l, 413, "the body is over the limit");
	v->body = open_spool(a, c->spool);
	if (v->body < 0)
		return spool_refused(l);
	arena_defer(a, file_close, &v->body);
	status = spool_bytes(l, v->body, want);
	if (!status && lseek(v->body, 0, SEEK_SET))
		return spool_refused(l);
	return status;
}

static int read_visit(struct line *l, struct arena *a,
		      const struct http_conf *c, struct http_visit *v)
{
	int status = read_address_line(l, a, v);

	if (status)
		return status;
	read_headers(l, a, c, v);
	return read_body(l, a, c, v);
}

/* ---- Cookies ---- */

/* RFC 6265: what a cookie of ours is made of; quotes and blanks are not. */
static bool is_cookie_text(const char *at, size_t n)
{
	for (; n; n--, at++)
		if (*at <= ' ' || *at > '~' || strchr("\",;\\", *at))
			return false;
	return true;
}

const char *http_cookie(struct arena *a, const struct http_visit *v,
			const char *name)
{
	size_t len = strlen(name);
	const char *at = v->cookie;

	while (*at) {
		size_t n;

		at += strspn(at, " ;");
		n = strcspn(at, ";");
		if (n > len && !strncmp(at, name, len) && at[len] == '=') {
			at += len + 1;
			n -= len + 1;
			if (n > LONGEST_COOKIE || !is_cookie_text(at, n))
				return NULL;
			return arena_copy(a, at, n);
		}
		at += n;
	}
	return NULL;
}

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
	expect_end(param(l, "REQUEST_METHOD"), param(l, "SCRIPT_NAME"));
	status = read_visit(l, d->arena, d->conf, v);
	if (status) {
		refuse(l, d->arena, status);
	} else {
		http_answer_init(an, d->arena);
		d->serve(d->what, d->arena, v, an);
		send_answer(l, d->arena, v, an);
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

/* A server may start us with 0, 1 or 2 closed; a file must not get there. */
static void fill_standard(void)
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

	fill_standard();
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

/* ---- A socket of our own ---- */

/* A socket that a dead server left behind; never one that answers. */
static struct err *clear_stale(struct arena *a, int fd,
			       const struct sockaddr_un *at)
{
	struct stat st;

	if (lstat(at->sun_path, &st))
		return NULL;
	if (!S_ISSOCK(st.st_mode))
		return FAIL(a, ERR_CONFLICT, "%s is no socket", at->sun_path);
	if (!connect(fd, (const struct sockaddr *) at, sizeof(*at)))
		return FAIL(a, ERR_CONFLICT, "%s is served already",
			    at->sun_path);
	if (errno != ECONNREFUSED || unlink(at->sun_path))
		return FAIL(a, ERR_CONFLICT, "%s is in the way: %s",
			    at->sun_path, strerror(errno));
	return NULL;
}

static int bind_0660(int fd, const struct sockaddr_un *at)
{
	mode_t before = umask(0117);
	int failed = bind(fd, (const struct sockaddr *) at, sizeof(*at));

	umask(before);
	return failed;
}

static int socket_here(void)
{
	return socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
}

struct err *http_listen(struct arena *a, const char *path)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int *fds = arena_alloc(a, 2 * sizeof(int));

	if (!*path || strlen(path) >= sizeof(at.sun_path))
		return FAIL(a, ERR_BAD_REQUEST, "a socket's path has 1 to %zu "
			    "bytes: %s", sizeof(at.sun_path) - 1, path);
	memcpy(at.sun_path, path, strlen(path));
	fill_standard();
	fds[0] = socket_here();
	arena_defer(a, file_close, &fds[0]);
	fds[1] = socket_here();
	arena_defer(a, file_close, &fds[1]);
	TRY(clear_stale(a, fds[0], &at));
	if (bind_0660(fds[1], &at) || listen(fds[1], BACKLOG) ||
	    dup2(fds[1], STDIN_FILENO) < 0)
		return FAIL(a, ERR_UPSTREAM, "cannot listen on %s: %s", path,
			    strerror(errno));
	return NULL;
}
