/* POP3 shows everything each time: what we have is told by name. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "mailroom/collect.h"
#include "port/db.h"
#include "port/fetch.h"

enum { FORGET_MOST = 1000, AGAIN_MOST = 100, TOGETHER = 500 };

static int by_name(const void *one, const void *other)
{
	const struct fetch_item *a = one, *b = other;

	return strcmp(a->uid, b->uid);
}

static int by_number(const void *one, const void *other)
{
	const struct fetch_item *a = one, *b = other;

	return a->number < b->number ? -1 : a->number > b->number;
}

/* The bytes of a row compared with a name. */
static int compare(struct bytes row, const char *name)
{
	size_t n = strlen(name), least = row.n < n ? row.n : n;
	int order = memcmp(row.at, name, least);

	return order ? order : row.n < n ? -1 : row.n > n;
}

/* All letters of the host beside all rows, both in the order of names. */
struct merge {
	struct collect *r;
	struct fetch_item *at;		/* of the host */
	size_t n;
	struct fetch_item *fresh, *known;
	size_t n_fresh, n_known;
	int forgotten;
};

/* Rows that the host does not list any more have no use. */
static struct err *drop_row(struct merge *m, struct bytes uid)
{
	if (m->forgotten++ < FORGET_MOST)
		TRY(store_mailbox_forget_one(m->r->c->db, m->r->m->id, uid));
	return NULL;
}

static void both_have(struct merge *m, const struct mailbox_seen *row,
		      struct fetch_item item)
{
	if (!row->refused)
		m->known[m->n_known++] = item;
	else if (row->due)
		m->fresh[m->n_fresh++] = item;
	else
		collect_refused(m->r, row->said);
}

static struct err *merge_page(struct merge *m, const struct mailbox_seen *row,
			      size_t n, size_t *at)
{
	for (size_t i = 0; i < n; i++) {
		while (*at < m->n && compare(row[i].uid, m->at[*at].uid) > 0)
			m->fresh[m->n_fresh++] = m->at[(*at)++];
		if (*at < m->n && compare(row[i].uid, m->at[*at].uid) == 0)
			both_have(m, &row[i], m->at[(*at)++]);
		else
			TRY(drop_row(m, row[i].uid));
	}
	return NULL;
}

static struct err *merge_all(struct merge *m)
{
	struct bytes after = { "", 0 };
	struct rows page;
	size_t at = 0;

	do {
		const struct mailbox_seen *row;

		TRY(store_mailbox_seen(m->r->c->db, m->r->m->id, after, &page));
		row = page.at;
		TRY(merge_page(m, row, page.n, &at));
		if (page.n)
			after = row[page.n - 1].uid;
	} while (page.n == 1000);
	while (at < m->n)
		m->fresh[m->n_fresh++] = m->at[at++];
	return NULL;
}

/* What lies there already is not ours to take. */
static struct err *pass_over(struct merge *m)
{
	struct db *db = m->r->c->db;

	for (size_t i = 0; i < m->n_fresh; i++) {
		if (i % TOGETHER == 0)
			TRY(db_begin(db));
		TRY(store_mailbox_add_seen(db, m->r->m->id, m->fresh[i].uid));
		if (i % TOGETHER == TOGETHER - 1 || i + 1 == m->n_fresh)
			TRY(db_commit(db));
	}
	m->n_fresh = 0;
	return NULL;
}

/* A connection that was cut forgets what it was told to delete. Letters that
 * were there before us stay. */
static struct err *delete_again(struct merge *m)
{
	struct collect *r = m->r;

	if (r->m->afterwards != MAILBOX_DELETE || !r->m->old_too)
		return NULL;
	for (size_t i = 0; i < m->n_known && i < AGAIN_MOST; i++)
		TRY(fetch_delete(r->fetch, r->arena, &m->known[i]));
	return NULL;
}

static struct err *collect_fresh(struct merge *m)
{
	struct collect *r = m->r;
	bool stored;

	qsort(m->fresh, m->n_fresh, sizeof(*m->fresh), by_number);
	for (size_t i = 0; i < m->n_fresh; i++) {
		if (r->got >= COLLECT_BATCH || *r->c->stop) {
			r->more = true;
			return NULL;
		}
		TRY(collect_letter(r, &m->fresh[i], m->fresh[i].uid, &stored));
		if (stored)
			TRY(store_mailbox_add_seen(r->c->db, r->m->id,
						   m->fresh[i].uid));
	}
	return NULL;
}

struct err *collect_pop3(struct collect *r)
{
	struct merge m = { .r = r };
	struct rows items;
	int64_t unused;

	TRY(fetch_list(r->fetch, r->arena, &(struct fetch_range) { 0 }, &items,
		       &unused));
	m.at = items.at;
	m.n = items.n;
	m.fresh = arena_alloc(r->arena, (m.n + 1) * sizeof(*m.fresh));
	m.known = arena_alloc(r->arena, (m.n + 1) * sizeof(*m.known));
	if (m.n)
		qsort(m.at, m.n, sizeof(*m.at), by_name);
	TRY(merge_all(&m));
	if (!r->m->begun_at && !r->m->old_too)
		TRY(pass_over(&m));
	if (!r->m->begun_at)
		TRY(store_mailbox_reached(r->c->db, r->m));
	TRY(delete_again(&m));
	TRY(collect_fresh(&m));
	return NULL;
}
