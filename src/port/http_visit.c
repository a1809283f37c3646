#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/percent.h"
#include "base/utf8.h"
#include "http_parts.h"

enum {
	LONGEST_PATH = 4 * 1024,
	LONGEST_QUERY = 8 * 1024,
	LONGEST_COOKIE = 4 * 1024,
};

static int refused(struct line *l, int status, const char *why)
{
	l->why = why;
	return status;
}

/* A header as valid text; one that is too long counts as not sent. */
static const char *text_of(const struct line *l, struct arena *a,
			   const char *name)
{
	const char *value = line_param(l, name);
	size_t n = strlen(value);

	if (n > HTTP_LONGEST_HEADER)
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
	const char *path = line_param(l, "PATH_INFO");

	v->method = line_param(l, "REQUEST_METHOD");
	v->script = text_of(l, a, "SCRIPT_NAME");
	v->path = *path ? path : "/";
	v->query = line_param(l, "QUERY_STRING");
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
	v->remote = http_remote(l, a, c);
	v->https = http_is_https(l, a, c);
}

/* The bytes announced: -1 when nothing is said, -2 when it is no number. */
static int64_t announced(const struct line *l)
{
	const char *text = line_param(l, "CONTENT_LENGTH");
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
	static char piece[HTTP_PIECE];
	int64_t got = 0;
	size_t n;

	while (got <= want && (n = line_take(l, piece, sizeof(piece)))) {
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

	if (*line_param(l, "HTTP_TRANSFER_ENCODING") || line_take(l, &byte, 1))
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

int http_read_visit(struct line *l, struct arena *a,
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
