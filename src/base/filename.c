#include <string.h>

#include "base/arena.h"
#include "base/filename.h"
#include "base/utf8.h"

enum { LONGEST = 255 };

static const char *without_path(const char *name)
{
	const char *base = name;

	for (; *name; name++)
		if (*name == '/' || *name == '\\')
			base = name + 1;
	return base;
}

/* At most so many bytes, and no half character; the end with the extension
 * is worth more than the middle. */
static const char *cut_name(struct arena *a, const char *name)
{
	size_t n = strlen(name), keep = LONGEST, ending;
	const char *dot = strrchr(name, '.');

	if (n <= keep)
		return name;
	ending = dot && n - (size_t) (dot - name) <= 16
		? n - (size_t) (dot - name) : 0;
	keep -= ending;
	while (keep && ((unsigned char) name[keep] & 0xc0) == 0x80)
		keep--;
	return arena_printf(a, "%.*s%s", (int) keep, name, name + n - ending);
}

const char *filename_clean(struct arena *a, const char *sent)
{
	const char *name = utf8_line(a, utf8_mend(a, sent, strlen(sent)));

	name = cut_name(a, utf8_line(a, without_path(name)));
	if (!*name || !strcmp(name, ".") || !strcmp(name, ".."))
		return "file";
	return name;
}
