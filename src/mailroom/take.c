#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/fail.h"
#include "base/log.h"
#include "mailroom/envelope.h"
#include "mailroom/take.h"
#include "port/blob.h"
#include "port/db.h"
#include "port/spool.h"
#include "store/mail.h"

enum { BATCH = 20, BLOCK = 64 << 10 };

struct one {
	struct spool_letter letter;
	struct mail_row row;
};

/* For a person: `aftersale doctor` lists it, and moving it back to new/ is
 * the way to try it again. */
static struct err *set_aside(struct taking *t, struct arena *a,
			     const char *name, const char *why)
{
	log_line("spool: %s goes to bad/: %s", name, why);
	TRY(spool_set_aside(t->spool, a, name));
	return NULL;
}

static struct err *store_bytes(struct taking *t, struct arena *a, int fd,
			       struct mail_row *m)
{
	char *block = arena_alloc(a, BLOCK);
	struct blob_put *put;
	ssize_t got;

	TRY(blob_put_begin(t->blobs, a, &put));
	while ((got = read(fd, block, BLOCK)) > 0)
		TRY(blob_put_add(put, block, (size_t) got));
	if (got < 0)
		return FAIL(a, ERR_UPSTREAM, "spool: %s", strerror(errno));
	TRY(blob_put_end(put, &m->sha256, &m->size));
	return NULL;
}

/* Why it is no letter of ours; NULL: it is one. */
static const char *complaint(struct arena *a, const struct spool_letter *l,
			     struct envelope *e)
{
	struct err *err;

	if (!l->head)
		return "it has no first line";
	err = envelope_of_line(a, l->head, e);
	if (err)
		return err->text;
	return e->size == l->size ? NULL : "it is not as long as it says";
}

/* *good is false when there is nothing to store: gone, held, or set aside. */
static struct err *open_one(struct taking *t, struct arena *a, const char *name,
			    struct one *out, bool *good, int *taken)
{
	struct envelope e;
	const char *wrong;

	TRY(spool_take(t->spool, a, name, &out->letter, good));
	if (!*good)
		return NULL;
	wrong = complaint(a, &out->letter, &e);
	if (wrong) {
		*good = false;
		(*taken)++;
		TRY(set_aside(t, a, name, wrong));
		return NULL;
	}
	out->row = (struct mail_row) {
		.shop_id = t->shop, .way = e.way, .mailbox_id = e.mailbox_id,
		.envelope_from = e.from, .envelope_to = e.to,
		.full_size = e.full_size,
	};
	TRY(store_bytes(t, a, out->letter.fd, &out->row));
	return NULL;
}

static struct err *write_rows(struct taking *t, struct one *all, size_t n)
{
	TRY(db_begin(t->db));
	for (size_t i = 0; i < n; i++)
		TRY(store_mail_add(t->db, &all[i].row));
	FAIL_POINT("mail_rows_written");
	TRY(db_commit(t->db));
	FAIL_POINT("mail_rows_committed");
	return NULL;
}

static struct err *drop_all(struct taking *t, struct arena *a,
			    const struct one *all, size_t n)
{
	for (size_t i = 0; i < n; i++)
		TRY(spool_drop(t->spool, a, all[i].letter.name));
	return NULL;
}

/* Is it this letter's own failure, and not one of disk or database? */
static bool is_its_own(const struct err *e)
{
	return e->kind != ERR_UPSTREAM && e->kind != ERR_FULL &&
	       e->kind != ERR_RETRY && e->kind != ERR_TOO_MANY;
}

/* Together they failed: one by one, so that the one to blame is found. */
static struct err *write_each(struct taking *t, struct arena *a,
			      struct one *all, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct err *e;

		db_rollback(t->db);
		e = write_rows(t, &all[i], 1);
		if (e && !is_its_own(e))
			return err_passed(e, __func__);
		if (e)
			TRY(set_aside(t, a, all[i].letter.name, e->text));
		else
			TRY(drop_all(t, a, &all[i], 1));
	}
	return NULL;
}

/* What can be stored of the next few. A file that cannot be read stays where
 * it is and stops nobody; *why tells of it. */
static struct err *open_some(struct taking *t, struct arena *a, struct one *all,
			     size_t *n, int *taken, struct err **why)
{
	struct rows names;

	TRY(spool_list(t->spool, a, BATCH, &names));
	for (size_t i = 0; i < names.n; i++) {
		bool good = false;
		struct err *e = open_one(t, a, ((const char **) names.at)[i],
					 &all[*n], &good, taken);

		if (e && e->kind == ERR_FULL)
			return err_passed(e, __func__);
		if (e)
			*why = e;
		else
			*n += good;
	}
	return NULL;
}

struct err *take_some(struct taking *t, struct arena *a, int *taken)
{
	struct one *all = arena_alloc(a, BATCH * sizeof(*all));
	struct err *why = NULL, *e;
	size_t n = 0;

	*taken = 0;
	TRY(open_some(t, a, all, &n, taken, &why));
	if (!n)
		return why && !*taken ? err_passed(why, __func__) : NULL;
	e = write_rows(t, all, n);
	if (e && is_its_own(e))
		TRY(write_each(t, a, all, n));
	else if (e)
		return err_passed(e, __func__);
	else
		TRY(drop_all(t, a, all, n));
	*taken += (int) n;
	return NULL;
}
