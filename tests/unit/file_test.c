#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "test.h"

TEST(folders_on_the_way_are_made_for_us_alone)
{
	struct arena *a = arena_new("test");
	char top[] = "/tmp/file-XXXXXX";
	const char *deep;
	struct stat st;

	CHECK(mkdtemp(top));
	deep = arena_printf(a, "%s/one/two", top);
	CHECK(file_make_folders(a, deep));
	CHECK(file_make_folders(a, deep));
	CHECK(stat(deep, &st) == 0);
	CHECK_INT(st.st_mode & 07777, 0700);
	CHECK(!file_make_folders(a, "/proc/none/here"));
	CHECK(rmdir(deep) == 0 && rmdir(arena_printf(a, "%s/one", top)) == 0
	      && rmdir(top) == 0);
	arena_free(a);
}

TEST(only_old_files_are_swept_and_no_folder)
{
	char top[] = "/tmp/file-XXXXXX";
	const struct timespec old[2] = { { .tv_sec = 1000 }, { .tv_sec = 1000 } };
	int folder;

	CHECK(mkdtemp(top));
	folder = open(top, O_RDONLY | O_DIRECTORY);
	close(openat(folder, "old", O_CREAT | O_WRONLY, 0600));
	close(openat(folder, "young", O_CREAT | O_WRONLY, 0600));
	CHECK(mkdirat(folder, "oldest", 0700) == 0);
	CHECK(utimensat(folder, "old", old, 0) == 0);
	CHECK(utimensat(folder, "oldest", old, 0) == 0);
	CHECK(file_sweep(folder, 60));
	CHECK(unlinkat(folder, "old", 0) != 0 && errno == ENOENT);
	CHECK(unlinkat(folder, "young", 0) == 0);
	CHECK(unlinkat(folder, "oldest", AT_REMOVEDIR) == 0);
	close(folder);
	CHECK(!file_sweep(folder, 60));
	rmdir(top);
}

TEST(a_descriptor_closes_with_its_arena)
{
	struct arena *a = arena_new("test");
	int fd = file_kept(a, open("/dev/null", O_RDONLY));

	CHECK(fd >= 0 && fcntl(fd, F_GETFD) >= 0);
	CHECK_INT(file_kept(a, -1), -1);
	arena_free(a);
	CHECK(fcntl(fd, F_GETFD) < 0);
}

TEST(a_full_disk_is_told_from_one_that_is_away)
{
	struct arena *a = arena_new("test");

	errno = ENOSPC;
	CHECK_ERR(file_failed(a, "/here", "writing"), ERR_FULL);
	errno = EIO;
	CHECK_ERR(file_failed(a, "/here", "writing"), ERR_UPSTREAM);
	arena_free(a);
}
