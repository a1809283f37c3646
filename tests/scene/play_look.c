#include <regex.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/str.h"
#include "play.h"
#include "port/conf.h"

/* ---- looking ---- */

static bool body_has(const struct answer *a, const char *text)
{
	return memmem(a->body.at, a->body.n, text, strlen(text));
}

void act_has(struct play *p, char *rest)
{
	if (!body_has(&p->stage.seen, expanded(p, rest)))
		complain(p, "the page lacks", expanded(p, rest));
}

void act_lacks(struct play *p, char *rest)
{
	if (body_has(&p->stage.seen, expanded(p, rest)))
		complain(p, "the page has", expanded(p, rest));
}

void act_header(struct play *p, char *rest)
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

void act_same(struct play *p, char *rest)
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
void act_keep(struct play *p, char *rest)
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
void act_mail(struct play *p, char *rest)
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
void act_no_mail(struct play *p, char *rest)
{
	char *to = after(rest, "to");
	struct rows letters = { 0 };

	must(p, stage_letters(&p->stage, to ? expanded(p, to) : "", &letters));
	if (letters.n)
		complain(p, "a mail was written:", *(const char **) letters.at);
}

/* rows N TABLE [WHERE …] */
void act_rows(struct play *p, char *rest)
{
	const char *want = word(p, &rest), *n = "";

	must(p, stage_ask(&p->stage, arena_printf(arena(p),
		"SELECT COUNT(*) FROM %s", expanded(p, rest)), &n));
	if (strcmp(n, want))
		complain(p, "rows:", n);
}

/* ---- the world ---- */

void act_sql(struct play *p, char *rest)
{
	must(p, stage_sql(&p->stage, expanded(p, rest)));
}

/* the search learns */
void act_learn(struct play *p, char *rest)
{
	(void) rest;
	must(p, stage_learn(&p->stage));
}

/* clock 2030-01-01 12:00:00; without a time the real one again */
void act_clock(struct play *p, char *rest)
{
	(void) p;
	if (*rest)
		setenv("AFTERSALE_NOW", rest, 1);
	else
		unsetenv("AFTERSALE_NOW");
}

/* theme FILE TEXT: an override of a template */
void act_theme(struct play *p, char *rest)
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
