/* panel - for the people who answer. */
#include "panel/routes.h"
#include "web/program.h"

int main(int argc, char **argv)
{
	return program_run("panel", AUDIENCE_AGENTS, panel_routes, argc, argv);
}
