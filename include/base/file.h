/*
 * file - descriptors: written whole, read although a signal comes, closed in
 * time; and folders on the way.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "base/err.h"

struct arena;

/* All of it; false with errno, and then some of it may be written. */
bool file_write(int fd, const void *at, size_t n);
/* As read(), and once more when a signal came in between. */
ssize_t file_read(int fd, void *at, size_t n);

/* For arena_defer(): what points to the descriptor. */
void file_close(void *what);
/* The descriptor, which closes with the arena; -1 stays -1. */
int file_kept(struct arena *a, int fd);

/* The folder and those above it, for us alone; false with errno. */
bool file_make_folders(struct arena *a, const char *folder);
/* A folder below a folder, never through a link; -1 with errno. */
int file_enter(int folder, const char *name);

/* How old it is, in seconds. */
int64_t file_age(const struct stat *st);
/* Drops the files of a folder that are older; false with errno when they
 * cannot be listed. */
bool file_sweep(int folder, int64_t age);

/* Why errno says that it did not work: ERR_FULL or ERR_UPSTREAM. */
struct err *file_failed(struct arena *a, const char *place, const char *doing);

#endif
