#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/fail.h"
#include "base/file.h"
#include "port/spool.h"

enum {
	FORGOTTEN = 24 * 60 * 60,	/* seconds a file may lie in tmp/ */
	COUNT_MOST = 10000
};

struct spool {
	const char *folder;		/* for failures only */
	int top, tmp, new, bad;		/* descriptors of the folders */
};

struct spool_put {
	struct spool *spool;
	struct arena *arena;
	const char *name;		/* in tmp/; NULL when it moved on */
	int fd;
	int64_t size;
};

/* --- opening -------------------------------------------------------------- */

static void close_spool(void *what)
{
	struct spool *s = what;
	const int all[] = { s->top, s->tmp, s->new, s->bad };

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		if (all[i] >= 0)
			close(all[i]);
}

/* A folder that was made a moment ago, by whomever, is on disk when the one
 * above it is. This happens once a process, so nobody needs to keep count. */
static int make(int above, const char *name)
{
	if (mkdirat(above, name, 0700) != 0 && errno != EEXIST)
		return -1;
	return fsync(above) == 0 ? file_enter(above, name) : -1;
}

struct err *spool_open(struct arena *a, const char *folder, struct spool **out)
{
	struct spool *s = NEW(a, struct spool);

	*s = (struct spool) { .folder = arena_dup(a, folder),
			      .top = -1, .tmp = -1, .new = -1, .bad = -1 };
	arena_defer(a, close_spool, s);
	if (!file_make_folders(a, folder))
		return file_failed(a, folder, "cannot be made");
	s->top = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (s->top < 0)
		return file_failed(a, folder, "cannot be opened");
	s->tmp = make(s->top, "tmp");
	s->new = s->tmp < 0 ? -1 : make(s->top, "new");
	s->bad = s->new < 0 ? -1 : make(s->top, "bad");
	if (s->bad < 0)
		return file_failed(a, folder, "tmp, new or bad");
	*out = s;
	return NULL;
}

/* --- in ------------------------------------------------------------------- */

/* Names in the order of time sort so as text. */
static const char *new_name(struct arena *a)
{
	unsigned char random[16];
	struct timespec now;
	char hex[2 * sizeof(random) + 1];

	clock_gettime(CLOCK_REALTIME, &now);
	if (getrandom(random, sizeof(random), 0) != sizeof(random))
		return NULL;
	for (size_t i = 0; i < sizeof(random); i++)
		snprintf(hex + 2 * i, 3, "%02x", random[i]);
	return arena_printf(a, "%012lld.%09ld.%s", (long long) now.tv_sec,
			    now.tv_nsec, hex);
}

static void drop_unless_ended(void *what)
{
	struct spool_put *p = what;

	if (p->fd >= 0)
		close(p->fd);
	if (p->name)
		unlinkat(p->spool->tmp, p->name, 0);
	p->fd = -1;
	p->name = NULL;
}

/* Half of it may be there: nobody shall end this one. */
static struct err *spoilt(struct spool_put *p, const char *doing)
{
	struct err *e = file_failed(p->arena, p->spool->folder, doing);

	drop_unless_ended(p);
	return e;
}

/* The line gets its room first, as blanks, so that it can be told last. */
static bool keep_room(int fd)
{
	char blanks[SPOOL_HEAD];

	memset(blanks, ' ', sizeof(blanks));
	blanks[SPOOL_HEAD - 1] = '\n';
	return file_write(fd, blanks, sizeof(blanks));
}

struct err *spool_put_begin(struct spool *s, struct arena *a,
			    struct spool_put **out)
{
	struct spool_put *p = NEW(a, struct spool_put);
	const char *name = new_name(a);

	*p = (struct spool_put) { .spool = s, .arena = a, .fd = -1 };
	if (name)
		p->fd = openat(s->tmp, name, O_WRONLY | O_CREAT | O_EXCL |
			       O_NOFOLLOW | O_CLOEXEC, 0600);
	if (p->fd < 0)
		return file_failed(a, s->folder, "tmp");
	p->name = name;
	arena_defer(a, drop_unless_ended, p);
	if (!keep_room(p->fd))
		return spoilt(p, "writing");
	*out = p;
	return NULL;
}

struct err *spool_put_add(struct spool_put *p, const void *at, size_t n)
{
	if (!file_write(p->fd, at, n))
		return spoilt(p, "writing");
	p->size += (int64_t) n;
	return NULL;
}

void spool_put_drop(struct spool_put *p)
{
	drop_unless_ended(p);
}

int64_t spool_put_size(const struct spool_put *p)
{
	return p->size;
}

/* Data first, then the name, then the folder that holds the name. */
static bool settle(struct spool_put *p, const char *head)
{
	struct spool *s = p->spool;
	size_t n = strlen(head);

	if (pwrite(p->fd, head, n, 0) != (ssize_t) n || fsync(p->fd) != 0)
		return false;
	FAIL_POINT("spool_written");
	if (renameat(s->tmp, p->name, s->new, p->name) != 0)
		return false;
	FAIL_POINT("spool_renamed");
	p->name = NULL;
	return fsync(s->new) == 0;
}

struct err *spool_put_end(struct spool_put *p, const char *head)
{
	if (strlen(head) >= SPOOL_HEAD || strpbrk(head, "\r\n"))
		return FAIL(p->arena, ERR_BUG, "a letter's first line is too long");
	if (!settle(p, head))
		return spoilt(p, "keeping");
	drop_unless_ended(p);
	return NULL;
}

