#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"
#include "test.h"

/* What log_line() writes, without the time and the process in front. */
static void check_line(const char *text, const char *want)
{
	char line[8192] = "", name[] = "/tmp/aftersale-log-XXXXXX";
	int file = mkstemp(name), kept = dup(STDERR_FILENO);
	ssize_t n;

	CHECK(file >= 0 && kept >= 0);
	unlink(name);
	dup2(file, STDERR_FILENO);
	log_line("%s", text);
	dup2(kept, STDERR_FILENO);
	n = pread(file, line, sizeof(line) - 1, 0);
	close(file);
	close(kept);
	CHECK(n > 0 && line[n - 1] == '\n');
	line[n - 1] = '\0';
	CHECK(!strchr(line, '\n'));
	CHECK(strstr(line, "]: ") != NULL);
	CHECK_TEXT(strstr(line, "]: ") + 3, want);
}

TEST(a_log_line_is_one_line_whatever_is_in_it)
{
	static const struct { const char *text, *want; } cases[] = {
		{ "plain", "plain" },
		{ "größer €", "größer €" },
		{ "a\nb\r\tc", "a\\x0ab\\x0d\\x09c" },
		{ "\033[31m", "\\x1b[31m" },
		{ "\xc2\x9b" "31m", "\\xc2\\x9b31m" },
		{ "M\xfcller", "M\\xfcller" },
		{ "cut \xe2\x82", "cut \\xe2\\x82" },
		{ "\\x0a", "\\x5cx0a" },
		{ "", "" },
	};

	log_open("unit");
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		check_line(cases[i].text, cases[i].want);
}

TEST(a_log_line_has_an_end)
{
	static char text[100001], line[8192];
	char name[] = "/tmp/aftersale-log-XXXXXX";
	int file = mkstemp(name), kept = dup(STDERR_FILENO);
	ssize_t n;

	unlink(name);
	memset(text, '\n', sizeof(text) - 1);
	dup2(file, STDERR_FILENO);
	log_line("%s", text);
	dup2(kept, STDERR_FILENO);
	n = pread(file, line, sizeof(line), 0);
	CHECK(n > 3000 && n <= 4001);
	CHECK(line[n - 1] == '\n');
	close(file);
	close(kept);
}
