/* New tickets, answers, and who may write to a ticket. */
#include "desk/preset.h"
#include "desk/ticket_write.h"
#include "incoming.h"
#include "store/customer.h"
#include "store/participant.h"
#include "store/relation.h"
#include "store/setting.h"

/* A ticket by mail, answered by the agent: the usual beginning. */
static struct mail_row begun(struct desk_in *s, const char *from, const char *subject)
{
	struct mail_row r = arrives(s, (struct mail) { FROM(from), .subject = subject });

	CHECK_TEXT(r.outcome, "opened");
	answers(s, r.ticket_id, "We look into it.");
	return r;
}

static int64_t relations(struct desk_in *s, int64_t ticket_id,
			 enum relation_kind kind, int64_t other)
{
	const struct relation *r;
	struct rows rows;
	int64_t n = 0;

	CHECK_OK(store_relation_list(s->d.db, &s->us, ticket_id, &rows));
	r = rows.at;
	for (size_t i = 0; i < rows.n; i++)
		n += r[i].kind == kind && r[i].ticket_id == other && r[i].from_here;
	return n;
}

TEST(a_letter_of_a_stranger_is_a_new_ticket_of_a_guest)
{
	struct desk_in s = desk_in();
	struct mail_row r = arrives(&s, (struct mail) {
		.from = { "Zoë Müller", "zoe.new@example.com" }, .n_from = 1,
		.subject = "Re: Lid broken", .text = "It broke.", .lang = "de-AT",
		.html = "<p>It broke.</p>", .folded = "-- \nZoë", .pictures = 2,
	});
	struct ticket t = ticket_of(&s, &r);
	struct message m = message_of(&s, &r);
	struct message_mail beside = beside_of(&s, &r);

	CHECK_INT(r.state, MAIL_DONE);
	CHECK_INT(r.class, MAIL_HUMAN);
	CHECK_TEXT(r.outcome, "opened");
	CHECK_TEXT(t.subject, "Lid broken");
	CHECK_INT(t.source, TICKET_FROM_MAIL);
	CHECK_TEXT(t.customer_email, "zoe.new@example.com");
	CHECK_TEXT(t.customer_name, "Zoë Müller");
	CHECK(!t.customer_external_id);
	CHECK_TEXT(t.lang, "de");
	CHECK_TEXT(m.body, "It broke.");
	CHECK_TEXT(m.source, "mail");
	CHECK_INT(m.kind, MESSAGE_CUSTOMER);
	CHECK_TEXT(beside.html, "<p>It broke.</p>");
	CHECK_TEXT(beside.folded, "-- \nZoë");
	CHECK_INT(beside.pictures, 2);
	CHECK(!beside.automatic && !beside.from_outside);
}

TEST(an_answer_of_the_customer_joins_its_ticket_and_the_store_is_told)
{
	struct desk_in s = desk_in();
	struct mail_row first = begun(&s, "zoe.joins@example.com", "Lid"), r;
	int64_t told = letters_about(&s, first.ticket_id, "message_from_customer");

	CHECK_OK(store_setting_put(s.d.db, IN_SHOP, "notify_address",
				   "team@shop.example"));
	CHECK_OK(store_setting_revise(s.d.db, IN_SHOP));
	desk_in_again(&s);
	r = arrives(&s, (struct mail) { FROM("zoe.joins@example.com"),
		.subject = "Re: Lid", .text = "Here is a picture of it.",
		ANSWERS(id_of_letter(&s, first.ticket_id, "message_from_store")) });
	CHECK_TEXT(r.outcome, "joined");
	CHECK_INT(r.ticket_id, first.ticket_id);
	CHECK(traced(&s, &r, "match_own_id") && traced(&s, &r, "sender_customer"));
	CHECK_INT(message_of(&s, &r).kind, MESSAGE_CUSTOMER);
	CHECK_INT(letters_about(&s, first.ticket_id, "message_from_customer"), told + 1);
	CHECK_INT(letters_about(&s, first.ticket_id, "receipt"), 1);
}

TEST(a_participant_writes_and_the_message_carries_their_name)
{
	struct desk_in s = desk_in();
	struct mail_row first = begun(&s, "zoe.part@example.com", "Lid"), r;
	struct message m;
	bool added;

	CHECK_OK(store_participant_add(s.d.db, &s.anna, first.ticket_id,
				       "max.part@example.com", "Max", &added));
	r = arrives(&s, (struct mail) { .from = { "Max", "max.part@example.com" },
		.n_from = 1, .subject = "Re: Lid", .text = "I have the bill for it.",
		SENT_TO(reply_address(&s, first.ticket_id, SEAL_ADDRESS, 0)) });
	m = message_of(&s, &r);
	CHECK_TEXT(r.outcome, "joined");
	CHECK_INT(m.kind, MESSAGE_CUSTOMER);
	CHECK_INT(m.author_kind, AUTHOR_ADDRESS);
	CHECK_TEXT(m.author_name, "Max");
}

