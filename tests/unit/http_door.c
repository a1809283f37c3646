#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "http_door.h"
#include "test.h"

static const char *const proxies[] = { "10.0.0.0/8", "::1", NULL };

struct http_conf door_conf(void)
{
	return (struct http_conf) {
		.body_limit = LIMIT, .spool = "/tmp", .seconds = 20,
		.trusted_proxies = proxies,
	};
}

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

void door_tell(void *what, struct arena *a, const struct http_visit *v,
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

void door_close(struct door *h)
{
	int status;

	kill(h->pid, SIGTERM);
	waitpid(h->pid, &status, 0);
	unlink(h->socket);
	rmdir(h->folder);
	arena_free(h->arena);
}

void door_quiet(void)
{
	int nowhere = open("/dev/null", O_WRONLY);

	dup2(nowhere, STDERR_FILENO);
	close(nowhere);
}

/* The socket listens before the child is made, so nobody has to wait. */
struct door door_open(const struct http_conf *c, long requests)
{
	struct door h = { "/tmp/http-XXXXXX", .arena = arena_new("test") };
	int before = dup(STDIN_FILENO);

	CHECK(mkdtemp(h.folder));
	snprintf(h.socket, sizeof(h.socket), "%s/socket", h.folder);
	CHECK_OK(http_listen(h.arena, h.socket));
	h.pid = fork();
	if (!h.pid) {
		door_quiet();
		_exit(http_run(c, requests, door_tell, NULL));
	}
	dup2(before, STDIN_FILENO);
	close(before);
	return h;
}

void check_has(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("\"%s\" is not in:\n%s", part, text);
}
