#include "port/db.h"
#include "store/attachment.h"
#include "store/message.h"
#include "store/ticket.h"

static const struct field upload_fields[] = {
	FIELD(upload, public_id),
	FIELD(upload, name),
	FIELD(upload, type),
	FIELD(upload, size),
	FIELD(upload, sha256),
	FIELD(upload, thumb),
	FIELD(upload, width),
	FIELD(upload, height),
	FIELD(upload, message_id),
	FIELD(upload, content_id),
};
const struct shape upload_shape = SHAPE(upload, upload_fields);

static const struct field blob_row_fields[] = { FIELD(blob_row, sha256) };
const struct shape blob_row_shape = SHAPE(blob_row, blob_row_fields);

/* The bytes of a file and of its thumbnail are known, or known again. */
static struct err *add_blobs(struct db *db, const struct upload *u)
{
	struct sql q;

	sql_init(&q, db_arena(db));
	sql_add(&q, "INSERT INTO as_blob (sha256, size, created_at)"
		    " VALUES (?, ?, NOW(6))", ARGS(u->sha256, u->size));
	if (u->thumb.at)
		sql_add(&q, ", (?, 0, NOW(6))", ARGS(u->thumb));
	sql_add(&q, " ON DUPLICATE KEY UPDATE created_at = NOW(6)", NO_ARGS);
	TRY(db_run_of(db, &q, NULL));
	return NULL;
}

struct err *store_upload_add(struct db *db, struct bytes holder,
			     const struct upload *u)
{
	TRY(add_blobs(db, u));
	TRY(db_run(db, "INSERT INTO as_upload (public_id, holder, name, type, size,"
		       " sha256, thumb, width, height, created_at)"
		       " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NOW(6))",
		   NULL, ARGS(u->public_id, holder, u->name, u->type, u->size,
			      u->sha256, u->thumb, u->width, u->height)));
	return NULL;
}

struct err *store_attachment_add(struct db *db, const struct upload *u)
{
	TRY(add_blobs(db, u));
	TRY(db_run(db, "INSERT INTO as_attachment (public_id, message_id, name, type,"
		       " size, sha256, thumb, width, height, content_id)"
		       " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		   NULL, ARGS(u->public_id, u->message_id, u->name, u->type, u->size,
			      u->sha256, u->thumb, u->width, u->height,
			      u->content_id)));
	return NULL;
}

/* " AND public_id IN (?, ?, …)": each mark has its own literal. */
static void among(struct sql *q, const char *const *ids, size_t n)
{
	sql_add(q, " AND public_id IN ('-'", NO_ARGS);
	for (size_t i = 0; i < n && i < UPLOADS_MOST; i++)
		sql_add(q, ", ?", ARGS(ids[i]));
	sql_add(q, ")", NO_ARGS);
}

struct err *store_upload_list(struct db *db, struct bytes holder,
			      const char *const *ids, size_t n,
			      struct rows *out)
{
	struct sql q;

	out->n = 0;
	if (!n)
		return NULL;
	sql_init(&q, db_arena(db));
	sql_add(&q, "SELECT public_id, name, type, size, sha256, thumb, width, height"
		    " FROM as_upload WHERE holder = ? AND guest_hash IS NULL",
		ARGS(holder));
	among(&q, ids, n);
	sql_add(&q, " ORDER BY created_at, public_id LIMIT 20", NO_ARGS);
	TRY(db_rows_of(db, &q, &upload_shape, out));
	return NULL;
}

struct err *store_upload_drop(struct db *db, struct bytes holder, const char *id)
{
	TRY(db_run(db, "DELETE FROM as_upload WHERE holder = ? AND public_id = ?",
		   NULL, ARGS(holder, id)));
	return NULL;
}

struct err *store_upload_find(struct db *db, struct bytes holder, const char *id,
			      struct upload *out)
{
	TRY(db_row(db, "SELECT public_id, name, type, size, sha256, thumb, width,"
		       " height FROM as_upload WHERE holder = ? AND public_id = ?",
		   &upload_shape, out, ARGS(holder, id)));
	return NULL;
}

