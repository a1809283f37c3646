#include <string.h>

#include "base/arena.h"
#include "desk/catalog.h"
#include "desk/desk.h"
#include "desk/indexing.h"
#include "desk/search.h"
#include "plan.h"
#include "port/db.h"
#include "store/address.h"
#include "store/agent.h"
#include "store/attachment.h"
#include "store/catalog.h"
#include "store/chore.h"
#include "store/count.h"
#include "store/customer.h"
#include "store/delivery.h"
#include "store/event.h"
#include "store/guard.h"
#include "store/guest.h"
#include "store/health.h"
#include "store/mail.h"
#include "store/mail_loop.h"
#include "store/mailbox.h"
#include "store/menu.h"
#include "store/message.h"
#include "store/message_mail.h"
#include "store/outbox.h"
#include "store/participant.h"
#include "store/postmark.h"
#include "store/quarantine.h"
#include "store/relation.h"
#include "store/schema.h"
#include "store/search.h"
#include "store/session.h"
#include "store/setting.h"
#include "store/ticket_list.h"
#include "store/turn.h"

enum { PAGE = 25, SHOP = 1 };

static const struct bytes hash = { "0123456789abcdef0123456789abcdef", 32 };

/* --- lists: the first page, one in the middle of all, both ways ---------------- */

/* An instant in the middle of the world, or of a queue. */
static struct keyset middle(struct world *w, const struct ticket_filter *f)
{
	bool by_wait = f->order == TICKETS_BY_WAIT;

	return (struct keyset) {
		.oldest_first = by_wait, .limit = PAGE, .id = 1000,
		.at = by_wait
			? plan_text(w, "SELECT waiting_since AS value FROM as_ticket"
				       " WHERE turn = 'store' ORDER BY waiting_since"
				       " LIMIT 1 OFFSET 300")
			: plan_text(w, "SELECT updated_at AS value FROM as_ticket"
				       " ORDER BY updated_at LIMIT 1 OFFSET 25000"),
	};
}

static void list(struct world *w, const struct actor *who, struct ticket_filter f)
{
	struct keyset k = { .oldest_first = f.order == TICKETS_BY_WAIT, .limit = PAGE };
	struct rows rows;

	ASK(store_ticket_list(w->db, who, &f, &k, &rows));
	k.oldest_first = !k.oldest_first;
	ASK(store_ticket_list(w->db, who, &f, &k, &rows));
	k = middle(w, &f);
	ASK(store_ticket_list(w->db, who, &f, &k, &rows));
	k.backwards = true;
	ASK(store_ticket_list(w->db, who, &f, &k, &rows));
}

/* The value that most tickets have. */
#define COMMON(COLUMN)							\
	plan_number(w, "SELECT " COLUMN " AS value FROM as_ticket GROUP BY " COLUMN \
		       " ORDER BY COUNT(*) DESC LIMIT 1")
#define RARE(COLUMN)							\
	plan_number(w, "SELECT " COLUMN " AS value FROM as_ticket GROUP BY " COLUMN \
		       " ORDER BY COUNT(*) LIMIT 1")

static void queues(struct world *w)
{
	const struct ticket_filter needs = { .of_turn = true, .turn = TURN_STORE,
					     .open = true, .order = TICKETS_BY_WAIT };
	struct ticket_filter f = needs;
	int64_t open;

	list(w, &w->agent, needs);
	f.type_id = RARE("type_id");
	list(w, &w->agent, f);
	f = needs;
	f.priority_id = RARE("priority_id");
	list(w, &w->agent, f);
	f = needs;
	f.turn = TURN_CUSTOMER;
	list(w, &w->agent, f);
	f = (struct ticket_filter) { .open = true, .owner_id = w->agent.id,
				     .order = TICKETS_BY_WAIT };
	list(w, &w->agent, f);
	f.owner_id = -1;
	list(w, &w->agent, f);
	open = plan_number(w, "SELECT status_id AS value FROM as_ticket"
			      " WHERE turn = 'store' LIMIT 1");
	f = (struct ticket_filter) { .open = true, .statuses = &open, .n_statuses = 1,
				     .order = TICKETS_BY_WAIT };
	list(w, &w->agent, f);
	plan_allow(400, "what belongs to one agent and is open, of one turn");
	list(w, &w->own, needs);
	plan_usual();
}

