#include <string.h>

#include "base/address.h"
#include "base/arena.h"
#include "base/str.h"
#include "base/words.h"
#include "desk/catalog.h"
#include "desk/letter.h"
#include "desk/seal.h"
#include "port/db.h"
#include "port/mime.h"
#include "port/secret.h"
#include "store/address.h"
#include "store/outbox.h"

enum {
	TOKEN = 16,			/* random bytes of a Message-ID */
	LONGEST_DOMAIN = 150,		/* that leaves room for the rest of it */
	WARN_AFTER_S = 15 * 60,
};

/* The samples tell a small story, so that a preview looks like a letter. */

static const struct letter_file sample_files[] = {
	{ "lid-front.jpg", 482133 }, { "Rechnung 5001 <Kopie>.pdf", 84210 },
};

static const struct letter_facts sample_ticket = {
	.shop_name = "Mokka & Mehl", .shop_url = "https://shop.example",
	.imprint_url = "https://shop.example/imprint",
	.privacy_url = "https://shop.example/privacy",
	.ticket_number = "1042", .subject = "Lid <broken> on arrival",
	.url = "https://shop.example/help/1042?a=1&b=2",
	.order_no = "5001", .order_url = "https://shop.example/orders/5001",
	.order_placed_at = "2026-03-02 10:15:00",
	.opened_at = "2026-03-04 07:02:00",
	.opened_by = "Zoë Müller-Lüdenscheidt",
	.updated_at = "2026-03-05 08:05:00",
	.status = "Waiting for you", .priority = "Urgent",
	.author = "Anna",
	.body = "Thank you! The right lid is on its way, at no cost. You don't "
		"need to send the old one back.\n\nAbout the refund: your bank "
		"sent it back because the account was < closed > & gone. Which "
		"account should we use?",
	.written_at = "2026-03-05 08:05:00",
	.signature = "Anna <Mokka & Mehl>\nMonday to Friday, 9 to 17",
	.reason = "You get this mail because you wrote to Mokka & Mehl about order 5001.",
	.files = sample_files, .n_files = 2,
};

/* What an address that nobody has proven is told: nothing that was typed. */
static const struct letter_facts sample_receipt = {
	.shop_name = "Mokka & Mehl", .shop_url = "https://shop.example",
	.imprint_url = "https://shop.example/imprint",
	.privacy_url = "https://shop.example/privacy",
	.ticket_number = "1042", .url = "https://shop.example/help/1042",
	.opened_at = "2026-03-04 07:02:00", .updated_at = "2026-03-04 07:02:00",
	.status = "Open",
	.reason = "You get this mail because this address was given in the form of Mokka & Mehl.",
};

/* What an agent wrote by mail, and why it went no further. */
static const struct letter_facts sample_kept = {
	.shop_name = "Mokka & Mehl", .shop_url = "https://shop.example",
	.ticket_number = "1042", .subject = "Lid <broken> on arrival",
	.url = "https://shop.example/help/panel/ticket/1042#m7",
	.reason = "Somebody wrote in this ticket after the mail you answered.",
};

static const struct letter_facts sample_key = {
	.shop_name = "Mokka & Mehl", .shop_url = "https://shop.example",
	.author = "Anna <owner>", .url = "https://shop.example/help/key?a=1&b=2",
	.reason = "You get this mail because your address was entered there.",
};

