/*
 * upload - files on their way: kept as they arrive, listed in the form again.
 */
#ifndef WEB_UPLOAD_H
#define WEB_UPLOAD_H

#include "store/attachment.h"
#include "web/req.h"

/* What stands behind req->files[].kept. */
struct web_file {
	struct req *req;
	struct blob_put *put;
	struct bytes sha256;		/* once it is kept */
	int64_t size;
	bool too_large;
};

/* Where port/multipart puts the files of a post, or what ignores them. */
struct multipart_sink upload_sink(struct req *req);

/* On disk for good. What no page keeps is gone with its request, so nobody
 * fills the disk who may not send files here. */
struct err *upload_keep(struct web_file *f) MUST_CHECK;

/* The uploads of a form: those kept from before (`kept`), minus the removed
 * one (`remove`), plus the files that came with it. What is refused is told
 * through form_complain("file"). *ids are those to claim. */
struct uploads {
	const char *ids[UPLOADS_MOST];
	size_t n;
	bool refused;			/* one of those that came */
};
struct err *upload_collect(struct req *req, struct uploads *out) MUST_CHECK;

/* Uploads.N of the message form. */
struct err *upload_show(struct req *req, const struct uploads *u) MUST_CHECK;

/* The page POST /upload: one file, answered with its row. */
page_fn web_upload;
/* GET /upload/:id: its thumbnail. */
page_fn web_upload_thumb;

#endif
