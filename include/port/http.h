/*
 * http - one visit at the door: FastCGI, plain CGI, or a test.
 *
 * The only module that includes <fcgiapp.h>. Decides from descriptor 0: a
 * listening socket is FastCGI, else REQUEST_METHOD makes it CGI (RFC 3875).
 * The body is spooled to an unlinked file while it is counted, and refused
 * over the limit; a request without REQUEST_METHOD, with a stream error, or
 * with another number of bytes than CONTENT_LENGTH is answered 400 here and
 * never seen by a page (spec: what libfcgi really does).
 *
 * The web server must split the address: what follows the program's own name
 * has to arrive as PATH_INFO. With nginx that is fastcgi_split_path_info, or
 * a SCRIPT_NAME and PATH_INFO written down in the location; when only
 * SCRIPT_NAME is set, every address is the program's front page.
 *
 * Connections are never kept, whatever the web server asks for.
 */
#ifndef PORT_HTTP_H
#define PORT_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct arena;

struct http_visit {
	const char *method;		/* "GET", "HEAD", "POST" as it came */
	const char *script;		/* SCRIPT_NAME */
	const char *path;		/* PATH_INFO, "/" when empty; valid UTF-8 */
	const char *query;		/* QUERY_STRING, "" when absent; valid UTF-8 when decoded */
	const char *content_type;
	int64_t content_length;
	int body;			/* descriptor of the spooled body, at 0; -1: none */
	const char *cookie;		/* the Cookie header, "" when absent */
	const char *language;		/* Accept-Language */
	const char *host;
	const char *origin;		/* "" when absent */
	const char *fetch_site;		/* Sec-Fetch-Site */
	const char *if_none_match;
	const char *remote;		/* address; X-Forwarded-For only from trusted proxies; "" unknown */
	const char *agent;		/* User-Agent */
	const char *partial;		/* X-Requested-With: "fragment" from our script */
	bool https;
};

struct http_answer {
	int status;
	const char *type;		/* "text/html; charset=utf-8" */
	struct str headers;		/* built by http_header() alone */
	struct str body;
	int file;			/* a descriptor to stream instead of body; -1: none.
					 * It is closed when the visit ends. */
	int64_t file_size;
};

void http_answer_init(struct http_answer *an, struct arena *a);
/* A control character in it, or Status, Content-Type, Content-Length, which
 * are made from the answer: the header is dropped and it is a bug. */
struct err *http_header(struct http_answer *an, const char *name,
			const char *value) MUST_CHECK;

/* The text of a cookie, NULL when absent or malformed. The first one wins. */
const char *http_cookie(struct arena *a, const struct http_visit *v,
			const char *name);

struct http_conf {
	int64_t body_limit;		/* bytes */
	const char *spool;		/* folder for bodies, made if need be */
	const char *const *trusted_proxies;	/* "10.0.0.1", "10.0.0.0/8"; NULL at the end */
	unsigned int seconds;		/* a visit may take; over it the process
					 * logs a line and ends. 0: 60 */
};

/* Serve until told to stop (SIGTERM, SIGUSR1) or after `requests` visits
 * (0: never). In CGI exactly one. `serve` fills the answer; it cannot fail.
 * Returns the exit status. */
typedef void http_serve_fn(void *what, struct arena *a,
			   const struct http_visit *v, struct http_answer *an);
int http_run(const struct http_conf *conf, long requests,
	     http_serve_fn *serve, void *what);

/* True when descriptor 0 is not a listening socket and REQUEST_METHOD is set. */
bool http_is_cgi(void);
/* A listening Unix socket (0660) on descriptor 0, for --socket PATH. A stale
 * one is replaced. ERR_CONFLICT when somebody answers there already. */
struct err *http_listen(struct arena *a, const char *path) MUST_CHECK;

#endif
