#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "folder.h"
#include "port/blob.h"
#include "port/secret.h"
#include "test.h"

/* A fresh store below /tmp, which goes with its arena. */

struct world {
	struct arena *a;
	char *top;
	struct blob_store *store;
};

static struct world world_new(void)
{
	struct world w = { .a = arena_new("test") };
	char *root = arena_dup(w.a, "/tmp/aftersale-blob-XXXXXX");

	CHECK(mkdtemp(root));
	w.top = arena_printf(w.a, "%s/some/where", root);
	CHECK_OK(blob_open(w.a, w.top, &w.store));
	return w;
}

static void world_end(struct world *w)
{
	char *root = arena_printf(w->a, "%s/../..", w->top);

	CHECK(realpath(root, w->top));
	CHECK(!folder_remove(w->top));
	arena_free(w->a);
}

static struct bytes put(struct world *w, const void *at, size_t n)
{
	struct arena *request = arena_new("request");
	struct blob_put *p;
	struct bytes sha256;
	int64_t size;

	CHECK_OK(blob_put_begin(w->store, request, &p));
	CHECK_OK(blob_put_add(p, at, n / 2));
	CHECK_OK(blob_put_add(p, (const char *) at + n / 2, n - n / 2));
	CHECK_OK(blob_put_end(p, &sha256, &size));
	CHECK_INT(size, n);
	sha256.at = memcpy(arena_alloc(w->a, sha256.n), sha256.at, sha256.n);
	arena_free(request);
	return sha256;
}

static const char *path_of(struct world *w, struct bytes sha256)
{
	const char *hex = secret_hex(w->a, sha256);

	return arena_printf(w->a, "%s/%.2s/%.2s/%s", w->top, hex, hex + 2, hex);
}

static int counted;

static int count_one(const char *path, const struct stat *st, int kind,
		     struct FTW *at)
{
	(void) st;
	counted += kind == FTW_F && path[at->base] != '.';
	return 0;
}

/* Files in the whole store, or in one of its folders. */
static int files(struct world *w, const char *folder)
{
	counted = 0;
	CHECK(!nftw(arena_printf(w->a, "%s/%s", w->top, folder), count_one, 16,
		    FTW_PHYS));
	return counted;
}

static void make_old(struct world *w, struct bytes sha256, int64_t seconds)
{
	struct timespec now, times[2];

	clock_gettime(CLOCK_REALTIME, &now);
	times[0] = times[1] = (struct timespec) { .tv_sec = now.tv_sec - seconds };
	CHECK(!utimensat(AT_FDCWD, path_of(w, sha256), times, 0));
}

TEST(bytes_come_back_as_they_were)
{
	struct world w = world_new();
	unsigned char all[70000], back[70000];
	struct bytes sha256;
	int64_t size;
	int fd;

	for (size_t i = 0; i < sizeof(all); i++)
		all[i] = (unsigned char) (i * 7 >> 3);
	sha256 = put(&w, all, sizeof(all));
	CHECK(secret_equal(sha256.at, sha256.n,
			   secret_sha256(w.a, all, sizeof(all)).at, 32));
	CHECK(blob_exists(w.store, sha256));
	CHECK_OK(blob_get(w.store, w.a, sha256, &fd, &size));
	CHECK_INT(size, sizeof(all));
	CHECK(read(fd, back, sizeof(back)) == sizeof(back));
	CHECK(!memcmp(all, back, sizeof(all)));
	CHECK(write(fd, "x", 1) < 0);
	CHECK(fcntl(fd, F_GETFD) & FD_CLOEXEC);
	put(&w, "", 0);
	CHECK(blob_exists(w.store, secret_sha256(w.a, "", 0)));
	world_end(&w);
}

TEST(files_and_folders_are_ours_alone_and_denied_to_the_web)
{
	struct world w = world_new();
	struct bytes sha256 = put(&w, "hello", 5);
	const char *deny = arena_printf(w.a, "%s/.htaccess", w.top);
	struct stat st;
	char text[200] = "";
	FILE *f;

	CHECK(!stat(path_of(&w, sha256), &st) && (st.st_mode & 07777) == 0600);
	CHECK(!stat(w.top, &st) && (st.st_mode & 07777) == 0700);
	CHECK(!stat(arena_printf(w.a, "%s/tmp", w.top), &st)
	      && (st.st_mode & 07777) == 0700);
	CHECK(!stat(arena_printf(w.a, "%s/2c/f2", w.top), &st)
	      && (st.st_mode & 07777) == 0700);
	f = fopen(deny, "r");
	CHECK(f && fread(text, 1, sizeof(text) - 1, f) > 0 && !fclose(f));
	CHECK(strstr(text, "Require all denied"));
	/* What the owner wrote there himself stays. */
	f = fopen(deny, "w");
	CHECK(f && fputs("mine\n", f) >= 0 && !fclose(f));
	CHECK_OK(blob_open(w.a, w.top, &w.store));
	CHECK(!stat(deny, &st) && st.st_size == 5);
	CHECK_INT(files(&w, "tmp"), 0);
	world_end(&w);
}

