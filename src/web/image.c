#include <dirent.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/words.h"
#include "desk/entry.h"
#include "port/blob.h"
#include "port/conf.h"
#include "port/inspect.h"
#include "port/view.h"
#include "web/form.h"
#include "web/house.h"
#include "web/image.h"
#include "web/look.h"
#include "web/upload.h"

enum { HEX = 64 };

struct err *web_image(struct req *req)
{
	struct bytes content;
	const char *type;

	if (strlen(web_part(req, 0)) != HEX)
		return FAIL(req->arena, ERR_NOT_FOUND, "no such picture");
	TRY(entry_image(&req->desk, web_part(req, 0), &type, &content));
	return web_send_for_ever(req, type, content);
}

static bool ends_with(const char *text, const char *end)
{
	size_t n = strlen(text), m = strlen(end);

	return n > m && !strcmp(text + n - m, end);
}

/* A plain name of a picture: no folder, nothing hidden. */
static bool is_picture_name(const char *file)
{
	return *file != '.' && strlen(file) <= 80 &&
	       strspn(file, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			    "0123456789._-") == strlen(file) &&
	       (ends_with(file, ".svg") || ends_with(file, ".png") ||
		ends_with(file, ".webp"));
}

static const char *folder(struct req *req)
{
	return arena_printf(req->arena, "%s/images",
			    conf_text(req->house->conf, "paths", "assets"));
}

bool image_is_there(struct req *req, const char *file)
{
	struct stat st;

	return is_picture_name(file) &&
	       !stat(arena_printf(req->arena, "%s/%s", folder(req), file), &st) &&
	       S_ISREG(st.st_mode);
}

/* Ours, but not the marks of the product itself. */
static bool is_offered(const char *file)
{
	return is_picture_name(file) && strncmp(file, "mark", 4) &&
	       strncmp(file, "wordmark", 8);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *) a, *(const char *const *) b);
}

/* The names in the folder, at most IMAGES_MOST, sorted. */
static size_t read_folder(struct req *req, const char **names)
{
	DIR *dir = opendir(folder(req));
	struct dirent *entry;
	size_t n = 0;

	while (dir && n < IMAGES_MOST && (entry = readdir(dir)))
		if (is_offered(entry->d_name))
			names[n++] = arena_dup(req->arena, entry->d_name);
	if (dir)
		closedir(dir);
	qsort(names, n, sizeof(*names), by_name);
	return n;
}

/* "type-question.svg" as "type question". */
static const char *spoken(struct arena *a, const char *file)
{
	char *name = arena_copy(a, file, (size_t) (strrchr(file, '.') - file));

	for (char *c = name; *c; c++)
		if (*c == '-' || *c == '_')
			*c = ' ';
	return name;
}

static void offer(struct req *req, const char *file, const char *name,
		  const char *selected)
{
	struct node *n = node_item(view_at(req->view, "Images"));

	node_put(n, "file", file);
	node_put(n, "url", look_image(req, file));
	node_put(n, "name", name);
	node_switch(n, "selected", selected && !strcmp(selected, file));
}

void image_list(struct req *req, const char *selected)
{
	const char *names[IMAGES_MOST];
	size_t n = read_folder(req, names);

	if (selected && strlen(selected) == HEX)
		offer(req, selected, _("The uploaded image"), selected);
	for (size_t i = 0; i < n; i++)
		offer(req, names[i], spoken(req->arena, names[i]), selected);
}

static struct err *read_all(struct req *req, struct bytes sha256, struct bytes *out)
{
	int64_t size;
	char *at;
	int fd;

	TRY(blob_get(req->house->blobs, req->arena, sha256, &fd, &size));
	at = arena_alloc(req->arena, IMAGE_BYTES);
	*out = (struct bytes) { .at = at };
	while (out->n < (size_t) size) {
		ssize_t n = pread(fd, at + out->n, (size_t) size - out->n, (off_t) out->n);

		if (n <= 0)
			return FAIL(req->arena, ERR_UPSTREAM, "an upload cannot be read");
		out->n += (size_t) n;
	}
	return NULL;
}

/* What it is by its bytes; whatever its name or sender says counts nothing. */
static struct err *is_small_picture(struct req *req, struct web_file *f,
				    const char **type, const char **wrong)
{
	struct inspection seen;
	int64_t size;
	int fd;

	*wrong = _("Choose a PNG or WebP image of at most 64 KB");
	if (f->too_large || !f->size || f->size > IMAGE_BYTES)
		return NULL;
	TRY(upload_keep(f));
	TRY(blob_get(req->house->blobs, req->arena, f->sha256, &fd, &size));
	TRY(inspect(req->arena, req->house->inspector, fd, &seen));
	*type = seen.type;
	if (seen.width && (!strcmp(seen.type, "image/png") ||
			   !strcmp(seen.type, "image/webp")))
		*wrong = NULL;
	return NULL;
}

static struct err *take(struct req *req, struct web_file *f, const char *field,
			const char **name)
{
	const char *type = NULL, *wrong;
	struct bytes content;

	TRY(is_small_picture(req, f, &type, &wrong));
	if (wrong) {
		form_complain(req, field, wrong);
		return NULL;
	}
	TRY(read_all(req, f->sha256, &content));
	TRY(entry_put_image(&req->desk, &req->who, type, content, name));
	return NULL;
}

/* The blob it arrived as belongs to nobody and is reaped. */
struct err *image_take(struct req *req, const char *field, const char **name)
{
	*name = NULL;
	for (struct multipart_file *f = req->files; f; f = f->next)
		if (!strcmp(f->field, field) && f->size)
			TRY(take(req, f->kept, field, name));
	return NULL;
}
