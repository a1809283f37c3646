/*
 * Mailboxes that are fetched: which, how they are, and a test of one.
 *
 *	GET /mailboxes
 *	GET, POST /mailboxes/:id	("new" for a new one)
 *	GET, POST /mailboxes/:id/test
 *
 * POST saves; with `do`=`test` it also asks for a test, with `do`=`delete` it
 * removes. The test is the mailroom's: no page waits for a foreign host.
 */
#include <string.h>

#include "base/arena.h"
#include "base/words.h"
#include "config/mailbox_words.h"
#include "config/routes.h"
#include "desk/mailbox.h"
#include "port/conf.h"
#include "port/view.h"
#include "web/form.h"
#include "web/house.h"
#include "web/look.h"

enum {
	NAME_MOST = 80, HOST_MOST = 255, USER_MOST = 254, FOLDER_MOST = 255,
	PASSWORD_MOST = 256,
};

static const char *url_of(struct req *req, const struct mailbox *m)
{
	return arena_printf(req->arena, "%s/mailboxes/%lld",
			    req->desk.urls->config, (long long) m->id);
}

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

/* --- the list ------------------------------------------------------------- */

static void show_state(struct req *req, struct node *n, const struct mailbox *m)
{
	const char *colour, *state;

	if (!m->active) {
		colour = "grey";
		state = _("Switched off");
	} else if (m->failures) {
		colour = "red";
		state = _("Does not work");
	} else if (!m->last_ok_at) {
		colour = "amber";
		state = _("Not fetched yet");
	} else {
		colour = m->last_error ? "amber" : "green";
		state = m->last_error ? _("Works, with a remark") : _("Works");
	}
	node_put(n, "state", state);
	node_put(n, "state_colour", colour);
	look_time(req, n, "ok", m->last_ok_at);
	if (m->last_error && m->active)
		mailbox_words_error(req->arena, n, m->last_error);
	if (m->failures && m->active)
		node_put(n, "failures", words_many(req->arena, "Failed once",
			"Failed {1} times in a row", m->failures));
}

static void show_silence(struct req *req, int64_t silence)
{
	view_switch(req->view, "Mailroom.silent", silence < 0 || silence > 120);
}

struct err *config_mailbox_list(struct req *req)
{
	struct node *list = view_at(req->view, "Mailboxes");
	const struct mailbox *m;
	struct rows rows;
	int64_t silence;

	TRY(mailbox_list(&req->desk, &req->who, &rows, &silence));
	m = rows.at;
	for (size_t i = 0; i < rows.n; i++) {
		struct node *n = node_item(list);

		node_put(n, "name", m[i].name);
		node_put(n, "where", arena_printf(req->arena, "%s, %s",
						  m[i].user, m[i].host));
		node_put(n, "url", url_of(req, &m[i]));
		show_state(req, n, &m[i]);
	}
	show_silence(req, silence);
	view_put(req->view, "Nav.current", "mailboxes");
	return web_show(req, _("Mailboxes"), "config/mailboxes.html.cs");
}

/* --- one ------------------------------------------------------------------ */

static bool is_new(const struct req *req)
{
	return !strcmp(web_part(req, 0), "new");
}

static struct err *find(struct req *req, struct mailbox *m)
{
	int64_t id;

	*m = (struct mailbox) {
		.kind = MAILBOX_IMAP, .port = 993, .tls = MAILBOX_TLS,
		.folder = "INBOX", .active = true, .name = "", .host = "", .user = "",
	};
	if (is_new(req))
		return NULL;
	TRY(web_id(req, 0, &id));
	TRY(mailbox_find(&req->desk, &req->who, id, m));
	return NULL;
}

static void fill(struct req *req, const struct mailbox *m)
{
	form_fill(req, "name", m->name);
	form_fill(req, "kind", mailbox_kind_codes[m->kind]);
	form_fill(req, "host", m->host);
	form_fill(req, "port", arena_printf(req->arena, "%d", m->port));
	form_fill(req, "tls", mailbox_tls_codes[m->tls]);
	form_fill(req, "user", m->user);
	form_fill(req, "folder", m->folder);
	form_fill(req, "afterwards", mailbox_after_codes[m->afterwards]);
	form_fill(req, "move_to", or_empty(m->move_to));
	form_fill(req, "active", m->active ? "1" : "");
	form_fill(req, "old_too", m->old_too ? "1" : "");
}

/* Code, name and hint of each. */
struct choice {
	const char *id, *name, *hint;
};

static void show_choices(struct node *list, const struct choice *choices)
{
	for (; choices->id; choices++) {
		struct node *n = node_item(list);

		node_put(n, "id", choices->id);
		node_put(n, "name", words_get(choices->name));
		if (choices->hint)
			node_put(n, "hint", words_get(choices->hint));
	}
}

