#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "desk/document.h"
#include "desk/indexing.h"
#include "port/db.h"
#include "store/index.h"

enum { JSON_MOST = 4 << 20 };

struct batch {
	struct db *db;
	struct arena *arena;
	int shop;
	struct rows tickets;		/* struct index_ticket */
	struct rows messages;		/* struct index_message */
	struct index_row *rows;		/* what is to be written */
	size_t n;
	struct vocabulary *words;
};

/* --- what there is to do ------------------------------------------------------ */

/* [1,2,3] of the ids `offset` bytes into each ticket. */
static const char *ids_of(struct batch *b, size_t offset)
{
	const char *t = b->tickets.at;
	struct str s;

	str_init(&s, b->arena, INDEX_TICKETS * 24);
	for (size_t i = 0; i < b->tickets.n; i++, t += sizeof(struct index_ticket))
		str_addf(&s, "%s%lld", i ? "," : "[",
			 (long long) *(const int64_t *) (t + offset));
	str_add(&s, "]");
	return s.text;
}

static void add_row(struct batch *b, int64_t ticket_id, int64_t message_id,
		    const char *words)
{
	b->rows[b->n++] = (struct index_row) {
		.ticket_id = ticket_id, .message_id = message_id, .words = words,
	};
	vocabulary_learn(b->words, words);
}

/* A subject that reads otherwise now is a new document: the full-text index
 * wants a new number for it. */
static struct err *take_subjects(struct batch *b)
{
	const struct index_ticket *t = b->tickets.at;

	for (size_t i = 0; i < b->tickets.n; i++) {
		const char *words = document_subject(b->arena, t[i].subject,
						     t[i].summary);

		if (t[i].words && !strcmp(t[i].words, words))
			continue;
		if (t[i].words)
			TRY(store_index_drop(b->db, t[i].id));
		add_row(b, t[i].id, 0, words);
	}
	return NULL;
}

static void take_messages(struct batch *b)
{
	const struct index_message *m = b->messages.at;

	for (size_t i = 0; i < b->messages.n; i++)
		add_row(b, m[i].ticket_id, m[i].id,
			document_words(b->arena, m[i].body));
}

/* When there were too many messages, the last ticket may have more of them:
 * the walk stops before it. */
static void leave_unfinished(struct batch *b)
{
	const struct index_message *m = b->messages.at;
	const struct index_ticket *t = b->tickets.at;
	size_t n = 0;

	if (b->messages.n < INDEX_MESSAGES)
		return;
	while (n < b->tickets.n && t[n].id != m[b->messages.n - 1].ticket_id)
		n++;
	b->tickets.n = n;
}

/* --- words and their counts ------------------------------------------------------ */

static void add_term(struct str *s, const struct term *t, bool gained)
{
	str_add(s, s->len ? "," : "[");
	if (gained)
		str_add(s, "[");
	str_add_json(s, t->word);
	if (gained)
		str_addf(s, ",%lld]", (long long) (t->docs - t->before));
}

/* As many terms from *at on as one statement takes, as JSON; NULL: no more.
 * `gained`: those whose count has grown, with by how much. */
static const char *terms_json(struct batch *b, size_t *at, bool gained)
{
	const struct term *t;
	struct str s;

	str_init(&s, b->arena, JSON_MOST);
	for (size_t n = 0; n < INDEX_WORDS && (t = vocabulary_at(b->words, *at)); ++*at) {
		if (gained && t->docs == t->before)
			continue;
		add_term(&s, t, gained);
		n++;
	}
	if (!s.len)
		return NULL;
	str_add(&s, "]");
	return s.text;
}

static struct err *read_counts(struct batch *b)
{
	const struct index_word *w;
	const char *json;
	struct rows rows;
	size_t at = 0;

	while ((json = terms_json(b, &at, false))) {
		TRY(store_index_words(b->db, json, &rows));
		w = rows.at;
		for (size_t i = 0; i < rows.n; i++) {
			struct term *t = vocabulary_term(b->words, w[i].word,
							 strlen(w[i].word));
			t->docs = t->before = w[i].docs;
		}
	}
	return NULL;
}

static struct err *write_counts(struct batch *b)
{
	const char *json;
	size_t at = 0;

	while ((json = terms_json(b, &at, true)))
		TRY(store_index_count(b->db, json, SEARCH_RARE));
	return NULL;
}

static struct err *write_rows(struct batch *b)
{
	TRY(read_counts(b));
	for (size_t i = 0; i < b->n; i++)
		b->rows[i].rare = document_rare(b->arena, b->words, b->rows[i].words);
	for (size_t i = 0; i < b->n; i += INDEX_ROWS)
		TRY(store_index_add(b->db, b->shop, b->rows + i,
				    b->n - i < INDEX_ROWS ? b->n - i : INDEX_ROWS));
	TRY(write_counts(b));
	return NULL;
}

/* --- marks --------------------------------------------------------------------- */

/* What all new documents of a ticket, and the name of its customer, say. */
static bool mark_ticket(const struct batch *b, const struct index_ticket *t,
			struct index_marks *out)
{
	bool any = false;

