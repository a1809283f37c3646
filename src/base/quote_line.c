#include <string.h>

#include "quote_line.h"
#include "quote_words.h"

/* Length of the white space there: blanks, tabs, returns, U+00A0, U+200B to
 * U+200F, U+202F, U+FEFF, and the marks of direction U+202A to U+202E, U+2066 to
 * U+2069. */
static size_t space(const char *p, size_t n)
{
	if (!n)
		return 0;
	if (*p == ' ' || *p == '\t' || *p == '\r')
		return 1;
	if (n >= 2 && !memcmp(p, "\xc2\xa0", 2))
		return 2;
	if (n >= 3 && !memcmp(p, "\xe2\x80", 2) &&
	    (((unsigned char) p[2] >= 0xaa && (unsigned char) p[2] <= 0xaf) ||
	     ((unsigned char) p[2] >= 0x8b && (unsigned char) p[2] <= 0x8f)))
		return 3;
	if (n >= 3 && !memcmp(p, "\xe2\x81", 2) && (unsigned char) p[2] >= 0xa6 &&
	    (unsigned char) p[2] <= 0xa9)
		return 3;
	return n >= 3 && !memcmp(p, "\xef\xbb\xbf", 3) ? 3 : 0;
}

static struct line left_trimmed(struct line l)
{
	for (size_t k; (k = space(l.at, l.n)); l.at += k, l.n -= k)
		;
	return l;
}

static struct line trimmed(struct line l)
{
	l = left_trimmed(l);
	for (;;) {
		size_t k = 0;

		for (size_t n = 1; n <= 3 && n <= l.n && !k; n++)
			if (space(l.at + l.n - n, n) == n)
				k = n;
		if (!k)
			return l;
		l.n -= k;
	}
}

bool line_blank(struct line l)
{
	return !left_trimmed(l).n;
}

bool line_quoted(struct line l)
{
	struct line t = left_trimmed(l);

	return t.n && *t.at == '>' && t.at - l.at <= 4;
}

bool line_inside(struct line l, char out[QUOTE_LINE + 1])
{
	struct line t = left_trimmed(l);

	if (!t.n || *t.at != '>')
		return false;
	return line_text((struct line) { t.at + 1, t.n - 1 }, out);
}

bool line_join(const struct line *l, size_t n, char out[QUOTE_LINE + 1])
{
	size_t len = 0;

	for (size_t i = 0; i < n; i++) {
		struct line t = l[i].n > 2 * QUOTE_LINE ? l[i] : trimmed(l[i]);

		if (len + t.n + 1 > QUOTE_LINE)
			return false;
		if (len)
			out[len++] = ' ';
		memcpy(out + len, t.at, t.n);
		len += t.n;
	}
	out[len] = '\0';
	return true;
}

bool line_text(struct line l, char out[QUOTE_LINE + 1])
{
	return line_join(&l, 1, out);
}

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

/* ann@shop: somebody's address, in brackets or not. */
static bool has_address(const char *text)
{
	for (const char *at = strchr(text, '@'); at; at = strchr(at + 1, '@'))
		if (at > text && !strchr(" \t<([\"'", at[-1]) &&
		    at[1] && !strchr(" \t>)]\"',.:;", at[1]))
			return true;
	return false;
}

struct moments {
	bool time, year, date;		/* 10:12; 2026; 4/3/26 */
};

/* One walk over the runs of digits. */
static struct moments moments(const char *text)
{
	struct moments m = { .time = false };
	size_t before = 0, two_before = 0;	/* lengths of runs joined by a mark */
	const char *p = text;

	while (*p) {
		size_t n = strspn(p, "0123456789");

		if (!n) {
			before = two_before = 0;
			p++;
			continue;
		}
		if (n == 4 && (!strncmp(p, "19", 2) || !strncmp(p, "20", 2)))
			m.year = true;
		if (before && before <= 2 && n == 2 && strchr(":.hH", p[-1]))
			m.time = true;
		if (two_before && before && n <= 4)
			m.date = true;
		p += n;
		two_before = before;
		before = n;
		if (*p && strchr(":./-hH", *p) && digit(p[1]))
			p++;
		else if (*p == '.' && p[1] == ' ' && digit(p[2]))
			p += 2;
		else
			before = two_before = 0;
	}
	return m;
}

/* 10:12:33, which no person writes. */
static bool has_seconds(const char *text)
{
	for (const char *p = strchr(text, ':'); p; p = strchr(p + 1, ':'))
		if (digit(p[1]) && digit(p[2]) && p[3] == ':' && digit(p[4]))
			return true;
	return false;
}

/* Marks around: "*On … wrote:*", "----- Le … a écrit :", "> ". */
static const char *bare(const char *text)
{
	return text + strspn(text, " *_-[(|\"'");
}

static bool ends_with_colon(const char *text)
{
	size_t n = strlen(text);

	/* "---- On … wrote ----" */
	if (n > 4 && !memcmp(text, "--", 2) && !memcmp(text + n - 2, "--", 2))
		return true;
	while (n && strchr(" *_\"", text[n - 1]))
		n--;
	if (n && text[n - 1] == ':')
		return true;
	return n >= 3 && !memcmp(text + n - 3, "\xef\xbc\x9a", 3);
}

