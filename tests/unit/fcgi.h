/*
 * fcgi - the web server's side of FastCGI, as well or badly as a test wants.
 *
 * A script is a list of records that are written to a Unix socket; the
 * answer is everything that came back as standard output.
 */
#ifndef TEST_FCGI_H
#define TEST_FCGI_H

#include <stdbool.h>
#include <stddef.h>

enum {
	FCGI_BEGIN = 1, FCGI_ABORT = 2, FCGI_PARAMS = 4, FCGI_STDIN = 5,
	FCGI_STDOUT = 6,
};

/* -1 when nobody listens. */
int fcgi_connect(const char *path);

/* False when the program hung up. At most 65535 bytes. */
bool fcgi_record(int to, int type, const void *at, size_t n);

/* FCGI_BEGIN as a responder; with `keep`, asks to keep the connection. */
bool fcgi_begin(int to, bool keep);

/* All pairs and the end of them; `pairs` is "A=1", "B=2", NULL. */
bool fcgi_params(int to, const char *const *pairs);

/* A body in records of 32 KiB, without the end of it. */
bool fcgi_body(int to, const char *at, size_t n);

/* Reads until the program hangs up, then closes; a text to free(). */
char *fcgi_answer(int from);

/* A whole good request: begin, pairs, body, end, answer. */
char *fcgi_visit(const char *path, const char *const *pairs,
		 const char *body, size_t n);

#endif
