#include <string.h>

#include "base/arena.h"
#include "base/html.h"
#include "base/locale.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/words.h"
#include "desk/catalog.h"
#include "desk/desk.h"
#include "desk/letter.h"
#include "desk/notify.h"
#include "desk/seal.h"
#include "desk/ticket.h"
#include "port/db.h"
#include "port/secret.h"
#include "store/attachment.h"
#include "store/message.h"
#include "store/outbox.h"
#include "store/ticket.h"

/* A letter that came in may say more than a form takes; the page has all. */
enum { BODY_MOST = 20000, CHOSEN_MOST = 32 * 1024 };

static const char *order_url(struct desk *d, const struct ticket *t)
{
	const char *pattern = d->urls->shop_order;
	const char *at = pattern ? strstr(pattern, "{order}") : NULL;

	if (!at || !t->order_key)
		return NULL;
	return arena_printf(d->arena, "%.*s%s%s", (int) (at - pattern), pattern,
			    html_url(d->arena, t->order_key), at + strlen("{order}"));
}

const char *notify_domain(const struct desk *d)
{
	const char *from = catalog_text(d->catalog, "mail_from");
	const char *host = strstr(d->urls->storefront, "://");
	size_t n;

	if (*from || !host)
		return letter_domain(d->arena, from);
	n = strcspn(host + 3, ":/");
	return letter_domain(d->arena, arena_printf(d->arena, "x@%.*s", (int) n,
						    host + 3));
}

/* What is the same for every reader of one letter. */
static struct letter_facts common(struct desk *d, const struct ticket *t,
				  const struct message *m)
{
	struct letter_facts f = letter_shop_facts(d->catalog);

	f.ticket_number = t->number;
	f.subject = t->subject;
	f.order_no = t->order_no;
	f.order_url = order_url(d, t);
	f.order_placed_at = t->order_placed_at;
	f.opened_at = t->created_at ? t->created_at : m->created_at;
	f.opened_by = t->opened_by_name;
	f.updated_at = m->created_at;
	f.author = m->author_name;
	f.body = utf8_cut(d->arena, m->body, BODY_MOST);
	f.written_at = m->created_at;
	f.reply_possible = catalog_switch(d->catalog, "mail_in");
	return f;
}

/* The agent's own, then the store's; NULL: neither has one. */
static const char *signature(struct desk *d, const struct message *m)
{
	const char *own = m->author_kind == AUTHOR_AGENT
		? catalog_agent_signature(d->catalog, m->author_id) : NULL;
	const char *shop = catalog_text(d->catalog, "mail_signature");

	if (!own || !*own)
		return *shop ? shop : NULL;
	return *shop ? arena_join(d->arena, own, "\n\n", shop) : own;
}

static struct err *know_files(struct desk *d, const struct actor *who,
			      const struct ticket *t, const struct message *m,
			      struct letter_facts *f)
{
	struct letter_file *file;
	const struct upload *u;
	struct rows rows;

	if (!m->files)
		return NULL;
	TRY(store_attachment_list(d->db, who, t->id, m->id, m->id, &rows));
	u = rows.at;
	file = arena_alloc(d->arena, (rows.n + 1) * sizeof(*file));
	for (size_t i = 0; i < rows.n; i++)
		file[i] = (struct letter_file) { u[i].name, u[i].size };
	f->files = file;
	f->n_files = rows.n < LETTER_FILES ? rows.n : LETTER_FILES;
	return NULL;
}

/*
 * To the store: everybody who wants mail, each in the own language, in one
 * statement whatever their number. {"en": {…}, "de": {…}}
 */
static struct err *tell_store(struct desk *d, const struct actor *who,
			      const struct ticket *t, const struct message *m,
			      struct letter_facts f, const char *letter)
{
	const struct catalog *c = d->catalog;
	const char *const *lang = locale_languages;
	struct str by_language;
	struct outbox_ids ids;

	f.url = arena_printf(d->arena, "%s/ticket/%s#m%lld", d->urls->panel,
			     t->number, (long long) m->id);
	str_init(&by_language, d->arena, 1 << 20);
	for (; *lang; lang++) {
		f.status = catalog_name(c, ENTRY_STATUS, t->status_id, *lang);
		f.priority = catalog_name(c, ENTRY_PRIORITY, t->priority_id, *lang);
		str_add(&by_language, by_language.len ? "," : "{");
		str_add_json(&by_language, *lang);
		str_add(&by_language, ":");
		str_add(&by_language, letter_facts_json(d->arena, &f));
	}
	str_add(&by_language, "}");
	ids = (struct outbox_ids) {
		.stem = seal_id_stem(d->arena, catalog_seal(c), t->id,
				     secret_token(d->arena, 16)),
		.domain = notify_domain(d), .salt = secret_token(d->arena, 16),
	};
	TRY(store_outbox_add_staff(d->db, &(struct outbox) {
		.shop_id = who->shop, .ticket_id = t->id, .message_id = m->id,
		.letter = letter, .facts = by_language.text,
		.to_address = catalog_text(c, "notify_address"),
		.lang = catalog_text(c, "language"),
		.zone = catalog_text(c, "zone"),
	}, t->owner_id, &ids));
	return NULL;
}

