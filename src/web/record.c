#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/str.h"
#include "web/record.h"

enum { MOST = 64 << 20 };		/* bytes of one record */

struct link {
	struct record *record;
	enum record_link link;
};

struct record {
	struct arena *arena;		/* of the request being recorded */
	const char *path;
	int fd;				/* -1: the file could not be made */
	struct link ours, shop;
	struct str statements, files;
	uint32_t n_statements, n_files;
};

/* --- numbers and texts ----------------------------------------------------- */

static void add_number(struct str *s, uint64_t number, size_t bytes)
{
	char text[8];

	for (size_t i = 0; i < bytes; i++)
		text[i] = (char) (number >> (8 * i));
	str_addn(s, text, bytes);
}

static void add_u32(struct str *s, size_t number) { add_number(s, number, 4); }

static void add_text(struct str *s, const void *at, size_t n)
{
	add_u32(s, n);
	str_addn(s, at, n);
}

static void add_word(struct str *s, const char *text)
{
	add_text(s, text, strlen(text));
}

/* --- one request ------------------------------------------------------------ */

static void begin(struct record *r)
{
	arena_reset(r->arena);
	str_init(&r->statements, r->arena, MOST);
	str_init(&r->files, r->arena, MOST);
	r->n_statements = r->n_files = 0;
}

static void add_value(struct str *s, const struct arg *a)
{
	if (a->null) {
		str_addn(s, "n", 1);
	} else if (a->kind == KIND_I64) {
		str_addn(s, "i", 1);
		add_number(s, (uint64_t) a->number, 8);
	} else {
		str_addn(s, a->kind == KIND_TEXT ? "t" : "b", 1);
		add_text(s, a->bytes.at, a->bytes.n);
	}
}

/* INSERT … RETURNING tells the id of its row as any other column. */
static int64_t made_id(const struct db_seen *seen)
{
	const struct shape *shape = seen->shape;

	if (seen->id || !shape || seen->rows != 1 || strncmp(seen->sql, "INSERT", 6))
		return seen->id;
	for (size_t i = 0; i < shape->n; i++)
		if (!strcmp(shape->fields[i].name, "id") &&
		    shape->fields[i].kind == KIND_I64)
			return *(const int64_t *) ((const char *) seen->read +
						   shape->fields[i].offset);
	return 0;
}

void record_statement(void *ctx, const struct db_seen *seen)
{
	const struct link *l = ctx;
	struct str *s = &l->record->statements;

	str_addn(s, l->link == RECORD_OURS ? "o" : "s", 1);
	add_number(s, (uint64_t) seen->rows, 8);
	add_number(s, (uint64_t) made_id(seen), 8);
	add_word(s, seen->sql);
	add_u32(s, seen->args.n);
	for (size_t i = 0; i < seen->args.n; i++)
		add_value(s, &seen->args.at[i]);
	l->record->n_statements++;
}

void record_file(struct record *r, int64_t size)
{
	if (!r)
		return;
	add_number(&r->files, (uint64_t) size, 8);
	r->n_files++;
}

static void add_answer(struct str *s, const struct http_visit *v,
		       const struct http_answer *an)
{
	bool bare = an->status == 304 || !strcmp(v->method, "HEAD");
	int64_t body = an->file >= 0 ? an->file_size : (int64_t) an->body.len;

	add_word(s, v->method);
	add_word(s, arena_printf(s->arena, "%s%s%s", v->path,
				 *v->query ? "?" : "", v->query));
	add_number(s, (uint64_t) an->status, 4);
	add_word(s, an->type);
	add_u32(s, an->headers.len);
	add_number(s, bare ? 0 : (uint64_t) body, 8);
}

/* A file that cannot be written is told once; half a record is worth none. */
static void append(struct record *r, const struct str *s)
{
	if (r->fd < 0 || write(r->fd, s->text, s->len) == (ssize_t) s->len)
		return;
	log_line("%s: cannot record: %s", r->path, strerror(errno));
	close(r->fd);
	r->fd = -1;
}

void record_visit(struct record *r, const struct http_visit *v,
		  const struct http_answer *an, long statements)
{
	struct str s, whole;

	if (!r)
		return;
	str_init(&s, r->arena, MOST);
	add_answer(&s, v, an);
	add_number(&s, (uint64_t) statements, 4);
	add_u32(&s, r->n_files);
	str_addn(&s, r->files.text, r->files.len);
	add_u32(&s, r->n_statements);
	str_addn(&s, r->statements.text, r->statements.len);
	str_init(&whole, r->arena, MOST);
	add_text(&whole, s.text, s.len);
	if (whole.cut)
		log_line("%s: a request is too long to be recorded", r->path);
	else
		append(r, &whole);
	begin(r);
}

/* --- the file ----------------------------------------------------------------- */

static void end(void *what)
{
	struct record *r = what;

	if (r->fd >= 0)
		close(r->fd);
	arena_free(r->arena);
}

struct record *record_open(struct arena *a, const char *program)
{
	const char *folder = getenv("AFTERSALE_RECORD");
	struct record *r;

	if (!folder || !*folder)
		return NULL;
	r = NEW(a, struct record);
	r->arena = arena_new("record");
	r->path = arena_printf(a, "%s/%s.%d", folder, program, (int) getpid());
	r->fd = open(r->path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_NOFOLLOW |
		     O_CLOEXEC, 0600);
	r->ours = (struct link) { r, RECORD_OURS };
	r->shop = (struct link) { r, RECORD_SHOP };
	arena_defer(a, end, r);
	if (r->fd < 0)
		log_line("%s: cannot record: %s", r->path, strerror(errno));
	else
		log_line("%s: all that people write and read is recorded", r->path);
	begin(r);
	return r;
}

void *record_link(struct record *r, enum record_link link)
{
	return link == RECORD_OURS ? &r->ours : &r->shop;
}
