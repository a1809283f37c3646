/*
 * log - one line per event on standard error, for the people who run it.
 *
 * A line says when, which program, and what; control characters are shown as
 * \x0a, so nobody can write a second line. Never a customer's address, a
 * message, or a token. A log that cannot be written never stops a request.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

/* Once per process; the name stands in every line. */
void log_open(const char *program);

void log_line(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
