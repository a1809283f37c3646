#include <string.h>

#include "base/address.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/locale.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/words.h"
#include "desk/catalog.h"
#include "desk/letter.h"
#include "port/db.h"
#include "port/json.h"
#include "port/mime.h"
#include "port/secret.h"
#include "port/view.h"
#include "store/outbox.h"

enum {
	MOST_FACTS = 512 * 1024,
	MOST_TEXT = 1024 * 1024,	/* of a rendered letter */
	MOST_FILES = 20,
	TOKEN = 16,			/* random bytes of a Message-ID */
	WARN_AFTER_S = 15 * 60,
	COLUMNS = 72, INDENT = 4,	/* of a message quoted in plain text */
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

static const struct letter_facts sample_key = {
	.shop_name = "Mokka & Mehl", .shop_url = "https://shop.example",
	.author = "Anna <owner>", .url = "https://shop.example/help/key?a=1&b=2",
	.reason = "You get this mail because your address was entered there.",
};

const struct letter letters[] = {
	{ "ticket_opened", N_("To staff: a customer opened a ticket"),
	  "auto-generated", "bulk", &sample_ticket },
	{ "message_from_customer", N_("To staff: a customer wrote"),
	  "auto-generated", "bulk", &sample_ticket },
	{ "receipt", N_("To the customer: we have your message"),
	  "auto-replied", NULL, &sample_receipt },
	{ "message_from_store", N_("To the customer: an answer"),
	  NULL, NULL, &sample_ticket },
	{ "ticket_by_store", N_("To the customer: the store opened a ticket"),
	  NULL, NULL, &sample_ticket },
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
	{ NULL }
};

const struct letter *letter_find(const char *name)
{
	for (const struct letter *l = letters; l->name; l++)
		if (!strcmp(l->name, name))
			return l;
	return NULL;
}

/* Every fact once: how it is kept, and how it is shown. */

enum fact_kind { LINE, BODY, TIME, DATE };

struct fact {
	const char *name;
	size_t offset;
	enum fact_kind kind;
};

#define FACT(NAME, KIND) { #NAME, offsetof(struct letter_facts, NAME), KIND }

static const struct fact facts[] = {
	FACT(shop_name, LINE), FACT(shop_url, LINE),
	FACT(imprint_url, LINE), FACT(privacy_url, LINE),
	FACT(ticket_number, LINE), FACT(subject, LINE), FACT(url, LINE),
	FACT(order_no, LINE), FACT(order_url, LINE),
	FACT(order_placed_at, DATE),
	FACT(opened_at, TIME), FACT(opened_by, LINE), FACT(updated_at, TIME),
	FACT(status, LINE), FACT(priority, LINE),
	FACT(author, LINE), FACT(body, BODY), FACT(written_at, TIME),
	FACT(reason, LINE), FACT(link, LINE),
};
enum { FACTS = sizeof(facts) / sizeof(*facts) };

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

	str_init(&json, a, MOST_FACTS);
	str_addf(&json, "{\"reply_possible\":%d", f->reply_possible);
	for (size_t i = 0; i < FACTS; i++) {
		const char *value;

		memcpy(&value, (const char *) f + facts[i].offset, sizeof(value));
		if (!value)
			continue;
		str_addf(&json, ",\"%s\":", facts[i].name);
		str_add_json(&json, value);
	}
	add_files(&json, f);
	str_add(&json, "}");
	return json.text;
}

