/*
 * reader - the locked program that reads letters (src/reader), asked.
 *
 * Reading hostile MIME and HTML happens in libexec/aftersale/reader under
 * seccomp, Landlock and rlimits: no path, no network, 5 s and 256 MiB a
 * letter. It is started with the first letter of a process and kept; each
 * letter has a child of its own. Where the kernel lacks one of the locks, the
 * others hold and the program says so once (`aftersale doctor` too).
 */
#ifndef PORT_READER_H
#define PORT_READER_H

#include "port/mail.h"

/* `program` is [paths] reader, `fd` the raw letter, of which no offset moves.
 * *files_fd holds the decoded files (struct mail_file .at), unlinked, closed
 * with the arena. A child that dies twice, or takes too long, makes a letter
 * that is `unreadable`, and is no failure. ERR_UPSTREAM: the reader cannot be
 * started. */
struct err *reader_ask(struct arena *a, const char *program, int fd,
		       struct mail *out, int *files_fd) MUST_CHECK;

/* Which locks this kernel lacks, "seccomp and Landlock"; NULL: none. Known
 * when the first letter was read. */
const char *reader_missing(void);

/* Milliseconds; a test has less patience. */
extern int reader_deadline;

#endif
