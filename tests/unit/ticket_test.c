/* The rules of a ticket, on a real database; shop 40 is this file's own. */
#include "base/arena.h"
#include "desk/mine.h"
#include "desk/order.h"
#include "desk/ticket.h"
#include "fixture.h"
#include "store/count.h"
#include "store/customer.h"
#include "store/outbox.h"

enum { SHOP = 40 };

struct stage {
	struct desk d;
	struct actor zoe, eve, anna;
};

static struct actor customer(struct desk *d, const char *key, const char *email)
{
	struct customer c = { .email = email, .name = "Zoë <Müller>", .lang = "de" };
	bool found;

	CHECK_OK(store_customer_by_external(d->db, SHOP, key, &c, &found));
	if (!found) {
		c = (struct customer) { .external_id = key, .email = email,
					.name = "Zoë <Müller>", .lang = "de" };
		CHECK_OK(store_customer_add(d->db, SHOP, &c, true));
	}
	return (struct actor) { .kind = ACTOR_CUSTOMER, .shop = SHOP, .id = c.id,
				.name = "Zoë <Müller>", .email = email,
				.external_id = key };
}

static struct stage enter(void)
{
	struct stage s = { .d = house_desk(house_enter(), SHOP) };

	s.zoe = customer(&s.d, "zoe", "zoe@example.com");
	s.eve = customer(&s.d, "eve", "eve@example.com");
	s.anna = (struct actor) { .kind = ACTOR_AGENT, .shop = SHOP, .id = 900,
				  .name = "Anna", .email = "anna@shop.example" };
	for (int r = 0; r < RIGHTS; r++)
		s.anna.may[r] = SCOPE_ALL;
	return s;
}

static int64_t type(struct stage *s)
{
	return catalog_default(s->d.catalog, ENTRY_TYPE)->id;
}

static struct result opened(struct stage *s, const char *body)
{
	struct opening o = {
		.writing = { .type_id = type(s), .body = body },
		.subject = "Lid broken", .source = TICKET_FROM_SHOP, .lang = "de",
	};
	struct result r;

	static char numbers[8][32];
	static int n;

	CHECK_OK(ticket_open(&s->d, &s->zoe, &o, &r));
	CHECK_INT(r.what, WRITTEN);
	/* The number outlives the request, as it does in an address. */
	n = (n + 1) % 8;
	snprintf(numbers[n], sizeof(numbers[n]), "%s", r.number);
	r.number = numbers[n];
	return r;
}

static struct result wrote(struct stage *s, const struct actor *who, int64_t id,
			   struct writing w)
{
	struct result r;

	CHECK_OK(ticket_write(&s->d, who, id, &w, &r));
	return r;
}

static const char *status_of(struct stage *s, const char *number)
{
	struct ticket t;

	CHECK_OK(ticket_find(&s->d, &s->zoe, number, &t));
	return catalog_entry(s->d.catalog, ENTRY_STATUS, t.status_id)->code;
}

static int64_t letters(struct stage *s, int64_t ticket_id, const char *name)
{
	struct rows rows;
	const struct outbox *o;
	int64_t n = 0;

	CHECK_OK(store_outbox_of_ticket(s->d.db, ticket_id, &rows));
	o = rows.at;
	for (size_t i = 0; i < rows.n; i++)
		n += !strcmp(o[i].letter, name);
	return n;
}

TEST(a_new_ticket_is_open_and_its_customer_gets_a_receipt)
{
	struct stage s = enter();
	struct result r = opened(&s, "It broke.");
	struct reading reading;

	CHECK_TEXT(status_of(&s, r.number), "open");
	CHECK_OK(ticket_read(&s.d, &s.zoe, r.number, 0, &reading));
	CHECK_INT(reading.messages.n, 1);
	CHECK_TEXT(((struct message *) reading.messages.at)->body, "It broke.");
	CHECK_TEXT(reading.ticket.opened_by_name, "Zoë <Müller>");
	CHECK_INT(letters(&s, r.ticket_id, "receipt"), 1);
}

/* The staff's facts went through the database, which puts a blank there. */
static bool says(const char *facts, const char *name, const char *begin)
{
	char tight[64], wide[64];

	snprintf(tight, sizeof(tight), "\"%s\":\"%s", name, begin);
	snprintf(wide, sizeof(wide), "\"%s\": \"%s", name, begin);
	return strstr(facts, tight) || strstr(facts, wide);
}