static void archives(struct world *w)
{
	int64_t closed = COMMON("status_id"), two[2] = { closed, RARE("status_id") };
	struct ticket_filter all = { .order = TICKETS_BY_UPDATE }, f = all;

	list(w, &w->agent, all);
	plan_allow(400, "a turn with more statuses than are merged, or of one agent");
	f.of_turn = true;
	f.turn = TURN_OVER;
	list(w, &w->agent, f);
	plan_usual();
	f = all;
	f.type_id = RARE("type_id");
	list(w, &w->agent, f);
	f = all;
	f.priority_id = RARE("priority_id");
	list(w, &w->agent, f);
	f = all;
	f.owner_id = w->agent.id;
	list(w, &w->agent, f);
	f = all;
	f.statuses = &closed;
	f.n_statuses = 1;
	list(w, &w->agent, f);
	f.type_id = RARE("type_id");
	list(w, &w->agent, f);
	f.type_id = 0;
	f.priority_id = RARE("priority_id");
	list(w, &w->agent, f);
	list(w, &w->own, all);
	plan_allow(8 * (PAGE + 1), "two statuses shown as one are merged");
	f = (struct ticket_filter) { .statuses = two, .n_statuses = 2 };
	list(w, &w->agent, f);
	plan_usual();
}

static void postings(struct world *w)
{
	int64_t closed = COMMON("status_id"), two[2] = { closed, RARE("status_id") };
	const struct posting_filter filters[] = {
		{ 0 }, { .type_id = RARE("type_id") }, { .type_id = COMMON("type_id") },
		{ .priority_id = RARE("priority_id") }, { .statuses = &closed, .n_statuses = 1 },
		{ .from = "2020-01-01", .until = "2099-01-01" },
	};
	const char *at = plan_text(w, "SELECT created_at AS value FROM as_message"
				      " ORDER BY id LIMIT 1 OFFSET 120000");
	struct posting_filter both = { .statuses = two, .n_statuses = 2 };
	struct keyset first = { .limit = PAGE }, deep = { .limit = PAGE, .at = at, .id = 120001 };
	struct rows rows;

	for (size_t i = 0; i < sizeof(filters) / sizeof(*filters); i++) {
		ASK(store_message_postings(w->db, &w->agent, &filters[i], &first, &rows));
		ASK(store_message_postings(w->db, &w->agent, &filters[i], &deep, &rows));
	}
	plan_allow(8 * (PAGE + 1), "two statuses shown as one are merged");
	ASK(store_message_postings(w->db, &w->agent, &both, &deep, &rows));
	plan_allow(20000 + 200, "the newest are looked through for one agent's own");
	ASK(store_message_postings(w->db, &w->own, &filters[0], &first, &rows));
	plan_usual();
}

/* --- one ticket ------------------------------------------------------------------- */

