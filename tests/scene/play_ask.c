#include <stdlib.h>

#include "base/arena.h"
#include "base/str.h"
#include "play.h"

/* ---- pages ---- */

/* The text of an attribute, back from HTML. */
static const char *attribute(struct play *p, const char *at, const char *end,
			     const char *name)
{
	static const struct { const char *entity, *text; } known[] = {
		{ "&amp;", "&" }, { "&lt;", "<" }, { "&gt;", ">" },
		{ "&quot;", "\"" }, { "&#39;", "'" }, { "", "" },
	};
	const char *key = arena_printf(arena(p), " %s=\"", name);
	struct str out;

	at = memmem(at, (size_t) (end - at), key, strlen(key));
	if (!at)
		return NULL;
	str_init(&out, arena(p), MOST_LINE);
	for (at += strlen(key); *at && *at != '"'; ) {
		size_t k = 0;

		while (*at == '&' && strncmp(at, known[k].entity, strlen(known[k].entity)))
			k++;
		if (*at == '&' && *known[k].entity) {
			str_add(&out, known[k].text);
			at += strlen(known[k].entity);
		} else {
			str_addn(&out, at++, 1);
		}
	}
	return out.text;
}

static bool given(const struct play *p, const char *name)
{
	for (const struct sent *f = p->visit.fields; f; f = f->next)
		if (!strcmp(f->name, name))
			return true;
	return false;
}

void add_field(struct play *p, const char *name, struct bytes value)
{
	struct sent *f = NEW(arena(p), struct sent);

	*f = (struct sent) { .name = name, .value = value };
	*p->next_field = f;
	p->next_field = &f->next;
}

/* As a browser reads it: the origin may be left out. */
static bool leads_to(const char *action, const char *url)
{
	const char *path = strchr(strstr(url, "://") + 3, '/');

	return !strcmp(action, url) || (path && !strcmp(action, path));
}

/* A search that leads to the same address is another form. */
static const char *form_on(struct play *p, const char *at, const char *url)
{
	while ((at = strstr(at, "<form "))) {
		const char *end = strchr(at, '>'), *action, *method;

		action = end ? attribute(p, at, end, "action") : NULL;
		method = end ? attribute(p, at, end, "method") : NULL;
		if (action && method && leads_to(action, url) && !strcmp(method, "post"))
			return end;
		at += 6;
	}
	return NULL;
}

/* The form that posts there, on the last page that has one. */
static const char *form_for(struct play *p, const char *url)
{
	for (struct shown *s = p->stage.who->shown; s; s = s->before) {
		const char *form = form_on(p, s->page, url);

		if (form)
			return form;
	}
	return NULL;
}

/* The session's token, wherever they saw it last. */
static const char *csrf_shown(struct play *p)
{
	for (struct shown *s = p->stage.who->shown; s; s = s->before) {
		const char *at = strstr(s->page, " name=\"csrf\"");

		if (at)
			return attribute(p, at, strchr(at, '>'), "value");
	}
	return NULL;
}

static void add_text(struct play *p, const char *name, const char *value)
{
	add_field(p, name, (struct bytes) { value, strlen(value) });
}

/* A box that is not ticked says nothing. */
static bool is_sent(const char *field, const char *end)
{
	static const char ticked[] = " checked";

	return !memmem(field, (size_t) (end - field), "checkbox", strlen("checkbox")) ||
	       !memcmp(end - strlen(ticked), ticked, strlen(ticked));
}

/* Fields of this kind that the story does not name; a name of theirs may repeat. */
static void add_each(struct play *p, const char *form, const char *kind)
{
	const char *end = strstr(form, "</form>");
	struct sent **own = p->next_field;

	while ((form = strstr(form, kind)) && form < end) {
		const char *close = strchr(form, '>');
		const char *name = attribute(p, form, close, "name");
		const char *value = attribute(p, form, close, "value");
		struct sent *first = *own;

		*own = NULL;
		if (name && value && is_sent(form, close) && !given(p, name)) {
			*own = first;
			add_text(p, name, value);
		}
		*own = first ? first : *own;
		form = close;
	}
}

static void add_hidden(struct play *p, const char *form)
{
	add_each(p, form, "<input type=\"hidden\"");
	add_each(p, form, "<input class=\"check\" type=\"checkbox\" name=\"to\"");
}