TEST(every_letter_says_when_the_ticket_was_opened_by_whom_and_last_updated)
{
	struct stage s = enter();
	struct result r = opened(&s, "It broke.");
	struct rows rows;
	const struct outbox *o;

	wrote(&s, &s.anna, r.ticket_id, (struct writing) {
		.type_id = type(&s), .body = "We send a new one.",
	});
	CHECK_OK(store_outbox_of_ticket(s.d.db, r.ticket_id, &rows));
	o = rows.at;
	CHECK(rows.n >= 2);
	for (size_t i = 0; i < rows.n; i++) {
		CHECK(says(o[i].facts, "opened_at", "20"));
		CHECK(says(o[i].facts, "opened_by", "Zoë"));
		CHECK(says(o[i].facts, "updated_at", "20"));
	}
}

TEST(somebody_elses_ticket_is_not_there)
{
	struct stage s = enter();
	struct result r = opened(&s, "Mine.");
	struct reading reading;
	struct result refused;
	struct ticket t;

	CHECK_ERR(ticket_read(&s.d, &s.eve, r.number, 0, &reading), ERR_NOT_FOUND);
	CHECK_ERR(ticket_find(&s.d, &s.eve, "999999", &t), ERR_NOT_FOUND);
	CHECK_ERR(ticket_write(&s.d, &s.eve, r.ticket_id,
			       &(struct writing) { .body = "Hi" }, &refused), ERR_NOT_FOUND);
}

TEST(a_mailed_link_opens_its_own_ticket_alone)
{
	struct stage s = enter();
	struct result one = opened(&s, "One."), two = opened(&s, "Two.");
	struct actor by_link = s.zoe;
	struct ticket t;

	by_link.only_ticket = one.ticket_id;
	CHECK_OK(ticket_find(&s.d, &by_link, one.number, &t));
	CHECK_ERR(ticket_find(&s.d, &by_link, two.number, &t), ERR_NOT_FOUND);
}

TEST(an_answer_is_mailed_to_the_customer_and_a_note_is_not)
{
	struct stage s = enter();
	struct result r = opened(&s, "Where is it?");
	struct reading reading;

	wrote(&s, &s.anna, r.ticket_id, (struct writing) { .body = "Secret", .note = true });
	CHECK_INT(letters(&s, r.ticket_id, "message_from_store"), 0);
	s = enter();
	wrote(&s, &s.anna, r.ticket_id, (struct writing) { .body = "On its way." });
	CHECK_INT(letters(&s, r.ticket_id, "message_from_store"), 1);
	CHECK_OK(ticket_read(&s.d, &s.zoe, r.number, 0, &reading));
	CHECK_INT(reading.messages.n, 2);	/* never the note */
	CHECK_OK(ticket_read(&s.d, &s.anna, r.number, 0, &reading));
	CHECK_INT(reading.messages.n, 3);
}

/* Zoë's open and closed tickets behind a cursor, without a word on their changes. */
static int64_t tickets_of_zoe(struct stage *s, const struct keyset *k, int64_t ids[4])
{
	const struct ticket_filter f = { .customer_id = s->zoe.id };
	const struct ticket_row *t;
	struct rows rows;

	CHECK_OK(store_ticket_list(s->d.db, &s->anna, &f, k, &rows));
	t = rows.at;
	for (size_t i = 0; i < rows.n && i < 4; i++)
		ids[i] = t[i].id;
	return (int64_t) rows.n;
}

TEST(a_customers_tickets_are_in_order_of_their_opening_whatever_changed_last)
{
	struct stage s = enter();
	struct result one = opened(&s, "First"), two = opened(&s, "Second"),
		      three = opened(&s, "Third");
	int64_t ids[4], closed = catalog_by_code(s.d.catalog, ENTRY_STATUS, "closed")->id;
	struct keyset k = { .limit = 2 };

	wrote(&s, &s.anna, two.ticket_id, (struct writing) {
		.body = "Done", .then = closed });
	wrote(&s, &s.anna, one.ticket_id, (struct writing) { .body = "Answer" });
	CHECK_INT(tickets_of_zoe(&s, &k, ids), 3);
	CHECK_INT(ids[0], three.ticket_id);
	CHECK_INT(ids[1], two.ticket_id);
	CHECK_INT(ids[2], one.ticket_id);
	k = (struct keyset) { .limit = 2, .at = "2026-01-01 00:00:00.000000",
			      .id = two.ticket_id, .backwards = true };
	CHECK(tickets_of_zoe(&s, &k, ids) >= 1);
	CHECK_INT(ids[0], three.ticket_id);
	k.backwards = false;
	CHECK(tickets_of_zoe(&s, &k, ids) >= 1);
	CHECK_INT(ids[0], one.ticket_id);
}

