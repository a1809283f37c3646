/* What a report does to a letter of ours; shop 86 is this file's own. */
#include <string.h>

#include "desk/bounce.h"
#include "desk/delivery.h"
#include "desk/letter.h"
#include "desk/seal.h"
#include "desk/ticket.h"
#include "fixture.h"
#include "port/mail.h"
#include "store/address.h"
#include "store/customer.h"
#include "store/mail.h"
#include "store/outbox.h"
#include "store/participant.h"
#include "store/setting.h"

enum { SHOP = 86 };
static const char base[] = "help@shop.example";

struct stage {
	struct desk d;
	struct actor zoe, anna;
	struct ticket t;
	struct outbox letter;		/* to zoe, the newest */
};

static struct stage enter(void)
{
	struct stage s = { .d = house_desk(house_enter(), SHOP) };
	struct customer c = { .external_id = "zoe", .email = "zoe@mail.example",
			      .name = "Zoë" };
	bool found;

	CHECK_OK(db_run(s.d.db, "DELETE FROM as_address WHERE shop_id = 86", NULL, NO_ARGS));
	CHECK_OK(store_customer_by_external(s.d.db, SHOP, "zoe", &c, &found));
	if (!found) {
		c = (struct customer) { .external_id = "zoe", .email = "zoe@mail.example",
					.name = "Zoë" };
		CHECK_OK(store_customer_add(s.d.db, SHOP, &c, true));
	}
	s.zoe = (struct actor) { .kind = ACTOR_CUSTOMER, .shop = SHOP, .id = c.id,
				 .name = "Zoë", .email = "zoe@mail.example",
				 .external_id = "zoe" };
	s.anna = (struct actor) { .kind = ACTOR_AGENT, .shop = SHOP, .id = 901,
				  .name = "Anna", .email = "anna@shop.example" };
	for (int r = 0; r < RIGHTS; r++)
		s.anna.may[r] = SCOPE_ALL;
	return s;
}

static struct outbox newest(struct stage *s, int64_t ticket, const char *to)
{
	struct outbox last = { 0 };
	const struct outbox *o;
	struct rows rows;

	CHECK_OK(store_outbox_of_ticket(s->d.db, ticket, &rows));
	o = rows.at;
	for (size_t i = 0; i < rows.n; i++)
		if (!strcmp(o[i].to_address, to))
			last = o[i];
	return last;
}

/* A ticket of Zoë's, whose receipt is the letter. */
static struct stage opened(void)
{
	struct stage s = enter();
	struct opening o = {
		.writing = { .type_id = catalog_default(s.d.catalog, ENTRY_TYPE)->id,
			     .body = "The lid is broken." },
		.subject = "Lid broken", .source = TICKET_FROM_SHOP, .lang = "en",
	};
	struct result r;

	CHECK_OK(ticket_open(&s.d, &s.zoe, &o, &r));
	CHECK_OK(ticket_find(&s.d, &s.anna, r.number, &s.t));
	s.letter = newest(&s, s.t.id, "zoe@mail.example");
	CHECK_TEXT(s.letter.letter, "receipt");
	return s;
}

static void answer(struct stage *s, const char *body)
{
	struct writing w = { .body = body };
	struct result r;

	CHECK_OK(ticket_write(&s->d, &s->anna, s->t.id, &w, &r));
	CHECK_INT(r.what, WRITTEN);
}

static struct stage answered(void)
{
	struct stage s = opened();

	answer(&s, "A new one is on its way.");
	s.letter = newest(&s, s.t.id, "zoe@mail.example");
	CHECK_TEXT(s.letter.letter, "message_from_store");
	return s;
}

struct number {
	int64_t n;
};

