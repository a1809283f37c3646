/*
 * Reports of hosts that follow no form: qmail, exim, old Exchange, gateways,
 * web mailers. Each writes sentences of its own; what all of them do is to
 * put the address at the beginning of a line, behind a label, or into the
 * sentence that says that something failed. So it is not hosts that are known
 * here, but such sentences, and where addresses stand.
 *
 * One pass over a bounded text, line by line; nothing goes back.
 */
#include <string.h>
#include <strings.h>

#include "base/address.h"
#include "base/arena.h"
#include "base/utf8.h"
#include "mail_bounce_words.h"
#include "mail_letter.h"

enum { LONGEST_WORDS = 32 << 10, LONGEST_LINE = 500, MOST_LINES = 400 };

static bool begins(const char *text, const char *with)
{
	return !strncmp(text, with, strlen(with));
}

/* ---- Where the returned letter begins ---- */

static bool is_copy_word(const char *line)
{
	static const char *const words[] = {
		"original message", "returned m", "copy of", "message follows",
		"text follows", "forwarded message", "old message", "unsent m",
		"message header", "original adjunto", "message body",
		"ursprüngliche", "message d'origine", "original follows", NULL
	};

	return bounce_any(line, words);
}

static bool begins_copy(const char *line)
{
	static const char *const heads[] = {
		"received: ", "return-path: ", "message-id: ", "mime-version: ",
		"x-mailer: ", "original message follows", "old message:",
		"here is a copy", "this is a copy", "the original message follows",
		"the following is a copy", "a copy of the", "a copy of your",
		"below is a copy", "the first ", "message header:",
	};
	size_t blank = strspn(line, " \t");

	for (size_t i = 0; i < sizeof(heads) / sizeof(*heads); i++)
		if (begins(line + blank, heads[i]))
			return true;
	return line[blank] && strchr("-*=|#_>", line[blank]) && is_copy_word(line);
}

/* ---- Lines ---- */

struct line {
	const char *text, *low;		/* as it is, and in lower case */
};

struct zone {
	struct letter *letter;
	struct line *lines;		/* up to the returned letter */
	size_t n;
	bool copy;			/* there is one */
	bool listed;			/* some of its headers stand indented in the words */
	const char *rest;
	const char *all;		/* the lines in lower case, blanks as one */
	const char *ours[2];		/* addresses that cannot be the failed one */
	enum mail_fate fate;
};

/* With ' for the other apostrophe. */
static const char *plain_line(struct arena *a, const char *at, size_t n)
{
	char *line = (char *) utf8_mend(a, at, n < LONGEST_LINE ? n : LONGEST_LINE);
	char *to = line;

	for (const char *c = line; *c; to++)
		if (begins(c, "\u2019")) {
			*to = '\'';
			c += 3;
		} else {
			*to = *c++;
		}
	*to = '\0';
	return line;
}

static void read_lines(struct zone *z, const char *words)
{
	struct arena *a = z->letter->arena;
	struct str all;
	size_t n;

	z->lines = arena_alloc(a, MOST_LINES * sizeof(*z->lines));
	str_init(&all, a, LONGEST_WORDS);
	for (; *words && z->n < MOST_LINES && !all.cut; words += n + (words[n] == '\n')) {
		struct line *line = z->lines + z->n;

		n = strcspn(words, "\n");
		line->text = plain_line(a, words, n);
		line->low = utf8_lower(a, line->text);
		if (begins_copy(line->low) && !(z->listed && *line->low == ' ')) {
			z->copy = true;
			break;
		}
		z->listed = z->listed || strstr(line->low, "header fields:");
		z->n++;
		str_add(&all, line->low);
		str_add(&all, " ");
	}
	z->rest = words;
	z->all = utf8_line(a, utf8_mend(a, all.text, all.len));
}

/* "Message-ID: <…>" in the returned letter, when it stands in the words. */
static void read_id(struct zone *z, const char *at)
{
	const char *end;

	for (int i = 0; *at && i < MOST_LINES; i++) {
		size_t n = strcspn(at, "\n");
		size_t blank = strspn(at, " \t>");

		if (!strncasecmp(at + blank, "message-id:", 11)) {
			z->letter->out->about_id = next_id(z->letter,
				arena_copy(z->letter->arena, at, n), &end);
			return;
		}
		at += n + (at[n] == '\n');
	}
}

/* ---- Addresses ---- */

static bool is_candidate(const struct zone *z, const char *address)
{
	static const char *const hosts[] = {
		"postmaster@", "mailer-daemon@", "abuse@", "hostmaster@", "mdaemon@",
	};

	for (size_t i = 0; i < sizeof(hosts) / sizeof(*hosts); i++)
		if (begins(address, hosts[i]))
			return false;
	for (size_t i = 0; i < sizeof(z->ours) / sizeof(*z->ours); i++)
		if (z->ours[i] && !strcmp(z->ours[i], address))
			return false;
	return strchr(address_domain(address), '.') != NULL;
}

/* What the host says behind the address, up to an empty line or to the next
 * one that begins with an address. */