/* What takes part in a ticket is told of it: the answer, and how to answer. */
static struct letter_facts for_participants(struct letter_facts f)
{
	f.order_no = f.order_url = f.order_placed_at = NULL;
	f.opened_at = f.opened_by = f.updated_at = NULL;
	f.status = f.priority = NULL;
	f.url = f.link = NULL;
	return f;
}

/* A guest's link is minted by the courier: nothing here could open a ticket. */
static struct err *tell_customer(struct desk *d, const struct actor *who,
				 const struct ticket *t, const struct message *m,
				 struct letter_facts f, const char *letter,
				 const char *only)
{
	const struct catalog *c = d->catalog;
	const char *lang = locale_pick(t->customer_lang ? t->customer_lang : t->lang,
				       catalog_text(c, "language"));
	struct letter_to to = {
		.kind = "customer", .id = t->customer_id,
		.address = t->customer_email, .name = t->customer_name,
		.lang = lang,
		.zone = t->customer_zone ? t->customer_zone : catalog_text(c, "zone"),
		.only = only,
	};
	struct letter_about about = {
		.shop = who->shop, .ticket_id = t->id, .message_id = m->id,
		.domain = notify_domain(d), .seal = catalog_seal(c),
	};
	struct letter_facts others = for_participants(f);
	bool to_all = m->kind == MESSAGE_REPLY && t->has_people;

	f.status = catalog_customer_name(c, ENTRY_STATUS, t->status_id, lang);
	f.priority = catalog_name(c, ENTRY_PRIORITY, t->priority_id, lang);
	if (t->customer_external_id)
		f.url = arena_printf(d->arena, "%s/ticket/%s", d->urls->board, t->number);
	else
		f.link = "ticket";
	TRY(letter_write_public(d->db, letter, &to, &about, &f,
				to_all ? &others : NULL));
	return NULL;
}

/* Nothing of it was chosen by whoever gave this address. */
static struct letter_facts muted(struct letter_facts f)
{
	f.subject = f.body = f.author = f.opened_by = NULL;
	f.order_no = f.order_url = f.order_placed_at = NULL;
	f.files = NULL;
	f.n_files = 0;
	return f;
}

static struct err *send_receipt(struct desk *d, const struct actor *who,
				const struct ticket *t, const struct message *m,
				struct letter_facts f, enum receipt receipt)
{
	struct ticket unnamed = *t;

	if (receipt == RECEIPT_NONE || !catalog_switch(d->catalog, "receipts"))
		return NULL;
	if (receipt == RECEIPT_MUTE) {
		f = muted(f);
		unnamed.customer_name = NULL;
	}
	TRY(tell_customer(d, who, &unnamed, m, f, "receipt", NULL));
	return NULL;
}

struct err *notify_opened(struct desk *d, const struct actor *who,
			  const struct ticket *t, const struct message *m,
			  enum receipt receipt)
{
	struct letter_facts f = common(d, t, m);

	TRY(know_files(d, who, t, m, &f));
	if (who->kind != ACTOR_CUSTOMER)
		f.signature = signature(d, m);
	if (who->kind == ACTOR_CUSTOMER) {
		TRY(tell_store(d, who, t, m, f, "ticket_opened"));
		TRY(send_receipt(d, who, t, m, f, receipt));
	} else if (m->kind != MESSAGE_NOTE && receipt == RECEIPT_FULL) {
		TRY(tell_customer(d, who, t, m, f, "ticket_by_store", NULL));
	} else if (m->kind != MESSAGE_NOTE) {
		TRY(send_receipt(d, who, t, m, f, receipt));
	}
	return NULL;
}

/* NULL: everybody gets it. */
static const char *chosen(struct arena *a, const struct writing *w)
{
	struct str json;

	if (!w->choose)
		return NULL;
	str_init(&json, a, CHOSEN_MOST);
	str_add(&json, "[");
	for (size_t i = 0; i < w->n_to; i++) {
		str_add(&json, i ? "," : "");
		str_add_json(&json, w->to[i]);
	}
	str_add(&json, "]");
	return json.text;
}

struct err *notify_written(struct desk *d, const struct actor *who,
			   const struct ticket *t, const struct message *m,
			   const struct writing *w)
{
	struct letter_facts f = common(d, t, m);
	bool outside = m->kind == MESSAGE_NOTE && m->author_kind == AUTHOR_ADDRESS;

	if (m->kind == MESSAGE_NOTE && !outside)
		return NULL;
	TRY(know_files(d, who, t, m, &f));
	if (m->kind == MESSAGE_REPLY) {
		f.signature = signature(d, m);
		TRY(tell_customer(d, who, t, m, f, "message_from_store",
				  chosen(d->arena, w)));
	} else {
		TRY(tell_store(d, who, t, m, f, outside ? "note_from_outside"
							: "message_from_customer"));
	}
	return NULL;
}
