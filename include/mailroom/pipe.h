/*
 * pipe - one letter from standard input to the spool: `mailroom --pipe`.
 *
 * What a mail host starts for each letter. It says nothing at all, because
 * some hosts send every word back to the letter's sender; what went wrong is
 * in syslog (facility mail). It ends with 0 when the letter is on disk, or
 * else with 75 (try again later), whatever happens to it: the work is done in
 * a child, and its crash, its want of memory or a signal are 75, too. The
 * database is not asked.
 */
#ifndef MAILROOM_PIPE_H
#define MAILROOM_PIPE_H

/* The program's arguments, `--pipe` among them; the exit status. */
int pipe_letter(int argc, char **argv);

/* Is it called so? Then nothing may be printed, not even about arguments. */
int pipe_is_meant(int argc, char **argv);

#endif
