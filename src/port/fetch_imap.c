/* IMAP: UIDs in a folder, which may be numbered anew at any time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "fetch_talk.h"

enum { NAME_ROOM = 2000, PIECE = 1 << 10 };

/* With the number the folder had when we looked: curl refuses another. */
static const char *address(struct fetch *f, struct arena *a)
{
	const char *name = fetch_escape(a, fetch_name_encode(a, f->conf.folder));

	return f->uidvalidity ? arena_printf(a, "%s;UIDVALIDITY=%lld", name,
					     (long long) f->uidvalidity) : name;
}

/* A command with the folder open, whose lines somebody hears. */
static struct err *command(struct fetch *f, struct arena *a, const char *text,
			   fetch_line_fn *line, void *what)
{
	struct err *e;

	f->line = line;
	f->what = what;
	e = fetch_talk(f, a, address(f, a), text);
	f->line = NULL;
	if (e && strstr(f->detail, "UIDVALIDITY"))
		f->why = FETCH_MOVED;
	TRY(e);
	return NULL;
}

/* --- looking -------------------------------------------------------------- */

/* The number behind a word somewhere in a line; 0: there is none. */
static int64_t number_behind(const char *line, size_t n, const char *word)
{
	const char *at = memmem(line, n, word, strlen(word));
	int64_t number = 0;

	if (!at)
		return 0;
	for (at += strlen(word); at < line + n && *at >= '0' && *at <= '9'; at++)
		if (number < (int64_t) 1 << 40)
			number = number * 10 + (*at - '0');
	return number;
}

/* "* 3 EXISTS", "* OK [UIDVALIDITY 1795340782] UIDs valid" */
static void on_state(void *what, const char *line, size_t n)
{
	struct fetch_box *box = what;
	int64_t number;

	if (n < 2 || memcmp(line, "* ", 2))
		return;
	if (memmem(line, n, " EXISTS", 7))
		box->letters = number_behind(line, n, "* ");
	number = number_behind(line, n, "[UIDVALIDITY ");
	if (number)
		box->uidvalidity = number;
	number = number_behind(line, n, "[UIDNEXT ");
	if (number)
		box->uidnext = number;
}

struct err *fetch_imap_look(struct fetch *f, struct arena *a,
			    struct fetch_box *out)
{
	*out = (struct fetch_box) { 0 };
	f->uidvalidity = 0;
	TRY(command(f, a, "NOOP", on_state, out));
	f->uidvalidity = out->uidvalidity;
	return NULL;
}

/* --- listing -------------------------------------------------------------- */

/* The smallest few of what a host lists, in rising order. */
struct uids {
	int64_t from, to;
	int64_t *at;
	size_t n, most;
	bool more;			/* some did not fit */
};

static void keep(struct uids *u, int64_t uid)
{
	size_t at = u->n;

	if (uid < u->from || uid > u->to)
		return;
	while (at && u->at[at - 1] > uid)
		at--;
	if (at && u->at[at - 1] == uid)
		return;
	u->more |= u->n == u->most;
	if (at == u->most)
		return;
	u->n += u->n < u->most;
	memmove(u->at + at + 1, u->at + at, (u->n - at - 1) * sizeof(*u->at));
	u->at[at] = uid;
}

/* "* SEARCH 2 3 6" */
static void on_search(void *what, const char *line, size_t n)
{
	static const char word[] = "* SEARCH";
	const char *end = line + n;

	if (n < sizeof(word) - 1 || strncasecmp(line, word, sizeof(word) - 1))
		return;
	line += sizeof(word) - 1;
	while (line < end) {
		int64_t uid = 0;

		for (; line < end && *line >= '0' && *line <= '9'; line++)
			if (uid < (int64_t) 1 << 40)
				uid = uid * 10 + (*line - '0');
		if (uid)
			keep(what, uid);
		line++;
	}
}

/* "2026-01-31 12:00:00" as the host writes a day; "" for none. */
static const char *since(struct arena *a, const char *when)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	int year, month, day;

	if (!when || sscanf(when, "%4d-%2d-%2d", &year, &month, &day) != 3 ||
	    month < 1 || month > 12)
		return "";
	return arena_printf(a, " SINCE %d-%.3s-%04d", day,
			    months + 3 * (month - 1), year);
}

struct err *fetch_imap_list(struct fetch *f, struct arena *a,
			    const struct fetch_range *range, struct rows *out,
			    int64_t *seen)
{
	int64_t last = range->from + FETCH_WINDOW - 1;
	struct uids u = {
		.from = range->from, .to = range->to < last ? range->to : last,
		.most = range->most,
		.at = arena_alloc(a, (range->most + 1) * sizeof(*u.at)),
	};
	struct fetch_item *items;

	TRY(command(f, a, arena_printf(a, "UID SEARCH NOT DELETED UID %lld:%lld%s",
				       (long long) u.from, (long long) u.to,
				       since(a, range->since)),
		    on_search, &u));
	items = arena_alloc(a, (u.n + 1) * sizeof(*items));
	for (size_t i = 0; i < u.n; i++)
		items[i].number = u.at[i];
	*out = (struct rows) { .at = items, .n = u.n };
	*seen = u.more ? u.at[u.n - 1] : u.to;
	return NULL;
}

/* --- letters -------------------------------------------------------------- */

/* "A005 OK Fetch completed": it had nothing to show, so it is gone. */
static bool was_nothing(const struct fetch *f)
{
	const char *word = strchr(f->answer, ' ');

	return word && !strncasecmp(word, " OK", 3);
}

