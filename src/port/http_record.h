/*
 * What goes to the web server, in records of FastCGI. libfcgi's own writer
 * takes 8 KiB at a time, and the web server wakes up for each. Between the
 * files of port/http alone.
 */
#ifndef PORT_HTTP_RECORD_H
#define PORT_HTTP_RECORD_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes of the answer to request `id`; with the last ones goes the end of the
 * visit. False when the web server hung up. */
bool record_give(int to, int id, const char *at, size_t n, bool last);

#endif
