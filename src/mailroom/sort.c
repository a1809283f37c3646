#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/fail.h"
#include "base/log.h"
#include "desk/catalog.h"
#include "desk/incoming.h"
#include "desk/patience.h"
#include "mailroom/sort.h"
#include "port/blob.h"
#include "port/db.h"
#include "store/mail.h"
#include "store/setting.h"

enum { AGAIN = 3, JITTER_US = 20000 };

struct sorter {
	struct sort_conf conf;
	struct arena *own, *letter;	/* this struct; one letter's work */
	struct arena *kept;		/* the catalogue */
	struct catalog *catalog;
	/* Claimed in a round that ended early: given back with the next. */
	struct mail_row unfinished[SORT_BATCH];
	size_t n_unfinished;
};

struct sorter *sorter_new(const struct sort_conf *conf)
{
	struct arena *a = arena_new("sorter");
	struct sorter *s = NEW(a, struct sorter);

	s->conf = *conf;
	s->own = a;
	s->letter = arena_new("letter");
	return s;
}

void sorter_free(struct sorter *s)
{
	struct arena *a = s->own;

	if (s->kept)
		arena_free(s->kept);
	arena_free(s->letter);
	arena_free(a);
}

/* Settings and lists as they are now. */
static struct err *refresh(struct sorter *s)
{
	struct arena *kept;
	struct catalog *c;
	int64_t revision;
	struct err *e;

	TRY(store_setting_revision(s->conf.db, s->conf.shop, &revision));
	if (s->catalog && catalog_revision(s->catalog) == revision)
		return NULL;
	kept = arena_new("catalogue");
	e = catalog_load(kept, s->conf.db, s->conf.shop, &c);
	if (e) {
		bool made = e->kind != ERR_NOT_FOUND;

		arena_free(kept);
		return made ? err_passed(e, __func__) : NULL;
	}
	if (s->kept)
		arena_free(s->kept);
	s->kept = kept;
	s->catalog = c;
	return NULL;
}

/* Before `aftersale migrate` is done there is nobody to decide: letters wait. */
static bool is_installed(const struct sorter *s)
{
	return s->catalog && catalog_default(s->catalog, ENTRY_TYPE) &&
	       catalog_default(s->catalog, ENTRY_PRIORITY);
}

/* --- one letter ------------------------------------------------------------------ */

static struct desk desk_of(struct sorter *s)
{
	return (struct desk) {
		.arena = s->letter, .db = s->conf.db, .catalog = s->catalog,
		.blobs = s->conf.blobs, .urls = s->conf.urls,
	};
}

static struct incoming incoming_of(const struct sort_conf *c)
{
	return (struct incoming) {
		.from = c->from, .loop_id = c->loop_id,
		.authserv_id = c->authserv_id, .trusted_domains = c->trusted_domains,
		.inspector = c->inspector,
	};
}

static struct err *read_letter(struct sorter *s, const struct mail_row *row,
			       struct mail *m, int *files_fd)
{
	int64_t size;
	int fd;

	FAIL_POINT("before_read");
	TRY(blob_get(s->conf.blobs, s->letter, row->sha256, &fd, &size));
	TRY(s->conf.read(s->letter, s->conf.reader, fd, m, files_fd));
	FAIL_POINT("after_read");
	return NULL;
}

/* Who meets somebody else in the database tries again at once. */
static struct err *decide(struct sorter *s, const struct mail_row *row,
			  const struct mail *m, int files_fd)
{
	struct incoming in = incoming_of(&s->conf);
	struct desk d = desk_of(s);
	struct err *e = NULL;

	for (int i = 0; i < AGAIN; i++) {
		struct mail_row mine = *row;

		e = incoming_take(&d, &in, &mine, m, files_fd);
		if (!e || (e->kind != ERR_RETRY && e->kind != ERR_CONFLICT))
			return e;
		db_rollback(s->conf.db);
		usleep((useconds_t) (rand() % JITTER_US));
	}
	return e;
}

static struct err *work(struct sorter *s, const struct mail_row *row)
{
	struct mail m;
	int files_fd = -1;

