#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "mail_letter.h"

enum {
	MOST_HEADERS = 2000,
	PART_HEADERS = 20,		/* that begin with Content- */
	LONGEST_ID = 255
};

struct slice line_at(const char *at, const char *end, char eol,
		     const char **next)
{
	const char *stop = memchr(at, eol, (size_t) (end - at));
	size_t n;

	if (!stop)
		stop = end;
	*next = stop < end ? stop + 1 : end;
	n = (size_t) (stop - at);
	if (n && eol == '\n' && at[n - 1] == '\r')
		n--;
	return (struct slice) { at, n };
}

/* The length of the name in front of a colon, blanks left out; 0: no header. */
static size_t name_length(struct slice line, const char **value)
{
	size_t n = 0, colon;

	/* Bytes beyond ASCII make a header that nobody asks for. */
	while (n < line.n && (unsigned char) line.at[n] > ' '
	       && line.at[n] != 0x7f && line.at[n] != ':')
		n++;
	for (colon = n; colon < line.n; colon++)
		if (line.at[colon] != ' ' && line.at[colon] != '\t')
			break;
	if (!n || colon == line.n || line.at[colon] != ':')
		return 0;
	*value = line.at + colon + 1;
	return n;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* What mailboxes in one file have between letters, and leave at the top. */
static bool is_from_line(struct slice line)
{
	return (line.n > 5 && !memcmp(line.at, "From ", 5))
		|| (line.n > 6 && !memcmp(line.at, ">From ", 6));
}

struct reading {
	struct head *head;
	size_t room, most;
	size_t bytes;			/* of all headers so far */
	bool part;
	struct header *last;		/* continued by a line that begins with a blank */
};

static void add_header(struct letter *l, struct reading *r, struct slice line,
		       size_t name, const char *value)
{
	struct head *h = r->head;

	r->last = NULL;
	if (r->part && (name < 8 || strncasecmp(line.at, "Content-", 8)))
		return;
	if (h->n >= r->most || r->bytes > MAIL_HEADERS) {
		letter_note(l, "more headers than anybody needs: the rest was left out");
		return;
	}
	if (h->n == r->room) {
		struct header *more;

		r->room = r->room ? r->room * 2 : 16;
		more = arena_alloc(l->arena, r->room * sizeof(*more));
		if (h->n)
			memcpy(more, h->at, h->n * sizeof(*more));
		h->at = more;
	}
	r->last = h->at + h->n++;
	*r->last = (struct header) {
		.name = { line.at, name },
		.value = { value, (size_t) (line.at + line.n - value) },
		.exact = value == line.at + name + 1,
	};
}

static void add_continued(struct letter *l, struct reading *r, struct slice line)
{
	size_t n;

	if (!r->last)
		return;
	n = (size_t) (line.at + line.n - r->last->value.at);
	if (n > MAIL_HEADER) {
		letter_note(l, "a header longer than 64 KiB was cut");
		n = MAIL_HEADER;
	}
	r->last->value.n = n;
}

struct head head_read(struct letter *l, struct slice all, bool part)
{
	const char *at = all.at, *end = all.at + all.n, *next, *value = NULL;
	struct head h = { NULL };
	struct reading r = {
		.head = &h, .part = part,
		.most = part ? PART_HEADERS : MOST_HEADERS,
	};

	for (bool first = true; at < end; at = next, first = false) {
		struct slice line = line_at(at, end, l->eol, &next);
		size_t name;

		if (!line.n) {
			at = next;
			break;
		}
		if (is_blank(*line.at)) {
			r.bytes += line.n;
			add_continued(l, &r, line);
			continue;
		}
		if (first && is_from_line(line))
			continue;
		name = name_length(line, &value);
		if (!name) {
			letter_note(l, "headers that end without an empty line");
			break;
		}
		add_header(l, &r, line, name, value);
		r.bytes += line.n;
		if (r.last && r.last->value.n > MAIL_HEADER)
			add_continued(l, &r, line);
	}
	h.body = (struct slice) { at, (size_t) (end - at) };
	return h;
}

bool header_is(const struct header *h, const char *name)
{
	return strlen(name) == h->name.n
		&& !strncasecmp(h->name.at, name, h->name.n);
}

const struct header *head_find(const struct head *h, const char *name)
{
	for (size_t i = 0; i < h->n; i++)
		if (header_is(h->at + i, name))
			return h->at + i;
	return NULL;
}

/* A fold becomes one blank, and so does a CR or LF that stands alone: it has
 * never ended a line for anybody who passed this letter on. */
const char *header_unfold(struct letter *l, const struct header *h, size_t most)
{
	const char *at = h->value.at, *end = at + h->value.n;
	struct str s;

	str_init(&s, l->arena, most);
	while (at < end && is_blank(*at))
		at++;
	while (at < end && !s.cut) {
		const char *from = at;

		while (at < end && *at && *at != '\r' && *at != '\n')
			at++;
		str_addn(&s, from, (size_t) (at - from));
		if (at == end)
			break;
		if (!*at) {
			str_add(&s, "?");
			at++;
			continue;
		}
		while (at < end && (*at == '\r' || *at == '\n' || is_blank(*at)))
			at++;
		if (at < end)
			str_add(&s, " ");
	}
	while (s.len && is_blank(s.text[s.len - 1]))
		s.text[--s.len] = '\0';
	return s.text;
}

const char *head_raw(struct letter *l, const struct head *h, const char *name,
		     size_t most)
{
	const struct header *found = head_find(h, name);

	return found ? header_unfold(l, found, most) : NULL;
}

const char *line_decoded(struct letter *l, const char *raw)
{
	char *decoded = g_mime_utils_header_decode_text(NULL, raw);
	const char *line = utf8_line(l->arena, utf8_mend(l->arena, decoded,
							 strlen(decoded)));

	g_free(decoded);
	return line;
}

const char *next_id(struct letter *l, const char *at, const char **end)
{
	while ((at = strchr(at, '<'))) {
		size_t n = strcspn(at + 1, "<> \t\"");
		const char *id = at + 1;
		bool plain = n && id[n] == '>' && n + 2 <= LONGEST_ID
			&& memchr(id, '@', n);

		for (size_t i = 0; plain && i < n; i++)
			plain = id[i] > ' ' && id[i] < 0x7f;
		if (plain) {
			*end = id + n + 1;
			return arena_copy(l->arena, at, n + 2);
		}
		at = id;
	}
	return NULL;
}
