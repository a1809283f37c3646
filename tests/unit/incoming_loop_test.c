/* Machines: what they write moves nothing, and we never answer one twice. */
#include "desk/mail_loop.h"
#include "incoming.h"
#include "store/outbox.h"
#include "store/setting.h"

static struct mail_row begun(struct desk_in *s, const char *from)
{
	struct mail_row r = arrives(s, (struct mail) { FROM(from), .subject = "Lid" });

	answers(s, r.ticket_id, "We look into it.");
	return r;
}

static int64_t all_letters(struct desk_in *s)
{
	struct outbox_tally tally;

	CHECK_OK(store_outbox_tally(s->d.db, &tally));
	return tally.due;
}

TEST(an_automatic_answer_is_kept_folded_and_nothing_moves)
{
	struct desk_in s = desk_in();
	struct mail_row first = begun(&s, "zoe.auto@example.com"), r;
	struct ticket before;
	int64_t letters;

	set_status(&s, first.ticket_id, "closed");
	before = ticket_of(&s, &first);
	letters = all_letters(&s);
	r = arrives(&s, (struct mail) { FROM("zoe.auto@example.com"),
		.automatic = "Auto-Submitted: auto-replied", .subject = "Out of office",
		SENT_TO(reply_address(&s, first.ticket_id, SEAL_ADDRESS, 0)) });
	CHECK_TEXT(r.outcome, "automatic");
	CHECK_INT(r.class, MAIL_AUTO);
	CHECK(beside_of(&s, &r).automatic);
	CHECK_INT(message_of(&s, &r).kind, MESSAGE_CUSTOMER);
	CHECK_TEXT(status_of(&s, first.ticket_id), "closed");
	CHECK_TEXT(ticket_of(&s, &first).waiting_since, before.waiting_since);
	CHECK_INT(all_letters(&s), letters);
}

TEST(a_machine_that_answers_nothing_of_ours_waits_for_a_person)
{
	struct desk_in s = desk_in();
	int64_t letters = all_letters(&s);
	struct mail_row r = arrives(&s, (struct mail) { FROM("robot@example.com"),
		.automatic = "Auto-Submitted: auto-generated" });

	CHECK_INT(r.state, MAIL_HELD);
	CHECK_TEXT(r.reason, "automatic");
	CHECK_INT(all_letters(&s), letters);
}

TEST(a_bounce_nobody_can_assign_is_held_and_causes_nothing)
{
	struct desk_in s = desk_in();
	int64_t letters = all_letters(&s);
	struct mail_row r = arrives(&s, (struct mail) { FROM("mailer-daemon@example.com"),
		.report = true });

	CHECK_INT(r.class, MAIL_BOUNCE);
	CHECK_INT(r.state, MAIL_HELD);
	CHECK_TEXT(r.reason, "bounce");
	CHECK_INT(all_letters(&s), letters);
}

/* What our mail host would bring to the other desk: our letter, with the
 * headers every automatic letter of ours carries. */
static struct mail as_sent(const char *from, const char *id, const char *loop,
			   const char *in_reply_to)
{
	static const char *ids[1];

	ids[0] = in_reply_to;
	return (struct mail) {
		.from = { .address = from }, .n_from = 1, .message_id = id,
		.subject = "[1] We have your message",
		.text = "Thank you for writing. We will answer as soon as we can.",
		.automatic = "Auto-Submitted: auto-replied", .loop_id = loop,
		.in_reply_to = ids, .n_in_reply_to = in_reply_to ? 1 : 0,
	};
}

TEST(two_desks_that_answer_each_other_send_one_letter_each_at_most)
{
	struct desk_in s = desk_in();
	int64_t before, sent = 0;
	struct mail_row r;
	const char *answer;

	/* The other desk's customer form wrote to us, by a person's hand. */
	r = arrives(&s, (struct mail) { FROM("help@other.example"),
		.loop_id = "ffffffffffffffff", .subject = "Your order",
		.text = "Dear supplier, where is our order of beans" });
	sent += letters_about(&s, r.ticket_id, "receipt");
	CHECK(sent <= 1);
	answer = id_of_letter(&s, r.ticket_id, "receipt");
	/* A day long it answers every letter of ours, and each answer of its own. */
	before = all_letters(&s);
	for (int i = 0; i < 24 * 6; i++) {
		CHECK_OK(db_run(s.d.db, "SET timestamp = UNIX_TIMESTAMP(NOW(6)) + 600",
				NULL, NO_ARGS));
		arrives(&s, as_sent("help@other.example", NULL, "ffffffffffffffff",
				    i % 2 ? answer : NULL));
	}
	CHECK_OK(db_run(s.d.db, "SET timestamp = DEFAULT", NULL, NO_ARGS));
	CHECK_INT(all_letters(&s), before);
}

