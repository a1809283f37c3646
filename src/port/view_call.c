/* What a template may call. */
#include <stdlib.h>
#include <string.h>

#include <ClearSilver.h>

#include "base/arena.h"
#include "base/html.h"
#include "base/utf8.h"
#include "base/words.h"
#include "view_call.h"

static const char *get(const struct page *p __attribute__((unused)),
		       const char *const text[])
{
	return words_get(text[0]);
}

static const char *say(const struct page *p, const char *const text[])
{
	return words_say(p->arena, words_get(text[0]), text[1], text[2], text[3]);
}

static const char *many(const struct page *p, const char *const text[])
{
	return words_many(p->arena, text[0], text[1], strtol(text[2], NULL, 10));
}

static const char *in(const struct page *p __attribute__((unused)),
		      const char *const text[])
{
	return words_in(text[0], text[1]);
}

static const char *url(const struct page *p, const char *const text[])
{
	return html_url(p->arena, text[0]);
}

/* A label and the blanks up to the next column, for mails in plain text. */
static const char *column(const struct page *p, const char *const text[])
{
	long width = strtol(text[1], NULL, 10), used = (long) utf8_count(text[0]);

	return arena_printf(p->arena, "%s%*s", text[0],
			    width > used ? (int) (width - used) : 1, "");
}

static const char *paragraphs(const struct page *p, const char *const text[])
{
	return html_paragraphs(p->arena, text[0]);
}

static const char *link_to(const struct page *p, const char *const text[])
{
	return html_link(p->arena, html_near(text[0], p->origin));
}

static const struct function {
	const char *name;
	int n_args;
	NEOS_ESCAPE escape;		/* FUNCTION: it escapes by itself */
	const char *(*run)(const struct page *p, const char *const text[]);
} functions[] = {
	{ "_",          1, NEOS_ESCAPE_NONE,     get },
	{ "say1",       2, NEOS_ESCAPE_NONE,     say },
	{ "say2",       3, NEOS_ESCAPE_NONE,     say },
	{ "say3",       4, NEOS_ESCAPE_NONE,     say },
	{ "many",       3, NEOS_ESCAPE_NONE,     many },
	{ "in",         2, NEOS_ESCAPE_NONE,     in },
	{ "column",     2, NEOS_ESCAPE_NONE,     column },
	{ "url",        1, NEOS_ESCAPE_FUNCTION, url },
	{ "paragraphs", 1, NEOS_ESCAPE_FUNCTION, paragraphs },
	{ "link",       1, NEOS_ESCAPE_FUNCTION, link_to },
};
enum { N_FUNCTIONS = sizeof(functions) / sizeof(*functions), MOST_ARGS = 4 };

static const struct function *function_called(const char *name)
{
	for (size_t i = 0; i < N_FUNCTIONS; i++)
		if (!strcmp(functions[i].name, name))
			return &functions[i];
	abort();
}

/* ClearSilver evaluates the arguments to texts of its own memory; the
 * result lives in the arena of the request and is not ClearSilver's to free. */
static NEOERR *call(CSPARSE *parse, CS_FUNCTION *csf, CSARG *args, CSARG *result)
{
	const struct page *page = parse->output_ctx;
	const char *given[MOST_ARGS] = { "", "", "", "" };
	char *text[MOST_ARGS] = { NULL };
	NEOERR *ne = cs_arg_parse(parse, args, "ssss" + MOST_ARGS - csf->n_args,
				  &text[0], &text[1], &text[2], &text[3]);

	if (ne)
		return nerr_pass(ne);
	for (int i = 0; i < csf->n_args; i++)
		if (text[i])
			given[i] = arena_dup(page->arena, text[i]);
	for (int i = 0; i < csf->n_args; i++)
		free(text[i]);
	result->op_type = CS_TYPE_STRING;
	result->s = (char *) function_called(csf->name)->run(page, given);
	result->alloc = 0;
	return STATUS_OK;
}

/* Its own _() asks gettext each time; true when it has one of that name. */
static bool take_over(CSPARSE *parse, const struct function *f)
{
	for (CS_FUNCTION *csf = parse->functions; csf; csf = csf->next)
		if (!strcmp(csf->name, f->name)) {
			csf->function = call;
			return true;
		}
	return false;
}

NEOERR *view_register(CSPARSE *parse)
{
	for (size_t i = 0; i < N_FUNCTIONS; i++) {
		const struct function *f = &functions[i];
		NEOERR *ne;

		if (take_over(parse, f))
			continue;
		ne = cs_register_function(parse, f->name, f->n_args, call);

		if (ne)
			return nerr_pass(ne);
		/* The newest stands first: so does cs_register_esc_strfunc(). */
		parse->functions->escape = f->escape;
	}
	return STATUS_OK;
}
