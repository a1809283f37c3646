#include "config/routes.h"
#include "web/choose.h"
#include "web/image.h"

static struct err *config_start(struct req *req)
{
	return web_redirect(req, "%s/helpdesk", req->desk.urls->config);
}

/* An owner saves rarely: where a page writes many rows its budget says so. */
const struct route config_routes[] = {
	{ "GET",  "/",             config_start,         2, FOR_AGENTS, RIGHT_CONFIG },
	{ "GET",  "/helpdesk",     config_helpdesk_show, 6, FOR_AGENTS, RIGHT_CONFIG },
	{ "POST", "/helpdesk",     config_helpdesk_save, 80, FOR_AGENTS, RIGHT_CONFIG },
	{ "GET",  "/type/:id",     config_type_show,     3, FOR_AGENTS, RIGHT_CONFIG },
	{ "POST", "/type/:id",     config_type_save,     15, FOR_AGENTS, RIGHT_CONFIG,
	  .takes_files = true },
	{ "GET",  "/status/:id",   config_status_show,   3, FOR_AGENTS, RIGHT_CONFIG },
	{ "POST", "/status/:id",   config_status_save,   15, FOR_AGENTS, RIGHT_CONFIG,
	  .takes_files = true },
	{ "GET",  "/priority/:id", config_priority_show, 3, FOR_AGENTS, RIGHT_CONFIG },
	{ "POST", "/priority/:id", config_priority_save, 15, FOR_AGENTS, RIGHT_CONFIG,
	  .takes_files = true },
	{ "GET",  "/presets",      config_preset_show,   3, FOR_AGENTS, RIGHT_CONFIG },
	{ "POST", "/presets",      config_preset_change, 250, FOR_AGENTS, RIGHT_CONFIG },
	{ "POST", "/rules",        config_preset_rules,  40, FOR_AGENTS, RIGHT_CONFIG },
	{ "GET",  "/staff",        config_staff_list,    3, FOR_AGENTS, RIGHT_STAFF },
	{ "GET",  "/staff/:id",    config_staff_show,    4, FOR_AGENTS, RIGHT_STAFF },
	{ "POST", "/staff/:id",    config_staff_save,    15, FOR_AGENTS, RIGHT_STAFF },
	{ "GET",  "/general",      config_general_show,  2, FOR_AGENTS, RIGHT_CONFIG },
	{ "POST", "/general",      config_general_save,  60, FOR_AGENTS, RIGHT_CONFIG },
	{ "GET",  "/mail",         config_mail_show,     5, FOR_AGENTS, RIGHT_CONFIG },
	{ "POST", "/mail",         config_mail_save,     20, FOR_AGENTS, RIGHT_CONFIG },
	{ "GET",  "/mail/loop",    config_mail_loop_show, 3, FOR_AGENTS, RIGHT_CONFIG },
	{ "POST", "/mail/loop",    config_mail_loop_act, 10, FOR_AGENTS, RIGHT_CONFIG },
	{ "GET",  "/mailboxes",    config_mailbox_list,  4, FOR_AGENTS, RIGHT_CONFIG },
	{ "GET",  "/mailboxes/:id", config_mailbox_show, 3, FOR_AGENTS, RIGHT_CONFIG },
	{ "POST", "/mailboxes/:id", config_mailbox_save, 15, FOR_AGENTS, RIGHT_CONFIG },
	{ "GET",  "/mailboxes/:id/test", config_mailbox_test_show, 4, FOR_AGENTS, RIGHT_CONFIG },
	{ "POST", "/mailboxes/:id/test", config_mailbox_test, 5, FOR_AGENTS, RIGHT_CONFIG },
	{ "GET",  "/log",          config_log_show,      3, FOR_AGENTS, RIGHT_CONFIG },
	{ "GET",  "/image/:name",  web_image,            2, FOR_AGENTS, RIGHT_READ },
	{ "GET",  "/choose",       web_choose,           2, FOR_ANYBODY },
	{ 0 }
};
