/*
 * taken_over - locked programs that somebody took over, and what /proc knows
 * of them; for inspector_test.c and reader_test.c.
 */
#ifndef TEST_TAKEN_OVER_H
#define TEST_TAKEN_OVER_H

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/arena.h"
#include "test.h"

/* In shell: liar.c runs it for each file. To be unlinked. */
static inline const char *script(struct arena *a, const char *text)
{
	const char *path = arena_printf(a, "/tmp/aftersale-liar-%d", getpid());
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0700);

	text = arena_printf(a, "#!./liar\n%s\n", text);
	CHECK(fd >= 0 && write(fd, text, strlen(text)) > 0 && !close(fd));
	return path;
}

/* A file of /proc/PID; "" when there is none. */
static inline const char *proc(struct arena *a, pid_t pid, const char *name)
{
	char *text = arena_alloc(a, 65536);
	FILE *f = fopen(arena_printf(a, "/proc/%d/%s", pid, name), "r");

	if (f) {
		text[fread(text, 1, 65535, f)] = '\0';
		fclose(f);
	}
	return text;
}

#endif
