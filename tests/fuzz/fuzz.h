/*
 * fuzz - what all targets share. A target is one file of this folder that
 * defines fuzz_one(); what it must never do is crash, leak, take five seconds,
 * or break a rule that it says with HOLD().
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/err.h"

#define HOLD(truth) do {						\
	if (!(truth)) {							\
		fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__,	\
			__LINE__, #truth);				\
		abort();						\
	}								\
} while (0)

/* The arena is gone with the call. */
static void fuzz_one(struct arena *a, const char *at, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *at, size_t n)
{
	struct arena *a = arena_new("fuzz");

	fuzz_one(a, (const char *) at, n);
	arena_free(a);
	return 0;
}

static inline void fuzz_close(void *fd)
{
	close(*(int *) fd);
}

/* Closed with the arena. */
static inline int fuzz_file(struct arena *a, const void *at, size_t n)
{
	int *fd = NEW(a, int);

	*fd = memfd_create("fuzz", MFD_CLOEXEC);
	HOLD(*fd >= 0 && write(*fd, at, n) == (ssize_t) n);
	arena_defer(a, fuzz_close, fd);
	return *fd;
}

#endif
