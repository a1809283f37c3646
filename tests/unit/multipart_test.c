#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/str.h"
#include "port/multipart.h"
#include "test.h"

#define TYPE	"multipart/form-data; boundary=AB"
#define FIELD(name, value)						\
	"--AB\r\nContent-Disposition: form-data; name=\"" name		\
	"\"\r\n\r\n" value "\r\n"
#define FILE_PART(name, content)					\
	"--AB\r\nContent-Disposition: form-data; name=\"f\"; filename=\""\
	name "\"\r\nContent-Type: text/x\r\n\r\n" content "\r\n"
#define CLOSE	"--AB--\r\n"

static const struct multipart_limits limits = {
	.fields = 5, .fields_bytes = 1000, .files = 3, .file_bytes = 100,
};

/* ---- A sink that keeps what it gets, and a body from a text ---- */

struct kept {
	struct str content;
	int64_t size;
	bool ended;
};

static struct err *begin(void *what, const char *name, void **kept)
{
	struct kept *k = NEW(what, struct kept);

	(void) name;
	str_init(&k->content, what, 1 << 20);
	*kept = k;
	return NULL;
}

static struct err *add(void *kept, const void *at, size_t n)
{
	str_addn(&((struct kept *) kept)->content, at, n);
	return NULL;
}

static struct err *end(void *kept, int64_t size, bool too_large)
{
	struct kept *k = kept;

	(void) too_large;
	k->ended = true;
	k->size = size;
	return NULL;
}

static struct multipart_sink keep_in(struct arena *a)
{
	return (struct multipart_sink) { a, begin, add, end };
}

static int body_of(const void *text, size_t n)
{
	int fd = memfd_create("body", 0);

	if (write(fd, text, n) != (ssize_t) n)
		abort();
	return fd;
}

static struct err *read_form(struct arena *a, const char *type,
			     const void *text, size_t n, struct multipart *out)
{
	struct multipart_sink sink = keep_in(a);
	int fd = body_of(text, n);
	struct err *e = multipart_read(a, fd, type, &limits, &sink, out);

	close(fd);
	return e;
}

/* "a=1 b=2 f:name(text/x)=content" */
static const char *told(struct arena *a, const struct multipart *m)
{
	struct str s;

	str_init(&s, a, 1 << 20);
	for (const struct multipart_field *f = m->fields; f; f = f->next)
		str_addf(&s, "%s%s=%s", s.len ? " " : "", f->name, f->value);
	for (const struct multipart_file *f = m->files; f; f = f->next) {
		struct kept *k = f->kept;

		CHECK(k->ended && k->size == f->size);
		str_addf(&s, "%s%s:%s(%s)=%s%s", s.len ? " " : "", f->field,
			 f->name, f->type, k->content.text,
			 f->too_large ? "..." : "");
	}
	return s.text;
}

