/*
 * One type, status or priority: names, colour, image, what it means.
 *
 *	GET, POST /type/:id /status/:id /priority/:id	("new" for a new one)
 *
 * POST saves; with `delete` it removes, with `restore` it brings back.
 */
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "base/words.h"
#include "config/look.h"
#include "config/routes.h"
#include "desk/entry.h"
#include "desk/preset.h"
#include "port/view.h"
#include "web/form.h"
#include "web/image.h"
#include "web/look.h"

enum { NAME_MOST = 40, HINT_MOST = 120, LANGUAGES_MOST = 20 };

static const char *const palette[] = {
	"grey", "blue", "green", "amber", "red", "violet", "teal", "pink", NULL
};

static const struct {
	const char *add, *edit, *template;
} pages[ENTRY_KINDS] = {
	[ENTRY_TYPE]     = { N_("New type"), N_("Edit type"),
			     "config/type_edit.html.cs" },
	[ENTRY_STATUS]   = { N_("New status"), N_("Edit status"),
			     "config/status_edit.html.cs" },
	[ENTRY_PRIORITY] = { N_("New priority"), N_("Edit priority"),
			     "config/priority_edit.html.cs" },
};

/* The page is about this one; a new one is empty. */
struct page {
	enum entry_kind kind;
	bool is_new, typed;
	struct entry entry;
};

static struct err *find(struct req *req, enum entry_kind kind, struct page *p)
{
	const struct entry *e;
	int64_t id;

	*p = (struct page) { .kind = kind, .is_new = !strcmp(web_part(req, 0), "new") };
	if (p->is_new) {
		p->entry = (struct entry) {
			.colour = "grey", .for_customer = true,
			.customer_may_reply = true, .category = CATEGORY_OPEN,
		};
		return NULL;
	}
	TRY(web_id(req, 0, &id));
	e = catalog_entry(req->desk.catalog, kind, id);
	if (!e)
		return FAIL(req->arena, ERR_NOT_FOUND, "%s %lld", entry_kind_codes[kind],
			    (long long) id);
	p->entry = *e;
	return NULL;
}

/* Names: the shop's own language first, the others below it. */

static const char *main_language(const struct req *req)
{
	return catalog_text(req->desk.catalog, "language");
}

static const char *field_of(struct req *req, const char *field, const char *lang)
{
	return strcmp(lang, main_language(req))
		? arena_printf(req->arena, "%s_%s", field, lang) : field;
}

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

static const char *typed(struct req *req, const char *field, const char *lang)
{
	return utf8_line(req->arena, form_value(req, field_of(req, field, lang)));
}

static struct label label_of(struct req *req, const struct page *p, const char *lang)
{
	const struct label *l;

	if (p->typed)
		return (struct label) {
			.lang = lang, .name = typed(req, "name", lang),
			.customer_name = typed(req, "label", lang),
			.hint = typed(req, "hint", lang),
		};
	l = p->is_new ? NULL : catalog_label(req->desk.catalog, p->kind, p->entry.id, lang);
	return l ? *l : (struct label) { .lang = lang };
}

static void show_names(struct req *req, const struct page *p)
{
	struct node *list = view_at(req->view, "Names");

	for (const char *const *lang = locale_languages; *lang; lang++) {
		struct label l = label_of(req, p, *lang);
		struct node *n;

		if (!strcmp(*lang, main_language(req))) {
			form_fill(req, "name", or_empty(l.name));
			form_fill(req, "label", or_empty(l.customer_name));
			form_fill(req, "hint", or_empty(l.hint));
			continue;
		}
		n = node_item(list);
		node_put(n, "lang", *lang);
		node_put(n, "name", locale_own_name(*lang));
		node_put(n, "value", l.name);
		node_put(n, "label", l.customer_name);
		node_put(n, "hint", l.hint);
	}
}

/* Showing. */

static void show_categories(struct req *req, enum category chosen)
{
	struct node *list = view_at(req->view, "Categories");

	for (int i = 0; i < CATEGORIES; i++) {
		struct node *n = node_item(list);

		node_put(n, "id", category_codes[i]);
		node_put(n, "name", look_category((enum category) i));
		node_switch(n, "selected", i == (int) chosen);
	}
}

