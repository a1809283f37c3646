/* Runs every TEST() that was linked in; `unit WORD` only those with WORD in their name. */
#include <stdlib.h>

#include "test.h"

enum { MOST = 2000 };

/* ClearSilver forgets a few bytes of a template that cannot be parsed. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:cs_parse_string\n";
}

static struct CMUnitTest tests[MOST];
static size_t n;

void test_add(const char *name, void (*run)(void **))
{
	if (n == MOST) {
		fprintf(stderr, "more than %d tests\n", MOST);
		abort();
	}
	tests[n++] = (struct CMUnitTest) { name, run, NULL, NULL, NULL };
}

/*
 * with-mariadb.sh speaks to programs in the names of their configuration.
 * Tests of the configuration want an environment without them.
 */
static void take_socket_aside(void)
{
	const char *socket = getenv("AFTERSALE_DB_SOCKET");

	if (socket)
		setenv("AFTERSALE_TEST_SOCKET", socket, 1);
	unsetenv("AFTERSALE_DB_SOCKET");
	unsetenv("AFTERSALE_DB_USER");
	unsetenv("AFTERSALE_DB_NAME");
}

int main(int argc, char **argv)
{
	size_t kept = 0;

	take_socket_aside();
	for (size_t i = 0; i < n; i++)
		if (argc < 2 || strstr(tests[i].name, argv[1]))
			tests[kept++] = tests[i];
	if (!kept) {
		fprintf(stderr, "no test is called %s\n", argc > 1 ? argv[1] : "anything");
		return 1;
	}
	return _cmocka_run_group_tests("unit", tests, kept, NULL, NULL) ? 1 : 0;
}
