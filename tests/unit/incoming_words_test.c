/* Subjects, names, thanks, and letters that were sent on. */
#include "../../src/desk/incoming_parts.h"
#include "base/str.h"
#include "incoming.h"

TEST(a_subject_is_the_same_however_often_it_was_answered)
{
	static const char *const same[] = {
		"Lid broken", "Re: Lid broken", "AW: WG: Lid Broken",
		"RE[2]: Re (3): lid  broken", "[#1042] Lid broken",
		"Re: [1042] Re: Lid broken", "Sv: VS: Odp: LID BROKEN",
		"回复：Lid broken", "Fwd: Lid broken.",
	};
	struct desk_in s = desk_in();

	for (size_t i = 1; i < sizeof(same) / sizeof(*same); i++)
		CHECK_TEXT(incoming_same_subject(s.d.arena, same[i]),
			   incoming_same_subject(s.d.arena, same[0]));
	CHECK_TEXT(incoming_subject(s.d.arena, "Re: Aw: "), "");
	CHECK_TEXT(incoming_subject(s.d.arena, "Research: a lid"), "Research: a lid");
	CHECK_TEXT(incoming_subject(s.d.arena, "[list] Lid"), "[list] Lid");
}

TEST(a_number_stands_between_brackets)
{
	struct desk_in s = desk_in();
	struct arena *a = s.d.arena;

	CHECK_TEXT(incoming_number(a, "Re: [#1042] Lid"), "1042");
	CHECK_TEXT(incoming_number(a, "[1042] Lid"), "1042");
	CHECK_TEXT(incoming_number(a, "[list] [#A-7] Lid"), "A-7");
	CHECK(!incoming_number(a, "1042"));
	CHECK(!incoming_number(a, "[list] Lid"));
	CHECK(!incoming_number(a, "[#] [# 7] [#7"));
	CHECK(!incoming_number(a, "[#123456789012345678901234567890123]"));
}

TEST(a_name_is_no_advertisement)
{
	struct desk_in s = desk_in();
	static const struct { const char *name, *shown; } names[] = {
		{ "Zoë Müller", "Zoë Müller" },
		{ NULL, "zoe" },
		{ "", "zoe" },
		{ "Buy at https://evil.example", "zoe" },
		{ "www.evil.example", "zoe" },
		{ "support@bank.example", "zoe" },
		{ "Zoë\r\nBcc: all", "Zoë Bcc: all" },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		CHECK_TEXT(incoming_name(s.d.arena, &(struct mail_address) {
			names[i].name, "zoe@example.com" }), names[i].shown);
}

TEST(thanks_and_nothing_else_is_recognised)
{
	static const char *const thanks[] = {
		"Thanks!", "Thank you very much.", "Great, thanks a lot :)",
		"Vielen Dank für die schnelle Hilfe!", "Herzlichen Dank und viele Grüße, Zoë",
		"Merci beaucoup !", "¡Muchas gracias!", "Grazie mille", "Muito obrigado",
		"Dziękuję bardzo", "Tack så mycket", "Спасибо", "Dankjewel en bedankt",
		"谢谢", "ありがとうございます",
	};
	static const char *const more[] = {
		"", "Hello", "Thanks, but it is still broken", "Thank you, when does it come?",
		"Danke, die Nummer ist 12345", "Danke, aber der Deckel fehlt",
		"Thanks for nothing", "No thanks, I want my money back",
		"Thank you very much for the very quick help and the kind reply and all",
		"Merci, mais le colis est vide", "Gracias pero no funciona",
	};
	size_t known = 0;

	for (size_t i = 0; i < sizeof(thanks) / sizeof(*thanks); i++)
		known += incoming_thanks(&(struct mail) { .text = thanks[i] },
					 "Zoë Müller");
	/* One word nobody listed is a question, not thanks: that is the safe side. */
	CHECK(known >= sizeof(thanks) / sizeof(*thanks) - 2);
	for (size_t i = 0; i < sizeof(more) / sizeof(*more); i++)
		if (incoming_thanks(&(struct mail) { .text = more[i] }, "Zoë Müller"))
			fail_msg("%s", more[i]);
	CHECK(!incoming_thanks(&(struct mail) { .text = "Thanks!", .n_files = 1 }, ""));
}

TEST(a_letter_sent_on_names_who_wrote_it)
{
	static const char *const blocks[] = {
		"---------- Forwarded message ---------\nFrom: Zoë M <zoe@example.com>\n"
		"Date: Mon\nSubject: Lid\nTo: anna@team.example\n\nIt broke.",
		"-----Ursprüngliche Nachricht-----\nVon: \"Zoë M\" <zoe@example.com>\n"
		"Gesendet: Montag\nBetreff: Lid\n\nIt broke.",
		"> *De :* zoe@example.com\n> *Objet :* Lid\n> \n> It broke.",
		"From: Zoë M [mailto:zoe@example.com]\nSent: Monday\nSubject: Lid\n\nIt broke.",
	};
	struct desk_in s = desk_in();

	for (size_t i = 0; i < sizeof(blocks) / sizeof(*blocks); i++) {
		struct mail m = { .text = "Please help her.", .folded = blocks[i] };
		struct forwarded f = incoming_forwarded(s.d.arena, &m);

		CHECK(f.from.address);
		CHECK_TEXT(f.from.address, "zoe@example.com");
		CHECK_TEXT(f.words, "It broke.");
		CHECK_TEXT(f.preface, "Please help her.");
		m.text = arena_join(s.d.arena, "FYI\n", blocks[i]);
		m.folded = NULL;
		f = incoming_forwarded(s.d.arena, &m);
		CHECK_TEXT(f.from.address, "zoe@example.com");
	}
	CHECK(!incoming_forwarded(s.d.arena, &(struct mail) {
		.text = "From: now on\n\nall is well" }).from.address);
	CHECK(!incoming_forwarded(s.d.arena, &(struct mail) {
		.text = "From: zoe@example.com wrote to me yesterday" }).from.address);
}

TEST(words_of_strangers_take_time_in_proportion)
{
	struct desk_in s = desk_in();
	struct str text;

	str_init(&text, s.d.arena, MAIL_TEXT);
	while (!text.cut)
		str_add(&text, "From: a@b.example\n");
	CHECK(!incoming_forwarded(s.d.arena, &(struct mail) {
		.text = text.text, .folded = text.text }).from.address);
	CHECK(!incoming_thanks(&(struct mail) { .text = text.text }, "a"));
}