struct err *fetch_imap_letter(struct fetch *f, struct arena *a, int64_t uid,
			      bool *gone)
{
	struct err *e = fetch_talk(f, a, arena_printf(a, "%s;UID=%lld",
				   address(f, a), (long long) uid), NULL);

	if (e && strstr(f->detail, "UIDVALIDITY"))
		f->why = FETCH_MOVED;
	else if (e && f->why == FETCH_SAID_NO && was_nothing(f))
		*gone = true;
	if (!*gone)
		TRY(e);
	return NULL;
}

/* A host without UIDPLUS knows EXPUNGE alone, which takes what others had
 * marked as deleted along: that was their wish. */
static struct err *expunge(struct fetch *f, struct arena *a, int64_t uid)
{
	struct err *e = command(f, a, arena_printf(a, "UID EXPUNGE %lld",
						   (long long) uid), NULL, NULL);

	if (e && f->why == FETCH_SAID_NO)
		e = command(f, a, "EXPUNGE", NULL, NULL);
	TRY(e);
	return NULL;
}

struct err *fetch_imap_delete(struct fetch *f, struct arena *a, int64_t uid)
{
	TRY(command(f, a, arena_printf(a, "UID STORE %lld +FLAGS.SILENT (\\Deleted)",
				       (long long) uid), NULL, NULL));
	TRY(expunge(f, a, uid));
	return NULL;
}

static const char *quoted(struct arena *a, const char *folder)
{
	struct str s;

	str_init(&s, a, 2 * NAME_ROOM);
	str_add(&s, "\"");
	for (const char *at = fetch_name_encode(a, folder); *at; at++) {
		if (*at == '"' || *at == '\\')
			str_add(&s, "\\");
		str_addn(&s, at, 1);
	}
	str_add(&s, "\"");
	return s.text;
}

/* MOVE where there is one, else a copy. */
static struct err *move_or_copy(struct fetch *f, struct arena *a, int64_t uid,
				const char *to)
{
	struct err *e = command(f, a, arena_printf(a, "UID MOVE %lld %s",
						   (long long) uid, to), NULL, NULL);

	if (!e || f->why != FETCH_SAID_NO)
		return e ? err_passed(e, __func__) : NULL;
	TRY(command(f, a, arena_printf(a, "UID COPY %lld %s", (long long) uid, to),
		    NULL, NULL));
	TRY(fetch_imap_delete(f, a, uid));
	return NULL;
}

struct err *fetch_move(struct fetch *f, struct arena *a,
		       const struct fetch_item *item, const char *folder)
{
	const char *to = quoted(a, folder);
	struct err *e = move_or_copy(f, a, item->number, to);

	if (e && f->why == FETCH_SAID_NO) {
		TRY(command(f, a, arena_printf(a, "CREATE %s", to), NULL, NULL));
		e = move_or_copy(f, a, item->number, to);
	}
	TRY(e);
	return NULL;
}

/* --- folders -------------------------------------------------------------- */

struct folders {
	struct arena *arena;
	const char **at;
	size_t n, most;
	int64_t all;
};

/* The last word of a line, without its quotes. */
static const char *last_word(struct arena *a, const char *line, size_t n)
{
	struct str s;
	size_t from = n;

	if (!n || line[n - 1] == '}')
		return NULL;		/* a literal: on the next line */
	str_init(&s, a, NAME_ROOM);
	if (line[n - 1] != '"') {
		while (from && line[from - 1] != ' ')
			from--;
		str_addn(&s, line + from, n - from);
		return s.text;
	}
	for (from = n - 1; from && !(line[from - 1] == '"' &&
				     (from < 2 || line[from - 2] != '\\')); )
		from--;
	for (; from < n - 1; from++) {
		if (line[from] == '\\')
			from++;
		str_addn(&s, line + from, 1);
	}
	return s.text;
}

/* * LIST (\HasNoChildren) "/" INBOX */
static void on_folder(void *what, const char *line, size_t n)
{
	struct folders *l = what;
	const char *name;

	if (n < 7 || strncasecmp(line, "* LIST ", 7))
		return;
	l->all++;
	if (l->n == l->most || n > NAME_ROOM)
		return;
	name = last_word(l->arena, line, n);
	if (name && *name && utf8_valid(name, strlen(name)))
		l->at[l->n++] = fetch_name_decode(l->arena, name);
}

struct err *fetch_folders(struct fetch *f, struct arena *a, size_t most,
			  struct rows *out, int64_t *all)
{
	struct folders l = {
		.arena = a, .most = most,
		.at = arena_alloc(a, (most + 1) * sizeof(*l.at)),
	};
	struct err *e;

	f->line = on_folder;
	f->what = &l;
	/*
	 * Debian's curl hears 300 KB of lines, and counts for each all that
	 * came together with it: small pieces make some hundreds of lines.
	 */
	curl_easy_setopt(f->curl, CURLOPT_BUFFERSIZE, (long) PIECE);
	e = fetch_talk(f, a, "", "LIST \"\" \"*\"");
	curl_easy_setopt(f->curl, CURLOPT_BUFFERSIZE, (long) FETCH_BUFFER);
	f->line = NULL;
	if (e && l.n < most)
		return err_passed(e, __func__);
	*out = (struct rows) { .at = l.at, .n = l.n };
	*all = l.all;
	return NULL;
}
