#include <stdlib.h>

#include "base/arena.h"
#include "base/clock.h"
#include "play.h"
#include "port/conf.h"
#include "port/secret.h"
#include "programs.h"
#include "web/req.h"

static const char password[] = "correct horse battery";

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

void act_token(struct play *p, char *rest)
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
void act_customer(struct play *p, char *rest)
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
void act_guest(struct play *p, char *rest)
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

void act_agent(struct play *p, char *rest)
{
	staff(p, rest, "agent");
}

void act_administrator(struct play *p, char *rest)
{
	staff(p, rest, "administrator");
}

/* Their cookies are gone, as after another browser was opened. */
void act_forget(struct play *p, char *rest)
{
	(void) rest;
	p->stage.who->cookies = NULL;
}

/* cookie NAME VALUE: what a script or an attacker has put there */
void act_cookie(struct play *p, char *rest)
{
	struct cookie *c = NEW(arena(p), struct cookie);

	c->name = word(p, &rest);
	c->value = expanded(p, rest);
	c->next = p->stage.who->cookies;
	p->stage.who->cookies = c;
}

/* ---- every route, every visitor ---- */

/* walkers "guest" "customer 101" …: the columns of what follows */
void act_walkers(struct play *p, char *rest)
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
void act_route(struct play *p, char *rest)
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
void act_every_route(struct play *p, char *rest)
{
	(void) rest;
	for (const struct program_of *of = programs; of->name; of++)
		for (const struct route *r = of->routes; r->page; r++)
			must_be_walked(p, arena_printf(arena(p), "%s %s%s", r->method,
						       of->prefix, r->path));
}