const struct letter letters[] = {
	{ "ticket_opened", N_("To staff: a customer opened a ticket"),
	  "auto-generated", "bulk", &sample_ticket, .unasked = true },
	{ "message_from_customer", N_("To staff: a customer wrote"),
	  "auto-generated", "bulk", &sample_ticket, .unasked = true },
	{ "note_from_outside", N_("To staff: somebody who does not take part wrote"),
	  "auto-generated", "bulk", &sample_ticket, .unasked = true },
	{ "mail_kept", N_("To staff: your mail was not sent on"),
	  "auto-generated", NULL, &sample_kept, .unasked = true },
	{ "mail_refused", N_("To a sender: your mail could not be taken as the team’s"),
	  "auto-replied", NULL, &sample_receipt, .unasked = true },
	{ "receipt", N_("To the customer: we have your message"),
	  "auto-replied", NULL, &sample_receipt, .unasked = true },
	{ "message_from_store", N_("To the customer: an answer"),
	  NULL, NULL, &sample_ticket, .with_files = true },
	{ "ticket_by_store", N_("To the customer: the store opened a ticket"),
	  NULL, NULL, &sample_ticket, .with_files = true },
	{ "ticket_link", N_("To the customer: a new link to a ticket"),
	  "auto-generated", NULL, &sample_receipt },
	{ "guest_confirm", N_("To a guest: confirm your address"),
	  "auto-generated", NULL, &sample_key },
	{ "staff_invite", N_("To new staff: set your password"),
	  "auto-generated", NULL, &sample_key },
	{ "password_reset", N_("To staff: choose a new password"),
	  "auto-generated", NULL, &sample_key },
	{ "test_mail", N_("A test of the mail settings"),
	  "auto-generated", NULL, &sample_key },
	{ "loop_test", N_("To ourselves: does mail come back?"),
	  "auto-generated", NULL, &sample_key },
	{ NULL }
};

const struct letter *letter_find(const char *name)
{
	for (const struct letter *l = letters; l->name; l++)
		if (!strcmp(l->name, name))
			return l;
	return NULL;
}

