/*
 * A scanner of our own. GMime was tried first and does not fit forms: a
 * browser announces a mail as message/rfc822 and GMime then hands back the
 * mail it understood (33 of 39 bytes of our sample), opens an .mht as parts
 * of the form, undoes "base64" that RFC 7578 does not know, eats the
 * backslashes of C:\temp\new.eml, and makes slashes from encoded words.
 */
#include <errno.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/filename.h"
#include "base/percent.h"
#include "base/utf8.h"
#include "multipart_part.h"

enum {
	WINDOW = 64 * 1024,
	LONGEST_TYPE = 127,
	LONGEST_PADDING = 64,		/* blanks behind a boundary */
};

static void form_init(struct form *f, struct arena *a,
		      const struct multipart_limits *limits,
		      const struct multipart_sink *sink, struct multipart *out)
{
	*out = (struct multipart) { NULL, NULL };
	*f = (struct form) {
		.arena = a, .limits = limits, .sink = sink,
		.next_field = &out->fields, .next_file = &out->files,
	};
}

static struct err *add_field(struct form *f, const char *name, size_t name_len,
			     const char *value, size_t value_len)
{
	struct multipart_field *field = NEW(f->arena, struct multipart_field);

	if (f->fields++ >= f->limits->fields)
		return FAIL(f->arena, ERR_TOO_LARGE, "more than %d fields",
			    f->limits->fields);
	f->bytes += (int64_t) (name_len + value_len);
	if (f->bytes > f->limits->fields_bytes)
		return FAIL(f->arena, ERR_TOO_LARGE, "more than %lld bytes",
			    (long long) f->limits->fields_bytes);
	if (!utf8_valid(name, name_len) || !utf8_valid(value, value_len))
		return FAIL(f->arena, ERR_BAD_REQUEST, "a field is no text");
	field->name = name;
	field->value = value;
	*f->next_field = field;
	f->next_field = &field->next;
	return NULL;
}

/* ---- a=b&c=d ---- */

static struct err *add_pair(struct form *f, const char *at, size_t n)
{
	const char *equal = memchr(at, '=', n);
	size_t left = equal ? (size_t) (equal - at) : n, name_len, value_len;
	const char *right = equal ? equal + 1 : at + n;
	char *name, *value;

	name = percent_decode(f->arena, at, left, true, &name_len);
	value = percent_decode(f->arena, right, (size_t) (at + n - right), true,
			       &value_len);
	return add_field(f, name, name_len, value, value_len);
}

static struct err *read_pairs(struct form *f, const char *at, size_t n)
{
	const char *end = at + n;

	/* Encoded, a byte takes three: more than that cannot fit. */
	if ((int64_t) n / 4 > f->limits->fields_bytes)
		return FAIL(f->arena, ERR_TOO_LARGE, "a form of %zu bytes", n);
	while (at < end) {
		const char *and = memchr(at, '&', (size_t) (end - at));
		const char *stop = and ? and : end;

		if (stop > at)
			TRY(add_pair(f, at, (size_t) (stop - at)));
		at = stop + 1;
	}
	return NULL;
}

struct err *multipart_query(struct arena *a, const char *query,
			    const struct multipart_limits *limits,
			    struct multipart *out)
{
	struct form f;

	form_init(&f, a, limits, NULL, out);
	TRY(read_pairs(&f, query, strlen(query)));
	return NULL;
}

static ssize_t read_at(int fd, void *to, size_t n, off_t from)
{
	ssize_t got;

	do
		got = pread(fd, to, n, from);
	while (got < 0 && errno == EINTR);
	return got;
}

static struct err *read_urlencoded(struct form *f, int body)
{
	struct stat st;
	char *text;
	off_t at = 0;

	if (body < 0)
		return NULL;
	if (fstat(body, &st))
		return FAIL(f->arena, ERR_BUG, "the body is no file");
	if (st.st_size / 4 > f->limits->fields_bytes)
		return FAIL(f->arena, ERR_TOO_LARGE, "a form of %lld bytes",
			    (long long) st.st_size);
	text = arena_alloc(f->arena, (size_t) st.st_size + 1);
	while (at < st.st_size) {
		ssize_t n = read_at(body, text + at,
				    (size_t) (st.st_size - at), at);

		if (n <= 0)
			return FAIL(f->arena, ERR_UPSTREAM,
				    "the spooled body cannot be read");
		at += n;
	}
	return read_pairs(f, text, (size_t) st.st_size);
}

/* ---- The window: a piece of the body that moves on ---- */

