#include "board/routes.h"
#include "web/choose.h"
#include "web/download.h"
#include "web/frame.h"
#include "web/upload.h"

const struct route board_routes[] = {
	{ "GET",  "/ticket/:number",        board_ticket_show,  10, FOR_CUSTOMERS },
	{ "POST", "/ticket/:number",        board_ticket_write,  16, FOR_CUSTOMERS,
	  .takes_files = true },
	{ "POST", "/ticket/:number/reopen", board_ticket_reopen, 9, FOR_CUSTOMERS },
	{ "GET",  "/ticket/:number/news",   board_ticket_news,   4, FOR_CUSTOMERS },
	{ "GET",  "/order/:key",            board_order_show,    7, FOR_CUSTOMERS },
	{ "GET",  "/message/:id/html",      web_frame,           4, FOR_CUSTOMERS },
	{ "GET",  "/file/:id",              web_download,        3, FOR_CUSTOMERS },
	{ "GET",  "/file/:id/thumb",        web_download_thumb,  3, FOR_CUSTOMERS },
	{ "POST", "/upload",                web_upload,          6, FOR_CUSTOMERS,
	  .takes_files = true },
	{ "GET",  "/upload/:id",            web_upload_thumb,    3, FOR_CUSTOMERS },
	{ "GET",  "/choose",                web_choose,          2, FOR_ANYBODY },
	{ 0 }
};