TEST(a_note_is_neither_news_nor_last_words_for_the_customer)
{
	struct stage s = enter();
	struct result r = opened(&s, "Hello?");
	struct keyset k = { .limit = 10 };
	const struct ticket_row *t;
	struct ticket_tally before, after;
	struct rows rows;

	CHECK_OK(mine_count(&s.d, &s.zoe, &before));
	wrote(&s, &s.anna, r.ticket_id, (struct writing) { .body = "Secret", .note = true });
	CHECK_OK(mine_count(&s.d, &s.zoe, &after));
	CHECK_INT(after.unseen, before.unseen);
	CHECK_OK(mine_list(&s.d, &s.zoe, false, &k, &rows));
	t = rows.at;
	for (size_t i = 0; i < rows.n; i++)
		CHECK(!strstr(t[i].last_words, "Secret"));
	CHECK_OK(store_ticket_list(s.d.db, &s.anna, &(struct ticket_filter) {
		.customer_id = s.zoe.id }, &k, &rows));
	CHECK_TEXT(((struct ticket_row *) rows.at)->last_words, "Secret");
}

TEST(the_words_of_a_note_that_begins_a_ticket_are_not_the_customers)
{
	struct stage s = enter();
	struct opening o = {
		.writing = { .type_id = type(&s), .body = "Secret", .note = true },
		.subject = "Called", .source = TICKET_FROM_PANEL, .lang = "de",
		.customer_id = s.zoe.id,
	};
	const struct keyset k = { .limit = 10 };
	const struct ticket_row *t;
	struct result r;
	struct rows rows;
	bool met = false;

	CHECK_OK(ticket_open(&s.d, &s.anna, &o, &r));
	CHECK_OK(mine_list(&s.d, &s.zoe, false, &k, &rows));
	t = rows.at;
	for (size_t i = 0; i < rows.n; i++) {
		met = met || t[i].id == r.ticket_id;
		CHECK(t[i].id != r.ticket_id || !t[i].last_words);
	}
	CHECK(met);
}

TEST(a_customer_cannot_choose_a_status)
{
	struct stage s = enter();
	struct result r = opened(&s, "Hello?");
	int64_t closed = catalog_by_code(s.d.catalog, ENTRY_STATUS, "closed")->id;
	struct writing w = { .body = "Close it", .then = closed };
	struct result refused;

	CHECK_ERR(ticket_write(&s.d, &s.zoe, r.ticket_id, &w, &refused), ERR_FORBIDDEN);
	s = enter();
	CHECK_ERR(ticket_change(&s.d, &s.zoe, r.ticket_id,
				&(struct change) { .status_id = closed }), ERR_FORBIDDEN);
	CHECK_ERR(ticket_close(&s.d, &s.zoe, r.ticket_id), ERR_FORBIDDEN);
	s = enter();
	CHECK_TEXT(status_of(&s, r.number), "open");
}

TEST(an_answer_to_a_closed_ticket_opens_it_again)
{
	struct stage s = enter();
	struct result r = opened(&s, "Hello?");
	int64_t closed = catalog_by_code(s.d.catalog, ENTRY_STATUS, "closed")->id;

	CHECK_OK(ticket_change(&s.d, &s.anna, r.ticket_id,
			       &(struct change) { .status_id = closed, .version = 1 }));
	CHECK_TEXT(status_of(&s, r.number), "closed");
	wrote(&s, &s.zoe, r.ticket_id, (struct writing) { .body = "One more thing" });
	CHECK_TEXT(status_of(&s, r.number), "open");
}

TEST(who_answers_without_having_seen_the_last_message_is_shown_it)
{
	struct stage s = enter();
	struct result r = opened(&s, "Hello?"), late;
	struct actor ben = s.anna;

	ben.id = 901;
	wrote(&s, &s.anna, r.ticket_id,
	      (struct writing) { .body = "First.", .seen = r.message_id });
	late = wrote(&s, &ben, r.ticket_id,
		     (struct writing) { .body = "Second.", .seen = r.message_id });
	CHECK_INT(late.what, OVERTAKEN);
	CHECK_INT(late.arrived.n, 1);
	CHECK_TEXT(((struct message *) late.arrived.at)->body, "First.");
	late = wrote(&s, &ben, r.ticket_id, (struct writing) { .body = "Second.",
		.seen = ((struct message *) late.arrived.at)->id });
	CHECK_INT(late.what, WRITTEN);
}