/* Tickets, messages and letters of this shop. */
static int64_t written(struct stage *s)
{
	static const struct field fields[] = { FIELD(number, n) };
	static const struct shape shape = SHAPE(number, fields);
	struct number all;

	CHECK_OK(db_row(s->d.db, "SELECT (SELECT COUNT(*) FROM as_ticket WHERE shop_id = 86)"
		" + (SELECT COUNT(*) FROM as_message WHERE shop_id = 86)"
		" + (SELECT COUNT(*) FROM as_outbox WHERE shop_id = 86) AS n",
		&shape, &all, NO_ARGS));
	return all.n;
}

struct report {
	enum mail_fate fate;
	const char *address, *status, *diagnostic;
};

/* *row->envelope_to or about_id names the letter, as the test says. */
static enum bounce taken(struct stage *s, const char *to, const char *about,
		  const struct report *r)
{
	struct mail_fate_of fate = { r->address, r->fate, r->status, r->diagnostic };
	struct mail m = { .report = true, .fates = &fate, .n_fates = r->address ? 1 : 0,
			  .about_id = about, .return_path = "" };
	struct mail_row row = { .id = 77, .shop_id = SHOP, .envelope_to = to };
	int64_t before = written(s);
	enum bounce what;

	CHECK_OK(db_begin(s->d.db));
	CHECK_OK(bounce_take(&s->d, &row, &m, &what));
	CHECK_OK(db_commit(s->d.db));
	/* Never a ticket, a message or a letter. */
	CHECK_INT(written(s), before);
	if (what)
		CHECK_INT(row.ticket_id, s->letter.ticket_id);
	return what;
}

static const char *path(struct stage *s)
{
	return seal_return_path(s->d.arena, catalog_seal(s->d.catalog), base,
				s->letter.id);
}

static struct address_row known(struct stage *s, const char *address)
{
	struct address_row a;
	bool found;

	CHECK_OK(store_address_find(s->d.db, SHOP, address, &a, &found));
	return a;
}

static struct delivery_state state(struct stage *s)
{
	struct delivery_state out;
	struct ticket t;

	CHECK_OK(store_ticket_find_beside(s->d.db, &s->anna, s->t.number, &t));
	CHECK_OK(delivery_of(&s->d, &s->anna, &t, &out));
	return out;
}

static int events(struct stage *s, const char *field)
{
	const struct event *e;
	struct rows rows;
	int n = 0;

	CHECK_OK(ticket_events(&s->d, &s->anna, s->t.id, &rows));
	e = rows.at;
	for (size_t i = 0; i < rows.n; i++)
		n += !strcmp(e[i].field, field);
	return n;
}

/* Does the host deliver help+...@? */
static void has_plus(struct stage *s, const char *plus)
{
	CHECK_OK(store_setting_put(s->d.db, SHOP, "mail_in", "1"));
	CHECK_OK(store_setting_put(s->d.db, SHOP, "mail_plus", plus));
	CHECK_OK(store_setting_revise(s->d.db, SHOP));
	s->d = house_desk((struct house) { s->d.arena, s->d.db }, SHOP);
}

static const struct report no_such_user = {
	MAIL_FAILED, "zoe@mail.example", "5.1.1", "550 5.1.1 no such user",
};

TEST(a_bounce_to_the_signed_return_path_marks_letter_and_address)
{
	struct stage s = answered();
	const struct delivery *v;
	struct delivery_state now;

	CHECK(taken(&s, path(&s), NULL, &no_such_user));
	now = state(&s);
	v = now.letters.at;
	CHECK_INT(now.letters.n, 1);
	CHECK_INT(v->outbox_id, s.letter.id);
	CHECK_INT(v->message_id, s.letter.message_id);
	CHECK_INT(v->kind, DELIVERY_FAILED);
	CHECK_TEXT(v->diagnostic, "550 5.1.1 no such user");
	CHECK(now.undeliverable && !now.delayed);
	CHECK_TEXT(now.why, "550 5.1.1 no such user");
	CHECK_TEXT(known(&s, "zoe@mail.example").status, "5.1.1");
	CHECK(!known(&s, "zoe@mail.example").quiet);
	CHECK_INT(events(&s, "mail_failed"), 1);
	CHECK(taken(&s, path(&s), NULL, &no_such_user));	/* it comes twice */
	CHECK_INT(state(&s).letters.n, 1);
	CHECK_INT(events(&s, "mail_failed"), 1);
}

