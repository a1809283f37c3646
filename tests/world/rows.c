#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "people.h"
#include "rows.h"
#include "shop.h"
#include "text.h"

/* --- how many units ------------------------------------------------------------ */

static uint32_t acts(const struct world *w) { return w->n_acts; }
static uint32_t tickets(const struct world *w) { return w->n_tickets; }
static uint32_t people(const struct world *w) { return w->n_people; }
static uint32_t orders(const struct world *w) { return w->n_orders; }

static uint32_t one(const struct world *w)
{
	(void) w;
	return 1;
}

static uint32_t files(const struct world *w)
{
	(void) w;
	return FILES;
}

/* --- messages ------------------------------------------------------------------- */

static void out_author(const struct world *w, const struct act *a, struct out *o)
{
	const struct ticket *t = &w->tickets[a->ticket];
	struct card c;

	out_text(o, a->agent ? "agent" : "customer");
	if (a->agent) {
		out_int(o, w->agents[a->agent].id);
		out_text(o, w->agents[a->agent].name);
		return;
	}
	people_card(w, t->person, &c);
	out_int(o, t->person + 1);
	out_text(o, c.name);
}

static void message(const struct world *w, uint32_t unit, struct out *o)
{
	static const char *const kinds[] = { "customer", "reply", "note" };
	static _Thread_local char body[BODY_MOST];
	const struct act *a = &w->acts[unit];
	const struct ticket *t = &w->tickets[a->ticket];

	if (a->what > WROTE_NOTE)
		return;
	out_int(o, a->id);
	out_int(o, a->ticket + 1);
	out_int(o, a->ticket + 1);
	out_text(o, kinds[a->what]);
	out_author(w, a, o);
	out_int(o, w->types[a->type]);
	out_int(o, w->states[t->state]);
	out_int(o, w->priorities[t->priority]);
	out_textn(o, body, text_body(w, a, body));
	out_int(o, a->files);
	out_time(o, a->at);
	out_time(o, a->at);
	out_end(o);
}

/* --- tickets -------------------------------------------------------------------- */

static void out_order(const struct world *w, const struct ticket *t, struct out *o)
{
	char number[32];
	struct bought b;

	if (!t->order) {
		for (int i = 0; i < 7; i++)
			out_null(o);
		return;
	}
	shop_bought(w, t->order - 1, &b);
	snprintf(number, sizeof(number), "MM-%u", FIRST_KEY + t->order - 1);
	out_text(o, number + 3);
	out_text(o, number);
	out_time(o, w->orders[t->order - 1].placed);
	out_text(o, shop_stage(&b, t->created)->label);
	out_text(o, shop_stage(&b, t->created)->group);
	out_text(o, b.currency);
	out_milli(o, b.total);
}

static void out_opener(const struct world *w, const struct ticket *t,
		       const struct card *c, struct out *o)
{
	bool customer = t->opener == BY_CUSTOMER;

	out_text(o, customer ? "shop" : "panel");
	out_text(o, c->lang);
	out_text(o, customer ? "customer" : "agent");
	out_int(o, customer ? t->person + 1 : w->agents[t->agent].id);
	out_text(o, customer ? c->name : w->agents[t->agent].name);
}

/* As LEFT(…, 200): the bytes of so many characters. */
static size_t words_of(const char *body, size_t n)
{
	size_t i = 0;

	for (int chars = 0; i < n; i++)
		if ((body[i] & 0xc0) != 0x80 && chars++ == 200)
			break;
	return i;
}

static void ticket(const struct world *w, uint32_t unit, struct out *o)
{
	const struct ticket *t = &w->tickets[unit];
	static _Thread_local char body[BODY_MOST];
	char subject[SUBJECT_MOST];
	struct card c;

	people_card(w, t->person, &c);
	out_int(o, unit + 1);
	out_int(o, FIRST_NUMBER + unit);
	out_int(o, t->person + 1);
	out_textn(o, subject, text_subject(w, unit, subject));
	out_int(o, w->types[t->type]);
	out_int(o, w->states[t->state]);
	out_text(o, w->turns[t->state]);
	out_int(o, w->priorities[t->priority]);
	out_id(o, t->owner ? w->agents[t->owner].id : 0);
	out_opener(w, t, &c, o);
	out_order(w, t, o);
	out_int(o, t->version);
	out_int(o, t->messages);
	out_int(o, t->last_message);
	out_id(o, t->last_public);
	out_id(o, t->seen);
	out_textn(o, body, words_of(body, text_body(w, &w->acts[t->last_act], body)));
	out_int(o, w->acts[t->last_act].files);
	out_time(o, t->created);
	out_time(o, t->updated);
	out_time(o, t->first_reply);
	out_time(o, t->waiting);
	out_time(o, t->last_customer);
	out_time(o, t->last_agent);
	out_time(o, t->closed);
	out_end(o);
}

