/*
 * http_parts - what the files of port/http share.
 *
 *	http.c		one visit after the other, by FastCGI or plain CGI
 *	http_line.c	the line to the web server: both look the same behind it
 *	http_record.c	what goes out on it, in records of FastCGI
 *	http_visit.c	reading a visit, and what refuses it
 *	http_remote.c	who is there, when proxies speak for others
 *	http_answer.c	building an answer and sending it
 *	http_listen.c	a socket of our own
 */
#ifndef PORT_HTTP_PARTS_H
#define PORT_HTTP_PARTS_H

#include <fcgiapp.h>

#include "port/http.h"

enum {
	HTTP_PIECE = 64 * 1024,		/* read and written at a time */
	HTTP_LONGEST_HEADER = 8 * 1024,
};

/* The line to the web server, and what is known about the visit on it. */
struct line {
	FCGX_Request *fcgi;		/* NULL: plain CGI */
	int64_t left;			/* plain CGI: of the announced body */
	const char *why;		/* for the log, when it is refused */
};

/* A parameter of FastCGI, or of the environment; "" when absent. */
const char *line_param(const struct line *l, const char *name);
/* Bytes of the body; 0 at its end, whether or not that came too early. */
size_t line_take(struct line *l, char *at, size_t n);
/* False when the web server hung up. */
bool line_give(struct line *l, const char *at, size_t n, bool last);
/* What is left of a body: some web servers do not look at the answer before
 * they have sent all. One far over every limit is not worth that. */
void line_drain(struct line *l);

/* 0, or the status that refuses it, and l->why. */
int http_read_visit(struct line *l, struct arena *a, const struct http_conf *c,
		    struct http_visit *v);
/* The visitor's address, "" when it is none. */
const char *http_remote(const struct line *l, struct arena *a,
			const struct http_conf *c);
bool http_is_https(const struct line *l, struct arena *a,
		   const struct http_conf *c);

/* A small page of our own, for visits no page may see. */
void http_refuse(struct line *l, struct arena *a, int status);
void http_send(struct line *l, struct arena *a, const struct http_visit *v,
	       struct http_answer *an);

/* A server may start us with 0, 1 or 2 closed; a file must not get there. */
void http_fill_standard(void);

#endif
