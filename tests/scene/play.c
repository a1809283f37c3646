/*
 * play - acts out stories: `play CONF FILE.scene…`.
 *
 * The language is told in README.md. Every line is one step; a step that
 * does not come out as it says is complained about, and the story goes on.
 */
#include <ctype.h>
#include <regex.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "port/conf.h"
#include "port/secret.h"
#include "programs.h"
#include "stage.h"
#include "web/req.h"

enum { MOST_LINE = 8192, MOST_THEMES = 8, MOST_VALUE = 64 << 20,
       MOST_WALKERS = 12, MOST_ROUTES = 200 };

/* ClearSilver forgets a few bytes of a template that cannot be parsed. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:cs_parse_string\n";
}

static const char password[] = "correct horse battery";

struct variable {
	struct variable *next;
	const char *name, *value;
};

struct play {
	struct stage stage;
	const char *file;
	int line, bad;
	struct variable *variables;
	struct visit visit;		/* being written down */
	struct sent **next_field;
	bool asked;			/* and not yet made */
	const char *letter;		/* the one that was looked at last */
	const char *theme[MOST_THEMES];	/* files, to be taken away */
	size_t themes;
	const char *walkers[MOST_WALKERS], *walked[MOST_ROUTES];
	size_t n_walkers, n_walked;
};

static struct arena *arena(struct play *p)
{
	return p->stage.arena;
}

static void complain(struct play *p, const char *what, const char *detail)
{
	printf("# %s:%d: %s %.600s\n", p->file, p->line, what, detail);
	p->bad++;
}

static void must(struct play *p, struct err *e)
{
	if (e)
		complain(p, "cannot do that:", e->text);
}

/* ---- words and variables ---- */

static void set(struct play *p, const char *name, const char *value)
{
	struct variable *v = NEW(arena(p), struct variable);

	*v = (struct variable) { p->variables, name, value };
	p->variables = v;
}

static const char *get(struct play *p, const char *name)
{
	for (struct variable *v = p->variables; v; v = v->next)
		if (!strcmp(v->name, name))
			return v->value;
	complain(p, "nobody said what is", name);
	return "";
}

static size_t name_length(const char *at)
{
	size_t n = 0;

	while (isalnum((unsigned char) at[n]) || at[n] == '_')
		n++;
	return n;
}

/* \n \t \r \\ \$ \" \xHH; anything else stands for itself. Returns its end. */
static const char *unescape(const char *at, struct str *out)
{
	static const char from[] = "ntr", to[] = "\n\t\r";
	const char *known = *at ? strchr(from, *at) : NULL;
	char c = known ? to[known - from] : *at;

	if (*at == 'x' && isxdigit((unsigned char) at[1]) &&
	    isxdigit((unsigned char) at[2])) {
		c = (char) strtol((char[]) { at[1], at[2], 0 }, NULL, 16);
		at += 2;
	}
	str_addn(out, &c, 1);
	return *at ? at + 1 : at;
}

/* Escapes and $variables replaced; it may hold NULs. */
static struct bytes expand(struct play *p, const char *text)
{
	struct str out;

	str_init(&out, arena(p), MOST_VALUE);
	while (*text) {
		size_t n = *text == '$' ? name_length(text + 1) : 0;

		if (n) {
			str_add(&out, get(p, arena_copy(arena(p), text + 1, n)));
			text += n + 1;
		} else if (*text == '\\') {
			text = unescape(text + 1, &out);
		} else {
			str_addn(&out, text++, 1);
		}
	}
	return (struct bytes) { out.text, out.len };
}

static const char *expanded(struct play *p, const char *text)
{
	return expand(p, text).at;
}

/* The next word, "quoted" when it has blanks; *rest moves behind it. */
static char *word(struct play *p, char **rest)
{
	char *at = *rest + strspn(*rest, " "), *to = at, *begin = at;
	bool quoted = false;

	for (; *at && (quoted || *at != ' '); at++)
		if (*at == '"')
			quoted = !quoted;
		else if (*at == '\\' && at[1] == '"')
			*to++ = *++at;
		else
			*to++ = *at;
	*rest = *at ? at + 1 : at;
	return arena_copy(arena(p), begin, (size_t) (to - begin));
}

