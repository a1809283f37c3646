#include <string.h>

#include <jansson.h>

#include "base/arena.h"
#include "port/json.h"

enum { MOST = 1 << 20 };

/* Our values are jansson's; the name keeps its header behind this door. */
static struct json *ours(json_t *v)
{
	return (struct json *) v;
}

static json_t *theirs(struct json *v)
{
	return (json_t *) v;
}

/*
 * How deep brackets nest. jansson descends by calling itself, so this is
 * asked before it sees the text. What follows a backslash is skipped and
 * quotes switch between text and structure; what is not JSON at all is
 * counted somehow and then refused by jansson.
 */
static int nesting(const char *text, size_t n)
{
	int now = 0, deepest = 0;
	bool quoted = false;

	for (size_t i = 0; i < n; i++) {
		if (quoted && text[i] == '\\')
			i++;
		else if (text[i] == '"')
			quoted = !quoted;
		else if (quoted)
			continue;
		else if (text[i] == '[' || text[i] == '{')
			deepest = ++now > deepest ? now : deepest;
		else if (text[i] == ']' || text[i] == '}')
			now--;
	}
	return deepest;
}

static void forget(void *value)
{
	json_decref(value);
}

struct err *json_parse(struct arena *a, const char *text, size_t n,
		       int depth, struct json **out)
{
	json_error_t why;
	json_t *value;

	if (n > MOST)
		return FAIL(a, ERR_BAD_REQUEST,
			    "JSON of %zu bytes, at most %d are read", n, MOST);
	if (nesting(text, n) > depth)
		return FAIL(a, ERR_BAD_REQUEST,
			    "JSON nests deeper than %d levels", depth);
	value = json_loadb(text, n, JSON_REJECT_DUPLICATES, &why);
	if (!value)
		return FAIL(a, ERR_BAD_REQUEST, "JSON, line %d: %s",
			    why.line, why.text);
	arena_defer(a, forget, value);
	*out = ours(value);
	return NULL;
}

struct json *json_member(struct json *o, const char *name)
{
	return ours(json_object_get(theirs(o), name));
}

struct json *json_element(struct json *array, size_t i)
{
	return ours(json_array_get(theirs(array), i));
}

const char *json_text(struct json *v)
{
	return json_string_value(theirs(v));
}

bool json_number(struct json *v, int64_t *out)
{
	if (!json_is_integer(theirs(v)))
		return false;
	*out = json_integer_value(theirs(v));
	return true;
}

const char *json_scalar(struct arena *a, struct json *v)
{
	int64_t whole;

	if (json_number(v, &whole))
		return arena_printf(a, "%lld", (long long) whole);
	if (json_is_real(theirs(v)))
		return arena_printf(a, "%.15g", json_real_value(theirs(v)));
	return json_text(v);
}