	TRY(db_enter(s->conf.db, s->letter));
	if (row->attempts > SORT_TRIES)
		return FAIL(s->letter, ERR_BUG, "%s", row->last_error ?
			    row->last_error : "nobody came to its end");
	TRY(read_letter(s, row, &m, &files_fd));
	TRY(decide(s, row, &m, files_fd));
	return NULL;
}

/* --- what went wrong ---------------------------------------------------------------- */

/* No letter can be blamed. */
static bool is_ours(const struct err *e)
{
	return e->kind == ERR_UPSTREAM || e->kind == ERR_FULL;
}

/* Later, or, when it was tried often enough, for a person. */
static struct err *set_back(struct sorter *s, const struct mail_row *row,
			    const struct err *why)
{
	const char *error = arena_printf(s->letter, "%s (%s)", why->text, why->path);

	log_line("letter %lld: %s", (long long) row->id, error);
	TRY(db_enter(s->conf.db, s->letter));
	if (row->attempts >= SORT_TRIES)
		TRY(store_mail_set_bad(s->conf.db, row, "failed", error));
	else
		TRY(store_mail_put_off(s->conf.db, row,
				       patience_after(row->attempts), error));
	return NULL;
}

static struct err *one(struct sorter *s, const struct mail_row *row)
{
	struct err *e = work(s, row);

	/* Somebody else has decided it. */
	if (e && e->kind == ERR_NOT_FOUND && blob_exists(s->conf.blobs, row->sha256))
		e = NULL;
	if (!e || is_ours(e))
		return e;
	TRY(set_back(s, row, e));
	return NULL;
}

/* --- a round -------------------------------------------------------------------------- */

static struct err *give_back(struct sorter *s)
{
	while (s->n_unfinished) {
		TRY(store_mail_give_back(s->conf.db,
					 &s->unfinished[s->n_unfinished - 1]));
		s->n_unfinished--;
	}
	return NULL;
}

/* What outlives the round of a claimed row: enough to give it back. */
static void remember(struct sorter *s, const struct mail_row *row, size_t n)
{
	for (size_t i = 0; i < n; i++)
		s->unfinished[s->n_unfinished++] = (struct mail_row) {
			.id = row[i].id, .attempts = row[i].attempts,
		};
}

/* Nothing of it outlives the letter. */
static struct err *told(struct arena *a, const struct err *e)
{
	return err_new(a, e->kind, __func__, "%s (%s)", e->text, e->path);
}

/* All that were claimed. What fails because something is away may be one
 * letter's alone, whose bytes lie where the disk is broken: the others have
 * their turn as long as the database answers. */
static struct err *each(struct sorter *s, struct arena *a, const struct rows *rows,
			int *taken)
{
	const struct mail_row *row = rows->at;
	struct err *why = NULL, *e;

	for (size_t i = 0; i < rows->n; i++) {
		e = one(s, &row[i]);
		if (e) {
			why = told(a, e);
			remember(s, &row[i], 1);
			e = db_enter(s->conf.db, a);
			e = e ? e : refresh(s);
		} else {
			++*taken;
		}
		arena_reset(s->letter);
		if (e) {
			remember(s, &row[i + 1], rows->n - i - 1);
			break;
		}
	}
	return *taken ? NULL : why;
}

static struct err *round_of(struct sorter *s, struct arena *a, int *taken)
{
	struct rows rows;

	TRY(db_enter(s->conf.db, a));
	TRY(give_back(s));
	TRY(refresh(s));
	if (!is_installed(s))
		return NULL;
	TRY(store_mail_claim(s->conf.db, s->conf.shop, SORT_BATCH, SORT_LEASE_S,
			     &rows));
	TRY(each(s, a, &rows, taken));
	return NULL;
}

struct err *sorter_round(struct sorter *s, struct arena *a, int *taken)
{
	struct err *e;

	*taken = 0;
	e = round_of(s, a, taken);
	arena_reset(s->letter);
	return e ? err_passed(e, __func__) : NULL;
}
