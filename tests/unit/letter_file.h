/* letter_file - letters of tests as files, and files of tests/corpus. */
#ifndef LETTER_FILE_H
#define LETTER_FILE_H

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/str.h"
#include "port/mail.h"
#include "test.h"

static inline void letter_close(void *fd)
{
	close(*(int *) fd);
}

static inline int letter_kept(struct arena *a, int fd)
{
	int *own = NEW(a, int);

	CHECK(fd >= 0);
	*own = fd;
	arena_defer(a, letter_close, own);
	return fd;
}

/* Closed with the arena. */
static inline int letter_file(struct arena *a, const void *at, size_t n)
{
	int fd = letter_kept(a, memfd_create("letter", MFD_CLOEXEC));

	CHECK(write(fd, at, n) == (ssize_t) n);
	return fd;
}

/* Reads it in this process. */
static inline struct mail letter_read(struct arena *a, const char *at, size_t n)
{
	struct mail m;

	CHECK_OK(mail_read(a, letter_file(a, at, n),
			   letter_kept(a, memfd_create("files", MFD_CLOEXEC)), &m));
	return m;
}

static inline struct mail letter_of(struct arena *a, const char *text)
{
	return letter_read(a, text, strlen(text));
}

static inline const char *corpus(struct arena *a, const char *below)
{
	const char *srcdir = getenv("srcdir");

	return arena_printf(a, "%s/tests/corpus/%s", srcdir ? srcdir : ".", below);
}

/* Calls each() with every letter of a folder; how many there were. */
static inline int corpus_each(const char *below,
			      void (*each)(struct arena *a, const char *name, int fd))
{
	struct arena *a = arena_new("corpus");
	const char *folder = arena_dup(a, corpus(a, below));
	DIR *d = opendir(folder);
	struct dirent *file;
	int n = 0;

	CHECK(d);
	while ((file = readdir(d))) {
		const char *dot = strrchr(file->d_name, '.');
		struct arena *own;

		if (!dot || *file->d_name == '.')
			continue;	/* a licence */
		own = arena_new("letter");
		each(own, file->d_name, letter_kept(own,
			open(arena_printf(own, "%s/%s", folder, file->d_name),
			     O_RDONLY | O_CLOEXEC)));
		arena_free(own);
		n++;
	}
	closedir(d);
	arena_free(a);
	return n;
}

#endif
