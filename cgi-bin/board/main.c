/* board - the conversation of a ticket, and of everything about an order. */
#include "board/routes.h"
#include "web/program.h"

int main(int argc, char **argv)
{
	return program_run("board", AUDIENCE_CUSTOMERS, board_routes, argc, argv);
}
