#include "board/routes.h"
#include "programs.h"
#include "storefront/routes.h"

const struct program_of programs[] = {
	{ "storefront", "", AUDIENCE_CUSTOMERS, storefront_routes },
	{ "board", "/board", AUDIENCE_CUSTOMERS, board_routes },
	{ NULL }
};
