#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "folder.h"
#include "port/spool.h"
#include "test.h"

/* A fresh spool below /tmp, which goes with its arena. */
struct world {
	struct arena *a;
	char *root;
	const char *top;
	struct spool *spool;
};

static struct world world_new(void)
{
	struct world w = { .a = arena_new("test") };

	w.root = arena_dup(w.a, "/tmp/aftersale-spool-XXXXXX");
	CHECK(mkdtemp(w.root));
	w.top = arena_printf(w.a, "%s/some/where", w.root);
	CHECK_OK(spool_open(w.a, w.top, &w.spool));
	return w;
}

static void world_end(struct world *w)
{
	char root[100];

	snprintf(root, sizeof(root), "%s", w->root);
	arena_free(w->a);
	CHECK(!folder_remove(root));
}

static void put(struct world *w, const char *head, const void *at, size_t n)
{
	struct arena *request = arena_new("request");
	struct spool_put *p;

	CHECK_OK(spool_put_begin(w->spool, request, &p));
	CHECK_OK(spool_put_add(p, at, n / 2));
	CHECK_OK(spool_put_add(p, (const char *) at + n / 2, n - n / 2));
	CHECK_INT(spool_put_size(p), n);
	CHECK_OK(spool_put_end(p, head));
	arena_free(request);
}

static struct rows list(struct world *w, size_t most)
{
	struct rows rows;

	CHECK_OK(spool_list(w->spool, w->a, most, &rows));
	return rows;
}

static const char *name_at(struct rows rows, size_t i)
{
	return ((const char **) rows.at)[i];
}

static int files(struct world *w, const char *folder)
{
	DIR *names = opendir(arena_printf(w->a, "%s/%s", w->top, folder));
	struct dirent *entry;
	int n = 0;

	CHECK(names);
	while ((entry = readdir(names)))
		n += entry->d_name[0] != '.';
	closedir(names);
	return n;
}

TEST(a_letter_comes_back_with_its_line)
{
	static const char letter[] = "Subject: x\r\n\r\n\0\nFrom here\n";
	struct world w = world_new();
	struct spool_letter l;
	char back[100];
	struct rows rows;
	struct stat st;
	bool taken;

	put(&w, "{\"way\":\"pipe\"}", letter, sizeof(letter));
	rows = list(&w, 10);
	CHECK_INT(rows.n, 1);
	CHECK_OK(spool_take(w.spool, w.a, name_at(rows, 0), &l, &taken));
	CHECK(taken);
	CHECK_TEXT(l.head, "{\"way\":\"pipe\"}");
	CHECK_INT(l.size, sizeof(letter));
	CHECK(read(l.fd, back, sizeof(back)) == sizeof(letter));
	CHECK(!memcmp(back, letter, sizeof(letter)));
	CHECK(!fstat(l.fd, &st) && (st.st_mode & 07777) == 0600);
	CHECK(!stat(w.top, &st) && (st.st_mode & 07777) == 0700);
	CHECK(!stat(arena_printf(w.a, "%s/new", w.top), &st));
	CHECK((st.st_mode & 07777) == 0700);
	CHECK_OK(spool_drop(w.spool, w.a, l.name));
	CHECK_OK(spool_drop(w.spool, w.a, l.name));
	CHECK_INT(list(&w, 10).n, 0);
	CHECK_INT(files(&w, "tmp"), 0);
	world_end(&w);
}

TEST(letters_are_listed_oldest_first_and_never_more_than_asked_for)
{
	struct world w = world_new();
	struct rows few, all;

	for (int i = 0; i < 40; i++)
		put(&w, arena_printf(w.a, "%d", i), "x", 1);
	all = list(&w, 100);
	few = list(&w, 7);
	CHECK_INT(all.n, 40);
	CHECK_INT(few.n, 7);
	for (size_t i = 0; i < all.n; i++) {
		struct spool_letter l;
		bool taken;

		if (i < few.n)
			CHECK_TEXT(name_at(all, i), name_at(few, i));
		CHECK_OK(spool_take(w.spool, w.a, name_at(all, i), &l, &taken));
		CHECK(taken);
		CHECK_TEXT(l.head, arena_printf(w.a, "%zu", i));
	}
	world_end(&w);
}

TEST(a_letter_is_taken_by_one_at_a_time_and_given_back_by_the_dead)
{
	struct world w = world_new();
	struct arena *other = arena_new("another mailroom");
	struct spool_letter l;
	const char *name;
	bool taken;

	put(&w, "one", "x", 1);
	name = name_at(list(&w, 1), 0);
	CHECK_OK(spool_take(w.spool, other, name, &l, &taken));
	CHECK(taken);
	CHECK_OK(spool_take(w.spool, w.a, name, &l, &taken));
	CHECK(!taken);
	arena_free(other);
	CHECK_OK(spool_take(w.spool, w.a, name, &l, &taken));
	CHECK(taken);
	CHECK_OK(spool_drop(w.spool, w.a, name));
	CHECK_OK(spool_take(w.spool, w.a, name, &l, &taken));
	CHECK(!taken);
	world_end(&w);
}

