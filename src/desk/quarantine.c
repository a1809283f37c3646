#include "base/arena.h"
#include "desk/desk.h"
#include "desk/quarantine.h"
#include "desk/trace.h"
#include "port/db.h"
#include "store/address.h"
#include "store/quarantine.h"
#include "store/setting.h"

bool quarantine_may(const struct actor *who)
{
	if (who->kind == ACTOR_SYSTEM)
		return true;
	return who->kind == ACTOR_AGENT && actor_may(who, RIGHT_LETTERS) &&
	       who->may[RIGHT_READ] > SCOPE_OWN;
}

static struct err *check_right(struct desk *d, const struct actor *who)
{
	if (!quarantine_may(who))
		return FAIL(d->arena, ERR_FORBIDDEN, "held letters are not theirs to see");
	return NULL;
}

/* The newer of the two that stand first; NULL: both lists are at their end. */
static const struct mail_row *next_of(const struct rows *a, size_t *i,
				      const struct rows *b, size_t *j)
{
	const struct mail_row *one = *i < a->n ? (struct mail_row *) a->at + *i : NULL;
	const struct mail_row *other = *j < b->n ? (struct mail_row *) b->at + *j : NULL;

	if (!one && !other)
		return NULL;
	if (!other || (one && one->id > other->id)) {
		++*i;
		return one;
	}
	++*j;
	return other;
}

/* Each state is read from its own index, newest first. */
struct err *quarantine_list(struct desk *d, const struct actor *who, int64_t before,
			    struct quarantine *out)
{
	const struct mail_row *m;
	struct mail_row *letters;
	struct rows held, bad;
	size_t i = 0, j = 0, n = 0;

	*out = (struct quarantine) { .older = 0 };
	TRY(check_right(d, who));
	TRY(store_mail_list(d->db, who, MAIL_HELD, before, &held));
	TRY(store_mail_list(d->db, who, MAIL_BAD, before, &bad));
	letters = arena_alloc(d->arena, QUARANTINE_SHOWN * sizeof(*letters));
	while (n < QUARANTINE_SHOWN && (m = next_of(&held, &i, &bad, &j)))
		letters[n++] = *m;
	out->letters = (struct rows) { .at = letters, .n = n };
	if (n && (i < held.n || j < bad.n))
		out->older = letters[n - 1].id;
	return NULL;
}

struct err *quarantine_find(struct desk *d, const struct actor *who, int64_t id,
			    struct mail_row *out)
{
	TRY(check_right(d, who));
	TRY(store_mail_find(d->db, who, id, out));
	return NULL;
}

struct err *quarantine_find_again(struct desk *d, const struct actor *who, int64_t id,
				  struct mail_row *out)
{
	db_rollback(d->db);
	TRY(quarantine_find(d, who, id, out));
	return NULL;
}

struct err *quarantine_ticket(struct desk *d, const struct actor *who,
			      const struct mail_row *letter, struct ticket *out,
			      bool *found)
{
	struct err *e;

	*found = false;
	if (!letter->ticket_id)
		return NULL;
	e = store_ticket_find_id(d->db, who, letter->ticket_id, out);
	if (e && e->kind != ERR_NOT_FOUND)
		return err_passed(e, __func__);
	*found = !e;
	return NULL;
}

/* --- by hand ------------------------------------------------------------------------ */

static struct err *too_late(struct desk *d, int64_t id)
{
	return FAIL(d->arena, ERR_CONFLICT, "letter %lld: somebody was faster",
		    (long long) id);
}

/* Who did it, beside what the letter itself remembers. */
static struct err *record(struct desk *d, const struct actor *who,
			  const struct mail_row *m, const char *what)
{
	TRY(store_setting_audit(d->db, who,
				arena_printf(d->arena, "mail.%lld", (long long) m->id),
				m->reason, what));
	return NULL;
}

struct err *quarantine_again(struct desk *d, const struct actor *who, int64_t id)
{
	struct mail_row m;
	bool changed;

	TRY(check_right(d, who));
	TRY(db_begin(d->db));
	TRY(store_mail_find_locked(d->db, who, id, &m));
	TRY(store_quarantine_retry(d->db, who, id, &changed));
	if (!changed)
		return too_late(d, id);
	TRY(record(d, who, &m, "again"));
	TRY(db_commit(d->db));
	return NULL;
}

struct err *quarantine_restore(struct desk *d, const struct actor *who, int64_t id)
{
	struct mail_row m;
	struct trace t;
	bool changed;

	TRY(check_right(d, who));
	TRY(db_begin(d->db));
	TRY(store_mail_find_locked(d->db, who, id, &m));
	trace_resume(&t, d->arena, m.trace);
	trace_add(&t, "restored", who->name);
	TRY(store_quarantine_hold(d->db, who, id, trace_end(&t), &changed));
	if (!changed)
		return too_late(d, id);
	TRY(record(d, who, &m, "restore"));
	TRY(db_commit(d->db));
	return NULL;
}

struct err *quarantine_block(struct desk *d, const struct actor *who,
			     const struct mail_row *letter, bool block)
{
	TRY(check_right(d, who));
	if (!letter->from_address)
		return FAIL(d->arena, ERR_BAD_REQUEST, "letter %lld names no sender",
			    (long long) letter->id);
	TRY(db_begin(d->db));
	TRY(store_address_block(d->db, who->shop, letter->from_address, block));
	TRY(store_setting_audit(d->db, who, "mail.block",
				block ? NULL : letter->from_address,
				block ? letter->from_address : NULL));
	TRY(db_commit(d->db));
	return NULL;
}

struct err *quarantine_blocked(struct desk *d, const struct mail_row *letter,
			       bool *blocked)
{
	struct address_row known;
	bool found;

	*blocked = false;
	if (!letter->from_address)
		return NULL;
	TRY(store_address_find(d->db, letter->shop_id, letter->from_address,
			       &known, &found));
	*blocked = found && known.blocked_at;
	return NULL;
}
