#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/fail.h"
#include "base/locale.h"
#include "base/words.h"
#include "port/blob.h"
#include "port/db.h"
#include "port/inspect.h"
#include "port/secret.h"
#include "port/view.h"
#include "web/form.h"
#include "web/guard.h"
#include "web/house.h"
#include "web/record.h"
#include "web/session.h"
#include "web/upload.h"

enum { PIECE = 65536, HOUR_S = 3600, STRANGERS_MOST = 40 };

static struct err *begin(void *what, const char *name, void **kept)
{
	struct req *req = what;
	struct web_file *f = NEW(req->arena, struct web_file);

	(void) name;
	f->req = req;
	if (req->route && req->route->takes_files)
		TRY(blob_put_begin(req->house->blobs, req->arena, &f->put));
	*kept = f;
	return NULL;
}

static struct err *add(void *kept, const void *at, size_t n)
{
	struct web_file *f = kept;

	if (f->put)
		TRY(blob_put_add(f->put, at, n));
	return NULL;
}

static struct err *end(void *kept, int64_t size, bool too_large)
{
	struct web_file *f = kept;

	f->too_large = too_large;
	f->size = size;
	return NULL;
}

/* A page that runs again finds it kept. */
struct err *upload_keep(struct web_file *f)
{
	if (f->sha256.at)
		return NULL;
	TRY(blob_put_end(f->put, &f->sha256, &f->size));
	record_file(f->req->house->record, f->size);
	return NULL;
}

struct multipart_sink upload_sink(struct req *req)
{
	return (struct multipart_sink) {
		.what = req, .begin = begin, .add = add, .end = end,
	};
}

static const char *refusal(struct req *req, const struct multipart_file *file,
			   const struct web_file *f)
{
	const char *limit = locale_size(req->arena, &req->reader,
					req->house->file_bytes);

	if (f->too_large)
		return words_say(req->arena, _("{1} is too large. Files can be up to {2}"),
				 file->name, limit, NULL);
	if (!f->size)
		return words_say(req->arena, _("{1} is empty"), file->name, NULL, NULL);
	return NULL;
}

/* Keeps the thumbnail like any other file. */
static struct err *keep_thumb(struct req *req, int fd, struct bytes *sha256)
{
	struct blob_put *put;
	char piece[PIECE];
	int64_t size;
	ssize_t n;

	TRY(blob_put_begin(req->house->blobs, req->arena, &put));
	while ((n = read(fd, piece, sizeof(piece))) > 0)
		TRY(blob_put_add(put, piece, (size_t) n));
	TRY(blob_put_end(put, sha256, &size));
	record_file(req->house->record, size);
	return NULL;
}

/* What the file is, from its bytes; NULL in *wrong when it may be sent. */
static struct err *look_into(struct req *req, const struct multipart_file *file,
			     struct web_file *f, struct upload *u,
			     const char **wrong)
{
	struct inspection seen;
	int64_t size;
	int fd;

	TRY(upload_keep(f));
	TRY(blob_get(req->house->blobs, req->arena, f->sha256, &fd, &size));
	TRY(inspect(req->arena, req->house->inspector, fd, &seen));
	if (!inspect_allowed(seen.type, file->name)) {
		*wrong = words_say(req->arena, _("{1} can’t be sent. Choose pictures, "
				   "PDF, text, Office files or ZIP"),
				   file->name, NULL, NULL);
		return NULL;
	}
	*u = (struct upload) {
		.public_id = secret_token(req->arena, 16),
		.name = *file->name ? file->name : "file", .type = seen.type,
		.size = f->size, .sha256 = f->sha256,
		.width = seen.width, .height = seen.height,
	};
	if (seen.thumb_fd >= 0)
		TRY(keep_thumb(req, seen.thumb_fd, &u->thumb));
	return NULL;
}

/* One file of the post becomes an upload, or a complaint. */
static struct err *take(struct req *req, const struct multipart_file *file,
			struct upload *u, const char **wrong)
{
	struct web_file *f = file->kept;

	*wrong = refusal(req, file, f);
	if (*wrong)
		return NULL;
	TRY(look_into(req, file, f, u, wrong));
	if (!*wrong)
		TRY(store_upload_add(req->desk.db, req->holder, u));
	FAIL_POINT("after_upload_row");
	return NULL;
}