TEST(good_forms_are_read_as_they_were_meant)
{
	static const struct { const char *type, *body, *want; } cases[] = {
		{ TYPE, CLOSE, "" },
		{ TYPE, FIELD("a", "1") FIELD("b", "") CLOSE, "a=1 b=" },
		{ TYPE, FIELD("a", "1") FIELD("a", "2") CLOSE, "a=1 a=2" },
		{ TYPE, FIELD("a", "x\r\ny") CLOSE, "a=x\r\ny" },
		{ TYPE, FIELD("a", "1") FILE_PART("b.txt", "hi") CLOSE,
		  "a=1 f:b.txt(text/x)=hi" },
		{ TYPE, FILE_PART("empty.txt", "") CLOSE, "f:empty.txt(text/x)=" },
		{ TYPE, FILE_PART("", "") FIELD("a", "1") CLOSE, "a=1" },
		{ TYPE, FILE_PART("", "x") CLOSE, "f:file(text/x)=x" },
		/* what looks like a boundary and is none */
		{ TYPE, FILE_PART("b", "x--AB\r\n--ABC\r\n--AB-\r\n--ABx") CLOSE,
		  "f:b(text/x)=x--AB\r\n--ABC\r\n--AB-\r\n--ABx" },
		{ TYPE, FILE_PART("b", "\r\n\r\n--A") CLOSE,
		  "f:b(text/x)=\r\n\r\n--A" },
		{ TYPE, FILE_PART("b", "\n--AB\n") CLOSE, "f:b(text/x)=\n--AB\n" },
		/* preamble, padding, epilogue, no last line end */
		{ TYPE, "hello\r\n" FIELD("a", "1") CLOSE "bye", "a=1" },
		{ TYPE, "--AB \t\r\nContent-Disposition: form-data; name=a\r\n\r\n1"
		  "\r\n--AB-- ", "a=1" },
		{ "Multipart/Form-Data ; charset=utf-8; Boundary=\"A B\"",
		  "--A B\r\ncontent-disposition: FORM-DATA; NAME=a ; x=y\r\n\r\n1"
		  "\r\n--A B--", "a=1" },
		/* a transfer encoding is no word of forms */
		{ TYPE, "--AB\r\nContent-Disposition: form-data; name=f; "
		  "filename=b.bin\r\nContent-Transfer-Encoding: base64\r\n\r\n"
		  "AAAA\r\n" CLOSE, "f:b.bin(application/octet-stream)=AAAA" },
		/* mail and archives stay closed */
		{ TYPE, "--AB\r\nContent-Disposition: form-data; name=f; "
		  "filename=a.eml\r\nContent-Type: message/rfc822\r\n\r\n"
		  "from: a\r\nX:\r\n\ty\r\n\r\nz\r\n" CLOSE,
		  "f:a.eml(message/rfc822)=from: a\r\nX:\r\n\ty\r\n\r\nz" },
		{ TYPE, "--AB\r\nContent-Disposition: form-data; name=f; "
		  "filename=a.mht\r\nContent-Type: multipart/related; boundary=Q"
		  "\r\n\r\n--Q\r\n\r\nz\r\n--Q--\r\n" CLOSE,
		  "f:a.mht(multipart/related; boundary=Q)=--Q\r\n\r\nz\r\n--Q--" },
		{ "application/x-www-form-urlencoded; charset=UTF-8",
		  "a=1&b=x+y&&c=%C3%A4&d&=e", "a=1 b=x y c=\xc3\xa4 d= =e" },
		{ "application/x-www-form-urlencoded", "", "" },
		{ "application/x-www-form-urlencoded", "a=b=c&d=100%", "a=b=c d=100%" },
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct multipart m;

		CHECK_OK(read_form(a, cases[i].type, cases[i].body,
				   strlen(cases[i].body), &m));
		CHECK_TEXT(told(a, &m), cases[i].want);
	}
	arena_free(a);
}

#define HEAD(disposition)	"--AB\r\n" disposition "\r\n\r\n1\r\n" CLOSE
#define NAMED_A			"Content-Disposition: form-data; name=\"a\""