TEST(the_same_form_makes_one_message)
{
	struct stage s = enter();
	struct result r = opened(&s, "Hello?"), again;
	struct writing w = { .body = "Once.", .form = { "0123456789abcdef0123456789abcdeX", 32 } };
	struct reading reading;
	char form[33];

	snprintf(form, sizeof(form), "%032lld", (long long) r.ticket_id);
	w.form = (struct bytes) { form, 32 };
	CHECK_INT(wrote(&s, &s.zoe, r.ticket_id, w).what, WRITTEN);
	again = wrote(&s, &s.zoe, r.ticket_id, w);
	CHECK_INT(again.what, WRITTEN_BEFORE);
	CHECK_INT(again.ticket_id, r.ticket_id);
	CHECK_OK(ticket_read(&s.d, &s.zoe, r.number, 0, &reading));
	CHECK_INT(reading.messages.n, 2);
}

TEST(two_edits_of_one_version_do_not_both_win)
{
	struct stage s = enter();
	struct result r = opened(&s, "Hello?");

	CHECK_OK(ticket_change(&s.d, &s.anna, r.ticket_id,
			       &(struct change) { .version = 1, .subject = "New subject" }));
	CHECK_ERR(ticket_change(&s.d, &s.anna, r.ticket_id,
				&(struct change) { .version = 1, .subject = "Other" }),
		  ERR_CONFLICT);
}

TEST(counters_equal_a_recount_after_everything)
{
	struct stage s = enter();
	struct result r = opened(&s, "Hello?");
	int64_t pending = catalog_by_code(s.d.catalog, ENTRY_STATUS, "pending")->id;
	struct rows wrong;
	int64_t folded;

	CHECK_OK(ticket_change(&s.d, &s.anna, r.ticket_id,
			       &(struct change) { .status_id = pending, .owner_id = 900,
						  .version = 1 }));
	CHECK_OK(store_count_check(s.d.db, SHOP, &wrong));
	CHECK_INT(wrong.n, 0);
	CHECK_OK(store_count_fold(s.d.db, &folded));
	CHECK(folded > 0);
	CHECK_OK(store_count_check(s.d.db, SHOP, &wrong));
	CHECK_INT(wrong.n, 0);
}

TEST(a_ticket_belongs_to_nobody_who_cannot_have_it)
{
	struct stage s = enter();
	struct result r = opened(&s, "Hello?");

	CHECK_ERR(ticket_change(&s.d, &s.anna, r.ticket_id,
				&(struct change) { .owner_id = 123456, .version = 1 }),
		  ERR_BAD_REQUEST);
}

static void set_final(struct stage *s, bool final)
{
	CHECK_OK(db_run(s->d.db, "UPDATE as_status SET final = ? WHERE shop_id = ?"
			" AND code = 'closed'", NULL, ARGS(final, SHOP)));
	s->d = house_desk(house_enter(), SHOP);
}

TEST(a_reply_does_not_leave_a_final_status_either)
{
	struct stage s = enter();
	struct result r = opened(&s, "Hello?"), again;
	int64_t closed = catalog_by_code(s.d.catalog, ENTRY_STATUS, "closed")->id;
	int64_t open = catalog_by_code(s.d.catalog, ENTRY_STATUS, "open")->id;
	struct writing w = { .body = "Bye", .then = closed };

	wrote(&s, &s.anna, r.ticket_id, w);
	set_final(&s, true);
	s.anna.may[RIGHT_CONFIG] = SCOPE_NONE;
	w.then = open;
	CHECK_ERR(ticket_write(&s.d, &s.anna, r.ticket_id, &w, &again), ERR_FORBIDDEN);
	db_rollback(s.d.db);
	s.anna.may[RIGHT_CONFIG] = SCOPE_ALL;
	wrote(&s, &s.anna, r.ticket_id, w);
	set_final(&s, false);
}

