#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/words.h"
#include "desk/query_words.h"
#include "query_parts.h"

static int place(const struct scan *s, const char *at)
{
	const char *before = arena_copy(s->arena, s->begin, (size_t) (at - s->begin));

	return (int) utf8_count(before) + 1;
}

const char *query_position(const struct scan *s, const char *at)
{
	return arena_printf(s->arena, "%d", place(s, at));
}

static const char *field_names(struct arena *a)
{
	struct str s;

	str_init(&s, a, QUERY_LIST);
	for (const struct field_rule *r = query_rules; r->name; r++)
		str_addf(&s, "%s%s:", s.len ? " " : "", r->name);
	return s.text;
}

/* "status" of "status:open"; 0: it is no field. A colon within an address on
 * the web or a time of day makes none. */
static size_t field_length(const char *at)
{
	size_t n = 0;

	while (isalpha((unsigned char) at[n]))
		n++;
	return n && at[n] == ':' && strncmp(at + n, "://", 3) ? n : 0;
}

static const struct field_rule *rule_named(const char *name)
{
	for (const struct field_rule *r = query_rules; r->name; r++)
		if (!strcasecmp(r->name, name))
			return r;
	return NULL;
}

/* The value behind a field, or a bare word; NULL: its quotation does not end. */
static bool read_piece(struct scan *s)
{
	size_t quote = query_quote(s->at), n;
	const char *from = s->at + quote;

	s->quoted = quote > 0;
	s->value_at = s->at;
	if (!quote) {
		n = strcspn(from, " ");
		s->at = from + n;
	} else {
		for (n = 0; from[n] && !query_quote(from + n); n++)
			;
		if (!from[n])
			return false;
		s->at = from + n + query_quote(from + n);
	}
	s->value = arena_copy(s->arena, from, n);
	return true;
}

static const char *read_field(struct scan *s, size_t n)
{
	const char *name = arena_copy(s->arena, s->at, n), *where = s->at;
	const struct field_rule *rule = rule_named(name);

	if (!rule)
		return words_say(s->arena, _("Unknown field “{1}” at character {2}."
				 " Fields are {3}."), name, query_position(s, s->at),
				 field_names(s->arena));
	s->at += n + 1;
	if (!read_piece(s))
		return words_say(s->arena, _("The quotation mark at character {1} has"
				 " no partner."), query_position(s, s->value_at), NULL, NULL);
	if (!*s->value)
		return words_say(s->arena, _("There is nothing behind “{1}:” at"
				 " character {2}."), name, query_position(s, where), NULL);
	s->term->field = rule->field;
	return rule->read(s);
}

/* One term; *kept: it says something. */
static const char *read_term(struct scan *s, bool *kept)
{
	const char *wrong;
	size_t n;

	s->term->not = *s->at == '-' && s->at[1] && s->at[1] != ' ';
	s->at += s->term->not;
	n = field_length(s->at);
	if (n) {
		wrong = read_field(s, n);
	} else if (!read_piece(s)) {
		wrong = words_say(s->arena, _("The quotation mark at character {1} has"
				  " no partner."), query_position(s, s->value_at), NULL, NULL);
	} else {
		wrong = query_bare(s);
	}
	*kept = s->term->n_words || s->term->field > SEARCH_SUBJECT;
	return wrong;
}

static bool any_wanted(const struct query *q)
{
	for (size_t i = 0; i < q->n; i++)
		if (!q->terms[i].not)
			return true;
	return false;
}

static bool complain(struct query_error *wrong, const char *text, int at)
{
	*wrong = (struct query_error) { text, at };
	return false;
}

static bool read_terms(struct scan *s, struct query *out, struct query_error *wrong)
{
	for (;;) {
		const char *begin, *text;
		bool kept;

		s->at += strspn(s->at, " ");
		begin = s->at;
		if (!*begin)
			return true;
		if (out->n == SEARCH_TERMS)
			return complain(wrong, words_say(s->arena,
				_("A search has at most {1} terms."), "16", NULL, NULL),
				place(s, begin));
		s->term = &out->terms[out->n];
		*s->term = (struct search_term) { .field = SEARCH_TEXT };
		text = read_term(s, &kept);
		if (text)
			return complain(wrong, text, place(s, begin));
		out->n += kept;
	}
}

bool query_read(struct arena *a, const struct query_reader *r, const char *text,
		struct query *out, struct query_error *wrong)
{
	struct scan s = { .arena = a, .r = r, .begin = text, .at = text };

	out->n = 0;
	if (utf8_count(text) > QUERY_CHARACTERS)
		return complain(wrong, words_say(a, _("A search has at most {1}"
				" characters."), "500", NULL, NULL), QUERY_CHARACTERS + 1);
	if (!read_terms(&s, out, wrong))
		return false;
	if (!out->n)
		return complain(wrong, _("There is nothing to look for in this. Write a"
				" word, or a field such as is:open."), 1);
	if (!any_wanted(out))
		return complain(wrong, _("This only says what not to find. Add what to"
				" look for, such as is:open."), 1);
	return true;
}
