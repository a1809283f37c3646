#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "visits.h"

enum { HASH = 32, TOKEN = 22 };

/* The bytes of the file, and how far they are read. */
struct source {
	struct arena *arena;
	const unsigned char *at;
	size_t n, pos;
	bool broken;
};

/* --- reading ------------------------------------------------------------------ */

static const unsigned char *take(struct source *s, size_t n)
{
	const unsigned char *at = s->at + s->pos;

	if (n > s->n - s->pos) {
		s->broken = true;
		return NULL;
	}
	s->pos += n;
	return at;
}

static uint64_t number(struct source *s, size_t bytes)
{
	const unsigned char *at = take(s, bytes);
	uint64_t n = 0;

	for (size_t i = 0; at && i < bytes; i++)
		n |= (uint64_t) at[i] << (8 * i);
	return n;
}

static const char *text(struct source *s, size_t *n)
{
	const unsigned char *at;

	*n = number(s, 4);
	at = take(s, *n);
	return at ? arena_copy(s->arena, (const char *) at, *n) : "";
}

static size_t count(struct source *s)
{
	size_t n = number(s, 4);

	s->broken = s->broken || n > s->n;
	return s->broken ? 0 : n;
}

static void read_value(struct source *s, struct value *v)
{
	*v = (struct value) { .kind = (char) number(s, 1), .fresh = -1, .made = -1 };
	if (v->kind == 'i')
		v->number = (int64_t) number(s, 8);
	else if (v->kind != 'n')
		v->at = text(s, &v->n);
}

static int known_sql(struct visits *all, bool shop, const char *sql)
{
	for (int i = 0; i < all->n_sql; i++)
		if (all->sql[i].shop == shop && !strcmp(all->sql[i].text, sql))
			return i;
	if (all->n_sql == SQL_MOST)
		return -1;
	all->sql[all->n_sql] = (struct sql_text) { shop, sql };
	return all->n_sql++;
}

/* --- what is new each time ------------------------------------------------------ */

static bool same(const struct value *a, const struct value *b)
{
	return a->kind == b->kind && a->n == b->n && a->n && !memcmp(a->at, b->at, a->n);
}

/* A token, or what a mail's id begins with: "t7.<token>.<seal>". */
static bool has_token(const struct value *v)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklm"
				      "nopqrstuvwxyz0123456789-_";
	size_t at = 0, n;
	bool found = false;

	for (; at < v->n; at += n + 1) {
		n = strspn(v->at + at, letters);
		found = found || n == TOKEN;
		if (at + n < v->n && v->at[at + n] != '.')
			return false;
	}
	return found;
}

static bool looks_unique(const struct value *v)
{
	if (v->kind == 'b')
		return v->n == HASH;
	return v->kind == 't' && (has_token(v) ||
		(v->n > TOKEN && v->at[0] == '<' && memchr(v->at, '@', v->n)));
}

static bool found_before(const struct visit *v, size_t steps, const struct value *it)
{
	for (size_t i = 0; i < steps; i++)
		for (size_t j = 0; v->steps[i].rows > 0 && j < v->steps[i].n; j++)
			if (same(&v->steps[i].values[j], it))
				return true;
	return false;
}

static void draw_anew(struct visit *v, const struct value *it)
{
	for (size_t i = 0; i < v->n_steps; i++)
		for (size_t j = 0; j < v->steps[i].n; j++)
			if (same(&v->steps[i].values[j], it))
				v->steps[i].values[j].fresh = v->n_fresh;
	v->n_fresh++;
}

static void find_fresh(const struct visits *all, struct visit *v)
{
	for (size_t i = 0; i < v->n_steps; i++) {
		const struct step *s = &v->steps[i];

		if (strncmp(all->sql[s->sql].text, "INSERT", 6))
			continue;
		for (size_t j = 0; j < s->n && v->n_fresh < SLOTS_MOST; j++)
			if (s->values[j].fresh < 0 && looks_unique(&s->values[j]) &&
			    !found_before(v, i, &s->values[j]))
				draw_anew(v, &s->values[j]);
	}
}