TEST(a_bounce_is_known_by_the_message_id_it_names)
{
	struct stage s = answered();

	CHECK(taken(&s, "help@shop.example", s.letter.message_id_header, &no_such_user));
	CHECK(state(&s).undeliverable);
}

/* Whoever saw the letter knows its Message-ID. */
TEST(a_message_id_alone_marks_no_address_where_return_paths_are_signed)
{
	static const struct report works = { MAIL_DELIVERED, "zoe@mail.example",
					     "2.0.0", NULL };
	struct stage s = answered();
	const char *id = s.letter.message_id_header;

	has_plus(&s, "1");
	CHECK_INT(taken(&s, "help@shop.example", id, &no_such_user), BOUNCE_UNPROVEN);
	CHECK_INT(state(&s).letters.n, 1);
	CHECK(!state(&s).undeliverable);
	CHECK_INT(events(&s, "mail_failed"), 1);
	/* The true one says the same, and counts. */
	CHECK_INT(taken(&s, path(&s), NULL, &no_such_user), BOUNCE_TAKEN);
	CHECK(known(&s, "zoe@mail.example").undeliverable_at);
	CHECK_INT(events(&s, "mail_failed"), 1);
	CHECK_INT(taken(&s, "help@shop.example", id, &works), BOUNCE_UNPROVEN);
	CHECK(known(&s, "zoe@mail.example").undeliverable_at);
	has_plus(&s, "0");
	CHECK_INT(taken(&s, "help@shop.example", id, &works), BOUNCE_TAKEN);
	CHECK(!known(&s, "zoe@mail.example").undeliverable_at);
}

TEST(a_report_of_no_letter_of_ours_is_left_to_a_person)
{
	static const struct seal theirs = { { "fedcba9876543210fedcba9876543210", 32 } };
	struct stage s = answered();
	const char *forged = seal_return_path(s.d.arena, &theirs, base, s.letter.id);

	CHECK(!taken(&s, "help@shop.example", NULL, &no_such_user));
	CHECK(!taken(&s, forged, "<x@shop.example>", &no_such_user));
	CHECK(!state(&s).undeliverable);
	CHECK_INT(state(&s).letters.n, 0);
}

TEST(another_shops_letter_is_none_of_ours)
{
	struct stage s = answered();
	struct mail m = { .report = true };
	struct mail_row row = { .id = 78, .shop_id = SHOP + 1, .envelope_to = path(&s) };
	enum bounce what = BOUNCE_TAKEN;

	CHECK_OK(bounce_take(&s.d, &row, &m, &what));
	CHECK_INT(what, BOUNCE_OF_NOTHING);
}

/* Vacation notes go to the return path, too (RFC 3834). */
TEST(what_is_no_report_is_not_taken)
{
	struct stage s = answered();
	struct mail m = { .automatic = "Auto-Submitted: auto-replied" };
	struct mail_row row = { .id = 79, .shop_id = SHOP, .envelope_to = path(&s) };
	struct outbox letter;
	const char *how;
	enum bounce what = BOUNCE_TAKEN;

	CHECK_OK(bounce_take(&s.d, &row, &m, &what));
	CHECK_INT(what, BOUNCE_OF_NOTHING);
	CHECK_OK(bounce_letter(&s.d, &row, &m, &letter, &how));
	CHECK_TEXT(how, "return_path");
	CHECK_INT(letter.id, s.letter.id);
}

