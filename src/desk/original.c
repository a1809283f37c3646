#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "desk/desk.h"
#include "desk/original.h"
#include "port/blob.h"
#include "port/reader.h"
#include "store/message_mail.h"

struct err *original_of_message(struct desk *d, const struct actor *who,
				int64_t message_id, struct mail_row *letter,
				struct ticket *t)
{
	struct message_mail m;

	if (who->kind != ACTOR_AGENT && who->kind != ACTOR_SYSTEM)
		return FAIL(d->arena, ERR_NOT_FOUND, "letters are for agents");
	TRY(store_message_mail_find(d->db, who, message_id, &m));
	TRY(store_ticket_find_id(d->db, who, m.ticket_id, t));
	TRY(store_mail_of_message(d->db, who, message_id, letter));
	return NULL;
}

struct err *original_raw(struct desk *d, const struct mail_row *letter,
			 int *fd, int64_t *size)
{
	TRY(blob_get(d->blobs, d->arena, letter->sha256, fd, size));
	return NULL;
}

/* --- headers and source ---------------------------------------------------------- */

/* The beginning of what stands behind fd. */
static struct err *read_start(struct desk *d, int fd, struct bytes *out)
{
	char *at = arena_alloc(d->arena, ORIGINAL_SHOWN);
	size_t n = 0;

	while (n < ORIGINAL_SHOWN) {
		ssize_t got = pread(fd, at + n, ORIGINAL_SHOWN - n, (off_t) n);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return FAIL(d->arena, ERR_UPSTREAM, "a letter cannot be read: %s",
				    strerror(errno));
		if (!got)
			break;
		n += (size_t) got;
	}
	*out = (struct bytes) { at, n };
	return NULL;
}

/* Valid UTF-8 with LF line ends; what no page may hold is U+FFFD. */
static const char *as_text(struct arena *a, struct bytes raw)
{
	const char *text = utf8_mend(a, raw.at, raw.n);
	struct str s;

	str_init(&s, a, strlen(text) * 3 + 1);
	for (const char *at = text; *at;) {
		size_t n = strcspn(at, "\x01\x02\x03\x04\x05\x06\x07\x08\x0b\x0c\r\x0e\x0f"
				   "\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c"
				   "\x1d\x1e\x1f\x7f");

		str_addn(&s, at, n);
		at += n;
		if (*at && !(at[0] == '\r' && at[1] == '\n'))
			str_add(&s, *at == '\r' ? "\n" : "\xef\xbf\xbd");
		at += *at != '\0';
	}
	return s.text;
}

/* From `line` to the end of the header that begins there. */
static const char *end_of_header(const char *line)
{
	const char *end = strchr(line, '\n');

	while (end && (end[1] == ' ' || end[1] == '\t'))
		end = strchr(end + 1, '\n');
	return end ? end : line + strlen(line);
}

static struct original_header header_of(struct arena *a, const char *line,
					const char *end)
{
	const char *text = arena_copy(a, line, (size_t) (end - line));
	size_t n = strcspn(text, ":");
	const char *value = text[n] ? text + n + 1 : "";

	return (struct original_header) {
		.name = utf8_cut(a, utf8_line(a, arena_copy(a, text, n)), 80),
		.value = utf8_cut(a, utf8_line(a, value), ORIGINAL_VALUE),
	};
}

static void read_headers(struct arena *a, struct original *o)
{
	struct original_header *h;
	const char *line = o->source;

	h = arena_alloc(a, ORIGINAL_HEADERS * sizeof(*h));
	while (*line && *line != '\n' && o->n_headers < ORIGINAL_HEADERS) {
		const char *end = end_of_header(line);

		h[o->n_headers++] = header_of(a, line, end);
		line = end + (*end != '\0');
	}
	o->headers = h;
}

struct err *original_read(struct desk *d, const struct mail_row *letter,
			  struct original *out)
{
	struct bytes raw = { 0 };
	struct err *e;
	int64_t size;
	int fd;

	*out = (struct original) { .source = "" };
	e = original_raw(d, letter, &fd, &size);
	if (e && e->kind != ERR_NOT_FOUND)
		return err_passed(e, __func__);
	out->gone = e != NULL;
	if (e)
		return NULL;
	TRY(read_start(d, fd, &raw));
	out->source = as_text(d->arena, raw);
	out->cut = size > (int64_t) raw.n;
	read_headers(d->arena, out);
	return NULL;
}

/* --- its words --------------------------------------------------------------------- */

/* A page is shown without them sooner than not at all. */
struct err *original_words(struct desk *d, const char *program,
			   const struct mail_row *letter, struct mail *out,
			   int *files_fd, bool *read)
{
	struct err *e;
	int64_t size;
	int fd;

	*read = false;
	*files_fd = -1;
	e = original_raw(d, letter, &fd, &size);
	if (e && e->kind != ERR_NOT_FOUND)
		return err_passed(e, __func__);
	if (e)
		return NULL;
	e = reader_ask(d->arena, program, fd, out, files_fd);
	if (e && e->kind != ERR_UPSTREAM)
		return err_passed(e, __func__);
	*read = !e && !out->unreadable;
	return NULL;
}
