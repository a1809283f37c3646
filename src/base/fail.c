#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fail.h"

#ifdef AFTERSALE_FAILPOINTS

/* AFTERSALE_FAIL is "name" or "name:3"; is it about this place? */
static bool is_meant(const char *wish, const char *name, long *times)
{
	size_t n = strlen(name);

	if (strncmp(wish, name, n) || (wish[n] && wish[n] != ':'))
		return false;
	*times = wish[n] ? strtol(wish + n + 1, NULL, 10) : 1;
	return true;
}

void fail_point(const char *name)
{
	const char *wish = getenv("AFTERSALE_FAIL");
	static long passed;
	long times;

	/* Only one place is ever meant, so one counter is enough. */
	if (wish && is_meant(wish, name, &times) && ++passed == times)
		kill(getpid(), SIGKILL);
}

#endif