TEST(the_same_bytes_are_kept_once)
{
	struct world w = world_new();
	struct bytes one = put(&w, "strace me", 9), two = put(&w, "strace me", 9);

	CHECK(secret_equal(one.at, one.n, two.at, two.n));
	CHECK_INT(files(&w, ""), 1);
	put(&w, "strace you", 10);
	CHECK_INT(files(&w, ""), 2);
	world_end(&w);
}

TEST(nothing_is_kept_before_its_end)
{
	struct world w = world_new();
	struct arena *request = arena_new("request");
	struct blob_put *p;

	CHECK_OK(blob_put_begin(w.store, request, &p));
	CHECK_OK(blob_put_add(p, "hello", 5));
	CHECK(!blob_exists(w.store, secret_sha256(w.a, "hello", 5)));
	CHECK_INT(files(&w, "tmp"), 1);
	arena_reset(request);
	CHECK_INT(files(&w, ""), 0);
	arena_free(request);
	world_end(&w);
}

TEST(what_is_not_there_is_not_found)
{
	struct world w = world_new();
	struct bytes none = secret_sha256(w.a, "none", 4);
	int64_t size;
	int fd;

	CHECK(!blob_exists(w.store, none));
	CHECK_ERR(blob_get(w.store, w.a, none, &fd, &size), ERR_NOT_FOUND);
	CHECK_OK(blob_drop(w.store, w.a, none));
	world_end(&w);
}

TEST(a_hash_that_is_none_leads_nowhere)
{
	static const struct bytes cases[] = {
		{ NULL, 0 }, { "", 0 }, { "../../../../etc/passwd", 22 },
		{ "0123456789012345678901234567890", 31 },
		{ "012345678901234567890123456789012", 33 },
	};
	struct world w = world_new();
	int64_t size;
	int fd;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		CHECK(!blob_exists(w.store, cases[i]));
		CHECK_ERR(blob_get(w.store, w.a, cases[i], &fd, &size),
			  ERR_NOT_FOUND);
		CHECK_OK(blob_drop(w.store, w.a, cases[i]));
	}
	world_end(&w);
}

TEST(a_link_below_the_folder_is_never_followed)
{
	struct world w = world_new();
	struct bytes sha256 = put(&w, "hello", 5);
	const char *path = path_of(&w, sha256);
	char *outer = arena_printf(w.a, "%s/2c", w.top);
	struct arena *request = arena_new("request");
	struct blob_put *p;
	int64_t size;
	int fd;

	CHECK(!unlink(path) && !symlink("/etc/passwd", path));
	CHECK(!blob_exists(w.store, sha256));
	CHECK_ERR(blob_get(w.store, w.a, sha256, &fd, &size), ERR_NOT_FOUND);
	CHECK(!rename(outer, arena_printf(w.a, "%s/moved", w.top)));
	CHECK(!symlink("moved", outer));
	CHECK_ERR(blob_get(w.store, w.a, sha256, &fd, &size), ERR_NOT_FOUND);
	CHECK_OK(blob_put_begin(w.store, request, &p));
	CHECK_OK(blob_put_add(p, "hello", 5));
	CHECK_ERR(blob_put_end(p, &sha256, &size), ERR_UPSTREAM);
	arena_free(request);
	CHECK_INT(files(&w, "tmp"), 0);
	/* A folder, a pipe: neither is a blob. */
	sha256 = put(&w, "bye", 3);
	path = path_of(&w, sha256);
	CHECK(!unlink(path) && !mkfifo(path, 0600));
	CHECK_ERR(blob_get(w.store, w.a, sha256, &fd, &size), ERR_NOT_FOUND);
	CHECK(!unlink(path) && !mkdir(path, 0700));
	CHECK_ERR(blob_get(w.store, w.a, sha256, &fd, &size), ERR_NOT_FOUND);
	world_end(&w);
}

static struct err *fill(struct world *w, struct arena *request, int kilobytes)
{
	static const char block[1024] = { 'x' };
	struct blob_put *p;
	struct bytes sha256;
	int64_t size;
	struct err *e;

	TRY(blob_put_begin(w->store, request, &p));
	while (kilobytes--) {
		e = blob_put_add(p, block, sizeof(block));
		if (e) {
			/* Whoever goes on all the same gets nothing kept. */
			CHECK(blob_put_add(p, block, 1));
			CHECK(blob_put_end(p, &sha256, &size));
			return e;
		}
	}
	TRY(blob_put_end(p, &sha256, &size));
	return NULL;
}

