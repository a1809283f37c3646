#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/locked.h"
#include "port/mail_wire.h"
#include "port/reader.h"

/* It computes for five seconds at most; the rest is for a busy machine. */
int reader_deadline = 20 * 1000;

static struct locked reader = { .name = "reader" };

const char *reader_missing(void)
{
	return locked_missing(&reader);
}

static struct err *new_file(struct arena *a, const char *name, int *fd)
{
	*fd = file_kept(a, memfd_create(name, MFD_CLOEXEC));
	if (*fd < 0)
		return FAIL(a, ERR_UPSTREAM, "reader: %s", strerror(errno));
	return NULL;
}

struct asked {
	const char *program;
	int letter, answer, files;
	int64_t until;
};

/* 0 when it answered and ended well; else as locked_ended(). */
static struct err *ask(struct arena *a, const struct asked *q, int *status)
{
	int failure;

	/* What a child has left that was killed half way is nobody's answer. */
	if (ftruncate(q->answer, 0) || ftruncate(q->files, 0)
	    || lseek(q->answer, 0, SEEK_SET) || lseek(q->files, 0, SEEK_SET))
		return FAIL(a, ERR_UPSTREAM, "reader: %s", strerror(errno));
	failure = locked_give(&reader, q->program, q->letter, q->answer, q->files);
	if (failure)
		return FAIL(a, ERR_UPSTREAM, "%s: %s", q->program, strerror(failure));
	*status = locked_ended(&reader, q->until);
	if (*status < 0)
		return FAIL(a, ERR_UPSTREAM, "%s cannot fork: %s", q->program,
			    strerror(-*status));
	return NULL;
}

/* Nobody writes any more: the child that could is dead. */
static bool take_answer(struct arena *a, const struct asked *q, struct mail *out)
{
	struct stat answer, files;
	char *text;
	size_t n;

	if (fstat(q->answer, &answer) || fstat(q->files, &files)
	    || answer.st_size > MAIL_WIRE_MOST)
		return false;
	n = (size_t) answer.st_size;
	text = arena_alloc(a, n + 1);
	return pread(q->answer, text, n, 0) == (ssize_t) n
		&& mail_unpack(a, (struct bytes) { text, n }, files.st_size, out);
}

/* What is known of a letter that took its reader down. */
static void give_up(struct arena *a, struct mail *out, int status)
{
	const char **notes = arena_alloc(a, sizeof(*notes));

	*out = (struct mail) {
		.unreadable = true, .subject = "", .text = "",
		.notes = notes, .n_notes = 1,
	};
	notes[0] = status == LOCKED_LATE ? "reading it took too long" :
		   status ? "reading it failed" : "its reader gave no answer";
}

struct err *reader_ask(struct arena *a, const char *program, int fd,
		       struct mail *out, int *files_fd)
{
	struct asked q = { .program = program, .letter = fd };
	int status;

	TRY(new_file(a, "answer", &q.answer));
	TRY(new_file(a, "files", &q.files));
	q.until = locked_now() + reader_deadline;
	/* One that somebody killed is not this letter's fault. */
	TRY(ask(a, &q, &status));
	if (status && status != LOCKED_LATE)
		TRY(ask(a, &q, &status));
	if (status || !take_answer(a, &q, out))
		give_up(a, out, status);
	*files_fd = q.files;
	return NULL;
}