TEST(a_delay_is_no_failure)
{
	static const struct report late = {
		MAIL_DELAYED, "zoe@mail.example", "4.4.1", "connection timed out",
	}, given_up = {
		MAIL_FAILED, "zoe@mail.example", "4.4.7", "message expired",
	}, there = { MAIL_DELIVERED, "zoe@mail.example", "2.0.0", NULL };
	struct stage s = answered();

	CHECK(taken(&s, path(&s), NULL, &late));
	CHECK(state(&s).delayed && !state(&s).undeliverable);
	CHECK_INT(events(&s, "mail_delayed"), 1);
	CHECK(taken(&s, path(&s), NULL, &given_up));
	CHECK(state(&s).delayed && !state(&s).undeliverable);
	CHECK_INT(((struct delivery *) state(&s).letters.at)->kind, DELIVERY_FAILED);
	CHECK_INT(events(&s, "mail_failed"), 1);
	CHECK(taken(&s, path(&s), NULL, &there));
	CHECK(!state(&s).delayed);
	CHECK_INT(state(&s).letters.n, 0);
}

/* Where mail is passed on, the report names an address we never wrote to. */
TEST(whatever_a_report_names_it_is_about_our_recipient)
{
	static const struct report elsewhere = {
		MAIL_FAILED, "victim@other.example", "5.1.1", "no such user",
	}, silent = { MAIL_FAILED, NULL, NULL, NULL };
	struct stage s = answered();

	CHECK(taken(&s, path(&s), NULL, &elsewhere));
	CHECK(!known(&s, "victim@other.example").undeliverable_at);
	CHECK(known(&s, "zoe@mail.example").undeliverable_at);
	s = answered();
	CHECK(taken(&s, path(&s), NULL, &silent));
	CHECK_INT(state(&s).letters.n, 1);
	CHECK(!state(&s).undeliverable);	/* nothing was said of the address */
}

TEST(a_bounced_receipt_keeps_automatic_mail_away)
{
	struct stage s = opened();
	struct opening o = {
		.writing = { .type_id = catalog_default(s.d.catalog, ENTRY_TYPE)->id,
			     .body = "Hello?" },
		.subject = "Again", .source = TICKET_FROM_SHOP, .lang = "en",
	};
	struct result r;

	CHECK(taken(&s, path(&s), NULL, &no_such_user));
	CHECK(known(&s, "zoe@mail.example").quiet);
	CHECK_OK(ticket_open(&s.d, &s.zoe, &o, &r));
	CHECK_INT(newest(&s, r.ticket_id, "zoe@mail.example").id, 0);
}

/* Nobody asked for a receipt; an answer goes out all the same. */
TEST(undeliverable_addresses_get_what_people_write_and_nothing_else)
{
	struct stage s = opened();
	int64_t receipt;

	CHECK_OK(store_address_failed(s.d.db, SHOP, "zoe@mail.example", "5.1.1", "no"));
	receipt = s.letter.id;
	answer(&s, "Does this reach you?");
	s.letter = newest(&s, s.t.id, "zoe@mail.example");
	CHECK(s.letter.id != receipt);
	CHECK_OK(store_address_works(s.d.db, SHOP, "zoe@mail.example"));
	CHECK(!known(&s, "zoe@mail.example").undeliverable_at);
}

TEST(whoever_takes_part_gets_answers_as_letters_of_their_own)
{
	struct stage s = opened();
	struct outbox otto;
	struct rows rows;
	bool added, is;

	CHECK_OK(store_participant_add(s.d.db, &s.anna, s.t.id, "otto@mail.example",
				       "Otto", &added));
	CHECK(added);
	CHECK_OK(store_participant_add(s.d.db, &s.anna, s.t.id, "otto@mail.example",
				       "Otto", &added));
	CHECK(!added);
	CHECK_OK(store_participant_is(s.d.db, s.t.id, "otto@mail.example", &is));
	CHECK(is);
	CHECK_OK(store_participant_list(s.d.db, &s.zoe, s.t.id, &rows));
	CHECK_INT(rows.n, 0);			/* not shown to each other */
	CHECK_OK(store_participant_list(s.d.db, &s.anna, s.t.id, &rows));
	CHECK_INT(rows.n, 1);
	answer(&s, "It is on its way.");
	otto = newest(&s, s.t.id, "otto@mail.example");
	s.letter = newest(&s, s.t.id, "zoe@mail.example");
	CHECK_TEXT(otto.letter, "message_from_store");
	CHECK(strcmp(otto.message_id_header, s.letter.message_id_header) != 0);
	CHECK(!strstr(otto.facts, "zoe@mail.example") && !strstr(otto.facts, "/ticket/"));
	CHECK_OK(store_participant_drop(s.d.db, s.t.id, "otto@mail.example"));
	answer(&s, "It is there.");
	CHECK_INT(newest(&s, s.t.id, "otto@mail.example").id, otto.id);
}