struct err *store_upload_keep(struct db *db, struct bytes holder,
			      const char *const *ids, size_t n,
			      struct bytes guest_hash)
{
	struct sql q;

	if (!n)
		return NULL;
	sql_init(&q, db_arena(db));
	sql_add(&q, "UPDATE as_upload SET guest_hash = ? WHERE holder = ?"
		    " AND guest_hash IS NULL", ARGS(guest_hash, holder));
	among(&q, ids, n);
	TRY(db_run_of(db, &q, NULL));
	return NULL;
}

struct err *store_attachment_claim(struct db *db, struct bytes holder,
				   const char *const *ids, size_t n_ids,
				   int64_t message_id, int64_t *n)
{
	struct sql q;

	*n = 0;
	if (!n_ids)
		return NULL;
	sql_init(&q, db_arena(db));
	sql_add(&q, "INSERT INTO as_attachment (public_id, message_id, name, type,"
		    " size, sha256, thumb, width, height) SELECT public_id, ?, name,"
		    " type, size, sha256, thumb, width, height FROM as_upload"
		    " WHERE holder = ? AND guest_hash IS NULL",
		ARGS(message_id, holder));
	among(&q, ids, n_ids);
	sql_add(&q, " ORDER BY created_at, public_id", NO_ARGS);
	TRY(db_run_of(db, &q, n));
	sql_init(&q, db_arena(db));
	sql_add(&q, "DELETE FROM as_upload WHERE holder = ? AND guest_hash IS NULL",
		ARGS(holder));
	among(&q, ids, n_ids);
	TRY(db_run_of(db, &q, NULL));
	return NULL;
}

struct err *store_attachment_claim_guest(struct db *db, struct bytes guest_hash,
					 int64_t message_id, int64_t *n)
{
	TRY(db_run(db, "INSERT INTO as_attachment (public_id, message_id, name, type,"
		       " size, sha256, thumb, width, height) SELECT public_id, ?,"
		       " name, type, size, sha256, thumb, width, height"
		       " FROM as_upload WHERE guest_hash = ?"
		       " ORDER BY created_at, public_id",
		   n, ARGS(message_id, guest_hash)));
	TRY(db_run(db, "DELETE FROM as_upload WHERE guest_hash = ?",
		   NULL, ARGS(guest_hash)));
	return NULL;
}

#define SELECT_FILE							\
	"SELECT f.public_id, f.name, f.type, f.size, f.sha256, f.thumb,"	\
	" f.width, f.height, f.message_id, f.content_id"
#define ATTACHMENT SELECT_FILE						\
	" FROM as_attachment f JOIN as_message m ON m.id = f.message_id"

struct err *store_attachment_list(struct db *db, const struct actor *who,
				  int64_t ticket_id, int64_t first, int64_t last,
				  struct rows *out)
{
	struct sql q;

	sql_init(&q, db_arena(db));
	sql_add(&q, ATTACHMENT " WHERE m.ticket_id = ? AND m.id BETWEEN ? AND ?"
		    " AND m.files > 0", ARGS(ticket_id, first, last));
	message_only_visible(&q, who);
	sql_add(&q, " ORDER BY f.message_id, f.id LIMIT 500", NO_ARGS);
	TRY(db_rows_of(db, &q, &upload_shape, out));
	return NULL;
}

struct err *store_attachment_list_of_order(struct db *db, const struct actor *who,
					   const char *order_key, int64_t first,
					   int64_t last, struct rows *out)
{
	struct sql q;

	sql_init(&q, db_arena(db));
	sql_add(&q, SELECT_FILE " FROM ", NO_ARGS);
	ticket_newest_of_order(&q, who, order_key);
	sql_add(&q, " STRAIGHT_JOIN as_message m FORCE INDEX (PRIMARY)"
		    " ON m.ticket_id = t.id AND m.id BETWEEN ? AND ? AND m.files > 0"
		    " STRAIGHT_JOIN as_attachment f ON f.message_id = m.id"
		    " WHERE TRUE", ARGS(first, last));
	message_only_visible(&q, who);
	sql_add(&q, " ORDER BY f.message_id, f.id LIMIT 500", NO_ARGS);
	TRY(db_rows_of(db, &q, &upload_shape, out));
	return NULL;
}

