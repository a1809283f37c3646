#include <string.h>

#include "base/arena.h"
#include "base/fail.h"
#include "base/log.h"
#include "mailroom/collect.h"
#include "mailroom/receive.h"
#include "port/db.h"
#include "port/fetch.h"
#include "port/secret.h"
#include "port/spool.h"

enum { LONGEST_PAUSE_S = 60 * 60, WINDOWS = 50 };

static void close_fetch(void *f)
{
	fetch_free(f);
}

struct err *collect_open(struct collecting *c, struct arena *a,
			 const struct mailbox *m, struct fetch **out)
{
	struct fetch_conf conf = {
		.pop3 = m->kind == MAILBOX_POP3, .host = m->host, .port = m->port,
		.tls = m->tls == MAILBOX_TLS ? FETCH_TLS
		     : m->tls == MAILBOX_STARTTLS ? FETCH_STARTTLS : FETCH_PLAIN,
		.user = m->user, .folder = m->folder, .ca = c->ca,
		.stop = c->stop,
	};
	struct bytes key;

	TRY(secret_key_file(a, c->key, false, &key));
	conf.password = secret_unseal(a, key, m->password);
	if (!conf.password)
		return FAIL(a, ERR_FORBIDDEN, "%s does not open it", c->key);
	*out = fetch_new(&conf);
	arena_defer(a, close_fetch, *out);
	return NULL;
}

/* --- one letter ----------------------------------------------------------- */

static struct err *take_piece(void *what, const void *at, size_t n, bool *enough)
{
	struct receiving *r = what;

	TRY(receive_add(r, at, n));
	*enough = receive_is_cut(r);
	return NULL;
}

static void remark(struct collect *r)
{
	r->remark = arena_printf(r->arena, "%s %s",
				 fetch_why_codes[fetch_why(r->fetch)],
				 fetch_detail(r->fetch));
}

/* The letter is ours; that the host keeps it, too, is worth a word only. */
static struct err *afterwards(struct collect *r, const struct fetch_item *item)
{
	struct err *e = NULL;

	if (r->m->afterwards == MAILBOX_DELETE)
		e = fetch_delete(r->fetch, r->arena, item);
	else if (r->m->afterwards == MAILBOX_MOVE)
		e = fetch_move(r->fetch, r->arena, item, r->m->move_to);
	if (e && fetch_why(r->fetch) != FETCH_SAID_NO)
		return err_passed(e, __func__);
	if (e)
		remark(r);
	return NULL;
}

/* In an arena of its own, because a batch may be long. */
static struct err *store_letter(struct collect *r, struct arena *a,
				const struct fetch_item *item, bool *gone)
{
	struct envelope e = {
		.way = r->m->kind == MAILBOX_POP3 ? MAIL_BY_POP3 : MAIL_BY_IMAP,
		.mailbox_id = r->m->id,
	};
	struct receiving in;

	TRY(receive_begin(a, r->c->spool, r->c->limit, &in));
	TRY(fetch_letter(r->fetch, a, item, take_piece, &in, gone));
	if (!*gone)
		TRY(receive_end(&in, &e));
	return NULL;
}

/* A failure of that arena, for one that lives on. */
static struct err *told(struct collect *r, const struct err *e)
{
	return err_new(r->arena, e->kind, __func__, "%s", e->text);
}

void collect_refused(struct collect *r, const char *said)
{
	r->remark = arena_join(r->arena, "kept ", said ? said : "");
}

struct err *collect_letter(struct collect *r, const struct fetch_item *item,
			   const char *name, bool *stored)
{
	struct arena *a = arena_new("letter");
	struct err *e;
	bool gone;

	*stored = true;
	e = store_letter(r, a, item, &gone);
	if (e)
		e = told(r, e);
	arena_free(a);
	if (e && fetch_why(r->fetch) == FETCH_SAID_NO) {
		*stored = false;
		collect_refused(r, fetch_detail(r->fetch));
		TRY(store_mailbox_add_refused(r->c->db, r->m->id, name,
					      fetch_detail(r->fetch)));
		return NULL;
	}
	TRY(e);
	FAIL_POINT("letter_collected");
	r->got += !gone;
	if (!gone)
		TRY(afterwards(r, item));
	TRY(store_mailbox_renew(r->c->db, r->m, COLLECT_LEASE_S));
	return NULL;
}

/* --- IMAP ----------------------------------------------------------------- */

/* Where we stand in the folder: at the beginning, where we were, or, when it
 * was numbered anew, at the beginning once more. */
static struct err *settle(struct collect *r, const struct fetch_box *box)
{
	struct mailbox *m = r->m;
	bool first = !m->begun_at;

	if (!first && m->uidvalidity == box->uidvalidity)
		return NULL;
	m->old_uid = 0;
	m->last_uid = 0;
	if (first && !m->old_too)
		m->last_uid = box->uidnext ? box->uidnext - 1 : 0;
	else if (!m->old_too)
		m->old_uid = box->uidnext ? box->uidnext - 1 : 0;
	if (!first) {
		log_line("mailbox %lld was numbered anew: letters are compared",
			 (long long) m->id);
		TRY(store_mailbox_forget(r->c->db, m->id));
	}
	m->uidvalidity = box->uidvalidity;
	TRY(store_mailbox_reached(r->c->db, m));
	return NULL;
}

static const char *name_of(struct collect *r, int64_t uid)
{
	return arena_printf(r->arena, "%lld", (long long) uid);
}

/* Letters up to the first one that the host keeps from us are known by
 * last_uid, those behind it by name. */
