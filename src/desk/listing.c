#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "desk/catalog.h"
#include "desk/desk.h"
#include "desk/listing.h"
#include "port/db.h"

struct cursor {
	int64_t value;			/* entry of the catalogue; 0: sorted by date */
	const char *at;
	int64_t id;
};

/* One of the two filters is set. `values` are the parts of the list in the
 * order shown; sorted by date there is one, 0. */
struct walk {
	struct desk *d;
	const struct actor *who;
	const struct listing *l;
	const struct ticket_filter *tickets;
	const struct posting_filter *postings;
	const struct shape *shape;
	int64_t values[CATALOG_MOST];
	size_t n_values;
	bool cut;
	char *rows;			/* limit + 1 of them */
	size_t n;
};

/* --- cursors ------------------------------------------------------------ */

static const char *cursor_text(struct arena *a, const struct cursor *c)
{
	const char *at = c->at;		/* "2026-03-05 12:00:00.123456" */

	return arena_printf(a, "%lld.%.4s%.2s%.2sT%.2s%.2s%.2s.%.6s.%lld",
			    (long long) c->value, at, at + 5, at + 8, at + 11,
			    at + 14, at + 17, at + 20, (long long) c->id);
}

/* "20260305T120000.123456" where each 0 of the pattern is a digit. */
static bool looks_like(const char *text, const char *pattern)
{
	for (; *pattern; text++, pattern++)
		if (*pattern == '0' ? !isdigit((unsigned char) *text) : *text != *pattern)
			return false;
	return true;
}

static bool read_number(const char *text, char **end, int64_t *out)
{
	if (!isdigit((unsigned char) *text))
		return false;
	errno = 0;
	*out = strtoll(text, end, 10);
	return !errno;
}

static bool read_cursor(struct arena *a, const char *text, struct cursor *out)
{
	static const char pattern[] = ".00000000T000000.000000.";
	const char *t;
	char *end;
	instant at;

	if (!read_number(text, &end, &out->value) || !looks_like(end, pattern))
		return false;
	t = end + 1;
	at = clock_parse(arena_printf(a, "%.4s-%.2s-%.2s %.2s:%.2s:%.2s.%.6s", t,
				      t + 4, t + 6, t + 9, t + 11, t + 13, t + 16));
	out->at = clock_sql(a, at);
	return at && read_number(end + sizeof(pattern) - 1, &end, &out->id) && !*end;
}

/* --- the parts of a list -------------------------------------------------- */

static const enum entry_kind kinds[] = {
	[LISTING_BY_TYPE]     = ENTRY_TYPE,
	[LISTING_BY_STATUS]   = ENTRY_STATUS,
	[LISTING_BY_PRIORITY] = ENTRY_PRIORITY,
};

/* An archived status has no part of its own: it stands where it is shown. */
static bool is_part(const struct walk *w, const struct entry *e)
{
	return w->l->sort != LISTING_BY_STATUS ||
	       catalog_status(w->d->catalog, e->id) == e;
}

static void find_parts(struct walk *w)
{
	const struct entry *e;
	size_t n;

	if (w->l->sort == LISTING_BY_DATE) {
		w->values[w->n_values++] = 0;
		return;
	}
	e = catalog_entries(w->d->catalog, kinds[w->l->sort], &n);
	for (size_t i = 0; i < n && w->n_values < CATALOG_MOST; i++) {
		const struct entry *one = &e[w->l->last_first ? n - 1 - i : i];

		if (is_part(w, one))
			w->values[w->n_values++] = one->id;
	}
}

/* Is the status one that the list can hold at all? */
static bool fits(const struct walk *w, const struct ticket_filter *f, int64_t status)
{
	enum turn turn = catalog_turn(w->d->catalog, status);

	return (!f->of_turn || turn == f->turn) && (!f->open || turn != TURN_OVER) &&
	       (!f->closed || turn == TURN_OVER);
}

