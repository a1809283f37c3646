#include <errno.h>
#include <fcntl.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/locked.h"
#include "port/inspect.h"

enum {
	LINE = 256,
	LARGEST_SIDE = 8192,
	LARGEST_THUMB = 4 << 20
};

int inspect_deadline = 10 * 1000;

static struct locked inspector = { .name = "inspector" };

static const char unknown[] = "application/octet-stream";

/* Asking the inspector. */

/* All it says until it hangs up; false when it says too much or too late. */
static bool hear(int from, int64_t until, char *line, size_t room)
{
	size_t n = 0;

	for (;;) {
		ssize_t got;

		if (n + 1 >= room || !locked_heard(from, until))
			return false;
		got = read(from, line + n, room - 1 - n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0) {
			line[n] = '\0';
			return got == 0 && strlen(line) == n;
		}
		n += (size_t) got;
	}
}

/* Believing it. Whoever took it over may have written this line. */

static bool is_type(const char *text, size_t n)
{
	static const char token[] = "abcdefghijklmnopqrstuvwxyz"
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.+-_";
	size_t major = strspn(text, token);

	return n <= 100 && major && text[major] == '/'
		&& strspn(text + major + 1, token) == n - major - 1
		&& n > major + 1;
}

static bool take_number(const char **at, int *number)
{
	size_t n = strspn(*at, "0123456789");

	if (!n || n > 4 || (*at)[n] != ' ')
		return false;
	*number = (int) strtol(*at, NULL, 10);
	*at += n + 1;
	return *number <= LARGEST_SIDE;
}

/* "type width height thumbtype\n" and nothing else. */
static bool take_line(struct arena *a, const char *line, struct inspection *out)
{
	size_t n = strcspn(line, " ");

	if (!line[n] || !is_type(arena_copy(a, line, n), n))
		return false;
	out->type = arena_copy(a, line, n);
	line += n + 1;
	if (!take_number(&line, &out->width) || !take_number(&line, &out->height))
		return false;
	if (!strcmp(line, "image/png\n"))
		out->thumb_type = "image/png";
	else if (!strcmp(line, "image/jpeg\n"))
		out->thumb_type = "image/jpeg";
	else
		return !strcmp(line, "-\n") && !out->width && !out->height;
	return out->width > 0 && out->height > 0;
}

/* At least its first bytes are what it is said to be. */
static bool take_thumbnail(int thumb, const char *type)
{
	bool png = !strcmp(type, "image/png");
	const char *begin = png ? "\x89PNG\r\n\x1a\n" : "\xff\xd8\xff";
	char bytes[8];
	struct stat st;

	return fstat(thumb, &st) == 0 && st.st_size <= LARGEST_THUMB
		&& pread(thumb, bytes, sizeof(bytes), 0) == sizeof(bytes)
		&& !memcmp(bytes, begin, strlen(begin))
		&& lseek(thumb, 0, SEEK_SET) == 0;
}

struct asked {
	const char *program;
	int fd;
	int64_t until;
	char line[LINE];		/* what the inspector said */
	int thumb;
};

/* 0 when it answered and ended well; else as locked_ended(). */
static struct err *ask(struct arena *a, struct asked *q, int *status)
{
	int ends[2], failure;
	bool heard;

	q->thumb = file_kept(a, memfd_create("thumbnail", MFD_CLOEXEC));
	if (q->thumb < 0 || pipe2(ends, O_CLOEXEC) != 0)
		return FAIL(a, ERR_UPSTREAM, "inspector: %s", strerror(errno));
	file_kept(a, ends[0]);
	failure = locked_give(&inspector, q->program, q->fd, ends[1], q->thumb);
	close(ends[1]);
	if (failure)
		return FAIL(a, ERR_UPSTREAM, "%s: %s", q->program,
			    strerror(failure));
	heard = hear(ends[0], q->until, q->line, sizeof(q->line));
	*status = locked_ended(&inspector, heard ? q->until : 0);
	if (*status < 0)
		return FAIL(a, ERR_UPSTREAM, "%s cannot fork: %s", q->program,
			    strerror(-*status));
	return NULL;
}

const char *inspect_missing(void)
{
	return locked_missing(&inspector);
}

struct err *inspect(struct arena *a, const char *program, int fd,
		    struct inspection *out)
{
	const struct inspection nothing = { .type = unknown, .thumb_fd = -1 };
	struct asked q = { .program = program, .fd = fd };
	int status;

	*out = nothing;
	q.until = locked_now() + inspect_deadline;
	/* One that was killed since the last file is not this file's fault. */
	TRY(ask(a, &q, &status));
	if (status == LOCKED_GONE)
		TRY(ask(a, &q, &status));
	if (status || !take_line(a, q.line, out)
	    || (out->thumb_type && !take_thumbnail(q.thumb, out->thumb_type)))
		*out = nothing;
	else if (out->thumb_type)
		out->thumb_fd = q.thumb;
	return NULL;
}

