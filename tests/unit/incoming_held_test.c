/* Letters that wait for a person, and what people do with them. */
#include "desk/quarantine.h"
#include "incoming.h"
#include "port/secret.h"
#include "store/participant.h"
#include "store/relation.h"
#include "store/setting.h"

/* Sorted again, as the next round would. */
static struct mail_row again(struct desk_in *s, int64_t id, struct mail m)
{
	struct mail_row *row = NULL;
	struct rows rows;

	CHECK_OK(store_mail_claim(s->d.db, IN_SHOP, 100, 60, &rows));
	for (size_t i = 0; i < rows.n; i++)
		if (((struct mail_row *) rows.at)[i].id == id)
			row = &((struct mail_row *) rows.at)[i];
	CHECK(row);
	CHECK_OK(incoming_take(&s->d, &s->in, row, &m, -1));
	return row_of(s, id);
}

static struct mail robot(struct desk_in *s, const char *from)
{
	return (struct mail) { FROM(from), .automatic = "Auto-Submitted: auto-generated",
		.subject = "Parcel", .text = "Your parcel is late.",
		.message_id = arena_printf(s->d.arena, "<%s@robot.example>",
					   secret_token(s->d.arena, 16)),
		.content = secret_sha256(s->d.arena, from, strlen(from)) };
}

TEST(every_reason_to_hold_a_letter_has_words)
{
	static const char *const reasons[] = {
		"unreadable", "failed", "not_ours", "no_sender", "two_senders", "same_id", "blocked",
		"flood", "automatic", "bounce", "wrong_sender", "staff_unproven",
		"no_right", "gone", "shut", "strangers",
	};

	for (size_t i = 0; i < sizeof(reasons) / sizeof(*reasons); i++)
		CHECK(trace_reason(reasons[i]));
	CHECK(!trace_reason("nonsense"));
}

TEST(letters_without_one_sender_are_held)
{
	struct desk_in s = desk_in();
	struct mail_row r = arrives(&s, (struct mail) { .subject = "From nobody" });

	CHECK_INT(r.state, MAIL_HELD);
	CHECK_TEXT(r.reason, "no_sender");
	r = arrives(&s, (struct mail) { .from = { NULL, "a@example.com" }, .n_from = 2 });
	CHECK_TEXT(r.reason, "two_senders");
}

TEST(a_letter_nothing_can_read_is_kept_and_listed)
{
	struct desk_in s = desk_in();
	const char *const notes[] = { "the reader was killed" };
	struct mail_row r = arrives(&s, (struct mail) { .unreadable = true,
		.notes = notes, .n_notes = 1 });

	CHECK_INT(r.state, MAIL_BAD);
	CHECK_TEXT(r.reason, "unreadable");
	CHECK(traced(&s, &r, "note"));
}

TEST(the_same_letter_by_another_way_is_counted)
{
	struct desk_in s = desk_in();
	struct mail m = { FROM("zoe.twice@example.com"), .message_id = "<twice@example.com>",
			  .content = secret_sha256(s.d.arena, "twice", 5) };
	struct mail_row one = arrives(&s, m), other = arrives(&s, m);

	CHECK_TEXT(one.outcome, "opened");
	CHECK_TEXT(other.outcome, "duplicate");
	CHECK_INT(other.state, MAIL_DONE);
	CHECK_INT(other.ticket_id, 0);
	CHECK_INT(row_of(&s, one.id).copies, 2);
}

/* Who was sent a copy of a letter may be faster than the letter. */
TEST(nobody_makes_a_letter_vanish_by_sending_it_before_its_writer)
{
	struct desk_in s = desk_in();
	struct mail letter = { FROM("zoe.early@example.com"), .message_id = "<early@example.com>",
			       .content = secret_sha256(s.d.arena, "early", 5) },
		    early = letter;
	struct mail_row one, other;

	early.automatic = "Auto-Submitted: auto-replied";
	one = arrives(&s, early);
	other = arrives(&s, letter);
	CHECK_TEXT(one.reason, "automatic");
	CHECK_TEXT(other.outcome, "opened");
	CHECK_INT(row_of(&s, one.id).copies, 1);
	/* The same of both once more is nothing new. */
	CHECK_TEXT(arrives(&s, early).outcome, "duplicate");
	CHECK_TEXT(arrives(&s, letter).outcome, "duplicate");
	early.message_id = letter.message_id = "";
	early.content = letter.content = secret_sha256(s.d.arena, "early too", 9);
	early.automatic = NULL;
	early.loop_id = s.in.loop_id;
	CHECK_INT(arrives(&s, early).class, MAIL_OWN);
	CHECK_TEXT(arrives(&s, letter).outcome, "opened");
}