static void ticket_lines(const struct world *w, uint32_t unit, struct out *o)
{
	const struct ticket *t = &w->tickets[unit];
	struct dice d = dice_of(OF_LINES, unit + TICKETS_MOST);
	struct bought b;
	char detail[120];

	if (!t->order)
		return;
	shop_bought(w, t->order - 1, &b);
	for (int i = 0; i < b.n_lines; i++) {
		const struct line *l = &b.lines[i];
		const struct article *a = shop_article(l->article);

		if (l->answer)
			snprintf(detail, sizeof(detail), "%s: %s", a->question,
				 l->answer);
		out_int(o, unit + 1);
		out_int(o, i + 1);
		out_int(o, l->id);
		out_text(o, a->name);
		out_text(o, a->sku);
		out_text(o, l->answer ? detail : NULL);
		out_int(o, l->pieces);
		out_milli(o, l->each);
		out_int(o, dice_percent(&d, 40));
		out_end(o);
	}
}

/* --- events --------------------------------------------------------------------- */

/* An event names ids, in the world they are places in a list. */
static int64_t id_of(const struct world *w, const struct act *a, uint8_t place,
		     bool old)
{
	switch (a->what) {
	case CREATED: return old ? 0 : w->states[place];
	case STATUS: return w->states[place];
	case OWNER: return place ? w->agents[place].id : 0;
	case PRIORITY: return w->priorities[place];
	default: return w->types[place];
	}
}

static void event(const struct world *w, uint32_t unit, struct out *o)
{
	static const char *const fields[] = {
		[CREATED] = "created", [STATUS] = "status", [OWNER] = "owner",
		[PRIORITY] = "priority", [TYPE] = "type",
	};
	const struct act *a = &w->acts[unit];

	if (a->what <= WROTE_NOTE)
		return;
	out_int(o, a->id);
	out_int(o, a->ticket + 1);
	out_time(o, a->at);
	out_text(o, a->agent ? "agent" : "customer");
	out_int(o, a->agent ? w->agents[a->agent].id
			    : w->tickets[a->ticket].person + 1);
	out_text(o, a->by_itself ? "automaton" : "person");
	out_id(o, a->cause);
	out_text(o, fields[a->what]);
	out_id(o, id_of(w, a, a->from, true));
	out_id(o, id_of(w, a, a->to, false));
	out_end(o);
}

/* --- counters ------------------------------------------------------------------- */

/* A state's tickets of one owner; -1 is everybody. */
static void count(const struct world *w, int state, int64_t owner, int64_t n,
		  struct out *o)
{
	if (!n)
		return;
	out_int(o, owner);
	out_int(o, w->states[state]);
	out_int(o, n);
	out_end(o);
}

/* Folded: there is nothing left to add. */
static void counts(const struct world *w, uint32_t unit, struct out *o)
{
	int64_t n[STATES][AGENTS + 1] = { { 0 } };

	(void) unit;
	for (uint32_t i = 0; i < w->n_tickets; i++)
		n[w->tickets[i].state][w->tickets[i].owner]++;
	for (int state = 0; state < STATES; state++) {
		int64_t all = 0;

		for (int owner = 0; owner <= AGENTS; owner++) {
			count(w, state, owner ? w->agents[owner].id : 0,
			      n[state][owner], o);
			all += n[state][owner];
		}
		count(w, state, -1, all, o);
	}
}

/* --- customers ------------------------------------------------------------------ */

static void customer(const struct world *w, uint32_t unit, struct out *o)
{
	const struct person *p = &w->people[unit];
	struct card c;

	people_card(w, unit, &c);
	out_int(o, unit + 1);
	out_id(o, p->guest ? 0 : FIRST_KEY + unit);
	out_text(o, c.email);
	out_text(o, c.name);
	out_text(o, c.phone);
	out_text(o, c.lang);
	out_text(o, c.zone);
	out_time(o, p->first);
	out_time(o, p->first);
	out_time(o, p->first);
	out_end(o);
}

/* --- files ---------------------------------------------------------------------- */

static void blob(const struct world *w, uint32_t unit, struct out *o)
{
	const struct file *f = &w->files[unit];

	out_text(o, f->sha256);
	out_int(o, f->size);
	out_time(o, w->now);
	out_end(o);
	if (!*f->thumb)
		return;
	out_text(o, f->thumb);
	out_int(o, f->thumb_size);
	out_time(o, w->now);
	out_end(o);
}

