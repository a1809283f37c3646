/* From the spool into the database. */
#include <unistd.h>

#include "incoming.h"
#include "mailroom/envelope.h"
#include "mailroom/take.h"
#include "port/blob.h"
#include "port/spool.h"

enum { TAKE_SHOP = 57 };

static void put(struct spool *s, struct arena *a, const char *raw)
{
	struct envelope e = { .way = MAIL_BY_PIPE, .size = (int64_t) strlen(raw) };
	struct spool_put *p;

	CHECK_OK(spool_put_begin(s, a, &p));
	CHECK_OK(spool_put_add(p, raw, strlen(raw)));
	CHECK_OK(spool_put_end(p, envelope_line(a, &e)));
}

/* As one that another user of the machine wrote, and that we may not open. */
TEST(a_file_that_cannot_be_read_stops_no_other)
{
	char folder[] = "/tmp/as-take.XXXXXX";
	struct house h = house_enter();
	struct taking t = { .shop = TAKE_SHOP, .db = h.db };
	struct spool_tally left;
	int taken;

	CHECK(mkdtemp(folder));
	CHECK_OK(blob_open(h.arena, arena_join(h.arena, folder, "/blobs"), &t.blobs));
	CHECK_OK(spool_open(h.arena, arena_join(h.arena, folder, "/mail"), &t.spool));
	CHECK(!symlink("nowhere", arena_join(h.arena, folder, "/mail/new/0")));
	CHECK_ERR(take_some(&t, h.arena, &taken), ERR_UPSTREAM);
	put(t.spool, h.arena, "From: a@example.com\n\nbehind it\n");
	CHECK_OK(take_some(&t, h.arena, &taken));
	CHECK_INT(taken, 1);
	CHECK_OK(spool_count(h.arena, arena_join(h.arena, folder, "/mail"), &left));
	CHECK_INT(left.waiting, 1);		/* nothing was thrown away */
	forget_folder(folder);
}