/* What a browser would send by itself: of boxes that are ticked, only those
 * with whom an answer goes to, as stories say what else is ticked. Who was never shown that form has at
 * least the session's token, as an attacker with an account has. */
static void complete(struct play *p)
{
	size_t n = strcspn(p->visit.path, "?");
	const char *url = arena_printf(arena(p), "%s%.*s", stage_base(&p->stage),
				       (int) n, p->visit.path);
	const char *form = form_for(p, url), *csrf = csrf_shown(p);

	if (form)
		add_hidden(p, form);
	else if (csrf && !given(p, "csrf"))
		add_text(p, "csrf", csrf);
}

/* ---- asking ---- */

void begin(struct play *p, const char *method, const char *path)
{
	if (p->asked)
		complain(p, "the visit before was not made:", "=> is missing");
	p->visit = (struct visit) { .method = method, .path = path };
	p->next_field = &p->visit.fields;
	p->asked = true;
}

void go(struct play *p)
{
	if (!strcmp(p->visit.method, "POST") && !p->visit.raw)
		complete(p);
	p->asked = false;
	stage_visit(&p->stage, &p->visit);
	if (p->stage.over)
		complain(p, "over the budget:", p->stage.over);
}

void act_answer(struct play *p, char *rest)
{
	const struct answer *a = &p->stage.seen;
	const char *got;

	if (!p->asked) {
		complain(p, "nothing was asked", "");
		return;
	}
	go(p);
	got = arena_printf(arena(p), "%d%s%s", a->status, *a->location ? " " : "",
			   a->location);
	if (!fits(p, expanded(p, rest), got))
		complain(p, "answered", got);
}

void act_get(struct play *p, char *rest)
{
	begin(p, "GET", expanded(p, rest));
}

void act_post(struct play *p, char *rest)
{
	begin(p, "POST", expanded(p, rest));
}

/* "@repeat 100 ab", "@file name" or the text itself. */
struct bytes value_of(struct play *p, char *text)
{
	char *rest = after(text, "@repeat"), *path = after(text, "@file");
	const char *source = getenv("srcdir");
	struct str out;
	FILE *f;

	if (!rest && !path)
		return expand(p, text);
	str_init(&out, arena(p), MOST_VALUE);
	if (rest) {
		long n = strtol(word(p, &rest), NULL, 10);

		while (n-- > 0)
			str_add(&out, rest);
		return (struct bytes) { out.text, out.len };
	}
	f = fopen(arena_printf(arena(p), "%s/tests/scene/files/%s",
			       source ? source : ".", path), "re");
	if (!f)
		complain(p, "no file", path);
	for (int c; f && (c = fgetc(f)) != EOF; )
		str_addn(&out, (char[]) { (char) c }, 1);
	if (f)
		fclose(f);
	return (struct bytes) { out.text, out.len };
}

/* file FIELD "NAME" TYPE CONTENT */
void act_file(struct play *p, char *rest)
{
	const char *field = word(p, &rest), *name = expanded(p, word(p, &rest));
	const char *type = word(p, &rest);
	struct sent **at = p->next_field;

	add_field(p, field, value_of(p, rest));
	(*at)->file = name;
	(*at)->type = type;
}

void act_fields(struct play *p, char *rest)
{
	long n = strtol(rest, NULL, 10);

	for (long i = 1; i <= n; i++)
		add_field(p, arena_printf(arena(p), "f%ld", i), expand(p, "x"));
}

void act_with(struct play *p, char *rest)
{
	static const char names[] = "with knows no such header:";
	const char *name = word(p, &rest), *value = expanded(p, rest);

	if (!strcmp(name, "Origin:"))
		p->visit.origin = value;
	else if (!strcmp(name, "Accept-Language:"))
		p->visit.language = value;
	else if (!strcmp(name, "Sec-Fetch-Site:"))
		p->visit.fetch_site = value;
	else if (!strcmp(name, "X-Requested-With:"))
		p->visit.partial = value;
	else if (!strcmp(name, "If-None-Match:"))
		p->visit.none_match = value;
	else if (!strcmp(name, "Content-Type:"))
		p->visit.type = value;
	else
		complain(p, names, name);
}

void act_body(struct play *p, char *rest)
{
	p->visit.raw = expanded(p, rest);
}

void act_cut(struct play *p, char *rest)
{
	p->visit.cut = strtol(rest, NULL, 10);
}