TEST(bad_forms_are_refused)
{
	static const struct { const char *type, *body; } cases[] = {
		{ "text/plain", "a=1" }, { "", "a=1" },
		{ "application/x-www-form-urlencodedx", "a=1" },
		{ "application/x-www-form-urlencoded", "a=%FF" },
		{ "application/x-www-form-urlencoded", "a=%00" },
		{ "application/x-www-form-urlencoded", "%00=a" },
		{ "multipart/form-data", FIELD("a", "1") CLOSE },
		{ "multipart/mixed; boundary=AB", FIELD("a", "1") CLOSE },
		{ "multipart/form-data; boundary=", FIELD("a", "1") CLOSE },
		{ "multipart/form-data; boundary=\"AB", FIELD("a", "1") CLOSE },
		{ "multipart/form-data; boundary=\"A\tB\"", CLOSE },
		{ "multipart/form-data; boundary="
		  "12345678901234567890123456789012345678901234567890"
		  "123456789012345678901", CLOSE },
		{ "multipart/form-data; boundary=XY", FIELD("a", "1") CLOSE },
		/* cut off, at every kind of place */
		{ TYPE, "" }, { TYPE, "--AB" }, { TYPE, "--AB\r\n" },
		{ TYPE, "--AB\r\n" NAMED_A }, { TYPE, "--AB\r\n" NAMED_A "\r\n\r\n" },
		{ TYPE, FIELD("a", "1") }, { TYPE, FIELD("a", "1") "--AB" },
		{ TYPE, FIELD("a", "1") "--AB-" }, { TYPE, FILE_PART("b", "hi") },
		{ TYPE, FIELD("a", "1") "--AB--x" },
		/* lines that end with LF alone */
		{ TYPE, "--AB\n" NAMED_A "\n\n1\n--AB--\n" },
		{ TYPE, HEAD(NAMED_A "\nX: y") }, { TYPE, HEAD(NAMED_A "\rX: y") },
		/* headers */
		{ TYPE, HEAD("X: y") }, { TYPE, HEAD("") }, { TYPE, HEAD("x") },
		{ TYPE, HEAD(": x") },
		{ TYPE, HEAD("Content-Disposition: attachment; name=\"a\"") },
		{ TYPE, HEAD("Content-Disposition: form-data") },
		{ TYPE, HEAD("Content-Disposition: form-data; name") },
		{ TYPE, HEAD("Content-Disposition: form-data; name=") },
		{ TYPE, HEAD("Content-Disposition: form-data; name=\"a") },
		{ TYPE, HEAD("Content-Disposition: form-data; name=\"a\"x") },
		{ TYPE, HEAD("Content-Disposition: form-dataname=\"a\"") },
		{ TYPE, HEAD(NAMED_A "; name=\"b\"") },
		{ TYPE, HEAD(NAMED_A "\r\n" NAMED_A) },
		{ TYPE, HEAD(NAMED_A "\r\n folded: x") },
		{ TYPE, FIELD("\xff", "1") CLOSE }, { TYPE, FIELD("a", "\xff") CLOSE },
		{ TYPE, FIELD("a", "\xed\xa0\x80") CLOSE },
		{ TYPE, FIELD("a", "\xc3") CLOSE },
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct multipart m;
		struct err *e = read_form(a, cases[i].type, cases[i].body,
					  strlen(cases[i].body), &m);

		if (!e || e->kind != ERR_BAD_REQUEST)
			fail_msg("%s with %s: %s", cases[i].type, cases[i].body,
				 e ? e->text : "it was read");
	}
	arena_free(a);
}

TEST(a_nul_belongs_in_a_file_and_nowhere_else)
{
	static const char field[] = FIELD("a", "x\0y") CLOSE;
	static const char name[] = FIELD("a\0b", "x") CLOSE;
	static const char file[] = FILE_PART("b", "x\0y") CLOSE;
	struct arena *a = arena_new("test");
	struct multipart m;
	struct kept *k;

	CHECK_ERR(read_form(a, TYPE, field, sizeof(field) - 1, &m), ERR_BAD_REQUEST);
	CHECK_ERR(read_form(a, TYPE, name, sizeof(name) - 1, &m), ERR_BAD_REQUEST);
	CHECK_OK(read_form(a, TYPE, file, sizeof(file) - 1, &m));
	k = m.files->kept;
	CHECK_INT(k->content.len, 3);
	CHECK(!memcmp(k->content.text, "x\0y", 3));
	arena_free(a);
}

TEST(the_name_of_a_file_is_only_a_name)
{
	static const struct { const char *sent, *want; } cases[] = {
		{ "a.txt", "a.txt" },
		{ "../../etc/passwd", "passwd" }, { "/a/b/", "file" },
		{ "C:\\temp\\new.eml", "new.eml" }, { "a\\", "file" },
		{ "a/b\\c/d", "d" }, { ".", "file" }, { "..", "file" },
		{ "a%22b.txt", "a\"b.txt" }, { "a\\\"b.txt", "a\"b.txt" },
		{ "100%25.pdf", "100%25.pdf" }, { "a%0D%0Ab.txt", "a b.txt" },
		{ "a\x01\x1f" "b.txt", "ab.txt" }, { "\x7f", "file" },
		{ ".ht\xe2\x80\x8b" "access", ".htaccess" },
		{ "\xe2\x80\x8b.\xe2\x80\x8b.", "file" },
		{ "invoice\xe2\x80\xae" "fdp.exe", "invoicefdp.exe" },
		{ "  a  b.txt  ", "a b.txt" },
		{ "\xc3\xa4\xff.txt", "\xc3\xa4\xef\xbf\xbd.txt" },
		{ "=?utf-8?q?evil=2F?=", "=?utf-8?q?evil=2F?=" },
		{ "a;b=c.txt", "a;b=c.txt" },
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *body = arena_printf(a, "--AB\r\nContent-Disposition:"
			" form-data; name=f; filename=\"%s\"\r\n\r\nx\r\n"
			CLOSE, cases[i].sent);
		struct multipart m;

		CHECK_OK(read_form(a, TYPE, body, strlen(body), &m));
		CHECK_TEXT(m.files->name, cases[i].want);
	}
	arena_free(a);
}