TEST(what_is_not_ended_was_never_there)
{
	struct world w = world_new();
	struct arena *request = arena_new("request");
	struct spool_put *p;

	CHECK_OK(spool_put_begin(w.spool, request, &p));
	CHECK_OK(spool_put_add(p, "half", 4));
	CHECK_INT(files(&w, "tmp"), 1);
	arena_free(request);
	CHECK_INT(files(&w, "tmp"), 0);
	CHECK_INT(list(&w, 10).n, 0);
	world_end(&w);
}

TEST(the_line_of_a_letter_is_one_line_and_has_an_end)
{
	struct world w = world_new();
	char *line = arena_alloc(w.a, SPOOL_HEAD + 1);
	struct spool_put *p;

	memset(line, 'x', SPOOL_HEAD - 1);
	put(&w, line, "x", 1);
	memset(line, 'x', SPOOL_HEAD);
	CHECK_OK(spool_put_begin(w.spool, w.a, &p));
	CHECK_ERR(spool_put_end(p, line), ERR_BUG);
	CHECK_OK(spool_put_begin(w.spool, w.a, &p));
	CHECK_ERR(spool_put_end(p, "two\nlines"), ERR_BUG);
	CHECK_INT(list(&w, 10).n, 1);
	world_end(&w);
}

static void write_file(struct world *w, const char *name, const char *text)
{
	int fd = open(arena_printf(w->a, "%s/%s", w->top, name),
		      O_WRONLY | O_CREAT, 0600);

	CHECK(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t) strlen(text));
	close(fd);
}

TEST(a_file_without_a_line_is_set_aside_and_told)
{
	struct world w = world_new();
	struct spool_tally tally;
	struct spool_letter l;
	bool taken;

	put(&w, "good", "x", 1);
	write_file(&w, "new/000", "no line at all");
	CHECK_OK(spool_take(w.spool, w.a, "000", &l, &taken));
	CHECK(taken && !l.head);
	CHECK_OK(spool_set_aside(w.spool, w.a, "000"));
	CHECK_OK(spool_count(w.a, w.top, &tally));
	CHECK_INT(tally.waiting, 1);
	CHECK_INT(tally.bad, 1);
	CHECK_TEXT(tally.first_bad, "bad/000");
	CHECK_OK(spool_count(w.a, "/nowhere/at/all", &tally));
	CHECK_INT(tally.waiting + tally.bad, 0);
	world_end(&w);
}

TEST(nothing_but_files_is_taken_from_a_spool)
{
	struct world w = world_new();
	struct spool_letter l;
	bool taken;

	CHECK(!mkdir(arena_printf(w.a, "%s/new/folder", w.top), 0700));
	CHECK_OK(spool_take(w.spool, w.a, "folder", &l, &taken));
	CHECK(!taken);
	CHECK(!symlink("/etc/passwd", arena_printf(w.a, "%s/new/link", w.top)));
	CHECK_ERR(spool_take(w.spool, w.a, "link", &l, &taken), ERR_UPSTREAM);
	world_end(&w);
}

TEST(forgotten_halves_of_letters_are_swept_after_a_day)
{
	struct world w = world_new();
	const struct timespec old[2] = { { .tv_sec = 1000 }, { .tv_sec = 1000 } };

	write_file(&w, "tmp/old", "x");
	write_file(&w, "tmp/young", "x");
	CHECK(!utimensat(AT_FDCWD, arena_printf(w.a, "%s/tmp/old", w.top), old, 0));
	CHECK_OK(spool_sweep(w.spool, w.a));
	CHECK_INT(files(&w, "tmp"), 1);
	world_end(&w);
}

TEST(a_letter_that_does_not_fit_the_disk_is_refused_and_leaves_nothing)
{
	struct world w = world_new();
	struct rlimit most, before;
	char block[4096] = "";
	struct err *e = NULL;
	struct spool_put *p;

	CHECK(!getrlimit(RLIMIT_FSIZE, &before));
	most = before;
	most.rlim_cur = 64 * 1024;
	signal(SIGXFSZ, SIG_IGN);
	CHECK(!setrlimit(RLIMIT_FSIZE, &most));
	CHECK_OK(spool_put_begin(w.spool, w.a, &p));
	for (int i = 0; i < 100 && !e; i++)
		e = spool_put_add(p, block, sizeof(block));
	CHECK(!setrlimit(RLIMIT_FSIZE, &before));
	CHECK(e && e->kind == ERR_FULL);
	CHECK_INT(files(&w, "tmp"), 0);
	CHECK_INT(list(&w, 10).n, 0);
	put(&w, "room again", "x", 1);
	CHECK_INT(list(&w, 10).n, 1);
	world_end(&w);
}

TEST(letters_of_many_processes_never_meet)
{
	enum { PROCESSES = 8, EACH = 20 };
	struct world w = world_new();

	for (int i = 0; i < PROCESSES; i++) {
		pid_t child = fork();

		CHECK(child >= 0);
		if (child)
			continue;
		for (int k = 0; k < EACH; k++)
			put(&w, "x", "y", 1);
		_exit(0);
	}
	for (int i = 0; i < PROCESSES; i++) {
		int status;

		CHECK(wait(&status) > 0 && !status);
	}
	CHECK_INT(list(&w, 1000).n, PROCESSES * EACH);
	world_end(&w);
}
