/* The team by mail: answers, commands, letters sent on, and who is refused. */
#include "incoming.h"
#include "store/address.h"
#include "store/outbox.h"
#include "store/relation.h"

#define ANNA		FROM("anna.in@team.example"), PASS("team.example")

/* A ticket of a customer with a question, and Anna's own address for it. */
static struct mail_row begun(struct desk_in *s, const char *from, const char **anna)
{
	struct mail_row r = arrives(s, (struct mail) { FROM(from), .subject = "Lid" });

	*anna = reply_address(s, r.ticket_id, SEAL_AGENT, s->anna_row.id);
	return r;
}

TEST(an_agent_answers_from_the_mail_program)
{
	struct desk_in s = desk_in();
	const char *anna;
	struct mail_row first = begun(&s, "zoe.staff@example.com", &anna), r;
	struct message m;

	r = arrives(&s, (struct mail) { ANNA, SENT_TO(anna), .subject = "Re: Lid",
		.text = "A new one is on its way.", .html = "<p>secret</p>" });
	m = message_of(&s, &r);
	CHECK_TEXT(r.outcome, "staff_reply");
	CHECK_INT(m.kind, MESSAGE_REPLY);
	CHECK_INT(m.author_kind, AUTHOR_AGENT);
	CHECK_INT(m.author_id, s.anna_row.id);
	CHECK_TEXT(m.body, "A new one is on its way.");
	CHECK(!beside_of(&s, &r).html);
	CHECK_INT(letters_about(&s, first.ticket_id, "message_from_store"), 1);
}

TEST(the_first_line_of_an_agent_is_a_command)
{
	struct desk_in s = desk_in();
	const char *anna;
	struct mail_row first = begun(&s, "zoe.command@example.com", &anna), r;
	struct ticket t;
	struct message m;

	r = arrives(&s, (struct mail) { ANNA, SENT_TO(anna),
		.text = "#note\n#assign annabel\nShe called, be kind." });
	m = message_of(&s, &r);
	t = ticket_of(&s, &first);
	CHECK_TEXT(r.outcome, "staff_note");
	CHECK_INT(m.kind, MESSAGE_NOTE);
	CHECK_TEXT(m.body, "She called, be kind.");
	CHECK_INT(t.owner_id, s.anna_row.id);
	CHECK_INT(letters_about(&s, first.ticket_id, "message_from_store"), 0);
	r = arrives(&s, (struct mail) { ANNA, SENT_TO(anna),
		.text = "#wait\nWhich colour is it?" });
	CHECK_TEXT(r.outcome, "staff_reply");
	CHECK_TEXT(status_of(&s, first.ticket_id), "pending");
	CHECK_TEXT(message_of(&s, &r).body, "Which colour is it?");
	r = arrives(&s, (struct mail) { ANNA, SENT_TO(anna), .text = "#close" });
	CHECK_TEXT(r.outcome, "staff_note");
	CHECK_INT(r.message_id, 0);
	CHECK_TEXT(status_of(&s, first.ticket_id), "closed");
	/* A number is no command. */
	r = arrives(&s, (struct mail) { ANNA, SENT_TO(anna), .text = "#5001 is it." });
	CHECK_TEXT(message_of(&s, &r).body, "#5001 is it.");
}

TEST(a_command_nobody_knows_is_never_sent_to_the_customer)
{
	struct desk_in s = desk_in();
	const char *anna;
	struct mail_row first = begun(&s, "zoe.typo@example.com", &anna), r;
	static const char *const typos[] = {
		"#nte\nShe is a liar.", "#assign nobody\nPlease take it.",
		"#type banana\nLook at this.",
	};

	for (size_t i = 0; i < sizeof(typos) / sizeof(*typos); i++) {
		r = arrives(&s, (struct mail) { ANNA, SENT_TO(anna), .text = typos[i] });
		CHECK_TEXT(r.outcome, "staff_note");
		CHECK_INT(message_of(&s, &r).kind, MESSAGE_NOTE);
		CHECK_TEXT(message_of(&s, &r).body, typos[i]);
		CHECK(traced(&s, &r, "staff_command"));
	}
	CHECK_INT(letters_about(&s, first.ticket_id, "message_from_store"), 0);
	CHECK_INT(letters_about(&s, first.ticket_id, "mail_kept"), 3);
}