TEST(a_type_archived_while_somebody_wrote_keeps_the_ticket_s_own)
{
	struct stage s = enter();
	struct result r = opened(&s, "Hello?"), sent;
	struct entry *e = (struct entry *) catalog_by_code(s.d.catalog, ENTRY_TYPE, "problem");
	struct reading reading;

	e = e->id == type(&s) ? (struct entry *) catalog_by_code(s.d.catalog, ENTRY_TYPE,
								  "question") : e;
	CHECK(e && e->id != type(&s));
	e->archived = true;		/* of this request's own catalogue */
	sent = wrote(&s, &s.zoe, r.ticket_id,
		     (struct writing) { .body = "And?", .type_id = e->id });
	CHECK_INT(sent.what, WRITTEN);
	CHECK_OK(ticket_read(&s.d, &s.zoe, r.number, 0, &reading));
	CHECK_INT(((struct message *) reading.messages.at)[1].type_id, type(&s));
}

TEST(an_agent_opens_a_ticket_with_what_they_may_write)
{
	struct stage s = enter();
	struct opening o = {
		.writing = { .type_id = type(&s), .body = "Hm.", .note = true },
		.subject = "A thought", .customer_id = s.zoe.id, .lang = "en",
	};
	struct result r;

	s.anna.may[RIGHT_NOTE] = SCOPE_NONE;
	CHECK_ERR(ticket_open(&s.d, &s.anna, &o, &r), ERR_FORBIDDEN);
	o.writing.note = false;
	o.to_customer = true;
	s.anna.may[RIGHT_REPLY] = SCOPE_NONE;
	CHECK_ERR(ticket_open(&s.d, &s.anna, &o, &r), ERR_FORBIDDEN);
	o.to_customer = false;		/* what the customer said on the telephone */
	CHECK_OK(ticket_open(&s.d, &s.anna, &o, &r));
}

TEST(opening_and_answering_keep_their_budgets_of_statements)
{
	struct stage s = enter();
	long before = db_statements(s.d.db);
	struct result r = opened(&s, "Hello?");
	long opening = db_statements(s.d.db) - before;

	before = db_statements(s.d.db);
	wrote(&s, &s.anna, r.ticket_id, (struct writing) { .body = "Yes", .seen = r.message_id });
	CHECK(opening <= 14);			/* and one for the session */
	CHECK(db_statements(s.d.db) - before <= 14);
}

/* What a shop's columns hold is the shop's: an amount that is none is left out,
 * and fifty lines of sixty are kept. */
TEST(the_order_is_kept_with_its_lines_whatever_they_hold)
{
	static const char *const amounts[] = { "1.50000000", "-2", "1e9", "", ".5", "lots",
					       "123456789012345" };
	static const char *const kept[] = { "1.5000", "-2.0000", NULL, NULL, NULL, NULL, NULL };
	enum { AMOUNTS = sizeof(amounts) / sizeof(*amounts), LINES = 60 };
	struct shop_line line[LINES];
	struct order order = {
		.facts = { .order_key = "60", .order_no = "A-60", .total = "free" },
		.lines = { .at = line, .n = LINES },
	};
	const char *const chosen[] = { "l2" };
	struct stage s = enter();
	struct opening o = {
		.writing = { .type_id = type(&s), .body = "All of it" },
		.subject = "Sixty lines", .source = TICKET_FROM_SHOP, .lang = "de",
		.order = &order, .lines = chosen, .n_lines = 1,
	};
	const struct ticket_line *l;
	struct result r;
	struct ticket t;
	struct rows rows;

	for (size_t i = 0; i < LINES; i++)
		line[i] = (struct shop_line) {
			.line_key = arena_printf(s.d.arena, "l%zu", i),
			.name = i ? "Grinder" : NULL, .sku = "MK-1", .options = "Colour: grün",
			.qty = amounts[i % AMOUNTS], .unit_price = amounts[i % AMOUNTS],
		};
	CHECK_OK(ticket_open(&s.d, &s.zoe, &o, &r));
	CHECK_OK(ticket_find(&s.d, &s.zoe, r.number, &t));
	CHECK_TEXT(t.order_no, "A-60");
	CHECK(!t.order_total);
	CHECK_OK(store_ticket_lines(s.d.db, r.ticket_id, &rows));
	CHECK_INT(rows.n, TICKET_LINES);
	l = rows.at;
	CHECK_TEXT(l[0].name, "");
	CHECK_TEXT(l[49].line_key, "l49");
	CHECK_TEXT(l[49].detail, "Colour: grün");
	for (size_t i = 0; i < rows.n; i++) {
		const char *is = kept[i % AMOUNTS];

		CHECK_INT(l[i].line_no, i + 1);
		CHECK_INT(l[i].chosen, i == 2);
		CHECK_TEXT(l[i].qty, is ? is : "1.0000");
		CHECK(!is == !l[i].unit_price);
	}
}
