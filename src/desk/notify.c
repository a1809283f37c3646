#include <string.h>

#include "base/arena.h"
#include "base/html.h"
#include "base/locale.h"
#include "base/utf8.h"
#include "base/words.h"
#include "desk/catalog.h"
#include "desk/desk.h"
#include "desk/letter.h"
#include "desk/notify.h"
#include "port/db.h"
#include "store/attachment.h"
#include "store/message.h"
#include "store/participant.h"
#include "store/ticket.h"

enum {
	BODY_MOST = 20000,		/* a letter that came in may say more; the page has all */
	AGENTS_TOLD = 50		/* of one message */
};

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

/* What tells a letter of this message; the same for all its copies. */
static struct letter_about about_of(struct desk *d, const struct actor *who,
				    const struct ticket *t, const struct message *m)
{
	return (struct letter_about) {
		.shop = who->shop, .ticket_id = t->id, .message_id = m->id,
		.domain = notify_domain(d), .seal = catalog_seal(d->catalog),
	};
}

static bool is_told(const struct agent *a, const struct ticket *t)
{
	return a->active && (a->notify == NOTIFY_ALL ||
			     (a->notify == NOTIFY_MINE && a->id == t->owner_id));
}

/* An agent reads the names of the presets as the panel shows them. */
static struct err *add_in_language(struct desk *d, struct letters *all,
				   const char *letter, const struct letter_to *to,
				   const struct letter_about *about,
				   const struct ticket *t, struct letter_facts f)
{
	f.status = catalog_name(d->catalog, ENTRY_STATUS, t->status_id, to->lang);
	f.priority = catalog_name(d->catalog, ENTRY_PRIORITY, t->priority_id, to->lang);
	TRY(letters_add(d->db, all, letter, to, about, &f));
	return NULL;
}

/* To the store: everybody who wants mail, each in the own language, and the
 * address of all if there is one. */
static struct err *tell_store(struct desk *d, const struct actor *who,
			      const struct ticket *t, const struct message *m,
			      struct letter_facts f, const char *letter,
			      struct letters *all)
{
	const struct catalog *c = d->catalog;
	const char *ours = catalog_text(c, "notify_address");
	struct letter_about about = about_of(d, who, t, m);
	struct letter_to to = {
		.kind = "desk", .address = ours,
		.lang = catalog_text(c, "language"), .zone = catalog_text(c, "zone"),
	};
	const struct agent *agent;
	size_t n, told = 0;

	f.url = arena_printf(d->arena, "%s/ticket/%s#m%lld", d->urls->panel,
			     t->number, (long long) m->id);
	if (*ours)
		TRY(add_in_language(d, all, letter, &to, &about, t, f));
	agent = catalog_agents(c, &n);
	for (size_t i = 0; i < n && told < AGENTS_TOLD; i++) {
		if (!is_told(agent + i, t))
			continue;
		to = (struct letter_to) {
			.kind = "agent", .id = agent[i].id,
			.address = agent[i].email, .name = agent[i].name,
			.lang = locale_pick(agent[i].lang, catalog_text(c, "language")),
			.zone = agent[i].zone ? agent[i].zone : catalog_text(c, "zone"),
		};
		TRY(add_in_language(d, all, letter, &to, &about, t, f));
		told++;
	}
	return NULL;
}

/* Whoever takes part is told of the answer, and how to answer: each gets a
 * letter of their own and learns nothing of the others. */
static struct err *tell_participants(struct desk *d, const struct ticket *t,
				     const struct letter_about *about,
				     struct letter_facts f, const char *letter,
				     const struct letter_to *customer,
				     struct letters *all)
{
	const struct actor us = { .kind = ACTOR_SYSTEM, .shop = about->shop };
	const struct participant *p;
	struct rows people;

