#include <string.h>

#include "quote_head.h"
#include "quote_words.h"

size_t reading_skip(const struct reading *r, size_t i)
{
	while (i < r->n && line_blank(r->line[i]))
		i++;
	return i;
}

bool reading_quotes(const struct reading *r, size_t i)
{
	if (!line_quoted(r->line[i]) || line_arrows(r->line[i]))
		return false;
	return r->line[i].n < 6 || memcmp(r->line[i].at, ">From ", 6) != 0 ||
	       (i > 0 && line_quoted(r->line[i - 1]));
}

static bool is_plain(const struct reading *r, size_t i)
{
	return i < r->n && !reading_quotes(r, i) && !line_blank(r->line[i]);
}

bool reading_quotes_behind(const struct reading *r, size_t i)
{
	i = reading_skip(r, i);
	return i < r->n && reading_quotes(r, i);
}

bool reading_heads(const struct reading *r, size_t i, size_t n, bool quoted)
{
	char text[QUOTE_LINE + 1];

	return line_join(r->line + i, n, text) && line_attributes(text, quoted);
}

/* Is that the head, or is it a writer's own line and the head below it? */
static bool begins_later(const struct reading *r, size_t i, size_t n, bool quoted)
{
	char text[QUOTE_LINE + 1];
	bool usual = line_text(r->line[i], text) && line_opens_usually(text);

	for (size_t later = 1; later < n; later++) {
		if (!line_join(r->line + i + later, n - later, text) ||
		    !line_attributes(text, quoted))
			continue;
		/* "Ann <ann@shop.example> writes:" needs nothing above it */
		if (!usual && *text != '<' && strchr(text, '<'))
			return true;
		if (line_dated(text) && line_text(r->line[i + later], text) &&
		    line_opens(text))
			return true;
	}
	return false;
}

size_t reading_head(const struct reading *r, size_t i, bool *quoted)
{
	char text[QUOTE_LINE + 1];

	if (!line_text(r->line[i], text))
		return 0;
	for (size_t n = 1; n <= QUOTE_HEAD && is_plain(r, i + n - 1); n++) {
		*quoted = reading_quotes_behind(r, i + n);
		if (n > 1 && !line_opens(text))
			return 0;
		if (reading_heads(r, i, n, *quoted))
			return begins_later(r, i, n, *quoted) ? 0 : n;
	}
	return 0;
}

size_t reading_headers(const struct reading *r, size_t i)
{
	unsigned seen = 0, needed;
	size_t n, last = 0, loose = 0;
	bool address = false, dated = false;	/* neither: a list of a person's */
	char text[QUOTE_LINE + 1];

	for (n = 0; n < QUOTE_HEADERS && i + n < r->n && loose < 3; n++) {
		int label;

		if (line_blank(r->line[i + n])) {
			loose++;
			continue;
		}
		label = line_text(r->line[i + n], text) ? line_label(text) : LABEL_NONE;
		if (!n && label != LABEL_FROM && label != LABEL_DATE)
			return 0;
		if (label == LABEL_NONE) {
			loose++;
			continue;
		}
		address = address || strchr(text, '@');
		dated = dated || (label == LABEL_DATE && line_dated(text));
		seen |= 1u << label;
		loose = 0;
		last = n + 1;
		if (label == LABEL_SUBJECT)
			break;
	}
	needed = 1u << LABEL_FROM |
		 (seen & 1u << LABEL_DATE ? 1u << LABEL_DATE : 1u << LABEL_TO);
	if ((seen & needed) != needed || !(address || dated))
		return 0;
	if (seen & 1u << LABEL_SUBJECT ||
	    (address && seen & 1u << LABEL_TO && seen & 1u << LABEL_DATE))
		return last;
	return 0;
}

/* The same in a language nobody here knows: by what stands in it. Somebody with
 * an address, when to the minute, and two lines more of words with colons, of
 * which the last is the subject of an answer. People write such lists, too. */
static size_t unknown_headers(const struct reading *r, size_t i)
{
	char text[QUOTE_LINE + 1];
	bool timed = false, answers = false;
	size_t n = 0;

	for (; n < QUOTE_HEADERS && is_plain(r, i + n); n++) {
		if (!line_text(r->line[i + n], text) || !line_pairs(text) ||
		    (!n && !line_addressed(text)))
			break;
		timed = timed || (n > 0 && n < 3 && line_timed(text));
		answers = line_answers(text);
	}
	return n >= 4 && timed && answers ? n : 0;
}

/* Headers that go on a list of such are no beginning of anything. */
static bool goes_on_with(const struct reading *r, size_t i)
{
	char text[QUOTE_LINE + 1];
	size_t n;

	if (!i || !line_text(r->line[i - 1], text))
		return false;
	n = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-");
	return n && !strncmp(text + n, ": ", 2);
}

/* "-----", some labels, then "04.03.2026, 10:12, Ann <…>:". */
static size_t labelled_head(const struct reading *r, size_t i)
{
	char text[QUOTE_LINE + 1];
	bool quoted;
	size_t j = i, n;

	while (j < r->n && j < i + QUOTE_HEAD && line_text(r->line[j], text) &&
	       line_label(text))
		j++;
	n = j > i && is_plain(r, j) ? reading_head(r, j, &quoted) : 0;
	return n ? j + n - i : 0;
}

/* Headers or "On … wrote:" below a line that divides. */
static size_t introduction(const struct reading *r, size_t i)
{
	bool quoted;
	size_t n;

	if (!is_plain(r, i))
		return 0;
	n = reading_headers(r, i);
	n = n ? n : unknown_headers(r, i);
	n = n ? n : labelled_head(r, i);
	return n ? n : reading_head(r, i, &quoted);
}

size_t reading_marked_headers(const struct reading *r, size_t i)
{
	char text[QUOTE_LINE + 1];
	size_t n;

	if (!line_inside(r->line[i], text) || strncmp(text, "Message du ", 11) != 0)
		return 0;
	for (n = 1; n < QUOTE_HEADERS && i + n < r->n && line_quoted(r->line[i + n]); n++)
		if (!line_inside(r->line[i + n], text) || (*text && !line_label(text)))
			return 0;
	return n > 2 && is_plain(r, reading_skip(r, i + n)) ? n : 0;
}

size_t reading_history(const struct reading *r, size_t i)
{
	char text[QUOTE_LINE + 1];
	size_t j, n;

	if (!line_text(r->line[i], text))
		return 0;
	if (line_label(text) && reading_headers(r, i))
		return goes_on_with(r, i) ? 0 : reading_headers(r, i);
	if (line_pairs(text) && line_addressed(text) && (n = unknown_headers(r, i)))
		return goes_on_with(r, i) ? 0 : n;
	if (line_label(text))
		return 0;
	if (line_arrows(r->line[i]))
		return 1;
	j = reading_skip(r, i + 1);
	if (line_original(text)) {
		n = introduction(r, j);
		return n ? j + n - i : 1;
	}
	if (!line_divides(text) || j >= r->n || !line_text(r->line[j], text))
		return 0;
	n = line_original(text) ? 1 : introduction(r, j);
	return n ? j + n - i : 0;
}