TEST(even_a_desk_that_hides_what_it_is_gets_no_more_than_the_caps)
{
	struct desk_in s = desk_in();
	int64_t before = all_letters(&s);

	/* No header says a machine writes; each letter opens a ticket. */
	for (int i = 0; i < 24 * 6; i++) {
		CHECK_OK(db_run(s.d.db, "SET timestamp = UNIX_TIMESTAMP(NOW(6)) + 600",
				NULL, NO_ARGS));
		arrives(&s, (struct mail) { FROM("help@hidden.example"),
			PASS("hidden.example"),
			.subject = arena_printf(s.d.arena, "Our case %c%c", 'a' + i / 26,
						'a' + i % 26) });
	}
	CHECK_OK(db_run(s.d.db, "SET timestamp = DEFAULT", NULL, NO_ARGS));
	/* Ten of a day, and the day may turn while we count. */
	CHECK(all_letters(&s) - before <= 20);
}

TEST(the_first_receipt_repeats_nothing_to_who_proved_nothing)
{
	struct desk_in s = desk_in();
	struct mail m = { .from = { "Win a prize", "victim@example.net" }, .n_from = 1,
			  .subject = "Cheap pills", .text = "Buy cheap pills" };
	struct mail_row r = arrives(&s, m), again;
	const struct outbox *o;
	struct rows rows;

	CHECK(traced(&s, &r, "receipt_mute"));
	CHECK_OK(store_outbox_of_ticket(s.d.db, r.ticket_id, &rows));
	o = rows.at;
	CHECK_INT(rows.n, 1);
	CHECK_TEXT(o->letter, "receipt");
	CHECK_TEXT(o->to_address, "victim@example.net");
	CHECK(!o->to_name);
	CHECK(!strstr(o->facts, "pills") && !strstr(o->facts, "prize"));
	CHECK(strstr(o->facts, "ticket_number"));
	/* One an hour, whatever is written in its name. */
	m.subject = "Other pills";
	again = arrives(&s, m);
	CHECK_TEXT(again.outcome, "opened");
	CHECK_INT(letters_about(&s, again.ticket_id, NULL), 0);
	CHECK(traced(&s, &again, "receipt_capped"));
}

TEST(who_is_proven_gets_a_receipt_with_everything_three_an_hour)
{
	struct desk_in s = desk_in();
	struct mail m = { FROM("zoe@proven.example"), PASS("proven.example") };
	struct mail_row r;

	for (int i = 0; i < 5; i++) {
		m.subject = arena_printf(s.d.arena, "Case %c", 'a' + i);
		r = arrives(&s, m);
		CHECK_INT(letters_about(&s, r.ticket_id, "receipt"), i < 3);
		CHECK(traced(&s, &r, i < 3 ? "receipt_full" : "receipt_capped"));
	}
	/* Proven once, believed while nobody denies it. */
	m = (struct mail) { FROM("zoe@proven.example"), .subject = "Case z" };
	CHECK_OK(db_run(s.d.db, "DELETE FROM as_throttle WHERE tries > 0", NULL, NO_ARGS));
	r = arrives(&s, m);
	CHECK(traced(&s, &r, "receipt_full"));
	m = (struct mail) { FROM("zoe@proven.example"), FAILS("proven.example") };
	r = arrives(&s, m);
	CHECK(traced(&s, &r, "receipt_mute"));
}

TEST(the_same_subject_again_and_again_gets_three_receipts)
{
	struct desk_in s = desk_in();
	struct mail m = { FROM("zoe@subject.example"), PASS("subject.example"),
			  .subject = "Alarm 17" };
	int64_t n = 0;

	for (int i = 0; i < 5; i++) {
		struct mail_row r = arrives(&s, m);

		n += letters_about(&s, r.ticket_id, "receipt");
		m.subject = i % 2 ? "Re: Alarm 17" : "ALARM 17";
	}
	CHECK_INT(n, 3);
}

static void strangers(struct desk_in *s, const char *most)
{
	CHECK_OK(store_setting_put(s->d.db, IN_SHOP, "mail_strangers", most));
	CHECK_OK(store_setting_revise(s->d.db, IN_SHOP));
	desk_in_again(s);
}

