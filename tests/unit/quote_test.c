/* The writer's words in plain text; the letters of tests/corpus/replies and
 * what mail programs put around them. */
#include <dirent.h>
#include <stdlib.h>
#include <time.h>

#include "base/arena.h"
#include "base/quote.h"
#include "base/str.h"
#include "port/html_clean.h"
#include "test.h"

#define WORDS	"Hallo, das Teil ist kaputt.\n\nDanke,\nMax"

static const char *file(struct arena *a, const char *folder, const char *name)
{
	const char *srcdir = getenv("srcdir");
	const char *path = arena_printf(a, "%s/tests/corpus/replies/%s/%s",
					srcdir ? srcdir : ".", folder, name);
	FILE *f = fopen(path, "r");
	struct str s;
	char part[4096];
	size_t n;

	if (!f)
		fail_msg("%s is missing", path);
	str_init(&s, a, 4 << 20);
	while ((n = fread(part, 1, sizeof(part), f)) > 0)
		str_addn(&s, part, n);
	fclose(f);
	return s.text;
}

TEST(of_all_letters_of_the_corpus_the_writers_words_are_kept_and_cut_exactly)
{
	static const char *const names[] = {
		"correct_sig", "email_1_1", "email_1_2", "email_1_3", "email_1_4",
		"email_1_5", "email_1_6", "email_1_7", "email_1_8", "email_2_1",
		"email_2_2", "email_2_3", "email_BlackBerry", "email_bullets",
		"email_iPhone", "email_long_quote",
		"email_multi_word_sent_from_my_mobile_device",
		"email_one_is_not_on", "email_sent_from_my_not_signature",
		"email_sig_delimiter_in_middle_of_line", "greedy_on", "pathological",
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const char *name = arena_printf(a, "%s.txt", names[i]);
		struct quote q = quote_split(a, file(a, "github", name));

		CHECK_TEXT(arena_join(a, q.own, "\n"), file(a, "expected", name));
	}
	arena_free(a);
}

/* Each file of replies/ours is a letter; what stands below its line %%%% is
 * folded. Where there is none, nothing is. */
#define CUT	"%%%%\n"

static bool is_cut_exactly(struct arena *a, const char *letter)
{
	const char *mark = strstr(letter, CUT);
	const char *below = mark ? mark + strlen(CUT) : NULL;
	struct quote q = quote_split(a, mark
		? arena_join(a, arena_copy(a, letter, (size_t) (mark - letter)), below)
		: letter);
	size_t n = mark ? (size_t) (mark - letter) : strlen(letter);

	while (n && strchr(" \t\n", letter[n - 1]))
		n--;
	while (n && strchr(" \n", *letter)) {
		letter++;
		n--;
	}
	/* the marker may stand where no word is */
	return (!n && !*q.own) || !strcmp(q.own + strspn(q.own, " "), arena_copy(a, letter, n));
}

/* HTML stands below the mark, the writer's words above. What holds the word
 * QUOTED says where it has to be. */
static bool is_read_exactly(struct arena *a, const char *letter)
{
	const char *mark = strstr(letter, CUT), *html;
	struct html_clean c;
	size_t n;

	CHECK(mark);
	html = mark + strlen(CUT);
	CHECK_OK(html_clean(a, (struct bytes) { html, strlen(html) }, &c));
	n = strlen(c.text);
	while (n && c.text[n - 1] == ' ')
		n--;
	return !strcmp(arena_join(a, arena_copy(a, c.text, n), "\n"),
		       arena_copy(a, letter, (size_t) (mark - letter))) &&
	       !strstr(html, "QUOTED") == !(c.folded && strstr(c.folded, "QUOTED"));
}

static int each_of_ours(const char *ending, bool (*is)(struct arena *, const char *))
{
	const char *srcdir = getenv("srcdir");
	struct arena *a = arena_new("test");
	DIR *d = opendir(arena_printf(a, "%s/tests/corpus/replies/ours",
				      srcdir ? srcdir : "."));
	struct dirent *entry;
	int n = 0;

	CHECK(d);
	while ((entry = readdir(d))) {
		const char *dot = strrchr(entry->d_name, '.');

		if (!dot || strcmp(dot, ending))
			continue;
		if (!is(a, file(a, "ours", entry->d_name)))
			fail_msg("%s", entry->d_name);
		n++;
	}
	closedir(d);
	arena_free(a);
	return n;
}