/* Does it begin with these words and a blank, or end there? Then behind them. */
static char *after(char *line, const char *words)
{
	size_t n = strlen(words);

	if (strncmp(line, words, n) || (line[n] && line[n] != ' '))
		return NULL;
	return line + n + strspn(line + n, " ");
}

/* ---- pages ---- */

static bool body_has(const struct answer *a, const char *text)
{
	return memmem(a->body.at, a->body.n, text, strlen(text));
}

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

static void add_field(struct play *p, const char *name, struct bytes value)
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

/* Hidden fields that the story does not name; a name of theirs may repeat. */
static void add_hidden(struct play *p, const char *form)
{
	const char *end = strstr(form, "</form>");
	struct sent **own = p->next_field;

	while ((form = strstr(form, "<input type=\"hidden\"")) && form < end) {
		const char *close = strchr(form, '>');
		const char *name = attribute(p, form, close, "name");
		const char *value = attribute(p, form, close, "value");
		struct sent *first = *own;

		*own = NULL;
		if (name && value && !given(p, name)) {
			*own = first;
			add_text(p, name, value);
		}
		*own = first ? first : *own;
		form = close;
	}
}

/* What a browser would send by itself. Who was never shown that form has at
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

static void begin(struct play *p, const char *method, const char *path)
{
	if (p->asked)
		complain(p, "the visit before was not made:", "=> is missing");
	p->visit = (struct visit) { .method = method, .path = path };
	p->next_field = &p->visit.fields;
	p->asked = true;
}

static void go(struct play *p)
{
	if (!strcmp(p->visit.method, "POST") && !p->visit.raw)
		complete(p);
	p->asked = false;
	stage_visit(&p->stage, &p->visit);
	if (p->stage.over)
		complain(p, "over the budget:", p->stage.over);
}

/* * is anything, {name} is anything but / and # and is kept. */
static bool fits(struct play *p, const char *pattern, const char *text)
{
	while (*pattern && *pattern != '*' && *pattern != '{') {
		if (*pattern++ != *text++)
			return false;
	}
	if (*pattern == '{') {
		size_t n = strcspn(pattern + 1, "}"), len = strcspn(text, "/#?");

		set(p, arena_copy(arena(p), pattern + 1, n),
		    arena_copy(arena(p), text, len));
		return fits(p, pattern + n + 2, text + len);
	}
	if (*pattern == '*') {
		do {
			if (fits(p, pattern + 1, text))
				return true;
		} while (*text++);
		return false;
	}
	return !*text;
}

static void act_answer(struct play *p, char *rest)
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

static void act_get(struct play *p, char *rest)
{
	begin(p, "GET", expanded(p, rest));
}

static void act_post(struct play *p, char *rest)
{
	begin(p, "POST", expanded(p, rest));
}

/* "@repeat 100 ab", "@file name" or the text itself. */
static struct bytes value_of(struct play *p, char *text)
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
static void act_file(struct play *p, char *rest)
{
	const char *field = word(p, &rest), *name = expanded(p, word(p, &rest));
	const char *type = word(p, &rest);
	struct sent **at = p->next_field;

	add_field(p, field, value_of(p, rest));
	(*at)->file = name;
	(*at)->type = type;
}

static void act_fields(struct play *p, char *rest)
{
	long n = strtol(rest, NULL, 10);

	for (long i = 1; i <= n; i++)
		add_field(p, arena_printf(arena(p), "f%ld", i), expand(p, "x"));
}

static void act_with(struct play *p, char *rest)
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

static void act_body(struct play *p, char *rest)
{
	p->visit.raw = expanded(p, rest);
}

static void act_cut(struct play *p, char *rest)
{
	p->visit.cut = strtol(rest, NULL, 10);
}

/* ---- looking ---- */

static void act_has(struct play *p, char *rest)
{
	if (!body_has(&p->stage.seen, expanded(p, rest)))
		complain(p, "the page lacks", expanded(p, rest));
}

static void act_lacks(struct play *p, char *rest)
{
	if (body_has(&p->stage.seen, expanded(p, rest)))
		complain(p, "the page has", expanded(p, rest));
}