static void one(struct world *w, const struct actor *who, const char *number)
{
	struct rows rows;
	struct ticket t = { 0 };
	bool is;

	ASK(store_ticket_find(w->db, who, number, &t));
	ASK(store_ticket_find_beside(w->db, who, number, &t));
	ASK(store_ticket_brief(w->db, who, number, &t));
	ASK(store_ticket_find_id(w->db, who, t.id, &t));
	ASK(store_ticket_lines(w->db, t.id, &rows));
	ASK(store_ticket_earlier(w->db, who, &t, 5, &rows));
	ASK(store_message_list(w->db, who, t.id, 0, &rows));
	ASK(store_message_list(w->db, who, t.id, t.last_message_id, &rows));
	ASK(store_message_since(w->db, who, t.id, t.last_message_id - 1, &rows));
	plan_allow(3 * 201, "each message that is shown is asked for its files");
	ASK(store_attachment_list(w->db, who, t.id, 1, t.last_message_id, &rows));
	plan_allow(3 * 201, "each message that is shown is asked for its mail");
	ASK(store_message_mail_list(w->db, who, t.id, 1, t.last_message_id, &rows));
	ASK(store_postmark_list(w->db, who, t.id, 1, t.last_message_id, &rows));
	plan_usual();
	ASK(store_attachment_shown(w->db, who, t.last_message_id, &rows));
	ASK(store_event_list(w->db, who, t.id, &rows));
	ASK(store_outbox_of_ticket(w->db, t.id, &rows));
	ASK(store_delivery_of_ticket(w->db, who, t.id, "zoe@mail.example", &rows));
	plan_allow(120, "the newest messages are looked through for those that came by mail");
	ASK(store_outbox_thread(w->db, &(struct outbox) {
		.ticket_id = t.id, .message_id = t.last_message_id, .seq = INT64_MAX,
		.to_address = "zoe@mail.example",
	}, &rows));
	plan_usual();
	ASK(store_participant_list(w->db, who, t.id, &rows));
	ASK(store_participant_is(w->db, t.id, "zoe@mail.example", &is));
	if (who->kind == ACTOR_AGENT)
		ASK(store_ticket_around(w->db, who, TURN_STORE, &t, &rows));
	ASK(db_begin(w->db));
	ASK(store_ticket_lock(w->db, who, t.id, &t));
	ASK(store_ticket_lock_number(w->db, who, number, &t));
	db_rollback(w->db);
}

static void tickets(struct world *w)
{
	const char *longest = plan_text(w, "SELECT number AS value FROM as_ticket"
					   " ORDER BY messages DESC LIMIT 1");
	const char *theirs = plan_text(w, arena_printf(db_arena(w->db),
		"SELECT number AS value FROM as_ticket WHERE customer_id = %lld LIMIT 1",
		(long long) w->regular.id));
	struct message_mail mail;
	struct upload file;

	ASK(store_message_mail_find(w->db, &w->agent, 1, &mail));
	ASK(store_message_mail_find(w->db, &w->regular, 1, &mail));
	one(w, &w->agent, longest);
	one(w, &w->agent, theirs);
	one(w, &w->regular, theirs);
	ASK(store_attachment_find(w->db, &w->agent,
		plan_text(w, "SELECT public_id AS value FROM as_attachment LIMIT 1"), &file));
	ASK(store_attachment_find(w->db, &w->regular,
		plan_text(w, "SELECT public_id AS value FROM as_attachment LIMIT 1"), &file));
}

/* --- what customers see ------------------------------------------------------------- */

static void orders(struct world *w, const struct actor *who)
{
	const char *keys[TICKET_KEYS];
	struct shop_cursor newest = { 0 };
	struct shop_orders found = { .more = false };
	const struct shop_order *o;
	struct rows rows;
	size_t n = 0;

	ASK(store_shop_orders_of(&w->shop, who->external_id, newest, 10, &found));
	ASK(store_shop_orders_of(&w->shop, who->external_id, found.next, 10, &found));
	ASK(store_shop_orders_of_email(&w->shop, who->email, newest, 10, &found));
	o = found.rows.at;
	for (; n < found.rows.n && n < TICKET_KEYS; n++)
		keys[n] = o[n].order_key;
	if (!n)
		return;
	ASK(store_shop_lines_by_keys(&w->shop, keys, n, &rows));
	ASK(store_ticket_of_orders(w->db, who, keys, n, &rows));
	list(w, who, (struct ticket_filter) { .order_key = keys[0] });
	ASK(store_message_list_of_order(w->db, who, keys[0], &rows));
	ASK(store_attachment_list_of_order(w->db, who, keys[0], 1, INT64_MAX, &rows));
	ASK(store_message_mail_list_of_order(w->db, who, keys[0], 1, INT64_MAX, &rows));
}

