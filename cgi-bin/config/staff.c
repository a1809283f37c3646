/*
 * The team: who may sign in, and what they may.
 *
 *	GET /staff
 *	GET, POST /staff/:id	("new" for somebody new)
 */
#include <string.h>

#include "base/arena.h"
#include "base/words.h"
#include "config/routes.h"
#include "desk/staff.h"
#include "port/view.h"
#include "web/form.h"
#include "web/look.h"

static const char *role_words(const char *code)
{
	return !strcmp(code, "administrator")
		? _("Also sees Settings, and manages the team")
		: _("Reads, answers and changes all tickets");
}

static void show_person(struct req *req, struct node *n, const struct agent *a)
{
	look_person(req, n, a->id, a->name);
	node_number(n, "id", a->id);
	node_put(n, "email", a->email);
	node_put(n, "role", words_get(a->role_name));
	node_put(n, "state", !a->active ? _("May not sign in") :
			     a->has_password ? _("Active") : _("Invited"));
	node_put(n, "state_colour", !a->active ? "grey" :
				    a->has_password ? "green" : "amber");
	look_time(req, n, "seen", a->seen_at);
	node_put(n, "url", arena_printf(req->arena, "%s/staff/%lld",
				req->desk.urls->config, (long long) a->id));
}

struct err *config_staff_list(struct req *req)
{
	struct node *list = view_at(req->view, "Agents");
	const struct agent *a;
	struct rows rows;

	TRY(staff_list(&req->desk, &req->who, &rows));
	a = rows.at;
	for (size_t i = 0; i < rows.n; i++)
		show_person(req, node_item(list), &a[i]);
	view_put(req->view, "Nav.current", "staff");
	return web_show(req, _("Team and roles"), "config/staff.html.cs");
}

/* The form. */

static bool is_new(const struct req *req)
{
	return !strcmp(web_part(req, 0), "new");
}

/* With nobody yet: active, told of everything, no role. */
static struct err *find(struct req *req, struct agent *a)
{
	int64_t id;

	*a = (struct agent) { .active = true, .notify = NOTIFY_ALL };
	if (is_new(req))
		return NULL;
	TRY(web_id(req, 0, &id));
	TRY(staff_find(&req->desk, &req->who, id, a));
	return NULL;
}

static struct err *show_roles(struct req *req, int64_t chosen)
{
	struct node *list = view_at(req->view, "Roles");
	const struct role *r;
	struct rows rows;

	TRY(staff_roles(&req->desk, &req->who, &rows));
	r = rows.at;
	for (size_t i = 0; i < rows.n; i++) {
		struct node *n = node_item(list);

		node_number(n, "id", r[i].id);
		node_put(n, "name", words_get(r[i].name));
		node_put(n, "hint", role_words(r[i].code));
		node_switch(n, "selected", chosen == r[i].id);
	}
	return NULL;
}

static void show_mails(struct req *req)
{
	static const char *const words[] = {
		[NOTIFY_ALL]  = N_("For every message of a customer"),
		[NOTIFY_MINE] = N_("Only for tickets of their own"),
		[NOTIFY_NONE] = N_("Never"),
	};
	struct node *list = view_at(req->view, "Mails");

	for (int i = 0; notify_codes[i]; i++) {
		struct node *n = node_item(list);

		node_put(n, "id", notify_codes[i]);
		node_put(n, "name", words_get(words[i]));
	}
}

static void fill(struct req *req, const struct agent *a)
{
	form_fill(req, "name", a->name);
	form_fill(req, "email", a->email);
	form_fill(req, "notify", notify_codes[a->notify]);
	form_fill(req, "active", a->active ? "1" : "");
}

static struct err *show(struct req *req, int status, const struct agent *a)
{
	struct node *item = view_at(req->view, "Item");

