/*
 * One's own account: name, language, mails, password.
 *
 *	GET, POST /profile
 *	POST /profile/password
 */
#include <string.h>

#include "base/arena.h"
#include "base/words.h"
#include "desk/staff.h"
#include "panel/routes.h"
#include "port/view.h"
#include "web/form.h"
#include "web/guard.h"
#include "web/session.h"

enum { QUARTER = 900, MOST_TRIES = 5 };

/* The languages we have; the first choice is the browser's. */
static void show_languages(struct req *req, const char *chosen)
{
	struct node *list = view_at(req->view, "Tongues"), *n = node_item(list);

	node_put(n, "id", "");
	node_put(n, "name", _("As the browser says"));
	for (const char *const *lang = locale_languages; *lang; lang++) {
		n = node_item(list);
		node_put(n, "id", *lang);
		node_put(n, "name", locale_own_name(*lang));
		node_switch(n, "selected", chosen && !strcmp(chosen, *lang));
	}
}

static void show_mails(struct req *req)
{
	static const char *const words[] = {
		[NOTIFY_ALL]  = N_("For every message of a customer"),
		[NOTIFY_MINE] = N_("Only for tickets that are mine"),
		[NOTIFY_NONE] = N_("Never"),
	};
	struct node *list = view_at(req->view, "Mails");

	for (int i = 0; notify_codes[i]; i++) {
		struct node *n = node_item(list);

		node_put(n, "id", notify_codes[i]);
		node_put(n, "name", words_get(words[i]));
	}
}

/* After a POST the fields hold what was typed. */
static struct err *show(struct req *req, int status, bool typed)
{
	struct agent a;

	TRY(staff_profile(&req->desk, &req->who, &a));
	if (!typed) {
		form_fill(req, "name", a.name);
		form_fill(req, "zone", a.zone ? a.zone : "");
		form_fill(req, "notify", notify_codes[a.notify]);
		form_fill(req, "signature", a.signature ? a.signature : "");
	}
	view_put(req->view, "Nav.current", "profile");
	view_put(req->view, "Email", a.email);
	show_languages(req, typed ? form_value(req, "lang") : a.lang);
	show_mails(req);
	return web_show_status(req, status, _("Your profile"), "panel/profile.html.cs");
}

struct err *panel_profile_show(struct req *req)
{
	return show(req, 200, false);
}

struct profile {
	const char *name, *lang, *zone, *notify, *signature;
};

static const struct form_rule profile_rules[] = {
	FORM_LINE(profile, name, REQUIRED, 100, N_("Enter your name")),
	FORM_LINE(profile, lang, OPTIONAL, 12, NULL),
	FORM_LINE(profile, zone, OPTIONAL, 64, NULL),
	FORM_LINE(profile, notify, REQUIRED, 8, N_("Choose one of the list")),
	FORM_TEXT(profile, signature, OPTIONAL, 1000, NULL),
	FORM_END
};

static bool is_one_of(const char *const *codes, const char *text, int *which)
{
	for (*which = 0; codes[*which]; ++*which)
		if (!strcmp(codes[*which], text))
			return true;
	return false;
}

static bool fits(struct req *req, const struct profile *p, struct agent *a)
{
	int notify = 0, lang;
	bool good = true;

	if (*p->lang && !is_one_of(locale_languages, p->lang, &lang)) {
		form_complain(req, "lang", _("Choose one of the list"));
		good = false;
	}
	if (*p->zone && !clock_zone_exists(p->zone)) {
		form_complain(req, "zone", _("Enter a time zone like Europe/Berlin"));
		good = false;
	}
	if (!is_one_of(notify_codes, p->notify, &notify)) {
		form_complain(req, "notify", _("Choose one of the list"));
		good = false;
	}
	*a = (struct agent) {
		.name = p->name, .lang = *p->lang ? p->lang : NULL,
		.zone = *p->zone ? p->zone : NULL, .notify = (enum notify) notify,
		.signature = p->signature,
	};
	return good;
}

struct err *panel_profile_save(struct req *req)
{
	struct profile p;
	struct agent a;

	if (!form_read(req, profile_rules, &p) || !fits(req, &p, &a))
		return show(req, 422, true);
	TRY(staff_set_profile(&req->desk, &req->who, &a));
	TRY(web_flash(req, "saved"));
	return web_redirect(req, "%s/profile", req->desk.urls->panel);
}

/* The new one has to be good, typed twice alike, and the old one known. */
static struct err *change(struct req *req, bool *done)
{
	const char *password = form_value(req, "new");
	const char *wrong = staff_password_complaint(req->arena, password,
						     req->who.email, req->who.name);
	enum staff_answer answer;

	*done = false;
	if (wrong)
		form_complain(req, "new", wrong);
	else if (strcmp(password, form_value(req, "again")))
		form_complain(req, "again", wrong = _("Both have to be the same"));
	if (wrong)
		return NULL;
	TRY(guard_try(req, arena_printf(req->arena, "password:%lld",
					(long long) req->who.id), MOST_TRIES, QUARTER));
	TRY(staff_change_password(&req->desk, &req->who, form_value(req, "old"),
				  password, &answer));
	*done = answer == STAFF_DONE;
	if (!*done)
		form_complain(req, "old", _("This is not your password"));
	return NULL;
}

struct err *panel_profile_password(struct req *req)
{
	bool done;

	TRY(change(req, &done));
	if (!done)
		return show(req, 422, false);
	TRY(session_begin_agent(req, req->who.id));
	TRY(web_flash(req, "password"));
	return web_redirect(req, "%s/profile", req->desk.urls->panel);
}