TEST(a_file_beyond_the_rlimit_is_a_full_disk_and_leaves_nothing)
{
	struct world w = world_new();
	struct arena *request = arena_new("request");
	struct rlimit before, small;

	signal(SIGXFSZ, SIG_IGN);
	CHECK(!getrlimit(RLIMIT_FSIZE, &before));
	small = (struct rlimit) { 64 * 1024, before.rlim_max };
	CHECK(!setrlimit(RLIMIT_FSIZE, &small));
	CHECK_ERR(fill(&w, request, 65), ERR_FULL);
	CHECK(!setrlimit(RLIMIT_FSIZE, &before));
	CHECK_INT(files(&w, ""), 0);
	CHECK_OK(fill(&w, request, 65));
	arena_free(request);
	CHECK_INT(files(&w, ""), 1);
	world_end(&w);
}

TEST(a_full_disk_is_told_apart_and_ends_when_there_is_room_again)
{
	struct world w = world_new();
	struct arena *request = arena_new("request");
	char *disk = arena_printf(w.a, "%s/disk", w.top);
	struct world small = { .a = w.a, .top = arena_printf(w.a, "%s/a", disk) };

	CHECK(!mkdir(disk, 0700));
	if (unshare(CLONE_NEWNS) || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL)
	    || mount("none", disk, "tmpfs", 0, "size=256k")) {
		fprintf(stderr, "no small disk for this test: %s\n", strerror(errno));
		arena_free(request);
		world_end(&w);
		skip();
	}
	CHECK_OK(blob_open(request, small.top, &small.store));
	CHECK_OK(fill(&small, request, 100));
	CHECK_ERR(fill(&small, request, 1000), ERR_FULL);
	CHECK_INT(files(&small, ""), 1);
	CHECK_OK(fill(&small, request, 101));
	arena_free(request);
	CHECK(!umount(disk));
	world_end(&w);
}

static struct bytes walked[8];
static size_t walks;

static struct err *note(void *what, struct bytes sha256)
{
	struct world *w = what;
	void *copy = memcpy(arena_alloc(w->a, sha256.n), sha256.at, sha256.n);

	CHECK(walks < 8);
	walked[walks++] = (struct bytes) { copy, sha256.n };
	return NULL;
}

TEST(the_walk_meets_each_old_blob_once_and_nothing_else)
{
	struct world w = world_new();
	struct bytes old = put(&w, "old", 3);

	put(&w, "new", 3);
	make_old(&w, old, 100);
	CHECK(!close(creat(arena_printf(w.a, "%s/README", w.top), 0600)));
	CHECK(!close(creat(arena_printf(w.a, "%.*s/note",
		(int) strlen(w.top) + 6, path_of(&w, old)), 0600)));
	walks = 0;
	CHECK_OK(blob_walk(w.store, w.a, 50, note, &w));
	CHECK_INT(walks, 1);
	CHECK(secret_equal(walked[0].at, walked[0].n, old.at, old.n));
	walks = 0;
	CHECK_OK(blob_walk(w.store, w.a, 0, note, &w));
	CHECK_INT(walks, 2);
	walks = 0;
	CHECK_OK(blob_walk(w.store, w.a, 200, note, &w));
	CHECK_INT(walks, 0);
	world_end(&w);
}

static struct err *reap(void *what, struct bytes sha256)
{
	struct world *w = what;

	return blob_drop(w->store, w->a, sha256);
}

static struct err *put_again_and_reap(void *what, struct bytes sha256)
{
	put(what, "old", 3);
	return reap(what, sha256);
}

static struct err *refuse(void *what, struct bytes sha256)
{
	struct world *w = what;

	(void) sha256;
	return FAIL(w->a, ERR_CONFLICT, "no");
}

TEST(the_reaper_spares_what_came_in_again_meanwhile)
{
	struct world w = world_new();
	struct bytes old = put(&w, "old", 3);

	make_old(&w, old, 100);
	CHECK_ERR(blob_walk(w.store, w.a, 50, refuse, &w), ERR_CONFLICT);
	CHECK_OK(blob_walk(w.store, w.a, 50, put_again_and_reap, &w));
	CHECK(blob_exists(w.store, old));
	make_old(&w, old, 100);
	CHECK_OK(blob_walk(w.store, w.a, 50, reap, &w));
	CHECK(!blob_exists(w.store, old));
	CHECK_INT(files(&w, ""), 0);
	put(&w, "old", 3);
	CHECK_OK(blob_drop(w.store, w.a, old));
	CHECK(!blob_exists(w.store, old));
	world_end(&w);
}