static void customers(struct world *w)
{
	const struct actor *who[] = { &w->customer, &w->regular };
	struct ticket_tally tally;
	struct rows rows;

	for (int i = 0; i < 2; i++) {
		list(w, who[i], (struct ticket_filter) { .customer_id = who[i]->id, .open = true });
		list(w, who[i], (struct ticket_filter) { .customer_id = who[i]->id, .closed = true });
		orders(w, who[i]);
		ASK(store_ticket_tally(w->db, who[i], &tally));
		plan_allow(8 * (PAGE + 1), "open and closed ones are merged");
		list(w, who[i], (struct ticket_filter) { .customer_id = who[i]->id });
		plan_allow(2 * 500 + 200, "a search among the newest 500");
		ASK(store_ticket_search_own(w->db, who[i], "kaffee", &rows));
		plan_usual();
	}
}

static void shop(struct world *w)
{
	const char *key = plan_text(w, "SELECT order_key AS value FROM as_ticket WHERE"
				       " order_key IS NOT NULL ORDER BY id LIMIT 1 OFFSET 9999");
	const char *no = plan_text(w, "SELECT order_no AS value FROM as_ticket WHERE"
				      " order_key IS NOT NULL ORDER BY id LIMIT 1 OFFSET 9999");
	struct shop_customer customer;
	struct shop_order order;
	struct rows rows;

	ASK(store_shop_order(&w->shop, key, &order));
	ASK(store_shop_lines(&w->shop, key, &rows));
	ASK(store_shop_addresses(&w->shop, key, &rows));
	ASK(store_shop_shipments(&w->shop, key, &rows));
	ASK(store_shop_refunds(&w->shop, key, &rows));
	ASK(store_shop_events(&w->shop, key, &rows));
	ASK(store_shop_find(&w->shop, no, &rows));
	ASK(store_shop_customer(&w->shop, w->regular.external_id, &customer));
	ASK(store_shop_customers_of_email(&w->shop, w->regular.email, &rows));
	ASK(store_shop_samples(&w->shop, &rows));
}

/* --- who is there, and what holds for everybody --------------------------------------- */

static void people(struct world *w)
{
	struct customer c;
	struct session s;
	struct agent a;
	struct link link;
	struct rows rows;
	int64_t n;
	bool yes;

	ASK(store_session_agent(w->db, SHOP, hash, &s));
	ASK(store_session_customer(w->db, SHOP, hash, &s));
	ASK(store_agent_find(w->db, w->agent.id, &a));
	ASK(store_agent_of(w->db, "anna@shop.example", &a, &yes));
	ASK(store_agent_secret(w->db, "anna@shop.example", &a, &yes));
	ASK(store_agent_find_token(w->db, hash, &a, &yes));
	ASK(store_customer_find(w->db, SHOP, w->regular.id, &c));
	ASK(store_customer_by_external(w->db, SHOP, w->regular.external_id, &c, &yes));
	ASK(store_customer_guest(w->db, SHOP, w->regular.email, &c, &yes));
	ASK(store_customer_taken(w->db, SHOP, w->regular.email, "other", &yes));
	ASK(store_customer_search(w->db, &w->agent, w->regular.email, &rows));
	ASK(store_guard_find_form(w->db, hash, &n, &n, &yes));
	ASK(store_guard_find_link(w->db, SHOP, hash, &link, &yes));
	plan_allow(500 * 3, "all agents, when the settings are read");
	ASK(store_agent_list(w->db, &rows));
	ASK(store_role_list(w->db, &rows));
	ASK(db_begin(w->db));
	ASK(store_agent_keepers(w->db, &n));
	db_rollback(w->db);
	plan_usual();
}