/* 22 signs that nobody can guess; here everybody can. */
static void public_id(struct dice *d, char out[23])
{
	static const char signs[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

	for (int i = 0; i < 22; i++)
		out[i] = signs[dice_below(d, 64)];
	out[22] = '\0';
}

static void attachment(const struct world *w, uint32_t unit, struct out *o)
{
	static const char *const names[] = { "photo", "IMG_2041", "invoice",
		"Foto vom Paket", "label", "写真", "bild", "screenshot" };
	const struct act *a = &w->acts[unit];
	struct dice d = dice_of(OF_FILE, unit);
	char id[23], name[80];

	if (a->what > WROTE_NOTE)
		return;
	for (int i = 0; i < a->files; i++) {
		const struct file *f = &w->files[dice_zipf(&d, FILES)];

		public_id(&d, id);
		snprintf(name, sizeof(name), "%s %u.%s", names[dice_zipf(&d, 8)],
			 1 + dice_below(&d, 99), f->ending);
		out_text(o, id);
		out_int(o, a->id);
		out_text(o, name);
		out_text(o, f->type);
		out_int(o, f->size);
		out_text(o, f->sha256);
		out_text(o, *f->thumb ? f->thumb : NULL);
		out_id(o, f->width);
		out_id(o, f->height);
		out_end(o);
	}
}

/* --- the lists ------------------------------------------------------------------ */

const struct table rows_messages[] = {
	{ "messages", "as_message (id, ticket_id, origin_ticket_id, kind,"
	  " author_kind, author_id, author_name, type_id, status_id, priority_id,"
	  " body, files, released_at, created_at)", acts, message },
	{ 0 }
};

const struct table rows_rest[] = {
	{ "tickets", "as_ticket (id, number, customer_id, subject, type_id,"
	  " status_id, turn, priority_id, owner_id, source, lang, opened_by_kind,"
	  " opened_by_id, opened_by_name, order_key, order_no, order_placed_at,"
	  " order_status, order_group, order_currency, order_total, version,"
	  " messages, last_message_id, last_public_id, customer_seen_id,"
	  " last_words, last_files, created_at, updated_at, first_reply_at, waiting_since,"
	  " last_customer_at, last_agent_at, closed_at)", tickets, ticket },
	{ "lines of their orders", "as_ticket_line (ticket_id, line_no, line_key,"
	  " name, sku, detail, qty, unit_price, chosen)", tickets, ticket_lines },
	{ "events", "as_event (id, ticket_id, at, actor_kind, actor_id, cause,"
	  " cause_id, field, old_id, new_id)", acts, event },
	{ "counters", "as_count (owner_id, status_id, n) SET shop_id = 1",
	  one, counts },
	{ "customers", "as_customer (id, external_id, email, name, phone, lang,"
	  " zone, proven_at, created_at, updated_at)", people, customer },
	{ "files", "as_blob (@sha256, size, created_at) SET sha256 = UNHEX(@sha256)",
	  files, blob },
	{ "attachments", "as_attachment (public_id, message_id, name, type, size,"
	  " @sha256, @thumb, width, height) SET sha256 = UNHEX(@sha256),"
	  " thumb = UNHEX(@thumb)", acts, attachment },
	{ "shoppers", "mokka.world_shopper (id, mail, given, family, phone, firm,"
	  " tongue, open_account, since, about)", people, shop_shopper },
	{ "orders", "mokka.world_purchase (id, number, shopper_id, mail, full_name,"
	  " phone, placed, touched, stage, currency, freight, total, tongue)",
	  orders, shop_purchase },
	{ "what was ordered", "mokka.world_purchase_line (id, purchase_id, place,"
	  " article, sku, name, pieces, each_price)", orders, shop_lines },
	{ "choices", "mokka.world_line_choice (purchase_id, line_id, question,"
	  " answer)", orders, shop_choices },
	{ "addresses", "mokka.world_purchase_address (purchase_id, role, name, firm,"
	  " street, extra, town, region, code, country)", orders, shop_addresses },
	{ "parcels", "mokka.world_parcel (id, purchase_id, sent, carrier, code,"
	  " follow)", orders, shop_parcels },
	{ "money given back", "mokka.world_money_back (id, purchase_id, at, amount,"
	  " why)", orders, shop_money_back },
	{ "the orders' stories", "mokka.world_diary (id, purchase_id, at, stage,"
	  " words, told)", orders, shop_diary },
	{ 0 }
};
