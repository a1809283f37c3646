#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"

bool file_write(int fd, const void *at, size_t n)
{
	const char *from = at;

	while (n) {
		ssize_t done = write(fd, from, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return false;
		from += done;
		n -= (size_t) done;
	}
	return true;
}

ssize_t file_read(int fd, void *at, size_t n)
{
	ssize_t got;

	do
		got = read(fd, at, n);
	while (got < 0 && errno == EINTR);
	return got;
}

void file_close(void *what)
{
	close(*(int *) what);
}

int file_kept(struct arena *a, int fd)
{
	int *own;

	if (fd < 0)
		return -1;
	own = NEW(a, int);
	*own = fd;
	arena_defer(a, file_close, own);
	return fd;
}

bool file_make_folders(struct arena *a, const char *folder)
{
	char *path = arena_dup(a, folder);

	for (char *slash = strchr(path + 1, '/'); slash;
	     slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(path, 0700) != 0 && errno != EEXIST)
			return false;
		*slash = '/';
	}
	return mkdir(path, 0700) == 0 || errno == EEXIST;
}

int file_enter(int folder, const char *name)
{
	return openat(folder, name,
		      O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

int64_t file_age(const struct stat *st)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t) (now.tv_sec - st->st_mtime);
}

bool file_sweep(int folder, int64_t age)
{
	/* An own descriptor, because reading a folder moves it along. */
	int own = file_enter(folder, ".");
	DIR *names = own < 0 ? NULL : fdopendir(own);
	struct dirent *entry;
	struct stat st;

	if (!names && own >= 0)
		close(own);
	if (!names)
		return false;
	while ((entry = readdir(names)))
		if (fstatat(own, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0
		    && S_ISREG(st.st_mode) && file_age(&st) > age)
			unlinkat(own, entry->d_name, 0);
	closedir(names);
	return true;
}

struct err *file_failed(struct arena *a, const char *place, const char *doing)
{
	int why = errno;
	bool full = why == ENOSPC || why == EDQUOT || why == EFBIG;

	return FAIL(a, full ? ERR_FULL : ERR_UPSTREAM, "%s: %s: %s",
		    place, doing, strerror(why));
}