/* Said to be forged, not proven, proven: whose sender is believed more is no
 * copy of what came before, and there is one message of each at most. */
TEST(a_letter_better_proven_than_its_copy_is_decided_on_its_own)
{
	struct desk_in s = desk_in();
	struct mail proven = { FROM("zoe.proven@example.com"), PASS("example.com"),
			       .message_id = "<proven@example.com>",
			       .content = secret_sha256(s.d.arena, "proven", 6) },
		    bare = proven, forged = proven;
	struct mail_row one, two, three;

	bare.n_results = 0;
	forged.results = (const char *const []) {
		"mx.shop.example; dmarc=fail header.from=example.com" };
	one = arrives(&s, forged);
	two = arrives(&s, bare);
	three = arrives(&s, proven);
	CHECK_TEXT(three.outcome, "opened");
	CHECK(three.ticket_id != one.ticket_id && three.ticket_id != two.ticket_id);
	CHECK(!message_of(&s, &three).mail_id);
	CHECK_TEXT(arrives(&s, proven).outcome, "duplicate");
	CHECK_TEXT(arrives(&s, bare).outcome, "duplicate");
	CHECK_TEXT(arrives(&s, forged).outcome, "duplicate");
}

/* What joined its ticket is there: better proof adds nothing. */
TEST(what_has_joined_its_ticket_joins_it_once)
{
	struct desk_in s = desk_in();
	struct mail_row first = arrives(&s, (struct mail) { FROM("zoe.once@example.com") });
	struct mail bare = { FROM("zoe.once@example.com"), .text = "One more thing",
			     SENT_TO(reply_address(&s, first.ticket_id, SEAL_CUSTOMER,
						   ticket_of(&s, &first).customer_id)),
			     .message_id = "<once@example.com>",
			     .content = secret_sha256(s.d.arena, "once", 4) },
		    proven = bare;

	CHECK_TEXT(arrives(&s, bare).outcome, "joined");
	proven.results = (const char *const []) {
		"mx.shop.example; dmarc=pass header.from=example.com" };
	proven.n_results = 1;
	CHECK_TEXT(arrives(&s, proven).outcome, "duplicate");
}

TEST(another_letter_with_the_same_id_is_held_and_released_by_a_person)
{
	struct desk_in s = desk_in();
	struct mail m = { FROM("zoe.same@example.com"), .message_id = "<same.id@example.com>",
			  .subject = "A question" };
	struct mail_row one = arrives(&s, m), other;

	m.text = "Something else entirely, with the old id";
	m.content = secret_sha256(s.d.arena, "else", 4);
	other = arrives(&s, m);
	CHECK_INT(other.state, MAIL_HELD);
	CHECK_TEXT(other.reason, "same_id");
	CHECK_OK(incoming_release(&s.d, &s.anna, other.id));
	other = again(&s, other.id, m);
	CHECK_TEXT(other.outcome, "opened");
	CHECK(other.ticket_id != one.ticket_id);
	CHECK(!message_of(&s, &other).mail_id);
	CHECK(traced(&s, &other, "asked_ticket"));
}

