/* config - for the owner: lists, rules, people, mail. */
#include "config/routes.h"
#include "web/program.h"

int main(int argc, char **argv)
{
	return program_run("config", AUDIENCE_AGENTS, config_routes, argc, argv);
}
