#include "port/db.h"
#include "store/mail_loop.h"

static const struct field mail_loop_fields[] = {
	FIELD(mail_loop, plain_id),
	FIELD(mail_loop, plus_id),
	FIELD(mail_loop, started_at),
	FIELD(mail_loop, age_s),
	FIELD(mail_loop, plain_sent_at),
	FIELD(mail_loop, plus_sent_at),
	FIELD(mail_loop, plain_at),
	FIELD(mail_loop, plus_at),
	FIELD(mail_loop, plain_s),
	FIELD(mail_loop, plus_s),
	FIELD(mail_loop, error),
	FIELD(mail_loop, path_told),
	FIELD(mail_loop, path_kept),
	FIELD(mail_loop, forge_told),
	FIELD(mail_loop, forged),
	FIELD(mail_loop, authserv),
	FIELD(mail_loop, spf),
	FIELD(mail_loop, dkim),
	FIELD(mail_loop, dmarc),
};
static const struct shape mail_loop_shape = SHAPE(mail_loop, mail_loop_fields);

struct err *store_mail_loop_find(struct db *db, int shop, struct mail_loop *out,
				 bool *found)
{
	TRY(db_find(db, "SELECT l.plain_id, COALESCE(l.plus_id, 0) AS plus_id,"
			" l.started_at,"
			" TIMESTAMPDIFF(SECOND, l.started_at, NOW(6)) AS age_s,"
			" a.sent_at AS plain_sent_at, b.sent_at AS plus_sent_at,"
			" l.plain_at, l.plus_at,"
			" GREATEST(COALESCE(TIMESTAMPDIFF(SECOND, a.sent_at, l.plain_at), 0), 0) AS plain_s,"
			" GREATEST(COALESCE(TIMESTAMPDIFF(SECOND, b.sent_at, l.plus_at), 0), 0) AS plus_s,"
			" IF(a.state = 'sent', b.last_error, a.last_error) AS error,"
			" l.path_kept IS NOT NULL AS path_told,"
			" COALESCE(l.path_kept, FALSE) AS path_kept,"
			" l.forged IS NOT NULL AS forge_told,"
			" COALESCE(l.forged, FALSE) AS forged,"
			" l.authserv, l.spf, l.dkim, l.dmarc FROM as_mail_loop l"
			" LEFT JOIN as_outbox a ON a.id = l.plain_id"
			" LEFT JOIN as_outbox b ON b.id = l.plus_id WHERE l.shop_id = ?",
		    &mail_loop_shape, out, found, ARGS(shop)));
	return NULL;
}

struct err *store_mail_loop_start(struct db *db, int shop, int64_t plain_id,
				  int64_t plus_id)
{
	TRY(db_run(db, "REPLACE INTO as_mail_loop (shop_id, started_at, plain_id,"
		       " plus_id) VALUES (?, NOW(6), ?, ?)",
		   NULL, ARGS(shop, plain_id, arg_id(plus_id))));
	return NULL;
}

struct err *store_mail_loop_arrived(struct db *db, int shop, bool plus,
				    const struct mail_loop *told)
{
	/* What the first one told stays: both came the same way. */
	TRY(db_run(db, "UPDATE as_mail_loop SET"
		       " plain_at = IF(?, plain_at, COALESCE(plain_at, NOW(6))),"
		       " plus_at = IF(?, COALESCE(plus_at, NOW(6)), plus_at),"
		       " path_kept = IF(?, GREATEST(COALESCE(path_kept, 0), ?), path_kept),"
		       " forged = IF(?, ?, forged),"
		       " authserv = COALESCE(authserv, LEFT(?, 200)),"
		       " spf = COALESCE(spf, LEFT(?, 20)),"
		       " dkim = COALESCE(dkim, LEFT(?, 20)),"
		       " dmarc = COALESCE(dmarc, LEFT(?, 20)) WHERE shop_id = ?",
		   NULL, ARGS(plus, plus, told->path_told, told->path_kept,
			      told->forge_told, told->forged, told->authserv, told->spf, told->dkim, told->dmarc, shop)));
	return NULL;
}
