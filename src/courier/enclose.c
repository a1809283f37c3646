#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/utf8.h"
#include "courier/enclose.h"
#include "desk/link.h"
#include "port/blob.h"
#include "port/mime.h"
#include "store/attachment.h"
#include "store/outbox.h"

/* What mail programs show within a text. */
static bool is_picture(const struct upload *u)
{
	static const char *const types[] = {
		"image/jpeg", "image/png", "image/gif", "image/webp",
	};

	for (size_t i = 0; u->thumb.at && i < sizeof(types) / sizeof(*types); i++)
		if (!strcmp(types[i], u->type))
			return true;
	return false;
}

static struct err *read_all(struct arena *a, int fd, int64_t size, struct bytes *out)
{
	char *at = arena_alloc(a, (size_t) size + 1);
	size_t n = 0;

	while (n < (size_t) size) {
		ssize_t got = read(fd, at + n, (size_t) size - n);

		if (got <= 0)
			return FAIL(a, ERR_UPSTREAM, "a file of a letter ends early");
		n += (size_t) got;
	}
	*out = (struct bytes) { at, n };
	return NULL;
}

static struct err *fetch(struct courier *c, struct arena *a,
			 const struct upload *u, struct bytes *out)
{
	int64_t size;
	int fd;

	TRY(blob_get(c->blobs, a, u->sha256, &fd, &size));
	TRY(read_all(a, fd, size, out));
	return NULL;
}

/* "f2.…@shop.example": unlike that of any other letter's picture. */
static const char *content_id(struct arena *a, const struct outbox *row, size_t i)
{
	const char *id = row->message_id_header;

	return arena_printf(a, "f%zu.%.*s", i + 1, (int) strlen(id) - 2, id + 1);
}

static struct mime_file file_of(struct courier *c, struct arena *a,
				const struct outbox *row, const struct upload *u,
				size_t i, int64_t *left)
{
	struct mime_file f = { .name = utf8_line(a, u->name), .type = u->type };
	struct err *e;

	if (!c->blobs || u->size > *left)
		return f;
	e = fetch(c, a, u, &f.bytes);
	if (e) {
		log_line("letter %lld: %s (%s)", (long long) row->id, e->text, e->path);
		return f;
	}
	*left -= u->size;
	if (is_picture(u))
		f.content_id = content_id(a, row, i);
	return f;
}

static struct err *add_files(struct courier *c, struct arena *a,
			     const struct outbox *row, struct letter_enclosed *out)
{
	const struct actor reader = { .kind = ACTOR_CUSTOMER, .shop = row->shop_id };
	int64_t left = c->most_files;
	struct mime_file *file;
	const struct upload *u;
	struct rows rows;

	TRY(store_attachment_list(c->db, &reader, row->ticket_id, row->message_id,
				  row->message_id, &rows));
	u = rows.at;
	file = arena_alloc(a, (rows.n + 1) * sizeof(*file));
	for (size_t i = 0; i < rows.n && i < LETTER_FILES; i++)
		file[out->n_files++] = file_of(c, a, row, &u[i], i, &left);
	out->files = file;
	return NULL;
}

struct err *enclose(struct courier *c, struct arena *a, const struct outbox *row,
		    struct letter_enclosed *out)
{
	const struct letter *letter = letter_find(row->letter);
	struct rows *thread = NEW(a, struct rows);

	*out = (struct letter_enclosed) { 0 };
	TRY(link_make(c->db, a, c->urls, row, &out->url));
	if (!row->ticket_id)
		return NULL;
	TRY(store_outbox_thread(c->db, row, thread));
	out->thread = thread;
	if (letter && letter->with_files && row->message_id)
		TRY(add_files(c, a, row, out));
	return NULL;
}
