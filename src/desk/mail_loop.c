#include <string.h>

#include "base/address.h"
#include "base/arena.h"
#include "desk/catalog.h"
#include "desk/desk.h"
#include "desk/letter.h"
#include "desk/mail_loop.h"
#include "desk/notify.h"
#include "desk/seal.h"
#include "desk/setting.h"
#include "port/db.h"
#include "port/mail.h"
#include "port/secret.h"
#include "store/mail.h"
#include "store/outbox.h"

enum { TOKEN = 16, LONGEST_WORD = 20 };

/* The tail of a ticket nobody has. */
static const struct seal_reply nobody = { 0, SEAL_ADDRESS, 0 };

static struct err *may_look(struct desk *d, const struct actor *who)
{
	if (!actor_may(who, RIGHT_CONFIG))
		return FAIL(d->arena, ERR_FORBIDDEN, "the test of mail that comes back");
	return NULL;
}

/* Where answers go: as the courier finds it. */
static const char *answers(const struct desk *d, const char *from)
{
	const char *reply = catalog_text(d->catalog, "mail_reply_address");
	const char *sender = catalog_text(d->catalog, "mail_from");

	return *reply ? reply : *sender ? sender : from;
}

static enum loop_stage stage_of(const struct mail_loop *l)
{
	if (l->plain_at && (l->plus_at || !l->plus_id))
		return LOOP_BACK;
	/* The tail arrived: the plain one will, too, and tells nothing more. */
	if (l->plus_at)
		return LOOP_BACK;
	if (l->age_s < LOOP_PATIENCE_S)
		return LOOP_WAITING;
	if (l->plain_at)
		return LOOP_PLAIN_ONLY;
	return l->plain_sent_at ? LOOP_LOST : LOOP_UNSENT;
}

struct err *loop_state(struct desk *d, const struct actor *who, const char *from,
		       struct loop_state *out)
{
	bool found;

	*out = (struct loop_state) { .stage = LOOP_NEVER };
	TRY(may_look(d, who));
	out->address = answers(d, from);
	out->plus = seal_reply_address(d->arena, catalog_seal(d->catalog),
				       out->address, &nobody);
	TRY(store_mail_loop_find(d->db, who->shop, &out->last, &found));
	if (found)
		out->stage = stage_of(&out->last);
	return NULL;
}

static struct err *write_to(struct desk *d, const struct actor *who,
			    const char *address, int64_t *id)
{
	const struct catalog *c = d->catalog;
	struct letter_facts f = letter_shop_facts(c);
	struct outbox row = {
		.shop_id = who->shop, .letter = "loop_test",
		.recipient_kind = "address", .to_address = address,
		.lang = catalog_text(c, "language"), .zone = catalog_text(c, "zone"),
	};

	f.author = who->name;
	f.url = arena_join(d->arena, d->urls->config, "/mail");
	row.facts = letter_facts_json(d->arena, &f);
	row.message_id_header = arena_printf(d->arena, "<%s@%s>",
		secret_token(d->arena, TOKEN), notify_domain(d));
	TRY(store_outbox_add(d->db, &row, 1));
	*id = row.id;
	return NULL;
}

struct err *loop_start(struct desk *d, const struct actor *who, const char *from)
{
	const char *plain = answers(d, from), *plus;
	int64_t plain_id, plus_id = 0;

	TRY(may_look(d, who));
	if (!plain || !address_valid(plain))
		return FAIL(d->arena, ERR_BAD_REQUEST, "no address for answers");
	plus = seal_reply_address(d->arena, catalog_seal(d->catalog), plain, &nobody);
	TRY(db_begin(d->db));
	TRY(write_to(d, who, plain, &plain_id));
	if (plus)
		TRY(write_to(d, who, plus, &plus_id));
	TRY(store_mail_loop_start(d->db, who->shop, plain_id, plus_id));
	TRY(db_commit(d->db));
	return NULL;
}

struct err *loop_trust(struct desk *d, const struct actor *who)
{
	struct setting_change change = { .name = "mail_authserv" };
	struct mail_loop last;
	bool found;

	TRY(may_look(d, who));
	TRY(store_mail_loop_find(d->db, who->shop, &last, &found));
	if (!found || !last.authserv)
		return FAIL(d->arena, ERR_BAD_REQUEST, "nobody vouched for it");
	change.value = last.authserv;
	TRY(setting_save(d, who, &change, 1));
	return NULL;
}

/* "spf=pass (…)": the word behind the method, NULL without one. */
static const char *result_of(struct arena *a, const char *results, const char *method)
{
	static const char word[] = "abcdefghijklmnopqrstuvwxyz";
	size_t n = strlen(method);

	for (const char *at = results; (at = strstr(at, method)); at += n) {
		size_t len;

		if ((at > results && !strchr("; \t", at[-1])) || at[n] != '=')
			continue;
		len = strspn(at + n + 1, word);
		if (len && len <= LONGEST_WORD)
			return arena_copy(a, at + n + 1, len);
	}
	return NULL;
}

/* The topmost header is the last host's, ours: those below anybody wrote. */
static void read_results(struct arena *a, const struct mail *m, struct mail_loop *out)
{
	const char *top = m->n_results ? m->results[0] : NULL;
	size_t n;

	if (!top)
		return;
	n = strcspn(top, "; \t");
	out->authserv = n ? arena_copy(a, top, n) : NULL;
	out->spf = result_of(a, top, "spf");
	out->dkim = result_of(a, top, "dkim");
	out->dmarc = result_of(a, top, "dmarc");
}

static void read_path(struct desk *d, const struct mail_row *row,
		      const struct mail *m, int64_t letter, struct mail_loop *out)
{
	const char *path = row->envelope_from ? row->envelope_from : m->return_path;
	int64_t id = 0;

	out->path_told = path != NULL;
	out->path_kept = path && seal_read_return_path(d->arena,
		catalog_seal(d->catalog), path, &id) && id == letter;
}

struct err *loop_arrived(struct desk *d, const struct mail_row *row,
			 const struct mail *m)
{
	struct mail_loop last, told = { .path_told = false };
	struct outbox letter;
	struct err *e;
	bool found;

	if (!m->message_id)
		return NULL;
	TRY(store_mail_loop_find(d->db, row->shop_id, &last, &found));
	if (!found)
		return NULL;
	e = store_outbox_by_header(d->db, m->message_id, &letter);
	if (e && e->kind != ERR_NOT_FOUND)
		return err_passed(e, __func__);
	if (e || (letter.id != last.plain_id && letter.id != last.plus_id))
		return NULL;
	read_results(d->arena, m, &told);
	read_path(d, row, m, letter.id, &told);
	TRY(store_mail_loop_arrived(d->db, row->shop_id, letter.id == last.plus_id,
				    &told));
	return NULL;
}