/* --- looking -------------------------------------------------------------- */

static void close_names(void *names)
{
	closedir(names);
}

/* An own descriptor, because reading a folder moves it along. */
static DIR *names_of(struct arena *a, int folder)
{
	int fd = file_enter(folder, ".");
	DIR *names = fd < 0 ? NULL : fdopendir(fd);

	if (names)
		arena_defer(a, close_names, names);
	else if (fd >= 0)
		close(fd);
	return names;
}

/* Keeps the `most` smallest in order. */
static void insert(struct arena *a, const char **list, size_t *n, size_t most,
		   const char *name)
{
	size_t at = *n;

	if (*n == most && strcmp(name, list[most - 1]) >= 0)
		return;
	while (at && strcmp(list[at - 1], name) > 0)
		at--;
	if (*n < most)
		(*n)++;
	memmove(list + at + 1, list + at, (*n - at - 1) * sizeof(*list));
	list[at] = arena_dup(a, name);
}

struct err *spool_list(struct spool *s, struct arena *a, size_t most,
		       struct rows *out)
{
	const char **list = arena_alloc(a, (most + 1) * sizeof(*list));
	DIR *names = names_of(a, s->new);
	struct dirent *entry;

	*out = (struct rows) { .at = list };
	if (!names)
		return file_failed(a, s->folder, "new");
	while ((entry = readdir(names)))
		if (entry->d_name[0] != '.')
			insert(a, list, &out->n, most, entry->d_name);
	return NULL;
}

static struct err *count_in(struct arena *a, const char *folder,
			    const char *name, int *n, const char **first,
			    int64_t *oldest)
{
	DIR *names = opendir(arena_printf(a, "%s/%s", folder, name));
	struct dirent *entry;
	struct stat st;

	if (!names && errno == ENOENT)
		return NULL;
	if (!names)
		return file_failed(a, folder, name);
	arena_defer(a, close_names, names);
	while (*n < COUNT_MOST && (entry = readdir(names))) {
		if (entry->d_name[0] == '.')
			continue;
		(*n)++;
		if (first && (!*first || strcmp(entry->d_name, *first) < 0))
			*first = arena_dup(a, entry->d_name);
		if (oldest && fstatat(dirfd(names), entry->d_name, &st,
				      AT_SYMLINK_NOFOLLOW) == 0 &&
		    file_age(&st) > *oldest)
			*oldest = file_age(&st);
	}
	return NULL;
}

struct err *spool_count(struct arena *a, const char *folder,
			struct spool_tally *out)
{
	const char *first = NULL;

	*out = (struct spool_tally) { 0 };
	TRY(count_in(a, folder, "new", &out->waiting, NULL, &out->oldest_s));
	TRY(count_in(a, folder, "bad", &out->bad, &first, NULL));
	if (first)
		out->first_bad = arena_printf(a, "bad/%s", first);
	return NULL;
}

/* --- out ------------------------------------------------------------------ */

/* Ours by a lock that goes with the descriptor, and still there: who had it
 * before us may have dropped it meanwhile. */
static bool hold(int fd, struct stat *st)
{
	return flock(fd, LOCK_EX | LOCK_NB) == 0 && fstat(fd, st) == 0 &&
		S_ISREG(st->st_mode) && st->st_nlink > 0;
}

/* The first line without the blanks that kept its room. */
static const char *read_head(struct arena *a, int fd, int64_t *length)
{
	char line[SPOOL_HEAD];
	ssize_t got = pread(fd, line, sizeof(line), 0);
	const char *end = got > 0 ? memchr(line, '\n', (size_t) got) : NULL;
	size_t n;

	if (!end || memchr(line, '\0', (size_t) (end - line)))
		return NULL;
	n = (size_t) (end - line);
	*length = (int64_t) n + 1;
	while (n && line[n - 1] == ' ')
		n--;
	return arena_copy(a, line, n);
}

struct err *spool_take(struct spool *s, struct arena *a, const char *name,
		       struct spool_letter *out, bool *taken)
{
	int64_t length = 0;
	struct stat st;
	int fd;

	*taken = false;
	*out = (struct spool_letter) { .name = name };
	fd = openat(s->new, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0 && errno == ENOENT)
		return NULL;
	if (fd < 0)
		return file_failed(a, s->folder, name);
	file_kept(a, fd);
	if (!hold(fd, &st))
		return NULL;
	out->head = read_head(a, fd, &length);
	out->size = st.st_size - length;
	out->fd = fd;
	if (lseek(fd, length, SEEK_SET) < 0)
		return file_failed(a, s->folder, name);
	*taken = true;
	return NULL;
}

struct err *spool_drop(struct spool *s, struct arena *a, const char *name)
{
	if (unlinkat(s->new, name, 0) != 0 && errno != ENOENT)
		return file_failed(a, s->folder, "dropping");
	return NULL;
}

struct err *spool_set_aside(struct spool *s, struct arena *a, const char *name)
{
	if (renameat(s->new, name, s->bad, name) != 0 || fsync(s->bad) != 0)
		return file_failed(a, s->folder, "bad");
	return NULL;
}

struct err *spool_sweep(struct spool *s, struct arena *a)
{
	if (!file_sweep(s->tmp, FORGOTTEN))
		return file_failed(a, s->folder, "tmp");
	return NULL;
}
