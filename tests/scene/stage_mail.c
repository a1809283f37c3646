/* Letters from outside, as the mailroom takes and sorts them. */
#include <string.h>

#include "base/arena.h"
#include "desk/loop.h"
#include "mailroom/sort.h"
#include "port/blob.h"
#include "port/conf.h"
#include "port/db.h"
#include "port/reader.h"
#include "stage.h"
#include "store/mail.h"

enum { SHOP = 1 };

struct err *stage_letter(struct stage *s, struct bytes raw)
{
	struct mail_row row = { .shop_id = SHOP, .way = MAIL_BY_PIPE };
	struct blob_put *put;

	TRY(db_enter(s->db, s->arena));
	TRY(blob_put_begin(s->house[0].blobs, s->arena, &put));
	TRY(blob_put_add(put, raw.at, raw.n));
	TRY(blob_put_end(put, &row.sha256, &row.size));
	TRY(db_begin(s->db));
	TRY(store_mail_add(s->db, &row));
	TRY(db_commit(s->db));
	return NULL;
}

struct err *stage_sort(struct stage *s)
{
	struct sorter *sorter = sorter_new(&(struct sort_conf) {
		.shop = SHOP, .db = s->db, .blobs = s->house[0].blobs,
		.reader = conf_text(s->conf, "paths", "reader"),
		.inspector = conf_text(s->conf, "paths", "inspector"),
		.urls = &s->house[0].urls, .from = conf_text(s->conf, "mail", "from"),
		.loop_id = loop_id(s->arena, conf_text(s->conf, "web", "base_url")),
		.authserv_id = "mx.shop.example",
		.read = reader_ask,
	});
	int taken;
	struct err *e = sorter_round(sorter, s->arena, &taken);

	sorter_free(sorter);
	if (e)
		return err_passed(e, __func__);
	return NULL;
}
