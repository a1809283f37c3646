/*
 * Manage Help Desk: types, statuses and priorities on one page, whether they
 * are shown as text or image, and the way to all postings of some days.
 *
 *	GET, POST /helpdesk
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/words.h"
#include "config/look.h"
#include "config/routes.h"
#include "desk/entry.h"
#include "desk/setting.h"
#include "port/view.h"
#include "web/form.h"
#include "web/look.h"

enum { USES_COUNTED = 1000 };

/* What the page says of each kind of list. */
static const struct {
	const char *title, *text, *add;
} lists[ENTRY_KINDS] = {
	[ENTRY_TYPE] = { N_("Message types"),
		N_("What a message is about. Lists can be sorted by type, in this order."),
		N_("Add type") },
	[ENTRY_STATUS] = { N_("Message statuses"),
		N_("Where a ticket stands. Only your team changes it, unless a rule of the preset does."),
		N_("Add status") },
	[ENTRY_PRIORITY] = { N_("Message priorities"),
		N_("How soon it needs an answer, most urgent first."),
		N_("Add priority") },
};

static const char *images_setting(struct req *req, enum entry_kind kind)
{
	return arena_printf(req->arena, "%s_images", entry_kind_codes[kind]);
}

/* What there is to say beside the name. */
static const char *note(struct req *req, enum entry_kind kind, const struct entry *e)
{
	const struct catalog *c = req->desk.catalog;
	const char *lang = req->reader.lang;
	const char *name = catalog_name(c, kind, e->id, lang), *customers;
	const struct label *l = catalog_label(c, kind, e->id, lang);

	if (e->archived && kind == ENTRY_STATUS)
		return words_say(req->arena, _("Archived, shown as “{1}”"),
			catalog_name(c, kind, catalog_status(c, e->id)->id, lang), NULL, NULL);
	if (e->archived)
		return _("Archived: old tickets keep it, nobody can choose it");
	if (kind == ENTRY_STATUS) {
		customers = catalog_customer_name(c, kind, e->id, lang);
		return strcmp(customers, name)
			? words_say(req->arena, _("{1}; customers read “{2}”"),
				    look_category(e->category), customers, NULL)
			: look_category(e->category);
	}
	if (kind == ENTRY_PRIORITY && !e->for_customer)
		return _("Only staff may choose it");
	return l ? l->hint : NULL;
}

static void show_row(struct req *req, struct node *n, enum entry_kind kind,
		     const struct entry *e, int64_t count)
{
	node_number(n, "id", e->id);
	node_put(n, "name", catalog_name(req->desk.catalog, kind, e->id, req->reader.lang));
	node_put(n, "colour", e->colour);
	node_put(n, "image", look_image(req, e->image));
	node_put(n, "file", e->image && strchr(e->image, '.') ? e->image
							      : _("uploaded"));
	node_put(n, "note", note(req, kind, e));
	node_switch(n, "default", e->is_default);
	node_switch(n, "archived", e->archived);
	if (kind == ENTRY_STATUS)
		node_put(n, "turn", look_turn_of(req, e));
	node_put(n, "url", arena_printf(req->arena, "%s/%s/%lld", req->desk.urls->config,
					entry_kind_codes[kind], (long long) e->id));
	node_put(n, "count", arena_printf(req->arena, "%s%s",
		locale_number(req->arena, &req->reader, count),
		count >= USES_COUNTED ? "+" : ""));
}

/* Those in use by place, then the archived ones. */
static void show_rows(struct req *req, struct node *list, enum entry_kind kind,
		      const struct rows *uses)
{
	const struct entry *e;
	struct node *n = NULL;
	int place = 0;
	size_t all;

	e = catalog_entries(req->desk.catalog, kind, &all);
	for (size_t i = 0; i < all; i++) {
		if (e[i].archived)
			continue;
		n = node_item(list);
		show_row(req, n, kind, &e[i], entry_uses_of(uses, e[i].id));
		node_number(n, "place", ++place);
		node_switch(n, "first", place == 1);
	}
	if (n)
		node_switch(n, "last", true);
	for (size_t i = 0; i < all; i++)
		if (e[i].archived)
			show_row(req, node_item(list), kind, &e[i],
				 entry_uses_of(uses, e[i].id));
}

