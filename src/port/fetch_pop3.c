/* POP3 knows letters by UIDL; numbers are those of one connection. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "fetch_talk.h"

enum { LINE_MOST = 600 };

/* Lines come in pieces that end anywhere. */
struct reading {
	struct arena *arena;
	struct fetch_item *at;
	size_t n, room;
	char line[LINE_MOST];
	size_t len;
};

static void add(struct reading *r, const struct fetch_item *item)
{
	if (r->n == r->room) {
		size_t room = r->room ? 2 * r->room : 256;
		struct fetch_item *more = arena_alloc(r->arena, room * sizeof(*more));

		if (r->n)
			memcpy(more, r->at, r->n * sizeof(*more));
		r->at = more;
		r->room = room;
	}
	r->at[r->n++] = *item;
}

/* "17 000000036b02b9ee"; what is none is passed over, and so is a name longer
 * than the 70 characters of RFC 1939 by far: it could not be told again. */
static void read_line(struct reading *r)
{
	struct fetch_item item;
	char *end;

	r->line[r->len] = '\0';
	item.number = strtoll(r->line, &end, 10);
	if (item.number < 1 || *end != ' ' || r->n == FETCH_ITEMS)
		return;
	end += strspn(end, " ");
	end[strcspn(end, " \r\n")] = '\0';
	if (!*end || strlen(end) > FETCH_UID)
		return;
	item.uid = arena_dup(r->arena, end);
	add(r, &item);
}

static void on_piece(void *what, const char *at, size_t n)
{
	struct reading *r = what;

	for (size_t i = 0; i < n; i++) {
		if (at[i] != '\n') {
			if (r->len < sizeof(r->line) - 1)
				r->line[r->len++] = at[i];
			continue;
		}
		read_line(r);
		r->len = 0;
	}
}

struct err *fetch_pop3_list(struct fetch *f, struct arena *a, struct rows *out)
{
	struct reading *r = NEW(a, struct reading);
	struct err *e;

	r->arena = a;
	f->line = on_piece;
	f->what = r;
	e = fetch_talk(f, a, "", "UIDL");
	f->line = NULL;
	TRY(e);
	if (r->len)
		read_line(r);
	*out = (struct rows) { .at = r->at, .n = r->n };
	return NULL;
}