bool line_dated(const char *text)
{
	struct moments m = moments(text);

	return m.time || m.year || m.date;
}

/* "On Tue, 4 March", "mar. 4": a number comes soon. */
static bool opens_with_word(const char *text)
{
	size_t n = quote_starts(text, quote_openers);
	size_t number = strcspn(text, "0123456789");

	if (!n || !text[number] || number > n + 24)
		return false;
	return text[n - 1] == ' ' || (text[n - 1] & 0x80) || strchr(" .,", text[n]) ||
	       quote_starts(text + n, quote_day_ends);
}

bool line_opens_usually(const char *text)
{
	const char *p = bare(text);

	return digit(*p) || opens_with_word(p);
}

bool line_opens(const char *text)
{
	const char *p = bare(text);
	size_t n = strlen(text);

	struct moments m;

	if (!n || strchr(".?!", text[n - 1]))
		return false;
	m = moments(text);
	/* whatever the language: "… 4 March 2026 10:12 … <" */
	if ((m.time && (m.year || m.date)) || (text[n - 1] == '<' && n > 1))
		return true;
	return line_opens_usually(text) || (*p != '<' && has_address(text));
}

bool line_attributes(const char *text, bool quoted_follows)
{
	bool verb, address;
	struct moments m;

	/* "In message <1@shop.example>, Ann <ann@shop.example> writes" */
	if (quoted_follows && !strncasecmp(text, "In message <", 12))
		return quote_has(text, quote_verbs);
	if (!ends_with_colon(text) || (!quoted_follows && quote_has(text, quote_mine)))
		return false;
	verb = quote_has(text, quote_verbs);
	address = has_address(text);
	m = moments(text);
	if (address && (m.time || m.date || m.year) && (verb || m.time))
		return true;
	if (quoted_follows)
		return verb || (address && strchr(text, '<')) || (m.time && (m.year || m.date));
	return verb && m.time && (m.year || m.date) &&
	       (line_opens(text) || has_seconds(text)) &&
	       !quote_has(text, quote_told);
}

/* Length of one dash, underscore or their like at p. */
static size_t dash(const char *p)
{
	if (*p && strchr("-_=*~#", *p))
		return 1;
	/* U+2010 to U+2015, U+2500, U+2501 */
	if (!strncmp(p, "\xe2\x80", 2) && (unsigned char) p[2] >= 0x90 &&
	    (unsigned char) p[2] <= 0x95)
		return 3;
	return !strncmp(p, "\xe2\x94\x80", 3) || !strncmp(p, "\xe2\x94\x81", 3) ? 3 : 0;
}

/* Steps over dashes and the blanks among them; how many dashes. */
static size_t dashes(const char **p)
{
	size_t n = 0;

	for (size_t k; **p; *p += k) {
		if ((k = dash(*p)))
			n++;
		else if (**p == ' ')
			k = 1;
		else
			break;
	}
	return n;
}

bool line_divides(const char *text)
{
	return dashes(&text) >= 5 && !*text;
}

/* Behind the words comes nothing, more dashes, or who and when: no sentence. */
static bool closes(const char *text)
{
	text += strspn(text, " ");
	return !*text || strchr(":([<", *text) || dash(text) || has_address(text) ||
	       line_dated(text) || !strncmp(text, "\xef\xbc\x9a", 3) || line_label(text);
}

bool line_original(const char *text)
{
	const char *p = text;
	size_t n;

	if (dashes(&p) < 2)
		return false;
	n = quote_starts(p, quote_originals);
	return (n && closes(p + n)) || quote_has(p, quote_above);
}

bool line_forwarded(const char *text)
{
	const char *p = text;
	size_t n;

	if (dashes(&p) >= 2) {
		n = quote_starts(p, quote_forwarded);
		return n && closes(p + n);
	}
	if (!ends_with_colon(text))
		return false;
	n = quote_starts(p, quote_forwards);
	return n && (!p[n] || strchr(": ", p[n]) || (p[n] & 0x80));
}

bool line_arrows(struct line l)
{
	char text[QUOTE_LINE + 1];
	size_t n;

	if (l.n < 12 || memcmp(l.at, ">>> ", 4) != 0 || !line_text(l, text))
		return false;
	n = strlen(text);
	return n > 8 && !strcmp(text + n - 4, " >>>") && moments(text).time;
}

bool line_runs_on(const char *text)
{
	char head[QUOTE_LINE + 1];

	for (const char *p = strstr(text, ": "); p; p = strstr(p + 1, ": ")) {
		const char *open = memchr(text, '<', (size_t) (p - text));

		if (!open || !memchr(open, '>', (size_t) (p - open)))
			continue;
		memcpy(head, text, (size_t) (p - text) + 1);
		head[p - text + 1] = '\0';
		return line_opens(head) && quote_has(strchr(head, '>'), quote_verbs) &&
		       line_attributes(head, false) && moments(head).time;
	}
	return false;
}