struct err *store_attachment_find(struct db *db, const struct actor *who,
				  const char *public_id, struct upload *out)
{
	struct sql q;

	sql_init(&q, db_arena(db));
	sql_add(&q, ATTACHMENT " JOIN as_ticket t ON t.id = m.ticket_id"
		    " WHERE f.public_id = ? AND t.shop_id = ?",
		ARGS(public_id, who->shop));
	message_only_theirs(&q, who);
	TRY(db_row_of(db, &q, &upload_shape, out));
	return NULL;
}

struct err *store_attachment_shown(struct db *db, const struct actor *who,
				   int64_t message_id, struct rows *out)
{
	struct sql q;

	sql_init(&q, db_arena(db));
	sql_add(&q, ATTACHMENT " JOIN as_ticket t ON t.id = m.ticket_id"
		    " WHERE f.message_id = ? AND f.content_id IS NOT NULL"
		    " AND f.thumb IS NOT NULL AND t.shop_id = ?",
		ARGS(message_id, who->shop));
	message_only_theirs(&q, who);
	sql_add(&q, " ORDER BY f.id LIMIT 100", NO_ARGS);
	TRY(db_rows_of(db, &q, &upload_shape, out));
	return NULL;
}

struct err *store_upload_reap(struct db *db)
{
	TRY(db_run(db, "DELETE FROM as_upload WHERE guest_hash IS NULL"
		       " AND created_at < NOW(6) - INTERVAL 1 DAY"
		       " ORDER BY created_at LIMIT 1000", NULL, NO_ARGS));
	TRY(db_run(db, "DELETE FROM as_upload WHERE guest_hash IS NOT NULL"
		       " AND created_at < NOW(6) - INTERVAL 8 DAY"
		       " ORDER BY created_at LIMIT 1000", NULL, NO_ARGS));
	return NULL;
}

#define NOBODY_USES_IT							\
	" AND NOT EXISTS (SELECT 1 FROM as_attachment f WHERE f.sha256 = b.sha256)" \
	" AND NOT EXISTS (SELECT 1 FROM as_attachment f WHERE f.thumb = b.sha256)" \
	" AND NOT EXISTS (SELECT 1 FROM as_upload u WHERE u.sha256 = b.sha256"	\
	" OR u.thumb = b.sha256)"						\
	" AND NOT EXISTS (SELECT 1 FROM as_mail l WHERE l.sha256 = b.sha256)"

struct err *store_blob_unused(struct db *db, struct rows *out)
{
	TRY(db_rows(db, "SELECT b.sha256 FROM as_blob b FORCE INDEX (by_age)"
			" WHERE b.created_at BETWEEN NOW(6) - INTERVAL 10 DAY"
			" AND NOW(6) - INTERVAL 1 DAY" NOBODY_USES_IT
			" ORDER BY b.created_at LIMIT 500",
		    &blob_row_shape, out, NO_ARGS));
	return NULL;
}

struct err *store_blob_forget(struct db *db, struct bytes sha256, bool *gone)
{
	int64_t changed;

	TRY(db_run(db, "DELETE b FROM as_blob b WHERE b.sha256 = ?"
		       " AND b.created_at < NOW(6) - INTERVAL 1 DAY" NOBODY_USES_IT,
		   &changed, ARGS(sha256)));
	*gone = changed > 0;
	return NULL;
}

struct err *store_blob_sample(struct db *db, struct rows *out)
{
	TRY(db_rows(db, "SELECT sha256 FROM as_blob ORDER BY created_at DESC"
			" LIMIT 10000", &blob_row_shape, out, NO_ARGS));
	return NULL;
}

struct err *store_blob_known(struct db *db, struct bytes sha256, bool *known)
{
	struct blob_row row;

	TRY(db_find(db, "SELECT sha256 FROM as_blob WHERE sha256 = ?",
		    &blob_row_shape, &row, known, ARGS(sha256)));
	return NULL;
}