/* Each from another address: no cap of one sender stops them. */
TEST(more_new_requests_of_strangers_than_a_shop_has_an_hour_are_held)
{
	struct desk_in s = desk_in();
	struct mail_row r, known;

	CHECK_OK(db_run(s.d.db, "UPDATE as_mail SET decided_at = decided_at"
		" - INTERVAL 2 HOUR WHERE shop_id = 51", NULL, NO_ARGS));
	known = arrives(&s, (struct mail) { FROM("zoe@known.example"),
					    PASS("known.example") });
	strangers(&s, "5");
	for (int i = 0; i < 5; i++) {
		r = arrives(&s, (struct mail) {
			FROM(arena_printf(s.d.arena, "s%d@many.example", i)) });
		CHECK_TEXT(r.outcome, "opened");
	}
	r = arrives(&s, (struct mail) { FROM("s5@many.example") });
	CHECK_INT(r.state, MAIL_HELD);
	CHECK_TEXT(r.reason, "strangers");
	CHECK_INT(letters_about(&s, 0, "receipt"), 0);
	/* Who is proven, now or before, or goes on with a ticket, is none. */
	r = arrives(&s, (struct mail) { FROM("zoe@known.example") });
	CHECK_TEXT(r.outcome, "opened");
	r = arrives(&s, (struct mail) { FROM("new@known.example"), PASS("known.example") });
	CHECK_TEXT(r.outcome, "opened");
	r = arrives(&s, (struct mail) { FROM("zoe@known.example"),
		SENT_TO(reply_address(&s, known.ticket_id, SEAL_CUSTOMER,
				      ticket_of(&s, &known).customer_id)) });
	CHECK_TEXT(r.outcome, "joined");
	/* An hour later it is over. */
	CHECK_OK(db_run(s.d.db, "UPDATE as_mail SET decided_at = decided_at"
		" - INTERVAL 1 HOUR WHERE shop_id = 51", NULL, NO_ARGS));
	r = arrives(&s, (struct mail) { FROM("s6@many.example") });
	CHECK_TEXT(r.outcome, "opened");
	strangers(&s, "10000");
}

TEST(who_writes_without_end_is_held)
{
	struct desk_in s = desk_in();
	struct mail_row r;

	for (int i = 0; i < 30; i++) {
		r = arrives(&s, (struct mail) { FROM("flood@example.com") });
		CHECK_INT(r.state, MAIL_DONE);
	}
	r = arrives(&s, (struct mail) { FROM("flood@example.com") });
	CHECK_INT(r.state, MAIL_HELD);
	CHECK_TEXT(r.reason, "flood");
	CHECK_INT(r.ticket_id, 0);
}

TEST(nobody_has_the_letters_of_others_held)
{
	struct desk_in s = desk_in();
	int64_t most = catalog_number(s.d.catalog, "mail_flood");
	struct mail_row r = { 0 };

	for (int64_t i = 0; i <= most; i++)
		r = arrives(&s, (struct mail) { FROM("zoe.named@example.com") });
	CHECK_TEXT(r.reason, "flood");
	r = arrives(&s, (struct mail) { FROM("zoe.named@example.com"), PASS("example.com") });
	CHECK_TEXT(r.outcome, "opened");
}

TEST(a_test_letter_that_finds_its_way_back_is_told_and_makes_no_ticket)
{
	static const char from[] = "help@shop.example";
	struct desk_in s = desk_in();
	struct actor owner = s.anna;
	struct loop_state now;
	struct outbox letter;
	struct mail_row r;

	owner.may[RIGHT_CONFIG] = SCOPE_ALL;
	CHECK_OK(loop_start(&s.d, &owner, from, NULL));
	CHECK_OK(loop_state(&s.d, &owner, from, &now));
	CHECK_OK(store_outbox_find(s.d.db, now.last.plain_id, &letter));
	r = arrives(&s, (struct mail) { FROM(from), .message_id = letter.message_id_header,
		.loop_id = s.in.loop_id, PASS("shop.example") });
	CHECK_INT(r.class, MAIL_OWN);
	CHECK_TEXT(r.outcome, "ignored");
	CHECK_INT(r.ticket_id, 0);
	CHECK_OK(loop_state(&s.d, &owner, from, &now));
	CHECK(now.last.plain_at != NULL);
	CHECK_TEXT(now.last.authserv, "mx.shop.example");
}