/* A shop's form writes from our address what somebody typed. */
TEST(a_form_that_is_released_is_the_letter_of_whom_it_names_for_answers)
{
	struct desk_in s = desk_in();
	struct mail form = { FROM("help@shop.example"), PASS("shop.example"),
			     .reply_to = { "Zoë Form", "zoe.form@trusted.example" },
			     .subject = "Contact form", .text = "My parcel is lost.",
			     .message_id = "<form.9@web.example>",
			     .content = secret_sha256(s.d.arena, "form", 4) },
		    other = form;
	struct mail_row r;
	struct ticket t;

	s.in.trusted_domains = "trusted.example shop.example";
	r = arrives(&s, form);
	CHECK_TEXT(r.reason, "not_ours");
	CHECK_TEXT(r.from_address, "help@shop.example");
	CHECK_OK(incoming_release(&s.d, &s.anna, r.id));
	r = again(&s, r.id, form);
	CHECK_TEXT(r.outcome, "opened");
	CHECK_TEXT(r.from_address, "zoe.form@trusted.example");
	CHECK(traced(&s, &r, "by_form") && traced(&s, &r, "receipt_mute"));
	CHECK(!traced(&s, &r, "trusted_domain"));
	t = ticket_of(&s, &r);
	CHECK_TEXT(t.customer_email, "zoe.form@trusted.example");
	CHECK_TEXT(t.customer_name, "Zoë Form");
	CHECK(!beside_of(&s, &r).automatic);
	/* Who names us for answers is not known any better. */
	other.reply_to.address = "help@shop.example";
	other.message_id = "<form.10@web.example>";
	other.content = secret_sha256(s.d.arena, "form 10", 7);
	r = arrives(&s, other);
	CHECK_OK(incoming_release(&s.d, &s.anna, r.id));
	r = again(&s, r.id, other);
	CHECK(!traced(&s, &r, "by_form"));
}

TEST(letters_without_an_id_are_told_apart_by_what_they_say)
{
	struct desk_in s = desk_in();
	struct mail m = { FROM("zoe.noid@example.com"), .message_id = "" };
	struct mail_row one = arrives(&s, m), other;

	m.message_id = "";
	other = arrives(&s, m);
	CHECK_TEXT(one.outcome, "opened");
	CHECK_TEXT(other.outcome, "opened");
	CHECK(!one.mail_id && !other.mail_id);
}

TEST(a_held_letter_becomes_a_ticket_a_message_or_a_note)
{
	struct desk_in s = desk_in();
	struct mail_row first = arrives(&s, (struct mail) { FROM("zoe.held@example.com") });
	const char *number = ticket_of(&s, &first).number;
	struct mail a = robot(&s, "a.held@robot.example"), b = robot(&s, "b.held@robot.example"),
		    c = robot(&s, "c.held@robot.example");
	struct mail_row ra = arrives(&s, a), rb = arrives(&s, b), rc = arrives(&s, c);

	CHECK_TEXT(ra.reason, "automatic");
	CHECK_OK(incoming_release(&s.d, &s.anna, ra.id));
	ra = again(&s, ra.id, a);
	CHECK_TEXT(ra.outcome, "opened");
	CHECK_INT(letters_about(&s, ra.ticket_id, "receipt"), 0);
	CHECK_OK(incoming_join(&s.d, &s.anna, rb.id, number, false));
	rb = again(&s, rb.id, b);
	CHECK_TEXT(rb.outcome, "joined");
	CHECK_INT(rb.ticket_id, first.ticket_id);
	CHECK_INT(message_of(&s, &rb).kind, MESSAGE_CUSTOMER);
	CHECK_OK(incoming_join(&s.d, &s.anna, rc.id, number, true));
	rc = again(&s, rc.id, c);
	CHECK_TEXT(rc.outcome, "note");
	CHECK_INT(message_of(&s, &rc).kind, MESSAGE_NOTE);
	CHECK_ERR(incoming_release(&s.d, &s.anna, rc.id), ERR_CONFLICT);
}

static void may_reply(struct desk_in *s, const char *status, bool may)
{
	CHECK_OK(db_run(s->d.db, "UPDATE as_status SET customer_may_reply = ?"
			" WHERE shop_id = ? AND code = ?", NULL,
			ARGS(may, (int) IN_SHOP, status)));
	CHECK_OK(store_setting_revise(s->d.db, IN_SHOP));
	desk_in_again(s);
}

TEST(a_held_letter_is_held_again_where_customers_may_not_write)
{
	struct desk_in s = desk_in();
	struct mail_row first = arrives(&s, (struct mail) { FROM("zoe.shut@example.com") });
	struct mail m = robot(&s, "shut@robot.example");
	struct mail_row r = arrives(&s, m);

	set_status(&s, first.ticket_id, "closed");
	may_reply(&s, "closed", false);
	CHECK_OK(incoming_join(&s.d, &s.anna, r.id, ticket_of(&s, &first).number, false));
	r = again(&s, r.id, m);
	CHECK_INT(r.state, MAIL_HELD);
	CHECK_TEXT(r.reason, "shut");
	CHECK_OK(incoming_join(&s.d, &s.anna, r.id, ticket_of(&s, &first).number, true));
	CHECK_TEXT(again(&s, r.id, m).outcome, "note");
	may_reply(&s, "closed", true);
}