TEST(a_stranger_with_a_signed_address_leaves_a_note_the_customer_does_not_see)
{
	struct desk_in s = desk_in();
	struct mail_row first = begun(&s, "zoe.note@example.com", "Lid"), r;
	struct actor zoe = { .kind = ACTOR_CUSTOMER, .shop = IN_SHOP };
	struct ticket before = ticket_of(&s, &first);
	struct rows seen;
	struct message m;

	set_status(&s, first.ticket_id, "closed");
	r = arrives(&s, (struct mail) { FROM("eve.note@example.com"),
		.subject = "Re: Lid", .text = "I am a stranger with something to say.",
		SENT_TO(reply_address(&s, first.ticket_id, SEAL_CUSTOMER,
				      before.customer_id)) });
	m = message_of(&s, &r);
	CHECK_TEXT(r.outcome, "note");
	CHECK_INT(m.kind, MESSAGE_NOTE);
	CHECK_INT(m.author_kind, AUTHOR_ADDRESS);
	CHECK(beside_of(&s, &r).from_outside);
	CHECK_TEXT(status_of(&s, first.ticket_id), "closed");
	CHECK_INT(letters_about(&s, first.ticket_id, "message_from_store"), 1);
	zoe.id = before.customer_id;
	CHECK_OK(store_message_list(s.d.db, &zoe, first.ticket_id, 0, &seen));
	CHECK_INT(seen.n, 2);
	CHECK(traced(&s, &r, "note_outside"));
}

TEST(a_stranger_without_one_gets_a_ticket_that_may_belong_to_it)
{
	struct desk_in s = desk_in();
	struct mail_row first = begun(&s, "zoe.maybe@example.com", "Lid"), r;

	r = arrives(&s, (struct mail) { FROM("eve.maybe@example.com"),
		.subject = "Re: Lid", .text = "I answer a letter that is not mine.",
		ANSWERS(first.mail_id) });
	CHECK_TEXT(r.outcome, "opened");
	CHECK(r.ticket_id != first.ticket_id);
	CHECK_INT(relations(&s, r.ticket_id, RELATION_MAYBE_OF, first.ticket_id), 1);
	CHECK(traced(&s, &r, "maybe_of"));
}

TEST(an_answer_opens_a_closed_ticket_again_within_fourteen_days)
{
	struct desk_in s = desk_in();
	struct mail_row first = begun(&s, "zoe.reopen@example.com", "Lid"), r;

	set_status(&s, first.ticket_id, "closed");
	ages(&s, first.ticket_id, 13);
	r = arrives(&s, (struct mail) { FROM("zoe.reopen@example.com"),
		.subject = "Re: Lid", .text = "It broke again, what now?",
		ANSWERS(first.mail_id) });
	CHECK_TEXT(r.outcome, "joined");
	CHECK_TEXT(status_of(&s, first.ticket_id), "open");
	CHECK(traced(&s, &r, "reopened"));
}

TEST(later_a_new_ticket_goes_on_with_it)
{
	struct desk_in s = desk_in();
	struct mail_row first = begun(&s, "zoe.later@example.com", "Lid"), r;
	struct ticket old, t;

	CHECK_OK(db_run(s.d.db, "UPDATE as_ticket SET order_key = '77',"
			" order_no = '5077', lang = 'de' WHERE id = ?", NULL,
			ARGS(first.ticket_id)));
	set_status(&s, first.ticket_id, "closed");
	ages(&s, first.ticket_id, 15);
	r = arrives(&s, (struct mail) { FROM("zoe.later@example.com"),
		.subject = "Re: Lid", .text = "It broke again, what now?",
		ANSWERS(id_of_letter(&s, first.ticket_id, "message_from_store")) });
	old = ticket_of(&s, &first);
	t = ticket_of(&s, &r);
	CHECK_TEXT(r.outcome, "follow_up");
	CHECK_TEXT(status_of(&s, first.ticket_id), "closed");
	CHECK_INT(t.customer_id, old.customer_id);
	CHECK_INT(t.type_id, old.type_id);
	CHECK_TEXT(t.order_no, "5077");
	CHECK_TEXT(t.lang, "de");
	CHECK_INT(t.messages, 1);
	CHECK_INT(relations(&s, r.ticket_id, RELATION_FOLLOW_UP_OF, first.ticket_id), 1);
}

