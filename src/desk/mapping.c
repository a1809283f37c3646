#include "base/arena.h"
#include "desk/mapping.h"

/* The reading of one file. */
struct reading {
	struct arena *arena;
	const struct mapping *m;
	struct str *out;
	struct shop_meta *meta;
	int line;
	bool in_block, skipping;
	bool seen_meta;
};

enum { LONGEST_NAME = 64 };

static bool is_name(const char *text)
{
	size_t n = strspn(text, "0123456789_$"
				"abcdefghijklmnopqrstuvwxyz"
				"ABCDEFGHIJKLMNOPQRSTUVWXYZ");

	return !text[n] && n <= LONGEST_NAME;
}

static bool is_number(const char *text)
{
	size_t n = strspn(text, "0123456789");

	return n && !text[n] && n < 10;
}

#define WRONG(r, fmt, ...) \
	FAIL((r)->arena, ERR_BAD_REQUEST, "line %d: " fmt, (r)->line, __VA_ARGS__)

/* Values. */

static struct err *check_values(struct arena *a, const struct mapping *m)
{
	if (!*m->db || !is_name(m->db))
		return FAIL(a, ERR_BAD_REQUEST, "\"%s\" cannot be the name of a"
			    " database here: letters, digits, _ and $ only", m->db);
	if (!is_name(m->prefix))
		return FAIL(a, ERR_BAD_REQUEST, "\"%s\" cannot be a prefix:"
			    " letters, digits, _ and $ only", m->prefix);
	if (strcmp(m->security, "DEFINER") && strcmp(m->security, "INVOKER"))
		return FAIL(a, ERR_BAD_REQUEST, "\"%s\" is neither DEFINER"
			    " nor INVOKER", m->security);
	if (!is_number(m->lang_id))
		return FAIL(a, ERR_BAD_REQUEST, "\"%s\" is no language id:"
			    " a number is wanted", m->lang_id);
	return NULL;
}

static const char *value_of(const struct mapping *m, const char *token, size_t n)
{
	const struct { const char *name, *value; } tokens[] = {
		{ "DB", m->db }, { "PX", m->prefix }, { "VP", "as_shop_" },
		{ "SEC", m->security }, { "LANG_ID", m->lang_id },
	};

	for (size_t i = 0; i < sizeof(tokens) / sizeof(*tokens); i++)
		if (strlen(tokens[i].name) == n && !strncmp(tokens[i].name, token, n))
			return tokens[i].value;
	return NULL;
}

/* Lines. An @ that does not begin a word between two of them is an @. */
static struct err *add_line(struct reading *r, const char *line)
{
	while (*line) {
		size_t plain = strcspn(line, "@"), n;
		const char *value;

		str_addn(r->out, line, plain);
		line += plain;
		if (!*line)
			break;
		n = strspn(line + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz_");
		if (!n || line[1 + n] != '@') {
			str_addn(r->out, line++, 1);
			continue;
		}
		value = value_of(r->m, line + 1, n);
		if (!value)
			return WRONG(r, "%.*s is not a word of mappings",
				     (int) n + 2, line);
		str_add(r->out, value);
		line += n + 2;
	}
	str_add(r->out, "\n");
	return NULL;
}

static struct err *begin_block(struct reading *r, const char *table)
{
	bool has = false;

	if (r->in_block)
		return WRONG(r, "a block for %s inside another", table);
	if (!*table || !is_name(table))
		return WRONG(r, "\"%s\" cannot be a table", table);
	TRY(r->m->has_table(r->m->whom,
			    arena_printf(r->arena, "%s%s", r->m->prefix, table),
			    &has));
	r->in_block = true;
	r->skipping = !has;
	return NULL;
}

static struct err *end_block(struct reading *r)
{
	if (!r->in_block)
		return WRONG(r, "%s without its beginning", "@END_IF@");
	r->in_block = r->skipping = false;
	return NULL;
}

/* The meta line. */

static bool pick(const char *word, const char *name, const char *const *codes,
		 int *out, unsigned *seen, unsigned mark)
{
	size_t n = strlen(name);

	if (strncmp(word, name, n) || word[n] != '=' || (*seen & mark))
		return false;
	for (int i = 0; codes[i]; i++) {
		if (strcmp(codes[i], word + n + 1))
			continue;
		*out = i;
		*seen |= mark;
		return true;
	}
	return false;
}

static struct err *read_meta(struct reading *r, const char *words)
{
	static const char *const no_yes[] = { "0", "1", NULL };
	int key = 0, time = 0, text = 0, no_is_key = 0;
	unsigned seen = 0;

	if (!r->meta || r->seen_meta)
		return WRONG(r, "%s", r->meta ? "a second meta line"
					      : "no meta line belongs here");
	r->seen_meta = true;
	while (*(words += strspn(words, " "))) {
		size_t n = strcspn(words, " ");
		const char *word = arena_copy(r->arena, words, n);

		if (!pick(word, "key", shop_key_codes, &key, &seen, 1) &&
		    !pick(word, "time", shop_time_codes, &time, &seen, 2) &&
		    !pick(word, "text", shop_text_codes, &text, &seen, 4) &&
		    !pick(word, "no_is_key", no_yes, &no_is_key, &seen, 8))
			return WRONG(r, "\"%s\" is not known, or not here", word);
		words += n;
	}
	if (seen != 15)
		return WRONG(r, "%s", "key, time, text and no_is_key are wanted");
	r->meta->key = (enum shop_key) key;
	r->meta->time = (enum shop_time) time;
	r->meta->text = (enum shop_text) text;
	r->meta->no_is_key = no_is_key;
	return NULL;
}

/* A line that begins with -- is for the reader, unless it is for us. */
static struct err *read_line(struct reading *r, const char *line)
{
	static const char if_table[] = "-- @IF_TABLE@ ", meta[] = "-- meta: ";

	if (!strncmp(line, if_table, sizeof(if_table) - 1))
		return begin_block(r, line + sizeof(if_table) - 1);
	if (!strcmp(line, "-- @END_IF@"))
		return end_block(r);
	if (!strncmp(line, meta, sizeof(meta) - 1))
		return read_meta(r, line + sizeof(meta) - 1);
	if (!strncmp(line, "--", 2) || r->skipping)
		return NULL;
	return add_line(r, line);
}

struct err *mapping_expand(struct arena *a, const char *text,
			   const struct mapping *m, struct str *out,
			   struct shop_meta *meta)
{
	struct reading r = { .arena = a, .m = m, .out = out, .meta = meta };

	TRY(check_values(a, m));
	while (*text) {
		size_t n = strcspn(text, "\n");

		r.line++;
		TRY(read_line(&r, arena_copy(a, text, n)));
		text += n + (text[n] == '\n');
	}
	if (r.in_block)
		return WRONG(&r, "%s is missing", "@END_IF@");
	if (meta && !r.seen_meta)
		return WRONG(&r, "%s", "there was no meta line");
	if (out->cut)
		return FAIL(a, ERR_TOO_LARGE, "the mapping is too long");
	return NULL;
}
