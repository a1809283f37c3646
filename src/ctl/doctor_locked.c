#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "ctl/ctl.h"
#include "ctl/doctor.h"
#include "port/conf.h"
#include "port/inspect.h"
#include "port/reader.h"

static struct err *sample(struct doctor *d, const void *at, size_t n, int *fd)
{
	*fd = file_kept(d->ctl->arena, memfd_create("sample", MFD_CLOEXEC));
	if (*fd < 0)
		return FAIL(d->ctl->arena, ERR_FULL, "memfd: %s", strerror(errno));
	if (!file_write(*fd, at, n))
		return FAIL(d->ctl->arena, ERR_FULL, "memfd: %s", strerror(errno));
	return NULL;
}

static bool is_there(struct doctor *d, const char *program, const char *todo)
{
	if (!access(program, X_OK))
		return true;
	doctor_wrong(d, todo, "%s: %s", program, strerror(errno));
	return false;
}

static void tell_missing(struct doctor *d, const char *program,
			 const char *missing)
{
	if (missing)
		doctor_advise(d, "Use a kernel that has it, from 5.13 on; until then"
			      " the other locks hold.",
			      "%s runs without %s: this kernel lacks it.",
			      program, missing);
}

static const char hindered[] = "It may be hindered by a seccomp or AppArmor rule of"
	" this machine; see its log.";

/* A grey dot: the smallest picture there is. */
static const unsigned char dot[] =
	"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\b\0\0\0\0\x3a\x7e\x9b\x55"
	"\0\0\0\nIDATx\x9c\x63h\0\0\0\x82\0\x81w\xcdr\xb6\0\0\0\0IEND\xae\x42\x60\x82";

struct err *doctor_inspector(struct doctor *d)
{
	const char *program = conf_text(d->ctl->conf, "paths", "inspector");
	static const char todo[] = "Install it again, or set inspector in [paths]."
		" Without it no picture is shown and no file accepted.";
	struct inspection seen = { 0 };
	struct err *e;
	int fd;

	TRY(sample(d, dot, sizeof(dot) - 1, &fd));
	if (!is_there(d, program, todo))
		return NULL;
	e = inspect(d->ctl->arena, program, fd, &seen);
	if (e)
		doctor_wrong(d, todo, "%s", e->text);
	else if (strcmp(seen.type, "image/png") || seen.width != 1)
		doctor_wrong(d, hindered, "%s took a picture for %s.", program,
			     seen.type);
	else
		tell_missing(d, program, inspect_missing());
	return NULL;
}

static const char letter[] = "Subject: =?koi8-r?Q?=C4=C1?=\n\nwords\n";

struct err *doctor_reader(struct doctor *d)
{
	const char *program = conf_text(d->ctl->conf, "paths", "reader");
	static const char todo[] = "Install it again, or set reader in [paths]."
		" Without it no mail becomes a message.";
	struct mail m;
	struct err *e;
	int fd, files;

	TRY(sample(d, letter, sizeof(letter) - 1, &fd));
	if (!is_there(d, program, todo))
		return NULL;
	e = reader_ask(d->ctl->arena, program, fd, &m, &files);
	if (e)
		doctor_wrong(d, todo, "%s", e->text);
	else if (m.unreadable || strcmp(m.text, "words"))
		doctor_wrong(d, hindered, "%s could not read a letter.", program);
	else if (strcmp(m.subject, "да"))
		doctor_advise(d, "Install the charsets of the C library (gconv).",
			      "%s knows few charsets.", program);
	else
		tell_missing(d, program, reader_missing());
	return NULL;
}
