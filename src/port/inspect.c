#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "port/inspect.h"

enum {
	LINE = 256,
	LARGEST_SIDE = 8192,
	LARGEST_THUMB = 4 << 20,
	APART = 10			/* descriptors from here on are ours */
};

int inspect_deadline = 10 * 1000;

static const char unknown[] = "application/octet-stream";

/* Running the inspector. */

static int64_t milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t) now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Only 0, 1 and 3 go with it; nothing of our environment, no signal of ours
 * ignored or blocked. The sources are above APART, so no dup2 hits another. */
static int spawn(const char *program, int file, int line, int thumb, pid_t *pid)
{
	char *const argv[] = { (char *) "inspector", NULL };
	char *const nothing[] = { NULL };
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	sigset_t none, all;
	int rc;

	sigemptyset(&none);
	sigfillset(&all);
	rc = posix_spawn_file_actions_init(&actions);
	if (rc)
		return rc;
	rc = posix_spawnattr_init(&attr);
	if (rc) {
		posix_spawn_file_actions_destroy(&actions);
		return rc;
	}
	posix_spawnattr_setsigmask(&attr, &none);
	posix_spawnattr_setsigdefault(&attr, &all);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK
				 | POSIX_SPAWN_SETSIGDEF);
	if (!(rc = posix_spawn_file_actions_adddup2(&actions, file, 0))
	    && !(rc = posix_spawn_file_actions_adddup2(&actions, line, 1))
	    && !(rc = posix_spawn_file_actions_adddup2(&actions, thumb, 3))
	    && !(rc = posix_spawn_file_actions_addclosefrom_np(&actions, 4))
	    && !(rc = posix_spawn_file_actions_addclose(&actions, 2)))
		rc = posix_spawn(pid, program, &actions, &attr, argv, nothing);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&actions);
	return rc;
}

/* All it says until it hangs up; false when it says too much or too late. */
static bool hear(int from, int64_t until, char *line, size_t room)
{
	size_t n = 0;

	for (;;) {
		struct pollfd p = { .fd = from, .events = POLLIN };
		int64_t left = until - milliseconds();
		ssize_t got;

		if (left <= 0 || n + 1 >= room)
			return false;
		if (poll(&p, 1, (int) left) <= 0)
			continue;	/* a signal, or the time is over */
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

/* True when it ended by itself and said it was well. One that hung up and
 * stays on is waited for until the deadline, and then nobody waits. */
static bool ended_well(pid_t pid, bool heard, int64_t until)
{
	int status = 0;
	pid_t who;

	if (!heard)
		kill(pid, SIGKILL);
	while ((who = waitpid(pid, &status, heard ? WNOHANG : 0)) != pid) {
		if (who < 0 && errno != EINTR)
			return heard;	/* SIGCHLD is ignored: it is gone */
		if (who == 0)
			poll(NULL, 0, 1);
		if (heard && milliseconds() >= until) {
			kill(pid, SIGKILL);
			heard = false;
		}
	}
	return heard && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* The same descriptor, out of the way of 0 to 3; the old number is closed. */
static int moved_apart(int fd)
{
	int moved = fcntl(fd, F_DUPFD_CLOEXEC, APART);

	close(fd);
	return moved;
}

static void close_fd(void *what)
{
	close(*(int *) what);
}

/* A descriptor above APART that closes with the arena; -1 stays -1. */
static int kept(struct arena *a, int fd)
{
	int *own;

	if (fd < 0)
		return -1;
	own = NEW(a, int);
	*own = moved_apart(fd);
	if (*own >= 0)
		arena_defer(a, close_fd, own);
	return *own;
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

struct err *inspect(struct arena *a, const char *program, int fd,
		    struct inspection *out)
{
	const struct inspection nothing = { .type = unknown, .thumb_fd = -1 };
	int64_t until = milliseconds() + inspect_deadline;
	int file, thumb, ends[2], rc;
	char line[LINE];
	bool heard;
	pid_t pid;

	*out = nothing;
	file = kept(a, fcntl(fd, F_DUPFD_CLOEXEC, APART));
	thumb = kept(a, memfd_create("thumbnail", MFD_CLOEXEC));
	if (file < 0 || thumb < 0 || pipe2(ends, O_CLOEXEC) != 0)
		return FAIL(a, ERR_UPSTREAM, "inspector: %s", strerror(errno));
	ends[0] = kept(a, ends[0]);
	ends[1] = moved_apart(ends[1]);
	rc = spawn(program, file, ends[1], thumb, &pid);
	close(ends[1]);
	if (rc)
		return FAIL(a, ERR_UPSTREAM, "%s: %s", program, strerror(rc));
	heard = hear(ends[0], until, line, sizeof(line));
	if (!ended_well(pid, heard, until) || !take_line(a, line, out)
	    || (out->thumb_type && !take_thumbnail(thumb, out->thumb_type)))
		*out = nothing;
	else if (out->thumb_type)
		out->thumb_fd = thumb;
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
