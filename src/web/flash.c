#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

#include "base/words.h"
#include "port/view.h"
#include "web/flash.h"

/* A cookie holds a code of this table, never words: nobody can make us say
 * what we did not write. Numbers may follow, "partly.3.1". */
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
	{ "restored", "success", N_("It can be chosen again.") },
	{ "archived", "success", N_("It is in use, so it was archived. Tickets keep it, nobody can choose it any more.") },
	{ "invited",  "success", N_("The invitation is on its way.") },
	{ "switched", "success", N_("The statuses were switched. You can switch back at any time.") },
	{ "testmail", "info",    N_("The test mail is on its way to your own address. If it does not come within a minute, look below.") },
	{ "keysent",  "success", N_("A link for a new password is on its way.") },
	{ "again",    "success", N_("The mail will be tried again.") },
	{ "asked",    "success", N_("It is done within a moment.") },
	{ "dropped",  "success", N_("The letter was put aside. Nobody was told.") },
	{ "held",     "success", N_("The letter is held again.") },
	{ "reread",   "success", N_("The letter will be read again within a minute.") },
	{ "blocked",  "success", N_("All mail of this address is held from now on.") },
	{ "unblocked", "success", N_("Mail of this address is no longer held.") },
	{ "participant", "success", N_("They take part from now on.") },
	{ "accepted", "success", N_("The customer sees this message now.") },
	{ "included", "success", N_("The customer sees this message now, and its sender takes part.") },
	{ "asks",     "success", N_("It counts as a question now.") },
	{ "faster",   "info",    N_("Somebody was faster. This is how it is now.") },
	{ "password", "success", N_("Your new password is set.") },
	{ "signedout","info",    N_("You are signed out.") },
	{ "order",    "success", N_("The order of the ticket was changed.") },
	{ "first",    "info",    N_("No ticket waits longer than that one.") },
	{ "last",     "info",    N_("No ticket that needs an answer came after that one.") },
	{ "unchosen", "warning", N_("Choose tickets first, then what to do with them.") },
	{ "changed",  "success", N_("Tickets changed: {1}.") },
	{ "partly",   "warning", N_("Changed: {1}. Left as they were: {2}, because somebody else "
				    "was faster or you may not change them.") },
};

/* The n-th number behind the code, 1 or 2; at most 999. */
static const char *number_in(struct arena *a, const char *code, int n)
{
	long number;

	for (; code && n; n--)
		code = strchr(code, '.') ? strchr(code, '.') + 1 : NULL;
	number = code ? strtol(code, NULL, 10) : 0;
	return arena_printf(a, "%ld", number > 0 && number < 1000 ? number : 0);
}

struct err *flash_show(struct req *req)
{
	const char *code = web_cookie(req, "aftersale_flash");

	if (!code || !*code)
		return NULL;
	for (size_t i = 0; i < sizeof(flashes) / sizeof(*flashes); i++) {
		size_t n = strlen(flashes[i].code);

		if (strncmp(flashes[i].code, code, n) || (code[n] && code[n] != '.'))
			continue;
		view_put(req->view, "Flash.kind", flashes[i].kind);
		view_put(req->view, "Flash.text", words_say(req->arena, words_get(flashes[i].text),
				   number_in(req->arena, code, 1),
				   number_in(req->arena, code, 2), NULL));
	}
	TRY(web_set_cookie(req, "aftersale_flash", "", -1));
	return NULL;
}
