#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/fail.h"
#include "base/file.h"
#include "port/blob.h"
#include "port/secret.h"

enum {
	HEX = 2 * SECRET_HASH,
	FORGOTTEN = 24 * 60 * 60	/* seconds a file may lie in tmp/ */
};

struct blob_store {
	const char *folder;		/* for failures only */
	int top, tmp;			/* descriptors of the folders */
	int64_t age;			/* of the walk under way, else 0 */
};

struct blob_put {
	struct blob_store *store;
	struct arena *arena;
	struct digest *digest;
	const char *name;		/* in tmp/; NULL when it moved on */
	int fd;
	int64_t size;
};

/*
 * A new folder is on disk when the one above it is. Until then it has a mark,
 * and whoever puts a file there, be it for somebody else who made it a moment
 * ago, sees to that. One without the mark costs no more.
 */
enum { MARK = S_ISVTX };

static bool marked(int folder, mode_t *mode)
{
	struct stat st;

	*mode = fstat(folder, &st) == 0 ? st.st_mode & 07777 : 0700 | MARK;
	return *mode & MARK;
}

/* A mark that cannot be taken off is a nuisance and no failure. */
static bool settled(int above, int folder)
{
	mode_t mode;

	if (!marked(folder, &mode))
		return true;
	if (fsync(above) != 0)
		return false;
	(void) fchmod(folder, mode & ~(mode_t) MARK);
	return true;
}

static void close_quietly(int fd)
{
	int why = errno;

	if (fd >= 0)
		close(fd);
	errno = why;
}

static int make(int folder, const char *name)
{
	bool made = mkdirat(folder, name, 0700 | MARK) == 0;
	mode_t mode;
	int fd;

	if (!made && errno != EEXIST)
		return -1;
	fd = file_enter(folder, name);
	/* A file system may know no marks. */
	if (made && fd >= 0 && !marked(fd, &mode) && fsync(folder) != 0) {
		close_quietly(fd);
		return -1;
	}
	return fd;
}

/* The folder ab/cd of a blob, by `step`, which is enter or make; and ab. */
static int folder_below(const struct blob_store *s, const char *hex,
			int (*step)(int, const char *), int *above)
{
	const char outer[] = { hex[0], hex[1], '\0' };
	const char inner[] = { hex[2], hex[3], '\0' };

	*above = step(s->top, outer);
	return *above < 0 ? -1 : step(*above, inner);
}

static int folder_of(const struct blob_store *s, const char *hex)
{
	int above, folder = folder_below(s, hex, file_enter, &above);

	close_quietly(above);
	return folder;
}