TEST(a_long_file_name_keeps_its_ending_and_whole_characters)
{
	struct arena *a = arena_new("test");
	char name[1000] = "";
	struct multipart m;
	const char *body;

	for (int i = 0; i < 300; i++)
		memcpy(name + 2 * i, "\xc3\xa4", 2);
	memcpy(name + 600, ".jpeg", 6);
	body = arena_printf(a, "--AB\r\nContent-Disposition: form-data; name=f; "
			    "filename=\"%s\"\r\n\r\nx\r\n" CLOSE, name);
	CHECK_OK(read_form(a, TYPE, body, strlen(body), &m));
	CHECK_INT(strlen(m.files->name), 255);
	CHECK(!strncmp(m.files->name, name, 250));
	CHECK_TEXT(m.files->name + 250, ".jpeg");
	arena_free(a);
}

TEST(limits_are_kept_while_reading)
{
	struct arena *a = arena_new("test");
	char *many = malloc(2000 * 1000);
	struct multipart m;
	size_t n = 0;

	for (int i = 0; i < 10000; i++)
		n += (size_t) snprintf(many + n, 200, FIELD("a", "%d"), i);
	memcpy(many + n, CLOSE, sizeof(CLOSE));
	CHECK_ERR(read_form(a, TYPE, many, strlen(many), &m), ERR_TOO_LARGE);

	n = 0;
	for (int i = 0; i < 10000; i++)
		n += (size_t) snprintf(many + n, 200, FILE_PART("", ""));
	memcpy(many + n, CLOSE, sizeof(CLOSE));
	CHECK_ERR(read_form(a, TYPE, many, strlen(many), &m), ERR_TOO_LARGE);

	n = 0;
	for (int i = 0; i < 4; i++)
		n += (size_t) snprintf(many + n, 200, FILE_PART("x", ""));
	memcpy(many + n, CLOSE, sizeof(CLOSE));
	CHECK_ERR(read_form(a, TYPE, many, strlen(many), &m), ERR_TOO_LARGE);

	n = (size_t) snprintf(many, 200, "--AB\r\nX: ");
	memset(many + n, 'a', 1 << 20);
	CHECK_ERR(read_form(a, TYPE, many, 1 << 20, &m), ERR_BAD_REQUEST);

	n = (size_t) snprintf(many, 200, "--AB\r\n" NAMED_A "\r\n\r\n");
	memset(many + n, 'a', 1 << 20);
	CHECK_ERR(read_form(a, TYPE, many, 1 << 20, &m), ERR_TOO_LARGE);

	CHECK_ERR(read_form(a, "application/x-www-form-urlencoded", many,
			    1 << 20, &m), ERR_TOO_LARGE);
	CHECK_ERR(read_form(a, "application/x-www-form-urlencoded",
			    "a&a&a&a&a&a", 11, &m), ERR_TOO_LARGE);
	CHECK_ERR(multipart_query(a, "a&a&a&a&a&a", &limits, &m), ERR_TOO_LARGE);
	free(many);
	arena_free(a);
}

TEST(a_file_over_the_limit_is_marked_and_the_rest_is_read_on)
{
	struct arena *a = arena_new("test");
	char *big = calloc(1, 300 * 1000);
	struct multipart m;
	struct kept *k;
	size_t n;

	n = (size_t) snprintf(big, 200, "--AB\r\nContent-Disposition: form-data;"
			      " name=f; filename=big\r\n\r\n");
	memset(big + n, 'x', 200 * 1000);
	n += 200 * 1000;
	snprintf(big + n, 500, "\r\n" FILE_PART("small", "y") FIELD("a", "1") CLOSE);
	CHECK_OK(read_form(a, TYPE, big, strlen(big), &m));
	CHECK(m.files->too_large);
	CHECK_INT(m.files->size, 200 * 1000);
	k = m.files->kept;
	CHECK_INT(k->content.len, limits.file_bytes);
	CHECK_TEXT(m.files->next->name, "small");
	CHECK(!m.files->next->too_large);
	CHECK_TEXT(m.fields->value, "1");
	free(big);
	arena_free(a);
}

