/*
 * attachment - rows of as_blob, as_upload and as_attachment: files.
 *
 * A file is uploaded (as_upload, held by the cookie that brought it), then
 * claimed by the message it belongs to, in the message's transaction. It is
 * read through its message and ticket: whoever may not read the message gets
 * ERR_NOT_FOUND, as for an id that does not exist.
 */
#ifndef STORE_ATTACHMENT_H
#define STORE_ATTACHMENT_H

#include "base/err.h"
#include "base/shape.h"
#include "store/actor.h"

struct db;

struct upload {
	const char *public_id;		/* 128 random bits, base64url */
	const char *name, *type;	/* type from the content */
	int64_t size;
	struct bytes sha256, thumb;	/* thumb.at NULL: no picture */
	int width, height;
	int64_t message_id;		/* of an attachment */
	const char *content_id;		/* the HTML of its message shows it; NULL: a file */
};
extern const struct shape upload_shape;

enum { UPLOADS_MOST = 20 };		/* per message */

/* Writes upload and blob rows (the blob's age is renewed). */
struct err *store_upload_add(struct db *db, struct bytes holder,
			     const struct upload *u) MUST_CHECK;
/* The holder's uploads among these ids, at most UPLOADS_MOST. */
struct err *store_upload_list(struct db *db, struct bytes holder,
			      const char *const *ids, size_t n,
			      struct rows *out) MUST_CHECK;
struct err *store_upload_drop(struct db *db, struct bytes holder,
			      const char *id) MUST_CHECK;
/* One of the holder's, for its thumbnail. ERR_NOT_FOUND. */
struct err *store_upload_find(struct db *db, struct bytes holder, const char *id,
			      struct upload *out) MUST_CHECK;
/* Kept for a guest's request, whoever confirms it. */
struct err *store_upload_keep(struct db *db, struct bytes holder,
			      const char *const *ids, size_t n,
			      struct bytes guest_hash) MUST_CHECK;

/* Turns them into attachments of the message; *n is how many there were. */
struct err *store_attachment_claim(struct db *db, struct bytes holder,
				   const char *const *ids, size_t n_ids,
				   int64_t message_id, int64_t *n) MUST_CHECK;
struct err *store_attachment_claim_guest(struct db *db, struct bytes guest_hash,
					 int64_t message_id, int64_t *n) MUST_CHECK;

/* A file that came with a letter: blob rows and u, part of u->message_id. */
struct err *store_attachment_add(struct db *db, const struct upload *u) MUST_CHECK;

/* The pictures its HTML shows, for whom may read the message; at most 100. */
struct err *store_attachment_shown(struct db *db, const struct actor *who,
				   int64_t message_id, struct rows *out) MUST_CHECK;

/* The files of the messages first..last of a ticket, by message; at most 500. */
struct err *store_attachment_list(struct db *db, const struct actor *who,
				  int64_t ticket_id, int64_t first, int64_t last,
				  struct rows *out) MUST_CHECK;
struct err *store_attachment_list_of_order(struct db *db, const struct actor *who,
					   const char *order_key, int64_t first,
					   int64_t last, struct rows *out) MUST_CHECK;
struct err *store_attachment_find(struct db *db, const struct actor *who,
				  const char *public_id, struct upload *out) MUST_CHECK;

/* For the reaper: drops uploads older than a day, then lists blobs that
 * nothing uses any more, at most 500, and forgets one row each. */
struct err *store_upload_reap(struct db *db) MUST_CHECK;
struct blob_row {
	struct bytes sha256;
};
extern const struct shape blob_row_shape;
struct err *store_blob_unused(struct db *db, struct rows *out) MUST_CHECK;
struct err *store_blob_forget(struct db *db, struct bytes sha256, bool *gone) MUST_CHECK;
/* The newest, at most 10,000: for doctor. */
struct err *store_blob_sample(struct db *db, struct rows *out) MUST_CHECK;
struct err *store_blob_known(struct db *db, struct bytes sha256, bool *known) MUST_CHECK;

#endif
