/* The locked program that reads letters: src/reader asked by port/reader.h. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>

#include "base/utf8.h"
#include "letter_file.h"
#include "port/mail_wire.h"
#include "port/reader.h"
#include "taken_over.h"

/* `make check` runs in the folder where the programs were built. */
#define READER	"./reader"

static struct mail asked(struct arena *a, const char *program, const char *text)
{
	struct mail m;
	int files;

	CHECK_OK(reader_ask(a, program, letter_file(a, text, strlen(text)), &m, &files));
	CHECK(files >= 0);
	return m;
}

static const char *subject(struct arena *a, const char *text)
{
	return asked(a, READER, text).subject;
}

static long memory_kib(struct arena *a)
{
	const char *at = strstr(proc(a, getpid(), "status"), "VmHWM:");

	return at ? strtol(at + 6, NULL, 10) : 0;
}

TEST(the_locked_reader_says_what_this_process_would)
{
	static const char text[] =
		"From: =?koi8-u?B?4c7O?= <ann@b.example>\n"
		"To: =?gb2312?B?xOO6ww==?= <x@y.example>\n"
		"Subject: =?iso-2022-jp?B?GyRCRnxLXBsoQg==?= =?big5?B?p0E=?= =?utf-7?Q?+AOk-?=\n"
		"Date: Thu, 05 Mar 2026 10:05:00 +0100\n"
		"Return-Path: <>\nPrecedence: list\n"
		"Content-Type: multipart/mixed; boundary=b\n\n"
		"--b\nContent-Type: text/plain; charset=shift_jis\n\n\x93\xfa\x96{ hello\n"
		"--b\nContent-Type: image/png; name=a.png\nContent-ID: <p@1>\n"
		"Content-Transfer-Encoding: base64\n\naGVsbG8=\n--b--\n";
	struct arena *a = arena_new("test");
	struct mail here = letter_of(a, text), there;
	char bytes[6] = "";
	int files;

	CHECK_OK(reader_ask(a, READER, letter_file(a, text, strlen(text)), &there, &files));
	CHECK(!there.unreadable);
	CHECK_TEXT(there.subject, here.subject);
	CHECK_TEXT(there.from.name, here.from.name);
	CHECK_TEXT(there.from.name, "Анн");
	CHECK_TEXT(there.text, here.text);
	CHECK(strstr(there.text, "日本"));
	CHECK_TEXT(there.automatic, here.automatic);
	CHECK_TEXT(there.list, here.list);
	CHECK(there.date == here.date);
	CHECK_INT(there.n_files, 1);
	CHECK_TEXT(there.files[0].content_id, "p@1");
	CHECK(pread(files, bytes, 5, there.files[0].at) == 5);
	CHECK_TEXT(bytes, "hello");
	CHECK(!memcmp(there.content.at, here.content.at, 32));
	CHECK(!reader_missing());
	arena_free(a);
}

static void ask_twice(struct arena *a, const char *name, int fd)
{
	struct mail here, there;
	int files;

	CHECK_OK(mail_read(a, fd, letter_kept(a, memfd_create("files", MFD_CLOEXEC)), &here));
	CHECK_OK(reader_ask(a, READER, fd, &there, &files));
	if (here.unreadable != there.unreadable || here.n_files != there.n_files
	    || strcmp(here.text, there.text) || here.n_fates != there.n_fates
	    || memcmp(here.content.at, there.content.at, 32))
		fail_msg("%s is another letter when locked up", name);
	CHECK(!here.html == !there.html);
}

TEST(the_locked_reader_reads_all_of_the_corpora)
{
	CHECK_INT(corpus_each("mail/mime4j", ask_twice), 32);
	CHECK_INT(corpus_each("mail/python", ask_twice), 47);
	CHECK_INT(corpus_each("bounce/flufl", ask_twice), 115);
}