TEST(a_letter_about_something_else_does_not_wake_a_ticket_that_rests)
{
	struct desk_in s = desk_in();
	struct mail_row first = begun(&s, "zoe.drift@example.com", "Lid broken"), r;

	/* While it is alive, people change the subject as they like. */
	r = arrives(&s, (struct mail) { FROM("zoe.drift@example.com"),
		.subject = "Where is my parcel", ANSWERS(first.mail_id) });
	CHECK_TEXT(r.outcome, "joined");
	ages(&s, first.ticket_id, 15);
	r = arrives(&s, (struct mail) { FROM("zoe.drift@example.com"),
		.subject = "Coffee for the office", ANSWERS(first.mail_id) });
	CHECK_TEXT(r.outcome, "opened");
	CHECK(traced(&s, &r, "drift"));
	CHECK_INT(relations(&s, r.ticket_id, RELATION_MAYBE_OF, first.ticket_id), 1);
	/* The signed address is no header that is recycled. */
	ages(&s, first.ticket_id, 15);
	r = arrives(&s, (struct mail) { FROM("zoe.drift@example.com"),
		.subject = "Coffee for the office",
		SENT_TO(reply_address(&s, first.ticket_id, SEAL_ADDRESS, 0)) });
	CHECK_TEXT(r.outcome, "joined");
}

TEST(an_owner_who_is_gone_loses_the_ticket_when_it_opens_again)
{
	struct desk_in s = desk_in();
	struct mail_row first = begun(&s, "zoe.owner@example.com", "Lid"), r;

	CHECK_OK(db_run(s.d.db, "UPDATE as_ticket SET owner_id = 987654 WHERE id = ?",
			NULL, ARGS(first.ticket_id)));
	set_status(&s, first.ticket_id, "closed");
	r = arrives(&s, (struct mail) { FROM("zoe.owner@example.com"),
		.subject = "Re: Lid", .text = "It broke again, what now?",
		ANSWERS(first.mail_id) });
	CHECK_TEXT(r.outcome, "joined");
	CHECK_INT(ticket_of(&s, &r).owner_id, 0);
	CHECK(traced(&s, &r, "unowned"));
}

TEST(thanks_alone_change_nothing_unless_they_answer_a_question)
{
	struct desk_in s = desk_in();
	struct mail_row first = begun(&s, "zoe.thanks@example.com", "Lid"), r;
	const char *waiting;

	set_status(&s, first.ticket_id, "closed");
	waiting = ticket_of(&s, &first).waiting_since;
	r = arrives(&s, (struct mail) { FROM("zoe.thanks@example.com"),
		.subject = "Re: Lid", .text = "Vielen Dank für die schnelle Hilfe!",
		ANSWERS(first.mail_id) });
	CHECK_TEXT(r.outcome, "thanks");
	CHECK_TEXT(status_of(&s, first.ticket_id), "closed");
	CHECK_TEXT(ticket_of(&s, &first).waiting_since, waiting);
	CHECK_INT(message_of(&s, &r).kind, MESSAGE_CUSTOMER);
	CHECK_INT(letters_about(&s, first.ticket_id, "message_from_customer"), 0);
	answers(&s, first.ticket_id, "Shall we send a new one?");
	set_status(&s, first.ticket_id, "closed");
	r = arrives(&s, (struct mail) { FROM("zoe.thanks@example.com"),
		.subject = "Re: Lid", .text = "Yes, thank you!",
		ANSWERS(first.mail_id) });
	CHECK_TEXT(r.outcome, "joined");
	CHECK_TEXT(status_of(&s, first.ticket_id), "open");
}

TEST(an_account_of_the_shop_is_trusted_with_proof_alone)
{
	struct desk_in s = desk_in();
	struct customer c = { .external_id = "in-77", .email = "rich@example.com",
			      .name = "Rich" };
	struct mail_row r;

	CHECK_OK(store_customer_add(s.d.db, IN_SHOP, &c, true));
	r = arrives(&s, (struct mail) { FROM("rich@example.com") });
	CHECK(ticket_of(&s, &r).customer_id != c.id);
	CHECK(traced(&s, &r, "customer_guest"));
	r = arrives(&s, (struct mail) { FROM("rich@example.com"),
					FAILS("example.com") });
	CHECK(ticket_of(&s, &r).customer_id != c.id);
	r = arrives(&s, (struct mail) { FROM("rich@example.com"),
					PASS("example.com") });
	CHECK_INT(ticket_of(&s, &r).customer_id, c.id);
	CHECK(traced(&s, &r, "customer_account"));
}

TEST(copies_for_others_let_nobody_in)
{
	struct desk_in s = desk_in();
	struct mail_address eve = { "Eve", "eve.cc@example.com" };
	struct mail_row r = arrives(&s, (struct mail) { FROM("zoe.cc@example.com"),
		.cc = &eve, .n_cc = 1 });
	struct rows rows;

	CHECK_OK(store_participant_list(s.d.db, &s.us, r.ticket_id, &rows));
	CHECK_INT(rows.n, 0);
	r = arrives(&s, (struct mail) { FROM("eve.cc@example.com"),
		ANSWERS(r.mail_id), .subject = "Re: A question" });
	CHECK_TEXT(r.outcome, "opened");
}