TEST(letters_of_many_programs_and_languages_are_cut_exactly)
{
	CHECK(each_of_ours(".txt", is_cut_exactly) > 190);
}

TEST(html_letters_of_many_programs_are_cut_exactly)
{
	CHECK(each_of_ours(".html", is_read_exactly) > 40);
}

/* A line of the writer's, right above what is folded and with a line between,
 * stays, whatever it says; so does one below or among lines with ">". */
static const char *const lines_of_the_writer[] = {
	"ZZZ thanks", "ZZZ on 4 March 2026 at 10:12 nobody came", "am Montag ZZZ bitte",
	"ZZZ <max@mail.example>", "ZZZ was sent on 3 March:", "ZZZ Sie schrieben mir:",
};

static bool keeps(struct arena *a, const char *above, const char *line, const char *below)
{
	return strstr(quote_split(a, arena_join(a, above, line, below)).own, "ZZZ") != NULL;
}

static bool keeps_all(struct arena *a, const char *letter)
{
	const char *mark = strstr(letter, CUT), *first, *last = NULL, *rest;

	for (size_t i = 0; mark && i < sizeof(lines_of_the_writer) / sizeof(char *); i++) {
		const char *above = arena_copy(a, letter, (size_t) (mark - letter));

		if (!keeps(a, above, lines_of_the_writer[i],
			   arena_join(a, "\n", mark + strlen(CUT))) ||
		    !keeps(a, above, lines_of_the_writer[i],
			   arena_join(a, "\n\n", mark + strlen(CUT))))
			return false;
	}
	if (mark)
		letter = arena_join(a, arena_copy(a, letter, (size_t) (mark - letter)),
				    mark + strlen(CUT));
	first = strstr(letter, "\n> ");
	for (const char *p = first; p; p = strstr(p + 1, "\n> "))
		last = p;
	if (!first || !strchr(first + 1, '\n'))
		return true;
	rest = strchr(first + 1, '\n');
	if (!keeps(a, arena_copy(a, letter, (size_t) (rest - letter)), "\nZZZ yes", rest))
		return false;
	rest = strchr(last + 1, '\n');
	return !rest || keeps(a, arena_copy(a, letter, (size_t) (rest - letter)),
			      "\n\nZZZ yes\n", rest);
}

TEST(what_the_writer_adds_to_any_reply_is_kept)
{
	CHECK(each_of_ours(".txt", keeps_all) > 190);
}

TEST(a_subject_says_that_a_letter_was_forwarded)
{
	CHECK(quote_is_forward("Fwd: Order") && quote_is_forward("[#12] WG: Bestellung"));
	CHECK(quote_is_forward("转发：订单") && quote_is_forward("TR : Commande"));
	CHECK(!quote_is_forward("Re: Fwd: Order") && !quote_is_forward("Forward me"));
	CHECK(!quote_is_forward("[") && !quote_is_forward("") && !quote_is_forward("Tracking: 12"));
}