/* What customers may send. */

/* By content, as libmagic names it. A * stands for any ending. SVG and HTML
 * are programs, however much they look like pictures and texts. */
static const char *const allowed_types[] = {
	"image/jpeg", "image/png", "image/gif", "image/webp", "image/avif",
	"image/heic", "image/heif", "image/bmp", "image/x-ms-bmp", "image/tiff",
	"application/pdf",
	"text/plain", "text/csv", "application/csv", "text/rtf",
	/* What libmagic at times takes prose, lists and logs for. */
	"text/x-algol68", "text/x-asm", "text/x-c", "text/x-c++", "text/x-diff",
	"text/x-forth", "text/x-fortran", "text/x-java", "text/x-makefile",
	"text/x-pascal", "text/x-po", "text/x-tex",
	"application/vnd.openxmlformats-officedocument.*",
	"application/vnd.oasis.opendocument.*",
	"application/msword", "application/vnd.ms-excel",
	"application/vnd.ms-powerpoint", "application/vnd.ms-office",
	"application/vnd.ms-outlook", "application/CDFV2",
	"application/x-ole-storage",
	"application/zip", "application/x-zip-compressed",
	"message/rfc822",
	NULL
};

/* By name, whatever the content: what a double click would run, here or on
 * the machine of whoever answers, and what a browser would. */
static const char *const refused_extensions[] = {
	"apk", "app", "appimage", "appx", "asp", "aspx", "bash", "bat", "bin",
	"cgi", "chm", "class", "cmd", "com", "command", "config", "cpl", "csh",
	"deb", "desktop", "dll", "dmg", "docm", "dotm", "elf", "exe", "fcgi",
	"gadget", "hta", "htaccess", "htm", "html", "htpasswd", "inf", "ini",
	"ins", "iso", "jar", "js", "jse", "jsp", "ksh", "lnk", "mht", "mhtml",
	"mjs", "msc", "msi", "msp", "mst", "phar", "php", "php3", "php4", "php5",
	"php7", "php8", "phps", "pht", "phtml", "pif", "pkg", "pl", "potm",
	"ppam", "pptm", "ps1", "ps2", "psd1", "psm1", "py", "pyc", "pyw", "rb",
	"reg", "rpm", "run", "scf", "scr", "sct", "settingcontent-ms", "sh",
	"shtml", "sldm", "so", "svg", "svgz", "swf", "url", "vb", "vbe", "vbs",
	"vhd", "vhdx", "wasm", "website", "ws", "wsc", "wsf", "wsh", "xbap",
	"xht", "xhtml", "xlam", "xll", "xlsm", "xltm", "xml", "xsl", "xslt",
	"zsh",
	NULL
};

static bool fits(const char *pattern, const char *text)
{
	size_t n = strcspn(pattern, "*");

	return pattern[n] ? !strncasecmp(pattern, text, n) && text[n]
			  : !strcasecmp(pattern, text);
}

/* The length of `name` without what Windows leaves off at the end of a name
 * (dots and blanks) and without marks that nobody sees. */
static size_t seen_length(const char *name, size_t n)
{
	static const char *const unseen[] = {
		".", " ", "\t",
		"\xc2\xa0", "\xc2\xad",		/* no-break space, soft hyphen */
		"\xe2\x80\x8b", "\xe2\x80\x8c", "\xe2\x80\x8d",	/* zero width */
		"\xe2\x80\x8e", "\xe2\x80\x8f", "\xe2\x81\xa0", "\xef\xbb\xbf",
	};

	for (size_t i = 0; i < sizeof(unseen) / sizeof(*unseen); i++) {
		size_t len = strlen(unseen[i]);

		if (n >= len && !memcmp(name + n - len, unseen[i], len))
			return seen_length(name, n - len);
	}
	return n;
}

/* The last part of the name, up to the colon behind which NTFS has streams. */
static bool has_refused_extension(const char *name)
{
	size_t n = seen_length(name, strcspn(name, ":")), start = n;

	while (start && name[start - 1] != '.')
		start--;
	if (!start)
		return false;
	for (size_t i = 0; refused_extensions[i]; i++)
		if (strlen(refused_extensions[i]) == n - start
		    && !strncasecmp(refused_extensions[i], name + start, n - start))
			return true;
	return false;
}

bool inspect_allowed(const char *type, const char *name)
{
	if (has_refused_extension(name))
		return false;
	for (size_t i = 0; allowed_types[i]; i++)
		if (fits(allowed_types[i], type))
			return true;
	return false;
}