static const struct choice kinds[] = {
	{ "imap", N_("IMAP"), N_("Several programs may look into the mailbox") },
	{ "pop3", N_("POP3"), N_("Only the inbox, and no folders") },
	{ NULL }
};
static const struct choice tls[] = {
	{ "tls", N_("Encrypted from the beginning (usual: 993, POP3 995)"), NULL },
	{ "starttls", N_("Encrypted with STARTTLS (usual: 143, POP3 110)"), NULL },
	{ "none", N_("Not encrypted, on this machine only"), NULL },
	{ NULL }
};
static const struct choice afterwards[] = {
	{ "leave", N_("They stay there"), N_("We remember which we have") },
	{ "move", N_("They are moved to another folder"), N_("IMAP only; the folder is made when it is missing") },
	{ "delete", N_("They are deleted there"), N_("Once they are stored here") },
	{ NULL }
};

static struct err *show(struct req *req, int status, const struct mailbox *m)
{
	struct node *item = view_at(req->view, "Item");

	node_switch(item, "new", is_new(req));
	node_put(item, "name", m->name);
	node_put(item, "url", arena_printf(req->arena, "%s/mailboxes/%s",
				req->desk.urls->config, web_part(req, 0)));
	node_number(item, "version", m->version);
	show_choices(view_at(req->view, "Kinds"), kinds);
	show_choices(view_at(req->view, "Tls"), tls);
	show_choices(view_at(req->view, "Afterwards"), afterwards);
	if (!is_new(req))
		show_state(req, item, m);
	view_put(req->view, "Nav.current", "mailboxes");
	return web_show_status(req, status, is_new(req) ? _("Add a mailbox") : m->name,
			       "config/mailbox_edit.html.cs");
}

struct err *config_mailbox_show(struct req *req)
{
	struct mailbox m;

	TRY(find(req, &m));
	fill(req, &m);
	return show(req, 200, &m);
}

/* --- what was typed ------------------------------------------------------- */

struct typed {
	const char *name, *kind, *host, *tls, *user, *folder, *afterwards, *move_to;
	int port, version;
	bool active, old_too;
};

static const struct form_rule rules[] = {
	FORM_LINE(typed, name, REQUIRED, NAME_MOST, N_("Enter a name")),
	FORM_LINE(typed, kind, REQUIRED, 4, N_("Choose one of the list")),
	FORM_LINE(typed, host, REQUIRED, HOST_MOST, N_("Enter the name of the mail host")),
	FORM_NUMBER(typed, port, 1, 65535, N_("Enter a port, as 993")),
	FORM_LINE(typed, tls, REQUIRED, 8, N_("Choose one of the list")),
	FORM_LINE(typed, user, REQUIRED, USER_MOST, N_("Enter the name of the account")),
	FORM_LINE(typed, folder, OPTIONAL, FOLDER_MOST, NULL),
	FORM_LINE(typed, afterwards, REQUIRED, 8, N_("Choose one of the list")),
	FORM_LINE(typed, move_to, OPTIONAL, FOLDER_MOST, NULL),
	FORM_NUMBER(typed, version, 0, 1000000000, NULL),
	FORM_SWITCH(typed, active),
	FORM_SWITCH(typed, old_too),
	FORM_END
};

static bool code_of(struct req *req, const char *field, const char *const *codes,
		    const char *code, int *out)
{
	for (int i = 0; codes[i]; i++)
		if (!strcmp(codes[i], code)) {
			*out = i;
			return true;
		}
	form_complain(req, field, _("Choose one of the list"));
	return false;
}

static bool password_fits(struct req *req, const char *password)
{
	if (strlen(password) <= PASSWORD_MOST && !strpbrk(password, "\r\n"))
		return true;
	form_complain(req, "password", _("A password is one line of at most 256 bytes"));
	return false;
}

/* Over what is stored. */
static bool read_typed(struct req *req, struct mailbox_draft *d)
{
	struct typed t = { .kind = "" };
	struct mailbox *m = &d->box;
	int kind = 0, wire = 0, after = 0;
	bool good = form_read(req, rules, &t);

	d->password = form_value(req, "password");
	good = password_fits(req, d->password) && good;
	if (!good)
		return false;
	if (!code_of(req, "kind", mailbox_kind_codes, t.kind, &kind) ||
	    !code_of(req, "tls", mailbox_tls_codes, t.tls, &wire) ||
	    !code_of(req, "afterwards", mailbox_after_codes, t.afterwards, &after))
		return false;
	m->name = t.name;
	m->kind = (enum mailbox_kind) kind;
	m->host = t.host;
	m->port = t.port;
	m->tls = (enum mailbox_tls) wire;
	m->user = t.user;
	m->folder = *t.folder && m->kind == MAILBOX_IMAP ? t.folder : "INBOX";
	m->afterwards = (enum mailbox_after) after;
	m->move_to = t.move_to;
	m->active = t.active;
	m->old_too = t.old_too;
	m->version = t.version;
	return true;
}