/* Those statuses of the part that the list is about. */
static size_t statuses_of(const struct walk *w, int64_t part,
			  const int64_t *wanted, size_t n_wanted, int64_t *ids)
{
	int64_t all[CATALOG_MOST];
	size_t n_all = catalog_counting_as(w->d->catalog, part, all, CATALOG_MOST);
	size_t n = 0;

	for (size_t i = 0; i < n_all && n < TICKET_STATUSES; i++) {
		bool in = !n_wanted;

		for (size_t j = 0; j < n_wanted; j++)
			in = in || wanted[j] == all[i];
		if (in)
			ids[n++] = all[i];
	}
	return n;
}

static struct err *ticket_part(struct walk *w, int64_t part,
			       const struct keyset *k, struct rows *out)
{
	struct ticket_filter f = *w->tickets;
	int64_t ids[TICKET_STATUSES];

	if (w->l->sort == LISTING_BY_STATUS) {
		f.n_statuses = statuses_of(w, part, f.statuses, f.n_statuses, ids);
		f.statuses = ids;
		if (!f.n_statuses || !fits(w, &f, part))
			return NULL;
		f.of_turn = false;	/* the status says it */
	} else if (w->l->sort == LISTING_BY_TYPE) {
		if (f.type_id && f.type_id != part)
			return NULL;
		f.type_id = part;
	} else if (w->l->sort == LISTING_BY_PRIORITY) {
		if (f.priority_id && f.priority_id != part)
			return NULL;
		f.priority_id = part;
	}
	TRY(store_ticket_list(w->d->db, w->who, &f, k, out));
	return NULL;
}

static struct err *posting_part(struct walk *w, int64_t part,
				const struct keyset *k, struct rows *out)
{
	struct posting_filter f = { .from = w->postings->from,
				    .until = w->postings->until };
	int64_t ids[TICKET_STATUSES];

	if (w->l->sort == LISTING_BY_STATUS) {
		f.n_statuses = statuses_of(w, part, NULL, 0, ids);
		f.statuses = ids;
	} else if (w->l->sort == LISTING_BY_TYPE) {
		f.type_id = part;
	} else if (w->l->sort == LISTING_BY_PRIORITY) {
		f.priority_id = part;
	}
	TRY(store_message_postings(w->d->db, w->who, &f, k, out));
	return NULL;
}

static void append(struct walk *w, const struct rows *rows)
{
	size_t room = (size_t) w->l->limit + 1 - w->n;
	size_t n = rows->n < room ? rows->n : room;

	if (n)
		memcpy(w->rows + w->n * w->shape->size, rows->at, n * w->shape->size);
	w->n += n;
}

/* --- a page ----------------------------------------------------------------- */

/* The rows behind the cursor, or in front of it, nearest first; from either
 * end without one. One more than a page, if there is one. */
static struct err *collect(struct walk *w, size_t part,
			   const struct cursor *c, bool backwards)
{
	struct keyset k = { .oldest_first = w->l->oldest_first,
			    .backwards = backwards };

	w->n = 0;
	for (; part < w->n_values && w->n <= (size_t) w->l->limit;
	     part += backwards ? (size_t) -1 : 1) {
		struct rows rows = { 0 };

		k.limit = w->l->limit - (int) w->n;
		k.at = c ? c->at : NULL;
		k.id = c ? c->id : 0;
		if (w->tickets)
			TRY(ticket_part(w, w->values[part], &k, &rows));
		else
			TRY(posting_part(w, w->values[part], &k, &rows));
		w->cut = w->cut || db_cut(w->d->db);
		append(w, &rows);
		c = NULL;
	}
	return NULL;
}

static void turn_round(struct walk *w)
{
	size_t size = w->shape->size;
	char *other = arena_alloc(w->d->arena, size);

	for (size_t i = 0, j = w->n; i + 1 < j; i++) {
		j--;
		memcpy(other, w->rows + i * size, size);
		memcpy(w->rows + i * size, w->rows + j * size, size);
		memcpy(w->rows + j * size, other, size);
	}
}

