#include "panel/routes.h"
#include "web/choose.h"
#include "web/download.h"
#include "web/frame.h"
#include "web/upload.h"

/* Lists walk the owner's order: six statements, and one for each value. */
enum { LIST = 6 + 24, BULK = 50 * 12 + 4 };

const struct route panel_routes[] = {
	{ "GET",  "/",                  panel_front,            1, FOR_AGENTS, RIGHT_READ },
	{ "GET",  "/inbox",             panel_inbox_show,    LIST, FOR_AGENTS, RIGHT_READ },
	{ "GET",  "/inbox/count",       panel_inbox_count,      2, FOR_AGENTS, RIGHT_READ },
	{ "POST", "/inbox",             panel_inbox_change,  BULK, FOR_AGENTS, RIGHT_CHANGE },
	{ "GET",  "/postings",          panel_postings_show, LIST, FOR_AGENTS, RIGHT_READ },

	{ "GET",  "/ticket/:n",         panel_ticket_show,     13, FOR_AGENTS, RIGHT_READ },
	{ "POST", "/ticket/:n",         panel_ticket_write,    16, FOR_AGENTS, RIGHT_READ,
	  .takes_files = true },
	{ "GET",  "/ticket/:n/news",    panel_ticket_news,      3, FOR_AGENTS, RIGHT_READ },
	{ "GET",  "/ticket/:n/previous", panel_ticket_previous, 3, FOR_AGENTS, RIGHT_READ },
	{ "GET",  "/ticket/:n/next",    panel_ticket_next,      3, FOR_AGENTS, RIGHT_READ },
	{ "GET",  "/ticket/:n/order",   panel_ticket_order,     3, FOR_AGENTS, RIGHT_READ },
	{ "POST", "/ticket/:n/change",  panel_ticket_change,   20, FOR_AGENTS, RIGHT_CHANGE },
	{ "POST", "/ticket/:n/order",   panel_ticket_tie,      16, FOR_AGENTS, RIGHT_CHANGE },

	{ "POST", "/ticket/:n/people",  panel_ticket_people,   18, FOR_AGENTS, RIGHT_CHANGE },
	{ "POST", "/ticket/:n/relation", panel_ticket_relation, 14, FOR_AGENTS, RIGHT_CHANGE },
	{ "POST", "/outside/:id",       panel_outside_act,     40, FOR_AGENTS, RIGHT_REPLY },

	{ "GET",  "/new",               panel_ticket_new,       6, FOR_AGENTS, RIGHT_CREATE },
	{ "POST", "/new",               panel_ticket_send,     20, FOR_AGENTS, RIGHT_CREATE,
	  .takes_files = true },
	{ "GET",  "/order",             panel_order_search,     2, FOR_AGENTS, RIGHT_READ },
	{ "GET",  "/order/:key",        panel_order_show,       6, FOR_AGENTS, RIGHT_READ },

	{ "GET",  "/letters",           panel_letters_show,     4, FOR_AGENTS, RIGHT_LETTERS },
	{ "POST", "/letters",           panel_letters_act,      4, FOR_AGENTS, RIGHT_LETTERS },

	{ "GET",  "/held",              panel_held_list,        5, FOR_AGENTS, RIGHT_LETTERS },
	{ "GET",  "/held/:id",          panel_held_show,        5, FOR_AGENTS, RIGHT_LETTERS },
	{ "POST", "/held/:id",          panel_held_act,        40, FOR_AGENTS, RIGHT_LETTERS },
	{ "GET",  "/held/:id/html",     panel_held_frame,       3, FOR_AGENTS, RIGHT_LETTERS },
	{ "GET",  "/held/:id/raw",      panel_held_raw,         3, FOR_AGENTS, RIGHT_LETTERS },
	{ "GET",  "/held/:id/file/:n",  panel_held_file,        3, FOR_AGENTS, RIGHT_LETTERS },
	{ "GET",  "/original/:id",      panel_original_show,    5, FOR_AGENTS, RIGHT_READ },
	{ "GET",  "/original/:id/html", panel_original_frame,   5, FOR_AGENTS, RIGHT_READ },
	{ "GET",  "/original/:id/raw",  panel_original_raw,     5, FOR_AGENTS, RIGHT_READ },
	{ "GET",  "/original/:id/file/:n", panel_original_file, 5, FOR_AGENTS, RIGHT_READ },

	{ "POST", "/upload",            web_upload,             6, FOR_AGENTS, RIGHT_READ,
	  .takes_files = true },
	{ "GET",  "/upload/:id",        web_upload_thumb,       3, FOR_AGENTS, RIGHT_READ },
	{ "GET",  "/file/:id",          web_download,           3, FOR_AGENTS, RIGHT_READ },
	{ "GET",  "/message/:id/html",  web_frame,              4, FOR_AGENTS, RIGHT_READ },
	{ "GET",  "/file/:id/thumb",    web_download_thumb,     3, FOR_AGENTS, RIGHT_READ },

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