static struct err *collect_uid(struct collect *r, const struct fetch_item *item)
{
	const char *name = name_of(r, item->number);
	struct mailbox_seen seen;
	bool found, stored;

	TRY(store_mailbox_find_seen(r->c->db, r->m->id, name, &seen, &found));
	stored = found && !seen.refused;
	if (found && seen.refused && !seen.due)
		collect_refused(r, seen.said);
	else if (!stored)
		TRY(collect_letter(r, item, name, &stored));
	if (!stored) {
		r->kept = true;
		return NULL;
	}
	if (r->kept) {
		TRY(store_mailbox_add_seen(r->c->db, r->m->id, name));
		return NULL;
	}
	r->m->last_uid = item->number;
	TRY(store_mailbox_reached(r->c->db, r->m));
	return NULL;
}

static bool is_enough(const struct collect *r)
{
	return r->got >= COLLECT_BATCH || *r->c->stop;
}

static struct err *collect_window(struct collect *r, int64_t from, int64_t last,
				  int64_t *seen)
{
	bool old = from <= r->m->old_uid;
	struct fetch_range range = {
		.from = from, .to = old && r->m->old_uid < last ? r->m->old_uid : last,
		.since = old ? r->m->begun_at : NULL, .most = COLLECT_BATCH,
	};
	const struct fetch_item *item;
	struct rows items;

	TRY(fetch_list(r->fetch, r->arena, &range, &items, seen));
	item = items.at;
	for (size_t i = 0; i < items.n && !is_enough(r); i++) {
		TRY(collect_uid(r, &item[i]));
		*seen = is_enough(r) ? item[i].number : *seen;
	}
	/* Nothing below is left, whether or not there was something. */
	if (!r->kept && *seen > r->m->last_uid) {
		r->m->last_uid = *seen;
		TRY(store_mailbox_reached(r->c->db, r->m));
	}
	return NULL;
}

static struct err *collect_imap(struct collect *r)
{
	struct fetch_box box;
	int64_t from, last, seen;
	int windows = 0;

	TRY(fetch_look(r->fetch, r->arena, &box));
	TRY(settle(r, &box));
	from = r->m->last_uid + 1;
	last = box.uidnext ? box.uidnext - 1 : from + FETCH_WINDOW - 1;
	while (from <= last && !is_enough(r) && windows++ < WINDOWS) {
		TRY(collect_window(r, from, last, &seen));
		from = seen + 1;
	}
	r->more = from <= last;
	if (!r->kept && !r->more)
		TRY(store_mailbox_forget(r->c->db, r->m->id));
	return NULL;
}

/* --- a round -------------------------------------------------------------- */

static int pause_after(int failures)
{
	int s = 60;

	while (failures-- > 0 && s < LONGEST_PAUSE_S)
		s *= 2;
	return s < LONGEST_PAUSE_S ? s : LONGEST_PAUSE_S;
}

/* What stands in the row: a code that can be put into words, and the host's. */
static const char *in_words(struct collect *r, const struct err *e)
{
	if (e->kind == ERR_FULL)
		return "full";
	if (!r->fetch)
		return arena_printf(r->arena, "key %s", e->text);
	if (fetch_why(r->fetch) == FETCH_WELL)
		return arena_printf(r->arena, "ours %s", e->text);
	return arena_printf(r->arena, "%s %s", fetch_why_codes[fetch_why(r->fetch)],
			    fetch_detail(r->fetch));
}

static struct err *end(struct collect *r, struct err *e)
{
	struct mailbox *m = r->m;
	bool moved = r->fetch && fetch_why(r->fetch) == FETCH_MOVED;

	if (e && e->kind == ERR_CONFLICT)
		return NULL;		/* changed in config: its row is new */
	if (e && *r->c->stop) {
		TRY(store_mailbox_release(r->c->db, m));
		return NULL;
	}
	if (e && !m->failures)
		log_line("mailbox %lld: %s", (long long) m->id, e->text);
	if (!e && m->failures)
		log_line("mailbox %lld is fetched again", (long long) m->id);
	if (e)
		TRY(store_mailbox_end(r->c->db, m, moved ? 0 : pause_after(m->failures),
				      in_words(r, e), true));
	else
		TRY(store_mailbox_end(r->c->db, m, r->more ? 0 : COLLECT_POLL_S,
				      r->remark, false));
	return NULL;
}

/* Not the mailbox's failure but the database's. */
static bool is_ours(struct collect *r, const struct err *e)
{
	return e->kind == ERR_RETRY || e->kind == ERR_BUG || e->kind == ERR_TOO_MANY ||
	       (e->kind == ERR_UPSTREAM && r->fetch && db_errno(r->c->db));
}

static struct err *open_and_collect(struct collect *r)
{
	TRY(collect_open(r->c, r->arena, r->m, &r->fetch));
	if (r->m->kind == MAILBOX_POP3)
		TRY(collect_pop3(r));
	else
		TRY(collect_imap(r));
	return NULL;
}

struct err *collect_one(struct collecting *c, struct arena *a, bool *done)
{
	struct mailbox m;
	struct collect r = { .c = c, .arena = a, .m = &m };
	struct err *e;

	TRY(store_mailbox_claim(c->db, c->shop, COLLECT_LEASE_S, &m, done));
	if (!*done)
		return NULL;
	e = open_and_collect(&r);
	if (e && is_ours(&r, e))
		return err_passed(e, __func__);
	TRY(end(&r, e));
	return NULL;
}
