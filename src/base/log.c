#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "base/utf8.h"

enum { LONGEST = 4000 };		/* a pipe takes this much in one piece */

static char name[32] = "aftersale";

void log_open(const char *program)
{
	snprintf(name, sizeof(name), "%s", program);
}

/* Bytes of a character that may stand in a line; 0: show it as \x... */
static size_t harmless(const char *text)
{
	unsigned char c = (unsigned char) *text;
	size_t n = c < 0xc2 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;

	if (c < 0x20 || c == 0x7f || c == '\\')
		return 0;
	if (c == 0xc2 && (unsigned char) text[1] < 0xa0)
		return 0;		/* U+0080 to U+009F: controls as well */
	return strnlen(text, n) == n && utf8_valid(text, n) ? n : 0;
}

/* Into line[at...], as much as fits; the new end. */
static size_t add_visibly(char *line, size_t at, const char *text)
{
	while (*text) {
		size_t n = harmless(text);

		if (at + 8 > LONGEST)
			break;
		if (n) {
			memcpy(line + at, text, n);
			at += n;
		} else {
			at += (size_t) snprintf(line + at, 8, "\\x%02x",
						(unsigned char) *text);
		}
		text += n ? n : 1;
	}
	return at;
}

static size_t add_head(char *line)
{
	time_t now = time(NULL);
	struct tm tm;
	size_t n;

	gmtime_r(&now, &tm);
	n = strftime(line, 64, "%Y-%m-%dT%H:%M:%SZ ", &tm);
	return n + (size_t) snprintf(line + n, 64, "%s[%d]: ", name,
				     (int) getpid());
}

void log_line(const char *fmt, ...)
{
	char text[LONGEST], line[LONGEST + 1];
	va_list ap;
	size_t n;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	n = add_visibly(line, add_head(line), text);
	line[n++] = '\n';
	/* One write, so that lines of several workers do not mix. */
	if (write(STDERR_FILENO, line, n) < 0)
		return;
}
