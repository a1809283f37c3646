/* Reports about letters of ours: those of tests/corpus/bounce, and ours. */
#include "base/utf8.h"
#include "letter_file.h"

static const struct mail_fate_of *fate_of(const struct mail *m, const char *address)
{
	for (size_t i = 0; i < m->n_fates; i++)
		if (!strcmp(m->fates[i].address, address))
			return m->fates + i;
	return NULL;
}

/* Are all of "a@b,c@d" there, with this fate? */
static bool has_all(struct arena *a, const struct mail *m, const char *list,
		    enum mail_fate fate)
{
	while (*list) {
		size_t n = strcspn(list, ",\n");
		const struct mail_fate_of *f = fate_of(m,
			utf8_lower(a, arena_copy(a, list, n)));

		if (!f || f->fate != fate)
			return false;
		list += n + (list[n] != '\0');
	}
	return true;
}

struct tally {
	int rows, right;
	char missed[400];
};

static void judge(struct tally *t, const char *line)
{
	struct arena *a = arena_new("bounce");
	char name[100], kind[20], format[40], list[1000] = "";
	struct mail m;
	enum mail_fate fate;

	CHECK(sscanf(line, "%99[^\t]\t%19[^\t]\t%39[^\t]\t%999[^\n]", name, kind,
		     format, list) >= 3);
	fate = strcmp(kind, "temporary") ? MAIL_FAILED : MAIL_DELAYED;
	CHECK_OK(mail_read(a, letter_kept(a, open(corpus(a,
		arena_join(a, "bounce/flufl/", name)), O_RDONLY | O_CLOEXEC)),
		letter_kept(a, memfd_create("files", MFD_CLOEXEC)), &m));
	t->rows++;
	if (has_all(a, &m, list, fate))
		t->right++;
	else
		snprintf(t->missed + strlen(t->missed),
			 sizeof(t->missed) - strlen(t->missed), " %s", name);
	arena_free(a);
}

TEST(of_the_bounces_of_many_hosts_97_in_100_are_understood)
{
	struct arena *a = arena_new("test");
	FILE *f = fopen(corpus(a, "bounce/flufl_expected.tsv"), "r");
	struct tally t = { 0 };
	char line[2000];

	CHECK(f);
	while (fgets(line, sizeof(line), f))
		if (*line != '#')
			judge(&t, line);
	fclose(f);
	CHECK_INT(t.rows, 114);
	if (t.right * 100 < t.rows * 97)
		fail_msg("%d of %d, not:%s", t.right, t.rows, t.missed);
	arena_free(a);
}

static enum mail_fate fate_named(const char *name)
{
	return !strcmp(name, "delayed") ? MAIL_DELAYED :
	       !strcmp(name, "delivered") ? MAIL_DELIVERED : MAIL_FAILED;
}

/* "name<TAB>failed:a@b delayed:c@d", or "none" for what is no report. */
static void judge_ours(char *line)
{
	struct arena *a = arena_new("bounce");
	char *name = strtok_r(line, "\t\n", &line), *one;
	struct mail m;
	size_t n = 0;

	CHECK_OK(mail_read(a, letter_kept(a, open(corpus(a,
		arena_join(a, "bounce/ours/", name)), O_RDONLY | O_CLOEXEC)),
		letter_kept(a, memfd_create("files", MFD_CLOEXEC)), &m));
	while ((one = strtok_r(line, " \n", &line)) && strcmp(one, "none")) {
		const char *fate = strtok_r(one, ":", &one);
		const struct mail_fate_of *f = fate_of(&m, one);

		if (!f || f->fate != fate_named(fate))
			fail_msg("%s: %s is not %s", name, one, fate);
		n++;
	}
	if (m.report != (n > 0) || m.n_fates != n)
		fail_msg("%s: %zu recipients instead of %zu", name, m.n_fates, n);
	arena_free(a);
}

TEST(reports_of_many_hosts_and_languages_are_told_from_what_is_none)
{
	struct arena *a = arena_new("test");
	FILE *f = fopen(corpus(a, "bounce/ours/expected.tsv"), "r");
	char line[2000];
	int n = 0;

	CHECK(f);
	for (; fgets(line, sizeof(line), f); n++)
		judge_ours(line);
	fclose(f);
	CHECK(n >= 120);
	arena_free(a);
}

static void read_it(struct arena *a, const char *name, int fd)
{
	struct mail m;

	(void) name;
	CHECK_OK(mail_read(a, fd, letter_kept(a, memfd_create("files", MFD_CLOEXEC)), &m));
	for (size_t i = 0; i < m.n_fates; i++)
		CHECK(m.report && m.fates[i].address);
}

TEST(every_bounce_of_the_corpus_is_read)
{
	CHECK_INT(corpus_each("bounce/flufl", read_it), 115);
}

