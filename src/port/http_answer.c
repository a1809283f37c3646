#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/log.h"
#include "http_parts.h"

enum { HEADERS_CEILING = 16 * 1024, PAGE_CEILING = 16 << 20 };

/* ---- Statuses ---- */

static const struct {
	int status;
	const char *reason;
} reasons[] = {
	{ 200, "OK" },
	{ 303, "See Other" },
	{ 304, "Not Modified" },
	{ 400, "Bad Request" },
	{ 403, "Forbidden" },
	{ 404, "Not Found" },
	{ 405, "Method Not Allowed" },
	{ 409, "Conflict" },
	{ 411, "Length Required" },
	{ 413, "Content Too Large" },
	{ 414, "URI Too Long" },
	{ 429, "Too Many Requests" },
	{ 500, "Internal Server Error" },
	{ 503, "Service Unavailable" },
	{ 507, "Insufficient Storage" },
};

static const char *reason_of(int status)
{
	for (size_t i = 0; i < sizeof(reasons) / sizeof(*reasons); i++)
		if (reasons[i].status == status)
			return reasons[i].reason;
	return "Answer";
}

/* ---- Answers ---- */

void http_answer_init(struct http_answer *an, struct arena *a)
{
	*an = (struct http_answer) {
		.status = 200,
		.type = "text/html; charset=utf-8",
		.file = -1,
	};
	str_init(&an->headers, a, HEADERS_CEILING);
	str_init(&an->body, a, PAGE_CEILING);
}

static bool is_token(const char *name)
{
	return *name && !name[strspn(name,
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"0123456789-_")];
}

/* These three are made from the answer itself, when it is sent. */
static bool is_ours(const char *name)
{
	return !strcasecmp(name, "Status") ||
	       !strcasecmp(name, "Content-Type") ||
	       !strcasecmp(name, "Content-Length");
}

static bool is_one_line(const char *value)
{
	for (; *value; value++)
		if (((unsigned char) *value < ' ' && *value != '\t') ||
		    *value == 0x7f)
			return false;
	return true;
}

struct err *http_header(struct http_answer *an, const char *name,
			const char *value)
{
	struct arena *a = an->headers.arena;

	if (!is_token(name) || is_ours(name))
		return FAIL(a, ERR_BUG, "no header may be called so");
	if (!is_one_line(value))
		return FAIL(a, ERR_BUG, "header %s is not one line", name);
	str_addf(&an->headers, "%s: %s\r\n", name, value);
	if (an->headers.cut)
		return FAIL(a, ERR_BUG, "header %s does not fit", name);
	return NULL;
}

void http_refuse(struct line *l, struct arena *a, int status)
{
	const char *reason = reason_of(status);
	struct str page;

	log_line("%d: %s", status, l->why);
	line_drain(l);
	str_init(&page, a, HTTP_PIECE);
	str_addf(&page, "Status: %d %s\r\n"
		 "Content-Type: text/html; charset=utf-8\r\n"
		 "Cache-Control: no-store\r\n"
		 "Content-Security-Policy: default-src 'none'\r\n"
		 "X-Content-Type-Options: nosniff\r\n"
		 "%s\r\n", status, reason,
		 status == 405 ? "Allow: GET, HEAD, POST\r\n" : "");
	if (strcmp(line_param(l, "REQUEST_METHOD"), "HEAD"))
		str_addf(&page, "<!doctype html>\n<html lang=\"en\">\n"
			 "<title>%s</title>\n<h1>%s</h1>\n", reason, reason);
	line_give(l, page.text, page.len, true);
}

static bool give_file(struct line *l, int file, int64_t size)
{
	static char piece[HTTP_PIECE];

	while (size > 0) {
		size_t n = size < HTTP_PIECE ? (size_t) size : HTTP_PIECE;
		ssize_t got = file_read(file, piece, n);

		if (got <= 0) {
			log_line("a file ended %lld bytes early",
				 (long long) size);
			return false;
		}
		size -= got;
		if (!line_give(l, piece, (size_t) got, !size))
			return false;
	}
	return true;
}

/* The head and a page go in one piece: the web server wakes up once. */
void http_send(struct line *l, struct arena *a,
	       const struct http_visit *v, struct http_answer *an)
{
	bool file = an->file >= 0;
	bool bare = an->status == 204 || an->status == 304;
	bool only_head = bare || !strcmp(v->method, "HEAD");
	bool streamed = !only_head && file && an->file_size > 0;
	struct str head;

	if (file)
		arena_defer(a, file_close, &an->file);
	if (an->body.cut || an->headers.cut) {
		l->why = "the answer does not fit";
		http_refuse(l, a, 500);
		return;
	}
	str_init(&head, a, HEADERS_CEILING + 1024 + an->body.len);
	str_reserve(&head, 1024 + an->headers.len + an->body.len);
	str_addf(&head, "Status: %d %s\r\n", an->status, reason_of(an->status));
	if (!bare)
		str_addf(&head, "Content-Type: %s\r\nContent-Length: %lld\r\n",
			 an->type, file ? (long long) an->file_size
					: (long long) an->body.len);
	str_addn(&head, an->headers.text, an->headers.len);
	str_add(&head, "\r\n");
	if (!only_head && !file)
		str_addn(&head, an->body.text, an->body.len);
	if (line_give(l, head.text, head.len, !streamed) && streamed)
		give_file(l, an->file, an->file_size);
}
