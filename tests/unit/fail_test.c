#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fail.h"
#include "test.h"

/* How often a process passes the place "here" before it is killed; 9: never. */
static int passes(const char *wish)
{
	int report[2], count = 0, status;
	char byte;
	pid_t child;

	CHECK(pipe(report) == 0);
	child = fork();
	if (!child) {
		setenv("AFTERSALE_FAIL", wish, 1);
		for (int i = 0; i < 9; i++) {
			FAIL_POINT("here");
			if (write(report[1], "x", 1) != 1)
				_exit(1);
		}
		_exit(0);
	}
	close(report[1]);
	while (read(report[0], &byte, 1) == 1)
		count++;
	close(report[0]);
	waitpid(child, &status, 0);
	CHECK(count == 9 ? WIFEXITED(status) :
	      WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	return count;
}

TEST(a_process_dies_at_the_place_that_was_named_and_nowhere_else)
{
#ifdef AFTERSALE_FAILPOINTS
	CHECK_INT(passes("here"), 0);
	CHECK_INT(passes("here:3"), 2);
#else
	CHECK_INT(passes("here"), 9);
#endif
	CHECK_INT(passes("there"), 9);
	CHECK_INT(passes("here:100"), 9);
	CHECK_INT(passes("her"), 9);
	CHECK_INT(passes("hereafter"), 9);
}