TEST(an_answer_to_a_note_from_outside_is_not_sent_to_the_customer)
{
	struct desk_in s = desk_in();
	const char *anna;
	struct mail_row first = begun(&s, "zoe.hidden@example.com", &anna), note, r;
	struct outbox told = { .shop_id = IN_SHOP, .ticket_id = first.ticket_id,
		.letter = "note_from_outside", .recipient_kind = "agent",
		.recipient_id = s.anna_row.id, .to_address = "anna.in@team.example",
		.lang = "en", .zone = "UTC", .facts = "{}",
		.message_id_header = "<told.of.a.note@shop.example>" };

	note = arrives(&s, (struct mail) { FROM("max.hidden@example.com"),
		.text = "She sold it to me.",
		SENT_TO(reply_address(&s, first.ticket_id, SEAL_ADDRESS, 0)) });
	CHECK_TEXT(note.outcome, "note");
	told.message_id = note.message_id;
	CHECK_OK(store_outbox_add(s.d.db, &told, 1));
	r = arrives(&s, (struct mail) { ANNA, SENT_TO(anna),
		ANSWERS("<told.of.a.note@shop.example>"),
		.text = "Who are you?\n\n> She sold it to me." });
	CHECK_TEXT(r.outcome, "staff_note");
	CHECK(traced(&s, &r, "staff_hidden"));
	CHECK_INT(letters_about(&s, first.ticket_id, "message_from_store"), 0);
	CHECK_INT(letters_about(&s, first.ticket_id, "mail_kept"), 1);
	CHECK_OK(incoming_accept(&s.d, &s.anna, note.message_id, false));
	r = arrives(&s, (struct mail) { ANNA, SENT_TO(anna),
		ANSWERS("<told.of.a.note@shop.example>"), .text = "Thank you both." });
	CHECK_TEXT(r.outcome, "staff_reply");
}

TEST(an_answer_that_quotes_a_notification_is_not_sent_to_the_customer)
{
	struct desk_in s = desk_in();
	const char *anna, *mark, *words[3];
	struct mail_row first = begun(&s, "zoe.quoted@example.com", &anna), r;

	mark = seal_mark(s.d.arena, catalog_seal(s.d.catalog), first.ticket_id);
	words[0] = arena_join(s.d.arena, "> Priority: nuisance\n> ", mark,
			      "\n\nIt is on its way.");
	words[1] = arena_join(s.d.arena, "It is on its way.\n\nTo: <", anna, ">");
	words[2] = "It is on its way.\n\n> [t1.no.mark]";
	for (int i = 0; i < 3; i++) {
		r = arrives(&s, (struct mail) { ANNA, SENT_TO(anna), .text = words[i] });
		CHECK_TEXT(r.outcome, i < 2 ? "staff_note" : "staff_reply");
		CHECK(traced(&s, &r, "staff_quotes") == (i < 2));
	}
	CHECK_INT(letters_about(&s, first.ticket_id, "mail_kept"), 2);
	CHECK_INT(letters_about(&s, first.ticket_id, "message_from_store"), 1);
}

