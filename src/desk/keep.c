#include <stdlib.h>
#include <string.h>

#include "desk/keep.h"
#include "desk/setting.h"
#include "port/blob.h"
#include "port/db.h"
#include "store/attachment.h"
#include "store/count.h"
#include "store/mail.h"
#include "store/setting.h"
#include "store/session.h"

enum { AN_HOUR = 3600, MAIL_BATCH = 1000 };

struct err *keep_counts(struct db *db)
{
	int64_t folded;

	do
		TRY(store_count_fold(db, &folded));
	while (folded >= 10000);
	return NULL;
}

struct err *keep_sessions(struct db *db)
{
	TRY(store_session_reap(db));
	return NULL;
}

/* The settings alone say how long. */
static struct err *days_of(struct db *db, int shop, long *days)
{
	const struct setting_row *row;
	const char *value = setting_named("mail_keep_days")->fallback;
	struct rows rows;

	TRY(store_setting_all(db, shop, &rows));
	row = rows.at;
	for (size_t i = 0; i < rows.n; i++)
		if (!strcmp(row[i].name, "mail_keep_days"))
			value = row[i].value;
	*days = strtol(value, NULL, 10);
	return NULL;
}

struct err *keep_mail(struct db *db, int shop)
{
	int64_t gone = 0;
	long days = 0;

	TRY(days_of(db, shop, &days));
	do {
		TRY(db_begin(db));
		TRY(store_mail_reap(db, shop, days, &gone));
		TRY(db_commit(db));
	} while (gone >= MAIL_BATCH);
	return NULL;
}

struct reaping {
	struct db *db;
	struct arena *arena;
	struct blob_store *blobs;
};

/* A file without a row: its upload died between disk and database. */
static struct err *drop_stray(void *what, struct bytes sha256)
{
	struct reaping *r = what;
	bool known;

	TRY(store_blob_known(r->db, sha256, &known));
	if (!known)
		TRY(blob_drop(r->blobs, r->arena, sha256));
	return NULL;
}

struct err *keep_files(struct db *db, struct arena *a, struct blob_store *blobs)
{
	struct reaping r = { db, a, blobs };
	const struct blob_row *row;
	struct rows unused;
	bool gone;

	TRY(store_upload_reap(db));
	TRY(store_blob_unused(db, &unused));
	row = unused.at;
	for (size_t i = 0; i < unused.n; i++) {
		/* The row goes first: a file without one is dropped later, a
		 * row without a file would be an attachment lost. */
		TRY(store_blob_forget(db, row[i].sha256, &gone));
		if (gone)
			TRY(blob_drop(blobs, a, row[i].sha256));
	}
	TRY(blob_sweep(blobs, a));
	TRY(blob_walk(blobs, a, AN_HOUR, drop_stray, &r));
	return NULL;
}