static void show_preview(struct req *req, const struct page *p)
{
	struct node *n = view_at(req->view, "Preview");

	if (p->is_new)
		return;
	node_put(n, "name", catalog_name(req->desk.catalog, p->kind, p->entry.id,
					 req->reader.lang));
	node_put(n, "colour", p->entry.colour);
	node_put(n, "image", look_image(req, p->entry.image));
	if (p->kind == ENTRY_STATUS)
		node_put(n, "turn", look_turn_of(req, &p->entry));
}

/* As what an archived status can be shown: all others in use. */
static void show_others(struct req *req, const struct page *p)
{
	struct node *list = view_at(req->view, "Others");
	const struct entry *e;
	size_t n;

	e = catalog_entries(req->desk.catalog, ENTRY_STATUS, &n);
	for (size_t i = 0; p->kind == ENTRY_STATUS && i < n; i++) {
		struct node *item;

		if (e[i].archived || e[i].id == p->entry.id)
			continue;
		item = node_item(list);
		node_number(item, "id", e[i].id);
		node_put(item, "name", catalog_name(req->desk.catalog, ENTRY_STATUS,
						    e[i].id, req->reader.lang));
		node_switch(item, "selected", e[i].category == p->entry.category);
	}
}

static struct err *show_item(struct req *req, const struct page *p)
{
	const struct catalog *c = req->desk.catalog;
	struct node *item = view_at(req->view, "Item");
	struct rows uses;

	node_switch(item, "new", p->is_new);
	node_put(item, "url", arena_printf(req->arena, "%s/%s/%s", req->desk.urls->config,
					   entry_kind_codes[p->kind], web_part(req, 0)));
	node_number(item, "version", catalog_revision(c));
	if (p->is_new)
		return NULL;
	TRY(entry_uses(&req->desk, &req->who, p->kind, &uses));
	node_number(item, "id", p->entry.id);
	node_put(item, "name", catalog_name(c, p->kind, p->entry.id, req->reader.lang));
	node_number(item, "count", entry_uses_of(&uses, p->entry.id));
	node_switch(item, "archived", p->entry.archived);
	node_switch(item, "default", p->kind != ENTRY_STATUS &&
		    catalog_default(c, p->kind)->id == p->entry.id);
	node_switch(item, "last", p->kind == ENTRY_STATUS && !p->entry.archived &&
		    entry_is_last(c, &p->entry));
	return NULL;
}

static void fill(struct req *req, const struct entry *e)
{
	form_fill(req, "colour", e->colour);
	form_fill(req, "image", or_empty(e->image));
	form_fill(req, "category", category_codes[e->category]);
	form_fill(req, "needs_order", e->needs_order ? "1" : "");
	form_fill(req, "shop", e->for_customer ? "1" : "");
	form_fill(req, "default", e->is_default ? "1" : "");
	form_fill(req, "may_reply", e->customer_may_reply ? "1" : "");
	form_fill(req, "final", e->final ? "1" : "");
}

static struct err *show(struct req *req, const struct page *p, int status)
{
	if (!p->typed)
		fill(req, &p->entry);
	show_names(req, p);
	show_categories(req, p->entry.category);
	show_preview(req, p);
	show_others(req, p);
	image_list(req, p->entry.image);
	TRY(show_item(req, p));
	view_put(req->view, "Nav.current", "helpdesk");
	return web_show_status(req, status,
		words_get(p->is_new ? pages[p->kind].add : pages[p->kind].edit),
		pages[p->kind].template);
}

/* Reading. */

static bool is_among(const char *const *list, const char *text)
{
	for (; *list; list++)
		if (!strcmp(*list, text))
			return true;
	return false;
}

struct typed_entry {
	const char *name, *label, *hint, *colour, *image, *file, *category;
	bool needs_order, shop, may_reply, final;
	int version;
};