bool line_links(const char *text)
{
	size_t n = strlen(text);

	if (n < 10 || strchr(text, ' '))
		return false;
	return !strncmp(text, "http", 4) ||
	       (*text == '<' && text[n - 1] == '>' && !strncmp(text + 1, "http", 4));
}

int line_label(const char *text)
{
	const char *p = text + strspn(text, " *_|");

	/* Every line is asked; few have a colon. */
	if (!strchr(p, ':') && !strstr(p, "\xef\xbc\x9a"))
		return LABEL_NONE;
	for (int label = LABEL_FROM; label < LABELS; label++) {
		size_t n = quote_starts(p, quote_labels[label]);
		const char *q = p + n;

		if (!n)
			continue;
		q += strspn(q, " *_");
		if (!strncmp(q, "\xc2\xa0", 2))
			q += 2;
		if (*q == ':' || !strncmp(q, "\xef\xbc\x9a", 3))
			return label;
	}
	return LABEL_NONE;
}

bool line_pairs(const char *text)
{
	size_t n = strcspn(text, ":<@0123456789");
	const char *p = text;

	if (!n || n > 40 || text[n] != ':' || !text[n + 1] || text[n + 1] == '/')
		return false;
	for (int blanks = 0; p < text + n; p++)
		if (*p == ' ' && ++blanks > 3)
			return false;
	return true;
}

bool line_answers(const char *text)
{
	const char *value = text + strcspn(text, ":");
	size_t n;

	value += *value == ':';
	value += strspn(value, " ");
	n = strcspn(value, " :");
	return !strncmp(value, "[#", 2) || (n && n < 12 && value[n] == ':');
}

bool line_addressed(const char *text)
{
	const char *open = strchr(text, '<');

	return open && strchr(open, '>') && has_address(open);
}

bool line_timed(const char *text)
{
	struct moments m = moments(text);

	return m.time && (m.year || m.date);
}

int line_signs(struct line l)
{
	struct line t;

	if (l.n > 26 && !memcmp(l.at, "-----BEGIN PGP SIGNATURE---", 27))
		return 2;
	if (l.n > 8)
		return 0;
	if (l.n == 3 && !memcmp(l.at, "-- ", 3))
		return 2;
	t = trimmed(l);
	if (t.n == 2 && !memcmp(t.at, "--", 2))
		return 1;
	return t.n == 3 && (!memcmp(t.at, "\xe2\x80\x94", 3) ||
			    !memcmp(t.at, "\xe2\x80\x95", 3));
}

/* Words up to an address of the web, which does not count. */
static size_t words(const char *text)
{
	size_t n = 0;

	for (;;) {
		text += strspn(text, " ");
		if (!*text || *text == '<' || *text == '(' || !strncmp(text, "http", 4))
			return n;
		n++;
		text += strcspn(text, " ");
	}
}

/* A sentence goes on: "Sent from my desk, is much easier". */
static bool goes_on(const char *text)
{
	const char *p = strpbrk(text, ",;:?!");
	const char *dot = strstr(text, ". ");

	if (p && strncmp(p, "://", 3) != 0)
		return true;
	return dot && !quote_starts(dot + 2, quote_excuses);
}

/* "SM-G900F", "Moto G": every word begins like a name, or holds digits. */
static bool is_model(const char *text)
{
	if (!*text || words(text) > 4)
		return false;
	for (; *text; text += strcspn(text, " "), text += strspn(text, " "))
		if (!(*text >= 'A' && *text <= 'Z') && !digit(*text))
			return false;
	return true;
}

/* Without the full stop, brackets and stars at its end. */
static const char *plain_end(const char *text, char out[QUOTE_LINE + 1])
{
	size_t n = strlen(text);

	while (n && strchr(".*_])> ", text[n - 1]))
		n--;
	memcpy(out, text, n);
	out[n] = '\0';
	return out;
}

bool line_sent(const char *text, bool *sure)
{
	const char *p = text + strspn(text, " *_[(");
	size_t mine, around, plainly;
	char plain[QUOTE_LINE + 1];
	bool own;

	/* a picture's link, then the words */
	if (!strncmp(p, "<http", 5) && strstr(p, "> "))
		p = strstr(p, "> ") + 2;
	p += *p == '<';
	if (strlen(p) > 200 || words(p) > 14)
		return false;
	p = plain_end(p, plain);
	mine = quote_starts(p, quote_sent_mine);
	around = mine || !quote_ends(p, quote_sent_around_ends)
		? 0 : quote_starts(p, quote_sent_around);
	plainly = mine || around ? 0 : quote_starts(p, quote_sent);
	if (!mine && !around && !plainly && !quote_ends(p, quote_sent_ends))
		return false;
	*sure = quote_has(p, quote_things);
	own = *sure || quote_has(p, quote_own_things) || (mine && is_model(p + mine));
	return (mine || around ? own : *sure) && !goes_on(p + mine + plainly);
}
