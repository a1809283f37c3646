#include <string.h>

#include "base/address.h"
#include "base/utf8.h"
#include "base/words.h"
#include "config/look.h"
#include "desk/setting.h"
#include "port/view.h"
#include "web/form.h"

enum { MOST_CHANGES = 60 };

const char *look_category(enum category category)
{
	static const char *const words[CATEGORIES] = {
		[CATEGORY_NEW]              = N_("Nobody has looked at it"),
		[CATEGORY_OPEN]             = N_("Needs us"),
		[CATEGORY_WAITING_CUSTOMER] = N_("Needs the customer"),
		[CATEGORY_WAITING_OTHER]    = N_("Waits for somebody else"),
		[CATEGORY_SOLVED]           = N_("Solved, may come back"),
		[CATEGORY_CLOSED]           = N_("Closed"),
		[CATEGORY_SPAM]             = N_("Spam"),
	};

	return words_get(words[category]);
}

const char *look_turn_of(struct req *req, const struct entry *status)
{
	(void) req;
	if (status->category <= CATEGORY_OPEN)
		return "you";
	return status->category == CATEGORY_WAITING_CUSTOMER ? "other" : "nobody";
}

/* Settings. */

/* What has a page of its own is not shown with its group. */
static bool is_shown_here(const struct setting *s, const char *group)
{
	size_t n = strlen(s->name), m = strlen("_images");

	return s->group && !strcmp(s->group, group) &&
	       (n < m || strcmp(s->name + n - m, "_images"));
}

static const char *kind_code(enum setting_kind kind)
{
	switch (kind) {
	case SETTING_EMAIL:
		return "email";
	case SETTING_URL:
		return "url";
	case SETTING_SWITCH:
		return "switch";
	case SETTING_NUMBER:
		return "number";
	case SETTING_CHOICE:
	case SETTING_LANGUAGE:
		return "choice";
	case SETTING_TEXT:
		return "text";
	case SETTING_LINE:
	case SETTING_ZONE:
		break;
	}
	return "line";
}

static void option(struct node *list, const char *code, const char *words)
{
	struct node *n = node_item(list);

	node_put(n, "id", code);
	node_put(n, "name", words);
}

static void options(struct node *list, const struct setting *s)
{
	static const struct { const char *code, *words; } names[] = {
		{ "light", N_("Light") }, { "auto", N_("As the visitor's device is set") },
	};

	if (s->kind == SETTING_LANGUAGE)
		for (const char *const *lang = locale_languages; *lang; lang++)
			option(list, *lang, locale_own_name(*lang));
	for (const char *const *code = s->choices; code && *code; code++)
		for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
			if (!strcmp(names[i].code, *code))
				option(list, *code, words_get(names[i].words));
}

static const char *typed_value(struct req *req, const struct setting *s)
{
	const char *text = form_value(req, s->name);

	if (s->kind == SETTING_SWITCH)
		return *text ? "1" : "0";
	/* What was not asked stays as it is. */
	if (!form_has(req, s->name))
		return catalog_text(req->desk.catalog, s->name);
	if (s->kind == SETTING_EMAIL)
		return address_lower(req->arena, text);
	if (s->kind == SETTING_TEXT)
		return form_text(req, s->name);
	return utf8_line(req->arena, text);
}

void look_settings(struct req *req, const char *group, const char *title, bool typed)
{
	struct node *g = node_item(view_at(req->view, "Groups"));

	node_put(g, "title", title);
	for (const struct setting *s = settings; s->name; s++) {
		const char *value;
		struct node *n;

		if (!is_shown_here(s, group))
			continue;
		value = typed ? typed_value(req, s)
			      : catalog_text(req->desk.catalog, s->name);
		n = node_item(node_at(g, "rows"));
		node_put(n, "name", s->name);
		node_put(n, "kind", kind_code(s->kind));
		node_put(n, "label", words_get(s->label));
		node_put(n, "hint", words_get(s->hint));
		if (s->kind != SETTING_SWITCH || !strcmp(value, "1"))
			node_put(n, "value", value);
		if (typed)
			node_put(n, "error", setting_complaint(req->arena, s, value));
		options(node_at(n, "options"), s);
	}
}

struct err *look_settings_save(struct req *req, const char *const *groups, bool *good)
{
	struct setting_change changes[MOST_CHANGES];
	size_t n = 0;

	*good = true;
	for (; *groups; groups++) {
		for (const struct setting *s = settings; s->name; s++) {
			const char *value, *wrong;

			if (!is_shown_here(s, *groups) || n == MOST_CHANGES)
				continue;
			value = typed_value(req, s);
			wrong = setting_complaint(req->arena, s, value);
			if (wrong)
				form_complain(req, s->name, wrong);
			*good = *good && !wrong;
			changes[n++] = (struct setting_change) { s->name, value };
		}
	}
	if (*good)
		TRY(setting_save(&req->desk, &req->who, changes, n));
	return NULL;
}
