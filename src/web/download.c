#include "port/blob.h"
#include "store/attachment.h"
#include "web/download.h"

static struct err *send(struct req *req, const struct upload *u,
			struct bytes sha256, const char *type, bool thumb)
{
	int64_t size;
	int fd;

	TRY(blob_get(req->desk.blobs, req->arena, sha256, &fd, &size));
	TRY(web_send_file(req, fd, size, type, u->name, thumb));
	return NULL;
}

struct err *web_download(struct req *req)
{
	struct upload u;

	TRY(store_attachment_find(req->desk.db, &req->who, web_part(req, 0), &u));
	TRY(send(req, &u, u.sha256, u.type, false));
	return NULL;
}

struct err *web_download_thumb(struct req *req)
{
	struct upload u;

	TRY(store_attachment_find(req->desk.db, &req->who, web_part(req, 0), &u));
	if (!u.thumb.at)
		return FAIL(req->arena, ERR_NOT_FOUND, "no thumbnail");
	TRY(send(req, &u, u.thumb, "image/jpeg", true));
	return NULL;
}
