#include <stdbool.h>

#include "base/arena.h"
#include "ctl/ctl.h"

static const struct command {
	const char *name;
	const char *usage;
	enum ctl_exit (*run)(struct ctl *c, int argc, char **argv);
} commands[] = {
	{ "config", "config check|where", ctl_config },
	{ "doctor", "doctor [--json]", ctl_doctor },
	{ "mail", "mail list|show|replay ...", ctl_mail },
	{ "migrate", "migrate [--dry-run]", ctl_migrate },
	{ "admin", "admin add|password|list ...", ctl_admin },
	{ "recount", "recount", ctl_recount },
	{ "search", "search fill|rebuild", ctl_search },
	{ "shop", "shop apply|check SHOP", ctl_shop },
	{ 0 }
};

static void print_help(FILE *to)
{
	fprintf(to, "usage: aftersale [--config FILE] COMMAND ...\n\n");
	for (const struct command *c = commands; c->name; c++)
		fprintf(to, "  aftersale %s\n", c->usage);
	fprintf(to, "\n`aftersale COMMAND --help` tells more.\n");
}

static const struct command *command_named(const char *name)
{
	for (const struct command *c = commands; c->name; c++)
		if (!strcmp(c->name, name))
			return c;
	return NULL;
}

static enum ctl_exit run(struct ctl *ctl, int argc, char **argv)
{
	const struct command *c;
	int i = 1;

	if (i + 1 < argc && !strcmp(argv[i], "--config")) {
		ctl->given = argv[i + 1];
		i += 2;
	}
	if (i < argc && (!strcmp(argv[i], "--help") || !strcmp(argv[i], "help"))) {
		print_help(stdout);
		return CTL_DONE;
	}
	if (i < argc && !strcmp(argv[i], "--version")) {
		printf("aftersale %s\n", PACKAGE_VERSION);
		return CTL_DONE;
	}
	c = i < argc ? command_named(argv[i]) : NULL;
	if (!c) {
		if (i < argc)
			fprintf(stderr, "aftersale: there is no command %s\n\n",
				argv[i]);
		print_help(stderr);
		return CTL_USAGE;
	}
	return c->run(ctl, argc - i, argv + i);
}

int main(int argc, char **argv)
{
	struct ctl ctl = { .arena = arena_new("ctl"), .program = argv[0] };
	enum ctl_exit rc = run(&ctl, argc, argv);

	arena_free(ctl.arena);
	return rc;
}
