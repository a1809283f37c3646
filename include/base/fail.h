/*
 * fail - named places where a test may end the process at once.
 *
 *	FAIL_POINT("after_insert_message");
 *
 * Compiled in only with --enable-failpoints; AFTERSALE_FAIL=name:3 kills the
 * process (SIGKILL) when the place is passed for the third time.
 */
#ifndef BASE_FAIL_H
#define BASE_FAIL_H

#ifdef AFTERSALE_FAILPOINTS
void fail_point(const char *name);
#define FAIL_POINT(name)	fail_point(name)
#else
#define FAIL_POINT(name)	((void) 0)
#endif

#endif
