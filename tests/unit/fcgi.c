#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "fcgi.h"

int fcgi_connect(const char *path)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	memcpy(at.sun_path, path, strlen(path));
	if (!connect(fd, (struct sockaddr *) &at, sizeof(at)))
		return fd;
	close(fd);
	return -1;
}

static bool put(int to, const void *from, size_t n)
{
	const char *at = from;

	while (n) {
		ssize_t some = send(to, at, n, MSG_NOSIGNAL);

		if (some <= 0)
			return false;
		at += some;
		n -= (size_t) some;
	}
	return true;
}

bool fcgi_record(int to, int type, const void *at, size_t n)
{
	unsigned char head[8] = { 1, (unsigned char) type, 0, 1,
				  (unsigned char) (n >> 8), (unsigned char) n };

	return put(to, head, sizeof(head)) && put(to, at, n);
}

bool fcgi_begin(int to, bool keep)
{
	unsigned char body[8] = { 0, 1, keep };

	return fcgi_record(to, FCGI_BEGIN, body, sizeof(body));
}

static size_t add_length(unsigned char *to, size_t n)
{
	to[0] = (unsigned char) (n >> 24 | 0x80);
	to[1] = (unsigned char) (n >> 16);
	to[2] = (unsigned char) (n >> 8);
	to[3] = (unsigned char) n;
	return 4;
}

bool fcgi_params(int to, const char *const *pairs)
{
	for (; *pairs; pairs++) {
		size_t name = strcspn(*pairs, "=");
		size_t value = strlen(*pairs + name + 1), n = 0;
		unsigned char *pair = malloc(8 + name + value);
		bool sent;

		n += add_length(pair + n, name);
		n += add_length(pair + n, value);
		memcpy(pair + n, *pairs, name);
		memcpy(pair + n + name, *pairs + name + 1, value);
		sent = fcgi_record(to, FCGI_PARAMS, pair, n + name + value);
		free(pair);
		if (!sent)
			return false;
	}
	return fcgi_record(to, FCGI_PARAMS, "", 0);
}

bool fcgi_body(int to, const char *at, size_t n)
{
	while (n) {
		size_t some = n > 32768 ? 32768 : n;

		if (!fcgi_record(to, FCGI_STDIN, at, some))
			return false;
		at += some;
		n -= some;
	}
	return true;
}

static bool get(int from, void *at, size_t n)
{
	return !n || recv(from, at, n, MSG_WAITALL) == (ssize_t) n;
}

char *fcgi_answer(int from)
{
	char *text = calloc(1, 1);
	unsigned char head[8];
	size_t len = 0;

	while (get(from, head, sizeof(head))) {
		size_t n = (size_t) head[4] << 8 | head[5];
		char *more = malloc(n + head[6] + 1);

		if (!get(from, more, n + head[6])) {
			free(more);
			break;
		}
		if (head[1] == FCGI_STDOUT) {
			text = realloc(text, len + n + 1);
			memcpy(text + len, more, n);
			len += n;
			text[len] = '\0';
		}
		free(more);
	}
	close(from);
	return text;
}

char *fcgi_visit(const char *path, const char *const *pairs,
		 const char *body, size_t n)
{
	int to = fcgi_connect(path);

	if (to < 0)
		return calloc(1, 1);
	/* A program may answer and hang up before it has read everything: what
	 * it said is there to be read all the same. */
	if (fcgi_begin(to, false) && fcgi_params(to, pairs) &&
	    fcgi_body(to, body, n))
		fcgi_record(to, FCGI_STDIN, "", 0);
	return fcgi_answer(to);
}