	_Static_assert((int) INDEX_MARKS == (int) DOCUMENT_MARKS, "one number each");
	*out = (struct index_marks) { .ticket_id = t->id };
	for (size_t i = 0; i < b->n; i++) {
		if (b->rows[i].ticket_id != t->id)
			continue;
		document_mark(b->rows[i].words, out->w);
		any = true;
	}
	document_mark(document_words(b->arena, t->customer_name), out->w);
	return any;
}

static struct err *write_marks(struct batch *b)
{
	struct index_marks marks[INDEX_MARKED];
	const struct index_ticket *t = b->tickets.at;
	size_t n = 0;

	for (size_t i = 0; i < b->tickets.n; i++) {
		n += mark_ticket(b, &t[i], &marks[n]);
		if (n == INDEX_MARKED || (n && i + 1 == b->tickets.n)) {
			TRY(store_index_mark(b->db, b->shop, marks, n));
			n = 0;
		}
	}
	return NULL;
}

/* --- names ----------------------------------------------------------------------- */

static bool has_word(const struct rows *known, int64_t customer_id,
		     const char *word, size_t len)
{
	const struct index_name *k = known->at;

	for (size_t i = 0; i < known->n; i++)
		if (k[i].customer_id == customer_id &&
		    !strncmp(k[i].word, word, len) && !k[i].word[len])
			return true;
	return false;
}

static bool says(const char *words, const char *word)
{
	const char *one;
	size_t len;

	while ((one = document_next(&words, &len)))
		if (!strncmp(one, word, len) && !word[len])
			return true;
	return false;
}

static struct err *write_name(struct batch *b, const struct index_ticket *t,
			      const struct rows *known)
{
	const struct index_name *k = known->at;
	const char *words = document_words(b->arena, t->customer_name);
	const char *at = words, *word;
	size_t len;

	while ((word = document_next(&at, &len)))
		if (!has_word(known, t->customer_id, word, len))
			TRY(store_index_add_name(b->db, b->shop, t->customer_id,
						 arena_copy(b->arena, word, len)));
	for (size_t i = 0; i < known->n; i++)
		if (k[i].customer_id == t->customer_id && !says(words, k[i].word))
			TRY(store_index_drop_name(b->db, b->shop, t->customer_id,
						  k[i].word));
	return NULL;
}

static struct err *write_names(struct batch *b)
{
	const struct index_ticket *t = b->tickets.at;
	struct rows known;

	if (!b->tickets.n)
		return NULL;
	TRY(store_index_names(b->db, ids_of(b, offsetof(struct index_ticket,
							customer_id)), &known));
	for (size_t i = 0; i < b->tickets.n; i++)
		TRY(write_name(b, &t[i], &known));
	return NULL;
}

/* --- a batch ---------------------------------------------------------------------- */

static struct err *take_batch(struct batch *b, const struct index_mark *after)
{
	b->words = vocabulary_new(b->arena);
	b->rows = arena_alloc(b->arena, (INDEX_TICKETS + INDEX_MESSAGES) *
					sizeof(*b->rows));
	TRY(store_index_tickets(b->db, b->shop, after, &b->tickets));
	if (!b->tickets.n)
		return NULL;
	TRY(store_index_messages(b->db, ids_of(b, offsetof(struct index_ticket, id)),
				 &b->messages));
	TRY(take_subjects(b));
	take_messages(b);
	TRY(write_rows(b));
	TRY(write_marks(b));
	TRY(write_names(b));
	return NULL;
}

static struct index_mark begin_at(const struct indexing *x,
				  const struct index_mark *mark)
{
	if (!*x->updated_at)
		return *mark;
	return (struct index_mark) { x->updated_at, x->ticket_id };
}

/* The walk goes on behind the last ticket that is finished. */
static struct err *end_batch(struct batch *b, struct indexing *x)
{
	const struct index_ticket *t = b->tickets.at;
	bool full = b->tickets.n == INDEX_TICKETS ||
		    b->messages.n == INDEX_MESSAGES;

	leave_unfinished(b);
	if (b->tickets.n) {
		t += b->tickets.n - 1;
		TRY(store_index_move(b->db, b->shop,
				     &(struct index_mark) { t->updated_at, t->id }));
		snprintf(x->updated_at, sizeof(x->updated_at), "%s", t->updated_at);
		x->ticket_id = t->id;
	}
	TRY(db_commit(b->db));
	x->more = full;
	x->documents += (int64_t) b->n;
	return NULL;
}

struct err *indexing_batch(struct db *db, struct indexing *x)
{
	struct batch b = { .db = db, .arena = db_arena(db), .shop = x->shop };
	struct index_mark mark, after;
	bool held;

	x->more = x->elsewhere = false;
	if (!*x->updated_at)
		TRY(store_index_begin(db, x->shop));
	TRY(db_begin(db));
	TRY(store_index_lock(db, x->shop, &mark, &held));
	if (!held) {
		x->elsewhere = true;
		TRY(db_commit(db));
		return NULL;
	}
	after = begin_at(x, &mark);
	TRY(take_batch(&b, &after));
	TRY(end_batch(&b, x));
	return NULL;
}