static struct err *show_kind(struct req *req, enum entry_kind kind)
{
	const char *setting = images_setting(req, kind);
	struct node *n = node_item(view_at(req->view, "Kinds"));
	struct rows uses;

	TRY(entry_uses(&req->desk, &req->who, kind, &uses));
	node_put(n, "key", entry_kind_codes[kind]);
	node_put(n, "title", words_get(lists[kind].title));
	node_put(n, "text", words_get(lists[kind].text));
	node_put(n, "add", words_get(lists[kind].add));
	node_put(n, "add_url", arena_printf(req->arena, "%s/%s/new",
				req->desk.urls->config, entry_kind_codes[kind]));
	node_put(n, "switch", words_get(setting_named(setting)->label));
	node_switch(n, "images", catalog_switch(req->desk.catalog, setting));
	show_rows(req, node_at(n, "rows"), kind, &uses);
	return NULL;
}

struct err *config_helpdesk_show(struct req *req)
{
	for (int kind = 0; kind < ENTRY_KINDS; kind++)
		TRY(show_kind(req, (enum entry_kind) kind));
	view_put(req->view, "Range.n", catalog_text(req->desk.catalog, "posts_per_page"));
	view_put(req->view, "Nav.current", "helpdesk");
	return web_show(req, _("Manage Help Desk"), "config/helpdesk.html.cs");
}

static struct err *read_kind(struct req *req, enum entry_kind *out)
{
	for (int kind = 0; kind < ENTRY_KINDS; kind++) {
		*out = (enum entry_kind) kind;
		if (!strcmp(form_value(req, "kind"), entry_kind_codes[kind]))
			return NULL;
	}
	return FAIL(req->arena, ERR_BAD_REQUEST, "no such list");
}

static struct err *read_id(struct req *req, const char *text, int64_t *id)
{
	char *end;

	errno = 0;
	*id = strtoll(text, &end, 10);
	if (!*text || *end || errno)
		return FAIL(req->arena, ERR_BAD_REQUEST, "no id: %.20s", text);
	return NULL;
}

/* "3,1,2", as the script writes it after dragging. */
static struct err *save_order(struct req *req, enum entry_kind kind, const char *text)
{
	int64_t ids[CATALOG_MOST];
	size_t n = 0;

	while (*text && n < CATALOG_MOST) {
		size_t len = strcspn(text, ",");

		TRY(read_id(req, arena_copy(req->arena, text, len), &ids[n++]));
		text += len + (text[len] == ',');
	}
	TRY(entry_order(&req->desk, &req->who, kind, ids, n));
	return NULL;
}

static struct err *move(struct req *req, enum entry_kind kind, bool up)
{
	int64_t id;

	TRY(read_id(req, form_value(req, up ? "up" : "down"), &id));
	TRY(entry_move(&req->desk, &req->who, kind, id, up));
	return NULL;
}

static struct err *save_switch(struct req *req, enum entry_kind kind)
{
	const char *name = images_setting(req, kind);
	struct setting_change change = {
		.name = name, .value = *form_value(req, name) ? "1" : "0",
	};

	if (!strcmp(change.value, catalog_text(req->desk.catalog, name)))
		return NULL;
	TRY(setting_save(&req->desk, &req->who, &change, 1));
	return NULL;
}

struct err *config_helpdesk_save(struct req *req)
{
	enum entry_kind kind;

	TRY(read_kind(req, &kind));
	if (form_has(req, "up") || form_has(req, "down"))
		TRY(move(req, kind, form_has(req, "up")));
	else if (*form_value(req, "order"))
		TRY(save_order(req, kind, form_value(req, "order")));
	TRY(save_switch(req, kind));
	TRY(web_flash(req, "saved"));
	return web_redirect(req, "%s/helpdesk#%s", req->desk.urls->config,
			    entry_kind_codes[kind]);
}