static int64_t part_of(const struct walk *w, int64_t type, int64_t status,
		       int64_t priority)
{
	const struct entry *shown;

	switch (w->l->sort) {
	case LISTING_BY_TYPE:
		return type;
	case LISTING_BY_STATUS:
		shown = catalog_status(w->d->catalog, status);
		return shown ? shown->id : 0;
	case LISTING_BY_PRIORITY:
		return priority;
	default:
		return 0;
	}
}

static const char *cursor_at(const struct walk *w, size_t i)
{
	struct cursor c;

	if (w->tickets) {
		const struct ticket_row *t = (const struct ticket_row *) w->rows + i;

		c = (struct cursor) {
			.value = part_of(w, t->type_id, t->status_id, t->priority_id),
			.at = w->tickets->order == TICKETS_BY_WAIT ? t->waiting_since
								   : t->updated_at,
			.id = t->id,
		};
	} else {
		const struct message *m = (const struct message *) w->rows + i;

		c = (struct cursor) {
			.value = part_of(w, m->type_id, m->status_id, m->priority_id),
			.at = m->created_at, .id = m->id,
		};
	}
	return cursor_text(w->d->arena, &c);
}

static void finish(struct walk *w, bool from_cursor, bool backwards,
		   struct listing_page *out)
{
	bool more = w->n > (size_t) w->l->limit;

	if (more)
		w->n--;
	if (backwards)
		turn_round(w);
	out->rows = (struct rows) { .at = w->rows, .n = w->n };
	out->after = out->before = NULL;
	out->cut = w->cut;
	if (w->n && (backwards ? from_cursor : more))
		out->after = cursor_at(w, w->n - 1);
	if (w->n && (backwards ? more : from_cursor))
		out->before = cursor_at(w, 0);
}

/* The first page, or the last one. */
static struct err *from_the_end(struct walk *w, bool backwards,
				struct listing_page *out)
{
	TRY(collect(w, backwards ? w->n_values - 1 : 0, NULL, backwards));
	finish(w, false, backwards, out);
	return NULL;
}

static struct err *walk(struct walk *w, struct listing_page *out)
{
	bool backwards = !*w->l->after && *w->l->before;
	const char *text = backwards ? w->l->before : w->l->after;
	struct cursor c;
	size_t part = 0;

	w->rows = arena_alloc(w->d->arena, ((size_t) w->l->limit + 1) * w->shape->size);
	find_parts(w);
	if (*text && !read_cursor(w->d->arena, text, &c))
		return FAIL(w->d->arena, ERR_BAD_REQUEST, "no cursor: %s", text);
	while (*text && part < w->n_values && w->values[part] != c.value)
		part++;
	if (!*text || part == w->n_values) {
		TRY(from_the_end(w, false, out));
		return NULL;
	}
	TRY(collect(w, part, &c, backwards));
	if (!w->n)
		TRY(from_the_end(w, !backwards, out));
	else
		finish(w, true, backwards, out);
	return NULL;
}

struct err *listing_tickets(struct desk *d, const struct actor *who,
			    const struct ticket_filter *f,
			    const struct listing *l, struct listing_page *out)
{
	struct walk w = { .d = d, .who = who, .l = l, .tickets = f,
			  .shape = &ticket_row_shape };

	TRY(walk(&w, out));
	return NULL;
}

struct err *listing_postings(struct desk *d, const struct actor *who,
			     const struct posting_filter *f,
			     const struct listing *l, struct listing_page *out)
{
	struct walk w = { .d = d, .who = who, .l = l, .postings = f,
			  .shape = &message_shape };

	TRY(walk(&w, out));
	return NULL;
}

const char *listing_day(struct arena *a, const char *day, int later,
			const char *zone)
{
	struct wall w;

	if (!looks_like(day, "0000-00-00") || day[10] || !clock_parse(day))
		return NULL;
	w = clock_wall(clock_parse(day), "UTC");
	return clock_sql(a, clock_from_wall(w.year, w.month, w.day + later, 0, 0, zone));
}