/* `default` is a word of C, so it is read by its name. */
static const struct form_rule rules[] = {
	FORM_LINE(typed_entry, name, REQUIRED, NAME_MOST, N_("Enter a name")),
	FORM_LINE(typed_entry, label, OPTIONAL, NAME_MOST, NULL),
	FORM_LINE(typed_entry, hint, OPTIONAL, HINT_MOST, NULL),
	FORM_LINE(typed_entry, colour, REQUIRED, 10, N_("Choose a colour")),
	FORM_LINE(typed_entry, image, OPTIONAL, 80, NULL),
	FORM_LINE(typed_entry, file, OPTIONAL, 80, NULL),
	FORM_LINE(typed_entry, category, OPTIONAL, 20, NULL),
	FORM_SWITCH(typed_entry, needs_order),
	FORM_SWITCH(typed_entry, shop),
	FORM_SWITCH(typed_entry, may_reply),
	FORM_SWITCH(typed_entry, final),
	FORM_NUMBER(typed_entry, version, 0, 2000000000, NULL),
	FORM_END
};

/* The other languages' names are as long as this one's at most. */
static bool translations_fit(struct req *req)
{
	bool good = true;

	for (const char *const *lang = locale_languages; *lang; lang++) {
		if (utf8_count(typed(req, "name", *lang)) <= NAME_MOST &&
		    utf8_count(typed(req, "label", *lang)) <= NAME_MOST &&
		    utf8_count(typed(req, "hint", *lang)) <= HINT_MOST)
			continue;
		form_complain(req, "name", words_say(req->arena,
			_("The words in {1} are too long"), locale_own_name(*lang),
			NULL, NULL));
		good = false;
	}
	return good;
}

static bool category_fits(struct req *req, const struct page *p, const char *code,
			  enum category *out)
{
	if (p->kind != ENTRY_STATUS)
		return true;
	for (int i = 0; i < CATEGORIES; i++) {
		*out = (enum category) i;
		if (!strcmp(category_codes[i], code))
			return true;
	}
	form_complain(req, "category", _("Choose whose turn it is"));
	return false;
}

/* An upload goes before a name that was typed, that before what was chosen. */
static struct err *read_image(struct req *req, const struct page *p,
			      const struct typed_entry *t, const char **image,
			      bool *good)
{
	const char *chosen = *t->file ? t->file : t->image, *uploaded;
	bool same = p->entry.image && !strcmp(p->entry.image, chosen);

	TRY(image_take(req, "upload", &uploaded));
	*image = uploaded ? uploaded : *chosen ? chosen : NULL;
	if (uploaded || !*chosen || same || image_is_there(req, chosen))
		return NULL;
	form_complain(req, *t->file ? "file" : "image", words_say(req->arena,
		_("{1} is not in the image folder. Choose a PNG, WebP or SVG file"),
		chosen, NULL, NULL));
	*good = false;
	return NULL;
}

static bool upload_is_wrong(struct req *req, const char *image)
{
	for (const struct multipart_file *f = req->files; f; f = f->next)
		if (!strcmp(f->field, "upload") && f->size)
			return !image || strchr(image, '.');
	return false;
}

/* Everything is looked at, so that everything wrong is told at once. */
static struct err *read_entry(struct req *req, struct page *p, bool *good)
{
	struct typed_entry t = { .colour = "" };
	struct entry *e = &p->entry;
	const char *image = NULL;

	p->typed = true;
	*good = form_read(req, rules, &t);
	form_fill(req, "default", form_value(req, "default"));
	if (!is_among(palette, t.colour)) {
		form_complain(req, "colour", _("Choose a colour"));
		*good = false;
	}
	*good = translations_fit(req) && *good;
	*good = category_fits(req, p, t.category, &e->category) && *good;
	TRY(read_image(req, p, &t, &image, good));
	*good = *good && !upload_is_wrong(req, image);
	if (*good && t.version != catalog_revision(req->desk.catalog)) {
		form_complain(req, "", _("Somebody changed the settings meanwhile. "
					 "Look at your entries and save again"));
		*good = false;
	}
	e->colour = t.colour;
	e->image = image;
	e->needs_order = t.needs_order;
	e->for_customer = t.shop;
	e->customer_may_reply = t.may_reply;
	e->final = t.final;
	return NULL;
}

