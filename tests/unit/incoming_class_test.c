/* What kind of letter it is, and what our mail host says of its sender. */
#include "../../src/desk/incoming_parts.h"
#include "incoming.h"

static enum mail_class class_of(struct desk_in *s, struct mail m, const char *envelope)
{
	struct mail_row row = { .shop_id = IN_SHOP, .envelope_from = envelope };
	const char *because;

	return incoming_class(&s->d, &s->in, &row, &m, &because);
}

TEST(a_letter_is_of_one_class)
{
	struct desk_in s = desk_in();

	CHECK_INT(class_of(&s, (struct mail) { FROM("zoe@example.com") },
			   "zoe@example.com"), MAIL_HUMAN);
	CHECK_INT(class_of(&s, (struct mail) { FROM("zoe@example.com") }, NULL),
		  MAIL_HUMAN);
	CHECK_INT(class_of(&s, (struct mail) { FROM("zoe@example.com"),
			   .automatic = "Auto-Submitted: auto-replied" }, NULL), MAIL_AUTO);
	CHECK_INT(class_of(&s, (struct mail) { FROM("zoe@example.com"),
			   .return_path = "" }, NULL), MAIL_AUTO);
	CHECK_INT(class_of(&s, (struct mail) { FROM("zoe@example.com") }, ""), MAIL_AUTO);
	CHECK_INT(class_of(&s, (struct mail) { FROM("mailer-daemon@example.com") }, NULL),
		  MAIL_AUTO);
	CHECK_INT(class_of(&s, (struct mail) { FROM("postmaster@example.com") }, NULL),
		  MAIL_AUTO);
	CHECK_INT(class_of(&s, (struct mail) { FROM("zoe@example.com"),
			   .list = "Precedence: bulk" }, NULL), MAIL_LIST);
	CHECK_INT(class_of(&s, (struct mail) { FROM("zoe@example.com"),
			   .report = true, .loop_id = s.in.loop_id }, ""), MAIL_BOUNCE);
	CHECK_INT(class_of(&s, (struct mail) { FROM("zoe@example.com"),
			   .loop_id = s.in.loop_id }, NULL), MAIL_OWN);
	/* Another desk's mark does not make it ours. */
	CHECK_INT(class_of(&s, (struct mail) { FROM("zoe@example.com"),
			   .loop_id = "fedcba9876543210" }, NULL), MAIL_HUMAN);
	CHECK_INT(class_of(&s, (struct mail) { FROM("help@shop.example") }, NULL),
		  MAIL_OWN);
}

TEST(letters_of_ours_that_come_back_open_nothing)
{
	struct desk_in s = desk_in();
	const char *id = seal_message_id(s.d.arena, catalog_seal(s.d.catalog),
					 "shop.example", 7, "cmFuZG9t");
	struct mail_row r = arrives(&s, (struct mail) { FROM("zoe@example.com"),
		.loop_id = s.in.loop_id, .subject = "Our own words", .message_id = id });

	CHECK_INT(r.state, MAIL_DONE);
	CHECK_TEXT(r.outcome, "ignored");
	CHECK_INT(r.ticket_id, 0);
}

/* The mark is in each of our letters, and a form of the shop writes in its name. */
TEST(what_only_looks_like_a_letter_of_ours_is_seen_by_a_person)
{
	struct desk_in s = desk_in();
	struct mail form = { FROM("help@shop.example"), .subject = "Contact form",
			     .text = "My parcel is lost.", .message_id = "<form.1@web.example>" };
	struct mail_row r = arrives(&s, (struct mail) { FROM("zoe@example.com"),
		.loop_id = s.in.loop_id, .subject = "Not seen by anybody?" });

	CHECK_INT(r.state, MAIL_HELD);
	CHECK_TEXT(r.reason, "not_ours");
	r = arrives(&s, form);
	CHECK_TEXT(r.reason, "not_ours");
	/* Nor does a ticket's own address get a ticket, or a receipt. */
	r = arrives(&s, (struct mail) { FROM("help+r1.c2.abc@shop.example") });
	CHECK_TEXT(r.reason, "not_ours");
	r = arrives(&s, (struct mail) { FROM("helpless@shop.example") });
	CHECK_TEXT(r.outcome, "opened");
	r = arrives(&s, (struct mail) { FROM("help@shop.example.com") });
	CHECK_TEXT(r.outcome, "opened");
	CHECK_INT(letters_about(&s, 0, "receipt"), 0);
}

