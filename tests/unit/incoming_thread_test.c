/* Which ticket a letter belongs to, and who may say so. */
#include "incoming.h"
#include "store/setting.h"

static struct mail_row begun(struct desk_in *s, const char *from)
{
	struct mail_row r = arrives(s, (struct mail) { FROM(from), .subject = "Lid" });

	answers(s, r.ticket_id, "We look into it.");
	return r;
}

TEST(the_first_sign_in_the_fixed_order_wins)
{
	struct desk_in s = desk_in();
	struct mail_row a = begun(&s, "zoe.order@example.com");
	struct mail_row b = begun(&s, "zoe.order@example.com");
	struct mail_row c = begun(&s, "zoe.order@example.com");
	struct mail_row d = begun(&s, "zoe.order@example.com"), r;
	const char *mark = seal_mark(s.d.arena, catalog_seal(s.d.catalog), c.ticket_id);
	const char *words = arena_join(s.d.arena, "What about this one\n", mark, NULL);
	const char *subject = arena_printf(s.d.arena, "Re: [#%s] Lid",
					   ticket_of(&s, &d).number);
	struct mail m = { FROM("zoe.order@example.com"), .subject = subject,
			  .text = words, .message_id = NULL };

	/* 5: the number in the subject */
	m.text = "What about this one";
	r = arrives(&s, m);
	CHECK_INT(r.ticket_id, d.ticket_id);
	CHECK(traced(&s, &r, "match_number"));
	/* 4: the mark in the words */
	m.text = words;
	r = arrives(&s, m);
	CHECK_INT(r.ticket_id, c.ticket_id);
	CHECK(traced(&s, &r, "match_mark"));
	/* 3: a Message-ID of somebody else */
	m.references = &b.mail_id;
	m.n_references = 1;
	r = arrives(&s, m);
	CHECK_INT(r.ticket_id, b.ticket_id);
	CHECK(traced(&s, &r, "match_foreign_id"));
	/* 2: one of ours */
	m.in_reply_to = (const char *const []) { id_of_letter(&s, a.ticket_id, "message_from_store") };
	m.n_in_reply_to = 1;
	r = arrives(&s, m);
	CHECK_INT(r.ticket_id, a.ticket_id);
	CHECK(traced(&s, &r, "match_own_id"));
	/* 1: the address it was sent to */
	m.to = &(struct mail_address) { .address =
		reply_address(&s, d.ticket_id, SEAL_ADDRESS, 0) };
	m.n_to = 1;
	r = arrives(&s, m);
	CHECK_INT(r.ticket_id, d.ticket_id);
	CHECK(traced(&s, &r, "match_reply_address"));
}

TEST(a_reply_address_is_read_from_every_header_that_may_carry_it)
{
	struct desk_in s = desk_in();
	struct mail_row first = begun(&s, "zoe.headers@example.com"), r, claimed;
	const char *address = reply_address(&s, first.ticket_id, SEAL_ADDRESS, 0);
	struct mail_address to = { NULL, address };
	struct mail m = { FROM("zoe.headers@example.com") };

	r = arrives(&s, (struct mail) { FROM("zoe.headers@example.com"),
					SENT_TO(address) });
	CHECK_INT(r.ticket_id, first.ticket_id);
	r = arrives(&s, (struct mail) { FROM("zoe.headers@example.com"),
					.cc = &to, .n_cc = 1 });
	CHECK_INT(r.ticket_id, first.ticket_id);
	claimed = waits(&s, &m);
	claimed.envelope_to = address;
	CHECK_OK(incoming_take(&s.d, &s.in, &claimed, &m, -1));
	CHECK_INT(row_of(&s, claimed.id).ticket_id, first.ticket_id);
}

TEST(tokens_with_one_letter_changed_are_nothing)
{
	struct desk_in s = desk_in();
	struct mail_row first = begun(&s, "zoe.token@example.com"), r;
	char *address = arena_dup(s.d.arena, reply_address(&s, first.ticket_id,
							   SEAL_ADDRESS, 0));
	char *id = arena_dup(s.d.arena, id_of_letter(&s, first.ticket_id,
						     "message_from_store"));
	char *mark = arena_dup(s.d.arena, seal_mark(s.d.arena,
			catalog_seal(s.d.catalog), first.ticket_id));
	char *at = strchr(address, '@') - 3;

	*at = *at == 'a' ? 'b' : 'a';
	at = strchr(id, '.') + 2;
	*at = *at == 'a' ? 'b' : 'a';
	at = strchr(mark, ']') - 3;
	*at = *at == 'a' ? 'b' : 'a';
	r = arrives(&s, (struct mail) { FROM("zoe.token@example.com"),
		SENT_TO(address), ANSWERS(id), .text = mark });
	CHECK_TEXT(r.outcome, "opened");
	CHECK(r.ticket_id != first.ticket_id);
	CHECK(traced(&s, &r, "match_none"));
}