TEST(heads_of_quotations_are_known_in_a_dozen_languages)
{
	static const char *const heads[] = {
		"On Wed, Mar 4, 2026 at 10:12 AM Anna Shop <help@shop.example> wrote:",
		"On Wed, Mar 4, 2026 at 10:12 AM Anna Shop and Very Long Name\n"
			"<help@shop.example> wrote:",
		"On Wednesday, March 4, 2026 at 10:12:33 AM GMT+1, Anna Shop "
			"<help@shop.example> wrote:",
		"On 3/4/26 10:12, Anna Shop wrote:",
		"On 4 Mar 2026, at 10:12, Anna Shop <help@shop.example> wrote:",
		"Am Mi., 4. März 2026 um 10:12 Uhr schrieb Anna Shop <help@shop.example>:",
		"Am 04.03.2026 um 10:12 schrieb Anna Shop:",
		"Anna Shop <help@shop.example> schrieb am Mi., 4. März 2026,\n10:12:",
		"Le mer. 4 mars 2026 à 10:12, Anna Shop <help@shop.example> a\nécrit :",
		"Le 04/03/2026 à 10:12, Anna Shop a écrit :",
		"El mié, 4 mar 2026 a las 10:12, Anna Shop (<help@shop.example>)\nescribió:",
		"Il giorno mer 4 mar 2026 alle ore 10:12 Anna Shop\n"
			"<help@shop.example>\nha scritto:",
		"Op wo 4 mrt 2026 om 10:12 schreef Anna Shop <help@shop.example>:",
		"Op 4-3-2026 om 10:12 schreef Anna Shop:",
		"śr., 4 mar 2026 o 10:12 Anna Shop <help@shop.example> napisał(a):",
		"W dniu 4.03.2026 o 10:12, Anna Shop pisze:",
		"Em qua., 4 de mar. de 2026 às 10:12, Anna <help@shop.example>\nescreveu:",
		"Den ons 4 mars 2026 kl 10:12 skrev Anna Shop <help@shop.example>:",
		"Den ons. 4. mar. 2026 kl. 10.12 skrev Anna Shop <help@shop.example>:",
		"ons. 4. mars 2026 kl. 10:12 skrev Anna Shop <help@shop.example>:",
		"ke 4. maalisk. 2026 klo 10.12 Anna Shop (help@shop.example) kirjoitti:",
		"st 4. 3. 2026 v 10:12 odesílatel Anna <help@shop.example> napsal:",
		"Dne 04. 03. 26 v 10:12 Anna Shop napsal(a):",
		"ср, 4 мар. 2026 г. в 10:12, Anna Shop <help@shop.example>:",
		"04.03.2026 10:12, Anna Shop пишет:",
		"2026年3月4日(水) 10:12 Anna Shop <help@shop.example>:",
		"2026/03/04 10:12、Anna Shop <help@shop.example>のメール:",
		"Anna Shop <help@shop.example> 于2026年3月4日周三 10:12写道：",
		"Anna <help@shop.example>, 4 Mar 2026 Çar, 10:12 tarihinde şunu yazdı:",
		"Anna Shop/Firma wrote on 04.03.2026 10:12:33:",
		" ---- On Wed, 04 Mar 2026 10:12:33 +0100 Anna <a@shop.example> wrote ---",
		"----- Le 4 Mar 26, à 10:12, Anna help@shop.example a écrit :",
	};
	static const char *const quoted = "> Hallo Max,\n>\n> wir prüfen das.\n";
	static const char *const bare = "Hallo Max,\n\nwir prüfen das.\n\nAnna";
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(heads) / sizeof(*heads); i++) {
		CHECK_TEXT(quote_split(a, arena_join(a, WORDS "\n\n", heads[i], "\n\n",
						     quoted)).own, WORDS);
		CHECK_TEXT(quote_split(a, arena_join(a, WORDS "\n", heads[i], "\n",
						     quoted)).own, WORDS);
		CHECK_TEXT(quote_split(a, arena_join(a, WORDS "\n\n", heads[i], "\n\n",
						     bare)).own, WORDS);
		CHECK(quote_begins(heads[i]));
	}
	arena_free(a);
}