static int64_t told(struct stage *s, const char *const *to, size_t n, const char *whom)
{
	struct writing w = { .body = "It is there.", .choose = true, .to = to, .n_to = n };
	int64_t before = newest(s, s->t.id, whom).id;
	struct result r;

	CHECK_OK(ticket_write(&s->d, &s->anna, s->t.id, &w, &r));
	CHECK_INT(r.what, WRITTEN);
	return newest(s, s->t.id, whom).id - before;
}

/* Sending is a choice per answer, and nobody can be chosen who has no part. */
TEST(an_answer_goes_to_those_who_were_chosen)
{
	static const char *const otto[] = { "otto@mail.example", "eve@evil.example" };
	static const char *const zoe[] = { "zoe@mail.example", "\"]}'" };
	struct stage s = opened();
	bool added;

	CHECK_OK(store_participant_add(s.d.db, &s.anna, s.t.id, "otto@mail.example",
				       "Otto", &added));
	CHECK(told(&s, otto, 1, "otto@mail.example"));
	CHECK(!told(&s, otto, 1, "zoe@mail.example"));
	CHECK(told(&s, zoe, 2, "zoe@mail.example"));
	CHECK(!told(&s, zoe, 2, "otto@mail.example"));
	CHECK(!told(&s, otto, 2, "eve@evil.example"));
	CHECK(!told(&s, NULL, 0, "zoe@mail.example"));
}

/* Who was written to knows the return path, and can make up any report. */
TEST(reports_about_one_letter_come_to_an_end)
{
	struct stage s = answered();

	for (int i = 0; i < 40; i++) {
		struct report made_up = { MAIL_DELAYED, "zoe@mail.example",
			arena_printf(s.d.arena, "4.%d.%d", i, i), "later" };

		CHECK(taken(&s, path(&s), NULL, &made_up));
	}
	CHECK_INT(events(&s, "mail_delayed"), DELIVERIES_MOST);
}

/* The ids of two copies differ in what only we know. */
TEST(who_gets_a_copy_cannot_make_up_a_report_about_another)
{
	struct stage s = opened();
	const char *theirs, *at, *dot, *made_up;
	bool added;

	CHECK_OK(store_participant_add(s.d.db, &s.anna, s.t.id, "otto@mail.example",
				       "Otto", &added));
	answer(&s, "It is on its way.");
	theirs = newest(&s, s.t.id, "otto@mail.example").message_id_header;
	at = strchr(theirs, '@');
	for (dot = at; *dot != '.'; dot--)
		;
	CHECK(at - dot > 16);
	made_up = arena_printf(s.d.arena, "%.*s.c%lld%s", (int) (dot - theirs), theirs,
			       (long long) s.t.customer_id, at);
	CHECK(!taken(&s, "help@shop.example", made_up, &no_such_user));
	CHECK(!state(&s).undeliverable);
}

TEST(message_ids_of_all_letters_of_a_ticket_name_it)
{
	struct stage s = answered();
	const struct outbox *o;
	struct rows rows;
	int64_t id;

	CHECK_OK(store_outbox_of_ticket(s.d.db, s.t.id, &rows));
	CHECK(rows.n >= 2);
	o = rows.at;
	for (size_t i = 0; i < rows.n; i++) {
		CHECK(seal_read_message_id(s.d.arena, catalog_seal(s.d.catalog),
					   o[i].message_id_header, &id));
		CHECK_INT(id, s.t.id);
	}
}