void window_use(struct window *w, size_t n)
{
	w->at += n;
	w->n -= n;
}

struct err *window_fill(struct form *f, struct window *w)
{
	memmove(w->room, w->at, w->n);
	w->at = w->room;
	while (w->n < WINDOW && !w->all) {
		ssize_t got = read_at(w->body, w->at + w->n, WINDOW - w->n,
				      w->next);

		if (got < 0)
			return FAIL(f->arena, ERR_UPSTREAM,
				    "the spooled body cannot be read");
		w->all = got == 0;
		w->next += got;
		w->n += (size_t) got;
	}
	return NULL;
}

/* The window begins as if a line had just ended, so that the first boundary
 * is found like any other. */
static void window_init(struct window *w, struct arena *a, int body,
			const char *boundary)
{
	*w = (struct window) { .body = body, .room = arena_alloc(a, WINDOW) };
	memcpy(w->mark, "\r\n--", 4);
	w->mark_len = 4 + strlen(boundary);
	memcpy(w->mark + 4, boundary, strlen(boundary));
	memcpy(w->room, "\r\n", 2);
	w->at = w->room;
	w->n = 2;
}

/*
 * How long the boundary at this place is with all that belongs to it, and
 * whether it is the last one; 0 when it only looks like one.
 */
static size_t boundary_length(const struct window *w, const char *at,
			      bool *last)
{
	const char *end = w->at + w->n, *p = at + w->mark_len;

	*last = end - p >= 2 && p[0] == '-' && p[1] == '-';
	if (*last)
		p += 2;
	for (int i = 0; i < LONGEST_PADDING && p < end; i++, p++)
		if (*p != ' ' && *p != '\t')
			break;
	if (end - p >= 2 && p[0] == '\r' && p[1] == '\n')
		return (size_t) (p + 2 - at);
	return *last && p == end && w->all ? (size_t) (p - at) : 0;
}

static struct err *put(struct form *f, struct part *p, const char *at, size_t n);

/*
 * Hand everything up to the next boundary to the part, and step over the
 * boundary. A boundary that is not followed by the end of its line is text.
 */
static struct err *read_content(struct form *f, struct window *w,
				struct part *p, bool *last)
{
	size_t tail = w->mark_len + 2 + LONGEST_PADDING + 2;

	for (;;) {
		const char *found = memmem(w->at, w->n, w->mark, w->mark_len);
		size_t before = found ? (size_t) (found - w->at) : w->n, len;

		if (found && (w->all || w->n - before >= tail)) {
			len = boundary_length(w, found, last);
			TRY(put(f, p, w->at, before + !len));
			window_use(w, before + (len ? len : 1));
			if (len)
				return NULL;
			continue;
		}
		if (w->all)
			return FAIL(f->arena, ERR_BAD_REQUEST,
				    "the form is cut off");
		if (!found)
			before = w->n > w->mark_len ? w->n - w->mark_len : 0;
		TRY(put(f, p, w->at, before));
		window_use(w, before);
		TRY(window_fill(f, w));
	}
}

/* ---- The name of a file ---- */

/* What a browser writes for a quote or the end of a line in a name. */
static char *undo_browser(struct arena *a, const char *name)
{
	char *plain = arena_dup(a, name), *to = plain;

	for (; *name; name++) {
		if (!strncmp(name, "%22", 3))
			*to++ = '"', name += 2;
		else if (!strncasecmp(name, "%0d", 3) ||
			 !strncasecmp(name, "%0a", 3))
			*to++ = ' ', name += 2;
		else
			*to++ = *name;
	}
	*to = '\0';
	return plain;
}

static const char *clean_type(struct arena *a, const char *sent)
{
	if (!sent || strlen(sent) > LONGEST_TYPE)
		return "application/octet-stream";
	return utf8_line(a, utf8_mend(a, sent, strlen(sent)));
}

/* ---- Fields and files ---- */

static struct err *begin_file(struct form *f, struct part *p)
{
	struct multipart_file *file = NEW(f->arena, struct multipart_file);

	if (f->files++ >= f->limits->files)
		return FAIL(f->arena, ERR_TOO_LARGE, "more than %d files",
			    f->limits->files);
	if (!f->sink)
		return FAIL(f->arena, ERR_BAD_REQUEST,
			    "a file where none was asked for");
	if (!utf8_valid(p->name, strlen(p->name)))
		return FAIL(f->arena, ERR_BAD_REQUEST, "a field is no text");
	file->field = p->name;
	file->name = filename_clean(f->arena, undo_browser(f->arena, p->file_name));
	file->type = clean_type(f->arena, p->type);
	TRY(f->sink->begin(f->sink->what, file->name, &file->kept));
	*f->next_file = p->file = file;
	f->next_file = &file->next;
	return NULL;
}