TEST(a_held_report_with_files_becomes_what_a_person_wants)
{
	static const struct mail_file file = { .name = "details.txt", .type = "text/plain" };
	struct desk_in s = desk_in();
	struct mail_row first = arrives(&s, (struct mail) { FROM("zoe.report@example.com") });
	struct mail m = { FROM("mailer-daemon@host.example"), .report = true,
			  .subject = "Undelivered", .text = "No such user.",
			  .message_id = "<report.one@host.example>",
			  .content = secret_sha256(s.d.arena, "report one", 10),
			  .files = &file, .n_files = 1 };
	struct mail_row r = arrives(&s, m);

	CHECK_TEXT(r.reason, "bounce");
	CHECK_OK(incoming_release(&s.d, &s.anna, r.id));
	r = again(&s, r.id, m);
	CHECK_TEXT(r.outcome, "opened");
	CHECK_INT(message_of(&s, &r).files, 1);
	m.message_id = "<report.two@host.example>";
	m.content = secret_sha256(s.d.arena, "report two", 10);
	r = arrives(&s, m);
	CHECK_OK(incoming_join(&s.d, &s.anna, r.id, ticket_of(&s, &first).number, true));
	r = again(&s, r.id, m);
	CHECK_TEXT(r.outcome, "note");
	CHECK_INT(r.ticket_id, first.ticket_id);
}

TEST(a_held_letter_is_put_aside_and_its_sender_blocked)
{
	struct desk_in s = desk_in();
	struct mail_row r = arrives(&s, robot(&s, "spam@robot.example"));
	struct actor nobody = { .kind = ACTOR_AGENT, .shop = IN_SHOP, .id = 1 };

	CHECK_ERR(incoming_drop(&s.d, &nobody, r.id, true), ERR_FORBIDDEN);
	CHECK_OK(incoming_drop(&s.d, &s.anna, r.id, true));
	r = row_of(&s, r.id);
	CHECK_INT(r.state, MAIL_DONE);
	CHECK_TEXT(r.outcome, "dropped");
	CHECK(traced(&s, &r, "held") && traced(&s, &r, "dropped"));
	r = arrives(&s, (struct mail) { FROM("spam@robot.example") });
	CHECK_TEXT(r.reason, "blocked");
	CHECK_OK(quarantine_block(&s.d, &s.anna, &r, false));
	r = arrives(&s, (struct mail) { FROM("spam@robot.example") });
	CHECK_TEXT(r.outcome, "opened");
}

/* A note from outside in a closed ticket. */
static struct mail_row outside(struct desk_in *s, const char *who, struct mail_row *first)
{
	struct mail_row r;

	*first = arrives(s, (struct mail) {
		FROM(arena_printf(s->d.arena, "zoe.%s@example.com", who)), .subject = "Lid" });
	answers(s, first->ticket_id, "We look into it.");
	set_status(s, first->ticket_id, "closed");
	r = arrives(s, (struct mail) {
		.from = { "Max", arena_printf(s->d.arena, "max.%s@example.com", who) },
		.n_from = 1, .subject = "Re: Lid", .text = "It is my lid, too.",
		SENT_TO(reply_address(s, first->ticket_id, SEAL_ADDRESS, 0)) });
	CHECK_TEXT(r.outcome, "note");
	return r;
}

TEST(a_note_from_outside_is_accepted_once_or_with_its_sender)
{
	struct desk_in s = desk_in();
	struct mail_row first, r = outside(&s, "accept", &first);
	bool part;

	CHECK_OK(incoming_accept(&s.d, &s.anna, r.message_id, false));
	CHECK_INT(message_of(&s, &r).kind, MESSAGE_CUSTOMER);
	CHECK(!beside_of(&s, &r).from_outside);
	CHECK_TEXT(status_of(&s, first.ticket_id), "open");
	CHECK_INT(ticket_of(&s, &first).last_public_id, r.message_id);
	CHECK_OK(store_participant_is(s.d.db, first.ticket_id, "max.accept@example.com", &part));
	CHECK(!part);
	CHECK_ERR(incoming_accept(&s.d, &s.anna, r.message_id, false), ERR_CONFLICT);
	db_rollback(s.d.db);
	r = outside(&s, "invite", &first);
	CHECK_OK(incoming_accept(&s.d, &s.anna, r.message_id, true));
	CHECK_OK(store_participant_is(s.d.db, first.ticket_id, "max.invite@example.com", &part));
	CHECK(part);
}

