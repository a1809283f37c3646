#include "ctl/ctl.h"
#include "port/conf.h"

static const char help[] =
"usage: aftersale config check\n"
"       aftersale config where\n"
"\n"
"check reads the configuration file as every program does and says what is\n"
"wrong with it. where prints which file that is.\n";

static enum ctl_exit check(const struct conf *conf)
{
	const char *const *complaint = conf_complaints(conf);

	if (!*complaint) {
		printf("%s is fine.\n", conf_path(conf));
		return CTL_DONE;
	}
	for (; *complaint; complaint++)
		printf("%s\n", *complaint);
	return CTL_WRONG;
}

enum ctl_exit ctl_config(struct ctl *c, int argc, char **argv)
{
	struct err *e;

	if (argc == 2 && !strcmp(argv[1], "--help")) {
		fputs(help, stdout);
		return CTL_DONE;
	}
	if (argc != 2 || (strcmp(argv[1], "check") && strcmp(argv[1], "where"))) {
		fputs(help, stderr);
		return CTL_USAGE;
	}
	e = ctl_conf(c);
	if (e)
		return ctl_sorry(e);
	if (!strcmp(argv[1], "check"))
		return check(c->conf);
	printf("%s\n", conf_path(c->conf));
	return CTL_DONE;
}