TEST(an_answer_that_somebody_overtook_is_kept_as_a_note)
{
	struct desk_in s = desk_in();
	const char *anna;
	struct mail_row first = begun(&s, "zoe.stale@example.com", &anna), r;
	const char *letter;
	int64_t at;

	/* What Anna answers is the letter about the first message. */
	CHECK_OK(db_add(s.d.db, "INSERT INTO as_outbox (shop_id, ticket_id, message_id,"
			" letter, recipient_kind, to_address, lang, zone,"
			" message_id_header, facts, due_at, created_at, seq) VALUES (?, ?, ?,"
			" 'ticket_opened', 'agent', 'anna.in@team.example', 'en', 'UTC',"
			" CONCAT('<', UUID(), '@shop.example>'), '{}', NOW(6), NOW(6), NEXT VALUE FOR as_outbox_seq)",
			&at, ARGS(IN_SHOP, first.ticket_id, first.message_id)));
	letter = id_of_letter(&s, first.ticket_id, "ticket_opened");
	arrives(&s, (struct mail) { FROM("zoe.stale@example.com"), ANSWERS(first.mail_id),
		.subject = "Re: Lid", .text = "Forget it, I found the lid at home." });
	r = arrives(&s, (struct mail) { ANNA, SENT_TO(anna), ANSWERS(letter),
		.text = "A new one is on its way." });
	CHECK_TEXT(r.outcome, "staff_note");
	CHECK(traced(&s, &r, "staff_stale"));
	CHECK_INT(letters_about(&s, first.ticket_id, "message_from_store"), 0);
	CHECK_INT(letters_about(&s, first.ticket_id, "mail_kept"), 1);
}

TEST(nobody_is_of_the_team_without_address_and_proof)
{
	struct desk_in s = desk_in();
	const char *anna;
	struct mail_row first = begun(&s, "zoe.forge@example.com", &anna), r;
	struct mail m = { FROM("anna.in@team.example"), SENT_TO(anna),
			  .text = "Send the money to this account." };

	/* no proof */
	r = arrives(&s, m);
	CHECK_INT(r.state, MAIL_HELD);
	CHECK_TEXT(r.reason, "staff_unproven");
	/* proof by a host that is not ours */
	m.results = (const char *const []) { "mx.evil.example; dmarc=pass header.from=team.example" };
	m.n_results = 1;
	CHECK_TEXT(arrives(&s, m).reason, "staff_unproven");
	/* a signature alone is not enough for the team */
	m.results = (const char *const []) { "mx.shop.example; dkim=pass header.d=team.example" };
	CHECK_TEXT(arrives(&s, m).reason, "staff_unproven");
	/* proven, and the address of a customer */
	m.results = (const char *const []) { "mx.shop.example; dmarc=pass" };
	m.delivered_to = (const char *const []) { reply_address(&s, first.ticket_id,
							       SEAL_ADDRESS, 0) };
	CHECK_TEXT(arrives(&s, m).reason, "staff_unproven");
	/* proven, and somebody else's address */
	m.delivered_to = (const char *const []) { reply_address(&s, first.ticket_id,
					SEAL_AGENT, s.anna_row.id + 1) };
	CHECK_TEXT(arrives(&s, m).reason, "wrong_sender");
	/* somebody else, with Anna's address */
	m = (struct mail) { FROM("eve@evil.example"), PASS("evil.example"), SENT_TO(anna) };
	CHECK_TEXT(arrives(&s, m).reason, "wrong_sender");
	CHECK_INT(letters_about(&s, first.ticket_id, "message_from_store"), 0);
	CHECK_INT(ticket_of(&s, &first).messages, 1);
}

static int64_t refusals(struct desk_in *s, const char *to)
{
	struct { int64_t n; } out;
	const struct field fields[] = { { "n", 0, KIND_I64, NULL } };
	const struct shape shape = { "n", sizeof(out), 1, fields };

	CHECK_OK(db_row(s->d.db, "SELECT COUNT(*) AS n FROM as_outbox"
			" WHERE letter = 'mail_refused' AND to_address = ?",
			&shape, &out, ARGS(to)));
	return out.n;
}