/* The step made the row `id`: later steps speak of their own one. */
static void follow_id(struct visit *v, size_t step, int64_t id)
{
	if (!id || v->n_made == SLOTS_MOST)
		return;
	v->steps[step].makes = v->n_made;
	for (size_t i = step + 1; i < v->n_steps; i++)
		for (size_t j = 0; j < v->steps[i].n; j++)
			if (v->steps[i].values[j].kind == 'i' &&
			    v->steps[i].values[j].number == id)
				v->steps[i].values[j].made = v->n_made;
	v->n_made++;
}

/* --- records ------------------------------------------------------------------- */

static int64_t read_step(struct source *s, struct visits *all, struct step *step)
{
	bool shop = number(s, 1) == 's';
	size_t n;
	int64_t id;

	step->rows = (int64_t) number(s, 8);
	id = (int64_t) number(s, 8);
	step->makes = -1;
	step->sql = known_sql(all, shop, text(s, &n));
	step->n = count(s);
	s->broken = s->broken || step->sql < 0;
	step->values = arena_alloc(s->arena, (step->n + 1) * sizeof(struct value));
	for (size_t i = 0; i < step->n && !s->broken; i++)
		read_value(s, &step->values[i]);
	return id;
}

static void read_steps(struct source *s, struct visits *all, struct visit *v)
{
	int64_t *ids;

	v->n_steps = count(s);
	ids = arena_alloc(s->arena, (v->n_steps + 1) * sizeof(*ids));
	v->steps = arena_alloc(s->arena, (v->n_steps + 1) * sizeof(struct step));
	for (size_t i = 0; i < v->n_steps && !s->broken; i++)
		ids[i] = read_step(s, all, &v->steps[i]);
	if (s->broken)
		return;
	for (size_t i = 0; i < v->n_steps; i++)
		follow_id(v, i, ids[i]);
	find_fresh(all, v);
}

static void read_visit(struct source *s, struct visits *all, struct visit *v)
{
	size_t n;

	number(s, 4);			/* how long it is */
	text(s, &n);			/* method and path are for people */
	text(s, &n);
	v->status = (int) number(s, 4);
	v->type = text(s, &n);
	v->head = number(s, 4);
	v->body = number(s, 8);
	number(s, 4);
	v->n_files = count(s);
	v->files = arena_alloc(s->arena, (v->n_files + 1) * sizeof(*v->files));
	for (size_t i = 0; i < v->n_files && !s->broken; i++)
		v->files[i] = (int64_t) number(s, 8);
	if (!s->broken)
		read_steps(s, all, v);
}

static bool read_file(struct source *s, const char *path)
{
	FILE *f = fopen(path, "rb");
	unsigned char *at;
	long size;

	if (!f || fseek(f, 0, SEEK_END) || (size = ftell(f)) < 0)
		return false;
	rewind(f);
	at = arena_alloc(s->arena, (size_t) size + 1);
	s->n = fread(at, 1, (size_t) size, f);
	s->at = at;
	fclose(f);
	return s->n == (size_t) size;
}

/* How many records there are: each begins with its length. */
static size_t count_records(const struct source *s)
{
	struct source at = *s;
	size_t n = 0;

	for (; at.pos < at.n && !at.broken; n++)
		take(&at, number(&at, 4));
	return n;
}

bool visits_read(struct arena *a, const char *path, struct visits *out)
{
	struct source s = { .arena = a };

	*out = (struct visits) { .n = 0 };
	if (!read_file(&s, path))
		return false;
	out->n = count_records(&s);
	out->at = arena_alloc(a, (out->n + 1) * sizeof(*out->at));
	out->sql = arena_alloc(a, SQL_MOST * sizeof(*out->sql));
	for (size_t i = 0; i < out->n && !s.broken; i++)
		read_visit(&s, out, &out->at[i]);
	return out->n && !s.broken;
}