	f.order_no = f.order_url = f.order_placed_at = NULL;
	f.opened_at = f.opened_by = f.updated_at = NULL;
	f.status = f.priority = NULL;
	f.url = f.link = NULL;
	TRY(store_participant_list(d->db, &us, t->id, &people));
	p = people.at;
	for (size_t i = 0; i < people.n; i++) {
		struct letter_to to = {
			.kind = "participant", .address = p[i].address,
			.name = p[i].name,
			.lang = customer->lang, .zone = customer->zone,
		};

		if (strcmp(p[i].address, customer->address))
			TRY(letters_add(d->db, all, letter, &to, about, &f));
	}
	return NULL;
}

/* A guest's link is minted by the courier: nothing here could open a ticket. */
static struct err *tell_customer(struct desk *d, const struct actor *who,
				 const struct ticket *t, const struct message *m,
				 struct letter_facts f, const char *letter,
				 struct letters *all)
{
	const struct catalog *c = d->catalog;
	const char *lang = locale_pick(t->customer_lang ? t->customer_lang : t->lang,
				       catalog_text(c, "language"));
	struct letter_to to = {
		.kind = "customer", .id = t->customer_id,
		.address = t->customer_email, .name = t->customer_name,
		.lang = lang,
		.zone = t->customer_zone ? t->customer_zone : catalog_text(c, "zone"),
	};
	struct letter_about about = about_of(d, who, t, m);
	struct letter_facts theirs = f;

	theirs.status = catalog_customer_name(c, ENTRY_STATUS, t->status_id, lang);
	theirs.priority = catalog_name(c, ENTRY_PRIORITY, t->priority_id, lang);
	if (t->customer_external_id)
		theirs.url = arena_printf(d->arena, "%s/ticket/%s", d->urls->board, t->number);
	else
		theirs.link = "ticket";
	TRY(letters_add(d->db, all, letter, &to, &about, &theirs));
	if (m->kind == MESSAGE_REPLY && t->has_people)
		TRY(tell_participants(d, t, &about, f, letter, &to, all));
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
				struct letter_facts f, enum receipt receipt,
				struct letters *all)
{
	struct ticket unnamed = *t;

	if (receipt == RECEIPT_NONE || !catalog_switch(d->catalog, "receipts"))
		return NULL;
	if (receipt == RECEIPT_MUTE) {
		f = muted(f);
		unnamed.customer_name = NULL;
	}
	TRY(tell_customer(d, who, &unnamed, m, f, "receipt", all));
	return NULL;
}

struct err *notify_opened(struct desk *d, const struct actor *who,
			  const struct ticket *t, const struct message *m,
			  enum receipt receipt)
{
	struct letter_facts f = common(d, t, m);
	struct letters all = { .n = 0 };

	TRY(know_files(d, who, t, m, &f));
	if (who->kind != ACTOR_CUSTOMER)
		f.signature = signature(d, m);
	if (who->kind == ACTOR_CUSTOMER) {
		TRY(tell_store(d, who, t, m, f, "ticket_opened", &all));
		TRY(send_receipt(d, who, t, m, f, receipt, &all));
	} else if (m->kind != MESSAGE_NOTE && receipt == RECEIPT_FULL) {
		TRY(tell_customer(d, who, t, m, f, "ticket_by_store", &all));
	} else if (m->kind != MESSAGE_NOTE) {
		TRY(send_receipt(d, who, t, m, f, receipt, &all));
	}
	TRY(letters_write(d->db, &all));
	return NULL;
}

struct err *notify_written(struct desk *d, const struct actor *who,
			   const struct ticket *t, const struct message *m)
{
	struct letter_facts f = common(d, t, m);
	struct letters all = { .n = 0 };
	bool outside = m->kind == MESSAGE_NOTE && m->author_kind == AUTHOR_ADDRESS;

	if (m->kind == MESSAGE_NOTE && !outside)
		return NULL;
	TRY(know_files(d, who, t, m, &f));
	if (m->kind == MESSAGE_REPLY) {
		f.signature = signature(d, m);
		TRY(tell_customer(d, who, t, m, f, "message_from_store", &all));
	} else {
		TRY(tell_store(d, who, t, m, f, outside ? "note_from_outside"
							: "message_from_customer", &all));
	}
	TRY(letters_write(d->db, &all));
	return NULL;
}