static int new_file(const struct blob_store *s, const char *name)
{
	return openat(s->tmp, name,
		      O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
}

/* Opening. */

static void close_store(void *what)
{
	struct blob_store *s = what;

	if (s->tmp >= 0)
		close(s->tmp);
	if (s->top >= 0)
		close(s->top);
}

/*
 * On shared hosting an owner may point [paths] attachments into the web
 * folder by mistake. Then at least Apache, of any age, shows nothing of it.
 */
static struct err *deny_web(struct arena *a, const struct blob_store *s)
{
	static const char deny[] =
		"<IfModule mod_authz_core.c>\n\tRequire all denied\n</IfModule>\n"
		"<IfModule !mod_authz_core.c>\n\tDeny from all\n</IfModule>\n";
	const char *name;
	bool written;
	int fd;

	if (faccessat(s->top, ".htaccess", F_OK, AT_SYMLINK_NOFOLLOW) == 0)
		return NULL;
	name = secret_token(a, 16);
	fd = new_file(s, name);
	if (fd < 0)
		return file_failed(a, s->folder, "tmp");
	/* The web server is another user and has to read this one. */
	written = file_write(fd, deny, sizeof(deny) - 1) && fchmod(fd, 0644) == 0
		&& renameat(s->tmp, name, s->top, ".htaccess") == 0;
	close(fd);
	if (!written) {
		struct err *e = file_failed(a, s->folder, ".htaccess");

		unlinkat(s->tmp, name, 0);
		return e;
	}
	return NULL;
}

struct err *blob_open(struct arena *a, const char *folder,
		      struct blob_store **out)
{
	struct blob_store *s = NEW(a, struct blob_store);

	*s = (struct blob_store) { .folder = arena_dup(a, folder),
				   .top = -1, .tmp = -1 };
	arena_defer(a, close_store, s);
	if (!file_make_folders(a, folder))
		return file_failed(a, s->folder, "cannot be made");
	s->top = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (s->top < 0)
		return file_failed(a, s->folder, "cannot be opened");
	s->tmp = make(s->top, "tmp");
	if (s->tmp < 0 || !settled(s->top, s->tmp))
		return file_failed(a, s->folder, "tmp");
	TRY(deny_web(a, s));
	*out = s;
	return NULL;
}

/* In. */

static void drop_unless_ended(void *what)
{
	struct blob_put *p = what;

	if (p->fd >= 0)
		close(p->fd);
	if (p->name)
		unlinkat(p->store->tmp, p->name, 0);
}

struct err *blob_put_begin(struct blob_store *s, struct arena *a,
			   struct blob_put **out)
{
	struct blob_put *p = NEW(a, struct blob_put);
	const char *name = secret_token(a, 16);

	*p = (struct blob_put) { .store = s, .arena = a,
				 .digest = secret_digest_new(a) };
	p->fd = new_file(s, name);
	if (p->fd < 0)
		return file_failed(a, s->folder, "tmp");
	p->name = name;
	arena_defer(a, drop_unless_ended, p);
	*out = p;
	return NULL;
}

struct err *blob_put_add(struct blob_put *p, const void *at, size_t n)
{
	if (!file_write(p->fd, at, n)) {
		struct err *e = file_failed(p->arena, p->store->folder, "writing");

		/* Half of it may be there: nobody shall end this one. */
		drop_unless_ended(p);
		p->fd = -1;
		p->name = NULL;
		return e;
	}
	secret_digest_add(p->digest, at, n);
	p->size += (int64_t) n;
	return NULL;
}

/* Data first, then the name, then the folders that lead to the name. A crash
 * in between leaves a file in tmp/ or a whole blob, never half of one. */
static bool settle(struct blob_put *p, const char *hex)
{
	int above, folder = folder_below(p->store, hex, make, &above);
	bool done = folder >= 0 && fsync(p->fd) == 0
		&& renameat(p->store->tmp, p->name, folder, hex) == 0;

	if (done)
		p->name = NULL;
	done = done && fsync(folder) == 0 && settled(above, folder)
		&& settled(p->store->top, above);
	close_quietly(folder);
	close_quietly(above);
	return done;
}

struct err *blob_put_end(struct blob_put *p, struct bytes *sha256,
			 int64_t *size)
{
	struct bytes hash = secret_digest_end(p->digest, p->arena);

	/* Bytes we have already are replaced by themselves: the rename makes
	 * them young again, so that the reaper leaves them to their new row. */
	if (!settle(p, secret_hex(p->arena, hash)))
		return file_failed(p->arena, p->store->folder, "keeping");
	FAIL_POINT("blob_kept");
	*sha256 = hash;
	*size = p->size;
	return NULL;
}

/* Out. */

/* A descriptor of a regular file, or -1. */
static int open_blob(const struct blob_store *s, const char *hex,
		     struct stat *st)
{
	int folder = folder_of(s, hex), fd;

	if (folder < 0)
		return -1;
	fd = openat(folder, hex, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	close_quietly(folder);
	if (fd >= 0 && (fstat(fd, st) != 0 || !S_ISREG(st->st_mode))) {
		close(fd);
		errno = ENOENT;
		return -1;
	}
	return fd;
}

struct err *blob_get(struct blob_store *s, struct arena *a, struct bytes sha256,
		     int *fd, int64_t *size)
{
	const char *hex = secret_hex(a, sha256);
	struct stat st;

	if (sha256.n != SECRET_HASH)
		return FAIL(a, ERR_NOT_FOUND, "%zu bytes are no SHA-256", sha256.n);
	*fd = open_blob(s, hex, &st);
	if (*fd < 0 && (errno == ENOENT || errno == ENOTDIR || errno == ELOOP))
		return FAIL(a, ERR_NOT_FOUND, "%s: no blob %s", s->folder, hex);
	if (*fd < 0)
		return file_failed(a, s->folder, hex);
	file_kept(a, *fd);
	*size = st.st_size;
	return NULL;
}

bool blob_exists(struct blob_store *s, struct bytes sha256)
{
	struct arena *a = arena_new("blob");
	struct stat st;
	int fd = sha256.n == SECRET_HASH
		? open_blob(s, secret_hex(a, sha256), &st) : -1;

	if (fd >= 0)
		close(fd);
	arena_free(a);
	return fd >= 0;
}

/* The reaper. */

/*
 * Moves the blob aside, looks at it, and only then deletes it: between the
 * walk and now the same bytes may have come in again, and then the file is
 * young and goes back.
 */
static bool drop_old(const struct blob_store *s, int folder, const char *hex,
		     const char *aside)
{
	struct stat st;

	if (renameat(folder, hex, s->tmp, aside) != 0)
		return errno == ENOENT;
	if (fstatat(s->tmp, aside, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return false;
	if (file_age(&st) >= s->age)
		return unlinkat(s->tmp, aside, 0) == 0;
	return renameat(s->tmp, aside, folder, hex) == 0 && fsync(folder) == 0;
}

struct err *blob_drop(struct blob_store *s, struct arena *a, struct bytes sha256)
{
	const char *hex = secret_hex(a, sha256);
	struct err *e = NULL;
	int folder;

	if (sha256.n != SECRET_HASH)
		return NULL;
	folder = folder_of(s, hex);
	if (folder < 0 && errno == ENOENT)
		return NULL;
	if (folder < 0)
		return file_failed(a, s->folder, hex);
	if (!drop_old(s, folder, hex, secret_token(a, 16)))
		e = file_failed(a, s->folder, "dropping");
	close(folder);
	return e;
}

struct walk {
	struct blob_store *store;
	struct arena *arena;
	int64_t age;
	struct err *(*each)(void *what, struct bytes sha256);
	void *what;
};

/* Called for each name in a folder. */
typedef struct err *name_fn(const struct walk *w, int folder, const char *name);

static struct err *each_name(const struct walk *w, int folder, name_fn *call)
{
	struct dirent *entry;
	struct err *e = NULL;
	DIR *names;

	if (folder < 0 || !(names = fdopendir(folder))) {
		e = file_failed(w->arena, w->store->folder, "walking");
		if (folder >= 0)
			close(folder);
		return e;
	}
	while (!e && (entry = readdir(names)))
		if (entry->d_name[0] != '.')
			e = call(w, dirfd(names), entry->d_name);
	closedir(names);
	return e;
}

static bool is_hex(const char *name, size_t n)
{
	return strlen(name) == n && strspn(name, "0123456789abcdef") == n;
}

static struct err *walk_file(const struct walk *w, int folder, const char *name)
{
	struct arena *for_one;		/* there may be millions */
	struct stat st;
	struct err *e;

	if (!is_hex(name, HEX)
	    || fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) != 0
	    || !S_ISREG(st.st_mode) || file_age(&st) < w->age)
		return NULL;
	for_one = arena_new("blob");
	e = w->each(w->what, secret_from_hex(for_one, name));
	arena_free(for_one);
	return e;
}

static struct err *walk_inner(const struct walk *w, int folder, const char *name)
{
	if (!is_hex(name, 2))
		return NULL;
	TRY(each_name(w, file_enter(folder, name), walk_file));
	return NULL;
}

static struct err *walk_outer(const struct walk *w, int folder, const char *name)
{
	if (!is_hex(name, 2))
		return NULL;
	TRY(each_name(w, file_enter(folder, name), walk_inner));
	return NULL;
}

struct err *blob_walk(struct blob_store *s, struct arena *a, int64_t age,
		      struct err *(*each)(void *what, struct bytes sha256),
		      void *what)
{
	const struct walk w = { s, a, age, each, what };
	struct err *e;

	s->age = age;
	/* An own descriptor, because reading a folder moves it along. */
	e = each_name(&w, file_enter(s->top, "."), walk_outer);
	s->age = 0;
	return e;
}

struct err *blob_sweep(struct blob_store *s, struct arena *a)
{
	if (!file_sweep(s->tmp, FORGOTTEN))
		return file_failed(a, s->folder, "tmp");
	return NULL;
}
