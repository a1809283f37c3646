#include <string.h>

#include "base/words.h"
#include "port/view.h"
#include "web/flash.h"

/* A cookie holds a code of this table, never words: nobody can make us say
 * what we did not write. */
static const struct {
	const char *code, *kind, *text;
} flashes[] = {
	{ "sent",     "success", N_("Your message was sent.") },
	{ "noted",    "success", N_("The note was added.") },
	{ "saved",    "success", N_("Saved.") },
	{ "created",  "success", N_("The ticket was created.") },
	{ "closed",   "success", N_("Your request is closed. Thank you.") },
	{ "reopened", "success", N_("Your request is open again.") },
	{ "before",   "info",    N_("This message was already sent. Here it is.") },
	{ "removed",  "success", N_("Removed.") },
	{ "archived", "success", N_("It is in use, so it was archived. Tickets keep it, nobody can choose it any more.") },
	{ "invited",  "success", N_("The invitation is on its way.") },
	{ "switched", "success", N_("The statuses were switched. You can switch back at any time.") },
	{ "again",    "success", N_("The mail will be tried again.") },
	{ "password", "success", N_("Your new password is set.") },
	{ "signedout","info",    N_("You are signed out.") },
	{ "order",    "success", N_("The order of the ticket was changed.") },
};

struct err *flash_show(struct req *req)
{
	const char *code = web_cookie(req, "aftersale_flash");

	if (!code || !*code)
		return NULL;
	for (size_t i = 0; i < sizeof(flashes) / sizeof(*flashes); i++) {
		if (strcmp(flashes[i].code, code))
			continue;
		view_put(req->view, "Flash.kind", flashes[i].kind);
		view_put(req->view, "Flash.text", words_get(flashes[i].text));
	}
	TRY(web_set_cookie(req, "aftersale_flash", "", -1));
	return NULL;
}
