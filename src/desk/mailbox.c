#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "desk/desk.h"
#include "desk/mailbox.h"
#include "port/db.h"
#include "port/secret.h"
#include "store/chore.h"
#include "store/setting.h"

static struct err *may_manage(struct desk *d, const struct actor *who)
{
	if (!actor_may(who, RIGHT_CONFIG))
		return FAIL(d->arena, ERR_FORBIDDEN, "mailboxes");
	return NULL;
}

struct err *mailbox_silence(struct desk *d, int64_t *out)
{
	TRY(store_chore_silence(d->db, "mailroom", out));
	return NULL;
}

struct err *mailbox_list(struct desk *d, const struct actor *who,
			 struct rows *out, int64_t *silence)
{
	TRY(may_manage(d, who));
	TRY(store_mailbox_list(d->db, who, out));
	TRY(mailbox_silence(d, silence));
	return NULL;
}

struct err *mailbox_find(struct desk *d, const struct actor *who, int64_t id,
			 struct mailbox *out)
{
	TRY(may_manage(d, who));
	TRY(store_mailbox_find(d->db, who, id, out));
	return NULL;
}

/* --- saving --------------------------------------------------------------- */

/* Letters beyond ASCII are for curl to look up. */
static bool is_host(const char *host)
{
	size_t n = strlen(host);

	if (!n || n > 255 || *host == '-' || *host == '.')
		return false;
	for (; *host; host++)
		if ((unsigned char) *host < 0x80 &&
		    !strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			    "0123456789.-:", *host))
			return false;
	return true;
}

static bool is_here(const char *host)
{
	return !strcasecmp(host, "localhost") || !strcmp(host, "::1") ||
	       (!strncmp(host, "127.", 4) &&
		strspn(host, "0123456789.") == strlen(host));
}

/* Where the password goes to. */
static bool is_elsewhere(const struct mailbox *one, const struct mailbox *other)
{
	return strcasecmp(one->host, other->host) || one->port != other->port ||
	       strcmp(one->user, other->user) || one->tls != other->tls;
}

static enum mailbox_answer look_at(const struct mailbox_draft *draft,
				   const struct mailbox *old)
{
	const struct mailbox *m = &draft->box;

	if (!is_host(m->host))
		return MAILBOX_NO_HOST;
	if (m->tls == MAILBOX_PLAIN && !is_here(m->host))
		return MAILBOX_OPEN_WIRE;
	if (!*draft->password && (!old || is_elsewhere(m, old)))
		return MAILBOX_NO_PASSWORD;
	if (m->afterwards == MAILBOX_MOVE && m->kind == MAILBOX_POP3)
		return MAILBOX_POP3_MOVES;
	if (m->afterwards == MAILBOX_MOVE &&
	    (!m->move_to || !*m->move_to || !strcmp(m->move_to, m->folder)))
		return MAILBOX_NO_MOVE_TO;
	return MAILBOX_SAVED;
}

static const char *in_words(struct desk *d, const struct mailbox *m, bool password)
{
	return arena_printf(d->arena, "%s: %s %s@%s:%d/%s, %s, %s%s%s%s", m->name,
			    mailbox_kind_codes[m->kind], m->user, m->host, m->port,
			    m->folder, mailbox_tls_codes[m->tls],
			    mailbox_after_codes[m->afterwards],
			    m->move_to ? " " : "", m->move_to ? m->move_to : "",
			    password ? ", a new password" :
			    m->active ? "" : ", switched off");
}

static struct err *audit(struct desk *d, const struct actor *who, int64_t id,
			 const char *before, const char *after)
{
	TRY(store_setting_audit(d->db, who,
		arena_printf(d->arena, "mailbox.%lld", (long long) id), before, after));
	return NULL;
}

/* Another folder has other letters; so has one of which old ones are wanted
 * now, or no longer. */
static bool begins_anew(const struct mailbox *m, const struct mailbox *old)
{
	return is_elsewhere(m, old) || m->kind != old->kind ||
	       strcmp(m->folder, old->folder) || m->old_too != old->old_too;
}

static struct err *write_row(struct desk *d, const struct actor *who,
			     struct mailbox_draft *draft, const struct mailbox *old,
			     enum mailbox_answer *answer)
{
	struct mailbox *m = &draft->box;
	struct rows all;

	if (old) {
		TRY(store_mailbox_set(d->db, who, m, begins_anew(m, old)));
		return NULL;
	}
	TRY(store_mailbox_list(d->db, who, &all));
	if (all.n >= MAILBOX_MOST)
		*answer = MAILBOX_FULL;
	else
		TRY(store_mailbox_add(d->db, who, m));
	return NULL;
}

struct err *mailbox_save(struct desk *d, const struct actor *who, const char *key,
			 struct mailbox_draft *draft, enum mailbox_answer *answer)
{
	struct mailbox *m = &draft->box, old;
	bool fresh = !m->id, password = *draft->password;
	struct bytes sealing;

	TRY(may_manage(d, who));
	if (!fresh)
		TRY(store_mailbox_find(d->db, who, m->id, &old));
	*answer = look_at(draft, fresh ? NULL : &old);
	if (*answer != MAILBOX_SAVED)
		return NULL;
	if (m->afterwards != MAILBOX_MOVE)
		m->move_to = NULL;
	m->password = (struct bytes) { NULL, 0 };
	if (password) {
		TRY(secret_key_file(d->arena, key, true, &sealing));
		m->password = secret_seal(d->arena, sealing, draft->password);
	}
	TRY(db_begin(d->db));
	TRY(write_row(d, who, draft, fresh ? NULL : &old, answer));
	if (*answer != MAILBOX_SAVED) {
		db_rollback(d->db);
		return NULL;
	}
	TRY(audit(d, who, m->id, fresh ? NULL : in_words(d, &old, false),
		  in_words(d, m, password)));
	TRY(db_commit(d->db));
	return NULL;
}

struct err *mailbox_remove(struct desk *d, const struct actor *who, int64_t id)
{
	struct mailbox old;

	TRY(may_manage(d, who));
	TRY(store_mailbox_find(d->db, who, id, &old));
	TRY(db_begin(d->db));
	TRY(store_mailbox_drop(d->db, who, id));
	TRY(audit(d, who, id, in_words(d, &old, false), NULL));
	TRY(db_commit(d->db));
	return NULL;
}

struct err *mailbox_test(struct desk *d, const struct actor *who, int64_t id)
{
	TRY(may_manage(d, who));
	TRY(store_mailbox_ask(d->db, who, id));
	return NULL;
}