TEST(a_reader_that_dies_hangs_or_lies_makes_an_unreadable_letter)
{
	static const char *const bad[] = {
		"crash", "exit", "hang", "nothing", "garbage", "short", "endless",
	};
	struct arena *a = arena_new("test");
	const char *liar = script(a,
		"read x </proc/self/fd/0\n"
		"case $x in\n"
		"crash) kill -SEGV $$ ;;\n"
		"exit) exit 1 ;;\n"
		"hang) exec /bin/sleep 60 ;;\n"
		"garbage) echo nonsense ;;\n"
		"short) printf 'aftersale mail 1\\0\\001' ;;\n"
		"endless) while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done ;;\n"
		"esac\n");
	struct mail m;

	reader_deadline = 700;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		m = asked(a, liar, arena_join(a, bad[i], "\n"));
		if (!m.unreadable)
			fail_msg("%s was believed", bad[i]);
		CHECK_INT(m.n_notes, 1);
		CHECK_TEXT(m.subject, "");
		CHECK_TEXT(m.text, "");
	}
	reader_deadline = 20 * 1000;
	CHECK_TEXT(subject(a, "From: a@b.c\nSubject: after all that\n\n"), "after all that");
	unlink(liar);
	arena_free(a);
}

TEST(a_reader_that_is_not_installed_is_told)
{
	struct arena *a = arena_new("test");
	struct mail m;
	int files, fd = letter_file(a, "x", 1);

	CHECK_ERR(reader_ask(a, "/nowhere/reader", fd, &m, &files), ERR_UPSTREAM);
	arena_free(a);
}

/* From here on the kernel is one that has neither lock. */
static bool lose_locks(void)
{
	static const struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_seccomp, 1, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_landlock_create_ruleset, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	const struct sock_fprog list = {
		.len = sizeof(code) / sizeof(*code), .filter = (void *) code,
	};

	return !prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
		&& !prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &list);
}

TEST(a_kernel_without_locks_is_told_and_letters_are_read_all_the_same)
{
	struct arena *a = arena_new("test");
	pid_t pid = fork();
	struct mail m;
	int files, status;

	CHECK(pid >= 0);
	if (!pid) {
		const char *text = "From: a@b.c\nSubject: s\n\nwords\n";
		int fd = letter_file(a, text, strlen(text));
		bool well = lose_locks() && !reader_ask(a, READER, fd, &m, &files)
			&& !strcmp(m.text, "words") && reader_missing()
			&& !strcmp(reader_missing(), "seccomp and Landlock");

		_exit(!well);
	}
	CHECK(waitpid(pid, &status, 0) == pid);
	CHECK_INT(status, 0);
	arena_free(a);
}

/* A whole answer, for those that say a little less than the truth. */
static struct bytes packed(struct arena *a)
{
	struct mail m = letter_of(a,
		"From: Ann <a@b.example>\nTo: c@d.example\nSubject: s\n"
		"Message-ID: <1@b>\nReferences: <2@b> <3@b>\n"
		"Content-Type: multipart/mixed; boundary=b\n\n"
		"--b\n\nwords\n--b\nContent-Type: image/gif\n\nGIF\n--b--\n");

	return mail_pack(a, &m);
}

TEST(an_answer_that_does_not_fit_exactly_is_refused)
{
	struct arena *a = arena_new("test");
	struct bytes whole = packed(a);
	struct mail m;
	char *bad;

	CHECK(mail_unpack(a, whole, 3, &m));
	CHECK_TEXT(m.text, "words");
	CHECK_INT(m.n_references, 2);
	CHECK(!mail_unpack(a, whole, 2, &m));		/* the file lies beyond the end */
	for (size_t n = 0; n < whole.n; n++)
		CHECK(!mail_unpack(a, (struct bytes) { whole.at, n }, 3, &m));
	bad = arena_copy(a, whole.at, whole.n);
	CHECK(!mail_unpack(a, (struct bytes) { bad, whole.n + 1 }, 3, &m));
	arena_free(a);
}