#define DSN(fields)							\
	"From: MAILER-DAEMON@mx.example (Mail Delivery System)\n"	\
	"Return-Path: <>\nSubject: Undelivered Mail Returned to Sender\n" \
	"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n" \
	"--b\n\nThis is the mail system at host mx.example.\n"		\
	"--b\nContent-Type: message/delivery-status\n\n"		\
	"Reporting-MTA: dns; mx.example\n\n" fields "\n"		\
	"--b\nContent-Type: message/rfc822\n\n"				\
	"From: help@shop.example\nMessage-ID: <t1@shop.example>\n\nours\n--b--\n"

TEST(a_report_tells_of_each_recipient)
{
	struct arena *a = arena_new("test");
	struct mail m = letter_of(a, DSN(
		"Final-Recipient: rfc822; inner@b.example\n"
		"Original-Recipient: rfc822;Ann@B.example\n"
		"Action: failed\nStatus: 5.1.1\n"
		"Diagnostic-Code: smtp; 550 5.1.1 <inner@b.example>:\n"
		"    no such user\n\n"
		"Final-Recipient: RFC822; <late@c.example>\nAction: delayed\nStatus: 4.4.1\n\n"
		"Final-Recipient: rfc822;there@d.example\nAction: delivered\nStatus: 2.0.0\n\n"
		"Final-Recipient: rfc822;five@e.example\nStatus: 5.7.1 (refused)\n\n"
		"Final-Recipient: rfc822;six@f.example\nAction: failed\nStatus: 5.0.0\n"
		"Diagnostic-Code: smtp; 550 nobody of that name\n"));
	const struct mail_fate_of *f = fate_of(&m, "ann@b.example");

	CHECK(m.report);
	CHECK_INT(m.n_fates, 5);
	CHECK(f);
	CHECK_INT(f->fate, MAIL_FAILED);
	CHECK_TEXT(f->status, "5.1.1");
	/* the status is told once, and is there when the words lack it */
	CHECK_TEXT(f->diagnostic, "550 5.1.1 <inner@b.example>: no such user");
	CHECK_TEXT(fate_of(&m, "six@f.example")->diagnostic,
		   "5.0.0 550 nobody of that name");
	CHECK_INT(fate_of(&m, "late@c.example")->fate, MAIL_DELAYED);
	CHECK_INT(fate_of(&m, "there@d.example")->fate, MAIL_DELIVERED);
	CHECK_INT(fate_of(&m, "five@e.example")->fate, MAIL_FAILED);
	CHECK_TEXT(m.about_id, "<t1@shop.example>");
	arena_free(a);
}

TEST(a_report_of_ten_thousand_recipients_is_cut)
{
	struct arena *a = arena_new("test");
	struct str s;
	struct mail m;

	str_init(&s, a, 4 << 20);
	for (int i = 0; i < 10000; i++)
		str_addf(&s, "Final-Recipient: rfc822;u%d@b.example\nAction: failed\n\n", i);
	m = letter_of(a, arena_printf(a, DSN("%s"), s.text));
	CHECK(m.report && m.n_fates > 10 && m.n_fates <= 100);
	arena_free(a);
}

/* In the manner of hosts that follow no form, in words of our own. */
TEST(reports_without_a_form_are_understood)
{
	static const struct {
		const char *head, *words, *address, *status;
		enum mail_fate fate;
	} rows[] = {
		{ "From: MAILER-DAEMON@a.example\nSubject: failure notice",
		  "This is the mailer at a.example. It was unable to deliver your letter\n"
		  "to these addresses and has given up.\n\n<ann@b.example>:\n"
		  "There is no such mailbox here. (#5.1.1)\n\n"
		  "--- Below this line is a copy of the message.\n\n"
		  "To: zoe@b.example\n", "ann@b.example", "5.1.1", MAIL_FAILED },
		{ "From: Mail Delivery System <mailer-daemon@a.example>\n"
		  "X-Failed-Recipients: ann@b.example\nSubject: Mail delivery failed",
		  "It could not be delivered.\n", "ann@b.example", NULL, MAIL_FAILED },
		{ "From: postmaster@a.example\nSubject: Unzustellbar: Ihre Frage",
		  "Ihre Nachricht konnte nicht zugestellt werden:\n\n"
		  "ann@b.example\nDas Postfach ist voll.\n", "ann@b.example", NULL, MAIL_FAILED },
		{ "From: postmaster@a.example\nSubject: Mail delivery warning",
		  "Your letter has not yet been delivered to\n\n  ann@b.example\n\n"
		  "Delivery attempts will continue for 3 days.\n",
		  "ann@b.example", NULL, MAIL_DELAYED },
		{ "From: Mail Administrator <admin@a.example>\nSubject: Returned mail",
		  "Failed Recipient: ann@b.example\nReason: 550 5.2.2 mailbox full\n",
		  "ann@b.example", NULL, MAIL_FAILED },
		{ "From: postmaster@a.example\nSubject: Undeliverable: your order",
		  "Delivery has failed to these recipients or groups:\n\n"
		  "Ann Miller (ann@b.example)\nThe address you entered was not found.\n",
		  "ann@b.example", NULL, MAIL_FAILED },
		{ "From: gateway@a.example\nReturn-Path: <>\nSubject: Undeliverable mail",
		  "Your message to <ann@b.example> was rejected:\n550 refused\n",
		  "ann@b.example", NULL, MAIL_FAILED },
		{ "From: Mail Delivery Subsystem <mailer-daemon@a.example>\n"
		  "Subject: Delivery Status Notification (Delay)\nContent-Type: text/html; charset=utf-8",
		  "<p><b>Delivery incomplete</b></p><p>There was a temporary problem delivering"
		  " your message to <b>ann@b.example</b>. It will be tried again.</p>\n",
		  "ann@b.example", NULL, MAIL_DELAYED },
		{ "From: \"Mail server at a\" <@a.example>\nSubject: NOTICE: mail delivery status.",
		  "UNDELIVERABLE MAIL\n\nYour letter to these people cannot be delivered:\n\n"
		  "<ann@b.example>:\n>>> RCPT TO:<ann@b.example>\n<<< 550 5.1.1 unknown\n",
		  "ann@b.example", "5.1.1", MAIL_FAILED },
		{ "From: MAILER-DAEMON@a.example\nSubject: Mail delivery\n"
		  "Content-Type: text/plain; charset=utf-8",
		  "Your message wasn\u2019t delivered to ann@b.example because there is no such user.\n",
		  "ann@b.example", NULL, MAIL_FAILED },
		{ "From: MAILER-DAEMON\nSubject: failed",
		  "   ----- Transcript of session follows -----\n"
		  ">>> RCPT To:<ann@b.example>\n<<< 550 User unknown\n",
		  "ann@b.example", NULL, MAIL_FAILED },
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct mail m = letter_of(a, arena_join(a, rows[i].head,
			"\nTo: help@shop.example\n\n", rows[i].words));
		const struct mail_fate_of *f = fate_of(&m, rows[i].address);

		if (!m.report || !f || m.n_fates != 1)
			fail_msg("%s\n%s", rows[i].head, rows[i].words);
		CHECK_INT(f->fate, rows[i].fate);
		if (rows[i].status)
			CHECK_TEXT(f->status, rows[i].status);
	}
	arena_free(a);
}

