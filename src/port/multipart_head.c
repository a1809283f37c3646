/* The headers of a part: which field it is, and of which file. */
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "multipart_part.h"

enum {
	LONGEST_HEAD = 8 * 1024,	/* the headers of one part */
	LONGEST_NAME = 256,		/* of a field */
};

static struct err *bad_head(struct form *f, const char *what)
{
	return FAIL(f->arena, ERR_BAD_REQUEST, "a part of the form has %s",
		    what);
}

static char *skip_blanks(char *at)
{
	return at + strspn(at, " \t");
}

/*
 * A value in quotes. Browsers escape only the quote, as %22 or \", and send
 * other backslashes as they are; so \" at the very end is a backslash.
 */
static char *read_quoted(char *at, const char **value)
{
	char *to = at;

	*value = at;
	for (; *at && *at != '"'; at++) {
		if (at[0] == '\\' && at[1] == '"' && strchr(at + 2, '"'))
			at++;
		*to++ = *at;
	}
	if (!*at)
		return NULL;
	*to = '\0';
	return at + 1;
}

static char *read_plain(struct arena *a, char *at, const char **value)
{
	size_t n = strcspn(at, "; \t");

	*value = arena_copy(a, at, n);
	return n ? at + n : NULL;
}

static struct err *keep_once(struct form *f, const char **where,
			     const char *value)
{
	if (*where)
		return bad_head(f, "a name twice");
	*where = value;
	return NULL;
}

/* form-data; name="a"; filename="b" - other parameters are not looked at. */
static struct err *read_disposition(struct form *f, char *at, struct part *p)
{
	if (strncasecmp(at, "form-data", 9))
		return bad_head(f, "another disposition");
	at = skip_blanks(at + 9);
	while (*at == ';') {
		char *word = skip_blanks(at + 1), *equal = strchr(word, '=');
		const char *value;

		if (!*word)
			break;
		if (!equal)
			return bad_head(f, "a parameter without value");
		*equal = '\0';
		at = equal[1] == '"' ? read_quoted(equal + 2, &value)
				     : read_plain(f->arena, equal + 1, &value);
		if (!at)
			return bad_head(f, "a broken parameter");
		if (!strcasecmp(word, "name"))
			TRY(keep_once(f, &p->name, value));
		else if (!strcasecmp(word, "filename"))
			TRY(keep_once(f, &p->file_name, value));
		at = skip_blanks(at);
	}
	return *at ? bad_head(f, "a broken disposition") : NULL;
}

static struct err *read_header(struct form *f, char *line, struct part *p)
{
	char *colon = strchr(line, ':');

	if (!colon || colon == line || *line == ' ' || *line == '\t')
		return bad_head(f, "a broken header");
	*colon = '\0';
	if (!strcasecmp(line, "Content-Disposition")) {
		if (p->name)
			return bad_head(f, "two dispositions");
		TRY(read_disposition(f, skip_blanks(colon + 1), p));
	} else if (!strcasecmp(line, "Content-Type")) {
		p->type = skip_blanks(colon + 1);
	}
	return NULL;
}

/* Every line of the head, which is a copy that ends with CRLF. */
static struct err *read_lines(struct form *f, char *head, struct part *p)
{
	while (*head) {
		char *end = strstr(head, "\r\n");

		*end = '\0';
		if (strpbrk(head, "\r\n"))
			return bad_head(f, "a line that ends half");
		TRY(read_header(f, head, p));
		head = end + 2;
	}
	if (!p->name)
		return bad_head(f, "no name");
	if (strlen(p->name) > LONGEST_NAME)
		return bad_head(f, "an endless name");
	return NULL;
}

struct err *multipart_head(struct form *f, struct window *w, struct part *p)
{
	const char *end;
	size_t n, most;

	TRY(window_fill(f, w));
	most = w->n < LONGEST_HEAD ? w->n : LONGEST_HEAD;
	end = memmem(w->at, most, "\r\n\r\n", 4);
	if (!end)
		return bad_head(f, "headers without end");
	n = (size_t) (end + 2 - w->at);
	if (memchr(w->at, '\0', n))
		return bad_head(f, "a NUL in its headers");
	TRY(read_lines(f, arena_copy(f->arena, w->at, n), p));
	window_use(w, n + 2);
	return NULL;
}