static const char *diagnostic_at(struct zone *z, size_t i, const char *behind)
{
	struct str s;
	const char *from, *end;

	str_init(&s, z->letter->arena, 1000);
	str_add(&s, behind + strspn(behind, ">:;,\"'])} \t"));
	for (size_t k = i + 1; k < z->n && k < i + 6 && !s.cut; k++) {
		const char *text = z->lines[k].text;

		text += strspn(text, " \t<");
		if (!*text)
			break;
		if (next_address(z->letter->arena, text, &from, &end) && from == text)
			break;
		if (s.len)
			str_add(&s, " ");
		str_add(&s, text);
	}
	return utf8_line(z->letter->arena, utf8_mend(z->letter->arena, s.text, s.len));
}

static bool take(struct zone *z, size_t i, const char *address, const char *behind)
{
	if (!is_candidate(z, address))
		return false;
	report_add(z->letter, address, z->fate, diagnostic_at(z, i, behind));
	return true;
}

/* Behind what people and programs put before an item of a list. */
static const char *undecorated(const char *text)
{
	for (;;) {
		size_t n = strspn(text, " \t>*-<\"'[(");

		if (!strncasecmp(text + n, "smtp:", 5))
			n += 5;
		else if (!strncasecmp(text + n, "mailto:", 7))
			n += 7;
		else if (begins(text + n, "\u2022"))
			n += 3;
		if (!n)
			return text;
		text += n;
	}
}

/* A line that goes on with a sentence may begin with any address. */
static bool goes_on(const struct zone *z, size_t i, const char *behind)
{
	const char *before = i ? z->lines[i - 1].low : "";
	size_t n = strlen(before);

	while (n && strchr(" \t\r", before[n - 1]))
		n--;
	return n && !strchr(":.;!?-=*", before[n - 1]) && before[n - 1] != '@'
		&& behind[0] == ' ' && behind[1] >= 'a' && behind[1] <= 'z'
		&& !begins(behind, " on ");
}

/* "userx@example.com", "<userx@example.com>: why" */
static bool take_first(struct zone *z, size_t i)
{
	const char *text = undecorated(z->lines[i].text), *from, *end;
	const char *address = next_address(z->letter->arena, text, &from, &end);

	return address && from == text && !goes_on(z, i, end)
		&& take(z, i, address, end);
}

static bool is_label(const char *label)
{
	static const char *const words[] = {
		"recipient", "address", "failed", "undeliverable", "error-for",
		"unknown user", "user unknown", "userid", "mailbox", "attempts",
		"expanded from", "generated from", "empfänger", "destinataire",
		"destinatario", "destinatário", "получател", "收件人", "宛先", NULL
	};

	return bounce_any(label, words);
}

/* "Failed Recipient: userx@example.com" */
static bool take_labelled(struct zone *z, size_t i)
{
	const struct line *line = z->lines + i;
	const char *wide = strstr(line->low, "\uff1a"), *text, *from, *end, *address;
	const char *colon = wide ? wide : strchr(line->low, ':');

	if (!colon || !is_label(arena_copy(z->letter->arena, line->low,
					   (size_t) (colon - line->low))))
		return false;
	text = undecorated(line->text + (colon - line->low) + (wide ? 3 : 1));
	address = next_address(z->letter->arena, text, &from, &end);
	return address && from == text && take(z, i, address, end);
}

/* Words that only ever stand before the address that was written to. */
static bool take_origin(struct zone *z, size_t i)
{
	static const char *const words[] = {
		"originally addressed to", "expanded from", "generated from",
		"dda:smtp=", ";smtp=",
	};
	const struct line *line = z->lines + i;

	for (size_t k = 0; k < sizeof(words) / sizeof(*words); k++) {
		const char *at = strstr(line->low, words[k]), *from, *end, *address;

		if (!at)
			continue;
		address = next_address(z->letter->arena, line->text + (at - line->low),
				       &from, &end);
		if (address && take(z, i, address, end))
			return true;
	}
	return false;
}

/* Inside the sentence that says it, or around its line break. */
static bool take_inline(struct zone *z, size_t i)
{
	const struct line *line = z->lines + i;
	const char *around = arena_join(z->letter->arena,
		i ? z->lines[i - 1].low : "", " ", line->low, " ",
		i + 1 < z->n ? z->lines[i + 1].low : "");
	const char *text = line->text, *from, *end, *address;
	bool any = false;

	if (!strchr(text, '@') || strstr(line->low, "mail from")
	    || strstr(line->low, "contact") || strstr(line->low, "sender"))
		return false;
	if (!bounce_any(around, bounce_failures) && !bounce_any(around, bounce_reasons))
		return false;
	while ((address = next_address(z->letter->arena, text, &from, &end))) {
		any = take(z, i, address, end) || any;
		text = end;
	}
	return any;
}

/* A daemon names who it is about, in whatever language. */
static bool take_any(struct zone *z, size_t i)
{
	const char *text = z->lines[i].text, *from, *end, *address;
	bool any = false;

	while ((address = next_address(z->letter->arena, text, &from, &end))) {
		any = take(z, i, address, end) || any;
		text = end;
	}
	return any;
}