static void complain(struct req *req, enum mailbox_answer answer)
{
	switch (answer) {
	case MAILBOX_SAVED:
		break;
	case MAILBOX_NO_HOST:
		form_complain(req, "host", _("Enter the name of the mail host, as imap.example.com"));
		break;
	case MAILBOX_NO_PASSWORD:
		form_complain(req, "password", is_new(req) ? _("Enter the password")
			: _("Enter the password again: host or account are others now"));
		break;
	case MAILBOX_OPEN_WIRE:
		form_complain(req, "tls", _("Choose encryption: only a host on this machine may do without"));
		break;
	case MAILBOX_POP3_MOVES:
		form_complain(req, "afterwards", _("POP3 has no folders: choose another way, or IMAP"));
		break;
	case MAILBOX_NO_MOVE_TO:
		form_complain(req, "move_to", _("Enter another folder to move letters to"));
		break;
	case MAILBOX_FULL:
		form_complain(req, "", _("There are too many already"));
		break;
	}
}

/* --- saving --------------------------------------------------------------- */

static const char *key_file(const struct req *req)
{
	return conf_text(req->house->conf, "paths", "mailbox_key");
}

static struct err *ask(struct req *req, const struct mailbox *m)
{
	TRY(mailbox_test(&req->desk, &req->who, m->id));
	return web_redirect(req, "%s/test", url_of(req, m));
}

struct err *config_mailbox_save(struct req *req)
{
	const char *what = form_value(req, "do");
	struct mailbox_draft draft = { .password = "" };
	enum mailbox_answer answer;

	TRY(find(req, &draft.box));
	if (!is_new(req) && !strcmp(what, "delete")) {
		TRY(mailbox_remove(&req->desk, &req->who, draft.box.id));
		TRY(web_flash(req, "removed"));
		return web_redirect(req, "%s/mailboxes", req->desk.urls->config);
	}
	if (!read_typed(req, &draft))
		return show(req, 422, &draft.box);
	TRY(mailbox_save(&req->desk, &req->who, key_file(req), &draft, &answer));
	if (answer != MAILBOX_SAVED) {
		complain(req, answer);
		return show(req, 422, &draft.box);
	}
	if (!strcmp(what, "test"))
		return ask(req, &draft.box);
	TRY(web_flash(req, "saved"));
	return web_redirect(req, "%s/mailboxes", req->desk.urls->config);
}

/* --- the test ------------------------------------------------------------- */

enum { LATE_S = 12, SILENT_S = 30, GIVE_UP_S = 180, LOOK_AGAIN_S = 2 };

/* Nobody answered yet: it may take a minute, or there is nobody. */
static struct err *show_waiting(struct req *req, struct node *n,
				const struct mailbox *m)
{
	int64_t silence;

	TRY(mailbox_silence(&req->desk, &silence));
	if (m->test_taken_at && m->test_age_s > GIVE_UP_S)
		node_put(n, "trouble", _("The mailroom began the test and did not end it. Try again"));
	else if (!m->test_taken_at && m->test_age_s > LATE_S &&
		 (silence < 0 || silence > SILENT_S))
		node_switch(n, "silent", true);
	else if (m->test_age_s > LATE_S)
		node_put(n, "patience", _("The host is slow, or the mailroom is busy with another one."));
	if (m->test_age_s < GIVE_UP_S) {
		node_number(n, "again", LOOK_AGAIN_S);
		view_number(req->view, "Page.refresh", LOOK_AGAIN_S);
	}
	return NULL;
}

struct err *config_mailbox_test_show(struct req *req)
{
	struct node *n = view_at(req->view, "Test");
	struct mailbox m;

	TRY(find(req, &m));
	if (is_new(req))
		return FAIL(req->arena, ERR_NOT_FOUND, "a test of no mailbox");
	node_put(n, "name", m.name);
	node_put(n, "url", url_of(req, &m));
	node_put(n, "host", arena_printf(req->arena, "%s:%d", m.host, m.port));
	if (m.test_answer)
		mailbox_words_answer(req->arena, n, &m);
	else if (m.test_asked_at)
		TRY(show_waiting(req, n, &m));
	view_put(req->view, "Nav.current", "mailboxes");
	return web_show(req, _("Test of a mailbox"), "config/mailbox_test.html.cs");
}

struct err *config_mailbox_test(struct req *req)
{
	struct mailbox m;

	TRY(find(req, &m));
	if (is_new(req))
		return FAIL(req->arena, ERR_NOT_FOUND, "a test of no mailbox");
	return ask(req, &m);
}