#define FACT(NAME, KIND) \
	{ #NAME, offsetof(struct letter_facts, NAME), FACT_##KIND }

const struct letter_fact letter_fact_list[] = {
	FACT(shop_name, LINE), FACT(shop_url, LINE),
	FACT(imprint_url, LINE), FACT(privacy_url, LINE),
	FACT(ticket_number, LINE), FACT(subject, LINE), FACT(url, LINE),
	FACT(order_no, LINE), FACT(order_url, LINE),
	FACT(order_placed_at, DATE),
	FACT(opened_at, TIME), FACT(opened_by, LINE), FACT(updated_at, TIME),
	FACT(status, LINE), FACT(priority, LINE),
	FACT(author, LINE), FACT(body, BODY), FACT(written_at, TIME),
	FACT(signature, BODY), FACT(reason, LINE), FACT(link, LINE),
	FACT(claim, LINE),
	{ NULL }
};

/* Writing. */

static void add_files(struct str *json, const struct letter_facts *f)
{
	str_add(json, ",\"files\":[");
	for (size_t i = 0; i < f->n_files; i++) {
		str_add(json, i ? ",{\"name\":" : "{\"name\":");
		str_add_json(json, f->files[i].name);
		str_addf(json, ",\"size\":%lld}", (long long) f->files[i].size);
	}
	str_add(json, "]");
}

const char *letter_facts_json(struct arena *a, const struct letter_facts *f)
{
	struct str json;

	str_init(&json, a, LETTER_FACTS);
	str_addf(&json, "{\"reply_possible\":%d", f->reply_possible);
	for (const struct letter_fact *fact = letter_fact_list; fact->name; fact++) {
		const char *value;

		memcpy(&value, (const char *) f + fact->offset, sizeof(value));
		if (!value)
			continue;
		str_addf(&json, ",\"%s\":", fact->name);
		str_add_json(&json, value);
	}
	add_files(&json, f);
	str_add(&json, "}");
	return json.text;
}

static const char nobodys_domain[] = "aftersale.invalid";

const char *letter_domain(struct arena *a, const char *from_address)
{
	const char *ascii;

	if (!from_address || mime_envelope(a, from_address, &ascii)
	    || strlen(address_domain(ascii)) > LONGEST_DOMAIN)
		return nobodys_domain;
	return address_domain(ascii);
}

static const char *text_or_null(const char *text)
{
	return text && *text ? text : NULL;
}

struct letter_facts letter_shop_facts(const struct catalog *c)
{
	return (struct letter_facts) {
		.shop_name = catalog_text(c, "shop_name"),
		.shop_url = text_or_null(catalog_text(c, "shop_url")),
		.imprint_url = text_or_null(catalog_text(c, "imprint_url")),
		.privacy_url = text_or_null(catalog_text(c, "privacy_url")),
	};
}

static struct outbox row_for(const char *letter, const struct letter_to *to,
			     const struct letter_about *about)
{
	return (struct outbox) {
		.shop_id = about->shop,
		.ticket_id = about->ticket_id, .message_id = about->message_id,
		.letter = letter,
		.recipient_kind = to->kind, .recipient_id = to->id,
		.to_address = to->address, .to_name = to->name,
		.lang = to->lang, .zone = to->zone, .delay_s = about->delay_s,
	};
}

/* The facts as a row keeps them; whatever does not fit is our bug. */
static struct err *keep(struct arena *a, const char *letter,
			const struct letter_facts *f, const char **out)
{
	if (!letter_find(letter))
		return FAIL(a, ERR_BUG, "there is no letter %s", letter);
	*out = letter_facts_json(a, f);
	if (strlen(*out) >= LETTER_FACTS || f->n_files > LETTER_FILES)
		return FAIL(a, ERR_BUG, "the facts of %s are too long", letter);
	return NULL;
}

static const char *message_id(struct arena *a, const struct letter_about *about)
{
	const char *domain = about->domain ? about->domain : nobodys_domain;
	const char *random = secret_token(a, TOKEN);

	return about->seal && about->ticket_id
		? seal_message_id(a, about->seal, domain, about->ticket_id, random)
		: arena_printf(a, "<%s@%s>", random, domain);
}

struct err *letters_add(struct db *db, struct letters *all, const char *letter,
			const struct letter_to *to,
			const struct letter_about *about,
			const struct letter_facts *f)
{
	struct arena *a = db_arena(db);
	struct outbox *row;

	if (all->n == LETTERS_MOST)
		return NULL;
	if (!all->n)
		all->at = arena_alloc(a, LETTERS_MOST * sizeof(*all->at));
	row = all->at + all->n;
	*row = row_for(letter, to, about);
	row->message_id_header = message_id(a, about);
	TRY(keep(a, letter, f, &row->facts));
	all->n++;
	return NULL;
}

static bool is_among(const struct rows *unwanted, const char *address)
{
	const struct address_row *row = unwanted->at;

	for (size_t i = 0; i < unwanted->n; i++)
		if (!strcmp(row[i].address, address))
			return true;
	return false;
}

_Static_assert((int) LETTERS_MOST <= (int) ADDRESSES_MOST, "one look is enough for all");

/* Not to whom a letter that nobody asked for must not go. */
static struct err *leave_in_peace(struct db *db, struct letters *all)
{
	struct arena *a = db_arena(db);
	const char *address[LETTERS_MOST], *asked[LETTERS_MOST];
	struct rows unwanted;
	size_t n = 0, kept = 0;

	for (size_t i = 0; i < all->n; i++) {
		address[i] = letter_find(all->at[i].letter)->unasked
			? address_lower(a, all->at[i].to_address) : NULL;
		if (address[i])
			asked[n++] = address[i];
	}
	if (!n)
		return NULL;
	TRY(store_address_unwanted(db, all->at->shop_id, asked, n, &unwanted));
	for (size_t i = 0; i < all->n; i++)
		if (!address[i] || !is_among(&unwanted, address[i]))
			all->at[kept++] = all->at[i];
	all->n = kept;
	return NULL;
}

struct err *letters_write(struct db *db, struct letters *all)
{
	TRY(leave_in_peace(db, all));
	TRY(store_outbox_add(db, all->at, all->n));
	return NULL;
}

struct err *letter_write(struct db *db, const char *letter,
			 const struct letter_to *to,
			 const struct letter_about *about,
			 const struct letter_facts *f)
{
	struct letters one = { .n = 0 };

	TRY(letters_add(db, &one, letter, to, about, f));
	TRY(letters_write(db, &one));
	return NULL;
}

struct err *letter_watch(struct db *db, const char **remark)
{
	struct mail_host host;
	struct outbox_tally tally;

	TRY(store_mail_host_worst(db, &host));
	TRY(store_outbox_tally(db, &tally));
	*remark = NULL;
	if (host.away_s >= WARN_AFTER_S)
		*remark = arena_printf(db_arena(db),
			"%s has been away for %lld minutes (%s), letters waiting: %lld",
			host.host, (long long) host.away_s / 60,
			host.last_error, (long long) tally.due);
	else if (tally.failed_lately)
		*remark = arena_printf(db_arena(db),
			"letters given up in the last hour: %lld",
			(long long) tally.failed_lately);
	return NULL;
}