/* People write about deliveries, and about what a host told them. */
TEST(no_letter_of_a_person_is_a_report)
{
	static const char *const letters[] = {
		"From: Ann <ann@b.example>\nSubject: Delivery failure\n\n"
		"My parcel could not be delivered to the following address:\n\n"
		"ann@b.example\nPlease send it again.\n",
		"From: Ann <ann@b.example>\nSubject: Fwd: Undelivered Mail Returned to Sender\n\n"
		"I got this from your host, what does it mean?\n\n"
		"> <help@shop.example>: host mx said: 550 user unknown\n"
		"> --- Below this line is a copy of the message.\n",
		"From: Ann <ann@b.example>\nSubject: Re: Delivery Status Notification\n"
		"Content-Type: multipart/mixed; boundary=b\n\n"
		"--b\n\nYour last answer was returned to me.\n"
		"--b\nContent-Type: message/rfc822\n\n"
		"From: mailer-daemon@a.example\nSubject: Undeliverable\n\n<x@y.example>: failed\n"
		"--b--\n",
		"From: Ann <ann@b.example>\nSubject: Not delivered\n\n"
		"The order was not delivered to bob@b.example, user unknown they say.\n",
		"From: Ann <ann@b.example>\nAuto-Submitted: auto-replied\n"
		"Subject: Out of office\n\nYour message was not delivered to a person.\n"
		"Write to zoe@b.example instead.\n",
		"From: Ann <ann@b.example>\nReturn-Path: <>\nSubject: Away until Monday\n\n"
		"I cannot be reached.\nzoe@b.example can help you.\n",
		"From: Ann <ann@b.example>\nSubject: Read: your answer\n"
		"Content-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n"
		"--b\n\nIt was read.\n--b\nContent-Type: message/disposition-notification\n\n"
		"Final-Recipient: rfc822;ann@b.example\nDisposition: manual-action; displayed\n--b--\n",
		"From: Ann <ann@b.example>\nSubject: the status you asked for\n"
		"Content-Type: multipart/mixed; boundary=b\n\n"
		"--b\n\nHere it is.\n--b\nContent-Type: message/delivery-status\n\n"
		"Final-Recipient: rfc822;x@y.example\nAction: failed\n--b--\n",
		"From: System Administrator <postmaster@b.example>\nSubject: Where is it?\n\n"
		"Your answer was not delivered to us, the user is unknown, says our host.\n"
		"zoe@b.example wrote it down.\n",
		"From: Ann <ann@smtp.b.example>\nSubject: Parcel\n\n"
		"It could not be delivered to\nbob@b.example\n",
		"From: Postmaster of Bad Aibling <postmaster@b.example>\n"
		"Subject: An order\n\nHello, I would like to order coffee.\nann@b.example\n",
	};
	struct arena *a = arena_new("test");

	for (size_t i = 0; i < sizeof(letters) / sizeof(*letters); i++) {
		struct mail m = letter_of(a, letters[i]);

		if (m.report || m.n_fates || m.about_id)
			fail_msg("%s", letters[i]);
	}
	arena_free(a);
}