/* Anybody may bring files to the guests' form: so many times an hour. */
static struct err *limit_strangers(struct req *req, const char **wrong)
{
	struct err *e;

	*wrong = NULL;
	if (req->who.kind != ACTOR_NOBODY)
		return NULL;
	e = guard_try(req, arena_printf(req->arena, "upload:%s", guard_network(req)),
		      STRANGERS_MOST, HOUR_S);
	if (!e || e->kind != ERR_TOO_MANY)
		return e ? err_passed(e, __func__) : NULL;
	*wrong = _("Many files came from here. Try again in an hour");
	return NULL;
}

/* An input without a choice sends one nameless, empty file. */
static bool is_nothing(const struct multipart_file *file)
{
	return !*file->name && !file->size;
}

static bool brings_files(const struct req *req)
{
	const struct multipart_file *f = req->files;

	while (f && is_nothing(f))
		f = f->next;
	return f;
}

static bool removed(const struct req *req, const char *id)
{
	return !strcmp(form_value(req, "remove"), id);
}

struct err *upload_collect(struct req *req, struct uploads *out)
{
	const char *kept[UPLOADS_MOST], *limit = NULL;
	size_t n = form_values(req, "kept", kept, UPLOADS_MOST);
	bool too_many = false;

	*out = (struct uploads) { .n = 0 };
	for (size_t i = 0; i < n; i++)
		if (!removed(req, kept[i]))
			out->ids[out->n++] = kept[i];
	if (*form_value(req, "remove"))
		TRY(store_upload_drop(req->desk.db, req->holder,
				      form_value(req, "remove")));
	if (brings_files(req))
		TRY(limit_strangers(req, &limit));
	if (limit)
		form_complain(req, "file", limit);
	out->refused = limit != NULL;
	for (struct multipart_file *f = req->files; f && !limit; f = f->next) {
		const char *wrong;
		struct upload u;

		if (is_nothing(f))
			continue;
		if (out->n == UPLOADS_MOST || (int) out->n >= req->house->limits.files) {
			too_many = true;
			break;
		}
		TRY(take(req, f, &u, &wrong));
		if (wrong)
			form_complain(req, "file", wrong);
		else
			out->ids[out->n++] = u.public_id;
		out->refused = out->refused || wrong;
	}
	out->refused = out->refused || too_many;
	if (too_many)
		form_complain(req, "file", words_many(req->arena,
			"You can send up to {1} file",
			"You can send up to {1} files", req->house->limits.files));
	return NULL;
}

static void show_one(struct req *req, struct node *n, const struct upload *u)
{
	node_put(n, "id", u->public_id);
	node_put(n, "name", u->name);
	node_put(n, "size", locale_size(req->arena, &req->reader, u->size));
}

struct err *upload_show(struct req *req, const struct uploads *u)
{
	struct node *list = view_at(req->view, "Uploads");
	const struct upload *row;
	struct rows rows;

	TRY(store_upload_list(req->desk.db, req->holder, u->ids, u->n, &rows));
	row = rows.at;
	for (size_t i = 0; i < rows.n; i++)
		show_one(req, node_item(list), &row[i]);
	return NULL;
}

struct err *web_upload(struct req *req)
{
	struct node *n = view_at(req->view, "Upload");
	const char *wrong = _("Choose a file");
	struct upload u;

	if (req->files)
		TRY(limit_strangers(req, &wrong));
	if (req->files && !wrong)
		TRY(take(req, req->files, &u, &wrong));
	if (!wrong) {
		show_one(req, n, &u);
		return web_fragment(req, 201, "parts/upload_row.fragment.html.cs");
	}
	node_put(n, "name", req->files ? req->files->name : "");
	node_put(n, "error", wrong);
	return web_fragment(req, 422, "parts/upload_row.fragment.html.cs");
}

struct err *web_upload_thumb(struct req *req)
{
	struct upload u;
	int64_t size;
	int fd;

	TRY(store_upload_find(req->desk.db, req->holder, web_part(req, 0), &u));
	if (!u.thumb.at)
		return FAIL(req->arena, ERR_NOT_FOUND, "no thumbnail");
	TRY(blob_get(req->house->blobs, req->arena, u.thumb, &fd, &size));
	return web_send_file(req, fd, size, "image/jpeg", u.name, true);
}