TEST(histories_without_marks_are_known_in_a_dozen_languages)
{
	static const char *const heads[] = {
		"-----Original Message-----\nFrom: Anna\n"
			"Sent: Wednesday, March 4, 2026 10:12 AM\nTo: Max\nSubject: Re",
		"-------- Original message --------\nFrom: Anna <a@x.example>\n"
			"Date: 04/03/2026 10:12 (GMT+01:00)\nTo: max@x.example\nSubject: Re",
		"-----Ursprüngliche Nachricht-----\nVon: Anna",
		"-----Message d'origine-----\nDe : Anna",
		"----- Mensaje original -----\nDe: Anna",
		"----- Messaggio originale -----\nDa: Anna",
		"-----Oorspronkelijk bericht-----\nVan: Anna",
		"-----Wiadomość oryginalna-----\nOd: Anna",
		"-----Mensagem original-----\nDe: Anna",
		"-----Ursprungligt meddelande-----\nFrån: Anna",
		"-----Oprindelig meddelelse-----\nFra: Anna",
		"-----Opprinnelig melding-----\nFra: Anna",
		"-----Alkuperäinen viesti-----\nLähettäjä: Anna",
		"---------- Původní e-mail ----------\nOd: Anna",
		"-----Исходное сообщение-----\nОт: Anna",
		"-----元のメッセージ-----\n差出人: Anna",
		"-----原始邮件-----\n发件人: Anna",
		"-----Orijinal Mesaj-----\nKimden: Anna",
		"‐‐‐‐‐‐‐ Original Message ‐‐‐‐‐‐‐\nAnna",
		"________________________________\nVon: Anna <a@x.example>\n"
			"Gesendet: Mittwoch, 4. März 2026 10:12\nAn: Max\nBetreff: Re",
		"From: Anna\nSent: Wednesday, March 4, 2026 10:12 AM\nTo: Max\nSubject: Re",
		"*From:* Anna\n*Sent:* Wednesday, March 4, 2026 10:12 AM\n*To:* Max\n*Subject:* Re",
		"De : Anna\nEnvoyé : mercredi 4 mars 2026 10:12\nÀ : Max\nObjet : Re",
		"De: Anna\nEnviado el: miércoles, 4 de marzo de 2026 10:12\nPara: Max\nAsunto: Re",
		"Da: Anna\nInviato: mercoledì 4 marzo 2026 10:12\nA: Max\nOggetto: Re",
		"Van: Anna\nVerzonden: woensdag 4 maart 2026 10:12\nAan: Max\nOnderwerp: Re",
		"Od: Anna\nWysłano: środa, 4 marca 2026 10:12\nDo: Max\nTemat: Re",
		"De: Anna\nEnviado: quarta-feira, 4 de março de 2026 10:12\nPara: Max\nAssunto: Re",
		"Från: Anna\nSkickat: onsdag 4 mars 2026 10:12\nTill: Max\nÄmne: Re",
		"Fra: Anna\nSendt: onsdag 4 mars 2026 10:12\nTil: Max\nEmne: Re",
		"Lähettäjä: Anna\nLähetetty: keskiviikko 4. maaliskuuta 2026 10.12\n"
			"Vastaanottaja: Max\nAihe: Re",
		"Od: Anna\nOdesláno: středa 4. března 2026 10:12\nKomu: Max\nPředmět: Re",
		"От: Anna\nОтправлено: 4 марта 2026 г. 10:12\nКому: Max\nТема: Re",
		"差出人: Anna\n送信日時: 2026年3月4日\n宛先: Max\n件名: Re",
		"发件人: Anna\n发送时间: 2026年3月4日\n收件人: Max\n主题: Re",
		"Kimden: Anna\nGönderildi: 4 Mart 2026 10:12\nKime: Max\nKonu: Re",
		"Gesendet: Mittwoch, 04. März 2026 um 10:12 Uhr\nVon: \"Anna\" <a@x.example>\n"
			"An: max@gmx.example\nBetreff: Re",
		"From:   Anna/HQ\nTo:     Max\nCc:     Eva\nDate:   04.03.2026\nSubject:  Re",
		"From: Anna\nSent: Wednesday, March 4, 2026 10:12 AM\n"
			"To: a@x.example; b@x.example;\n\tc@x.example\n"
			"Subject: Re",
		"##- Please type your reply above this line -##",
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(heads) / sizeof(*heads); i++) {
		const char *all = arena_join(a, WORDS "\n\n", heads[i],
					     "\n\nHallo Max,\nwir prüfen das.");

		CHECK_TEXT(quote_split(a, all).own, WORDS);
		CHECK(quote_begins(heads[i]));
	}
	arena_free(a);
}