/* Over the limit the file is only counted. */
static struct err *add_to_file(struct form *f, struct part *p, const char *at,
			       size_t n)
{
	struct multipart_file *file = p->file;
	int64_t room = f->limits->file_bytes - file->size;
	size_t some = room <= 0 ? 0 : (int64_t) n > room ? (size_t) room : n;

	file->size += (int64_t) n;
	file->too_large = file->size > f->limits->file_bytes;
	if (some)
		TRY(f->sink->add(file->kept, at, some));
	return NULL;
}

static struct err *put(struct form *f, struct part *p, const char *at, size_t n)
{
	if (!p->name || !n)
		return NULL;
	if (p->file_name) {
		if (!p->file)
			TRY(begin_file(f, p));
		return add_to_file(f, p, at, n);
	}
	str_addn(&p->value, at, n);
	if (p->value.cut)
		return FAIL(f->arena, ERR_TOO_LARGE, "more than %lld bytes",
			    (long long) f->limits->fields_bytes);
	return NULL;
}

/* A browser sends a file without name and content where none was chosen. */
static struct err *end_part(struct form *f, struct part *p)
{
	if (!p->file_name)
		return add_field(f, p->name, strlen(p->name), p->value.text,
				 p->value.len);
	if (!p->file && *p->file_name)
		TRY(begin_file(f, p));
	if (p->file)
		TRY(f->sink->end(p->file->kept, p->file->size,
				 p->file->too_large));
	return NULL;
}

static struct err *read_part(struct form *f, struct window *w, bool *last)
{
	struct part p = { NULL };

	if (f->parts++ >= f->limits->fields + f->limits->files)
		return FAIL(f->arena, ERR_TOO_LARGE, "too many parts");
	TRY(multipart_head(f, w, &p));
	if (!p.file_name)
		str_init(&p.value, f->arena,
			 (size_t) (f->limits->fields_bytes - f->bytes));
	TRY(read_content(f, w, &p, last));
	TRY(end_part(f, &p));
	return NULL;
}

static struct err *read_parts(struct form *f, int body, const char *boundary)
{
	struct part preamble = { NULL };
	bool last = false;
	struct window w;

	if (body < 0)
		return FAIL(f->arena, ERR_BAD_REQUEST, "a form without body");
	window_init(&w, f->arena, body, boundary);
	TRY(read_content(f, &w, &preamble, &last));
	while (!last)
		TRY(read_part(f, &w, &last));
	return NULL;
}

/* ---- Which of the two ---- */

/* The boundary of "multipart/form-data; boundary=X", NULL for a bad one. */
static const char *find_boundary(struct arena *a, const char *type)
{
	const char *at = strcasestr(type, "boundary="), *end;
	size_t n;

	if (!at)
		return NULL;
	at += strlen("boundary=");
	if (*at == '"')
		end = strchr(++at, '"');
	else
		end = at + strcspn(at, "; \t");
	if (!end)
		return NULL;
	n = (size_t) (end - at);
	if (!n || n > LONGEST_BOUNDARY || end[-1] == ' ')
		return NULL;
	for (size_t i = 0; i < n; i++)
		if (at[i] < ' ' || at[i] > '~')
			return NULL;
	return arena_copy(a, at, n);
}

static bool is_type(const char *sent, const char *type)
{
	size_t n = strlen(type);

	if (strncasecmp(sent, type, n))
		return false;
	sent += n;
	sent += strspn(sent, " \t");
	return !*sent || *sent == ';';
}

struct err *multipart_read(struct arena *a, int body, const char *content_type,
			   const struct multipart_limits *limits,
			   const struct multipart_sink *sink,
			   struct multipart *out)
{
	const char *boundary;
	struct form f;

	form_init(&f, a, limits, sink, out);
	if (is_type(content_type, "application/x-www-form-urlencoded") ||
	    (body < 0 && !*content_type)) {
		TRY(read_urlencoded(&f, body));
		return NULL;
	}
	if (!is_type(content_type, "multipart/form-data"))
		return FAIL(a, ERR_BAD_REQUEST, "a form of type %.80s",
			    content_type);
	boundary = find_boundary(a, content_type);
	if (!boundary)
		return FAIL(a, ERR_BAD_REQUEST, "a form without boundary");
	TRY(read_parts(&f, body, boundary));
	return NULL;
}