/* "To: userx@example.com", when nothing else says who. */
static bool take_to(struct zone *z, size_t i)
{
	const struct line *line = z->lines + i;
	const char *low = line->low + strspn(line->low, " \t|>"), *from, *end, *address;

	if (!begins(low, "to:") && !begins(low, "recipient"))
		return false;
	address = next_address(z->letter->arena, line->text, &from, &end);
	return address && take(z, i, address, end);
}

/* A name of its own host: the domain is the sender's. */
static bool take_local(struct zone *z, size_t i)
{
	const char *low = z->lines[i].low + strspn(z->lines[i].low, " \t");
	const char *domain = z->letter->out->from.address, *address;
	size_t n = strspn(low, "abcdefghijklmnopqrstuvwxyz0123456789._-");

	if (!i || low == z->lines[i].low || !n || low[n] || !domain
	    || !strchr("(:", z->lines[i - 1].low[0] ? z->lines[i - 1].low[
			strlen(z->lines[i - 1].low) - 1] : ' '))
		return false;
	address = arena_printf(z->letter->arena, "%.*s@%s", (int) n, low,
			       address_domain(domain));
	return address_plausible(address) && take(z, i, address, "");
}

static bool take_each(struct zone *z, bool (*way)(struct zone *, size_t))
{
	bool any = false;

	for (size_t i = 0; i < z->n; i++)
		any = way(z, i) || any;
	return any;
}

static bool take_subject(struct zone *z)
{
	struct letter *l = z->letter;
	const char *from, *end;
	const char *address = next_address(l->arena, l->out->subject, &from, &end);

	if (!address || !is_candidate(z, address))
		return false;
	report_add(l, address, z->fate, l->out->subject);
	return true;
}

/* The surest places first; the others only when those say nothing. */
static bool take_addresses(struct zone *z)
{
	bool any = take_each(z, take_first);

	any = take_each(z, take_labelled) || any;
	any = take_each(z, take_origin) || any;
	return any || take_each(z, take_inline) || take_subject(z)
		|| take_each(z, take_local) || take_each(z, take_to)
		|| (bounce_daemon(z->letter) && take_each(z, take_any));
}

/* Exim and its kin say it in a header. */
static bool take_header(struct zone *z)
{
	struct letter *l = z->letter;
	const char *raw = head_raw(l, &l->head, "X-Failed-Recipients", 4096);
	const char *from, *end, *address;
	bool any = false;

	while (raw && (address = next_address(l->arena, raw, &from, &end))) {
		report_add(l, address, z->fate, NULL);
		any = true;
		raw = end;
	}
	return any;
}

/* ---- Is it one? ---- */

/* People write "original message" as well, but not its Message-ID. */
static bool has_head(const char *rest)
{
	return strcasestr(rest, "\nMessage-ID: <") || !strncasecmp(rest, "Message-ID: <", 13);
}

/*
 * People write about failed deliveries, too, of parcels above all, and forward
 * what a host told them; and some postmasters are people. So words alone are
 * not enough: it must be a daemon that writes, or a letter under a host's own
 * subject that comes from a host's address, carries the returned letter, or
 * says that it answers by itself: what parcel services tell is automatic, too,
 * but no answer.
 */
static bool is_bounce(const struct zone *z)
{
	struct letter *l = z->letter;
	bool said = bounce_any(z->all, bounce_failures);
	bool why = bounce_any(z->all, bounce_reasons), host = bounce_sender(l);

	if (l->is_report)
		return true;
	if (bounce_daemon(l))
		return said || why || bounce_subject(l) ||
			strstr(utf8_lower(l->arena, l->from_said), "daemon@");
	if (host && (said || why) && (z->copy || l->returned_copy || bounce_answers(l)))
		return true;
	if (host)
		return (said || why) && bounce_subject(l);
	return said && bounce_subject(l) && (l->returned_copy || has_head(z->rest)
		|| (bounce_answers(l) && (why || bounce_from_nobody(l))));
}

static enum mail_fate fate_in(struct zone *z)
{
	const char *subject = utf8_lower(z->letter->arena, z->letter->out->subject);

	if (strstr(z->all, "permanent error") || strstr(z->all, "failed permanently")
	    || strstr(z->all, "permanent fatal"))
		return MAIL_FAILED;
	return bounce_any(z->all, bounce_delays) || bounce_any(subject, bounce_delays)
		? MAIL_DELAYED : MAIL_FAILED;
}

bool bounce_read(struct letter *l, const char *words)
{
	struct zone z = { .letter = l };
	const struct mail *m = l->out;

	read_lines(&z, words);
	if (!is_bounce(&z))
		return false;
	z.ours[0] = m->from.address;
	z.ours[1] = m->n_to ? m->to[0].address : NULL;
	z.fate = fate_in(&z);
	read_id(&z, z.rest);
	if (!m->about_id)
		read_id(&z, words);
	return take_header(&z) || take_addresses(&z) || l->is_report
		|| (bounce_any(z.all, bounce_failures) && bounce_subject(l));
}