TEST(a_note_of_the_team_is_never_made_public)
{
	struct desk_in s = desk_in();
	const char *own;
	struct mail_row first = arrives(&s, (struct mail) { FROM("zoe.team@example.com") }), r;

	own = reply_address(&s, first.ticket_id, SEAL_AGENT, s.anna_row.id);
	r = arrives(&s, (struct mail) { FROM("anna.in@team.example"), PASS("team.example"),
		SENT_TO(own), .text = "#note She is a liar." });
	CHECK_ERR(incoming_accept(&s.d, &s.anna, r.message_id, false), ERR_CONFLICT);
	db_rollback(s.d.db);
	CHECK_INT(message_of(&s, &r).kind, MESSAGE_NOTE);
}

TEST(a_note_from_outside_gets_a_ticket_of_its_own)
{
	struct desk_in s = desk_in();
	struct mail_row first, r = outside(&s, "split", &first), later;
	struct result made;
	struct ticket t;

	CHECK_OK(incoming_split(&s.d, &s.anna, r.message_id, &made));
	CHECK_OK(store_ticket_find_id(s.d.db, &s.us, made.ticket_id, &t));
	CHECK_TEXT(t.customer_email, "max.split@example.com");
	CHECK_TEXT(status_of(&s, first.ticket_id), "closed");
	later = arrives(&s, (struct mail) { FROM("max.split@example.com"),
		.subject = "Re: Lid", ANSWERS(r.mail_id) });
	CHECK_INT(later.ticket_id, made.ticket_id);
}

TEST(thanks_are_a_question_when_somebody_says_so)
{
	struct desk_in s = desk_in();
	struct mail_row first = arrives(&s, (struct mail) { FROM("zoe.ask@example.com") }), r;

	answers(&s, first.ticket_id, "It is on its way.");
	set_status(&s, first.ticket_id, "closed");
	r = arrives(&s, (struct mail) { FROM("zoe.ask@example.com"), .text = "Thanks!",
		ANSWERS(first.mail_id), .subject = "A question" });
	CHECK_TEXT(r.outcome, "thanks");
	CHECK_OK(incoming_ask(&s.d, &s.anna, r.message_id));
	CHECK_TEXT(status_of(&s, first.ticket_id), "open");
	CHECK_ERR(incoming_ask(&s.d, &s.anna, r.message_id), ERR_CONFLICT);
}

TEST(a_better_reader_makes_the_words_anew_and_decides_nothing)
{
	struct desk_in s = desk_in();
	struct mail m = { FROM("zoe.replay@example.com"), .text = "B?se Umlaute" };
	struct mail_row r = arrives(&s, m), before = r;

	m.text = "Böse Umlaute";
	m.html = "<p>Böse Umlaute</p>";
	CHECK_OK(incoming_replay(&s.d, &s.in, &r, &m, -1));
	CHECK_TEXT(message_of(&s, &before).body, "Böse Umlaute");
	CHECK_TEXT(beside_of(&s, &before).html, "<p>Böse Umlaute</p>");
	r = row_of(&s, before.id);
	CHECK_TEXT(r.outcome, before.outcome);
	CHECK_TEXT(r.trace, before.trace);
	r = arrives(&s, (struct mail) { .subject = "From nobody" });
	CHECK_ERR(incoming_replay(&s.d, &s.in, &r, &m, -1), ERR_CONFLICT);
}

TEST(who_reads_half_a_letter_is_told_so)
{
	struct desk_in s = desk_in();
	struct mail m = { FROM("zoe.half@example.com") };
	struct mail_row row = waits(&s, &m);

	row.full_size = 30 << 20;
	CHECK_OK(incoming_take(&s.d, &s.in, &row, &m, -1));
	row = row_of(&s, row.id);
	CHECK_TEXT(row.outcome, "opened");
	CHECK(traced(&s, &row, "head_only"));
}
