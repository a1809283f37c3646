/*
 * mailroom --pipe [--config FILE] [--from ADDRESS] [--to ADDRESS]
 * mailroom [--config FILE] [--once]
 *
 * Letters in. With --pipe it takes one from a mail host and is gone (see
 * mailroom/pipe.h); otherwise it becomes the service (service.c). A host starts
 * the first for each letter: to load the libraries of the second, which knows
 * databases and mail hosts, took five times as long as the letter itself.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "mailroom/pipe.h"

/* It lies where we lie. Does not return but to say that it could not. */
static int become_service(char **argv)
{
	enum { LONGEST = 4096 };
	char self[LONGEST], path[LONGEST + 32];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);

	self[n > 0 ? n : 0] = '\0';
	snprintf(path, sizeof(path), "%.*s/mailroom-service",
		 (int) strlen(self) - (int) strlen(basename(self)) - 1, self);
	execv(path, argv);
	fprintf(stderr, "%s: %s\n", path, strerror(errno));
	return EX_OSFILE;
}

int main(int argc, char **argv)
{
	return pipe_is_meant(argc, argv) ? pipe_letter(argc, argv)
					 : become_service(argv);
}
