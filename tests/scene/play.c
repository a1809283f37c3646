/*
 * play - acts out stories: `play CONF FILE.scene…`.
 *
 * The language is told in README.md. Every line is one step; a step that
 * does not come out as it says is complained about, and the story goes on.
 */
#include <ctype.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "play.h"

/* ClearSilver forgets a few bytes of a template that cannot be parsed. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:cs_parse_string\n";
}

/* ---- the story ---- */

static const struct {
	const char *words;
	act *act;
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
	{ "letter", act_letter },
	{ "the letters are sorted", act_sort },
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
