/*
 * Which statuses there are, and which of them follows what.
 *
 *	GET /presets		the six presets and the rules in force
 *	POST /presets		do=look, switch, back
 *	POST /rules		the event table of the preset in force
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/words.h"
#include "config/look.h"
#include "config/routes.h"
#include "desk/preset.h"
#include "port/view.h"
#include "web/form.h"
#include "web/look.h"

/* What happens today; the other happenings of the table wait for what causes
 * them (merging, timers). */
static const struct {
	enum happening what;
	const char *words;
} rules[] = {
	{ CREATED_BY_CUSTOMER,   N_("A customer opens a ticket") },
	{ CREATED_BY_AGENT,      N_("Your team opens a ticket for a customer") },
	{ CREATED_TO_CUSTOMER,   N_("Your team opens a ticket by writing to a customer") },
	{ FIRST_ASSIGNMENT,      N_("Somebody takes the ticket for the first time") },
	{ AGENT_REPLY_FIRST,     N_("Your team answers for the first time") },
	{ AGENT_REPLY_NEXT,      N_("Your team answers again") },
	{ AGENT_NOTE,            N_("Somebody adds a note") },
	{ CUSTOMER_REPLY_ACTIVE, N_("The customer writes again") },
	{ CUSTOMER_REPLY_CLOSED, N_("The customer writes on a closed ticket") },
};
enum { RULES = sizeof(rules) / sizeof(*rules) };

/* What a customer may do with a button, or may not. */
static const struct {
	enum happening what;
	const char *words;
} buttons[] = {
	{ CUSTOMER_CLOSES,  N_("Customers may close their tickets") },
	{ CUSTOMER_REOPENS, N_("Customers may reopen their tickets") },
};
enum { BUTTONS = sizeof(buttons) / sizeof(*buttons) };

/* A status by its code, whether it is a row yet or not. */
static void show_status(struct req *req, struct node *n, const char *code)
{
	const struct entry *e = catalog_by_code(req->desk.catalog, ENTRY_STATUS, code);
	const struct preset_status *s = preset_status_named(code);
	struct entry coming = { 0 };

	if (!e) {
		coming.category = s->category;
		coming.colour = s->colour;
	}
	node_put(n, "id", code);
	node_put(n, "name", e ? catalog_name(req->desk.catalog, ENTRY_STATUS, e->id,
					     req->reader.lang) : words_get(s->name));
	node_put(n, "colour", e ? e->colour : coming.colour);
	node_put(n, "turn", look_turn_of(req, e ? e : &coming));
}

static void show_presets(struct req *req)
{
	const char *now = catalog_text(req->desk.catalog, "preset");
	const struct preset *before = preset_before(&req->desk);
	struct node *list = view_at(req->view, "Presets");

	for (const struct preset *p = presets; p->code; p++) {
		struct node *n = node_item(list);

		node_put(n, "key", p->code);
		node_put(n, "name", words_get(p->name));
		node_put(n, "text", words_get(p->words));
		node_switch(n, "current", !strcmp(p->code, now));
		for (const char *const *code = p->statuses; *code; code++)
			show_status(req, node_item(node_at(n, "statuses")), *code);
	}
	if (before) {
		view_put(req->view, "Before.key", before->code);
		view_put(req->view, "Before.name", words_get(before->name));
	}
}

/* The event table. */

static void offer_statuses(struct req *req, struct node *list,
			   enum happening what, int64_t chosen)
{
	const struct entry *e;
	size_t n;

	e = catalog_entries(req->desk.catalog, ENTRY_STATUS, &n);
	for (size_t i = 0; i < n; i++) {
		struct node *item;

		if (!preset_may_follow(what, &e[i]))
			continue;
		item = node_item(list);
		node_number(item, "id", e[i].id);
		node_put(item, "name", catalog_name(req->desk.catalog, ENTRY_STATUS,
						    e[i].id, req->reader.lang));
		node_switch(item, "selected", e[i].id == chosen);
	}
}

/* The status that follows, 0: it is kept, -1: refused. */
static int64_t follows(const struct req *req, enum happening what)
{
	const struct catalog *c = req->desk.catalog;
	const struct transition *t =
		catalog_transition(c, catalog_text(c, "preset"), what);
	const struct entry *e;

	if (t && !strcmp(t->outcome, "refuse"))
		return -1;
	e = t && !strcmp(t->outcome, "set") ? catalog_status(c, t->status_id) : NULL;
	return e ? e->id : 0;
}

static void show_rule(struct req *req, struct node *n, enum happening what,
		      const char *words)
{
	struct node *to = node_at(n, "to"), *keep;

	node_put(n, "name", happening_codes[what]);
	node_put(n, "text", words_get(words));
	if (what > CREATED_TO_CUSTOMER && what != CUSTOMER_CLOSES &&
	    what != CUSTOMER_REOPENS) {
		keep = node_item(to);
		node_put(keep, "id", "keep");
		node_put(keep, "name", _("Keep the status"));
	}
	offer_statuses(req, to, what, follows(req, what));
}

