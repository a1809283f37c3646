#include <unistd.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "incoming_parts.h"
#include "port/blob.h"
#include "port/inspect.h"
#include "port/secret.h"
#include "store/attachment.h"

enum { PIECE = 65536, NAME_MOST = 255, TYPE_MOST = 100, PUBLIC_ID = 16 };

/* `size` bytes from `at` on, or what there is of them. */
static struct err *keep(struct desk *d, int fd, int64_t at, int64_t size,
			struct bytes *sha256, int64_t *kept)
{
	char *piece = arena_alloc(d->arena, PIECE);
	struct blob_put *put;

	TRY(blob_put_begin(d->blobs, d->arena, &put));
	while (size > 0) {
		ssize_t n = pread(fd, piece, size < PIECE ? (size_t) size : PIECE, at);

		if (n <= 0)
			break;
		TRY(blob_put_add(put, piece, (size_t) n));
		at += n;
		size -= n;
	}
	TRY(blob_put_end(put, sha256, kept));
	return NULL;
}

/*
 * What it is, from its bytes. A file that nobody might upload is kept all the
 * same: it is a download like every file, and it was sent to us. Where nobody
 * can look into it, it is one of unknown kind.
 */
static struct err *look_into(struct desk *d, const struct incoming *in,
			     struct upload *u)
{
	struct inspection seen;
	struct err *e;
	int64_t size;
	int fd;

	TRY(blob_get(d->blobs, d->arena, u->sha256, &fd, &size));
	e = inspect(d->arena, in->inspector, fd, &seen);
	if (e && e->kind == ERR_UPSTREAM)
		return NULL;
	TRY(e);
	u->type = seen.type;
	u->width = seen.width;
	u->height = seen.height;
	if (seen.thumb_fd >= 0)
		TRY(keep(d, seen.thumb_fd, 0, INT64_MAX, &u->thumb, &size));
	return NULL;
}

struct err *incoming_files(struct desk *d, const struct incoming *in,
			   const struct mail *m, int files_fd,
			   struct upload **out)
{
	*out = arena_alloc(d->arena, (m->n_files + 1) * sizeof(**out));
	for (size_t i = 0; i < m->n_files; i++) {
		const struct mail_file *f = &m->files[i];
		struct upload *u = &(*out)[i];

		*u = (struct upload) {
			.public_id = secret_token(d->arena, PUBLIC_ID),
			.name = *f->name ? f->name : "file",
			.type = "application/octet-stream",
			.content_id = f->shown ? f->content_id : NULL,
		};
		TRY(keep(d, files_fd, f->at, f->size, &u->sha256, &u->size));
		TRY(look_into(d, in, u));
	}
	return NULL;
}