	node_switch(item, "new", is_new(req));
	node_switch(item, "me", a->id == req->who.id);
	node_switch(item, "invited", a->id && !a->has_password);
	node_put(item, "name", a->name);
	node_put(item, "url", arena_printf(req->arena, "%s/staff/%s",
				req->desk.urls->config, web_part(req, 0)));
	node_number(item, "version", a->version);
	TRY(show_roles(req, a->role_id));
	show_mails(req);
	view_put(req->view, "Nav.current", "staff");
	return web_show_status(req, status, is_new(req) ? _("Add someone") : a->name,
			       "config/staff_edit.html.cs");
}

struct err *config_staff_show(struct req *req)
{
	struct agent a;

	TRY(find(req, &a));
	fill(req, &a);
	return show(req, 200, &a);
}

struct person {
	const char *name, *email, *notify;
	int64_t role;
	int version;
	bool active;
};

static const struct form_rule person_rules[] = {
	FORM_LINE(person, name, REQUIRED, 100, N_("Enter a name")),
	FORM_EMAIL(person, email, REQUIRED, N_("Enter an e-mail address like name@example.com")),
	FORM_ID(person, role, REQUIRED, N_("Choose a role")),
	FORM_LINE(person, notify, REQUIRED, 8, N_("Choose one of the list")),
	FORM_NUMBER(person, version, 0, 1000000000, NULL),
	FORM_SWITCH(person, active),
	FORM_END
};

static struct err *role_exists(struct req *req, int64_t id, bool *found)
{
	const struct role *r;
	struct rows rows;

	*found = false;
	TRY(staff_roles(&req->desk, &req->who, &rows));
	r = rows.at;
	for (size_t i = 0; i < rows.n; i++)
		*found = *found || r[i].id == id;
	return NULL;
}

/* What was typed, over what is stored. */
static struct err *read_person(struct req *req, struct agent *a, bool *good)
{
	struct person p;
	bool role;

	*good = form_read(req, person_rules, &p);
	if (!*good)
		return NULL;
	a->name = p.name;
	a->email = p.email;
	a->version = p.version;
	a->active = p.active || a->id == req->who.id || is_new(req);
	for (int i = 0; notify_codes[i]; i++)
		if (!strcmp(notify_codes[i], p.notify))
			a->notify = (enum notify) i;
	a->role_id = p.role;
	TRY(role_exists(req, p.role, &role));
	if (!role)
		form_complain(req, "role", _("Choose a role"));
	*good = role;
	return NULL;
}

static void complain(struct req *req, enum staff_answer answer)
{
	if (answer == STAFF_TAKEN)
		form_complain(req, "email", _("Somebody else has this address"));
	else
		form_complain(req, "role", _("Nobody else could manage the team: "
					     "give somebody that role first"));
}

static struct err *save(struct req *req, struct agent *a, enum staff_answer *answer)
{
	if (is_new(req))
		TRY(staff_add(&req->desk, &req->who, a, NULL, answer));
	else
		TRY(staff_set(&req->desk, &req->who, a, answer));
	return NULL;
}

static struct err *invite(struct req *req, const struct agent *a)
{
	TRY(staff_invite(&req->desk, &req->who, a->id));
	TRY(web_flash(req, a->has_password ? "keysent" : "invited"));
	return web_redirect(req, "%s/staff", req->desk.urls->config);
}

struct err *config_staff_save(struct req *req)
{
	enum staff_answer answer;
	struct agent a;
	bool good;

	TRY(find(req, &a));
	if (!is_new(req) && !strcmp(form_value(req, "do"), "invite"))
		return invite(req, &a);
	TRY(read_person(req, &a, &good));
	if (!good)
		return show(req, 422, &a);
	TRY(save(req, &a, &answer));
	if (answer != STAFF_DONE) {
		complain(req, answer);
		return show(req, 422, &a);
	}
	TRY(web_flash(req, is_new(req) ? "invited" : "saved"));
	return web_redirect(req, "%s/staff", req->desk.urls->config);
}