static void show_rules(struct req *req)
{
	for (size_t i = 0; i < RULES; i++)
		show_rule(req, node_item(view_at(req->view, "Rules")), rules[i].what,
			  rules[i].words);
	for (size_t i = 0; i < BUTTONS; i++) {
		struct node *n = node_item(view_at(req->view, "Buttons"));

		show_rule(req, n, buttons[i].what, buttons[i].words);
		node_switch(n, "on", follows(req, buttons[i].what) >= 0);
	}
}

static struct err *show(struct req *req, int status)
{
	show_presets(req);
	show_rules(req);
	view_put(req->view, "Nav.current", "presets");
	return web_show_status(req, status, _("Presets"), "config/presets.html.cs");
}

struct err *config_preset_show(struct req *req)
{
	return show(req, 200);
}

/* Switching. */

static const char *map_field(struct req *req, int64_t id)
{
	return arena_printf(req->arena, "map_%lld", (long long) id);
}

/* One status that goes: how many tickets, and as what they may be shown. */
static void show_going(struct req *req, const struct preset_preview *p,
		       const struct preset_going *g)
{
	struct node *n = node_item(view_at(req->view, "Map")), *to = node_at(n, "to");
	const char *typed = form_value(req, map_field(req, g->id));
	const char *chosen = *typed ? typed : g->suggestion;

	look_entry(req, node_at(n, "status"), ENTRY_STATUS, g->id);
	node_put(n, "count", locale_number(req->arena, &req->reader, g->tickets));
	for (size_t i = 0; i < p->n_codes; i++) {
		struct node *item = node_item(to);

		show_status(req, item, p->codes[i]);
		node_switch(item, "selected", !strcmp(p->codes[i], chosen));
	}
}

static struct err *preview(struct req *req, const char *code, int status)
{
	struct preset_preview p;

	TRY(preset_preview(&req->desk, &req->who, code, &p));
	view_put(req->view, "Chosen.key", p.to->code);
	view_put(req->view, "Chosen.name", words_get(p.to->name));
	for (size_t i = 0; i < p.n_codes; i++)
		show_status(req, node_item(view_at(req->view, "Chosen.statuses")),
			    p.codes[i]);
	for (size_t i = 0; i < p.n_going; i++)
		show_going(req, &p, &p.going[i]);
	return show(req, status);
}

/* Only what the form says; preset_switch() knows what is missing. */
static size_t read_map(struct req *req, struct preset_map *map)
{
	const struct entry *e;
	size_t all, n = 0;

	e = catalog_entries(req->desk.catalog, ENTRY_STATUS, &all);
	for (size_t i = 0; i < all; i++) {
		const char *to = form_value(req, map_field(req, e[i].id));

		if (*to)
			map[n++] = (struct preset_map) { e[i].id, to };
	}
	return n;
}

static struct err *switch_to(struct req *req, const char *code)
{
	struct preset_map map[CATALOG_MOST];
	struct err *e = preset_switch(&req->desk, &req->who, code, map,
				      read_map(req, map));

	if (e && e->kind == ERR_BAD_REQUEST) {
		form_complain(req, "map", _("Choose for every status in use as what "
					    "it is shown"));
		return preview(req, code, 422);
	}
	TRY(e);
	TRY(web_flash(req, "switched"));
	return web_redirect(req, "%s/presets", req->desk.urls->config);
}

struct err *config_preset_change(struct req *req)
{
	const char *what = form_value(req, "do"), *code = form_value(req, "preset");
	const struct preset *before = preset_before(&req->desk);

	if (!strcmp(what, "switch"))
		return switch_to(req, code);
	if (!strcmp(what, "back") && before)
		return preview(req, before->code, 200);
	return preview(req, code, 200);
}

/* Saving rules. */

/* "keep", or the id of a status. */
static struct preset_rule read_rule(struct req *req, enum happening what)
{
	const char *to = form_value(req, arena_printf(req->arena, "to_%s",
						      happening_codes[what]));

	if (!strcmp(to, "keep"))
		return (struct preset_rule) { what, "keep", 0 };
	return (struct preset_rule) { what, "set", strtoll(to, NULL, 10) };
}

struct err *config_preset_rules(struct req *req)
{
	struct preset_rule typed[RULES + BUTTONS];
	size_t n = 0;

	for (size_t i = 0; i < RULES; i++)
		typed[n++] = read_rule(req, rules[i].what);
	for (size_t i = 0; i < BUTTONS; i++) {
		const char *on = arena_printf(req->arena, "on_%s",
					      happening_codes[buttons[i].what]);

		typed[n] = read_rule(req, buttons[i].what);
		if (!*form_value(req, on))
			typed[n] = (struct preset_rule) { buttons[i].what, "refuse", 0 };
		n++;
	}
	for (size_t i = 0; i < n; i++) {
		if (!preset_rule_fits(&req->desk, &typed[i]))
			continue;
		form_complain(req, "rules", _("A status of the rules is no longer "
					      "there. Choose again"));
		return show(req, 422);
	}
	TRY(preset_set_rules(&req->desk, &req->who, typed, n));
	TRY(web_flash(req, "saved"));
	return web_redirect(req, "%s/presets#rules", req->desk.urls->config);
}
