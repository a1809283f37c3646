#include <ctype.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/str.h"
#include "play.h"

void complain(struct play *p, const char *what, const char *detail)
{
	printf("# %s:%d: %s %.600s\n", p->file, p->line, what, detail);
	p->bad++;
}

void must(struct play *p, struct err *e)
{
	if (e)
		complain(p, "cannot do that:", e->text);
}

/* ---- words and variables ---- */

void set(struct play *p, const char *name, const char *value)
{
	struct variable *v = NEW(arena(p), struct variable);

	*v = (struct variable) { p->variables, name, value };
	p->variables = v;
}

const char *get(struct play *p, const char *name)
{
	for (struct variable *v = p->variables; v; v = v->next)
		if (!strcmp(v->name, name))
			return v->value;
	complain(p, "nobody said what is", name);
	return "";
}

size_t name_length(const char *at)
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
struct bytes expand(struct play *p, const char *text)
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

const char *expanded(struct play *p, const char *text)
{
	return expand(p, text).at;
}

/* The next word, "quoted" when it has blanks; *rest moves behind it. */
char *word(struct play *p, char **rest)
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
char *after(char *line, const char *words)
{
	size_t n = strlen(words);

	if (strncmp(line, words, n) || (line[n] && line[n] != ' '))
		return NULL;
	return line + n + strspn(line + n, " ");
}

/* * is anything, {name} is anything but / and # and is kept. */
bool fits(struct play *p, const char *pattern, const char *text)
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