static void settings(struct world *w)
{
	static const char *const ids[] = { "AAAAAAAAAAAAAAAAAAAAAA" };
	struct guest_request guest;
	struct upload upload;
	struct bytes secret;
	struct image image;
	struct rows rows, uses;
	bool yes;

	ASK(store_setting_all(w->db, SHOP, &rows));
	ASK(store_setting_secret(w->db, "form", &secret));
	ASK(store_setting_audit_list(w->db, &w->agent, 0, &rows));
	ASK(store_catalog_labels(w->db, SHOP, &rows));
	ASK(store_catalog_transitions(w->db, SHOP, &rows));
	ASK(store_catalog_find_image(w->db, hash, &image));
	ASK(store_menu_read(w->db, &w->agent, true, &rows));
	ASK(store_upload_list(w->db, hash, ids, 1, &rows));
	ASK(store_upload_find(w->db, hash, ids[0], &upload));
	ASK(store_blob_known(w->db, hash, &yes));
	ASK(db_begin(w->db));
	ASK(store_guest_find(w->db, SHOP, hash, &guest, &yes));
	db_rollback(w->db);
	for (int kind = 0; kind < ENTRY_KINDS; kind++) {
		plan_usual();
		ASK(store_catalog_entries(w->db, SHOP, (enum entry_kind) kind, &rows));
		plan_allow(2100 * (long) rows.n, "each use is counted to a thousand, and again");
		ASK(store_catalog_uses(w->db, SHOP, (enum entry_kind) kind, &rows, &uses));
	}
	plan_usual();
}

/* --- the courier, and the command line --------------------------------------------------- */

static void letters(struct world *w)
{
	struct quarantine_state incoming;
	struct health_letters health;
	struct outbox_tally tally;
	struct mail_tally in;
	struct mail_host host;
	struct mail_loop loop;
	struct address_row address;
	struct outbox letter;
	struct rows rows;
	int64_t n;
	bool is;

	ASK(store_outbox_find(w->db, 1, &letter));
	ASK(store_outbox_by_header(w->db, "<nobody@shop.example>", &letter));
	ASK(store_address_find(w->db, SHOP, "zoe@mail.example", &address, &is));
	ASK(store_address_unwanted(w->db, SHOP, (const char *const[]) {
		"zoe@mail.example", "ben@mokka.example" }, 2, &rows));
	ASK(store_mail_loop_find(w->db, SHOP, &loop, &is));
	ASK(store_outbox_due(w->db, 20, &rows));
	ASK(store_outbox_failures(w->db, SHOP, &rows));
	ASK(store_mail_host_find(w->db, "smtp://mail.example", &host));
	ASK(store_mail_host_worst(w->db, &host));
	plan_allow(3100, "incoming letters are counted to a thousand");
	ASK(store_quarantine_state(w->db, SHOP, &incoming));
	plan_allow(3000, "letters of the last hours, for the courier's watch");
	ASK(store_outbox_tally(w->db, &tally));
	ASK(store_mail_tally(w->db, SHOP, &in));
	ASK(store_mail_capped(w->db, SHOP, &n));
	ASK(store_health_letters(w->db, &health));
	plan_usual();
}

static void letters_in(struct world *w)
{
	const char *ids[] = { "<a@example.com>", "<b@example.com>" };
	const char *from = w->regular.email, *words;
	struct mail_row m = { .shop_id = SHOP, .content = hash, .mail_id = ids[0],
			      .from_address = from };
	struct mail_known known;
	struct customer c;
	struct rows rows;
	int64_t n;
	bool yes;

	ASK(store_mail_known(w->db, &m, &known));
	ASK(store_mail_opened_lately(w->db, SHOP, 3600, 200, &n));
	ASK(store_mail_hits(w->db, SHOP, ids, 2, &rows));
	ASK(store_ticket_lately(w->db, SHOP, from, &rows));
	ASK(store_customer_account(w->db, SHOP, from, &c, &yes));
	ASK(store_message_last_reply(w->db, 1, &words));
	ASK(store_mail_list(w->db, &w->agent, MAIL_HELD, 0, &rows));
	ASK(store_mail_list(w->db, &w->agent, MAIL_HELD, 1000, &rows));
	ASK(store_mail_find(w->db, &w->agent, 1, &m));
	ASK(store_mail_of_message(w->db, &w->agent, 1, &m));
	ASK(store_relation_list(w->db, &w->agent, 1, &rows));
	ASK(store_relation_list(w->db, &w->regular, 1, &rows));
}