TEST(a_form_may_be_read_twice_and_without_a_sink)
{
	static const char file[] = FILE_PART("b", "x") CLOSE;
	static const char none[] = FIELD("a", "1") FILE_PART("", "") CLOSE;
	struct arena *a = arena_new("test");
	struct multipart_sink sink = keep_in(a);
	int fd = body_of(file, sizeof(file) - 1);
	struct multipart m;

	for (int i = 0; i < 2; i++) {
		CHECK_OK(multipart_read(a, fd, TYPE, &limits, &sink, &m));
		CHECK_TEXT(told(a, &m), "f:b(text/x)=x");
	}
	CHECK_ERR(multipart_read(a, fd, TYPE, &limits, NULL, &m), ERR_BAD_REQUEST);
	close(fd);
	fd = body_of(none, sizeof(none) - 1);
	CHECK_OK(multipart_read(a, fd, TYPE, &limits, NULL, &m));
	CHECK_TEXT(told(a, &m), "a=1");
	close(fd);
	CHECK_OK(multipart_read(a, -1, "", &limits, NULL, &m));
	CHECK_OK(multipart_read(a, -1, "application/x-www-form-urlencoded",
				&limits, NULL, &m));
	CHECK(!m.fields && !m.files);
	CHECK_ERR(multipart_read(a, -1, TYPE, &limits, NULL, &m), ERR_BAD_REQUEST);
	arena_free(a);
}

/* A boundary may lie across the edge of the window, wherever that is. */
TEST(a_file_is_whole_wherever_the_window_ends)
{
	static const struct multipart_limits wide = { 5, 1000, 3, 1 << 20 };
	size_t room = 140 * 1000;
	char *body = malloc(room + 1000);

	for (size_t size = 65536 - 160; size < 65536 + 40; size++) {
		struct arena *a = arena_new("test");
		struct multipart_sink sink = keep_in(a);
		struct multipart m;
		struct kept *k;
		size_t head = (size_t) snprintf(body, 200, "--AB\r\n"
			"Content-Disposition: form-data; name=f; filename=b"
			"\r\n\r\n");
		int fd;

		for (size_t i = 0; i < size; i++)
			body[head + i] = "\r\n--AB\r-"[i % 8];
		body[head + size - 1] = 'z';
		snprintf(body + head + size, 500, "\r\n" FIELD("a", "1") CLOSE);
		fd = body_of(body, strlen(body));
		CHECK_OK(multipart_read(a, fd, TYPE, &wide, &sink, &m));
		close(fd);
		k = m.files->kept;
		CHECK_INT(k->content.len, size);
		CHECK(!memcmp(k->content.text, body + head, size));
		CHECK_TEXT(m.fields->value, "1");
		arena_free(a);
	}
	free(body);
}

static unsigned int dice(unsigned int *seed, unsigned int most)
{
	*seed = *seed * 1103515245 + 12345;
	return (*seed >> 8) % most;
}

/* Under the sanitizers this looks for more than an answer. */
TEST(no_mutation_of_a_form_does_any_harm)
{
	static const char good[] = FIELD("a", "1") FILE_PART("b%22\\c", "hi\0\xff")
		FILE_PART("", "") FIELD("x", "\xc3\xa4") CLOSE;
	static const char dear[] = "\r\n-\"\\;=%AB\0\xff :";
	unsigned int seed = 20260305;

	for (int round = 0; round < 5000; round++) {
		struct arena *a = arena_new("test");
		char body[sizeof(good)];
		size_t n = sizeof(good) - 1;
		struct multipart m;
		struct err *e;

		memcpy(body, good, sizeof(good));
		for (unsigned int i = 0; i <= dice(&seed, 6); i++)
			body[dice(&seed, (unsigned int) n)] =
				dear[dice(&seed, sizeof(dear) - 1)];
		if (!dice(&seed, 3))
			n = dice(&seed, (unsigned int) n);
		e = read_form(a, TYPE, body, n, &m);
		CHECK(!e || e->kind == ERR_BAD_REQUEST);
		for (const struct multipart_file *f = e ? NULL : m.files; f;
		     f = f->next)
			CHECK(*f->name && !strpbrk(f->name, "/\\\r\n"));
		arena_free(a);
	}
}