static void act_header(struct play *p, char *rest)
{
	char *name = word(p, &rest);
	const char *value;

	name[strcspn(name, ":")] = '\0';
	value = stage_header(&p->stage, name);
	if (!value || !fits(p, expanded(p, rest), value))
		complain(p, name, value ? value : "was not sent");
}

static const char *last_part(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* "1025" may stand in the hash of the assets, too. */
static bool behind_slash(const char *page, const char *at)
{
	return (at > page && at[-1] == '/') ||
	       (at - page >= 3 && !strncmp(at - 3, "%2F", 3));
}

/* A page, with the last part of its own address as an asterisk. */
static const char *anonymous(struct play *p, const struct answer *a, const char *path)
{
	const char *own = last_part(path), *at = a->body.at;
	size_t n = strlen(own);
	struct str out;

	str_init(&out, arena(p), MOST_VALUE);
	while (*at) {
		bool here = n && !strncmp(at, own, n) && behind_slash(a->body.at, at);

		if (here)
			str_add(&out, "*");
		else
			str_addn(&out, at, 1);
		at += here ? n : 1;
	}
	return out.text;
}

static void act_same(struct play *p, char *rest)
{
	const struct answer *a = &p->stage.seen, *b = &p->stage.before;

	(void) rest;
	if (!b->body.at || a->status != b->status ||
	    strcmp(anonymous(p, a, p->stage.path),
		   anonymous(p, b, p->stage.path_before)))
		complain(p, "this answer differs from the one before:", p->stage.path);
}

/* The first group of the expression. */
static void keep(struct play *p, const char *name, const char *text,
		 const char *expression)
{
	regmatch_t m[2];
	regex_t re;

	if (regcomp(&re, expression, REG_EXTENDED)) {
		complain(p, "cannot read", expression);
		return;
	}
	if (!text || regexec(&re, text, 2, m, 0) || m[1].rm_so < 0)
		complain(p, "found no", expression);
	else
		set(p, name, arena_copy(arena(p), text + m[1].rm_so,
					(size_t) (m[1].rm_eo - m[1].rm_so)));
	regfree(&re);
}

/* keep NAME from REGEX; from mail REGEX; from sql SELECT … */
static void act_keep(struct play *p, char *rest)
{
	const char *name = word(p, &rest), *value = "";
	char *from = after(rest, "from");
	char *mail = from ? after(from, "mail") : NULL;
	char *sql = from ? after(from, "sql") : NULL;

	if (sql) {
		must(p, stage_ask(&p->stage, expanded(p, sql), &value));
		set(p, name, value);
	} else if (mail) {
		keep(p, name, p->letter, mail);
	} else if (from) {
		keep(p, name, p->stage.seen.body.at, from);
	} else {
		complain(p, "cannot read", rest);
	}
}

/* mail to ADDRESS has TEXT; mail to ADDRESS lacks TEXT (in all of them) */
static void act_mail(struct play *p, char *rest)
{
	const char *address = expanded(p, word(p, &rest)), **text;
	char *has = after(rest, "has"), *lacks = after(rest, "lacks");
	const char *words = expanded(p, has ? has : lacks ? lacks : "");
	struct rows letters = { 0 };
	bool found = false;

	must(p, stage_letters(&p->stage, address, &letters));
	text = letters.at;
	for (size_t i = 0; i < letters.n && !found; i++) {
		p->letter = text[i];
		found = strstr(text[i], words);
	}
	if (!letters.n)
		complain(p, "no mail to", address);
	else if (found == !has)
		complain(p, has ? "mail lacks" : "mail has", words);
	if (letters.n && found == !has)
		printf("# %s\n", p->letter);
}

/* no mail; no mail to ADDRESS */
static void act_no_mail(struct play *p, char *rest)
{
	char *to = after(rest, "to");
	struct rows letters = { 0 };

	must(p, stage_letters(&p->stage, to ? expanded(p, to) : "", &letters));
	if (letters.n)
		complain(p, "a mail was written:", *(const char **) letters.at);
}

/* rows N TABLE [WHERE …] */
static void act_rows(struct play *p, char *rest)
{
	const char *want = word(p, &rest), *n = "";

	must(p, stage_ask(&p->stage, arena_printf(arena(p),
		"SELECT COUNT(*) FROM %s", expanded(p, rest)), &n));
	if (strcmp(n, want))
		complain(p, "rows:", n);
}

/* ---- the world ---- */

static void act_sql(struct play *p, char *rest)
{
	must(p, stage_sql(&p->stage, expanded(p, rest)));
}

/* the search learns */
static void act_learn(struct play *p, char *rest)
{
	(void) rest;
	must(p, stage_learn(&p->stage));
}

/* clock 2030-01-01 12:00:00; without a time the real one again */
static void act_clock(struct play *p, char *rest)
{
	(void) p;
	if (*rest)
		setenv("AFTERSALE_NOW", rest, 1);
	else
		unsetenv("AFTERSALE_NOW");
}

/* theme FILE TEXT: an override of a template */
static void act_theme(struct play *p, char *rest)
{
	const char *path = arena_printf(arena(p), "%s/%s",
		conf_text(p->stage.conf, "paths", "theme"), word(p, &rest));
	FILE *f;

	for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/'))
		mkdir(arena_copy(arena(p), path, (size_t) (slash - path)), 0700);
	f = fopen(path, "we");
	if (!f || p->themes == MOST_THEMES) {
		complain(p, "cannot write", path);
		return;
	}
	fputs(expanded(p, rest), f);
	fclose(f);
	p->theme[p->themes++] = path;
}

/* ---- the shop's tokens ---- */

struct claims {
	const char *alg, *kid, *secret;
	struct str json;
};

/* iat and exp are seconds from now. */
static void add_claim(struct play *p, struct claims *c, const char *name,
		      const char *value)
{
	if (c->json.len > 1)
		str_add(&c->json, ",");
	str_addf(&c->json, "\"%s\":", name);
	if (!strcmp(name, "iat") || !strcmp(name, "exp"))
		str_addf(&c->json, "%lld", (long long) (clock_now() / SECOND +
							strtol(value, NULL, 10)));
	else
		str_add_json(&c->json, expanded(p, value));
}

static const char *part(struct play *p, const char *text)
{
	return secret_base64url(arena(p), (struct bytes) { text, strlen(text) });
}

static const char *signed_token(struct play *p, const struct claims *c)
{
	const char *head = arena_printf(arena(p), "{\"alg\":\"%s\"%s%s%s}", c->alg,
		c->kid ? ",\"kid\":\"" : "", c->kid ? c->kid : "", c->kid ? "\"" : "");
	const char *text = arena_printf(arena(p), "%s.%s", part(p, head),
					part(p, c->json.text));

	if (!strcmp(c->alg, "none"))
		return arena_printf(arena(p), "%s.", text);
	return arena_printf(arena(p), "%s.%s", text, secret_base64url(arena(p),
		secret_hmac(arena(p), c->secret, strlen(c->secret), text, strlen(text))));
}

/* token claim=value …: what is not named is right; claim=- leaves it out.
 * alg, kid and secret ("old" is the one before) are not claims. */
static const char *token(struct play *p, char *rest)
{
	static const char *const usual[] = { "iat", "jti", "aud", "iss", NULL };
	const char *value[] = {
		"0", secret_token(arena(p), 16), stage_base(&p->stage), "main",
	};
	struct claims c = { .alg = "HS256",
			    .secret = conf_text(p->stage.conf, "shop.main", "secret") };

	str_init(&c.json, arena(p), MOST_LINE);
	str_add(&c.json, "{");
	while (*rest) {
		char *name = word(p, &rest), *is = strchr(name, '=');
		int i = 0;

		if (!is)
			break;
		*is++ = '\0';
		while (usual[i] && strcmp(usual[i], name))
			i++;
		if (usual[i])
			value[i] = is;
		else if (!strcmp(name, "alg"))
			c.alg = is;
		else if (!strcmp(name, "kid"))
			c.kid = is;
		else if (!strcmp(name, "secret"))
			c.secret = strcmp(is, "old") ? is
				: conf_text(p->stage.conf, "shop.main", "secret_old");
		else
			add_claim(p, &c, name, is);
	}
	for (int i = 0; usual[i]; i++)
		if (strcmp(value[i], "-"))
			add_claim(p, &c, usual[i], value[i]);
	str_add(&c.json, "}");
	return signed_token(p, &c);
}

static void act_token(struct play *p, char *rest)
{
	set(p, "token", token(p, rest));
}

/* ---- who it is ---- */

static bool has_session(const struct person *who, const char *cookie)
{
	for (const struct cookie *c = who->cookies; c; c = c->next)
		if (!strcmp(c->name, cookie) && *c->value)
			return true;
	return false;
}

static void become(struct play *p, const char *name)
{
	if (p->asked)
		complain(p, "the visit before was not made:", "=> is missing");
	p->stage.who = stage_person(&p->stage, name);
}

static void sign_in(struct play *p)
{
	go(p);
	if (p->stage.seen.status != 303)
		complain(p, "could not sign in:", p->stage.who->name);
}

/* as customer KEY NAME EMAIL; later `as customer KEY` is enough */
static void act_customer(struct play *p, char *rest)
{
	const char *key = word(p, &rest), *name, *email;

	become(p, arena_printf(arena(p), "customer %s", key));
	if (!*rest || has_session(p->stage.who, "__Host-aftersale"))
		return;
	name = word(p, &rest);
	email = word(p, &rest);
	begin(p, "POST", "/sso");
	add_field(p, "jwt", expand(p, token(p, arena_printf(arena(p),
		"external_id=%s \"name=%s\" email=%s", key, name, email))));
	sign_in(p);
}

/* as guest [NAME] */
static void act_guest(struct play *p, char *rest)
{
	become(p, *rest ? arena_printf(arena(p), "guest %s", rest) : "guest");
}

static void staff(struct play *p, char *rest, const char *role)
{
	const char *email = word(p, &rest);

	become(p, arena_printf(arena(p), "%s %s", role, email));
	if (has_session(p->stage.who, "__Host-aftersale-panel"))
		return;
	must(p, stage_agent(&p->stage, email, role, password));
	begin(p, "GET", "/panel/sign-in");
	go(p);
	begin(p, "POST", "/panel/sign-in");
	add_field(p, "email", expand(p, email));
	add_field(p, "password", expand(p, password));
	sign_in(p);
}

static void act_agent(struct play *p, char *rest)
{
	staff(p, rest, "agent");
}

static void act_administrator(struct play *p, char *rest)
{
	staff(p, rest, "administrator");
}

/* Their cookies are gone, as after another browser was opened. */
static void act_forget(struct play *p, char *rest)
{
	(void) rest;
	p->stage.who->cookies = NULL;
}

/* cookie NAME VALUE: what a script or an attacker has put there */
static void act_cookie(struct play *p, char *rest)
{
	struct cookie *c = NEW(arena(p), struct cookie);

	c->name = word(p, &rest);
	c->value = expanded(p, rest);
	c->next = p->stage.who->cookies;
	p->stage.who->cookies = c;
}

/* ---- every route, every visitor ---- */

/* walkers "guest" "customer 101" …: the columns of what follows */
static void act_walkers(struct play *p, char *rest)
{
	for (p->n_walkers = 0; *rest && p->n_walkers < MOST_WALKERS; )
		p->walkers[p->n_walkers++] = word(p, &rest);
}

/* ":number" of a pattern is $number. */
static const char *filled(struct play *p, const char *pattern)
{
	struct str out;

	str_init(&out, arena(p), MOST_LINE);
	for (; *pattern; pattern++) {
		size_t n = *pattern == ':' ? name_length(pattern + 1) : 0;

		if (n)
			str_add(&out, get(p, arena_copy(arena(p), pattern + 1, n)));
		else
			str_addn(&out, pattern, 1);
		pattern += n;
	}
	return out.text;
}

static void walk(struct play *p, const char *who, const char *method,
		 const char *path, const char *wanted)
{
	const char *got;

	become(p, who);
	begin(p, method, path);
	go(p);
	got = arena_printf(arena(p), "%d", p->stage.seen.status);
	if (strcmp(got, wanted))
		complain(p, who, arena_printf(arena(p), "got %s instead of %s %s",
					      got, wanted, p->stage.seen.location));
}

/* route METHOD PATTERN STATUS…: one for each walker; a POST is empty */
static void act_route(struct play *p, char *rest)
{
	const char *method = word(p, &rest), *pattern = word(p, &rest);

	if (p->n_walked < MOST_ROUTES)
		p->walked[p->n_walked++] = arena_printf(arena(p), "%s %s", method, pattern);
	for (size_t i = 0; i < p->n_walkers; i++) {
		rest += strspn(rest, " ");
		walk(p, p->walkers[i], method, filled(p, pattern), word(p, &rest));
	}
}

static void must_be_walked(struct play *p, const char *route)
{
	for (size_t i = 0; i < p->n_walked; i++)
		if (!strcmp(p->walked[i], route))
			return;
	complain(p, "nobody walked", route);
}

/* every route: of all programs' tables has been walked */
static void act_every_route(struct play *p, char *rest)
{
	(void) rest;
	for (const struct program_of *of = programs; of->name; of++)
		for (const struct route *r = of->routes; r->page; r++)
			must_be_walked(p, arena_printf(arena(p), "%s %s%s", r->method,
						       of->prefix, r->path));
}

/* ---- the story ---- */

static const struct {
	const char *words;
	void (*act)(struct play *p, char *rest);
} verbs[] = {
	{ "as customer", act_customer },
	{ "as guest", act_guest },
	{ "as agent", act_agent },
	{ "as administrator", act_administrator },
	{ "GET", act_get },
	{ "POST", act_post },
	{ "with", act_with },
	{ "file", act_file },
	{ "fields", act_fields },
	{ "body", act_body },
	{ "cut", act_cut },
	{ "=>", act_answer },
	{ "has", act_has },
	{ "lacks", act_lacks },
	{ "header", act_header },
	{ "same as before", act_same },
	{ "keep", act_keep },
	{ "mail to", act_mail },
	{ "no mail", act_no_mail },
	{ "rows", act_rows },
	{ "sql", act_sql },
	{ "the search learns", act_learn },
	{ "clock", act_clock },
	{ "theme", act_theme },
	{ "token", act_token },
	{ "cookie", act_cookie },
	{ "forget cookies", act_forget },
	{ "walkers", act_walkers },
	{ "route", act_route },
	{ "every route", act_every_route },
};

/* A field's name may hold a value, as map_$status. */
static size_t field_length(const char *at)
{
	size_t n = 0;

	while (isalnum((unsigned char) at[n]) || at[n] == '_' || at[n] == '$')
		n++;
	return n;
}

static void read_line(struct play *p, char *line)
{
	size_t n = field_length(line);

	if (!*line || *line == '#')
		return;
	for (size_t i = 0; i < sizeof(verbs) / sizeof(*verbs); i++) {
		char *rest = after(line, verbs[i].words);

		if (rest) {
			verbs[i].act(p, rest);
			return;
		}
	}
	if (p->asked && n && line[n] == '=')
		add_field(p, expanded(p, arena_copy(arena(p), line, n)),
			  value_of(p, line + n + 1));
	else
		complain(p, "cannot read", line);
}

static bool play(const char *conf, const char *file)
{
	struct play p = { .file = file };
	struct err *e = stage_open(&p.stage, conf);
	FILE *f = fopen(file, "re");
	char line[MOST_LINE];

	if (e || !f)
		complain(&p, "the curtain does not rise:", e ? e->text : "no such file");
	while (!e && f && fgets(line, sizeof(line), f)) {
		p.line++;
		line[strcspn(line, "\n")] = '\0';
		read_line(&p, line);
	}
	if (p.asked)
		complain(&p, "the last visit was not made:", "=> is missing");
	if (f)
		fclose(f);
	for (size_t i = 0; i < p.themes; i++)
		unlink(p.theme[i]);
	unsetenv("AFTERSALE_NOW");
	stage_close(&p.stage);
	return !p.bad;
}

int main(int argc, char **argv)
{
	int passed = 0;

	log_open("play");
	setvbuf(stdout, NULL, _IOLBF, 0);
	printf("1..%d\n", argc - 2);
	for (int i = 2; i < argc; i++) {
		bool good = play(argv[1], argv[i]);

		printf("%s %d - %s\n", good ? "ok" : "not ok", i - 1, argv[i]);
		passed += good;
	}
	printf("%d passed, %d failed\n", passed, argc - 2 - passed);
	return argc < 3 || passed != argc - 2;
}