static const struct results {
	const char *top, *below;
	enum verdict verdict, dmarc;
} results[] = {
	{ "mx.shop.example; dmarc=pass header.from=example.com", NULL, VERDICT_PASS, VERDICT_PASS },
	{ "MX.Shop.Example 1; dmarc=pass (p=none dis=none) header.from=example.com", NULL, VERDICT_PASS, VERDICT_PASS },
	{ "mx.shop.example; dmarc=fail header.from=example.com; dkim=pass header.d=example.com", NULL, VERDICT_FAIL, VERDICT_FAIL },
	{ "mx.shop.example; dkim=pass header.d=example.com", NULL, VERDICT_PASS, VERDICT_NONE },
	{ "mx.shop.example; dkim=pass header.i=@example.com", NULL, VERDICT_PASS, VERDICT_NONE },
	{ "mx.shop.example; spf=pass smtp.mailfrom=zoe@example.com", NULL, VERDICT_NONE, VERDICT_NONE },
	{ "mx.shop.example; none", NULL, VERDICT_NONE, VERDICT_NONE },
	/* of somebody else: other host, other domain, a name that only begins so */
	{ "mx.evil.example; dmarc=pass header.from=example.com", NULL, VERDICT_NONE, VERDICT_NONE },
	{ "mx.shop.example.evil; dmarc=pass header.from=example.com", NULL, VERDICT_NONE, VERDICT_NONE },
	{ "mx.shop.example; dmarc=pass header.from=evil.example", NULL, VERDICT_NONE, VERDICT_NONE },
	{ "mx.shop.example; dkim=pass header.d=com", NULL, VERDICT_NONE, VERDICT_NONE },
	{ "mx.shop.example; dkim=pass header.d=evil.example", NULL, VERDICT_NONE, VERDICT_NONE },
	/* the topmost of our host counts, and what a letter brought lies below */
	{ "mx.shop.example; dmarc=fail header.from=example.com",
	  "mx.shop.example; dmarc=pass header.from=example.com", VERDICT_FAIL, VERDICT_FAIL },
	{ "mx.evil.example; dmarc=fail", "mx.shop.example; dmarc=pass header.from=example.com",
	  VERDICT_PASS, VERDICT_PASS },
	/* words within comments and quotes are none */
	{ "mx.shop.example; (dmarc=pass) dmarc=fail header.from=example.com", NULL, VERDICT_FAIL, VERDICT_FAIL },
	{ "mx.shop.example; spf=fail reason=\"; dmarc=pass header.from=example.com\"", NULL, VERDICT_NONE, VERDICT_NONE },
	/* what a host writes down of a sender's claims: RFC 5321 lets them quote */
	{ "mx.shop.example; spf=pass smtp.mailfrom=\"a\\\"; dmarc=pass header.from=example.com; x=\\\"\"@evil.example",
	  NULL, VERDICT_NONE, VERDICT_NONE },
	{ "mx.shop.example; dkim=pass header.i=\"@example.com\"@evil.example", NULL, VERDICT_NONE, VERDICT_NONE },
	{ "mx.shop.example; dkim=pass header.i=\"z\"@example.com", NULL, VERDICT_PASS, VERDICT_NONE },
	{ "mx.shop.example; dmarc=fail header.from=example.com; dmarc=pass header.from=example.com",
	  NULL, VERDICT_FAIL, VERDICT_FAIL },
	{ "mx.shop.example; ((dmarc=pass; header.from=example.com", NULL, VERDICT_NONE, VERDICT_NONE },
	{ ";;;;", NULL, VERDICT_NONE, VERDICT_NONE },
	{ "", NULL, VERDICT_NONE, VERDICT_NONE },
};

TEST(only_the_topmost_word_of_our_own_mail_host_counts)
{
	struct desk_in s = desk_in();

	for (size_t i = 0; i < sizeof(results) / sizeof(*results); i++) {
		const char *headers[] = { results[i].top, results[i].below };
		struct mail m = { FROM("zoe@example.com"), .results = headers,
				  .n_results = results[i].below ? 2 : 1 };
		struct proof p = incoming_proof(&s.d, &s.in, &m);

		if (incoming_verdict(&p) != results[i].verdict ||
		    p.dmarc != results[i].dmarc)
			fail_msg("%s", results[i].top);
	}
}

TEST(without_a_host_of_ours_nobody_is_believed)
{
	struct desk_in s = desk_in();
	struct mail m = { FROM("zoe@example.com"), PASS("example.com") };
	struct proof p;

	s.in.authserv_id = NULL;
	p = incoming_proof(&s.d, &s.in, &m);
	CHECK_INT(incoming_verdict(&p), VERDICT_NONE);
}

TEST(domains_our_mail_host_vouches_for_are_named_one_by_one)
{
	struct desk_in s = desk_in();
	struct mail m = { FROM("anna@team.example") };
	struct proof p;

	s.in.trusted_domains = "shop.example, team.example";
	p = incoming_proof(&s.d, &s.in, &m);
	CHECK(incoming_proves_staff(&p));
	m.from.address = "anna@eam.example";
	p = incoming_proof(&s.d, &s.in, &m);
	CHECK(!incoming_proves_staff(&p));
	m.from.address = "anna@sub.team.example";
	p = incoming_proof(&s.d, &s.in, &m);
	CHECK(!incoming_proves_staff(&p));
}