/* Whatever single byte is changed: no text that is none comes out. */
TEST(a_changed_answer_is_refused_or_well_formed)
{
	struct arena *a = arena_new("test"), *each = arena_new("each");
	struct bytes whole = packed(a);
	char *bad = arena_copy(a, whole.at, whole.n);

	for (size_t i = 0; i < whole.n; i++)
		for (int with = 0; with < 256; with += 15) {
			char was = bad[i];
			struct mail m;

			bad[i] = (char) with;
			if (mail_unpack(each, (struct bytes) { bad, whole.n }, 3, &m)) {
				CHECK(utf8_valid(m.text, strlen(m.text)));
				CHECK(!m.n_files || m.files[0].at + m.files[0].size <= 3);
				CHECK(m.subject && m.n_to <= MAIL_ADDRESSES);
			}
			bad[i] = was;
			arena_reset(each);
		}
	arena_free(each);
	arena_free(a);
}

static void fill(int fd, const char *head, const char *line, size_t size)
{
	size_t n = strlen(line);
	char block[65536];
	size_t used = 0;

	CHECK(write(fd, head, strlen(head)) > 0);
	while (used + n <= sizeof(block)) {
		memcpy(block + used, line, n);
		used += n;
	}
	for (size_t done = 0; done < size; done += used)
		CHECK(write(fd, block, used) == (ssize_t) used);
}

TEST(a_letter_of_25_mib_takes_no_memory_of_who_asks)
{
	static const char head[] = "From: a@b.example\n"
		"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nwords\n--b\n"
		"Content-Type: application/zip\nContent-Transfer-Encoding: base64\n\n";
	static const char line[] = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0\n";
	struct arena *a = arena_new("test");
	int fd = letter_kept(a, memfd_create("letter", MFD_CLOEXEC)), files;
	long before, after;
	struct mail m;

	fill(fd, head, line, (24 << 20) + (1 << 19));
	CHECK_TEXT(subject(a, "From: a@b.c\nSubject: first\n\n"), "first");
	before = memory_kib(a);
	CHECK_OK(reader_ask(a, READER, fd, &m, &files));
	after = memory_kib(a);
	CHECK(!m.unreadable);
	CHECK_TEXT(m.text, "words");
	CHECK(m.n_files == 1 && m.files[0].size > 18 << 20);
#ifndef AFTERSALE_SANITIZE
	if (after - before > 1024)
		fail_msg("%ld KiB", after - before);
#else
	(void) before, (void) after;
#endif
	arena_free(a);
}

/* The child has 256 MiB and five seconds; what takes more is unreadable. */
TEST(letters_made_to_be_expensive_are_read_within_the_limits)
{
	static const struct {
		const char *head, *line;
	} rows[] = {
		{ "From: a@b.c\nContent-Type: multipart/mixed; boundary=b\n\n", "--b\n\nx\n" },
		{ "From: a@b.c\nContent-Type: text/html\n\n", "<div><table><tr><td><b>" },
		{ "From: a@b.c\nContent-Type: text/html\n\n", "&amp;&#1;<p a=b>\n" },
		{ "From: a@b.c\nContent-Type: text/plain; charset=utf-7\n\n", "+AAA-" },
		{ "From: a@b.c\nSubject: ", "=?utf-8?q?a?= " },
		{ "From: a@b.c\n\n", "> > > On Monday you wrote:\n" },
		{ "From: mailer-daemon@b.c\n\n", "a@b.c could not be delivered a@b.c " },
		{ "From: a@b.c\nContent-Type: x/y; ", "a*0*=utf-8''%41; " },
		{ "From: a@b.c\nReferences: ", "<a@b>" },
		{ "From: ", "a@b.c," },
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		int fd = letter_kept(a, memfd_create("letter", MFD_CLOEXEC)), files;
		struct mail m;

		fill(fd, rows[i].head, rows[i].line, 24 << 20);
		CHECK_OK(reader_ask(a, READER, fd, &m, &files));
		if (m.unreadable)
			fail_msg("%s%s: %s", rows[i].head, rows[i].line, m.notes[0]);
		arena_reset(a);
	}
	arena_free(a);
}
