#include "board/routes.h"
#include "config/routes.h"
#include "panel/routes.h"
#include "programs.h"
#include "storefront/routes.h"

const struct program_of programs[] = {
	{ "storefront", "", AUDIENCE_CUSTOMERS, storefront_routes },
	{ "board", "/board", AUDIENCE_CUSTOMERS, board_routes },
	{ "config", "/config", AUDIENCE_AGENTS, config_routes },
	{ "panel", "/panel", AUDIENCE_AGENTS, panel_routes },
	{ NULL }
};