TEST(the_newest_reference_is_asked_first)
{
	struct desk_in s = desk_in();
	struct mail_row a = begun(&s, "zoe.refs@example.com");
	struct mail_row b = begun(&s, "zoe.refs@example.com");
	const char *refs[] = { "<none@example.com>", a.mail_id, b.mail_id };
	struct mail_row r = arrives(&s, (struct mail) { FROM("zoe.refs@example.com"),
		.subject = "Lid", .references = refs, .n_references = 3 });

	CHECK_INT(r.ticket_id, b.ticket_id);
}

TEST(a_hundred_references_cost_no_more_than_thirty)
{
	struct desk_in s = desk_in();
	struct mail_row a = begun(&s, "zoe.many@example.com");
	const char *refs[MAIL_REFERENCES];
	struct mail_row r;

	for (int i = 0; i < MAIL_REFERENCES; i++)
		refs[i] = arena_printf(s.d.arena, "<%d@nowhere.example>", i);
	refs[MAIL_REFERENCES - 1] = a.mail_id;
	r = arrives(&s, (struct mail) { FROM("zoe.many@example.com"),
		.subject = "Lid", .references = refs, .n_references = MAIL_REFERENCES });
	CHECK_INT(r.ticket_id, a.ticket_id);
}

TEST(a_number_in_the_subject_joins_for_who_takes_part_alone)
{
	struct desk_in s = desk_in();
	struct mail_row first = begun(&s, "zoe.number@example.com"), r;
	const char *subject = arena_printf(s.d.arena, "[#%s] and then?",
					   ticket_of(&s, &first).number);

	r = arrives(&s, (struct mail) { FROM("eve.number@example.com"),
					.subject = subject });
	CHECK(r.ticket_id != first.ticket_id);
	CHECK(traced(&s, &r, "match_number_stranger"));
	r = arrives(&s, (struct mail) { FROM("zoe.number@example.com"),
					.subject = subject });
	CHECK_INT(r.ticket_id, first.ticket_id);
	r = arrives(&s, (struct mail) { FROM("zoe.number@example.com"),
					.subject = "[#99999999] no such thing" });
	CHECK(r.ticket_id != first.ticket_id);
}

TEST(people_who_answer_one_newsletter_are_not_glued_together)
{
	struct desk_in s = desk_in();
	struct mail_row a = arrives(&s, (struct mail) { FROM("a.list@example.com"),
		.list = "List-Id: <news.shop.example>", .subject = "Our news" });
	struct mail_row r = arrives(&s, (struct mail) { FROM("a.list@example.com"),
		.list = "List-Id: <news.shop.example>", .subject = "Re: Our news",
		ANSWERS(a.mail_id) });

	CHECK_INT(a.class, MAIL_LIST);
	CHECK_TEXT(a.outcome, "opened");
	CHECK(r.ticket_id != a.ticket_id);
	CHECK_INT(letters_about(&s, a.ticket_id, "receipt"), 0);
}

TEST(the_same_subject_joins_only_where_the_owner_wants_it)
{
	struct desk_in s = desk_in();
	struct mail m = { FROM("zoe.subject@example.com"), .subject = "Big Lid" };
	struct mail_row first = arrives(&s, m), r;

	m.subject = "AW: big lid";
	r = arrives(&s, m);
	CHECK(r.ticket_id != first.ticket_id);
	set_status(&s, r.ticket_id, "closed");
	CHECK_OK(store_setting_put(s.d.db, IN_SHOP, "mail_same_subject", "1"));
	CHECK_OK(store_setting_revise(s.d.db, IN_SHOP));
	desk_in_again(&s);
	r = arrives(&s, m);
	CHECK_INT(r.ticket_id, first.ticket_id);
	ages(&s, first.ticket_id, 4);
	r = arrives(&s, m);
	CHECK(r.ticket_id != first.ticket_id);
	CHECK_OK(store_setting_put(s.d.db, IN_SHOP, "mail_same_subject", "0"));
	CHECK_OK(store_setting_revise(s.d.db, IN_SHOP));
}

TEST(a_token_of_a_ticket_that_is_gone_opens_a_new_one)
{
	struct desk_in s = desk_in();
	struct mail_row r = arrives(&s, (struct mail) { FROM("zoe.gone@example.com"),
		SENT_TO(reply_address(&s, 99999999, SEAL_ADDRESS, 0)) });

	CHECK_TEXT(r.outcome, "opened");
}