TEST(lines_of_a_telephone_and_signatures_are_folded)
{
	static const char *const ends[] = {
		"-- \nMax Muster\nMusterweg 1\n\n12345 Musterstadt", "--\nMax", "—\nMax",
		"Sent from my iPhone", "Sent from my SM-G900F", "Sent from my phone.",
		"Sent from my mobile device. Please excuse typos.",
		"Sent from Yahoo Mail for iPhone", "Sent from Mail for Windows 10",
		"[Sent from Yahoo Mail on Android](https://x.example)",
		"Sent with Proton Mail secure email.", "Get Outlook for iOS",
		"Get Outlook for Android<https://aka.ms/AAb9ysg>",
		"Von meinem iPhone gesendet", "Gesendet von Mail für Windows",
		"Gesendet mit der GMX Mail App", "Holen Sie sich Outlook für Android",
		"Diese Nachricht wurde von meinem Android Gerät mit K-9 Mail gesendet.",
		"Envoyé de mon iPhone", "Provenance : Courrier pour Windows",
		"Envoyé depuis mon appareil mobile", "Enviado desde mi iPhone",
		"Enviado desde mi teléfono móvil", "Inviato da iPhone",
		"Verstuurd vanaf mijn iPhone", "Wysłane z iPhone'a",
		"Enviado do meu iPhone", "Skickat från min iPhone", "Sendt fra min iPhone",
		"Lähetetty iPhonesta", "Odesláno z iPhonu", "Отправлено с iPhone",
		"iPhoneから送信", "发自我的 iPhone", "iPhone'umdan gönderildi",
		"Virus-free.www.avast.com",
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		struct quote q = quote_split(a, arena_join(a, WORDS "\n\n", ends[i]));

		CHECK_TEXT(q.own, WORDS);
		CHECK_TEXT(q.folded, ends[i]);
		q = quote_split(a, arena_join(a, WORDS "\n\n", ends[i],
					      "\n\n-----Original Message-----\nHello"));
		CHECK_TEXT(q.own, WORDS);
	}
	arena_free(a);
}

TEST(words_that_only_look_like_a_quotation_stay)
{
	static const char *const whole[] = {
		"", "Hello",
		"On Monday your colleague wrote:\nWe refund you.\nBut nothing happened.",
		"On 4 March 2026 you wrote:\nThe parcel is on its way.\nIt is not.",
		"On 4 March 2026 at 10:12 you wrote:\nIt comes.\nIt did not.",
		"Am 4. März 2026 um 10:12 Uhr schrieb mir Ihr Kollege:\nEs kommt.",
		"Hello\n\nFrom: 5 March\nTo: 9 March\nI am away.",
		"My data:\nVon: Berlin\nAn: Hamburg\nDatum: 4.3.2026\nThanks",
		"Subject: my order\nDate: yesterday\n\nIt broke.",
		"Hello\n\n---\n\nsecond part\n\n---\n\nthird part",
		"Hello\n--\nA section that goes on for longer than anybody would write below a "
			"signature of theirs, on and on and on and on.\nMore",
		"Sent from our Berlin warehouse on Monday", "Sent from my heart :)",
		"Sent from my old flat to the new one", "Sent with DHL, number 1234",
		"Hi.\n\nSent from my account, not my wife's",
		"Von der Samsung-Waschmaschine fehlt der Deckel",
		"Von meinem Konto wurde abgebucht", "Get a new phone for me please",
		"Times: 10:12, 11:30 on 4.3.2026:\nnobody came",
		"They wrote:\n\nno parcel.\n\nWhat now?", "Ann wrote: hello\n\nI say no",
		"-----\nOriginal packaging was damaged\n-----\nplease help",
		"Original message from DHL: delivered. But not here.",
		"From: Max Muster\nHello, where is it?", "a\n____________________\nb",
		"Enviado desde Madrid el lunes", "Lähetetty maanantaina\nterveisin",
		"Date: 4.3.2026\nFrom: Berlin\nTo: Rome\nNumber: 7",
		"> I quote you\n\nmy answer\n\n> more\n\nmy second answer",
		"On 4 Mar 2026, at 10:12, Anna <a@x.example> wrote:\n> one\nyes\n> two\nno",
		"Sent from my iPhone\n\nP.S. the lid is gone, too",
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(whole) / sizeof(*whole); i++) {
		struct quote q = quote_split(a, whole[i]);

		CHECK_TEXT(q.own, whole[i]);
		CHECK(!q.folded);
	}
	arena_free(a);
}

