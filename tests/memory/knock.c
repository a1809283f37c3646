/*
 * knock - visit a FastCGI program many times over its socket.
 *
 *	knock SOCKET TIMES PID NAME=VALUE...
 *
 * The pairs are the request's parameters. Prints the resident memory of PID
 * in KiB after a tenth of the visits and after all of them. Any answer but
 * 200 ends it with status 1.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../unit/fcgi.h"

static long resident(const char *pid)
{
	char path[64], line[128];
	long kib = -1;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%s/status", pid);
	f = fopen(path, "r");
	while (f && fgets(line, sizeof(line), f))
		if (!strncmp(line, "VmRSS:", 6))
			kib = strtol(line + 6, NULL, 10);
	if (f)
		fclose(f);
	return kib;
}

int main(int argc, char **argv)
{
	long times = argc > 4 ? strtol(argv[2], NULL, 10) : 0, early = 0;

	if (times < 10) {
		fprintf(stderr, "usage: knock SOCKET TIMES PID NAME=VALUE...\n");
		return 2;
	}
	for (long i = 1; i <= times; i++) {
		char *answer = fcgi_visit(argv[1], (const char *const *) argv + 4,
					  NULL, 0);
		bool good = answer && strstr(answer, "Status: 200");

		if (!good)
			fprintf(stderr, "visit %ld: %.200s\n", i,
				answer ? answer : "no answer");
		free(answer);
		if (!good)
			return 1;
		if (i == times / 10)
			early = resident(argv[3]);
	}
	printf("%ld %ld\n", early, resident(argv[3]));
	return 0;
}