TEST(a_forged_participant_is_a_stranger_without_a_signed_token)
{
	struct desk_in s = desk_in();
	struct mail_row first = begun(&s, "zoe.forged@example.com", "Lid"), r;

	r = arrives(&s, (struct mail) { FROM("zoe.forged@example.com"),
		.subject = "Re: Lid", ANSWERS(first.mail_id), FAILS("example.com") });
	CHECK_TEXT(r.outcome, "opened");
	CHECK(r.ticket_id != first.ticket_id);
	CHECK(traced(&s, &r, "sender_forged") && traced(&s, &r, "dmarc_fail"));
	/* Whoever saw a letter of ours knows its Message-ID. */
	answers(&s, first.ticket_id, "We look into it.");
	r = arrives(&s, (struct mail) { FROM("zoe.forged@example.com"),
		.subject = "Re: Lid", FAILS("example.com"),
		ANSWERS(id_of_letter(&s, first.ticket_id, "message_from_store")) });
	CHECK_TEXT(r.outcome, "note");
	CHECK_INT(r.ticket_id, first.ticket_id);
	CHECK(traced(&s, &r, "sender_forged") && traced(&s, &r, "note_outside"));
	/* Lists and forwarders break DMARC; whoever has the token was written to. */
	r = arrives(&s, (struct mail) { FROM("zoe.forged@example.com"),
		.subject = "Re: Lid", FAILS("example.com"),
		SENT_TO(reply_address(&s, first.ticket_id, SEAL_ADDRESS, 0)) });
	CHECK_TEXT(r.outcome, "joined");
	CHECK(traced(&s, &r, "dmarc_fail"));
}

TEST(a_letter_of_a_quarter_of_a_megabyte_is_kept_whole)
{
	struct desk_in s = desk_in();
	char *words = arena_alloc(s.d.arena, MAIL_TEXT);
	struct mail_row r;

	memset(words, '"', MAIL_TEXT - 1);
	r = arrives(&s, (struct mail) { FROM("long@example.com"), .text = words,
					PASS("example.com") });
	CHECK_TEXT(r.outcome, "opened");
	CHECK_INT(strlen(message_of(&s, &r).body), MAIL_TEXT - 1);
}

static void follow(struct desk_in *s, const char *preset)
{
	struct preset_map map[CATALOG_MOST];
	struct preset_preview p;

	CHECK_OK(preset_preview(&s->d, &s->anna, preset, &p));
	for (size_t i = 0; i < p.n_going; i++)
		map[i] = (struct preset_map) { p.going[i].id, p.going[i].suggestion };
	CHECK_OK(preset_switch(&s->d, &s->anna, preset, map, p.n_going));
	desk_in_again(s);
}

TEST(where_two_sides_take_turns_every_answer_by_mail_is_the_stores_turn)
{
	struct desk_in s = desk_in();
	struct mail_row first, r;

	follow(&s, "pk");
	first = begun(&s, "zoe.pk@example.com", "Lid");
	CHECK_TEXT(status_of(&s, first.ticket_id), "pending_action");
	set_status(&s, first.ticket_id, "awaiting_reply");
	r = arrives(&s, (struct mail) { FROM("zoe.pk@example.com"), .subject = "Re: Lid",
		.text = "Here is what you asked for.", ANSWERS(first.mail_id) });
	CHECK_TEXT(r.outcome, "joined");
	CHECK_TEXT(status_of(&s, first.ticket_id), "pending_action");
	set_status(&s, first.ticket_id, "closed");
	arrives(&s, (struct mail) { FROM("zoe.pk@example.com"), .subject = "Re: Lid",
		.text = "And one more thing.", ANSWERS(first.mail_id) });
	CHECK_TEXT(status_of(&s, first.ticket_id), "pending_action");
	follow(&s, "pc");
}

TEST(the_original_letter_is_found_by_who_may_read_its_ticket)
{
	struct desk_in s = desk_in();
	struct mail_row r = arrives(&s, (struct mail) { FROM("zoe.raw@example.com") }), out;
	struct actor zoe = { .kind = ACTOR_CUSTOMER, .shop = IN_SHOP,
			     .id = ticket_of(&s, &r).customer_id };
	struct actor own = s.anna;

	CHECK_OK(store_mail_of_message(s.d.db, &s.anna, r.message_id, &out));
	CHECK_INT(out.id, r.id);
	CHECK(out.sha256.n == 32 && out.trace);
	CHECK_ERR(store_mail_of_message(s.d.db, &zoe, r.message_id, &out), ERR_NOT_FOUND);
	own.may[RIGHT_READ] = SCOPE_OWN;
	CHECK_ERR(store_mail_of_message(s.d.db, &own, r.message_id, &out), ERR_NOT_FOUND);
}
