#include "panel/routes.h"
#include "web/choose.h"

const struct route panel_routes[] = {
	{ "GET",  "/sign-in",           panel_signin_ask,       3, FOR_ANYBODY },
	{ "POST", "/sign-in",           panel_signin_enter,    12, FOR_ANYBODY },
	{ "POST", "/sign-out",          panel_signin_leave,     3, FOR_AGENTS },
	{ "GET",  "/forgot",            panel_signin_forgot,    3, FOR_ANYBODY },
	{ "POST", "/forgot",            panel_signin_remind,   12, FOR_ANYBODY },
	{ "GET",  "/password/:token",   panel_signin_key,       6, FOR_ANYBODY },
	{ "POST", "/password/:token",   panel_signin_choose,   15, FOR_ANYBODY },
	{ "GET",  "/profile",           panel_profile_show,     4, FOR_AGENTS },
	{ "POST", "/profile",           panel_profile_save,     6, FOR_AGENTS },
	{ "POST", "/profile/password",  panel_profile_password, 15, FOR_AGENTS },
	{ "GET",  "/choose",            web_choose,             2, FOR_ANYBODY },
	{ 0 }
};