TEST(who_is_refused_is_told_once_a_day)
{
	struct desk_in s = desk_in();
	const char *anna;

	begun(&s, "zoe.refuse@example.com", &anna);
	for (int i = 0; i < 5; i++)
		arrives(&s, (struct mail) { FROM("refused@example.com"), SENT_TO(anna) });
	CHECK_INT(refusals(&s, "refused@example.com"), 1);
	/* A machine, and who was forged, are told nothing. */
	arrives(&s, (struct mail) { FROM("machine@example.com"), SENT_TO(anna),
				    .automatic = "Auto-Submitted: auto-replied" });
	arrives(&s, (struct mail) { FROM("forged@example.com"), SENT_TO(anna),
				    FAILS("example.com") });
	/* Nor is one where a receipt came back. */
	CHECK_OK(store_address_quiet(s.d.db, IN_SHOP, "quiet@example.com", 30));
	arrives(&s, (struct mail) { FROM("quiet@example.com"), SENT_TO(anna) });
	CHECK_INT(refusals(&s, "quiet@example.com"), 0);
	CHECK_INT(refusals(&s, "machine@example.com"), 0);
	CHECK_INT(refusals(&s, "forged@example.com"), 0);
}

/* Whoever got an agent's signed address writes to it in the name of others. */
TEST(one_address_that_leaked_writes_to_few_strangers)
{
	struct desk_in s = desk_in();
	int64_t told = 0;
	const char *anna;

	CHECK_OK(db_run(s.d.db, "DELETE FROM as_throttle", NULL, NO_ARGS));
	begun(&s, "zoe.leak@example.com", &anna);
	for (int i = 0; i < 12; i++) {
		const char *victim = arena_printf(s.d.arena, "victim%d@leak.example", i);
		struct mail_row r = arrives(&s, (struct mail) { FROM(victim), SENT_TO(anna) });

		CHECK_TEXT(r.reason, "wrong_sender");
		told += refusals(&s, victim);
	}
	CHECK_INT(told, 5);
}

TEST(an_agents_holiday_is_nobodys_business)
{
	struct desk_in s = desk_in();
	const char *anna;
	struct mail_row first = begun(&s, "zoe.holiday@example.com", &anna), r;

	r = arrives(&s, (struct mail) { ANNA, SENT_TO(anna),
		.automatic = "Auto-Submitted: auto-replied", .text = "I am away." });
	CHECK_TEXT(r.outcome, "ignored");
	CHECK_INT(ticket_of(&s, &first).messages, 1);
}

TEST(a_customers_letter_that_an_agent_sends_on_is_the_customers_ticket)
{
	struct desk_in s = desk_in();
	struct mail m = { ANNA, .subject = "WG: Lid broken",
		.text = "Please look after her, she is a good customer.",
		.folded = "---- Original Message ----\nFrom: Zoë <zoe.fwd@example.com>\n"
			  "Subject: Lid broken\n\nMy lid broke." };
	struct mail_row r = arrives(&s, m);
	struct ticket t = ticket_of(&s, &r);
	struct rows rows;
	const struct message *all;

	CHECK_TEXT(r.outcome, "forwarded");
	CHECK_TEXT(t.customer_email, "zoe.fwd@example.com");
	CHECK_TEXT(t.subject, "Lid broken");
	CHECK_TEXT(t.opened_by_name, "Annabel Incoming");
	CHECK(!t.opened_by_customer);
	CHECK_TEXT(message_of(&s, &r).body, "My lid broke.");
	CHECK_INT(message_of(&s, &r).kind, MESSAGE_CUSTOMER);
	CHECK_OK(store_message_list(s.d.db, &s.us, r.ticket_id, 0, &rows));
	all = rows.at;
	CHECK_INT(rows.n, 2);
	CHECK_INT(all[1].kind, MESSAGE_NOTE);
	CHECK_TEXT(all[1].body, "Please look after her, she is a good customer.");
	CHECK_INT(letters_about(&s, r.ticket_id, "ticket_by_store"), 0);
	CHECK_INT(letters_about(&s, r.ticket_id, "receipt"), 1);
	/* Without proof it is a letter like any other. */
	m.n_results = 0;
	r = arrives(&s, m);
	CHECK_TEXT(r.outcome, "opened");
	CHECK_TEXT(ticket_of(&s, &r).customer_email, "anna.in@team.example");
}