static void mailboxes(struct world *w)
{
	const struct bytes first = { "", 0 };
	struct mailbox_seen seen;
	struct mailbox box;
	struct rows rows;
	int64_t n;
	bool yes;

	ASK(store_mailbox_list(w->db, &w->agent, &rows));
	ASK(store_mailbox_count(w->db, SHOP, &n));
	ASK(store_mailbox_claim(w->db, SHOP, 60, &box, &yes));
	ASK(store_mailbox_find(w->db, &w->agent, 1, &box));
	ASK(store_mailbox_seen(w->db, 1, first, &rows));
	ASK(store_mailbox_find_seen(w->db, 1, "uid", &seen, &yes));
	ASK(store_chore_silence(w->db, "mailroom", &n));
}

static void housekeeping(struct world *w)
{
	struct schema_found found;
	struct rows rows;
	int64_t n;

	ASK(store_turn_last(w->db, &n));
	ASK(store_setting_revision(w->db, SHOP, &n));
	ASK(store_schema_check(w->db));
	ASK(store_schema_list(w->db, &rows));
	plan_allow(2000, "the tables' names");
	ASK(store_schema_look(w->db, &found));
	plan_allow(30000, "a batch of ten thousand is folded");
	ASK(store_count_fold(w->db, &n));
	plan_allow(30000, "the reaper looks through what is old");
	ASK(store_blob_unused(w->db, &rows));
	plan_usual();
}

/* --- the search ----------------------------------------------------------------------------- */

static void searches(struct world *w)
{
	static const char *const questions[] = {
		"mokka", "please parcel", "mokka -please", "\"thank you\"", "zz*",
		"paket status:open", "status:closed", "is:unassigned type:question",
		"owner:me created:2024", "from:a", "has:note has:attachment", "注文",
		"updated:2099", "waiting:>900d", "no-such-word-anywhere", "ann",
	};
	const struct reader reader = { .lang = "en", .zone = "UTC", .now = clock_now() };
	struct indexing walk = { .shop = SHOP };
	struct desk d = { .arena = db_arena(w->db), .db = w->db };
	struct catalog *c;
	struct search found;

	ASK(catalog_load(d.arena, w->db, SHOP, &c));
	d.catalog = c;
	plan_allow(60000, "full text, and at most 20,000 rows one by one");
	for (size_t i = 0; i < sizeof(questions) / sizeof(*questions); i++)
		ASK(search_find(&d, &w->agent, &reader, questions[i], "", &found));
	ASK(indexing_batch(w->db, &walk));
	plan_usual();
}

/* Tickets are looked at one by one, never all there are. */
static void candidates(struct world *w)
{
	static const char *const word[] = { "mokka" };
	const struct search_term t = { .field = SEARCH_TEXT, .words = word, .n_words = 1,
				       .pattern = " mokka ", .name = true };
	const char *some = plan_text(w, "SELECT JSON_ARRAYAGG(id) AS value FROM (SELECT id"
					" FROM as_ticket ORDER BY id DESC LIMIT 25) AS x");
	struct rows rows;

	plan_allow(25 * 60, "all documents of 25 tickets");
	ASK(store_search_pass(w->db, &w->agent, some, &t, 1, NULL, 0, &rows));
	ASK(store_search_pass(w->db, &w->own, some, &t, 1, &t, 5, &rows));
	ASK(store_search_places(w->db, some, &t, &rows));
	plan_usual();
	ASK(store_search_bodies(w->db, some, &rows));
}

void ask_everything(struct world *w)
{
	queues(w);
	archives(w);
	postings(w);
	tickets(w);
	customers(w);
	shop(w);
	people(w);
	settings(w);
	letters(w);
	letters_in(w);
	mailboxes(w);
	housekeeping(w);
	searches(w);
	candidates(w);
}