TEST(answers_between_quoted_lines_stay_and_what_follows_the_last_is_folded)
{
	struct arena *a = arena_new("test");
	struct quote q = quote_split(a,
		"Hi,\nOn 4 Mar 2026, at 10:12, Anna <a@x.example> wrote:\n> one?\n\nyes\n\n"
		"> two?\nno\n> three?\n> Anna\n-- \nMax");

	CHECK_TEXT(q.own, "Hi,\nOn 4 Mar 2026, at 10:12, Anna <a@x.example> wrote:\n"
			  "> one?\n\nyes\n\n> two?\nno");
	CHECK_TEXT(q.folded, "> three?\n> Anna\n-- \nMax");
	arena_free(a);
}

TEST(a_letter_of_quoted_lines_alone_has_no_words_of_its_own)
{
	struct arena *a = arena_new("test");
	struct quote q = quote_split(a,
		"\nOn 4 Mar 2026, at 10:12, Anna <a@x.example> wrote:\n> Hello\n");

	CHECK_TEXT(q.own, "");
	CHECK_TEXT(q.folded, "On 4 Mar 2026, at 10:12, Anna <a@x.example> wrote:\n> Hello");
	/* without marks nobody knows where it ends */
	q = quote_split(a, "On 4 Mar 2026, at 10:12, Anna <a@x.example> wrote:\nHello\nHi");
	CHECK(!q.folded);
	arena_free(a);
}

TEST(what_is_forwarded_is_the_writers_matter)
{
	static const char *const heads[] = {
		"---------- Forwarded message ---------\nFrom: Anna <a@x.example>",
		"-------- Weitergeleitete Nachricht --------\nBetreff: Re\nVon: Anna",
		"---------- Message transféré ---------\nDe : Anna",
		"----- Forwarded by Max/HQ on 04.03.2026 10:12 -----",
		"Begin forwarded message:\n\n> From: Anna <a@x.example>",
		"Anfang der weitergeleiteten Nachricht:\n\n> Von: Anna <a@x.example>",
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(heads) / sizeof(*heads); i++) {
		const char *all = arena_join(a, WORDS "\n\n", heads[i],
			"\n\nOn 4 Mar 2026, at 10:12, Eva <e@x.example> wrote:\n> old\n"
			"-- \nAnna");

		CHECK_TEXT(quote_split(a, all).own, all);
		CHECK_TEXT(quote_split(a, heads[i]).own, heads[i]);
		CHECK(quote_begins(heads[i]));
	}
	arena_free(a);
}

/* Seconds of this process. */
static double spent(const char *text)
{
	struct arena *a = arena_new("test");
	clock_t before = clock();

	quote_split(a, text);
	arena_free(a);
	return (double) (clock() - before) / CLOCKS_PER_SEC;
}

TEST(ten_times_the_text_takes_ten_times_as_long)
{
	static const char *const lines[] = {
		"On 1\n", "From: x\n", "--\n\n", "-----\n\n", "> x\n\n", "\n", "a ", ">",
		"On 3:11 2020 a@b.de wrote wrote wrote wrote:\n\n\n",
		"On 3:11 2020 a@b.de\n", "______________________________\n",
		"Sent from my x\n\n", "From: a\nTo: b\nDate: c\n",
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		struct str once, tenfold;
		double least;

		str_init(&once, a, 1 << 20);
		str_init(&tenfold, a, 10 << 20);
		while (once.len < 100000)
			str_add(&once, lines[i]);
		for (int n = 0; n < 10; n++)
			str_add(&tenfold, once.text);
		/* half a second is as fast as it need be on any machine */
		least = spent(once.text);
		CHECK(spent(tenfold.text) < 25 * least + 0.5);
	}
	CHECK(spent(file(a, "github", "email_long_quote.txt")) < 0.25);
	CHECK(spent(file(a, "github", "pathological.txt")) < 0.05);
	arena_free(a);
}
