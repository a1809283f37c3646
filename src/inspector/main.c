/*
 * inspector - looks into files that strangers sent, locked up.
 *
 * It speaks as include/locked/serve.h says. The answer is one line, and a
 * thumbnail when the file is a picture:
 *
 *	image/png 640 480 image/jpeg
 *	application/pdf 0 0 -
 *
 * What parses hostile bytes here (libmagic, libgd and the decoders below it)
 * has had its holes and will have more. Whoever takes over a child can
 * compute for ten seconds and lie in one line; include/port/inspect.h
 * believes the line accordingly.
 */
#include <stdint.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <magic.h>

#include "locked/serve.h"
#include "picture.h"

enum { SEEN_BY_MAGIC = 1 << 20 };	/* bytes; the telling ones are in front */

static magic_t magic;
static struct file f;			/* of this child */

/* Old Office files keep what tells them apart anywhere; of the others the
 * beginning is enough, and time stays short. */
static const char *type_of(void)
{
	bool anywhere = begins(f, "\xd0\xcf\x11\xe0", 4);
	size_t n = anywhere || f.n < SEEN_BY_MAGIC ? f.n : SEEN_BY_MAGIC;
	const char *type = magic_buffer(magic, f.n ? (const void *) f.at : "", n);

	return type ? type : "application/octet-stream";
}

/* Where it is, unread. */
static bool map_file(void)
{
	struct stat st;

	if (fstat(FILE_FD, &st) != 0 || !S_ISREG(st.st_mode)
	    || st.st_size > INT32_MAX)
		return false;
	f.n = (size_t) st.st_size;
	if (!f.n)
		return true;
	f.at = mmap(NULL, f.n, PROT_READ, MAP_PRIVATE, FILE_FD, 0);
	return f.at != MAP_FAILED;
}

static bool look(void)
{
	int width = 0, height = 0, n;
	const char *type = type_of(), *thumb;
	char line[256];

	thumb = picture_show(f, type, &width, &height);
	n = snprintf(line, sizeof(line), "%s %d %d %s\n", type, width, height,
		     thumb ? thumb : "-");
	return n > 0 && (size_t) n < sizeof(line)
		&& write_all(ANSWER_FD, line, (size_t) n);
}

static bool ready(void)
{
	magic = magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS
			   | MAGIC_NO_CHECK_ELF);
	if (!magic || magic_load(magic, NULL) != 0)
		return false;
	picture_ready();
	return true;
}

int main(void)
{
	static const struct served inspector = {
		.limits = {
			.seconds = 10, .memory = 256 << 20,
			.addresses = 512 << 20, .file = 4 << 20,
		},
		.ready = ready, .reach = map_file, .look = look,
	};

	return serve(&inspector);
}