/* Saving. */

static void complain(struct req *req, enum entry_answer answer)
{
	switch (answer) {
	case ENTRY_TAKEN:
		form_complain(req, "name", _("Another one has this name"));
		break;
	case ENTRY_FULL:
		form_complain(req, "name", _("There are too many already"));
		break;
	case ENTRY_IS_DEFAULT:
		form_complain(req, "default", _("Choose another one as the default first"));
		break;
	case ENTRY_LAST:
		form_complain(req, "category",
			      _("It is the last of its kind: add another one first"));
		break;
	case ENTRY_NO_STAND_IN:
		form_complain(req, "move_to", _("Choose as what its tickets are shown"));
		break;
	case ENTRY_DONE:
	case ENTRY_ARCHIVED:
		break;
	}
}

static struct err *back(struct req *req, const struct page *p, const char *flash)
{
	TRY(web_flash(req, flash));
	return web_redirect(req, "%s/helpdesk#%s", req->desk.urls->config,
			    entry_kind_codes[p->kind]);
}

static struct err *remove_it(struct req *req, struct page *p)
{
	int64_t stand_in = strtoll(form_value(req, "move_to"), NULL, 10);
	enum entry_answer answer;

	TRY(entry_remove(&req->desk, &req->who, p->kind, p->entry.id, stand_in, &answer));
	if (answer > ENTRY_ARCHIVED) {
		complain(req, answer);
		return show(req, p, 422);
	}
	return back(req, p, answer == ENTRY_ARCHIVED ? "archived" : "removed");
}

/* What a category means is not asked but follows. */
static void behave(struct entry *e)
{
	struct entry asked = *e;

	preset_behave(e);
	e->customer_may_reply = asked.customer_may_reply;
}

static struct err *save_it(struct req *req, struct page *p)
{
	struct label labels[LANGUAGES_MOST];
	struct entry_draft draft = { .kind = p->kind, .labels = labels };
	enum entry_answer answer;

	for (size_t i = 0; locale_languages[i] && i < LANGUAGES_MOST; i++)
		labels[draft.n_labels++] = label_of(req, p, locale_languages[i]);
	if (p->kind == ENTRY_STATUS)
		behave(&p->entry);
	draft.entry = p->entry;
	draft.make_default = *form_value(req, "default") != '\0';
	TRY(entry_save(&req->desk, &req->who, &draft, &answer));
	if (answer != ENTRY_DONE) {
		complain(req, answer);
		return show(req, p, 422);
	}
	return back(req, p, "saved");
}

static struct err *save(struct req *req, enum entry_kind kind)
{
	struct page p;
	bool good;

	TRY(find(req, kind, &p));
	if (form_has(req, "delete"))
		return remove_it(req, &p);
	if (form_has(req, "restore")) {
		TRY(entry_restore(&req->desk, &req->who, kind, p.entry.id));
		return back(req, &p, "restored");
	}
	TRY(read_entry(req, &p, &good));
	return good ? save_it(req, &p) : show(req, &p, 422);
}

static struct err *look(struct req *req, enum entry_kind kind)
{
	struct page p;

	TRY(find(req, kind, &p));
	return show(req, &p, 200);
}

struct err *config_type_show(struct req *req)
{
	return look(req, ENTRY_TYPE);
}

struct err *config_type_save(struct req *req)
{
	return save(req, ENTRY_TYPE);
}

struct err *config_status_show(struct req *req)
{
	return look(req, ENTRY_STATUS);
}

struct err *config_status_save(struct req *req)
{
	return save(req, ENTRY_STATUS);
}

struct err *config_priority_show(struct req *req)
{
	return look(req, ENTRY_PRIORITY);
}

struct err *config_priority_save(struct req *req)
{
	return save(req, ENTRY_PRIORITY);
}