TEST(files_forgotten_in_tmp_go_after_a_day)
{
	struct world w = world_new();
	struct timespec day[2] = { { .tv_sec = 86400 }, { .tv_sec = 86400 } };

	CHECK(!close(creat(arena_printf(w.a, "%s/tmp/old", w.top), 0600)));
	CHECK(!close(creat(arena_printf(w.a, "%s/tmp/new", w.top), 0600)));
	CHECK(!utimensat(AT_FDCWD, arena_printf(w.a, "%s/tmp/old", w.top), day, 0));
	put(&w, "kept", 4);
	CHECK_OK(blob_sweep(w.store, w.a));
	CHECK_INT(files(&w, "tmp"), 1);
	CHECK(!access(arena_printf(w.a, "%s/tmp/new", w.top), F_OK));
	CHECK_INT(files(&w, ""), 2);
	world_end(&w);
}

TEST(a_store_that_cannot_be_made_is_away)
{
	struct arena *a = arena_new("test");
	struct blob_store *s;

	CHECK_ERR(blob_open(a, "/dev/null/x", &s), ERR_UPSTREAM);
	CHECK_ERR(blob_open(a, "/dev/null", &s), ERR_UPSTREAM);
	CHECK_ERR(blob_open(a, "/proc/x", &s), ERR_UPSTREAM);
	arena_free(a);
}

/* Which of these words comes next in the trace, one after the other? */
static void in_order(FILE *trace, const char *const *words)
{
	char line[512];

	while (*words && fgets(line, sizeof(line), trace))
		words += strstr(line, *words) != NULL;
	if (*words)
		fail_msg("%s does not come where it should", *words);
}

/* Does strace run this program to a good end? It tells its trace to a file. */
static bool traced(const char *path, const char *program, const char *argument)
{
	int quiet, status;
	pid_t child = fork();

	CHECK(child >= 0);
	if (!child) {
		setenv("ASAN_OPTIONS", "detect_leaks=0", 1);
		quiet = open("/dev/null", O_RDWR);
		dup2(quiet, 1);
		dup2(quiet, 2);
		execlp("strace", "strace", "-o", path, "-e", "trace=file,desc",
		       program, argument, NULL);
		_exit(127);
	}
	CHECK(waitpid(child, &status, 0) == child);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

TEST(a_folder_has_a_mark_until_its_name_is_on_disk)
{
	struct world w = world_new();
	const char *ab = arena_printf(w.a, "%s/2c", w.top);
	const char *cd = arena_printf(w.a, "%s/f2", ab);
	struct bytes sha256;
	struct stat st;

	/* Somebody made them and died, or is about to fsync. */
	CHECK(!mkdir(ab, 0700) && !chmod(ab, 01700));
	CHECK(!mkdir(cd, 0700) && !chmod(cd, 01700));
	sha256 = put(&w, "hello", 5);
	CHECK(blob_exists(w.store, sha256));
	CHECK(!stat(ab, &st) && (st.st_mode & 07777) == 0700);
	CHECK(!stat(cd, &st) && (st.st_mode & 07777) == 0700);
	world_end(&w);
}

TEST(data_then_name_then_folder_reach_the_disk_in_this_order)
{
	struct arena *a = arena_new("test");
	char self[PATH_MAX + 1] = "", data[40], folder[40];
	const char *hex, *path = arena_printf(a, "/tmp/aftersale-trace-%d", getpid());
	FILE *trace;
	int fd;

	if (!traced("/dev/null", "true", NULL)) {
		fprintf(stderr, "strace cannot run: the order is not checked\n");
		arena_free(a);
		skip();
	}
	CHECK(readlink("/proc/self/exe", self, PATH_MAX) > 0);
	CHECK(traced(path, self, "the_same_bytes_are_kept_once"));
	trace = fopen(path, "r");
	CHECK(trace);
	while (fgets(self, sizeof(self), trace))
		if (strstr(self, "\"stra\"") && sscanf(self, "write(%d", &fd) == 1)
			break;
	snprintf(data, sizeof(data), "fsync(%d)", fd);
	hex = secret_hex(a, secret_sha256(a, "strace me", 9));
	while (fgets(self, sizeof(self), trace))
		if (strstr(self, "renameat(") && strstr(self, hex))
			break;
	CHECK(sscanf(strstr(self, ", ") + 2, "\"%*[^\"]\", %d", &fd) == 1);
	snprintf(folder, sizeof(folder), "fsync(%d)", fd);
	rewind(trace);
	in_order(trace, (const char *const []) {
		"\"ce me\", 5) ", "mkdirat(", "mkdirat(",	/* ab, cd */
		data, hex, folder, "fsync(", "fchmod(",		/* ab knows cd */
		"fsync(", "fchmod(",				/* top knows ab */
		data, hex, folder, NULL });
	/* Where the folders are on disk, nothing else is waited for. */
	while (fgets(self, sizeof(self), trace) && !strstr(self, "O_EXCL"))
		CHECK(!strstr(self, "fsync("));
	fclose(trace);
	CHECK(!unlink(path));
	arena_free(a);
}