const char *letter_domain(struct arena *a, const char *from_address)
{
	const char *ascii;

	if (!from_address || mime_envelope(a, from_address, &ascii))
		return "aftersale.invalid";
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

struct err *letter_write(struct db *db, const char *letter,
			 const struct letter_to *to,
			 const struct letter_about *about,
			 const struct letter_facts *f)
{
	struct arena *a = db_arena(db);
	struct outbox row = {
		.shop_id = about->shop,
		.ticket_id = about->ticket_id, .message_id = about->message_id,
		.letter = letter,
		.recipient_kind = to->kind, .recipient_id = to->id,
		.to_address = to->address, .to_name = to->name,
		.lang = to->lang, .zone = to->zone,
		.message_id_header = arena_printf(a, "<%s@%s>",
			secret_token(a, TOKEN),
			about->domain ? about->domain : "aftersale.invalid"),
		.facts = letter_facts_json(a, f),
	};

	if (!letter_find(letter))
		return FAIL(a, ERR_BUG, "there is no letter %s", letter);
	if (strlen(row.facts) >= MOST_FACTS || f->n_files > MOST_FILES)
		return FAIL(a, ERR_BUG, "the facts of %s are too long", letter);
	TRY(store_outbox_add(db, &row, about->delay_s));
	return NULL;
}

/* Reading, and showing to a template. */

/* One line, folded at a blank where it is too long; a word that is longer
 * than a line stays whole: it is an address to click on. */
static void add_folded(struct str *out, const char *line, size_t n)
{
	size_t at = 0;

	while (at < n) {
		size_t end = at, width = 0, word = 0;

		for (size_t i = at; i < n; i++) {
			if (line[i] == ' ' && (width <= COLUMNS - INDENT || !word))
				word = i;
			width += ((unsigned char) line[i] & 0xc0) != 0x80;
			if (width > COLUMNS - INDENT && word)
				break;
			end = i + 1;
		}
		if (end < n)
			end = word;
		str_addf(out, "%*s", INDENT, "");
		str_addn(out, line + at, end - at);
		str_add(out, "\n");
		at = end + (end < n);
	}
}

static const char *quoted(struct arena *a, const char *body)
{
	struct str out;

	str_init(&out, a, MOST_TEXT);
	while (*body) {
		size_t n = strcspn(body, "\r\n");

		add_folded(&out, body, n);
		if (!n)
			str_add(&out, "\n");
		body += n;
		body += body[0] == '\r' && body[1] == '\n' ? 2 : !!*body;
	}
	return out.text;
}

static const char *shown(struct arena *a, const struct reader *r,
			 enum fact_kind kind, const char *value)
{
	switch (kind) {
	case TIME: return locale_time(a, r, clock_parse(value));
	case DATE: return locale_date(a, r, clock_parse(value));
	case BODY: return value;
	case LINE: break;
	}
	return utf8_line(a, value);
}

static void show_files(struct arena *a, const struct reader *r, struct node *to,
		       struct json *files)
{
	struct json *file;

	for (size_t i = 0; i < MOST_FILES && (file = json_element(files, i)); i++) {
		struct node *n = node_item(to);
		const char *name = json_text(json_member(file, "name"));
		int64_t size;

		node_put(n, "name", name ? utf8_line(a, name) : "");
		if (json_number(json_member(file, "size"), &size))
			node_put(n, "size", locale_size(a, r, size));
	}
}

static void show_facts(struct arena *a, const struct reader *r,
		       struct view *v, struct json *all)
{
	struct node *to = view_at(v, "Fact");
	int64_t reply = 0;

	for (size_t i = 0; i < FACTS; i++) {
		const char *value = json_text(json_member(all, facts[i].name));

		if (!value)
			continue;
		node_put_(to, facts[i].name, shown(a, r, facts[i].kind, value));
		if (facts[i].kind == BODY)
			node_put(to, "body_quoted", quoted(a, value));
	}
	node_switch(to, "reply_possible",
		    json_number(json_member(all, "reply_possible"), &reply) && reply);
	show_files(a, r, node_at(to, "files"), json_member(all, "files"));
}

static struct view *filled_view(struct arena *a, struct views *vs,
				const struct outbox *row, struct json *all)
{
	const struct reader reader = { .lang = row->lang, .zone = row->zone };
	struct view *v = view_new(a, vs);

	view_put(v, "Lang", row->lang);
	view_put(v, "Dir", locale_direction(row->lang));
	view_put(v, "Letter", row->letter);
	show_facts(a, &reader, v, all);
	return v;
}

static struct err *render(struct arena *a, struct view *v, const char *name,
			  const char *ending, struct str *out)
{
	str_init(out, a, MOST_TEXT);
	TRY(view_render(v, arena_printf(a, "mail/%s.%s.cs", name, ending), out));
	if (out->cut)
		return FAIL(a, ERR_BUG, "%s.%s is too long", name, ending);
	return NULL;
}

/* "Subject: …\n\n" and the text. */
static struct err *split(struct arena *a, char *text, const char *name,
			 struct mime_letter *out)
{
	static const char first[] = "Subject: ";
	char *end = strchr(text, '\n');

	if (strncmp(text, first, sizeof(first) - 1) || !end || end[1] != '\n')
		return FAIL(a, ERR_BUG, "%s does not begin with its subject", name);
	out->subject = arena_copy(a, text + sizeof(first) - 1,
				  (size_t) (end - text) - sizeof(first) + 1);
	out->text = end + 2;
	return NULL;
}

struct err *letter_render(struct arena *a, struct views *vs,
			  const struct letter_sender *sender,
			  const struct outbox *row, const char *url,
			  struct mime_letter *out)
{
	const struct letter *letter = letter_find(row->letter);
	struct str text, html;
	struct json *all;
	struct view *v;

	if (!letter)
		return FAIL(a, ERR_BUG, "there is no letter %s", row->letter);
	if (json_parse(a, row->facts, strlen(row->facts), 4, &all))
		return FAIL(a, ERR_BUG, "the facts of letter %lld cannot be read",
			    (long long) row->id);
	words_use(row->lang);
	v = filled_view(a, vs, row, all);
	view_put(v, "Fact.url", url);
	TRY(render(a, v, row->letter, "txt", &text));
	TRY(render(a, v, row->letter, "html", &html));
	*out = (struct mime_letter) {
		.from_name = sender->name ? sender->name
					  : json_text(json_member(all, "shop_name")),
		.from_address = sender->address,
		.to_name = row->to_name, .to_address = row->to_address,
		.message_id = row->message_id_header,
		.in_reply_to = row->thread, .references = row->thread,
		.date = clock_parse(row->created_at),
		.lang = row->lang,
		.auto_submitted = letter->auto_submitted,
		.precedence = letter->precedence,
		.loop_id = sender->loop_id,
		.html = html.text,
	};
	TRY(split(a, text.text, row->letter, out));
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
