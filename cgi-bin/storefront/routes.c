#include "storefront/routes.h"
#include "web/choose.h"
#include "web/image.h"
#include "web/upload.h"

static const char shop_token[] = "the token is signed by the shop";

const struct route storefront_routes[] = {
	{ "GET",  "/",                storefront_front,         1, FOR_ANYBODY },
	{ "GET",  "/sso",             storefront_sso,           10, FOR_ANYBODY },
	{ "POST", "/sso",             storefront_sso,           10, FOR_ANYBODY,
	  .open_post = shop_token },
	{ "POST", "/sso/logout",      storefront_sso_logout,    6, FOR_ANYBODY,
	  .open_post = shop_token },
	{ "POST", "/sign-out",        storefront_sign_out,      3, FOR_ANYBODY },
	{ "GET",  "/choose",          web_choose,               2, FOR_ANYBODY },
	{ "GET",  "/image/:name",     web_image,                2, FOR_ANYBODY },

	{ "GET",  "/orders",          storefront_order_list,    6, FOR_CUSTOMERS },
	{ "GET",  "/requests",        storefront_request_list,  6, FOR_CUSTOMERS },
	{ "GET",  "/new",             storefront_request_new,   6, FOR_CUSTOMERS },
	{ "GET",  "/orders/:key/new", storefront_request_new,   6, FOR_CUSTOMERS },
	{ "POST", "/new",             storefront_request_send,  15, FOR_CUSTOMERS,
	  .takes_files = true },
	{ "GET",  "/sent/:number",    storefront_request_sent,  7, FOR_CUSTOMERS },

	{ "POST", "/upload",          web_upload,               6, FOR_ANYBODY,
	  .takes_files = true },
	{ "GET",  "/upload/:id",      web_upload_thumb,         3, FOR_ANYBODY },

	{ "GET",  "/t/:token",        storefront_link_open,     7, FOR_ANYBODY },
	{ "GET",  "/link",            storefront_link_ask,      2, FOR_ANYBODY },
	{ "POST", "/link",            storefront_link_renew,    8, FOR_ANYBODY },

	{ "GET",  "/guest",           storefront_guest_new,     4, FOR_ANYBODY },
	{ "POST", "/guest",           storefront_guest_send,    15, FOR_ANYBODY,
	  .takes_files = true },
	{ "GET",  "/guest/sent",      storefront_guest_sent,    2, FOR_ANYBODY },
	{ "GET",  "/c/:token",        storefront_guest_show,    4, FOR_ANYBODY },
	{ "POST", "/c/:token",        storefront_guest_confirm, 24, FOR_ANYBODY },
	{ 0 }
};
